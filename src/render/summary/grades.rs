//! 等级分布: how many of each grade, how much money they carry; and the data of the charts.

use super::charts;
use super::departments::columns as d;
use super::layout::{Layout, ProjectColumns, money_width};
use crate::quantity::{Decimal, Money};
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, cell, col, range, row as row_number};
use crate::render::look;
use crate::render::marks;
use crate::render::page::{Figure, Page};
use crate::render::style::{Line, Num, Role, Style, Tone};
use crate::render::text::is_plain_criterion;
use crate::render::view::{BANDS, Place, Project, View, band_counts, band_name, budget_of, dots, of_grade, ratio};
use crate::render::words;
use crate::render::workbook::Book;
use crate::settings::Grade;

const ABOUT: About = About {
    name: words::GRADES,
    title: words::TITLE_GRADES,
    number: words::NO_GRADES,
    unit: Some(words::UNIT_COUNT_MONEY),
    asks: words::ASK_GRADES,
    tab: look::BLUE,
    paper: Paper::A4,
};
/// Categories that have a column; further ones are in 部门排名 only.
const MOST_CATEGORIES: usize = 6;
/// Departments at either end of the chart.
pub(super) const ENDS: usize = 5;

/// Columns of the first table.
mod c {
    pub(super) const GRADE: u16 = 0;
    pub(super) const BAND: u16 = 1;
    pub(super) const COUNT: u16 = 2;
    pub(super) const BUDGET: u16 = 3;
    pub(super) const OF_PROJECTS: u16 = 4;
    pub(super) const OF_BUDGET: u16 = 5;
    pub(super) const FIRST_CATEGORY: u16 = 6;
}

/// Where the data of the charts stand on this sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChartData {
    /// Head of the first table; the grades stand below it, then the projects without a score.
    pub(super) grades_head: u32,
    /// Columns of the two shares.
    pub(super) shares: (u16, u16),
    /// Head of the bands, whose counts stand in the row below it.
    pub(super) bands_head: u32,
    /// First and last row of the departments at either end: name in column 0, score in column 1.
    pub(super) ends: (u32, u32),
    /// First and last row of rate (column 1) and score (column 2) by department.
    pub(super) scatter: (u32, u32),
}

impl ChartData {
    /// Computes the places.
    pub(super) fn new(view: &View<'_>) -> Self {
        // grades: head, four grades, not scored, total; bands: gap, title, head, counts; ends: gap, title, head
        let grades_head = HEAD_ROW;
        let bands_head = grades_head + 9;
        let first_end = bands_head + 5;
        let last_end = first_end + row_number(ends(view).len().max(1)) - 1;
        let first_dot = last_end + 4;
        let last_dot = first_dot + row_number(dots(view).len().max(1)) - 1;
        Self {
            grades_head,
            shares: (c::OF_PROJECTS, c::OF_BUDGET),
            bands_head,
            ends: (first_end, last_end),
            scatter: (first_dot, last_dot),
        }
    }
}

/// Departments of the chart: all where they are few, else the first and last with a gap between them.
pub(super) fn ends<'v, 'a>(view: &'v View<'a>) -> Vec<Option<&'v Place<'a>>> {
    let scored: Vec<&Place<'_>> = view.departments.iter().filter(|place| place.score.is_some()).collect();
    if scored.len() <= 2 * ENDS {
        return scored.into_iter().map(Some).collect();
    }
    let first = scored.iter().take(ENDS).map(|place| Some(*place));
    let last = scored.iter().skip(scored.len() - ENDS).map(|place| Some(*place));
    first.chain([None]).chain(last).collect()
}

fn head(view: &View<'_>) -> Vec<Column> {
    let s = |words| view.say(words);
    let mut columns = vec![
        Column::new(s(words::GRADE), 24.0),
        Column::new(s(words::SCORE_BAND), 12.5),
        Column::new(s(words::PROJECT_COUNT), 11.0),
        Column::new(s(words::REVISED_BUDGET), money_width(view.total().budget()).max(12.0)),
        Column::new(s(words::SHARE_OF_PROJECTS), 11.0),
        Column::new(s(words::SHARE_OF_BUDGET), 11.0),
    ];
    columns.extend(view.categories.iter().take(MOST_CATEGORIES).map(|name| Column::new(*name, 12.0)));
    columns.push(Column::new(s(words::AVERAGE), 11.0));
    columns
}

