//! Plain numbers as people write them.
//!
//! Why: thousands separators, full width, brackets for negatives and scanning slips stand in cells that should hold a
//! number; what cannot be read for certain must stay unread.
//!
//! Input → output: the text of a cell → a decimal and how many digits behind the point were written.

use super::fold::{folded, is_blank, nothing, tidy};
use crate::quantity::{Decimal, Entry};
use std::borrow::Cow;

/// A number and the accuracy in which it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The value.
    pub value: Decimal,
    /// Digits written behind the point, trailing zeros included: 2 for `44.00`.
    pub places: u8,
}

/// The number that a cell's text says, and nothing else beside it.
///
/// Accepts thousands separators (comma or blank) where every group has three digits, full width, a sign, `△` and
/// brackets for negatives, and the look-alikes `I`, `l`, `O` for 1 and 0 where at least two of them stand there.
/// Unreadable: units and percent signs (they have their own readers), `.32` (its head was lost), a lone `O`.
///
/// ```
/// use jixiao::{quantity::Entry, text::number};
/// let value = |text| number(text).given().map(ToString::to_string);
/// assert_eq!(value("１，２３４．５０").as_deref(), Some("1234.5"));
/// assert_eq!(value("(204.61)").as_deref(), Some("-204.61"));
/// assert_eq!(value("IO").as_deref(), Some("10"));
/// assert_eq!(number(".32"), Entry::Unreadable);
/// assert_eq!(number("1,23"), Entry::Unreadable);
/// assert_eq!(number("—"), Entry::NotApplicable);
/// ```
pub fn number(text: &str) -> Entry<Decimal> {
    written(text).map(|w| w.value)
}

/// As [`number`], with the accuracy in which it was written.
pub fn written(text: &str) -> Entry<Written> {
    if let Some(entry) = nothing(text) {
        return entry;
    }
    let digits = fold_number(text);
    let Some((negative, body)) = signed(&digits) else {
        return Entry::Unreadable;
    };
    let read = match leading(body) {
        Some((read, "")) => Some(read),
        Some((read, rest)) => exponent(read, rest).or_else(|| look_alikes(body).and_then(|repaired| whole(&repaired))),
        None => look_alikes(body).and_then(|repaired| whole(&repaired)),
    };
    match read.and_then(|read| read.signed(negative)) {
        Some(read) => Entry::Given(read),
        None => Entry::Unreadable,
    }
}

impl Written {
    /// The same with its sign.
    pub(super) fn signed(self, negative: bool) -> Option<Self> {
        let value = if negative { Decimal::ZERO.checked_sub(self.value)? } else { self.value };
        Some(Self { value, places: self.places })
    }
}

/// Folded text of a figure. A blank between two digits separates thousands and becomes a comma, so that `12 34` is not
/// taken for 1234; quotes around exported text are dropped.
pub(super) fn fold_number(text: &str) -> Cow<'_, str> {
    let text = tidy(text);
    if text.bytes().all(|b| b.is_ascii_graphic()) && !text.contains('\'') {
        return Cow::Borrowed(text);
    }
    if !text.contains(is_blank) {
        return match folded(text) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches('\'')),
            Cow::Owned(text) => Cow::Owned(text.trim_matches('\'').to_owned()),
        };
    }
    let mut out = String::with_capacity(text.len());
    let mut words = text.split(is_blank).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let word = folded(word);
        out.push_str(&word);
        let starts_with_digit = |next: &&str| folded(next).starts_with(|c: char| c.is_ascii_digit());
        if word.ends_with(|c: char| c.is_ascii_digit()) && words.peek().is_some_and(starts_with_digit) {
            out.push(',');
        }
    }
    Cow::Owned(out.trim_matches('\'').to_owned())
}

/// Takes a sign or negative brackets off folded text.
pub(super) fn signed(text: &str) -> Option<(bool, &str)> {
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return Some((true, inner));
    }
    match text.chars().next()? {
        sign @ ('-' | '△' | '▲') => Some((true, text.get(sign.len_utf8()..)?)),
        '+' => Some((false, text.get(1..)?)),
        _ => Some((false, text)),
    }
}

/// The unsigned number at the head of folded text, with what follows. `None`: no digit first, groups between separators
/// that are not of three digits, two points, or more than twenty digits.
pub(super) fn leading(text: &str) -> Option<(Written, &str)> {
    let mut mantissa = 0_i128;
    let (mut digits, mut places, mut group, mut grouped, mut point) = (0_u32, 0_u8, 0_u32, false, false);
    let mut bytes = text.bytes().enumerate().peekable();
    let mut end = text.len();
    while let Some((at, byte)) = bytes.next() {
        let before_digit = bytes.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i128::from(byte - b'0');
                digits += u32::from(mantissa > 0);
                group += 1;
                places += u8::from(point);
                if digits > 20 || places > 18 || group > 40 {
                    return None;
                }
            }
            b',' if before_digit && group > 0 && !point => {
                if group > 3 || (grouped && group != 3) {
                    return None;
                }
                (grouped, group) = (true, 0);
            }
            b'.' if before_digit && group > 0 => {
                if point || (grouped && group != 3) {
                    return None;
                }
                (point, group) = (true, 0);
            }
            _ => {
                end = at;
                break;
            }
        }
    }
    if group == 0 || (grouped && !point && group != 3) {
        return None;
    }
    Some((Written { value: Decimal::new(mantissa, places)?, places }, text.get(end..)?))
}

