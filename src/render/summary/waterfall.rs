//! 得分推导: from the indicators of a project to its total, its grade, its rank and what it brings to its department; each step a
//! live formula.
//!
//! A project has a sheet of its own, named by its evaluation; in a district of many projects a sheet holds several, one below the
//! other, so that a workbook never has more sheets than a person can page through. No project is left out.

use super::departments::columns as d;
use super::layout::{Layout, ProjectColumns, grade_formula};
use crate::district::Bulk;
use crate::quantity::{Decimal, Money, Points};
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, cell, row as row_number};
use crate::render::look;
use crate::render::page::{Figure, Page};
use crate::render::style::{Num, Style};
use crate::render::text::{self, describe, is_plain_criterion};
use crate::render::view::{Project, View, place, points};
use crate::render::words;
use crate::render::workbook::Book;
use crate::settings::DepartmentMethod;
use crate::tables::IndicatorRow;
use rust_xlsxwriter::{Chart, ChartDataLabel, ChartFormat, ChartSolidFill, ChartType};
use std::collections::BTreeMap;

const ABOUT: About = About {
    name: words::WATERFALL,
    title: words::TITLE_WATERFALL,
    number: words::NO_WATERFALL,
    unit: Some(words::UNIT_MONEY_POINTS),
    asks: words::ASK_WATERFALL,
    tab: look::GREY,
    paper: Paper::A4,
};
/// Sheets at the most.
const MOST_SHEETS: usize = 200;
const STEP: u16 = 0;
const LEVEL1: u16 = 1;
const ITEM: u16 = 2;
const TARGET: u16 = 3;
const ACTUAL: u16 = 4;
const WEIGHT: u16 = 5;
const BEFORE: u16 = 6;
const SCORE: u16 = 7;
const AFTER: u16 = 8;
const LOST: u16 = 9;
const SOURCE: u16 = 10;
const ITEM_WIDTH: f64 = 30.0;

fn head(view: &View<'_>) -> Vec<Column> {
    let s = |words| view.say(words);
    vec![
        Column::new(s(words::WF_STEP), 6.0),
        Column::new(s(words::WF_LEVEL1), 12.0),
        Column::new(s(words::WF_ITEM), ITEM_WIDTH),
        Column::new(s(words::WF_TARGET), 14.0),
        Column::new(s(words::WF_ACTUAL), 14.0),
        Column::new(s(words::WF_WEIGHT), 8.0),
        Column::new(s(words::WF_BEFORE), 9.0),
        Column::new(s(words::WF_SCORE), 9.0),
        Column::new(s(words::WF_AFTER), 9.0),
        Column::new(s(words::WF_LOST), 9.0),
        Column::new(s(words::SOURCE), 34.0),
    ]
}

/// Writes the sheets.
pub(super) fn write(book: &mut Book, view: &View<'_>, layout: &Layout, bulk: &Bulk) -> Result<(), RenderError> {
    let mut parts: BTreeMap<&str, Vec<IndicatorRow>> =
        view.projects.iter().map(|p| (&*p.evaluation.evaluation_id, Vec::new())).collect();
    for row in bulk.indicators().filter(|row| row.weight.is_some() || row.score.is_some()) {
        if let Some(own) = parts.get_mut(&*row.evaluation_id) {
            own.push(row);
        }
    }
    let on_a_sheet = view.projects.len().div_ceil(MOST_SHEETS).max(1);
    let mut taken = Vec::new();
    for (n, chunk) in view.projects.chunks(on_a_sheet).enumerate() {
        let ids: Vec<&str> = chunk.iter().map(|project| &*project.evaluation.evaluation_id).collect();
        let id = match ids.as_slice() {
            [first, .., last] => format!("{first}…{last}"),
            [only] => (*only).to_owned(),
            [] => String::new(),
        };
        let name = text::sheet_name(&view.fill(ABOUT.name, &[("id", &id)]), &taken);
        taken.push(name.clone());
        let columns = head(view);
        let mut page = Page::open(book, &name, &view.imprint, &ABOUT, &columns)?;
        page.feeds_charts = true;
        page.is_live = layout.is_live;
        let mut row = HEAD_ROW;
        for (offset, project) in chunk.iter().enumerate() {
            let own = parts.get(&*project.evaluation.evaluation_id).map_or(&[][..], Vec::as_slice);
            let place = layout.projects.0 + row_number(n * on_a_sheet + offset);
            row = derive(&mut page, view, layout, (&name, &columns), (project, own), (row, place))?;
        }
        let mut notes = vec![view.say(words::WF_RULE).to_owned()];
        if on_a_sheet > 1 {
            notes.push(view.fill(words::WF_GROUPED, &[("n", &on_a_sheet.to_string())]));
        }
        page.notes(row, &columns, &notes, None)?;
        if on_a_sheet == 1 {
            page.sheet.set_portrait();
            page.sheet.set_print_fit_to_pages(1, 1);
        }
    }
    Ok(())
}