/// Writes the sheet.
pub(super) fn write(book: &mut Book, view: &View<'_>, layout: &Layout) -> Result<(), RenderError> {
    let by_grade_columns = head(view);
    // the table of bands has eleven columns, however few categories there are
    let mut columns = by_grade_columns.clone();
    columns.resize(columns.len().max(BANDS.len() + 2), Column::new("", 11.0));
    let data = ChartData::new(view);
    let mut page = Page::open(book, view.say(ABOUT.name), &view.imprint, &ABOUT, &columns)?;
    page.feeds_charts = true;
    page.is_live = layout.is_live;
    by_grade(&mut page, view, layout, &by_grade_columns, data)?;
    by_band(&mut page, view, layout, data)?;
    both_ends(&mut page, view, layout, data)?;
    rates_and_scores(&mut page, view, layout, data)?;
    let right: f64 = columns.iter().skip(4).map(|column| page.width(column.width) * 7.0 + 5.0).sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a dozen columns of some characters")]
    let width = (right - 16.0).clamp(300.0, 700.0) as u32;
    let chart = charts::distribution(view, page.look, data, width, 250);
    page.sheet.insert_chart_with_offset(data.ends.0 - 2, 4, &chart, 4, 4)?;
    let after = data.scatter.1.max(data.ends.0 + 13) + 1;
    let notes = [
        view.fill(words::GRADES_RULE, &[("sheet", view.say(words::METHOD))]),
        view.say(words::GRADES_COLOURS).to_owned(),
    ];
    page.notes(after, &columns, &notes, None)?;
    page.sheet.set_page_breaks(&[data.scatter.0 - 2])?;
    page.sheet.set_freeze_panes(HEAD_ROW, 0)?;
    Ok(())
}

fn band_of(view: &View<'_>, grade: Grade) -> String {
    let limits = &view.district.settings.grade;
    match grade {
        Grade::Excellent => format!("[{},100]", limits.excellent),
        Grade::Good => format!("[{},{})", limits.good, limits.excellent),
        Grade::Fair => format!("[{},{})", limits.fair, limits.good),
        Grade::Poor => format!("[0,{})", limits.fair),
    }
}

