//! 预算执行: how much was spent, and where is the balance.

use super::departments::columns as d;
use super::layout::{Layout, ProjectColumns, money_width};
use super::totals::some_sum;
use crate::quantity::Money;
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, cell, col, range, row};
use crate::render::look;
use crate::render::marks;
use crate::render::page::{Figure, Page};
use crate::render::style::{Num, Style};
use crate::render::text::is_plain_criterion;
use crate::render::view::{ClassLine, MoneyLine, Place, SourceLine, View, percent, ratio};
use crate::render::words;
use crate::render::workbook::Book;

const ABOUT: About = About {
    name: words::BUDGET,
    title: words::TITLE_BUDGET,
    number: words::NO_BUDGET,
    unit: Some(words::UNIT_MONEY),
    asks: words::ASK_BUDGET,
    tab: look::BLUE,
    paper: Paper::A4,
};
const NAME_WIDTH: f64 = 34.0;

/// Columns of all three tables.
mod c {
    pub(super) const NAME: u16 = 0;
    pub(super) const ORIGINAL: u16 = 1;
    pub(super) const CHANGE: u16 = 2;
    pub(super) const REVISED: u16 = 3;
    pub(super) const OUTTURN: u16 = 4;
    pub(super) const BALANCE: u16 = 5;
    pub(super) const RATE: u16 = 6;
    /// Share of the outturn in the tables above, rank in the last one.
    pub(super) const SHARE: u16 = 7;
    pub(super) const LOW: u16 = 8;
    pub(super) const REMARK: u16 = 9;
}

fn head(view: &View<'_>) -> Vec<Column> {
    let s = |words| view.say(words);
    let money = money_width(view.total().budget());
    let limit = percent(view.district.settings.thresholds.low_execution, 0);
    vec![
        Column::new(s(words::DEPARTMENT), NAME_WIDTH),
        Column::new(s(words::ORIGINAL_BUDGET), money),
        Column::new(s(words::ADJUSTMENT), money),
        Column::new(s(words::REVISED_BUDGET), money),
        Column::new(s(words::OUTTURN), money),
        Column::new(s(words::BALANCE), money),
        Column::new(s(words::RATE), 10.5),
        Column::new(s(words::RANK), 8.5),
        Column::new(view.fill(words::BELOW_90, &[("limit", &limit)]), 10.0),
        Column::new(s(words::REMARK), 28.0),
    ]
}

/// Heads of the short tables: the first columns, under their own name, with the share in place of the rank.
fn short_head(view: &View<'_>, columns: &[Column], name: crate::finding::Words) -> Vec<Column> {
    let mut head: Vec<Column> = columns.iter().take(usize::from(c::LOW)).cloned().collect();
    if let Some(first) = head.first_mut() {
        view.say(name).clone_into(&mut first.head);
    }
    if let Some(last) = head.last_mut() {
        view.say(words::SHARE_OF_OUTTURN).clone_into(&mut last.head);
    }
    head
}

/// Writes the sheet: by source, by economic classification, and last, because it is long, by department.
pub(super) fn write(book: &mut Book, view: &View<'_>, layout: &Layout) -> Result<(), RenderError> {
    let columns = head(view);
    let mut page = Page::open(book, view.say(ABOUT.name), &view.imprint, &ABOUT, &columns)?;
    page.is_live = layout.is_live;

    let mut at = page.block_title(HEAD_ROW, c::SHARE, view.say(words::BY_SOURCE), view.say(words::TABLE_4_1))?;
    at = page.heads(at, &short_head(view, &columns, words::FUNDING_SOURCE))?;
    at = by_source(&mut page, view, at, &view.sources)?;

    at = page.block_title(at, c::SHARE, view.say(words::BY_ECONOMIC), view.say(words::TABLE_4_2))?;
    at = page.heads(at, &short_head(view, &columns, words::CODE_AND_NAME))?;
    let classes = &view.economic;
    at = if classes.is_empty() {
        page.nothing(at, c::LOW, view.say(words::NO_ECONOMIC))?
    } else {
        by_class(&mut page, view, at, classes)?
    };

    page.sheet.set_page_breaks(&[at])?;
    let last_column = col(columns.len() - 1);
    at = page.block_title(at, last_column, view.say(words::BY_DEPARTMENT), view.say(words::TABLE_4_3))?;
    let head_row = at;
    let first = page.heads(at, &columns)?;
    let last = first + row(view.departments.len().max(1)) - 1;
    by_department(&mut page, view, layout, (first, last))?;
    page.notes(
        last + 2,
        &columns,
        &notes(view),
        Some(&view.fill(words::SOURCE_BUDGET, &[("sheet", view.say(words::PROJECTS))])),
    )?;
    page.sheet.set_freeze_panes(HEAD_ROW, 1)?;
    page.sheet.set_repeat_rows(head_row, first - 1)?;
    page.sheet.autofilter(first - 1, 0, last, last_column)?;
    marks::bar(page.sheet, ((first, last), (c::RATE, c::RATE)), 0.0, 1.1)
}

