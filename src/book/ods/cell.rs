//! One cell: its typed value, or its text.

use super::table::times;
use crate::book::date;
use crate::book::types::Value;
use crate::book::xlsx::parse_number;
use crate::book::xml::{Fault, Scan, Scanner, Tag, Token, fault, unescape, unknown};
use std::borrow::Cow;

const BAD_NUMBER: Fault = fault("数字单元格里不是数字", "no number in a numeric cell");
const BAD_TYPE: Fault = unknown("单元格类型未知", "a cell of an unknown type");

/// What a cell holds.
pub(super) struct Given {
    pub(super) value: Value,
    pub(super) percent: bool,
    pub(super) computed: bool,
}

/// The attributes of a cell: what it holds, how often it stands there, and over how many rows and columns.
#[derive(Default)]
pub(super) struct Start<'a> {
    pub(super) times: Option<u32>,
    pub(super) rows: Option<u32>,
    pub(super) cols: Option<u32>,
    kind: Option<Cow<'a, str>>,
    error: bool,
    value: Option<Cow<'a, str>>,
    date: Option<Cow<'a, str>>,
    time: Option<Cow<'a, str>>,
    truth: Option<Cow<'a, str>>,
    text: Option<Cow<'a, str>>,
    formula: Option<Cow<'a, str>>,
}

impl<'a> Start<'a> {
    /// The attributes of a tag.
    pub(super) fn of(tag: Tag<'a>) -> Scan<Self> {
        let mut start = Self::default();
        for attribute in tag.attributes() {
            let (name, value) = attribute?;
            match name {
                // LibreOffice says in a namespace of its own that the text is an error.
                b"value-type" if value == b"error" => start.error = true,
                b"value-type" if start.kind.is_none() => start.kind = Some(unescape(value)?),
                b"value" => start.value = Some(unescape(value)?),
                b"date-value" => start.date = Some(unescape(value)?),
                b"time-value" => start.time = Some(unescape(value)?),
                b"boolean-value" => start.truth = Some(unescape(value)?),
                b"string-value" => start.text = Some(unescape(value)?),
                b"formula" => start.formula = Some(unescape(value)?),
                b"number-columns-repeated" if start.times.is_none() => start.times = Some(times(value)?),
                b"number-rows-spanned" if start.rows.is_none() => start.rows = Some(times(value)?),
                b"number-columns-spanned" if start.cols.is_none() => start.cols = Some(times(value)?),
                _ => {}
            }
        }
        Ok(start)
    }

    /// Its number, if nothing but its number says what it holds.
    fn number(&self) -> Option<&str> {
        let numeric = matches!(self.kind.as_deref(), Some("float" | "percentage" | "currency"));
        own(self.value.as_ref()).filter(|_| numeric && !self.error && self.formula.is_none())
    }
}

/// What an attribute says, if anything.
fn own<'a>(value: Option<&'a Cow<'_, str>>) -> Option<&'a str> {
    value.map(|value| value.trim()).filter(|value| !value.is_empty())
}

/// Reads a cell whose tag was opened, to behind its end; none if it holds nothing.
pub(super) fn read(scanner: &mut Scanner<'_>, start: &Start<'_>) -> Scan<Option<Given>> {
    // What a number looks like is scanned as strictly as any text, but nobody needs it.
    let shown = paragraphs(scanner, start.number().is_none())?;
    let computed = start.formula.is_some();
    let percent = start.kind.as_deref() == Some("percentage");
    let value = match value(start, shown)? {
        Some(value) => value,
        None => match &start.formula {
            Some(formula) if start.kind.is_none() => Value::Formula(bare(formula).into()),
            _ => return Ok(None),
        },
    };
    Ok(Some(Given { percent: percent && matches!(value, Value::Number(_)), value, computed }))
}

fn value(typed: &Start<'_>, shown: Option<String>) -> Scan<Option<Value>> {
    let text = |shown: Option<String>| shown.filter(|text| !text.is_empty()).map(|text| Value::Text(text.into()));
    if let Some(shown) = &shown
        && (typed.error || (typed.formula.is_some() && is_error(shown)))
    {
        return Ok(Some(Value::Error(shown.as_str().into())));
    }
    Ok(match typed.kind.as_deref() {
        None | Some("void") => text(shown),
        Some("string") => text(shown.or_else(|| typed.text.as_deref().map(str::to_owned))),
        Some("float" | "percentage" | "currency") => match own(typed.value.as_ref()) {
            Some(number) => match parse_number(number) {
                Some(number) => Some(Value::Number(number)),
                None if number.parse::<f64>().is_ok() => Some(Value::Error("#NUM!".into())),
                None => return Err(BAD_NUMBER),
            },
            None => text(shown),
        },
        Some("date") => match own(typed.date.as_ref()) {
            Some(iso) => Some(match date::serial(iso) {
                Some(serial) => Value::Date { serial, iso: with_time(iso).into() },
                None => Value::Text(iso.into()),
            }),
            None => text(shown),
        },
        Some("time") => match own(typed.time.as_ref()) {
            Some(iso) => Some(match date::days_of_duration(iso) {
                Some(serial) => Value::Date { serial, iso: iso.into() },
                None => Value::Text(iso.into()),
            }),
            None => text(shown),
        },
        Some("boolean") => match own(typed.truth.as_ref()) {
            Some("true" | "1") => Some(Value::Bool(true)),
            Some("false" | "0") => Some(Value::Bool(false)),
            _ => text(shown),
        },
        Some(_) => return Err(BAD_TYPE),
    })
}

