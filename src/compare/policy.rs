//! Settings and rules that differ, and what they did.

use super::department::DepartmentChange;
use super::run::Run;
use crate::compute::execution::execution_score;
use crate::quantity::Points;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a setting decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Scores of departments: so many of the earlier run would have another one.
    DepartmentScores(usize),
    /// Grades: so many projects and departments of the earlier run would have another one.
    Grades(usize),
    /// Scores of the execution rate: so many evaluations of the earlier run would have another one.
    ExecutionScores(usize),
    /// What is found.
    Findings,
    /// What is read.
    Reading,
    /// Titles, language and look.
    Look,
    /// The year and the date of data.
    Period,
    /// The program itself.
    Program,
}

/// A setting that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyChange {
    /// Its path, `grade.excellent`; `rule S01` for a rule, `version` for the program.
    pub name: String,
    /// In the earlier run; empty where it was not there.
    pub before: String,
    /// In the later run.
    pub after: String,
    /// What it did.
    pub effect: Effect,
}

pub(super) fn policies(before: &Run, after: &Run, departments: &[DepartmentChange]) -> Vec<PolicyChange> {
    let (mut old, mut new) = (flat(before), flat(after));
    let rules = |run: &Run| -> Vec<(String, String)> {
        run.rules.iter().map(|(code, version)| (format!("rule {code}"), format!("v{version}"))).collect()
    };
    old.extend(rules(before));
    new.extend(rules(after));
    old.insert("version".to_owned(), before.version.clone());
    new.insert("version".to_owned(), after.version.clone());
    let effects = Effects::new(before, after, departments);
    let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differing = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
    let mut changes: Vec<PolicyChange> = differing
        .map(|name| PolicyChange {
            name: name.clone(),
            before: old.get(name).cloned().unwrap_or_default(),
            after: new.get(name).cloned().unwrap_or_default(),
            effect: effects.of(name),
        })
        .collect();
    changes.sort_by(|a, b| order(a.effect).cmp(&order(b.effect)).then_with(|| a.name.cmp(&b.name)));
    changes
}

/// What moves scores first.
fn order(effect: Effect) -> u8 {
    match effect {
        Effect::DepartmentScores(_) => 0,
        Effect::Grades(_) => 1,
        Effect::ExecutionScores(_) => 2,
        Effect::Findings => 3,
        Effect::Reading => 4,
        Effect::Period => 5,
        Effect::Look => 6,
        Effect::Program => 7,
    }
}

struct Effects {
    departments: usize,
    grades: usize,
    execution: usize,
}

impl Effects {
    fn new(before: &Run, after: &Run, departments: &[DepartmentChange]) -> Self {
        let moved = departments.iter().filter(|d| d.states.method().is_some_and(|points| points != Points::ZERO));
        let (old, new) = (&before.settings.grade, &after.settings.grade);
        let regraded = |score: &Points| old.of(*score) != new.of(*score);
        let projects = before.counted().filter_map(|(_, e)| e.score).filter(regraded).count();
        let regraded = before.departments.iter().filter_map(|d| d.score).filter(regraded).count() + projects;
        let (old, new) = (&before.settings.scoring.execution, &after.settings.scoring.execution);
        let rescored = before.counted().filter(|(_, e)| {
            let (Some(rate), Some(weight)) = (e.execution_rate, e.execution_weight) else { return false };
            execution_score(rate, weight, old) != execution_score(rate, weight, new)
        });
        Self { departments: moved.count(), grades: regraded, execution: rescored.count() }
    }

    fn of(&self, name: &str) -> Effect {
        match name.split(['.', ' ']).next().unwrap_or_default() {
            "department" => Effect::DepartmentScores(self.departments),
            "grade" => Effect::Grades(self.grades),
            "scoring" => Effect::ExecutionScores(self.execution),
            "limits" => Effect::Reading,
            "lang" | "look" => Effect::Look,
            "district" => Effect::Period,
            "version" => Effect::Program,
            _ => Effect::Findings,
        }
    }
}

/// Settings as paths and plain text.
fn flat(run: &Run) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    // Settings are plain data, which always has a form in JSON.
    if let Ok(value) = serde_json::to_value(&run.settings) {
        flatten("", &value, &mut out);
    }
    out
}

fn flatten(path: &str, value: &Value, out: &mut BTreeMap<String, String>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                flatten(&below(name), value, out);
            }
        }
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            out.insert(path.to_owned(), items.join(", "));
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                flatten(&below(&(i + 1).to_string()), item, out);
            }
        }
        Value::String(text) => drop(out.insert(path.to_owned(), text.clone())),
        Value::Null => drop(out.insert(path.to_owned(), String::new())),
        Value::Bool(_) | Value::Number(_) => drop(out.insert(path.to_owned(), value.to_string())),
    }
}
