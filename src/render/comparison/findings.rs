//! 问题变化: how many findings were solved, remain, are new, by department; and the list of them.

use super::arranged::{Arranged, FindingLine};
use crate::compare::Outcome;
use crate::finding::{Level, catalogue};
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, MOST_ROWS, Paper, ROW, cell, col, range, row as row_number};
use crate::render::look;
use crate::render::page::Page;
use crate::render::style::{Num, Style};
use crate::render::text::{self, is_plain_criterion};
use crate::render::words;
use crate::render::workbook::Book;
use std::collections::BTreeMap;

const ABOUT: About = About {
    name: words::CMP_FINDINGS,
    title: words::CMP_TITLE_FINDINGS,
    number: words::CMP_NO_FINDINGS,
    unit: Some(words::UNIT_ITEMS),
    asks: words::CMP_ASK_FINDINGS,
    tab: look::ACCENT,
    paper: Paper::A4,
};
const LIST: About = About {
    name: words::CMP_FINDING_LIST,
    title: words::CMP_TITLE_FINDING_LIST,
    number: words::CMP_NO_FINDING_LIST,
    unit: Some(words::UNIT_ITEMS),
    asks: words::CMP_ASK_FINDINGS,
    tab: look::ACCENT,
    paper: Paper::A3,
};
const DEPARTMENT: u16 = 1;
const OUTCOME: u16 = 0;

/// Solved, remaining, new.
type Counts = [i64; 3];

