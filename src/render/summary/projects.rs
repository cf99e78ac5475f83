//! 项目得分: what each project scores, of which parts, from which cells.

use super::departments::{outside, tie_format};
use super::layout::{
    Layout, ProjectColumns, around, finding_columns, grade_formula, marked_grades, money_width, needs_action,
};
use super::totals::some_sum;
use crate::finding::Level;
use crate::quantity::{Decimal, Points, column_name};
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, MOST_ROWS, Paper, cell, col, range, row as row_number};
use crate::render::look;
use crate::render::marks;
use crate::render::page::{Figure, Page};
use crate::render::style::{Line, Num, Style};
use crate::render::text::{self, is_plain_criterion};
use crate::render::view::{Part, Project, View, level_words, place, ratio};
use crate::render::words;
use crate::render::workbook::{Book, ROW, RowFormula};
use foldhash::fast::RandomState;
use std::collections::HashMap;

const ABOUT: About = About {
    name: words::PROJECTS,
    title: words::TITLE_PROJECTS,
    number: words::NO_PROJECTS,
    unit: Some(words::UNIT_MONEY_POINTS),
    asks: words::ASK_PROJECTS,
    tab: look::BLUE,
    paper: Paper::A4,
};
const NAME_WIDTH: f64 = 27.0;
const DEPARTMENT_WIDTH: f64 = 22.5;
const SOURCE_WIDTH: f64 = 36.0;
/// Height of a row whose texts take a line each.
const HEIGHT: f64 = 16.5;

fn head(view: &View<'_>) -> Vec<Column> {
    let s = |words| view.say(words);
    let money = money_width(view.total().budget());
    let grade = if view.imprint.lang == crate::finding::Lang::Zh { 6.5 } else { 9.5 };
    let mut columns = vec![
        Column::new(s(words::RANK), 8.0),
        Column::new(s(words::PROJECT), NAME_WIDTH),
        Column::new(s(words::DEPARTMENT), DEPARTMENT_WIDTH),
    ];
    let none = [s(words::OTHER_PARTS).to_owned()];
    let parts = if view.parts.is_empty() { &none[..] } else { &view.parts };
    for part in parts {
        let name = words::indicator(part, view.imprint.lang);
        let name = if name == words::OTHER_PARTS.zh { s(words::OTHER_PARTS) } else { name };
        columns.push(Column::of(s(words::PARTS), broken(name), 8.5));
    }
    columns.extend([
        Column::new(s(words::TOTAL_SCORE), 10.0),
        Column::new(s(words::GRADE), grade),
        Column::of(s(words::MONEY_GROUP), s(words::REVISED_BUDGET), money),
        Column::of(s(words::MONEY_GROUP), s(words::OUTTURN), money),
        Column::of(s(words::MONEY_GROUP), s(words::RATE), 9.5),
        Column::new(s(words::WEIGHTED), money + 2.0),
        Column::new(s(words::FINDINGS_SHORT), 6.5),
        Column::new(s(words::SOURCE), SOURCE_WIDTH),
    ]);
    columns
}

/// A long head in two lines, at a word limit: `预算⏎执行率`.
pub(super) fn broken(name: &str) -> String {
    let count = name.chars().count();
    if name.is_ascii() {
        return name.replacen(' ', "\n", 1);
    }
    if !(5..=8).contains(&count) {
        return name.to_owned();
    }
    let at = if count == 5 && name.starts_with("可持续") { 3 } else { 2 };
    let split = name.char_indices().nth(at).map_or(name.len(), |(at, _)| at);
    let (first, rest) = name.split_at(split);
    format!("{first}\n{rest}")
}

