//! A sheet as boxes: merged rectangles and single cells, by rows.
//!
//! Why: forms are drawn with merges, and a merged cell must be read once. But merges are a hint only: offices split and
//! join them at will, so everything else must work without.
//!
//! Input → output: a [`Sheet`] → [`Grid`]. Invariants: boxes do not overlap; a merge whose covered cells say different
//! things is none; blank cells are no boxes; cost grows with the number of cells.

use super::concept::Kind;
use super::vocabulary::Vocabulary;
use super::word::{Lexicon, Word};
use crate::book::{Sheet, Value};
use crate::quantity::{Area, CellRef, Decimal, Text};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::ops::Range;

/// Rows of a merge that is taken seriously.
const TALLEST: u32 = 600;

/// What a box holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// Text, by its number in the lexicon.
    Word(u32),
    /// A number.
    Number {
        /// As the spreadsheet shows it.
        value: Decimal,
        /// Shown as a percentage: 0.98 means 98 %.
        percent: bool,
    },
    /// A date, ISO 8601.
    Date(Text),
    /// An error value.
    Error(Text),
    /// A formula without a value, or a truth value.
    Opaque(Text),
}

/// A merged rectangle or one cell, with what it holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// The rectangle.
    pub area: Area,
    /// The cell that holds the value.
    pub cell: CellRef,
    /// The value.
    pub content: Content,
}

/// A row in which something begins.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Its number on the sheet from 0.
    pub row: u32,
    /// Boxes that cover it, by column.
    pub items: Vec<u32>,
    /// Boxes that begin in it: their numbers follow one another, by column.
    own: Range<u32>,
}

impl Line {
    /// The boxes that begin in it, by column.
    pub(super) fn starts(&self) -> Range<u32> {
        self.own.clone()
    }
}

/// A sheet as boxes.
#[derive(Debug)]
pub(super) struct Grid {
    /// All boxes, in the order of their cells.
    pub items: Vec<Item>,
    /// Rows in which a box begins, ascending.
    pub lines: Vec<Line>,
    /// Index of the line in which each box begins.
    pub line_of: Vec<u32>,
}

impl Grid {
    /// Reads a sheet.
    pub(super) fn new(sheet: &Sheet, lexicon: &mut Lexicon, vocabulary: &Vocabulary) -> Self {
        let merges = sound_merges(sheet);
        let mut items: Vec<Item> = Vec::with_capacity(sheet.cells.len());
        let mut owner: HashMap<usize, u32, RandomState> = HashMap::default();
        let mut cover = Cover::new(&merges);
        for cell in &sheet.cells {
            let content = match &cell.value {
                Value::Text(text) => match lexicon.intern(text, vocabulary) {
                    Some(id) => Content::Word(id),
                    None => continue,
                },
                Value::Number(number) => match Decimal::from_f64(*number) {
                    Some(value) => Content::Number { value, percent: cell.percent },
                    None => Content::Opaque(Text::from(number.to_string())),
                },
                Value::Date { iso, .. } => Content::Date(iso.clone()),
                Value::Error(text) => Content::Error(text.clone()),
                Value::Formula(text) => Content::Opaque(text.clone()),
                Value::Bool(b) => Content::Opaque(Text::from(if *b { "TRUE" } else { "FALSE" })),
            };
            let merge = cover.at(cell.at);
            if let Some(merge) = merge
                && owner.contains_key(&merge)
            {
                // a covered cell that repeats the merge's value; one that says something else has dropped the merge
                continue;
            }
            let id = u32::try_from(items.len()).unwrap_or(u32::MAX);
            let area = merge.and_then(|m| merges.get(m)).copied().unwrap_or(Area::cell(cell.at));
            if let Some(merge) = merge {
                owner.insert(merge, id);
            }
            items.push(Item { area, cell: cell.at, content });
        }
        let mut grid = Self { items, lines: Vec::new(), line_of: Vec::new() };
        grid.index();
        grid.join_repeats(lexicon);
        grid
    }

