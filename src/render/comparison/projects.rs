//! 项目对比: each project in both runs, with the forms that its scores come from.

use super::arranged::{Arranged, ProjectLine};
use super::departments::{rank_pair, rate_pair, score_pair};
use crate::quantity::Points;
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, MOST_ROWS, Paper, ROW, col, row as row_number};
use crate::render::look;
use crate::render::page::Page;
use crate::render::style::Style;
use crate::render::workbook::Book;
use crate::render::{text, words};

const ABOUT: About = About {
    name: words::CMP_PROJECTS,
    title: words::CMP_TITLE_PROJECTS,
    number: words::CMP_NO_PROJECTS,
    unit: Some(words::UNIT_POINTS_PLACES),
    asks: words::CMP_ASK_PROJECTS,
    tab: look::BLUE,
    paper: Paper::A3,
};

fn head(all: &Arranged<'_>) -> Vec<Column> {
    let s = |words| all.say(words);
    let of = |group, name, width| Column::of(s(group), s(name), width);
    vec![
        Column::new(s(words::PROJECT), 32.0),
        Column::new(s(words::DEPARTMENT), 22.0),
        Column::new(s(words::CMP_RELATION), 8.0),
        of(words::TOTAL_SCORE, words::CMP_EARLIER, 8.5),
        of(words::TOTAL_SCORE, words::CMP_LATER, 8.5),
        of(words::TOTAL_SCORE, words::CMP_CHANGE, 8.5),
        of(words::RANK, words::CMP_EARLIER, 7.0),
        of(words::RANK, words::CMP_LATER, 7.0),
        of(words::RANK, words::CMP_RANK_CHANGE, 8.0),
        of(words::GRADE, words::CMP_EARLIER, 8.0),
        of(words::GRADE, words::CMP_LATER, 8.0),
        of(words::EXECUTION, words::CMP_EARLIER, 9.5),
        of(words::EXECUTION, words::CMP_LATER, 9.5),
        of(words::EXECUTION, words::CMP_RATE_POINTS, 10.0),
        Column::new(s(words::CMP_SOURCE_EARLIER), 30.0),
        Column::new(s(words::CMP_SOURCE_LATER), 30.0),
    ]
}

pub(super) fn write(book: &mut Book, all: &Arranged<'_>) -> Result<(), RenderError> {
    let columns = head(all);
    let mut taken = Vec::new();
    let empty: [&[ProjectLine<'_>]; 1] = [&[]];
    let chunks = all.projects.chunks(MOST_ROWS);
    for chunk in chunks.chain(empty.into_iter().filter(|_| all.projects.is_empty())) {
        let name = text::sheet_name(all.say(ABOUT.name), &taken);
        taken.push(name.clone());
        let mut page = Page::open_for(chunk.len(), book, &name, &all.imprint, &ABOUT, &columns)?;
        let first = page.heads(HEAD_ROW, &columns)?;
        for (row, line) in (first..).zip(chunk) {
            project(&mut page, all, line, row)?;
        }
        let last = first + row_number(chunk.len().max(1)) - 1;
        if chunk.is_empty() {
            page.nothing(first, col(columns.len()), all.say(words::NO_RANKING))?;
        }
        let notes = [all.say(words::CMP_N_MATCH).to_owned(), all.say(words::CMP_N_GRADE).to_owned()];
        page.notes(last + 1, &columns, &notes, None)?;
        page.table_behaviour((HEAD_ROW, first - 1), (first, last), 1, col(columns.len()))?;
    }
    Ok(())
}

fn project(page: &mut Page<'_>, all: &Arranged<'_>, line: &ProjectLine<'_>, row: u32) -> Result<(), RenderError> {
    let (before, after) = (line.before, line.after);
    let runs = &all.comparison;
    page.text(row, 0, line.name, Style::TEXT)?;
    page.text(row, 1, line.department, Style::TEXT)?;
    page.text(row, 2, all.project_fate(line.change.fate), Style::CELL.centred())?;
    let score = |e: Option<&crate::tables::Evaluation>| e.and_then(|e| e.score).map(Points::round2);
    score_pair(page, (row, 3), (score(before), score(after)))?;
    rank_pair(page, (row, 6), (line.change.rank_before, line.change.rank_after))?;
    page.text(row, 9, &all.project_grade(&runs.before, before), Style::CELL.centred())?;
    page.text(row, 10, &all.project_grade(&runs.after, after), Style::CELL.centred())?;
    rate_pair(page, (row, 11), (before.and_then(|e| e.execution_rate), after.and_then(|e| e.execution_rate)))?;
    let sources = [Arranged::source(&runs.before, before), Arranged::source(&runs.after, after)];
    for (column, source) in (14..).zip(&sources) {
        page.text(row, column, source, Style::NOTE)?;
    }
    let [earlier, later] = &sources;
    page.wrap_height(
        row,
        ROW,
        &[
            (line.name, Style::TEXT, 32.0),
            (line.department, Style::TEXT, 22.0),
            (earlier, Style::NOTE, 30.0),
            (later, Style::NOTE, 30.0),
        ],
    )
}