/// The number that folded text is as a whole.
fn whole(text: &str) -> Option<Written> {
    leading(text).filter(|(_, rest)| rest.is_empty()).map(|(read, _)| read)
}

/// `1.23E+05`: only with a signed exponent, because `2E3` may be the name of a room.
fn exponent(read: Written, rest: &str) -> Option<Written> {
    let power = rest.strip_prefix(['E', 'e'])?;
    let digits = power.strip_prefix(['+', '-'])?;
    if digits.is_empty() || digits.len() > 2 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value = read.value.shift(power.parse().ok()?)?;
    Some(Written { value, places: value.places() })
}

/// Digits for letters that scanning puts in their place, where there are at least two of them and the result is no
/// string of zeros.
fn look_alikes(text: &str) -> Option<String> {
    let letters = text.chars().filter(|c| matches!(c, 'I' | 'l' | 'O')).count();
    let repaired: String =
        text.chars().map(|c| if matches!(c, 'I' | 'l') { '1' } else { c }).collect::<String>().replace('O', "0");
    let sound = letters >= 2
        && repaired.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
        && !repaired.starts_with("00");
    sound.then_some(repaired)
}

#[cfg(test)]
mod tests {
    use super::{Written, leading, number, written};
    use crate::quantity::{Decimal, Entry};
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        number(text).given().map(ToString::to_string)
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (text, want) in [
            ("0", "0"),
            ("17.005", "17.005"),
            (" 11,122,315.04 ", "11122315.04"),
            ("１，２３４", "1234"),
            ("1 234 567.5", "1234567.5"),
            ("-204.61", "-204.61"),
            ("－114", "-114"),
            ("△114", "-114"),
            ("（1,204.61）", "-1204.61"),
            ("+5", "5"),
            ("'190.00'", "190"),
            ("IO", "10"),
            ("IOO", "100"),
            ("1OO", "100"),
            ("1.2E+05", "120000"),
            ("007", "7"),
            ("12345678901234567890", "12345678901234567890"),
        ] {
            assert_eq!(read(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn what_is_not_certain_stays_unread() {
        for text in [
            ".32",
            "O",
            "1O",
            "OO",
            "I",
            "1,23",
            "1,2345",
            "12,34,567",
            "1234,567",
            "1.2.3",
            "12.",
            "12 34",
            "5%",
            "5元",
            "abc",
            "1-2",
            "2E3",
            "--5",
            "()",
            "1,234,",
            "123456789012345678901",
            "１２３，４",
            "完成",
        ] {
            assert_eq!(number(text), Entry::Unreadable, "{text}");
        }
        assert_eq!(number(" "), Entry::Blank);
        assert_eq!(number("/"), Entry::NotApplicable);
    }

    #[test]
    fn written_accuracy_is_kept() {
        let places = |text| written(text).given().map(|w| w.places);
        assert_eq!(places("44.00"), Some(2));
        assert_eq!(places("44"), Some(0));
        assert_eq!(places("(1,000.50)"), Some(2));
    }

    #[test]
    fn the_head_of_a_text() {
        let one = |n: i64| Written { value: Decimal::from_int(n), places: 0 };
        assert_eq!(leading("2000户"), Some((one(2000), "户")));
        assert_eq!(leading("1,完成"), Some((one(1), ",完成")));
        assert_eq!(leading("户"), None);
    }

    proptest! {
        #[test]
        fn separators_and_width_change_nothing(n in 0_i64..1_000_000_000_000, fen in 0_u8..100, negative in any::<bool>()) {
            let digits = n.to_string();
            let mut grouped = String::new();
            for (i, c) in digits.chars().enumerate() {
                if i > 0 && (digits.len() - i).is_multiple_of(3) {
                    grouped.push(',');
                }
                grouped.push(c);
            }
            let sign = if negative { "-" } else { "" };
            let plain = format!("{sign}{n}.{fen:02}");
            let want = Entry::Given(Decimal::parse(&plain).unwrap());
            let full: String = format!("{sign}{grouped}.{fen:02}").chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
            prop_assert_eq!(number(&plain), want);
            prop_assert_eq!(number(&format!("{sign}{grouped}.{fen:02}")), want);
            prop_assert_eq!(number(&full), want);
            prop_assert_eq!(number(&format!("{sign}{}.{fen:02}", grouped.replace(',', " "))), want);
        }

        #[test]
        fn nothing_panics(text in any::<String>()) {
            number(&text);
        }
    }
}
