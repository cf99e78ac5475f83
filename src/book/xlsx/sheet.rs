//! One worksheet part, in one pass: cells, merges, hidden rows and columns.
//!
//! Invariants: a value is taken exactly as the part has it, however text, CDATA and comments split it; what contradicts
//! itself (two values in a cell, a string index beyond the table, text in a number) is a fault that names the cell.

use super::strings::{self, Strings};
use super::styles::Styles;
use super::usual::{self, Content, Usual};
use crate::book::assemble::RawSheet;
use crate::book::date;
use crate::book::number_format::Shown;
use crate::book::ooxml::{SheetFault, TOO_MANY_CELLS};
use crate::book::types::{Cell, MAX_COLS, MAX_ROWS, Value};
use crate::book::xml::{Fault, Scan, Scanner, Tag, Token, fault, unknown};
use crate::quantity::{Area, CellRef, Text};
use std::borrow::Cow;
use std::collections::HashMap;

const NOT_A_SHEET: Fault = fault("不是工作表", "not a worksheet");
const TWO_BLOCKS: Fault = fault("有两块单元格数据", "two blocks of cells");
const BAD_ADDRESS: Fault = fault("单元格地址写错或超出范围", "a cell address that is wrong or beyond the grid");
const TWO_VALUES: Fault = fault("同一单元格有两个值", "two values in one cell");
const BAD_INDEX: Fault = fault("共享字符串编号无效", "an invalid index of a shared string");
const BAD_NUMBER: Fault = fault("数字单元格里不是数字", "no number in a numeric cell");
const BAD_BOOL: Fault = fault("逻辑值无效", "an invalid truth value");
const BAD_TYPE: Fault = unknown("单元格类型未知", "a cell of an unknown type");

/// What a sheet needs from its workbook.
pub(super) struct Context<'s, 'a> {
    /// The shared strings.
    pub(super) strings: &'s mut Strings<'a>,
    /// The styles.
    pub(super) styles: &'s Styles,
    /// Whether dates count from 1904.
    pub(super) from_1904: bool,
    /// How many cells are still allowed.
    pub(super) room: u64,
}

/// Cells whose value was read although it is odd, for a note.
#[derive(Debug, Default)]
pub(super) struct Oddities {
    /// Numbers that are not finite.
    pub(super) not_finite: Vec<CellRef>,
    /// Shared strings without an index, taken as blank.
    pub(super) no_index: Vec<CellRef>,
}

/// How the value of a cell is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Shared,
    Text,
    Inline,
    Bool,
    Error,
    Date,
}

impl Kind {
    /// By the attribute `t`.
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"n" => Self::Number,
            b"s" => Self::Shared,
            b"str" => Self::Text,
            b"inlineStr" => Self::Inline,
            b"b" => Self::Bool,
            b"e" => Self::Error,
            b"d" => Self::Date,
            _ => return None,
        })
    }
}

/// Reads the part into `sheet`.
pub(super) fn read(part: &[u8], context: &mut Context<'_, '_>, sheet: &mut RawSheet) -> Result<Oddities, SheetFault> {
    let mut reading = Reading {
        scanner: Scanner::new(part),
        context,
        sheet,
        at: CellRef::new(0, 0),
        masters: HashMap::new(),
        oddities: Oddities::default(),
    };
    match reading.part() {
        Ok(()) => Ok(reading.oddities),
        Err(fault) => {
            let in_cells = reading.scanner.depth() > 2;
            let cell = in_cells.then_some(reading.at);
            Err(SheetFault { fault, cell })
        }
    }
}

struct Reading<'r, 's, 'a, 'p> {
    scanner: Scanner<'p>,
    context: &'r mut Context<'s, 'a>,
    sheet: &'r mut RawSheet,
    /// The current cell.
    at: CellRef,
    /// Shared formulas by their index: where they are written out, and their text.
    masters: HashMap<u32, (CellRef, Cow<'p, str>)>,
    oddities: Oddities,
}

impl<'p> Reading<'_, '_, '_, 'p> {
    fn part(&mut self) -> Scan<()> {
        let mut data = false;
        loop {
            match self.scanner.next()? {
                Token::Open(tag) if self.scanner.depth() == 1 => {
                    if tag.name != b"worksheet" {
                        return Err(NOT_A_SHEET);
                    }
                }
                Token::Open(tag) => match tag.name {
                    b"sheetData" if data => return Err(TWO_BLOCKS),
                    b"sheetData" => {
                        data = true;
                        self.rows()?;
                    }
                    b"cols" => self.columns()?,
                    b"mergeCells" => self.merges()?,
                    _ => self.scanner.skip()?,
                },
                Token::End => return Ok(()),
                Token::Close(_) | Token::Text(_) | Token::Raw(_) => {}
            }
        }
    }

