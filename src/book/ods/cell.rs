//! One cell: its typed value, or its text.

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

/// The attributes of a cell that say what it holds.
#[derive(Default)]
struct Typed<'a> {
    kind: Option<Cow<'a, str>>,
    error: bool,
    value: Option<Cow<'a, str>>,
    date: Option<Cow<'a, str>>,
    time: Option<Cow<'a, str>>,
    truth: Option<Cow<'a, str>>,
    text: Option<Cow<'a, str>>,
    formula: Option<Cow<'a, str>>,
}

/// Reads a cell whose tag was opened, to behind its end; none if it holds nothing.
pub(super) fn read(scanner: &mut Scanner<'_>, tag: Tag<'_>) -> Scan<Option<Given>> {
    let mut typed = Typed::default();
    for attribute in tag.attributes() {
        let (name, value) = attribute?;
        match name {
            // LibreOffice says in a namespace of its own that the text is an error.
            b"value-type" if value == b"error" => typed.error = true,
            b"value-type" if typed.kind.is_none() => typed.kind = Some(unescape(value)?),
            b"value" => typed.value = Some(unescape(value)?),
            b"date-value" => typed.date = Some(unescape(value)?),
            b"time-value" => typed.time = Some(unescape(value)?),
            b"boolean-value" => typed.truth = Some(unescape(value)?),
            b"string-value" => typed.text = Some(unescape(value)?),
            b"formula" => typed.formula = Some(unescape(value)?),
            _ => {}
        }
    }
    let shown = paragraphs(scanner)?;
    let computed = typed.formula.is_some();
    let percent = typed.kind.as_deref() == Some("percentage");
    let value = match value(&typed, shown)? {
        Some(value) => value,
        None => match typed.formula {
            Some(formula) if typed.kind.is_none() => Value::Formula(bare(&formula).into()),
            _ => return Ok(None),
        },
    };
    Ok(Some(Given { percent: percent && matches!(value, Value::Number(_)), value, computed }))
}

fn value(typed: &Typed<'_>, shown: Option<String>) -> Scan<Option<Value>> {
    let text = |shown: Option<String>| shown.filter(|text| !text.is_empty()).map(|text| Value::Text(text.into()));
    if let Some(shown) = &shown
        && (typed.error || (typed.formula.is_some() && is_error(shown)))
    {
        return Ok(Some(Value::Error(shown.as_str().into())));
    }
    let own =
        |own: &Option<Cow<'_, str>>| own.as_deref().map(str::trim).filter(|own| !own.is_empty()).map(str::to_owned);
    Ok(match typed.kind.as_deref() {
        None | Some("void") => text(shown),
        Some("string") => text(shown.or_else(|| typed.text.as_deref().map(str::to_owned))),
        Some("float" | "percentage" | "currency") => match own(&typed.value) {
            Some(number) => match parse_number(&number) {
                Some(number) => Some(Value::Number(number)),
                None if number.parse::<f64>().is_ok() => Some(Value::Error("#NUM!".into())),
                None => return Err(BAD_NUMBER),
            },
            None => text(shown),
        },
        Some("date") => match own(&typed.date) {
            Some(iso) => Some(match date::serial(&iso) {
                Some(serial) => Value::Date { serial, iso: with_time(&iso).into() },
                None => Value::Text(iso.into()),
            }),
            None => text(shown),
        },
        Some("time") => match own(&typed.time) {
            Some(iso) => Some(match date::days_of_duration(&iso) {
                Some(serial) => Value::Date { serial, iso: iso.into() },
                None => Value::Text(iso.into()),
            }),
            None => text(shown),
        },
        Some("boolean") => match own(&typed.truth).as_deref() {
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

/// The paragraphs of a cell, joined by line breaks; comments and drawings are no content. To behind the cell's end.
fn paragraphs(scanner: &mut Scanner<'_>) -> Scan<Option<String>> {
    let depth = scanner.depth();
    let mut out: Option<String> = None;
    loop {
        match scanner.next()? {
            Token::Open(tag) if tag.name == b"p" || tag.name == b"h" => match &mut out {
                None => out = Some(paragraph(scanner)?),
                Some(out) => {
                    out.push('\n');
                    out.push_str(&paragraph(scanner)?);
                }
            },
            Token::Open(_) => scanner.skip()?,
            Token::Close(_) if scanner.depth() < depth => return Ok(out),
            Token::End => return Ok(out),
            Token::Close(_) | Token::Text(_) | Token::Raw(_) => {}
        }
    }
}

/// The text of a paragraph; white space collapses as in `OpenDocument` 1.3 §6.1.2.
fn paragraph(scanner: &mut Scanner<'_>) -> Scan<String> {
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
            Token::Text(raw) => collapse(&unescape(raw)?, &mut blank, &mut out),
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
        assert_eq!(paragraph(&mut scanner).unwrap(), "甲 乙  丙\t丁\n<");
    }

    #[test]
    fn formulas_and_errors() {
        assert_eq!(bare("of:=SUM([.A1])"), "SUM([.A1])");
        assert_eq!(bare("=A1"), "A1");
        assert!(is_error("#DIV/0!") && is_error("Err:502") && !is_error("#1"));
    }
}
