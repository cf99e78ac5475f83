//! S01: weights add up, level by level and to one hundred.

use super::blame::{Balance, Network, Node, Whole};
use super::check::{Check, figures};
use super::parts::{has_total_row, parts};
use super::tolerance::{Verdict, half_unit};
use crate::finding::Level as Severity;
use crate::finding::catalogue::form::{LEVEL_WEIGHT_DIFFERS, WEIGHT_TOTAL_DIFFERS, WEIGHTS_NOT_100};
use crate::form::{FieldExt, FormKind, Indicator, Level};
use crate::quantity::{CellRef, Decimal, Points};

/// What a figure of the network is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Part,
    Label,
    Total,
}

/// The balances: Σ parts = 100, printed total = Σ parts, weight in a label = Σ of its rows.
pub(super) fn check(check: &mut Check<'_>) {
    let form = check.form;
    if matches!(form.kind, FormKind::Monitoring | FormKind::TargetDeclaration) {
        return;
    }
    let parts = parts(form);
    let weights: Vec<Decimal> = parts.iter().filter_map(|p| p.weight?.value().map(|w| w.decimal())).collect();
    if weights.is_empty() {
        return;
    }
    // Whole weights and halves are exact; only thirds and the like are rounded, and those are written with two decimals.
    let places = weights.iter().map(|w| w.places()).max().unwrap_or(0);
    let half = if places >= 2 { half_unit(0, places) } else { Decimal::ZERO };
    let mut network = Network::default();
    let mut roles = Vec::new();
    let mut add = |network: &mut Network, role: Role, cell: CellRef, value: Points, half: Decimal| {
        roles.push(role);
        network.node(Node { cell, value: value.decimal(), half, given: true, prefer: u8::from(role == Role::Part) })
    };
    let nodes: Vec<Option<usize>> = parts
        .iter()
        .map(|part| {
            let field = part.weight?;
            field.value().map(|&weight| add(&mut network, Role::Part, field.cell, weight, half))
        })
        .collect();
    let given: Vec<usize> = nodes.iter().copied().flatten().collect();
    let complete = nodes.iter().all(Option::is_some);
    let printed = form.totals.weight.as_ref().and_then(|field| field.value().map(|&w| (field.cell, w)));
    let sum = Decimal::sum(weights.iter().copied()).unwrap_or_default();
    let hundred = Balance::Sum { whole: Whole::Constant(Decimal::HUNDRED), parts: given.clone() };
    // Some forms write shares: 0.1 for ten of a hundred.
    let shares = sum == Decimal::ONE;
    let ends = has_total_row(form);
    let hundred_at = (complete && !shares && (ends || sum > Decimal::HUNDRED)).then(|| {
        network.balances.push(hundred);
        network.balances.len() - 1
    });
    let total_at = printed.filter(|_| complete).map(|(cell, weight)| {
        let total = add(&mut network, Role::Total, cell, weight, Decimal::ZERO);
        network.balances.push(Balance::Sum { whole: Whole::Node(total), parts: given.clone() });
        network.balances.len() - 1
    });
    let offset = nodes.len() - form.indicators.len();
    let of_row = |row: usize| nodes.get(row + offset).copied().flatten();
    for level in [|i: &Indicator| i.level1.clone(), |i: &Indicator| i.level2.clone()] {
        for (label, weight, rows) in groups(&form.indicators, level) {
            let members: Option<Vec<usize>> = rows.iter().map(|&row| of_row(row)).collect();
            if let Some(members) = members {
                let node = add(&mut network, Role::Label, label, weight, Decimal::ZERO);
                network.balances.push(Balance::Sum { whole: Whole::Node(node), parts: members });
            }
        }
    }
    let mut said_hundred = false;
    for fix in network.localise() {
        let (Some(node), Some(role)) = (network.nodes.get(fix.node), roles.get(fix.node)) else { continue };
        let repairs = |at: Option<usize>| at.is_some_and(|at| fix.balances.contains(&at));
        if repairs(hundred_at) {
            said_hundred = true;
            // Several weights could be the wrong one: then the total row is where to look.
            let total_cell = printed.map(|(cell, _)| cell).filter(|_| !fix.others.is_empty() || *role != Role::Part);
            let cells = total_cell.into_iter().chain((total_cell.is_none()).then_some(node.cell));
            let finding = figures(check.finding(&WEIGHTS_NOT_100, cells), sum, Decimal::HUNDRED);
            check.push(finding);
        } else if *role == Role::Part && fix.balances.iter().all(|&b| Some(b) == total_at) || *role == Role::Total {
            let (cell, weight) = printed.map_or((node.cell, node.value), |(cell, weight)| (cell, weight.decimal()));
            let finding = figures(check.finding(&WEIGHT_TOTAL_DIFFERS, [cell]), weight, sum);
            check.push(finding);
        } else {
            let finding = figures(check.finding(&LEVEL_WEIGHT_DIFFERS, [node.cell]), node.value, fix.should);
            // A label that promises more than the rows of a form that ends early.
            let cut = !ends && fix.should < node.value;
            let finding = if cut { finding.level(Severity::Info) } else { finding };
            check.push(finding);
        }
    }
    if let Some((at, cell)) = hundred_at.zip(printed.map(|(cell, _)| cell).or(parts.first().map(|p| p.cell)))
        && !said_hundred
        && network.state(at).1 == Verdict::Rounding
    {
        let finding = figures(check.finding(&WEIGHTS_NOT_100, [cell]), sum, Decimal::HUNDRED).rounding();
        check.push(finding);
    }
    if complete && !ends && !shares && sum < Decimal::HUNDRED {
        let cells: Vec<CellRef> = given.iter().filter_map(|&n| network.nodes.get(n).map(|n| n.cell)).collect();
        let finding = figures(check.finding(&WEIGHTS_NOT_100, cells), sum, Decimal::HUNDRED).level(Severity::Info);
        check.push(finding);
    }
}

/// Labels with a weight, each with the rows below it.
fn groups(indicators: &[Indicator], level: fn(&Indicator) -> Option<Level>) -> Vec<(CellRef, Points, Vec<usize>)> {
    let mut groups: Vec<(CellRef, Points, Vec<usize>)> = Vec::new();
    for (row, indicator) in indicators.iter().enumerate() {
        let Some(Level { cell, weight: Some(weight), .. }) = level(indicator) else { continue };
        // The weight in its own label is the weight of the row itself.
        if indicator.weight.as_ref().is_some_and(|field| field.cell == cell) {
            continue;
        }
        match groups.iter_mut().find(|(at, ..)| *at == cell) {
            Some((.., rows)) => rows.push(row),
            None => groups.push((cell, weight, vec![row])),
        }
    }
    groups
}

/// Weight of a level-1 name, as far as its rows say.
pub(super) fn level1_weight(indicators: &[Indicator], name: impl Fn(&str) -> bool) -> Option<Decimal> {
    let rows: Vec<&Indicator> =
        indicators.iter().filter(|i| i.level1.as_ref().is_some_and(|level| name(&level.name))).collect();
    if rows.is_empty() {
        return Some(Decimal::ZERO);
    }
    let weights: Option<Vec<Decimal>> = rows.iter().map(|i| i.weight.get().map(|w| w.decimal())).collect();
    weights.and_then(Decimal::sum)
}
