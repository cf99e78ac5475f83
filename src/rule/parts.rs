//! The parts that make up the total score of a form.

use crate::form::{Field, Form};
use crate::quantity::{CellRef, Points};

/// A scored part: an indicator, or the execution rate of the funding block.
pub(super) struct Part<'a> {
    /// Where the score stands or should stand.
    pub(super) cell: CellRef,
    pub(super) weight: Option<&'a Field<Points>>,
    pub(super) score: Option<&'a Field<Points>>,
    /// Whether it is the execution rate.
    pub(super) execution: bool,
}

/// Whether the form has a total row below its indicators: a copy that ends early has none, and its sums prove nothing.
pub(super) fn has_total_row(form: &Form) -> bool {
    let last = form.indicators.iter().map(|i| i.row).max().unwrap_or(0);
    form.totals.weight.is_some() || form.totals.score.as_ref().is_some_and(|field| field.cell.row >= last)
}

/// All scored parts, each cell once: the execution rate may stand in the funding block, among the indicators, or both.
pub(super) fn parts(form: &Form) -> Vec<Part<'_>> {
    let mut parts = Vec::with_capacity(form.indicators.len() + 1);
    let own_line = form.indicators.iter().any(|indicator| indicator.execution_line);
    if !own_line
        && let Some(row) = form.funding.iter().find(|row| row.score.is_some() || row.weight.is_some())
        && let Some(cell) = row.score.as_ref().or(row.weight.as_ref()).map(|field| field.cell)
    {
        parts.push(Part { cell, weight: row.weight.as_ref(), score: row.score.as_ref(), execution: true });
    }
    for indicator in &form.indicators {
        parts.push(Part {
            cell: indicator.score.as_ref().map_or(indicator.cell, |field| field.cell),
            weight: indicator.weight.as_ref(),
            score: indicator.score.as_ref(),
            execution: indicator.execution_line,
        });
    }
    parts
}
