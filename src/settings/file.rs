//! `jixiao.toml` as written: everything optional, unknown keys refused, keys with `-` or `_`.

use super::error::{SettingsError, text};
use super::number::Number;
use crate::finding::{Lang, Level};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub(super) lang: Option<Lang>,
    pub(super) district: District,
    pub(super) grade: Grade,
    pub(super) scoring: Scoring,
    pub(super) department: Department,
    pub(super) thresholds: Thresholds,
    pub(super) rules: Rules,
    pub(super) limits: Limits,
    pub(super) look: Look,
}

/// Declares the sections of plain keys; a key of two words may be written with `-` or with `_`.
macro_rules! sections {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[$meta:meta])* $field:ident: $type:ty,)+ })+) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub(super) struct $name { $($(#[$meta])* pub(super) $field: Option<$type>,)+ }
    )+ };
}

sections! {
    /// The place and the year.
    District {
        name: String,
        bureau: String,
        year: u16,
        #[serde(alias = "as-of")]
        as_of: String,
    }
    /// Lower bounds of the grades.
    Grade {
        excellent: Number,
        good: Number,
        fair: Number,
    }
    /// How scores are recomputed.
    Scoring {
        execution: Execution,
        #[serde(alias = "partly-from")]
        partly_from: Number,
    }
    /// How a department's score is composed.
    Department {
        method: Method,
        #[serde(alias = "projects-share")]
        projects_share: Number,
    }
    /// From where on something is remarkable.
    Thresholds {
        #[serde(alias = "over-target")]
        over_target: Number,
        #[serde(alias = "budget-adjustment")]
        budget_adjustment: Number,
        #[serde(alias = "low-execution")]
        low_execution: Number,
        #[serde(alias = "review-gap")]
        review_gap: Number,
        #[serde(alias = "single-indicator")]
        single_indicator: Number,
        #[serde(alias = "output-and-benefit")]
        output_and_benefit: Number,
        #[serde(alias = "copied-text")]
        copied_text: Number,
        #[serde(alias = "similar-name")]
        similar_name: Number,
        #[serde(alias = "similar-lead")]
        similar_lead: Number,
    }
    /// Rules switched off or with another severity.
    Rules {
        off: Vec<String>,
        level: BTreeMap<String, Level>,
    }
    /// Limits of reading.
    Limits {
        #[serde(alias = "file-bytes")]
        file_bytes: u64,
        #[serde(alias = "part-bytes")]
        part_bytes: u64,
        #[serde(alias = "package-bytes")]
        package_bytes: u64,
        #[serde(alias = "bundle-bytes")]
        bundle_bytes: u64,
        #[serde(alias = "package-entries")]
        package_entries: u32,
        #[serde(alias = "bundle-entries")]
        bundle_entries: u32,
        #[serde(alias = "bundle-depth")]
        bundle_depth: u32,
        sheets: u32,
        cells: u64,
        #[serde(alias = "worker-bytes")]
        worker_bytes: u64,
        seconds: u32,
    }
    /// Look of the workbooks.
    Look {
        #[serde(alias = "official-fonts")]
        official_fonts: bool,
    }
}

/// `[scoring.execution]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Execution {
    pub(super) policy: Policy,
    #[serde(default)]
    pub(super) steps: Vec<Step>,
    pub(super) over: Option<Number>,
    #[serde(alias = "per-point")]
    pub(super) per_point: Option<Number>,
}

/// The name of a policy for the execution rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Policy {
    #[serde(alias = "linear-cap")]
    LinearCap,
    #[serde(alias = "linear-rounded-rate")]
    LinearRoundedRate,
    Steps,
    Deduct,
}

/// A step of the policy `steps`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) from: Number,
    pub(super) share: Number,
}

/// The name of a method for a department's score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Method {
    Weighted,
    Mean,
    Whole,
    Mixed,
}

/// Reads a settings file.
pub(super) fn read(path: &Path) -> Result<File, SettingsError> {
    let text = text(path)?;
    parse(path, &text)
}

pub(super) fn parse(path: &Path, text: &str) -> Result<File, SettingsError> {
    toml::from_str(text).map_err(|e| toml_error(path, text, &e))
}

/// The line of a TOML error, and its words with the source line below.
pub(super) fn toml_error(path: &Path, text: &str, error: &toml::de::Error) -> SettingsError {
    let offset = error.span().map_or(0, |span| span.start);
    let line = text.bytes().take(offset).filter(|&b| b == b'\n').count() as u64 + 1;
    let source = text.lines().nth(usize::try_from(line - 1).unwrap_or(0)).unwrap_or_default();
    SettingsError::at(
        path,
        line,
        format!("配置有误，请更正或删去 / correct or remove this: {}\n    | {}", error.message(), source.trim_end()),
    )
}
