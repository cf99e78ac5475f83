//! 自评与重算对比: how far claimed scores are from those by the rules, and whether places move.

use super::departments::columns as d;
use super::layout::Layout;
use super::stability::columns as s;
use crate::quantity::{Decimal, Points};
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, cell, col, range};
use crate::render::look;
use crate::render::marks;
use crate::render::page::{Figure, Page};
use crate::render::style::{Num, Style};
use crate::render::text::is_plain_criterion;
use crate::render::view::{ClaimSums, FindingLine, Project, Standing, View, stability};
use crate::render::words;
use crate::render::workbook::Book;
use std::collections::BTreeMap;

const ABOUT: About = About {
    name: words::CLAIMED,
    title: words::TITLE_CLAIMED,
    number: words::NO_CLAIMED,
    unit: Some(words::UNIT_POINTS_PLACES),
    asks: words::ASK_CLAIMED,
    tab: look::BLUE,
    paper: Paper::A4,
};

/// Columns of 表6-2 that others sum.
pub(super) mod columns {
    pub(in crate::render::summary) const DEPARTMENT: u16 = 0;
    pub(in crate::render::summary) const DIFFERENCE: u16 = 4;
    pub(in crate::render::summary) const WEIGHTED: u16 = 5;
}

const WIDTHS: [f64; 8] = [24.0, 28.0, 11.0, 11.0, 11.0, 13.5, 40.0, 26.0];

fn head(view: &View<'_>, names: [crate::finding::Words; 8]) -> Vec<Column> {
    names.into_iter().zip(WIDTHS).map(|(name, width)| Column::new(view.say(name), width)).collect()
}

/// Writes the sheet: departments first, projects last.
pub(super) fn write(book: &mut Book, view: &View<'_>, layout: &Layout) -> Result<(), RenderError> {
    let by_department = head(
        view,
        [
            words::DEPARTMENT,
            words::PROJECTS_DIFFERING,
            words::CLAIMED_SCORE,
            words::RECOMPUTED_SCORE,
            words::DIFFERENCE,
            words::CLAIMED_RANK,
            words::RECOMPUTED_RANK,
            words::RANK_CHANGE,
        ],
    );
    let by_project = head(
        view,
        [
            words::DEPARTMENT,
            words::PROJECT,
            words::CLAIMED_TOTAL,
            words::RECOMPUTED_TOTAL,
            words::DIFFERENCE,
            words::DIFFERENCE_WEIGHTED,
            words::REASON_RULE,
            words::PLACE,
        ],
    );
    let mut page = Page::open(book, view.say(ABOUT.name), &view.imprint, &ABOUT, &by_department)?;
    page.is_live = layout.is_live;
    let mut differing: Vec<&Project<'_>> =
        view.projects.iter().filter(|project| project.recomputed.is_some()).collect();
    let places: BTreeMap<&str, usize> =
        view.departments.iter().enumerate().map(|(n, place)| (&*place.row.department, n)).collect();
    differing.sort_by_key(|project| {
        (project.department.and_then(|name| places.get(name)).copied(), project.evaluation.file_id)
    });
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in differing.iter().filter_map(|project| project.department) {
        *counts.entry(name).or_default() += 1;
    }
    let all = stability(view);
    let affected: Vec<&Standing<'_, '_>> =
        all.iter().filter(|standing| counts.contains_key(&*standing.place.row.department)).collect();

    let last_column = col(WIDTHS.len() - 1);
    let at =
        page.block_title(HEAD_ROW, last_column, view.say(words::BY_DEPARTMENT_EFFECT), view.say(words::TABLE_6_1))?;
    let first = page.heads(at, &by_department)?;
    if affected.is_empty() {
        page.nothing(first, col(WIDTHS.len()), view.say(words::NO_DIFFERENCE))?;
    }
    for (row, standing) in (first..).zip(&affected) {
        let count = counts.get(&*standing.place.row.department).copied().unwrap_or(0);
        department(&mut page, layout, standing, row, count)?;
    }
    let change = ((first, layout.affected.1), (7, 7));
    let sign = format!("${}", cell(first, 7));
    marks::warn_where(page.sheet, change, &format!("=AND(ISNUMBER({sign}),{sign}<>0)"))?;

    let at = page.block_title(
        layout.affected.1 + 1,
        last_column,
        view.say(words::BY_PROJECT_DIFFERENCE),
        view.say(words::TABLE_6_2),
    )?;
    let first = page.heads(at, &by_project)?;
    if differing.is_empty() {
        page.nothing(first, col(WIDTHS.len()), view.say(words::NO_DIFFERENCE))?;
    }
    for (row, project) in (first..).zip(&differing) {
        project_row(&mut page, view, project, row)?;
    }
    let last = layout.differences.1;
    let below = claims(&mut page, view, last + 1)?;
    let notes = [words::CLAIMED_RULE, words::CLAIMS_RULE, words::CLAIMED_USE].map(|note| view.say(note).to_owned());
    page.notes(below, &by_project, &notes, None)?;
    page.sheet.set_freeze_panes(HEAD_ROW, 1)?;
    page.sheet.set_repeat_rows(at, at)?;
    page.sheet.autofilter(at, 0, last, last_column)?;
    Ok(())
}

