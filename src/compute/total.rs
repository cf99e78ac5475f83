//! The sums of a form: its weights, its score, and the share of each level-1 indicator.

use crate::form::{Field, FieldExt as _, Form, FundingRow, Indicator, Source};
use crate::quantity::{Entry, Points, Text};
use serde::{Deserialize, Serialize};

/// Level-1 name of the execution-rate line.
pub const EXECUTION_LEVEL: &str = "预算执行率";

/// A part of a form's score: an indicator, or the execution rate scored in the funding block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part<'a> {
    /// Canonical name of its level 1.
    pub level1: Option<&'a Text>,
    /// Whether it is the execution rate.
    pub execution: bool,
    /// Its weight.
    pub weight: Option<Points>,
    /// Its score.
    pub score: Entry<Points>,
    /// The second score by the finance bureau.
    pub review_score: Entry<Points>,
}

/// The total row of the funding block: 年度资金总额; the only row where there is just one.
pub fn total_row(form: &Form) -> Option<&FundingRow> {
    let total = form.funding.iter().find(|row| row.source == Source::Total);
    match (total, form.funding.as_slice()) {
        (None, [only]) => Some(only),
        (total, _) => total,
    }
}

/// The execution rate as a part, where the funding block scores it and no indicator line does.
pub fn scored_in_funding(form: &Form) -> Option<&FundingRow> {
    if form.indicators.iter().any(|i| i.execution_line) {
        return None;
    }
    total_row(form).filter(|row| row.weight.get().is_some() || row.score.get().is_some())
}

/// The parts in the order of the form. A part is what carries a weight or a score; `—` and `/` are no parts.
pub fn parts(form: &Form) -> impl Iterator<Item = Part<'_>> {
    let funding = scored_in_funding(form).map(funding_part);
    funding.into_iter().chain(form.indicators.iter().map(part)).filter(move |p| is_part(p, form.has_weight))
}

fn funding_part(row: &FundingRow) -> Part<'_> {
    Part {
        level1: None,
        execution: true,
        weight: row.weight.get().copied(),
        score: entry(row.score.as_ref()),
        review_score: Entry::Blank,
    }
}

fn part(indicator: &Indicator) -> Part<'_> {
    Part {
        level1: indicator.level1.as_ref().map(|level| &level.name),
        execution: indicator.execution_line,
        weight: indicator.weight.get().copied(),
        score: entry(indicator.score.as_ref()),
        review_score: entry(indicator.review_score.as_ref()),
    }
}

fn entry(field: Option<&Field<Points>>) -> Entry<Points> {
    field.map_or(Entry::Blank, |f| f.entry)
}

/// A blank score counts as a missing part only where a weight says that one is due, or where the form has no weights.
fn is_part(part: &Part<'_>, has_weight: bool) -> bool {
    match part.score {
        Entry::Given(_) | Entry::Unreadable => true,
        Entry::NotApplicable => false,
        Entry::Blank => part.weight.map_or(!has_weight, |w| w != Points::ZERO),
    }
}

/// Score by the scoring rules = Σ parts, each by `recomputed` (in the order of the form's indicators) or, for the execution
/// rate scored in the funding block, by `execution`; the submitted part where the rules give none. `None`: as for [`score`].
pub fn score_recomputed(form: &Form, recomputed: &[Option<Points>], execution: Option<Points>) -> Option<Points> {
    if !form.has_score {
        return None;
    }
    let by_rule = |entry: Entry<Points>, rule: Option<Points>| rule.map_or(entry, Entry::Given);
    let funding = scored_in_funding(form).map(|row| (funding_part(row), execution));
    let indicators = form.indicators.iter().map(part).zip(recomputed.iter().copied());
    let parts = funding.into_iter().chain(indicators).filter(|(p, _)| is_part(p, form.has_weight));
    sum_of(parts.map(|(p, rule)| by_rule(p.score, rule)))
}

/// Points claimed, and how far the scoring rules can follow them: what is claimed is what can be derived and what cannot be
/// compared. Parts without a score claim nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Claims {
    /// Submitted scores of parts whose score follows by a rule from target and actual, or from the execution.
    pub derivable: Points,
    /// What the rules give for these.
    pub derived: Points,
    /// Submitted scores of the other parts.
    pub not_comparable: Points,
}

