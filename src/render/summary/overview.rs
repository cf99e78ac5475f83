//! 总览: six figures, five sentences, four charts, links to all sheets; exactly one page.

use super::charts;
use super::departments::{columns as d, limits, method_words};
use super::grades::ChartData;
use super::layout::{Layout, around};
use crate::finding::Words;
use crate::quantity::Money;
use crate::render::RenderError;
use crate::render::frame::{About, Column, Paper};
use crate::render::look;
use crate::render::page::{Figure, Page};
use crate::render::style::{Edge, Line, Num, Role, Style, Tone};
use crate::render::text;
use crate::render::view::{View, attention, district_score, number, percent, wan};
use crate::render::words;
use crate::render::workbook::Book;
use crate::settings::DepartmentMethod;

const ABOUT: About = About {
    name: words::OVERVIEW,
    title: words::TITLE_OVERVIEW,
    number: words::NO_OVERVIEW,
    unit: Some(words::UNIT_MONEY_POINTS),
    asks: words::ASK_OVERVIEW,
    tab: look::NAVY,
    paper: Paper::A4OnePage,
};
/// Columns of the sheet; each card takes two.
const COLUMNS: usize = 12;
const WIDTH: f64 = 12.1;
const CARD_ROW: u32 = 4;
const ATTENTION_ROW: u32 = 8;
/// The other sheets, in order.
const SHEETS: [Words; 12] = [
    words::DEPARTMENTS,
    words::PROJECTS,
    words::INDICATORS_SHEET,
    words::BUDGET,
    words::GRADES,
    words::CLAIMED,
    words::STABILITY,
    words::SUBMISSIONS,
    words::UNUSED,
    words::FINDINGS,
    words::UNREAD,
    words::METHOD,
];

/// Writes the sheet.
pub(super) fn write(book: &mut Book, view: &View<'_>, layout: &Layout) -> Result<(), RenderError> {
    let columns: Vec<Column> = (0..COLUMNS).map(|_| Column::new("", WIDTH)).collect();
    let mut page = Page::open(book, view.say(ABOUT.name), &view.imprint, &ABOUT, &columns)?;
    page.height(3, 6.0)?;
    cards(&mut page, view, layout)?;
    let after = sentences(&mut page, view)?;
    let after = four_charts(&mut page, view, after)?;
    foot(&mut page, view, after)?;
    page.sheet.set_active(true);
    Ok(())
}

/// A card: label, figure, and a line that puts it into context. Formulas, so that the figures can be followed.
struct Card {
    label: Words,
    figure: (String, Shown),
    below: (Option<String>, String),
}

enum Shown {
    Figure(Figure, Num),
    Text(String),
}

fn cards(page: &mut Page<'_>, view: &View<'_>, layout: &Layout) -> Result<(), RenderError> {
    page.height(CARD_ROW, 18.0)?;
    page.height(CARD_ROW + 1, 31.0)?;
    page.height(CARD_ROW + 2, 17.0)?;
    let label = Page::card(Role::Small, Tone::Muted, Line::Card);
    let figure = Style { bold: true, ..Page::card(Role::Figure, Tone::Navy, Line::None) };
    let below = Page::card(Role::Small, Tone::Muted, Line::None).below(Line::Hair);
    for (first, card) in (0..).step_by(2).zip(all_cards(view, layout)) {
        let columns = (first, first + 1);
        let edge = if first + 2 < 12 { Edge::Gap } else { Edge::None };
        let [label, figure, below] = [label, figure, below].map(|style| Style { edge, ..style });
        page.across(CARD_ROW, columns, view.say(card.label), label)?;
        page.across(CARD_ROW + 1, columns, "", figure)?;
        match card.figure {
            (formula, Shown::Figure(value, num)) => {
                page.formula(CARD_ROW + 1, first, &formula, value, Style { num, ..figure })?;
            }
            (formula, Shown::Text(said)) => {
                page.formula_text(CARD_ROW + 1, first, &formula, &said, figure)?;
            }
        }
        page.across(CARD_ROW + 2, columns, "", below)?;
        match card.below {
            (Some(formula), said) => page.formula_text(CARD_ROW + 2, first, &formula, &said, below)?,
            (None, said) => page.text(CARD_ROW + 2, first, &said, below)?,
        }
    }
    Ok(())
}

