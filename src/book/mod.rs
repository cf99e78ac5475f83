//! Workbooks: bytes in, cells out.
//!
//! Why: every later stage works on one kind of sheet, whatever the file format was. calamine ends here.
//!
//! Every format has a strict reader of the program's own (`xlsx`, `xlsb`, `ods`, `xls`, `docx`), over an archive (`zip`), a
//! container (`ole`) and a scanner (`xml`) that are strict too. They are bounded by counts and run inside the program.
//! calamine is the second opinion, and is asked where they meet something unknown; it runs in a `worker`.
//!
//! Input → output: bytes of a file → [`Book`] (sheets of sparse cells in row order, with merges, visibility, hidden rows
//! and columns), or a [`Refusal`] with a reason that a clerk can act on.
//!
//! Invariants: never panics on any input; counts, not clocks, limit the work; what the reader does not understand is a
//! refusal or a note, never a guess; a cell stands in the book once, as the file says, before any normalisation.

mod assemble;
mod biff;
mod calamine;
mod crop;
mod date;
mod docx;
mod drawn;
mod findings;
mod met;
mod number_format;
mod ods;
mod ole;
mod ooxml;
mod open;
mod package;
mod preflight;
mod refusal;
mod types;
mod worker;
mod xls;
mod xlsb;
mod xlsx;
mod xml;
mod zip;

pub use crop::crop;
pub use open::{Reader, open};
pub(crate) use preflight::bundle_of;
pub use types::{Book, Cell, Format, Note, Refusal, Sheet, Value, Visibility};
pub use worker::serve_if_asked;
pub(crate) use zip::{Archive, Entry, Inflater};
