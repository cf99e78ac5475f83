//! One table: rows, columns, merges; repeated rows and cells counted before they are made.

use super::cell::{self, Given, Start};
use crate::book::assemble::RawSheet;
use crate::book::ooxml::{SheetFault, TOO_MANY_CELLS};
use crate::book::types::{Cell, MAX_COLS, MAX_ROWS};
use crate::book::xml::{Fault, Scan, Scanner, Tag, Token, fault, unescape};
use crate::quantity::{Area, CellRef};

const BAD_REPEAT: Fault = fault("重复次数无效", "an invalid number of repetitions");
const BEYOND: Fault = fault("内容超出表格范围", "content beyond the grid");

/// Reads a table whose tag was opened, to behind its end.
pub(super) fn read(scanner: &mut Scanner<'_>, room: u64, sheet: &mut RawSheet) -> Result<(), SheetFault> {
    let mut table = Table { room, sheet, row: 0, col: 0, next_col: 0, cells: Vec::new() };
    let done = table.rows(scanner);
    let cell = Some(CellRef::new(table.row, table.col));
    done.map_err(|fault| SheetFault { fault, cell })
}

struct Table<'s> {
    room: u64,
    sheet: &'s mut RawSheet,
    row: u32,
    col: u32,
    /// The next column that a column element describes.
    next_col: u32,
    /// The cells of the current row: first column, how many times, what.
    cells: Vec<(u32, u32, Given)>,
}

/// How often an element stands for itself; at least once.
fn repeat(tag: Tag<'_>, name: &[u8]) -> Scan<u32> {
    tag.raw(name)?.map_or(Ok(1), times)
}

/// A number of repetitions, as written.
pub(super) fn times(written: &[u8]) -> Scan<u32> {
    unescape(written)?.trim().parse().ok().filter(|&times| times > 0).ok_or(BAD_REPEAT)
}

impl Table<'_> {
    fn rows(&mut self, scanner: &mut Scanner<'_>) -> Scan<()> {
        let depth = scanner.depth();
        loop {
            match scanner.next()? {
                Token::Open(tag) => match tag.name {
                    b"table-row" => self.row(scanner, tag)?,
                    b"table-column" => self.column(tag)?,
                    b"table-row-group"
                    | b"table-header-rows"
                    | b"table-rows"
                    | b"table-column-group"
                    | b"table-header-columns"
                    | b"table-columns" => {}
                    _ => scanner.skip()?,
                },
                Token::Close(_) if scanner.depth() < depth => return Ok(()),
                Token::End => return Ok(()),
                Token::Close(_) | Token::Text(_) | Token::Raw(_) => {}
            }
        }
    }

    fn column(&mut self, tag: Tag<'_>) -> Scan<()> {
        let first = self.next_col;
        self.next_col = first.saturating_add(repeat(tag, b"number-columns-repeated")?);
        if is_hidden(tag)? && first < MAX_COLS {
            self.sheet.hidden_cols.push((first, self.next_col.min(MAX_COLS) - 1));
        }
        Ok(())
    }

    fn row(&mut self, scanner: &mut Scanner<'_>, tag: Tag<'_>) -> Scan<()> {
        let times = repeat(tag, b"number-rows-repeated")?;
        if is_hidden(tag)? && self.row < MAX_ROWS {
            self.sheet.hidden_rows.push((self.row, self.row.saturating_add(times).min(MAX_ROWS) - 1));
        }
        let depth = scanner.depth();
        self.col = 0;
        self.cells.clear();
        loop {
            match scanner.next()? {
                Token::Open(tag) if matches!(tag.name, b"table-cell" | b"covered-table-cell") => {
                    self.cell(scanner, tag)?;
                }
                Token::Open(_) => scanner.skip()?,
                Token::Close(_) if scanner.depth() < depth => break,
                Token::End => break,
                Token::Close(_) | Token::Text(_) | Token::Raw(_) => {}
            }
        }
        self.make(times)?;
        self.row = self.row.saturating_add(times);
        Ok(())
    }

    fn cell(&mut self, scanner: &mut Scanner<'_>, tag: Tag<'_>) -> Scan<()> {
        let start = Start::of(tag)?;
        let [times, rows, cols] = [start.times, start.rows, start.cols].map(|times| times.unwrap_or(1));
        if rows > 1 || cols > 1 {
            let last = CellRef::new(self.row.saturating_add(rows - 1), self.col.saturating_add(cols - 1));
            if last.row >= MAX_ROWS || last.col >= MAX_COLS {
                return Err(BEYOND);
            }
            self.sheet.merges.push(Area::new(CellRef::new(self.row, self.col), last));
        }
        if let Some(given) = cell::read(scanner, &start)? {
            if self.row >= MAX_ROWS || self.col.saturating_add(times) > MAX_COLS {
                return Err(BEYOND);
            }
            self.cells.push((self.col, times, given));
        }
        self.col = self.col.saturating_add(times);
        Ok(())
    }

    /// Makes the cells of a row that stands for `times` rows.
    fn make(&mut self, times: u32) -> Scan<()> {
        if self.cells.is_empty() {
            return Ok(());
        }
        let in_row: u64 = self.cells.iter().map(|(_, times, _)| u64::from(*times)).sum();
        let all = in_row.saturating_mul(u64::from(times)).saturating_add(self.sheet.cells.len() as u64);
        if all > self.room {
            return Err(TOO_MANY_CELLS);
        }
        if self.row.saturating_add(times) > MAX_ROWS {
            return Err(BEYOND);
        }
        for row in self.row..self.row + times {
            for (first, times, given) in &self.cells {
                self.sheet.cells.extend((*first..first + times).map(|col| Cell {
                    at: CellRef::new(row, col),
                    value: given.value.clone(),
                    percent: given.percent,
                    computed: given.computed,
                }));
            }
        }
        Ok(())
    }
}

fn is_hidden(tag: Tag<'_>) -> Scan<bool> {
    Ok(matches!(tag.raw(b"visibility")?, Some(b"collapse" | b"filter")))
}
