//! The cells around a finding, kept while the sheet is at hand.
//!
//! Input: a sheet, the area of a form on it, a cell. Output: [`Crop`], a few columns of that cell's row and the row of heads
//! above it, as the file shows them. A reader of the finding sees it in its place without opening the file.
//!
//! Invariants: at most seven columns, the cell's own among them; each column's letter and each row's number are
//! those of the sheet; no text is longer than 24 characters.

use super::{Sheet, Value};
use crate::finding::Crop;
use crate::quantity::{Area, CellRef, Decimal, Text};
use std::collections::BTreeSet;

/// Columns of a crop at the most.
const MOST_COLUMNS: usize = 7;
/// Characters of a text at the most; longer text ends with `…`.
const MOST_TEXT: usize = 24;
/// Rows that are searched upwards for the heads.
const MOST_ROWS_UP: u32 = 60;

/// The cells around `at` within `area`.
pub fn crop(sheet: &Sheet, area: Area, at: CellRef) -> Crop {
    let columns = columns(sheet, area, at);
    let row = |row: u32| -> (u32, Vec<Text>) {
        (row, columns.iter().map(|col| text(sheet, CellRef::new(row, *col))).collect())
    };
    let top = area.first.row.max(at.row.saturating_sub(MOST_ROWS_UP));
    let heads = (top..at.row).rev().find(|above| is_head(sheet, *above, &columns));
    Crop { at, rows: heads.into_iter().chain([at.row]).map(row).collect(), columns }
}

/// The columns that hold something in the row: the first, which names the row, and those nearest to the cell.
fn columns(sheet: &Sheet, area: Area, at: CellRef) -> Vec<u32> {
    let within = area.first.col..=area.last.col.min(area.first.col.saturating_add(255));
    let from = sheet.cells.partition_point(|cell| cell.at < CellRef::new(at.row, *within.start()));
    let own = sheet.cells.iter().skip(from).map(|cell| cell.at).take_while(|own| own.row == at.row);
    let down = sheet.merges.iter().filter(|merge| merge.first.row < at.row && merge.last.row >= at.row);
    let filled: BTreeSet<u32> = own
        .map(|own| own.col)
        .chain(down.map(|merge| merge.first.col))
        .filter(|col| within.contains(col) && shown(sheet, CellRef::new(at.row, *col)).is_some())
        .chain([at.col])
        .collect();
    let first = filled.first().copied().unwrap_or(at.col);
    let mut nearest: Vec<u32> = filled.into_iter().collect();
    nearest.sort_by_key(|col| (*col != at.col, *col != first, col.abs_diff(at.col), *col));
    nearest.truncate(MOST_COLUMNS);
    nearest.sort_unstable();
    nearest
}

/// A row of heads: words and no figure above at least half of the columns, and above no fewer than two.
fn is_head(sheet: &Sheet, row: u32, columns: &[u32]) -> bool {
    let mut words = 0;
    for col in columns {
        match sheet.get(CellRef::new(row, *col)).map(|cell| &cell.value) {
            None => {}
            Some(Value::Text(text)) if !text.chars().any(|c| c.is_ascii_digit()) => words += 1,
            Some(_) => return false,
        }
    }
    words >= 2 && words * 2 >= columns.len()
}

/// The cell that shows at a place: its own, or the top one of a merge that runs down to it.
fn shown(sheet: &Sheet, at: CellRef) -> Option<&Value> {
    let own = sheet.get(at);
    let top = || {
        let merge = sheet
            .merges
            .iter()
            .find(|merge| merge.first.col == at.col && merge.first.row < at.row && merge.last.row >= at.row)?;
        sheet.get(merge.first)
    };
    own.or_else(top).map(|cell| &cell.value)
}

fn text(sheet: &Sheet, at: CellRef) -> Text {
    let whole = match shown(sheet, at) {
        None => String::new(),
        Some(Value::Text(text) | Value::Error(text)) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Some(Value::Number(number)) => number_text(*number, sheet.get(at).is_some_and(|cell| cell.percent)),
        Some(Value::Bool(truth)) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        Some(Value::Date { iso, .. }) => iso.split('T').next().unwrap_or_default().to_owned(),
        Some(Value::Formula(formula)) => format!("={formula}"),
    };
    if whole.chars().count() <= MOST_TEXT {
        return whole.into();
    }
    whole.chars().take(MOST_TEXT - 1).chain(['…']).collect::<String>().into()
}

/// A number as a cell shows it, near enough to be found again: at most six places, percent where its format says so.
fn number_text(number: f64, is_percent: bool) -> String {
    let Some(value) = Decimal::from_f64(number) else { return number.to_string() };
    match value.shift(2).filter(|_| is_percent) {
        Some(percent) => format!("{}%", percent.round(4)),
        None => value.round(6).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::MOST_COLUMNS;
    use crate::book::Sheet;
    use crate::finding::Crop;
    use crate::quantity::{Area, CellRef};

    fn crop(lines: &str, at: &str) -> Crop {
        let at = CellRef::parse(at).unwrap();
        super::crop(&Sheet::drawn("自评表", lines), Area::new(CellRef::new(0, 0), CellRef::new(99, 99)), at)
    }

    fn lines(crop: &Crop) -> Vec<String> {
        crop.rows.iter().map(|(row, cells)| format!("{} {}", row + 1, cells.join("|"))).collect()
    }

    #[test]
    fn shows_the_row_below_its_heads() {
        let sheet = "
            项目支出绩效自评表 | <          | <      | <
            资金               | 全年预算数 | 执行数 | 执行率
            总额               | 72.39      | 66.15  | 0.98%%";
        let crop = crop(sheet, "D3");
        assert_eq!(crop.columns, [0, 1, 2, 3]);
        assert_eq!(lines(&crop), ["2 资金|全年预算数|执行数|执行率", "3 总额|72.39|66.15|98%"]);
    }

    #[test]
    fn a_merge_from_above_names_the_row_and_a_blank_cell_is_kept() {
        let sheet = "
            一级 | 二级 | 完成值 | 得分 | 偏差原因
            产出 | 数量 | 3个     | 10   | 无
            ^    | 质量 | 74%     | 7.4  |";
        let crop = crop(sheet, "E3");
        assert_eq!(lines(&crop), ["1 一级|二级|完成值|得分|偏差原因", "3 产出|质量|74%|7.4|"]);
    }

    #[test]
    fn is_narrow_and_short_whatever_the_sheet() {
        let wide = (0..40).map(|n| n.to_string()).collect::<Vec<_>>().join("|");
        let crop_of_wide = crop(&wide, "T1");
        assert_eq!(crop_of_wide.columns, [0, 16, 17, 18, 19, 20, 21]);
        assert_eq!(crop_of_wide.columns.len(), MOST_COLUMNS);
        let long = crop(&"很长".repeat(50), "A1");
        assert_eq!(long.rows[0].1[0].chars().count(), 24);
        assert_eq!(lines(&crop("", "B2")), ["2 "]);
    }
}
