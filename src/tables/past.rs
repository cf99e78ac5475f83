//! Tables of the last run, of which whole stretches can stand in the new ones as they are.
//!
//! Why: after a correction one workbook of twenty thousand has changed, and its rows are a few of millions. Files are
//! written in stretches: those of neighbouring files, which stand by themselves both in CSV and in Parquet. A stretch whose
//! files, and whatever else decides its rows, have the same hash as in the last run is copied.
//!
//! Invariant: a table of which a byte has changed since it was written is not looked at; notes that do not fit cost time
//! and never a byte of the result.

use super::parquet;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// What decides the rows of a stretch, as a BLAKE3 hash.
pub type Key = [u8; 32];

/// The longest stretch that is copied, in bytes of a file: it passes through memory.
const MOST_BYTES: u64 = 1 << 26;

/// Where something stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Span {
    pub(super) at: u64,
    pub(super) len: u64,
}

/// Rows of a table that stand by themselves in both of its files.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stretch {
    pub(super) csv: Span,
    pub(super) parquet: Span,
    pub(super) groups: Vec<parquet::Group>,
}

/// What is noted of a table: the hashes of its files, and its stretches by key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableNote {
    /// Hash of the CSV file.
    pub csv: String,
    /// Hash of the Parquet file.
    pub parquet: String,
    /// Its stretches.
    pub stretches: Vec<(Key, Stretch)>,
}

/// Notes by table.
pub type TableNotes = BTreeMap<String, TableNote>;

/// The tables of the last run.
#[derive(Debug)]
pub struct Past {
    /// The folder with the tables.
    pub folder: PathBuf,
    /// What was noted of them.
    pub notes: TableNotes,
    /// What decides the rows besides the files: program, definitions, settings.
    pub salt: Key,
}

impl Past {
    /// A table of the last run, if it is whole.
    pub(crate) fn table(&self, name: &str) -> Option<FormerTable<'_>> {
        let note = self.notes.get(name)?;
        let open = |ending: &str, hash: &str| whole(&self.folder.join(format!("{name}.{ending}")), hash).ok()?;
        let known = note.stretches.iter().map(|(key, stretch)| (key, stretch)).collect();
        let file = |ending: &str, hash: &str| Some(FormerFile { file: open(ending, hash)?, bytes: Vec::new() });
        Some(FormerTable { csv: file("csv", &note.csv)?, parquet: file("parquet", &note.parquet)?, known })
    }
}

/// The file of a former run, if its bytes still have this BLAKE3 hash, in hexadecimal.
///
/// # Errors
/// It cannot be read.
pub fn whole(path: &Path, hash: &str) -> io::Result<Option<File>> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut file = File::open(path)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(&mut file)?;
    Ok((hasher.finalize().to_hex().as_str() == hash).then_some(file))
}

/// A table of the last run.
pub(crate) struct FormerTable<'p> {
    csv: FormerFile,
    parquet: FormerFile,
    known: HashMap<&'p Key, &'p Stretch>,
}

/// A stretch with its bytes in both files.
pub(crate) struct Copied<'t> {
    pub(super) stretch: &'t Stretch,
    pub(super) csv: &'t [u8],
    pub(super) parquet: &'t [u8],
}

impl FormerTable<'_> {
    /// The stretch with this key.
    pub(crate) fn take(&mut self, key: &Key) -> Option<Copied<'_>> {
        let stretch = *self.known.get(key)?;
        Some(Copied { stretch, csv: self.csv.read(stretch.csv)?, parquet: self.parquet.read(stretch.parquet)? })
    }
}

/// A file of the last run, and memory for what is read of it.
struct FormerFile {
    file: File,
    bytes: Vec<u8>,
}

impl FormerFile {
    fn read(&mut self, span: Span) -> Option<&[u8]> {
        let len = usize::try_from(span.len).ok().filter(|_| span.len <= MOST_BYTES)?;
        if self.bytes.len() < len {
            self.bytes.resize(len, 0);
        }
        let bytes = self.bytes.get_mut(..len)?;
        self.file.seek(SeekFrom::Start(span.at)).ok()?;
        self.file.read_exact(bytes).ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Past, TableNote, TableNotes};
    use crate::disk::Disk;
    use crate::tables::{Funding, Guard, TableWriter};
    use std::fs;
    use std::path::Path;

