//! A district put together: all tables of a run.
//!
//! Why: whoever writes workbooks and pages gets this and nothing else; no file, no form, no thread.
//!
//! Invariants: complete and in the final order; tables of moderate length are rows, the long ones are kept packed and
//! handed out one row after another ([`Bulk`]).

mod bulk;
mod model;

pub use crate::normal::Brought;
pub use bulk::{Bulk, FileRows, StretchOfFiles};
pub use model::{Counted, District, MOST_CROPS};
