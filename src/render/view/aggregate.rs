//! Sums, means and rates over projects: of a department, a category, the district.

use super::project::Project;
use crate::quantity::{Decimal, Money, Points};

/// `numerator ÷ denominator`, half-up to `places` (at most 12). `None`: nothing to divide by.
pub(crate) fn ratio(numerator: i128, denominator: i128, places: u8) -> Option<Decimal> {
    if denominator == 0 {
        return None;
    }
    let scaled = numerator.checked_mul(10_i128.checked_pow(places.into())?)?;
    let (quotient, remainder) = (scaled / denominator, scaled % denominator);
    let up = remainder.unsigned_abs().checked_mul(2)? >= denominator.unsigned_abs();
    let step = if (numerator < 0) == (denominator < 0) { 1 } else { -1 };
    Decimal::new(if up { quotient + step } else { quotient }, places)
}

/// What some projects amount to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Aggregate {
    /// Projects.
    pub(crate) projects: u32,
    /// Those with a score.
    pub(crate) scored: u32,
    /// Those with a budget.
    with_budget: u32,
    with_outturn: u32,
    /// Σ score in hundredths.
    hundredths: i128,
    /// Σ score (ten-thousandths) × budget (fen), over those with both.
    weighted: i128,
    /// Σ recomputed score × budget likewise; the claimed one stands in where there is none.
    weighted_recomputed: i128,
    /// Σ (recomputed − claimed) in ten-thousandths.
    differences: i128,
    /// Σ budget (fen) of the same.
    weights: i128,
    budget: i128,
    outturn: i128,
    rate_budget: i128,
    rate_outturn: i128,
}

impl Aggregate {
    /// Sums up.
    pub(crate) fn of<'p, 'a: 'p>(projects: impl Iterator<Item = &'p Project<'a>>) -> Self {
        let mut sum = Self::default();
        for project in projects {
            sum.add(project);
        }
        sum
    }

    fn add(&mut self, project: &Project<'_>) {
        self.projects += 1;
        if let Some(budget) = project.budget {
            self.with_budget += 1;
            self.budget += i128::from(budget.fen());
        }
        if let Some(outturn) = project.outturn {
            self.with_outturn += 1;
            self.outturn += i128::from(outturn.fen());
        }
        if let (Some(budget), Some(outturn)) = (project.budget, project.outturn) {
            self.rate_budget += i128::from(budget.fen());
            self.rate_outturn += i128::from(outturn.fen());
        }
        if let (Some(exact), Some(score)) = (project.exact, project.score) {
            self.scored += 1;
            self.hundredths += i128::from(score.scaled() / 100);
            let recomputed = project.recomputed.unwrap_or(exact);
            self.differences += i128::from(recomputed.scaled() - exact.scaled());
            if let Some(budget) = project.budget {
                let fen = i128::from(budget.fen());
                self.weighted += i128::from(exact.scaled()) * fen;
                self.weighted_recomputed += i128::from(recomputed.scaled()) * fen;
                self.weights += fen;
            }
        }
    }

    fn money(fen: i128, known: u32) -> Option<Money> {
        (known > 0).then(|| i64::try_from(fen).ok().and_then(Money::from_fen)).flatten()
    }

    /// Σ budget; `None` where none is known.
    pub(crate) fn budget(&self) -> Option<Money> {
        Self::money(self.budget, self.with_budget)
    }

    /// Σ outturn; `None` where none is known.
    pub(crate) fn outturn(&self) -> Option<Money> {
        Self::money(self.outturn, self.with_outturn)
    }

    /// Σ outturn ÷ Σ budget over projects with both, half-up to 0.01 %.
    pub(crate) fn rate(&self) -> Option<Decimal> {
        ratio(self.rate_outturn, self.rate_budget, 4)
    }

    /// Plain mean of the scores, half-up to `places`.
    pub(crate) fn mean(&self, places: u8) -> Option<Decimal> {
        ratio(self.hundredths, i128::from(self.scored) * 100, places)
    }

    /// Mean weighted by budget; the plain mean where no budget is known.
    pub(crate) fn weighted(&self, places: u8) -> Option<Decimal> {
        ratio(self.weighted, self.weights * 10_000, places).or_else(|| self.mean(places))
    }

    /// The weighted mean of the recomputed scores, half-up to two places.
    pub(crate) fn weighted_recomputed(&self) -> Option<Decimal> {
        ratio(self.weighted_recomputed, self.weights * 10_000, 2).or_else(|| self.mean_recomputed())
    }

    /// The plain mean of the recomputed scores, half-up to two places.
    pub(crate) fn mean_recomputed(&self) -> Option<Decimal> {
        ratio(self.hundredths * 100 + self.differences, i128::from(self.scored) * 10_000, 2)
    }

    /// Σ score × budget in 万元 × points, exact.
    pub(crate) fn weighted_sum(&self) -> Option<Decimal> {
        // ten-thousandths × fen = 10^-4 points × 10^-6 万元
        (self.weights > 0).then(|| Decimal::new(self.weighted, 10)).flatten()
    }
}

/// Points with two decimals from a ratio.
pub(crate) fn as_points(value: Option<Decimal>) -> Option<Points> {
    value.and_then(Points::from_decimal)
}
