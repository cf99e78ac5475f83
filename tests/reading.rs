//! Readers against each other and against damage: what a workbook library writes is read the same by our reader and by
//! calamine, and no damaged file panics or hangs.

use jixiao::book::{Book, Reader, Value, open};
use jixiao::settings::Limits;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook};

fn read(bytes: &[u8], reader: Reader) -> Result<Book, jixiao::book::Refusal> {
    open(bytes, "a.xlsx", &Limits::default(), reader)
}

/// A value to be written, and what must be read.
#[derive(Debug, Clone)]
enum Given {
    Number(f64),
    Percent(f64),
    Date(f64),
    Text(String),
    Bool(bool),
    Formula(f64),
}

fn given() -> impl Strategy<Value = Given> {
    prop_oneof![
        (-1e12..1e12_f64).prop_map(Given::Number),
        (-100_000_i32..100_000).prop_map(|n| Given::Number(f64::from(n) / 100.0)),
        (0.0..2.0_f64).prop_map(Given::Percent),
        (1.0..2_900_000.0_f64).prop_map(|n| Given::Date(n.floor())),
        "[ a-z<>&\"'_x0-9\u{4e00}-\u{4eff}\n\t]{1,12}".prop_map(Given::Text),
        any::<bool>().prop_map(Given::Bool),
        (-1e6..1e6_f64).prop_map(Given::Formula),
    ]
}

fn written(cells: &[(u32, u16, Given)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let percent = Format::new().set_num_format("0.00%");
    let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    for (row, col, given) in cells {
        match given {
            Given::Number(n) => sheet.write_number(*row, *col, *n),
            Given::Percent(n) => sheet.write_number_with_format(*row, *col, *n, &percent),
            Given::Date(n) => sheet.write_number_with_format(*row, *col, *n, &date),
            Given::Text(text) => sheet.write_string(*row, *col, text),
            Given::Bool(b) => sheet.write_boolean(*row, *col, *b),
            Given::Formula(n) => sheet.write_formula(*row, *col, Formula::new("=1+1").set_result(n.to_string())),
        }
        .unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

fn holds(book: &Book, row: u32, col: u16, given: &Given) -> bool {
    let at = jixiao::quantity::CellRef::new(row, u32::from(col));
    let Some(cell) = book.sheets.first().and_then(|sheet| sheet.get(at)) else { return false };
    let same = |a: f64, b: f64| (a - b).abs() <= b.abs() * 1e-15;
    match (given, &cell.value) {
        (Given::Number(n), Value::Number(m)) => same(*n, *m) && !cell.percent,
        (Given::Percent(n), Value::Number(m)) => same(*n, *m) && cell.percent,
        (Given::Date(n), Value::Date { serial, .. }) => same(*n, *serial),
        (Given::Text(text), Value::Text(read)) => text.as_str() == &**read,
        (Given::Bool(b), Value::Bool(c)) => b == c,
        (Given::Formula(n), Value::Number(m)) => same(*n, *m) && cell.computed,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn both_readers_read_what_was_written(values in proptest::collection::btree_map((0_u32..40, 0_u16..12), given(), 1..60)) {
        let cells: Vec<(u32, u16, Given)> = values.into_iter().map(|((row, col), given)| (row, col, given)).collect();
        let bytes = written(&cells);
        let ours = read(&bytes, Reader::Auto).unwrap();
        let second = read(&bytes, Reader::Calamine).unwrap();
        for (row, col, given) in &cells {
            prop_assert!(holds(&ours, *row, *col, given), "{row} {col} {given:?}");
        }
        prop_assert_eq!(ours.sheets, second.sheets);
    }

    #[test]
    fn a_damaged_package_never_panics_and_never_changes_a_value(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(), cuts in 0..4_u8) {
        let cells = [(0, 0, Given::Text("得分".to_owned())), (1, 0, Given::Number(95.0)), (2, 0, Given::Percent(0.5))];
        let good = written(&cells);
        let whole = read(&good, Reader::Auto).unwrap();
        let mut bad = good;
        let at = at.index(bad.len());
        if let Some(place) = bad.get_mut(at) {
            *place = byte;
        }
        if cuts == 0 {
            bad.truncate(cut.index(bad.len()));
        }
        if let Ok(book) = read(&bad, Reader::Auto) {
            prop_assert_eq!(book.sheets, whole.sheets);
        }
    }

    #[test]
    fn whatever_it_is_it_is_told(start in prop::sample::select(vec![&b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\x09\x08\x10\0\0\x06\x05\0", b""]), rest in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let bytes = [start, &rest].concat();
        prop_assert!(read(&bytes, Reader::Auto).is_err() || start.starts_with(b"\x09"));
    }
}

/// A BIFF8 stream of one sheet with these records.
fn stream(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let record = |(kind, body): &(u16, Vec<u8>)| {
        [&kind.to_le_bytes()[..], &u16::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
    };
    let begin = |of: u8| record(&(0x0809, vec![0, 6, of, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    let end = record(&(0x000A, Vec::new()));
    let place = |offset: usize| {
        record(&(0x0085, [&u32::try_from(offset).unwrap().to_le_bytes()[..], &[0, 0, 1, 0, b'A']].concat()))
    };
    let offset = [begin(5), place(0), end.clone()].concat().len();
    let body: Vec<u8> = records.iter().flat_map(record).collect();
    [begin(5), place(offset), end.clone(), begin(0x10), body, end].concat()
}

#[test]
fn rows_hidden_by_default_count_as_hidden() {
    let number = |row: u8| (0x0203, [&[row, 0, 0, 0, 0, 0][..], &1_f64.to_le_bytes()].concat());
    let row = |row: u8, flags: u8| (0x0208, vec![row, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, flags, 0, 0, 0]);
    for (by_default, hidden) in [(0, vec![(1, 1)]), (2, vec![(1, 2)])] {
        let records = [(0x0225, vec![by_default, 0, 0, 0]), row(0, 0), row(1, 0x20), number(0), number(1), number(2)];
        let book = read(&stream(&records), Reader::Own).unwrap();
        assert_eq!(book.sheets[0].cells.len(), 3);
        assert_eq!(book.sheets[0].hidden_rows, hidden);
    }
}
