//! What was kept of each file, from run to run: `OUTPUT.cache/extracts`.
//!
//! Why: after a correction one workbook of twenty thousand has changed. What is kept of a file is a pure function of its
//! bytes, the form definitions, the settings and the program; those four are the key, the bytes by their BLAKE3 hash.
//!
//! The file: a head with the hash of everything but the bytes; entries one after another; an index of them with its own
//! hash, and where it begins. A run appends its new entries over the old index and writes a new one at the end, so a run
//! that is killed leaves a file without an index, which the next one throws away. Every entry is checked by its hash when
//! it is used: damage costs time and never a result.

use crate::disk::{Disk, Written};
use crate::normal::Extract;
use blake3::Hash;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

const NAME: &str = "extracts";
const MAGIC: &[u8; 8] = b"jixiao\x00\x01";
const HEAD: u64 = 8 + 32;
const FOOT: u64 = 8 + 32 + 8;

/// What an entry is found by: the hash of the bytes, and whether the name said `.et`.
type Key = ([u8; 32], bool);

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Slot {
    at: u64,
    len: u64,
    hash: [u8; 32],
}

/// The cache of a run.
#[derive(Debug)]
pub(super) struct Cache {
    known: HashMap<Key, Slot>,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    file: Written,
    end: u64,
    added: Vec<(Key, Slot)>,
    /// Keys of this run; entries that no run asks for are dropped when they are many.
    used: u64,
}

impl Cache {
    /// Opens the cache beside OUTPUT, an empty one where there is none that fits. `None`: it cannot be written, which costs
    /// time only.
    pub(super) fn open(disk: &Disk, folder: &Path, key: Hash) -> Option<Self> {
        disk.folder(folder).ok()?;
        let mut file = disk.open(&folder.join(NAME)).ok()?;
        let (known, end) = match index(&mut file, key) {
            Some(found) => found,
            None => (HashMap::new(), begin(&mut file, key).ok()?),
        };
        Some(Self { known, inner: Mutex::new(Inner { file, end, added: Vec::new(), used: 0 }) })
    }

    /// What was kept of these bytes.
    pub(super) fn get(&self, bytes: Hash, et: bool) -> Option<Extract> {
        let slot = self.known.get(&(*bytes.as_bytes(), et))?;
        let mut packed = vec![0; usize::try_from(slot.len).ok()?];
        {
            let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
            inner.file.seek(SeekFrom::Start(slot.at)).ok()?;
            inner.file.read_exact(&mut packed).ok()?;
            inner.used += 1;
        }
        if blake3::hash(&packed).as_bytes() != &slot.hash {
            return None;
        }
        postcard::from_bytes(&packed).ok()
    }

    /// Keeps what was taken from these bytes. What cannot be written is read again next time.
    pub(super) fn put(&self, bytes: Hash, et: bool, extract: &Extract) {
        let Ok(packed) = postcard::to_allocvec(extract) else { return };
        let hash = *blake3::hash(&packed).as_bytes();
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let at = inner.end;
        let written = inner.file.seek(SeekFrom::Start(at)).and_then(|_| inner.file.write_all(&packed));
        if written.is_ok() {
            let len = packed.len() as u64;
            inner.end += len;
            inner.added.push(((*bytes.as_bytes(), et), Slot { at, len, hash }));
        }
    }

    /// Writes the new index. A cache of which less than half was of use begins anew next time.
    pub(super) fn close(self) {
        let mut inner = self.inner.into_inner().unwrap_or_else(PoisonError::into_inner);
        let stale = self.known.len() as u64 > 2 * (inner.used + inner.added.len() as u64) + 64;
        if inner.added.is_empty() && !stale {
            return;
        }
        let mut slots: Vec<(Key, Slot)> = if stale { Vec::new() } else { self.known.into_iter().collect() };
        slots.append(&mut inner.added);
        let Ok(packed) = postcard::to_allocvec(&slots) else { return };
        let mut foot = inner.end.to_le_bytes().to_vec();
        foot.extend(blake3::hash(&packed).as_bytes());
        foot.extend(MAGIC);
        let at = inner.end;
        let _ = inner
            .file
            .seek(SeekFrom::Start(at))
            .and_then(|_| inner.file.write_all(&packed))
            .and_then(|()| inner.file.write_all(&foot))
            .and_then(|()| inner.file.resize(at + packed.len() as u64 + FOOT));
    }
}

