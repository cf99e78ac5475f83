//! What need not be made again: workbooks for departments (`OUTPUT.cache/feedback`), and stretches of the long tables
//! (`OUTPUT.cache/tables`, see [`Past`]).
//!
//! Why: after a correction one department of hundreds has changed, and drawing forms is dear. The notes say of each
//! workbook what it was made from and what came out, both as BLAKE3 hashes. A workbook is taken from the former OUTPUT
//! only if the former is the same and the bytes there still have the latter.
//!
//! Invariant: damaged or missing notes, and files edited since, cost time and never a byte of the result.

use super::cache;
use super::write::DATA;
use crate::disk::Disk;
use crate::render::{Feedback, Recipient};
use crate::tables::{Guard, Past, TableNotes};
use blake3::Hash;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const NAME: &str = "feedback";
const TABLES: &str = "tables";
const HASH: usize = 32;

/// By path in OUTPUT: the hash of what the workbook was made from, and that of its bytes.
pub(super) type Notes = BTreeMap<String, ([u8; HASH], [u8; HASH])>;

/// What the last run left.
#[derive(Debug)]
pub(super) struct Reuse {
    output: PathBuf,
    notes: PathBuf,
    key: Hash,
    known: Notes,
}

impl Reuse {
    /// `key` stands for program, definitions and settings.
    pub(super) fn open(output: &Path, folder: &Path, key: Hash) -> Self {
        let notes = folder.join(NAME);
        let known = read(&notes).unwrap_or_default();
        Self { output: output.to_owned(), notes, key, known }
    }

    /// The hash of all that decides the bytes of a workbook.
    pub(super) fn source(&self, feedback: &Feedback<'_>, recipient: &Recipient) -> [u8; HASH] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.key.as_bytes());
        hasher.update(&feedback.source(recipient));
        *hasher.finalize().as_bytes()
    }

    /// The bytes of the workbook `name` in the former OUTPUT, and their hash, if they were made from the same.
    pub(super) fn get(&self, name: &str, source: &[u8; HASH]) -> Option<(Vec<u8>, Hash)> {
        let (from, made) = self.known.get(name)?;
        let path = self.output.join(name);
        if from != source || !fs::symlink_metadata(&path).ok()?.is_file() {
            return None;
        }
        let bytes = fs::read(path).ok()?;
        let hash = blake3::hash(&bytes);
        (hash.as_bytes() == made).then_some((bytes, hash))
    }

    /// Leaves notes for the next run.
    pub(super) fn close(self, disk: &Disk, notes: &Notes) {
        write(disk, &self.notes, notes);
    }
}

/// The tables of the former OUTPUT, for a run under the same key.
pub(super) fn tables(output: &Path, folder: &Path, (key, guard): (Hash, Guard)) -> Past {
    let salt = cache::key(&[key.as_bytes(), format!("{guard:?}").as_bytes()]);
    Past { folder: output.join(DATA), notes: read(&folder.join(TABLES)).unwrap_or_default(), salt: *salt.as_bytes() }
}

/// Leaves notes of the tables for the next run.
pub(super) fn note_tables(disk: &Disk, folder: &Path, notes: &TableNotes) {
    write(disk, &folder.join(TABLES), notes);
}

/// Writes notes. What cannot be written is made again next time.
fn write(disk: &Disk, path: &Path, notes: &impl Serialize) {
    let Ok(packed) = postcard::to_allocvec(notes) else { return };
    let mut bytes = blake3::hash(&packed).as_bytes().to_vec();
    bytes.extend(packed);
    let _ = disk.put(path, &bytes);
}

/// Notes that are whole.
fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let bytes = fs::read(path).ok()?;
    let (hash, packed) = bytes.split_first_chunk::<HASH>()?;
    if blake3::hash(packed).as_bytes() != hash {
        return None;
    }
    postcard::from_bytes(packed).ok()
}

#[cfg(test)]
mod tests {
    use super::{Notes, Reuse};
    use crate::disk::Disk;
    use blake3::Hash;
    use std::fs;

    #[test]
    fn a_workbook_is_taken_again_only_if_source_and_bytes_are_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let key = blake3::hash(b"settings");
        let open = || Reuse::open(dir.path(), dir.path(), key);
        let (source, other) = ([1; 32], [2; 32]);
        let made = *blake3::hash(b"workbook").as_bytes();
        fs::write(dir.path().join("a.xlsx"), "workbook").unwrap();
        open().close(&Disk::default(), &Notes::from([("a.xlsx".to_owned(), (source, made))]));
        assert_eq!(open().get("a.xlsx", &source), Some((b"workbook".to_vec(), Hash::from_bytes(made))));
        assert_eq!(open().get("a.xlsx", &other), None);
        assert_eq!(open().get("b.xlsx", &source), None);

        let notes = dir.path().join("feedback");
        let whole = fs::read(&notes).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&notes, damaged).unwrap();
            assert_eq!(open().get("a.xlsx", &source), None, "byte {at}");
            fs::write(&notes, &whole[..at]).unwrap();
            assert_eq!(open().get("a.xlsx", &source), None, "cut at {at}");
        }
        fs::write(&notes, whole).unwrap();
        fs::write(dir.path().join("a.xlsx"), "workbooK").unwrap();
        assert_eq!(open().get("a.xlsx", &source), None, "edited since");
    }
}
