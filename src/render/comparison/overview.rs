//! 总览: the district in both runs, what changed most, the departments that moved; one page.

use super::arranged::{Arranged, KeyValue, signed};
use super::departments::{difference, rank_pair, score_pair};
use crate::finding::Words;
use crate::render::RenderError;
use crate::render::frame::{About, Column, Paper, ROW, cell};
use crate::render::look;
use crate::render::page::{Figure, Page};
use crate::render::style::{Num, Role, Style, Tone};
use crate::render::text::describe;
use crate::render::words;
use crate::render::workbook::Book;
use rust_xlsxwriter::{Chart, ChartFormat, ChartSolidFill, ChartType};

const ABOUT: About = About {
    name: words::OVERVIEW,
    title: words::CMP_TITLE,
    number: words::NO_OVERVIEW,
    unit: Some(words::UNIT_MONEY_POINTS),
    asks: words::CMP_ASK,
    tab: look::NAVY,
    paper: Paper::A4OnePage,
};
const WIDTHS: [f64; 7] = [30.0, 14.0, 14.0, 14.0, 12.0, 12.0, 12.0];
/// Departments shown at each end.
const MOST: usize = 6;
/// The other sheets, in order.
const SHEETS: [Words; 7] = [
    words::CMP_DEPARTMENTS,
    words::CMP_CAUSES,
    words::CMP_PROJECTS,
    words::CMP_ORGANISATIONS,
    words::CMP_FINDINGS,
    words::CMP_POLICIES,
    words::CMP_METHOD,
];

pub(super) fn write(book: &mut Book, all: &Arranged<'_>) -> Result<(), RenderError> {
    let s = |words| all.say(words);
    let columns: Vec<Column> = WIDTHS.iter().map(|width| Column::new("", *width)).collect();
    let last = 6;
    let mut page = Page::open(book, s(ABOUT.name), &all.imprint, &ABOUT, &columns)?;
    page.feeds_charts = true;
    let mut row = page.block_title(3, last, s(words::CMP_MAIN), "")?;
    let wide: f64 = WIDTHS.iter().sum();
    for sentence in all.sentences() {
        page.across(row, (0, last), &sentence, Style::TEXT)?;
        page.wrap_height(row, 19.0, &[(&sentence, Style::TEXT, wide)])?;
        row += 1;
    }
    page.height(row, 7.0)?;
    row = page.block_title(row + 1, last, s(words::CMP_KEY), "")?;
    let heads = [words::CMP_FIGURE, words::CMP_EARLIER, words::CMP_LATER, words::CMP_CHANGE, words::CMP_UNIT];
    let heads: Vec<Column> = heads.into_iter().zip(WIDTHS).map(|(head, width)| Column::new(s(head), width)).collect();
    row = page.heads(row, &heads)?;
    for figure in all.key_figures() {
        page.text(row, 0, &figure.name, Style::CELL)?;
        key_values(&mut page, row, figure.before, figure.after)?;
        page.text(row, 4, figure.unit, Style::CELL.small().muted().centred())?;
        page.height(row, ROW)?;
        row += 1;
    }
    page.height(row, 7.0)?;
    row = page.block_title(row + 1, last, s(words::CMP_MOVERS), "")?;
    let of = |group, head, width| Column::of(s(group), s(head), width);
    let heads = [
        Column::new(s(words::DEPARTMENT), WIDTHS[0]),
        of(words::SCORE, words::CMP_EARLIER, WIDTHS[1]),
        of(words::SCORE, words::CMP_LATER, WIDTHS[2]),
        of(words::SCORE, words::CMP_CHANGE, WIDTHS[3]),
        of(words::RANK, words::CMP_EARLIER, WIDTHS[4]),
        of(words::RANK, words::CMP_LATER, WIDTHS[5]),
        of(words::RANK, words::CMP_RANK_CHANGE, WIDTHS[6]),
    ];
    row = page.heads(row, &heads)?;
    let movers = all.movers(MOST);
    let first = row;
    for line in &movers {
        let change = line.change;
        page.text(row, 0, line.name, Style::TEXT)?;
        score_pair(&mut page, (row, 1), (change.states.before, change.states.after))?;
        rank_pair(&mut page, (row, 4), (change.rank_before, change.rank_after))?;
        page.height(row, ROW)?;
        row += 1;
    }
    if movers.is_empty() {
        row = page.nothing(row, last + 1, s(words::NO_DIFFERENCE))?;
    } else {
        page.height(row, 7.0)?;
        let chart = chart(all, &page, (first, row - 1), &movers);
        for at in row + 1..row + 15 {
            page.height(at, 16.5)?;
        }
        page.sheet.insert_chart_with_offset(row + 1, 0, &chart, 4, 2)?;
        row += 15;
    }
    let link = Style { role: Role::Small, tone: Tone::Link, ..Style::BODY };
    for (column, sheet) in (0..).zip(SHEETS) {
        page.sheet_link(row, column, s(sheet), s(sheet), link)?;
    }
    page.height(row, ROW)?;
    page.sheet.set_print_area(0, 0, row, last)?;
    page.sheet.set_portrait();
    page.sheet.set_print_fit_to_pages(1, 1);
    page.sheet.set_active(true);
    Ok(())
}