/// How far the rules can follow what each department claims. Returns the row below.
fn claims(page: &mut Page<'_>, view: &View<'_>, row: u32) -> Result<u32, RenderError> {
    page.height(row, 8.0)?;
    let last_column = col(WIDTHS.len() - 1);
    let at = page.block_title(row + 1, last_column, view.say(words::BY_CLAIMS), view.say(words::TABLE_6_3))?;
    let heads = [
        words::DEPARTMENT,
        words::CLAIMED_POINTS,
        words::DERIVABLE_POINTS,
        words::DERIVED_POINTS,
        words::DIFFERENCE,
        words::NOT_COMPARABLE_POINTS,
        words::DERIVABLE_SHARE,
    ];
    let heads: Vec<Column> =
        heads.into_iter().zip(WIDTHS).map(|(name, width)| Column::new(view.say(name), width)).collect();
    let first = page.heads(at, &heads)?;
    let known: Vec<_> = view.departments.iter().filter(|place| place.sum.scored > 0).collect();
    if known.is_empty() {
        return page.nothing(first, col(heads.len()), view.say(words::NO_RANKING));
    }
    let mut row = first;
    let all = known.iter().fold(ClaimSums::default(), |sum, place| sum.and(place.claims));
    let total = Style::total;
    for place in &known {
        let name = &*place.row.department;
        page.text(row, 0, name, Style::TEXT)?;
        let own = place.claims;
        for (column, points) in [(2, own.derivable()), (3, own.derived()), (5, own.not_comparable())] {
            page.figure(row, column, Figure::or_missing(points), Style::figure(Num::Points))?;
        }
        claims_formulas(page, row, place.claims, Style::figure)?;
        page.wrap_height(row, ROW, &[(name, Style::TEXT, WIDTHS[0])])?;
        row += 1;
    }
    page.text(row, 0, view.say(words::DISTRICT_TOTAL), total(Num::General))?;
    let sums = [(2, all.derivable()), (3, all.derived()), (5, all.not_comparable())];
    for (column, points) in sums {
        let formula = format!("SUM({}:{})", cell(first, column), cell(row - 1, column));
        page.formula(row, column, &formula, Figure::or_missing(points), total(Num::Points))?;
    }
    claims_formulas(page, row, all, total)?;
    page.height(row, 19.0)?;
    Ok(row + 1)
}

/// Claimed = derivable + not comparable; the difference; the share.
fn claims_formulas(
    page: &mut Page<'_>,
    row: u32,
    claims: ClaimSums,
    style: impl Fn(Num) -> Style,
) -> Result<(), RenderError> {
    let at = |column| cell(row, column);
    let claimed = Figure::or_missing(claims.claimed());
    page.formula(row, 1, &format!("{}+{}", at(2), at(5)), claimed, style(Num::Points).bold())?;
    let difference = Figure::or_missing(claims.difference());
    page.formula(row, 4, &format!("ROUND({}-{},4)", at(3), at(2)), difference, style(Num::PointsChange))?;
    let share = claims.share();
    let formula = format!("IFERROR(ROUND({}/{},4),\"—\")", at(2), at(1));
    page.formula(row, 6, &formula, Figure::or_dash(share), style(Num::Share))
}

