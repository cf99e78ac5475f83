//! Findings: what the program has to say about the data, and the catalogue of all rules that can say it.
//!
//! Why: an *error* stops a piece of work, a *finding* is a result. There is one [`Finding`] type for the whole program,
//! from the reader's "formula without a value" to the district's "handed in twice", and one catalogue in which every
//! rule stands once with its words in both languages. `jixiao rules`, the messages, the reference page and the tests
//! are all derived from it.
//!
//! Input → output: a stage makes a [`Finding`] from a rule, places and arguments; [`Finding::message`] renders it in the
//! language wanted, as late as possible, so that results can be kept without a language.
//!
//! Invariants: codes are never reused; every placeholder of a message is filled; a finding names sheet and cell where
//! there is one. Knows quantities only.

mod answer;
pub mod catalogue;
mod crop;
mod reason;
mod rule;

pub use answer::Answer;
pub use crop::Crop;
pub use reason::{Reason, Status};
pub use rule::{Finding, Lang, Level, Rule, RuleRef, Words};
