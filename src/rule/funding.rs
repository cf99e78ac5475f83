//! S04, S07, S08, S09 on the funding block: each column adds up, and the printed rate is outturn ÷ budget.
//!
//! All balances of the block stand in one network, so that a damaged total is told from a damaged source by the rate that
//! depends on it.

use super::balance::{blamed, is_unit_slip};
use super::blame::{Balance, Fix, Network, Node, Slip, Whole};
use super::check::{Check, figures};
use super::tolerance::{Accuracy, Verdict, half_unit};
use crate::compute::total::total_row;
use crate::finding::Level;
use crate::finding::catalogue::form::{
    EXECUTION_RATE_DIFFERS, FUNDING_TOTAL_BLANK, FUNDING_TOTAL_DIFFERS, SOURCE_ABOVE_BUDGET, SPENT_WITHOUT_BUDGET,
    TOTAL_ROW_ZERO, UNIT_SLIP,
};
use crate::form::{Field, FormKind, FundingRow, Source};
use crate::quantity::{Amount, CellRef, Decimal, Entry};

/// The money of the total row once the blamed cells are put right.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Block {
    /// Original budget.
    pub(super) original: Option<Figure>,
    /// Revised budget, else original.
    pub(super) budget: Option<Figure>,
    /// Outturn.
    pub(super) outturn: Option<Figure>,
    /// Whether the budget is the original one, because no revised budget is printed.
    pub(super) on_original: bool,
    /// Whether money was blamed, so that what depends on it only follows.
    pub(super) corrected: bool,
}

/// An amount in yuan and its cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub(super) cell: CellRef,
    pub(super) yuan: Decimal,
    /// Half a unit of its last decimal.
    pub(super) half: Decimal,
}

impl Block {
    /// Outturn ÷ budget as a fraction. `None` without a budget.
    pub(super) fn rate(&self) -> Option<Decimal> {
        let (outturn, budget) = self.outturn.zip(self.budget)?;
        if budget.yuan.signum() <= 0 {
            return None;
        }
        outturn.yuan.div(budget.yuan, 12)
    }
}

type Column = fn(&FundingRow) -> Option<&Field<Amount>>;

const COLUMNS: [Column; 3] =
    [|row| row.original_budget.as_ref(), |row| row.revised_budget.as_ref(), |row| row.outturn.as_ref()];

/// Where a figure of the network stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Money { row: usize, column: usize },
    Rate,
}

pub(super) fn check(check: &mut Check<'_>) -> Block {
    let form = check.form;
    let rows = &form.funding;
    let Some(total) = rows.iter().position(|row| row.source == Source::Total) else { return Block::default() };
    let amounts = rows.iter().flat_map(|row| COLUMNS.iter().filter_map(move |column| column(row)?.value()));
    let accuracy = Accuracy::of(amounts);
    let mut network = Network::default();
    let mut places = Vec::new();
    let mut nodes = vec![[None; 3]; rows.len()];
    for (at, (row, slots)) in rows.iter().zip(&mut nodes).enumerate() {
        for (column, (read, slot)) in COLUMNS.iter().zip(slots.iter_mut()).enumerate() {
            let Some(field) = read(row) else { continue };
            let given = field.value();
            *slot = Some(network.node(Node {
                cell: field.cell,
                value: given.map_or(Decimal::ZERO, |amount| amount.money.yuan()),
                half: given.map_or(Decimal::ZERO, |amount| accuracy.half(amount)),
                given: given.is_some(),
                prefer: u8::from(at != total),
            }));
            places.push(Place::Money { row: at, column });
        }
    }
    let node = |row: usize, column: usize| nodes.get(row).and_then(|slots| slots.get(column)).copied().flatten();
    let sources = sources(rows, total, &network, &node);
    let mut blanks = Vec::new();
    for column in 0..3 {
        let Some(whole) = node(total, column) else { continue };
        let read = COLUMNS.get(column).copied();
        let field = |row: usize| rows.get(row).zip(read).and_then(|(row, read)| read(row));
        if sources.iter().any(|&row| field(row).is_some_and(|f| matches!(f.entry, Entry::Unreadable))) {
            continue;
        }
        let parts: Vec<usize> = sources.iter().filter_map(|&row| node(row, column)).collect();
        let some = parts.iter().any(|&part| network.nodes.get(part).is_some_and(|n| n.given));
        match field(total).map(|f| &f.entry) {
            Some(Entry::Given(_)) if some => network.balances.push(Balance::Sum { whole: Whole::Node(whole), parts }),
            Some(Entry::Blank) if some => {
                let sum = Decimal::sum(parts.iter().filter_map(|&p| network.nodes.get(p)).map(|n| n.value));
                blanks.extend(network.nodes.get(whole).map(|n| n.cell).zip(sum.filter(|s| s.signum() > 0)));
            }
            _ => {}
        }
    }
    let (budget_column, original, budget, outturn) = {
        let given = |column| node(total, column).filter(|&n| network.nodes.get(n).is_some_and(|n| n.given));
        let column = usize::from(given(1).is_some());
        (column, given(0), given(column), given(2))
    };
    let rate = rate_node(rows.get(total), &mut network, &mut places);
    if let (Some(whole), Some(part), Some(rate)) = (budget, outturn, rate)
        && network.nodes.get(whole).is_some_and(|n| n.value.signum() > 0)
        && network.nodes.get(rate).is_some_and(|n| n.value.signum() > 0)
    {
        network.balances.push(Balance::Rate { part, whole, rate });
    }
    let fixes = network.localise();
    for fix in &fixes {
        report(check, &network, &places, fix, total);
    }
    let label = rows.get(total).map_or("", |row| row.label.trim());
    roundings(check, &network, &fixes, label);
    for (cell, sum) in blanks {
        let finding = check.finding(&FUNDING_TOTAL_BLANK, [cell]).expected(sum);
        check.push(finding);
    }
    let fixed = |n: Option<usize>| {
        let n = n?;
        let node = network.nodes.get(n)?;
        let yuan = fixes.iter().find(|fix| fix.node == n).map_or(node.value, |fix| fix.should);
        Some(Figure { cell: node.cell, yuan, half: node.half })
    };
    let block = Block {
        original: fixed(original),
        budget: fixed(budget),
        outturn: fixed(outturn),
        on_original: budget_column == 0,
        corrected: fixes.iter().any(|fix| {
            matches!(places.get(fix.node), Some(Place::Money { column, .. }) if *column == 2 || *column == budget_column)
        }),
    };
    zero_rate(check, &block);
    spent_without_budget(check, &block);
    sources_above_budget(check, rows, total);
    block
}

