//! A sheet drawn as text: for tests, and for the examples that every rule carries.
//!
//! Why: a form in an example must be readable at a glance, and run. Input → output: lines of `|`-separated cells → [`Sheet`].
//! Invariant: nothing is interpreted beyond the notation below; what a real file can hold can be drawn.

use super::{Cell, Sheet, Value, Visibility};
use crate::quantity::{Area, CellRef, Text};

impl Sheet {
    /// A visible sheet from lines of text.
    ///
    /// A line is a row, `|` parts its cells, blanks around a cell are dropped, an empty line is an empty row (a first line
    /// that is empty is not counted, so that the drawing may begin on a line of its own). `<` continues the merge to its
    /// left, `^` the one above. A plain number is a number, `'190` the text `190`, `0.98%%` a number shown as a percentage,
    /// `#DIV/0!` an error value, `=A1` a formula without a value; `\n` breaks a line inside a cell, `\s` is a blank.
    ///
    /// ```
    /// let sheet = jixiao::book::Sheet::drawn("Sheet1", "
    ///     项目名称 | 平安综治 | <
    ///     金额     | 17.5     | '190.00
    /// ");
    /// assert_eq!(sheet.cells.len(), 5);
    /// assert_eq!(sheet.merges[0].to_string(), "B1:C1");
    /// ```
    pub fn drawn(name: &str, lines: &str) -> Self {
        let lines = lines.strip_prefix('\n').unwrap_or(lines);
        let rows: Vec<Vec<&str>> = lines.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
        let at = |row: usize, col: usize| rows.get(row).and_then(|cells| cells.get(col)).copied().unwrap_or_default();
        let mut cells = Vec::new();
        let mut merges = Vec::new();
        for (row, line) in rows.iter().enumerate() {
            for (col, word) in line.iter().enumerate() {
                if matches!(*word, "" | "<" | "^") {
                    continue;
                }
                let place = |r: usize, c: usize| {
                    CellRef::new(u32::try_from(r).unwrap_or(u32::MAX), u32::try_from(c).unwrap_or(u32::MAX))
                };
                let (value, percent) = value(word);
                cells.push(Cell { at: place(row, col), value, percent, computed: false });
                let right = (col + 1..line.len()).take_while(|&c| at(row, c) == "<").last().unwrap_or(col);
                let below = (row + 1..rows.len()).take_while(|&r| at(r, col) == "^").last().unwrap_or(row);
                if right > col || below > row {
                    merges.push(Area::new(place(row, col), place(below, right)));
                }
            }
        }
        Self {
            name: Text::from(name),
            visibility: Visibility::Visible,
            cells,
            merges,
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
        }
    }
}

/// What one word of a drawing stands for, and whether it is shown as a percentage.
fn value(word: &str) -> (Value, bool) {
    if let Some(text) = word.strip_prefix('\'') {
        return (Value::Text(Text::from(unescaped(text).as_str())), false);
    }
    if let Some(formula) = word.strip_prefix('=').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return (Value::Formula(Text::from(formula)), false);
    }
    if word.starts_with('#') && word.ends_with(['!', '?', 'A']) {
        return (Value::Error(Text::from(word)), false);
    }
    let (digits, percent) = word.strip_suffix("%%").map_or((word, false), |digits| (digits, true));
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    match digits.parse::<f64>() {
        Ok(number) if plain => (Value::Number(number), percent),
        _ => (Value::Text(Text::from(unescaped(word).as_str())), false),
    }
}

fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\s", " ")
}

#[cfg(test)]
mod tests {
    use super::{Sheet, Value};
    use crate::quantity::CellRef;

    #[test]
    fn a_drawing_is_read_as_it_looks() {
        let sheet = Sheet::drawn("s", "a | < | 1\n^ | < | '2\n\n#REF! | 0.5%% | x\\ny");
        assert_eq!(sheet.merges.iter().map(ToString::to_string).collect::<Vec<_>>(), ["A1:B2"]);
        assert_eq!(sheet.get(CellRef::new(1, 2)).unwrap().value, Value::Text("2".into()));
        assert!(sheet.get(CellRef::new(3, 1)).unwrap().percent);
        assert_eq!(sheet.get(CellRef::new(3, 2)).unwrap().value, Value::Text("x\ny".into()));
        assert!(sheet.get(CellRef::new(2, 0)).is_none());
    }
}
