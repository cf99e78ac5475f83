//! A department's figures from what counts for it.
//!
//! Formulas, over the evaluations that count (which those are is decided before):
//!
//! * rate = Σ outturn ÷ Σ revised budget, over those with both; the original budget stands in where a form prints no revised
//!   one; twelve places, half-up. Never the mean of rates.
//! * mean score = Σ score ÷ number of scores; weighted score = Σ score × budget ÷ Σ budget, over those with both; four
//!   places, half-up. Where no budget is known, or all are zero, there is no weighted score.
//! * score, by the configured method: `weighted` (else the plain mean), `mean`, `whole` (the department-wide form), `mixed`
//!   (mean × share + department-wide form × the rest; `None` where either is missing).
//!
//! A missing score is left out and is no zero. There is no national formula; the methods are those in use.
//!
//! Frames group and add; sums are whole numbers (fen, ten-thousandths of a point), and the one division comes at the end.

use crate::quantity::{Decimal, Money, Points, div_half_up};
use crate::settings::{DepartmentMethod, DepartmentSettings};
use polars::prelude::{
    Column, DataFrame, DataType, Expr, Int128Chunked, IntoColumn as _, IntoLazy as _, IntoSeries as _,
    NewChunkedArray as _, PolarsResult, UInt32Chunked, col,
};

/// The three scores that an evaluation can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scores {
    /// As submitted.
    pub score: Option<Points>,
    /// By the scoring rules.
    pub recomputed: Option<Points>,
    /// By the finance bureau.
    pub review: Option<Points>,
}

/// An evaluation that counts for its department.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The department, by number.
    pub department: u32,
    /// Whether it evaluates a project.
    pub project: bool,
    /// Its scores.
    pub scores: Scores,
    /// Original budget.
    pub original: Option<Money>,
    /// Revised budget, or what stands in for it.
    pub budget: Option<Money>,
    /// Outturn.
    pub outturn: Option<Money>,
}

/// A department's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Projects that count.
    pub projects: u32,
    /// Σ original budget of those that state one.
    pub original: Option<Money>,
    /// Σ budget of those that state one.
    pub budget: Option<Money>,
    /// Σ outturn of those that state one.
    pub outturn: Option<Money>,
    /// Execution rate.
    pub rate: Option<Decimal>,
    /// Plain mean of the scores as submitted.
    pub mean: Option<Points>,
    /// Mean weighted by budget.
    pub weighted: Option<Points>,
    /// By the configured method.
    pub scores: Scores,
}

/// The figures of the departments `0..departments`, in that order. `whole` are the scores of their department-wide forms.
///
/// # Errors
/// The frame library refuses, which no input brings about.
pub fn figures(
    departments: usize,
    counted: &[Counted],
    whole: &[Scores],
    settings: &DepartmentSettings,
) -> PolarsResult<Vec<Figures>> {
    let sums = sums(counted)?;
    let mut figures = vec![Figures::default(); departments];
    for (id, figure) in figures.iter_mut().enumerate() {
        let whole = whole.get(id).copied().unwrap_or_default();
        let row = sums.row(id);
        *figure = row.map_or_else(Figures::default, |row| sums.figures(row));
        let compose = |kind: ScoreKind, whole: Option<Points>| {
            let mean = row.and_then(|r| sums.mean(r, kind));
            let weighted = row.and_then(|r| sums.weighted(r, kind));
            match settings.method {
                DepartmentMethod::Weighted => weighted.or(mean),
                DepartmentMethod::Mean => mean,
                DepartmentMethod::Whole => whole,
                DepartmentMethod::Mixed => mixed(mean?, whole?, settings.projects_share),
            }
        };
        figure.scores = Scores {
            score: compose(ScoreKind::Score, whole.score),
            recomputed: compose(ScoreKind::Recomputed, whole.recomputed),
            review: compose(ScoreKind::Review, whole.review),
        };
    }
    Ok(figures)
}

/// mean × share + whole × (1 − share).
fn mixed(mean: Points, whole: Points, share: Decimal) -> Option<Points> {
    let rest = Decimal::ONE.checked_sub(share)?;
    let sum = mean.decimal().checked_mul(share)?.checked_add(whole.decimal().checked_mul(rest)?)?;
    Points::from_decimal(sum)
}

