//! Figures inside sentences; rounded half-up, never half-even.

use crate::quantity::{Decimal, Money, Points};
use std::fmt::Write as _;

/// Digits in groups of three, with a fixed number of decimals.
pub(crate) fn number(value: Decimal, places: u8) -> String {
    let scaled = value.to_scaled(places).unwrap_or(i64::MAX);
    let unit = 10_u64.pow(u32::from(places));
    let magnitude = scaled.unsigned_abs();
    let whole = (magnitude / unit).to_string();
    let mut out = String::from(if scaled < 0 { "-" } else { "" });
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if places > 0 {
        let _ = write!(out, ".{:0width$}", magnitude % unit, width = usize::from(places));
    }
    out
}

/// Money in 万元 with two decimals: `60,987.10`.
pub(crate) fn wan(money: Money) -> String {
    money.yuan().shift(-4).map(|value| number(value, 2)).unwrap_or_default()
}

/// Points with two decimals.
pub(crate) fn points(value: Points) -> String {
    number(value.decimal(), 2)
}

/// A fraction as percent: `94.44%`.
pub(crate) fn percent(value: Decimal, places: u8) -> String {
    value.shift(2).map(|value| format!("{}%", number(value, places))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{number, percent, wan};
    use crate::quantity::{Decimal, Money};

    #[test]
    fn figures_round_half_up_and_group() {
        let d = |text| Decimal::parse(text).unwrap();
        assert_eq!(number(d("59064.805"), 2), "59,064.81");
        assert_eq!(number(d("-1234567.5"), 0), "-1,234,568");
        assert_eq!(number(d("0.045"), 2), "0.05");
        assert_eq!(percent(d("0.94444"), 2), "94.44%");
        assert_eq!(wan(Money::from_fen(60_987_100_000).unwrap()), "60,987.10");
    }
}
