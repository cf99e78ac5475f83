//! 指标对比: on which level and kind of indicator each department loses points.

use super::layout::name_width;
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, cell, col, range, row};
use crate::render::look;
use crate::render::marks;
use crate::render::page::{Figure, Page};
use crate::render::style::{Line, Num, Style};
use crate::render::text;
use crate::render::view::{Key, Matrix, Sums, View, ratio};
use crate::render::words;
use crate::render::workbook::Book;

/// Indicator columns on a sheet: so many fit A4, so many A3; further ones go to a second sheet.
const ON_A4: usize = 12;
const ON_A3: usize = 20;

const ABOUT: About = About {
    name: words::INDICATORS_SHEET,
    title: words::TITLE_INDICATORS,
    number: words::NO_INDICATORS,
    unit: Some(words::UNIT_PERCENT),
    asks: words::ASK_INDICATORS,
    tab: look::BLUE,
    paper: Paper::A4,
};

/// Writes the sheet, or sheets where there are many level-2 indicators.
pub(super) fn write(book: &mut Book, view: &View<'_>) -> Result<(), RenderError> {
    let matrix = &view.matrix;
    let chunks = chunks(matrix);
    let mut taken: Vec<String> = Vec::new();
    for (index, chunk) in chunks.iter().enumerate() {
        let name = text::sheet_name(view.say(ABOUT.name), &taken);
        taken.push(name.clone());
        let next = (index + 1 < chunks.len()).then(|| text::sheet_name(view.say(ABOUT.name), &taken));
        sheet(book, view, matrix, chunk, &name, next.as_deref())?;
    }
    Ok(())
}

/// Columns by sheet. A sheet ends between two groups of columns where that is possible.
fn chunks(matrix: &Matrix) -> Vec<Vec<usize>> {
    let group = |index: usize| matrix.columns.get(index).map(|key| (key.level2.is_some(), &key.level1));
    let mut chunks: Vec<Vec<usize>> = vec![Vec::new()];
    let mut from = 0;
    while from < matrix.columns.len() {
        let is_level1 = matrix.columns.get(from).is_some_and(|key| key.level2.is_none());
        let same = |index: &usize| match matrix.columns.get(*index) {
            Some(key) if is_level1 => key.level2.is_none(),
            _ => group(*index) == group(from),
        };
        let own: Vec<usize> = (from..matrix.columns.len()).take_while(same).collect();
        from += own.len();
        let fits = chunks.last().is_some_and(|last| last.is_empty() || last.len() + own.len() <= ON_A3);
        if !fits {
            chunks.push(Vec::new());
        }
        for index in own {
            if chunks.last().is_some_and(|last| last.len() >= ON_A3) {
                chunks.push(Vec::new());
            }
            if let Some(last) = chunks.last_mut() {
                last.push(index);
            }
        }
    }
    chunks
}

fn head(view: &View<'_>, matrix: &Matrix, chosen: &[usize]) -> Vec<Column> {
    let mut columns = vec![Column::new(view.say(words::DEPARTMENT), name_width(view))];
    for key in chosen.iter().filter_map(|index| matrix.columns.get(*index)) {
        columns.push(column(view, key));
    }
    columns
}

fn column(view: &View<'_>, key: &Key) -> Column {
    let name = |name: &str| super::projects::broken(words::indicator(name, view.imprint.lang));
    match &key.level2 {
        None => Column::of(view.say(words::LEVEL1), name(&key.level1), 9.5),
        Some(level2) => {
            let level1 = words::indicator(&key.level1, view.imprint.lang);
            Column::of(view.fill(words::LEVEL2_OF, &[("level1", level1)]), name(level2), 9.5)
        }
    }
}

