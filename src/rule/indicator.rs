//! S10 to S16, S19, S36: one indicator at a time, its actual against its target and its score against both.

use super::check::{Check, blank, figures};
use super::parts::has_total_row;
use super::tolerance::half_unit;
use crate::compute::score::{
    Achieved, Earned, Recomputed, Why, is_cost, is_percent, operator_of, recompute, share_for_percent,
};
use crate::finding::Level;
use crate::finding::catalogue::form::{
    ABOVE_HUNDRED_PERCENT, ACTUAL_COPIED, ACTUAL_MISSING, ACTUAL_NOT_NUMERIC, FAR_OVER_TARGET, LATE_BUT_FULL,
    LEVEL3_MISSING, MET_BUT_DEDUCTED, NOT_FILLED_IN, OPERATOR_DIRECTION, QUALITATIVE_OUTSIDE_BAND, SAMPLE_UNKNOWN,
    SCORE_DIFFERS, SCORE_MISSING, SHARE_FOR_PERCENT, UNITS_DIFFER, UNMET_BUT_FULL, UNMET_WITHOUT_REASON,
};
use crate::form::{Field, FieldExt, FormKind, Goal, Indicator, Operator};
use crate::quantity::{CellRef, Decimal, Text};
use crate::text::money_unit;

pub(super) fn check(check: &mut Check<'_>) {
    let form = check.form;
    if form.indicators.is_empty() {
        return;
    }
    let judged = recompute(form, check.settings);
    let scored = scores_given(check);
    names(check);
    for (indicator, judged) in form.indicators.iter().zip(judged) {
        if indicator.execution_line {
            continue;
        }
        direction(check, indicator);
        if form.kind == FormKind::TargetDeclaration {
            continue;
        }
        if comparable(check, indicator, judged) && form.kind != FormKind::Monitoring && scored {
            against_target(check, indicator, judged);
        }
    }
}

/// Reports scores that are missing; `false` where the form was not scored at all.
fn scores_given(check: &mut Check<'_>) -> bool {
    let form = check.form;
    if !form.has_score || matches!(form.kind, FormKind::Monitoring | FormKind::TargetDeclaration) {
        return form.has_score;
    }
    let rows = || {
        form.indicators.iter().filter(|i| !i.execution_line).filter(|i| i.score.is_some() || i.weight.get().is_some())
    };
    let missing: Vec<CellRef> = rows()
        .filter(|i| {
            blank(i.score.as_ref())
                && (i.weight.get().is_some() || i.target.get().is_some() && i.actual.get().is_some())
        })
        .filter(|i| i.level3.is_some() || i.weight.get().is_some())
        .map(|i| i.score.as_ref().map_or(i.cell, |f| f.cell))
        .collect();
    if !rows().any(|i| i.score.get().is_some()) {
        if let Some(&first) = missing.first() {
            let finding = check.finding(&NOT_FILLED_IN, [first]).arg("count", missing.len());
            check.push(finding);
        }
        return false;
    }
    // A table that breaks off in its last row, without a total, may go on where nobody handed it in.
    let last = form.indicators.iter().map(|i| i.row).max();
    for cell in missing {
        let finding = check.finding(&SCORE_MISSING, [cell]);
        let breaks_off = Some(cell.row) == last && form.totals.score.is_none() && !has_total_row(form);
        check.push(if breaks_off { finding.level(Level::Warning) } else { finding });
    }
    let execution = form.funding.iter().find(|row| row.weight.get().is_some_and(|w| w.scaled() > 0));
    if let Some(field) = execution.and_then(|row| row.score.as_ref()).filter(|f| blank(Some(f)))
        && !form.indicators.iter().any(|i| !i.execution_line && i.score.as_ref().is_some_and(|s| s.cell == field.cell))
    {
        let finding = check.finding(&SCORE_MISSING, [field.cell]);
        check.push(finding);
    }
    true
}

/// Level-3 names, where the table has a column for them.
fn names(check: &mut Check<'_>) {
    let rows = &check.form.indicators;
    let named: Vec<CellRef> =
        rows.iter().filter_map(|i| i.level3.as_ref()).filter(|l| !l.text.trim().is_empty()).map(|l| l.cell).collect();
    let Some(column) = named.first().map(|cell| cell.col) else { return };
    if named.len() * 2 < rows.len() {
        return;
    }
    for indicator in rows {
        let nameless = indicator.level3.as_ref().is_none_or(|level| level.text.trim().is_empty());
        let filled =
            indicator.weight.get().is_some() && (indicator.score.get().is_some() || indicator.target.get().is_some());
        if nameless && filled && !indicator.execution_line {
            let cell = indicator.level3.as_ref().map_or(CellRef::new(indicator.row, column), |level| level.cell);
            let finding = check.finding(&LEVEL3_MISSING, [cell]);
            check.push(finding);
        }
    }
}