    fn index(&mut self) {
        self.items.sort_by_key(|item| item.area.first);
        self.lines.clear();
        self.line_of.clear();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut tall: Vec<u32> = Vec::new();
        let mut id = 0;
        for row in self.items.chunk_by(|a, b| a.area.first.row == b.area.first.row) {
            let at = row.first().map_or(0, |item| item.area.first.row);
            tall.retain(|&t| self.items.get(t as usize).is_some_and(|i| i.area.last.row >= at));
            let mut items = Vec::with_capacity(tall.len() + row.len());
            items.extend_from_slice(&tall);
            let first = number(id);
            for item in row {
                items.push(number(id));
                self.line_of.push(number(self.lines.len()));
                if item.area.rows() > 1 {
                    tall.push(number(id));
                }
                id += 1;
            }
            if items.len() > row.len() {
                items.sort_by_key(|&id| self.items.get(id as usize).map_or(0, |i| i.area.first.col));
            }
            self.lines.push(Line { row: at, items, own: first..number(id) });
        }
    }

    /// Equal labels side by side are one box: systems write a merged label into every covered cell.
    fn join_repeats(&mut self, lexicon: &Lexicon) {
        let mut gone = Vec::new();
        for line in &self.lines {
            let mut last: Option<u32> = None;
            let one_text = line.items.len() > 1 && self.same_throughout(line, lexicon);
            for &id in &line.items {
                let Some(item) = self.items.get(id as usize) else { continue };
                if item.area.first.row != line.row {
                    last = None;
                    continue;
                }
                if let Some(before) = last.and_then(|b| self.items.get(b as usize))
                    && let (Content::Word(a), Content::Word(b)) = (&before.content, &item.content)
                    && a == b
                    && before.area.last.col + 1 == item.area.first.col
                    && before.area.last.row == item.area.last.row
                    && lexicon.get(*a).is_some_and(|w| {
                        let title = w.raw.ends_with('表') && w.length > 5;
                        one_text && (title || line.items.len() > 2)
                            || is_label(w) && w.length < 20
                            || line.items.len() > 3 && title
                    })
                {
                    gone.push((last.unwrap_or(id), id));
                    // the joined box keeps growing from the same first one
                    let column = item.area.last.col;
                    if let Some(first) = last.and_then(|b| self.items.get_mut(b as usize)) {
                        first.area.last.col = column;
                    }
                    continue;
                }
                last = Some(id);
            }
        }
        if gone.is_empty() {
            return;
        }
        let dropped: std::collections::BTreeSet<u32> = gone.iter().map(|&(_, id)| id).collect();
        let mut n = 0_u32;
        self.items.retain(|_| {
            n += 1;
            !dropped.contains(&(n - 1))
        });
        self.index();
    }

    /// Whether all that begins in a line is one and the same text.
    fn same_throughout(&self, line: &Line, lexicon: &Lexicon) -> bool {
        let mut said: Option<u32> = None;
        line.items.iter().filter_map(|&id| self.items.get(id as usize)).all(|item| match item.content {
            Content::Word(word) => {
                let text = lexicon.get(word).is_some_and(|w| w.numeral.is_none() && !w.mark);
                text && *said.get_or_insert(word) == word
            }
            _ => false,
        })
    }

    /// A box by its number.
    pub(super) fn item(&self, id: u32) -> Option<&Item> {
        self.items.get(id as usize)
    }

    /// The line of a row, if something begins or stands there.
    pub(super) fn line(&self, row: u32) -> Option<&Line> {
        self.lines.binary_search_by_key(&row, |line| line.row).ok().and_then(|i| self.lines.get(i))
    }

    /// The box that covers a cell of a line.
    pub(super) fn at(&self, row: u32, col: u32) -> Option<u32> {
        let line = self.line(row)?;
        let n = line.items.partition_point(|&id| self.item(id).is_some_and(|i| i.area.first.col <= col));
        let id = *line.items.get(n.checked_sub(1)?)?;
        self.item(id).filter(|item| item.area.last.col >= col && item.area.last.row >= row).map(|_| id)
    }
}

