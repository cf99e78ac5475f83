//! What a failed balance is called.

use super::blame::{Fix, Network, Slip};
use super::check::{Check, figures};
use crate::finding::{Finding, Rule};
use crate::quantity::CellRef;

/// The finding for a blamed cell: its value, the value that balances, and the other members behind it.
pub(super) fn blamed(check: &Check<'_>, rule: &'static Rule, network: &Network, fix: &Fix) -> Option<Finding> {
    let node = network.nodes.get(fix.node)?;
    let others = fix.others.iter().filter_map(|&other| network.nodes.get(other)).map(|node| node.cell);
    let cells: Vec<CellRef> = std::iter::once(node.cell).chain(others).collect();
    Some(figures(check.finding(rule, cells), node.value, fix.should))
}

/// Whether the slip is a wrong unit.
pub(super) fn is_unit_slip(fix: &Fix) -> bool {
    matches!(fix.slip, Some(Slip::Scale(by)) if by.abs() >= 3)
}