fn key_values(page: &mut Page<'_>, row: u32, before: KeyValue, after: KeyValue) -> Result<(), RenderError> {
    let plain = |value: KeyValue| match value {
        KeyValue::Count(n) => (Figure::Count(n), Num::Count),
        KeyValue::Money(money) => (Figure::or_dash(money), Num::Money),
        KeyValue::Points(points) => (Figure::or_dash(points), Num::Points),
        KeyValue::Rate(rate) => (Figure::or_dash(rate), Num::Rate),
    };
    for (column, value) in (1..).zip([before, after]) {
        let (figure, num) = plain(value);
        page.figure(row, column, figure, Style::figure(num).right())?;
    }
    let (a, b) = (cell(row, 1), cell(row, 2));
    let numbers = format!("AND(ISNUMBER({a}),ISNUMBER({b}))");
    match (before, after) {
        (KeyValue::Money(before), KeyValue::Money(after)) => {
            let change = after.zip(before).and_then(|(b, a)| b.checked_sub(a));
            let formula = format!("IF({numbers},ROUND({b}-{a},6),\"—\")");
            page.formula(row, 3, &formula, Figure::or_dash(change), Style::figure(Num::MoneyChange))
        }
        (KeyValue::Rate(before), KeyValue::Rate(after)) => {
            let change = super::arranged::rate_change(before, after);
            let formula = format!("IF({numbers},ROUND(({b}-{a})*100,2),\"—\")");
            page.formula(row, 3, &formula, Figure::or_dash(change), Style::figure(Num::PointsChange))
        }
        (KeyValue::Points(before), KeyValue::Points(after)) => {
            let change = after.zip(before).and_then(|(b, a)| b.checked_sub(a));
            difference(page, (row, 3), (1, 2), Figure::or_dash(change), Style::figure(Num::PointsChange))
        }
        (KeyValue::Count(before), KeyValue::Count(after)) => {
            difference(page, (row, 3), (1, 2), after - before, Style::figure(Num::CountChange).right())
        }
        // Both values of a figure are of one kind.
        (_, _) => page.figure(row, 3, Figure::NotApplicable, Style::CELL.right()),
    }
}

fn chart(
    all: &Arranged<'_>,
    page: &Page<'_>,
    (first, last): (u32, u32),
    movers: &[&super::arranged::DepartmentLine<'_>],
) -> Chart {
    let sheet = all.say(ABOUT.name);
    let look = page.look;
    let mut chart = Chart::new(ChartType::Column);
    let wide = if all.imprint.lang == crate::finding::Lang::Zh { 790 } else { 980 };
    chart.set_width(wide).set_height(290);
    chart.title().set_name(all.say(words::CMP_CHART)).set_font(&look.chart_font(10.5, look::INK, true));
    let mut fill = ChartFormat::new();
    fill.set_solid_fill(ChartSolidFill::new().set_color(look::BLUE)).set_no_border();
    let mut label = rust_xlsxwriter::ChartDataLabel::new();
    label.show_value().set_num_format(Num::PointsChange.code()).set_font(&look.chart_font(9.0, look::INK, false));
    chart
        .add_series()
        .set_name(all.say(words::CMP_CHANGE))
        .set_categories((sheet, first, 0, last, 0))
        .set_values((sheet, first, 3, last, 3))
        .set_gap(60)
        .set_format(&mut fill)
        .set_data_label(&label);
    chart.legend().set_hidden();
    chart.x_axis().set_label_position(rust_xlsxwriter::ChartAxisLabelPosition::Low).set_font(&look.chart_font(
        8.5,
        look::INK,
        false,
    ));
    chart.y_axis().set_hidden(true).set_major_gridlines(false);
    let said = movers.iter().filter_map(|line| {
        let change = signed(line.change.states.difference()?);
        Some(all.fill(words::ALT_PAIR, &[("a", line.name), ("b", &change)]))
    });
    describe(&mut chart, &all.fill(words::CMP_ALT_CHART, &[("text", &said.collect::<String>())]));
    chart
}
