//! Changes to the file system: every one of them passes this door.
//!
//! Why: OUTPUT is replaced as a whole or not at all, whatever fails and whenever the program ends. That can be shown only
//! where every change can be met before it happens: a test sets a [`Gate`] and lets the n-th change fail, for every n.
//!
//! Input → output: paths and bytes → files and folders, or [`Failed`] with the path and what the system said.
//!
//! Invariants: no other module creates, writes, renames, links or removes anything (a test reads the sources); an error
//! names its path; without a gate a change costs nothing more.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A folder and those above it are made.
    Folder,
    /// A file is made, or opened to be written.
    Open,
    /// Bytes are written.
    Write,
    /// A file is cut or lengthened.
    Resize,
    /// A file or folder is synced to the disk.
    Sync,
    /// A file or folder gets another name.
    Rename,
    /// Two folders exchange their names.
    Exchange,
    /// A file gets a second name, or a symbolic link is made.
    Link,
    /// A file is copied.
    Copy,
    /// A folder is removed with all that is in it.
    Remove,
}

/// Sees each change before it happens and may refuse it, as a system does that fails.
pub trait Gate: Send + Sync {
    /// Lets a change pass.
    ///
    /// # Errors
    /// The change is not made, and its maker is told this error.
    fn pass(&self, change: Change, path: &Path) -> io::Result<()>;
}

/// A change that was not made.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct Failed {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl Failed {
    /// For an error about a path.
    pub fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self { path, source }
    }
}

/// The file system, to be changed.
#[derive(Clone, Default)]
pub struct Disk {
    gate: Option<Arc<dyn Gate>>,
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disk").field("gated", &self.gate.is_some()).finish()
    }
}

impl Disk {
    /// A file system whose changes pass a gate.
    pub fn gated(gate: Arc<dyn Gate>) -> Self {
        Self { gate: Some(gate) }
    }

    fn pass(&self, change: Change, path: &Path) -> io::Result<()> {
        self.gate.as_ref().map_or(Ok(()), |gate| gate.pass(change, path))
    }

    fn change<T>(&self, change: Change, path: &Path, make: impl FnOnce() -> io::Result<T>) -> Result<T, Failed> {
        self.pass(change, path).and_then(|()| make()).map_err(Failed::at(path))
    }

    /// Makes a folder and those above it, where they are missing.
    ///
    /// # Errors
    /// The system refuses.
    pub fn folder(&self, path: &Path) -> Result<(), Failed> {
        self.change(Change::Folder, path, || fs::create_dir_all(path))
    }

    /// Makes a file, or empties it.
    ///
    /// # Errors
    /// The system refuses.
    pub fn create(&self, path: &Path) -> Result<Written, Failed> {
        let file = self.change(Change::Open, path, || File::create(path))?;
        Ok(Written { file, path: path.to_owned(), disk: self.clone() })
    }

    /// Opens a file to be read and written, as it is; makes it where it is missing.
    ///
    /// # Errors
    /// The system refuses.
    pub fn open(&self, path: &Path) -> Result<Written, Failed> {
        let open = || OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let file = self.change(Change::Open, path, open)?;
        Ok(Written { file, path: path.to_owned(), disk: self.clone() })
    }

    /// Writes a whole file.
    ///
    /// # Errors
    /// The system refuses.
    pub fn put(&self, path: &Path, bytes: &[u8]) -> Result<(), Failed> {
        self.create(path)?.write_all(bytes).map_err(Failed::at(path))
    }

    /// Syncs a file or folder.
    ///
    /// # Errors
    /// The system refuses.
    pub fn sync(&self, path: &Path) -> Result<(), Failed> {
        self.change(Change::Sync, path, || File::open(path)?.sync_all())
    }

    /// Gives a file or folder another name.
    ///
    /// # Errors
    /// The system refuses.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<(), Failed> {
        self.change(Change::Rename, to, || fs::rename(from, to))
    }

    /// Exchanges the names of two folders in one step.
    ///
    /// # Errors
    /// The system refuses, or has no such step.
    pub fn exchange(&self, a: &Path, b: &Path) -> Result<(), Failed> {
        self.change(Change::Exchange, b, || exchange(a, b))
    }

    /// Gives a file a second name, a symbolic link a twin; copies the file where the system has no second names.
    ///
    /// # Errors
    /// The system refuses.
    pub fn link(&self, from: &Path, to: &Path) -> Result<(), Failed> {
        #[cfg(unix)]
        if let Ok(target) = fs::read_link(from) {
            return self.change(Change::Link, to, || std::os::unix::fs::symlink(target, to));
        }
        self.change(Change::Link, to, || fs::hard_link(from, to))
            .or_else(|_| self.change(Change::Copy, to, || fs::copy(from, to).map(|_| ())))
    }

    /// Removes a folder with all that is in it; one that is not there is no error.
    ///
    /// # Errors
    /// The system refuses.
    pub fn remove(&self, folder: &Path) -> Result<(), Failed> {
        self.change(Change::Remove, folder, || match fs::remove_dir_all(folder) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        })
    }
}

/// A file that is open to be written.
#[derive(Debug)]
pub struct Written {
    file: File,
    path: PathBuf,
    disk: Disk,
}

impl Written {
    /// The file itself, for what changes nothing: its size, its lock.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Cuts or lengthens the file.
    ///
    /// # Errors
    /// The system refuses.
    pub fn resize(&mut self, bytes: u64) -> io::Result<()> {
        self.disk.pass(Change::Resize, &self.path)?;
        self.file.set_len(bytes)
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.pass(Change::Write, &self.path)?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Read for Written {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.file.read(bytes)
    }
}

impl Seek for Written {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
