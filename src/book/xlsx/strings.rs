//! Shared strings: indexed once, decoded when a cell asks for one, and then shared by all cells that show it.

use crate::book::ooxml::TOO_MANY_CELLS;
use crate::book::xml::{Fault, Scan, Scanner, Token, fault, join, unescape};
use crate::quantity::Text;
use memchr::{memchr, memmem};
use std::borrow::Cow;

const NOT_A_TABLE: Fault = fault("不是共享字符串表", "not a table of shared strings");

/// The table.
#[derive(Debug, Default)]
pub(super) struct Strings<'a> {
    items: Vec<Item<'a>>,
}

#[derive(Debug)]
enum Item<'a> {
    /// One plain run, not yet unescaped.
    Plain(&'a [u8]),
    /// Several runs, joined.
    Joined(Cow<'a, str>),
    /// Decoded.
    Done(Text),
}

impl<'a> Strings<'a> {
    /// Indexes the part. What it says about its own length is ignored.
    pub(super) fn read(part: &'a [u8], most: u64) -> Scan<Self> {
        let mut scanner = Scanner::new(part);
        let mut items = Vec::with_capacity((part.len() / 64).min(1 << 16));
        loop {
            while scanner.depth() == 1
                && (items.len() as u64) < most
                && let Some((text, len)) = usual(scanner.ahead())
            {
                items.push(Item::Plain(text));
                scanner.pass(len);
            }
            match scanner.next()? {
                Token::Open(tag) if scanner.depth() == 1 && tag.name != b"sst" => return Err(NOT_A_TABLE),
                Token::Open(tag) if scanner.depth() == 2 && tag.name == b"si" => {
                    if items.len() as u64 >= most {
                        return Err(TOO_MANY_CELLS);
                    }
                    items.push(item(&mut scanner)?);
                }
                Token::Open(_) if scanner.depth() == 2 => scanner.skip()?,
                Token::End => return Ok(Self { items }),
                _ => {}
            }
        }
    }

    /// The string of an index. `None`: beyond the table.
    pub(super) fn get(&mut self, index: usize) -> Option<Scan<Text>> {
        let item = self.items.get_mut(index)?;
        let text: Text = match item {
            Item::Done(text) => return Some(Ok(text.clone())),
            Item::Plain(raw) => match unescape(raw) {
                Ok(text) => decoded(&text),
                Err(fault) => return Some(Err(fault)),
            },
            Item::Joined(text) => decoded(text),
        };
        *item = Item::Done(text.clone());
        Some(Ok(text))
    }
}

/// The text of a string as nearly all are written, `<si><t>…</t></si>`, and how many bytes it takes.
fn usual(x: &[u8]) -> Option<(&[u8], usize)> {
    let body = x.strip_prefix(b"<si><t").and_then(|x| x.strip_prefix(b" xml:space=\"preserve\"").or(Some(x)))?;
    let (text, rest) = body.strip_prefix(b">")?.split_at_checked(memchr(b'<', body)?.checked_sub(1)?)?;
    let rest = rest.strip_prefix(b"</t></si>").filter(|_| !text.is_empty())?;
    Some((text, x.len() - rest.len()))
}

/// One `si`, which was opened; to behind its end.
fn item<'a>(scanner: &mut Scanner<'a>) -> Scan<Item<'a>> {
    let depth = scanner.depth();
    let mut out = Cow::Borrowed("");
    // The commonest shape, one run of plain text, is kept as it stands.
    let mut plain: Option<&'a [u8]> = None;
    loop {
        match scanner.next()? {
            Token::Open(tag) if tag.name == b"t" => match scanner.next()? {
                Token::Text(raw) if plain.is_none() && out.is_empty() => {
                    plain = Some(raw);
                    more_text(scanner, &mut plain, &mut out)?;
                }
                token => {
                    settle(&mut plain, &mut out)?;
                    first_text(token, &mut out)?;
                    if !matches!(token, Token::Close(_)) {
                        more_text(scanner, &mut None, &mut out)?;
                    }
                }
            },
            Token::Open(tag) if tag.name != b"r" => scanner.skip()?,
            Token::Close(_) if scanner.depth() < depth => break,
            Token::End => break,
            _ => {}
        }
    }
    Ok(match plain {
        Some(raw) => Item::Plain(raw),
        None => Item::Joined(out),
    })
}

/// Moves a plain run into the joined text, before something is appended to it.
fn settle<'a>(plain: &mut Option<&'a [u8]>, out: &mut Cow<'a, str>) -> Scan<()> {
    if let Some(raw) = plain.take() {
        join(out, unescape(raw)?);
    }
    Ok(())
}

fn first_text<'a>(token: Token<'a>, out: &mut Cow<'a, str>) -> Scan<()> {
    match token {
        Token::Text(raw) => join(out, unescape(raw)?),
        Token::Raw(raw) => join(out, String::from_utf8_lossy(raw)),
        Token::Close(_) => {}
        Token::Open(_) | Token::End => return Err(NOT_A_TABLE),
    }
    Ok(())
}

