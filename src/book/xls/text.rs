//! Text of BIFF: bytes in a code page before BIFF 8, then units of UTF-16, one byte each where the upper one is zero.

use super::mac;
use super::records::{Record, Version};
use crate::book::xml::{Fault, Scan, fault, unknown};
use encoding_rs::Encoding;

const CUT: Fault = fault("文字不完整", "a text that is cut short");
const CODE_PAGE: Fault = unknown("代码页未知，文字无法识别", "a text in an unknown code page");

/// How bytes become text.
#[derive(Debug, Clone, Copy)]
pub(super) enum CodePage {
    /// Of an encoding that the library knows.
    Known(&'static Encoding),
    /// ASCII, and these characters from 0x80 on.
    Upper(&'static str),
    /// Only ASCII is read.
    Unknown,
}

impl CodePage {
    /// What bytes mean in a code page by its number on Windows.
    pub(super) fn new(page: u16) -> Self {
        let known = match page {
            437 | 850 | 1252 | 32769 | 367 => Some(encoding_rs::WINDOWS_1252),
            874 => Some(encoding_rs::WINDOWS_874),
            932 => Some(encoding_rs::SHIFT_JIS),
            936 => Some(encoding_rs::GB18030),
            949 => Some(encoding_rs::EUC_KR),
            950 => Some(encoding_rs::BIG5),
            1250 => Some(encoding_rs::WINDOWS_1250),
            1251 => Some(encoding_rs::WINDOWS_1251),
            1253 => Some(encoding_rs::WINDOWS_1253),
            1254 => Some(encoding_rs::WINDOWS_1254),
            1255 => Some(encoding_rs::WINDOWS_1255),
            1256 => Some(encoding_rs::WINDOWS_1256),
            1257 => Some(encoding_rs::WINDOWS_1257),
            1258 => Some(encoding_rs::WINDOWS_1258),
            866 => Some(encoding_rs::IBM866),
            10000 | 32768 => Some(encoding_rs::MACINTOSH),
            10007 => Some(encoding_rs::X_MAC_CYRILLIC),
            65001 => Some(encoding_rs::UTF_8),
            _ => None,
        };
        known.map(Self::Known).or_else(|| mac::upper_half(page).map(Self::Upper)).unwrap_or(Self::Unknown)
    }

    fn decode(self, bytes: &[u8]) -> Scan<String> {
        if bytes.is_ascii() {
            return Ok(String::from_utf8_lossy(bytes).into_owned());
        }
        match self {
            Self::Known(encoding) => Ok(encoding.decode_without_bom_handling(bytes).0.into_owned()),
            Self::Upper(half) => {
                let upper = |byte: u8| half.chars().nth(usize::from(byte & 0x7F));
                let character = |&byte: &u8| if byte.is_ascii() { Some(char::from(byte)) } else { upper(byte) };
                bytes.iter().map(character).collect::<Option<String>>().ok_or(CODE_PAGE)
            }
            Self::Unknown => Err(CODE_PAGE),
        }
    }
}

/// How long the count of characters is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Count {
    /// A byte.
    Byte,
    /// Two bytes.
    Word,
}

/// The text at `at` of a record that is not continued.
pub(super) fn short(record: Record<'_>, at: usize, count: Count, version: Version, page: CodePage) -> Scan<String> {
    chunked(&[record.from(at)?], count, version, page)
}

/// A text at the start of a record that others may continue.
pub(super) fn chunked(chunks: &[&[u8]], count: Count, version: Version, page: CodePage) -> Scan<String> {
    let mut chunks = Chunks::new(chunks);
    let len = match count {
        Count::Byte => usize::from(chunks.u8()?),
        Count::Word => usize::from(chunks.u16()?),
    };
    let text = if version == Version::V8 {
        let flags = if len == 0 { 0 } else { chunks.u8()? };
        chunks.units(len, flags & 1 != 0)?
    } else {
        page.decode(&chunks.bytes(len)?)?
    };
    Ok(line_ends(text))
}

/// Line ends as `\n`.
fn line_ends(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// All shared strings of a table of BIFF 8. The table may end early, but not within a string.
pub(super) fn shared(chunks: &[&[u8]]) -> Scan<Vec<String>> {
    let mut chunks = Chunks::new(chunks);
    chunks.u32()?;
    let count = chunks.u32()?;
    let mut out = Vec::new();
    for _ in 0..count {
        if chunks.is_empty() {
            break;
        }
        let len = usize::from(chunks.u16()?);
        let flags = chunks.u8()?;
        let runs = if flags & 8 != 0 { usize::from(chunks.u16()?) } else { 0 };
        let phonetic = if flags & 4 != 0 { chunks.u32()? } else { 0 };
        out.push(line_ends(chunks.units(len, flags & 1 != 0)?));
        chunks.skip(runs * 4)?;
        chunks.skip(usize::try_from(phonetic).map_err(|_| CUT)?)?;
    }
    Ok(out)
}

/// Bytes over several records.
struct Chunks<'c, 'a> {
    now: &'a [u8],
    later: &'c [&'a [u8]],
}

impl<'c, 'a> Chunks<'c, 'a> {
    fn new(chunks: &'c [&'a [u8]]) -> Self {
        let (now, later) = chunks.split_first().map_or((&[][..], chunks), |(now, later)| (*now, later));
        Self { now, later }
    }

