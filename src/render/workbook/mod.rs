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

pub(crate) use cells::{Answer, Cells, Formula, Link, ROW, RowFormula};

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

#[cfg(test)]
mod tests {
    use super::{About, Book};
    use crate::book::{self, Reader, Value};
    use crate::finding::Lang;
    use crate::quantity::{Area, CellRef, Decimal};
    use crate::render::look::Look;
    use crate::render::page::Figure;
    use crate::render::style::{Num, Style};
    use crate::settings::{Limits, Settings};
    use proptest::prelude::*;
    use rust_xlsxwriter::Note;
    use std::collections::BTreeMap;

    fn book() -> Book {
        let about = About { title: "表", subject: "", author: "局", keywords: "" };
        Book::new(Look::new(&Settings::default(), Lang::Zh), 3, about).unwrap()
    }

    fn read(bytes: &[u8]) -> book::Book {
        book::open(bytes, "a.xlsx", &Limits::default(), Reader::Own).unwrap()
    }

    #[test]
    fn a_long_sheet_is_read_back_as_it_was_written() {
        const ROWS: u32 = 5_000;
        let mut out = book();
        let mut page = out.sheet("首页", false, Lang::Zh).unwrap();
        page.block((0, 1), (0, 2), "标题", Style::HEAD).unwrap();
        page.cell_link(2, 0, "第一行", ("长表", "A1"), Style::LINK).unwrap();
        page.sheet.insert_note(2, 0, &Note::new("附注")).unwrap();
        let mut page = out.sheet("长表", true, Lang::Zh).unwrap();
        let said = |row: u32| format!("第 {row} 行 <&>");
        for row in 0..ROWS {
            page.text(row, 0, &said(row), Style::TEXT).unwrap();
            page.figure(row, 1, Figure::Number(Decimal::new(row.into(), 2).unwrap()), Style::figure(Num::Rate))
                .unwrap();
            page.formula(row, 2, "B1*2", Figure::Missing, Style::TEXT).unwrap();
            page.height(row, 17.5).unwrap();
        }
        let bytes = out.save().unwrap();
        let read = read(&bytes);
        let [first, long] = read.sheets.as_slice() else { panic!("two sheets") };
        let place = |text: &str| CellRef::parse(text).unwrap();
        assert_eq!(first.merges, [Area::parse("A1:C2").unwrap()]);
        assert_eq!(first.get(place("A3")).unwrap().value, Value::Text("第一行".into()));
        assert_eq!(long.cells.len(), 3 * ROWS as usize);
        for (cells, row) in long.cells.chunks(3).zip(0..) {
            let [text, number, formula] = cells else { panic!("three cells") };
            assert_eq!((text.at, &text.value), (CellRef::new(row, 0), &Value::Text(said(row).as_str().into())));
            assert_eq!((&number.value, number.percent), (&Value::Number(f64::from(row) / 100.0), true));
            assert_eq!((&formula.value, formula.computed), (&Value::Text("…".into()), true));
        }
        // a row above the last one is complete
        assert!(out_of_order().is_err());
    }

    fn out_of_order() -> Result<(), crate::render::RenderError> {
        let mut out = book();
        let mut page = out.sheet("长表", true, Lang::Zh)?;
        page.text(1, 0, "b", Style::TEXT)?;
        page.text(0, 0, "a", Style::TEXT)
    }

    proptest! {
        #[test]
        fn the_last_that_was_said_of_a_cell_holds(cells in prop::collection::vec((0_u32..6, 0_u16..30, 0_u32..4, "[ <&\n_x0-9a字]{0,9}"), 0..60)) {
            let mut out = book();
            let mut page = out.sheet("表", false, Lang::Zh).unwrap();
            let mut model = BTreeMap::new();
            for (row, col, kind, text) in &cells {
                let (row, col) = (*row, *col);
                let value = match kind {
                    0 => {
                        page.blank(row, col, Style::TEXT).unwrap();
                        None
                    }
                    1 => {
                        page.number(row, col, f64::from(row) - 0.1, Style::CELL).unwrap();
                        Some(Value::Number(f64::from(row) - 0.1))
                    }
                    2 => {
                        page.formula_text(row, col, "1+1", text, Style::CELL).unwrap();
                        Some(Value::Text(text.as_str().into()))
                    }
                    _ => {
                        page.text(row, col, text, Style::NOTE).unwrap();
                        Some(Value::Text(text.as_str().into())).filter(|_| !text.is_empty())
                    }
                };
                model.insert(CellRef::new(row, col.into()), value);
            }
            let read = read(&out.save().unwrap());
            let got: BTreeMap<CellRef, Value> = read.sheets.iter().flat_map(|sheet| &sheet.cells).map(|cell| (cell.at, cell.value.clone())).collect();
            let want: BTreeMap<CellRef, Value> = model.into_iter().filter_map(|(at, value)| Some((at, value?))).collect();
            // a formula whose result is nothing may be read as nothing or as an empty text
            let shown = |map: BTreeMap<CellRef, Value>| -> Vec<(CellRef, Value)> { map.into_iter().filter(|(_, value)| *value != Value::Text("".into())).collect() };
            prop_assert_eq!(shown(got), shown(want));
        }
    }
}