/// The formulas that each row derives from its three figures, with their results.
fn derived(
    page: &mut Page<'_>,
    at: u32,
    line: MoneyLine,
    style: impl Fn(Num) -> Style,
    all_outturn: (u32, Option<Money>),
) -> Result<(), RenderError> {
    let MoneyLine { original, revised, outturn } = line;
    let minus = |a: Option<Money>, b: Option<Money>| Figure::or_missing(a.zip(b).and_then(|(a, b)| a.checked_sub(b)));
    let of = |column| cell(at, column);
    let change = format!("IFERROR({}-{},\"…\")", of(c::REVISED), of(c::ORIGINAL));
    page.formula(at, c::CHANGE, &change, minus(revised, original), style(Num::MoneyChange))?;
    let balance = format!("IFERROR({}-{},\"…\")", of(c::REVISED), of(c::OUTTURN));
    page.formula(at, c::BALANCE, &balance, minus(revised, outturn), style(Num::Money))?;
    let rate = format!("IFERROR(ROUND({}/{},4),\"—\")", of(c::OUTTURN), of(c::REVISED));
    let value = revised.zip(outturn).and_then(|(b, o)| ratio(o.fen().into(), b.fen().into(), 4));
    page.formula(at, c::RATE, &rate, Figure::or_dash(value), style(Num::Rate))?;
    let share = format!("IFERROR({}/{},\"—\")", of(c::OUTTURN), cell(all_outturn.0, c::OUTTURN));
    let value = outturn.zip(all_outturn.1).and_then(|(o, all)| ratio(o.fen().into(), all.fen().into(), 12));
    page.formula(at, c::SHARE, &share, Figure::or_dash(value), style(Num::Share))
}

fn add_up<'l>(lines: impl Iterator<Item = &'l MoneyLine>) -> MoneyLine {
    lines.fold(MoneyLine::default(), |sum, line| sum.plus(*line))
}

/// A figure of a line.
type Pick = fn(MoneyLine) -> Option<Money>;

const FIGURES: [(u16, Pick); 3] =
    [(c::ORIGINAL, |line| line.original), (c::REVISED, |line| line.revised), (c::OUTTURN, |line| line.outturn)];

fn by_source(page: &mut Page<'_>, view: &View<'_>, first: u32, lines: &[SourceLine]) -> Result<u32, RenderError> {
    let last = first + row(lines.len()) - 1;
    let total = add_up(lines.iter().map(|source| &source.line));
    let all = (last + 1, total.outturn);
    for (at, source) in (first..).zip(lines) {
        page.text(at, c::NAME, &source.name, Style::TEXT)?;
        for (column, pick) in FIGURES {
            page.figure(at, column, Figure::or_missing(pick(source.line)), Style::figure(Num::Money))?;
        }
        derived(page, at, source.line, Style::figure, all)?;
        page.wrap_height(at, ROW, &[(&source.name, Style::TEXT, NAME_WIDTH)])?;
    }
    let at = last + 1;
    page.text(at, c::NAME, view.say(words::TOTAL), Style::TOTAL)?;
    for (column, pick) in FIGURES {
        let formula = some_sum(&range(None, column, (first, last)));
        page.formula(at, column, &formula, Figure::or_missing(pick(total)), Style::total(Num::Money))?;
    }
    derived(page, at, total, Style::total, all)?;
    page.height(at, 19.0)?;
    Ok(at + 1)
}

