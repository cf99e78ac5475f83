//! OUTPUT, replaced as a whole or not at all.
//!
//! A run holds `OUTPUT.lock`, builds everything in `OUTPUT.staging/new`, syncs it to disk and exchanges the two folders in
//! one step, so that a run which fails or is killed leaves OUTPUT as it was. What the user keeps in OUTPUT, and files of
//! ours that were edited since, are linked into the new folder before the exchange: they exist at every moment. Where the
//! file system cannot exchange, two renames do, and the next run mends what a kill between them left. A run that is done
//! leaves in the lock file by what the next one tells edited files without reading them ([`Mark`]).

use super::former::{self, Former, Mark, Moment};
use super::{Refused, crew, manifest, write};
use crate::disk::{Disk, Failed, Written};
use std::fs::{self, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// OUTPUT while a run holds it.
#[derive(Debug)]
pub(super) struct Output {
    disk: Disk,
    path: PathBuf,
    staging: PathBuf,
    lock: Lock,
}

/// The lock file, held until the end of the run.
#[derive(Debug)]
struct Lock {
    file: Written,
    /// What the last run has left in it.
    mark: Option<Mark>,
    /// When this run took it, by the clock of the file system.
    begun: Option<Moment>,
}

/// A file kept under a new name, because a new one has its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its former name in OUTPUT.
    pub was: String,
    /// Its name now.
    pub now: String,
}

impl Output {
    /// Claims OUTPUT for this run, before any work.
    ///
    /// # Errors
    /// Another run holds it, it is an input, or it cannot be written.
    pub(super) fn claim(disk: &Disk, path: &Path, inputs: &[PathBuf]) -> Result<Self, Refused> {
        let path = resolved(path);
        if inputs.iter().any(|input| resolved(input).starts_with(&path)) {
            return Err(Refused::OutputIsInput(path));
        }
        if let Some(parent) = path.parent() {
            disk.folder(parent)?;
        }
        let exists = match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => true,
            Ok(_) => {
                return Err(Refused::Output {
                    path, what: "是一个文件，不是目录 / a file, not a folder".into()
                });
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => false,
            Err(e) => return Err(Failed::at(&path)(e).into()),
        };
        if exists {
            writable(&path).map_err(Failed::at(&path))?;
        }
        let lock = lock(disk, &path)?;
        let staging = with_suffix(&path, ".staging");
        let output = Self { disk: disk.clone(), path, staging, lock };
        output.mend()?;
        disk.folder(&output.new_folder())?;
        Ok(output)
    }

    /// OUTPUT as a full path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What is removed when the run ends, however it does.
    pub(super) fn staging(&self) -> &Path {
        &self.staging
    }

    /// Where the new OUTPUT is built.
    pub(super) fn new_folder(&self) -> PathBuf {
        self.staging.join("new")
    }

    /// Where the cache lies.
    pub(super) fn cache_folder(&self) -> PathBuf {
        with_suffix(&self.path, ".cache")
    }

    fn old_folder(&self) -> PathBuf {
        self.staging.join("old")
    }

    /// Removes what a killed run left, and puts a former OUTPUT back that it had already moved away.
    fn mend(&self) -> Result<(), Failed> {
        if self.old_folder().is_dir() && !self.path.exists() {
            self.disk.rename(&self.old_folder(), &self.path)?;
        }
        self.disk.remove(&self.staging)
    }

    /// Does work while the tables, which are written, go to the disk: the end waits for less.
    ///
    /// # Errors
    /// The work fails, or a table cannot be synced.
    pub(super) fn settling<T>(
        &self,
        jobs: Option<usize>,
        work: impl FnOnce() -> Result<T, Refused>,
    ) -> Result<T, Refused> {
        crew::beside(jobs, || Ok(self.sync_tree(&self.new_folder().join(write::DATA))?), work)
    }

