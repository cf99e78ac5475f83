//! Rates and percentages.
//!
//! Why: a rate of 100 % is written `100%`, `100`, `1`, `100百分比`; only the place where it stands tells them apart.
//!
//! Input → output: a cell's text, or its number, and how plain numbers are meant there → a fraction, 1 = 100 %.

use super::fold::nothing;
use super::number::{Written, fold_number, leading, signed};
use super::numeral::numeral;
use crate::quantity::{Decimal, Entry};

/// What a number without a percent sign means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plain {
    /// A fraction: the cell has a percent format.
    Fraction,
    /// Percentage points: the head or the unit column says `%` and the column's other numbers bear it out.
    Points,
    /// Not told: above 1.5 (without its sign) percentage points, else a fraction, so that `1` is 100 %.
    Guess,
}

/// A plain number as a fraction.
///
/// ```
/// use jixiao::{quantity::Decimal, text::{Plain, rate}};
/// let d = |text| Decimal::parse(text).unwrap();
/// assert_eq!(rate(d("97.75"), Plain::Guess), Some(d("0.9775")));
/// assert_eq!(rate(d("1"), Plain::Guess), Some(d("1")));
/// assert_eq!(rate(d("1"), Plain::Points), Some(d("0.01")));
/// ```
pub fn rate(value: Decimal, plain: Plain) -> Option<Decimal> {
    match plain {
        Plain::Points => value.shift(-2),
        Plain::Guess if is_points(value) => value.shift(-2),
        Plain::Fraction | Plain::Guess => Some(value),
    }
}

/// Whether a plain number is taken for percentage points: above 1.5 without its sign.
pub(super) fn is_points(value: Decimal) -> bool {
    Decimal::new(15, 1).is_some_and(|limit| value.abs() > limit)
}

/// Reads a rate as a fraction: `100%`, `97.75％`, `100百分比`, `5‰`, `百分之九十`, or a plain number as `plain` says.
///
/// ```
/// use jixiao::text::{Plain, percent};
/// let fraction = |text| percent(text, Plain::Guess).given().map(ToString::to_string);
/// assert_eq!(fraction("97.75％").as_deref(), Some("0.9775"));
/// assert_eq!(fraction("100百分比").as_deref(), Some("1"));
/// assert_eq!(fraction("1").as_deref(), Some("1"));
/// ```
pub fn percent(text: &str, plain: Plain) -> Entry<Decimal> {
    percent_written(text, plain).map(|w| w.value)
}

/// As [`percent`], with the accuracy of the fraction: `places` is 4 for `97.75%`, 2 for `0.98` and for `86%`.
pub fn percent_written(text: &str, plain: Plain) -> Entry<Written> {
    if let Some(entry) = nothing(text) {
        return entry;
    }
    let text = fold_number(text);
    match read(&text, plain) {
        Some(read) => Entry::Given(read),
        None => Entry::Unreadable,
    }
}

fn read(text: &str, plain: Plain) -> Option<Written> {
    let (negative, body) = signed(text)?;
    let (number, shift) = if let Some(body) = body.strip_prefix("百分之") {
        let (number, rest) =
            leading(body).or_else(|| numeral(body).map(|(n, rest)| (Written { value: n.into(), places: 0 }, rest)))?;
        (rest.is_empty().then_some(number)?, -2)
    } else {
        let (number, rest) = leading(body)?;
        match rest.trim_end_matches(['。', ';']) {
            "%" | "百分比" | "百分点" | "个百分点" | "个点" => (number, -2),
            "‰" => (number, -3),
            "" if plain == Plain::Points || (plain == Plain::Guess && is_points(number.value)) => (number, -2),
            "" => (number, 0),
            _ => return None,
        }
    };
    let value = number.value.shift(shift)?;
    let places = number.places.checked_add(shift.unsigned_abs())?;
    Written { value, places }.signed(negative)
}

#[cfg(test)]
mod tests {
    use super::{Plain, percent, percent_written};
    use crate::quantity::{Decimal, Entry};
    use proptest::prelude::*;

    fn read(text: &str, plain: Plain) -> Option<String> {
        percent(text, plain).given().map(ToString::to_string)
    }

    #[test]
    fn rates_as_people_write_them() {
        for (text, want) in [
            ("100%", "1"),
            ("100.00%", "1"),
            ("100", "1"),
            ("1", "1"),
            ("0.98", "0.98"),
            ("102.59%", "1.0259"),
            ("97.75％", "0.9775"),
            ("-7.03%", "-0.0703"),
            ("(7.03%)", "-0.0703"),
            ("100百分比", "1"),
            ("5‰", "0.005"),
            ("百分之九十五", "0.95"),
            ("百分之95.5", "0.955"),
            ("0.00%", "0"),
            ("0.5%", "0.005"),
            ("100 %", "1"),
        ] {
            assert_eq!(read(text, Plain::Guess).as_deref(), Some(want), "{text}");
        }
        assert_eq!(read("1", Plain::Points).as_deref(), Some("0.01"));
        assert_eq!(read("2", Plain::Fraction).as_deref(), Some("2"));
        for bad in ["B/A*100%", "约90", "%", "100%100%", "完成", "90%以上", "#DIV/0!"] {
            assert_eq!(percent(bad, Plain::Guess), Entry::Unreadable, "{bad}");
        }
        assert_eq!(percent("/", Plain::Guess), Entry::NotApplicable);
    }

    #[test]
    fn accuracy_is_that_of_the_fraction() {
        let places = |text| percent_written(text, Plain::Guess).given().map(|w| w.places);
        assert_eq!(places("86%"), Some(2));
        assert_eq!(places("97.75%"), Some(4));
        assert_eq!(places("0.98"), Some(2));
    }

    proptest! {
        #[test]
        fn four_ways_to_write_a_rate(points in 151_i64..20_000) {
            let hundredths = Decimal::new(points.into(), 2).unwrap();
            let want = Entry::Given(hundredths.shift(-2).unwrap());
            for text in [format!("{hundredths}%"), format!("{hundredths}"), format!("{hundredths}百分比"), format!("{hundredths}％")] {
                prop_assert_eq!(percent(&text, Plain::Guess), want, "{}", text);
            }
        }
    }
}
