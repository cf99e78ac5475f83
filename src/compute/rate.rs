//! Execution rates.

use crate::quantity::{Decimal, Money};

/// The budget that an execution rate is taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateBase {
    /// The budget.
    pub budget: Money,
    /// Whether it is the original budget, standing in for a revised one that the form does not print.
    pub original: bool,
}

/// The revised budget (全年预算数), else the original one (年初预算数). `None`: the form states neither.
pub fn base(revised: Option<Money>, original: Option<Money>) -> Option<RateBase> {
    revised
        .map(|budget| RateBase { budget, original: false })
        .or(original.map(|budget| RateBase { budget, original: true }))
}

/// Execution rate = outturn ÷ budget, as a fraction, half-up to twelve places. `None`: either is missing, or the budget is
/// zero, which is undefined and not 0 %. Source: 财预〔2020〕10号, annex 1, note on 执行率.
pub fn execution_rate(outturn: Option<Money>, base: Option<RateBase>) -> Option<Decimal> {
    outturn?.share_of(base?.budget)
}

#[cfg(test)]
mod tests {
    use super::{base, execution_rate};
    use crate::quantity::Money;

    fn yuan(n: i64) -> Option<Money> {
        Money::from_fen(n * 100)
    }

    #[test]
    fn on_the_revised_budget_before_the_original() {
        assert_eq!(execution_rate(yuan(50), base(yuan(100), yuan(200))).unwrap().to_string(), "0.5");
        let stand_in = base(None, yuan(200)).unwrap();
        assert!(stand_in.original);
        assert_eq!(execution_rate(yuan(50), Some(stand_in)).unwrap().to_string(), "0.25");
    }

    #[test]
    fn no_budget_no_rate() {
        assert_eq!(execution_rate(yuan(50), base(yuan(0), None)), None);
        assert_eq!(execution_rate(None, base(yuan(100), None)), None);
        assert_eq!(execution_rate(yuan(50), None), None);
    }
}
