//! 项目得分: what each project scores, of which parts, from which file.

use super::super::table::{Cell, Column, Kind, Row, Rows, Table};
use super::super::{Page, link};
use super::{DASH, DOTS, List, attention, grade, money, notes, rank, rate, score, shared_ranks};
use crate::finding::Level;
use crate::form::FormKind;
use crate::quantity::Points;
use crate::render::view::{Part, Project, place, points};
use crate::render::{RenderError, words};
use std::collections::BTreeMap;

/// The part whose name is also that of a rate, and whose column says that it holds points.
const EXECUTION: &str = "预算执行率";

/// The section.
pub(in crate::render::report) fn projects(page: &Page<'_>) -> Result<List, RenderError> {
    let view = &page.view;
    let s = |words| view.say(words);
    let mut columns = vec![
        Column::new(s(words::RANK), Kind::Rank),
        Column::new(s(words::PROJECT), Kind::Text),
        Column::secondary(s(words::DEPARTMENT), Kind::Text),
    ];
    columns.extend(view.parts.iter().map(|part| {
        let name =
            if part == EXECUTION { s(words::EXECUTION_POINTS) } else { words::indicator(part, view.imprint.lang) };
        Column::secondary(name, Kind::Figure)
    }));
    columns.extend([
        Column::new(s(words::TOTAL_SCORE), Kind::Figure),
        Column::secondary(s(words::RECOMPUTED_PAGE), Kind::Figure),
        Column::new(s(words::GRADE), Kind::Grade),
        Column::secondary(s(words::REVISED_BUDGET), Kind::Figure),
        Column::new(s(words::RATE), Kind::Figure),
        Column::new(s(words::FINDINGS_SHORT), Kind::Count),
        Column::secondary(s(words::SOURCE_PAGE), Kind::Place),
    ]);
    let mut open: BTreeMap<&str, u32> = BTreeMap::new();
    for finding in view.findings.iter().filter(|finding| finding.is_open && finding.level != Level::Info) {
        if let Some(id) = finding.row.evaluation_id.as_deref() {
            *open.entry(id).or_default() += 1;
        }
    }
    let categories: BTreeMap<&str, Option<usize>> = view
        .departments
        .iter()
        .map(|place| (&*place.row.department, page.category(place.row.category.as_deref())))
        .collect();
    let shared = shared_ranks(view.projects.iter().filter_map(|project| project.rank));
    let rows = view.projects.iter().map(|project| {
        let problems = open.get(&*project.evaluation.evaluation_id).copied().unwrap_or(0);
        let category = project.department.and_then(|name| categories.get(name).copied().flatten());
        let is_shared = project.rank.is_some_and(|rank| shared.contains(&rank));
        row(page, project, category, is_shared, problems)
    });
    let mut filters = page.filters(words::HINT_PROJECT);
    filters.push(page.grade_filter());
    let table = Table {
        id: "list-projects",
        caption: s(words::PROJECTS).to_owned(),
        columns,
        head: 1,
        rows: Rows::of(rows),
        total: None,
        filters,
        sorts: true,
    };
    let said = [words::PROJECT_RULE, words::BUDGET_STANDS_IN, words::MONEY_RULE_PAGE].map(|w| s(w).to_owned());
    let source = s(words::SOURCE_PROJECTS).to_owned();
    page.list(("projects", words::PROJECTS), None, vec![(None, table)], notes(view, &said, Some(source)))
}

fn row(page: &Page<'_>, project: &Project<'_>, category: Option<usize>, is_shared: bool, problems: u32) -> Row {
    let view = &page.view;
    let evaluation = project.evaluation;
    let is_whole =
        [FormKind::DeptSelfEval, FormKind::DeptScoreCard].iter().any(|kind| kind.code() == &*evaluation.form);
    let nameless = if is_whole { words::WHOLE_DEPARTMENT } else { words::NO_PROJECT_NAME };
    let name = project.name.unwrap_or_else(|| view.say(nameless));
    let department = project.department.unwrap_or_else(|| view.say(words::NO_DEPARTMENT));
    let file = view.file(evaluation.file_id);
    let place = place(file, Some(&evaluation.sheet), Some(&evaluation.range));
    let mut cells = vec![rank(view, project.rank, is_shared), Cell::head(name, department), Cell::text(department)];
    cells.extend(project.parts.iter().map(|part| match part {
        Part::Absent => Cell::none(DASH),
        Part::Missing => Cell::none(DOTS),
        Part::Points(value) => Cell::text(points(*value)),
    }));
    cells.extend([
        score(view, project.score),
        recomputed(project),
        grade(view, project.grade),
        money(project.budget),
        rate(view, project.rate, DASH),
        attention(problems, "warn"),
        Cell::link(place, link::to_file(view, file)),
    ]);
    Row { category, grade: project.grade.map(super::place_of), cells }
}

/// The score by the rules where it differs from the one submitted.
fn recomputed(project: &Project<'_>) -> Cell {
    match project.recomputed.map(Points::round2) {
        Some(score) if Some(score) != project.score => Cell::marked(points(score), Some("warn")),
        _ => project.score.map_or_else(|| Cell::none(DOTS), |_| Cell::none("＝")),
    }
}
