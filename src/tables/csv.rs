//! The tables as CSV: UTF-8 with byte order mark, CRLF, opens correctly in Excel and WPS.
//!
//! Rules: null is the empty field, empty text `""`; a field is quoted where necessary; decimals plain, without exponent.
//! Text taken from the input that begins with `= + - @`, tab, CR, LF or a full-width `＝ ＋ － ＠` gets a leading `'`, so
//! that no spreadsheet takes it for a formula, unless [`Guard::Raw`] is asked for; codes and numbers of the program's own
//! never do.

use super::batch::{Batch, Data, NULL, TextId};
use super::{Column, Kind};
use crate::quantity::Decimal;
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
    let columns = batch.columns.iter().zip(&batch.data).map(|(column, data)| match (data, column.kind) {
        (Data::Text(ids), Kind::Text) => Values::Text(ids, &guarded),
        (Data::Text(ids), _) => Values::Text(ids, &plain),
        (Data::Int(numbers), kind) => Values::Int(numbers, int_writer(kind)),
        (Data::Decimal(numbers), _) => Values::Decimal(numbers),
        (Data::Flag(flags), _) => Values::Flag(flags),
    });
    let mut groups: Vec<Group<'_>> = Vec::new();
    for values in columns {
        let is_steady = values.changes() * 2 < batch.rows;
        match groups.last_mut() {
            Some(group) if group.is_steady() && is_steady => group.add(values),
            _ if is_steady => groups.push(Group::steady(values, batch.rows)),
            _ => groups.push(Group::of(values)),
        }
    }
    line.clear();
    for row in 0..batch.rows {
        let mut rest = groups.iter_mut();
        if let Some(first) = rest.next() {
            first.push(row, line);
        }
        for group in rest {
            line.push(b',');
            group.push(row, line);
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

/// Neighbouring columns that mostly say what they said in the row before, written at once; or one column of another sort.
struct Group<'a> {
    columns: Vec<Values<'a>>,
    /// Whether each row says something else than the row before; empty for a column that is not steady.
    changed: Vec<bool>,
    /// What they said in the row before, if they are steady.
    text: Vec<u8>,
}

impl<'a> Group<'a> {
    fn of(values: Values<'a>) -> Self {
        Self { columns: vec![values], changed: Vec::new(), text: Vec::new() }
    }

    fn steady(values: Values<'a>, rows: usize) -> Self {
        let mut changed = vec![false; rows];
        values.mark_changes(&mut changed);
        Self { changed, ..Self::of(values) }
    }

    fn is_steady(&self) -> bool {
        !self.changed.is_empty()
    }

    fn add(&mut self, values: Values<'a>) {
        values.mark_changes(&mut self.changed);
        self.columns.push(values);
    }

    fn push(&mut self, row: usize, line: &mut Vec<u8>) {
        let Some(&is_changed) = self.changed.get(row) else {
            self.columns.iter().for_each(|values| values.push(row, line));
            return;
        };
        if row == 0 || is_changed {
            self.text.clear();
            for (n, values) in self.columns.iter().enumerate() {
                if n > 0 {
                    self.text.push(b',');
                }
                values.push(row, &mut self.text);
            }
        }
        line.extend_from_slice(&self.text);
    }
}

/// The values of a column.
enum Values<'a> {
    Text(&'a [TextId], &'a Fields),
    Int(&'a [Option<i64>], fn(&mut Vec<u8>, i64)),
    Decimal(&'a [Option<Decimal>]),
    Flag(&'a [Option<bool>]),
}

impl Values<'_> {
    /// In how many rows it says something else than in the row before.
    fn changes(&self) -> usize {
        fn count<T: PartialEq>(values: &[T]) -> usize {
            values.windows(2).filter(|pair| matches!(pair, [a, b] if a != b)).count()
        }
        match self {
            Self::Text(ids, _) => count(ids),
            Self::Int(numbers, _) => count(numbers),
            Self::Decimal(numbers) => count(numbers),
            Self::Flag(flags) => count(flags),
        }
    }

    /// Marks the rows that say something else than the row before.
    fn mark_changes(&self, changed: &mut [bool]) {
        fn mark<T: PartialEq>(values: &[T], changed: &mut [bool]) {
            let Some(mut before) = values.first() else { return };
            for (value, changed) in values.iter().zip(changed) {
                *changed |= value != before;
                before = value;
            }
        }
        match self {
            Self::Text(ids, _) => mark(ids, changed),
            Self::Int(numbers, _) => mark(numbers, changed),
            Self::Decimal(numbers) => mark(numbers, changed),
            Self::Flag(flags) => mark(flags, changed),
        }
    }

    /// Writes the value of a row; nothing for a null.
    fn push(&self, row: usize, line: &mut Vec<u8>) {
        match self {
            Self::Text(ids, fields) => line.extend_from_slice(fields.get(ids.get(row).copied().unwrap_or(NULL))),
            Self::Int(numbers, write) => {
                if let Some(Some(number)) = numbers.get(row) {
                    write(line, *number);
                }
            }
            Self::Decimal(numbers) => {
                if let Some(Some(number)) = numbers.get(row) {
                    number.append(line);
                }
            }
            Self::Flag(flags) => match flags.get(row) {
                Some(Some(true)) => line.extend_from_slice(b"true"),
                Some(Some(false)) => line.extend_from_slice(b"false"),
                Some(None) | None => {}
            },
        }
    }
}

fn int_writer(kind: Kind) -> fn(&mut Vec<u8>, i64) {
    match kind {
        Kind::Money => push_fixed::<2, 2>,
        Kind::Points => push_fixed::<4, 0>,
        Kind::Int | Kind::Text | Kind::Code | Kind::Rate | Kind::Number | Kind::Flag => push_fixed::<0, 0>,
    }
}

/// `n / 10^SCALE` with at least `LEAST` digits behind the point.
fn push_fixed<const SCALE: u32, const LEAST: u32>(line: &mut Vec<u8>, n: i64) {
    let unit = 10_u64.pow(SCALE);
    let (whole, mut fraction) = (n.unsigned_abs() / unit, n.unsigned_abs() % unit);
    if n < 0 {
        line.push(b'-');
    }
    line.extend_from_slice(itoa::Buffer::new().format(whole).as_bytes());
    let mut behind = SCALE;
    while behind > LEAST && fraction % 10 == 0 {
        fraction /= 10;
        behind -= 1;
    }
    if behind > 0 {
        // A one before the digits keeps the zeros in front of them.
        let mut digits = itoa::Buffer::new();
        let digits = digits.format(10_u64.pow(behind) + fraction).as_bytes();
        line.push(b'.');
        line.extend_from_slice(digits.get(1..).unwrap_or_default());
    }
}

/// The texts of a batch as fields, escaped once.
struct Fields {
    bytes: Vec<u8>,
    /// Where each begins and ends; first that of no text at all.
    places: Vec<(usize, usize)>,
}

impl Fields {
    fn of(batch: &Batch, guard: Guard) -> Self {
        let mut fields = Self { bytes: Vec::new(), places: vec![(0, 0)] };
        for text in batch.pool.texts() {
            let begin = fields.bytes.len();
            push_field(&mut fields.bytes, text, guard);
            fields.places.push((begin, fields.bytes.len()));
        }
        fields
    }

    fn get(&self, id: TextId) -> &[u8] {
        let place = usize::try_from(id).ok().and_then(|id| self.places.get(id));
        place.and_then(|&(begin, end)| self.bytes.get(begin..end)).unwrap_or_default()
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

    fn fixed<const SCALE: u32, const LEAST: u32>(n: i64) -> String {
        let mut out = Vec::new();
        push_fixed::<SCALE, LEAST>(&mut out, n);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers() {
        assert_eq!(fixed::<2, 2>(515_000_000), "5150000.00");
        assert_eq!(fixed::<2, 2>(-5), "-0.05");
        assert_eq!(fixed::<2, 2>(0), "0.00");
        assert_eq!(fixed::<4, 0>(1_000_000), "100");
        assert_eq!(fixed::<4, 0>(885_000), "88.5");
        assert_eq!(fixed::<0, 0>(7), "7");
        assert_eq!(fixed::<0, 0>(0), "0");
        assert_eq!(fixed::<0, 0>(i64::MIN), i64::MIN.to_string());
    }

    proptest! {
        #[test]
        fn whole_numbers_are_as_displayed(n in any::<i64>()) {
            prop_assert_eq!(fixed::<0, 0>(n), n.to_string());
        }

        #[test]
        fn points_are_as_displayed(n in -999_999_999_i64..=999_999_999) {
            let points = crate::quantity::Points::from_scaled(n).unwrap();
            prop_assert_eq!(fixed::<4, 0>(n), points.to_string());
        }
    }
}