fn by_grade(
    page: &mut Page<'_>,
    view: &View<'_>,
    layout: &Layout,
    columns: &[Column],
    data: ChartData,
) -> Result<(), RenderError> {
    let first = page.heads(data.grades_head, columns)?;
    let total_row = first + 5;
    let grades = layout.project(layout.project.grade);
    let budgets = layout.project(layout.project.budget);
    let scores = layout.project(layout.project.total);
    let mean_column = col(columns.len() - 1);
    let all = view.total();
    let all_budget = all.budget().unwrap_or_default();
    for (row, grade) in (first..).zip(Grade::ALL.map(Some).into_iter().chain([None])) {
        let name = grade.map_or_else(|| view.say(words::NOT_SCORED).to_owned(), |grade| view.grade(grade));
        let band = grade.map_or_else(|| "—".to_owned(), |grade| band_of(view, grade));
        let key = if grade.is_some() { cell(row, c::GRADE) } else { "\"—\"".to_owned() };
        page.rule(row, (0, mean_column), Style::CELL)?;
        page.text(row, c::GRADE, &name, Style::CELL.centred())?;
        page.text(row, c::BAND, &band, Style::CELL.centred())?;
        let count = of_grade(view, grade).count();
        let money = budget_of(of_grade(view, grade));
        let count_figure = i64::try_from(count).unwrap_or(i64::MAX);
        page.formula(row, c::COUNT, &format!("COUNTIF({grades},{key})"), count_figure, Style::figure(Num::Count))?;
        page.formula(row, c::BUDGET, &format!("SUMIFS({budgets},{grades},{key})"), money, Style::figure(Num::Money))?;
        let share = |column| format!("IFERROR({}/{},\"—\")", cell(row, column), cell(total_row, column));
        let of_projects = ratio(i128::from(count_figure), all.projects.into(), 12);
        page.formula(row, c::OF_PROJECTS, &share(c::COUNT), Figure::or_dash(of_projects), Style::figure(Num::Share))?;
        let of_budget = ratio(money.fen().into(), all_budget.fen().into(), 12);
        page.formula(row, c::OF_BUDGET, &share(c::BUDGET), Figure::or_dash(of_budget), Style::figure(Num::Share))?;
        for (column, category) in (c::FIRST_CATEGORY..).zip(view.categories.iter().take(MOST_CATEGORIES)) {
            let formula = format!(
                "SUMPRODUCT(--({grades}={key}),COUNTIFS({},{},{},{}))",
                layout.department(d::NAME),
                layout.project(ProjectColumns::DEPARTMENT),
                layout.department(d::CATEGORY),
                cell(data.grades_head, column)
            );
            let count = of_grade(view, grade).filter(|project| category_of(view, project) == Some(*category)).count();
            page.formula(row, column, &formula, i64::try_from(count).unwrap_or(i64::MAX), Style::figure(Num::Count))?;
        }
        let mean = format!("IFERROR(ROUND(AVERAGEIFS({scores},{grades},{key}),2),\"—\")");
        let sum: i128 = of_grade(view, grade).filter_map(|p| p.score).map(|score| i128::from(score.scaled())).sum();
        let mean_value = grade.and_then(|_| ratio(sum, i128::from(count_figure) * 10_000, 2));
        page.formula(row, mean_column, &mean, Figure::or_dash(mean_value), Style::figure(Num::Points))?;
        page.height(row, 19.0)?;
    }
    page.rule(total_row, (0, mean_column), Style::TOTAL)?;
    page.text(total_row, c::GRADE, view.say(words::TOTAL), Style::TOTAL.centred())?;
    page.text(total_row, c::BAND, "—", Style::TOTAL.centred())?;
    let sum = |column| format!("SUM({})", range(None, column, (first, total_row - 1)));
    page.formula(total_row, c::COUNT, &sum(c::COUNT), all.projects, Style::total(Num::Count))?;
    page.formula(total_row, c::BUDGET, &sum(c::BUDGET), all_budget, Style::total(Num::Money))?;
    let one = |known: bool| if known { Figure::Number(Decimal::ONE) } else { Figure::NotApplicable };
    for (column, of, known) in
        [(c::OF_PROJECTS, c::COUNT, all.projects > 0), (c::OF_BUDGET, c::BUDGET, all_budget != Money::ZERO)]
    {
        let formula = format!("IFERROR({0}/{0},\"—\")", cell(total_row, of));
        page.formula(total_row, column, &formula, one(known), Style::total(Num::Share))?;
    }
    for (column, category) in (c::FIRST_CATEGORY..).zip(view.categories.iter().take(MOST_CATEGORIES)) {
        let count = view.projects.iter().filter(|project| category_of(view, project) == Some(*category)).count();
        page.formula(
            total_row,
            column,
            &sum(column),
            i64::try_from(count).unwrap_or(i64::MAX),
            Style::total(Num::Count),
        )?;
    }
    let mean = format!("IFERROR(ROUND(AVERAGE({scores}),2),\"—\")");
    page.formula(total_row, mean_column, &mean, Figure::or_dash(all.mean(2)), Style::total(Num::Points))?;
    page.height(total_row, 19.0)?;
    let marked = super::layout::marked_grades(view);
    let words = [(marked[0].0, marked[0].1.as_str()), (marked[1].0, marked[1].1.as_str())];
    marks::grades(page.sheet, ((first, first + 3), (c::GRADE, c::GRADE)), words)
}

fn category_of<'a>(view: &View<'a>, project: &Project<'_>) -> Option<&'a str> {
    let name = project.department?;
    view.departments.iter().find(|place| &*place.row.department == name)?.row.category.as_deref()
}

