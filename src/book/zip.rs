//! Zip archives over a byte slice, read strictly.
//!
//! Why: a package whose directory and contents disagree has two readings, and a score must not depend on which one a
//! program picks. A directory over a slice also costs a tenth of a general archive reader.
//!
//! Input → output: bytes → [`Archive`], the entries in the order of the directory; entry → its bytes, inflated to the
//! end and checked against size and CRC.
//!
//! Invariants: no entry is inflated beyond its declared size, and no declared size beyond the caller's limit is begun;
//! entries never overlap; a local header names the same part, by the same method, as the directory.

use super::met;
use super::refusal::Outcome;
use super::types::Refusal;
use crate::finding::Reason;
use flate2::{Decompress, FlushDecompress, Status};
use std::borrow::Cow;

const END: &[u8] = b"PK\x05\x06";
const END64: &[u8] = b"PK\x06\x06";
const LOCATOR64: &[u8] = b"PK\x06\x07";
const CENTRAL: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

/// One entry of the directory.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    /// The name as stored.
    pub(crate) name: &'a [u8],
    /// Whether the name is declared to be UTF-8.
    pub(crate) utf8: bool,
    /// Whether the contents need a password.
    pub(crate) encrypted: bool,
    /// Whether it is a symbolic link or another special file of Unix.
    pub(crate) special: bool,
    /// Size, inflated.
    pub(crate) size: u64,
    method: u16,
    crc: u32,
    compressed: u64,
    header: u64,
}

impl Entry<'_> {
    /// The name for messages.
    pub(crate) fn label(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.name)
    }

    /// Whether it is a folder.
    pub(crate) fn is_folder(&self) -> bool {
        self.name.ends_with(b"/") || (self.name.ends_with(b"\\") && self.size == 0)
    }
}

/// The directory of an archive.
#[derive(Debug)]
pub(crate) struct Archive<'a> {
    data: &'a [u8],
    /// The entries, in the order of the directory.
    pub(crate) entries: Vec<Entry<'a>>,
    /// Bytes in front of the archive, or behind it: something odd that has one meaning.
    pub(crate) stray_bytes: u64,
}

