//! The settings of a run, complete.

use crate::finding::{Lang, Level, Words};
use crate::quantity::{Decimal, Points};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that decides what comes out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Settings {
    /// Language of messages and workbooks.
    pub lang: Lang,
    /// The place and the year.
    pub district: DistrictSettings,
    /// Grade bands.
    pub grade: GradeSettings,
    /// How scores are recomputed.
    pub scoring: ScoringSettings,
    /// How a department's score is composed.
    pub department: DepartmentSettings,
    /// From where on something is remarkable.
    pub thresholds: Thresholds,
    /// Rules switched off or with another severity.
    pub rules: RuleSettings,
    /// Limits of reading.
    pub limits: Limits,
    /// Look of the workbooks.
    pub look: LookSettings,
}

/// The place and the year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct DistrictSettings {
    /// Name of the district, for titles: `嘉兴市秀洲区`.
    pub name: String,
    /// Name of the bureau, author of the workbooks.
    pub bureau: String,
    /// The reporting year; `None`: the most frequent one.
    pub year: Option<u16>,
    /// The date of data as `YYYY-MM-DD`; `None`: 31 December of the year after the reporting year.
    pub as_of: Option<String>,
}

impl DistrictSettings {
    /// The date of data: as set, else the end of the year after the reporting year.
    pub fn as_of(&self, year: Option<u16>) -> Option<String> {
        self.as_of.clone().or_else(|| year.map(|year| format!("{}-12-31", u32::from(year) + 1)))
    }
}

/// A grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// 优
    #[serde(rename = "优")]
    Excellent,
    /// 良
    #[serde(rename = "良")]
    Good,
    /// 中
    #[serde(rename = "中")]
    Fair,
    /// 差
    #[serde(rename = "差")]
    Poor,
}

impl Grade {
    /// All of them, the best first.
    pub const ALL: [Self; 4] = [Self::Excellent, Self::Good, Self::Fair, Self::Poor];

    /// As in the tables.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Excellent => "优",
            Self::Good => "良",
            Self::Fair => "中",
            Self::Poor => "差",
        }
    }

    /// The words shown to people.
    pub const fn words(self) -> Words {
        match self {
            Self::Excellent => Words::new("优", "Excellent"),
            Self::Good => Words::new("良", "Good"),
            Self::Fair => Words::new("中", "Fair"),
            Self::Poor => Words::new("差", "Poor"),
        }
    }
}

/// Half-open bands on the score rounded half-up to two places: `[excellent, …]`, `[good, excellent)`, `[fair, good)`,
/// below. Source: 财预〔2020〕10号.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct GradeSettings {
    /// From here on 优.
    pub excellent: Points,
    /// From here on 良.
    pub good: Points,
    /// From here on 中.
    pub fair: Points,
}

impl Default for GradeSettings {
    fn default() -> Self {
        let points = |n: i64| Points::from_scaled(n * 10_000).unwrap_or_default();
        Self { excellent: points(90), good: points(80), fair: points(60) }
    }
}

impl GradeSettings {
    /// The grade of a score, after rounding it half-up to two places: 89.995 is 优, 89.994 is 良.
    pub fn of(&self, score: Points) -> Grade {
        let score = score.round2();
        if score >= self.excellent {
            Grade::Excellent
        } else if score >= self.good {
            Grade::Good
        } else if score >= self.fair {
            Grade::Fair
        } else {
            Grade::Poor
        }
    }
}

/// A step of a stepwise policy: from this rate on, this share of the weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Rate as a fraction, included.
    pub from: Decimal,
    /// Share of the weight.
    pub share: Decimal,
}

/// How the execution rate is scored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(tag = "policy", rename_all = "snake_case")]
pub enum ExecutionPolicy {
    /// `min(rate, 1) × weight`, half-up to two places. The default.
    #[default]
    LinearCap,
    /// The same on the rate rounded half-up to 0.01 %.
    LinearRoundedRate,
    /// By steps; an over-execution earns the share of the step `over`.
    Steps {
        /// Descending by `from`.
        steps: Vec<Step>,
        /// Share of the weight for a rate above 1.
        over: Decimal,
    },
    /// Each percentage point below 100 % costs `per_point` points, down to zero.
    Deduct {
        /// Points per percentage point.
        per_point: Decimal,
    },
}

/// How scores are recomputed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct ScoringSettings {
    /// Scoring of the execution rate.
    pub execution: ExecutionPolicy,
    /// Second band of qualitative indicators: from here (fraction of the weight) 部分达成 begins; 0.6, in Hubei 0.5.
    pub partly_from: Option<Decimal>,
}

/// How a department's score is composed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum DepartmentMethod {
    /// Mean of its projects weighted by revised budget. The default.
    #[default]
    Weighted,
    /// Plain mean of its projects.
    Mean,
    /// The score of its department-wide form.
    Whole,
    /// Plain mean of the projects × `projects_share` + department-wide form × the rest.
    Mixed,
}

/// How a department's score is composed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DepartmentSettings {
    /// The method.
    pub method: DepartmentMethod,
    /// For `mixed`: share of the projects' mean.
    pub projects_share: Decimal,
}

impl Default for DepartmentSettings {
    fn default() -> Self {
        Self { method: DepartmentMethod::default(), projects_share: Decimal::new(5, 1).unwrap_or(Decimal::ONE) }
    }
}

