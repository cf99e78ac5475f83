//! Examples of rules as sheets: drawn, changed, ready to be read and checked like any submission.

use crate::book::{Book, Format, Sheet};
use crate::finding::catalogue::example::Case;
use crate::quantity::CellRef;

/// The workbooks of a case, one for each of its files.
pub fn books(case: &Case) -> Vec<Book> {
    let mut number = 0;
    case.files
        .iter()
        .map(|file| {
            let sheets = file.iter().map(|drawing| {
                number += 1;
                let (name, rows) = drawing.sheet();
                let mut sheet = Sheet::drawn(name, rows);
                for (_, place, word) in case.edits.iter().filter(|(at, ..)| *at == number) {
                    edit(&mut sheet, place, word);
                }
                sheet
            });
            Book { format: Format::Xlsx, sheets: sheets.collect(), notes: Vec::new(), repaired: false }
        })
        .collect()
}

/// Puts a word at an address, or hides a row.
fn edit(sheet: &mut Sheet, place: &str, word: &str) {
    if let (Ok(row), "hidden") = (place.parse::<u32>(), word) {
        sheet.hidden_rows.push((row.saturating_sub(1), row.saturating_sub(1)));
        return;
    }
    let Some(at) = CellRef::parse(place) else { return };
    let drawn = Sheet::drawn("", word).cells.into_iter().next();
    match (sheet.cells.binary_search_by(|cell| cell.at.cmp(&at)), drawn) {
        (Ok(found), Some(new)) => {
            if let Some(cell) = sheet.cells.get_mut(found) {
                *cell = crate::book::Cell { at, ..new };
            }
        }
        (Ok(found), None) => {
            sheet.cells.remove(found);
        }
        (Err(before), Some(new)) => sheet.cells.insert(before, crate::book::Cell { at, ..new }),
        (Err(_), None) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::books;
    use crate::finding::catalogue::example::{Case, Drawing};
    use crate::quantity::CellRef;

    #[test]
    fn edits_replace_remove_insert_and_hide() {
        let case = Case {
            files: &[&[Drawing::Execution]],
            edits: &[(1, "C4", "7"), (1, "D4", ""), (1, "G4", "备注"), (1, "6", "hidden")],
        };
        let books = books(&case);
        let sheet = &books[0].sheets[0];
        let at = |text| sheet.get(CellRef::parse(text).unwrap());
        assert!(at("C4").is_some() && at("D4").is_none() && at("G4").is_some());
        assert_eq!(sheet.hidden_rows, [(5, 5)]);
        assert!(sheet.cells.is_sorted_by_key(|cell| cell.at));
    }
}
