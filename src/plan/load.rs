//! The bytes of an input, read once: those that are hashed are those that are parsed.

use super::bundle;
use super::walk::Input;
use crate::book::Refusal;
use crate::finding::{Reason, Status};
use crate::quantity::Text;
use crate::settings::Limits;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read as _};

/// A file, a bundle, or a member of a bundle: one row of `submissions`.
#[derive(Debug)]
pub struct Item<'a> {
    /// The path inside a bundle, `inner.zip!a.xlsx`; none for the file itself.
    pub member: Option<Text>,
    /// Its size.
    pub bytes: u64,
    /// The hash of its bytes, where they were read.
    pub blake3: Option<blake3::Hash>,
    /// What is to be done with it.
    pub content: Content<'a>,
}

/// What is to be done with an item.
#[derive(Debug)]
pub enum Content<'a> {
    /// To be read as a workbook.
    File(&'a [u8]),
    /// A bundle; its members follow as items of their own.
    Bundle,
    /// Settled without being read as a workbook, with what exactly was met where there is more to say.
    Settled(Status, Reason, Option<Box<Refusal>>),
}

/// Loads an input and hands on its items: itself first, then the members of a bundle in the order of their names, each
/// while its bytes are in memory.
pub fn load(input: &Input, limits: &Limits, each: &mut dyn FnMut(Item<'_>)) {
    let mut whole = |bytes: u64, blake3: Option<blake3::Hash>, content: Content<'_>| {
        each(Item { member: None, bytes, blake3, content });
    };
    let take = |file: &mut dyn io::Read, bytes: &mut Vec<u8>| file.read_to_end(bytes);
    if let Some((status, reason)) = input.fate {
        // What is left out is named by its hash all the same; what cannot be read has none.
        let bytes = (status == Status::Ignored).then(|| read(input, limits, take));
        let (size, hash) = match bytes {
            Some(Ok(bytes)) => (bytes.len() as u64, Some(blake3::hash(&bytes))),
            Some(Err(_)) | None => (input.bytes, None),
        };
        return whole(size, hash, Content::Settled(status, reason, None));
    }
    let bytes = match read(input, limits, take) {
        Ok(bytes) => bytes,
        Err((size, refusal)) => {
            let content = Content::Settled(Status::Rejected, refusal.reason, Some(Box::new(refusal)));
            return whole(size, None, content);
        }
    };
    bundle::items(&input.path, None, &bytes, limits, each);
}

/// Reads the file, twice if it changes the first time.
fn read(
    input: &Input,
    limits: &Limits,
    mut take: impl FnMut(&mut dyn io::Read, &mut Vec<u8>) -> io::Result<usize>,
) -> Result<Vec<u8>, (u64, Refusal)> {
    for _ in 0..2 {
        match read_once(input, limits, &mut take) {
            Ok(Some(bytes)) => return Ok(bytes),
            Ok(None) => {}
            Err(fault) => return Err(fault),
        }
    }
    Err((input.bytes, Refusal::new(Reason::StillBeingWritten, "", "")))
}

/// `None`: the file changed meanwhile.
fn read_once(
    input: &Input,
    limits: &Limits,
    mut take: impl FnMut(&mut dyn io::Read, &mut Vec<u8>) -> io::Result<usize>,
) -> Result<Option<Vec<u8>>, (u64, Refusal)> {
    let unreadable = |error: io::Error| {
        let detail = error.to_string();
        (input.bytes, Refusal::new(Reason::Unreadable, detail.clone(), detail))
    };
    let mut file = open(input).map_err(unreadable)?;
    let before = file.metadata().map_err(unreadable)?;
    if !before.is_file() {
        return Err((input.bytes, Refusal::new(Reason::Unreadable, "不是普通文件", "not a regular file")));
    }
    let too_large = |size: u64| (size, Refusal::limit("file_bytes", limits.file_bytes, size));
    if before.len() > limits.file_bytes {
        return Err(too_large(before.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or(0).saturating_add(1));
    take(&mut (&mut file).take(limits.file_bytes.saturating_add(1)), &mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(too_large(bytes.len() as u64));
    }
    let after = file.metadata().map_err(unreadable)?;
    let same = stamp(&before) == stamp(&after) && bytes.len() as u64 == after.len();
    Ok(same.then_some(bytes))
}

/// Opens without waiting, should the name have become a pipe since it was met, and without following a link.
#[cfg(unix)]
fn open(input: &Input) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or(0);
    OpenOptions::new().read(true).custom_flags(flags).open(&input.file)
}

#[cfg(not(unix))]
fn open(input: &Input) -> io::Result<File> {
    OpenOptions::new().read(true).open(&input.file)
}

fn stamp(meta: &Metadata) -> (u64, Option<std::time::SystemTime>) {
    (meta.len(), meta.modified().ok())
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::finding::Reason;
    use crate::plan::Input;
    use crate::settings::Limits;
    use std::fs;
    use std::io::{Read, Write as _};

    /// Reads a file that grows while it is read, the first `times` times.
    fn growing(times: u32) -> Result<Vec<u8>, Reason> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "begin").unwrap();
        let input = Input { path: "a.xlsx".into(), file: file.path().to_owned(), bytes: 5, fate: None };
        let mut reads = 0;
        let read = read(&input, &Limits::default(), |from: &mut dyn Read, bytes| {
            reads += 1;
            let count = from.read_to_end(bytes)?;
            if reads <= times {
                fs::OpenOptions::new().append(true).open(file.path())?.write_all(b" more")?;
            }
            Ok(count)
        });
        assert!(reads <= 2, "read {reads} times");
        read.map_err(|(_, refusal)| refusal.reason)
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_read_once_more() {
        assert_eq!(growing(0).unwrap(), b"begin");
        assert_eq!(growing(1).unwrap(), b"begin more");
        assert_eq!(growing(2), Err(Reason::StillBeingWritten));
    }
}
