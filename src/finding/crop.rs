//! The cells around a finding, so that it is seen in its place without opening the file.

use crate::quantity::{CellRef, Text};
use serde::{Deserialize, Serialize};

/// A few cells of a sheet as the file shows them: a row, and the heads above it where there are some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crop {
    /// The cell that it is about.
    pub at: CellRef,
    /// Columns from 0, ascending.
    pub columns: Vec<u32>,
    /// Rows from 0, ascending, with one text a column; a blank cell is empty text.
    pub rows: Vec<(u32, Vec<Text>)>,
}
