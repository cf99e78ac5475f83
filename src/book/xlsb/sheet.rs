//! One worksheet part, in one pass: cells, merges, hidden rows and columns.

use super::Strings;
use super::records::{Record, Records};
use crate::book::assemble::RawSheet;
use crate::book::biff::{error_text, rk};
use crate::book::number_format::Shown;
use crate::book::ooxml::{SheetFault, TOO_MANY_CELLS};
use crate::book::types::{Cell, MAX_COLS, MAX_ROWS, Value};
use crate::book::xml::{Fault, Scan, fault};
use crate::quantity::{Area, CellRef, Text};

const BAD_ROW: Fault = fault("行号超出范围", "a row beyond the grid");
const BAD_COLUMN: Fault = fault("列号超出范围", "a column beyond the grid");
const BAD_INDEX: Fault = fault("共享字符串编号无效", "an invalid index of a shared string");
const NO_END: Fault = fault("内容不完整，单元格数据没有结束标记", "cut short, the cells have no end");

/// Types of records of a sheet.
mod kind {
    pub(super) const ROW: u32 = 0;
    pub(super) const RK: u32 = 2;
    pub(super) const ERROR: u32 = 3;
    pub(super) const BOOL: u32 = 4;
    pub(super) const REAL: u32 = 5;
    pub(super) const TEXT: u32 = 6;
    pub(super) const SHARED: u32 = 7;
    pub(super) const FORMULA_TEXT: u32 = 8;
    pub(super) const FORMULA_NUMBER: u32 = 9;
    pub(super) const FORMULA_BOOL: u32 = 10;
    pub(super) const FORMULA_ERROR: u32 = 11;
    pub(super) const SHORT_BLANK: u32 = 12;
    pub(super) const SHORT_SHARED: u32 = 18;
    pub(super) const COLUMN: u32 = 60;
    pub(super) const RICH_TEXT: u32 = 62;
    pub(super) const BEGIN_DATA: u32 = 145;
    pub(super) const END_DATA: u32 = 146;
    pub(super) const MERGE: u32 = 176;
}

/// What a sheet needs from its workbook.
pub(super) struct Context<'s, 'a> {
    /// The shared strings.
    pub(super) strings: &'s mut Strings<'a>,
    /// What each cell format makes of a number.
    pub(super) shown: &'s [Shown],
    /// Whether dates count from 1904.
    pub(super) from_1904: bool,
    /// How many cells are still allowed.
    pub(super) room: u64,
}

/// Reads the part into `sheet`.
pub(super) fn read(part: &[u8], context: &mut Context<'_, '_>, sheet: &mut RawSheet) -> Result<(), SheetFault> {
    let mut at = CellRef::new(0, 0);
    part_into(part, context, sheet, &mut at).map_err(|fault| {
        let cell = (fault != NO_END).then_some(at);
        SheetFault { fault, cell }
    })
}

fn part_into(part: &[u8], context: &mut Context<'_, '_>, sheet: &mut RawSheet, at: &mut CellRef) -> Scan<()> {
    let mut records = Records::new(part);
    let (mut begun, mut ended) = (false, false);
    let mut next_col = 0;
    while let Some(record) = records.next()? {
        match record.kind {
            kind::BEGIN_DATA => begun = true,
            kind::END_DATA => ended = true,
            kind::ROW if begun && !ended => {
                *at = CellRef::new(record.u32(0)?, 0);
                next_col = 0;
                if at.row >= MAX_ROWS {
                    return Err(BAD_ROW);
                }
                if record.u8(11)? & 0x10 != 0 {
                    sheet.hidden_rows.push((at.row, at.row));
                }
            }
            1..=kind::SHORT_SHARED | kind::RICH_TEXT if begun && !ended => {
                let short = (kind::SHORT_BLANK..=kind::SHORT_SHARED).contains(&record.kind);
                at.col = if short { next_col } else { record.u32(0)? };
                if at.col >= MAX_COLS {
                    return Err(BAD_COLUMN);
                }
                next_col = at.col + 1;
                cell(record, short, *at, context, sheet)?;
            }
            kind::COLUMN if record.u16(16)? & 1 != 0 => {
                sheet.hidden_cols.push((record.u32(0)?, record.u32(4)?.min(MAX_COLS - 1)));
            }
            kind::MERGE => {
                let corner = |row, col| Ok(CellRef::new(record.u32(row)?, record.u32(col)?));
                let (first, last) = (corner(0, 8)?, corner(4, 12)?);
                if sheet.merges.len() as u64 >= context.room {
                    return Err(TOO_MANY_CELLS);
                }
                sheet.merges.push(Area::new(first, last));
            }
            _ => {}
        }
    }
    if ended { Ok(()) } else { Err(NO_END) }
}

/// Takes a cell. Its head is the column (left out in a short one) and the format, then the value follows.
fn cell(record: Record<'_>, short: bool, at: CellRef, context: &mut Context<'_, '_>, sheet: &mut RawSheet) -> Scan<()> {
    let head = if short { 0 } else { 4 };
    let format = usize::try_from(record.u32(head)? & 0x00FF_FFFF).unwrap_or(usize::MAX);
    let shown = context.shown.get(format).copied().unwrap_or_default();
    let from_1904 = context.from_1904;
    let body = head + 4;
    let number = |value: f64| {
        if value.is_finite() { shown.value(value, from_1904) } else { Value::Error("#NUM!".into()) }
    };
    let text = |text: String| Value::Text(Text::from(text));
    // The short records follow in the order of the long ones.
    let value = match if short { record.kind - kind::SHORT_BLANK + 1 } else { record.kind } {
        kind::RK => number(rk(record.u32(body)?)),
        kind::ERROR | kind::FORMULA_ERROR => Value::Error(error_text(record.u8(body)?).into()),
        kind::BOOL | kind::FORMULA_BOOL => Value::Bool(record.u8(body)? != 0),
        kind::REAL | kind::FORMULA_NUMBER => number(record.f64(body)?),
        kind::TEXT | kind::FORMULA_TEXT => text(record.text(body)?),
        kind::RICH_TEXT => text(record.text(body + 1)?),
        kind::SHARED => Value::Text(context.strings.get(record.u32(body)?).ok_or(BAD_INDEX)?),
        _ => return Ok(()),
    };
    if matches!(&value, Value::Text(text) if text.is_empty()) {
        return Ok(());
    }
    if sheet.cells.len() as u64 >= context.room {
        return Err(TOO_MANY_CELLS);
    }
    let percent = shown == Shown::Percent && matches!(value, Value::Number(_));
    let computed = (kind::FORMULA_TEXT..=kind::FORMULA_ERROR).contains(&record.kind);
    sheet.cells.push(Cell { at, value, percent, computed });
    Ok(())
}