    fn columns(&mut self) -> Scan<()> {
        let depth = self.scanner.depth();
        loop {
            match self.scanner.next()? {
                Token::Open(tag) if tag.name == b"col" && tag.flag(b"hidden")? => {
                    let bound = |name| tag.raw(name).map(|value| value.and_then(number_u32));
                    if let (Some(min @ 1..), Some(max)) = (bound(b"min")?, bound(b"max")?) {
                        self.sheet.hidden_cols.push((min - 1, max.clamp(min, MAX_COLS.max(min)) - 1));
                    }
                }
                Token::Close(_) if self.scanner.depth() < depth => return Ok(()),
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn merges(&mut self) -> Scan<()> {
        let depth = self.scanner.depth();
        loop {
            match self.scanner.next()? {
                Token::Open(tag) if tag.name == b"mergeCell" => {
                    if self.sheet.merges.len() as u64 >= self.context.room {
                        return Err(TOO_MANY_CELLS);
                    }
                    self.sheet.merges.extend(tag.get(b"ref")?.and_then(|area| Area::parse(&area)));
                }
                Token::Close(_) if self.scanner.depth() < depth => return Ok(()),
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn rows(&mut self) -> Scan<()> {
        // Near enough for most sheets; a cell takes some forty bytes.
        let likely = (self.scanner.ahead().len() / 64).min(1 << 14);
        self.sheet.cells.reserve(likely.min(usize::try_from(self.context.room).unwrap_or(likely)));
        let depth = self.scanner.depth();
        let mut next_row = 0;
        loop {
            match self.scanner.next()? {
                Token::Open(tag) if tag.name == b"row" => {
                    let row = self.row_start(tag, next_row)?;
                    self.row(row)?;
                    next_row = row + 1;
                }
                Token::Open(_) => self.scanner.skip()?,
                Token::Close(_) if self.scanner.depth() < depth => return Ok(()),
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn row_start(&mut self, tag: Tag<'p>, next: u32) -> Scan<u32> {
        let mut row = next;
        let mut hidden = false;
        for attribute in tag.attributes() {
            match attribute? {
                (b"r", value) => row = number_u32(value).and_then(|n| n.checked_sub(1)).ok_or(BAD_ADDRESS)?,
                (b"hidden", value) => hidden = matches!(value, b"1" | b"true" | b"on"),
                _ => {}
            }
        }
        if row >= MAX_ROWS {
            return Err(BAD_ADDRESS);
        }
        if hidden {
            match self.sheet.hidden_rows.last_mut() {
                Some(last) if last.1 + 1 == row => last.1 = row,
                _ => self.sheet.hidden_rows.push((row, row)),
            }
        }
        Ok(row)
    }

    fn row(&mut self, row: u32) -> Scan<()> {
        let depth = self.scanner.depth();
        let mut next = CellRef::new(row, 0);
        loop {
            while let Some(cell) = usual::cell(self.scanner.ahead()) {
                self.scanner.pass(cell.len);
                self.at = cell.at;
                next = CellRef::new(row, self.at.col + 1);
                self.usual(cell)?;
            }
            match self.scanner.next()? {
                Token::Open(tag) if tag.name == b"c" => {
                    self.at = next;
                    self.cell(tag)?;
                    next = CellRef::new(row, self.at.col + 1);
                }
                Token::Open(_) => self.scanner.skip()?,
                Token::Close(_) if self.scanner.depth() < depth => return Ok(()),
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }

    /// Takes the current cell, which was read at one look.
    fn usual(&mut self, cell: Usual<'p>) -> Scan<()> {
        let mut percent = false;
        let value = match cell.content {
            Content::Blank => None,
            Content::Number(number) => Some(self.shown(number, cell.format, &mut percent)?),
            Content::Shared(index) => self.shared(usize::try_from(index).unwrap_or(usize::MAX))?,
            Content::Other { kind, formula, value } => {
                let formula = formula.map(|text| Formula { text: text.into(), shared: None });
                return self.settle(kind, cell.format, value.map(Cow::Borrowed), None, formula);
            }
        };
        match value {
            Some(value) => self.keep(value, percent, false),
            None => Ok(()),
        }
    }

    /// One cell, whose tag was opened; to behind its end.
    fn cell(&mut self, tag: Tag<'p>) -> Scan<()> {
        let mut kind = Kind::Number;
        let mut format = 0;
        for attribute in tag.attributes() {
            match attribute? {
                (b"r", value) => self.at = address(value).ok_or(BAD_ADDRESS)?,
                (b"s", value) => format = number_u32(value).unwrap_or(u32::MAX),
                (b"t", value) => kind = Kind::of(value).ok_or(BAD_TYPE)?,
                _ => {}
            }
        }
        if self.at.col >= MAX_COLS {
            return Err(BAD_ADDRESS);
        }
        let depth = self.scanner.depth();
        let mut given: Option<Cow<'p, str>> = None;
        let mut inline: Option<Text> = None;
        let mut formula: Option<Formula<'p>> = None;
        loop {
            match self.scanner.next()? {
                Token::Open(tag) => match tag.name {
                    b"v" => {
                        let text = self.scanner.text()?;
                        if given.replace(text).is_some() {
                            return Err(TWO_VALUES);
                        }
                    }
                    b"f" => formula = Some(self.formula(tag)?),
                    b"is" => {
                        if inline.replace(strings::inline(&mut self.scanner)?).is_some() {
                            return Err(TWO_VALUES);
                        }
                    }
                    _ => self.scanner.skip()?,
                },
                Token::Close(_) if self.scanner.depth() < depth => break,
                Token::End => break,
                _ => {}
            }
        }
        self.settle(kind, format, given, inline, formula)
    }

    /// Takes the current cell, whose parts have been read.
    fn settle(
        &mut self,
        kind: Kind,
        format: u32,
        given: Option<Cow<'p, str>>,
        inline: Option<Text>,
        formula: Option<Formula<'p>>,
    ) -> Scan<()> {
        let computed = formula.is_some();
        let mut percent = false;
        let value = match (kind, given, inline) {
            (Kind::Inline, None, inline) => inline.filter(|text| !text.is_empty()).map(Value::Text),
            (Kind::Inline | Kind::Text, Some(text), None) => {
                let text = strings::decoded(&text);
                // A formula may well have the empty text as its value.
                if text.is_empty() {
                    return Ok(());
                }
                Some(Value::Text(text))
            }
            (_, Some(_), Some(_)) => return Err(TWO_VALUES),
            (_, None, Some(text)) => Some(Value::Text(text)).filter(|_| kind != Kind::Shared),
            (_, None, None) => None,
            (Kind::Shared, Some(index), None) if index.is_empty() => {
                self.oddities.no_index.push(self.at);
                None
            }
            (Kind::Shared, Some(index), None) => {
                let index = number_u32(index.as_bytes()).and_then(|n| usize::try_from(n).ok());
                self.shared(index.ok_or(BAD_INDEX)?)?
            }
            (Kind::Bool, Some(text), None) => truth(&text)?,
            (Kind::Error, Some(text), None) => error_value(&text),
            (Kind::Date, Some(text), None) => Some(self.iso_date(text.trim())),
            (Kind::Number, Some(text), None) => self.number(&text, format, &mut percent)?,
        };
        let value = match (value, formula) {
            (Some(value), _) => value,
            (None, Some(formula)) => Value::Formula(self.written_out(&formula)),
            (None, None) => return Ok(()),
        };
        self.keep(value, percent, computed)
    }

    /// Keeps what the current cell holds.
    #[inline]
    fn keep(&mut self, value: Value, percent: bool, computed: bool) -> Scan<()> {
        if self.sheet.cells.len() as u64 >= self.context.room {
            return Err(TOO_MANY_CELLS);
        }
        self.sheet.cells.push(Cell { at: self.at, value, percent, computed });
        Ok(())
    }

    fn shared(&mut self, index: usize) -> Scan<Option<Value>> {
        let text = self.context.strings.get(index).ok_or(BAD_INDEX)??;
        Ok((!text.is_empty()).then_some(Value::Text(text)))
    }

    /// A number, by its format perhaps a date or a percentage.
    fn number(&mut self, text: &str, format: u32, percent: &mut bool) -> Scan<Option<Value>> {
        let text = text.trim_matches([' ', '\t', '\r', '\n']);
        if text.is_empty() {
            return Ok(None);
        }
        let Some(number) = parse_number(text) else {
            if !is_not_finite(text) {
                return Err(BAD_NUMBER);
            }
            self.oddities.not_finite.push(self.at);
            return Ok(Some(Value::Error("#NUM!".into())));
        };
        self.shown(number, format, percent).map(Some)
    }

    /// What its format makes of a number.
    #[inline]
    fn shown(&self, number: f64, format: u32, percent: &mut bool) -> Scan<Value> {
        let shown = match format {
            0 => Shown::Number,
            _ => self.context.styles.shown(usize::try_from(format).unwrap_or(usize::MAX))?,
        };
        *percent = shown == Shown::Percent;
        Ok(shown.value(number, self.context.from_1904))
    }

    /// A cell of type `d`: ISO 8601 instead of a serial number.
    fn iso_date(&self, text: &str) -> Value {
        match date::serial(text) {
            Some(serial) => {
                let serial = if self.context.from_1904 { serial - 1462.0 } else { serial };
                let iso = if text.contains(['T', ' ']) { text.into() } else { format!("{text}T00:00:00").into() };
                Value::Date { serial, iso }
            }
            None => Value::Text(text.into()),
        }
    }

    /// An `f`, whose tag was opened; to behind its end.
    fn formula(&mut self, tag: Tag<'p>) -> Scan<Formula<'p>> {
        let shared = match tag.raw(b"t")? {
            Some(b"shared") => tag.raw(b"si")?.and_then(number_u32),
            _ => None,
        };
        let text = self.scanner.text()?;
        if let Some(index) = shared
            && !text.is_empty()
        {
            self.masters.entry(index).or_insert_with(|| (self.at, text.clone()));
        }
        Ok(Formula { text, shared })
    }

    /// The text of a formula; a shared one is written out for the current cell.
    fn written_out(&self, formula: &Formula<'p>) -> Text {
        let master = formula.shared.and_then(|index| self.masters.get(&index));
        match master {
            Some((from, text)) if formula.text.is_empty() => {
                let moved = calamine::expand_shared_formula(text, (from.row, from.col), (self.at.row, self.at.col));
                moved.map_or_else(|_| text.as_ref().into(), Text::from)
            }
            _ => strings::decoded(&formula.text),
        }
    }
}

/// A formula as the part has it.
struct Formula<'p> {
    text: Cow<'p, str>,
    shared: Option<u32>,
}

fn truth(text: &str) -> Scan<Option<Value>> {
    match text.trim() {
        "1" | "true" | "TRUE" => Ok(Some(Value::Bool(true))),
        "0" | "false" | "FALSE" => Ok(Some(Value::Bool(false))),
        "" => Ok(None),
        _ => Err(BAD_BOOL),
    }
}

fn error_value(text: &str) -> Option<Value> {
    let text = text.trim();
    (!text.is_empty()).then(|| Value::Error(text.into()))
}

/// Digits only, at most ten.
fn number_u32(x: &[u8]) -> Option<u32> {
    if x.is_empty() || x.len() > 10 {
        return None;
    }
    let mut n = 0_u64;
    for &b in x {
        n = n * 10 + u64::from(b.is_ascii_digit().then(|| b - b'0')?);
    }
    u32::try_from(n).ok()
}

/// `K9` without dollars.
fn address(x: &[u8]) -> Option<CellRef> {
    let split = x.iter().position(|b| !b.is_ascii_alphabetic())?;
    let (letters, digits) = x.split_at_checked(split)?;
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let col = letters.iter().fold(0_u32, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    let row = number_u32(digits)?.checked_sub(1)?;
    (row < MAX_ROWS && col <= MAX_COLS).then(|| CellRef::new(row, col - 1))
}

/// A decimal number as XML schema writes one.
pub(crate) fn parse_number(text: &str) -> Option<f64> {
    if let Some((value, [])) = usual::decimal(text.as_bytes()) {
        return Some(value);
    }
    // The general parser also knows words.
    if !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) {
        return None;
    }
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Whether a text names a number that is not finite, or a number too large for a double.
fn is_not_finite(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|value| !value.is_finite()) || text.trim_start_matches('-').starts_with("1.#")
}

#[cfg(test)]
mod tests {
    use super::{address, parse_number};
    use crate::quantity::CellRef;
    use proptest::prelude::*;

    #[test]
    fn addresses() {
        assert_eq!(address(b"K9"), Some(CellRef::new(8, 10)));
        assert_eq!(address(b"XFD1048576"), Some(CellRef::new(1_048_575, 16_383)));
        for bad in ["", "A", "9", "A0", "XFE1", "A1048577", "E4294967298", "\u{FF25}2", "$A$1", "A1B"] {
            assert_eq!(address(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn numbers() {
        for (text, value) in [
            ("95", 95.0),
            ("-0.5", -0.5),
            ("9.5E1", 95.0),
            ("+95", 95.0),
            ("88.500000000000014", 88.500_000_000_000_01),
        ] {
            assert_eq!(parse_number(text).map(f64::to_bits), Some(f64::to_bits(value)), "{text}");
        }
        for bad in ["", ".", "-", "NaN", "INF", "-Infinity", "1e309", "0x1F", "九十五", "1,5", "1.2.3"] {
            assert_eq!(parse_number(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_rounds_like_the_long_one(mantissa in 0_u64..1 << 53, places in 0_usize..16) {
            let digits = format!("{mantissa:017}");
            let (whole, fraction) = digits.split_at(digits.len() - places);
            let text = format!("{whole}.{fraction}");
            let short = text.trim_start_matches('0');
            let expected: f64 = text.parse().unwrap();
            for text in [text.as_str(), short] {
                prop_assert!(text == "." || parse_number(text).map(f64::to_bits) == Some(expected.to_bits()));
            }
        }
    }
}
