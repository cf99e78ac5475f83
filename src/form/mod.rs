//! A form as read: every value typed, with the words as written and the cell they stand in.
//!
//! Why: recognition (`read`), checking (`rule`) and tables (`normal`) meet here and nowhere else. The first makes forms,
//! the other two take them apart.
//!
//! Invariants: a [`Field`] always names the cell it was read from; nothing here is computed; a value that no cell states
//! is absent. Knows quantities and the names of kinds, no sheet and no file.

mod claims;
mod kind;
mod model;
pub mod subjects;

pub use kind::{Classification, FormKind, Measure, Source};
pub use model::{
    BudgetLine, Claim, Date, Field, FieldExt, Figure, FigureValue, Form, FundingRow, Goal, Head, Indicator, Level,
    Name, Operator, Totals,
};
