//! From cells as met to a sheet: counted, ordered, each place once.

use super::refusal::Outcome;
use super::types::{Book, Cell, Format, MAX_COLS, MAX_ROWS, Note, Refusal, Sheet, Value, Visibility};
use super::zip::Archive;
use crate::finding::{RuleRef, catalogue};
use crate::quantity::{Area, CellRef, Text};
use crate::settings::Limits;
use std::borrow::Cow;

/// Builds a book; counts what the limits count.
pub(crate) struct Assembly<'l> {
    limits: &'l Limits,
    cells: u64,
    book: Book,
}

/// A sheet under construction.
#[derive(Debug)]
pub(crate) struct RawSheet {
    /// Its name.
    pub(crate) name: Text,
    /// Whether it is shown.
    pub(crate) visibility: Visibility,
    /// Cells in the order of the file.
    pub(crate) cells: Vec<Cell>,
    /// Merged rectangles.
    pub(crate) merges: Vec<Area>,
    /// Hidden rows, in any order.
    pub(crate) hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, in any order.
    pub(crate) hidden_cols: Vec<(u32, u32)>,
}

impl RawSheet {
    /// An empty sheet.
    pub(crate) fn new(name: impl Into<Text>, visibility: Visibility) -> Self {
        Self {
            name: name.into(),
            visibility,
            cells: Vec::new(),
            merges: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
        }
    }
}

impl<'l> Assembly<'l> {
    /// An empty book of one format.
    pub(crate) fn new(format: Format, limits: &'l Limits) -> Self {
        Self { limits, cells: 0, book: Book { format, sheets: Vec::new(), notes: Vec::new(), repaired: false } }
    }

    /// How many more cells the limit allows.
    pub(crate) fn room(&self) -> u64 {
        self.limits.cells - self.cells
    }

    /// The sheet that was taken last.
    pub(crate) fn last_sheet(&self) -> Option<u32> {
        u32::try_from(self.book.sheets.len()).ok()?.checked_sub(1)
    }

    /// The refusal for a file with too many cells.
    pub(crate) fn too_many_cells(limits: &Limits) -> Refusal {
        Refusal::limit("cells", limits.cells, limits.cells.saturating_add(1))
    }

    /// Remembers something odd that was read all the same.
    pub(crate) fn repaired(
        &mut self,
        sheet: Option<u32>,
        cells: Vec<CellRef>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.book.note_repaired(sheet, cells, zh, en);
    }

    /// Notes bytes in front of or behind a package.
    pub(crate) fn note_stray_bytes(&mut self, archive: &Archive<'_>) {
        if archive.stray_bytes > 0 {
            self.repaired(None, Vec::new(), "压缩包前后有多余的字节", "stray bytes around the package");
        }
    }

    /// Takes a finished sheet of a format whose sheets are known by name alone.
    ///
    /// # Errors
    /// Two sheets of one name, and those of [`Self::push`].
    pub(crate) fn push_named_once(&mut self, raw: RawSheet) -> Outcome<()> {
        if self.book.sheets.iter().any(|sheet| sheet.name == raw.name) {
            return Err(Refusal::corrupt(
                format!("有两张同名工作表“{}”", raw.name),
                format!("two sheets are called `{}`", raw.name),
            ));
        }
        self.push(raw)
    }

    /// Takes a finished sheet.
    ///
    /// # Errors
    /// Too many sheets or cells; a place that holds two different values.
    pub(crate) fn push(&mut self, mut raw: RawSheet) -> Outcome<()> {
        let number = self.book.sheets.len() as u64 + 1;
        if number > u64::from(self.limits.sheets) {
            return Err(Refusal::limit("sheets", u64::from(self.limits.sheets), number));
        }
        self.cells += raw.cells.len() as u64;
        if self.cells > self.limits.cells {
            return Err(Self::too_many_cells(self.limits));
        }
        let sheet = u32::try_from(number - 1).ok();
        if !raw.cells.is_sorted_by(|a, b| a.at < b.at) {
            raw.cells.sort_by_key(|cell| cell.at);
            let twice = Self::same_place(&raw)?;
            if !twice.is_empty() {
                raw.cells.dedup_by(|b, a| a.at == b.at);
                self.repaired(sheet, twice, "单元格写了两遍，内容相同", "cells written twice with the same content");
            }
        }
        let beyond = clip(&mut raw.merges);
        if !beyond.is_empty() {
            self.repaired(sheet, beyond, "合并区域超出工作表", "merged cells go beyond the sheet");
        }
        raw.merges.retain(|area| area.first != area.last);
        let hidden_rows = in_order(raw.hidden_rows, MAX_ROWS);
        let hidden_cols = in_order(raw.hidden_cols, MAX_COLS);
        self.note_hidden(sheet, raw.visibility, &raw.cells, &hidden_rows, &hidden_cols);
        let formulas: Vec<CellRef> =
            raw.cells.iter().filter(|cell| matches!(cell.value, Value::Formula(_))).map(|cell| cell.at).collect();
        if !formulas.is_empty() {
            self.note(&catalogue::file::FORMULA_WITHOUT_VALUE, sheet, formulas);
        }
        self.book.sheets.push(Sheet {
            name: raw.name,
            visibility: raw.visibility,
            cells: raw.cells,
            merges: raw.merges,
            hidden_rows,
            hidden_cols,
        });
        Ok(())
    }

