//! A number in a settings file: `0.9`, `90` or `"0.9"`, kept exactly.

use crate::quantity::Decimal;
use serde::de::{Deserializer, Error, Visitor};
use std::fmt;

/// A decimal as written in TOML. A float is taken as the 15 digits that were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number(pub(super) Decimal);

impl<'de> serde::Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number such as 0.9 or 90")
    }

    fn visit_i64<E: Error>(self, n: i64) -> Result<Number, E> {
        Ok(Number(Decimal::from_int(n)))
    }

    fn visit_u64<E: Error>(self, n: u64) -> Result<Number, E> {
        i64::try_from(n).map(|n| Number(Decimal::from_int(n))).map_err(|_| E::custom("the number is too large"))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Number, E> {
        Decimal::from_f64(value).map(Number).ok_or_else(|| E::custom("not a finite number"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
        Decimal::parse(text.trim()).map(Number).ok_or_else(|| E::custom(format!("`{text}` is not a number")))
    }
}