fn sheet(
    book: &mut Book,
    view: &View<'_>,
    matrix: &Matrix,
    chosen: &[usize],
    name: &str,
    next: Option<&str>,
) -> Result<(), RenderError> {
    let columns = head(view, matrix, chosen);
    let about = About { paper: if chosen.len() > ON_A4 { Paper::A3 } else { Paper::A4 }, ..ABOUT };
    let mut page = Page::open(book, name, &view.imprint, &about, &columns)?;
    let first = page.heads(HEAD_ROW, &columns)?;
    let width = col(columns.len());
    if matrix.rows.is_empty() || chosen.is_empty() {
        let after = page.nothing(first, width, view.say(words::NO_RANKING))?;
        page.notes(after, &columns, &[view.say(words::INDICATOR_RULE).to_owned()], None)?;
        return Ok(());
    }
    let count = row(matrix.rows.len());
    let last = first + count - 1;
    let notes = notes(view, next);
    // below the table: total, gap, notes; then a block title before each of the two blocks
    let points = last + 2 + row(notes.len()) + 3;
    let weights = points + count + 2;
    let names = name_width(view);
    for (offset, (department, sums)) in (0..).zip(&matrix.rows) {
        let at = first + offset;
        page.text(at, 0, department, Style::TEXT)?;
        for (column, index) in (1..).zip(chosen) {
            let formula =
                format!("IFERROR({}/{},\"—\")", cell(points + offset, column), cell(weights + offset, column));
            page.formula(at, column, &formula, share(sums.get(*index).copied().flatten()), Style::figure(Num::Share))?;
        }
        page.wrap_height(at, ROW, &[(department, Style::TEXT, names)])?;
    }
    total(&mut page, view, matrix, chosen, last + 1, ((points, points + count - 1), (weights, weights + count - 1)))?;
    page.notes(last + 2, &columns, &notes, None)?;
    block(&mut page, view, matrix, chosen, (points, words::POINTS_BLOCK, words::TABLE_3_1), |(score, _)| score)?;
    block(&mut page, view, matrix, chosen, (weights, words::WEIGHTS_BLOCK, words::TABLE_3_2), |(_, weight)| weight)?;
    page.table_behaviour((HEAD_ROW, first - 1), (first, last), 1, width)?;
    marks::heat(page.sheet, ((first, last), (1, width - 1)))
}

fn share(sums: Sums) -> Figure {
    Figure::or_dash(sums.and_then(|(score, weight)| ratio(score.scaled().into(), weight.scaled().into(), 12)))
}

type Rows = (u32, u32);

fn total(
    page: &mut Page<'_>,
    view: &View<'_>,
    matrix: &Matrix,
    chosen: &[usize],
    at: u32,
    (points, weights): (Rows, Rows),
) -> Result<(), RenderError> {
    page.text(at, 0, view.say(words::DISTRICT), Style::TOTAL)?;
    for (column, index) in (1..).zip(chosen) {
        let formula =
            format!("IFERROR(SUM({})/SUM({}),\"—\")", range(None, column, points), range(None, column, weights));
        page.formula(at, column, &formula, share(matrix.total(*index)), Style::total(Num::Share))?;
    }
    page.height(at, 19.0)
}

fn notes(view: &View<'_>, next: Option<&str>) -> Vec<String> {
    let mut notes = vec![view.say(words::INDICATOR_RULE).to_owned(), view.say(words::INDICATOR_DASH).to_owned()];
    if let Some(next) = next {
        notes.push(view.fill(words::INDICATOR_MORE, &[("sheet", next)]));
    }
    notes
}

fn block(
    page: &mut Page<'_>,
    view: &View<'_>,
    matrix: &Matrix,
    chosen: &[usize],
    (first, title, number): (u32, crate::finding::Words, crate::finding::Words),
    pick: impl Fn((crate::quantity::Points, crate::quantity::Points)) -> crate::quantity::Points,
) -> Result<(), RenderError> {
    page.block_title(first - 1, col(chosen.len()), view.say(title), view.say(number))?;
    let names = name_width(view);
    for (offset, (department, sums)) in (0..).zip(&matrix.rows) {
        let at = first + offset;
        let line =
            if usize::try_from(offset).is_ok_and(|n| n + 1 == matrix.rows.len()) { Line::Thick } else { Line::Hair };
        let above = if offset == 0 { Line::Thin } else { Line::None };
        page.text(at, 0, department, Style::TEXT.below(line).above(above))?;
        for (column, index) in (1..).zip(chosen) {
            let value = Figure::or_dash(sums.get(*index).copied().flatten().map(&pick));
            page.figure(at, column, value, Style::figure(Num::Points).below(line).above(above))?;
        }
        page.wrap_height(at, ROW, &[(department, Style::TEXT, names)])?;
    }
    Ok(())
}
