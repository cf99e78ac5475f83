//! S16 to S18, S20, S26, S27: the form as a whole.

use super::check::{Check, figures};
use super::parts::{has_total_row, parts};
use super::weights::level1_weight;
use crate::finding::Level;
use crate::finding::catalogue::form::{
    ALL_FULL, INSTRUCTION_LEFT, NO_BASIS, OUTPUT_AND_BENEFIT_LOW, OUTPUT_OR_BENEFIT_MISSING, PLACEHOLDER_LEFT,
    SATISFACTION_MISSING, SINGLE_INDICATOR, UNUSUAL_WEIGHTS,
};
use crate::form::{FieldExt, FormKind, Indicator};
use crate::quantity::{CellRef, Decimal};
use crate::text::{Leftover, leftover};

pub(super) fn check(check: &mut Check<'_>) {
    leftovers(check);
    if matches!(check.form.kind, FormKind::Monitoring | FormKind::TargetDeclaration) || check.form.indicators.is_empty()
    {
        return;
    }
    basis(check);
    all_full(check);
    single(check);
    if check.form.kind == FormKind::EvaluationScore {
        output_and_benefit(check);
    }
    if matches!(check.form.kind, FormKind::ProjectSelfEval | FormKind::DeptSelfEval) {
        composition(check);
        usual_weights(check);
    }
}

fn is_output(name: &str) -> bool {
    name.contains("产出")
}

fn is_benefit(name: &str) -> bool {
    ["效益", "效果", "成效"].iter().any(|word| name.contains(word))
}

fn is_instruction(text: &str) -> bool {
    ["字以内", "字以上", "此处填写", "请填写", "填写说明", "简要说明", "逐条说明"]
        .iter()
        .any(|word| text.contains(word))
        && text.chars().count() <= 80
}

/// S17: the template's own words.
fn leftovers(check: &mut Check<'_>) {
    let form = check.form;
    let goals = form
        .head
        .goals
        .iter()
        .filter(|(cell, text)| is_instruction(text) && !form.leftovers.iter().any(|(other, _)| other == cell));
    for (cell, text) in form.leftovers.iter().chain(goals) {
        let rule = if is_instruction(text) { &INSTRUCTION_LEFT } else { &PLACEHOLDER_LEFT };
        let finding = check.finding(rule, [*cell]).given(text.trim());
        check.push(finding);
    }
}

/// S17: marks of the template inside the title, the project's name or the name of an indicator: `XX局`, `完成**项`.
pub(super) fn marks(check: &mut Check<'_>) {
    let form = check.form;
    let title = form.head.title.as_ref().map(|(cell, text)| (*cell, text));
    let project = form.head.project.as_ref().and_then(|field| Some((field.cell, &field.value()?.name)));
    let names = form.indicators.iter().filter_map(|i| i.level3.as_ref()).map(|level| (level.cell, &level.text));
    let left: Vec<_> = title
        .into_iter()
        .chain(project)
        .chain(names)
        .filter(|(cell, text)| leftover(text) == Some(Leftover::Marks) && !form.leftovers.iter().any(|l| l.0 == *cell))
        .collect();
    for (cell, text) in left {
        let finding = check.finding(&PLACEHOLDER_LEFT, [cell]).given(text.trim());
        check.push(finding);
    }
}

/// S16: scores that no target or actual backs.
fn basis(check: &mut Check<'_>) {
    let form = check.form;
    if !form.has_score || form.has_target && form.has_actual || !form.indicators.iter().any(|i| i.score.get().is_some())
    {
        return;
    }
    let Some(first) = form.indicators.iter().find(|i| !i.execution_line) else { return };
    if form.kind == FormKind::EvaluationScore || !form.has_target && !form.has_actual {
        let finding = check.finding(&NO_BASIS, [first.score.as_ref().map_or(first.cell, |f| f.cell)]);
        check.push(finding);
    }
}

/// S18: full marks throughout.
fn all_full(check: &mut Check<'_>) {
    let form = check.form;
    let parts = parts(form);
    let mut known = 0;
    for part in &parts {
        match (part.score.and_then(|f| f.value()), part.weight.and_then(|f| f.value())) {
            (Some(score), Some(weight)) if score == weight => known += u32::from(weight.scaled() > 0),
            (None, None) => {}
            _ => return,
        }
    }
    if known >= 2 {
        let cell = form.totals.score.as_ref().map(|f| f.cell).or(parts.last().map(|p| p.cell));
        let finding = check.finding(&ALL_FULL, cell).arg("count", known);
        check.push(finding);
    }
}

/// S20: one indicator that carries most of the points.
fn single(check: &mut Check<'_>) {
    let limit = check.thresholds.single_indicator;
    for indicator in &check.form.indicators {
        let Some(field) = indicator.weight.as_ref() else { continue };
        if let Some(weight) = field.value().map(|w| w.decimal()).filter(|w| *w >= limit && !w.is_zero()) {
            let finding = check.finding(&SINGLE_INDICATOR, [field.cell]).given(weight).arg("limit", limit);
            check.push(finding);
        }
    }
}

