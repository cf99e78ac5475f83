//! 变动原因: how much of a change is due to rules, to reorganisation, to the figures.

use super::arranged::Arranged;
use super::departments;
use crate::compare::States;
use crate::quantity::Points;
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, cell, col, row as row_number};
use crate::render::look;
use crate::render::page::{Figure, Page};
use crate::render::style::{Num, Style};
use crate::render::text;
use crate::render::words;
use crate::render::workbook::Book;

const ABOUT: About = About {
    name: words::CMP_CAUSES,
    title: words::CMP_TITLE_CAUSES,
    number: words::CMP_NO_CAUSES,
    unit: Some(words::UNIT_POINTS_PLACES),
    asks: words::CMP_ASK_CAUSES,
    tab: look::BLUE,
    paper: Paper::A4,
};

fn head(all: &Arranged<'_>) -> Vec<Column> {
    let s = |words| all.say(words);
    let of = |group, name, width| Column::of(s(group), s(name), width);
    vec![
        Column::new(s(words::DEPARTMENT), 26.0),
        Column::new(s(words::CMP_FATE), 8.5),
        of(words::CMP_STATES, words::CMP_EARLIER, 9.0),
        of(words::CMP_STATES, words::CMP_BY_METHOD, 12.0),
        of(words::CMP_STATES, words::CMP_BY_ORGANISATION, 12.0),
        of(words::CMP_STATES, words::CMP_LATER, 9.0),
        of(words::CMP_EFFECTS, words::CMP_OF_METHOD, 9.0),
        of(words::CMP_EFFECTS, words::CMP_OF_ORGANISATION, 9.0),
        of(words::CMP_EFFECTS, words::CMP_OF_DATA, 9.0),
        of(words::CMP_EFFECTS, words::CMP_IN_ALL, 9.0),
        of(words::CMP_PLACES, words::CMP_EARLIER, 7.0),
        of(words::CMP_PLACES, words::CMP_COMPARABLE, 9.0),
        of(words::CMP_PLACES, words::CMP_LATER, 7.0),
    ]
}

pub(super) fn write(book: &mut Book, all: &Arranged<'_>) -> Result<(), RenderError> {
    let columns = head(all);
    let mut page = Page::open(book, all.say(ABOUT.name), &all.imprint, &ABOUT, &columns)?;
    let first = page.heads(HEAD_ROW, &columns)?;
    let sheet = text::quoted_sheet(all.say(words::CMP_DEPARTMENTS));
    let mut row = first;
    for (line, other) in all.departments.iter().zip(departments::FIRST..) {
        let there = |column| format!("{sheet}!{}", cell(other, column));
        page.text(row, 0, line.name, Style::TEXT)?;
        page.text(row, 1, all.fate(line.change.fate), Style::CELL.centred())?;
        let ends = [Some(there(departments::SCORE_BEFORE)), Some(there(departments::SCORE_AFTER))];
        states(&mut page, row, &line.change.states, &ends, Style::figure)?;
        let ranks = [
            (10, Some(there(departments::RANK_BEFORE)), line.change.rank_before),
            (11, None, line.change.rank_by_organisation),
            (12, Some(there(departments::RANK_AFTER)), line.change.rank_after),
        ];
        for (column, formula, rank) in ranks {
            let (value, style) = (Figure::or_dash(rank), Style::figure(Num::Rank));
            match formula {
                Some(formula) => page.formula(row, column, &formula, value, style)?,
                None => page.figure(row, column, value, style)?,
            }
        }
        page.wrap_height(row, ROW, &[(line.name, Style::TEXT, 26.0)])?;
        row += 1;
    }
    page.text(row, 0, all.say(words::DISTRICT), Style::TOTAL)?;
    page.rule(row, (1, 1), Style::TOTAL)?;
    states(&mut page, row, &all.comparison.district, &[None, None], Style::total)?;
    page.rule(row, (10, 12), Style::TOTAL)?;
    page.height(row, ROW)?;
    let last = first + row_number(all.departments.len().max(1)) - 1;
    let notes = [all.say(words::CMP_N_STATES).to_owned(), all.say(words::CMP_N_MERGED).to_owned()];
    page.notes(row + 1, &columns, &notes, None)?;
    page.table_behaviour((HEAD_ROW, first - 1), (first, last), 1, col(columns.len()))
}

/// Four states and what lies between them; the ends as formulas where another sheet has them.
fn states(
    page: &mut Page<'_>,
    row: u32,
    states: &States,
    ends: &[Option<String>; 2],
    style: impl Fn(Num) -> Style,
) -> Result<(), RenderError> {
    let figure = style(Num::Points);
    let [before, after] = ends;
    let end = |page: &mut Page<'_>, column, formula: &Option<String>, value: Option<Points>, style| match formula {
        Some(formula) => page.formula(row, column, formula, Figure::or_dash(value), style),
        None => page.figure(row, column, Figure::or_dash(value), style),
    };
    end(page, 2, before, states.before, figure)?;
    page.figure(row, 3, Figure::or_dash(states.by_method), figure.muted())?;
    page.figure(row, 4, Figure::or_dash(states.by_organisation), figure.muted())?;
    end(page, 5, after, states.after, figure)?;
    let change = style(Num::PointsChange);
    for (column, from, value) in [(6, 2, states.method()), (7, 3, states.organisation()), (8, 4, states.data())] {
        departments::difference(page, (row, column), (from, from + 1), Figure::or_dash(value), change)?;
    }
    departments::difference(page, (row, 9), (2, 5), Figure::or_dash(states.difference()), change.bold())
}
