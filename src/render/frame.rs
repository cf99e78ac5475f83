//! The frame that all sheets share: title, meta line, question, heads, notes, print set-up.
//!
//! Row 1 title; 2 who, which year, data of when | number of the table and unit; 3 the question | link back; then heads and
//! rows; below them a gap of 6 points and the notes. Merges only in title, heads, block titles and notes, never in data.

use super::RenderError;
use super::imprint::Imprint;
use super::look::Look;
use super::page::Page;
use super::style::{Align, Fill, Line, Role, Style, Tone};
use super::text;
use super::words::{self, fill};
use super::workbook::Book;
use crate::finding::Words;
use crate::quantity::{CellRef, column_name};

/// Row of the first head, from 0.
pub(crate) const HEAD_ROW: u32 = 3;
/// Height of an ordinary row.
pub(crate) const ROW: f64 = 17.5;
/// Rows that a sheet can hold.
pub(crate) const SHEET_ROWS: u32 = 1_048_576;
/// Rows of a table on one sheet at the most; the rest of a sheet is for heads and notes.
pub(crate) const MOST_ROWS: usize = SHEET_ROWS as usize - 100;

/// Paper of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paper {
    /// A4 landscape, fitted to the width.
    A4,
    /// A4 landscape, exactly one page.
    A4OnePage,
    /// A4 portrait.
    A4Portrait,
    /// A3 landscape.
    A3,
}

/// What a sheet is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About {
    /// Name of the sheet.
    pub(crate) name: Words,
    /// Title with `{place}` and `{year}`.
    pub(crate) title: Words,
    /// Number of the table.
    pub(crate) number: Words,
    /// Unit.
    pub(crate) unit: Option<Words>,
    /// The question it answers.
    pub(crate) asks: Words,
    /// Colour of its tab.
    pub(crate) tab: u32,
    /// Paper.
    pub(crate) paper: Paper,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Its head.
    pub(crate) head: String,
    /// The group above its head.
    pub(crate) group: Option<String>,
    /// Its width in characters.
    pub(crate) width: f64,
}

impl Column {
    /// A column without a group.
    pub(crate) fn new(head: impl Into<String>, width: f64) -> Self {
        Self { head: head.into(), group: None, width }
    }

    /// A column below a group.
    pub(crate) fn of(group: impl Into<String>, head: impl Into<String>, width: f64) -> Self {
        Self { head: head.into(), group: Some(group.into()), width }
    }
}

