//! Sheets → .xls and .et: BIFF8 in an OLE container. Formulas become their results.

use super::district::Made;
use super::ole;
use super::sheet::{Sheet, Strings, Style, Value};

/// Largest payload of a record.
const LIMIT: usize = 8224;

fn record(out: &mut Vec<u8>, kind: u16, body: &[u8]) -> Made<()> {
    out.extend(kind.to_le_bytes());
    out.extend(u16::try_from(body.len())?.to_le_bytes());
    out.extend(body);
    Ok(())
}

fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// Characters as UTF-16 with the flag for it; the count before it is a byte or a word.
fn unicode(text: &str, wide_count: bool) -> Made<Vec<u8>> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = Vec::new();
    if wide_count {
        out.extend(u16::try_from(units.len())?.to_le_bytes());
    } else {
        out.push(u8::try_from(units.len())?);
    }
    out.push(1);
    out.extend(words(&units));
    Ok(out)
}

/// The shared string table; a record that is full is continued between two texts.
fn write_strings(strings: &Strings, out: &mut Vec<u8>) -> Made<()> {
    let mut body = strings.uses.to_le_bytes().to_vec();
    body.extend(u32::try_from(strings.texts.len())?.to_le_bytes());
    let mut kind = 0x00FC;
    for text in &strings.texts {
        let text = unicode(text, true)?;
        if body.len() + text.len() > LIMIT {
            record(out, kind, &body)?;
            (kind, body) = (0x003C, Vec::new());
        }
        body.extend(text);
    }
    record(out, kind, &body)
}

/// Writes a workbook.
pub(crate) fn xls(sheets: &[Sheet]) -> Made<Vec<u8>> {
    let mut strings = Strings::default();
    let bodies = sheets.iter().map(|sheet| worksheet(sheet, &mut strings)).collect::<Made<Vec<_>>>()?;
    let mut shared = Vec::new();
    write_strings(&strings, &mut shared)?;

    let head = globals_head()?;
    let mut bounds = Vec::new();
    for sheet in sheets {
        bound(&mut bounds, 0, &sheet.name)?;
    }
    let mut at = u32::try_from(head.len() + bounds.len() + shared.len() + 4)?;
    bounds.clear();
    for (sheet, body) in sheets.iter().zip(&bodies) {
        bound(&mut bounds, at, &sheet.name)?;
        at += u32::try_from(body.len())?;
    }
    let mut stream = head;
    stream.extend(bounds);
    stream.extend(shared);
    record(&mut stream, 0x000A, &[])?;
    stream.extend(bodies.concat());
    Ok(ole::compound("Workbook", &stream))
}

fn bof(out: &mut Vec<u8>, kind: u16) -> Made<()> {
    record(out, 0x0809, &words(&[0x0600, kind, 0x0DBB, 0x07CC, 0xC1, 0, 6, 0]))
}

fn bound(out: &mut Vec<u8>, at: u32, name: &str) -> Made<()> {
    let mut body = at.to_le_bytes().to_vec();
    body.extend([0, 0]);
    body.extend(unicode(name, false)?);
    record(out, 0x0085, &body)
}

/// Everything of the globals before the list of sheets: code page, window, fonts, formats.
fn globals_head() -> Made<Vec<u8>> {
    let mut out = Vec::new();
    bof(&mut out, 0x0005)?;
    record(&mut out, 0x0042, &words(&[1200]))?;
    record(&mut out, 0x003D, &words(&[0, 0, 0x3FCF, 0x2A4E, 0x38, 0, 0, 1, 0x258]))?;
    for (height, weight, name) in [(220, 400, "宋体"), (220, 700, "宋体"), (360, 400, "黑体"), (220, 400, "宋体")]
    {
        let mut body = words(&[height, 0, 0x7FFF, weight, 0]);
        // No underline, family and character set of Chinese fonts.
        body.extend([0, 0, 134, 0]);
        body.extend(unicode(name, false)?);
        record(&mut out, 0x0031, &body)?;
    }
    for _ in 0..15 {
        record(&mut out, 0x00E0, &cell_format(0, 0, 0xFFF5, 0x20, false))?;
    }
    record(&mut out, 0x00E0, &cell_format(0, 0, 1, 0x20, false))?;
    for style in Style::ALL {
        let font = match style {
            Style::Title => 2,
            Style::Label => 1,
            _ => 0,
        };
        let number = match style {
            Style::Number => 4,
            Style::Percent => 10,
            _ => 0,
        };
        let align = if style.centred() { 2 } else { 1 };
        let wrap = if style.bordered() { 8 } else { 0 };
        record(&mut out, 0x00E0, &cell_format(font, number, 1, 0x10 | align | wrap, style.bordered()))?;
    }
    record(&mut out, 0x0293, &[0, 0x80, 0, 0xFF])?;
    Ok(out)
}

fn cell_format(font: u16, number: u16, flags: u16, align: u8, border: bool) -> Vec<u8> {
    let mut body = words(&[font, number, flags]);
    body.extend([align, 0, 0, 0xF8]);
    // Thin lines in the automatic colour on all four sides.
    let (sides, more) = if border { (0x2040_1111_u32, 0x2040_u32) } else { (0, 0) };
    body.extend(sides.to_le_bytes());
    body.extend(more.to_le_bytes());
    body.extend(words(&[0x20C0]));
    body
}

/// Index of a style's cell format, behind the fifteen of the cell styles and the default.
fn format_index(style: Style) -> Made<u16> {
    let at = Style::ALL.iter().position(|known| *known == style).ok_or("unknown style")?;
    Ok(u16::try_from(at)? + 16)
}

fn worksheet(sheet: &Sheet, strings: &mut Strings) -> Made<Vec<u8>> {
    let mut out = Vec::new();
    bof(&mut out, 0x0010)?;
    for (col, width) in (0_u16..).zip(&sheet.widths) {
        record(&mut out, 0x007D, &words(&[col, col, width * 256, 15, 0, 0]))?;
    }
    let mut size = [0_u32, sheet.next_row()].iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>();
    size.extend(words(&[0, sheet.width(), 0]));
    record(&mut out, 0x0200, &size)?;
    for (row, slots) in (0_u16..).zip(sheet.rows()) {
        for slot in slots {
            let mut body = words(&[row, slot.col, format_index(slot.style)?]);
            match slot.value.filter(|_| !slot.covered) {
                Some(Value::Text(text)) => {
                    body.extend(strings.index(text)?.to_le_bytes());
                    record(&mut out, 0x00FD, &body)?;
                }
                Some(Value::Number(number) | Value::Formula(_, number)) => {
                    body.extend(number.parse::<f64>()?.to_le_bytes());
                    record(&mut out, 0x0203, &body)?;
                }
                None => record(&mut out, 0x0201, &body)?,
            }
        }
    }
    record(&mut out, 0x023E, &words(&[0x06B6, 0, 0, 0x40, 0, 0, 0, 0, 0]))?;
    let mut merges = words(&[u16::try_from(sheet.merges.len())?]);
    for merge in &sheet.merges {
        merges.extend(words(&[u16::try_from(merge.top)?, u16::try_from(merge.bottom)?, merge.left, merge.right]));
    }
    record(&mut out, 0x00E5, &merges)?;
    record(&mut out, 0x000A, &[])?;
    Ok(out)
}