/// Whether a word is a label and nothing else: 完成 and 持续 are known words, but as a rule a target and what came of it.
fn is_label(word: &Word) -> bool {
    let telling = |kind: Kind| match kind {
        // the first and the second level may be called alike
        Kind::Level => false,
        Kind::Money => word.length > 2,
        _ => true,
    };
    word.hits.iter().any(|hit| hit.strength > 2.5 && telling(hit.concept.kind()))
}

/// Boxes together with their words: what all readers work on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'a> {
    /// The boxes.
    pub grid: &'a Grid,
    /// The words.
    pub lexicon: &'a Lexicon,
    /// What words mean, for those found inside others.
    pub vocabulary: &'a Vocabulary,
}

impl<'a> Page<'a> {
    /// A box.
    pub(super) fn item(&self, id: u32) -> Option<&'a Item> {
        self.grid.item(id)
    }

    /// The word that a box holds.
    pub(super) fn word(&self, id: u32) -> Option<&'a Word> {
        match self.item(id)?.content {
            Content::Word(word) => self.lexicon.get(word),
            _ => None,
        }
    }

    /// Whether a box holds text that is no figure and no mark.
    pub(super) fn is_text(&self, id: u32) -> bool {
        self.word(id).is_some_and(|w| w.numeral.is_none() && !w.mark)
    }

    /// The figure in a box, with its percent sign; `None` when it holds none.
    pub(super) fn figure(&self, id: u32) -> Option<(Option<Decimal>, bool)> {
        match &self.item(id)?.content {
            Content::Number { value, percent } => Some((Some(*value), *percent)),
            Content::Word(word) => self.lexicon.get(*word)?.numeral.map(|n| (n.value, n.percent)),
            _ => None,
        }
    }

    /// Whether a box holds a figure.
    pub(super) fn is_figure(&self, id: u32) -> bool {
        self.figure(id).is_some()
    }

    /// The plain number in a box.
    pub(super) fn number(&self, id: u32) -> Option<Decimal> {
        self.figure(id).and_then(|(value, _)| value)
    }

    /// What a box says, for people.
    pub(super) fn given(&self, id: u32) -> Text {
        match self.item(id).map(|i| &i.content) {
            Some(Content::Word(word)) => self.lexicon.get(*word).map_or_else(|| Text::from(""), |w| w.raw.clone()),
            Some(Content::Number { value, percent: true }) => {
                value.shift(2).map_or_else(|| value.text(), |v| v.text_with("%"))
            }
            Some(Content::Number { value, .. }) => value.text(),
            Some(Content::Date(text) | Content::Error(text) | Content::Opaque(text)) => text.clone(),
            None => Text::from(""),
        }
    }

    /// Where a box begins.
    pub(super) fn cell(&self, id: u32) -> CellRef {
        self.item(id).map_or(CellRef::new(0, 0), |i| i.area.first)
    }
}

/// Rows of all merges together that are looked at.
const MOST_ROWS: u64 = 2_000_000;

/// Merges that do not overlap a larger one, are not absurd, and whose covered cells agree.
fn sound_merges(sheet: &Sheet) -> Vec<Area> {
    let mut merges: Vec<Area> = sheet
        .merges
        .iter()
        .filter(|m| m.rows() <= TALLEST && m.cols() <= 2_000 && (m.rows() > 1 || m.cols() > 1))
        .copied()
        .collect();
    merges.sort_unstable_by_key(|m| m.first);
    if !are_apart(&merges) {
        drop_overlapping(&mut merges);
        merges.sort_by_key(|m| m.first);
    }
    merges.retain(|m| agree(sheet, m));
    merges
}

/// Whether no two merges, given by their first cells, overlap, as in nearly all sheets; `false` as well where it would take
/// long to tell.
fn are_apart(merges: &[Area]) -> bool {
    if merges.iter().map(|m| u64::from(m.rows())).sum::<u64>() > MOST_ROWS {
        return false;
    }
    let mut left = 64 * merges.len();
    let mut open: Vec<Area> = Vec::new();
    for merge in merges {
        open.retain(|other| other.last.row >= merge.first.row);
        let Some(less) = left.checked_sub(open.len()) else { return false };
        left = less;
        if open.iter().any(|other| other.overlaps(merge)) {
            return false;
        }
        open.push(*merge);
    }
    true
}