    /// Puts the new OUTPUT into place. Gives the files that were kept under a new name.
    ///
    /// # Errors
    /// The file system refuses; OUTPUT is then as it was.
    pub(super) fn commit(mut self) -> Result<Vec<Kept>, Refused> {
        let new = self.new_folder();
        let kept = if self.path.is_dir() { self.keep_what_is_not_ours()? } else { Vec::new() };
        self.sync_tree(&new)?;
        self.swap()?;
        if let Some(parent) = self.path.parent() {
            // The exchange has happened; a folder that cannot be synced is no reason to call it failed.
            let _ = self.disk.sync(parent);
        }
        self.lock.leave_mark(&self.path);
        Ok(kept)
    }

    fn swap(&self) -> Result<(), Failed> {
        let (disk, new, old) = (&self.disk, self.new_folder(), self.old_folder());
        if !self.path.exists() {
            return disk.rename(&new, &self.path);
        }
        if disk.exchange(&new, &self.path).is_ok() {
            return Ok(());
        }
        disk.rename(&self.path, &old)?;
        disk.rename(&new, &self.path).inspect_err(|_| {
            // Back to where it was; `mend` does the same should this fail, too.
            let _ = disk.rename(&old, &self.path);
        })
    }

    /// Syncs files before the folders that name them.
    fn sync_tree(&self, folder: &Path) -> Result<(), Failed> {
        for entry in WalkDir::new(folder).contents_first(true).follow_links(false).sort_by_file_name() {
            let entry = entry.map_err(|e| Failed::at(folder)(e.into()))?;
            if entry.file_type().is_file() || entry.file_type().is_dir() {
                self.disk.sync(entry.path())?;
            }
        }
        Ok(())
    }

    /// Links the user's own files into the new OUTPUT, and those of ours that were edited since.
    fn keep_what_is_not_ours(&self) -> Result<Vec<Kept>, Failed> {
        let former = Former::read(&self.path, self.lock.mark.clone());
        let new = self.new_folder();
        let mut kept = Vec::new();
        for entry in WalkDir::new(&self.path).min_depth(1).follow_links(false).sort_by_file_name() {
            let entry = entry.map_err(|e| Failed::at(&self.path)(e.into()))?;
            let Ok(relative) = entry.path().strip_prefix(&self.path) else { continue };
            if entry.file_type().is_dir() {
                let is_empty = fs::read_dir(entry.path()).map_err(Failed::at(entry.path()))?.next().is_none();
                if is_empty && !former.is_ours(relative) {
                    self.disk.folder(&new.join(relative))?;
                }
                continue;
            }
            if former.is_unchanged(relative, entry.path()).map_err(Failed::at(entry.path()))? {
                continue;
            }
            let taken = |name: &Path| new.join(name).symlink_metadata().is_ok();
            let edited = former.is_ours(relative);
            let target = if edited || taken(relative) {
                free_name(relative, &|n| taken(n) || self.path.join(n).symlink_metadata().is_ok())
            } else {
                relative.to_owned()
            };
            let place = new.join(&target);
            if let Some(folder) = place.parent() {
                self.disk.folder(folder)?;
            }
            self.disk.link(entry.path(), &place)?;
            if target != relative {
                kept.push(Kept { was: relative.display().to_string(), now: target.display().to_string() });
            }
        }
        Ok(kept)
    }
}

impl Drop for Output {
    /// However the run ended: nothing is left beside OUTPUT. Litter at worst; the next run removes it.
    fn drop(&mut self) {
        let _ = self.disk.remove(&self.staging);
    }
}

/// `summary.kept-1.xlsx`, the first that is free.
fn free_name(name: &Path, taken: &dyn Fn(&Path) -> bool) -> PathBuf {
    let stem = name.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = name.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    let names = (1_u32..).map(|n| name.with_file_name(format!("{stem}.kept-{n}{ending}")));
    names.into_iter().find(|candidate| !taken(candidate)).unwrap_or_else(|| name.to_owned())
}

#[cfg(unix)]
fn writable(folder: &Path) -> io::Result<()> {
    use rustix::fs::{Access, access};
    Ok(access(folder, Access::WRITE_OK | Access::EXEC_OK)?)
}

#[cfg(not(unix))]
fn writable(folder: &Path) -> io::Result<()> {
    if fs::metadata(folder)?.permissions().readonly() { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(()) }
}

