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
    let names = Names::of(directory, cases);
    let mut board = Board { directory, names: &names, entrants: Vec::new() };
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
        let Some(name) = name.or(directory.get(department).map(|d| &d.name)) else { continue };
        let subject = Subject { kind: "project", id: &case.evaluation_id, name, department };
        let scores = Scores { score: e.score, recomputed: e.score_recomputed, review: e.review_score };
        board.scores(&subject, scores, e.execution_rate);
        for level in &e.levels {
            board.level(&subject, &level.name, share(level));
        }
    }
    for (department, (known, figures)) in directory.departments().iter().zip(figures).enumerate() {
        let subject = Subject { kind: "department", id: subject_id(known), name: &known.name, department };
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

struct Subject<'a> {
    kind: &'static str,
    id: &'a Text,
    name: &'a Text,
    department: DepartmentId,
}

/// Scopes and metrics, each spelled once.
struct Names {
    district: Text,
    /// By category.
    categories: BTreeMap<Text, Text>,
    scores: [Text; 3],
    rate: Text,
    /// By level.
    levels: BTreeMap<Text, Text>,
}

impl Names {
    fn of(directory: &Directory, cases: &[Case<'_>]) -> Self {
        let categories = directory.departments().iter().filter_map(|department| department.category.as_ref());
        let evaluated = cases.iter().filter_map(|case| case.draft.evaluated.as_ref());
        let mut levels: BTreeMap<Text, Text> = BTreeMap::new();
        for level in evaluated.flat_map(|evaluated| &evaluated.levels) {
            if !levels.contains_key(&level.name) {
                levels.insert(level.name.clone(), format!("level1:{}", level.name).into());
            }
        }
        Self {
            district: "district".into(),
            categories: categories.map(|name| (name.clone(), format!("category:{name}").into())).collect(),
            scores: ["score", "score_recomputed", "review_score"].map(Text::from),
            rate: "execution_rate".into(),
            levels,
        }
    }
}

struct Board<'a> {
    directory: &'a Directory,
    names: &'a Names,
    entrants: Vec<Entrant<'a>>,
}

impl<'a> Board<'a> {
    fn scores(&mut self, subject: &Subject<'a>, scores: Scores, rate: Option<Decimal>) {
        for (metric, points) in self.names.scores.iter().zip([scores.score, scores.recomputed, scores.review]) {
            self.enter(subject, metric, points.map(Points::decimal), Ties::Score);
        }
        self.enter(subject, &self.names.rate, rate, Ties::Rate);
    }

    fn level(&mut self, subject: &Subject<'a>, name: &Text, value: Option<Decimal>) {
        if let Some(metric) = self.names.levels.get(name) {
            self.enter(subject, metric, value, Ties::Rate);
        }
    }

    /// In the district, and in the category of its department. Without a value it takes no part.
    fn enter(&mut self, subject: &Subject<'a>, metric: &'a Text, value: Option<Decimal>, ties: Ties) {
        let Some(value) = value else { return };
        let category = self.directory.get(subject.department).and_then(|d| d.category.as_ref());
        let scopes = [Some(&self.names.district), category.and_then(|name| self.names.categories.get(name))];
        self.entrants.extend(scopes.into_iter().flatten().map(|scope| Entrant {
            scope,
            kind: subject.kind,
            id: subject.id,
            subject: subject.name,
            metric,
            value,
            ties,
        }));
    }
}
