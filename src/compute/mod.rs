//! What follows from the figures of a form: rates, recomputed scores, grades.
//!
//! Why: every figure that the program computes has its formula here, once, with unit, rounding and source; rules compare
//! it with what was submitted, tables show it beside that.
//!
//! Input → output: [`Form`](crate::form::Form)s and settings → rates, points, grades. Pure functions, exact arithmetic.
//!
//! Invariants: what cannot be compared is said so, with the reason, and never guessed; a blank is not a zero.

pub mod execution;
pub mod score;
