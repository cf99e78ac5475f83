//! One worksheet of a BIFF stream: cells, merges, hidden rows and columns.

use super::records::{Record, Records, Version, kind as begin};
use super::text::{self, Count};
use super::workbook::{Declared, Workbook};
use crate::book::assemble::RawSheet;
use crate::book::biff::{error_text, rk};
use crate::book::number_format::Shown;
use crate::book::ooxml::{SheetFault, TOO_MANY_CELLS};
use crate::book::types::{Cell, MAX_COLS, Value};
use crate::book::xml::{Fault, Scan, fault};
use crate::quantity::{Area, CellRef, Text};
use std::collections::HashSet;

const NO_SHEET: Fault = fault("工作表的位置无效", "the place of the sheet is invalid");
const NO_END: Fault = fault("内容不完整，工作表没有结束标记", "cut short, the sheet has no end");
const BAD_INDEX: Fault = fault("共享字符串编号无效", "an invalid index of a shared string");
const BAD_COLUMNS: Fault = fault("列号前后矛盾", "columns that contradict each other");

/// Types of records of a sheet. The upper byte tells the version and is left out where the lower one is enough.
mod kind {
    pub(super) const INTEGER: u16 = 0x0002;
    pub(super) const NUMBER: u16 = 0x0003;
    pub(super) const LABEL: u16 = 0x0004;
    pub(super) const BOOL_OR_ERROR: u16 = 0x0005;
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const STRING: u16 = 0x0007;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const DEFAULT_ROW: u16 = 0x0225;
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const COLUMN: u16 = 0x007D;
    pub(super) const MANY_RK: u16 = 0x00BD;
    pub(super) const RICH_LABEL: u16 = 0x00D6;
    pub(super) const MERGES: u16 = 0x00E5;
    pub(super) const SHARED_LABEL: u16 = 0x00FD;
    pub(super) const RK: u16 = 0x027E;
}

/// Reads a sheet.
pub(super) fn read(stream: &[u8], declared: &Declared, workbook: &Workbook, room: u64) -> Result<RawSheet, SheetFault> {
    let sheet = RawSheet::new(declared.name.as_str(), declared.visibility);
    let mut reading = Reading {
        workbook,
        version: workbook.version,
        room,
        sheet,
        at: None,
        pending: None,
        hidden_by_default: false,
        rows: HashSet::new(),
    };
    let done = reading.records(stream, declared.offset);
    done.map_err(|fault| SheetFault { fault, cell: reading.at })?;
    if reading.hidden_by_default {
        let Reading { sheet, rows, .. } = &mut reading;
        let unsaid = sheet.cells.iter().map(|cell| cell.at.row).filter(|row| !rows.contains(row));
        sheet.hidden_rows.extend(unsaid.map(|row| (row, row)));
    }
    Ok(reading.sheet)
}

struct Reading<'w> {
    workbook: &'w Workbook,
    version: Version,
    room: u64,
    sheet: RawSheet,
    /// The current cell.
    at: Option<CellRef>,
    /// A formula whose text follows.
    pending: Option<CellRef>,
    /// Whether rows are hidden that have no record of their own.
    hidden_by_default: bool,
    /// The rows that have one.
    rows: HashSet<u32>,
}