/// The rows that add up to the total: the canonical sources always, rows of the form's own where the columns balance better
/// with them; a form's own row may be a part of a source.
fn sources(
    rows: &[FundingRow],
    total: usize,
    network: &Network,
    node: &impl Fn(usize, usize) -> Option<usize>,
) -> Vec<usize> {
    let all: Vec<usize> = (0..rows.len())
        .filter(|&row| row != total && rows.get(row).is_some_and(|r| r.source != Source::Total))
        .collect();
    let own: Vec<usize> =
        all.iter().copied().filter(|&row| rows.get(row).is_some_and(|r| matches!(r.source, Source::Own(_)))).collect();
    if own.is_empty() || own.len() > 6 {
        return all;
    }
    let balanced = |set: &[usize]| {
        (0..3)
            .filter(|&column| {
                let value = |row: usize| {
                    node(row, column).and_then(|n| network.nodes.get(n)).map_or(Decimal::ZERO, |n| n.value)
                };
                Decimal::sum(set.iter().map(|&row| value(row))) == Some(value(total))
            })
            .count()
    };
    let mut best = (balanced(&all), all.clone());
    for dropped in 1..1_usize << own.len() {
        let set: Vec<usize> = all
            .iter()
            .copied()
            .filter(|row| own.iter().position(|o| o == row).is_none_or(|bit| dropped >> bit & 1 == 0))
            .collect();
        let count = balanced(&set);
        if !set.is_empty() && count > best.0 {
            best = (count, set);
        }
    }
    best.1
}

/// The printed rate of the total row, as a figure of the network.
fn rate_node(row: Option<&FundingRow>, network: &mut Network, places: &mut Vec<Place>) -> Option<usize> {
    let field = row?.rate.as_ref()?;
    let rate = *field.value()?;
    places.push(Place::Rate);
    Some(network.node(Node { cell: field.cell, value: rate, half: rate_half(rate), given: true, prefer: 0 }))
}

/// Half a unit of the last decimal of a rate printed in percent: 0.8618 is 86.18 %, known to 0.005 percentage points. A
/// rate kept with more than two decimals of a percent was computed, and is shown with two.
pub(super) fn rate_half(rate: Decimal) -> Decimal {
    half_unit(0, rate.places().clamp(2, 4))
}

