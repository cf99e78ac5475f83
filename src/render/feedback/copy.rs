//! A faulty sheet drawn again with the same addresses: nothing is inserted above or left of it. Marked cells have a fill, a
//! thick border and a note; because notes do not print, the same is said in a column two to the right of the form.

use super::list::set_up;
use super::{Item, RenderError};
use crate::book::{Cell, Sheet, Value};
use crate::finding::Level;
use crate::quantity::{Area, CellRef};
use crate::render::frame::col;
use crate::render::look::{self, Look};
use crate::render::page::Page;
use crate::render::style::{Edge, Fill, Num, Role, Style, Tone};
use crate::render::text;
use crate::render::view::{View, place};
use crate::render::words;
use crate::render::workbook::Book;
use rust_xlsxwriter::Note;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Rows and columns that are drawn at the most; forms are far smaller.
const MOST_ROWS: u32 = 2_000;
const MOST_COLUMNS: u32 = 60;
/// Width of the column with the remarks.
const REMARK_WIDTH: f64 = 46.0;

/// What is drawn of a sheet.
pub(super) struct Drawn {
    /// By row, then column.
    cells: Vec<Cell>,
    merges: Merges,
    rows: u32,
    columns: u32,
    is_cut: bool,
}

/// Merged rectangles that do not overlap, inside of what is drawn, and where each lies.
struct Merges {
    areas: Vec<Area>,
    width: usize,
    /// For each cell, by row, then column, one more than the position of the rectangle that covers it.
    covered: Vec<u32>,
}

impl Merges {
    fn of(sheet: &Sheet) -> Self {
        let wanted = || sheet.merges.iter().filter(|merge| merge.first != merge.last && fits(merge.last));
        let (rows, columns) = extent(wanted().map(|merge| merge.last));
        let [rows, width] = [rows, columns].map(|count| usize::try_from(count).unwrap_or(0));
        let mut this = Self { areas: Vec::new(), width, covered: vec![0; rows * width] };
        for merge in wanted() {
            let places = || {
                let columns = merge.first.col..=merge.last.col;
                (merge.first.row..=merge.last.row)
                    .flat_map(move |row| columns.clone().map(move |col| CellRef::new(row, col)))
            };
            if places().all(|at| this.at(at).is_none()) {
                this.areas.push(*merge);
                let number = u32::try_from(this.areas.len()).unwrap_or(0);
                for at in places() {
                    if let Some(covered) = this.place(at).and_then(|place| this.covered.get_mut(place)) {
                        *covered = number;
                    }
                }
            }
        }
        this
    }

    fn place(&self, at: CellRef) -> Option<usize> {
        let [row, col] = [at.row, at.col].map(usize::try_from);
        let col = col.ok().filter(|col| *col < self.width)?;
        Some(row.ok()? * self.width + col)
    }

    /// The rectangle that covers a cell.
    fn at(&self, at: CellRef) -> Option<&Area> {
        let number = *self.covered.get(self.place(at)?)?;
        self.areas.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }
}

fn fits(at: CellRef) -> bool {
    at.row < MOST_ROWS && at.col < MOST_COLUMNS
}

/// Rows and columns that hold these cells.
fn extent(cells: impl Iterator<Item = CellRef>) -> (u32, u32) {
    cells.fold((0, 0), |(rows, columns), at| (rows.max(at.row + 1), columns.max(at.col + 1)))
}

impl Drawn {
    /// Takes what fits.
    pub(super) fn of(sheet: &Sheet) -> Self {
        let merges = Merges::of(sheet);
        let cells: Vec<Cell> = sheet.cells.iter().filter(|cell| fits(cell.at)).cloned().collect();
        let (rows, columns) =
            extent(cells.iter().map(|cell| cell.at).chain(merges.areas.iter().map(|merge| merge.last)));
        let is_cut = cells.len() < sheet.cells.len();
        Self { cells, merges, rows, columns, is_cut }
    }

    /// The first row of the form's grid: with two cells or more; what stands above is title and meta.
    fn grid_from(&self) -> u32 {
        let rows = self.cells.chunk_by(|a, b| a.at.row == b.at.row);
        rows.filter(|row| row.len() > 1).find_map(|row| row.first()).map_or(0, |cell| cell.at.row)
    }

    /// Widths from what stands in unmerged cells, and the column's share of merged ones, within 8 and 26 characters.
    fn widths(&self) -> Vec<f64> {
        let mut widths = vec![8.0_f64; usize::try_from(self.columns).unwrap_or(0)];
        for cell in &self.cells {
            let at = cell.at;
            if self.merges.at(at).is_some_and(|merge| merge.first == at && merge.cols() > 1) {
                continue;
            }
            let longest = shown(&cell.value).split('\n').map(text::half_widths).max().unwrap_or(0);
            let wanted = f64::from(u32::try_from(longest).unwrap_or(200)) + 1.5;
            if let Some(width) = usize::try_from(at.col).ok().and_then(|col| widths.get_mut(col)) {
                *width = width.max(wanted).min(26.0);
            }
        }
        widths
    }
}