    /// The places that stand twice in sorted cells.
    fn same_place(raw: &RawSheet) -> Outcome<Vec<CellRef>> {
        let mut twice = Vec::new();
        for pair in raw.cells.windows(2) {
            let [a, b] = pair else { continue };
            if a.at == b.at {
                if a.value != b.value {
                    return Err(Refusal::corrupt(
                        format!("工作表“{}”的 {} 写了两个不同的值", raw.name, a.at),
                        format!("cell {} of sheet `{}` is given two different values", a.at, raw.name),
                    ));
                }
                twice.push(a.at);
            }
        }
        Ok(twice)
    }

    fn note(&mut self, rule: &'static crate::finding::Rule, sheet: Option<u32>, cells: Vec<CellRef>) {
        self.book.notes.push(Note { rule: RuleRef(rule), sheet, cells, args: Vec::new() });
    }

    /// Notes a hidden sheet that holds something, and hidden rows and columns that hold something.
    fn note_hidden(
        &mut self,
        sheet: Option<u32>,
        visibility: Visibility,
        cells: &[Cell],
        rows: &[(u32, u32)],
        cols: &[(u32, u32)],
    ) {
        if visibility != Visibility::Visible && !cells.is_empty() {
            self.note(&catalogue::file::HIDDEN_SHEET, sheet, Vec::new());
        }
        if rows.is_empty() && cols.is_empty() {
            return;
        }
        let hidden: Vec<CellRef> =
            cells.iter().map(|cell| cell.at).filter(|at| within(rows, at.row) || within(cols, at.col)).collect();
        if !hidden.is_empty() {
            self.note(&catalogue::file::HIDDEN_CELLS, sheet, hidden);
        }
    }

    /// The book, if it has a sheet.
    ///
    /// # Errors
    /// No sheet at all.
    pub(crate) fn finish(self) -> Outcome<Book> {
        if self.book.sheets.is_empty() {
            return Err(Refusal::corrupt("工作簿里没有工作表", "the workbook has no worksheet"));
        }
        Ok(self.book)
    }
}

impl Book {
    /// Remembers something odd that was read all the same.
    pub(super) fn note_repaired(
        &mut self,
        sheet: Option<u32>,
        cells: Vec<CellRef>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.repaired = true;
        self.notes.push(Note {
            rule: RuleRef(&catalogue::file::REPAIRED),
            sheet,
            cells,
            args: vec![(Cow::Borrowed("zh"), zh.into()), (Cow::Borrowed("en"), en.into())],
        });
    }
}

/// Whether ascending ranges hold `n`.
fn within(ranges: &[(u32, u32)], n: u32) -> bool {
    let after = ranges.partition_point(|range| range.0 <= n);
    after.checked_sub(1).and_then(|i| ranges.get(i)).is_some_and(|range| n <= range.1)
}

/// Cuts rectangles to the grid. Gives the first cells of those that went beyond it.
fn clip(areas: &mut Vec<Area>) -> Vec<CellRef> {
    let mut beyond = Vec::new();
    areas.retain_mut(|area| {
        if area.last.row < MAX_ROWS && area.last.col < MAX_COLS {
            return true;
        }
        let starts_within = area.first.row < MAX_ROWS && area.first.col < MAX_COLS;
        area.last = CellRef::new(area.last.row.min(MAX_ROWS - 1), area.last.col.min(MAX_COLS - 1));
        beyond.extend(starts_within.then_some(area.first));
        starts_within
    });
    beyond
}

/// Ranges within a grid of `count` rows or columns, in ascending order, those that touch joined.
fn in_order(mut ranges: Vec<(u32, u32)>, count: u32) -> Vec<(u32, u32)> {
    ranges.retain_mut(|range| {
        range.1 = range.1.min(count - 1);
        range.0 <= range.1
    });
    ranges.sort_unstable();
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
    for (from, to) in ranges {
        match out.last_mut() {
            Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{clip, in_order, within};
    use crate::quantity::{Area, CellRef};

    #[test]
    fn rectangles_end_where_the_grid_does() {
        let area = |row, col, last_row, last_col| Area::new(CellRef::new(row, col), CellRef::new(last_row, last_col));
        let mut areas = vec![area(0, 0, 1, 1), area(3, 2, 1 << 26, 2), area(1 << 21, 0, 1 << 22, 0)];
        assert_eq!(clip(&mut areas), [CellRef::new(3, 2)]);
        assert_eq!(areas, [area(0, 0, 1, 1), area(3, 2, 1_048_575, 2)]);
    }

    #[test]
    fn ranges_are_joined_and_searched() {
        let ranges = in_order(vec![(7, 9), (0, 1), (2, 3), (8, 40), (60, 70), (6, 5)], 13);
        assert_eq!(ranges, [(0, 3), (7, 12)]);
        assert!(within(&ranges, 0) && within(&ranges, 12));
        assert!(!within(&ranges, 5) && !within(&ranges, 13));
    }
}
