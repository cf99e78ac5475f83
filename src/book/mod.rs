//! Workbooks: bytes in, cells out.
//!
//! Why: every later stage works on one kind of sheet, whatever the file format was. calamine, quick-xml and zip end here.
//!
//! Input → output: bytes of a file → [`Book`] (sheets of sparse cells in row order, with merges, visibility, hidden rows
//! and columns), or a [`Refusal`] with a reason that a clerk can act on.
//!
//! Invariants: never panics on any input; counts, not clocks, limit the work; what the reader does not understand is a
//! refusal or a note, never a guess; a cell stands in the book once, as the file says, before any normalisation.

mod drawn;
mod types;

pub use types::{Book, Cell, Format, Note, Refusal, Sheet, Value, Visibility};
