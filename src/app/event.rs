//! What happens during a run, for whoever watches: a bar on a terminal, or nobody.

use std::sync::atomic::{AtomicBool, Ordering};

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

/// Set when the user wants the run to end; looked at between files and before the output is replaced.
#[derive(Debug, Default)]
pub struct Stop(AtomicBool);

impl Stop {
    /// Not wanted yet.
    pub const fn new() -> Self {
        Self(AtomicBool::new(false))
    }

    /// Wants the end.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the end is wanted.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
