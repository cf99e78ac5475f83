//! What happens during a run, for whoever watches: a bar on a terminal, or nobody.

use super::Refused;
use crate::disk::Disk;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The inputs are known.
    Found {
        /// How many files.
        files: usize,
    },
    /// A file has been read.
    Read,
    /// All files have been read; tables and workbooks are made.
    Writing,
}

/// Sees what happens; called from several threads.
pub trait Watch: Sync {
    /// Something happened.
    fn see(&self, event: Event);
}

/// Nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nobody;

impl Watch for Nobody {
    fn see(&self, _: Event) {}
}

/// Set when the user wants the run to end; looked at between files and before OUTPUT is replaced.
///
/// A file may take long, and so may the stages after the last one: whoever waits no longer ends the program, once
/// [`Stop::sweep`] says that it may.
#[derive(Debug, Default)]
pub struct Stop {
    wanted: AtomicBool,
    state: Mutex<State>,
}

/// What ending the program at once would leave behind.
#[derive(Debug, Default)]
enum State {
    /// Nothing.
    #[default]
    Idle,
    /// The new OUTPUT, half made.
    Staging(Disk, PathBuf),
    /// Nobody knows: OUTPUT is being replaced.
    Replacing,
}

impl Stop {
    /// Not wanted yet.
    pub const fn new() -> Self {
        Self { wanted: AtomicBool::new(false), state: Mutex::new(State::Idle) }
    }

    /// Wants the end.
    pub fn set(&self) {
        self.wanted.store(true, Ordering::SeqCst);
    }

    /// Whether the end is wanted.
    pub fn is_set(&self) -> bool {
        self.wanted.load(Ordering::SeqCst)
    }

    /// Removes what the run has made so far, and says whether the program may end now. While OUTPUT is being replaced it may
    /// not: the run ends by itself.
    pub fn sweep(&self) -> bool {
        match &*self.state() {
            State::Idle => true,
            State::Staging(disk, folder) => {
                // What cannot be removed is litter, for the next run.
                let _ = disk.remove(folder);
                true
            }
            State::Replacing => false,
        }
    }

    /// From here on there is a folder to be removed.
    pub(super) fn staging(&self, disk: &Disk, folder: &Path) {
        *self.state() = State::Staging(disk.clone(), folder.to_owned());
    }

    /// From here on the run will not be ended, unless the end is wanted already.
    pub(super) fn replacing(&self) -> Result<(), Refused> {
        let mut state = self.state();
        if self.is_set() {
            return Err(Refused::Stopped);
        }
        *state = State::Replacing;
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Stop;
    use crate::disk::Disk;

    #[test]
    fn a_run_is_swept_away_until_it_replaces_the_output() {
        let folder = tempfile::tempdir().unwrap();
        let staging = folder.path().join("out.staging");
        std::fs::create_dir(&staging).unwrap();
        let stop = Stop::new();
        assert!(stop.sweep());
        stop.staging(&Disk::default(), &staging);
        assert!(stop.sweep() && !staging.exists());
        assert!(stop.replacing().is_ok() && !stop.sweep());
        let stop = Stop::new();
        stop.set();
        assert!(stop.replacing().is_err(), "the end was wanted before");
    }
}
