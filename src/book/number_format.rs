//! Number formats, as far as they decide what a number means: a date, an elapsed time, a percentage.
//!
//! Input → output: the id and code of a number format → [`Shown`].
//! Source: ECMA-376-1 §18.8.30 (built-in ids, with those of Chinese, Japanese, Korean and Thai versions) and §18.8.31.

use super::date;
use super::types::Value;

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shown {
    /// A number.
    #[default]
    Number,
    /// A percentage: 0.98 means 98 %.
    Percent,
    /// A date, a time or both.
    Date,
    /// An elapsed time, `[h]:mm`.
    Elapsed,
}

impl Shown {
    /// A finite number as the value of a cell.
    pub(crate) fn value(self, number: f64, from_1904: bool) -> Value {
        let iso = match self {
            Self::Number | Self::Percent => None,
            Self::Date => date::iso(number, from_1904),
            Self::Elapsed => date::duration(number),
        };
        match iso {
            Some(iso) => Value::Date { serial: number, iso: iso.into() },
            None => Value::Number(number),
        }
    }
}

/// The built-in formats. Ids from 164 on are a workbook's own; others have no fixed meaning.
pub(crate) const fn built_in(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=22 | 27..=36 | 45 | 47 | 50..=58 | 71..=81 => Shown::Date,
        46 => Shown::Elapsed,
        _ => Shown::Number,
    }
}

/// Reads a format code. Only the first section counts, that of positive numbers; what stands in quotes, after a
/// backslash, `_` or `*`, or in brackets other than `[h]`, `[m]`, `[s]` is literal.
pub(crate) fn of_code(code: &str) -> Shown {
    let code = code.trim();
    if code.is_empty() || code == "@" || code.eq_ignore_ascii_case("general") {
        return Shown::Number;
    }
    let mut shown = Shown::Number;
    let mut digits = false;
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                chars.by_ref().find(|&c| c == '"');
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|&c| c != ']').collect();
                if is_elapsed(&inner) {
                    return Shown::Elapsed;
                }
            }
            ';' => break,
            '%' => shown = Shown::Percent,
            '0' | '#' | '?' => digits = true,
            // An exponent, unless it is the year of an era.
            'E' | 'e' if digits && matches!(chars.peek(), Some('+' | '-')) => {}
            'G' | 'g' if takes_general(&mut chars) => {}
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' | 'e' | 'E' | 'g' | 'G' | 'b' | 'B'
                if shown != Shown::Percent =>
            {
                return if rest_has_elapsed(chars.clone()) { Shown::Elapsed } else { Shown::Date };
            }
            _ => {}
        }
    }
    shown
}

fn is_elapsed(inner: &str) -> bool {
    let mut letters = inner.bytes().map(|b| b.to_ascii_lowercase());
    letters.next().is_some_and(|first| matches!(first, b'h' | b'm' | b's') && letters.all(|b| b == first))
}

/// Takes the rest of the word `General` behind its first letter, if it stands there.
fn takes_general(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let word: String = chars.clone().take(6).collect();
    let found = word.eq_ignore_ascii_case("eneral");
    if found {
        chars.nth(5);
    }
    found
}

fn rest_has_elapsed(chars: std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let rest: String = chars.take_while(|&c| c != ';').collect();
    rest.split('[').skip(1).filter_map(|part| part.split_once(']')).any(|(inner, _)| is_elapsed(inner))
}

#[cfg(test)]
mod tests {
    use super::{Shown, built_in, of_code};

    #[test]
    fn codes_are_told_apart() {
        for (code, shown) in [
            ("General", Shown::Number),
            ("General\"元\"", Shown::Number),
            ("0.00", Shown::Number),
            ("#,##0.00_);[Red](#,##0.00)", Shown::Number),
            ("0.00E+00", Shown::Number),
            ("##0.0E+0", Shown::Number),
            ("\"day\" 0", Shown::Number),
            ("[Red]0", Shown::Number),
            ("0;yyyy", Shown::Number),
            ("[$-804]0.00", Shown::Number),
            ("0.00%", Shown::Percent),
            ("0\\%", Shown::Number),
            ("0.0\"%\"", Shown::Number),
            ("yyyy-mm-dd", Shown::Date),
            ("[$-804]yyyy\"年\"m\"月\";@", Shown::Date),
            ("[DBNum1][$-804]m\"月\"d\"日\"", Shown::Date),
            ("h:mm AM/PM", Shown::Date),
            ("e.m.d", Shown::Date),
            ("[h]:mm:ss", Shown::Elapsed),
            ("[mm]:ss", Shown::Elapsed),
            ("@", Shown::Number),
        ] {
            assert_eq!(of_code(code), shown, "{code}");
        }
        assert_eq!(built_in(14), Shown::Date);
        assert_eq!(built_in(10), Shown::Percent);
        assert_eq!(built_in(4), Shown::Number);
    }
}
