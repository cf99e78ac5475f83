//! A cell as nearly all are written, taken in one look.
//!
//! Why: programs write cells in one shape, and taking it apart token by token costs several times what it holds.
//! Input → output: the bytes ahead → the parts of one whole cell, or nothing. Invariant: what is taken here says what the
//! strict way would read from the same bytes; whatever deviates is left to it, faults above all.

use super::sheet::Kind;
use crate::book::types::{MAX_COLS, MAX_ROWS};
use crate::quantity::CellRef;

/// A cell `<c r="B7" s="3" t="s"><f>A1+1</f><v>12</v></c>`: attributes in this order, text of ASCII without references.
#[derive(Debug)]
pub(super) struct Usual<'p> {
    /// Where it is.
    pub(super) at: CellRef,
    /// Its format, as the attribute `s` has it.
    pub(super) format: u32,
    /// What it holds.
    pub(super) content: Content<'p>,
    /// How many bytes it takes.
    pub(super) len: usize,
}

/// What a cell holds.
#[derive(Debug)]
pub(super) enum Content<'p> {
    /// Nothing but its look.
    Blank,
    /// A number written as a short decimal.
    Number(f64),
    /// The index of a shared string.
    Shared(u32),
    /// Anything else.
    Other {
        /// How the value is to be taken.
        kind: Kind,
        /// A formula, not shared with other cells.
        formula: Option<&'p str>,
        /// The value as written.
        value: Option<&'p str>,
    },
}

/// The cell that begins here, if it has the usual shape.
#[inline]
pub(super) fn cell(x: &[u8]) -> Option<Usual<'_>> {
    let [b'<', b'c', b' ', b'r', b'=', b'"', rest @ ..] = x else { return None };
    let (at, mut rest) = place(rest)?;
    let (mut format, mut kind) = (0, Kind::Number);
    if let [b' ', b's', b'=', b'"', behind @ ..] = rest {
        (format, rest) = number(behind)?;
        rest = behind_quote(rest)?;
    }
    if let [b' ', b't', b'=', b'"', behind @ ..] = rest {
        (kind, rest) = if let [b's', b'"', behind @ ..] = behind {
            (Kind::Shared, behind)
        } else {
            let (value, behind) = quoted(behind)?;
            (Kind::of(value)?, behind)
        };
    }
    let (content, rest) = content(kind, rest)?;
    Some(Usual { at, format, content, len: x.len() - rest.len() })
}

/// What stands in the cell behind its attributes, and what follows the cell.
#[inline]
fn content(kind: Kind, x: &[u8]) -> Option<(Content<'_>, &[u8])> {
    let mut rest = match x {
        [b'/', b'>', behind @ ..] => return Some((Content::Blank, behind)),
        [b'>', behind @ ..] => behind,
        _ => return None,
    };
    if let [b'<', b'v', b'>', behind @ ..] = rest {
        let plain = match kind {
            Kind::Number => decimal(behind).map(|(number, behind)| (Content::Number(number), behind)),
            Kind::Shared => number(behind).map(|(index, behind)| (Content::Shared(index), behind)),
            Kind::Text | Kind::Inline | Kind::Bool | Kind::Error | Kind::Date => None,
        };
        if let Some((content, [b'<', b'/', b'v', b'>', b'<', b'/', b'c', b'>', behind @ ..])) = plain {
            return Some((content, behind));
        }
    }
    let (mut formula, mut value) = (None, None);
    if let Some(behind) = rest.strip_prefix(b"<f>") {
        let (text, behind) = plain(behind)?;
        formula = Some(text);
        rest = behind.strip_prefix(b"</f>")?;
    }
    if let Some(behind) = rest.strip_prefix(b"<v>") {
        let (text, behind) = plain(behind)?;
        value = Some(text);
        rest = behind.strip_prefix(b"</v>")?;
    }
    rest = rest.strip_prefix(b"</c>")?;
    let content = match (formula, value) {
        (None, None) => Content::Blank,
        _ => Content::Other { kind, formula, value },
    };
    Some((content, rest))
}

/// An address in capitals and its quote, and what follows.
#[inline]
fn place(x: &[u8]) -> Option<(CellRef, &[u8])> {
    let (mut col, mut rest) = (0, x);
    while let [letter @ b'A'..=b'Z', behind @ ..] = rest {
        col = col * 26 + u32::from(letter - b'A') + 1;
        rest = behind;
        if col > MAX_COLS {
            return None;
        }
    }
    let (row, rest) = number(rest)?;
    let rest = behind_quote(rest)?;
    (col > 0 && (1..=MAX_ROWS).contains(&row)).then(|| (CellRef::new(row - 1, col - 1), rest))
}

#[inline]
pub(super) fn behind_quote(x: &[u8]) -> Option<&[u8]> {
    match x {
        [b'"', behind @ ..] => Some(behind),
        _ => None,
    }
}

/// Digits, eight at the most, and what follows.
#[inline]
pub(super) fn number(x: &[u8]) -> Option<(u32, &[u8])> {
    let (mut n, mut rest, mut left) = (0, x, 9);
    while let [digit @ b'0'..=b'9', behind @ ..] = rest {
        n = n * 10 + u32::from(digit - b'0');
        rest = behind;
        left -= 1;
        if left == 0 {
            return None;
        }
    }
    (left < 9).then_some((n, rest))
}

