//! The run, on one page: discover → read → recognise → normalise → check → put together → compute → rank → write.

mod district;

pub use district::{District, RegisterEntry};
