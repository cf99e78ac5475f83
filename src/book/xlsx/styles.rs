//! Styles, as far as they say what a number means: cell formats → number formats. Read only when a number asks, and once
//! for all workbooks that have the very same ones.

use super::usual;
use crate::book::number_format::{Shown, built_in, of_code};
use crate::book::xml::{Scan, Scanner, Token};
use foldhash::fast::RandomState;
use memchr::{memchr, memchr_iter, memchr2, memmem};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// What each cell format makes of a number.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    part: Vec<u8>,
    most: u64,
    read: OnceCell<Arc<Formats>>,
}

type Formats = Scan<Vec<Shown>>;
type Met = HashMap<Vec<u8>, (u64, Arc<Formats>), RandomState>;

/// Parts that are remembered.
const MOST_MET: usize = 64;
/// Bytes of a part that is remembered.
const LARGEST: usize = 96 << 10;

/// Parts met before: how many formats were to be read of each at most, and what was read.
static MET: LazyLock<Mutex<Met>> = LazyLock::new(Mutex::default);

impl Styles {
    /// From the part, which is kept until somebody asks. `most` formats are read.
    pub(crate) fn new(part: Vec<u8>, most: u64) -> Self {
        Self { part, most, read: OnceCell::new() }
    }

    /// What the cell format of this index makes of a number; an unknown index makes nothing of it.
    pub(crate) fn shown(&self, format: usize) -> Scan<Shown> {
        match &**self.read.get_or_init(|| self.formats()) {
            Ok(formats) => Ok(formats.get(format).copied().unwrap_or_default()),
            Err(fault) => Err(*fault),
        }
    }

    fn formats(&self) -> Arc<Formats> {
        if self.part.len() > LARGEST {
            return Arc::new(read(&self.part, self.most));
        }
        // A poisoned lock still guards whole entries.
        let met = || MET.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((most, formats)) = met().get(&self.part)
            && *most == self.most
        {
            return Arc::clone(formats);
        }
        let formats = Arc::new(read(&self.part, self.most));
        let mut met = met();
        if met.len() < MOST_MET {
            met.entry(self.part.clone()).or_insert_with(|| (self.most, Arc::clone(&formats)));
        }
        formats
    }
}

/// Reads `numFmts` and `cellXfs`; everything else is skipped, without a look at it where the part is written as usual.
fn read(part: &[u8], most: u64) -> Scan<Vec<Shown>> {
    if part.is_empty() {
        return Ok(Vec::new());
    }
    let (codes, formats) = match usual(part, most) {
        Some((numbers, formats)) => {
            (elements(&[b"<styleSheet>", numbers, b"</styleSheet>"].concat(), most)?.0, formats)
        }
        None => elements(part, most)?,
    };
    let shown = |id: u32| codes.get(&id).copied().unwrap_or_else(|| built_in(id));
    Ok(formats.into_iter().map(shown).collect())
}

/// Number formats by their ids, and the id of each cell format.
type Elements = (HashMap<u32, Shown>, Vec<u32>);

/// The element of the number formats, and the ids of the cell formats; nothing where a comment or a prefix stands in the way,
/// or cell formats are written in another way than nearly all programs do. Hundreds of fonts, fills and borders lie between.
fn usual(part: &[u8], most: u64) -> Option<(&[u8], Vec<u32>)> {
    if memmem::find(part, b"<!").is_some() {
        return None;
    }
    let numbers = element(part, b"<numFmts", b"</numFmts>").unwrap_or_default();
    Some((numbers, cell_formats(element(part, b"<cellXfs", b"</cellXfs>")?, most)?))
}

/// Of `<xf numFmtId="164" …/>`, or of the same with elements in it, one after another.
fn cell_formats(element: &[u8], most: u64) -> Option<Vec<u32>> {
    let mut ids = Vec::new();
    let close = memmem::Finder::new(b"</xf>");
    let mut rest = element.get(memchr(b'>', element)? + 1..)?;
    while (ids.len() as u64) < most {
        rest = rest.trim_ascii_start();
        let Some(behind) = rest.strip_prefix(b"<xf numFmtId=\"") else {
            return (rest == b"</cellXfs>").then_some(ids);
        };
        let (id, behind) = usual::number(behind)?;
        let behind = usual::behind_quote(behind)?;
        let len = memchr(b'>', behind)?;
        let (attributes, behind) = (behind.get(..len)?, behind.get(len + 1..)?);
        let quotes = memchr_iter(b'"', attributes).count();
        // Behind an odd number of quotes the sign stands in a value.
        if quotes % 2 == 1 || memchr2(b'<', b'\'', attributes).is_some() {
            return None;
        }
        rest = if attributes.ends_with(b"/") { behind } else { behind.get(close.find(behind)? + 5..)? };
        ids.push(id);
    }
    Some(ids)
}

