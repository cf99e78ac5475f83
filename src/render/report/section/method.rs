//! 计算说明: how each figure is computed, and what the check rules found.

use super::super::table::{Cell, Column, Kind, Table};
use super::super::{Page, Section};
use super::{Block, count, row};
use crate::finding::catalogue;
use crate::render::{RenderError, words};
use crate::settings::ExecutionPolicy;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Item {
    name: String,
    how: String,
}

#[derive(Serialize)]
struct Items {
    items: Vec<Item>,
}

/// The section, and the rules of its columns.
pub(in crate::render::report) fn method(page: &Page<'_>) -> Result<super::List, RenderError> {
    let view = &page.view;
    let policy = view.say(match view.district.settings.scoring.execution {
        ExecutionPolicy::LinearCap => words::P_LINEAR,
        ExecutionPolicy::LinearRoundedRate => words::P_ROUNDED,
        ExecutionPolicy::Steps { .. } => words::P_STEPS,
        ExecutionPolicy::Deduct { .. } => words::P_DEDUCT,
    });
    let items = [
        (words::M_RATE, words::M_RATE_HOW),
        (words::M_PROJECT, words::M_PROJECT_HOW),
        (words::M_GRADE, words::M_GRADE_HOW),
        (words::M_RANK, words::M_RANK_HOW),
        (words::M_SHARE, words::M_SHARE_HOW),
        (words::M_RECOMPUTED, words::M_RECOMPUTED_HOW),
        (words::M_ROUNDING, words::M_ROUNDING_HOW),
        (words::M_WHICH, words::M_WHICH_HOW),
        (words::M_MARKS, words::M_MARKS_HOW),
    ];
    let items =
        items.map(|(name, how)| Item { name: view.say(name).to_owned(), how: view.fill(how, &[("policy", policy)]) });
    let how = Block { name: None, html: page.templates.part("method.html", &Items { items: items.into() })? };
    let rules = rules(page);
    let column_rules = rules.column_rules();
    let found = Block { name: Some(view.say(words::RULES_PAGE).to_owned()), html: rules.html(&page.templates)? };
    let program = view.fill(words::PROGRAM, &[("version", env!("CARGO_PKG_VERSION"))]);
    let section: Section = page.section(("method", words::METHOD), None, vec![how, found], vec![program])?;
    Ok(super::List { section, column_rules })
}

/// Every rule of the catalogue with what it found.
fn rules(page: &Page<'_>) -> Table<'static> {
    let view = &page.view;
    let s = |words| view.say(words);
    let mut hits: BTreeMap<&str, u32> = BTreeMap::new();
    for finding in &view.findings {
        *hits.entry(&*finding.row.rule).or_default() += 1;
    }
    let settings = &view.district.settings.rules;
    let rows = catalogue::all().map(|rule| {
        let (is_off, level) = settings.of(rule.code, None, view.district.year);
        let level = level.unwrap_or(rule.level);
        let found = if is_off { s(words::RULE_OFF).to_owned() } else { hits.get(rule.code).unwrap_or(&0).to_string() };
        row(vec![
            Cell::text(rule.code),
            Cell::text(rule.name.get(view.imprint.lang)),
            Cell::text(level.words().get(view.imprint.lang)),
            Cell::text(found),
            count(rule.version),
        ])
    });
    Table {
        id: "list-rules",
        caption: s(words::RULES_PAGE).to_owned(),
        columns: vec![
            Column::new(s(words::RULE_CODE), Kind::Text),
            Column::new(s(words::RULE_NAME), Kind::Text),
            Column::new(s(words::LEVEL), Kind::Text),
            Column::new(s(words::HITS), Kind::Count),
            Column::secondary(s(words::RULE_VERSION), Kind::Count),
        ],
        head: 0,
        rows: rows.collect(),
        total: None,
        filters: Vec::new(),
        sorts: true,
    }
}
