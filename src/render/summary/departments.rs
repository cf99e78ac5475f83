//! 部门排名: who is high, who is low, and does it agree with the execution rate.

use super::layout::{Layout, around, finding_columns, grade_formula, marked_grades, money_width, name_width};
use super::totals;
use crate::finding::Level;
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, cell, col, range, row as row_number};
use crate::render::look;
use crate::render::marks;
use crate::render::page::{Figure, Page};
use crate::render::style::{Num, Style};
use crate::render::text::is_plain_criterion;
use crate::render::view::{Place, View, level_words, percent};
use crate::render::words;
use crate::settings::DepartmentMethod;

/// Columns that others look up.
pub(super) mod columns {
    pub(in crate::render::summary) const RANK: u16 = 0;
    pub(in crate::render::summary) const NAME: u16 = 1;
    pub(in crate::render::summary) const CATEGORY: u16 = 2;
    pub(in crate::render::summary) const SCORE: u16 = 3;
    pub(in crate::render::summary) const GRADE: u16 = 4;
    pub(in crate::render::summary) const IN_CATEGORY: u16 = 5;
    pub(in crate::render::summary) const RATE: u16 = 6;
    pub(in crate::render::summary) const RATE_RANK: u16 = 7;
    pub(in crate::render::summary) const AGAINST: u16 = 8;
    pub(in crate::render::summary) const MEAN: u16 = 9;
    pub(in crate::render::summary) const PROJECTS: u16 = 10;
    pub(in crate::render::summary) const SCORED: u16 = 11;
    pub(in crate::render::summary) const BUDGET: u16 = 12;
    pub(in crate::render::summary) const OUTTURN: u16 = 13;
    pub(in crate::render::summary) const ERRORS: u16 = 14;
    pub(in crate::render::summary) const WARNINGS: u16 = 15;
    pub(in crate::render::summary) const REMARK: u16 = 16;
}
use crate::render::workbook::Book;
use columns as c;

const ABOUT: About = About {
    name: words::DEPARTMENTS,
    title: words::TITLE_DEPARTMENTS,
    number: words::NO_DEPARTMENTS,
    unit: Some(words::UNIT_MONEY_POINTS),
    asks: words::ASK_DEPARTMENTS,
    tab: look::BLUE,
    paper: Paper::A4,
};

fn head(view: &View<'_>) -> Vec<Column> {
    let s = |words| view.say(words);
    let money = money_width(view.total().budget());
    let grade = if view.imprint.lang == crate::finding::Lang::Zh { 6.5 } else { 9.5 };
    vec![
        Column::new(s(words::RANK), 7.5),
        Column::new(s(words::DEPARTMENT), name_width(view)),
        Column::new(s(words::CATEGORY), 10.5),
        Column::new(s(words::SCORE), 10.0),
        Column::new(s(words::GRADE), grade),
        Column::new(s(words::RANK_IN_CATEGORY), 8.0),
        Column::of(s(words::EXECUTION), s(words::RATE), 9.5),
        Column::of(s(words::EXECUTION), s(words::RANK), 7.5),
        Column::of(s(words::EXECUTION), s(words::AGAINST_SCORE), 9.0),
        Column::new(s(words::MEAN_SCORE), 8.5),
        Column::of(s(words::PROJECTS_GROUP), s(words::HANDED_IN), 6.5),
        Column::of(s(words::PROJECTS_GROUP), s(words::SCORED), 6.5),
        Column::of(s(words::MONEY_GROUP), s(words::REVISED_BUDGET), money),
        Column::of(s(words::MONEY_GROUP), s(words::OUTTURN), money),
        Column::of(s(words::FINDINGS_GROUP), s(words::ERRORS), 7.5),
        Column::of(s(words::FINDINGS_GROUP), s(words::WARNINGS), 7.5),
        Column::new(s(words::REMARK), 18.0),
    ]
}

/// Writes the sheet.
pub(super) fn write(book: &mut Book, view: &View<'_>, layout: &Layout) -> Result<(), RenderError> {
    let columns = head(view);
    let mut page = Page::open(book, view.say(ABOUT.name), &view.imprint, &ABOUT, &columns)?;
    page.is_live = layout.is_live;
    let first = page.heads(HEAD_ROW, &columns)?;
    let last = layout.departments.1;
    for (row, place) in (first..).zip(&view.departments) {
        department(&mut page, view, layout, place, row)?;
    }
    totals::district(&mut page, view, layout, last + 1)?;
    let after = totals::categories(&mut page, view, layout, last + 2)?;
    page.notes(
        after,
        &columns,
        &notes(view),
        Some(&view.fill(words::SOURCE_DEPARTMENTS, &[("sheet", view.say(words::PROJECTS))])),
    )?;
    page.table_behaviour((HEAD_ROW, first - 1), (first, last), 2, col(columns.len()))?;
    marks(&mut page, view, (first, last))
}

