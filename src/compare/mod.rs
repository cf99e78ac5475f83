//! Two runs beside each other: what changed, and why.
//!
//! Why: a place that moved is contested, and the answer differs by whether the figures changed, the rules did, or the
//! departments themselves were merged, split or renamed.
//!
//! Input → output: two [`Run`]s, read from their OUTPUT folders alone → [`Comparison`]: departments and projects matched,
//! each with its figures before and after; what moved the scores; what became of the findings; which settings differ and
//! what they did.
//!
//! A department's score passes four states, each rounded half-up to two places as published, so that the three differences
//! between them add up to the whole without a rest: as it was; the same submissions by the later run's rules (*method*); the
//! same in the later run's departments (*organisation*); as it is (*data*).
//!
//! Invariants: nothing is matched by likeness, only by the crosswalk of the later run, by name or by code; every row of both
//! runs that counts stands in exactly one change; a state that cannot be computed is `None` and never a zero.

mod department;
mod finding;
mod organisation;
mod policy;
mod project;
mod run;
mod state;

pub use department::DepartmentChange;
pub use finding::{FindingChange, Outcome};
pub use organisation::{Fate, Part, Transition, Transitions};
pub use policy::{Effect, PolicyChange};
pub use project::{ProjectChange, ProjectFate};
pub use run::{Counted, Run};
pub use state::{States, Step};

use polars::error::PolarsResult;

/// Two runs, compared.
#[derive(Debug)]
pub struct Comparison {
    /// The earlier run.
    pub before: Run,
    /// The later run.
    pub after: Run,
    /// What the later run's crosswalk says of the departments.
    pub transitions: Transitions,
    /// One entry for each department of the later run in its order, then those that are gone.
    pub departments: Vec<DepartmentChange>,
    /// One entry for each project of the later run in its order, then those that are gone.
    pub projects: Vec<ProjectChange>,
    /// The district as a whole.
    pub district: States,
    /// Open findings: those of the later run in its order, then those that are solved.
    pub findings: Vec<FindingChange>,
    /// Settings and rules that differ.
    pub policies: Vec<PolicyChange>,
}

impl Comparison {
    /// Compares two runs.
    ///
    /// # Errors
    /// The frame library refuses, which no input brings about.
    pub fn new(before: Run, after: Run) -> PolarsResult<Self> {
        let transitions = Transitions::new(&before, &after);
        let projects = project::projects(&before, &after, &transitions)?;
        let scores = state::scores(&before, &after, &transitions, &projects)?;
        let departments = department::departments(&before, &after, &transitions, &scores);
        let findings = finding::findings(&before, &after, &transitions);
        let policies = policy::policies(&before, &after, &departments);
        Ok(Self { transitions, projects, district: scores.district, departments, findings, policies, before, after })
    }
}
