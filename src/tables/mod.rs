//! The normalised tables: every column declared once.
//!
//! Why: column names, order, types and meaning stand in the Parquet files, the CSV files, the data package and the
//! reference page. They are declared here, once, and everything else is derived.
//!
//! Input → output: rows ([`Submission`], [`Evaluation`], …) → typed values by column ([`Row::each`]) → Parquet, CSV and
//! the data package that describes them.
//!
//! Invariants: a null is never a zero; money has two decimals, points four, rates are fractions; text is as written.

mod batch;
mod csv;
mod package;
mod parquet;
mod past;
mod read;
mod rows;
mod schema;
mod sink;
mod write;

pub use csv::{Guard, looks_like_formula};
pub(crate) use package::{Resource, package};
pub use past::{Key, Past, Stretch, TableNote, TableNotes, whole};
pub use read::{TableError, read_table};
pub use rows::{
    AmountRow, BudgetLineRow, Department, Evaluation, FindingRow, Funding, IndicatorRow, Ranking, Submission,
};
pub use schema::{Cell, Column, Kind, Pooled, Row, See, Stored, StoredRow, Value};
pub use sink::{Sink, Texts};
pub use write::{TableFiles, TableWriter, write_table};
