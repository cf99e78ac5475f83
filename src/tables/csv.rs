//! The tables as CSV: UTF-8 with byte order mark, CRLF, opens correctly in Excel and WPS.
//!
//! Rules: null is the empty field, empty text `""`; a field is quoted where necessary; decimals plain, without exponent.
//! Text taken from the input that begins with `= + - @`, tab, CR, LF or a full-width `＝ ＋ － ＠` gets a leading `'`, so
//! that no spreadsheet takes it for a formula, unless [`Guard::Raw`] is asked for; codes and numbers of the program's own
//! never do.

use super::batch::{Batch, Data, NULL, TextId};
use super::{Column, Kind};
use std::io::{self, Write};

/// Whether text that looks like a formula is kept from working.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// With a leading `'`.
    Apostrophe,
    /// Not at all (`--raw-csv`).
    Raw,
}

/// The mark at the beginning, then the heads.
pub(crate) fn write_head(columns: &[Column], out: &mut impl Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let names: Vec<&str> = columns.iter().map(|c| c.name).collect();
    out.write_all(names.join(",").as_bytes())?;
    out.write_all(b"\r\n")
}

/// The rows of a batch. `line` is a buffer that is used again.
pub(crate) fn write_rows(batch: &Batch, guard: Guard, line: &mut Vec<u8>, out: &mut impl Write) -> io::Result<()> {
    const PIECE: usize = 1 << 16;
    let guarded = Fields::of(batch, guard);
    let plain = Fields::of(batch, Guard::Raw);
    line.clear();
    for row in 0..batch.rows {
        for (i, (column, data)) in batch.columns.iter().zip(&batch.data).enumerate() {
            if i > 0 {
                line.push(b',');
            }
            match data {
                Data::Text(v) => {
                    let fields = if column.kind == Kind::Text { &guarded } else { &plain };
                    line.extend_from_slice(fields.get(v.get(row).copied().unwrap_or(NULL)));
                }
                Data::Int(v) => {
                    if let Some(n) = v.get(row).copied().flatten() {
                        push_int(line, n, column.kind);
                    }
                }
                Data::Decimal(v) => {
                    if let Some(d) = v.get(row).copied().flatten() {
                        write!(line, "{d}")?;
                    }
                }
                Data::Flag(v) => match v.get(row).copied().flatten() {
                    Some(true) => line.extend_from_slice(b"true"),
                    Some(false) => line.extend_from_slice(b"false"),
                    None => {}
                },
            }
        }
        line.extend_from_slice(b"\r\n");
        if line.len() >= PIECE {
            out.write_all(line)?;
            line.clear();
        }
    }
    out.write_all(line)?;
    line.clear();
    Ok(())
}

fn push_int(line: &mut Vec<u8>, n: i64, kind: Kind) {
    match kind {
        Kind::Money => push_fixed(line, n, 2, 2),
        Kind::Points => push_fixed(line, n, 4, 0),
        Kind::Int | Kind::Text | Kind::Code | Kind::Rate | Kind::Number | Kind::Flag => push_fixed(line, n, 0, 0),
    }
}

/// `n / 10^scale` with at least `least` digits behind the point.
fn push_fixed(line: &mut Vec<u8>, n: i64, scale: usize, least: usize) {
    let mut digits = [b'0'; 24];
    let mut rest = n.unsigned_abs();
    let mut used = 0;
    for digit in digits.iter_mut().rev() {
        if rest == 0 && used > scale {
            break;
        }
        *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        used += 1;
    }
    let all = digits.get(digits.len() - used..).unwrap_or_default();
    let (whole, fraction) = all.split_at(used - scale);
    if n < 0 {
        line.push(b'-');
    }
    line.extend_from_slice(whole);
    let kept = fraction.iter().rposition(|&d| d != b'0').map_or(0, |i| i + 1).max(least);
    if kept > 0 {
        line.push(b'.');
        line.extend_from_slice(fraction.get(..kept).unwrap_or(fraction));
    }
}

/// The texts of a batch as fields, escaped once.
struct Fields {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Fields {
    fn of(batch: &Batch, guard: Guard) -> Self {
        let mut fields = Self { bytes: Vec::new(), ends: vec![0] };
        for text in batch.pool.texts() {
            push_field(&mut fields.bytes, text, guard);
            fields.ends.push(fields.bytes.len());
        }
        fields
    }

    fn get(&self, id: TextId) -> &[u8] {
        let place = usize::try_from(id).unwrap_or(0);
        match (place.checked_sub(1).and_then(|before| self.ends.get(before)), self.ends.get(place)) {
            (Some(&from), Some(&to)) => self.bytes.get(from..to).unwrap_or_default(),
            _ => b"",
        }
    }
}

fn push_field(out: &mut Vec<u8>, text: &str, guard: Guard) {
    let apostrophe = guard == Guard::Apostrophe && looks_like_formula(text);
    let quoted = text.is_empty() || text.bytes().any(|b| matches!(b, b',' | b'"' | b'\r' | b'\n'));
    if quoted {
        out.push(b'"');
    }
    if apostrophe {
        out.push(b'\'');
    }
    if quoted {
        for byte in text.bytes() {
            if byte == b'"' {
                out.push(b'"');
            }
            out.push(byte);
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

/// Whether a spreadsheet may take the text for a formula.
pub fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::{Guard, push_field, push_fixed};
    use proptest::prelude::*;

    fn field(text: &str, guard: Guard) -> String {
        let mut out = Vec::new();
        push_field(&mut out, text, guard);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn fields() {
        assert_eq!(field("", Guard::Apostrophe), "\"\"");
        assert_eq!(field("a,b", Guard::Apostrophe), "\"a,b\"");
        assert_eq!(field("他说\"好\"", Guard::Apostrophe), "\"他说\"\"好\"\"\"");
        assert_eq!(field("=1+1", Guard::Apostrophe), "'=1+1");
        assert_eq!(field("\n=1", Guard::Apostrophe), "\"'\n=1\"");
        assert_eq!(field("－5", Guard::Apostrophe), "'－5");
        assert_eq!(field("=1+1", Guard::Raw), "=1+1");
    }

    fn fixed(n: i64, scale: usize, least: usize) -> String {
        let mut out = Vec::new();
        push_fixed(&mut out, n, scale, least);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers() {
        assert_eq!(fixed(515_000_000, 2, 2), "5150000.00");
        assert_eq!(fixed(-5, 2, 2), "-0.05");
        assert_eq!(fixed(0, 2, 2), "0.00");
        assert_eq!(fixed(1_000_000, 4, 0), "100");
        assert_eq!(fixed(885_000, 4, 0), "88.5");
        assert_eq!(fixed(7, 0, 0), "7");
        assert_eq!(fixed(0, 0, 0), "0");
        assert_eq!(fixed(i64::MIN, 0, 0), i64::MIN.to_string());
    }

    proptest! {
        #[test]
        fn whole_numbers_are_as_displayed(n in any::<i64>()) {
            prop_assert_eq!(fixed(n, 0, 0), n.to_string());
        }

        #[test]
        fn points_are_as_displayed(n in -999_999_999_i64..=999_999_999) {
            let points = crate::quantity::Points::from_scaled(n).unwrap();
            prop_assert_eq!(fixed(n, 4, 0), points.to_string());
        }
    }
}