fn report(check: &mut Check<'_>, network: &Network, places: &[Place], fix: &Fix, total: usize) {
    let form = check.form;
    match places.get(fix.node) {
        Some(Place::Rate) => {
            let Some(node) = network.nodes.get(fix.node) else { return };
            if let Some(finding) = rate_finding(check, node.cell, node.value, fix.should) {
                check.push(finding);
            }
        }
        Some(&Place::Money { row, .. }) => {
            let label = form.funding.get(row).map(|r| r.label.to_string()).unwrap_or_default();
            let rule = if is_unit_slip(fix) {
                &UNIT_SLIP
            } else if fix.slip == Some(Slip::ZeroLeft) && row == total {
                &TOTAL_ROW_ZERO
            } else {
                &FUNDING_TOTAL_DIFFERS
            };
            if let Some(finding) = blamed(check, rule, network, fix) {
                // A sum that comes out exactly after the change is a second witness.
                let sure = fix.balances.iter().any(|&b| matches!(network.balances.get(b), Some(Balance::Sum { .. })));
                let level = if sure { Level::Error } else { rule.level };
                check.push(finding.level(level).arg("label", label.trim()));
            }
        }
        None => {}
    }
}

/// Rates are given and expected in percent, their difference in percentage points.
fn rate_finding(
    check: &Check<'_>,
    cell: CellRef,
    given: Decimal,
    expected: Decimal,
) -> Option<crate::finding::Finding> {
    let percent = |rate: Decimal| rate.shift(2);
    let expected = percent(expected)?.round(4);
    Some(figures(check.finding(&EXECUTION_RATE_DIFFERS, [cell]), percent(given)?, expected))
}

/// Differences within the declared accuracy; a rate with two decimals is as accurate as it can be.
fn roundings(check: &mut Check<'_>, network: &Network, fixes: &[Fix], label: &str) {
    for (at, balance) in network.balances.iter().enumerate() {
        let (difference, verdict) = network.state(at);
        if verdict != Verdict::Rounding {
            continue;
        }
        match balance {
            Balance::Sum { whole: Whole::Node(whole), .. } if !fixes.iter().any(|fix| fix.node == *whole) => {
                let Some(node) = network.nodes.get(*whole) else { continue };
                let Some(expected) = node.value.checked_sub(difference) else { continue };
                let finding = figures(check.finding(&FUNDING_TOTAL_DIFFERS, [node.cell]), node.value, expected);
                check.push(finding.rounding().arg("label", label));
            }
            &Balance::Rate { part, whole, rate } => {
                let value = |n: usize| network.nodes.get(n).map(|n| n.value).unwrap_or_default();
                let Some(node) = network.nodes.get(rate) else { continue };
                let Some(exact) = value(part).div(value(whole), 12) else { continue };
                // 86.18 % for 86.183 % is what one writes; 86.19 % or 86 % is a rounding of its own.
                if exact.round(4) != node.value.round(4)
                    && let Some(finding) = rate_finding(check, node.cell, node.value, exact)
                {
                    check.push(finding.rounding());
                }
            }
            Balance::Sum { .. } => {}
        }
    }
}

/// A rate of zero although money was spent.
fn zero_rate(check: &mut Check<'_>, block: &Block) {
    let Some(field) = total_row(check.form).and_then(|row| row.rate.as_ref()) else { return };
    if let (Some(given), Some(exact)) = (field.value(), block.rate())
        && given.is_zero()
        && exact > rate_half(Decimal::ZERO)
        && let Some(finding) = rate_finding(check, field.cell, *given, exact)
    {
        check.push(finding);
    }
}

fn spent_without_budget(check: &mut Check<'_>, block: &Block) {
    let Some((budget, outturn)) = block.budget.zip(block.outturn) else { return };
    if budget.yuan.is_zero() && outturn.yuan.signum() > 0 {
        let finding =
            figures(check.finding(&SPENT_WITHOUT_BUDGET, [budget.cell, outturn.cell]), budget.yuan, outturn.yuan);
        check.push(finding);
    }
}

/// A source that spent more than its budget: a reminder, the total decides.
fn sources_above_budget(check: &mut Check<'_>, rows: &[FundingRow], total: usize) {
    if check.form.kind == FormKind::Monitoring {
        return;
    }
    for (at, row) in rows.iter().enumerate() {
        let Some((budget, outturn)) = row.revised_budget.as_ref().zip(row.outturn.as_ref()) else { continue };
        let Some((planned, spent)) = budget.value().zip(outturn.value()) else { continue };
        if at != total && spent.money > planned.money && !check.blamed(outturn.cell) && !check.blamed(budget.cell) {
            let finding = figures(
                check.finding(&SOURCE_ABOVE_BUDGET, [outturn.cell, budget.cell]),
                spent.money.yuan(),
                planned.money.yuan(),
            );
            check.push(finding.arg("label", row.label.trim()));
        }
    }
}
