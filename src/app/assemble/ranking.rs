//! Who takes part in which ranking: the projects that count and all departments, in the district and in their category.

use super::case::Case;
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
    let mut board = Board { directory, entrants: Vec::new(), texts: BTreeMap::new() };
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
        if case.draft.kind.project_order().is_none() {
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
    /// Scopes and metrics, each once, by the prefix and the name that they are made of.
    texts: BTreeMap<(&'static str, Text), Text>,
}

impl Board<'_> {
    fn text(&mut self, prefix: &'static str, name: &Text) -> Text {
        let made = self.texts.entry((prefix, name.clone()));
        made.or_insert_with(|| format!("{prefix}{name}").into()).clone()
    }

    fn scores(&mut self, subject: &Subject, scores: Scores, rate: Option<Decimal>) {
        let points = |p: Option<Points>| p.map(Points::decimal);
        let none = Text::default();
        for (metric, value, ties) in [
            ("score", points(scores.score), Ties::Score),
            ("score_recomputed", points(scores.recomputed), Ties::Score),
            ("review_score", points(scores.review), Ties::Score),
            ("execution_rate", rate, Ties::Rate),
        ] {
            let metric = self.text(metric, &none);
            self.enter(subject, metric, value, ties);
        }
    }

    fn level(&mut self, subject: &Subject, name: &Text, value: Option<Decimal>) {
        let metric = self.text("level1:", name);
        self.enter(subject, metric, value, Ties::Rate);
    }

    /// In the district, and in the category of its department. Without a value it takes no part.
    fn enter(&mut self, subject: &Subject, metric: Text, value: Option<Decimal>, ties: Ties) {
        let Some(value) = value else { return };
        let category = self.directory.get(subject.department).and_then(|d| d.category.clone());
        let scopes =
            [Some(self.text("district", &Text::default())), category.map(|name| self.text("category:", &name))];
        for scope in scopes.into_iter().flatten() {
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
