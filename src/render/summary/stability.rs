//! 名次稳定性: how firm the places are, and what they hang on.

use super::claimed::columns as difference_columns;
use super::departments::columns as d;
use super::layout::{Layout, ProjectColumns, name_width};
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, cell, col, range, row as row_number};
use crate::render::look;
use crate::render::marks;
use crate::render::page::{Figure, Page};
use crate::render::style::{Line, Num, Style};
use crate::render::text::is_plain_criterion;
use crate::render::view::{Standing, View, stability};
use crate::render::words;
use crate::render::workbook::Book;
use crate::settings::DepartmentMethod;

const ABOUT: About = About {
    name: words::STABILITY,
    title: words::TITLE_STABILITY,
    number: words::NO_STABILITY,
    unit: Some(words::UNIT_POINTS_PLACES),
    asks: words::ASK_STABILITY,
    tab: look::BLUE,
    paper: Paper::A4,
};

/// Columns.
pub(super) mod columns {
    pub(in crate::render::summary) const RANK: u16 = 0;
    pub(in crate::render::summary) const NAME: u16 = 1;
    pub(in crate::render::summary) const SCORE: u16 = 2;
    pub(in crate::render::summary) const BEFORE: u16 = 3;
    pub(in crate::render::summary) const AFTER: u16 = 4;
    pub(in crate::render::summary) const UNROUNDED: u16 = 5;
    pub(in crate::render::summary) const UNROUNDED_RANK: u16 = 6;
    pub(in crate::render::summary) const RECOMPUTED: u16 = 7;
    pub(in crate::render::summary) const RECOMPUTED_RANK: u16 = 8;
    pub(in crate::render::summary) const BEST: u16 = 9;
    pub(in crate::render::summary) const WORST: u16 = 10;
    pub(in crate::render::summary) const SPAN: u16 = 11;
    pub(in crate::render::summary) const SAID: u16 = 12;
}
use columns as c;

const SAID_WIDTH: f64 = 44.0;

fn head(view: &View<'_>) -> Vec<Column> {
    let s = |words| view.say(words);
    vec![
        Column::new(s(words::RANK), 8.0),
        Column::new(s(words::DEPARTMENT), name_width(view)),
        Column::new(s(words::SCORE), 9.5),
        Column::new(s(words::GAP_BEFORE), 10.0),
        Column::new(s(words::GAP_AFTER), 10.0),
        Column::of(s(words::UNROUNDED), s(words::SCORE), 11.5),
        Column::of(s(words::UNROUNDED), s(words::RANK), 8.5),
        Column::of(s(words::RECOMPUTED), s(words::SCORE), 9.5),
        Column::of(s(words::RECOMPUTED), s(words::RANK), 8.5),
        Column::of(s(words::POSSIBLE), s(words::BEST), 7.5),
        Column::of(s(words::POSSIBLE), s(words::WORST), 7.5),
        Column::of(s(words::POSSIBLE), s(words::SPAN), 7.5),
        Column::new(s(words::EXPLANATION), SAID_WIDTH),
    ]
}

/// Writes the sheet.
pub(super) fn write(book: &mut Book, view: &View<'_>, layout: &Layout) -> Result<(), RenderError> {
    let columns = head(view);
    let mut page = Page::open(book, view.say(ABOUT.name), &view.imprint, &ABOUT, &columns)?;
    page.is_live = layout.is_live;
    let first = page.heads(HEAD_ROW, &columns)?;
    let all = stability(view);
    if all.is_empty() {
        page.nothing(first, col(columns.len()), view.say(words::NO_RANKING))?;
    }
    for (index, standing) in all.iter().enumerate() {
        standing_row(&mut page, view, layout, &all, index, standing)?;
    }
    let last = layout.standings.1;
    let unscored = view.departments.iter().filter(|place| place.score.is_none()).count();
    let notes = [
        view.say(words::STABILITY_RULE).to_owned(),
        view.fill(words::STABILITY_SHADE, &[("n", &unscored.to_string())]),
    ];
    page.notes(last + 1, &columns, &notes, None)?;
    page.sheet.set_freeze_panes(first, 2)?;
    page.sheet.set_repeat_rows(HEAD_ROW, first - 1)?;
    let span = format!("${}", cell(first, c::SPAN));
    marks::warn_where(page.sheet, ((first, last), (c::SPAN, c::SPAN)), &format!("=AND(ISNUMBER({span}),{span}>0)"))?;
    let (own, published) = (format!("${}", cell(first, c::UNROUNDED_RANK)), format!("${}", cell(first, c::RANK)));
    marks::warn_where(
        page.sheet,
        ((first, last), (c::UNROUNDED_RANK, c::UNROUNDED_RANK)),
        &format!("={own}<>{published}"),
    )?;
    super::departments::tie_format(&mut page, view, (c::RANK, c::RANK), (first, last))
}