/// A short decimal, `-12.5`, and what follows. It needs no general parser: below 2^53 and 10^22 both parts are exact
/// doubles, and their quotient is rounded once.
#[inline]
pub(super) fn decimal(x: &[u8]) -> Option<(f64, &[u8])> {
    const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (negative, mut rest) = match x {
        [b'-', behind @ ..] => (true, behind),
        _ => (false, x),
    };
    let (mut mantissa, mut digits, mut point) = (0_u64, 0_usize, None);
    loop {
        match rest {
            [digit @ b'0'..=b'9', behind @ ..] => {
                mantissa = mantissa * 10 + u64::from(digit - b'0');
                rest = behind;
                digits += 1;
                if digits > 16 {
                    return None;
                }
            }
            [b'.', behind @ ..] if point.is_none() => {
                point = Some(digits);
                rest = behind;
            }
            _ => break,
        }
    }
    let power = POWERS.get(point.map_or(0, |point| digits - point))?;
    if digits == 0 || mantissa >= 1 << 53 {
        return None;
    }
    #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
    let value = mantissa as f64 / power;
    Some((if negative { -value } else { value }, rest))
}

/// Up to the quote, which is near, and what follows it.
#[inline]
fn quoted(x: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = x.iter().take(16).position(|&b| b == b'"')?;
    Some((x.get(..len)?, x.get(len + 1..)?))
}

/// Text that needs no decoding, and the tag that follows it.
#[inline]
fn plain(x: &[u8]) -> Option<(&str, &[u8])> {
    let len = x.iter().position(|&b| matches!(b, b'<' | b'&' | b'\r') || !b.is_ascii())?;
    let (text, rest) = x.split_at_checked(len)?;
    rest.starts_with(b"<").then_some((std::str::from_utf8(text).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::cell;
    use crate::book::assemble::RawSheet;
    use crate::book::types::Visibility;
    use crate::book::xlsx::sheet::{Context, read};
    use crate::book::xlsx::strings::Strings;
    use crate::book::xlsx::styles::Styles;
    use proptest::prelude::*;
    use proptest::sample::select;

    /// What a row of these cells says, cells, oddities and faults alike.
    fn said(cells: &str) -> String {
        let part = format!("<worksheet><sheetData><row r=\"3\">{cells}</row></sheetData></worksheet>");
        let mut strings = Strings::read(b"<sst><si><t>a</t></si><si><t/></si></sst>", 10).unwrap();
        let formats = b"<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>";
        let styles = Styles::new(formats.to_vec(), 10);
        let mut context = Context { strings: &mut strings, styles: &styles, from_1904: false, room: 5 };
        let mut sheet = RawSheet::new("S", Visibility::Visible);
        let outcome = read(part.as_bytes(), &mut context, &mut sheet);
        format!("{outcome:?} {sheet:?}")
    }

    #[test]
    fn the_usual_shape_is_known() {
        for text in [
            "<c r=\"B7\"/>",
            "<c r=\"B7\" s=\"3\"></c>",
            "<c r=\"B7\" s=\"3\" t=\"s\"><v>12</v></c>",
            "<c r=\"B7\"><f>A1+1</f><v>0.5</v></c>",
        ] {
            assert_eq!(cell(text.as_bytes()).map(|cell| cell.len), Some(text.len()), "{text}");
        }
        for text in
            ["<c/>", "<c r='B7'/>", "<c r=\"B7\" t=\"x\"/>", "<c r=\"B7\"><v>&#49;</v></c>", "<c r=\"B7\"><v>1</v>"]
        {
            assert!(cell(text.as_bytes()).is_none(), "{text}");
        }
    }

    fn one() -> impl Strategy<Value = String> {
        let place = select(vec!["", " r=\"A3\"", " r=\"C3\"", " r=\"D9\"", " r=\"0\"", " r=\"XFE1\"", " r='E3'"]);
        let style = select(vec!["", "", " s=\"1\"", " s=\"x\"", " s=\"7\"", " cm=\"1\""]);
        let kind = select(vec![
            "",
            "",
            " t=\"s\"",
            " t=\"str\"",
            " t=\"b\"",
            " t=\"e\"",
            " t=\"d\"",
            " t=\"inlineStr\"",
            " t=\"z\"",
        ]);
        let value = select(vec![
            "0",
            "1",
            "9",
            "",
            " 12.50 ",
            "-12.5",
            "-0",
            "5.",
            ".5",
            ".",
            "-",
            "1.2.3",
            "00012",
            "123456789",
            "1234567890123456",
            "12345678901234567",
            "0.30000000000000004",
            "1e5",
            "INF",
            "TRUE",
            "#N/A",
            "2021-03-04",
            "文",
            "a&lt;b",
            "1<!-- -->2",
            "_x0041_",
        ]);
        let formula = select(vec!["", "", "<f>A1+1</f>", "<f/>", "<f></f>", "<f>A1&amp;\"x\"</f>"]);
        (place, style, kind, value, formula, 0_u8..8).prop_map(|(place, style, kind, value, formula, shape)| {
            let start = format!("<c{place}{style}{kind}");
            match shape {
                0 => format!("{start}/>"),
                1 => format!("{start}></c>"),
                2 => format!("{start}><v>{value}</v>{formula}</c>"),
                3 => format!("{start}><v>{value}</v><v>{value}</v></c>"),
                _ => format!("{start}>{formula}<v>{value}</v></c>"),
            }
        })
    }

    proptest! {
        #[test]
        fn a_cell_at_one_look_says_what_the_strict_way_reads(cells in proptest::collection::vec(one(), 1..8)) {
            let usual: String = cells.concat();
            // a second blank changes nothing but that the shape is no longer the usual one
            let strict = usual.replace("<c r", "<c  r").replace("<c s", "<c  s");
            prop_assert_eq!(said(&usual), said(&strict));
        }
    }
}
