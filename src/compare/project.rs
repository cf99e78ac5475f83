//! Projects matched: within the department's successors by code, then by name, then by name without its year; at last by a
//! code that only one project on each side has.

use super::organisation::Transitions;
use super::run::{Run, spelling};
use crate::quantity::{Points, Text};
use crate::rank::{Entrant, Ties, rank};
use crate::tables::Evaluation;
use polars::error::PolarsResult;
use std::collections::BTreeMap;

/// What became of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProjectFate {
    /// In both runs.
    Same,
    /// In both, with another name.
    Renamed,
    /// In both, under a department that does not succeed the former one.
    Moved,
    /// Only in the later run.
    New,
    /// Only in the earlier run.
    Gone,
}

/// A project in both runs; positions are those of the runs' evaluations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProjectChange {
    /// What became of it.
    pub fate: ProjectFate,
    /// The evaluation that counted in the earlier run.
    pub before: Option<usize>,
    /// The evaluation that counts in the later run.
    pub after: Option<usize>,
    /// Its place by score among all projects of the earlier run.
    pub rank_before: Option<u32>,
    /// The same in the later run.
    pub rank_after: Option<u32>,
}

/// By what a project is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Code(String),
    Name(String),
    Yearless(String),
}

fn keys(e: &Evaluation) -> Vec<Key> {
    let Some(name) = &e.project else {
        // Without a name it is what its form is about: the department, or its only project.
        return vec![Key::Name(format!("\0{}", e.form))];
    };
    let name = spelling(name);
    let yearless = yearless(&name);
    let code = e.project_code.as_ref().map(|code| Key::Code(code.to_string()));
    code.into_iter().chain([Key::Name(name), Key::Yearless(yearless)]).collect()
}

/// The name without years such as 2021年 and 2021年度.
fn yearless(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find("年") {
        let (before, after) = rest.split_at(at);
        let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
        let kept = before.len() - digits;
        if digits == 4 {
            out.push_str(before.get(..kept).unwrap_or(before));
            let after = after.strip_prefix("年度").or_else(|| after.strip_prefix("年"));
            rest = after.unwrap_or_default();
        } else {
            out.push_str(before);
            out.push('年');
            rest = after.strip_prefix("年").unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// All projects: those of the later run in its order, then those that are gone.
pub(super) fn projects(before: &Run, after: &Run, transitions: &Transitions) -> PolarsResult<Vec<ProjectChange>> {
    let mut open: BTreeMap<(usize, Key), Vec<usize>> = BTreeMap::new();
    let mut by_code: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, e) in after.counted() {
        if let Some(department) = department(after, e) {
            for key in keys(e) {
                open.entry((department, key)).or_default().push(i);
            }
        }
        if let Some(code) = &e.project_code {
            by_code.entry(code).or_default().push(i);
        }
    }
    let mut codes_before: BTreeMap<&str, u32> = BTreeMap::new();
    for code in before.counted().filter_map(|(_, e)| e.project_code.as_deref()) {
        *codes_before.entry(code).or_default() += 1;
    }
    // Each kind of key over all projects before the next: a code is never lost to a likeness of names.
    let mut matched: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    let mut taken: Vec<bool> = vec![false; after.evaluations.len()];
    let is_free = |taken: &[bool], i: usize| taken.get(i) == Some(&false);
    for pass in 0..3 {
        for (i, e) in before.counted().filter(|(i, _)| !matched.contains_key(i)).collect::<Vec<_>>() {
            let Some(from) = department(before, e) else { continue };
            let Some(key) = keys(e).into_iter().find(|key| pass_of(key) == pass) else { continue };
            let found = transitions
                .of(from)
                .find_map(|part| open.get(&(part.to, key.clone()))?.iter().copied().find(|&i| is_free(&taken, i)));
            if let Some(j) = found {
                matched.insert(i, (j, false));
                if let Some(slot) = taken.get_mut(j) {
                    *slot = true;
                }
            }
        }
    }
    for (i, e) in before.counted().filter(|(i, _)| !matched.contains_key(i)).collect::<Vec<_>>() {
        let Some(code) = e.project_code.as_deref().filter(|code| codes_before.get(code) == Some(&1)) else { continue };
        if let Some([j]) = by_code.get(code).map(Vec::as_slice)
            && is_free(&taken, *j)
        {
            matched.insert(i, (*j, true));
            if let Some(slot) = taken.get_mut(*j) {
                *slot = true;
            }
        }
    }
    let mut into: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    for (&i, &(j, moved)) in &matched {
        into.insert(j, (i, moved));
    }
    let (ranks_before, ranks_after) = (ranks(before)?, ranks(after)?);
    let change = |before: Option<usize>, after: Option<usize>, fate| ProjectChange {
        fate,
        before,
        after,
        rank_before: before.and_then(|i| ranks_before.get(&i).copied()),
        rank_after: after.and_then(|i| ranks_after.get(&i).copied()),
    };
    let later = after.counted().map(|(j, e)| match into.get(&j) {
        None => change(None, Some(j), ProjectFate::New),
        Some(&(i, true)) => change(Some(i), Some(j), ProjectFate::Moved),
        Some(&(i, false)) => {
            let name = |e: &Evaluation| e.project.as_ref().map(|name| spelling(name));
            let same = before.evaluations.get(i).map(name) == Some(name(e));
            change(Some(i), Some(j), if same { ProjectFate::Same } else { ProjectFate::Renamed })
        }
    });
    let gone = before.counted().filter(|(i, _)| !matched.contains_key(i));
    Ok(later.chain(gone.map(|(i, _)| change(Some(i), None, ProjectFate::Gone))).collect())
}

fn pass_of(key: &Key) -> u8 {
    match key {
        Key::Code(_) => 0,
        Key::Name(_) => 1,
        Key::Yearless(_) => 2,
    }
}

pub(super) fn department(run: &Run, e: &Evaluation) -> Option<usize> {
    run.department(e.department.as_deref()?)
}

fn ranks(run: &Run) -> PolarsResult<BTreeMap<usize, u32>> {
    places(run.counted().filter_map(|(i, e)| Some((i, e.score?))))
}

/// Places by score, as all rankings give them.
pub(super) fn places(scores: impl Iterator<Item = (usize, Points)>) -> PolarsResult<BTreeMap<usize, u32>> {
    let (scope, metric, subject) = (Text::from("district"), Text::from("score"), Text::default());
    let scores: Vec<(Text, Points)> = scores.map(|(i, score)| (i.to_string().into(), score)).collect();
    let entrants = scores.iter().map(|(id, score)| Entrant {
        scope: &scope,
        kind: "subject",
        id,
        subject: &subject,
        metric: &metric,
        value: score.decimal(),
        ties: Ties::Score,
    });
    let rows = rank(entrants.collect())?;
    Ok(rows.into_iter().filter_map(|row| Some((row.subject_id.parse().ok()?, row.rank))).collect())
}

#[cfg(test)]
mod tests {
    use super::yearless;

    #[test]
    fn a_year_is_no_part_of_a_name() {
        assert_eq!(yearless("2021年度养老服务"), "养老服务");
        assert_eq!(yearless("养老服务2022年"), "养老服务");
        assert_eq!(yearless("十四五年计划99年"), "十四五年计划99年");
    }
}