/// Where a field stands, or would stand: in the column of its neighbours.
fn place<T>(check: &Check<'_>, indicator: &Indicator, field: fn(&Indicator) -> Option<&Field<T>>) -> CellRef {
    if let Some(field) = field(indicator) {
        return field.cell;
    }
    let column = check.form.indicators.iter().find_map(|i| field(i)).map(|f| f.cell.col);
    column.map_or(indicator.cell, |column| CellRef::new(indicator.row, column))
}

fn name(indicator: &Indicator) -> &str {
    indicator.level3.as_ref().map_or("", |level| level.text.trim())
}

/// S15, S16: whether the two can be compared; what is missing or of the wrong kind is reported.
fn comparable(check: &mut Check<'_>, indicator: &Indicator, judged: Recomputed) -> bool {
    let form = check.form;
    let Some(target) = indicator.target.as_ref().filter(|f| f.value().is_some()) else { return true };
    if form.has_actual && blank(indicator.actual.as_ref()) {
        // A row that carries no points and no name is the template's.
        let counts =
            indicator.weight.get().is_some() || indicator.score.get().is_some() || !form.has_weight && !form.has_score;
        let any = form.indicators.iter().any(|i| i.actual.get().is_some());
        if counts && any && form.kind != FormKind::Monitoring {
            let cell = place(check, indicator, |i| i.actual.as_ref());
            let finding = check.finding(&ACTUAL_MISSING, [cell]).arg("name", name(indicator));
            check.push(finding);
        }
        return false;
    }
    let Some(actual) = indicator.actual.as_ref() else { return false };
    let Some((goal, done)) = target.value().zip(actual.value()) else { return false };
    let numeric = goal.value.is_some() && goal.date.is_none() && !goal.approximate;
    if numeric && done.operator.is_some() && begins_with_operator(&actual.given) {
        let finding =
            check.finding(&ACTUAL_COPIED, [actual.cell]).given(actual.given.trim()).arg("target", target.given.trim());
        check.push(finding);
        return false;
    }
    if numeric && done.value.is_none() && done.date.is_none() && clear_number(goal, &target.given) {
        let finding = check
            .finding(&ACTUAL_NOT_NUMERIC, [actual.cell])
            .given(actual.given.trim())
            .arg("target", target.given.trim());
        check.push(finding);
        return false;
    }
    if form.kind == FormKind::Monitoring {
        return true;
    }
    if share_for_percent(goal, done) || taken_as_percent(check, actual, goal, done) {
        let finding = check
            .finding(&SHARE_FOR_PERCENT, [actual.cell])
            .given(actual.given.trim())
            .arg("target", target.given.trim());
        check.push(finding);
    }
    if judged.achieved == Achieved::Open(Why::Units) {
        let finding =
            check.finding(&UNITS_DIFFER, [actual.cell]).given(actual.given.trim()).arg("target", target.given.trim());
        check.push(finding);
    }
    if numeric && is_satisfaction(indicator) && done.value == Some(Decimal::HUNDRED) && !sampled(indicator) {
        let finding = check.finding(&SAMPLE_UNKNOWN, [actual.cell]);
        check.push(finding);
    }
    true
}

/// Whether a plain `1` or `0.98` was read as 100 or 98 percent.
fn taken_as_percent(check: &Check<'_>, field: &Field<Goal>, target: &Goal, actual: &Goal) -> bool {
    let percent = target.unit.as_deref().is_some_and(is_percent);
    let shown = check.sheet.get(field.cell).is_some_and(|cell| cell.percent);
    let written = Decimal::parse(field.given.trim());
    percent && !shown && written.is_some_and(|w| !w.is_zero() && w.shift(2) == actual.value)
}

fn begins_with_operator(text: &str) -> bool {
    text.trim_start().starts_with(['≥', '≤', '>', '<', '＞', '＜', '≧', '≦', '⩾', '⩽', '〉', '〈'])
}

/// Whether the target is a number with a short unit, not a sentence with a number in it.
fn clear_number(goal: &Goal, given: &str) -> bool {
    let letters = given.chars().filter(|c| c.is_alphabetic()).count();
    goal.upper.is_none() && letters <= 6
}

