//! Sheets → .xlsb. Formulas become their results.

use super::district::Made;
use super::package;
use super::sheet::{Sheet, Strings, Style, Value};
use std::fmt::Write;

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// A record: its number and its length in seven-bit groups, the lowest first.
fn record(out: &mut Vec<u8>, kind: u32, body: &[u8]) -> Made<()> {
    for mut n in [kind, u32::try_from(body.len())?] {
        while n >= 0x80 {
            out.push(u8::try_from(n & 0x7F)? | 0x80);
            n >>= 7;
        }
        out.push(u8::try_from(n)?);
    }
    out.extend(body);
    Ok(())
}

fn longs(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

fn wide(text: &str) -> Made<Vec<u8>> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = u32::try_from(units.len())?.to_le_bytes().to_vec();
    out.extend(words(&units));
    Ok(out)
}

/// The part with the shared texts.
fn shared(strings: &Strings) -> Made<Vec<u8>> {
    let mut out = Vec::new();
    record(&mut out, 159, &longs(&[strings.uses, u32::try_from(strings.texts.len())?]))?;
    for text in &strings.texts {
        let mut body = vec![0];
        body.extend(wide(text)?);
        record(&mut out, 19, &body)?;
    }
    record(&mut out, 160, &[])?;
    Ok(out)
}

/// Writes a workbook.
pub(crate) fn xlsb(sheets: &[Sheet]) -> Made<Vec<u8>> {
    let mut types = format!(
        "{XML}<Types xmlns=\"{TYPES}\"><Default Extension=\"bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/>\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/xl/styles.bin\" ContentType=\"application/vnd.ms-excel.styles\"/>\
         <Override PartName=\"/xl/sharedStrings.bin\" ContentType=\"application/vnd.ms-excel.sharedStrings\"/>"
    );
    let mut relations = format!(
        "{XML}<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rIdStyles\" Type=\"{OFFICE}/styles\" Target=\"styles.bin\"/>\
         <Relationship Id=\"rIdStrings\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.bin\"/>"
    );
    let mut workbook = Vec::new();
    record(&mut workbook, 131, &[])?;
    record(&mut workbook, 143, &[])?;
    for (n, sheet) in (1_u32..).zip(sheets) {
        let target = format!("worksheets/sheet{n}.bin");
        write!(types, "<Override PartName=\"/xl/{target}\" ContentType=\"application/vnd.ms-excel.worksheet\"/>")?;
        write!(relations, "<Relationship Id=\"rId{n}\" Type=\"{OFFICE}/worksheet\" Target=\"{target}\"/>")?;
        let mut body = longs(&[0, n]);
        body.extend(wide(&format!("rId{n}"))?);
        body.extend(wide(&sheet.name)?);
        record(&mut workbook, 156, &body)?;
    }
    record(&mut workbook, 144, &[])?;
    record(&mut workbook, 132, &[])?;
    types.push_str("</Types>");
    relations.push_str("</Relationships>");
    let root = format!(
        "{XML}<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>"
    );
    let names: Vec<String> = (1..=sheets.len()).map(|n| format!("xl/worksheets/sheet{n}.bin")).collect();
    let mut strings = Strings::default();
    let bodies = sheets.iter().map(|sheet| worksheet(sheet, &mut strings)).collect::<Made<Vec<_>>>()?;
    let mut parts = vec![
        ("[Content_Types].xml", types.into_bytes()),
        ("_rels/.rels", root.into_bytes()),
        ("xl/workbook.bin", workbook),
        ("xl/_rels/workbook.bin.rels", relations.into_bytes()),
        ("xl/styles.bin", styles()?),
        ("xl/sharedStrings.bin", shared(&strings)?),
    ];
    parts.extend(names.iter().map(String::as_str).zip(bodies));
    package::package(&parts)
}

