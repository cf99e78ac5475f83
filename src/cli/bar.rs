//! The progress bar, on a terminal only; and the wish to stop.

use super::{Exit, out};
use crate::app::{Event, Refused, Stop, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;
use std::time::Duration;

/// Shows how many files have been read.
pub(super) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// Visible where it is wanted and stderr is a terminal.
    pub(super) fn new(wanted: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if wanted && std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
            if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:40}] {pos}/{len}  {eta}") {
                bar.set_style(style.progress_chars("=> "));
            }
        }
        Self { bar }
    }

    /// Takes it away.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Bar {
    fn see(&self, event: Event) {
        match event {
            Event::Found { files } => {
                self.bar.set_message("读取");
                self.bar.set_length(files as u64);
            }
            Event::Read => self.bar.inc(1),
            Event::Writing => self.bar.set_message("汇总"),
        }
    }
}

/// How long a run may take to end by itself.
const PATIENCE: Duration = Duration::from_millis(500);

/// Set by Ctrl-C and by a request to terminate: the run ends between two files, with OUTPUT as it was; where that takes too
/// long the program ends without it.
pub(super) fn stop_on_signal() -> &'static Stop {
    static STOP: Stop = Stop::new();
    // A second handler cannot be set: then the signal ends the program at once, which OUTPUT survives as well.
    let _ = ctrlc::set_handler(|| {
        STOP.set();
        std::thread::sleep(PATIENCE);
        if STOP.sweep() {
            out::refuse(Refused::Stopped);
            Exit::Refused.now();
        }
    });
    &STOP
}