fn is_satisfaction(indicator: &Indicator) -> bool {
    [&indicator.level1, &indicator.level2, &indicator.level3]
        .into_iter()
        .flatten()
        .any(|level| level.text.contains("满意"))
}

fn sampled(indicator: &Indicator) -> bool {
    let words = ["样本", "问卷", "份", "抽样", "回访"];
    let says = |text: &str| words.iter().any(|word| text.contains(word));
    [&indicator.note, &indicator.criteria].into_iter().flatten().any(|field| says(&field.given))
}

/// S14: an operator that points the wrong way.
fn direction(check: &mut Check<'_>, indicator: &Indicator) {
    const FEWER_IS_BETTER: [&str; 30] = [
        "成本", "投诉", "事故", "差错", "故障", "时间", "时限", "时长", "天数", "费", "支出", "消耗", "能耗", "排放",
        "违规", "违纪", "下降", "降低", "减少", "控制", "超", "误", "死亡", "流失", "拖欠", "舆情", "上访", "信访",
        "隐患", "发生",
    ];
    let Some(field) = indicator.target.as_ref() else { return };
    let Some(target) = field.value() else { return };
    let Some((operator, value)) = target.operator.zip(target.value) else { return };
    let level2 = indicator.level2.as_ref().map_or("", |level| &level.text);
    let unit = target.unit.as_deref().or(indicator.unit_of_measure.as_deref()).unwrap_or("");
    let name = name(indicator);
    let fewer = || FEWER_IS_BETTER.iter().any(|word| name.contains(word));
    let at_most = matches!(operator, Operator::Le | Operator::Lt);
    let at_least = matches!(operator, Operator::Ge | Operator::Gt);
    let wrong = at_most
        && level2.contains("数量")
        && !value.is_zero()
        && !is_percent(unit)
        && money_unit(unit).is_none()
        && !fewer()
        || at_least && is_cost(indicator) && (money_unit(unit).is_some() || name.contains("成本")) && !saves(name);
    if wrong {
        let finding = check.finding(&OPERATOR_DIRECTION, [field.cell]).given(field.given.trim()).arg("name", name);
        check.push(finding);
    } else if at_least && is_percent(unit) && value >= Decimal::HUNDRED && operator != Operator::Eq {
        let finding = check.finding(&ABOVE_HUNDRED_PERCENT, [field.cell]).given(field.given.trim()).arg("name", name);
        check.push(finding);
    }
}

fn saves(name: &str) -> bool {
    ["节约", "降低", "下降", "减少", "节省"].iter().any(|word| name.contains(word))
}

/// A reason that says something.
fn meaningful(text: &str) -> bool {
    !matches!(text.trim(), "" | "无" | "0" | "/" | "—" | "-" | "——" | "无偏差" | "不涉及" | "否")
}

/// Whether the deviation is explained: in its own row, or in a sentence of the form that names the indicator.
fn explained(check: &Check<'_>, indicator: &Indicator) -> bool {
    if indicator.note.get().is_some_and(|text: &Text| meaningful(text)) {
        return true;
    }
    let name = name(indicator);
    let longer = name.chars().count() + 4;
    name.chars().count() >= 2
        && check
            .texts()
            .any(|(at, text)| at.row != indicator.row && text.contains(name) && text.chars().nth(longer).is_some())
}

