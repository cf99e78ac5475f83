//! One area under reading: its lines, and which boxes are spoken for.
//!
//! Why: every number of a form must be accounted for, and no cell may be read twice. Readers of blocks claim what they take;
//! what is left is looked at by the next one, and in the end listed.

use super::evidence::RowEvidence;
use super::grid::{Line, Page};
use super::word::{UnitStated, Word};
use crate::quantity::{Area, MoneyUnit};
use std::collections::BTreeSet;
use std::ops::Range;

/// An area of a sheet while it is read.
#[derive(Debug)]
pub(super) struct Section<'a> {
    /// The boxes of the sheet.
    pub page: Page<'a>,
    /// Evidence of all lines of the sheet.
    pub rows: &'a [RowEvidence],
    /// The lines of the area.
    pub lines: Range<usize>,
    /// Boxes that a reader has taken.
    taken: Taken,
    /// The unit that the area states for all its amounts.
    pub unit: Option<MoneyUnit>,
    /// The rectangle of all boxes that begin in the area.
    range: Option<Area>,
}

impl<'a> Section<'a> {
    /// An area of a page.
    pub(super) fn new(page: Page<'a>, rows: &'a [RowEvidence], lines: Range<usize>) -> Self {
        let mut out = Self { page, rows, lines, taken: Taken::default(), unit: None, range: None };
        out.taken = Taken::among(out.items());
        out.unit = out.stated_unit();
        out.range = out.extent();
        out
    }

    /// A line by its index on the sheet, if it belongs to the area.
    pub(super) fn line(&self, at: usize) -> Option<&'a Line> {
        self.lines.contains(&at).then(|| self.page.grid.lines.get(at)).flatten()
    }

    /// Evidence of a line.
    pub(super) fn row(&self, at: usize) -> Option<&'a RowEvidence> {
        self.rows.get(at)
    }

    /// Boxes that begin in a line, by column.
    pub(super) fn starts(&self, at: usize) -> Range<u32> {
        self.line(at).map(Line::starts).unwrap_or_default()
    }

    /// All boxes that begin in the area.
    pub(super) fn items(&self) -> Range<u32> {
        let lines = self.page.grid.lines.get(self.lines.clone()).unwrap_or_default();
        let ends = lines.first().zip(lines.last());
        ends.map(|(first, last)| first.starts().start..last.starts().end).unwrap_or_default()
    }

    /// The words of a line.
    pub(super) fn words(&self, at: usize) -> Vec<&'a Word> {
        self.starts(at).filter_map(|id| self.page.word(id)).collect()
    }

    /// Takes a box. False if it was taken before.
    pub(super) fn take(&mut self, id: u32) -> bool {
        self.taken.insert(id)
    }

    /// Whether a box is spoken for.
    pub(super) fn is_taken(&self, id: u32) -> bool {
        self.taken.contains(id)
    }

    /// The rectangle of all boxes that begin in the area.
    pub(super) fn range(&self) -> Option<Area> {
        self.range
    }

    fn extent(&self) -> Option<Area> {
        self.items().filter_map(|id| self.page.item(id)).map(|item| item.area).reduce(Area::around)
    }

    /// First row of the area.
    pub(super) fn top(&self) -> u32 {
        self.page.grid.lines.get(self.lines.start).map_or(0, |line| line.row)
    }

    /// `单位：` with the unit in the next box.
    fn unit_beside(&self, id: u32) -> Option<MoneyUnit> {
        let item = self.page.item(id)?;
        let line = self.page.grid.line(item.area.first.row)?;
        let next = line.items.iter().copied().find(|&i| self.page.cell(i).col > item.area.last.col)?;
        super::label::money_unit(&super::label::folded(&self.page.word(next)?.raw))
    }

    /// `单位：万元` on a line of its own, in a corner, or behind the title.
    fn stated_unit(&self) -> Option<MoneyUnit> {
        self.items().take(400).find_map(|id| match self.page.word(id)?.unit_stated() {
            UnitStated::No => None,
            UnitStated::Own(unit) => Some(unit),
            UnitStated::Beside => self.unit_beside(id),
        })
    }
}

/// Boxes that are spoken for. Those that begin in an area have numbers close together; few others reach into it.
#[derive(Debug, Default)]
struct Taken {
    first: usize,
    own: Vec<bool>,
    others: BTreeSet<u32>,
}

impl Taken {
    /// None yet of these, nor of others.
    fn among(ids: impl Iterator<Item = u32>) -> Self {
        let ends = ids.map(|id| (id, id)).reduce(|(first, last), (id, _)| (first.min(id), last.max(id)));
        let Some((first, last)) = ends else { return Self::default() };
        let (first, last) = (first as usize, last as usize);
        Self { first, own: vec![false; last - first + 1], others: BTreeSet::new() }
    }

    /// False if it was in before.
    fn insert(&mut self, id: u32) -> bool {
        let place = (id as usize).checked_sub(self.first).and_then(|at| self.own.get_mut(at));
        match place {
            Some(taken) => !std::mem::replace(taken, true),
            None => self.others.insert(id),
        }
    }

    fn contains(&self, id: u32) -> bool {
        let place = (id as usize).checked_sub(self.first).and_then(|at| self.own.get(at));
        place.copied().unwrap_or_else(|| self.others.contains(&id))
    }
}