#[derive(Debug, Clone, Copy)]
enum ScoreKind {
    Score,
    Recomputed,
    Review,
}

impl ScoreKind {
    const ALL: [Self; 3] = [Self::Score, Self::Recomputed, Self::Review];

    fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Recomputed => "score_recomputed",
            Self::Review => "review_score",
        }
    }

    fn of(self, scores: &Scores) -> Option<Points> {
        match self {
            Self::Score => scores.score,
            Self::Recomputed => scores.recomputed,
            Self::Review => scores.review,
        }
    }
}

/// The sums by department.
struct Sums {
    frame: DataFrame,
    /// Department → row of the frame.
    rows: std::collections::BTreeMap<u32, usize>,
}

/// A column of whole numbers, and their sum and count by department.
fn add(
    frame: &mut Vec<Column>,
    sums: &mut Vec<Expr>,
    name: &str,
    values: impl Iterator<Item = Option<i128>>,
) -> PolarsResult<()> {
    let values = Int128Chunked::from_iter_options(name.into(), values);
    // A decimal, because its sum is checked and keeps 38 digits.
    frame.push(values.into_decimal(38, 0)?.into_series().into_column());
    sums.push(col(name).sum());
    sums.push(col(name).count().alias(format!("{name}_count")));
    Ok(())
}

fn sums(counted: &[Counted]) -> PolarsResult<Sums> {
    let fen = |m: Option<Money>| m.map(|m| i128::from(m.fen()));
    let departments = UInt32Chunked::from_iter_values("department".into(), counted.iter().map(|c| c.department));
    let mut columns = vec![departments.into_column()];
    let mut exprs = Vec::new();
    let both = |c: &Counted| c.budget.zip(c.outturn);
    add(&mut columns, &mut exprs, "projects", counted.iter().map(|c| c.project.then_some(1)))?;
    add(&mut columns, &mut exprs, "original", counted.iter().map(|c| fen(c.original)))?;
    add(&mut columns, &mut exprs, "budget", counted.iter().map(|c| fen(c.budget)))?;
    add(&mut columns, &mut exprs, "outturn", counted.iter().map(|c| fen(c.outturn)))?;
    add(&mut columns, &mut exprs, "rate_budget", counted.iter().map(|c| fen(both(c).map(|b| b.0))))?;
    add(&mut columns, &mut exprs, "rate_outturn", counted.iter().map(|c| fen(both(c).map(|b| b.1))))?;
    for kind in ScoreKind::ALL {
        let name = kind.name();
        let score = |c: &Counted| kind.of(&c.scores).map(|p| i128::from(p.scaled()));
        add(&mut columns, &mut exprs, name, counted.iter().map(score))?;
        let weight = |c: &Counted| fen(c.budget).filter(|_| score(c).is_some());
        add(&mut columns, &mut exprs, &format!("{name}_weight"), counted.iter().map(weight))?;
        let product = |c: &Counted| Some(score(c)? * fen(c.budget)?);
        add(&mut columns, &mut exprs, &format!("{name}_product"), counted.iter().map(product))?;
    }
    let frame =
        DataFrame::new(counted.len(), columns)?.lazy().group_by_stable([col("department")]).agg(exprs).collect()?;
    let ids = frame.column("department")?.u32()?.iter().enumerate();
    let rows = ids.filter_map(|(row, id)| Some((id?, row))).collect();
    Ok(Sums { frame, rows })
}

impl Sums {
    fn row(&self, department: usize) -> Option<usize> {
        self.rows.get(&u32::try_from(department).ok()?).copied()
    }

    /// The sum of a column. `None`: no row of the department had a value.
    fn get(&self, name: &str, row: usize) -> Option<i128> {
        let count = self.frame.column(&format!("{name}_count")).ok()?.cast(&DataType::UInt32).ok()?;
        if count.u32().ok()?.get(row)? == 0 {
            return None;
        }
        self.frame.column(name).ok()?.as_materialized_series().decimal().ok()?.physical().get(row)
    }

    fn money(&self, name: &str, row: usize) -> Option<Money> {
        Money::from_fen(i64::try_from(self.get(name, row)?).ok()?)
    }

