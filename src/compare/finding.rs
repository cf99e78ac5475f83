//! Open findings: solved, still there, new.
//!
//! One and the same where the rule is, and the place (file, sheet, cell), or, in another year's files, the rule, the
//! department, the project and the cell. Each finding of one run answers at most one of the other.

use super::organisation::Transitions;
use super::run::{Run, spelling};
use crate::tables::FindingRow;
use std::collections::{BTreeMap, HashMap};

/// What became of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Open in the later run only.
    New,
    /// Open in both.
    Still,
    /// Open in the earlier run only.
    Solved,
}

/// A finding in both runs; positions are those of the runs' findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingChange {
    /// What became of it.
    pub outcome: Outcome,
    /// In the earlier run.
    pub before: Option<usize>,
    /// In the later run.
    pub after: Option<usize>,
    /// The later department that it stands with, by position; the earlier one's successor where it is solved.
    pub department: Option<usize>,
}

type Key = [Option<String>; 5];

/// All open findings of severity error and warning.
pub(super) fn findings(before: &Run, after: &Run, transitions: &Transitions) -> Vec<FindingChange> {
    let successor = |name: &str| {
        let from = before.department(name)?;
        transitions.of(from).next().map(|part| part.to)
    };
    let home = |run: &Run, row: &FindingRow, is_before: bool| {
        let name = row.department.as_deref()?;
        if is_before { successor(name) } else { run.department(name) }
    };
    let (old, new) = (Places::of(before), Places::of(after));
    let open = |run: &Run| -> Vec<usize> {
        let rows = run.findings.iter().enumerate();
        rows.filter(|(_, row)| &*row.status == "open" && &*row.severity != "info").map(|(i, _)| i).collect()
    };
    let mut left = open(before);
    let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
    for pass in 0..2 {
        let mut waiting: HashMap<Key, Vec<usize>> = HashMap::new();
        for &i in left.iter().rev() {
            let Some(row) = before.findings.get(i) else { continue };
            waiting.entry(old.key(row, pass, home(before, row, true))).or_default().push(i);
        }
        for j in open(after) {
            let Some(row) = after.findings.get(j).filter(|_| !pairs.contains_key(&j)) else { continue };
            let key = new.key(row, pass, home(after, row, false));
            if let Some(i) = waiting.get_mut(&key).and_then(Vec::pop) {
                pairs.insert(j, i);
            }
        }
        let matched: std::collections::BTreeSet<usize> = pairs.values().copied().collect();
        left.retain(|i| !matched.contains(i));
    }
    let later = open(after).into_iter().map(|j| {
        let before = pairs.get(&j).copied();
        let outcome = if before.is_some() { Outcome::Still } else { Outcome::New };
        let department = after.findings.get(j).and_then(|row| home(after, row, false));
        FindingChange { outcome, before, after: Some(j), department }
    });
    let solved = left.iter().map(|&i| {
        let department = before.findings.get(i).and_then(|row| home(before, row, true));
        FindingChange { outcome: Outcome::Solved, before: Some(i), after: None, department }
    });
    later.chain(solved).collect()
}

/// Where the findings of a run stand.
struct Places<'a> {
    files: HashMap<u32, String>,
    projects: HashMap<&'a str, String>,
}

impl<'a> Places<'a> {
    fn of(run: &'a Run) -> Self {
        let file = |row: &crate::tables::Submission| {
            (row.file_id, format!("{}\0{}", row.path, row.member.as_deref().unwrap_or_default()))
        };
        let project = |e: &'a crate::tables::Evaluation| {
            Some((&*e.evaluation_id, e.project_code.clone().or_else(|| e.project.clone()).map(|name| spelling(&name))?))
        };
        Self {
            files: run.submissions.iter().map(file).collect(),
            projects: run.evaluations.iter().filter_map(project).collect(),
        }
    }

    fn key(&self, row: &FindingRow, pass: u8, home: Option<usize>) -> Key {
        let text = |value: &Option<crate::quantity::Text>| value.as_deref().map(str::to_owned);
        let rule = Some(row.rule.to_string());
        let project = || row.evaluation_id.as_deref().and_then(|id| self.projects.get(id).cloned());
        match pass {
            0 => [
                rule,
                row.file_id.and_then(|id| self.files.get(&id).cloned()),
                text(&row.sheet),
                text(&row.cell),
                text(&row.department),
            ],
            _ => [rule, home.map(|id| id.to_string()), project(), text(&row.cell), None],
        }
    }
}
