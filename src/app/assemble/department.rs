//! Departments: their figures, and who has not handed in.

use super::budget::Budget;
use super::case::Case;
use super::count::whole;
use super::findings::{Findings, open};
use super::year::is_current;
use crate::app::Refused;
use crate::compute::department::{Counted, Figures, Scores};
use crate::finding::{Finding, Level, catalogue::together};
use crate::form::FormKind;
use crate::normal::Evaluated;
use crate::normal::names::{DepartmentId, Directory};
use crate::quantity::Text;
use crate::settings::Settings;
use crate::tables::{Department, FindingRow, Ranking};
use std::collections::{BTreeMap, BTreeSet};

fn scores(e: &Evaluated) -> Scores {
    Scores { score: e.score, recomputed: e.score_recomputed, review: e.review_score }
}

/// The figures of all departments of the directory, in its order.
pub(super) fn figures(
    directory: &Directory,
    cases: &[Case<'_>],
    budgets: &[Budget],
    year: Option<u16>,
    settings: &Settings,
) -> Result<Vec<Figures>, Refused> {
    let counted: Vec<Counted> = cases
        .iter()
        .zip(budgets)
        .filter(|(case, _)| case.counts)
        .filter_map(|(case, budget)| {
            Some(Counted {
                department: u32::try_from(case.department?).ok()?,
                project: case.draft.kind.project_order().is_some(),
                scores: scores(case.draft.evaluated.as_ref()?),
                original: budget.original,
                budget: budget.weight,
                outturn: budget.outturn,
            })
        })
        .collect();
    let departments = directory.departments().len();
    let mut wholes = vec![Scores::default(); departments];
    for (department, i) in whole(cases, year) {
        if let (Some(slot), Some(e)) =
            (wholes.get_mut(department), cases.get(i).and_then(|c| c.draft.evaluated.as_ref()))
        {
            *slot = scores(e);
        }
    }
    Ok(crate::compute::department::figures(departments, &counted, &wholes, &settings.department)?)
}

/// Which departments handed in something for the reporting year.
pub(super) fn submitted(directory: &Directory, cases: &[Case<'_>], year: Option<u16>) -> Vec<bool> {
    let mut submitted = vec![false; directory.departments().len()];
    for case in cases.iter().filter(|case| is_current(case, year)) {
        if let Some(slot) = case.department.and_then(|id| submitted.get_mut(id)) {
            *slot = true;
        }
    }
    submitted
}

/// Says which departments have no score although something counts for them, and which forms name no department.
pub(super) fn note(directory: &Directory, cases: &[Case<'_>], figures: &[Figures], findings: &mut Findings) {
    let counts: BTreeSet<DepartmentId> = cases.iter().filter(|c| c.counts).filter_map(|c| c.department).collect();
    for id in counts {
        let no_score = figures.get(id).is_none_or(|f| f.scores.score.is_none());
        if let Some(department) = directory.get(id).filter(|_| no_score) {
            let finding = Finding::new(&together::NO_DEPARTMENT_SCORE).arg("department", &department.name);
            findings.about_department(Some(id), finding);
        }
    }
    for (i, case) in cases.iter().enumerate().filter(|(_, case)| case.department.is_none()) {
        let kind = case.draft.kind;
        if kind.project_order().is_some() || kind.whole_order().is_some() {
            let finding = Finding::new(&together::NO_DEPARTMENT);
            // Score tables stand inside a report that names the department.
            let inside = kind == FormKind::EvaluationScore;
            findings.about_case(i, case, if inside { finding.level(Level::Info) } else { finding });
        }
    }
}

/// Rows of `departments`.
pub(super) fn rows(
    directory: &Directory,
    cases: &[Case<'_>],
    figures: &[Figures],
    year: Option<u16>,
    rankings: &[Ranking],
    findings: &[FindingRow],
    settings: &Settings,
) -> Vec<Department> {
    let submitted = submitted(directory, cases, year);
    let ranks = ranks(rankings);
    let counted = |level| {
        let mut counts: BTreeMap<Text, u32> = BTreeMap::new();
        for name in open(findings, level).filter_map(|row| row.department.clone()) {
            *counts.entry(name).or_default() += 1;
        }
        counts
    };
    let (errors, warnings) = (counted(Level::Error), counted(Level::Warning));
    let all = directory.departments().iter().zip(figures).zip(submitted);
    all.map(|((d, f), submitted)| {
        let id = subject_id(d);
        let (rank, rank_in_category) = ranks.get(id).copied().unwrap_or_default();
        Department {
            department_code: d.code.clone(),
            department: d.name.clone(),
            category: d.category.clone(),
            expected: d.expected,
            submitted,
            projects: f.projects,
            original_budget: f.original,
            revised_budget: f.budget,
            outturn: f.outturn,
            execution_rate: f.rate,
            mean_score: f.mean,
            weighted_score: f.weighted,
            score: f.scores.score,
            grade: f.scores.score.map(|score| Text::from(settings.grade.of(score).code())),
            rank,
            rank_in_category,
            findings_error: errors.get(&d.name).copied().unwrap_or(0),
            findings_warning: warnings.get(&d.name).copied().unwrap_or(0),
        }
    })
    .collect()
}

/// A department's id in rankings: its code, else its name.
pub(super) fn subject_id(department: &crate::normal::names::KnownDepartment) -> &Text {
    department.code.as_ref().unwrap_or(&department.name)
}

/// By id: rank in the district and in the category, by score.
fn ranks(rankings: &[Ranking]) -> BTreeMap<Text, (Option<u32>, Option<u32>)> {
    let mut ranks: BTreeMap<Text, (Option<u32>, Option<u32>)> = BTreeMap::new();
    for row in rankings.iter().filter(|r| r.subject_kind.as_ref() == "department" && r.metric.as_ref() == "score") {
        let slot = ranks.entry(row.subject_id.clone()).or_default();
        if row.scope.as_ref() == "district" { slot.0 = Some(row.rank) } else { slot.1 = Some(row.rank) }
    }
    ranks
}
