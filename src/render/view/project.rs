//! Projects: what each scores, of which parts, with which money, from which place.

use super::aggregate::ratio;
use super::budget::MoneyLine;
use crate::compute::total::Claims;
use crate::district::{Brought, Bulk, Counted, District};
use crate::form::Source;
use crate::quantity::{Decimal, Money, Points, Text};
use crate::settings::Grade;
use crate::tables::Evaluation;
use std::collections::BTreeMap;

/// Columns of 项目得分 for level-1 indicators at the most; further ones are summed under 其他.
const MOST_PARTS: usize = 7;
/// Level-1 indicators in the order of the national forms.
const LEVEL1_ORDER: [&str; 6] = ["预算执行率", "决策", "过程", "产出", "效益", "满意度"];

/// A part of a project's score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The form has no such part.
    Absent,
    /// A score is due but was not given.
    Missing,
    /// Points.
    Points(Points),
}

/// A project, or a department-wide form that counts as one.
pub(crate) struct Project<'a> {
    /// Its evaluation.
    pub(crate) evaluation: &'a Evaluation,
    /// Its department, if the form names one.
    pub(crate) department: Option<&'a str>,
    /// Its name, if the form is about a project and names it.
    pub(crate) name: Option<&'a str>,
    /// Its parts, in the order of the columns.
    pub(crate) parts: Vec<Part>,
    /// Whether its score is the sum of the parts shown.
    pub(crate) adds_up: bool,
    /// Its score as submitted.
    pub(crate) exact: Option<Points>,
    /// Its score at two places.
    pub(crate) score: Option<Points>,
    /// Its score by the rules, where it differs from the one submitted.
    pub(crate) recomputed: Option<Points>,
    /// Its grade.
    pub(crate) grade: Option<Grade>,
    /// Its rank: 1, 1, 3.
    pub(crate) rank: Option<u32>,
    /// Its budget.
    pub(crate) budget: Option<Money>,
    /// Its outturn.
    pub(crate) outturn: Option<Money>,
    /// Outturn ÷ budget, half-up to 0.01 %.
    pub(crate) rate: Option<Decimal>,
    /// Points claimed, and how far the rules can follow them.
    pub(crate) claims: Claims,
}

/// What the workbooks need of an indicator that has a weight or a score.
pub(crate) struct Scored {
    /// Level 1, canonical.
    pub(crate) level1: Option<Text>,
    /// Level 2 as written.
    pub(crate) level2: Option<Text>,
    /// Weight.
    pub(crate) weight: Option<Points>,
    /// Score.
    pub(crate) score: Option<Points>,
}

/// The indicators of the evaluations that count, by evaluation.
pub(crate) type Scores<'a> = BTreeMap<&'a str, Vec<Scored>>;

/// Goes once through the evaluations that count: their indicators, and the sums of their sources of funds by code, but for
/// the total, in the order in which they are met.
pub(super) fn scores<'a>(district: &'a District, bulk: &Bulk) -> (Scores<'a>, Vec<(Text, MoneyLine)>) {
    let mut scores: Scores<'_> =
        district.evaluations.iter().filter(|e| e.counts).map(|e| (&*e.evaluation_id, Vec::new())).collect();
    let mut funds: Vec<(Text, MoneyLine)> = Vec::new();
    bulk.evaluated(|id, brought| {
        let Some(own) = scores.get_mut(&**id) else { return };
        match brought {
            Brought::Share { level1, level2, weight, score } if weight.is_some() || score.is_some() => {
                own.push(Scored { level1: level1.cloned(), level2: level2.cloned(), weight, score });
            }
            Brought::Fund { source, original_budget, revised_budget, outturn } if **source != *Source::Total.code() => {
                let line = MoneyLine { original: original_budget, revised: revised_budget, outturn };
                match funds.iter_mut().find(|(code, _)| code == source) {
                    Some((_, sum)) => sum.add(line),
                    None => funds.push((source.clone(), line)),
                }
            }
            Brought::Share { .. } | Brought::Fund { .. } => {}
        }
    });
    (scores, funds)
}

/// The columns and the projects in the order of their rank.
pub(super) fn projects<'a>(district: &'a District, rows: &Scores<'a>) -> (Vec<String>, Vec<Project<'a>>) {
    let counting: Vec<&Evaluation> = district.evaluations.iter().filter(|e| e.counts).collect();
    let columns = columns(rows.values().flatten());
    let counted: BTreeMap<&str, &Counted> = district.counted.iter().map(|c| (&*c.evaluation_id, c)).collect();
    let mut projects: Vec<Project<'_>> = counting
        .into_iter()
        .map(|evaluation| {
            let rows = rows.get(&*evaluation.evaluation_id).map_or(&[][..], Vec::as_slice);
            project(district, (evaluation, counted.get(&*evaluation.evaluation_id).copied()), rows, &columns)
        })
        .collect();
    order(&mut projects);
    (columns, projects)
}

