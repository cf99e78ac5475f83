//! Damages good files where it hurts: inside the parts of a package, between the records of a stream, and anywhere.
//!
//! Input → output: the bytes of a good file, dice → the bytes of a damaged one; the same dice do the same damage.

use super::package::{package, parts};
use zip::CompressionMethod;

/// Dice that fall the same way every time (SplitMix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `below`; 0 where there is none.
    pub(crate) fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) >> 1).unwrap_or(0).checked_rem(below).unwrap_or(0)
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> Option<&'a T> {
        of.get(self.roll(of.len())).copied()
    }
}

/// A damaged twin of a good file.
pub(crate) fn damaged(good: &[u8], dice: &mut Dice) -> Vec<u8> {
    let inside = dice.roll(5) > 0;
    let mut bytes = good.to_vec();
    if inside && good.starts_with(b"PK") {
        if let Some(package) = damaged_package(good, dice) {
            return package;
        }
    } else if inside && damage_record(&mut bytes, dice) {
        return bytes;
    }
    for _ in 0..=dice.roll(3) {
        damage_bytes(&mut bytes, dice);
    }
    bytes
}

fn damaged_package(good: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut parts = parts(good)?;
    let main = ["sheet", "content.xml", "document.xml", "sharedStrings", "styles", "workbook"];
    let of_interest: Vec<usize> =
        (0..parts.len()).filter(|&n| parts.get(n).is_some_and(|p| main.iter().any(|m| p.0.contains(m)))).collect();
    let any = dice.roll(parts.len());
    let at = if dice.roll(4) > 0 { of_interest.get(dice.roll(of_interest.len())).copied().unwrap_or(any) } else { any };
    match dice.roll(10) {
        0 => {
            parts.remove(at);
        }
        1 => {
            let other = dice.roll(parts.len());
            let content = parts.get(other)?.1.clone();
            parts.get_mut(at)?.1 = content;
        }
        2 => (*dice.one(&NAMES)?).clone_into(&mut parts.get_mut(at)?.0),
        3 => {
            let twin = parts.get(at)?.clone();
            parts.push((twin.0.to_uppercase(), twin.1));
        }
        _ => {
            let content = &mut parts.get_mut(at)?.1;
            for _ in 0..=dice.roll(3) {
                damage_content(content, dice);
            }
        }
    }
    package(&parts, CompressionMethod::Deflated)
}

/// Names that a member or part should not bear.
const NAMES: [&str; 9] = [
    "../../up.xlsx",
    "/abs.xlsx",
    "C:\\win.xlsx",
    "a\nb.xlsx",
    "=cmd|' /c calc'!A1.xlsx",
    "<b>x</b>.xlsx",
    "~$x.xlsx",
    "con",
    "xl/worksheets/sheet99.xml",
];

/// Damages the content of a part, by what it looks like.
pub(crate) fn damage_content(content: &mut Vec<u8>, dice: &mut Dice) {
    if content.starts_with(b"PK") && dice.roll(2) == 0 {
        *content = damaged(content, dice);
    } else if content.iter().take(8).any(|&b| b == b'<') && dice.roll(4) > 0 {
        damage_markup(content, dice);
    } else if !damage_record(content, dice) {
        damage_bytes(content, dice);
    }
}

/// Values that numbers, places and names should not have.
const VALUES: [&str; 18] = [
    "",
    "-1",
    "4294967296",
    "18446744073709551616",
    "1e309",
    "-1e309",
    "NaN",
    "0x10",
    "A0",
    "XFE1048577",
    "A1:XFD1048576",
    "B2:A1",
    "=1+1",
    "\u{feff}",
    "&lt;b&gt;",
    "true",
    "９９．５",
    "99999999999999999999.99999999999999999999",
];

/// Markup that should not be there.
const SNIPPETS: [&str; 10] = [
    "<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]>",
    "<![CDATA[x]]>",
    "<!-- x -->",
    "<?x y?>",
    "&c;",
    "&#0;",
    "&#x110000;",
    "</x>",
    "<x",
    "\0",
];

