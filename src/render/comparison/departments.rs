//! 部门对比: who rose, who fell.

use super::arranged::{Arranged, DepartmentLine, rate_change};
use crate::quantity::{Decimal, Points};
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, cell, col, row as row_number};
use crate::render::look;
use crate::render::marks;
use crate::render::page::{Figure, Page};
use crate::render::style::{Num, Style};
use crate::render::words;
use crate::render::workbook::Book;

/// First row of departments; other sheets point at it.
pub(super) const FIRST: u32 = HEAD_ROW + 2;
/// Columns that others look at.
pub(super) const NAME: u16 = 0;
/// The earlier score.
pub(super) const SCORE_BEFORE: u16 = 3;
/// The later score.
pub(super) const SCORE_AFTER: u16 = 4;
/// The earlier rank.
pub(super) const RANK_BEFORE: u16 = 6;
/// The later rank.
pub(super) const RANK_AFTER: u16 = 7;

const ABOUT: About = About {
    name: words::CMP_DEPARTMENTS,
    title: words::CMP_TITLE_DEPARTMENTS,
    number: words::NO_DEPARTMENTS,
    unit: Some(words::UNIT_MONEY_POINTS),
    asks: words::CMP_ASK_DEPARTMENTS,
    tab: look::BLUE,
    paper: Paper::A3,
};

fn head(all: &Arranged<'_>) -> Vec<Column> {
    let s = |words| all.say(words);
    let pair = |group, width| {
        [Column::of(s(group), s(words::CMP_EARLIER), width), Column::of(s(group), s(words::CMP_LATER), width)]
    };
    let mut columns = vec![
        Column::new(s(words::DEPARTMENT), 26.0),
        Column::new(s(words::CMP_FATE), 8.5),
        Column::new(s(words::CMP_FORMER), 24.0),
    ];
    columns.extend(pair(words::SCORE, 8.5));
    columns.push(Column::of(s(words::SCORE), s(words::CMP_CHANGE), 8.5));
    columns.extend(pair(words::RANK, 7.0));
    columns.push(Column::of(s(words::RANK), s(words::CMP_RANK_CHANGE), 8.0));
    columns.extend(pair(words::GRADE, 8.0));
    columns.extend(pair(words::EXECUTION, 9.5));
    columns.push(Column::of(s(words::EXECUTION), s(words::CMP_RATE_POINTS), 10.0));
    columns.extend(pair(words::CMP_BUDGET, 13.0));
    columns.push(Column::of(s(words::CMP_BUDGET), s(words::CMP_CHANGE), 13.0));
    columns.extend(pair(words::CMP_ERRORS_WARNINGS, 7.0));
    columns.push(Column::of(s(words::CMP_ERRORS_WARNINGS), s(words::CMP_CHANGE), 7.0));
    columns
}

pub(super) fn write(book: &mut Book, all: &Arranged<'_>) -> Result<(), RenderError> {
    let columns = head(all);
    let mut page = Page::open(book, all.say(ABOUT.name), &all.imprint, &ABOUT, &columns)?;
    let first = page.heads(HEAD_ROW, &columns)?;
    let mut row = first;
    for line in &all.departments {
        department(&mut page, all, line, row)?;
        row += 1;
    }
    if all.departments.is_empty() {
        row = page.nothing(row, col(columns.len()), all.say(words::NO_RANKING))?;
    }
    let notes = [
        all.say(words::CMP_N_SCORE).to_owned(),
        all.say(words::CMP_N_ARROWS).to_owned(),
        all.say(words::CMP_N_GRADE).to_owned(),
        all.say(words::CMP_N_MERGED).to_owned(),
        all.say(words::CMP_N_DASH).to_owned(),
    ];
    let last = first + row_number(all.departments.len().max(1)) - 1;
    page.notes(row, &columns, &notes, None)?;
    page.table_behaviour((HEAD_ROW, first - 1), (first, last), 1, col(columns.len()))?;
    let fallen = format!("${}", cell(first, 8));
    marks::warn_where(page.sheet, ((first, last), (8, 8)), &format!("=AND(ISNUMBER({fallen}),{fallen}<0)"))
}

/// A difference of two cells of a row, with our result; `—` where one of them is no number.
pub(super) fn difference(
    page: &mut Page<'_>,
    (row, column): (u32, u16),
    (earlier, later): (u16, u16),
    value: impl Into<Figure>,
    style: Style,
) -> Result<(), RenderError> {
    let (a, b) = (cell(row, earlier), cell(row, later));
    let formula = format!("IF(AND(ISNUMBER({a}),ISNUMBER({b})),ROUND({b}-{a},2),\"—\")");
    page.formula(row, column, &formula, value, style)
}