/// Drops merges that overlap a larger one, and those beyond the rows that are looked at.
fn drop_overlapping(merges: &mut Vec<Area>) {
    let size = |m: &Area| u64::from(m.rows()) * u64::from(m.cols());
    merges.sort_by(|a, b| size(b).cmp(&size(a)).then(a.cmp(b)));
    let mut by_row: HashMap<u32, Vec<(u32, u32)>, RandomState> = HashMap::default();
    let mut budget = MOST_ROWS;
    merges.retain(|m| {
        let work = u64::from(m.rows());
        if budget < work {
            return false;
        }
        budget -= work;
        let free = (m.first.row..=m.last.row).all(|row| {
            by_row.get(&row).is_none_or(|spans| spans.iter().all(|&(a, b)| b < m.first.col || m.last.col < a))
        });
        if free {
            for row in m.first.row..=m.last.row {
                by_row.entry(row).or_default().push((m.first.col, m.last.col));
            }
        }
        free
    });
}

/// Whether the cells that a merge covers say at most one thing.
fn agree(sheet: &Sheet, merge: &Area) -> bool {
    let mut said: Option<&Value> = None;
    let from = sheet.cells.partition_point(|cell| cell.at < merge.first);
    for cell in sheet.cells.iter().skip(from).take_while(|cell| cell.at.row <= merge.last.row) {
        if !merge.contains(cell.at) || matches!(&cell.value, Value::Text(t) if t.trim().is_empty()) {
            continue;
        }
        match said {
            Some(before) if *before != cell.value => return false,
            _ => said = Some(&cell.value),
        }
    }
    true
}

/// Finds the merge that covers a cell, for cells in ascending order.
struct Cover<'a> {
    merges: &'a [Area],
    next: usize,
    open: Vec<usize>,
}

impl<'a> Cover<'a> {
    fn new(merges: &'a [Area]) -> Self {
        Self { merges, next: 0, open: Vec::new() }
    }

    fn at(&mut self, cell: CellRef) -> Option<usize> {
        while let Some(merge) = self.merges.get(self.next).filter(|m| m.first <= cell || m.first.row <= cell.row) {
            if merge.last.row >= cell.row {
                self.open.push(self.next);
            }
            self.next += 1;
        }
        if self.open.is_empty() {
            return None;
        }
        self.open.retain(|&m| self.merges.get(m).is_some_and(|m| m.last.row >= cell.row));
        self.open.iter().copied().find(|&m| self.merges.get(m).is_some_and(|m| m.contains(cell)))
    }
}

#[cfg(test)]
mod tests {
    use super::{are_apart, drop_overlapping};
    use crate::quantity::{Area, CellRef};
    use proptest::prelude::*;

    fn area() -> impl Strategy<Value = Area> {
        (0_u32..12, 0_u32..12, 0_u32..3, 0_u32..3)
            .prop_map(|(row, col, rows, cols)| Area::new(CellRef::new(row, col), CellRef::new(row + rows, col + cols)))
    }

    proptest! {
        #[test]
        fn merges_are_apart_where_none_would_be_dropped(mut merges in proptest::collection::vec(area(), 0..8)) {
            merges.sort_unstable_by_key(|m| m.first);
            let mut kept = merges.clone();
            drop_overlapping(&mut kept);
            prop_assert_eq!(are_apart(&merges), kept.len() == merges.len());
        }
    }

    #[test]
    fn merges_of_too_many_rows_are_not_called_apart() {
        let column =
            |n: u32| Area::new(CellRef::new(600 * (n / 100), n % 100), CellRef::new(600 * (n / 100) + 599, n % 100));
        let mut merges: Vec<Area> = (0..3_400).map(column).collect();
        merges.sort_unstable_by_key(|m| m.first);
        assert!(!are_apart(&merges));
        drop_overlapping(&mut merges);
        assert_eq!(merges.len(), 3_333);
    }
}
