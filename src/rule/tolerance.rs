//! Tolerance from declared accuracy.
//!
//! Why: a fixed tolerance hides small errors in small tables and raises false ones in large. A figure declared with two
//! decimals of 万元 is known to half a hundredth of 万元, no better and no worse; what a sum may be off by follows from
//! the number of its addends. Input → output: figures with unit and decimals → half units, and a [`Verdict`] on a
//! difference.
//!
//! Source: the rules on declared accuracy of supervisory filings (interval arithmetic on decimals).

use crate::quantity::{Amount, Decimal};

/// What a difference means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// There is none.
    Exact,
    /// Within the accuracy in which the figures were declared.
    Rounding,
    /// More than rounding explains.
    Real,
}

/// Half a unit of the last decimal, in yuan: `5 × 10^(power − decimals − 1)`.
pub fn half_unit(power: u8, decimals: u8) -> Decimal {
    let shift = i8::try_from(i16::from(power) - i16::from(decimals) - 1).unwrap_or(0);
    Decimal::from_int(5).shift(shift).unwrap_or(Decimal::ZERO)
}

/// The accuracy of figures that belong together: the finest decimals among those of one unit. A written `515` beside
/// `17.005` is 515.000, not 515 give or take a half.
#[derive(Debug, Clone, Copy, Default)]
pub struct Accuracy {
    finest: [Option<u8>; 9],
}

impl Accuracy {
    /// Of these amounts.
    pub fn of<'a>(amounts: impl IntoIterator<Item = &'a Amount>) -> Self {
        let mut this = Self::default();
        for amount in amounts {
            if let Some(slot) = this.finest.get_mut(usize::from(amount.unit.power())) {
                *slot = Some(slot.unwrap_or(0).max(amount.decimals));
            }
        }
        this
    }

    /// Half a unit of an amount's last decimal, in yuan. Whole yuan beside others with fen are taken as rounded to whole
    /// yuan, because fen are written where they are known.
    pub fn half(&self, amount: &Amount) -> Decimal {
        let power = amount.unit.power();
        let finest = self.finest.get(usize::from(power)).copied().flatten().unwrap_or(amount.decimals);
        let decimals = if power == 0 && amount.decimals == 0 { 0 } else { finest };
        half_unit(power, decimals)
    }
}

/// Judges a difference against the most that rounding can explain.
pub fn judge(difference: Decimal, most: Decimal) -> Verdict {
    if difference.is_zero() {
        Verdict::Exact
    } else if difference.abs() <= most {
        Verdict::Rounding
    } else {
        Verdict::Real
    }
}

#[cfg(test)]
mod tests {
    use super::{Accuracy, Verdict, half_unit, judge};
    use crate::quantity::{Amount, Decimal, MoneyUnit};

    fn amount(text: &str, unit: MoneyUnit) -> Amount {
        Amount::new(Decimal::parse(text).unwrap(), unit).unwrap()
    }

    #[test]
    fn accuracy_is_that_of_the_block_not_of_the_figure() {
        let block = [amount("515", MoneyUnit::TenThousand), amount("17.005", MoneyUnit::TenThousand)];
        let accuracy = Accuracy::of(&block);
        assert_eq!(accuracy.half(&block[0]), Decimal::from_int(5));
        assert_eq!(accuracy.half(&block[1]), Decimal::from_int(5));
    }

    #[test]
    fn whole_yuan_are_rounded_yuan() {
        let block = [amount("22118861", MoneyUnit::Yuan), amount("86959408.34", MoneyUnit::Yuan)];
        let accuracy = Accuracy::of(&block);
        assert_eq!(accuracy.half(&block[0]), Decimal::parse("0.5").unwrap());
        assert_eq!(accuracy.half(&block[1]), Decimal::parse("0.005").unwrap());
    }

    #[test]
    fn a_difference_within_is_rounding() {
        let half = half_unit(4, 2);
        assert_eq!(half, Decimal::from_int(50));
        assert_eq!(judge(Decimal::ZERO, half), Verdict::Exact);
        assert_eq!(judge(Decimal::from_int(-50), half), Verdict::Rounding);
        assert_eq!(judge(Decimal::from_int(51), half), Verdict::Real);
    }
}