fn element<'a>(part: &'a [u8], open: &[u8], close: &[u8]) -> Option<&'a [u8]> {
    let from = memmem::find(part, open)?;
    let len = memmem::find(part.get(from..)?, close)? + close.len();
    part.get(from..from + len)
}

fn elements(part: &[u8], most: u64) -> Scan<Elements> {
    let mut scanner = Scanner::new(part);
    let mut codes: HashMap<u32, Shown> = HashMap::new();
    let mut formats: Vec<u32> = Vec::new();
    let mut in_formats = false;
    loop {
        match scanner.next()? {
            Token::Open(tag) => match (scanner.depth(), tag.name) {
                (1, _) | (2, b"numFmts") => {}
                (2, b"cellXfs") => in_formats = true,
                (3, b"numFmt") => {
                    let id = tag.get(b"numFmtId")?.and_then(|id| id.trim().parse().ok());
                    if let (Some(id), Some(code)) = (id, tag.get(b"formatCode")?) {
                        codes.insert(id, of_code(&code));
                    }
                }
                (3, b"xf") if in_formats && (formats.len() as u64) < most => {
                    let id = tag.raw(b"numFmtId")?.and_then(|id| std::str::from_utf8(id).ok());
                    formats.push(id.and_then(|id| id.trim().parse().ok()).unwrap_or(0));
                    scanner.skip()?;
                }
                _ => scanner.skip()?,
            },
            Token::Close(b"cellXfs") | Token::End => break,
            _ => {}
        }
    }
    Ok((codes, formats))
}

#[cfg(test)]
mod tests {
    use super::{Shown, Styles, cell_formats, element, elements};
    use proptest::prelude::*;
    use proptest::sample::select;

    #[test]
    fn formats_lead_to_what_a_number_means() {
        let part = b"<styleSheet><numFmts count='1'><numFmt numFmtId='164' formatCode='yyyy&quot;x&quot;m'/></numFmts>\
            <cellStyleXfs><xf numFmtId='9'/></cellStyleXfs><cellXfs><xf/><xf numFmtId='164'><alignment/></xf>\
            <xf numFmtId='10'/></cellXfs></styleSheet>";
        let shown = |part: &[u8]| {
            let styles = Styles::new(part.to_vec(), 10);
            [0, 1, 2, 3].map(|i| styles.shown(i).unwrap())
        };
        let expected = [Shown::Number, Shown::Date, Shown::Percent, Shown::Number];
        assert_eq!(shown(part), expected);
        let usual =
            String::from_utf8(part.to_vec()).unwrap().replace("<xf/>", "<xf numFmtId='0'/>").replace('\'', "\"");
        assert_eq!(shown(usual.as_bytes()), expected);
        assert!(cell_formats(element(usual.as_bytes(), b"<cellXfs", b"</cellXfs>").unwrap(), 10).is_some());
    }

    fn one() -> impl Strategy<Value = String> {
        let id = select(vec!["0", "9", "164", "007", "", "x", "123456789", " 9 "]);
        let more = select(vec!["", " fontId=\"3\" xfId=\"0\"", " a=\"x>y\"", " a='\"'", " a='>'"]);
        let inside = select(vec!["/>", "></xf>", "><alignment wrapText=\"1\"/></xf>", "><a b=\"</xf>\"/></xf>"]);
        let between = select(vec!["", " ", "\n  ", "<y/>", "text"]);
        (id, more, inside, between)
            .prop_map(|(id, more, inside, between)| format!("<xf numFmtId=\"{id}\"{more}{inside}{between}"))
    }

    proptest! {
        #[test]
        fn usual_cell_formats_are_what_the_strict_way_reads(cells in proptest::collection::vec(one(), 0..6), most in 0_u64..7) {
            let cells = format!("<cellXfs count=\"3\">{}</cellXfs>", cells.concat());
            if let Some(ids) = cell_formats(cells.as_bytes(), most) {
                let strict = elements(format!("<styleSheet>{cells}</styleSheet>").as_bytes(), most);
                prop_assert_eq!(Ok(ids), strict.map(|(_, ids)| ids));
            }
        }
    }
}
