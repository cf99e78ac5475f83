//! A district put together: what the writers get.

use crate::settings::Settings;
use crate::tables::{
    AmountRow, BudgetLineRow, Department, Evaluation, FindingRow, Funding, IndicatorRow, Ranking, Submission,
};

/// A department of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterEntry {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Category.
    pub category: String,
}

/// All tables of a run, complete and in their final order, with what decided them.
#[derive(Debug, Clone)]
pub struct District {
    /// The settings used.
    pub settings: Settings,
    /// The reporting year, if any form names one.
    pub year: Option<u16>,
    /// The register in its own order; empty without one.
    pub register: Vec<RegisterEntry>,
    /// Table `submissions`.
    pub submissions: Vec<Submission>,
    /// Table `evaluations`.
    pub evaluations: Vec<Evaluation>,
    /// Table `indicators`.
    pub indicators: Vec<IndicatorRow>,
    /// Table `funding`.
    pub funding: Vec<Funding>,
    /// Table `budget_lines`.
    pub budget_lines: Vec<BudgetLineRow>,
    /// Table `amounts`.
    pub amounts: Vec<AmountRow>,
    /// Table `departments`.
    pub departments: Vec<Department>,
    /// Table `rankings`.
    pub rankings: Vec<Ranking>,
    /// Table `findings`.
    pub findings: Vec<FindingRow>,
}
