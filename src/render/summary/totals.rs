//! Total row and category rows of 部门排名, in the columns of the departments.

use super::departments::columns as c;
use super::layout::{ANY_NUMBER, Layout, ProjectColumns, finding_columns, grade_formula, needs_action};
use crate::finding::Level;
use crate::render::RenderError;
use crate::render::frame::{ROW, cell, range};
use crate::render::page::{Figure, Page};
use crate::render::style::{Line, Num, Role, Style};
use crate::render::text::is_plain_criterion;
use crate::render::view::{Aggregate, View, district_score, level_words};
use crate::render::words;
use crate::settings::DepartmentMethod;

/// The total row: everything of the district together.
pub(super) fn district(page: &mut Page<'_>, view: &View<'_>, layout: &Layout, row: u32) -> Result<(), RenderError> {
    let sum = view.total();
    page.rule(row, (0, c::REMARK), Style::TOTAL)?;
    page.text(row, c::NAME, view.say(words::DISTRICT_TOTAL), Style::TOTAL)?;
    let (handed_in, all) = view.coverage();
    let covered = view.fill(words::OF_DEPARTMENTS, &[("in", &handed_in.to_string()), ("all", &all.to_string())]);
    page.text(row, c::CATEGORY, &covered, Style::TOTAL)?;
    let score = district_score(view, &sum);
    page.formula(
        row,
        c::SCORE,
        &layout.score(view.method(), ""),
        Figure::or_missing(score),
        Style::total(Num::Points),
    )?;
    let grade = score.map_or_else(|| "—".to_owned(), |score| view.grade(view.district.settings.grade.of(score)));
    page.formula_text(row, c::GRADE, &grade_formula(view, &cell(row, c::SCORE)), &grade, Style::TOTAL.centred())?;
    page.formula(row, c::RATE, &layout.rate(""), Figure::or_missing(sum.rate()), Style::total(Num::Rate))?;
    for column in [c::RANK, c::IN_CATEGORY, c::RATE_RANK, c::AGAINST] {
        page.text(row, column, "—", Style::TOTAL.centred())?;
    }
    let mean = layout.score(DepartmentMethod::Mean, "");
    page.formula(row, c::MEAN, &mean, Figure::or_missing(sum.mean(2)), Style::total(Num::Points))?;
    let names = layout.project(ProjectColumns::DEPARTMENT);
    page.formula(row, c::PROJECTS, &format!("COUNTA({names})"), sum.projects, Style::total(Num::Count))?;
    let scored = format!("COUNT({})", layout.project(layout.project.total));
    page.formula(row, c::SCORED, &scored, sum.scored, Style::total(Num::Count))?;
    let budget = some_sum(&layout.project(layout.project.budget));
    page.formula(row, c::BUDGET, &budget, Figure::or_missing(sum.budget()), Style::total(Num::Money))?;
    let outturn = some_sum(&layout.project(layout.project.outturn));
    page.formula(row, c::OUTTURN, &outturn, Figure::or_missing(sum.outturn()), Style::total(Num::Money))?;
    for (column, level) in [(c::ERRORS, Level::Error), (c::WARNINGS, Level::Warning)] {
        let said = format!("\"{}\"", level_words(view, level));
        let count = view.findings.iter().filter(|line| needs_action(line) && line.level == level).count();
        let formula = layout.open_findings(&[(finding_columns::LEVEL, said.as_str())]);
        page.formula(row, column, &formula, i64::try_from(count).unwrap_or(i64::MAX), Style::total(Num::Count))?;
    }
    page.height(row, 19.0)
}

/// A sum that is `…` where no addend is known.
pub(super) fn some_sum(range: &str) -> String {
    format!("IF(COUNT({range})=0,\"…\",SUM({range}))")
}

/// A row for each category in the same columns. Returns the row below them.
pub(super) fn categories(page: &mut Page<'_>, view: &View<'_>, layout: &Layout, row: u32) -> Result<u32, RenderError> {
    if view.categories.is_empty() {
        return Ok(row);
    }
    page.rule(row, (0, c::REMARK), Style::BODY.below(Line::Thin))?;
    page.text(
        row,
        0,
        view.say(words::BY_CATEGORY),
        Style { role: Role::Block, bold: true, ..Style::BODY }.below(Line::Thin),
    )?;
    page.height(row, 24.0)?;
    let mut at = row;
    for (index, category) in view.categories.iter().enumerate() {
        at += 1;
        let line = if index + 1 == view.categories.len() { Line::Thick } else { Line::Hair };
        category_row(page, view, layout, at, category, line)?;
    }
    Ok(at + 1)
}