fn columns<'r>(rows: impl Iterator<Item = &'r Scored>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unnamed = false;
    for row in rows {
        match row.level1.as_deref() {
            Some(name) if !name.is_empty() => *counts.entry(name).or_default() += 1,
            _ => unnamed = true,
        }
    }
    let known = LEVEL1_ORDER.iter().filter(|name| counts.contains_key(*name)).map(|name| (*name).to_owned());
    let mut others: Vec<(&str, usize)> =
        counts.iter().filter(|(name, _)| !LEVEL1_ORDER.contains(name)).map(|(name, n)| (*name, *n)).collect();
    others.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut columns: Vec<String> = known.chain(others.into_iter().map(|(name, _)| name.to_owned())).collect();
    if unnamed || columns.len() > MOST_PARTS {
        columns.truncate(MOST_PARTS - 1);
        columns.push(super::words::OTHER_PARTS.zh.to_owned());
    }
    columns
}

fn project<'a>(
    district: &District,
    (evaluation, counted): (&'a Evaluation, Option<&Counted>),
    rows: &[Scored],
    columns: &[String],
) -> Project<'a> {
    let (budget, outturn) = counted.map_or((None, None), |counted| (counted.budget, counted.outturn));
    let exact = evaluation.score;
    let score = exact.map(Points::round2);
    let last = columns.len().saturating_sub(1);
    let column_of = |row: &Scored| {
        let name = row.level1.as_deref().unwrap_or_default();
        columns.iter().position(|column| column == name).unwrap_or(last)
    };
    let parts: Vec<Part> = (0..columns.len())
        .map(|column| {
            let mine = rows.iter().filter(|row| column_of(row) == column);
            part(mine.map(|row| row.score), exact.is_some())
        })
        .collect();
    let sum = parts.iter().try_fold((Points::ZERO, false), |(sum, some), part| match part {
        Part::Absent => Some((sum, some)),
        Part::Missing => None,
        Part::Points(points) => sum.checked_add(*points).map(|sum| (sum, true)),
    });
    let adds_up = match (sum, exact) {
        (Some((sum, true)), Some(exact)) => sum == exact,
        (Some((_, false)) | None, None) => true,
        (Some((_, true)), None) | (Some((_, false)) | None, Some(_)) => false,
    };
    Project {
        evaluation,
        department: evaluation.department.as_deref(),
        name: evaluation.project.as_deref(),
        parts,
        adds_up,
        exact,
        score,
        recomputed: evaluation.score_recomputed.filter(|recomputed| Some(*recomputed) != exact && exact.is_some()),
        grade: score.map(|score| district.settings.grade.of(score)),
        rank: None,
        budget,
        outturn,
        rate: budget.zip(outturn).and_then(|(b, o)| ratio(o.fen().into(), b.fen().into(), 4)),
        claims: counted.map(|counted| counted.claims).unwrap_or_default(),
    }
}

/// Where the whole has a score, a blank among the parts was no part (`—`, `/`); where it has none, a blank is why.
fn part(scores: impl Iterator<Item = Option<Points>>, whole_has_score: bool) -> Part {
    let mut sum = None;
    for score in scores {
        match score {
            Some(score) => sum = Some(sum.map_or(Some(score), |s: Points| s.checked_add(score)).unwrap_or(score)),
            None if !whole_has_score => return Part::Missing,
            None => {}
        }
    }
    sum.map_or(Part::Absent, Part::Points)
}

/// By score; within a tie by rate, budget and code, with the same rank. Those without a score last, in the order of files.
fn order(projects: &mut [Project<'_>]) {
    projects.sort_by(|a, b| {
        let key = |p: &Project<'_>| (p.score, p.score.and(p.rate), p.score.and(p.budget));
        key(b).cmp(&key(a)).then_with(|| a.evaluation.department_code.cmp(&b.evaluation.department_code))
    });
    let scores = descending(projects.iter().filter_map(|p| p.score));
    for project in projects.iter_mut() {
        project.rank = project.score.map(|score| rank_of(&scores, &score));
    }
}

/// Values from the greatest to the least, as [`rank_of`] wants them.
pub(super) fn descending<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable_by(|a, b| b.cmp(a));
    values
}

/// Standard competition rank: 1 + how many are greater.
pub(super) fn rank_of<T: Ord>(descending: &[T], value: &T) -> u32 {
    u32::try_from(descending.partition_point(|other| other > value)).map_or(u32::MAX, |n| n + 1)
}
