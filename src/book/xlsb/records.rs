//! The records of a binary part: type, length, body. Source: MS-XLSB §2.1.4.

use crate::book::xml::{Fault, Scan, fault};

const CUT: Fault = fault("二进制部件不完整", "a binary part that is cut short");
const SHORT: Fault = fault("记录太短，缺少数据", "a record that is too short for what it holds");

/// The records of a part, in order.
#[derive(Debug)]
pub(super) struct Records<'a>(&'a [u8]);

impl<'a> Records<'a> {
    /// At the start of a part.
    pub(super) fn new(part: &'a [u8]) -> Self {
        Self(part)
    }

    /// The next record; none at the end of the part.
    pub(super) fn next(&mut self) -> Scan<Option<Record<'a>>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let first = self.byte()?;
        let kind = if first & 0x80 == 0 {
            u32::from(first)
        } else {
            u32::from(first & 0x7F) | u32::from(self.byte()? & 0x7F) << 7
        };
        let mut len = 0_usize;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            len |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let (body, rest) = self.0.split_at_checked(len).ok_or(CUT)?;
        self.0 = rest;
        Ok(Some(Record { kind, body }))
    }

    fn byte(&mut self) -> Scan<u8> {
        let (&byte, rest) = self.0.split_first().ok_or(CUT)?;
        self.0 = rest;
        Ok(byte)
    }
}

/// One record. Reading beyond its body is a fault, never the bytes of another record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    /// Its type.
    pub(super) kind: u32,
    body: &'a [u8],
}

impl<'a> Record<'a> {
    fn bytes<const N: usize>(&self, at: usize) -> Scan<[u8; N]> {
        self.body.get(at..at + N).and_then(|x| x.try_into().ok()).ok_or(SHORT)
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

    /// The bytes of a wide string at `at`, and where it ends; none: the null string.
    pub(super) fn wide(&self, at: usize) -> Scan<Option<(&'a [u8], usize)>> {
        let units = self.u32(at)?;
        if units == u32::MAX {
            return Ok(None);
        }
        let len = usize::try_from(units).ok().and_then(|units| units.checked_mul(2)).ok_or(SHORT)?;
        let end = (at + 4).checked_add(len).ok_or(SHORT)?;
        self.body.get(at + 4..end).map(|bytes| Some((bytes, end))).ok_or(SHORT)
    }

    /// The wide string at `at` as text; the null string is empty.
    pub(super) fn text(&self, at: usize) -> Scan<String> {
        Ok(self.wide(at)?.map(|(bytes, _)| utf16(bytes)).unwrap_or_default())
    }
}

/// UTF-16 as text, line ends as `\n`.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).filter_map(|unit| Some(u16::from_le_bytes(unit.try_into().ok()?)));
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}
