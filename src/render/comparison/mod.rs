//! The comparison of two runs → a workbook and a page.
//!
//! Input: [`Comparison`]. Output: bytes. [`Arranged`] is the comparison in the order of the sheets, with the names and words that
//! both outputs print; the workbook has one file for each sheet, the page is made by `report`, as the district's is.
//!
//! Invariants: as for all of `render`; differences are formulas over the two figures beside them, with our result.

pub(in crate::render) mod arranged;
mod causes;
mod departments;
pub(in crate::render) mod findings;
pub(in crate::render) mod method;
mod organisations;
mod overview;
pub(in crate::render) mod policies;
mod projects;
mod review;

use super::workbook::{self, Book};
use super::{COMPRESSION, RenderError, words};
use crate::compare::Comparison;
use crate::finding::Lang;
use arranged::Arranged;

/// The comparison workbook.
///
/// # Errors
/// The writer refuses or a figure is not finite; neither depends on the input.
pub fn comparison(comparison: &Comparison, lang: Lang) -> Result<Vec<u8>, RenderError> {
    let all = Arranged::new(comparison, lang);
    let about = workbook::About {
        title: &all.imprint.title(words::CMP_TITLE),
        subject: all.imprint.say(words::CMP_SUBJECT),
        author: &all.imprint.bureau,
        keywords: all.imprint.say(words::KEYWORDS),
    };
    let mut book = Book::new(all.imprint.look, COMPRESSION, about)?;
    overview::write(&mut book, &all)?;
    departments::write(&mut book, &all)?;
    causes::write(&mut book, &all)?;
    projects::write(&mut book, &all)?;
    organisations::write(&mut book, &all)?;
    findings::write(&mut book, &all)?;
    policies::write(&mut book, &all)?;
    if !all.reviewed.is_empty() {
        review::write(&mut book, &all)?;
    }
    method::write(&mut book, &all)?;
    book.save()
}

/// The comparison as a page; `workbook` is the name of the workbook beside it.
///
/// # Errors
/// A template that does not fit its data; that would be a fault of the program, not of the input.
pub fn comparison_page(comparison: &Comparison, lang: Lang, workbook: &str) -> Result<Vec<u8>, RenderError> {
    super::report::comparison(&Arranged::new(comparison, lang), workbook)
}