/// Earlier score, later score, difference, in three columns from `first`.
pub(super) fn score_pair(
    page: &mut Page<'_>,
    (row, first): (u32, u16),
    (before, after): (Option<Points>, Option<Points>),
) -> Result<(), RenderError> {
    page.figure(row, first, Figure::or_dash(before), Style::figure(Num::Points).muted())?;
    page.figure(row, first + 1, Figure::or_dash(after), Style::figure(Num::Points).bold())?;
    let change = after.zip(before).and_then(|(b, a)| b.checked_sub(a));
    let style = Style::figure(Num::PointsChange);
    difference(page, (row, first + 2), (first, first + 1), Figure::or_dash(change), style)
}

/// Earlier place, later place, places won.
pub(super) fn rank_pair(
    page: &mut Page<'_>,
    (row, first): (u32, u16),
    (before, after): (Option<u32>, Option<u32>),
) -> Result<(), RenderError> {
    page.figure(row, first, Figure::or_dash(before), Style::figure(Num::Rank).muted())?;
    page.figure(row, first + 1, Figure::or_dash(after), Style::figure(Num::Rank))?;
    let climbed = before.zip(after).map(|(a, b)| i64::from(a) - i64::from(b));
    let style = Style::figure(Num::RankChange);
    difference(page, (row, first + 2), (first + 1, first), Figure::or_dash(climbed), style)
}

/// Earlier rate, later rate, percentage points.
pub(super) fn rate_pair(
    page: &mut Page<'_>,
    (row, first): (u32, u16),
    (before, after): (Option<Decimal>, Option<Decimal>),
) -> Result<(), RenderError> {
    let rounded = |rate: Option<Decimal>| Figure::or_dash(rate.map(|rate| rate.round(4)));
    page.figure(row, first, rounded(before), Style::figure(Num::Rate).muted())?;
    page.figure(row, first + 1, rounded(after), Style::figure(Num::Rate))?;
    let (a, b) = (cell(row, first), cell(row, first + 1));
    let formula = format!("IF(AND(ISNUMBER({a}),ISNUMBER({b})),ROUND(({b}-{a})*100,2),\"—\")");
    let change = Figure::or_dash(rate_change(before, after));
    page.formula(row, first + 2, &formula, change, Style::figure(Num::PointsChange))
}

fn department(page: &mut Page<'_>, all: &Arranged<'_>, line: &DepartmentLine<'_>, row: u32) -> Result<(), RenderError> {
    let (change, before, after) = (line.change, line.before, line.after);
    page.text(row, NAME, line.name, Style::TEXT)?;
    page.text(row, 1, all.fate(change.fate), Style::CELL.centred())?;
    page.text(row, 2, &line.former, Style::NOTE)?;
    score_pair(page, (row, SCORE_BEFORE), (change.states.before, change.states.after))?;
    rank_pair(page, (row, RANK_BEFORE), (change.rank_before, change.rank_after))?;
    let grades = [before, after].map(|d| all.grade(d.and_then(|d| d.grade.as_deref())));
    for (column, grade) in (9..).zip(&grades) {
        page.text(row, column, grade, Style::CELL.centred())?;
    }
    rate_pair(page, (row, 11), (before.and_then(|d| d.execution_rate), after.and_then(|d| d.execution_rate)))?;
    let budgets = (before.and_then(|d| d.revised_budget), after.and_then(|d| d.revised_budget));
    page.figure(row, 14, Figure::or_dash(budgets.0), Style::figure(Num::Money).muted())?;
    page.figure(row, 15, Figure::or_dash(budgets.1), Style::figure(Num::Money))?;
    let (a, b) = (cell(row, 14), cell(row, 15));
    let formula = format!("IF(AND(ISNUMBER({a}),ISNUMBER({b})),ROUND({b}-{a},6),\"—\")");
    let grown = budgets.1.zip(budgets.0).and_then(|(b, a)| b.checked_sub(a));
    page.formula(row, 16, &formula, Figure::or_dash(grown), Style::figure(Num::MoneyChange))?;
    let open = [before, after].map(|d| d.map(|d| i64::from(d.findings_error) + i64::from(d.findings_warning)));
    page.figure(row, 17, Figure::or_dash(open[0]), Style::figure(Num::Count).muted())?;
    page.figure(row, 18, Figure::or_dash(open[1]), Style::figure(Num::Count))?;
    let more = open[1].zip(open[0]).map(|(b, a)| b - a);
    difference(page, (row, 19), (17, 18), Figure::or_dash(more), Style::figure(Num::CountChange))?;
    page.wrap_height(row, ROW, &[(line.name, Style::TEXT, 26.0), (&line.former, Style::NOTE, 24.0)])
}