/// Writes the sheet; a district with more projects than a sheet has rows continues on the next one.
pub(super) fn write(book: &mut Book, view: &View<'_>, layout: &Layout) -> Result<(), RenderError> {
    let columns = head(view);
    let (counted, formulas) = (counted(view), Formulas::new(view, layout));
    let mut taken: Vec<String> = Vec::new();
    let chunks: Vec<&[Project<'_>]> =
        if view.projects.is_empty() { vec![&[]] } else { view.projects.chunks(MOST_ROWS).collect() };
    for (index, chunk) in chunks.iter().enumerate() {
        let name = text::sheet_name(view.say(ABOUT.name), &taken);
        let mut page = Page::open_for(chunk.len(), book, &name, &view.imprint, &ABOUT, &columns)?;
        page.is_live = layout.is_live;
        let first = page.heads(HEAD_ROW, &columns)?;
        for (row, project) in (first..).zip(*chunk) {
            project_row(&mut page, view, (layout, &formulas), project, row, &counted)?;
        }
        let last = first + row_number(chunk.len().max(1)) - 1;
        if chunk.is_empty() {
            page.rule(first, (0, layout.project.source), Style::CELL)?;
        }
        total(&mut page, view, layout, last + 1, &counted)?;
        let mut notes = notes(view);
        if let Some(before) = index.checked_sub(1).and_then(|before| taken.get(before)) {
            notes.push(view.fill(words::CONTINUED_FROM, &[("sheet", before)]));
        }
        taken.push(name);
        if index + 1 < chunks.len() {
            let next = text::sheet_name(view.say(ABOUT.name), &taken);
            notes.push(view.fill(words::CONTINUES_ON, &[("sheet", &next)]));
        }
        page.notes(last + 2, &columns, &notes, Some(view.say(words::SOURCE_PROJECTS)))?;
        page.table_behaviour((HEAD_ROW, first - 1), (first, last), 3, col(columns.len()))?;
        marks(&mut page, view, layout, (first, last))?;
    }
    Ok(())
}

/// Open findings of level error or warning by department and project.
type Counted<'a> = HashMap<(&'a str, &'a str), i64, RandomState>;

fn counted<'a>(view: &'a View<'_>) -> Counted<'a> {
    let mut counted = Counted::default();
    for line in view.findings.iter().filter(|line| needs_action(line)) {
        *counted.entry((line.department, line.project)).or_default() += 1;
    }
    counted
}

/// The formulas of a row.
struct Formulas {
    rank: RowFormula,
    total: RowFormula,
    weighted: RowFormula,
    grade: RowFormula,
    rate: RowFormula,
    findings: RowFormula,
}

impl Formulas {
    fn new(view: &View<'_>, layout: &Layout) -> Self {
        let c = &layout.project;
        let at = |column: u16| format!("{}{ROW}", column_name(column.into()));
        let parts = format!("{}:{}", at(ProjectColumns::FIRST_PART), at(c.total - 1));
        let total = at(c.total);
        let all = range(None, c.total, layout.projects);
        let info = format!("\"<>{}\"", level_words(view, Level::Info));
        let (own, its) = (at(ProjectColumns::DEPARTMENT), at(ProjectColumns::NAME));
        let findings = layout.open_findings(&[
            (finding_columns::DEPARTMENT, own.as_str()),
            (finding_columns::PROJECT, its.as_str()),
            (finding_columns::LEVEL, info.as_str()),
        ]);
        let sum = format!("IF(OR(COUNTIF({parts},\"…\")>0,COUNT({parts})=0),\"…\",ROUND(SUM({parts}),2))");
        let weighted =
            format!("IF(AND(ISNUMBER({total}),ISNUMBER({0})),ROUND(SUM({parts}),4)*{0},\"…\")", at(c.budget));
        Self {
            rank: RowFormula::new(&format!("IF(ISNUMBER({total}),RANK({total},{all}),\"—\")")),
            total: RowFormula::new(&sum),
            weighted: RowFormula::new(&weighted),
            grade: RowFormula::new(&grade_formula(view, &total)),
            rate: RowFormula::new(&format!("IFERROR(ROUND({}/{},4),\"—\")", at(c.outturn), at(c.budget))),
            findings: RowFormula::new(&findings),
        }
    }
}

fn project_row(
    page: &mut Page<'_>,
    view: &View<'_>,
    (layout, formulas): (&Layout, &Formulas),
    project: &Project<'_>,
    row: u32,
    counted: &Counted<'_>,
) -> Result<(), RenderError> {
    let c = &layout.project;
    let was_live = page.is_live;
    page.formula(row, 0, &formulas.rank, Figure::or_dash(project.rank), Style::figure(Num::Rank))?;
    let fallback =
        if project.evaluation.form.starts_with("dept_") { words::WHOLE_DEPARTMENT } else { words::NO_PROJECT_NAME };
    let name = project.name.unwrap_or_else(|| view.say(fallback));
    let department = project.department.unwrap_or_else(|| view.say(words::NO_DEPARTMENT));
    page.text(row, ProjectColumns::NAME, name, Style::TEXT)?;
    page.text(row, ProjectColumns::DEPARTMENT, department, Style::TEXT.small())?;
    parts(page, project, row, c)?;
    page.is_live = was_live && project.adds_up;
    page.formula(row, c.total, &formulas.total, Figure::or_missing(project.score), Style::figure(Num::Points).bold())?;
    let value = project
        .exact
        .zip(project.budget)
        .and_then(|(score, budget)| Decimal::new(i128::from(score.scaled()) * i128::from(budget.fen()), 10));
    page.formula(row, c.weighted, &formulas.weighted, Figure::or_missing(value), Style::figure(Num::Money).muted())?;
    page.is_live = was_live;
    let grade = project.grade.map_or_else(|| "—".to_owned(), |grade| view.grade(grade));
    page.formula_text(row, c.grade, &formulas.grade, &grade, Style::CELL.centred())?;
    page.figure(row, c.budget, Figure::or_missing(project.budget), Style::figure(Num::Money))?;
    page.figure(row, c.outturn, Figure::or_missing(project.outturn), Style::figure(Num::Money))?;
    page.formula(row, c.rate, &formulas.rate, Figure::or_dash(project.rate), Style::figure(Num::Rate))?;

    let count = counted.get(&(project.department.unwrap_or("—"), project.name.unwrap_or("—"))).copied().unwrap_or(0);
    page.is_live =
        was_live && project.name.is_some_and(is_plain_criterion) && project.department.is_some_and(is_plain_criterion);
    let known = if project.name.is_some() { count } else { 0 };
    page.formula(row, c.findings, &formulas.findings, known, Style::figure(Num::Count))?;
    page.is_live = was_live;
    let file = view.file(project.evaluation.file_id);
    let evaluation = project.evaluation;
    let place = place(file, Some(&evaluation.sheet), Some(&evaluation.range));
    let link = view.link(file, Some(&evaluation.sheet), Some(&evaluation.range));
    page.file_link(row, c.source, &place, link.as_ref(), Style { wrap: true, ..Style::LINK })?;
    page.wrap_height(
        row,
        HEIGHT,
        &[
            (name, Style::TEXT, NAME_WIDTH),
            (department, Style::TEXT.small(), DEPARTMENT_WIDTH),
            (&place, Style::LINK, SOURCE_WIDTH),
        ],
    )
}

fn parts(page: &mut Page<'_>, project: &Project<'_>, row: u32, c: &ProjectColumns) -> Result<(), RenderError> {
    for column in ProjectColumns::FIRST_PART..c.total {
        let part = project.parts.get(usize::from(column - ProjectColumns::FIRST_PART));
        let figure = match part {
            Some(Part::Points(points)) => Figure::Points(*points),
            Some(Part::Missing) => Figure::Missing,
            // without any part, what is missing is the score itself
            Some(Part::Absent) | None
                if project.exact.is_none() && project.parts.iter().all(|p| *p == Part::Absent) =>
            {
                Figure::Missing
            }
            Some(Part::Absent) | None => Figure::NotApplicable,
        };
        page.figure(row, column, figure, Style::figure(Num::Points))?;
    }
    Ok(())
}

fn total(
    page: &mut Page<'_>,
    view: &View<'_>,
    layout: &Layout,
    row: u32,
    counted: &Counted<'_>,
) -> Result<(), RenderError> {
    let c = &layout.project;
    let all = |column| range(None, column, layout.projects);
    let sum = view.total();
    page.rule(row, (0, c.source), Style::TOTAL)?;
    page.text(row, ProjectColumns::NAME, view.say(words::TOTAL_AND_MEAN), Style::TOTAL)?;
    let inner = format!("COUNT({})", all(c.total));
    let template = view.say(words::OF_SCORED);
    let template = template.replace("{all}", &sum.projects.to_string());
    let said = template.replace("{n}", &sum.scored.to_string());
    page.formula_text(row, ProjectColumns::DEPARTMENT, &around(&template, "{n}", &inner), &said, Style::TOTAL)?;
    for (index, column) in (ProjectColumns::FIRST_PART..c.total).enumerate() {
        let points = view.projects.iter().filter_map(|project| match project.parts.get(index) {
            Some(Part::Points(points)) => Some(*points),
            Some(Part::Absent | Part::Missing) | None => None,
        });
        let (count, scaled) = points.fold((0_i128, 0_i128), |(n, s), p: Points| (n + 1, s + i128::from(p.scaled())));
        let mean = format!("IFERROR(ROUND(AVERAGE({}),2),\"—\")", all(column));
        page.formula(row, column, &mean, Figure::or_dash(ratio(scaled, count * 10_000, 2)), Style::total(Num::Points))?;
    }
    let mean = format!("IFERROR(ROUND(AVERAGE({}),2),\"…\")", all(c.total));
    page.formula(row, c.total, &mean, Figure::or_missing(sum.mean(2)), Style::total(Num::Points))?;
    page.text(row, c.grade, "—", Style::TOTAL.centred())?;
    page.formula(row, c.budget, &some_sum(&all(c.budget)), Figure::or_missing(sum.budget()), Style::total(Num::Money))?;
    page.formula(
        row,
        c.outturn,
        &some_sum(&all(c.outturn)),
        Figure::or_missing(sum.outturn()),
        Style::total(Num::Money),
    )?;
    page.formula(row, c.rate, &layout.rate(""), Figure::or_missing(sum.rate()), Style::total(Num::Rate))?;
    page.formula(
        row,
        c.weighted,
        &some_sum(&all(c.weighted)),
        Figure::or_missing(sum.weighted_sum()),
        Style::total(Num::Money),
    )?;
    let findings: i64 = view
        .projects
        .iter()
        .map(|project| match (project.department, project.name) {
            (department, Some(name)) => counted.get(&(department.unwrap_or("—"), name)).copied().unwrap_or(0),
            (_, None) => 0,
        })
        .sum();
    page.formula(row, c.findings, &format!("SUM({})", all(c.findings)), findings, Style::total(Num::Count))?;
    page.blank(row, c.source, Style::TOTAL.below(Line::Thick))?;
    page.height(row, 19.0)
}

fn notes(view: &View<'_>) -> Vec<String> {
    [words::PROJECT_RULE, words::MONEY_RULE, words::BUDGET_STANDS_IN].map(|note| view.say(note).to_owned()).to_vec()
}

fn marks(page: &mut Page<'_>, view: &View<'_>, layout: &Layout, rows: (u32, u32)) -> Result<(), RenderError> {
    let c = &layout.project;
    let area = |column| (rows, (column, column));
    marks::bar(page.sheet, area(c.total), view.district.settings.grade.fair.decimal().to_f64(), 100.0)?;
    let grades = marked_grades(view);
    marks::grades(page.sheet, area(c.grade), [(grades[0].0, &grades[0].1), (grades[1].0, &grades[1].1)])?;
    let low = view.district.settings.thresholds.low_execution;
    marks::warn_where(page.sheet, area(c.rate), &outside(&format!("${}", cell(rows.0, c.rate)), low))?;
    let findings = format!("${}", cell(rows.0, c.findings));
    marks::warn_where(page.sheet, area(c.findings), &format!("=AND(ISNUMBER({findings}),{findings}>0)"))?;
    tie_format(page, view, (0, 0), rows)
}
