//! The four states of a score: as it was, by the later rules, in the later departments, as it is.
//!
//! The second and third are the earlier submissions put together by the same code that a run uses
//! ([`crate::compute::department::figures`]), with the later run's method. A project of a divided department goes where the
//! later run has it; one that the later run does not have goes to each successor with the share of its budget that the
//! crosswalk states, and nowhere where it states none.

use super::organisation::{Part, Transitions};
use super::project::{ProjectChange, department, places};
use super::run::Run;
use crate::compute::department::{Counted, Scores, figures};
use crate::form::FormKind;
use crate::quantity::{Decimal, Money, MoneyUnit, Points};
use crate::settings::{DepartmentMethod, DepartmentSettings};
use crate::tables::Evaluation;
use polars::error::PolarsResult;
use std::collections::{BTreeMap, BTreeSet};

/// The states in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// As the earlier run has it.
    Before,
    /// The earlier submissions by the later run's rules.
    ByMethod,
    /// The same in the later run's departments.
    ByOrganisation,
    /// As the later run has it.
    After,
}

/// A score in its four states, each half-up to two places. `None`: it cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct States {
    /// As the earlier run has it.
    pub before: Option<Points>,
    /// The earlier submissions by the later run's rules.
    pub by_method: Option<Points>,
    /// The same in the later run's departments.
    pub by_organisation: Option<Points>,
    /// As the later run has it.
    pub after: Option<Points>,
}

impl States {
    /// All of it: after − before.
    pub fn difference(&self) -> Option<Points> {
        self.after?.checked_sub(self.before?)
    }

    /// What other rules did.
    pub fn method(&self) -> Option<Points> {
        self.by_method?.checked_sub(self.before?)
    }

    /// What other departments did.
    pub fn organisation(&self) -> Option<Points> {
        self.by_organisation?.checked_sub(self.by_method?)
    }

    /// What other submissions did.
    pub fn data(&self) -> Option<Points> {
        self.after?.checked_sub(self.by_organisation?)
    }
}

/// Scores and places of the states that no table has.
pub(super) struct Computed {
    /// By the later run's rules, for each department of the earlier run.
    pub(super) by_method: Vec<Option<Points>>,
    /// The same in the later run's departments, for each of them.
    pub(super) by_organisation: Vec<Option<Points>>,
    /// Places among those, by later department.
    pub(super) ranks_by_organisation: BTreeMap<usize, u32>,
    /// The district as one.
    pub(super) district: States,
}

pub(super) fn scores(
    before: &Run,
    after: &Run,
    transitions: &Transitions,
    projects: &[ProjectChange],
) -> PolarsResult<Computed> {
    let method = &after.settings.department;
    let continued: BTreeMap<usize, usize> = projects.iter().filter_map(|p| p.before.zip(p.after)).collect();
    let own = |_: usize, e: &Evaluation| department(before, e).map(|to| (to, None)).into_iter().collect();
    let later = |i: usize, e: &Evaluation| -> Vec<(usize, Option<Decimal>)> {
        let Some(from) = department(before, e) else { return Vec::new() };
        let parts: Vec<&Part> = transitions.of(from).collect();
        if let [only] = parts.as_slice()
            && only.whole
        {
            return vec![(only.to, None)];
        }
        let here = continued.get(&i).and_then(|&j| after.evaluations.get(j)).and_then(|e| department(after, e));
        if let Some(part) = parts.iter().find(|part| Some(part.to) == here) {
            return vec![(part.to, None)];
        }
        parts.iter().filter_map(|part| Some((part.to, Some(part.share?)))).collect()
    };
    let by_method = compose(before, before.departments.len(), (&own, Regrouped::No), method)?;
    let by_organisation = compose(before, after.departments.len(), (&later, Regrouped::Departments), method)?;
    let known = by_organisation.iter().enumerate().filter_map(|(i, score)| Some((i, (*score)?)));
    let ranks_by_organisation = places(known)?;
    let district = States {
        before: whole_district(before, &before.settings.department)?,
        by_method: whole_district(before, method)?,
        by_organisation: whole_district(before, method)?,
        after: whole_district(after, method)?,
    };
    Ok(Computed { by_method, by_organisation, ranks_by_organisation, district })
}

/// The department and, where only a part of it goes there, the share of an evaluation.
type Owners<'a> = &'a dyn Fn(usize, &Evaluation) -> Vec<(usize, Option<Decimal>)>;

/// Whether evaluations stand in other departments than those in which it was decided what counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Regrouped {
    No,
    Departments,
}

/// The scores of `count` departments over a run's evaluations, by a method, each half-up to two places.
fn compose(
    run: &Run,
    count: usize,
    (owners, regrouped): (Owners<'_>, Regrouped),
    method: &DepartmentSettings,
) -> PolarsResult<Vec<Option<Points>>> {
    let mut counted: Vec<Counted> = Vec::new();
    for (i, e) in run.counted() {
        for (owner, share) in owners(i, e) {
            counted.extend(counted_for(run, e, owner, share));
        }
    }
    if regrouped == Regrouped::Departments {
        // As in a run, a department-wide form counts only where its department has no project, which may be another one now.
        let with_project: BTreeSet<u32> = counted.iter().filter(|c| c.project).map(|c| c.department).collect();
        counted.retain(|c| c.project || !with_project.contains(&c.department));
    }
    let mut wholes: Vec<Vec<Scores>> = vec![Vec::new(); count];
    for e in run.wholes().into_values() {
        for (owner, share) in owners(usize::MAX, e) {
            // A part of a divided department has no form of its own.
            if let Some(slot) = wholes.get_mut(owner).filter(|_| share.is_none()) {
                slot.push(scores_of(e));
            }
        }
    }
    let whole = |forms: Vec<Scores>| match forms.as_slice() {
        [only] => *only,
        _ => Scores::default(),
    };
    let wholes: Vec<Scores> = wholes.into_iter().map(whole).collect();
    let figures = figures(count, &counted, &wholes, method)?;
    Ok(figures.into_iter().map(|f| f.scores.score.map(Points::round2)).collect())
}

/// The district's score over all that counts; department-wide methods have no meaning here and give the weighted mean.
fn whole_district(run: &Run, method: &DepartmentSettings) -> PolarsResult<Option<Points>> {
    let method = match method.method {
        DepartmentMethod::Mean => DepartmentMethod::Mean,
        DepartmentMethod::Weighted | DepartmentMethod::Whole | DepartmentMethod::Mixed => DepartmentMethod::Weighted,
    };
    let settings = DepartmentSettings { method, ..DepartmentSettings::default() };
    let one = |_: usize, _: &Evaluation| vec![(0, None)];
    Ok(compose(run, 1, (&one, Regrouped::No), &settings)?.into_iter().next().flatten())
}

fn scores_of(e: &Evaluation) -> Scores {
    Scores { score: e.score, recomputed: e.score_recomputed, review: e.review_score }
}

/// What an evaluation brings to a department, its money by the share.
fn counted_for(run: &Run, e: &Evaluation, owner: usize, share: Option<Decimal>) -> Option<Counted> {
    let money = run.money(e);
    let part = |money: Option<Money>| match share {
        None => money,
        Some(share) => Money::from_decimal(money?.yuan().checked_mul(share)?, MoneyUnit::Yuan),
    };
    Some(Counted {
        department: u32::try_from(owner).ok()?,
        project: FormKind::by_code(&e.form).is_some_and(|kind| kind.project_order().is_some()),
        scores: scores_of(e),
        original: part(e.original_budget),
        budget: part(money.budget),
        outturn: part(money.outturn),
    })
}
