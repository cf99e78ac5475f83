//! 整改清单: a letter with a table, protected but for the columns to answer in.

use super::answers::KEYS;
use super::{Item, RenderError};
use crate::finding::Level;
use crate::quantity::Points;
use crate::render::frame::{Column, col, row as row_number};
use crate::render::look;
use crate::render::marks;
use crate::render::page::{MISSING, Page};
use crate::render::style::{Fill, Line, Num, Role, Style, Tone};
use crate::render::text;
use crate::render::view::{ClaimSums, View, number, place, points};
use crate::render::words::{self, fill};
use crate::render::workbook::Book;
use rust_xlsxwriter::{DataValidation, ProtectionOptions};

const HEAD_ROW: u32 = 5;
/// 序号 级别 项目（文件） 单元格 问题 报送值 应为 差异 处理要求 答复 说明 填报人.
const WIDTHS: [f64; 12] = [6.0, 9.5, 22.0, 8.5, 33.0, 15.0, 15.0, 13.0, 28.0, 11.0, 24.0, 9.5];
/// The first column to answer in.
const ANSWERS: u16 = 9;

/// Title of the letter.
pub(super) fn title(view: &View<'_>) -> String {
    let year = view.district.year.map(|year| view.fill(words::YEAR_TITLE, &[("year", &year.to_string())]));
    view.fill(words::FEEDBACK_TITLE, &[("year", &year.unwrap_or_default())])
}

fn head(view: &View<'_>) -> Vec<Column> {
    let names = [
        words::NUMBER,
        words::LEVEL,
        words::FEEDBACK_FILE,
        words::FEEDBACK_CELL,
        words::PROBLEM,
        words::GIVEN,
        words::EXPECTED,
        words::GAP,
        words::TO_DO,
        words::ANSWER,
        words::ANSWER_TEXT,
        words::ANSWER_BY,
    ];
    names.into_iter().zip(WIDTHS).map(|(name, width)| Column::new(view.say(name), width)).collect()
}

/// Writes the sheet.
pub(super) fn write(
    book: &mut Book,
    view: &View<'_>,
    department: &str,
    items: &[Item<'_, '_>],
    score: Option<(Points, Points)>,
) -> Result<(), RenderError> {
    let columns = head(view);
    let last_column = col(columns.len() - 1);
    let mut page = book.sheet(view.say(words::FIX_LIST), false, view.imprint.lang)?;
    for (index, column) in columns.iter().enumerate() {
        page.sheet.set_column_width(col(index), page.width(column.width))?;
    }
    letter(&mut page, view, department, items, score, &columns)?;
    let first = page.heads(HEAD_ROW, &columns)?;
    for (index, column) in columns.iter().enumerate().skip(usize::from(ANSWERS)) {
        let style = Style::HEAD.above(Line::Thick).below(Line::Thin).filled(Fill::Answer);
        page.text(HEAD_ROW, col(index), &column.head, style)?;
    }
    for (index, item) in items.iter().enumerate() {
        item_row(&mut page, view, first + row_number(index), item)?;
    }
    let last = first + row_number(items.len().max(1)) - 1;
    let total: f64 = columns.iter().map(|column| page.width(column.width)).sum();
    page.rule(last + 1, (0, last_column), Style::BODY.above(Line::Thick))?;
    page.height(last + 1, 6.0)?;
    let note = Style { role: Role::Small, tone: Tone::Muted, wrap: true, ..Style::BODY };
    let said = format!("{}{}", view.say(words::FEEDBACK_NOTE), rules(view));
    page.across(last + 2, (0, last_column), &said, note)?;
    page.height(last + 2, f64::from(text::lines(&said, 9.0, total)) * 13.0 + 3.0)?;
    behaviour(&mut page, view, department, (first, last), last_column)
}

