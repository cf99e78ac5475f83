//! Scores and weights.

use super::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Points in ten-thousandths; up to 99,999.9999, as the Parquet type `Decimal(9, 4)` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(i64);

const MAX_SCALED: i64 = 999_999_999;

/// As text for people and programs, `85.5`; in ten-thousandths where nobody reads it.
impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { self.decimal().serialize(serializer) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let points = if deserializer.is_human_readable() {
            Decimal::deserialize(deserializer).map(Self::from_decimal)
        } else {
            i64::deserialize(deserializer).map(Self::from_scaled)
        };
        points?.ok_or_else(|| D::Error::custom("no points"))
    }
}

impl Points {
    /// No points, which is not the same as no score.
    pub const ZERO: Self = Self(0);

    /// From ten-thousandths of a point. `None`: beyond nine digits.
    pub fn from_scaled(scaled: i64) -> Option<Self> {
        (scaled.abs() <= MAX_SCALED).then_some(Self(scaled))
    }

    /// From a number, half-up to four places. `None`: too large.
    pub fn from_decimal(value: Decimal) -> Option<Self> {
        Self::from_scaled(value.to_scaled(4)?)
    }

    /// Ten-thousandths of a point.
    pub const fn scaled(self) -> i64 {
        self.0
    }

    /// As an exact decimal.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.0.into(), 4).unwrap_or(Decimal::ZERO)
    }

    /// Exact sum. `None`: too large.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::from_scaled(self.0.checked_add(other.0)?)
    }

    /// Exact difference. `None`: too large.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        Self::from_scaled(self.0.checked_sub(other.0)?)
    }

    /// Exact sum of all. `None`: too large.
    pub fn sum(values: impl IntoIterator<Item = Self>) -> Option<Self> {
        values.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Rounded half-up to two places, the accuracy in which scores are graded and ranked.
    #[must_use]
    pub fn round2(self) -> Self {
        Self(self.decimal().to_scaled(2).map_or(self.0, |n| n * 100))
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decimal().fmt(f)
    }
}