/// From where on something is remarkable. Fractions, points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thresholds {
    /// Over-achievement of a target: 0.3.
    pub over_target: Decimal,
    /// Adjustment of the budget: 0.3.
    pub budget_adjustment: Decimal,
    /// Execution below which a reason is due: 0.9.
    pub low_execution: Decimal,
    /// Self-evaluation against review, points: 5.
    pub review_gap: Decimal,
    /// One indicator carries too much, points: 60.
    pub single_indicator: Decimal,
    /// 产出 + 效益 on evaluation score tables, points: 60.
    pub output_and_benefit: Decimal,
    /// Similarity of copied texts: 0.9.
    pub copied_text: Decimal,
    /// Similarity of a proposed name: 0.85, and its lead over the second: 0.1.
    pub similar_name: Decimal,
    /// See `similar_name`.
    pub similar_lead: Decimal,
}

impl Default for Thresholds {
    fn default() -> Self {
        let d = |mantissa: i128, scale: u8| Decimal::new(mantissa, scale).unwrap_or(Decimal::ZERO);
        Self {
            over_target: d(3, 1),
            budget_adjustment: d(3, 1),
            low_execution: d(9, 1),
            review_gap: d(5, 0),
            single_indicator: d(60, 0),
            output_and_benefit: d(60, 0),
            copied_text: d(9, 1),
            similar_name: d(85, 2),
            similar_lead: d(1, 1),
        }
    }
}

impl Thresholds {
    /// The threshold of this name, to be changed. `None`: there is none.
    pub(super) fn by_name(&mut self, name: &str) -> Option<&mut Decimal> {
        Some(match name {
            "over_target" => &mut self.over_target,
            "budget_adjustment" => &mut self.budget_adjustment,
            "low_execution" => &mut self.low_execution,
            "review_gap" => &mut self.review_gap,
            "single_indicator" => &mut self.single_indicator,
            "output_and_benefit" => &mut self.output_and_benefit,
            "copied_text" => &mut self.copied_text,
            "similar_name" => &mut self.similar_name,
            "similar_lead" => &mut self.similar_lead,
            _ => return None,
        })
    }
}

/// Rules switched off or with another severity, by code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct RuleSettings {
    /// Another severity.
    pub level: BTreeMap<String, Level>,
    /// Switched off.
    pub off: Vec<String>,
    /// What applies to certain years or forms only; of several that match, a later one has the last word.
    pub when: Vec<RuleException>,
}

/// Rules and thresholds for certain years or forms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct RuleException {
    /// The years; empty: any.
    pub years: Vec<u16>,
    /// The codes of the forms; empty: any.
    pub forms: Vec<String>,
    /// Switched off there.
    pub off: Vec<String>,
    /// Another severity there; it switches a rule on again.
    pub level: BTreeMap<String, Level>,
    /// Other thresholds there, by name.
    pub thresholds: BTreeMap<String, Decimal>,
}

impl RuleException {
    fn applies(&self, form: Option<&str>, year: Option<u16>) -> bool {
        (self.years.is_empty() || year.is_some_and(|year| self.years.contains(&year)))
            && (self.forms.is_empty() || form.is_some_and(|form| self.forms.iter().any(|own| own == form)))
    }
}

impl RuleSettings {
    /// Whether a rule is switched off for a form and a year, and the severity that the bureau gave it, if any.
    pub fn of(&self, code: &str, form: Option<&str>, year: Option<u16>) -> (bool, Option<Level>) {
        let mut off = self.off.iter().any(|own| own == code);
        let mut level = self.level.get(code).copied();
        for exception in self.when.iter().filter(|exception| exception.applies(form, year)) {
            if exception.off.iter().any(|own| own == code) {
                off = true;
            }
            if let Some(other) = exception.level.get(code) {
                (off, level) = (false, Some(*other));
            }
        }
        (off, level)
    }
}

impl Settings {
    /// The thresholds for a form of a year; a form without a year is of the configured one.
    pub fn thresholds_for(&self, form: &str, year: Option<u16>) -> Thresholds {
        let mut thresholds = self.thresholds.clone();
        let year = year.or(self.district.year);
        for exception in self.rules.when.iter().filter(|exception| exception.applies(Some(form), year)) {
            for (name, value) in &exception.thresholds {
                if let Some(own) = thresholds.by_name(name) {
                    *own = *value;
                }
            }
        }
        thresholds
    }
}

/// Limits of reading; all of them counts. Beyond one the file is rejected, and the message names limit and value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Size of a file: 64 MiB.
    pub file_bytes: u64,
    /// One part of a package, inflated: 256 MiB.
    pub part_bytes: u64,
    /// All parts of a package, inflated: 512 MiB.
    pub package_bytes: u64,
    /// A bundle, inflated: 2 GiB.
    pub bundle_bytes: u64,
    /// Entries of a workbook package: 5,000.
    pub package_entries: u32,
    /// Entries of a bundle: 10,000.
    pub bundle_entries: u32,
    /// Bundles in bundles: 2.
    pub bundle_depth: u32,
    /// Sheets of a workbook: 500.
    pub sheets: u32,
    /// Cells that hold something, a file: 5 million.
    pub cells: u64,
    /// Heap of a reading worker: 1 GiB.
    pub worker_bytes: u64,
    /// Seconds for one file, the last resort: 20.
    pub seconds: u32,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            file_bytes: 64 * MIB,
            part_bytes: 256 * MIB,
            package_bytes: 512 * MIB,
            bundle_bytes: 2048 * MIB,
            package_entries: 5_000,
            bundle_entries: 10_000,
            bundle_depth: 2,
            sheets: 500,
            cells: 5_000_000,
            worker_bytes: 1024 * MIB,
            seconds: 20,
        }
    }
}

/// Look of the workbooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct LookSettings {
    /// Fonts of official documents (方正小标宋简体, 仿宋_GB2312) instead of 黑体 and 宋体.
    pub official_fonts: bool,
}
