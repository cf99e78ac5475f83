//! The sample district as `district.toml` states it.

use serde::Deserialize;
use std::error::Error;

/// What making the sample returns.
pub(crate) type Made<T> = Result<T, Box<dyn Error>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct District {
    pub(crate) department: Vec<Department>,
    pub(crate) project: Vec<Project>,
    pub(crate) evaluation: Vec<Evaluation>,
    pub(crate) whole: Vec<Whole>,
    pub(crate) budget: Vec<Budget>,
    pub(crate) economic: Vec<Economic>,
    pub(crate) listing: Vec<Listing>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Department {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) aliases: String,
    pub(crate) category: String,
}

/// How a self-evaluation is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Look {
    /// National layout, numbers as numbers.
    Plain,
    /// National layout, the rate as text `98.18%`, amounts as text with thousands separators.
    TextRate,
    /// National layout, rate, scores and totals as formulas with their results.
    Formula,
    /// Yunnan: operator, value and unit of a target in three columns under one head.
    Yunnan,
    /// Sichuan: its own funding block, reasons beside the rate, cost at level 1.
    Sichuan,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Project {
    pub(crate) department: String,
    pub(crate) written: String,
    pub(crate) unit: String,
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) member: Option<String>,
    pub(crate) look: Look,
    #[serde(default)]
    pub(crate) yuan: bool,
    #[serde(default)]
    pub(crate) older: bool,
    #[serde(default)]
    pub(crate) stacked: bool,
    pub(crate) filed: Option<String>,
    pub(crate) total: String,
    pub(crate) fiscal: Option<String>,
    pub(crate) carryover: Option<String>,
    pub(crate) other: Option<String>,
    pub(crate) goal: String,
    pub(crate) done: String,
    pub(crate) reason: Option<String>,
    pub(crate) execution: Option<String>,
    pub(crate) printed: Option<String>,
    pub(crate) rows: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Evaluation {
    pub(crate) department: String,
    pub(crate) written: String,
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) member: Option<String>,
    #[serde(default)]
    pub(crate) page_break: bool,
    pub(crate) scores: String,
    #[serde(default)]
    pub(crate) reasons: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Whole {
    pub(crate) department: String,
    pub(crate) written: String,
    pub(crate) file: String,
    pub(crate) total: String,
    pub(crate) basic: String,
    pub(crate) goal: String,
    pub(crate) done: String,
    pub(crate) rows: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BudgetKind {
    Functional,
    Project,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Budget {
    pub(crate) department: String,
    pub(crate) written: String,
    pub(crate) file: String,
    pub(crate) member: Option<String>,
    pub(crate) kind: BudgetKind,
    #[serde(default)]
    pub(crate) yuan: bool,
    pub(crate) lines: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Economic {
    pub(crate) department: String,
    pub(crate) written: String,
    pub(crate) file: String,
    #[serde(default)]
    pub(crate) yuan: bool,
    pub(crate) lines: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Listing {
    pub(crate) department: String,
    pub(crate) written: String,
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) total: String,
    /// Budget and outturn in fen, for the truth.
    pub(crate) fen: [i64; 2],
    pub(crate) lines: String,
}

/// One indicator of a self-evaluation.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) level1: String,
    pub(crate) level2: String,
    pub(crate) level3: String,
    pub(crate) target: String,
    pub(crate) actual: String,
    /// Hundredths of a point.
    pub(crate) weight: i64,
    pub(crate) score: Option<i64>,
    pub(crate) reason: String,
}

/// Original budget, revised budget and outturn in fen.
pub(crate) type Money = [i64; 3];

/// Reads the district.
pub(crate) fn district() -> Made<District> {
    let district: District = toml::from_str(include_str!("district.toml"))?;
    let submitters = district.project.iter().map(|one| &one.department);
    let submitters = submitters.chain(district.evaluation.iter().map(|one| &one.department));
    let submitters = submitters.chain(district.whole.iter().map(|one| &one.department));
    let submitters = submitters.chain(district.budget.iter().map(|one| &one.department));
    let submitters = submitters.chain(district.economic.iter().map(|one| &one.department));
    for code in submitters.chain(district.listing.iter().map(|one| &one.department)) {
        if !district.department.iter().any(|one| one.code == *code) {
            return Err(format!("department {code} is not in the register").into());
        }
    }
    Ok(district)
}

/// A decimal as a whole number of `10^-places`.
pub(crate) fn scaled(text: &str, places: usize) -> Made<i64> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if fraction.len() > places {
        return Err(format!("{text}: more than {places} decimals").into());
    }
    Ok(format!("{whole}{fraction:0<places$}").parse()?)
}

/// A whole number of `10^-places` as a decimal without needless zeros.
pub(crate) fn plain(value: i64, places: usize) -> String {
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let fraction = fraction.trim_end_matches('0');
    let sign = if value < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// `a ÷ b` as a whole number of `10^-places`, half-up.
pub(crate) fn ratio(a: i64, b: i64, places: u32) -> Option<i64> {
    let doubled = i128::from(a) * 2 * 10_i128.pow(places) + i128::from(b);
    i64::try_from(doubled.checked_div(i128::from(b) * 2)?).ok()
}

/// Three amounts in 万元.
pub(crate) fn money(text: &str) -> Made<Money> {
    let mut amounts = text.split_whitespace().map(|amount| scaled(amount, 6));
    let mut next = || amounts.next().ok_or_else(|| format!("{text}: three amounts wanted"))?;
    Ok([next()?, next()?, next()?])
}

/// Difference of three amounts.
pub(crate) fn less(mut whole: Money, part: Money) -> Money {
    whole.iter_mut().zip(part).for_each(|(whole, part)| *whole -= part);
    whole
}

/// The cells of lines separated by `|`.
pub(crate) fn cells(lines: &str) -> impl Iterator<Item = Vec<&str>> {
    lines.trim_matches('\n').lines().map(|line| line.split('|').map(str::trim).collect())
}

/// The indicators of a self-evaluation; empty levels continue those above.
pub(crate) fn rows(lines: &str) -> Made<Vec<Row>> {
    let mut rows: Vec<Row> = Vec::new();
    for line in cells(lines) {
        let cell = |at: usize| line.get(at).copied().unwrap_or_default();
        let above = rows.last();
        let level = |at: usize, above: Option<&String>| match cell(at) {
            "" => above.cloned().unwrap_or_default(),
            text => text.to_owned(),
        };
        let weight = scaled(cell(5), 2)?;
        let score = match cell(6) {
            "" => None,
            "=" => Some(weight),
            text => Some(scaled(text, 2)?),
        };
        rows.push(Row {
            level1: level(0, above.map(|row| &row.level1)),
            level2: level(1, above.map(|row| &row.level2)),
            level3: cell(2).to_owned(),
            target: cell(3).to_owned(),
            actual: cell(4).to_owned(),
            weight,
            score,
            reason: cell(7).to_owned(),
        });
    }
    Ok(rows)
}

impl Project {
    /// Total of the funding block.
    pub(crate) fn total(&self) -> Made<Money> {
        money(&self.total)
    }

    /// Score of the execution rate as the form states it, in hundredths: as given, else `min(rate, 1) × 10`.
    pub(crate) fn execution_score(&self) -> Made<Option<i64>> {
        match self.execution.as_deref() {
            Some("") => Ok(None),
            Some(text) => Ok(Some(scaled(text, 2)?)),
            None => Ok(execution_score(self.total()?)),
        }
    }

    /// Sum of the parts as submitted; none where a part is blank.
    pub(crate) fn score(&self) -> Made<Option<i64>> {
        let rows = rows(&self.rows)?;
        let parts = rows.iter().map(|row| row.score).chain([self.execution_score()?]);
        Ok(parts.sum())
    }
}

/// `min(outturn ÷ revised, 1) × 10` in hundredths, half-up.
pub(crate) fn execution_score([_, revised, outturn]: Money) -> Option<i64> {
    ratio(outturn.min(revised), revised, 3)
}

impl Whole {
    /// Sum of the parts.
    pub(crate) fn score(&self) -> Made<Option<i64>> {
        let rows = rows(&self.rows)?;
        Ok(rows.iter().map(|row| row.score).chain([execution_score(money(&self.total)?)]).sum())
    }
}

impl Budget {
    /// The line of a project, if the table has one.
    pub(crate) fn line(&self, project: &str) -> Made<Option<Money>> {
        for line in cells(&self.lines) {
            if let [_, name, original, revised, outturn] = *line.as_slice()
                && name == project
            {
                return money(&format!("{original} {revised} {outturn}")).map(Some);
            }
        }
        Ok(None)
    }
}