/// What a cell shows, as text.
fn shown(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) | Value::Error(text) => Cow::Borrowed(text),
        Value::Number(number) => number.to_string().into(),
        Value::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.into(),
        Value::Date { iso, .. } => iso.strip_suffix("T00:00:00").unwrap_or(iso).into(),
        Value::Formula(formula) => format!("={formula}").into(),
    }
}

/// Number of a finding in a circle, as far as there are such characters.
fn circled(number: usize) -> String {
    let offset = match u32::try_from(number) {
        Ok(n @ 1..=20) => Some(0x2460 + n - 1),
        Ok(n @ 21..=35) => Some(0x3251 + n - 21),
        Ok(n @ 36..=50) => Some(0x32B1 + n - 36),
        _ => None,
    };
    offset.and_then(char::from_u32).map_or_else(|| format!("({number})"), String::from)
}

/// Draws the sheet.
pub(super) fn write(
    book: &mut Book,
    view: &View<'_>,
    file: u32,
    name: &str,
    drawn: &Drawn,
    items: &[Item<'_, '_>],
) -> Result<(), RenderError> {
    let mut marks: BTreeMap<CellRef, Vec<&Item<'_, '_>>> = BTreeMap::new();
    for item in items {
        if let Some(target) = item.target.as_ref().filter(|target| target.sheet == name) {
            marks.entry(target.cell).or_default().push(item);
        }
    }
    let mut page = book.sheet(name, false, view.imprint.lang)?;
    let widths = drawn.widths();
    for (index, width) in widths.iter().enumerate() {
        page.sheet.set_column_width(col(index), *width)?;
    }
    form(&mut page, drawn, &marks, &widths)?;
    let remarks = col(usize::try_from(drawn.columns).unwrap_or(0) + 1);
    page.sheet.set_column_width(remarks - 1, 2.5)?;
    page.sheet.set_column_width(remarks, REMARK_WIDTH)?;
    let small = Style { role: Role::Small, ..Style::BODY };
    page.sheet_link(
        0,
        remarks,
        view.say(words::BACK_TO_LIST),
        view.say(words::FIX_LIST),
        Style { tone: Tone::Link, ..small },
    )?;
    let hint = if drawn.is_cut {
        let (rows, columns) = (MOST_ROWS.to_string(), MOST_COLUMNS.to_string());
        view.fill(words::COPY_CUT, &[("rows", &rows), ("columns", &columns)])
    } else {
        view.say(words::COPY_HINT).to_owned()
    };
    page.text(1, remarks, &hint, Style { tone: Tone::Muted, ..small })?;
    say_beside(&mut page, view, &marks, remarks)?;
    let bottom = marks.keys().map(|at| at.row).max().unwrap_or(0).max(drawn.rows.saturating_sub(1)).max(1);
    page.sheet.set_print_area(0, 0, bottom, remarks)?;
    page.sheet.set_tab_color(look::GREY);
    let path = place(view.file(file), None, None);
    set_up(&mut page, &view.fill(words::FEEDBACK_COPY_FOOT, &[("file", &path)]), name);
    Ok(())
}

type Marks<'m, 'l, 'a> = BTreeMap<CellRef, Vec<&'m Item<'l, 'a>>>;

fn form(page: &mut Page<'_>, drawn: &Drawn, marks: &Marks<'_, '_, '_>, widths: &[f64]) -> Result<(), RenderError> {
    let grid_from = drawn.grid_from();
    let mark_in = |area: &Area| {
        let levels = marks.iter().filter(|(at, _)| area.contains(**at)).flat_map(|(_, items)| items);
        levels.map(|item| item.line.level).max()
    };
    let mut cells = drawn.cells.iter().peekable();
    for row in 0..drawn.rows {
        let mut height: f64 = 18.0;
        for column in 0..drawn.columns {
            let at = CellRef::new(row, column);
            let cell = cells.next_if(|cell| cell.at == at);
            let merge = drawn.merges.at(at);
            if merge.is_some_and(|merge| merge.first != at) {
                continue;
            }
            let area = merge.copied().unwrap_or(Area::cell(at));
            let shown = cell.map(|cell| shown(&cell.value)).unwrap_or_default();
            let style = style(cell, &shown, row >= grid_from, row == 0 && grid_from > 0, mark_in(&area));
            draw(page, cell, &shown, &area, style)?;
            let width: f64 = (area.first.col..=area.last.col)
                .filter_map(|col| usize::try_from(col).ok().and_then(|col| widths.get(col)))
                .sum();
            if cell.is_some() && area.rows() == 1 {
                height = height.max(f64::from(text::lines(&shown, Look::size(style.role), width)) * 13.0 + 5.0);
            }
        }
        page.height(row, height.min(300.0))?;
    }
    // marked cells outside of everything the sheet holds
    for (at, items) in marks.iter().filter(|(at, _)| at.row >= drawn.rows || at.col >= drawn.columns) {
        if at.row < MOST_ROWS && at.col < MOST_COLUMNS {
            let level = items.iter().map(|item| item.line.level).max();
            draw(page, None, "", &Area::cell(*at), style(None, "", true, false, level))?;
        }
    }
    Ok(())
}