/// S10 to S13, S19: the score against what target and actual earn.
fn against_target(check: &mut Check<'_>, indicator: &Indicator, judged: Recomputed) {
    let score = indicator.score.as_ref();
    let cell = score.map_or(indicator.cell, |f| f.cell);
    let given = score.and_then(|f| f.value()).map(|p| p.decimal());
    let weight = indicator.weight.get().map(|p| p.decimal());
    if given.zip(weight).is_some_and(|(given, weight)| given > weight || weight.signum() <= 0) {
        return;
    }
    let full = given.zip(weight).map(|(given, weight)| given == weight);
    let by_little = |share: Decimal| {
        let nine_tenths = Decimal::new(9, 1).unwrap_or(Decimal::ONE);
        let target = indicator.target.get();
        share >= nine_tenths
            && target.is_some_and(|t| t.operator == Some(Operator::Eq) && t.value.is_none_or(|v| v != Decimal::HUNDRED))
    };
    match judged.achieved {
        Achieved::Unmet { share } if !by_little(share) => {
            if let (Some(given), Earned::Points(earned)) = (given, judged.earned) {
                unmet_score(check, indicator, cell, given, earned.decimal(), full == Some(true));
            }
            unmet_reason(check, indicator, Level::Error);
        }
        Achieved::Met { ratio } => {
            if full == Some(false) && !explained(check, indicator) {
                if let Some((given, weight)) = given.zip(weight) {
                    let finding =
                        figures(check.finding(&MET_BUT_DEDUCTED, [cell]), given, weight).arg("name", name(indicator));
                    check.push(finding);
                }
            } else if full != Some(false)
                && let Some(ratio) = ratio
            {
                over_target(check, indicator, ratio);
            }
        }
        Achieved::Open(Why::Late) => {
            if full == Some(true) {
                let late =
                    |field: &Option<Field<Goal>>| field.as_ref().map(|f| f.given.trim().to_owned()).unwrap_or_default();
                let finding = check
                    .finding(&LATE_BUT_FULL, [cell])
                    .given(late(&indicator.actual))
                    .expected(late(&indicator.target))
                    .arg("name", name(indicator));
                check.push(finding);
            }
            unmet_reason(check, indicator, Level::Warning);
        }
        Achieved::Words(band) => {
            if let Some((given, weight)) = given.zip(weight)
                && let Some(share) = given.div(weight, 6)
                && !band.holds(share, check.settings)
                && let Earned::Between(from, to) = judged.earned
            {
                let actual = indicator.actual.as_ref().map(|f| f.given.trim().to_owned()).unwrap_or_default();
                let finding = check
                    .finding(&QUALITATIVE_OUTSIDE_BAND, [cell])
                    .given(given)
                    .expected(format!("{from}–{to}"))
                    .arg("actual", actual);
                check.push(finding);
            }
        }
        Achieved::Unmet { .. } | Achieved::Open(_) => {}
    }
}

fn unmet_score(
    check: &mut Check<'_>,
    indicator: &Indicator,
    cell: CellRef,
    given: Decimal,
    earned: Decimal,
    full: bool,
) {
    // Scores are filed with two decimals; one written with fewer is rounded to those.
    let most = half_unit(0, given.places().min(2));
    let off = given.checked_sub(earned).unwrap_or_default();
    if off.abs() <= half_unit(0, 2) {
        return;
    }
    let rule = if full { &UNMET_BUT_FULL } else { &SCORE_DIFFERS };
    let finding = figures(check.finding(rule, [cell]), given, earned).arg("name", name(indicator));
    let finding = if !full && off.abs() <= most {
        finding.rounding()
    } else if !full && (off.signum() < 0 || indicator.criteria.is_some()) {
        // Stricter than in proportion, or by a scale of its own: to be looked at.
        finding.level(Level::Warning)
    } else {
        finding
    };
    check.push(finding);
}

fn unmet_reason(check: &mut Check<'_>, indicator: &Indicator, level: Level) {
    if explained(check, indicator) {
        return;
    }
    let cell = if check.form.has_note {
        place(check, indicator, |i| i.note.as_ref())
    } else {
        place(check, indicator, |i| i.actual.as_ref())
    };
    let given = |field: &Option<Field<Goal>>| field.as_ref().map(|f| f.given.trim().to_owned()).unwrap_or_default();
    let finding = check
        .finding(&UNMET_WITHOUT_REASON, [cell])
        .given(given(&indicator.actual))
        .expected(given(&indicator.target))
        .arg("name", name(indicator));
    // A form without a place for reasons cannot be blamed for giving none.
    check.push(finding.level(if check.form.has_note { level } else { Level::Info }));
}

/// S13: far more than wanted, full marks, and no word about it.
fn over_target(check: &mut Check<'_>, indicator: &Indicator, ratio: Decimal) {
    let Some(target) = indicator.target.get() else { return };
    if !matches!(operator_of(indicator, target), Operator::Ge | Operator::Gt) {
        return;
    }
    let over = ratio.checked_sub(Decimal::ONE).unwrap_or_default();
    if over < check.thresholds.over_target || explained(check, indicator) {
        return;
    }
    let Some(actual) = indicator.actual.as_ref() else { return };
    let percent = target.unit.as_deref().is_some_and(is_percent);
    let finding = check
        .finding(&FAR_OVER_TARGET, [actual.cell])
        .given(actual.given.trim())
        .expected(indicator.target.as_ref().map(|f| f.given.trim().to_owned()).unwrap_or_default())
        .arg("percent", over.shift(2).unwrap_or_default().round(1));
    check.push(if percent { finding.level(Level::Info) } else { finding });
}