fn all_cards(view: &View<'_>, layout: &Layout) -> [Card; 6] {
    let sum = view.total();
    let total = |column| layout.department_total(column);
    let (handed_in, all) = view.coverage();
    let covered = view.fill(words::OF_DEPARTMENTS, &[("in", &handed_in.to_string()), ("all", &all.to_string())]);
    let missing: Vec<&str> =
        view.departments.iter().filter(|place| !place.row.submitted).map(|place| &*place.row.department).collect();
    let missing = if missing.is_empty() {
        view.say(words::CARD_ALL_IN).to_owned()
    } else {
        let said = view.fill(words::CARD_MISSING, &[("names", &missing.join(words::comma(view.imprint.lang)))]);
        let count = missing.len().to_string();
        // a card holds 32 half-width characters of small type
        if text::half_widths(&said) <= 32 { said } else { view.fill(words::CARD_MISSING_COUNT, &[("n", &count)]) }
    };
    let (scored, unscored) = (sum.scored, sum.projects - sum.scored);
    let projects = view.fill(words::CARD_SCORED, &[("n", &scored.to_string()), ("m", &unscored.to_string())]);
    let originals = || view.departments.iter().filter_map(|place| place.row.original_budget);
    let original = Money::sum(originals()).filter(|_| originals().next().is_some());
    let balance = sum.budget().zip(sum.outturn()).and_then(|(b, o)| b.checked_sub(o));
    let text = |money: Option<Money>| money.map_or_else(|| "…".to_owned(), wan);
    let low = view.district.settings.thresholds.low_execution;
    let low_count = view.departments.iter().filter(|place| place.rate.is_some_and(|rate| rate < low)).count();
    let score = district_score(view, &sum);
    let grade = score.map_or_else(|| "—".to_owned(), |score| view.grade(view.district.settings.grade.of(score)));
    let mean = sum.mean(2).map_or_else(|| "…".to_owned(), |mean| number(mean, 2));
    let weighted = view.method() == DepartmentMethod::Weighted;
    [
        Card {
            label: words::CARD_DEPARTMENTS,
            figure: (total(d::CATEGORY), Shown::Text(covered)),
            below: (None, missing),
        },
        Card {
            label: words::CARD_PROJECTS,
            figure: (total(d::PROJECTS), Shown::Figure(sum.projects.into(), Num::Count)),
            below: (Some(scored_formula(view, layout)), projects),
        },
        Card {
            label: words::CARD_BUDGET,
            figure: (total(d::BUDGET), Shown::Figure(Figure::or_missing(sum.budget()), Num::Money)),
            below: (None, view.fill(words::CARD_ORIGINAL, &[("n", &text(original))])),
        },
        Card {
            label: words::CARD_OUTTURN,
            figure: (total(d::OUTTURN), Shown::Figure(Figure::or_missing(sum.outturn()), Num::Money)),
            below: (
                Some(around(
                    view.say(words::CARD_BALANCE),
                    "{n}",
                    &format!("IFERROR(TEXT({}-{},\"#,##0.00\"),\"…\")", total(d::BUDGET), total(d::OUTTURN)),
                )),
                view.fill(words::CARD_BALANCE, &[("n", &text(balance))]),
            ),
        },
        Card {
            label: words::CARD_RATE,
            figure: (total(d::RATE), Shown::Figure(Figure::or_missing(sum.rate()), Num::Rate)),
            below: {
                let limit = percent(low, 0);
                let template = view.say(words::CARD_LOW).replace("{limit}", &limit);
                let count = format!("COUNTIF({},\"<{low}\")", layout.department(d::RATE));
                let said = view.fill(words::CARD_LOW, &[("n", &low_count.to_string()), ("limit", &limit)]);
                (Some(around(&template, "{n}", &count)), said)
            },
        },
        Card {
            label: if weighted { words::CARD_SCORE_WEIGHTED } else { words::CARD_SCORE },
            figure: (total(d::SCORE), Shown::Figure(Figure::or_missing(score), Num::Points)),
            below: {
                let template = view.say(words::CARD_GRADE);
                let (before, after) = template.split_once("{mean}").unwrap_or((template, ""));
                let inner = format!("IFERROR(TEXT({},\"0.00\"),\"…\")", total(d::MEAN));
                let mean_part = if after.is_empty() { inner } else { format!("{inner}&\"{after}\"") };
                let formula = format!("{}&{mean_part}", around(before, "{grade}", &total(d::GRADE)));
                (Some(formula), view.fill(words::CARD_GRADE, &[("grade", &grade), ("mean", &mean)]))
            },
        },
    ]
}

