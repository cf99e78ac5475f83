//! Workbooks by calamine: the formats without a reader of our own, the fallback, and the second opinion.
//!
//! Input → output: bytes of a known format → [`Book`].
//!
//! Invariants: .xlsx and .xlsb are read cell by cell, never as a dense range. What calamine does on damaged files is
//! not promised: it may panic, loop or ask for all memory, therefore it runs in a process of its own where that is
//! possible.

use super::assemble::{Assembly, RawSheet};
use super::date;
use super::number_format::{self, Shown};
use super::refusal::Outcome;
use super::types::{Book, Cell, Format, Refusal, Value, Visibility};
use crate::finding::Reason;
use crate::quantity::{Area, CellRef, Text};
use crate::settings::Limits;
use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Ods, Range, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx,
    open_workbook_from_rs,
};
use std::collections::HashMap;
use std::io::Cursor;

type Bytes<'a> = Cursor<&'a [u8]>;

/// Reads a workbook of the given format.
///
/// # Errors
/// What calamine cannot read, or what is beyond the limits.
pub(crate) fn read(bytes: &[u8], format: Format, limits: &Limits) -> Outcome<Book> {
    let assembly = Assembly::new(format, limits);
    match format {
        Format::Xlsx => read_xlsx(Cursor::new(bytes), assembly, limits),
        Format::Xlsb => read_xlsb(Cursor::new(bytes), assembly, limits),
        Format::Ods => read_ods(Cursor::new(bytes), assembly, limits),
        Format::Xls | Format::Et => read_xls(Cursor::new(bytes), assembly, limits),
        Format::Docx | Format::Zip => Err(Refusal::new(Reason::NotAWorkbook, "不是电子表格", "not a workbook")),
    }
}

/// The refusal for an error of calamine.
fn refused(error: impl std::fmt::Display) -> Refusal {
    let error = error.to_string();
    let reason = if error.to_ascii_lowercase().contains("password") { Reason::Encrypted } else { Reason::Corrupt };
    Refusal::new(reason, format!("读取失败：{error}"), format!("cannot be read: {error}"))
}

/// The worksheets with what is known of them; two of one name cannot be told apart and are refused.
fn worksheets(sheets: &[calamine::Sheet]) -> Outcome<Vec<(String, Visibility)>> {
    let mut out: Vec<(String, Visibility)> = Vec::with_capacity(sheets.len());
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        if out.iter().any(|(name, _)| *name == sheet.name) {
            return Err(Refusal::corrupt(
                format!("有两张同名工作表“{}”", sheet.name),
                format!("two sheets are called `{}`", sheet.name),
            ));
        }
        let visibility = match sheet.visible {
            SheetVisible::Visible => Visibility::Visible,
            SheetVisible::Hidden => Visibility::Hidden,
            SheetVisible::VeryHidden => Visibility::VeryHidden,
        };
        out.push((sheet.name.clone(), visibility));
    }
    Ok(out)
}

fn area(d: &Dimensions) -> Area {
    Area::new(CellRef::new(d.start.0, d.start.1), CellRef::new(d.end.0, d.end.1))
}