fn category_row(
    page: &mut Page<'_>,
    view: &View<'_>,
    layout: &Layout,
    row: u32,
    category: &str,
    line: Line,
) -> Result<(), RenderError> {
    let was_live = page.is_live;
    let members = || view.departments.iter().filter(|place| place.row.category.as_deref() == Some(category));
    page.is_live = was_live
        && is_plain_criterion(category)
        && view.departments.iter().all(|place| is_plain_criterion(&place.row.department));
    let sum = Aggregate::of(view.projects.iter().filter(|project| {
        project.department.is_some_and(|name| members().any(|place| &*place.row.department == name))
    }));
    let names = range(None, c::NAME, layout.departments);
    let of = format!("--({}={})", range(None, c::CATEGORY, layout.departments), cell(row, 0));
    let p = &layout.project;
    let department = layout.project(ProjectColumns::DEPARTMENT);
    let total = layout.project(p.total);
    let by_name = |column: u16, more: &str| {
        format!("SUMPRODUCT(SUMIFS({},{department},{names}{more}),{of})", layout.project(column))
    };
    let scored = format!(",{total},\">=0\"");
    let mean = format!(
        "IFERROR(ROUND({}/SUMPRODUCT(COUNTIFS({department},{names}{scored}),{of}),2),\"…\")",
        by_name(p.total, "")
    );
    let score = match view.method() {
        DepartmentMethod::Mean => mean.clone(),
        DepartmentMethod::Weighted | DepartmentMethod::Whole | DepartmentMethod::Mixed => {
            format!("IFERROR(ROUND({}/{},2),{mean})", by_name(p.weighted, &scored), by_name(p.budget, &scored))
        }
    };
    let any = ANY_NUMBER;
    let rate = format!(
        "IFERROR(ROUND({}/{},4),\"…\")",
        by_name(p.outturn, &format!(",{},{any}", layout.project(p.budget))),
        by_name(p.budget, &format!(",{},{any}", layout.project(p.outturn)))
    );
    let style = |num| Style::figure(num).below(line);
    let dash = Style::CELL.below(line).centred();
    page.rule(row, (0, c::REMARK), Style::CELL.below(line))?;
    page.text(row, 0, category, Style::CELL.below(line).indented(1))?;
    let (handed_in, all) = members().fold((0, 0), |(n, all), p| (n + u32::from(p.row.submitted), all + 1));
    let covered = view.fill(words::OF_DEPARTMENTS, &[("in", &handed_in.to_string()), ("all", &all.to_string())]);
    page.text(row, c::CATEGORY, &covered, Style::CELL.below(line))?;
    let value = district_score(view, &sum);
    page.formula(row, c::SCORE, &score, Figure::or_missing(value), style(Num::Points).bold())?;
    let grade = value.map_or_else(|| "—".to_owned(), |score| view.grade(view.district.settings.grade.of(score)));
    page.formula_text(row, c::GRADE, &grade_formula(view, &cell(row, c::SCORE)), &grade, dash)?;
    for column in [c::IN_CATEGORY, c::RATE_RANK, c::AGAINST] {
        page.text(row, column, "—", dash.muted())?;
    }
    page.formula(row, c::RATE, &rate, Figure::or_missing(sum.rate()), style(Num::Rate))?;
    page.formula(row, c::MEAN, &mean, Figure::or_missing(sum.mean(2)), style(Num::Points).muted())?;
    let errors = members().map(|place| i64::from(place.row.findings_error)).sum::<i64>();
    let warnings = members().map(|place| i64::from(place.row.findings_warning)).sum::<i64>();
    let of_column = |column| {
        let column = range(None, column, layout.departments);
        format!("SUMIFS({column},{},{})", range(None, c::CATEGORY, layout.departments), cell(row, 0))
    };
    for (column, value, num) in [
        (c::PROJECTS, Figure::from(sum.projects), Num::Count),
        (c::SCORED, Figure::from(sum.scored), Num::Count),
        (c::BUDGET, Figure::Money(sum.budget().unwrap_or_default()), Num::Money),
        (c::OUTTURN, Figure::Money(sum.outturn().unwrap_or_default()), Num::Money),
        (c::ERRORS, Figure::from(errors), Num::Count),
        (c::WARNINGS, Figure::from(warnings), Num::Count),
    ] {
        page.formula(row, column, &of_column(column), value, style(num))?;
    }
    page.is_live = was_live;
    page.height(row, ROW)
}
