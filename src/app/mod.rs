//! The run, on one page: discover → read → recognise → normalise → check → put together → compute → rank → write.

mod assemble;
mod bulk;
mod district;
mod event;
mod file;
mod forms;
mod job;
mod manifest;
mod output;
mod refused;
mod run;
mod timings;
mod way;
mod write;

pub use crate::settings::RegisterEntry;
pub use bulk::{Bulk, FileRows};
pub use district::{District, Weighing};
pub use event::{Event, Nobody, Stop, Watch};
pub use forms::catalog;
pub use job::{Bureau, Job};
pub use output::Kept;
pub use refused::Refused;
pub use run::{Outcome, check, run};
pub use timings::Timing;
