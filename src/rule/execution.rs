//! S04 to S06: the score of the execution rate, and rates that call for a reason.

use super::check::{Check, blank, figures};
use super::funding::Block;
use super::parts::parts;
use super::tolerance::half_unit;
use crate::compute::execution::execution_score;
use crate::compute::total::total_row;
use crate::finding::Level;
use crate::finding::catalogue::form::{
    BUDGET_ADJUSTED, EXECUTION_SCORE_DIFFERS, LOW_EXECUTION_WITHOUT_REASON, OUTTURN_ABOVE_BUDGET,
};
use crate::form::{FieldExt, FormKind};
use crate::quantity::{Decimal, Points};

pub(super) fn check(check: &mut Check<'_>, block: &Block) {
    if check.form.kind == FormKind::TargetDeclaration {
        return;
    }
    if check.form.kind != FormKind::Monitoring {
        score(check, block);
        reason(check, block);
        adjusted(check, block);
    }
    above_budget(check, block);
}

/// The score by the configured policy, from the exact rate or from the printed one; either is right.
fn score(check: &mut Check<'_>, block: &Block) {
    let Some(row) = total_row(check.form) else { return };
    let Some(part) = parts(check.form).into_iter().find(|part| part.execution) else { return };
    let Some(field) = part.score else { return };
    let Some((given, &weight)) = field.value().zip(part.weight.and_then(|w| w.value())) else { return };
    let exact = block.rate();
    let printed = row.rate.get().copied().filter(|rate| rate.signum() > 0 || exact.is_none());
    let policy = &check.settings.scoring.execution;
    let by = |rate: Option<Decimal>| rate.and_then(|rate| execution_score(rate, weight, policy)).map(Points::decimal);
    let given = given.decimal();
    let Some(expected) = by(exact).or_else(|| by(printed)) else { return };
    let most = half_unit(0, given.places().min(2));
    let off = |expected: Option<Decimal>| expected.and_then(|e| given.checked_sub(e)).map(Decimal::abs);
    let (from_exact, from_printed) = (off(by(exact)), off(by(printed)));
    let nearest = from_exact.into_iter().chain(from_printed).min().unwrap_or(Decimal::ZERO);
    // Two decimals are as fine as scores are filed.
    if nearest <= half_unit(0, 2) {
        return;
    }
    let finding = figures(check.finding(&EXECUTION_SCORE_DIFFERS, [field.cell]), given, expected);
    check.push(if nearest <= most { finding.rounding() } else { finding });
}

/// More was spent than budgeted.
fn above_budget(check: &mut Check<'_>, block: &Block) {
    if let Some((budget, outturn)) = block.budget.zip(block.outturn) {
        let most = budget.half.checked_add(outturn.half).unwrap_or_default();
        let over = outturn.yuan.checked_sub(budget.yuan).unwrap_or_default();
        if budget.yuan.signum() > 0 && over > most {
            let finding =
                figures(check.finding(&OUTTURN_ABOVE_BUDGET, [outturn.cell, budget.cell]), outturn.yuan, budget.yuan);
            check.push(finding);
        }
        return;
    }
    let Some(field) = total_row(check.form).and_then(|row| row.rate.as_ref()) else { return };
    if let Some(percent) = field.value().filter(|rate| **rate > Decimal::ONE).and_then(|rate| rate.shift(2)) {
        let finding = figures(check.finding(&OUTTURN_ABOVE_BUDGET, [field.cell]), percent, Decimal::HUNDRED);
        check.push(finding);
    }
}

/// A rate below the threshold needs a reason, in its row or anywhere on the form.
fn reason(check: &mut Check<'_>, block: &Block) {
    let Some(row) = total_row(check.form) else { return };
    // no budget, no rate to explain
    if block.budget.is_some_and(|budget| budget.yuan.is_zero()) {
        return;
    }
    let Some(rate) = block.rate().or_else(|| row.rate.get().copied()) else { return };
    if rate >= check.thresholds.low_execution || !blank(row.note.as_ref()) || has_reason(check) {
        return;
    }
    let Some(cell) = row.rate.as_ref().map(|f| f.cell).or(block.outturn.map(|f| f.cell)) else { return };
    let limit = check.thresholds.low_execution.shift(2).unwrap_or_default();
    let finding = figures(
        check.finding(&LOW_EXECUTION_WITHOUT_REASON, [cell]),
        rate.shift(2).unwrap_or_default().round(2),
        limit,
    );
    check.push(if block.corrected { finding.level(Level::Info) } else { finding });
}

/// Whether a text on the form speaks of the execution as a sentence does, not as a label.
fn has_reason(check: &Check<'_>) -> bool {
    const ABOUT: [&str; 8] = ["预算执行", "执行率", "资金支付", "未支付", "结余", "结转", "未执行", "支付进度"];
    const WHY: [&str; 10] = ["因", "由于", "受", "未", "延", "待", "尚", "推迟", "原因", "，"];
    let says = |text: &str| {
        text.chars().nth(11).is_some()
            && ABOUT.iter().any(|w| text.contains(w))
            && WHY.iter().any(|w| text.contains(w))
            && !text.starts_with(['备', '注'])
    };
    let notes = check.form.indicators.iter().filter_map(|i| i.note.as_ref());
    notes.into_iter().any(|note| note.value().is_some_and(|text| says(text)))
        || check.texts().any(|(_, text)| says(text) && !text.contains("执行率×") && !text.contains("×执行率"))
}

/// Revised against original budget.
fn adjusted(check: &mut Check<'_>, block: &Block) {
    if block.on_original {
        return;
    }
    let Some((original, revised)) = block.original.zip(block.budget) else { return };
    let Some(change) = revised.yuan.checked_sub(original.yuan).and_then(|d| d.div(original.yuan, 6)) else { return };
    if original.yuan.signum() > 0 && change.abs() > check.thresholds.budget_adjustment {
        let finding =
            figures(check.finding(&BUDGET_ADJUSTED, [revised.cell, original.cell]), revised.yuan, original.yuan);
        check.push(finding.arg("percent", change.shift(2).unwrap_or_default().round(2)));
    }
}