fn damage_markup(content: &mut Vec<u8>, dice: &mut Dice) {
    let opens: Vec<usize> = (0..content.len()).filter(|&at| content.get(at) == Some(&b'<')).collect();
    let tag = |dice: &mut Dice| opens.get(dice.roll(opens.len())).copied().unwrap_or(0);
    let end_of = |content: &[u8], at: usize, of: u8| {
        content.iter().skip(at).position(|&b| b == of).map_or(content.len(), |n| at + n + 1)
    };
    let at = tag(dice);
    let end = end_of(content, at, b'>');
    match dice.roll(9) {
        // A tag is gone, or there twice.
        0 => drop(content.drain(at..end)),
        1 => {
            let twin = content.get(at..end).unwrap_or_default().to_vec();
            content.splice(at..at, twin);
        }
        // An attribute has another value.
        2 | 3 => {
            let begin = end_of(content, at, b'"').min(end);
            let stop = end_of(content, begin, b'"').saturating_sub(1).clamp(begin, end);
            content.splice(begin..stop, dice.one(&VALUES).unwrap_or_default().bytes());
        }
        // A text is another one.
        4 | 5 => {
            let stop = end_of(content, end, b'<').saturating_sub(1).max(end);
            content.splice(end..stop, dice.one(&VALUES).unwrap_or_default().bytes());
        }
        // Something stands in between.
        6 => drop(content.splice(end..end, dice.one(&SNIPPETS).unwrap_or_default().bytes())),
        // A stretch is gone, or there many times.
        7 => {
            let other = tag(dice);
            drop(content.drain(at.min(other)..at.max(other)));
        }
        _ => {
            let other = (at + 400).min(content.len());
            let stretch = content.get(at..other).unwrap_or_default().repeat(1 + dice.roll(300));
            content.splice(at..at, stretch);
        }
    }
}

/// Damages a record of a BIFF8 stream that lies in one piece; `false` where there is none.
fn damage_record(bytes: &mut [u8], dice: &mut Dice) -> bool {
    const BEGIN: &[u8] = &[0x09, 0x08, 0x10, 0x00, 0x00, 0x06];
    let Some(begin) = bytes.windows(BEGIN.len()).position(|window| window == BEGIN) else { return false };
    let mut records = Vec::new();
    let mut at = begin;
    while let Some(&[kind_low, kind_high, low, high]) = bytes.get(at..at + 4).and_then(|head| head.first_chunk()) {
        if [kind_low, kind_high] == [0, 0] {
            break;
        }
        let len = usize::from(u16::from_le_bytes([low, high]));
        records.push((at, len));
        at += 4 + len;
    }
    let Some(&(at, len)) = records.get(dice.roll(records.len())) else { return false };
    let place = match dice.roll(4) {
        0 => at,
        1 => at + 2,
        _ => at + 4 + dice.roll(len),
    };
    poke(bytes, place, dice);
    true
}

/// Numbers at which programs stumble.
const NUMBERS: [u32; 10] = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF];

fn poke(bytes: &mut [u8], at: usize, dice: &mut Dice) {
    let number = NUMBERS.get(dice.roll(NUMBERS.len())).copied().unwrap_or(0).to_le_bytes();
    let width = 1 << dice.roll(3);
    for (place, byte) in bytes.iter_mut().skip(at).zip(number).take(width) {
        *place = byte;
    }
}

/// Damages any bytes anywhere.
pub(crate) fn damage_bytes(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.roll(bytes.len());
    let end = (at + 1 + dice.roll(64)).min(bytes.len());
    match dice.roll(8) {
        0 | 1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << dice.roll(8);
            }
        }
        2 | 3 => poke(bytes, at, dice),
        4 => drop(bytes.drain(at..end)),
        5 => {
            let twin = bytes.get(at..end).unwrap_or_default().to_vec();
            bytes.splice(at..at, twin);
        }
        6 => bytes.iter_mut().skip(at).take(end - at).for_each(|byte| *byte = 0),
        _ => bytes.truncate(at),
    }
}
