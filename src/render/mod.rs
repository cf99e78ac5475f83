//! The district → workbooks and a page that people read and pass on.
//!
//! Input: [`District`](crate::app::District), all tables complete, arranged once as a [`View`]. Output: the bytes of a workbook or of the page; nothing
//! here touches the disk, a clock or a thread. Layers: `words` says everything once in both languages; `view` arranges the
//! tables for a reader, without any file format; `look`, `page`, `frame` and `workbook` know the workbook; `summary` has one file for
//! each sheet, `feedback` the workbooks that go back to the departments, `comparison` what two runs give together; `report` is
//! the page.
//!
//! Invariants: the same district gives the same bytes; text from the input is never a formula; a figure that was not given
//! is `—` or `…`, never 0 and never blank; a formula is written only where it gives the very value of the tables.

mod comparison;
mod feedback;
mod frame;
mod imprint;
mod look;
mod marks;
mod page;
mod report;
mod style;
mod summary;
mod text;
mod view;
mod words;
mod workbook;

pub use comparison::{comparison, comparison_page};
pub use feedback::{Feedback, Recipient, answers};
pub use report::page;
pub use summary::summary;
pub use view::View;

/// How hard workbooks are compressed, of 9: more costs half as much again and saves a few hundredths of the size.
const COMPRESSION: u8 = 2;

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The writer of workbooks refused; its own words say what and where.
    #[error("工作簿写不出来 / the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The package of a workbook cannot be completed: the library drew it otherwise than expected, or a part of it needs
    /// more than a package can hold.
    #[error("工作簿写不出来：{0} / the workbook could not be written: {0}")]
    Package(&'static str),
    /// A template of the page does not fit its data.
    #[error("网页写不出来 / the page could not be written: {0}")]
    Template(#[from] minijinja::Error),
    /// Data of the page that JSON cannot hold.
    #[error("网页数据写不出来 / the data of the page could not be written: {0}")]
    Data(#[from] serde_json::Error),
    /// A figure is not a finite number. Cannot happen with exact decimals; refused all the same, because the writer would
    /// turn it into text without a word.
    #[error("{sheet} {cell}：不是有限的数 / not a finite number")]
    NotFinite {
        /// Name of the sheet.
        sheet: String,
        /// Address of the cell.
        cell: String,
    },
}
