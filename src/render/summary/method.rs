//! 计算说明: every formula, band, tie and rounding rule used, the rules and their versions.

use super::departments::method_words;
use super::layout::{Layout, finding_columns};
use crate::finding::{Words, catalogue};
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, col, row as row_number};
use crate::render::look::{self, Look};
use crate::render::page::Page;
use crate::render::style::{Fill, Line, Num, Role, Style, Tone};
use crate::render::text;
use crate::render::view::{View, level_words};
use crate::render::words;
use crate::render::workbook::Book;
use crate::settings::ExecutionPolicy;
use std::collections::BTreeMap;

const ABOUT: About = About {
    name: words::METHOD,
    title: words::TITLE_METHOD,
    number: words::NO_METHOD,
    unit: None,
    asks: words::ASK_METHOD,
    tab: look::GREY,
    paper: Paper::A4Portrait,
};
const WIDTHS: [f64; 4] = [19.0, 66.0, 15.0, 26.0];

fn head(view: &View<'_>, names: [Words; 4]) -> Vec<Column> {
    names.into_iter().zip(WIDTHS).map(|(name, width)| Column::new(view.say(name), width)).collect()
}

/// Writes the sheet and names the cells of the grade limits.
pub(super) fn write(book: &mut Book, view: &View<'_>, layout: &Layout) -> Result<(), RenderError> {
    let columns = head(view, [words::PARAMETER, words::MEANING, words::VALUE, words::BASIS]);
    let name = view.say(ABOUT.name);
    let mut page = Page::open(book, name, &view.imprint, &ABOUT, &columns)?;
    let at = page.block_title(HEAD_ROW, 3, view.say(words::PARAMETERS), "")?;
    let first_limit = page.heads(at, &columns)?;
    let at = limits(&mut page, view, first_limit)?;
    let at = page.block_title(at, 3, view.say(words::FORMULAS), "")?;
    let at = page.heads(at, &head(view, [words::FIGURE, words::COMPUTED, words::WHERE_USED, words::BASIS]))?;
    let at = formulas(&mut page, view, at)?;
    let at = page.block_title(at, 3, view.say(words::RULES_USED), "")?;
    let at = page.heads(at, &head(view, [words::RULE_CODE, words::RULE_NAME, words::HITS, words::RULE_VERSION]))?;
    let at = rules(&mut page, view, layout, at)?;
    let program = view.fill(words::PROGRAM, &[("version", env!("CARGO_PKG_VERSION"))]);
    let note = Style { role: Role::Small, tone: Tone::Muted, wrap: true, ..Style::BODY };
    page.height(at, 6.0)?;
    page.across(at + 1, (0, 3), &program, note)?;
    page.height(at + 1, f64::from(text::lines(&program, Look::size(Role::Small), 126.0)) * 13.0 + 3.0)?;
    page.sheet.set_print_area(0, 0, at + 1, col(WIDTHS.len() - 1))?;
    let quoted = text::quoted_sheet(name);
    for (offset, limit) in [words::NAME_EXCELLENT, words::NAME_GOOD, words::NAME_FAIR].into_iter().enumerate() {
        let row = first_limit + row_number(offset) + 1;
        book.define_name(view.say(limit), &format!("={quoted}!$C${row}"))?;
    }
    Ok(())
}

fn limits(page: &mut Page<'_>, view: &View<'_>, first: u32) -> Result<u32, RenderError> {
    let grade = &view.district.settings.grade;
    let all = [
        (words::NAME_EXCELLENT, words::MIN_EXCELLENT, grade.excellent),
        (words::NAME_GOOD, words::MIN_GOOD, grade.good),
        (words::NAME_FAIR, words::MIN_FAIR, grade.fair),
    ];
    let mut row = first;
    for (index, (name, meaning, value)) in all.into_iter().enumerate() {
        let line = if index == 2 { Line::Thick } else { Line::Hair };
        page.text(row, 0, view.say(name), Style::CELL.below(line))?;
        page.text(row, 1, view.say(meaning), Style::TEXT.below(line))?;
        page.figure(row, 2, value, Style::CELL.centred().below(line).filled(Fill::Answer))?;
        page.text(row, 3, view.say(words::MOF), Style::NOTE.below(line))?;
        page.height(row, 17.5)?;
        row += 1;
    }
    Ok(row)
}

