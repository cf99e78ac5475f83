//! A strict pull scanner for XML over a byte slice.
//!
//! Why: sheets are 95 % tags of a few bytes, and a general event reader costs more than inflating, decoding and extracting
//! together. Strict, because whoever cuts a part or splits a number with a comment must not change a score.
//!
//! Input → output: the bytes of a part, as UTF-8 ([`decode`]) → [`Token`]s.
//!
//! Invariants: never reads beyond the slice, never recurses; tags nest and close properly up to [`MOST_DEPTH`]; a DOCTYPE
//! is refused, so no entity but the five of XML and character references exists; comments and processing instructions are
//! no tokens, and text goes on behind them.

use crate::finding::Reason;
use memchr::{memchr, memchr2, memmem};
use std::borrow::Cow;

/// How deep elements may nest; spreadsheets need ten.
const MOST_DEPTH: usize = 256;

/// What is wrong with a part, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Chinese.
    pub(crate) zh: &'static str,
    /// English.
    pub(crate) en: &'static str,
    /// Not damage, but something that this program does not know: another reader may be asked.
    pub(crate) unknown: bool,
}

impl Fault {
    /// The reason of a refusal for this fault.
    pub(crate) const fn reason(self) -> Reason {
        if self.unknown { Reason::UnsupportedFormat } else { Reason::Corrupt }
    }
}

/// Declares damage.
pub(crate) const fn fault(zh: &'static str, en: &'static str) -> Fault {
    Fault { zh, en, unknown: false }
}

/// Declares something that this program does not know.
pub(crate) const fn unknown(zh: &'static str, en: &'static str) -> Fault {
    Fault { zh, en, unknown: true }
}

const CUT: Fault = fault("内容不完整，结尾缺失", "cut short, its end is missing");
const MALFORMED: Fault = fault("XML 标签写错", "a malformed XML tag");
const UNBALANCED: Fault = fault("XML 标签不配对", "XML tags that do not match");
const TOO_DEEP: Fault = fault("XML 嵌套过深", "XML nested too deeply");
const DOCTYPE: Fault = fault("含有 DOCTYPE 声明，不予读取", "holds a DOCTYPE, which is not read");
const ENTITY: Fault = fault("含有未知的 XML 实体", "holds an unknown XML entity");
const ENCODING: Fault = fault("字符编码有误", "text in a wrong encoding");

/// Short for a result of scanning.
pub(crate) type Scan<T> = Result<T, Fault>;

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'a> {
    /// The name without prefix.
    pub(crate) name: &'a [u8],
    /// What stands between name and end.
    attributes: &'a [u8],
}

