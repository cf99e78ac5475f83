//! The workbooks, from an invented district. The workbooks stay in the target's `tmp` folder: `tests/recalculate.py` opens
//! them there in LibreOffice and compares every formula.

mod fabricated;
mod feedback;
mod page;
mod summary;

use std::path::Path;

/// Leaves a workbook where a person, and `tests/recalculate.py`, can open it.
fn keep(name: &str, bytes: &[u8]) {
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), bytes).unwrap();
}
