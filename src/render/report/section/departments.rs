//! 部门排名: who is high, who is low, and does it agree with the execution rate; below it by category.

use super::super::Page;
use super::super::table::{Cell, Column, Kind, Row, Table};
use super::{DASH, DOTS, List, attention, count, grade, money, notes, or_mark, rank, rate, row, score, shared_ranks};
use crate::quantity::Points;
use crate::render::view::{Aggregate, Place, View, district_score, number, percent, points};
use crate::render::{RenderError, words};
use crate::settings::DepartmentMethod;

/// The section.
pub(in crate::render::report) fn departments(page: &Page<'_>) -> Result<List, RenderError> {
    let view = &page.view;
    let mut filters = page.filters(words::HINT_DEPARTMENT);
    filters.push(page.grade_filter());
    let shared = shared_ranks(view.departments.iter().filter_map(|place| place.rank));
    let is_shared = |rank: Option<u32>| rank.is_some_and(|rank| shared.contains(&rank));
    let ranking = Table {
        id: "list-departments",
        caption: view.say(words::DEPARTMENTS).to_owned(),
        columns: columns(view),
        head: 1,
        rows: view.departments.iter().map(|place| department(page, place, is_shared(place.rank))).collect(),
        total: Some(total(view)),
        filters,
        sorts: true,
    };
    let mut tables = vec![(None, ranking)];
    if view.categories.len() > 1 {
        tables.push((Some(view.say(words::BY_CATEGORY_PAGE).to_owned()), by_category(view)));
    }
    let source = view.fill(words::SOURCE_DEPARTMENTS, &[("sheet", view.say(words::PROJECTS))]);
    page.list(("departments", words::DEPARTMENTS), None, tables, notes(view, &rules(view), Some(source)))
}

fn columns(view: &View<'_>) -> Vec<Column> {
    let s = |words| view.say(words);
    vec![
        Column::new(s(words::RANK), Kind::Rank),
        Column::new(s(words::DEPARTMENT), Kind::Text),
        Column::secondary(s(words::CATEGORY), Kind::Text),
        Column::new(s(words::SCORE), Kind::Figure),
        Column::new(s(words::GRADE), Kind::Grade),
        Column::new(s(words::RATE), Kind::Figure),
        Column::secondary(s(words::RATE_RANK), Kind::Rank),
        Column::secondary(s(words::RANK_GAP), Kind::Count),
        Column::secondary(s(words::MEAN_SCORE), Kind::Figure),
        Column::new(s(words::FIGURE_PROJECTS), Kind::Count),
        Column::secondary(s(words::REVISED_BUDGET), Kind::Figure),
        Column::secondary(s(words::OUTTURN), Kind::Figure),
        Column::new(s(words::ERRORS), Kind::Count),
        Column::new(s(words::WARNINGS), Kind::Count),
    ]
}

fn department(page: &Page<'_>, place: &Place<'_>, is_shared: bool) -> Row {
    let view = &page.view;
    let category = place.row.category.as_deref();
    let gap = place.rate_rank.zip(place.rank).map(|(rate, rank)| i64::from(rate) - i64::from(rank));
    Row {
        category: page.category(category),
        grade: place.grade.map(super::place_of),
        cells: vec![
            rank(view, place.rank, is_shared),
            Cell::noted(&place.row.department, &remark(view, place)),
            or_mark(category, DASH, str::to_owned),
            score(view, place.score),
            grade(view, place.grade),
            rate(view, place.rate, DOTS),
            or_mark(place.rate_rank, DASH, |rank| rank.to_string()),
            or_mark(gap, DASH, gap_of_ranks),
            or_mark(place.mean, DOTS, points),
            count(place.sum.projects),
            money(place.budget),
            money(place.outturn),
            attention(place.row.findings_error, "err"),
            attention(place.row.findings_warning, "warn"),
        ],
    }
}

/// `▲2`: two places better by score than by rate.
fn gap_of_ranks(gap: i64) -> String {
    match gap.signum() {
        1 => format!("▲{gap}"),
        -1 => format!("▼{}", gap.unsigned_abs()),
        _ => "－".to_owned(),
    }
}

/// Why a department is not ranked and where it could still come, or how many of its projects have no score.
fn remark(view: &View<'_>, place: &Place<'_>) -> String {
    let unscored = place.sum.projects - place.sum.scored;
    let mut said = Vec::new();
    if !place.row.submitted {
        said.push(view.say(words::NOT_HANDED_IN).to_owned());
    }
    if unscored > 0 {
        said.push(view.fill(words::UNSCORED_PROJECTS, &[("n", &unscored.to_string())]));
    }
    if place.score.is_none() {
        said.push(view.fill(words::COULD_TAKE, &[("n", &view.departments.len().to_string())]));
    }
    said.join(match view.imprint.lang {
        crate::finding::Lang::Zh => "，",
        crate::finding::Lang::En => ", ",
    })
}

