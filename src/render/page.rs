//! A worksheet with cells that cannot go wrong: text never becomes a formula, a figure is finite or a mark, links are
//! escaped, every cell that is seen has a style.

use super::RenderError;
use super::look::Look;
use super::style::{Align, Style, Tone};
use super::text;
use super::words;
use super::workbook::{Answer, Cells, Formula, Link, Shared};
use crate::finding::Lang;
use crate::quantity::{Area, CellRef, Decimal, Money, Points};
use rust_xlsxwriter::Worksheet;

/// Links that a worksheet may hold.
const MOST_LINKS: u32 = 65_530;
/// Shown where something does not exist or does not apply.
pub(crate) const NOT_APPLICABLE: &str = "—";
/// Shown where something was not handed in, not filled in, or cannot be computed.
pub(crate) const MISSING: &str = "…";

/// A figure of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Figure {
    /// Money, stored in 万元, exactly.
    Money(Money),
    /// Points.
    Points(Points),
    /// A rate, share or unrounded score.
    Number(Decimal),
    /// A count, a rank, a difference of ranks.
    Count(i64),
    /// `—`
    NotApplicable,
    /// `…`
    Missing,
}

impl Figure {
    /// The value, or `…` where there is none.
    pub(crate) fn or_missing<T: Into<Self>>(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }

    /// The value, or `—` where there is none.
    pub(crate) fn or_dash<T: Into<Self>>(value: Option<T>) -> Self {
        value.map_or(Self::NotApplicable, Into::into)
    }

    /// The mark, if it is one.
    const fn mark(self) -> Option<&'static str> {
        match self {
            Self::NotApplicable => Some(NOT_APPLICABLE),
            Self::Missing => Some(MISSING),
            Self::Money(_) | Self::Points(_) | Self::Number(_) | Self::Count(_) => None,
        }
    }

    fn number(self) -> f64 {
        match self {
            Self::Money(money) => money.yuan().shift(-4).map_or(f64::NAN, Decimal::to_f64),
            Self::Points(points) => points.decimal().to_f64(),
            Self::Number(decimal) => decimal.to_f64(),
            Self::Count(n) => Decimal::from_int(n).to_f64(),
            Self::NotApplicable | Self::Missing => f64::NAN,
        }
    }
}

impl From<Money> for Figure {
    fn from(value: Money) -> Self {
        Self::Money(value)
    }
}

impl From<Points> for Figure {
    fn from(value: Points) -> Self {
        Self::Points(value)
    }
}

impl From<Decimal> for Figure {
    fn from(value: Decimal) -> Self {
        Self::Number(value)
    }
}

impl From<u32> for Figure {
    fn from(value: u32) -> Self {
        Self::Count(value.into())
    }
}

impl From<i64> for Figure {
    fn from(value: i64) -> Self {
        Self::Count(value)
    }
}

/// A worksheet under work.
pub(crate) struct Page<'s> {
    /// The sheet itself, for all but its cells.
    pub(crate) sheet: &'s mut Worksheet,
    /// Faces and formats.
    pub(crate) look: Look,
    /// Language.
    pub(crate) lang: Lang,
    /// Whether formulas are written; else their results, where a sheet cannot hold all rows that they would sum.
    pub(crate) is_live: bool,
    /// Whether charts show figures of this sheet: a chart keeps a copy of them, which the library takes from cells it knows.
    pub(crate) feeds_charts: bool,
    /// Heights of all rows so far, in points.
    pub(crate) tall: f64,
    /// Pixels between the margins of the paper, across and down; none where the sheet has its own set-up.
    pub(crate) paper: Option<(f64, f64)>,
    cells: &'s mut Cells,
    shared: &'s mut Shared,
}

impl<'s> Page<'s> {
    /// On a fresh sheet.
    pub(super) fn new(
        sheet: &'s mut Worksheet,
        cells: &'s mut Cells,
        shared: &'s mut Shared,
        (look, lang): (Look, Lang),
    ) -> Self {
        Self { sheet, look, lang, is_live: true, feeds_charts: false, tall: 0.0, paper: None, cells, shared }
    }