fn standing_row(
    page: &mut Page<'_>,
    view: &View<'_>,
    layout: &Layout,
    all: &[Standing<'_, '_>],
    index: usize,
    standing: &Standing<'_, '_>,
) -> Result<(), RenderError> {
    let row = layout.standings.0 + row_number(index);
    let name = &*standing.place.row.department;
    let line = if index + 1 == all.len() { Line::Thick } else { Line::Hair };
    let style = |num| Style::figure(num).below(line);
    let column = |column| range(None, column, layout.standings);
    let at = |column| cell(row, column);
    let was_live = page.is_live;
    page.is_live = was_live && is_plain_criterion(name);
    page.formula(
        row,
        c::RANK,
        &layout.looked_up(d::RANK, &at(c::NAME)),
        Figure::or_dash(standing.place.rank),
        style(Num::Rank),
    )?;
    page.text(row, c::NAME, name, Style::TEXT.below(line))?;
    page.formula(row, c::SCORE, &layout.looked_up(d::SCORE, &at(c::NAME)), standing.score, style(Num::Points).bold())?;
    let gap =
        |upper: &Standing<'_, '_>, lower: &Standing<'_, '_>| upper.score.checked_sub(lower.score).unwrap_or_default();
    match index.checked_sub(1).and_then(|before| all.get(before)) {
        Some(before) => {
            let formula = format!("ROUND({}-{},2)", cell(row - 1, c::SCORE), at(c::SCORE));
            page.formula(row, c::BEFORE, &formula, gap(before, standing), style(Num::Points))?;
        }
        None => page.figure(row, c::BEFORE, Figure::NotApplicable, style(Num::Points))?,
    }
    match all.get(index + 1) {
        Some(after) => {
            let formula = format!("ROUND({}-{},2)", at(c::SCORE), cell(row + 1, c::SCORE));
            page.formula(row, c::AFTER, &formula, gap(standing, after), style(Num::Points))?;
        }
        None => page.figure(row, c::AFTER, Figure::NotApplicable, style(Num::Points))?,
    }
    scores(page, view, layout, standing, row, line)?;
    let rank = format!("RANK({},{})", at(c::UNROUNDED), column(c::UNROUNDED));
    page.formula(row, c::UNROUNDED_RANK, &rank, standing.unrounded_rank, style(Num::Rank))?;
    let rank = format!("RANK({},{})", at(c::RECOMPUTED), column(c::RECOMPUTED));
    page.formula(row, c::RECOMPUTED_RANK, &rank, standing.recomputed_rank, style(Num::Rank))?;
    let (claimed, recomputed) = (column(c::SCORE), column(c::RECOMPUTED));
    let high = format!("MAX({},{})", at(c::SCORE), at(c::RECOMPUTED));
    let low = format!("MIN({},{})", at(c::SCORE), at(c::RECOMPUTED));
    let best = format!("SUMPRODUCT(({claimed}>{high})*({recomputed}>{high}))+1");
    page.formula(row, c::BEST, &best, standing.best, style(Num::Rank))?;
    let worst = format!("SUMPRODUCT(--((({claimed}>={low})+({recomputed}>={low}))>0))");
    page.formula(row, c::WORST, &worst, standing.worst, style(Num::Rank))?;
    let span = i64::from(standing.worst) - i64::from(standing.best);
    page.formula(row, c::SPAN, &format!("{}-{}", at(c::WORST), at(c::BEST)), span, style(Num::Rank))?;
    page.is_live = was_live;
    page.text(row, c::SAID, &standing.said, Style::NOTE.below(line))?;
    page.wrap_height(row, ROW, &[(name, Style::TEXT, name_width(view)), (&standing.said, Style::NOTE, SAID_WIDTH)])
}

/// The unrounded and the recomputed score, as formulas where the method is one over projects.
fn scores(
    page: &mut Page<'_>,
    view: &View<'_>,
    layout: &Layout,
    standing: &Standing<'_, '_>,
    row: u32,
    line: Line,
) -> Result<(), RenderError> {
    let name = cell(row, c::NAME);
    let criteria = format!(",{},{name}", layout.project(ProjectColumns::DEPARTMENT));
    let total = layout.project(layout.project.total);
    let differences = |column| {
        format!("SUMIFS({},{},{name})", layout.difference(column), layout.difference(difference_columns::DEPARTMENT))
    };
    let mean = format!("AVERAGEIFS({total}{criteria})");
    let pairs = criteria.trim_start_matches(',');
    let mean_new =
        format!("({mean}+{}/COUNTIFS({pairs},{total},\">=0\"))", differences(difference_columns::DIFFERENCE));
    let budgets = format!("SUMIFS({}{criteria},{total},\">=0\")", layout.project(layout.project.budget));
    let weighted = layout.weighted_quotient(&criteria);
    let weighted_new = format!("({weighted}+{}/{budgets})", differences(difference_columns::WEIGHTED));
    let (unrounded, recomputed) = match view.method() {
        DepartmentMethod::Weighted => {
            (format!("IFERROR({weighted},{mean})"), format!("IFERROR({weighted_new},{mean_new})"))
        }
        DepartmentMethod::Mean | DepartmentMethod::Whole | DepartmentMethod::Mixed => (mean, mean_new),
    };
    let was_live = page.is_live;
    page.is_live = was_live && standing.place.is_live;
    let style = Style::figure(Num::Points5).muted().below(line);
    page.formula(row, c::UNROUNDED, &format!("ROUND({unrounded},8)"), standing.unrounded, style)?;
    let style = Style::figure(Num::Points).below(line);
    page.formula(row, c::RECOMPUTED, &format!("ROUND({recomputed},2)"), standing.recomputed, style)?;
    page.is_live = was_live;
    Ok(())
}
