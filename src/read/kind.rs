//! Which form an area is: a conclusion from evidence, with its confidence.
//!
//! Input → output: [`Features`] and the definitions → [`Verdict`]. `confidence = 1 / (1 + e^−(margin − 0.5))`, where the margin
//! is the distance to the best definition of another kind. Invariant: the title is one evidence among others; below the
//! floor there is no form.

use super::catalog::{Catalog, Definition};
use super::feature::Features;
use crate::form::FormKind;

/// Least evidence for any form.
const FLOOR: f32 = 1.0;

/// What an area is.
#[derive(Debug, Clone)]
pub(super) struct Verdict<'a> {
    /// The definition that fits best.
    pub definition: &'a Definition,
    /// What the title is worth for it.
    pub title: f32,
    /// Its evidence, the title among it.
    pub score: f32,
    /// The kind that came second, with its evidence.
    pub runner_up: Option<(FormKind, f32)>,
}

impl Verdict<'_> {
    /// 0 to 1, from the margin to the runner-up.
    pub(super) fn confidence(&self) -> f32 {
        let margin = self.score - self.runner_up.map_or(0.0, |r| r.1.max(0.0));
        1.0 / (1.0 + (0.5 - margin).exp())
    }
}

/// Judges an area. `evaluation`: whether it can be one; `budget`: whether it can be a budget table.
pub(super) fn judge<'a>(
    catalog: &'a Catalog,
    features: &Features,
    evaluation: bool,
    budget: bool,
) -> Option<Verdict<'a>> {
    let mut best: Option<(&Definition, f32, f32)> = None;
    let mut by_kind: Vec<(FormKind, f32)> = Vec::new();
    let titles = features.title.as_deref().map(|title| catalog.title_scores(title));
    let sheets = catalog.title_scores(&features.sheet);
    let share = if titles.is_some() { 1.0 } else { 2.5 };
    let of = |scores: &[f32], n: usize| scores.get(n).copied().unwrap_or(0.0);
    for (n, definition) in catalog.definitions.iter().enumerate() {
        if if definition.kind.is_evaluation() { !evaluation } else { !budget } {
            continue;
        }
        let evidence: f32 =
            definition.weights().iter().filter(|(key, _)| features.holds(key)).map(|(_, weight)| weight).sum();
        let title = titles.as_deref().map_or(0.0, |scores| of(scores, n));
        let score = evidence + title + of(&sheets, n) / 3.0 * share;
        match by_kind.iter_mut().find(|(kind, _)| *kind == definition.kind) {
            Some((_, s)) => *s = s.max(score),
            None => by_kind.push((definition.kind, score)),
        }
        if best.is_none_or(|(.., s)| score > s + 1e-6) {
            best = Some((definition, title, score));
        }
    }
    let (definition, title, score) = best.filter(|(.., s)| *s >= FLOOR)?;
    let runner_up = by_kind.into_iter().filter(|(kind, _)| *kind != definition.kind).fold(
        None,
        |best: Option<(FormKind, f32)>, one| if best.is_none_or(|b| one.1 > b.1) { Some(one) } else { best },
    );
    Some(Verdict { definition, title, score, runner_up })
}