fn department(
    page: &mut Page<'_>,
    layout: &Layout,
    standing: &Standing<'_, '_>,
    row: u32,
    count: usize,
) -> Result<(), RenderError> {
    let name = &*standing.place.row.department;
    let was_live = page.is_live;
    page.is_live = was_live && is_plain_criterion(name);
    let own = cell(row, 0);
    page.text(row, 0, name, Style::TEXT)?;
    let formula = format!("COUNTIF({},{own})", range(None, columns::DEPARTMENT, layout.differences));
    page.formula(row, 1, &formula, i64::try_from(count).unwrap_or(i64::MAX), Style::figure(Num::Count))?;
    page.formula(row, 2, &layout.looked_up(d::SCORE, &own), standing.score, Style::figure(Num::Points))?;
    let standing_of =
        |column| format!("INDEX({},MATCH({own},{},0))", layout.standing(column), layout.standing(s::NAME));
    page.formula(row, 3, &standing_of(s::RECOMPUTED), standing.recomputed, Style::figure(Num::Points))?;
    let difference = standing.recomputed.checked_sub(standing.score).unwrap_or_default();
    let formula = format!("ROUND({}-{},2)", cell(row, 3), cell(row, 2));
    page.formula(row, 4, &formula, difference, Style::figure(Num::PointsChange).bold())?;
    page.formula(
        row,
        5,
        &layout.looked_up(d::RANK, &own),
        Figure::or_dash(standing.place.rank),
        Style::figure(Num::Rank),
    )?;
    page.formula(row, 6, &standing_of(s::RECOMPUTED_RANK), standing.recomputed_rank, Style::figure(Num::Rank))?;
    let change = standing.place.rank.map(|rank| i64::from(rank) - i64::from(standing.recomputed_rank));
    let formula = format!("{}-{}", cell(row, 5), cell(row, 6));
    page.formula(row, 7, &formula, Figure::or_dash(change), Style::figure(Num::RankChange))?;
    page.is_live = was_live;
    page.wrap_height(row, ROW, &[(name, Style::TEXT, 24.0)])
}

fn project_row(page: &mut Page<'_>, view: &View<'_>, project: &Project<'_>, row: u32) -> Result<(), RenderError> {
    let (claimed, recomputed) = (project.exact.unwrap_or_default(), project.recomputed.unwrap_or_default());
    let department = project.department.unwrap_or_else(|| view.say(words::NO_DEPARTMENT));
    let name = project.name.unwrap_or_else(|| view.say(words::NO_PROJECT_NAME));
    page.text(row, columns::DEPARTMENT, department, Style::TEXT)?;
    page.text(row, 1, name, Style::TEXT)?;
    page.figure(row, 2, claimed, Style::figure(Num::Points))?;
    page.figure(row, 3, recomputed, Style::figure(Num::Points))?;
    let difference = recomputed.checked_sub(claimed).unwrap_or_default();
    let formula = format!("ROUND({}-{},4)", cell(row, 3), cell(row, 2));
    page.formula(row, columns::DIFFERENCE, &formula, difference, Style::figure(Num::PointsChange).bold())?;
    let value =
        project.budget.and_then(|budget| Decimal::new(i128::from(difference.scaled()) * i128::from(budget.fen()), 10));
    page.figure(row, columns::WEIGHTED, Figure::or_missing(value), Style::figure(Num::Money).muted())?;
    let (reason, place) = reason(view, project, difference);
    page.text(row, 6, &reason, Style::NOTE)?;
    let file = view.file(project.evaluation.file_id);
    let sheet = &project.evaluation.sheet;
    let link = view.link(file, Some(sheet), Some(place.as_deref().unwrap_or(&project.evaluation.range)));
    let said = format!("{sheet} › {}", place.as_deref().unwrap_or(&project.evaluation.range));
    page.file_link(row, 7, &said, link.as_ref(), Style { wrap: true, ..Style::LINK })?;
    page.wrap_height(
        row,
        ROW,
        &[
            (department, Style::TEXT, 24.0),
            (name, Style::TEXT, 28.0),
            (&reason, Style::NOTE, 40.0),
            (&said, Style::LINK, 26.0),
        ],
    )
}

/// Why the two differ: the rules that found a difference on this form, and the first cell they blame.
fn reason(view: &View<'_>, project: &Project<'_>, difference: Points) -> (String, Option<String>) {
    let own: Vec<&FindingLine<'_>> = view
        .findings_on(&project.evaluation.evaluation_id)
        .filter(|line| line.row.difference.is_some() && super::layout::needs_action(line))
        .collect();
    let mut said: Vec<String> = Vec::new();
    for line in &own {
        let name = crate::finding::catalogue::find(&line.row.rule).map_or("", |rule| rule.name.get(view.imprint.lang));
        let entry = match view.imprint.lang {
            crate::finding::Lang::Zh => format!("{name}（{}）", line.row.rule),
            crate::finding::Lang::En => format!("{name} ({})", line.row.rule),
        };
        if !said.contains(&entry) && said.len() < 3 {
            said.push(entry);
        }
    }
    if said.is_empty() {
        let policy = if difference < Points::ZERO { words::RECOMPUTED_LOWER } else { words::RECOMPUTED_HIGHER };
        return (view.say(policy).to_owned(), None);
    }
    (said.join("；"), own.first().and_then(|line| line.row.cell.as_deref().map(str::to_owned)))
}
