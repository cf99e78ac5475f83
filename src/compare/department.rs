//! Departments, before and after.

use super::organisation::{Fate, Transitions};
use super::run::{Run, spelling};
use super::state::{Computed, States};
use crate::quantity::Points;

/// A department in both runs; positions are those of the runs' departments.
#[derive(Debug, Clone, PartialEq)]
pub struct DepartmentChange {
    /// What became of it.
    pub fate: Fate,
    /// What it came from; for one that is gone itself.
    pub sources: Vec<usize>,
    /// The earlier department that its figures are compared with: its only source, or the source of the same name.
    pub before: Option<usize>,
    /// The later department.
    pub after: Option<usize>,
    /// Its score in four states.
    pub states: States,
    /// Its place in the earlier run.
    pub rank_before: Option<u32>,
    /// Its place were only rules and departments other ones.
    pub rank_by_organisation: Option<u32>,
    /// Its place in the later run.
    pub rank_after: Option<u32>,
}

impl DepartmentChange {
    /// Places won; lost ones below zero.
    pub fn climbed(&self) -> Option<i64> {
        Some(i64::from(self.rank_before?) - i64::from(self.rank_after?))
    }
}

pub(super) fn departments(
    before: &Run,
    after: &Run,
    transitions: &Transitions,
    scores: &Computed,
) -> Vec<DepartmentChange> {
    let score = |run: &Run, id: Option<usize>| run.departments.get(id?)?.score.map(Points::round2);
    let later = (0..after.departments.len()).map(|to| {
        let sources: Vec<usize> = transitions.into(to).map(|part| part.from).collect();
        let fate = transitions.fate(to, before, after);
        let own = before_of(to, fate, &sources, before, after);
        DepartmentChange {
            fate,
            before: own,
            after: Some(to),
            states: States {
                before: score(before, own),
                by_method: own.and_then(|from| scores.by_method.get(from).copied().flatten()),
                by_organisation: scores.by_organisation.get(to).copied().flatten(),
                after: score(after, Some(to)),
            },
            rank_before: own.and_then(|from| before.departments.get(from)).and_then(|d| d.rank),
            rank_by_organisation: scores.ranks_by_organisation.get(&to).copied(),
            rank_after: after.departments.get(to).and_then(|d| d.rank),
            sources,
        }
    });
    let gone = (0..before.departments.len()).filter(|from| transitions.of(*from).next().is_none());
    let gone = gone.map(|from| DepartmentChange {
        fate: Fate::Gone,
        sources: vec![from],
        before: Some(from),
        after: None,
        states: States {
            before: score(before, Some(from)),
            by_method: scores.by_method.get(from).copied().flatten(),
            ..States::default()
        },
        rank_before: before.departments.get(from).and_then(|d| d.rank),
        rank_by_organisation: None,
        rank_after: None,
    });
    later.chain(gone).collect()
}

/// The earlier department whose figures stand beside those of the later one.
fn before_of(to: usize, fate: Fate, sources: &[usize], before: &Run, after: &Run) -> Option<usize> {
    let name = after.departments.get(to).map(|d| spelling(&d.department));
    let named = |from: &usize| before.departments.get(*from).map(|d| spelling(&d.department)) == name;
    match fate {
        Fate::Same | Fate::Renamed => sources.first().copied(),
        // One that took others in, or kept its name when it was divided, is compared with what it was.
        Fate::Merged | Fate::Split => sources.iter().copied().find(named),
        Fate::New | Fate::Gone => None,
    }
}
