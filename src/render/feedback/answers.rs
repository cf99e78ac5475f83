//! A fix list that came back, filled in.
//!
//! Input: a workbook as read. Output: its answers, each with what it is about. Recognised by the hidden heads beside the
//! list, never by the name of the file or the sheet. An answer fills a finding's explanation; its status is the bureau's.

use crate::book::{Book, Sheet, Value};
use crate::finding::Answer;
use crate::quantity::CellRef;

/// Heads of the hidden columns, which say what a row is about; names as in `explanations.csv`, with the member apart.
pub(super) const KEYS: [&str; 7] = ["rule", "file", "member", "sheet", "cell", "given", "department"];
/// Columns to answer in: choice, explanation, author; they stand just left of the keys.
const ANSWER_COLUMNS: u32 = 3;

/// The answers of a returned workbook; `None`: it is no such workbook. Rows that were left blank give no answer.
pub fn answers(book: &Book) -> Option<Vec<Answer>> {
    book.sheets.iter().find_map(|sheet| heads(sheet).map(|at| of_sheet(sheet, at)))
}

fn text(sheet: &Sheet, row: u32, col: u32) -> Option<String> {
    let value = match &sheet.get(CellRef::new(row, col))?.value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Date { iso, .. } => iso.to_string(),
        Value::Bool(_) | Value::Error(_) | Value::Formula(_) => return None,
    };
    (!value.is_empty()).then_some(value)
}

/// Where the first key stands.
fn heads(sheet: &Sheet) -> Option<CellRef> {
    let is_key = |at: CellRef| (at.col..).zip(KEYS).all(|(col, key)| text(sheet, at.row, col).as_deref() == Some(key));
    let first = |value: &Value| match value {
        Value::Text(text) => text.trim_start().strip_prefix(KEYS[0]).is_some_and(|rest| rest.trim().is_empty()),
        _ => false,
    };
    sheet
        .cells
        .iter()
        .filter(|cell| first(&cell.value))
        .map(|cell| cell.at)
        .find(|at| at.col >= ANSWER_COLUMNS && is_key(*at))
}

fn of_sheet(sheet: &Sheet, at: CellRef) -> Vec<Answer> {
    let mut rows: Vec<u32> = sheet.cells.iter().map(|cell| cell.at.row).filter(|row| *row > at.row).collect();
    rows.dedup();
    let key = |row: u32, index: u32| text(sheet, row, at.col + index);
    rows.into_iter()
        .filter_map(|row| {
            let answer = |index: u32| text(sheet, row, at.col - ANSWER_COLUMNS + index);
            let (choice, explanation, author) = (answer(0), answer(1), answer(2));
            if choice.is_none() && explanation.is_none() {
                return None;
            }
            Some(Answer {
                rule: key(row, 0)?,
                file: key(row, 1),
                member: key(row, 2),
                sheet: key(row, 3),
                cell: key(row, 4),
                given: key(row, 5),
                department: key(row, 6),
                choice,
                explanation,
                author,
            })
        })
        .collect()
}
