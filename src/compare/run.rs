//! A run as its OUTPUT tells it.

use crate::form::FormKind;
use crate::quantity::{Money, Text};
use crate::settings::{OrganisationChange, Settings};
use crate::tables::{Department, Evaluation, FindingRow, Submission};
use crate::text::folded;
use std::collections::BTreeMap;

/// The money that an evaluation brings to its department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// What weighs its score.
    pub budget: Option<Money>,
    /// The outturn.
    pub outturn: Option<Money>,
}

/// A run as its OUTPUT tells it.
#[derive(Debug, Clone)]
pub struct Run {
    /// The folder, as given.
    pub path: String,
    /// Version of the program that made it.
    pub version: String,
    /// The reporting year.
    pub year: Option<u16>,
    /// The settings used.
    pub settings: Settings,
    /// The crosswalk of departments.
    pub organisations: Vec<OrganisationChange>,
    /// Version of each rule.
    pub rules: BTreeMap<String, u32>,
    /// Names of files in OUTPUT that were changed since.
    pub edited: Vec<String>,
    /// The money of evaluations that count, where it is not that of their own columns.
    pub counted: BTreeMap<String, Counted>,
    /// Table `submissions`.
    pub submissions: Vec<Submission>,
    /// Table `evaluations`.
    pub evaluations: Vec<Evaluation>,
    /// Table `departments`.
    pub departments: Vec<Department>,
    /// Table `findings`.
    pub findings: Vec<FindingRow>,
}

impl Run {
    /// The date of data, `YYYY-MM-DD`; 31 December of the year after the reporting year where the configuration has none.
    pub fn as_of(&self) -> Option<String> {
        self.settings.district.as_of(self.year)
    }

    /// Where a file came from: path, and path inside the bundle.
    pub fn file(&self, id: u32) -> Option<String> {
        let row = self.submissions.iter().find(|row| row.file_id == id)?;
        Some(row.member.as_ref().map_or_else(|| row.path.to_string(), |member| format!("{}!{member}", row.path)))
    }

    /// The money that an evaluation brings to its department.
    pub fn money(&self, e: &Evaluation) -> Counted {
        let own = Counted { budget: e.revised_budget.or(e.original_budget), outturn: e.outturn };
        self.counted.get(&*e.evaluation_id).copied().unwrap_or(own)
    }

    /// The department of this name.
    pub(super) fn department(&self, name: &str) -> Option<usize> {
        self.departments.iter().position(|d| &*d.department == name)
    }

    /// Evaluations that count for their department, by position.
    pub(super) fn counted(&self) -> impl Iterator<Item = (usize, &Evaluation)> {
        self.evaluations.iter().enumerate().filter(|(_, e)| e.counts)
    }

    /// The department-wide form of each department that has one: the self-evaluation before the score card, of several the
    /// latest; not replaced, and of the reporting year.
    pub(super) fn wholes(&self) -> BTreeMap<&Text, &Evaluation> {
        let mut best: BTreeMap<&Text, (u8, &Evaluation)> = BTreeMap::new();
        for e in self.evaluations.iter().filter(|e| e.superseded_by.is_none()) {
            let order = FormKind::by_code(&e.form).and_then(FormKind::whole_order);
            let (Some(order), Some(department)) = (order, &e.department) else { continue };
            if e.year.is_none_or(|own| Some(own) == self.year) {
                let known = best.entry(department).or_insert((order, e));
                if order <= known.0 {
                    *known = (order, e);
                }
            }
        }
        best.into_iter().map(|(department, (_, e))| (department, e)).collect()
    }
}

/// The spelling by which names are compared: folded, without blanks.
pub(super) fn spelling(name: &str) -> String {
    folded(name).split_whitespace().collect()
}
