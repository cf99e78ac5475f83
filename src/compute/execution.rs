//! The score of the execution rate, by the configured policy.

use crate::quantity::{Decimal, Points};
use crate::settings::ExecutionPolicy;

/// Points for an execution rate, half-up to two places, never below zero nor above the weight.
///
/// | policy | formula | source |
/// |---|---|---|
/// | `linear_cap` | min(rate, 1) × weight | 财预〔2020〕10号, note of the form |
/// | `linear_rounded_rate` | the same on the rate rounded to 0.01 % | provincial systems |
/// | `steps` | share of the step that the rate reaches × weight; above 100 % the share `over` | 财预〔2021〕101号 |
/// | `deduct` | weight − percentage points below 100 × `per_point` | score cards of departments |
///
/// `None`: the result does not fit, which no weight on a form reaches.
pub fn execution_score(rate: Decimal, weight: Points, policy: &ExecutionPolicy) -> Option<Points> {
    let whole = weight.decimal();
    let points = match policy {
        ExecutionPolicy::LinearCap => rate.min(Decimal::ONE).checked_mul(whole)?,
        ExecutionPolicy::LinearRoundedRate => rate.round(4).min(Decimal::ONE).checked_mul(whole)?,
        ExecutionPolicy::Steps { steps, over } => {
            let reached = || steps.iter().find(|step| rate >= step.from).map_or(Decimal::ZERO, |step| step.share);
            let share = if rate > Decimal::ONE { *over } else { reached() };
            share.checked_mul(whole)?
        }
        ExecutionPolicy::Deduct { per_point } => {
            let missing = Decimal::ONE.checked_sub(rate)?.max(Decimal::ZERO).shift(2)?;
            whole.checked_sub(missing.checked_mul(*per_point)?)?
        }
    };
    Points::from_decimal(points.max(Decimal::ZERO).min(whole).round(2))
}

#[cfg(test)]
mod tests {
    use super::execution_score;
    use crate::quantity::{Decimal, Points};
    use crate::settings::{ExecutionPolicy, Step};

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    fn score(rate: &str, weight: &str, policy: &ExecutionPolicy) -> String {
        execution_score(d(rate), Points::from_decimal(d(weight)).unwrap(), policy).unwrap().to_string()
    }

    #[test]
    fn linear_and_capped() {
        let policy = ExecutionPolicy::LinearCap;
        assert_eq!(score("0.9775", "20", &policy), "19.55");
        assert_eq!(score("1.0259", "10", &policy), "10");
        assert_eq!(score("0.76", "10", &policy), "7.6");
        assert_eq!(score("-0.1", "10", &policy), "0");
    }

    #[test]
    fn on_the_rounded_rate() {
        assert_eq!(score("0.49884999", "10", &ExecutionPolicy::LinearCap), "4.99");
        assert_eq!(score("0.862045", "100", &ExecutionPolicy::LinearCap), "86.2");
        assert_eq!(score("0.862049", "100", &ExecutionPolicy::LinearRoundedRate), "86.2");
        assert_eq!(score("0.862049", "1000", &ExecutionPolicy::LinearCap), "862.05");
        assert_eq!(score("0.862049", "1000", &ExecutionPolicy::LinearRoundedRate), "862");
    }

    #[test]
    fn by_steps_and_by_deduction() {
        let step = |from: &str, share: &str| Step { from: d(from), share: d(share) };
        let steps = vec![step("1", "1"), step("0.8", "0.7"), step("0.6", "0.5")];
        let policy = ExecutionPolicy::Steps { steps, over: d("0.9") };
        for (rate, points) in [("1", "10"), ("0.99", "7"), ("0.8", "7"), ("0.6", "5"), ("0.59", "0"), ("1.01", "9")] {
            assert_eq!(score(rate, "10", &policy), points, "{rate}");
        }
        let policy = ExecutionPolicy::Deduct { per_point: d("0.5") };
        assert_eq!(score("0.95", "10", &policy), "7.5");
        assert_eq!(score("0.5", "10", &policy), "0");
        assert_eq!(score("1.2", "10", &policy), "10");
    }
}