    fn figures(&self, row: usize) -> Figures {
        const PLACES: u8 = 12;
        let rate = || {
            let (outturn, budget) = (self.get("rate_outturn", row)?, self.get("rate_budget", row)?);
            Decimal::new(div_half_up(outturn.checked_mul(10_i128.pow(PLACES.into()))?, budget)?, PLACES)
        };
        Figures {
            projects: self.get("projects", row).and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
            original: self.money("original", row),
            budget: self.money("budget", row),
            outturn: self.money("outturn", row),
            rate: rate(),
            mean: self.mean(row, ScoreKind::Score),
            weighted: self.weighted(row, ScoreKind::Score),
            scores: Scores::default(),
        }
    }

    fn mean(&self, row: usize, kind: ScoreKind) -> Option<Points> {
        let name = kind.name();
        let sum = self.get(name, row)?;
        let count = self.frame.column(&format!("{name}_count")).ok()?.cast(&DataType::UInt32).ok()?;
        points(div_half_up(sum, i128::from(count.u32().ok()?.get(row)?))?)
    }

    fn weighted(&self, row: usize, kind: ScoreKind) -> Option<Points> {
        let name = kind.name();
        let weight = self.get(&format!("{name}_weight"), row)?;
        points(div_half_up(self.get(&format!("{name}_product"), row)?, weight)?)
    }
}

fn points(scaled: i128) -> Option<Points> {
    Points::from_scaled(i64::try_from(scaled).ok()?)
}

#[cfg(test)]
mod tests {
    use super::{Counted, Scores, figures};
    use crate::quantity::{Decimal, Money, Points};
    use crate::settings::{DepartmentMethod, DepartmentSettings};

    fn points(text: &str) -> Option<Points> {
        Points::from_decimal(Decimal::parse(text).unwrap())
    }

    fn yuan(n: i64) -> Option<Money> {
        Money::from_fen(n * 100)
    }

    fn project(department: u32, score: &str, budget: Option<i64>, outturn: Option<i64>) -> Counted {
        let scores = Scores { score: points(score), ..Scores::default() };
        let budget = budget.and_then(yuan);
        Counted { department, project: true, scores, original: budget, budget, outturn: outturn.and_then(yuan) }
    }

    #[test]
    fn weighted_by_budget_and_the_plain_mean_beside_it() {
        let counted = [
            project(1, "90", Some(300), Some(300)),
            project(0, "99", Some(10), Some(5)),
            project(1, "60", Some(100), Some(50)),
            project(1, "80", None, Some(7)),
        ];
        let all = figures(3, &counted, &[], &DepartmentSettings::default()).unwrap();
        let d = &all[1];
        assert_eq!(d.projects, 3);
        assert_eq!(d.weighted, points("82.5"));
        assert_eq!(d.mean, points("76.6667"));
        assert_eq!(d.scores.score, d.weighted);
        assert_eq!(d.budget, yuan(400));
        assert_eq!(d.outturn, yuan(357));
        assert_eq!(d.rate.unwrap().to_string(), "0.875", "over those with both");
        assert_eq!(all[0].rate.unwrap().to_string(), "0.5");
        assert_eq!(all[2], super::Figures::default(), "nothing counts: no figure, and no zero");
    }

    #[test]
    fn without_a_budget_the_plain_mean() {
        for budget in [None, Some(0)] {
            let counted = [project(0, "90", budget, None), project(0, "60", budget, None)];
            let all = figures(1, &counted, &[], &DepartmentSettings::default()).unwrap();
            assert_eq!((all[0].weighted, all[0].scores.score), (None, points("75")));
            assert_eq!(all[0].rate, None);
        }
    }

    #[test]
    fn the_other_methods() {
        let counted = [project(0, "90", Some(1), None), project(0, "60", Some(3), None)];
        let whole = [Scores { score: points("95"), ..Scores::default() }];
        let with = |method, whole: &[Scores]| {
            let settings = DepartmentSettings { method, ..DepartmentSettings::default() };
            figures(1, &counted, whole, &settings).unwrap()[0].scores.score
        };
        assert_eq!(with(DepartmentMethod::Mean, &whole), points("75"));
        assert_eq!(with(DepartmentMethod::Whole, &whole), points("95"));
        assert_eq!(with(DepartmentMethod::Mixed, &whole), points("85"));
        assert_eq!(with(DepartmentMethod::Mixed, &[]), None);
    }
}
