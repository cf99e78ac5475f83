//! Money in whole fen, and amounts as they were declared.

use super::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Bound of an amount in fen: eighteen digits, as the Parquet type `Decimal(18, 2)` holds.
const MAX_FEN: i64 = 999_999_999_999_999_999;

/// Money in whole fen (0.01 yuan). Shown in yuan with exactly two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Money(i64);

/// The unit in which an amount was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MoneyUnit {
    /// 元
    Yuan,
    /// 百元
    Hundred,
    /// 千元
    Thousand,
    /// 万元
    TenThousand,
    /// 百万元
    Million,
    /// 千万元
    TenMillion,
    /// 亿元
    HundredMillion,
}

impl MoneyUnit {
    /// The power of ten that makes yuan of it: 4 for 万元.
    pub const fn power(self) -> u8 {
        match self {
            Self::Yuan => 0,
            Self::Hundred => 2,
            Self::Thousand => 3,
            Self::TenThousand => 4,
            Self::Million => 6,
            Self::TenMillion => 7,
            Self::HundredMillion => 8,
        }
    }

    /// As forms print it.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::Hundred => "百元",
            Self::Thousand => "千元",
            Self::TenThousand => "万元",
            Self::Million => "百万元",
            Self::TenMillion => "千万元",
            Self::HundredMillion => "亿元",
        }
    }
}

impl Money {
    /// No money at all, which is not the same as no answer.
    pub const ZERO: Self = Self(0);

    /// From whole fen. `None`: more than eighteen digits.
    pub fn from_fen(fen: i64) -> Option<Self> {
        (fen.abs() <= MAX_FEN).then_some(Self(fen))
    }

    /// From a number in `unit`, half-up to the fen. `None`: too large.
    pub fn from_decimal(value: Decimal, unit: MoneyUnit) -> Option<Self> {
        let shift = i8::try_from(unit.power()).ok()?;
        Self::from_fen(value.shift(shift)?.to_scaled(2)?)
    }

    /// Whole fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// Yuan as an exact decimal.
    pub fn yuan(self) -> Decimal {
        Decimal::new(self.0.into(), 2).unwrap_or(Decimal::ZERO)
    }

    /// Exact sum. `None`: too large.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::from_fen(self.0.checked_add(other.0)?)
    }

    /// Exact difference. `None`: too large.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        Self::from_fen(self.0.checked_sub(other.0)?)
    }

    /// Exact sum of all. `None`: too large.
    pub fn sum(values: impl IntoIterator<Item = Self>) -> Option<Self> {
        values.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// `self ÷ whole` as a fraction, half-up to twelve places: an execution rate of 1 is 100 %.
    /// `None` when the whole is zero: no budget, no rate.
    pub fn share_of(self, whole: Self) -> Option<Decimal> {
        Decimal::from_int(self.0).div(Decimal::from_int(whole.0), 12)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

/// An amount together with the accuracy in which it was declared, from which tolerances are derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Amount {
    /// The amount.
    pub money: Money,
    /// The unit of the written number.
    pub unit: MoneyUnit,
    /// Digits behind the point of the written number.
    pub decimals: u8,
}

impl Amount {
    /// From a written number. `None`: too large.
    pub fn new(value: Decimal, unit: MoneyUnit) -> Option<Self> {
        Some(Self { money: Money::from_decimal(value, unit)?, unit, decimals: value.places() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Money, MoneyUnit};
    use crate::quantity::Decimal;

    #[test]
    fn units_become_yuan_exactly() {
        let money = |text: &str, unit| Money::from_decimal(Decimal::parse(text).unwrap(), unit).unwrap().to_string();
        assert_eq!(money("17.005", MoneyUnit::TenThousand), "170050.00");
        assert_eq!(money("0.7", MoneyUnit::HundredMillion), "70000000.00");
        assert_eq!(money("0.005", MoneyUnit::Yuan), "0.01");
        assert_eq!(money("-204.61", MoneyUnit::Yuan), "-204.61");
        assert_eq!(Money::from_decimal(Decimal::parse("99999999999999999").unwrap(), MoneyUnit::TenThousand), None);
    }

    #[test]
    fn no_budget_no_rate() {
        let m = |fen| Money::from_fen(fen).unwrap();
        assert_eq!(m(100).share_of(Money::ZERO), None);
        assert_eq!(m(33_831).share_of(m(32_977)).unwrap().round(4).to_string(), "1.0259");
    }
}