fn with_time(iso: &str) -> String {
    if iso.contains('T') { iso.to_owned() } else { format!("{iso}T00:00:00") }
}

/// Whether a shown result is an error, as older writers left it beside a value of zero.
fn is_error(shown: &str) -> bool {
    matches!(shown, "#DIV/0!" | "#N/A" | "#NAME?" | "#NULL!" | "#NUM!" | "#REF!" | "#VALUE!")
        || shown.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit()))
}

/// A formula without the name of its language and without the equals sign.
fn bare(formula: &str) -> &str {
    let formula = match formula.split_once(":=") {
        Some((language, formula)) if language.bytes().all(|b| b.is_ascii_alphanumeric()) => formula,
        _ => formula,
    };
    formula.strip_prefix('=').unwrap_or(formula)
}

/// The paragraphs of a cell, joined by line breaks; comments and drawings are no content. To behind the cell's end. Where
/// they are not `wanted`, empty text.
fn paragraphs(scanner: &mut Scanner<'_>, wanted: bool) -> Scan<Option<String>> {
    let depth = scanner.depth();
    let mut out: Option<String> = None;
    loop {
        match scanner.next()? {
            Token::Open(tag) if tag.name == b"p" || tag.name == b"h" => match &mut out {
                None => out = Some(paragraph(scanner, wanted)?),
                Some(out) => {
                    out.push('\n');
                    out.push_str(&paragraph(scanner, wanted)?);
                }
            },
            Token::Open(_) => scanner.skip()?,
            Token::Close(_) if scanner.depth() < depth => return Ok(out),
            Token::End => return Ok(out),
            Token::Close(_) | Token::Text(_) | Token::Raw(_) => {}
        }
    }
}

/// The text of a paragraph, if it is `wanted`; white space collapses as in `OpenDocument` 1.3 §6.1.2.
fn paragraph(scanner: &mut Scanner<'_>, wanted: bool) -> Scan<String> {
    let depth = scanner.depth();
    let mut out = String::new();
    let mut blank = true;
    loop {
        match scanner.next()? {
            Token::Open(tag) => match tag.name {
                b"s" => {
                    let times = tag.get(b"c")?.and_then(|times| times.parse().ok()).unwrap_or(1_usize);
                    out.extend(std::iter::repeat_n(' ', times.min(32_767)));
                    blank = false;
                }
                b"tab" => {
                    out.push('\t');
                    blank = false;
                }
                b"line-break" => {
                    out.push('\n');
                    blank = false;
                }
                b"note" | b"annotation" | b"frame" | b"ruby-text" => scanner.skip()?,
                _ => {}
            },
            Token::Text(raw) => {
                let text = unescape(raw)?;
                if wanted {
                    collapse(&text, &mut blank, &mut out);
                }
            }
            Token::Raw(_) if !wanted => {}
            Token::Raw(raw) => collapse(&String::from_utf8_lossy(raw), &mut blank, &mut out),
            Token::Close(_) if scanner.depth() < depth => break,
            Token::Close(_) => {}
            Token::End => break,
        }
    }
    if blank && out.ends_with(' ') {
        out.pop();
    }
    Ok(out)
}

/// Appends text; `blank` says whether a collapsed blank, or nothing, stands before.
fn collapse(text: &str, blank: &mut bool, out: &mut String) {
    if !text.is_empty() && !text.bytes().any(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n')) {
        out.push_str(text);
        *blank = false;
        return;
    }
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\r' | '\n') {
            if !*blank {
                out.push(' ');
                *blank = true;
            }
        } else {
            out.push(c);
            *blank = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{bare, is_error, paragraph};
    use crate::book::xml::{Scanner, Token};

    #[test]
    fn text_collapses_and_special_elements_do_not() {
        let x = "<p>  甲 \n 乙<s c='2'/><span>丙</span><tab/>丁<line-break/>&lt; <annotation><p>x</p></annotation></p>";
        let mut scanner = Scanner::new(x.as_bytes());
        assert!(matches!(scanner.next(), Ok(Token::Open(_))));
        assert_eq!(paragraph(&mut scanner, true).unwrap(), "甲 乙  丙\t丁\n<");
    }

    #[test]
    fn formulas_and_errors() {
        assert_eq!(bare("of:=SUM([.A1])"), "SUM([.A1])");
        assert_eq!(bare("=A1"), "A1");
        assert!(is_error("#DIV/0!") && is_error("Err:502") && !is_error("#1"));
    }
}