impl Claims {
    /// Both together. `None`: too large.
    pub fn and(self, other: Self) -> Option<Self> {
        Some(Self {
            derivable: self.derivable.checked_add(other.derivable)?,
            derived: self.derived.checked_add(other.derived)?,
            not_comparable: self.not_comparable.checked_add(other.not_comparable)?,
        })
    }
}

/// What a form claims; `by_rule` in the order of its indicators, `execution` for the execution rate scored in the funding
/// block: the score that a rule gives, where one does. `None`: the form has no scores.
pub fn claims(form: &Form, by_rule: &[Option<Points>], execution: Option<Points>) -> Option<Claims> {
    if !form.has_score {
        return None;
    }
    let funding = scored_in_funding(form).map(|row| (funding_part(row), execution));
    let indicators = form.indicators.iter().map(part).zip(by_rule.iter().copied());
    let parts = funding.into_iter().chain(indicators).filter(|(p, _)| is_part(p, form.has_weight));
    let one = |(part, rule): (Part<'_>, Option<Points>)| match (part.score, rule) {
        (Entry::Given(score), Some(derived)) => Claims { derivable: score, derived, ..Claims::default() },
        (Entry::Given(score), None) => Claims { not_comparable: score, ..Claims::default() },
        (Entry::Blank | Entry::NotApplicable | Entry::Unreadable, _) => Claims::default(),
    };
    parts.map(one).try_fold(Claims::default(), Claims::and)
}

/// Σ weights of all parts. `None`: no part has one.
pub fn weight_total(form: &Form) -> Option<Points> {
    let mut weights = parts(form).filter_map(|p| p.weight).peekable();
    weights.peek()?;
    Points::sum(weights)
}

/// Score = Σ parts as submitted, the execution rate among them. `None`: a part is blank or unreadable, or there is none.
pub fn score(form: &Form) -> Option<Points> {
    if !form.has_score {
        return None;
    }
    sum_of(parts(form).map(|p| p.score))
}

/// The second score: as printed in the total row, else Σ parts where each has one.
pub fn review_score(form: &Form) -> Option<Points> {
    form.totals.review_score.get().copied().or_else(|| {
        let parts: Vec<_> = parts(form).filter(|p| !p.execution || p.review_score != Entry::Blank).collect();
        sum_of(parts.iter().map(|p| p.review_score))
    })
}

/// Sum of entries that all must be given. `None`: one is missing, or there is none at all.
fn sum_of(entries: impl Iterator<Item = Entry<Points>>) -> Option<Points> {
    let mut sum = None;
    for entry in entries {
        match entry {
            Entry::Given(points) => sum = Some(sum.unwrap_or(Points::ZERO).checked_add(points)?),
            Entry::NotApplicable => {}
            Entry::Blank | Entry::Unreadable => return None,
        }
    }
    sum
}

/// What a level-1 indicator of a form adds up to; compared between forms as Σ score ÷ Σ weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelSum {
    /// Canonical name.
    pub name: Text,
    /// Σ scores of its parts; `None`: one is blank or unreadable.
    pub score: Option<Points>,
    /// Σ weights of its parts; `None`: one has none.
    pub weight: Option<Points>,
}

/// The level-1 indicators of a form in the order of the form.
pub fn level_sums(form: &Form) -> Vec<LevelSum> {
    let mut sums: Vec<LevelSum> = Vec::new();
    if !form.has_score {
        return sums;
    }
    let execution = Text::from(EXECUTION_LEVEL);
    for part in parts(form) {
        let Some(name) = (if part.execution { Some(&execution) } else { part.level1 }) else { continue };
        let add = |sum: Option<Points>, more: Option<Points>| sum?.checked_add(more?);
        let score = part.score.given().copied();
        match sums.iter_mut().find(|s| s.name == *name) {
            Some(sum) => {
                sum.score = add(sum.score, score);
                sum.weight = add(sum.weight, part.weight);
            }
            None => sums.push(LevelSum { name: name.clone(), score, weight: part.weight }),
        }
    }
    sums
}
