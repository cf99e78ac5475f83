//! Where rows go: into a batch, or into a list.
//!
//! Whoever makes rows asks the sink for their texts, once each, and hands the rows over; a batch gives numbers of its pool,
//! a list gives the texts themselves.

use super::batch::Batch;
use super::{Cell, Pooled, Row};
use crate::quantity::{CellRef, Text};

/// Makes the texts of rows.
pub trait Texts {
    /// What stands for a text in a row.
    type Text: Cell + Clone;
    /// For a text as it is.
    fn text(&mut self, text: &Text) -> Self::Text;
    /// For the address of a cell.
    fn cell(&mut self, cell: CellRef) -> Self::Text;
}

/// Takes rows whose texts it has made.
pub trait Sink<R>: Texts {
    /// Takes a row.
    fn row(&mut self, row: R);
}

impl Texts for Batch {
    type Text = Pooled;
    fn text(&mut self, text: &Text) -> Pooled {
        Pooled(self.pool.shared(text))
    }
    fn cell(&mut self, cell: CellRef) -> Pooled {
        Pooled(self.pool.cell(cell))
    }
}

impl<R: Row> Sink<R> for Batch {
    fn row(&mut self, row: R) {
        self.push(&row);
    }
}

impl<R> Texts for Vec<R> {
    type Text = Text;
    fn text(&mut self, text: &Text) -> Text {
        text.clone()
    }
    fn cell(&mut self, cell: CellRef) -> Text {
        cell.text()
    }
}

impl<R> Sink<R> for Vec<R> {
    fn row(&mut self, row: R) {
        self.push(row);
    }
}