/// Number of a column from its place in a list.
pub(crate) fn col(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

/// Number of a row from its place in a list.
pub(crate) fn row(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// An address such as `$D6`: the row fixed or not.
pub(crate) fn cell(row: u32, col: u16) -> String {
    CellRef::new(row, col.into()).to_string()
}

/// A column of rows, fixed: `$C$6:$C$145`; with a sheet `'项目得分'!$C$6:$C$145`.
pub(crate) fn range(sheet: Option<&str>, col: u16, (first, last): (u32, u32)) -> String {
    let name = column_name(col.into());
    let area = format!("${name}${}:${name}${}", first + 1, last + 1);
    match sheet {
        Some(sheet) => format!("{}!{area}", text::quoted_sheet(sheet)),
        None => area,
    }
}

/// From here on the rows of a table leave memory while its sheet is written.
const LONG: usize = 1_000;

/// A3 where a table would be printed on A4 at less than 70 %: 1,036 pixels fit between the margins of A4 landscape.
fn fitting(paper: Paper, columns: &[Column], page: &Page<'_>) -> Paper {
    let pixels: f64 = columns.iter().map(|column| page.width(column.width) * 7.0 + 5.0).sum();
    match paper {
        Paper::A4 if pixels * 0.7 > 1036.0 => Paper::A3,
        Paper::A4 | Paper::A4OnePage | Paper::A4Portrait | Paper::A3 => paper,
    }
}

impl<'s> Page<'s> {
    /// The page of a new sheet with its frame above the heads: title, meta line, question, print set-up, widths.
    pub(crate) fn open(
        book: &'s mut Book,
        name: &str,
        imprint: &Imprint,
        about: &About,
        columns: &[Column],
    ) -> Result<Self, RenderError> {
        Self::open_for(0, book, name, imprint, about, columns)
    }

    /// The same for a table of so many rows; those of a long one must be written in order.
    pub(crate) fn open_for(
        rows: usize,
        book: &'s mut Book,
        name: &str,
        imprint: &Imprint,
        about: &About,
        columns: &[Column],
    ) -> Result<Self, RenderError> {
        let lang = imprint.lang;
        let mut page = book.sheet(name, rows > LONG, lang)?;
        for (index, column) in columns.iter().enumerate() {
            page.sheet.set_column_width(col(index), page.width(column.width))?;
        }
        let about = &About { paper: fitting(about.paper, columns, &page), ..*about };
        page.set_up(imprint, about);
        let last = col(columns.len().saturating_sub(1));
        page.across(
            0,
            (0, last),
            &imprint.title(about.title),
            Style { role: Role::Title, bold: true, ..Style::BODY }.centred(),
        )?;
        page.height(0, 32.0)?;
        let meta = Style { role: Role::Small, tone: Tone::Muted, ..Style::BODY };
        page.text(1, 0, &imprint.meta(), meta)?;
        let unit = about.unit.map(|unit| format!("　　{}", unit.get(lang))).unwrap_or_default();
        page.text(1, last, &format!("{}{unit}", about.number.get(lang)), meta.right())?;
        page.height(1, 17.0)?;
        page.text(2, 0, &fill(words::ASK, lang, &[("question", about.asks.get(lang))]), meta)?;
        if about.paper != Paper::A4OnePage {
            let back = Style { tone: Tone::Link, ..meta }.right();
            page.sheet_link(2, last, words::BACK.get(lang), words::OVERVIEW.get(lang), back)?;
        }
        page.height(2, 17.0)?;
        Ok(page)
    }

    fn set_up(&mut self, imprint: &Imprint, about: &About) {
        let lang = self.lang;
        let paper = match about.paper {
            Paper::A3 => 8,
            Paper::A4 | Paper::A4OnePage | Paper::A4Portrait => 9,
        };
        self.paper = match about.paper {
            Paper::A4 => Some((1036.0, 680.0)),
            Paper::A3 => Some((1500.0, 1009.0)),
            Paper::A4OnePage | Paper::A4Portrait => None,
        };
        let sheet = &mut *self.sheet;
        sheet.set_paper_size(paper);
        if about.paper == Paper::A4Portrait {
            sheet.set_portrait();
        } else {
            sheet.set_landscape();
        }
        sheet.set_print_fit_to_pages(1, u16::from(about.paper == Paper::A4OnePage));
        sheet.set_margins(0.453, 0.453, 0.59, 0.59, 0.3, 0.3);
        sheet.set_print_center_horizontally(true);
        sheet.set_screen_gridlines(false);
        sheet.set_tab_color(about.tab);
        // A blank behind the size: digits of the text would otherwise be read as part of it.
        let bureau = imprint.bureau.replace('&', "&&");
        let left = fill(words::FOOT_LEFT, lang, &[("bureau", &bureau), ("date", &imprint.as_of())]);
        let left: String = left.trim().chars().take(80).collect();
        sheet.set_footer(format!("&L&8 {left}&C&8 {}&R&8 &A", words::FOOT_PAGE.get(lang)));
    }

    /// Heads of a table from `row` on; two rows where a column has a group. Returns the row below them.
    pub(crate) fn heads(&mut self, row: u32, columns: &[Column]) -> Result<u32, RenderError> {
        let plain = Style::HEAD.above(Line::Thick).below(Line::Thin);
        if columns.iter().all(|column| column.group.is_none()) {
            for (index, column) in columns.iter().enumerate() {
                self.text(row, col(index), &column.head, plain)?;
            }
            let size = Look::size(Role::Head);
            let is_broken = |column: &Column| {
                column.head.contains('\n')
                    || column.width >= 1.0 && text::lines(&column.head, size, self.width(column.width)) > 1
            };
            let height = if columns.iter().any(is_broken) { 32.0 } else { 21.0 };
            self.height(row, height)?;
            return Ok(row + 1);
        }
        // The upper row as a whole before the lower one: a long sheet takes rows in order only.
        let mut index = 0;
        let mut lines = 1;
        let mut below = Vec::new();
        while let Some(column) = columns.get(index) {
            let Some(group) = &column.group else {
                self.block((row, row + 1), (col(index), col(index)), &column.head, plain)?;
                index += 1;
                continue;
            };
            let count = columns.iter().skip(index).take_while(|next| next.group.as_ref() == Some(group)).count();
            let above = Style::HEAD.above(Line::Thick).below(Line::Dashed);
            let width: f64 = columns.iter().skip(index).take(count).map(|member| self.width(member.width)).sum();
            lines = lines.max(text::lines(group, Look::size(Role::Head), width));
            self.across(row, (col(index), col(index + count - 1)), group, above)?;
            below.extend((index..).zip(columns.iter().skip(index).take(count)));
            index += count;
        }
        self.height(row, if lines > 1 { 31.0 } else { 18.0 })?;
        for (index, member) in below {
            self.text(row + 1, col(index), &member.head, Style::HEAD.below(Line::Thin))?;
        }
        self.height(row + 1, 31.0)?;
        Ok(row + 2)
    }

    /// Title of a block, with the number of its table at the right. Returns the row below it.
    pub(crate) fn block_title(&mut self, row: u32, last: u16, title: &str, number: &str) -> Result<u32, RenderError> {
        self.text(row, 0, title, Style { role: Role::Block, bold: true, ..Style::BODY })?;
        if !number.is_empty() {
            self.text(row, last, number, Style { role: Role::Small, tone: Tone::Muted, ..Style::BODY }.right())?;
        }
        self.height(row, 24.0)?;
        Ok(row + 1)
    }

    /// One line in place of the rows of a table that has none. Returns the row below it.
    pub(crate) fn nothing(&mut self, row: u32, columns: u16, said: &str) -> Result<u32, RenderError> {
        let style = Style { tone: Tone::Muted, below: Line::Thick, ..Style::BODY };
        self.rule(row, (0, columns.saturating_sub(1)), style)?;
        self.text(row, 0, said, style)?;
        self.height(row, ROW)?;
        Ok(row + 1)
    }

    /// The notes below the last row, numbered, and the print area. Returns the last row used.
    pub(crate) fn notes(
        &mut self,
        row: u32,
        columns: &[Column],
        notes: &[String],
        source: Option<&str>,
    ) -> Result<u32, RenderError> {
        let last = col(columns.len().saturating_sub(1));
        let total: f64 = columns.iter().map(|column| self.width(column.width)).sum();
        let style = Style { role: Role::Small, tone: Tone::Muted, wrap: true, ..Style::BODY };
        // the thick line that closes the table, also where no total does
        self.rule(row, (0, last), Style::BODY.above(Line::Thick))?;
        self.height(row, 6.0)?;
        let mut at = row;
        let lang = self.lang;
        let numbered = notes.iter().enumerate().map(|(index, text)| match (index, notes.len()) {
            (0, 1) => fill(words::NOTE_ONLY, lang, &[("text", text)]),
            (0, _) => fill(words::NOTE_1, lang, &[("text", text)]),
            (n, _) => fill(words::NOTE_N, lang, &[("n", &(n + 1).to_string()), ("text", text)]),
        });
        for line in numbered.chain(source.map(|text| fill(words::SOURCES, lang, &[("text", text)]))) {
            at += 1;
            self.across(at, (0, last), &line, style)?;
            let needed = f64::from(text::lines(&line, Look::size(Role::Small), total)) * 13.0 + 2.0;
            self.height(at, needed)?;
        }
        self.sheet.set_print_area(0, 0, at, last)?;
        self.fit_one_page(columns);
        Ok(at)
    }

    /// A table that would reach a little beyond its page is fitted to one page, as long as it prints at 68 % or more.
    fn fit_one_page(&mut self, columns: &[Column]) {
        let Some((across, down)) = self.paper else { return };
        let pixels: f64 = columns.iter().map(|column| self.width(column.width) * 7.0 + 5.0).sum();
        let scale = (across / pixels).min(1.0);
        // a pixel is three quarters of a point
        let pages = self.tall * scale / (down * 0.75);
        if pages > 0.96 && scale / pages >= 0.68 {
            self.sheet.set_print_fit_to_pages(1, 1);
        }
    }

    /// Freezes the heads and the first columns, repeats the heads in print, and filters the rows below them.
    pub(crate) fn table_behaviour(
        &mut self,
        (head_top, head_bottom): (u32, u32),
        (first, last): (u32, u32),
        frozen: u16,
        columns: u16,
    ) -> Result<(), RenderError> {
        self.sheet.set_freeze_panes(first, frozen)?;
        self.sheet.set_repeat_rows(head_top, head_bottom)?;
        self.sheet.autofilter(head_bottom, 0, last.max(first), columns.saturating_sub(1))?;
        Ok(())
    }

    /// A fill for cells of a card or an answer.
    pub(crate) const fn card(role: Role, tone: Tone, above: Line) -> Style {
        Style { role, tone, above, fill: Fill::Card, align: Align::Centre, ..Style::BODY }
    }
}