fn by_band(page: &mut Page<'_>, view: &View<'_>, layout: &Layout, data: ChartData) -> Result<(), RenderError> {
    let last = col(BANDS.len() + 1);
    page.block_title(data.bands_head - 1, last, view.say(words::DISTRIBUTION), view.say(words::TABLE_5_1))?;
    let mut columns = vec![Column::new(view.say(words::SCORE_BAND), 0.0)];
    columns.extend((0..BANDS.len()).map(|index| Column::new(band_name(view, index), 0.0)));
    columns.push(Column::new(view.say(words::TOTAL), 0.0));
    let row = page.heads(data.bands_head, &columns)?;
    let scores = layout.project(layout.project.total);
    let style = Style::figure(Num::Count).below(Line::Thick);
    page.text(row, 0, view.say(words::PROJECT_COUNT), Style::CELL.centred().below(Line::Thick))?;
    for (index, count) in band_counts(view).into_iter().enumerate() {
        let from = BANDS.get(index).copied().unwrap_or_default();
        let formula = match (index, BANDS.get(index + 1)) {
            (0, Some(next)) => format!("COUNTIFS({scores},\"<{next}\")"),
            (_, Some(next)) => format!("COUNTIFS({scores},\">={from}\",{scores},\"<{next}\")"),
            (_, None) => format!("COUNTIFS({scores},\">={from}\")"),
        };
        page.formula(row, col(index + 1), &formula, count, style)?;
    }
    let sum = format!("SUM({}:{})", cell(row, 1), cell(row, last - 1));
    page.formula(row, last, &sum, view.total().scored, style.bold())?;
    page.height(row, 19.0)
}

fn both_ends(page: &mut Page<'_>, view: &View<'_>, layout: &Layout, data: ChartData) -> Result<(), RenderError> {
    let title = data.ends.0 - 2;
    page.text(title, 0, view.say(words::TOP_BOTTOM), Style { role: Role::Block, bold: true, ..Style::BODY })?;
    page.height(title, 24.0)?;
    let columns = [words::DEPARTMENT, words::SCORE, words::RANK].map(|name| Column::new(view.say(name), 0.0));
    page.heads(data.ends.0 - 1, &columns)?;
    let rows = ends(view);
    if rows.is_empty() {
        return page.nothing(data.ends.0, 3, view.say(words::NO_RANKING)).map(drop);
    }
    for (index, place) in rows.iter().enumerate() {
        let row = data.ends.0 + row_number(index);
        let line = if row == data.ends.1 { Line::Thick } else { Line::Hair };
        let Some(place) = place else {
            page.text(row, 0, view.say(words::OTHERS_LEFT_OUT), Style { tone: Tone::Muted, ..Style::CELL })?;
            // blank on purpose: a gap in the chart
            page.blank(row, 1, Style::CELL)?;
            page.text(row, 2, "…", Style::CELL.centred().muted())?;
            continue;
        };
        let own = cell(row, 0);
        page.text(row, 0, &place.row.department, Style::CELL.below(line))?;
        let was_live = page.is_live;
        page.is_live = was_live && is_plain_criterion(&place.row.department);
        let score = Style::figure(Num::Points).below(line);
        page.formula(row, 1, &layout.looked_up(d::SCORE, &own), Figure::or_missing(place.score), score)?;
        let rank = Style::figure(Num::Rank).below(line);
        page.formula(row, 2, &layout.looked_up(d::RANK, &own), Figure::or_dash(place.rank), rank)?;
        page.is_live = was_live;
        page.height(row, ROW)?;
    }
    Ok(())
}

fn rates_and_scores(page: &mut Page<'_>, view: &View<'_>, layout: &Layout, data: ChartData) -> Result<(), RenderError> {
    let title = data.scatter.0 - 2;
    page.text(title, 0, view.say(words::RATE_SCORE), Style { role: Role::Block, bold: true, ..Style::BODY })?;
    page.height(title, 24.0)?;
    let columns = [words::DEPARTMENT, words::RATE, words::SCORE].map(|name| Column::new(view.say(name), 0.0));
    page.heads(data.scatter.0 - 1, &columns)?;
    let rows = dots(view);
    if rows.is_empty() {
        return page.nothing(data.scatter.0, 3, view.say(words::NO_RANKING)).map(drop);
    }
    for (index, (place, rate, score)) in rows.iter().enumerate() {
        let row = data.scatter.0 + row_number(index);
        let line = if row == data.scatter.1 { Line::Thick } else { Line::Hair };
        let own = cell(row, 0);
        page.text(row, 0, &place.row.department, Style::CELL.below(line))?;
        let was_live = page.is_live;
        page.is_live = was_live && is_plain_criterion(&place.row.department);
        page.formula(row, 1, &layout.looked_up(d::RATE, &own), *rate, Style::figure(Num::Rate).below(line))?;
        page.formula(row, 2, &layout.looked_up(d::SCORE, &own), *score, Style::figure(Num::Points).below(line))?;
        page.is_live = was_live;
        page.height(row, ROW)?;
    }
    Ok(())
}
