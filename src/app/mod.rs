//! The run, on one page: discover → read → recognise → normalise → check → put together → compute → rank → write.

mod assemble;
mod cache;
mod compare;
mod crew;
mod event;
mod feedback;
mod file;
mod former;
mod forms;
mod job;
mod look;
mod manifest;
mod memory;
mod output;
mod peek;
mod refused;
mod reuse;
mod run;
mod timings;
mod way;
mod write;

pub use crate::district::{Bulk, Counted, District, FileRows};
pub use crate::settings::RegisterEntry;
pub use compare::{CompareJob, Compared, compare};
pub use event::{Event, Nobody, Stop, Watch};
pub use forms::catalog;
pub use job::{Bureau, Job};
pub use look::{Look, look};
pub use output::Kept;
pub use peek::peek;
pub use refused::Refused;
pub use run::{Outcome, check, run};
pub use timings::Timing;