/// Line ends as in the rest of the program.
pub(crate) fn line_ends(text: &str) -> Text {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

fn date_value(stamp: &ExcelDateTime, from_1904: bool) -> Value {
    let serial = stamp.as_f64();
    let iso = if stamp.is_duration() { date::duration(serial) } else { date::iso(serial, from_1904) };
    iso.map_or(Value::Number(serial), |iso| Value::Date { serial, iso: iso.into() })
}

fn iso_value(text: &str) -> Value {
    match date::serial(text) {
        Some(serial) => Value::Date { serial, iso: text.into() },
        None => Value::Text(text.into()),
    }
}

fn duration_value(text: &str) -> Value {
    match date::days_of_duration(text) {
        Some(serial) => Value::Date { serial, iso: text.into() },
        None => Value::Text(text.into()),
    }
}

/// A number, or the text of one that is not finite.
fn number(value: f64) -> Value {
    if value.is_finite() { Value::Number(value) } else { Value::Error("#NUM!".into()) }
}

#[allow(clippy::cast_precision_loss, reason = "integers of a sheet are doubles")]
fn value_of(data: &DataRef<'_>, from_1904: bool) -> Option<Value> {
    Some(match data {
        DataRef::Empty | DataRef::SharedString("") => return None,
        DataRef::Int(n) => Value::Number(*n as f64),
        DataRef::Float(n) => number(*n),
        DataRef::String(text) if text.is_empty() => return None,
        DataRef::String(text) => Value::Text(line_ends(text)),
        DataRef::SharedString(text) => Value::Text(line_ends(text)),
        DataRef::Bool(b) => Value::Bool(*b),
        DataRef::DateTime(stamp) => date_value(stamp, from_1904),
        DataRef::DateTimeIso(text) => iso_value(text),
        DataRef::DurationIso(text) => duration_value(text),
        DataRef::Error(error) => Value::Error(error.to_string().into()),
    })
}

#[allow(clippy::cast_precision_loss, reason = "integers of a sheet are doubles")]
fn value_of_owned(data: &Data, from_1904: bool) -> Option<Value> {
    Some(match data {
        Data::Empty => return None,
        Data::Int(n) => Value::Number(*n as f64),
        Data::Float(n) => number(*n),
        Data::String(text) if text.is_empty() => return None,
        Data::String(text) => Value::Text(line_ends(text)),
        Data::Bool(b) => Value::Bool(*b),
        Data::DateTime(stamp) => date_value(stamp, from_1904),
        Data::DateTimeIso(text) => iso_value(text),
        Data::DurationIso(text) => duration_value(text),
        Data::Error(error) => Value::Error(error.to_string().into()),
    })
}

fn plain(row: u32, col: u32, value: Value) -> Cell {
    Cell { at: CellRef::new(row, col), value, percent: false, computed: false }
}

fn read_xlsx(bytes: Bytes<'_>, mut assembly: Assembly<'_>, limits: &Limits) -> Outcome<Book> {
    let mut book: Xlsx<_> = open_workbook_from_rs(bytes).map_err(refused)?;
    let from_1904 = book.has_1904_epoch();
    for (name, visibility) in worksheets(book.sheets_metadata())? {
        let mut raw = RawSheet::new(name.as_str(), visibility);
        let mut shown: HashMap<usize, Shown> = HashMap::new();
        let mut reader = book.worksheet_cells_reader(&name).map_err(refused)?;
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(refused)? {
            let Some(value) = value_of(cell.get_value(), from_1904) else { continue };
            if raw.cells.len() as u64 >= assembly.room() {
                return Err(Assembly::too_many_cells(limits));
            }
            let (row, col) = cell.get_position();
            let percent = matches!(value, Value::Number(_))
                && *shown.entry(style).or_insert_with(|| {
                    let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
                    format.map_or(Shown::Number, |format| number_format::of_code(&format.format_code))
                }) == Shown::Percent;
            raw.cells.push(Cell { percent, ..plain(row, col, value) });
        }
        drop(reader);
        raw.merges = book.merge_cells_by_sheet_name(&name).map_err(refused)?.iter().map(area).collect();
        assembly.push(raw)?;
    }
    assembly.finish()
}

fn read_xlsb(bytes: Bytes<'_>, mut assembly: Assembly<'_>, limits: &Limits) -> Outcome<Book> {
    let mut book: Xlsb<_> = open_workbook_from_rs(bytes).map_err(refused)?;
    let from_1904 = book.has_1904_epoch();
    for (name, visibility) in worksheets(book.sheets_metadata())? {
        let mut raw = RawSheet::new(name.as_str(), visibility);
        let mut reader = book.worksheet_cells_reader(&name).map_err(refused)?;
        while let Some(cell) = reader.next_cell().map_err(refused)? {
            let Some(value) = value_of(cell.get_value(), from_1904) else { continue };
            if raw.cells.len() as u64 >= assembly.room() {
                return Err(Assembly::too_many_cells(limits));
            }
            let (row, col) = cell.get_position();
            raw.cells.push(plain(row, col, value));
        }
        assembly.push(raw)?;
    }
    assembly.finish()
}

fn read_xls(bytes: Bytes<'_>, mut assembly: Assembly<'_>, limits: &Limits) -> Outcome<Book> {
    let mut book: Xls<_> = open_workbook_from_rs(bytes).map_err(refused)?;
    let from_1904 = book.has_1904_epoch();
    for (name, visibility) in worksheets(book.sheets_metadata())? {
        let mut raw = RawSheet::new(name.as_str(), visibility);
        let range = book.worksheet_range(&name).map_err(refused)?;
        take_range(&range, &mut raw, from_1904, assembly.room(), limits)?;
        raw.merges = book.merge_cells_by_sheet_name(&name).map_err(refused)?.iter().map(area).collect();
        assembly.push(raw)?;
    }
    assembly.finish()
}

fn read_ods(bytes: Bytes<'_>, mut assembly: Assembly<'_>, limits: &Limits) -> Outcome<Book> {
    let mut book: Ods<_> = open_workbook_from_rs(bytes).map_err(refused)?;
    for (name, visibility) in worksheets(book.sheets_metadata())? {
        let mut raw = RawSheet::new(name.as_str(), visibility);
        let range = book.worksheet_range(&name).map_err(refused)?;
        take_range(&range, &mut raw, false, assembly.room(), limits)?;
        assembly.push(raw)?;
    }
    assembly.finish()
}

fn take_range(range: &Range<Data>, raw: &mut RawSheet, from_1904: bool, room: u64, limits: &Limits) -> Outcome<()> {
    let Some((first_row, first_col)) = range.start() else { return Ok(()) };
    for (row, col, data) in range.used_cells() {
        let Some(value) = value_of_owned(data, from_1904) else { continue };
        if raw.cells.len() as u64 >= room {
            return Err(Assembly::too_many_cells(limits));
        }
        let at = u32::try_from(row).ok().zip(u32::try_from(col).ok());
        let Some((row, col)) = at else { continue };
        raw.cells.push(plain(first_row.saturating_add(row), first_col.saturating_add(col), value));
    }
    Ok(())
}
