//! 未识别内容: figures of recognised forms that no column claimed, and remarks made while reading.

use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, MOST_ROWS, Paper, ROW, col, row as row_number};
use crate::render::look;
use crate::render::page::Page;
use crate::render::style::Style;
use crate::render::text;
use crate::render::view::{FindingLine, View, place};
use crate::render::words;
use crate::render::workbook::Book;

const ABOUT: About = About {
    name: words::UNREAD,
    title: words::TITLE_UNREAD,
    number: words::NO_UNREAD,
    unit: Some(words::UNIT_PLACES),
    asks: words::ASK_UNREAD,
    tab: look::GREY,
    paper: Paper::A4,
};
const WIDTHS: [f64; 5] = [22.0, 44.0, 11.0, 60.0, 38.0];

/// Writes the sheet from the findings of the reading rules.
pub(super) fn write(book: &mut Book, view: &View<'_>) -> Result<(), RenderError> {
    let names = [words::DEPARTMENT, words::FILE_SHEET, words::CELLS, words::CONTENT, words::TO_DO];
    let columns: Vec<Column> =
        names.into_iter().zip(WIDTHS).map(|(name, width)| Column::new(view.say(name), width)).collect();
    let reading: Vec<&FindingLine<'_>> = view
        .findings
        .iter()
        .filter(|line| crate::finding::catalogue::reading::RULES.iter().any(|rule| rule.code == &*line.row.rule))
        .collect();
    let mut taken = Vec::new();
    let chunks: Vec<&[&FindingLine<'_>]> =
        if reading.is_empty() { vec![&[]] } else { reading.chunks(MOST_ROWS).collect() };
    for chunk in chunks {
        let name = text::sheet_name(view.say(ABOUT.name), &taken);
        let mut page = Page::open_for(chunk.len(), book, &name, &view.imprint, &ABOUT, &columns)?;
        taken.push(name);
        let first = page.heads(HEAD_ROW, &columns)?;
        if chunk.is_empty() {
            page.nothing(first, col(columns.len()), view.say(words::NOTHING_UNREAD))?;
        }
        for (row, line) in (first..).zip(chunk) {
            unread_row(&mut page, view, row, line)?;
        }
        let last = first + row_number(chunk.len().max(1)) - 1;
        page.notes(last + 1, &columns, &[view.say(words::UNREAD_RULE).to_owned()], None)?;
        page.table_behaviour((HEAD_ROW, first - 1), (first, last), 1, col(columns.len()))?;
    }
    Ok(())
}

fn unread_row(page: &mut Page<'_>, view: &View<'_>, row: u32, line: &FindingLine<'_>) -> Result<(), RenderError> {
    let place = place(line.file(view), line.row.sheet.as_deref(), None);
    let said = line.words(view);
    let cell = line.row.cell.as_deref().unwrap_or("—");
    page.text(row, 0, line.department, Style::TEXT)?;
    page.file_link(row, 1, &place, line.link(view).as_ref(), Style { wrap: true, indent: 0, ..Style::LINK })?;
    page.text(row, 2, cell, Style::CELL.small())?;
    page.text(row, 3, &said.problem, Style::TEXT.small())?;
    page.text(row, 4, &said.to_do, Style::NOTE)?;
    page.wrap_height(
        row,
        ROW,
        &[
            (line.department, Style::TEXT, WIDTHS[0]),
            (&place, Style::LINK, WIDTHS[1]),
            (&said.problem, Style::TEXT.small(), WIDTHS[3]),
            (&said.to_do, Style::NOTE, WIDTHS[4]),
        ],
    )
}