/// What comes next.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Token<'a> {
    /// A start tag. An empty element is followed by its end like any other.
    Open(Tag<'a>),
    /// An end tag; the name without prefix.
    Close(&'a [u8]),
    /// Text between tags, not yet unescaped.
    Text(&'a [u8]),
    /// A CDATA section, to be taken as it is.
    Raw(&'a [u8]),
    /// The end, behind the root element.
    End,
}

/// The scanner.
#[derive(Debug)]
pub(crate) struct Scanner<'a> {
    x: &'a [u8],
    at: usize,
    /// The names of open elements as written, and where the name behind a prefix begins.
    open: Vec<(&'a [u8], usize)>,
    /// An empty element was opened and is still to be closed.
    empty: bool,
    rooted: bool,
}

/// The name behind a namespace prefix.
#[inline]
fn local(name: &[u8]) -> &[u8] {
    match name.iter().position(|&b| b == b':') {
        Some(i) => name.get(i + 1..).unwrap_or_default(),
        None => name,
    }
}

const fn is_blank(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\r' | b'\n')
}

/// Like `memchr`, for what is expected within a few bytes: there a call costs more than the bytes do.
#[inline]
fn near(needle: u8, x: &[u8]) -> Option<usize> {
    let head = x.get(..16).unwrap_or(x);
    head.iter().position(|&b| b == needle).or_else(|| memchr(needle, x.get(head.len()..)?).map(|i| i + head.len()))
}

impl<'a> Scanner<'a> {
    /// A scanner at the start of a part.
    pub(crate) fn new(x: &'a [u8]) -> Self {
        Self { x, at: 0, open: Vec::with_capacity(16), empty: false, rooted: false }
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The bytes that come next, for a reader that knows their usual shape; nothing where an empty element is to be closed.
    #[inline]
    pub(crate) fn ahead(&self) -> &'a [u8] {
        if self.empty { &[] } else { self.x.get(self.at..).unwrap_or_default() }
    }

    /// Passes over `len` bytes of [`Scanner::ahead`], which must be whole elements.
    #[inline]
    pub(crate) fn pass(&mut self, len: usize) {
        self.at += len;
    }

    /// The next token.
    #[inline]
    pub(crate) fn next(&mut self) -> Scan<Token<'a>> {
        if self.empty {
            self.empty = false;
            let (name, colon) = self.open.pop().unwrap_or_default();
            return Ok(Token::Close(name.get(colon..).unwrap_or_default()));
        }
        loop {
            let rest = self.x.get(self.at..).unwrap_or_default();
            let Some(&first) = rest.first() else { return self.end() };
            if first != b'<' {
                let len = near(b'<', rest).unwrap_or(rest.len());
                let text = rest.get(..len).unwrap_or_default();
                self.at += len;
                if self.open.is_empty() {
                    // Nothing but blanks may stand outside the root; what follows it has no meaning.
                    if text.iter().all(|&b| is_blank(b) || b == 0) {
                        continue;
                    }
                    return Err(MALFORMED);
                }
                return Ok(Token::Text(text));
            }
            match rest.get(1) {
                Some(b'/') => return self.close(rest),
                Some(b'!') => {
                    if let Some(raw) = self.declaration(rest)? {
                        return Ok(Token::Raw(raw));
                    }
                }
                Some(b'?') => self.at += memmem::find(rest, b"?>").ok_or(CUT)? + 2,
                Some(_) => return self.open(rest),
                None => return Err(CUT),
            }
        }
    }

    fn end(&self) -> Scan<Token<'a>> {
        if self.open.is_empty() && self.rooted { Ok(Token::End) } else { Err(CUT) }
    }

    #[inline]
    fn open(&mut self, rest: &'a [u8]) -> Scan<Token<'a>> {
        let (mut name_end, mut colon) = (1, 0);
        loop {
            match rest.get(name_end) {
                Some(b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'/') => break,
                Some(b':') => colon = name_end,
                Some(b'<' | b'=' | b'"' | b'\'') => return Err(MALFORMED),
                Some(_) => {}
                None => return Err(CUT),
            }
            name_end += 1;
        }
        // The end is the first `>` outside of quotes.
        let mut end = name_end;
        loop {
            match rest.get(end) {
                Some(b'>') => break,
                Some(&quote @ (b'"' | b'\'')) => {
                    end += 2 + near(quote, rest.get(end + 1..).unwrap_or_default()).ok_or(CUT)?;
                }
                Some(b'<') => return Err(MALFORMED),
                Some(_) => end += 1,
                None => return Err(CUT),
            }
        }
        self.at += end + 1;
        let empty = end > name_end && rest.get(end - 1) == Some(&b'/');
        let attributes = rest.get(name_end..end - usize::from(empty)).unwrap_or_default();
        let name = rest.get(1..name_end).unwrap_or_default();
        if name.is_empty() || (self.open.is_empty() && self.rooted) {
            return Err(MALFORMED);
        }
        if self.open.len() >= MOST_DEPTH {
            return Err(TOO_DEEP);
        }
        self.rooted = true;
        self.empty = empty;
        self.open.push((name, colon));
        Ok(Token::Open(Tag { name: name.get(colon..).unwrap_or_default(), attributes }))
    }

    #[inline]
    fn close(&mut self, rest: &'a [u8]) -> Scan<Token<'a>> {
        let (open, colon) = self.open.pop().ok_or(UNBALANCED)?;
        let end = open.len() + 2;
        if rest.get(2..end) != Some(open) {
            return Err(if rest.len() < end { CUT } else { UNBALANCED });
        }
        let mut close = end;
        while rest.get(close).copied().is_some_and(is_blank) {
            close += 1;
        }
        match rest.get(close) {
            Some(b'>') => self.at += close + 1,
            Some(_) => return Err(UNBALANCED),
            None => return Err(CUT),
        }
        Ok(Token::Close(open.get(colon..).unwrap_or_default()))
    }

    /// A comment (skipped), a CDATA section (returned), or a DOCTYPE (refused).
    fn declaration(&mut self, rest: &'a [u8]) -> Scan<Option<&'a [u8]>> {
        if let Some(body) = rest.strip_prefix(b"<!--") {
            let len = memmem::find(body, b"-->").ok_or(CUT)?;
            self.at += len + 7;
            return Ok(None);
        }
        let Some(body) = rest.strip_prefix(b"<![CDATA[") else { return Err(DOCTYPE) };
        if self.open.is_empty() {
            return Err(MALFORMED);
        }
        let len = memmem::find(body, b"]]>").ok_or(CUT)?;
        self.at += len + 12;
        Ok(body.get(..len))
    }

    /// Skips to behind the end of the element that was opened last.
    pub(crate) fn skip(&mut self) -> Scan<()> {
        let depth = self.open.len();
        while self.open.len() >= depth && depth > 0 {
            if matches!(self.next()?, Token::End) {
                return Err(CUT);
            }
        }
        Ok(())
    }

    /// The text inside the element that was opened last, to behind its end, unescaped; an element in it is a fault.
    pub(crate) fn text(&mut self) -> Scan<Cow<'a, str>> {
        let mut out = Cow::Borrowed("");
        loop {
            match self.next()? {
                Token::Text(raw) => join(&mut out, unescape(raw)?),
                Token::Raw(raw) => join(&mut out, utf8(raw)?.into()),
                Token::Close(_) => return Ok(out),
                Token::Open(_) | Token::End => return Err(UNBALANCED),
            }
        }
    }
}

/// Appends, without copying while there is nothing before.
pub(crate) fn join<'a>(out: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if out.is_empty() {
        *out = more;
    } else if !more.is_empty() {
        out.to_mut().push_str(&more);
    }
}

impl<'a> Tag<'a> {
    /// The attributes in order: name without prefix, value not yet unescaped.
    #[inline]
    pub(crate) fn attributes(&self) -> Attributes<'a> {
        Attributes(self.attributes)
    }

    /// The value of an attribute by its name without prefix, not yet unescaped.
    pub(crate) fn raw(&self, name: &[u8]) -> Scan<Option<&'a [u8]>> {
        for attribute in self.attributes() {
            let (key, value) = attribute?;
            if key == name {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }

    /// The value of an attribute, unescaped.
    pub(crate) fn get(&self, name: &[u8]) -> Scan<Option<Cow<'a, str>>> {
        self.raw(name)?.map(unescape).transpose()
    }

    /// Whether an attribute is set: `1`, `true` or `on`.
    pub(crate) fn flag(&self, name: &[u8]) -> Scan<bool> {
        Ok(matches!(self.raw(name)?, Some(b"1" | b"true" | b"on")))
    }
}