    /// Text as text, whatever it looks like.
    pub(crate) fn text(&mut self, row: u32, col: u16, value: &str, style: Style) -> Result<(), RenderError> {
        if value.is_empty() {
            return self.blank(row, col, style);
        }
        let value = text::fit_cell(value, self.lang);
        let style = Style { quote: style.quote || text::needs_quote(&value), ..style };
        if self.feeds_charts {
            self.sheet.write_string(row, col, value.as_ref())?;
        }
        let (format, text) = (self.shared.format(style), self.shared.strings.id(&value)?);
        self.cells.text(row, col, format, text)
    }

    /// Text in a hidden column, for programs: without a style of its own, unless it looks like something else than text.
    pub(crate) fn unseen(&mut self, row: u32, col: u16, value: &str) -> Result<(), RenderError> {
        if value.is_empty() {
            return Ok(());
        }
        if text::needs_quote(value) {
            return self.text(row, col, value, Style::BODY);
        }
        let value = text::fit_cell(value, self.lang);
        let text = self.shared.strings.id(&value)?;
        self.cells.text(row, col, 0, text)
    }

    /// A cell that holds only its lines and fill.
    pub(crate) fn blank(&mut self, row: u32, col: u16, style: Style) -> Result<(), RenderError> {
        self.cells.blank(row, col, self.shared.format(style))
    }

    /// A figure, or its mark in the colour of marks.
    pub(crate) fn figure(
        &mut self,
        row: u32,
        col: u16,
        value: impl Into<Figure>,
        style: Style,
    ) -> Result<(), RenderError> {
        let value = value.into();
        if let Some(mark) = value.mark() {
            return self.text(row, col, mark, Style { tone: Tone::Muted, bold: style.bold, ..style });
        }
        self.number(row, col, value.number(), style)
    }

    /// A live formula, without the leading `=`, and its result as the tables have it.
    pub(crate) fn formula(
        &mut self,
        row: u32,
        col: u16,
        formula: &(impl Formula + ?Sized),
        result: impl Into<Figure>,
        style: Style,
    ) -> Result<(), RenderError> {
        let result = result.into();
        if !self.is_live {
            return self.figure(row, col, result, style);
        }
        let (answer, style) = match result.mark() {
            Some(mark) => (Answer::Text(mark), style.muted()),
            None => (Answer::Number(self.finite(row, col, result.number())?), style),
        };
        self.cells.formula(row, col, self.shared.format(style), (formula, answer))
    }

    /// A live formula that yields text.
    pub(crate) fn formula_text(
        &mut self,
        row: u32,
        col: u16,
        formula: &(impl Formula + ?Sized),
        result: &str,
        style: Style,
    ) -> Result<(), RenderError> {
        let style = if result == NOT_APPLICABLE || result == MISSING { style.muted() } else { style };
        if !self.is_live {
            return self.text(row, col, result, style);
        }
        self.cells.formula(row, col, self.shared.format(style), (formula, Answer::Text(result)))
    }

    fn finite(&self, row: u32, col: u16, number: f64) -> Result<f64, RenderError> {
        if number.is_finite() {
            return Ok(number);
        }
        Err(RenderError::NotFinite { sheet: self.sheet.name(), cell: CellRef::new(row, col.into()).to_string() })
    }

    /// A number as a form has it, general or as percent.
    pub(crate) fn number(&mut self, row: u32, col: u16, value: f64, style: Style) -> Result<(), RenderError> {
        let value = self.finite(row, col, value)?;
        if self.feeds_charts {
            self.sheet.write_number(row, col, value)?;
        }
        self.cells.number(row, col, self.shared.format(style), value)
    }

    /// A link to a file beside the workbook; text only where there is no link or a sheet can hold no more of them.
    pub(crate) fn file_link(
        &mut self,
        row: u32,
        col: u16,
        value: &str,
        link: Option<&Link>,
        style: Style,
    ) -> Result<(), RenderError> {
        let Some(link) = link.filter(|_| self.cells.links() < MOST_LINKS && !value.is_empty()) else {
            return self.text(row, col, value, Style { tone: Tone::Ink, ..style });
        };
        self.cells.link(row, col, link, (value, Some(words::OPEN_SOURCE.get(self.lang))));
        self.text(row, col, value, Style { quote: false, ..style })
    }

