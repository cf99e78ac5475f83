//! Whether files still have the bytes that were noted of them.
//!
//! Why: a table of the last run is asked twice: before stretches are copied out of it, and before it is replaced. The long
//! ones are hundreds of megabytes, and seconds lie between.
//!
//! Input → output: path and hash → the open file, if its bytes have that hash.
//!
//! Invariant: a file is not read again only where the system would tell of any change since: the same file by number, size
//! and both times, of which the later was long past when it was read, so that no change can hide within its grain.

use std::collections::HashMap;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Longer than the grain of the times of any file system.
const GRAIN: Duration = Duration::from_secs(5);

/// What the system tells of a file, all of which a change leaves different.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    file: (u64, u64),
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    /// `None` where the system does not tell when a file was changed.
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "other systems do not tell")]
    fn of(meta: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            file: (meta.dev(), meta.ino()),
            size: meta.size(),
            modified: (meta.mtime(), meta.mtime_nsec()),
            changed: (meta.ctime(), meta.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Option<Self> {
        None
    }

    /// Whether it was changed last a good while before this.
    fn is_older(&self, than: SystemTime) -> bool {
        let Ok(then) = than.duration_since(SystemTime::UNIX_EPOCH) else { return false };
        let last = self.modified.0.max(self.changed.0);
        u64::try_from(last).is_ok_and(|last| last.saturating_add(GRAIN.as_secs()) < then.as_secs())
    }
}

/// Files of the last run that were read once in this one.
#[derive(Debug, Default)]
pub struct Known {
    files: Mutex<HashMap<PathBuf, (Stamp, blake3::Hash)>>,
}

impl Known {
    /// The file, open at whatever place, if its bytes have this BLAKE3 hash, in hexadecimal.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn whole(&self, path: &Path, hash: &str) -> io::Result<Option<File>> {
        let meta = fs::symlink_metadata(path)?;
        if !meta.is_file() {
            return Ok(None);
        }
        let found = |has: blake3::Hash, file| Ok((has.to_hex().as_str() == hash).then_some(file));
        let known = || self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known().get(path).copied();
        if let Some((stamp, has)) = before
            && Stamp::of(&meta) == Some(stamp)
        {
            return found(has, File::open(path)?);
        }
        let mut file = File::open(path)?;
        let (now, stamp) = (SystemTime::now(), Stamp::of(&file.metadata()?));
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(&mut file)?;
        let has = hasher.finalize();
        if let Some(stamp) = stamp.filter(|stamp| stamp.is_older(now)) {
            known().insert(path.to_owned(), (stamp, has));
        }
        found(has, file)
    }
}

#[cfg(test)]
mod tests {
    use super::{GRAIN, Known, Stamp};
    use std::fs;
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_file_is_whole_as_long_as_it_has_the_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let (path, known) = (dir.path().join("a"), Known::default());
        let hash = blake3::hash(b"table").to_hex().to_string();
        let read = |known: &Known| known.whole(&path, &hash).unwrap().is_some();
        assert!(known.whole(&path, &hash).is_err(), "not there");
        fs::write(&path, "table").unwrap();
        assert!(read(&known) && read(&known));
        // Written within the grain of its times: it is read each time.
        fs::write(&path, "tablE").unwrap();
        assert!(!read(&known));
        assert!(known.whole(dir.path(), &hash).unwrap().is_none(), "a folder");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_known_is_read_again_once_the_system_tells_of_a_change() {
        let dir = tempfile::tempdir().unwrap();
        let (path, known) = (dir.path().join("a"), Known::default());
        fs::write(&path, "table").unwrap();
        let hash = blake3::hash(b"table");
        let noted = || (Stamp::of(&fs::metadata(&path).unwrap()).unwrap(), hash);
        known.files.lock().unwrap().insert(path.clone(), noted());
        assert!(known.whole(&path, hash.to_hex().as_str()).unwrap().is_some());
        assert!(known.whole(&path, blake3::hash(b"other").to_hex().as_str()).unwrap().is_none());
        // Same size, and the time of its bytes set back to what it was: the time of its change tells.
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        std::thread::sleep(Duration::from_millis(20));
        fs::write(&path, "tablE").unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
        assert!(known.whole(&path, hash.to_hex().as_str()).unwrap().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn what_changed_within_the_grain_is_not_remembered() {
        let dir = tempfile::tempdir().unwrap();
        let stamp = Stamp::of(&dir.path().metadata().unwrap()).unwrap();
        assert!(!stamp.is_older(SystemTime::now()));
        assert!(!stamp.is_older(SystemTime::now() + GRAIN - Duration::from_secs(1)));
        assert!(stamp.is_older(SystemTime::now() + GRAIN + Duration::from_secs(2)));
    }
}
