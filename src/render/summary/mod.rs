//! summary.xlsx, sheets in reading order.
//!
//! Input: the district as a [`View`]. Output: the bytes of the workbook. Totals, rates and ranks are formulas that carry the result of the
//! tables; a formula that would not give that very result is written as the value instead.

mod budget;
mod charts;
mod claimed;
mod departments;
mod findings;
mod grades;
mod indicators;
mod layout;
mod method;
mod overview;
mod projects;
mod stability;
mod submissions;
mod totals;
mod unread;
mod unused;
mod waterfall;

use super::view::View;
use super::words;
use super::workbook::{self, Book};
use super::{COMPRESSION, RenderError};
use crate::district::Bulk;
use layout::Layout;

/// The district summary workbook; with a sheet for each project that derives its score, where the indicators for it are given.
///
/// # Errors
/// When the writer refuses or a figure is not finite; neither depends on the input.
pub fn summary(view: &View<'_>, derivations: Option<&Bulk>) -> Result<Vec<u8>, RenderError> {
    let layout = Layout::new(view);
    let about = workbook::About {
        title: &view.imprint.title(words::TITLE_OVERVIEW),
        subject: view.say(words::SUBJECT),
        author: &view.imprint.bureau,
        keywords: view.say(words::KEYWORDS),
    };
    let mut book = Book::new(view.imprint.look, COMPRESSION, about)?;

    overview::write(&mut book, view, &layout)?;
    departments::write(&mut book, view, &layout)?;
    projects::write(&mut book, view, &layout)?;
    indicators::write(&mut book, view)?;
    budget::write(&mut book, view, &layout)?;
    grades::write(&mut book, view, &layout)?;
    claimed::write(&mut book, view, &layout)?;
    stability::write(&mut book, view, &layout)?;
    submissions::write(&mut book, view, &layout)?;
    unused::write(&mut book, view)?;
    findings::write(&mut book, view, &layout)?;
    unread::write(&mut book, view)?;
    if let Some(bulk) = derivations {
        waterfall::write(&mut book, view, &layout, bulk)?;
    }
    method::write(&mut book, view, &layout)?;

    book.save()
}
