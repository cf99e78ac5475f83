//! S02, S03, S31, S32: scores within their weights, the total as their sum, the grade as it follows, the second score.

use super::check::{Check, blank, figures};
use super::parts::{has_total_row, parts};
use super::tolerance::half_unit;
use crate::finding::Level;
use crate::finding::catalogue::form::{
    GRADE_DIFFERS, GRADE_MISSING, REVIEW_GAP, SCORE_ABOVE_WEIGHT, SCORE_NEGATIVE, TOTAL_SCORE_DIFFERS,
};
use crate::form::{FieldExt, FormKind};
use crate::quantity::{Decimal, Points};
use crate::settings::Grade;

pub(super) fn check(check: &mut Check<'_>) {
    if matches!(check.form.kind, FormKind::Monitoring | FormKind::TargetDeclaration) {
        return;
    }
    limits(check);
    total(check);
    grade(check);
    review(check);
}

/// `0 ≤ score ≤ weight`, exactly.
fn limits(check: &mut Check<'_>) {
    for part in parts(check.form) {
        let Some(field) = part.score else { continue };
        let Some(score) = field.value() else { continue };
        if *score < Points::ZERO {
            let finding = figures(check.finding(&SCORE_NEGATIVE, [field.cell]), score.decimal(), Decimal::ZERO);
            check.push(finding);
        }
        if let Some(weight) = part.weight.and_then(|w| w.value())
            && score > weight
        {
            let finding = figures(check.finding(&SCORE_ABOVE_WEIGHT, [field.cell]), score.decimal(), weight.decimal());
            check.push(finding);
        }
    }
}

/// Sum of the scores given, and what the missing ones could add at the most. `None` where a missing one has no weight.
fn range(check: &Check<'_>) -> Option<(Decimal, Decimal, u8)> {
    let (mut low, mut high, mut places) = (Decimal::ZERO, Decimal::ZERO, 0);
    let mut any = false;
    for part in parts(check.form) {
        match part.score.and_then(|field| field.value()) {
            Some(score) => {
                any = true;
                let score = score.decimal();
                places = places.max(score.places());
                (low, high) = (low.checked_add(score)?, high.checked_add(score)?);
            }
            // A row without weight and score is no part.
            None if part.weight.is_none_or(|w| w.value().is_none()) && blank(part.score) => {}
            None => high = high.checked_add(part.weight.and_then(|w| w.value())?.decimal())?,
        }
    }
    any.then_some((low, high, places))
}

/// Printed total = Σ scores; a total printed with fewer decimals than its parts may be rounded.
fn total(check: &mut Check<'_>) {
    let Some(field) = check.form.totals.score.as_ref() else { return };
    let Some(printed) = field.value().map(|p| p.decimal()) else { return };
    let Some((low, high, places)) = range(check) else { return };
    if low <= printed && printed <= high {
        return;
    }
    let expected = if printed < low { low } else { high };
    let finding = figures(check.finding(&TOTAL_SCORE_DIFFERS, [field.cell]), printed, expected);
    let most = if places > printed.places() { half_unit(0, printed.places()) } else { Decimal::ZERO };
    let within = printed.checked_sub(expected).is_some_and(|d| d.abs() <= most);
    check.push(if within {
        finding.rounding()
    } else if rows_missing(check, printed, high) {
        finding.level(Level::Info)
    } else {
        finding
    });
}

/// Whether rows that the form does not show could make up the difference: its weights fall short of one hundred by as much.
fn rows_missing(check: &Check<'_>, printed: Decimal, high: Decimal) -> bool {
    let parts = parts(check.form);
    let weights: Vec<Decimal> = parts.iter().filter_map(|p| p.weight?.value().map(|w| w.decimal())).collect();
    if weights.is_empty() {
        return false;
    }
    let Some(short) = Decimal::sum(weights).and_then(|sum| Decimal::HUNDRED.checked_sub(sum)) else { return false };
    !has_total_row(check.form) && short.signum() > 0 && high.checked_add(short).is_some_and(|most| printed <= most)
}

/// The grade that a text states, if it states exactly one.
pub(super) fn stated_grade(text: &str) -> Option<Grade> {
    // `自评等级：优（≥90分）`, `优□ 良☑ 中□ 差□`
    let ticked = text.char_indices().find(|(_, c)| matches!(c, '☑' | '√' | '✔' | '■'));
    let found = |text: &str| {
        let mut grades = Grade::ALL.into_iter().filter(|grade| text.contains(grade.code()));
        let first = grades.next();
        first.filter(|_| grades.next().is_none())
    };
    if let Some((at, tick)) = ticked {
        let before = text.get(..at).and_then(|t| t.trim_end().chars().last()).map(String::from);
        let after = text.get(at + tick.len_utf8()..).and_then(|t| t.trim_start().chars().next()).map(String::from);
        return before.as_deref().and_then(found).or_else(|| after.as_deref().and_then(found));
    }
    found(text)
}

/// The stated grade against the bands, on the sum of the parts or, where that is incomplete, on the printed total.
fn grade(check: &mut Check<'_>) {
    let form = check.form;
    let sum = range(check).filter(|(low, high, _)| low == high).map(|(low, ..)| low);
    let printed = form.totals.score.get().map(|p| p.decimal());
    let Some(score) = sum.or(printed) else { return };
    let of = |score: Decimal| Points::from_decimal(score).map(|p| check.settings.grade.of(p));
    match form.head.grade.as_ref().map(|field| (field, stated_grade(&field.given))) {
        Some((field, Some(stated))) => {
            let fits = of(score) == Some(stated) || printed.and_then(of) == Some(stated);
            if let Some(expected) = of(score).filter(|_| !fits) {
                let finding = check
                    .finding(&GRADE_DIFFERS, [field.cell])
                    .given(stated.code())
                    .expected(expected.code())
                    .arg("score", score);
                check.push(finding);
            }
        }
        None if form.kind == FormKind::EvaluationScore => {
            let Some(expected) = of(score) else { return };
            let cell = form.totals.score.as_ref().map_or(form.range.first, |field| field.cell);
            let finding = check.finding(&GRADE_MISSING, [cell]).expected(expected.code()).arg("score", score);
            check.push(finding);
        }
        // A grade that is not one of the four, or a form that need not state one.
        Some(_) | None => {}
    }
}

/// A second score by the bureau on the same form, when it differs by the threshold or more.
fn review(check: &mut Check<'_>) {
    let Some(field) = check.form.totals.review_score.as_ref() else { return };
    let Some((own, second)) = check.form.totals.score.get().zip(field.value()) else { return };
    let gap = own.decimal().checked_sub(second.decimal()).unwrap_or_default();
    if gap.abs() >= check.thresholds.review_gap {
        let cell = check.form.totals.score.as_ref().map_or(field.cell, |f| f.cell);
        let finding = figures(check.finding(&REVIEW_GAP, [cell, field.cell]), own.decimal(), second.decimal());
        check.push(finding.level(Level::Warning));
    }
}