/// Fonts, fills, borders and the cell formats in the order of [`Style::ALL`], behind the default.
fn styles() -> Made<Vec<u8>> {
    let mut out = Vec::new();
    record(&mut out, 278, &[])?;
    record(&mut out, 611, &longs(&[3]))?;
    for (height, weight, name) in [(220, 400, "宋体"), (220, 700, "宋体"), (360, 400, "黑体")] {
        let mut body = words(&[height, 0, weight, 0]);
        body.extend([0, 0, 134, 0]);
        // Colour by theme index 1, no scheme.
        body.extend([0x07, 1, 0, 0, 0, 0, 0, 0xFF, 0]);
        body.extend(wide(name)?);
        record(&mut out, 43, &body)?;
    }
    record(&mut out, 612, &[])?;
    record(&mut out, 603, &longs(&[2]))?;
    for pattern in [0, 0x11] {
        let mut body = longs(&[pattern]);
        body.extend([0x03, 0x40, 0, 0, 0, 0, 0, 0xFF, 0x03, 0x41, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        body.resize(68, 0);
        record(&mut out, 45, &body)?;
    }
    record(&mut out, 604, &[])?;
    record(&mut out, 613, &longs(&[2]))?;
    for line in [0, 1] {
        let mut body = vec![0];
        for side in 0..5 {
            let line = if side < 4 { line } else { 0 };
            body.extend([line, 0, 0x01, 0x40, 0, 0, 0, 0, 0, 0xFF]);
        }
        record(&mut out, 46, &body)?;
    }
    record(&mut out, 614, &[])?;
    record(&mut out, 626, &longs(&[1]))?;
    record(&mut out, 47, &cell_format(0xFFFF, 0, 0, 0, 0x10))?;
    record(&mut out, 627, &[])?;
    record(&mut out, 617, &longs(&[u32::try_from(Style::ALL.len())? + 1]))?;
    record(&mut out, 47, &cell_format(0, 0, 0, 0, 0x10))?;
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
        let wrap = if style.bordered() { 0x40 } else { 0 };
        record(&mut out, 47, &cell_format(0, number, font, u16::from(style.bordered()), 0x08 | align | wrap))?;
    }
    record(&mut out, 618, &[])?;
    record(&mut out, 619, &longs(&[1]))?;
    let mut normal = longs(&[0]);
    normal.extend(words(&[1]));
    normal.extend([0, 0xFF]);
    normal.extend(wide("Normal")?);
    record(&mut out, 48, &normal)?;
    record(&mut out, 620, &[])?;
    record(&mut out, 279, &[])?;
    Ok(out)
}

fn cell_format(parent: u16, number: u16, font: u16, border: u16, align: u16) -> Vec<u8> {
    // No rotation, no indent; alignment; protection; all attributes used.
    words(&[parent, number, font, 0, border, 0, align, if parent == 0xFFFF { 0 } else { 0x3F }])
}

fn worksheet(sheet: &Sheet, strings: &mut Strings) -> Made<Vec<u8>> {
    let mut out = Vec::new();
    record(&mut out, 129, &[])?;
    let (last_row, last_col) = (sheet.next_row().saturating_sub(1), u32::from(sheet.width().saturating_sub(1)));
    record(&mut out, 148, &longs(&[0, last_row, 0, last_col]))?;
    record(&mut out, 390, &[])?;
    for (col, width) in (0_u32..).zip(&sheet.widths) {
        let mut body = longs(&[col, col, u32::from(*width) * 256, 0]);
        body.extend(words(&[0x0002]));
        record(&mut out, 60, &body)?;
    }
    record(&mut out, 391, &[])?;
    record(&mut out, 145, &[])?;
    for (row, slots) in (0_u32..).zip(sheet.rows()) {
        let (Some(first), Some(last)) = (slots.first(), slots.last()) else { continue };
        let mut head = longs(&[row, 0]);
        head.extend(words(&[300]));
        head.extend([0, 0, 0]);
        head.extend(longs(&[1, u32::from(first.col), u32::from(last.col)]));
        record(&mut out, 0, &head)?;
        for slot in slots {
            let format = Style::ALL.iter().position(|known| *known == slot.style).ok_or("unknown style")? + 1;
            let mut body = longs(&[u32::from(slot.col), u32::try_from(format)?]);
            match slot.value.filter(|_| !slot.covered) {
                Some(Value::Text(text)) => {
                    body.extend(strings.index(text)?.to_le_bytes());
                    record(&mut out, 7, &body)?;
                }
                Some(Value::Number(number) | Value::Formula(_, number)) => {
                    body.extend(number.parse::<f64>()?.to_le_bytes());
                    record(&mut out, 5, &body)?;
                }
                None => record(&mut out, 1, &body)?,
            }
        }
    }
    record(&mut out, 146, &[])?;
    if !sheet.merges.is_empty() {
        record(&mut out, 177, &longs(&[u32::try_from(sheet.merges.len())?]))?;
        for merge in &sheet.merges {
            record(&mut out, 176, &longs(&[merge.top, merge.bottom, merge.left.into(), merge.right.into()]))?;
        }
        record(&mut out, 178, &[])?;
    }
    record(&mut out, 130, &[])?;
    Ok(out)
}
