//! A workbook under work: the library draws the sheets, the cells are poured in here.
//!
//! Why: `rust_xlsxwriter` knows all that stands around the cells (formats, widths, views, print set-up, conditional formats,
//! validations, notes, charts), and keeps each cell in two trees under a format that it hashes anew. A district has half a
//! million cells and hundreds of workbooks, and a cell in its file is one line. So the library is never shown the cells,
//! but for those whose figures a chart repeats, and its package is completed with them.
//!
//! Input → output: sheets, cells and all that the library draws → the bytes of the workbook.
//!
//! | module | what |
//! |---|---|
//! | `cells` | the cells, merges, links and heights of a sheet → its rows as XML |
//! | `strings` | each text once |
//! | `deflate` | parts of the package, compressed piece by piece |
//! | `package` | the library's package with cells and texts → the workbook |
//!
//! Invariants: cells name formats by their number, which is the order of their first use; the library is asked what numbers
//! it gave them, and a workbook where it disagrees is refused. Rows of a long sheet leave memory as soon as the next one
//! begins. The same calls give the same bytes.

mod cells;
mod deflate;
mod package;
mod strings;

pub(crate) use cells::{Answer, Cells, Link};

use super::RenderError;
use super::look::Look;
use super::page::Page;
use super::style::Style;
use crate::finding::Lang;
use foldhash::fast::RandomState;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};
use std::collections::HashMap;
use strings::Strings;

/// Number of a format among those of its workbook.
pub(crate) type FormatId = u16;

/// A workbook under work.
pub(crate) struct Book {
    library: Workbook,
    /// The cells of each sheet, in the order of the sheets.
    sheets: Vec<Cells>,
    shared: Shared,
    compression: u8,
}

/// What all sheets of a workbook share.
#[derive(Debug)]
pub(crate) struct Shared {
    look: Look,
    styles: HashMap<Style, FormatId, RandomState>,
    /// The formats by number; the first is the default one.
    formats: Vec<Format>,
    /// Each text once.
    pub(crate) strings: Strings,
}

impl Shared {
    /// The number of the format of a style.
    pub(crate) fn format(&mut self, style: Style) -> FormatId {
        let Self { look, formats, .. } = self;
        *self.styles.entry(style).or_insert_with(|| {
            let format = look.format(style);
            // Styles that look alike share a format.
            let known = formats.iter().position(|known| *known == format);
            let at = known.unwrap_or_else(|| {
                formats.push(format);
                formats.len() - 1
            });
            FormatId::try_from(at).unwrap_or(FormatId::MAX)
        })
    }
}

/// What the properties of a workbook say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    /// Its title.
    pub(crate) title: &'a str,
    /// What it is about.
    pub(crate) subject: &'a str,
    /// Who hands it out.
    pub(crate) author: &'a str,
    /// Words to find it by.
    pub(crate) keywords: &'a str,
}

impl Book {
    /// Without sheets; `compression` of 9.
    pub(crate) fn new(look: Look, compression: u8, about: About<'_>) -> Result<Self, RenderError> {
        let default = look.default_format();
        let mut library = Workbook::new();
        library.set_zip_compression_level(compression);
        library.set_properties(
            &DocProperties::new()
                .set_title(about.title)
                .set_subject(about.subject)
                .set_author(about.author)
                .set_company(about.author)
                .set_keywords(about.keywords)
                // fixed, for the bytes depend on the contents alone
                .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?),
        );
        library.set_default_format(&default, 18, 64)?;
        let strings = Strings::new(compression);
        let shared = Shared { look, styles: HashMap::default(), formats: vec![default], strings };
        Ok(Self { library, sheets: Vec::new(), shared, compression })
    }

    /// A new sheet. The rows of a long one must be written in order.
    pub(crate) fn sheet(&mut self, name: &str, is_long: bool, lang: Lang) -> Result<Page<'_>, RenderError> {
        let sheet = self.library.add_worksheet();
        sheet.set_name(name)?;
        let look = self.shared.look;
        self.sheets.push(Cells::new(self.compression, is_long));
        let cells = self.sheets.last_mut().ok_or(RenderError::Package("sheet"))?;
        Ok(Page::new(sheet, cells, &mut self.shared, (look, lang)))
    }

    /// Gives a formula a name.
    pub(crate) fn define_name(&mut self, name: &str, formula: &str) -> Result<(), RenderError> {
        Ok(self.library.define_name(name, formula).map(drop)?)
    }

    /// The bytes of the workbook.
    pub(crate) fn save(mut self) -> Result<Vec<u8>, RenderError> {
        if let Ok(first) = self.library.worksheet_from_index(0) {
            probe(first, &self.shared.formats)?;
        }
        let drawn = self.library.save_to_buffer()?;
        // what the library holds is not needed while its package is completed
        drop(self.library);
        package::complete(&drawn, self.sheets, self.shared)
    }
}

/// First column of the cells that ask the library for the numbers of formats: in the first row, right of all others.
const PROBES: u16 = 1_000;

/// Has the library number the formats, and make room for texts.
fn probe(sheet: &mut Worksheet, formats: &[Format]) -> Result<(), RenderError> {
    for (col, format) in (PROBES..).zip(formats.iter().skip(1)) {
        sheet.write_blank(0, col, format)?;
    }
    // a text in the next row, so that there is a part for texts
    sheet.write_string(1, PROBES, "-")?;
    Ok(())
}