fn policy(view: &View<'_>) -> &'static str {
    view.say(match &view.district.settings.scoring.execution {
        ExecutionPolicy::LinearCap => words::P_LINEAR,
        ExecutionPolicy::LinearRoundedRate => words::P_ROUNDED,
        ExecutionPolicy::Steps { .. } => words::P_STEPS,
        ExecutionPolicy::Deduct { .. } => words::P_DEDUCT,
    })
}

fn formulas(page: &mut Page<'_>, view: &View<'_>, first: u32) -> Result<u32, RenderError> {
    let s = |words: Words| view.say(words).to_owned();
    let recomputed = view.fill(words::M_RECOMPUTED_HOW, &[("policy", policy(view))]);
    let all = [
        (words::M_WHICH, s(words::M_WHICH_HOW), words::ALL_TABLES, words::CONFIGURED),
        (words::M_RATE, s(words::M_RATE_HOW), words::TABLES_1_2_4, words::MOF),
        (words::M_PROJECT, s(words::M_PROJECT_HOW), words::TABLES_2, words::MOF),
        (words::M_DEPARTMENT, method_words(view), words::TABLES_1, words::CONFIGURED),
        (words::M_GRADE, s(words::M_GRADE_HOW), words::TABLES_1_2_5, words::MOF),
        (words::M_RANK, s(words::M_RANK_HOW), words::TABLES_1_2_4, words::STANDARD_RANKING),
        (words::M_SHARE, s(words::M_SHARE_HOW), words::TABLES_3, words::CONFIGURED),
        (words::M_RECOMPUTED, recomputed, words::TABLES_6, words::MOF),
        (words::M_STABILITY, s(words::M_STABILITY_HOW), words::TABLES_7, words::CONFIGURED),
        (words::M_ROUNDING, s(words::M_ROUNDING_HOW), words::ALL_TABLES, words::CONFIGURED),
        (words::M_MARKS, s(words::M_MARKS_HOW), words::ALL_TABLES, words::STATISTICS),
    ];
    let count = all.len();
    let mut row = first;
    for (index, (figure, how, tables, basis)) in all.into_iter().enumerate() {
        let line = if index + 1 == count { Line::Thick } else { Line::Hair };
        page.text(row, 0, view.say(figure), Style::TEXT.below(line))?;
        page.text(row, 1, &how, Style::TEXT.below(line))?;
        page.text(row, 2, view.say(tables), Style::NOTE.below(line))?;
        page.text(row, 3, view.say(basis), Style::NOTE.below(line))?;
        page.wrap_height(
            row,
            17.5,
            &[
                (&how, Style::TEXT, WIDTHS[1]),
                (view.say(tables), Style::NOTE, WIDTHS[2]),
                (view.say(basis), Style::NOTE, WIDTHS[3]),
            ],
        )?;
        row += 1;
    }
    Ok(row)
}

fn rules(page: &mut Page<'_>, view: &View<'_>, layout: &Layout, first: u32) -> Result<u32, RenderError> {
    let mut row = first;
    let count = catalogue::all().count();
    let mut found: BTreeMap<&str, i64> = BTreeMap::new();
    for line in &view.findings {
        *found.entry(&line.row.rule).or_default() += 1;
    }
    for (index, rule) in catalogue::all().enumerate() {
        let line = if index + 1 == count { Line::Thick } else { Line::Hair };
        let settings = &view.district.settings.rules;
        let (is_off, level) = settings.of(rule.code, None, view.district.year);
        let level = level.unwrap_or(rule.level);
        page.text(row, 0, &format!("{}　{}", rule.code, level_words(view, level)), Style::CELL.small().below(line))?;
        page.text(row, 1, rule.name.get(view.imprint.lang), Style::TEXT.small().below(line))?;
        let code = format!("\"{}\"", rule.code);
        let formula = layout.count_findings(&[(finding_columns::RULE, code.as_str())]);
        let hits = found.get(rule.code).copied().unwrap_or(0);
        page.formula(row, 2, &formula, hits, Style::figure(Num::Count).below(line))?;
        let version = if is_off { view.say(words::RULE_OFF).to_owned() } else { rule.version.to_string() };
        page.text(row, 3, &version, Style::NOTE.below(line))?;
        page.wrap_height(row, 16.0, &[(rule.name.get(view.imprint.lang), Style::TEXT.small(), WIDTHS[1])])?;
        row += 1;
    }
    Ok(row)
}