fn letter(
    page: &mut Page<'_>,
    view: &View<'_>,
    department: &str,
    items: &[Item<'_, '_>],
    score: Option<(Points, Points)>,
    columns: &[Column],
) -> Result<(), RenderError> {
    let last = col(columns.len() - 1);
    let total: f64 = columns.iter().map(|column| column.width).sum();
    let count = |level| items.iter().filter(|item| item.line.level == level).count().to_string();
    let own = view.departments.iter().find(|place| &*place.row.department == department);
    let projects = own.map_or(0, |place| place.sum.projects);
    let year = view.district.year.map(|year| view.fill(words::YEAR_TITLE, &[("year", &year.to_string())]));
    let thanks = view.fill(
        words::FEEDBACK_LETTER,
        &[
            ("year", &year.unwrap_or_default()),
            ("projects", &projects.to_string()),
            ("all", &items.len().to_string()),
            ("e", &count(Level::Error)),
            ("w", &count(Level::Warning)),
            ("i", &count(Level::Info)),
        ],
    );
    let of = view.departments.iter().filter(|place| place.score.is_some()).count().to_string();
    let rank = own.and_then(|place| place.rank).map_or_else(|| "—".to_owned(), |rank| rank.to_string());
    let standing = match score {
        None => view.say(words::FEEDBACK_NO_SCORE).to_owned(),
        Some((score, recomputed)) => {
            let differs = score != recomputed;
            let recomputed = view.fill(words::FEEDBACK_RECOMPUTED, &[("score", &points(recomputed))]);
            let recomputed = if differs { recomputed } else { String::new() };
            let score = points(score);
            let claims = own.map(|place| claims(view, place.claims)).unwrap_or_default();
            let args =
                [("score", &*score), ("rank", &rank), ("of", &of), ("recomputed", &recomputed), ("claims", &claims)];
            view.fill(words::FEEDBACK_SCORE, &args)
        }
    };
    page.across(0, (0, last), &title(view), Style { role: Role::Title, bold: true, ..Style::BODY }.centred())?;
    page.height(0, 32.0)?;
    let text_style = Style { wrap: true, ..Style::BODY };
    page.across(1, (0, last), &view.fill(words::FEEDBACK_TO, &[("department", department)]), text_style)?;
    page.height(1, 18.0)?;
    for (row, said) in [(2, thanks), (3, standing)] {
        page.across(row, (0, last), &said, text_style)?;
        page.wrap_height(row, 18.0, &[(&said, text_style, total)])?;
    }
    let meta = Style { role: Role::Small, tone: Tone::Muted, ..Style::BODY };
    page.text(4, 0, view.say(words::FEEDBACK_HINT), meta)?;
    page.text(4, last, &view.imprint.as_of(), meta.right())?;
    page.height(4, 17.0)
}

/// By which rules the workbook was made.
fn rules(view: &View<'_>) -> String {
    let off = view.district.settings.rules.off.join(words::comma(view.imprint.lang));
    let off = if off.is_empty() { off } else { view.fill(words::FEEDBACK_RULES_OFF, &[("codes", &off)]) };
    view.fill(words::FEEDBACK_RULES, &[("version", env!("CARGO_PKG_VERSION")), ("off", &off)])
}

/// How far the rules can follow what the department claims.
fn claims(view: &View<'_>, claims: ClaimSums) -> String {
    let all = [claims.claimed(), claims.derivable(), claims.derived(), claims.not_comparable()];
    let [claimed, derivable, derived, rest] =
        all.map(|points| points.map_or_else(|| MISSING.to_owned(), |points| number(points, 2)));
    let args = [("claimed", &*claimed), ("derivable", &derivable), ("derived", &derived), ("rest", &rest)];
    view.fill(words::FEEDBACK_CLAIMS, &args)
}