/// One project from `row` on; `place` is its row on 项目得分. Returns the row below.
fn derive(
    page: &mut Page<'_>,
    view: &View<'_>,
    layout: &Layout,
    (sheet, columns): (&str, &[Column]),
    (project, parts): (&Project<'_>, &[IndicatorRow]),
    (row, place_of_project): (u32, u32),
) -> Result<u32, RenderError> {
    let name = project.name.unwrap_or_else(|| view.say(words::WHOLE_DEPARTMENT));
    let department = project.department.unwrap_or_else(|| view.say(words::NO_DEPARTMENT));
    let title = format!("{name}（{department}）");
    let at = page.block_title(row, SOURCE, &title, &project.evaluation.evaluation_id)?;
    let first = page.heads(at, columns)?;
    let mut row = first;
    let mut sum = Some(Points::ZERO);
    for (n, part) in parts.iter().enumerate() {
        step(page, view, project, (n, part), (first, row), &mut sum)?;
        row += 1;
    }
    if parts.is_empty() {
        page.rule(row, (0, SOURCE), Style::CELL)?;
        row += 1;
    }
    let last = row - 1;
    let result = results(page, view, layout, project, (first, last), (row, place_of_project))?;
    if parts.is_empty() || sum.is_none() || !page.is_live {
        return Ok(result);
    }
    // Small enough to leave the sheet one page in most cases.
    let chart = chart(view, page, sheet, parts, (first, last));
    for at in result..result + 13 {
        page.height(at, 16.0)?;
    }
    page.sheet.insert_chart_with_offset(result, STEP, &chart, 4, 4)?;
    Ok(result + 13)
}

fn step(
    page: &mut Page<'_>,
    view: &View<'_>,
    project: &Project<'_>,
    (n, part): (usize, &IndicatorRow),
    (first, row): (u32, u32),
    sum: &mut Option<Points>,
) -> Result<(), RenderError> {
    let names = [part.level2.as_deref(), part.level3.as_deref()];
    let mut names: Vec<&str> = names.into_iter().flatten().filter(|name| !name.is_empty()).collect();
    names.dedup();
    let level1 = part.level1_name.as_deref().or(part.level1.as_deref()).unwrap_or("—");
    let item = if names.is_empty() { level1.to_owned() } else { names.join(" / ") };
    let given = [part.target.as_deref().unwrap_or("—"), part.actual.as_deref().unwrap_or("—")];
    let points = Style::figure(Num::Points);
    page.figure(row, STEP, i64::try_from(n + 1).unwrap_or(i64::MAX), Style::figure(Num::Count))?;
    page.text(row, LEVEL1, words::indicator(level1, view.imprint.lang), Style::TEXT)?;
    page.text(row, ITEM, &item, Style::TEXT)?;
    page.text(row, TARGET, given[0], Style::NOTE)?;
    page.text(row, ACTUAL, given[1], Style::NOTE)?;
    page.figure(row, WEIGHT, Figure::or_missing(part.weight), points.muted())?;
    let before = if row == first { "0".to_owned() } else { cell(row - 1, AFTER) };
    page.formula(row, BEFORE, &before, Figure::or_missing(*sum), points.muted())?;
    page.figure(row, SCORE, Figure::or_missing(part.score), points.bold())?;
    *sum = (*sum).zip(part.score).and_then(|(sum, score)| sum.checked_add(score));
    let (a, b) = (cell(row, BEFORE), cell(row, SCORE));
    let after = format!("IF(AND(ISNUMBER({a}),ISNUMBER({b})),ROUND({a}+{b},4),\"…\")");
    page.formula(row, AFTER, &after, Figure::or_missing(*sum), points)?;
    let lost = part.weight.zip(part.score).and_then(|(weight, score)| weight.checked_sub(score));
    let weight = cell(row, WEIGHT);
    let formula = format!("IF(AND(ISNUMBER({weight}),ISNUMBER({b})),ROUND({weight}-{b},4),\"…\")");
    page.formula(row, LOST, &formula, Figure::or_missing(lost), points.muted())?;
    let file = view.file(project.evaluation.file_id);
    let source = place(file, Some(&part.sheet), Some(&part.cell));
    let link = view.link(file, Some(&part.sheet), Some(&part.cell));
    page.file_link(row, SOURCE, &source, link.as_ref(), Style { wrap: true, ..Style::LINK })?;
    page.wrap_height(
        row,
        ROW,
        &[
            (&item, Style::TEXT, ITEM_WIDTH),
            (level1, Style::TEXT, 12.0),
            (given[0], Style::NOTE, 14.0),
            (given[1], Style::NOTE, 14.0),
            (&source, Style::LINK, 34.0),
        ],
    )
}

/// What a line of the results shows.
#[derive(Clone, Copy)]
enum Shown<'t> {
    Figure(Figure, Num),
    Text(&'t str),
}

/// Lines below the steps, one after another.
struct Results<'p, 's> {
    page: &'p mut Page<'s>,
    at: u32,
}

impl Results<'_, '_> {
    /// A line; a formula only where `is_live`, else its result. Returns the cell of the result.
    fn line(&mut self, name: &str, formula: &str, shown: Shown<'_>, is_live: bool) -> Result<String, RenderError> {
        let Self { page, at } = self;
        let was_live = page.is_live;
        page.is_live = was_live && is_live;
        page.rule(*at, (STEP, SOURCE), Style::CELL)?;
        page.text(*at, LEVEL1, name, Style::CELL)?;
        match shown {
            Shown::Figure(figure, num) => {
                page.formula(*at, SCORE, formula, figure, Style::figure(num).bold().right())?;
            }
            Shown::Text(said) => page.formula_text(*at, SCORE, formula, said, Style::CELL.bold().right())?,
        }
        page.height(*at, ROW)?;
        page.is_live = was_live;
        *at += 1;
        Ok(cell(*at - 1, SCORE))
    }
}

/// From the sum of the steps to the rank of the department. Returns the row below.
fn results(
    page: &mut Page<'_>,
    view: &View<'_>,
    layout: &Layout,
    project: &Project<'_>,
    (first, last): (u32, u32),
    (row, place): (u32, u32),
) -> Result<u32, RenderError> {
    let c = &layout.project;
    let say = |words| view.say(words);
    let sheet = text::quoted_sheet(say(words::PROJECTS));
    let there = |column| format!("{sheet}!{}", cell(place, column));
    let scores = format!("{}:{}", cell(first, SCORE), cell(last, SCORE));
    let mut results = Results { page, at: row };
    let total = format!("IF(OR(COUNTIF({scores},\"…\")>0,COUNT({scores})=0),\"…\",ROUND(SUM({scores}),2))");
    let score = Shown::Figure(Figure::or_missing(project.score), Num::Points);
    let own = results.line(say(words::WF_TOTAL), &total, score, project.adds_up)?;
    let published = results.line(say(words::WF_PUBLISHED), &there(c.total), score, true)?;
    let gap = format!("IF(AND(ISNUMBER({own}),ISNUMBER({published})),ROUND({published}-{own},2),\"—\")");
    let none = Figure::or_dash(project.score.map(|_| Points::ZERO));
    results.line(say(words::WF_AGREES), &gap, Shown::Figure(none, Num::Points), true)?;
    let grade = project.grade.map_or_else(|| "—".to_owned(), |grade| view.grade(grade));
    results.line(say(words::WF_GRADE), &grade_formula(view, &own), Shown::Text(&grade), true)?;
    let rank = format!("IF(ISNUMBER({own}),RANK({own},{}),\"—\")", layout.project(c.total));
    results.line(say(words::WF_RANK), &rank, Shown::Figure(Figure::or_dash(project.rank), Num::Rank), true)?;
    // The name stands on 项目得分, where formulas find it.
    let name = there(ProjectColumns::DEPARTMENT);
    let is_plain = project.department.is_some_and(is_plain_criterion);
    if view.method() == DepartmentMethod::Weighted {
        let (budget, budgets) = (there(c.budget), layout.project(c.budget));
        let (departments, totals) = (layout.project(ProjectColumns::DEPARTMENT), layout.project(c.total));
        let all = format!("SUMIFS({budgets},{departments},{name},{totals},\">=0\")");
        let formula =
            format!("IF(AND(ISNUMBER({budget}),ISNUMBER({published})),IFERROR(ROUND({budget}/{all},4),\"—\"),\"—\")");
        let share = share(view, project);
        let shown = Shown::Figure(Figure::or_dash(share), Num::Rate);
        let weight = results.line(say(words::WF_SHARE), &formula, shown, is_plain)?;
        let brought = share.zip(project.score).and_then(|(share, score)| share.checked_mul(score.decimal()));
        let shown = Shown::Figure(Figure::or_dash(brought.map(|points| points.round(2))), Num::Points);
        let formula = format!("IFERROR(ROUND({weight}*{published},2),\"—\")");
        results.line(say(words::WF_CONTRIBUTION), &formula, shown, is_plain)?;
    }
    let department = view.departments.iter().find(|place| project.department == Some(&*place.row.department));
    let known = department.is_some() && is_plain;
    let score = Shown::Figure(Figure::or_missing(department.and_then(|place| place.score)), Num::Points);
    results.line(say(words::WF_DEPARTMENT_SCORE), &layout.looked_up(d::SCORE, &name), score, known)?;
    let rank = Shown::Figure(Figure::or_dash(department.and_then(|place| place.rank)), Num::Rank);
    results.line(say(words::WF_DEPARTMENT_RANK), &layout.looked_up(d::RANK, &name), rank, known)?;
    Ok(results.at)
}

/// Budget ÷ Σ budget over the department's scored projects, four places, half-up.
fn share(view: &View<'_>, project: &Project<'_>) -> Option<Decimal> {
    let peers = view.projects.iter().filter(|peer| peer.department == project.department && peer.score.is_some());
    let all = Money::sum(peers.filter_map(|peer| peer.budget))?;
    project.score.and(project.budget)?.yuan().div(all.yuan(), 4)
}

fn chart(view: &View<'_>, page: &Page<'_>, sheet: &str, parts: &[IndicatorRow], (first, last): (u32, u32)) -> Chart {
    let look = page.look;
    let mut chart = Chart::new(ChartType::ColumnStacked);
    chart.set_width(980).set_height(270);
    chart.title().set_name(view.say(words::WF_CHART)).set_font(&look.chart_font(10.5, look::INK, true));
    let mut none = ChartFormat::new();
    none.set_no_fill().set_no_border();
    chart
        .add_series()
        .set_name(view.say(words::WF_BEFORE))
        .set_categories((sheet, first, STEP, last, STEP))
        .set_values((sheet, first, BEFORE, last, BEFORE))
        .set_gap(30)
        .set_overlap(100)
        .set_format(&mut none);
    let mut fill = ChartFormat::new();
    fill.set_solid_fill(ChartSolidFill::new().set_color(look::BLUE)).set_no_border();
    let mut label = ChartDataLabel::new();
    label.show_value().set_num_format("0.00").set_font(&look.chart_font(8.5, look::WHITE, false));
    chart
        .add_series()
        .set_name(view.say(words::WF_SCORE))
        .set_categories((sheet, first, STEP, last, STEP))
        .set_values((sheet, first, SCORE, last, SCORE))
        .set_format(&mut fill)
        .set_data_label(&label);
    chart.legend().set_hidden();
    chart
        .x_axis()
        .set_name(view.say(words::WF_STEP))
        .set_name_font(&look.chart_font(8.0, look::MUTED, false))
        .set_font(&look.chart_font(8.0, look::INK, false));
    chart.y_axis().set_min(0).set_major_gridlines(false).set_font(&look.chart_font(8.0, look::MUTED, false));
    let said = parts.iter().filter_map(|part| {
        let name = part.level3.as_deref().or(part.level1_name.as_deref())?;
        Some(view.fill(words::ALT_PAIR, &[("a", name), ("b", &format!(" {}", points(part.score?)))]))
    });
    describe(&mut chart, &view.fill(words::WF_ALT, &[("text", &said.collect::<String>())]));
    chart
}
