//! Which evaluations count for their department.
//!
//! For the reporting year only, and not replaced: for each project (its code, else its name; a form without a project name
//! is a project of its own) one evaluation, the self-evaluation before the transfer's before the score table, and of
//! several the latest; the department-wide form only where the department has no project. Monitoring sheets and
//! declarations never.

use super::case::Case;
use super::year::is_current;
use crate::normal::names::{DepartmentId, normal_form};
use crate::quantity::Text;
use std::collections::{BTreeMap, BTreeSet};

/// A project of a department; a form without a project name stands for itself.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Project {
    Coded(Text),
    Named(Text),
    Own(usize),
}

/// Marks what counts.
pub(super) fn mark(cases: &mut [Case<'_>], year: Option<u16>) {
    let mut projects: BTreeMap<(DepartmentId, Project), (u8, usize)> = BTreeMap::new();
    let codes = codes(cases);
    for (i, case) in cases.iter().enumerate() {
        let (Some(department), Some(order)) = (case.department, case.draft.kind.project_order()) else { continue };
        if case.superseded_by.is_none() && is_current(case, year) {
            let project = project(i, case, department, &codes);
            let best = projects.entry((department, project)).or_insert((order, i));
            // Of the same kind the later file is taken.
            if order <= best.0 {
                *best = (order, i);
            }
        }
    }
    let with_project: BTreeSet<DepartmentId> = projects.keys().map(|(department, _)| *department).collect();
    let mut counted: Vec<usize> = projects.into_values().map(|(_, i)| i).collect();
    counted.extend(whole(cases, year).into_iter().filter(|(d, _)| !with_project.contains(d)).map(|(_, i)| i));
    for i in counted {
        if let Some(case) = cases.get_mut(i) {
            case.counts = true;
        }
    }
}

/// The department-wide form of each department that has one.
pub(super) fn whole(cases: &[Case<'_>], year: Option<u16>) -> BTreeMap<DepartmentId, usize> {
    let mut best: BTreeMap<DepartmentId, (u8, usize)> = BTreeMap::new();
    for (i, case) in cases.iter().enumerate() {
        let (Some(department), Some(order)) = (case.department, case.draft.kind.whole_order()) else { continue };
        if case.superseded_by.is_none() && is_current(case, year) {
            let known = best.entry(department).or_insert((order, i));
            if order <= known.0 {
                *known = (order, i);
            }
        }
    }
    best.into_iter().map(|(department, (_, i))| (department, i)).collect()
}

/// Names of projects whose code another form of the department states: one code each, else none.
fn codes(cases: &[Case<'_>]) -> BTreeMap<(DepartmentId, Text), Option<Text>> {
    let mut codes: BTreeMap<(DepartmentId, Text), Option<Text>> = BTreeMap::new();
    for case in cases {
        let Some((department, project)) = case.department.zip(case.draft.project.as_ref()) else { continue };
        let Some(code) = &project.code else { continue };
        codes
            .entry((department, normal_form(&project.name)))
            .and_modify(|known| *known = known.take().filter(|k| k == code))
            .or_insert_with(|| Some(code.clone()));
    }
    codes
}

fn project(
    i: usize,
    case: &Case<'_>,
    department: DepartmentId,
    codes: &BTreeMap<(DepartmentId, Text), Option<Text>>,
) -> Project {
    let Some(project) = &case.draft.project else { return Project::Own(i) };
    if let Some(code) = &project.code {
        return Project::Coded(code.clone());
    }
    let name = normal_form(&project.name);
    match codes.get(&(department, name.clone())) {
        Some(Some(code)) => Project::Coded(code.clone()),
        _ => Project::Named(name),
    }
}