fn department(
    page: &mut Page<'_>,
    view: &View<'_>,
    layout: &Layout,
    place: &Place<'_>,
    row: u32,
) -> Result<(), RenderError> {
    let all = |column| range(None, column, layout.departments);
    let at = |column| cell(row, column);
    let name = &*place.row.department;
    let category = place.row.category.as_deref().unwrap_or("—");
    let was_live = page.is_live;
    page.is_live = was_live && is_plain_criterion(name) && is_plain_criterion(category);
    let criteria = format!(",{},{}", layout.project(super::layout::ProjectColumns::DEPARTMENT), at(c::NAME));

    let rank = format!("IF(ISNUMBER({0}),RANK({0},{1}),\"—\")", at(c::SCORE), all(c::SCORE));
    page.formula(row, c::RANK, &rank, Figure::or_dash(place.rank), Style::figure(Num::Rank))?;
    page.text(row, c::NAME, name, Style::TEXT)?;
    page.text(row, c::CATEGORY, category, Style::TEXT)?;
    let score = Style::figure(Num::Points).bold();
    if place.is_live {
        page.formula(row, c::SCORE, &layout.score(view.method(), &criteria), Figure::or_missing(place.score), score)?;
    } else {
        page.figure(row, c::SCORE, Figure::or_missing(place.score), score)?;
    }
    let grade = place.grade.map_or_else(|| "—".to_owned(), |grade| view.grade(grade));
    page.formula_text(row, c::GRADE, &grade_formula(view, &at(c::SCORE)), &grade, Style::CELL.centred())?;
    let in_category = format!(
        "IF(AND(ISNUMBER({score}),{category}<>\"—\"),COUNTIFS({},{category},{},\">\"&{score})+1,\"—\")",
        all(c::CATEGORY),
        all(c::SCORE),
        score = at(c::SCORE),
        category = at(c::CATEGORY),
    );
    page.formula(row, c::IN_CATEGORY, &in_category, Figure::or_dash(place.rank_in_category), Style::figure(Num::Rank))?;
    page.formula(row, c::RATE, &layout.rate(&criteria), Figure::or_missing(place.rate), Style::figure(Num::Rate))?;
    let rate_rank = format!("IF(ISNUMBER({0}),RANK({0},{1}),\"—\")", at(c::RATE), all(c::RATE));
    page.formula(row, c::RATE_RANK, &rate_rank, Figure::or_dash(place.rate_rank), Style::figure(Num::Rank))?;
    let against = format!("IF(AND(ISNUMBER({0}),ISNUMBER({1})),{0}-{1},\"—\")", at(c::RATE_RANK), at(c::RANK));
    let difference = place.rate_rank.zip(place.rank).map(|(rate, rank)| i64::from(rate) - i64::from(rank));
    page.formula(row, c::AGAINST, &against, Figure::or_dash(difference), Style::figure(Num::RankChange))?;
    let mean = layout.score(DepartmentMethod::Mean, &criteria);
    page.formula(row, c::MEAN, &mean, Figure::or_missing(place.mean), Style::figure(Num::Points).muted())?;
    counts(page, layout, place, row, &criteria)?;
    findings(page, view, layout, row, place)?;
    page.is_live = was_live;
    remark(page, view, layout, place, row)?;
    page.wrap_height(row, ROW, &[(name, Style::TEXT, layout.name_width), (category, Style::TEXT, 10.5)])
}

fn counts(
    page: &mut Page<'_>,
    layout: &Layout,
    place: &Place<'_>,
    row: u32,
    criteria: &str,
) -> Result<(), RenderError> {
    let scored = layout.project(layout.project.total);
    let sum = &place.sum;
    let pairs = criteria.trim_start_matches(',');
    page.formula(row, c::PROJECTS, &format!("COUNTIFS({pairs})"), sum.projects, Style::figure(Num::Count))?;
    let formula = format!("COUNTIFS({pairs},{scored},\">=0\")");
    page.formula(row, c::SCORED, &formula, sum.scored, Style::figure(Num::Count))?;
    for (column, source, value) in
        [(c::BUDGET, layout.project.budget, place.budget), (c::OUTTURN, layout.project.outturn, place.outturn)]
    {
        let money = layout.project(source);
        let formula = format!(
            "IF(COUNTIFS({pairs},{money},{any})=0,\"…\",SUMIFS({money},{pairs}))",
            any = super::layout::ANY_NUMBER
        );
        page.formula(row, column, &formula, Figure::or_missing(value), Style::figure(Num::Money))?;
    }
    Ok(())
}