fn item_row(page: &mut Page<'_>, view: &View<'_>, row: u32, item: &Item<'_, '_>) -> Result<(), RenderError> {
    let (line, said) = (item.line, &item.said);
    let small = Style::TEXT.small();
    let file = line.file(view);
    let name = place(file, None, None);
    let project = if line.row.evaluation_id.is_some() { format!("{}\n{name}", line.project) } else { name };
    page.figure(row, 0, i64::try_from(item.number).unwrap_or(i64::MAX), Style::figure(Num::Count))?;
    page.text(row, 1, &said.level, Style::CELL.centred())?;
    page.text(row, 2, &project, small)?;
    let cell = line.row.cell.as_deref().unwrap_or("—");
    match &item.target {
        Some(target) => {
            let address = target.cell.to_string();
            let link = Style { tone: Tone::Link, ..Style::CELL }.centred();
            page.cell_link(row, 3, cell, (&target.sheet, &address), link)?;
        }
        None => page.text(row, 3, cell, Style::CELL.centred())?,
    }
    page.text(row, 4, &said.problem, Style::TEXT)?;
    page.text(row, 5, &said.given, small)?;
    page.text(row, 6, &said.expected, small)?;
    page.text(row, 7, &said.difference, small.right())?;
    page.text(row, 8, &said.to_do, Style::NOTE)?;
    for column in ANSWERS..ANSWERS + 3 {
        page.blank(row, column, Style { unlocked: true, ..Style::TEXT }.filled(Fill::Answer))?;
    }
    let keys = [
        Some(&*line.row.rule),
        file.map(|file| &*file.path),
        file.and_then(|file| file.member.as_deref()),
        line.row.sheet.as_deref(),
        line.row.cell.as_deref(),
        line.row.given.as_deref(),
        line.row.department.as_deref(),
    ];
    for (column, key) in (ANSWERS + 3..).zip(keys) {
        page.unseen(row, column, key.unwrap_or_default())?;
    }
    let w = |index: usize| WIDTHS.get(index).copied().unwrap_or(10.0);
    let cells = [
        (project.as_str(), small, w(2)),
        (said.problem.as_str(), Style::TEXT, w(4)),
        (said.given.as_str(), small, w(5)),
        (said.expected.as_str(), small, w(6)),
        (said.to_do.as_str(), Style::NOTE, w(8)),
    ];
    page.wrap_height(row, 30.0, &cells)
}

fn behaviour(
    page: &mut Page<'_>,
    view: &View<'_>,
    department: &str,
    (first, last): (u32, u32),
    last_column: u16,
) -> Result<(), RenderError> {
    let say = |words: crate::finding::Words| view.say(words);
    // what a row is about, for the program: read when the workbook comes back
    for (column, key) in (last_column + 1..).zip(KEYS) {
        page.unseen(HEAD_ROW, column, key)?;
        page.sheet.set_column_hidden(column)?;
    }
    let levels = ((first, last), (1, 1));
    marks::begins(page.sheet, levels, "●", look::ERROR)?;
    marks::begins(page.sheet, levels, "▲", look::WARN)?;
    let choices = [say(words::ANSWER_CORRECTED), say(words::ANSWER_EXPLAINED), say(words::ANSWER_DISAGREED)];
    let validation = DataValidation::new()
        .allow_list_strings(&choices)?
        .set_input_title(say(words::ANSWER_ASK))?
        .set_input_message(say(words::ANSWER_ASK_HOW))?;
    page.sheet.add_data_validation(first, ANSWERS, last, ANSWERS, &validation)?;
    page.sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
    page.sheet.autofilter(HEAD_ROW, 0, last, last_column)?;
    page.sheet.set_freeze_panes(first, 3)?;
    page.sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    page.sheet.set_print_area(0, 0, last + 2, last_column)?;
    page.sheet.set_tab_color(look::ACCENT);
    set_up(page, view.imprint.bureau.as_str(), department);
    Ok(())
}

/// Print set-up of a sheet of this workbook: A4 landscape, fitted to the width, footer with two texts.
pub(super) fn set_up(page: &mut Page<'_>, left: &str, right: &str) {
    let lang = page.lang;
    let short = |text: &str| text.replace('&', "&&").chars().take(80).collect::<String>();
    let (left, right) = (short(left), short(right));
    let sheet = &mut *page.sheet;
    sheet.set_paper_size(9).set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.453, 0.453, 0.59, 0.59, 0.3, 0.3);
    sheet.set_screen_gridlines(false);
    sheet.set_footer(format!("&L&8 {left}&C&8 {}&R&8 {right}", fill(words::FOOT_PAGE, lang, &[])));
}