fn any_level(indicator: &Indicator, test: impl Fn(&str) -> bool) -> bool {
    [&indicator.level1, &indicator.level2, &indicator.level3].into_iter().flatten().any(|level| test(&level.text))
}

/// S20: output, benefit and satisfaction each need an indicator; the weight of satisfaction may go to benefit.
fn composition(check: &mut Check<'_>) {
    let form = check.form;
    let rows = form.indicators.iter().filter(|i| !i.execution_line);
    let level1: Vec<(CellRef, &str)> = rows.filter_map(|i| i.level1.as_ref()).map(|l| (l.cell, &*l.name)).collect();
    let Some(&(cell, _)) = level1.first() else { return };
    let (output, benefit) = (level1.iter().any(|(_, n)| is_output(n)), level1.iter().any(|(_, n)| is_benefit(n)));
    // Tables with a first level of their own (履职, 管理) are not measured by the national one.
    if !output && !benefit {
        return;
    }
    if !output || !benefit {
        let missing = if output { "效益指标" } else { "产出指标" };
        let finding = check.finding(&OUTPUT_OR_BENEFIT_MISSING, [cell]).arg("missing", missing);
        check.push(if has_total_row(form) { finding } else { finding.level(Level::Info) });
        return;
    }
    if form.indicators.iter().any(|i| any_level(i, |text| text.contains("满意"))) {
        return;
    }
    let weight = level1_weight(&form.indicators, is_benefit);
    let costs = level1.iter().any(|(_, name)| name.contains("成本"));
    let merged = Decimal::from_int(if costs { 30 } else { 40 });
    if weight.is_none_or(|weight| weight < merged) {
        let last = level1.last().map_or(cell, |(cell, _)| *cell);
        let finding = check.finding(&SATISFACTION_MISSING, [last]);
        check.push(if has_total_row(form) { finding } else { finding.level(Level::Info) });
    }
}

/// Level-1 sums of the weights, by canonical name, in the order of the form.
fn level1_sums(check: &Check<'_>) -> Option<Vec<(String, CellRef, Decimal)>> {
    let mut sums: Vec<(String, CellRef, Decimal)> = Vec::new();
    for indicator in check.form.indicators.iter().filter(|i| !i.execution_line) {
        let level = indicator.level1.as_ref()?;
        let weight = indicator.weight.get()?.decimal();
        match sums.iter_mut().find(|(name, ..)| *name == *level.name) {
            Some((.., sum)) => *sum = sum.checked_add(weight)?,
            None => sums.push((level.name.to_string(), level.cell, weight)),
        }
    }
    Some(sums)
}

/// S26: 产出 and 效益 carry at least 60 points on evaluation score tables; 60 itself is enough.
fn output_and_benefit(check: &mut Check<'_>) {
    let Some(sums) = level1_sums(check) else { return };
    let counted: Vec<&(String, CellRef, Decimal)> =
        sums.iter().filter(|(name, ..)| is_output(name) || is_benefit(name)).collect();
    let both = counted.iter().any(|(name, ..)| is_output(name)) && counted.iter().any(|(name, ..)| is_benefit(name));
    let Some(sum) = Decimal::sum(counted.iter().map(|(.., sum)| *sum)).filter(|_| both) else { return };
    let limit = check.thresholds.output_and_benefit;
    if sum < limit {
        let finding =
            figures(check.finding(&OUTPUT_AND_BENEFIT_LOW, counted.iter().map(|(_, cell, _)| *cell)), sum, limit);
        check.push(finding);
    }
}

/// S27: weights of level 1 that follow none of the known schemes.
fn usual_weights(check: &mut Check<'_>) {
    // Cost, output, benefit, satisfaction: national, with costs, each also without satisfaction, and Hubei's eighty points.
    const SCHEMES: [[i64; 4]; 4] = [[0, 50, 30, 10], [0, 50, 40, 0], [20, 40, 20, 10], [20, 40, 30, 0]];
    let Some(sums) = level1_sums(check) else { return };
    let of = |test: fn(&str) -> bool| Decimal::sum(sums.iter().filter(|(name, ..)| test(name)).map(|(.., sum)| *sum));
    let found = [of(|n| n.contains("成本")), of(is_output), of(is_benefit), of(|n| n.contains("满意"))];
    let total = Decimal::sum(sums.iter().map(|(.., sum)| *sum));
    // With an execution rate of twenty, or free weights, no scheme is prescribed.
    if total != Some(Decimal::from_int(90)) || sums.len() < 2 {
        return;
    }
    let fits = SCHEMES
        .iter()
        .any(|scheme| scheme.iter().zip(&found).all(|(want, have)| *have == Some(Decimal::from_int(*want))));
    if !fits {
        let list: Vec<String> = sums.iter().map(|(name, _, sum)| format!("{name} {sum}")).collect();
        let finding = check.finding(&UNUSUAL_WEIGHTS, sums.iter().map(|(_, cell, _)| *cell)).given(list.join("、"));
        check.push(finding);
    }
}