impl Reading<'_> {
    fn records(&mut self, stream: &[u8], offset: usize) -> Scan<()> {
        let mut records = Records::at(stream, offset);
        // Sheets of BIFF 5 may claim to be of another version than their workbook; the workbook is right.
        records.next().ok().flatten().filter(|record| begin::BEGIN.contains(&record.kind)).ok_or(NO_SHEET)?;
        // Charts inside a sheet are streams within the stream.
        let mut depth = 1;
        while let Some(record) = records.next()? {
            match record.kind {
                other if begin::BEGIN.contains(&other) => depth += 1,
                kind::EOF => {
                    depth -= 1;
                    if depth == 0 {
                        self.at = None;
                        return Ok(());
                    }
                }
                _ if depth == 1 => self.record(record, &mut records)?,
                _ => {}
            }
        }
        self.at = None;
        Err(NO_END)
    }

    fn record<'a>(&mut self, record: Record<'a>, records: &mut Records<'a>) -> Scan<()> {
        match record.kind {
            kind::RK => {
                let at = self.place(record)?;
                let value = rk(record.u32(6)?);
                self.number(at, value, usize::from(record.u16(4)?), false)
            }
            kind::MANY_RK => self.many(record),
            kind::SHARED_LABEL => {
                let at = self.place(record)?;
                let index = usize::try_from(record.u32(6)?).map_err(|_| BAD_INDEX)?;
                let text = self.workbook.strings.get(index).ok_or(BAD_INDEX)?.clone();
                self.text(at, text, false)
            }
            kind::COLUMN => {
                if record.u16(8)? & 1 != 0 {
                    let (first, last) = (u32::from(record.u16(0)?), u32::from(record.u16(2)?));
                    self.sheet.hidden_cols.push((first, last.clamp(first, MAX_COLS.max(first))));
                }
                Ok(())
            }
            kind::ROW => {
                let row = u32::from(record.u16(0)?);
                self.rows.insert(row);
                if record.u16(12)? & 0x20 != 0 {
                    self.sheet.hidden_rows.push((row, row));
                }
                Ok(())
            }
            kind::DEFAULT_ROW => {
                self.hidden_by_default = record.u16(0)? & 2 != 0;
                Ok(())
            }
            kind::MERGES => self.merges(record),
            kind::RICH_LABEL => self.label(record, records),
            other => match other & 0xF0FF {
                kind::INTEGER if self.version == Version::V2 => {
                    let at = self.place(record)?;
                    self.number(at, f64::from(record.u16(7)?), self.format(record)?, false)
                }
                kind::NUMBER if is_cell(other) => {
                    let at = self.place(record)?;
                    let value = record.f64(self.head())?;
                    self.number(at, value, self.format(record)?, false)
                }
                kind::LABEL if is_cell(other) => self.label(record, records),
                kind::BOOL_OR_ERROR if is_cell(other) => {
                    let at = self.place(record)?;
                    let (code, is_error) = (record.u8(self.head())?, record.u8(self.head() + 1)? != 0);
                    let value = if is_error { Value::Error(error_text(code).into()) } else { Value::Bool(code != 0) };
                    self.push(at, value, false, false)
                }
                kind::FORMULA if is_cell(other) => self.formula(record),
                kind::STRING if is_cell(other) => self.string(record, records),
                _ => Ok(()),
            },
        }
    }

    /// How long the head of a cell is: row, column, and the format, which took three bytes in BIFF 2.
    fn head(&self) -> usize {
        if self.version == Version::V2 { 7 } else { 6 }
    }

    fn format(&self, record: Record<'_>) -> Scan<usize> {
        Ok(match self.version {
            Version::V2 => usize::from(record.u8(4)? & 0x3F),
            _ => usize::from(record.u16(4)?),
        })
    }

    fn place(&mut self, record: Record<'_>) -> Scan<CellRef> {
        let at = CellRef::new(u32::from(record.u16(0)?), u32::from(record.u16(2)?));
        self.at = Some(at);
        if at.col >= MAX_COLS { Err(BAD_COLUMNS) } else { Ok(at) }
    }

    fn push(&mut self, at: CellRef, value: Value, percent: bool, computed: bool) -> Scan<()> {
        if self.sheet.cells.len() as u64 >= self.room {
            return Err(TOO_MANY_CELLS);
        }
        self.sheet.cells.push(Cell { at, value, percent, computed });
        Ok(())
    }

    fn number(&mut self, at: CellRef, value: f64, format: usize, computed: bool) -> Scan<()> {
        let shown = self.workbook.shown.get(format).copied().unwrap_or_default();
        let value =
            if value.is_finite() { shown.value(value, self.workbook.from_1904) } else { Value::Error("#NUM!".into()) };
        let percent = shown == Shown::Percent && matches!(value, Value::Number(_));
        self.push(at, value, percent, computed)
    }

    fn text(&mut self, at: CellRef, text: Text, computed: bool) -> Scan<()> {
        if text.is_empty() { Ok(()) } else { self.push(at, Value::Text(text), false, computed) }
    }

    /// Several numbers of a row: first column, then format and number of each, last column.
    fn many(&mut self, record: Record<'_>) -> Scan<()> {
        let first = self.place(record)?;
        let last = record.body.len().checked_sub(2).ok_or(BAD_COLUMNS)?;
        let last_col = u32::from(record.u16(last)?);
        let count = last_col.checked_sub(first.col).ok_or(BAD_COLUMNS)? + 1;
        if 4 + u64::from(count) * 6 != last as u64 {
            return Err(BAD_COLUMNS);
        }
        for (i, col) in (first.col..=last_col).enumerate() {
            let at = CellRef::new(first.row, col);
            self.number(at, rk(record.u32(6 + i * 6)?), usize::from(record.u16(4 + i * 6)?), false)?;
        }
        Ok(())
    }

    fn label<'a>(&mut self, record: Record<'a>, records: &mut Records<'a>) -> Scan<()> {
        let at = self.place(record)?;
        let count = if self.version == Version::V2 { Count::Byte } else { Count::Word };
        let mut chunks = records.continued(record)?;
        if let Some(first) = chunks.first_mut() {
            *first = record.from(self.head())?;
        }
        let text = text::chunked(&chunks, count, self.version, self.workbook.page)?;
        self.text(at, text.into(), false)
    }

    /// A formula by its cached result. Eight bytes: a double, or what kind of other value.
    fn formula(&mut self, record: Record<'_>) -> Scan<()> {
        let at = self.place(record)?;
        let head = self.head();
        if record.u16(head + 6)? != 0xFFFF {
            let value = record.f64(head)?;
            return self.number(at, value, self.format(record)?, true);
        }
        let code = record.u8(head + 2)?;
        match record.u8(head)? {
            0 => {
                self.pending = Some(at);
                Ok(())
            }
            1 => self.push(at, Value::Bool(code != 0), false, true),
            2 => self.push(at, Value::Error(error_text(code).into()), false, true),
            // The empty text.
            _ => Ok(()),
        }
    }

    /// The text of the formula before; without one it belongs to nothing.
    fn string<'a>(&mut self, record: Record<'a>, records: &mut Records<'a>) -> Scan<()> {
        let Some(at) = self.pending.take() else { return Ok(()) };
        let count = if self.version == Version::V2 { Count::Byte } else { Count::Word };
        let chunks = records.continued(record)?;
        let text = text::chunked(&chunks, count, self.version, self.workbook.page)?;
        self.text(at, text.into(), true)
    }

    fn merges(&mut self, record: Record<'_>) -> Scan<()> {
        for i in 0..usize::from(record.u16(0)?) {
            let n = |at: usize| record.u16(2 + i * 8 + at).map(u32::from);
            let (first, last) = (CellRef::new(n(0)?, n(4)?), CellRef::new(n(2)?, n(6)?));
            self.sheet.merges.push(Area::new(first, last));
        }
        Ok(())
    }
}

/// Whether the upper byte is that of a cell record in some version.
fn is_cell(kind: u16) -> bool {
    matches!(kind >> 8, 0 | 2 | 4)
}
