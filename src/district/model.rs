//! A district put together: what the writers get.

use super::Bulk;
use crate::compute::total::Claims;
use crate::finding::Crop;
use crate::quantity::{Money, Text};
use crate::settings::{RegisterEntry, Settings};
use crate::tables::{Department, Evaluation, FindingRow, Ranking, Submission};
use std::collections::BTreeMap;

/// What an evaluation that counts brings to its department: the money that weighs its score and makes its rate, and its
/// claims. The money differs from the evaluation's own columns where the form prints no revised budget (the original one
/// stands in) or none at all (the department's budget table may name it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The evaluation.
    pub evaluation_id: Text,
    /// The budget that weighs. `None`: not known anywhere.
    pub budget: Option<Money>,
    /// The outturn. `None`: not known anywhere.
    pub outturn: Option<Money>,
    /// Points claimed, and how far the rules can follow them.
    pub claims: Claims,
}

/// Findings that are shown with the cells around them at the most, the most urgent first: open before explained, then by level.
pub const MOST_CROPS: usize = 200;

/// All tables of a run, complete and in their final order, with what decided them.
#[derive(Debug, Clone)]
pub struct District {
    /// The settings used.
    pub settings: Settings,
    /// The reporting year, if any form names one.
    pub year: Option<u16>,
    /// The register in its own order; empty without one.
    pub register: Vec<RegisterEntry>,
    /// How a workbook in OUTPUT reaches the inputs: prefix so that prefix + `submissions.path` is a relative path with `/`,
    /// as `../input/`. `None` where there is no relative way (another drive): sources are then named but not linked.
    pub input_from_output: Option<String>,
    /// One entry for each evaluation with `counts`, in the order of the table.
    pub counted: Vec<Counted>,
    /// Table `submissions`.
    pub submissions: Vec<Submission>,
    /// Table `evaluations`.
    pub evaluations: Vec<Evaluation>,
    /// Tables `indicators`, `funding`, `budget_lines` and `amounts`.
    pub bulk: Bulk,
    /// Table `departments`.
    pub departments: Vec<Department>,
    /// Table `rankings`.
    pub rankings: Vec<Ranking>,
    /// Table `findings`.
    pub findings: Vec<FindingRow>,
    /// Names of departments for a person to confirm: as written, and the register's name that it is like.
    pub proposals: Vec<(Text, Text)>,
    /// Labels for a person to confirm: as written, and what they may mean.
    pub labels: Vec<(Text, Text)>,
    /// The cells around findings, by `finding_id`, as the file shows them; for findings with a cell on a form that can be
    /// among the [`MOST_CROPS`] most urgent.
    pub crops: BTreeMap<u32, Crop>,
}
