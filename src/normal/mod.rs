//! Forms → rows of the tables.
//!
//! Why: a form as read is large and hangs together; a district is twenty thousand of them. Here each is taken apart, inside
//! the worker that read it, into what decides across files ([`Draft`]) and bulk rows that only want to be written
//! ([`Block`]); the form itself is then dropped.
//!
//! Input → output: [`crate::form::Form`]s of a file → [`Extract`], free of ids, so that it can be kept from run to run; all
//! extracts of a run → departments, years, versions ([`names`], [`versions`]).
//!
//! Invariants: nothing is computed that a form does not state, but rates and sums; what is absent stays absent.

mod block;
mod draft;
mod extract;
pub mod names;
mod shelf;
pub mod versions;

pub use block::{Block, Brought, Line, Packed, Part, Place};
pub use draft::{BudgetFact, Draft, Evaluated};
pub use extract::{Extract, extract};
pub use shelf::{Shelf, Shelved, Slot};
