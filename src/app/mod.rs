//! The run, on one page: discover → read → recognise → normalise → check → put together → compute → rank → write.

mod district;

pub use crate::settings::RegisterEntry;
pub use district::District;
