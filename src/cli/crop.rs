//! A small piece of a sheet around a cell, as text.
//!
//! Why: a clerk recognises a place by what stands around it, not by its address. Chinese characters take two columns of a
//! terminal; widths are counted accordingly.

use crate::book::{Sheet, Value};
use crate::quantity::{CellRef, Decimal, column_name};
use anstyle::{AnsiColor, Effects, Style};
use std::fmt::Write as _;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Rows above and below, columns to the left and right.
const AROUND: u32 = 2;
/// Widest column, in columns of the terminal.
const WIDEST: usize = 18;

const DIM: Style = Style::new().effects(Effects::DIMMED);
const MARK: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);

/// Five rows by five columns around the cell, which stands in `[ ]`; rows without content are left out. Styled: whoever
/// prints it strips the styles where they are not wanted.
pub(super) fn crop(sheet: &Sheet, at: CellRef) -> String {
    let rows: Vec<u32> = (at.row.saturating_sub(AROUND)..=at.row.saturating_add(AROUND))
        .filter(|&row| row == at.row || sheet.cells.iter().any(|cell| cell.at.row == row))
        .collect();
    let columns: Vec<u32> = (at.col.saturating_sub(AROUND)..=at.col.saturating_add(AROUND)).collect();
    let word = |row: u32, col: u32| {
        let text = sheet.get(CellRef::new(row, col)).map(|cell| shown(&cell.value, cell.percent)).unwrap_or_default();
        if CellRef::new(row, col) == at { format!("[{}]", cut(&text, WIDEST - 2)) } else { cut(&text, WIDEST) }
    };
    let table: Vec<(u32, Vec<String>)> =
        rows.iter().map(|&row| (row, columns.iter().map(|&col| word(row, col)).collect())).collect();
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(i, &col)| {
            let cells = table.iter().filter_map(|(_, words)| words.get(i)).map(|word| word.width());
            cells.chain([column_name(col).width()]).max().unwrap_or(1)
        })
        .collect();
    let mut out = String::new();
    let _ = write!(out, "    {DIM}{:>7} │", "");
    for (&col, &width) in columns.iter().zip(&widths) {
        let _ = write!(out, " {}", padded(&column_name(col), width));
    }
    let _ = writeln!(out, "{DIM:#}");
    for (row, words) in table {
        let _ = write!(out, "    {DIM}{:>7} │{DIM:#}", u64::from(row) + 1);
        for ((&col, &width), word) in columns.iter().zip(&widths).zip(&words) {
            let word = padded(word, width);
            if CellRef::new(row, col) == at {
                let _ = write!(out, " {MARK}{word}{MARK:#}");
            } else {
                let _ = write!(out, " {word}");
            }
        }
        let trimmed = out.trim_end().len();
        out.truncate(trimmed);
        out.push('\n');
    }
    out
}

/// A value as a spreadsheet shows it, without its format's niceties.
pub(super) fn shown(value: &Value, percent: bool) -> String {
    match value {
        Value::Text(text) | Value::Error(text) => text.trim().replace('\n', " "),
        Value::Number(number) => {
            let Some(exact) = Decimal::from_f64(*number) else { return number.to_string() };
            match exact.shift(2).filter(|_| percent) {
                Some(points) => format!("{points}%"),
                None => exact.to_string(),
            }
        }
        Value::Bool(value) => value.to_string(),
        Value::Date { iso, .. } => iso.split('T').next().unwrap_or_default().to_owned(),
        Value::Formula(text) => format!("={text}"),
    }
}

/// At most `width` columns of the terminal; what is longer ends in `…`.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let mut out = String::new();
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used >= width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

fn padded(text: &str, width: usize) -> String {
    let mut out = text.to_owned();
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(text.width())));
    out
}

#[cfg(test)]
mod tests {
    use super::{crop, cut};
    use crate::book::Sheet;
    use crate::quantity::CellRef;

    #[test]
    fn chinese_takes_two_columns() {
        let sheet = Sheet::drawn("s", "资金来源 | 年初预算数 | 0.98%%\n年度资金总额 | 100 | 9.8\n");
        let plain = anstream::adapter::strip_str(&crop(&sheet, CellRef::new(1, 1))).to_string();
        assert_eq!(
            plain,
            "            │ A            B          C   D\n          1 │ 资金来源     年初预算数 98%\n          2 │ 年度资金总额 [100]      9.8\n"
        );
        assert_eq!(cut("预算绩效管理", 7), "预算绩…");
    }
}