fn by_class(page: &mut Page<'_>, view: &View<'_>, first: u32, classes: &[ClassLine]) -> Result<u32, RenderError> {
    let rows: usize = classes.iter().map(|class| class.items.len() + 1).sum();
    let total_row = first + row(rows);
    let total = add_up(classes.iter().flat_map(|class| class.items.iter().map(|item| &item.2)));
    let all = (total_row, total.outturn);
    let mut at = first;
    let mut class_rows = Vec::new();
    for class in classes {
        let (class_row, items) = (at, (at + 1, at + row(class.items.len())));
        class_rows.push(class_row);
        let sum = add_up(class.items.iter().map(|item| &item.2));
        let name = format!("{}　{}", class.code, class.name);
        page.text(class_row, c::NAME, name.trim(), Style::TEXT.bold())?;
        for (column, pick) in FIGURES {
            let formula = some_sum(&range(None, column, items));
            page.formula(class_row, column, &formula, Figure::or_missing(pick(sum)), Style::figure(Num::Money).bold())?;
        }
        derived(page, class_row, sum, |num| Style::figure(num).bold(), all)?;
        page.wrap_height(class_row, ROW, &[(name.trim(), Style::TEXT.bold(), NAME_WIDTH)])?;
        for (code, item, line) in &class.items {
            at += 1;
            let name = format!("{code}　{item}");
            page.text(at, c::NAME, name.trim(), Style::TEXT.indented(2))?;
            for (column, pick) in FIGURES {
                page.figure(at, column, Figure::or_missing(pick(*line)), Style::figure(Num::Money))?;
            }
            derived(page, at, *line, Style::figure, all)?;
            page.wrap_height(at, ROW, &[(name.trim(), Style::TEXT.indented(2), NAME_WIDTH)])?;
        }
        at += 1;
    }
    page.text(total_row, c::NAME, view.say(words::TOTAL), Style::TOTAL)?;
    for (column, pick) in FIGURES {
        let cells: Vec<String> = class_rows.iter().map(|row| cell(*row, column)).collect();
        let value = Figure::or_missing(pick(total));
        // a function takes 255 arguments
        if cells.len() > 250 {
            page.figure(total_row, column, value, Style::total(Num::Money))?;
        } else {
            page.formula(total_row, column, &some_sum_of(&cells.join(",")), value, Style::total(Num::Money))?;
        }
    }
    derived(page, total_row, total, Style::total, all)?;
    page.height(total_row, 19.0)?;
    Ok(total_row + 1)
}

fn some_sum_of(cells: &str) -> String {
    format!("IF(COUNT({cells})=0,\"…\",SUM({cells}))")
}