fn scored_formula(view: &View<'_>, layout: &Layout) -> String {
    let (scored, all) = (layout.department_total(d::SCORED), layout.department_total(d::PROJECTS));
    let template = view.say(words::CARD_SCORED);
    let (before, after) = template.split_once("{m}").unwrap_or((template, ""));
    let rest = if after.is_empty() { String::new() } else { format!("&\"{after}\"") };
    format!("{}&({all}-{scored}){rest}", around(before, "{n}", &scored))
}

const NUMERALS: [&str; 5] = ["①", "②", "③", "④", "⑤"];

fn sentences(page: &mut Page<'_>, view: &View<'_>) -> Result<u32, RenderError> {
    page.height(ATTENTION_ROW - 1, 7.0)?;
    page.text(ATTENTION_ROW, 0, view.say(words::ATTENTION), Style { role: Role::Block, bold: true, ..Style::BODY })?;
    page.height(ATTENTION_ROW, 20.0)?;
    let all = attention(view);
    let mut row = ATTENTION_ROW;
    if all.is_empty() {
        row += 1;
        page.across(row, (0, 9), view.say(words::NOTHING), Style::TEXT)?;
        page.height(row, 20.0)?;
    }
    let link = Style { role: Role::Small, tone: Tone::Link, ..Style::CELL }.right();
    for (numeral, sentence) in NUMERALS.iter().zip(&all) {
        row += 1;
        let said = format!("{numeral} {}", sentence.said);
        page.across(row, (0, 9), &said, Style::TEXT)?;
        page.blank(row, 10, Style::CELL)?;
        let sheet = view.say(sentence.proof);
        page.sheet_link(row, 11, &view.fill(words::SEE, &[("sheet", sheet)]), sheet, link)?;
        page.wrap_height(row, 21.0, &[(&said, Style::TEXT, WIDTH * 10.0)])?;
    }
    Ok(row + 1)
}

fn four_charts(page: &mut Page<'_>, view: &View<'_>, first: u32) -> Result<u32, RenderError> {
    let data = ChartData::new(view);
    let look = page.look;
    // six columns of 90 pixels, less a margin
    let width = if view.imprint.lang == crate::finding::Lang::Zh { 528 } else { 660 };
    page.height(first, 6.0)?;
    let upper = first + 1;
    let lower = upper + 10;
    for row in upper..lower + 12 {
        page.height(row, 16.5)?;
    }
    let sheet = &mut *page.sheet;
    sheet.insert_chart_with_offset(upper, 0, &charts::grades(view, look, data, (width, 214)), 4, 2)?;
    sheet.insert_chart_with_offset(upper, 6, &charts::distribution(view, look, data, width, 214), 4, 2)?;
    sheet.insert_chart_with_offset(lower, 0, &charts::top_and_bottom(view, look, data, (width, 252)), 4, 2)?;
    sheet.insert_chart_with_offset(lower, 6, &charts::scatter(view, look, data, (width, 252)), 4, 2)?;
    Ok(lower + 12)
}

fn foot(page: &mut Page<'_>, view: &View<'_>, row: u32) -> Result<(), RenderError> {
    let [a, b, c] = limits(view);
    let note = view.fill(words::OVERVIEW_NOTE, &[("method", &method_words(view)), ("a", &a), ("b", &b), ("c", &c)]);
    let style = Style { role: Role::Small, tone: Tone::Muted, wrap: true, ..Style::BODY };
    page.across(row, (0, 11), &note, style)?;
    let width = page.width(WIDTH) * 12.0;
    page.height(row, f64::from(text::lines(&note, 9.0, width)) * 13.0 + 3.0)?;
    let link = Style { role: Role::Small, tone: Tone::Link, wrap: true, ..Style::BODY }.centred();
    for (column, sheet) in (0..).zip(SHEETS) {
        page.sheet_link(row + 1, column, view.say(sheet), view.say(sheet), link)?;
    }
    page.height(row + 1, if view.imprint.lang == crate::finding::Lang::Zh { 17.0 } else { 28.0 })?;
    page.sheet.set_print_area(0, 0, row + 1, 11)?;
    Ok(())
}
