//! What the run before wrote, and whether anybody has changed it since.
//!
//! Why: what is the user's own in OUTPUT, and what of ours was edited, must survive the next run; everything else is
//! replaced. Nearly always nothing was edited, and the tables are hundreds of megabytes.
//!
//! Input → output: an OUTPUT with its manifest → for each file in it, whether it is ours as we wrote it.
//!
//! Invariant: a file is ours only if its bytes have the hash of the manifest, or if it was last changed in any way while the
//! run that wrote it was under way. That needs the [`Mark`] which the run left in its lock file: that the manifest is still the
//! very file that it wrote last, neither saved again nor a copy.

use super::manifest::NAME;
use crate::tables;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// The outputs of the former run, by its manifest.
#[derive(Debug, Default)]
pub(super) struct Former {
    outputs: HashMap<PathBuf, String>,
    /// Of that run, if its manifest is the one it wrote.
    mark: Option<Mark>,
}

#[derive(Deserialize)]
struct Manifest {
    program: String,
    outputs: Vec<FormerOutput>,
}

#[derive(Deserialize)]
struct FormerOutput {
    path: String,
    blake3: String,
}

impl Former {
    /// Of an OUTPUT, and of what its last run has left beside it; empty where no manifest of ours can be read.
    pub(super) fn read(output: &Path, mark: Option<Mark>) -> Self {
        let path = output.join(NAME);
        let bytes = fs::read(&path).unwrap_or_default();
        let manifest = serde_json::from_slice::<Manifest>(&bytes).ok().filter(|m| m.program == "jixiao");
        let outputs = manifest.map(|m| m.outputs.into_iter().map(|o| (PathBuf::from(o.path), o.blake3)).collect());
        let mark = mark.filter(|mark| Mark::of(&path, mark.begun).as_ref() == Some(mark));
        Self { outputs: outputs.unwrap_or_default(), mark }
    }

    /// Whether a run of ours wrote a file of this name, or the folder of one.
    pub(super) fn is_ours(&self, relative: &Path) -> bool {
        self.is_manifest(relative) || self.outputs.keys().any(|path| path.starts_with(relative))
    }

    fn is_manifest(&self, relative: &Path) -> bool {
        !self.outputs.is_empty() && relative == Path::new(NAME)
    }

    /// Whether a run of ours wrote this file and nobody changed it since. One whose times lie within that run need not be
    /// read for it.
    pub(super) fn is_unchanged(&self, relative: &Path, file: &Path) -> io::Result<bool> {
        if self.is_manifest(relative) {
            return Ok(true);
        }
        let Some(hash) = self.outputs.get(relative) else { return Ok(false) };
        if let Some(mark) = &self.mark
            && mark.holds(&fs::symlink_metadata(file)?)
        {
            return Ok(true);
        }
        Ok(tables::whole(file, hash)?.is_some())
    }
}

/// Seconds and nanoseconds since 1970, by the clock of the file system.
pub(super) type Moment = (i64, i64);

/// When a run began, and the manifest that it wrote last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    begun: Moment,
    manifest: Stamp,
}

/// What the system tells of a file, some of which every change and every copy leaves different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    device: u64,
    number: u64,
    modified: Moment,
    /// When anything about it was changed, which nobody can set back.
    changed: Moment,
}

impl Stamp {
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "other systems do not tell")]
    fn of(file: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            device: file.dev(),
            number: file.ino(),
            modified: (file.mtime(), file.mtime_nsec()),
            changed: (file.ctime(), file.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Option<Self> {
        None
    }
}

/// When a file was modified last. `None`: the system does not tell enough.
pub(super) fn modified(file: &Metadata) -> Option<Moment> {
    Stamp::of(file).map(|stamp| stamp.modified)
}

impl Mark {
    /// Of a run that began then, with its manifest.
    pub(super) fn of(manifest: &Path, begun: Moment) -> Option<Self> {
        Some(Self { begun, manifest: Stamp::of(&fs::symlink_metadata(manifest).ok()?)? })
    }

    /// Whether a file was written, and changed in any way, after the run began and before it wrote its manifest.
    fn holds(&self, file: &Metadata) -> bool {
        let within = |at: Moment| (self.begun..self.manifest.modified).contains(&at);
        file.is_file() && Stamp::of(file).is_some_and(|stamp| within(stamp.modified) && within(stamp.changed))
    }
}

#[cfg(test)]
mod tests {
    use super::{Former, Mark, modified};
    use crate::app::manifest::NAME;
    use serde_json::json;
    use std::fs::{self, File};
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    fn pause() {
        std::thread::sleep(Duration::from_millis(30));
    }

    /// An OUTPUT with a file, of which the manifest gives a hash that it does not have, and the mark of the run.
    struct Output {
        folder: tempfile::TempDir,
        mark: Option<Mark>,
    }

    impl Output {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let begun = modified(&folder.path().metadata().unwrap());
            pause();
            fs::write(folder.path().join("a.csv"), "table").unwrap();
            pause();
            let outputs = json!([{"path": "a.csv", "blake3": blake3::hash(b"other").to_hex().as_str()}]);
            let manifest = folder.path().join(NAME);
            fs::write(&manifest, json!({"program": "jixiao", "outputs": outputs}).to_string()).unwrap();
            Self { mark: begun.and_then(|begun| Mark::of(&manifest, begun)), folder }
        }

        fn at(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn is_unchanged(&self) -> bool {
            let former = Former::read(self.folder.path(), self.mark.clone());
            former.is_unchanged(Path::new("a.csv"), &self.at("a.csv")).unwrap()
        }
    }

    #[test]
    fn without_a_mark_the_bytes_tell() {
        let output = Output { mark: None, ..Output::new() };
        assert!(!output.is_unchanged());
        fs::write(output.at("a.csv"), "other").unwrap();
        assert!(output.is_unchanged());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_of_which_no_time_is_later_than_its_run_need_not_be_read() {
        let output = Output::new();
        assert!(output.is_unchanged());
        // The time of its bytes set back to what it was: the time of that very change tells.
        let before = fs::metadata(output.at("a.csv")).unwrap().modified().unwrap();
        pause();
        fs::write(output.at("a.csv"), "tablE").unwrap();
        File::options().write(true).open(output.at("a.csv")).unwrap().set_modified(before).unwrap();
        assert!(!output.is_unchanged());
    }

    #[cfg(unix)]
    #[test]
    fn a_manifest_that_was_saved_again_or_copied_is_no_witness() {
        let output = Output::new();
        let bytes = fs::read(output.at(NAME)).unwrap();
        fs::write(output.at(NAME), &bytes).unwrap();
        assert!(!output.is_unchanged(), "saved again");
        let output = Output::new();
        for name in ["a.csv", NAME] {
            fs::copy(output.at(name), output.at("copy")).unwrap();
            fs::rename(output.at("copy"), output.at(name)).unwrap();
        }
        assert!(!output.is_unchanged(), "copied, the file before the manifest");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_older_than_the_run_or_no_file_at_all_is_not_its_own() {
        let output = Output::new();
        let older = fs::metadata(output.at("a.csv")).unwrap().modified().unwrap() - Duration::from_secs(90);
        File::options().write(true).open(output.at("a.csv")).unwrap().set_modified(older).unwrap();
        assert!(!output.is_unchanged());
        fs::remove_file(output.at("a.csv")).unwrap();
        std::os::unix::fs::symlink(NAME, output.at("a.csv")).unwrap();
        assert!(!output.is_unchanged());
    }
}