/// The attributes of a tag.
#[derive(Debug)]
pub(crate) struct Attributes<'a>(&'a [u8]);

impl<'a> Iterator for Attributes<'a> {
    type Item = Scan<(&'a [u8], &'a [u8])>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let x = self.0.trim_ascii_start();
        if x.is_empty() {
            return None;
        }
        self.0 = &[];
        let Some(equals) = near(b'=', x) else { return Some(Err(MALFORMED)) };
        let name = x.get(..equals).unwrap_or_default().trim_ascii_end();
        let value = x.get(equals + 1..).unwrap_or_default().trim_ascii_start();
        let Some((&quote @ (b'"' | b'\''), value)) = value.split_first() else { return Some(Err(MALFORMED)) };
        let Some(len) = near(quote, value) else { return Some(Err(MALFORMED)) };
        self.0 = value.get(len + 1..).unwrap_or_default();
        Some(Ok((local(name), value.get(..len).unwrap_or_default())))
    }
}

fn utf8(x: &[u8]) -> Scan<&str> {
    std::str::from_utf8(x).map_err(|_| ENCODING)
}

/// Text of XML as text: entities and character references resolved, line ends as `\n`.
#[inline]
pub(crate) fn unescape(x: &[u8]) -> Scan<Cow<'_, str>> {
    let text = utf8(x)?;
    if memchr2(b'&', b'\r', x).is_none() { Ok(Cow::Borrowed(text)) } else { unescape_slow(text).map(Cow::Owned) }
}

fn unescape_slow(text: &str) -> Scan<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '\r']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        if let Some(behind) = after.strip_prefix('\r') {
            out.push('\n');
            rest = behind.strip_prefix('\n').unwrap_or(behind);
            continue;
        }
        let (name, behind) = after.get(1..).and_then(|x| x.split_once(';')).ok_or(ENTITY)?;
        out.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            _ => reference(name).ok_or(ENTITY)?,
        });
        rest = behind;
    }
    out.push_str(rest);
    Ok(out)
}

/// A character reference, `#10` or `#x4E2D`.
fn reference(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
        None if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok()?,
        _ => return None,
    };
    char::from_u32(code)
}

