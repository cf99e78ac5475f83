//! The checks of one form, in the order of the bureau's list.

use super::{budget, execution, funding, goal, indicator, overview, scores, values, weights, year};
use crate::book::{Cell, Sheet, Value};
use crate::finding::{Finding, Rule};
use crate::form::{Field, Form};
use crate::quantity::{CellRef, Decimal};
use crate::settings::{Settings, Thresholds};
use std::cell::OnceCell;

/// What a check works on, and what it has found so far.
pub(super) struct Check<'a> {
    pub(super) form: &'a Form,
    pub(super) sheet: &'a Sheet,
    pub(super) settings: &'a Settings,
    /// Those for this form and its year.
    pub(super) thresholds: Thresholds,
    pub(super) found: Vec<Finding>,
    /// What [`Check::texts`] gives, once somebody has asked.
    texts: OnceCell<Vec<(CellRef, &'a str)>>,
}

impl<'a> Check<'a> {
    /// A finding of this form.
    pub(super) fn finding(&self, rule: &'static Rule, cells: impl IntoIterator<Item = CellRef>) -> Finding {
        Finding::new(rule).at(&self.form.sheet_name, cells).in_form(self.form.n)
    }

    pub(super) fn push(&mut self, finding: Finding) {
        self.found.push(finding);
    }

    /// Texts within the form, in reading order.
    pub(super) fn texts(&self) -> impl Iterator<Item = (CellRef, &'a str)> {
        let (range, sheet) = (self.form.range, self.sheet);
        let text = |cell: &'a Cell| match &cell.value {
            Value::Text(text) => Some((cell.at, text.trim())),
            _ => None,
        };
        let within = || sheet.cells.iter().filter(|cell| range.contains(cell.at)).filter_map(text).collect();
        self.texts.get_or_init(within).iter().copied()
    }

    /// Whether some finding so far points at this cell first.
    pub(super) fn blamed(&self, cell: CellRef) -> bool {
        self.found.iter().any(|f| f.level > crate::finding::Level::Info && f.cells.first() == Some(&cell))
    }
}

/// Given, expected and their difference, as plain numbers.
pub(super) fn figures(finding: Finding, given: Decimal, expected: Decimal) -> Finding {
    let difference = given.checked_sub(expected).unwrap_or_default();
    finding.given(given).expected(expected).difference(difference)
}

/// A field in which nothing was written.
pub(super) fn blank<T>(field: Option<&Field<T>>) -> bool {
    field.is_none_or(|field| matches!(field.entry, crate::quantity::Entry::Blank))
}

/// All findings of one form, each with the cell to blame first. Order: by rule, then by position.
pub fn check_form(form: &Form, sheet: &Sheet, settings: &Settings) -> Vec<Finding> {
    let year = form.head.year.as_ref().and_then(|year| year.entry.given().copied());
    let thresholds = settings.thresholds_for(form.kind.code(), year);
    let mut check = Check { form, sheet, settings, thresholds, found: Vec::new(), texts: OnceCell::new() };
    values::check(&mut check);
    if form.kind.is_evaluation() {
        weights::check(&mut check);
        let block = funding::check(&mut check);
        execution::check(&mut check, &block);
        scores::check(&mut check);
        indicator::check(&mut check);
        overview::check(&mut check);
        goal::check(&mut check, &block);
    } else {
        budget::check(&mut check);
    }
    overview::marks(&mut check);
    year::check(&mut check);
    check.found
}