fn by_department(
    page: &mut Page<'_>,
    view: &View<'_>,
    layout: &Layout,
    (first, last): (u32, u32),
) -> Result<(), RenderError> {
    let mut places: Vec<&Place<'_>> = view.departments.iter().collect();
    places.sort_by_key(|place| std::cmp::Reverse(place.rate));
    let was_live = page.is_live;
    if places.is_empty() {
        page.rule(first, (0, c::REMARK), Style::CELL)?;
    }
    for (at, place) in (first..).zip(&places) {
        let name = &*place.row.department;
        page.is_live = was_live && is_plain_criterion(name);
        page.text(at, c::NAME, name, Style::TEXT)?;
        page.figure(at, c::ORIGINAL, Figure::or_missing(place.row.original_budget), Style::figure(Num::Money))?;
        let own = cell(at, c::NAME);
        for (column, from, value) in [(c::REVISED, d::BUDGET, place.budget), (c::OUTTURN, d::OUTTURN, place.outturn)] {
            page.formula(
                at,
                column,
                &layout.looked_up(from, &own),
                Figure::or_missing(value),
                Style::figure(Num::Money),
            )?;
        }
        let minus =
            |a: Option<Money>, b: Option<Money>| Figure::or_missing(a.zip(b).and_then(|(a, b)| a.checked_sub(b)));
        let change = format!("IFERROR({}-{},\"…\")", cell(at, c::REVISED), cell(at, c::ORIGINAL));
        page.formula(
            at,
            c::CHANGE,
            &change,
            minus(place.budget, place.row.original_budget),
            Style::figure(Num::MoneyChange),
        )?;
        let balance = format!("IFERROR({}-{},\"…\")", cell(at, c::REVISED), cell(at, c::OUTTURN));
        page.formula(at, c::BALANCE, &balance, minus(place.budget, place.outturn), Style::figure(Num::Money))?;
        page.formula(
            at,
            c::RATE,
            &layout.looked_up(d::RATE, &own),
            Figure::or_missing(place.rate),
            Style::figure(Num::Rate),
        )?;
        page.formula(
            at,
            c::SHARE,
            &layout.looked_up(d::RATE_RANK, &own),
            Figure::or_dash(place.rate_rank),
            Style::figure(Num::Rank),
        )?;
        let low = format!(
            "COUNTIFS({},{own},{},\"<{}\")",
            layout.project(ProjectColumns::DEPARTMENT),
            layout.project(layout.project.rate),
            view.district.settings.thresholds.low_execution
        );
        page.formula(at, c::LOW, &low, place.low, Style::figure(Num::Count))?;
        page.text(at, c::REMARK, &remark(view, place), Style::NOTE)?;
        page.wrap_height(at, ROW, &[(name, Style::TEXT, NAME_WIDTH), (&remark(view, place), Style::NOTE, 28.0)])?;
    }
    page.is_live = was_live;
    let sum = view.total();
    let at = last + 1;
    page.rule(at, (0, c::REMARK), Style::TOTAL)?;
    page.text(at, c::NAME, view.say(words::DISTRICT_TOTAL), Style::TOTAL)?;
    let originals = || view.departments.iter().filter_map(|place| place.row.original_budget);
    let original = if originals().next().is_some() { Money::sum(originals()) } else { None };
    page.formula(
        at,
        c::ORIGINAL,
        &some_sum(&range(None, c::ORIGINAL, (first, last))),
        Figure::or_missing(original),
        Style::total(Num::Money),
    )?;
    for (column, from, value) in [(c::REVISED, d::BUDGET, sum.budget()), (c::OUTTURN, d::OUTTURN, sum.outturn())] {
        page.formula(at, column, &layout.department_total(from), Figure::or_missing(value), Style::total(Num::Money))?;
    }
    let minus = |a: Option<Money>, b: Option<Money>| Figure::or_missing(a.zip(b).and_then(|(a, b)| a.checked_sub(b)));
    let change = format!("IFERROR({}-{},\"…\")", cell(at, c::REVISED), cell(at, c::ORIGINAL));
    page.formula(at, c::CHANGE, &change, minus(sum.budget(), original), Style::total(Num::MoneyChange))?;
    let balance = format!("IFERROR({}-{},\"…\")", cell(at, c::REVISED), cell(at, c::OUTTURN));
    page.formula(at, c::BALANCE, &balance, minus(sum.budget(), sum.outturn()), Style::total(Num::Money))?;
    page.formula(
        at,
        c::RATE,
        &layout.department_total(d::RATE),
        Figure::or_missing(sum.rate()),
        Style::total(Num::Rate),
    )?;
    page.text(at, c::SHARE, "—", Style::TOTAL.centred())?;
    let low: i64 = view.departments.iter().map(|place| i64::from(place.low)).sum();
    page.formula(at, c::LOW, &format!("SUM({})", range(None, c::LOW, (first, last))), low, Style::total(Num::Count))?;
    page.height(at, 19.0)
}

fn remark(view: &View<'_>, place: &Place<'_>) -> String {
    if !place.row.submitted {
        return view.say(words::NOT_HANDED_IN).to_owned();
    }
    let said = [(place.over, words::OVER_100), (place.without_budget, words::NO_BUDGET_PROJECTS)]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| view.fill(words, &[("n", &count.to_string())]));
    said.collect::<Vec<_>>().join("；")
}

fn notes(view: &View<'_>) -> Vec<String> {
    [words::BUDGET_RULE, words::BUDGET_ECONOMIC, words::BUDGET_UNDIVIDED, words::MONEY_RULE]
        .map(|note| view.say(note).to_owned())
        .to_vec()
}
