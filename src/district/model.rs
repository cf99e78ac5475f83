//! A district put together: what the writers get.

use super::Bulk;
use crate::finding::Crop;
use crate::quantity::Text;
use crate::settings::{RegisterEntry, Settings};
use crate::tables::{Department, Evaluation, FindingRow, Ranking, Submission};
use std::collections::BTreeMap;

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
    /// The cells around findings, by `finding_id`, as the file shows them; for findings with a cell on a form.
    pub crops: BTreeMap<u32, Crop>,
}