pub(super) fn write(book: &mut Book, all: &Arranged<'_>) -> Result<(), RenderError> {
    let mut counts: Vec<(&str, Counts)> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for line in &all.findings {
        let place = *at.entry(line.department).or_insert_with(|| {
            counts.push((line.department, [0; 3]));
            counts.len() - 1
        });
        let which = match line.change.outcome {
            Outcome::Solved => 0,
            Outcome::Still => 1,
            Outcome::New => 2,
        };
        if let Some(slot) = counts.get_mut(place).and_then(|(_, counts)| counts.get_mut(which)) {
            *slot += 1;
        }
    }
    let mut taken = vec![all.say(ABOUT.name).to_owned()];
    let lists: Vec<(String, &[FindingLine<'_>])> = all
        .findings
        .chunks(MOST_ROWS)
        .map(|chunk| {
            let name = text::sheet_name(all.say(LIST.name), &taken);
            taken.push(name.clone());
            (name, chunk)
        })
        .collect();
    summary(book, all, &counts, &lists)?;
    for (name, chunk) in &lists {
        list(book, all, name, chunk)?;
    }
    Ok(())
}

fn summary(
    book: &mut Book,
    all: &Arranged<'_>,
    counts: &[(&str, Counts)],
    lists: &[(String, &[FindingLine<'_>])],
) -> Result<(), RenderError> {
    let heads = [
        words::CMP_EARLIER,
        words::OUTCOME_SOLVED,
        words::OUTCOME_STILL,
        words::OUTCOME_NEW,
        words::CMP_LATER,
        words::CMP_CHANGE,
    ];
    let mut columns = vec![Column::new(all.say(words::DEPARTMENT), 34.0)];
    columns.extend(heads.map(|head| Column::new(all.say(head), 12.0)));
    let mut page = Page::open(book, all.say(ABOUT.name), &all.imprint, &ABOUT, &columns)?;
    let first = page.heads(HEAD_ROW, &columns)?;
    if counts.is_empty() {
        let row = page.nothing(first, col(columns.len()), all.say(words::CMP_NO_FINDING))?;
        page.notes(row, &columns, &[all.say(words::CMP_N_FINDINGS).to_owned()], None)?;
        return Ok(());
    }
    let outcomes = [Outcome::Solved, Outcome::Still, Outcome::New].map(|outcome| all.outcome(outcome));
    let mut row = first;
    for (name, own) in counts {
        page.text(row, 0, name, Style::TEXT)?;
        page.is_live = is_plain_criterion(name);
        for ((column, outcome), count) in (2..).zip(outcomes).zip(own) {
            let one = |(sheet, lines): &(String, &[FindingLine<'_>])| {
                let rows = (HEAD_ROW + 1, HEAD_ROW + row_number(lines.len()));
                let area = |column| range(Some(sheet), column, rows);
                format!("COUNTIFS({},{},{},\"{outcome}\")", area(DEPARTMENT), cell(row, 0), area(OUTCOME))
            };
            let formula = lists.iter().map(one).collect::<Vec<_>>().join("+");
            page.formula(row, column, &formula, *count, Style::figure(Num::Count))?;
        }
        page.is_live = true;
        ends(&mut page, row, own, Style::figure)?;
        page.wrap_height(row, ROW, &[(name, Style::TEXT, 34.0)])?;
        row += 1;
    }
    page.text(row, 0, all.say(words::DISTRICT_TOTAL), Style::TOTAL)?;
    let mut sums: Counts = [0; 3];
    for (_, own) in counts {
        for (sum, n) in sums.iter_mut().zip(own) {
            *sum += n;
        }
    }
    for (column, sum) in (2..).zip(sums) {
        let formula = format!("SUM({}:{})", cell(first, column), cell(row - 1, column));
        page.formula(row, column, &formula, sum, Style::total(Num::Count))?;
    }
    ends(&mut page, row, &sums, Style::total)?;
    page.height(row, ROW)?;
    page.notes(row + 1, &columns, &[all.say(words::CMP_N_FINDINGS).to_owned()], None)?;
    page.table_behaviour((HEAD_ROW, first - 1), (first, row - 1), 1, col(columns.len()))
}

/// Earlier = solved + remaining, later = remaining + new, and the change.
fn ends(
    page: &mut Page<'_>,
    row: u32,
    [solved, still, new]: &Counts,
    style: impl Fn(Num) -> Style,
) -> Result<(), RenderError> {
    let sum = |a: u16, b: u16| format!("{}+{}", cell(row, a), cell(row, b));
    page.formula(row, 1, &sum(2, 3), solved + still, style(Num::Count))?;
    page.formula(row, 5, &sum(3, 4), still + new, style(Num::Count).bold())?;
    let change = format!("{}-{}", cell(row, 5), cell(row, 1));
    page.formula(row, 6, &change, new - solved, style(Num::CountChange))
}

fn list(book: &mut Book, all: &Arranged<'_>, name: &str, lines: &[FindingLine<'_>]) -> Result<(), RenderError> {
    let s = |words| all.say(words);
    let columns = vec![
        Column::new(s(words::STATUS), 10.0),
        Column::new(s(words::DEPARTMENT), 24.0),
        Column::new(s(words::LEVEL), 10.0),
        Column::new(s(words::RULE), 8.0),
        Column::new(s(words::PROBLEM), 64.0),
        Column::new(s(words::CMP_PLACE_EARLIER), 36.0),
        Column::new(s(words::CMP_PLACE_LATER), 36.0),
    ];
    let mut page = Page::open_for(lines.len(), book, name, &all.imprint, &LIST, &columns)?;
    let first = page.heads(HEAD_ROW, &columns)?;
    for (row, line) in (first..).zip(lines) {
        let own = line.after.or(line.before);
        let message = own.map_or("", |row| &*row.message);
        let level = own.map_or("", |row| level_words(&row.severity, all));
        page.text(row, OUTCOME, all.outcome(line.change.outcome), Style::CELL.centred())?;
        page.text(row, DEPARTMENT, line.department, Style::TEXT)?;
        page.text(row, 2, level, Style::CELL.centred())?;
        page.text(row, 3, own.map_or("", |row| &*row.rule), Style::CELL.centred())?;
        page.text(row, 4, message, Style::NOTE)?;
        let places =
            [Arranged::place(&all.comparison.before, line.before), Arranged::place(&all.comparison.after, line.after)];
        for (column, place) in (5..).zip(&places) {
            page.text(row, column, place, Style::NOTE)?;
        }
        let [earlier, later] = &places;
        page.wrap_height(
            row,
            ROW,
            &[
                (line.department, Style::TEXT, 24.0),
                (message, Style::NOTE, 64.0),
                (earlier, Style::NOTE, 36.0),
                (later, Style::NOTE, 36.0),
            ],
        )?;
    }
    let last = first + row_number(lines.len().max(1)) - 1;
    page.notes(last + 1, &columns, &[all.say(words::CMP_N_FINDINGS).to_owned()], None)?;
    page.table_behaviour((HEAD_ROW, first - 1), (first, last), 2, col(columns.len()))
}

/// What a severity asks for.
pub(in crate::render) fn level_words(code: &str, all: &Arranged<'_>) -> &'static str {
    let level = [Level::Error, Level::Warning, Level::Info].into_iter().find(|level| level.code() == code);
    level.map_or("", |level| level.words().get(all.imprint.lang))
}

/// Name of a rule; empty for one that this version does not have.
pub(in crate::render) fn rule_name(code: &str, all: &Arranged<'_>) -> &'static str {
    catalogue::find(code).map_or("", |rule| rule.name.get(all.imprint.lang))
}
