//! Rows of one table, turned into columns.
//!
//! Why: a table of two million figures is written in pieces, and CSV and Parquet both want the same piece. Text stands
//! once per batch in a pool; a column keeps its numbers, so that a name repeated ten thousand times costs four bytes a
//! row and is escaped once.
//!
//! Input → output: rows ([`Row`]) in order → [`Batch`]. Nothing is sorted, dropped or merged here.

use super::{Column, Kind, Row, See, Value};
use crate::quantity::{CellRef, Decimal, Text};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::slice;

/// Number of a text in a [`Pool`]; [`NULL`] is no text at all, which is not the empty one.
pub(crate) type TextId = u32;

/// No text.
pub(crate) const NULL: TextId = 0;

/// Texts, each once, numbered from 1 in the order of first use.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    ids: HashMap<Text, TextId, RandomState>,
    texts: Vec<Text>,
    /// Numbers of addresses, so that each is spelled out once.
    cells: HashMap<CellRef, TextId, RandomState>,
}

impl Pool {
    /// The number of a text.
    pub(crate) fn id(&mut self, text: &str) -> TextId {
        match self.ids.get(text) {
            Some(&id) => id,
            None => self.add(text.into()),
        }
    }

    /// The number of a text that may be shared.
    pub(crate) fn shared(&mut self, text: &Text) -> TextId {
        match self.ids.get(text) {
            Some(&id) => id,
            None => self.add(text.clone()),
        }
    }

    /// The number of a cell's address.
    pub(crate) fn cell(&mut self, cell: CellRef) -> TextId {
        if let Some(&id) = self.cells.get(&cell) {
            return id;
        }
        let id = self.shared(&cell.text());
        self.cells.insert(cell, id);
        id
    }

    fn add(&mut self, text: Text) -> TextId {
        self.texts.push(text.clone());
        let id = TextId::try_from(self.texts.len()).unwrap_or(TextId::MAX);
        self.ids.insert(text, id);
        id
    }

    /// The text of a number; `None` for [`NULL`].
    pub(crate) fn get(&self, id: TextId) -> Option<&str> {
        self.texts.get(usize::try_from(id).ok()?.checked_sub(1)?).map(AsRef::as_ref)
    }

    /// Forgets all texts, and keeps the room for others.
    fn clear(&mut self) {
        self.ids.clear();
        self.texts.clear();
        self.cells.clear();
    }

    /// All texts in the order of their numbers from 1.
    pub(crate) fn texts(&self) -> &[Text] {
        &self.texts
    }
}

/// The values of one column.
#[derive(Debug)]
pub(crate) enum Data {
    /// Text, by number.
    Text(Vec<TextId>),
    /// Whole numbers; money in fen; points in ten-thousandths.
    Int(Vec<Option<i64>>),
    /// Rates and plain numbers.
    Decimal(Vec<Option<Decimal>>),
    /// Flags.
    Flag(Vec<Option<bool>>),
}

impl Data {
    fn for_kind(kind: Kind) -> Self {
        match kind {
            Kind::Text | Kind::Code => Self::Text(Vec::new()),
            Kind::Int | Kind::Money | Kind::Points => Self::Int(Vec::new()),
            Kind::Rate | Kind::Number => Self::Decimal(Vec::new()),
            Kind::Flag => Self::Flag(Vec::new()),
        }
    }

    fn clear(&mut self) {
        match self {
            Self::Text(v) => v.clear(),
            Self::Int(v) => v.clear(),
            Self::Decimal(v) => v.clear(),
            Self::Flag(v) => v.clear(),
        }
    }
}

/// The columns that a row has still to fill.
struct Filling<'a> {
    columns: slice::IterMut<'a, Data>,
    pool: &'a mut Pool,
}

impl See for Filling<'_> {
    #[expect(
        clippy::inline_always,
        reason = "what a value is, is known where it is shown: most of this falls away there"
    )]
    #[inline(always)]
    fn see(&mut self, value: Value<'_>) {
        let Some(data) = self.columns.next() else { return };
        match (data, value) {
            (Data::Text(v), Value::Text(text)) => v.push(self.pool.id(text)),
            (Data::Text(v), Value::Pooled(id)) => v.push(id),
            (Data::Text(v), _) => v.push(NULL),
            (Data::Int(v), Value::Int(n)) => v.push(Some(n)),
            (Data::Int(v), Value::Money(m)) => v.push(Some(m.fen())),
            (Data::Int(v), Value::Points(p)) => v.push(Some(p.scaled())),
            (Data::Int(v), _) => v.push(None),
            (Data::Decimal(v), Value::Decimal(d)) => v.push(Some(d)),
            (Data::Decimal(v), _) => v.push(None),
            (Data::Flag(v), Value::Flag(f)) => v.push(Some(f)),
            (Data::Flag(v), _) => v.push(None),
        }
    }
}

/// Some rows of a table, by column.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) columns: &'static [Column],
    pub(crate) data: Vec<Data>,
    pub(crate) pool: Pool,
    pub(crate) rows: usize,
}

impl Batch {
    /// No rows yet.
    pub(crate) fn of<R: Row>() -> Self {
        let data = R::COLUMNS.iter().map(|c| Data::for_kind(c.kind)).collect();
        Self { columns: R::COLUMNS, data, pool: Pool::default(), rows: 0 }
    }

    /// Adds a row.
    pub(crate) fn push<R: Row>(&mut self, row: &R) {
        row.each(&mut Filling { columns: self.data.iter_mut(), pool: &mut self.pool });
        self.rows += 1;
    }

    /// Forgets the rows; the texts too, so that a long table does not gather them.
    pub(crate) fn clear(&mut self) {
        self.data.iter_mut().for_each(Data::clear);
        self.pool.clear();
        self.rows = 0;
    }
}
