//! Words → quantities: numbers, money, rates, points, targets, dates, names.
//!
//! Why: what a cell says and what it means are two things. Everything that turns wording into a value stands here, as
//! pure functions, so that one spelling is read alike in every form.
//!
//! Input → output: the text of a cell, and what is known of its place → an [`Entry`](crate::quantity::Entry) or a name.
//!
//! Invariants: nothing is guessed: a text with no certain meaning is unreadable, one with two meanings carries a flag;
//! blank, zero, not applicable and unreadable stay apart. Knows no sheet, no form and no vocabulary of labels.

mod date;
mod fold;
mod goal;
mod goal_words;
mod leftover;
mod money;
mod name;
mod number;
mod numeral;
mod percent;
mod points;
mod register;
mod table;

pub use date::{date, year};
pub use fold::{fold_char, folded, is_blank, is_placeholder, key, nothing, same, tidy};
pub use goal::{GoalText, goal};
pub use goal_words::operator;
pub use leftover::{Leftover, leftover};
pub use money::{MoneyText, money, money_unit};
pub use name::{normal, similarity, split_code};
pub use number::{Written, number, written};
pub use numeral::numeral;
pub use percent::{Plain, percent, percent_written, rate};
pub use points::points;
pub use register::{By, Known, Match, Register};
