//! What follows from the figures of a form, and a department's figures from what counts for it.
//!
//! Why: these are the figures that departments contest. Each has its formula here, once, with unit, rounding and source;
//! rules compare it with what was submitted, tables show it beside that.
//!
//! Input → output: a [`Form`](crate::form::Form) and settings → its rates ([`rate`]), sums ([`total`]), the score of its
//! execution rate ([`execution`]) and of its indicators ([`score`]); what counts of a district → its departments
//! ([`department`]).
//!
//! Invariants: pure and exact; one rounding, at the end, half-up; no budget, no rate; a blank is not a zero; what cannot be
//! compared is said so, with the reason, and never guessed.

pub mod department;
pub mod execution;
pub mod rate;
pub mod score;
pub mod total;
