//! How firm each place is: gaps to the neighbours, ranks unrounded and recomputed, best and worst rank.

use super::View;
use super::aggregate::as_points;
use super::department::Place;
use super::numbers::points;
use super::project::{descending, rank_of};
use crate::quantity::{Decimal, Points};
use crate::render::words;
use crate::settings::DepartmentMethod;

/// A gap to the one before that a small correction could close, in ten-thousandths of a point.
const CLOSE: i64 = 1_500;

/// A department with a score, and what its place hangs on.
pub(crate) struct Standing<'v, 'a> {
    /// The department.
    pub(crate) place: &'v Place<'a>,
    /// Its score.
    pub(crate) score: Points,
    /// Its unrounded score.
    pub(crate) unrounded: Decimal,
    /// Rank by the unrounded score.
    pub(crate) unrounded_rank: u32,
    /// Its score with all projects recomputed by the rules.
    pub(crate) recomputed: Points,
    /// Rank by it, all departments recomputed.
    pub(crate) recomputed_rank: u32,
    /// Best rank: this one by its higher score, the others by their lower ones.
    pub(crate) best: u32,
    /// Worst rank: the other way round, ties counted against it.
    pub(crate) worst: u32,
    /// What to say about it.
    pub(crate) said: String,
}

/// The recomputed score of a department by the configured method.
fn recomputed(view: &View<'_>, place: &Place<'_>, score: Points) -> Points {
    let value = match view.method() {
        DepartmentMethod::Weighted if place.is_live => place.sum.weighted_recomputed(),
        DepartmentMethod::Mean if place.is_live => place.sum.mean_recomputed(),
        DepartmentMethod::Weighted | DepartmentMethod::Mean | DepartmentMethod::Whole | DepartmentMethod::Mixed => None,
    };
    as_points(value).unwrap_or(score)
}

/// All departments with a score, in the order of the ranking.
pub(crate) fn stability<'v, 'a>(view: &'v View<'a>) -> Vec<Standing<'v, 'a>> {
    let ranked: Vec<(&Place<'a>, Points, Points, Decimal)> = view
        .departments
        .iter()
        .filter_map(|place| place.score.map(|score| (place, score)))
        .map(|(place, score)| {
            let unrounded = place.unrounded.unwrap_or_else(|| score.decimal());
            (place, score, recomputed(view, place, score), unrounded)
        })
        .collect();
    let all_unrounded = descending(ranked.iter().map(|row| row.3));
    let all_recomputed = descending(ranked.iter().map(|row| row.2));
    let count = |of: &dyn Fn(Points, Points) -> bool| {
        u32::try_from(ranked.iter().filter(|(_, score, new, _)| of(*score, *new)).count()).unwrap_or(u32::MAX)
    };
    let mut standings: Vec<Standing<'v, 'a>> = ranked
        .iter()
        .map(|&(place, score, new, unrounded)| {
            let (high, low) = (score.max(new), score.min(new));
            Standing {
                place,
                score,
                unrounded,
                unrounded_rank: rank_of(&all_unrounded, &unrounded),
                recomputed: new,
                recomputed_rank: rank_of(&all_recomputed, &new),
                best: count(&|s, n| s > high && n > high) + 1,
                worst: count(&|s, n| s >= low || n >= low),
                said: String::new(),
            }
        })
        .collect();
    let said: Vec<String> = (0..standings.len()).map(|index| say(view, &standings, index)).collect();
    for (standing, said) in standings.iter_mut().zip(said) {
        standing.said = said;
    }
    standings
}

fn say(view: &View<'_>, all: &[Standing<'_, '_>], index: usize) -> String {
    let Some(this) = all.get(index) else { return String::new() };
    let mut said = Vec::new();
    let tied: Vec<&str> = all
        .iter()
        .enumerate()
        .filter(|(other, standing)| *other != index && standing.score == this.score)
        .map(|(_, standing)| &*standing.place.row.department)
        .collect();
    if !tied.is_empty() {
        let apart = all.iter().any(|s| s.score == this.score && s.unrounded != this.unrounded);
        let names = view.names(&tied, 3, words::AND_OTHERS);
        said.push(view.fill(if apart { words::TIED_SPLIT } else { words::TIED_SAME }, &[("names", &names)]));
    }
    if let Some(change) = this.recomputed.checked_sub(this.score).filter(|change| *change != Points::ZERO) {
        let sign = if change > Points::ZERO { "+" } else { "" };
        said.push(view.fill(words::OWN_DIFFERENCE, &[("change", &format!("{sign}{}", points(change)))]));
    }
    let before = index.checked_sub(1).and_then(|before| all.get(before));
    if let Some(gap) = before.and_then(|before| before.score.checked_sub(this.score))
        && gap > Points::ZERO
        && gap.scaled() <= CLOSE
    {
        said.push(view.fill(words::CLOSE_BEFORE, &[("gap", &points(gap))]));
    }
    if said.is_empty() {
        let firm = if this.best == this.worst { words::STABLE } else { words::OTHERS_MOVE };
        return view.say(firm).to_owned();
    }
    match view.imprint.lang {
        crate::finding::Lang::Zh => said.join("；"),
        crate::finding::Lang::En => said.join("; "),
    }
}