    fn is_empty(&self) -> bool {
        self.now.is_empty() && self.later.iter().all(|chunk| chunk.is_empty())
    }

    /// Goes on to the next record where this one is used up.
    fn refill(&mut self) -> Scan<()> {
        while self.now.is_empty() {
            let (now, later) = self.later.split_first().ok_or(CUT)?;
            (self.now, self.later) = (now, later);
        }
        Ok(())
    }

    fn u8(&mut self) -> Scan<u8> {
        self.refill()?;
        let (&byte, rest) = self.now.split_first().ok_or(CUT)?;
        self.now = rest;
        Ok(byte)
    }

    fn u16(&mut self) -> Scan<u16> {
        Ok(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn u32(&mut self) -> Scan<u32> {
        Ok(u32::from_le_bytes([self.u8()?, self.u8()?, self.u8()?, self.u8()?]))
    }

    /// Up to `len` bytes of the current record.
    fn take(&mut self, len: usize) -> Scan<&'a [u8]> {
        self.refill()?;
        let (taken, rest) = self.now.split_at_checked(len.min(self.now.len())).ok_or(CUT)?;
        self.now = rest;
        Ok(taken)
    }

    fn bytes(&mut self, len: usize) -> Scan<Vec<u8>> {
        let mut out = Vec::new();
        while out.len() < len {
            out.extend_from_slice(self.take(len - out.len())?);
        }
        Ok(out)
    }

    fn skip(&mut self, mut len: usize) -> Scan<()> {
        while len > 0 {
            len -= self.take(len)?.len();
        }
        Ok(())
    }

    /// `len` characters. Where they go on in the next record, its first byte says anew how wide they are.
    fn units(&mut self, len: usize, mut wide: bool) -> Scan<String> {
        let mut units: Vec<u16> = Vec::with_capacity(len.min(4096));
        while units.len() < len {
            if self.now.is_empty() {
                wide = self.u8()? & 1 != 0;
                continue;
            }
            let width = if wide { 2 } else { 1 };
            let here = self.now.len() / width;
            if here == 0 {
                return Err(CUT);
            }
            let bytes = self.take((len - units.len()).min(here) * width)?;
            if wide {
                units.extend(bytes.chunks_exact(2).filter_map(|x| x.try_into().ok()).map(u16::from_le_bytes));
            } else {
                units.extend(bytes.iter().map(|&b| u16::from(b)));
            }
        }
        Ok(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{CodePage, Count, Version, chunked, shared};

    #[test]
    fn strings_go_on_in_the_next_record() {
        let first = [2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, b'a', b'b'];
        let second = [1, 0x2D, 0x4E, 1, 0, 1, 0x87, 0x65];
        assert_eq!(shared(&[&first, &second]).unwrap(), ["ab中", "文"]);
        assert!(shared(&[&first]).is_err());
    }

    #[test]
    fn older_text_is_in_a_code_page() {
        let page = CodePage::new(936);
        assert_eq!(chunked(&[b"\x04\xB8\xBD\xBC\xFE"], Count::Byte, Version::V5, page).unwrap(), "附件");
        assert!(chunked(&[b"\x01\xB8"], Count::Byte, Version::V5, CodePage::new(9999)).is_err());
        let page = CodePage::new(10029);
        assert_eq!(chunked(&[b"\x04\x8Cas\xFC"], Count::Byte, Version::V5, page).unwrap(), "ĆasŁ");
        assert!(chunked(&[b"\x09ab"], Count::Byte, Version::V5, page).is_err());
    }
}
