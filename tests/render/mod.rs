//! The workbooks, from an invented district. The workbooks stay in the target's `tmp` folder: `tests/recalculate.py` opens
//! them there in LibreOffice and compares every formula.

mod fabricated;
mod feedback;

use jixiao::finding::Lang;
use jixiao::render::summary;
use std::path::Path;

fn keep(name: &str, bytes: &[u8]) {
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), bytes).unwrap();
}

#[test]
fn summary_is_the_same_bytes_every_time() {
    let district = fabricated::district(Lang::Zh);
    let bytes = summary(&district).unwrap();
    keep("summary.xlsx", &bytes);
    assert_eq!(bytes, summary(&district).unwrap());
}

#[test]
fn summary_in_english() {
    keep("summary-en.xlsx", &summary(&fabricated::district(Lang::En)).unwrap());
}

#[test]
fn summary_of_a_large_district() {
    keep("summary-large.xlsx", &summary(&fabricated::fabricate(100, 20, Lang::Zh)).unwrap());
}

#[test]
fn summary_of_nothing_and_of_little() {
    keep("summary-none.xlsx", &summary(&fabricated::fabricate(0, 0, Lang::Zh)).unwrap());
    keep("summary-one.xlsx", &summary(&fabricated::fabricate(1, 1, Lang::Zh)).unwrap());
}