fn lock(disk: &Disk, output: &Path) -> Result<Lock, Refused> {
    let path = with_suffix(output, ".lock");
    let mut file = disk.open(&path)?;
    let locked = file.file().try_lock();
    let mut said = String::new();
    let _ = (&mut file).take(1024).read_to_string(&mut said);
    match locked {
        Ok(()) => {
            let mark = serde_json::from_str(&said).ok();
            // Who holds it, for the message of a second run; the lock itself does not depend on it.
            let _ = rewrite(&mut file, &std::process::id().to_string());
            let begun = file.file().metadata().ok().as_ref().and_then(former::modified);
            Ok(Lock { file, mark, begun })
        }
        Err(TryLockError::WouldBlock) => {
            let holder = said.trim();
            let known = !holder.is_empty() && holder.bytes().all(|b| b.is_ascii_digit());
            Err(Refused::Busy { path: output.to_owned(), holder: known.then(|| holder.to_owned()) })
        }
        Err(TryLockError::Error(e)) => Err(Failed::at(&path)(e).into()),
    }
}

fn rewrite(file: &mut Written, text: &str) -> io::Result<()> {
    file.resize(0)?;
    file.rewind()?;
    file.write_all(text.as_bytes())
}

impl Lock {
    /// Leaves for the next run by what it knows the files of this one. Without it they are read.
    fn leave_mark(&mut self, output: &Path) {
        let mark = self.begun.and_then(|begun| Mark::of(&output.join(manifest::NAME), begun));
        let text = mark.and_then(|mark| serde_json::to_string(&mark).ok());
        let _ = rewrite(&mut self.file, &text.unwrap_or_default());
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The full path without links, of something that need not exist yet.
pub(super) fn resolved(path: &Path) -> PathBuf {
    if let Ok(full) = path.canonicalize() {
        return full;
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) => resolved(parent).join(name),
        _ => absolute,
    }
}

#[cfg(test)]
mod tests {
    use super::Output;
    use crate::app::Refused;
    use crate::disk::Disk;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn claim(path: &Path, inputs: &[PathBuf]) -> Result<Output, Refused> {
        Output::claim(&Disk::default(), path, inputs)
    }

    #[test]
    fn a_second_run_is_refused_and_nothing_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        let first = claim(&path, &[]).unwrap();
        assert!(matches!(claim(&path, &[]), Err(Refused::Busy { .. })));
        drop(first);
        assert!(!path.exists() && !dir.path().join("out.staging").exists());
        assert!(claim(&path, &[]).is_ok());
    }

    #[test]
    fn the_users_files_survive_and_what_a_kill_left_is_mended() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        fs::create_dir_all(path.join("mine/empty")).unwrap();
        fs::write(path.join("mine/note.txt"), "mine").unwrap();
        fs::write(path.join("summary.xlsx"), "edited").unwrap();
        fs::create_dir_all(dir.path().join("out.staging/new")).unwrap();
        let output = claim(&path, &[]).unwrap();
        fs::write(output.new_folder().join("summary.xlsx"), "new").unwrap();
        let kept = output.commit().unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].now, "summary.kept-1.xlsx");
        assert_eq!(fs::read_to_string(path.join("summary.xlsx")).unwrap(), "new");
        assert_eq!(fs::read_to_string(path.join("summary.kept-1.xlsx")).unwrap(), "edited");
        assert_eq!(fs::read_to_string(path.join("mine/note.txt")).unwrap(), "mine");
        assert!(path.join("mine/empty").is_dir());
        assert!(!dir.path().join("out.staging").exists());

        fs::create_dir_all(dir.path().join("out.staging")).unwrap();
        fs::rename(&path, dir.path().join("out.staging/old")).unwrap();
        drop(claim(&path, &[]).unwrap());
        assert_eq!(fs::read_to_string(path.join("summary.xlsx")).unwrap(), "new");
    }

    #[test]
    fn the_output_is_no_input() {
        let dir = tempfile::tempdir().unwrap();
        let input = dir.path().join("in");
        fs::create_dir(&input).unwrap();
        for output in [dir.path().to_owned(), input.clone()] {
            assert!(matches!(claim(&output, std::slice::from_ref(&input)), Err(Refused::OutputIsInput(_))));
        }
        assert!(claim(&input.join("out"), &[input]).is_ok());
    }
}