fn style(cell: Option<&Cell>, shown: &str, in_grid: bool, is_title: bool, mark: Option<Level>) -> Style {
    let is_number = matches!(cell.map(|cell| &cell.value), Some(Value::Number(_)));
    let num = if cell.is_some_and(|cell| cell.percent) { Num::Rate } else { Num::General };
    let long = text::half_widths(shown) > 40;
    let base = Style { wrap: !is_number, num, edge: if in_grid { Edge::Grid } else { Edge::None }, ..Style::BODY };
    let base = if is_number {
        base.right()
    } else if long {
        base
    } else {
        base.centred()
    };
    let base = if is_title { Style { role: Role::Title, bold: true, ..base } } else { base };
    match mark {
        Some(Level::Error) => Style { edge: Edge::Mark, bold: true, ..base }.filled(Fill::Error),
        Some(Level::Warning) => Style { edge: Edge::Mark, bold: true, ..base }.filled(Fill::Warn),
        Some(Level::Info) => Style { edge: Edge::Mark, ..base },
        None => base,
    }
}

fn draw(page: &mut Page<'_>, cell: Option<&Cell>, shown: &str, area: &Area, style: Style) -> Result<(), RenderError> {
    let column = |col: u32| u16::try_from(col).unwrap_or(u16::MAX);
    let (row, first) = (area.first.row, column(area.first.col));
    if area.first != area.last {
        page.block((row, area.last.row), (first, column(area.last.col)), "", style)?;
    }
    match cell.map(|cell| &cell.value) {
        None => page.blank(row, first, style),
        Some(Value::Number(number)) => page.number(row, first, *number, style),
        Some(_) => page.text(row, first, shown, style),
    }
}

fn say_beside(page: &mut Page<'_>, view: &View<'_>, marks: &Marks<'_, '_, '_>, column: u16) -> Result<(), RenderError> {
    let mut beside: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (at, items) in marks {
        let mut notes = Vec::new();
        for item in items {
            let said = &item.said;
            let place = at.to_string();
            let args = [
                ("mark", circled(item.number)),
                ("level", said.level.clone()),
                ("cell", place),
                ("problem", said.problem.clone()),
            ];
            let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            beside.entry(at.row).or_default().push(view.fill(words::REMARK_OF, &args));
            let number = item.number.to_string();
            notes.push(view.fill(
                words::NOTE_OF,
                &[
                    ("n", &number),
                    ("level", &said.level),
                    ("problem", &said.problem),
                    ("given", &said.given),
                    ("expected", &said.expected),
                    ("todo", &said.to_do),
                ],
            ));
        }
        let said: String = notes.join("\n\n").chars().take(2_000).collect();
        let note = Note::new(said).add_author_prefix(false).set_width(300).set_height(150);
        let col = u16::try_from(at.col).unwrap_or(u16::MAX);
        page.sheet.insert_note(at.row, col, &note)?;
    }
    let style =
        Style { role: Role::Small, tone: Tone::Accent, wrap: true, edge: Edge::Remark, indent: 1, ..Style::BODY };
    for (row, said) in beside.into_iter().filter(|(row, _)| *row > 1) {
        let said = said.join("\n");
        page.text(row, column, &said, style)?;
        let needed = f64::from(text::lines(&said, Look::size(Role::Small), REMARK_WIDTH - 1.5)) * 12.0 + 6.0;
        if needed > 18.0 {
            page.height(row, needed.min(300.0))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::circled;

    #[test]
    fn numbers_are_circled_as_far_as_characters_go() {
        assert_eq!(
            (circled(1), circled(20), circled(21), circled(36)),
            ("①".into(), "⑳".into(), "㉑".into(), "㊱".into())
        );
        assert_eq!(circled(51), "(51)");
    }
}