/// The rest of a `t`, to behind its end.
fn more_text<'a>(scanner: &mut Scanner<'a>, plain: &mut Option<&'a [u8]>, out: &mut Cow<'a, str>) -> Scan<()> {
    loop {
        let token = scanner.next()?;
        if matches!(token, Token::Close(_)) {
            return Ok(());
        }
        settle(plain, out)?;
        first_text(token, out)?;
    }
}

/// The text of an `is`, which was opened; to behind its end. Runs are joined, phonetic runs left out.
pub(super) fn inline(scanner: &mut Scanner<'_>) -> Scan<Text> {
    Ok(match item(scanner)? {
        Item::Plain(raw) => decoded(&unescape(raw)?),
        Item::Joined(text) => decoded(&text),
        Item::Done(text) => text,
    })
}

/// Text as its author sees it: `_xHHHH_` decoded (ECMA-376-1 §22.9.2.19), line breaks as `\n`.
pub(super) fn decoded(text: &str) -> Text {
    let escaped = memmem::find(text.as_bytes(), b"_x").is_some();
    let returns = memchr(b'\r', text.as_bytes()).is_some();
    if !escaped && !returns {
        return text.into();
    }
    let text = if escaped { Cow::Owned(unescape_units(text)) } else { Cow::Borrowed(text) };
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.as_ref().into() }
}

/// Decodes `_xHHHH_`, a UTF-16 unit each; pairs of surrogates become one character, a lone one stays as written.
fn unescape_units(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        match unit(after) {
            Some((high @ 0xD800..=0xDBFF, behind)) if unit(behind).is_some_and(|(low, _)| low >> 10 == 0x37) => {
                let Some((low, behind)) = unit(behind) else { break };
                let pair = char::decode_utf16([high, low]).next().and_then(Result::ok);
                out.push(pair.unwrap_or('\u{FFFD}'));
                rest = behind;
            }
            Some((code, behind)) => {
                if let Some(c) = char::from_u32(u32::from(code)) {
                    out.push(c);
                } else {
                    out.push_str(after.get(..7).unwrap_or_default());
                }
                rest = behind;
            }
            None => {
                out.push_str("_x");
                rest = after.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// The unit of `_xHHHH_` at the start of a text, and what stands behind it.
fn unit(text: &str) -> Option<(u16, &str)> {
    let body = text.strip_prefix("_x")?;
    let (digits, behind) = body.split_at_checked(4)?;
    let behind = behind.strip_prefix('_')?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(())?;
    Some((u16::from_str_radix(digits, 16).ok()?, behind))
}

#[cfg(test)]
mod tests {
    use super::{Strings, decoded, usual};

    fn table(x: &str) -> Vec<String> {
        let mut strings = Strings::read(x.as_bytes(), 100).unwrap();
        (0..).map_while(|i| strings.get(i)).map(|text| text.unwrap().to_string()).collect()
    }

    #[test]
    fn runs_are_joined_and_readings_left_out() {
        let x = "<sst uniqueCount='99'><si><t>甲</t></si><si/><si><t/></si><si><r><rPr><b/></rPr><t>财</t></r><r><t \
                 xml:space='preserve'>务 &amp;</t></r><rPh sb='0' eb='1'><t>さい</t></rPh><phoneticPr \
                 fontId='1'/></si><si><t>9<!-- -->5<![CDATA[<]]></t></si></sst>";
        assert_eq!(table(x), ["甲", "", "", "财务 &", "95<"]);
    }

    #[test]
    fn strings_of_the_usual_shape_are_what_the_strict_way_reads() {
        let x = "<sst><si><t>甲 </t></si><si><t xml:space=\"preserve\"> &lt;乙</t></si><si><t></t></si><si><t>丙</t><r/></si>\
                 <si><t>丁&amp;</t></si><si><t>_x4E2D_</t></si></sst>";
        let expected = ["甲 ", " <乙", "", "丙", "丁&", "中"];
        assert_eq!(table(x), expected);
        assert_eq!(table(&x.replace("<si>", "<si >")), expected);
        assert!(usual(b"<si><t>a</t></si>").is_some() && usual(b"<si ><t>a</t></si>").is_none());
        // Cut anywhere, it is a fault.
        for end in (0..x.len()).filter(|&end| x.is_char_boundary(end)) {
            assert!(Strings::read(&x.as_bytes()[..end], 100).is_err(), "{end}");
        }
    }

    #[test]
    fn escapes_are_decoded() {
        for (given, text) in [
            ("a_x000D_\nb", "a\nb"),
            ("_x005F_x0041_", "_x0041_"),
            ("_x4E2D_", "中"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_", "_xD83D_"),
            ("_x12_", "_x12_"),
            ("file_xls", "file_xls"),
            ("_x", "_x"),
        ] {
            assert_eq!(&*decoded(given), text, "{given}");
        }
    }

    #[test]
    fn a_table_that_is_cut_or_too_long_is_a_fault() {
        assert!(Strings::read(b"<sst><si><t>a</t></si>", 100).is_err());
        assert!(Strings::read(b"<sst><si/><si/></sst>", 1).is_err());
        assert!(Strings::read(b"<html></html>", 1).is_err());
    }
}
