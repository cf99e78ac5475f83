//! The records of a BIFF stream: type, length, body.

use crate::book::xml::{Fault, Scan, fault};

const CUT: Fault = fault("工作簿流不完整，结尾缺失", "the workbook stream is cut short");
const SHORT: Fault = fault("记录太短，缺少数据", "a record that is too short for what it holds");

/// The version of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// BIFF 2.
    V2,
    /// BIFF 3.
    V3,
    /// BIFF 4.
    V4,
    /// BIFF 5 and 7.
    V5,
    /// BIFF 8.
    V8,
}

/// Types of records.
pub(super) mod kind {
    pub(in crate::book::xls) const EOF: u16 = 0x000A;
    pub(in crate::book::xls) const CODE_PAGE: u16 = 0x0042;
    pub(in crate::book::xls) const DATE_MODE: u16 = 0x0022;
    pub(in crate::book::xls) const FILE_PASS: u16 = 0x002F;
    pub(in crate::book::xls) const CONTINUE: u16 = 0x003C;
    pub(in crate::book::xls) const SHEET: u16 = 0x0085;
    pub(in crate::book::xls) const SHARED_STRINGS: u16 = 0x00FC;
    pub(in crate::book::xls) const BEGIN: [u16; 4] = [0x0009, 0x0209, 0x0409, 0x0809];
    pub(in crate::book::xls) const FORMAT: [u16; 2] = [0x001E, 0x041E];
    pub(in crate::book::xls) const CELL_FORMAT: [u16; 4] = [0x0043, 0x0243, 0x0443, 0x00E0];
}

/// The records from some place of a stream on.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    /// From an offset on.
    pub(super) fn at(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// The next record; none at the end of the stream, or where only filling follows.
    pub(super) fn next(&mut self) -> Scan<Option<Record<'a>>> {
        let rest = self.stream.get(self.at..).unwrap_or_default();
        if rest.len() < 4 {
            return Ok(None);
        }
        let head = Record { kind: 0, body: rest };
        let (kind, len) = (head.u16(0)?, usize::from(head.u16(2)?));
        let body = rest.get(4..4 + len).ok_or(CUT)?;
        self.at += 4 + len;
        Ok(Some(Record { kind, body }))
    }

    /// The next record, which must be there.
    pub(super) fn expect(&mut self) -> Scan<Record<'a>> {
        self.next()?.ok_or(CUT)
    }

    /// The bodies of a record and of those that continue it.
    pub(super) fn continued(&mut self, first: Record<'a>) -> Scan<Vec<&'a [u8]>> {
        let mut out = vec![first.body];
        loop {
            let mut ahead = self.clone();
            match ahead.next()? {
                Some(record) if record.kind == kind::CONTINUE => {
                    out.push(record.body);
                    *self = ahead;
                }
                _ => return Ok(out),
            }
        }
    }
}

/// One record. Reading beyond its body is a fault, never the bytes of another record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    /// Its type.
    pub(super) kind: u16,
    /// Its body.
    pub(super) body: &'a [u8],
}

impl<'a> Record<'a> {
    fn bytes<const N: usize>(&self, at: usize) -> Scan<[u8; N]> {
        self.body.get(at..at.saturating_add(N)).and_then(|x| x.try_into().ok()).ok_or(SHORT)
    }

    /// A byte.
    pub(super) fn u8(&self, at: usize) -> Scan<u8> {
        self.bytes::<1>(at).map(|[byte]| byte)
    }

    /// Two bytes.
    pub(super) fn u16(&self, at: usize) -> Scan<u16> {
        self.bytes(at).map(u16::from_le_bytes)
    }

    /// Four bytes.
    pub(super) fn u32(&self, at: usize) -> Scan<u32> {
        self.bytes(at).map(u32::from_le_bytes)
    }

    /// A double.
    pub(super) fn f64(&self, at: usize) -> Scan<f64> {
        self.bytes(at).map(f64::from_le_bytes)
    }

    /// The body from some place on.
    pub(super) fn from(&self, at: usize) -> Scan<&'a [u8]> {
        self.body.get(at..).ok_or(SHORT)
    }
}