    /// A link to another sheet.
    pub(crate) fn sheet_link(
        &mut self,
        row: u32,
        col: u16,
        value: &str,
        sheet: &str,
        style: Style,
    ) -> Result<(), RenderError> {
        self.cell_link(row, col, value, (sheet, "A1"), style)
    }

    /// A link to a cell of another sheet.
    pub(crate) fn cell_link(
        &mut self,
        row: u32,
        col: u16,
        value: &str,
        (sheet, cell): (&str, &str),
        style: Style,
    ) -> Result<(), RenderError> {
        let place = Link::Place(format!("{}!{cell}", text::quoted_sheet(sheet)));
        self.cells.link(row, col, &place, (value, None));
        self.text(row, col, value, style)
    }

    /// Text across columns; a plain cell where there is only one.
    pub(crate) fn across(
        &mut self,
        row: u32,
        (first, last): (u16, u16),
        value: &str,
        style: Style,
    ) -> Result<(), RenderError> {
        self.block((row, row), (first, last), value, style)
    }

    /// Text across rows and columns.
    pub(crate) fn block(
        &mut self,
        (top, bottom): (u32, u32),
        (first, last): (u16, u16),
        value: &str,
        style: Style,
    ) -> Result<(), RenderError> {
        if top == bottom && first == last {
            return self.text(top, first, value, style);
        }
        let value = text::fit_cell(value, self.lang);
        let style = Style { quote: style.quote || text::needs_quote(&value), ..style };
        let text = if value.is_empty() { None } else { Some(self.shared.strings.id(&value)?) };
        let area = Area::new(CellRef::new(top, first.into()), CellRef::new(bottom, last.into()));
        self.cells.merge(area, self.shared.format(style), text)
    }

    /// Height of a row in points.
    pub(crate) fn height(&mut self, row: u32, points: f64) -> Result<(), RenderError> {
        self.tall += points;
        if !self.cells.is_long() {
            // charts and notes are placed by the heights of rows
            self.sheet.set_row_height(row, points)?;
        }
        self.cells.height(row, points)
    }

    /// Width of a column in characters: English words need a quarter more.
    pub(crate) fn width(&self, characters: f64) -> f64 {
        match self.lang {
            Lang::Zh => characters,
            Lang::En => characters * 1.25,
        }
    }

    /// Height that the longest of some texts needs, each with the width of its cell before [`Self::width`]: 1.3 times its size
    /// a line and 4 beyond, at least `least`.
    pub(crate) fn needed_height(&self, least: f64, cells: &[(&str, Style, f64)]) -> f64 {
        // A link that is too long for its cell is shown smaller: programs do not agree on breaking links into lines.
        let broken = cells.iter().filter(|(_, style, _)| style.tone != Tone::Link);
        let needed = broken.map(|(value, style, width)| {
            let size = Look::size(style.role);
            match text::lines(value, size, self.width(*width) - f64::from(style.indent) * 1.3) {
                0 | 1 => least,
                lines => f64::from(lines) * size * 1.3 + 4.0,
            }
        });
        needed.fold(least, f64::max).min(409.0)
    }

    /// Gives a row the height that its texts need.
    pub(crate) fn wrap_height(
        &mut self,
        row: u32,
        least: f64,
        cells: &[(&str, Style, f64)],
    ) -> Result<(), RenderError> {
        self.height(row, self.needed_height(least, cells))
    }

    /// Cells of a row that hold only the style's lines, so that a rule runs through.
    pub(crate) fn rule(&mut self, row: u32, (first, last): (u16, u16), style: Style) -> Result<(), RenderError> {
        for col in first..=last {
            self.blank(row, col, Style { align: Align::Left, ..style })?;
        }
        Ok(())
    }
}
