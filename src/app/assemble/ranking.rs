//! Who takes part in which ranking: the projects that count and all departments, in the district and in their category.

use super::case::Case;
use super::count::project_order;
use super::department::subject_id;
use crate::app::Refused;
use crate::compute::department::{Figures, Scores};
use crate::compute::total::LevelSum;
use crate::normal::names::{DepartmentId, Directory};
use crate::quantity::{Decimal, Points, Text};
use crate::rank::{Entrant, Ties, rank};
use crate::tables::Ranking;
use std::collections::BTreeMap;

/// Rows of `rankings`.
pub(super) fn rankings(
    directory: &Directory,
    cases: &[Case<'_>],
    figures: &[Figures],
) -> Result<Vec<Ranking>, Refused> {
    let mut board = Board { directory, entrants: Vec::new() };
    let mut levels: BTreeMap<(DepartmentId, &Text), (Points, Points)> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.counts) {
        let (Some(department), Some(e)) = (case.department, &case.draft.evaluated) else { continue };
        for level in &e.levels {
            if let Some((score, weight)) = level.score.zip(level.weight) {
                let sum = levels.entry((department, &level.name)).or_default();
                if let Some(both) = sum.0.checked_add(score).zip(sum.1.checked_add(weight)) {
                    *sum = both;
                }
            }
        }
        if project_order(case.draft.kind).is_none() {
            continue;
        }
        let name = case.draft.project.as_ref().map(|p| &p.name);
        let Some(subject) = name.or(directory.get(department).map(|d| &d.name)) else { continue };
        let subject = Subject { kind: "project", id: case.evaluation_id.clone(), name: subject.clone(), department };
        let scores = Scores { score: e.score, recomputed: e.score_recomputed, review: e.review_score };
        board.scores(&subject, scores, e.execution_rate);
        for level in &e.levels {
            board.level(&subject, &level.name, share(level));
        }
    }
    for (department, (known, figures)) in directory.departments().iter().zip(figures).enumerate() {
        let subject = Subject { kind: "department", id: subject_id(known), name: known.name.clone(), department };
        board.scores(&subject, figures.scores, figures.rate);
        for ((_, name), &(score, weight)) in
            levels.range((department, &Text::from(""))..).take_while(|((d, _), _)| *d == department)
        {
            board.level(&subject, name, score.decimal().div(weight.decimal(), 12));
        }
    }
    Ok(rank(board.entrants)?)
}

/// Σ score ÷ Σ weight, twelve places, half-up.
fn share(level: &LevelSum) -> Option<Decimal> {
    level.score?.decimal().div(level.weight?.decimal(), 12)
}

struct Subject {
    kind: &'static str,
    id: Text,
    name: Text,
    department: DepartmentId,
}

struct Board<'a> {
    directory: &'a Directory,
    entrants: Vec<Entrant>,
}

impl Board<'_> {
    fn scores(&mut self, subject: &Subject, scores: Scores, rate: Option<Decimal>) {
        let points = |p: Option<Points>| p.map(Points::decimal);
        self.enter(subject, "score".into(), points(scores.score), Ties::Score);
        self.enter(subject, "score_recomputed".into(), points(scores.recomputed), Ties::Score);
        self.enter(subject, "review_score".into(), points(scores.review), Ties::Score);
        self.enter(subject, "execution_rate".into(), rate, Ties::Rate);
    }

    fn level(&mut self, subject: &Subject, name: &Text, value: Option<Decimal>) {
        self.enter(subject, format!("level1:{name}").into(), value, Ties::Rate);
    }

    /// In the district, and in the category of its department. Without a value it takes no part.
    fn enter(&mut self, subject: &Subject, metric: Text, value: Option<Decimal>, ties: Ties) {
        let Some(value) = value else { return };
        let category = self.directory.get(subject.department).and_then(|d| d.category.as_ref());
        let scopes = std::iter::once(Text::from("district")).chain(category.map(|c| format!("category:{c}").into()));
        for scope in scopes {
            self.entrants.push(Entrant {
                scope,
                kind: subject.kind,
                id: subject.id.clone(),
                subject: subject.name.clone(),
                metric: metric.clone(),
                value,
                ties,
            });
        }
    }
}