    const TABLE: &str = <Funding as crate::tables::Row>::TABLE;

    /// A stretch: its key and how many rows; the rows follow from the key.
    type Part = (u8, u32);

    fn key((name, rows): Part) -> Key {
        *blake3::hash(format!("{name} {rows}").as_bytes()).as_bytes()
    }

    /// Writes a table of these stretches, with what can be taken from a past one; gives the notes, and how many were taken.
    fn table(dir: &Path, parts: &[Part], past: Option<&Past>) -> (TableNotes, usize) {
        let disk = Disk::default();
        disk.folder(dir).unwrap();
        let mut writer = TableWriter::<Funding>::new(&disk, dir, Guard::Apostrophe).unwrap();
        let mut former = past.and_then(|past| past.table(TABLE));
        let mut taken = 0;
        for &part in parts {
            if let Some(copied) = former.as_mut().and_then(|former| former.take(&key(part))) {
                writer.paste(key(part), &copied).unwrap();
                taken += 1;
                continue;
            }
            let rows = (0..part.1).map(|row| Funding {
                evaluation_id: format!("{}-{}", part.0, row / 7).into(),
                source: if row % 3 == 0 { "total" } else { "fiscal" }.into(),
                original_budget: crate::quantity::Money::from_fen(i64::from(row) * 17),
                revised_budget: None,
                outturn: None,
                sheet: "表".into(),
                row,
            });
            writer.rows(&rows.collect::<Vec<_>>()).unwrap();
            writer.cut(Some(key(part))).unwrap();
        }
        let files = writer.finish().unwrap();
        let note = TableNote { csv: files.csv, parquet: files.parquet, stretches: files.stretches };
        (TableNotes::from([(TABLE.to_owned(), note)]), taken)
    }

    fn bytes(dir: &Path) -> [Vec<u8>; 2] {
        ["funding.csv", "funding.parquet"].map(|name| fs::read(dir.join(name)).unwrap())
    }

    #[test]
    fn a_table_with_copied_stretches_is_the_table_made_anew() {
        let dir = tempfile::tempdir().unwrap();
        let [first, second, anew] = ["first", "second", "anew"].map(|name| dir.path().join(name));
        let (notes, taken) = table(&first, &[(1, 40), (2, 0), (3, 70_000), (4, 5), (5, 9)], None);
        assert_eq!(taken, 0);
        let past = Past { folder: first.clone(), notes, salt: [0; 32] };
        // one shorter, one gone, one moved, one new
        let parts = [(1, 39), (3, 70_000), (5, 9), (2, 0), (6, 100)];
        let (notes, taken) = table(&second, &parts, Some(&past));
        assert_eq!(taken, 3);
        assert_eq!(table(&anew, &parts, None), (notes.clone(), 0));
        assert!(bytes(&second) == bytes(&anew));
        // and from what was copied it can be copied again
        let past = Past { folder: second, notes, salt: [0; 32] };
        let third = dir.path().join("third");
        assert_eq!(table(&third, &parts, Some(&past)).1, parts.len());
        assert!(bytes(&third) == bytes(&anew));
    }

    #[test]
    fn a_table_that_was_changed_is_not_looked_at() {
        let dir = tempfile::tempdir().unwrap();
        let parts = [(1, 3), (2, 4)];
        let (first, second) = (dir.path().join("first"), dir.path().join("second"));
        let (notes, _) = table(&first, &parts, None);
        let past = Past { folder: first.clone(), notes, salt: [0; 32] };
        for (name, whole) in ["funding.csv", "funding.parquet"].into_iter().zip(bytes(&first)) {
            for at in (0..whole.len()).step_by(13) {
                let mut damaged = whole.clone();
                damaged[at] ^= 1;
                fs::write(first.join(name), damaged).unwrap();
                assert_eq!(table(&second, &parts, Some(&past)).1, 0, "{name}, byte {at}");
            }
            fs::remove_file(first.join(name)).unwrap();
            assert_eq!(table(&second, &parts, Some(&past)).1, 0, "{name} gone");
            fs::write(first.join(name), whole).unwrap();
        }
        assert_eq!(table(&second, &parts, Some(&past)).1, 2);
    }
}