/// The row of some projects together: score, grade, rate, mean, projects, budget, outturn.
fn together(view: &View<'_>, sum: &Aggregate, own: Option<Points>) -> [Cell; 7] {
    [
        or_mark(own, DOTS, points),
        Cell::text(own.map_or_else(|| DASH.to_owned(), |own| view.grade(view.district.settings.grade.of(own)))),
        or_mark(sum.rate(), DASH, |rate| percent(rate, 2)),
        or_mark(sum.mean(2), DOTS, |mean| number(mean, 2)),
        count(sum.projects),
        money(sum.budget()),
        money(sum.outturn()),
    ]
}

fn total(view: &View<'_>) -> Row {
    let (handed_in, all) = view.coverage();
    let covered = view.fill(words::OF_DEPARTMENTS, &[("in", &handed_in.to_string()), ("all", &all.to_string())]);
    let own = district_score(view, &view.total());
    let [score, grade, rate, mean, projects, budget, outturn] = together(view, &view.total(), own);
    let errors: u32 = view.departments.iter().map(|place| place.row.findings_error).sum();
    let warnings: u32 = view.departments.iter().map(|place| place.row.findings_warning).sum();
    let none = || Cell::none(DASH);
    let head = Cell::text(view.say(words::DISTRICT_TOTAL));
    let covered = Cell::text(covered);
    let counts = [count(errors), count(warnings)];
    row([none(), head, covered, score, grade, rate, none(), none(), mean, projects, budget, outturn]
        .into_iter()
        .chain(counts)
        .collect())
}

fn by_category(view: &View<'_>) -> Table<'static> {
    let s = |words| view.say(words);
    let columns = vec![
        Column::new(s(words::CATEGORY), Kind::Text),
        Column::new(s(words::FIGURE_DEPARTMENTS), Kind::Count),
        Column::new(s(words::SCORE), Kind::Figure),
        Column::new(s(words::GRADE), Kind::Grade),
        Column::new(s(words::RATE), Kind::Figure),
        Column::secondary(s(words::MEAN_SCORE), Kind::Figure),
        Column::new(s(words::FIGURE_PROJECTS), Kind::Count),
        Column::secondary(s(words::REVISED_BUDGET), Kind::Figure),
        Column::secondary(s(words::OUTTURN), Kind::Figure),
    ];
    let rows = view.categories.iter().map(|category| {
        let of = || view.departments.iter().filter(|place| place.row.category.as_deref() == Some(category));
        let names: Vec<&str> = of().map(|place| &*place.row.department).collect();
        let own = view.projects.iter().filter(|project| project.department.is_some_and(|name| names.contains(&name)));
        let sum = Aggregate::of(own);
        let handed_in = of().filter(|place| place.row.submitted).count().to_string();
        let covered = view.fill(words::OF_DEPARTMENTS, &[("in", &handed_in), ("all", &names.len().to_string())]);
        let cells = together(view, &sum, district_score(view, &sum));
        row([Cell::text(*category), Cell::text(covered)].into_iter().chain(cells).collect())
    });
    Table {
        id: "list-categories",
        caption: s(words::BY_CATEGORY_PAGE).to_owned(),
        columns,
        head: 0,
        rows: rows.collect(),
        total: None,
        filters: Vec::new(),
        sorts: false,
    }
}

/// The rules of the ranking, printed below it.
fn rules(view: &View<'_>) -> Vec<String> {
    let settings = &view.district.settings;
    let limit = |points: Points| number(points.decimal(), points.decimal().places());
    let method = match view.method() {
        DepartmentMethod::Weighted => view.say(words::METHOD_WEIGHTED).to_owned(),
        DepartmentMethod::Mean => view.say(words::METHOD_MEAN).to_owned(),
        DepartmentMethod::Whole => view.say(words::METHOD_WHOLE).to_owned(),
        DepartmentMethod::Mixed => {
            view.fill(words::METHOD_MIXED, &[("share", &percent(settings.department.projects_share, 0))])
        }
    };
    vec![
        view.say(words::RANKING_RULE).to_owned(),
        format!("{method}{}", view.say(words::METHOD_RATES)),
        view.fill(
            words::GRADE_RULE,
            &[
                ("a", &limit(settings.grade.excellent)),
                ("b", &limit(settings.grade.good)),
                ("c", &limit(settings.grade.fair)),
                ("low", &percent(settings.thresholds.low_execution, 0)),
            ],
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::gap_of_ranks;

    #[test]
    fn a_gap_has_a_sign_of_its_own() {
        assert_eq!([2, -12, 0].map(gap_of_ranks), ["▲2", "▼12", "－"]);
    }
}
