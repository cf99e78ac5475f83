//! The money that weighs an evaluation.
//!
//! From its form: the revised budget, else the original one. Where the form states neither: from the department's budget
//! table of that year, when a line of it names the project, or when the department has one project and one budget table.

use super::case::Case;
use super::findings::Findings;
use super::year::is_current;
use crate::compute::rate;
use crate::finding::{Finding, catalogue::together};
use crate::form::Name;
use crate::normal::BudgetFact;
use crate::normal::names::{DepartmentId, normal_form};
use crate::quantity::Money;
use crate::settings::{DepartmentMethod, Settings};
use std::collections::BTreeMap;

/// The money of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Budget {
    /// Original budget.
    pub(super) original: Option<Money>,
    /// What weighs: the revised budget, or what stands in for it.
    pub(super) weight: Option<Money>,
    /// Outturn.
    pub(super) outturn: Option<Money>,
}

/// The money of every case, in their order; only those that count have any.
pub(super) fn budgets(
    cases: &[Case<'_>],
    year: Option<u16>,
    settings: &Settings,
    findings: &mut Findings,
) -> Vec<Budget> {
    let mut tables: BTreeMap<DepartmentId, Vec<usize>> = BTreeMap::new();
    let mut projects: BTreeMap<DepartmentId, u32> = BTreeMap::new();
    for (i, case) in cases.iter().enumerate() {
        let Some(department) = case.department else { continue };
        if case.counts {
            *projects.entry(department).or_default() += 1;
        }
        if !case.draft.budgets.is_empty() && case.superseded_by.is_none() && is_current(case, year) {
            tables.entry(department).or_default().push(i);
        }
    }
    let mut budgets = vec![Budget::default(); cases.len()];
    for (i, (case, budget)) in cases.iter().zip(&mut budgets).enumerate() {
        let (true, Some(department), Some(e)) = (case.counts, case.department, &case.draft.evaluated) else { continue };
        let own = rate::base(e.revised_budget, e.original_budget);
        *budget = Budget { original: e.original_budget, weight: own.map(|base| base.budget), outturn: e.outturn };
        if e.on_original {
            findings.about_case(i, case, Finding::new(&together::RATE_ON_ORIGINAL));
        }
        if budget.weight.is_none() {
            let tables = tables.get(&department).map_or(&[][..], Vec::as_slice);
            let only = projects.get(&department) == Some(&1);
            if let Some((table, fact)) = from_tables(case, tables, cases, only) {
                *budget = Budget {
                    original: budget.original.or(fact.original_budget),
                    weight: rate::base(fact.revised_budget, fact.original_budget).map(|base| base.budget),
                    outturn: budget.outturn.or(fact.outturn),
                };
                let title = cases.get(table).and_then(|t| t.draft.title.as_deref()).unwrap_or_default();
                let finding = Finding::new(&together::BUDGET_FROM_TABLE).arg("project", name(case)).arg("table", title);
                findings.about_case(i, case, finding);
            }
        }
        note(i, case, budget, settings, findings);
    }
    budgets
}

/// Says which projects weigh nothing.
fn note(i: usize, case: &Case<'_>, budget: &Budget, settings: &Settings, findings: &mut Findings) {
    if settings.department.method != DepartmentMethod::Weighted || case.draft.project.is_none() {
        return;
    }
    let rule = match budget.weight {
        None => &together::NO_KNOWN_BUDGET,
        Some(Money::ZERO) => &together::ZERO_BUDGET,
        Some(_) => return,
    };
    findings.about_case(i, case, Finding::new(rule).arg("project", name(case)));
}

fn name(case: &Case<'_>) -> String {
    case.draft.project.as_ref().map(|p| p.name.to_string()).unwrap_or_default()
}

/// The line that names the project, in exactly one table; else the total of the only table for the only project.
fn from_tables<'a>(
    case: &Case<'_>,
    tables: &[usize],
    cases: &'a [Case<'_>],
    only_project: bool,
) -> Option<(usize, &'a BudgetFact)> {
    let facts = tables
        .iter()
        .flat_map(|&t| cases.get(t).into_iter().flat_map(move |c| c.draft.budgets.iter().map(move |f| (t, f))));
    if let Some(project) = &case.draft.project {
        let mut named = facts.clone().filter(|(_, f)| f.project.as_ref().is_some_and(|p| same_project(p, project)));
        if let Some(found) = named.next() {
            // Two lines that name it differently leave the budget open.
            return named.all(|(_, f)| f == found.1).then_some(found);
        }
    }
    let mut totals = facts.filter(|(_, f)| f.project.is_none());
    let total = totals.next()?;
    (only_project && tables.len() == 1 && totals.next().is_none()).then_some(total)
}

fn same_project(a: &Name, b: &Name) -> bool {
    match (&a.code, &b.code) {
        (Some(a), Some(b)) => a == b,
        _ => normal_form(&a.name) == normal_form(&b.name),
    }
}