fn findings(
    page: &mut Page<'_>,
    view: &View<'_>,
    layout: &Layout,
    row: u32,
    place: &Place<'_>,
) -> Result<(), RenderError> {
    for (column, level) in [(c::ERRORS, Level::Error), (c::WARNINGS, Level::Warning)] {
        let said = format!("\"{}\"", level_words(view, level));
        let name = cell(row, c::NAME);
        let formula = layout
            .open_findings(&[(finding_columns::DEPARTMENT, name.as_str()), (finding_columns::LEVEL, said.as_str())]);
        let own = view.findings_of(&place.row.department).filter(|line| line.is_open && line.level == level);
        let count = i64::try_from(own.count()).unwrap_or(i64::MAX);
        page.formula(row, column, &formula, count, Style::figure(Num::Count))?;
    }
    Ok(())
}

fn remark(
    page: &mut Page<'_>,
    view: &View<'_>,
    layout: &Layout,
    place: &Place<'_>,
    row: u32,
) -> Result<(), RenderError> {
    if place.score.is_none() {
        let formula =
            around(view.say(words::COULD_TAKE), "{n}", &format!("ROWS({})", range(None, c::SCORE, layout.departments)));
        let said = view.fill(words::COULD_TAKE, &[("n", &view.departments.len().to_string())]);
        return page.formula_text(row, c::REMARK, &formula, &said, Style::NOTE);
    }
    let unscored = place.sum.projects - place.sum.scored;
    if unscored == 0 {
        return page.blank(row, c::REMARK, Style::NOTE);
    }
    let inner = format!("({}-{})", cell(row, c::PROJECTS), cell(row, c::SCORED));
    let said = view.fill(words::UNSCORED_PROJECTS, &[("n", &unscored.to_string())]);
    page.formula_text(row, c::REMARK, &around(view.say(words::UNSCORED_PROJECTS), "{n}", &inner), &said, Style::NOTE)
}

/// The method in words, for notes.
pub(super) fn method_words(view: &View<'_>) -> String {
    match view.method() {
        DepartmentMethod::Weighted => view.say(words::METHOD_WEIGHTED).to_owned(),
        DepartmentMethod::Mean => view.say(words::METHOD_MEAN).to_owned(),
        DepartmentMethod::Whole => view.say(words::METHOD_WHOLE).to_owned(),
        DepartmentMethod::Mixed => {
            view.fill(words::METHOD_MIXED, &[("share", &view.district.settings.department.projects_share.to_string())])
        }
    }
}

/// The grade limits, for notes.
pub(super) fn limits(view: &View<'_>) -> [String; 3] {
    let grade = &view.district.settings.grade;
    [grade.excellent, grade.good, grade.fair].map(|points| points.to_string())
}

fn notes(view: &View<'_>) -> Vec<String> {
    let [a, b, c] = limits(view);
    let low = percent(view.district.settings.thresholds.low_execution, 0);
    let between = if view.imprint.lang == crate::finding::Lang::Zh { "" } else { " " };
    vec![
        view.say(words::RANKING_RULE).to_owned(),
        format!("{}{between}{}", method_words(view), view.say(words::METHOD_RATES)),
        view.fill(words::GRADE_RULE, &[("a", &a), ("b", &b), ("c", &c), ("low", &low)]),
    ]
}

fn marks(page: &mut Page<'_>, view: &View<'_>, (first, last): (u32, u32)) -> Result<(), RenderError> {
    let area = |column| ((first, last), (column, column));
    let fair = view.district.settings.grade.fair.decimal().to_f64();
    marks::bar(page.sheet, area(c::SCORE), fair, 100.0)?;
    let grades = marked_grades(view);
    let words = [(grades[0].0, grades[0].1.as_str()), (grades[1].0, grades[1].1.as_str())];
    marks::grades(
        page.sheet,
        (
            (first, last + 1 + u32::from(!view.categories.is_empty()) * (1 + row_number(view.categories.len()))),
            (c::GRADE, c::GRADE),
        ),
        words,
    )?;
    tie_format(page, view, (c::RANK, c::RANK), (first, last))?;
    let low = view.district.settings.thresholds.low_execution;
    marks::warn_where(page.sheet, area(c::RATE), &outside(&format!("${}", cell(first, c::RATE)), low))?;
    marks::error_above_zero(page.sheet, area(c::ERRORS))
}

/// Whether a rate is remarkable: low, or above 100 %.
pub(super) fn outside(cell: &str, low: crate::quantity::Decimal) -> String {
    format!("=AND(ISNUMBER({cell}),OR({cell}<{low},{cell}>1))")
}

/// Tied ranks are shown as 并列4 but stay the number 4.
pub(super) fn tie_format(
    page: &mut Page<'_>,
    view: &View<'_>,
    (column, _): (u16, u16),
    (first, last): (u32, u32),
) -> Result<(), RenderError> {
    let own = format!("${}", cell(first, column));
    let formula = format!("=AND(ISNUMBER({own}),COUNTIF({},{own})>1)", range(None, column, (first, last)));
    let format = match view.imprint.lang {
        crate::finding::Lang::Zh => "\"并列\"0",
        crate::finding::Lang::En => "\"=\"0",
    };
    marks::number_format_where(page.sheet, ((first, last), (column, column)), &formula, format)
}