/// Begins an empty cache; gives where entries go.
fn begin(file: &mut Written, key: Hash) -> io::Result<u64> {
    file.resize(0)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(MAGIC)?;
    file.write_all(key.as_bytes())?;
    Ok(HEAD)
}

/// The index of a cache that is whole and made under the same key, and where it begins.
fn index(file: &mut Written, key: Hash) -> Option<(HashMap<Key, Slot>, u64)> {
    let size = file.file().metadata().ok()?.len();
    let mut head = [0; 40];
    file.seek(SeekFrom::Start(0)).ok()?;
    file.read_exact(&mut head).ok()?;
    if !head.starts_with(MAGIC) || !head.ends_with(key.as_bytes()) {
        return None;
    }
    let mut foot = [0; 48];
    file.seek(SeekFrom::Start(size.checked_sub(FOOT)?)).ok()?;
    file.read_exact(&mut foot).ok()?;
    let (at, hash) = (u64::from_le_bytes(foot.first_chunk().copied()?), foot.get(8..40)?);
    if !foot.ends_with(MAGIC) || at < HEAD || at > size - FOOT {
        return None;
    }
    let mut packed = vec![0; usize::try_from(size - FOOT - at).ok()?];
    file.seek(SeekFrom::Start(at)).ok()?;
    file.read_exact(&mut packed).ok()?;
    if blake3::hash(&packed).as_bytes() != hash {
        return None;
    }
    let slots: Vec<(Key, Slot)> = postcard::from_bytes(&packed).ok()?;
    Some((slots.into_iter().filter(|(_, slot)| slot.at + slot.len <= at).collect(), at))
}

/// The hash of everything but the bytes that decides what is kept of a file: program, definitions, settings, reader.
pub(super) fn key(parts: &[&[u8]]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for part in std::iter::once(&program().as_bytes()).chain(parts) {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize()
}

/// Version, and size and date of the program's own file: a program built anew with the same version is another one.
fn program() -> String {
    let own = std::env::current_exe().and_then(fs::metadata);
    let built = own.ok().map(|meta| (meta.len(), meta.modified().ok()));
    format!("{} {built:?}", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::{Cache, NAME, key};
    use crate::disk::Disk;
    use crate::normal::Extract;
    use std::fs;

    fn extract() -> Extract {
        Extract { repaired: true, ..Extract::default() }
    }

    #[test]
    fn what_was_kept_comes_back_under_the_same_key_only() {
        let dir = tempfile::tempdir().unwrap();
        let (a, b) = (blake3::hash(b"a"), blake3::hash(b"b"));
        let open = |part: &[u8]| Cache::open(&Disk::default(), dir.path(), key(&[part])).unwrap();
        let cache = open(b"1");
        assert_eq!(cache.get(a, false), None);
        cache.put(a, false, &extract());
        cache.close();
        let cache = open(b"1");
        assert_eq!(cache.get(a, false), Some(extract()));
        assert_eq!(cache.get(a, true), None);
        cache.put(b, false, &Extract::default());
        cache.close();
        let cache = open(b"1");
        assert_eq!((cache.get(a, false), cache.get(b, false)), (Some(extract()), Some(Extract::default())));
        drop(cache);
        assert_eq!(open(b"2").get(a, false), None);
        assert_eq!(open(b"1").get(a, false), None, "another key begins anew");
    }

    #[test]
    fn damage_is_never_trusted() {
        let dir = tempfile::tempdir().unwrap();
        let hash = blake3::hash(b"a");
        let open = || Cache::open(&Disk::default(), dir.path(), key(&[])).unwrap();
        let cache = open();
        cache.put(hash, false, &extract());
        cache.close();
        let whole = fs::read(dir.path().join(NAME)).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(dir.path().join(NAME), bytes).unwrap();
            assert!(open().get(hash, false).is_none_or(|e| e == extract()), "byte {at}");
        }
        for len in 0..whole.len() {
            fs::write(dir.path().join(NAME), &whole[..len]).unwrap();
            assert_eq!(open().get(hash, false), None, "cut at {len}");
        }
    }
}