fn u16_at(x: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(x.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(x: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(x.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn u64_at(x: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(x.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

fn index(n: u64) -> Option<usize> {
    usize::try_from(n).ok()
}

/// Where the directory lies, by the end record.
struct End {
    at: usize,
    stop: usize,
    entries: u64,
    size: u64,
    offset: u64,
}

fn find_end(data: &[u8]) -> Option<End> {
    let from = data.len().saturating_sub(22 + 0xFFFF + 0x1_0000);
    let tail = data.get(from..)?;
    memchr::memmem::rfind_iter(tail, END).find_map(|i| {
        let at = from + i;
        let comment = usize::from(u16_at(data, at + 20)?);
        let stop = at + 22 + comment;
        (stop <= data.len()).then_some(())?;
        let plain = End {
            at,
            stop,
            entries: u64::from(u16_at(data, at + 10)?),
            size: u64::from(u32_at(data, at + 12)?),
            offset: u64::from(u32_at(data, at + 16)?),
        };
        Some(end64(data, at).map_or(plain, |(entries, size, offset, at64)| End {
            at: at64,
            stop,
            entries,
            size,
            offset,
        }))
    })
}

/// The end record of Zip64 in front of the plain one: entries, size, offset, its own place.
fn end64(data: &[u8], end: usize) -> Option<(u64, u64, u64, usize)> {
    let locator = end.checked_sub(20)?;
    data.get(locator..)?.starts_with(LOCATOR64).then_some(())?;
    let at = index(u64_at(data, locator + 8)?)?;
    data.get(at..)?.starts_with(END64).then_some(())?;
    Some((u64_at(data, at + 32)?, u64_at(data, at + 40)?, u64_at(data, at + 48)?, at))
}

fn damaged(zh: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::corrupt(format!("压缩包：{}", zh.into()), format!("archive: {}", en.into()))
}

impl<'a> Archive<'a> {
    /// Reads the directory.
    ///
    /// # Errors
    /// No directory or a damaged one, entries that overlap, local headers that contradict it, more than `most` entries
    /// (`limit` is the key of that limit).
    pub(crate) fn open(data: &'a [u8], limit: &'static str, most: u32) -> Outcome<Self> {
        let end = find_end(data).ok_or_else(|| {
            damaged(
                "找不到目录，文件不完整（可能没有传完）",
                "no directory, the file is cut short (an incomplete copy?)",
            )
        })?;
        if end.entries > u64::from(most) {
            return Err(Refusal::limit(limit, u64::from(most), end.entries));
        }
        let broken = || damaged("目录损坏", "the directory is damaged");
        // What stands in front of the archive moves all offsets by the same distance.
        let start = index(end.size).and_then(|size| end.at.checked_sub(size)).ok_or_else(broken)?;
        let shift = index(end.offset).and_then(|offset| start.checked_sub(offset)).ok_or_else(broken)?;
        if shift > 0 && data.starts_with(LOCAL) {
            return Err(damaged(
                "文件里接连放了两个压缩包，无法判断以哪个为准",
                "two archives one behind the other, nobody can tell which one counts",
            ));
        }
        let mut entries = Vec::with_capacity(index(end.entries).unwrap_or(0).min(4096));
        let mut at = start;
        while at < end.at && data.get(at..).is_some_and(|x| x.starts_with(CENTRAL)) {
            let (mut entry, next) = central(data, at).ok_or_else(broken)?;
            entry.header = entry.header.checked_add(shift as u64).ok_or_else(broken)?;
            entries.push(entry);
            at = next;
            if entries.len() as u64 > u64::from(most) {
                return Err(Refusal::limit(limit, u64::from(most), entries.len() as u64));
            }
        }
        if entries.len() as u64 & 0xFFFF != end.entries & 0xFFFF || at > end.at {
            return Err(broken());
        }
        let archive = Self { data, entries, stray_bytes: shift as u64 + (data.len() - end.stop) as u64 };
        archive.check_layout(start)?;
        Ok(archive)
    }

    /// Entries must not overlap each other or the directory, and the local headers must agree with it.
    fn check_layout(&self, directory: usize) -> Outcome<()> {
        let mut spans = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            let contradiction = || {
                damaged(
                    format!("“{}”的目录与内容不一致", entry.label()),
                    format!("directory and contents of `{}` disagree", entry.label()),
                )
            };
            let body = self.body(entry).ok_or_else(contradiction)?;
            spans.push((entry.header, body as u64 + entry.compressed, entry));
        }
        spans.sort_unstable_by_key(|span| span.0);
        let mut free = 0;
        for (from, to, entry) in spans {
            if from < free || to > directory as u64 {
                return Err(damaged(
                    format!("“{}”与别的内容重叠", entry.label()),
                    format!("`{}` overlaps something else", entry.label()),
                ));
            }
            free = to;
        }
        Ok(())
    }

    /// Where the contents begin; `None`: the local header is damaged or contradicts the directory.
    fn body(&self, entry: &Entry<'_>) -> Option<usize> {
        let at = index(entry.header)?;
        let header = self.data.get(at..)?;
        header.starts_with(LOCAL).then_some(())?;
        let name = usize::from(u16_at(header, 26)?);
        let extra = usize::from(u16_at(header, 28)?);
        let same = header.get(30..30 + name)? == entry.name && u16_at(header, 8)? == entry.method;
        // Sizes stand in the local header unless they follow the contents (bit 3) or in a Zip64 field.
        let later = u16_at(header, 6)? & 8 != 0;
        let agree = |field: u32, value: u64| later || field == u32::MAX || u64::from(field) == value;
        (same && agree(u32_at(header, 18)?, entry.compressed) && agree(u32_at(header, 22)?, entry.size))
            .then_some(())?;
        let body = at.checked_add(30 + name + extra)?;
        (body as u64 + entry.compressed <= self.data.len() as u64).then_some(body)
    }

    /// Inflates an entry into `out`, to its end, and checks size and CRC.
    ///
    /// # Errors
    /// Password, unknown method, more than `most` bytes (`limit` is its key), damage.
    pub(crate) fn inflate(
        &self,
        entry: &Entry<'_>,
        limit: &'static str,
        most: u64,
        inflater: &mut Inflater,
        out: &mut Vec<u8>,
    ) -> Outcome<()> {
        out.clear();
        if entry.size > most {
            return Err(Refusal::limit(limit, most, entry.size));
        }
        if entry.encrypted {
            return Err(Refusal::new(
                Reason::Encrypted,
                format!("压缩包内“{}”有密码", entry.label()),
                format!("`{}` in the archive needs a password", entry.label()),
            ));
        }
        let fault =
            |zh: &str, en: &str| damaged(format!("“{}”{zh}", entry.label()), format!("`{}` {en}", entry.label()));
        let raw = self
            .body(entry)
            .and_then(|from| self.data.get(from..from.checked_add(index(entry.compressed)?)?))
            .ok_or_else(|| fault("不完整", "is cut short"))?;
        let is_deflated = entry.method == 8;
        let key = (entry.crc, entry.size, entry.compressed);
        if is_deflated && let Some(part) = met::before(key, raw) {
            out.extend_from_slice(&part.bytes);
            return Ok(());
        }
        match entry.method {
            0 if entry.compressed == entry.size => out.extend_from_slice(raw),
            8 => inflater.run(raw, entry.size, out).ok_or_else(|| fault("解压失败", "cannot be inflated"))?,
            other => {
                let refusal = fault(
                    &format!("的压缩方法 {other} 不支持"),
                    &format!("is compressed by method {other}, which is not supported"),
                );
                return Err(Refusal { reason: Reason::UnsupportedFormat, ..refusal });
            }
        }
        if crc32fast::hash(out) != entry.crc {
            return Err(fault("校验和不符，内容被改动或损坏", "fails its checksum: changed or damaged"));
        }
        if is_deflated {
            met::note(key, raw, out);
        }
        Ok(())
    }
}

/// Reads one record of the directory; its offset is still without the shift.
fn central(data: &[u8], at: usize) -> Option<(Entry<'_>, usize)> {
    let head = data.get(at..)?;
    let flags = u16_at(head, 8)?;
    let name_len = usize::from(u16_at(head, 28)?);
    let extra_len = usize::from(u16_at(head, 30)?);
    let comment_len = usize::from(u16_at(head, 32)?);
    let name = head.get(46..46 + name_len)?;
    let extra = head.get(46 + name_len..46 + name_len + extra_len)?;
    let mut wide = zip64_field(extra);
    let mut value = |field: u32| if field == u32::MAX { wide.next() } else { Some(u64::from(field)) };
    let size = value(u32_at(head, 24)?)?;
    let compressed = value(u32_at(head, 20)?)?;
    let header = value(u32_at(head, 42)?)?;
    let unix_kind = (u32_at(head, 38)? >> 16) & 0o170_000;
    let made_on_unix = matches!(head.get(5)?, 3 | 19);
    let entry = Entry {
        name,
        utf8: flags & 0x800 != 0,
        encrypted: flags & 1 != 0,
        special: made_on_unix && !matches!(unix_kind, 0 | 0o100_000 | 0o040_000),
        size,
        method: u16_at(head, 10)?,
        crc: u32_at(head, 16)?,
        compressed,
        header,
    };
    Some((entry, at + 46 + name_len + extra_len + comment_len))
}

/// The wide numbers of a Zip64 extra field, in their fixed order.
fn zip64_field(mut extra: &[u8]) -> impl Iterator<Item = u64> {
    let mut field: &[u8] = &[];
    while let (Some(id), Some(len)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let stop = 4 + usize::from(len);
        if id == 1 {
            field = extra.get(4..stop).unwrap_or_default();
            break;
        }
        extra = extra.get(stop..).unwrap_or_default();
    }
    field.chunks_exact(8).filter_map(|x| u64_at(x, 0))
}

/// An inflater that is used again for each entry.
#[derive(Debug)]
pub(crate) struct Inflater(Decompress);

impl Inflater {
    /// A new one.
    pub(crate) fn new() -> Self {
        Self(Decompress::new(false))
    }

    /// Inflates the whole of `raw`, which must give exactly `size` bytes.
    fn run(&mut self, raw: &[u8], size: u64, out: &mut Vec<u8>) -> Option<()> {
        self.0.reset(false);
        // One byte more than declared shows a stream that goes on.
        out.reserve(index(size)?.checked_add(1)?);
        loop {
            let done = index(self.0.total_in())?;
            let before = self.0.total_out();
            let status = self.0.decompress_vec(raw.get(done..)?, out, FlushDecompress::Finish).ok()?;
            if self.0.total_out() > size {
                return None;
            }
            match status {
                Status::StreamEnd => return (self.0.total_out() == size).then_some(()),
                // No progress: the input ends before the stream does.
                Status::Ok | Status::BufError if self.0.total_out() == before => return None,
                Status::Ok | Status::BufError => {}
            }
        }
    }
}
