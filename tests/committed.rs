//! The committed sample is what its generator makes, and its workbooks hold what was drawn.

use crate::sample;
use crate::sample::sheet::{Sheet, Style, Value};
use jixiao::book::{self, Format, Reader};
use jixiao::quantity::CellRef;
use jixiao::settings::Limits;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, by their paths from the top of the project.
fn below(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, found);
        } else {
            found.insert(path.strip_prefix(top()).unwrap().to_str().unwrap().to_owned());
        }
    }
}

#[test]
fn committed_files_are_those_that_the_generator_makes() {
    let made = sample::files().unwrap();
    for (path, bytes) in &made {
        let committed = std::fs::read(top().join(path)).unwrap_or_default();
        assert!(committed == *bytes, "{path} differs: cargo run --example make_input");
    }
    let mut committed = BTreeSet::new();
    below(&top().join("input"), &mut committed);
    below(&top().join("tests/truth"), &mut committed);
    let made: BTreeSet<String> = made.into_iter().map(|(path, _)| path).collect();
    assert_eq!(committed, made);
}

/// What the form on paper holds against what the program reads.
/// `own`: read by the program's own readers, which tell number formats and merges; calamine does so for some formats.
fn assert_same(path: &str, drawn: &Sheet, read: &book::Sheet, own: bool) {
    assert_eq!(drawn.name, &*read.name, "{path}");
    let mut cells = 0;
    for (row, slots) in (0_u32..).zip(drawn.rows()) {
        for slot in slots {
            let Some(value) = slot.value else { continue };
            cells += 1;
            let at = CellRef::new(row, u32::from(slot.col));
            let cell = read.get(at).unwrap_or_else(|| panic!("{path} {at}: nothing read"));
            match (value, &cell.value) {
                (Value::Text(text), book::Value::Text(read)) => assert_eq!(text, &**read, "{path} {at}"),
                (Value::Number(number) | Value::Formula(_, number), book::Value::Number(read)) => {
                    assert_eq!(number.parse::<f64>().unwrap().to_bits(), read.to_bits(), "{path} {at}");
                    if own {
                        assert_eq!(cell.percent, slot.style == Style::Percent, "{path} {at}: percent format");
                    }
                }
                (drawn, read) => panic!("{path} {at}: drawn {drawn:?}, read {read:?}"),
            }
        }
    }
    assert_eq!(read.cells.len(), cells, "{path}: cells that were not drawn");
    if own {
        assert_eq!(read.merges.len(), drawn.merges.len(), "{path}: merges");
    }
}

#[test]
fn workbooks_hold_what_was_drawn_in_every_format() {
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for (path, sheets) in sample::workbooks().unwrap() {
        let bytes = sample::workbook(&path, &sheets).unwrap();
        for reader in [Reader::Auto, Reader::Calamine] {
            let book =
                book::open(&bytes, &path, &Limits::default(), reader).unwrap_or_else(|e| panic!("{path}: {e:?}"));
            assert_eq!(book.sheets.len(), sheets.len(), "{path}");
            for (drawn, read) in sheets.iter().zip(&book.sheets) {
                let own = reader == Reader::Auto && matches!(book.format, Format::Xlsx | Format::Xlsb);
                assert_same(&path, drawn, read, own);
            }
            seen.insert(book.format.code());
        }
        count += 1;
    }
    assert!(count >= 40, "{count} workbooks");
    assert_eq!(seen, [Format::Xlsx, Format::Xlsb, Format::Xls, Format::Ods, Format::Et].map(Format::code).into());
}
