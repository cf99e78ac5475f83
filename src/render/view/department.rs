//! Departments: where each stands, with what.

use super::aggregate::{Aggregate, as_points, ratio};
use super::project::{Project, descending, rank_of};
use crate::compute::total::Claims;
use crate::district::District;
use crate::quantity::{Decimal, Money, Points};
use crate::settings::{DepartmentMethod, Grade};
use crate::tables::Department;
use std::collections::BTreeMap;

/// A department in the ranking.
pub(crate) struct Place<'a> {
    /// Its row of the table.
    pub(crate) row: &'a Department,
    /// What its projects amount to.
    pub(crate) sum: Aggregate,
    /// Its score at two places, as the table has it.
    pub(crate) score: Option<Points>,
    /// Its unrounded score, half-up to eight places.
    pub(crate) unrounded: Option<Decimal>,
    /// Whether the formula over its projects gives the score of the table.
    pub(crate) is_live: bool,
    /// Its grade.
    pub(crate) grade: Option<Grade>,
    /// Rank by score.
    pub(crate) rank: Option<u32>,
    /// Rank by score in its category.
    pub(crate) rank_in_category: Option<u32>,
    /// Plain mean at two places.
    pub(crate) mean: Option<Points>,
    /// Σ budget.
    pub(crate) budget: Option<Money>,
    /// Σ outturn.
    pub(crate) outturn: Option<Money>,
    /// Execution rate, half-up to 0.01 %.
    pub(crate) rate: Option<Decimal>,
    /// Rank by execution rate.
    pub(crate) rate_rank: Option<u32>,
    /// Projects below the limit of a low execution rate.
    pub(crate) low: u32,
    /// Projects above 100 %.
    pub(crate) over: u32,
    /// Projects without a budget, or one of zero.
    pub(crate) without_budget: u32,
    /// Points claimed by its projects, and how far the rules can follow them.
    pub(crate) claims: ClaimSums,
}

/// What several projects claim, in ten-thousandths of a point: a district's sums exceed what points hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ClaimSums {
    derivable: i128,
    derived: i128,
    not_comparable: i128,
}

impl From<Claims> for ClaimSums {
    fn from(Claims { derivable, derived, not_comparable }: Claims) -> Self {
        Self {
            derivable: derivable.scaled().into(),
            derived: derived.scaled().into(),
            not_comparable: not_comparable.scaled().into(),
        }
    }
}

impl ClaimSums {
    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            derivable: self.derivable + other.derivable,
            derived: self.derived + other.derived,
            not_comparable: self.not_comparable + other.not_comparable,
        }
    }

    /// Points whose score follows by the rules, as submitted.
    pub(crate) fn derivable(self) -> Option<Decimal> {
        Decimal::new(self.derivable, 4)
    }

    /// What the rules give for them.
    pub(crate) fn derived(self) -> Option<Decimal> {
        Decimal::new(self.derived, 4)
    }

    /// The others.
    pub(crate) fn not_comparable(self) -> Option<Decimal> {
        Decimal::new(self.not_comparable, 4)
    }

    /// All points claimed.
    pub(crate) fn claimed(self) -> Option<Decimal> {
        Decimal::new(self.derivable + self.not_comparable, 4)
    }

    /// Derived − derivable.
    pub(crate) fn difference(self) -> Option<Decimal> {
        Decimal::new(self.derived - self.derivable, 4)
    }

    /// Derivable ÷ claimed, four places, half-up.
    pub(crate) fn share(self) -> Option<Decimal> {
        ratio(self.derivable, self.derivable + self.not_comparable, 4)
    }
}

/// All departments in the order of their rank.
pub(super) fn places<'a>(district: &'a District, projects: &[Project<'a>]) -> Vec<Place<'a>> {
    let mut of: BTreeMap<&str, Vec<&Project<'a>>> = BTreeMap::new();
    for project in projects {
        if let Some(department) = project.department {
            of.entry(department).or_default().push(project);
        }
    }
    let mut places: Vec<Place<'a>> = district
        .departments
        .iter()
        .map(|row| place(district, row, of.get(&*row.department).map_or(&[][..], Vec::as_slice)))
        .collect();
    rank(&mut places);
    places.sort_by(|a, b| {
        let key = |p: &Place<'_>| (p.score, p.row.submitted, p.score.and(p.rate), p.score.and(p.budget));
        key(b).cmp(&key(a))
    });
    places
}

fn place<'a>(district: &District, row: &'a Department, projects: &[&Project<'a>]) -> Place<'a> {
    let sum = Aggregate::of(projects.iter().copied());
    let score = row.score.map(Points::round2);
    let (own, unrounded) = match district.settings.department.method {
        DepartmentMethod::Weighted => (sum.weighted(2), sum.weighted(8)),
        DepartmentMethod::Mean => (sum.mean(2), sum.mean(8)),
        DepartmentMethod::Whole | DepartmentMethod::Mixed => (None, row.score.map(Points::decimal)),
    };
    let is_live = as_points(own) == score;
    let limit = district.settings.thresholds.low_execution;
    let count = |of: &dyn Fn(&Project<'_>) -> bool| {
        u32::try_from(projects.iter().filter(|project| of(project)).count()).unwrap_or(u32::MAX)
    };
    Place {
        row,
        score,
        unrounded: if is_live { unrounded } else { row.score.map(Points::decimal) },
        is_live,
        grade: score.map(|score| district.settings.grade.of(score)),
        rank: None,
        rank_in_category: None,
        mean: as_points(sum.mean(2)),
        budget: sum.budget(),
        outturn: sum.outturn(),
        rate: sum.rate(),
        rate_rank: None,
        low: count(&|p| p.rate.is_some_and(|rate| rate < limit)),
        over: count(&|p| p.rate.is_some_and(|rate| rate > Decimal::ONE)),
        claims: projects.iter().fold(ClaimSums::default(), |sum, project| sum.and(project.claims.into())),
        without_budget: count(&|p| p.budget.is_none_or(|budget| budget == Money::ZERO)),
        sum,
    }
}

fn rank(places: &mut [Place<'_>]) {
    let all = descending(places.iter().filter_map(|p| p.score));
    let rates = descending(places.iter().filter_map(|p| p.rate));
    let mut peers: BTreeMap<&str, Vec<Points>> = BTreeMap::new();
    for (category, score) in places.iter().filter_map(|p| p.row.category.as_deref().zip(p.score)) {
        peers.entry(category).or_default().push(score);
    }
    for scores in peers.values_mut() {
        scores.sort_unstable_by(|a, b| b.cmp(a));
    }
    for place in places {
        place.rank = place.score.map(|score| rank_of(&all, &score));
        place.rate_rank = place.rate.map(|rate| rank_of(&rates, &rate));
        let own = place.row.category.as_deref().and_then(|category| peers.get(category));
        place.rank_in_category = place.score.zip(own).map(|(score, peers)| rank_of(peers, &score));
    }
}