/// The bytes of a part as UTF-8: byte order marks, UTF-16, and the encoding that the XML declaration names.
pub(crate) fn decode(x: &[u8]) -> Scan<Cow<'_, [u8]>> {
    if let Some(rest) = x.strip_prefix(b"\xEF\xBB\xBF") {
        return Ok(Cow::Borrowed(rest));
    }
    let encoding = match x {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => encoding_rs::UTF_16LE,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => encoding_rs::UTF_16BE,
        _ => match declared_encoding(x) {
            None => return Ok(Cow::Borrowed(x)),
            Some(name) => encoding_rs::Encoding::for_label(name).ok_or(ENCODING)?,
        },
    };
    // A declaration of UTF-16 in a part of single bytes names what the text was before it was stored.
    if encoding == encoding_rs::UTF_8
        || (encoding != encoding_rs::UTF_16LE && encoding != encoding_rs::UTF_16BE) && x.is_ascii()
    {
        return Ok(Cow::Borrowed(x));
    }
    if !matches!(x, [0xFF, 0xFE, ..] | [b'<', 0, ..] | [0xFE, 0xFF, ..] | [0, b'<', ..])
        && (encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE)
    {
        return Ok(Cow::Borrowed(x));
    }
    let (text, _, bad) = encoding.decode(x);
    if bad { Err(ENCODING) } else { Ok(Cow::Owned(text.into_owned().into_bytes())) }
}

/// The encoding in `<?xml … encoding="…"?>`, unless it is UTF-8.
fn declared_encoding(x: &[u8]) -> Option<&[u8]> {
    let head = x.strip_prefix(b"<?xml")?;
    let head = head.get(..memmem::find(head.get(..head.len().min(256))?, b"?>")?)?;
    let tag = Tag { name: b"xml", attributes: head };
    let name = tag.raw(b"encoding").ok().flatten()?;
    (!name.eq_ignore_ascii_case(b"utf-8") && !name.eq_ignore_ascii_case(b"utf8")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{Scanner, Token, decode, unescape};

    /// The tokens as one line, or the fault.
    fn line(x: &str) -> String {
        let mut scanner = Scanner::new(x.as_bytes());
        let mut out = String::new();
        loop {
            match scanner.next() {
                Ok(Token::Open(tag)) => {
                    out.extend(["<", &String::from_utf8_lossy(tag.name)]);
                    for attribute in tag.attributes() {
                        let (name, value) = attribute.unwrap();
                        out.extend([" ", &String::from_utf8_lossy(name), "=", &unescape(value).unwrap()]);
                    }
                    out.push('>');
                }
                Ok(Token::Close(name)) => out.extend(["</", &String::from_utf8_lossy(name), ">"]),
                Ok(Token::Text(text)) => out.push_str(&unescape(text).unwrap()),
                Ok(Token::Raw(text)) => out.extend(["[", &String::from_utf8_lossy(text), "]"]),
                Ok(Token::End) => return out,
                Err(fault) => return format!("{out} !{}", fault.en),
            }
        }
    }

    #[test]
    fn tokens_are_exact() {
        assert_eq!(line("<?xml version='1.0'?>\n<x:a r = \"1>2\" s='\"'/>"), "<a r=1>2 s=\"></a>");
        assert_eq!(line("<a>9<!-- x > -->5<?p ?></a>"), "<a>95</a>");
        assert_eq!(line("<a><![CDATA[9<5]]>&#x4E2D;&lt;\r\n</a >"), "<a>[9<5]中<\n</a>");
    }

    #[test]
    fn damage_is_a_fault() {
        for bad in [
            "",
            "<a>",
            "<a><b></a></b>",
            "<a/><a/>",
            "<a/>x",
            "<a",
            "<a b='>",
            "<!DOCTYPE a><a/>",
            "<a><!-- </a>",
            "<a></a",
            "</a>",
            "x<a/>",
        ] {
            assert!(line(bad).contains('!'), "{bad}");
        }
        assert!(line(&"<a>".repeat(300)).contains("deeply"));
        assert!(unescape(b"&nbsp;").is_err() && unescape(b"&#xD800;").is_err() && unescape(b"\xFF").is_err());
    }

    #[test]
    fn encodings_are_decoded() {
        let wide: Vec<u8> = "\u{FEFF}<a>中</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(&*decode(&wide).unwrap(), "<a>中</a>".as_bytes());
        assert_eq!(&*decode(b"\xEF\xBB\xBF<a/>").unwrap(), b"<a/>");
        let gbk = b"<?xml version=\"1.0\" encoding=\"GBK\"?><a>\xD6\xD0</a>";
        assert!(String::from_utf8_lossy(&decode(gbk).unwrap()).contains('中'));
    }
}
