//! Checks: forms in, findings out.
//!
//! Why: departments contest rankings. Every error must be found with its cell, the value expected and the difference, and
//! nothing may be called an error that is none.
//!
//! Input → output:
//!
//! | function | looks at | finds |
//! |---|---|---|
//! | [`check_form`] | one form and its sheet | what contradicts itself on the form |
//! | [`check_file`] | all forms of a file | tables of one file that contradict each other |
//! | [`check_district`] | what [`Witness`]es say of all files | duplicates, names, years, self-evaluation against budget table and review |
//!
//! Invariants: pure functions, deterministic order; a difference within the accuracy in which the figures were declared is
//! `rounding` and of severity info ([`tolerance`]); when several balances fail together the fewest cells are blamed
//! ([`blame`]); what the form does not say is never assumed.

mod balance;
pub mod blame;
mod budget;
mod check;
mod copied;
mod district;
pub mod example;
mod execution;
mod file;
mod funding;
mod goal;
mod indicator;
mod overview;
mod parts;
mod scores;
pub mod tolerance;
mod values;
mod weights;
mod witness;
mod year;

pub use check::check_form;
pub use district::{Cross, Registered, Seen, check_district};
pub use file::check_file;
pub use witness::{At, ProjectLine, Witness, witness};
