//! S28: cells that hold something other than the value that belongs there.

use super::check::Check;
use crate::book::Value;
use crate::finding::Finding;
use crate::finding::catalogue::form::{
    AMBIGUOUS_AMOUNT, ERROR_VALUE, FULL_WIDTH_NUMBER, NUMBER_AS_TEXT, UNREADABLE_VALUE,
};
use crate::form::{Field, Form};
use crate::quantity::{CellRef, Decimal, Entry};

/// A field in which a number belongs, without its value.
struct Numeric {
    cell: CellRef,
    unreadable: bool,
    /// Money may carry words: `17万50元`.
    money: bool,
}

pub(super) fn check(check: &mut Check<'_>) {
    let range = check.form.range;
    let faulty: Vec<Finding> = check
        .sheet
        .cells
        .iter()
        .filter(|cell| range.contains(cell.at))
        .filter_map(|cell| match &cell.value {
            Value::Error(text) => Some(check.finding(&ERROR_VALUE, [cell.at]).given(text)),
            _ => None,
        })
        .collect();
    check.found.extend(faulty);
    let fields = numeric(check.form);
    let cells = check.sheet.cells.as_slice();
    let from = fields.first().map_or(0, |first| cells.partition_point(|cell| cell.at < first.cell));
    // Both are in the order of the sheet.
    let mut cells = cells.iter().skip(from).peekable();
    for field in fields {
        while cells.next_if(|cell| cell.at < field.cell).is_some() {}
        let cell = cells.peek().filter(|cell| cell.at == field.cell);
        let Some(Value::Text(text)) = cell.map(|cell| &cell.value) else { continue };
        let text = text.trim();
        let rule = if field.unreadable {
            &UNREADABLE_VALUE
        } else if text.chars().any(|c| ('０'..='９').contains(&c)) {
            &FULL_WIDTH_NUMBER
        } else if plain(text) {
            &NUMBER_AS_TEXT
        } else if field.money && ambiguous(text) {
            &AMBIGUOUS_AMOUNT
        } else {
            continue;
        };
        let finding = check.finding(rule, [field.cell]).given(text);
        check.push(finding);
    }
}

/// A number and nothing else, perhaps with thousands separators or a percent sign.
fn plain(text: &str) -> bool {
    let number = text.strip_suffix(['%', '％']).unwrap_or(text).replace([',', '，'], "");
    !number.is_empty() && Decimal::parse(number.trim()).is_some()
}

/// `17万50元` and `3万5`: digits behind 万 that may be yuan or a decimal part of 万.
fn ambiguous(text: &str) -> bool {
    let Some((before, after)) = text.split_once('万') else { return false };
    before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit())
}

/// All fields of the form in which a number belongs; each cell once.
fn numeric(form: &Form) -> Vec<Numeric> {
    fn add<T>(out: &mut Vec<Numeric>, field: Option<&Field<T>>, money: bool) {
        if let Some(field) = field {
            let unreadable = matches!(field.entry, Entry::Unreadable);
            if unreadable || matches!(field.entry, Entry::Given(_)) {
                out.push(Numeric { cell: field.cell, unreadable, money });
            }
        }
    }
    let mut out = Vec::with_capacity(form.indicators.len() * 2 + form.funding.len() * 4 + form.lines.len() * 4);
    for row in &form.funding {
        for amount in [&row.original_budget, &row.revised_budget, &row.outturn] {
            add(&mut out, amount.as_ref(), true);
        }
        add(&mut out, row.rate.as_ref(), false);
        add(&mut out, row.weight.as_ref(), false);
        add(&mut out, row.score.as_ref(), false);
    }
    for indicator in &form.indicators {
        for points in [&indicator.weight, &indicator.score, &indicator.review_score] {
            add(&mut out, points.as_ref(), false);
        }
    }
    for points in [&form.totals.weight, &form.totals.score, &form.totals.review_score] {
        add(&mut out, points.as_ref(), false);
    }
    for line in &form.lines {
        for amount in [&line.original_budget, &line.revised_budget, &line.outturn] {
            add(&mut out, amount.as_ref(), true);
        }
        add(&mut out, line.rate.as_ref(), false);
    }
    out.sort_by_key(|field| field.cell);
    out.dedup_by_key(|field| field.cell);
    out
}

#[cfg(test)]
mod tests {
    use super::{ambiguous, plain};

    #[test]
    fn numbers_as_text() {
        for yes in ["190.00", "1,234.5", "0.00%", "-3"] {
            assert!(plain(yes), "{yes}");
        }
        for no in ["", "515万元", "—", "10分", "约5"] {
            assert!(!plain(no), "{no}");
        }
    }

    #[test]
    fn amounts_of_two_meanings() {
        assert!(ambiguous("17万50元") && ambiguous("3万5"));
        assert!(!ambiguous("515万元") && !ambiguous("10万") && !ambiguous("0.7亿元"));
    }
}
