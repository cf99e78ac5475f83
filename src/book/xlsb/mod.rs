//! .xlsb by a strict reader of our own.
//!
//! Why: calamine drops every formula whose cached result is an error, gives no merges and no percentages, takes the bytes
//! of the record before where one is too short, and dies on a sixth of damaged files.
//!
//! Input → output: the directory of a package → [`Book`]. Source: MS-XLSB.
//!
//! Invariants: those of the reader of .xlsx; no record is read beyond its own length.

mod records;
mod sheet;

use super::assemble::{Assembly, RawSheet};
use super::number_format::{Shown, built_in, of_code};
use super::ooxml::{self, Declared, Outline};
use super::package::{Package, about};
use super::refusal::Outcome;
use super::types::{Book, Format};
use super::xml::Scan;
use super::zip::Archive;
use crate::quantity::Text;
use crate::settings::Limits;
use records::{Records, utf16};
use std::collections::HashMap;

/// Types of records outside of sheets.
mod kind {
    pub(super) const STRING: u32 = 19;
    pub(super) const FORMAT: u32 = 44;
    pub(super) const CELL_FORMAT: u32 = 47;
    pub(super) const WORKBOOK: u32 = 153;
    pub(super) const SHEET: u32 = 156;
    pub(super) const BEGIN_CELL_FORMATS: u32 = 617;
    pub(super) const END_CELL_FORMATS: u32 = 618;
}

/// Reads a package.
///
/// # Errors
/// Damage, contradictions, limits; each names the part and the cell.
pub(crate) fn read(archive: &Archive<'_>, limits: &Limits) -> Outcome<Book> {
    let mut package = Package::new(archive, limits)?;
    let mut assembly = Assembly::new(Format::Xlsb, limits);
    assembly.note_stray_bytes(archive);
    let outline = Outline::read(&mut package, "xl/workbook.bin", &mut assembly)?;
    let mut part = Vec::new();
    package.inflate(&outline.main, &mut part)?;
    let (sheets, from_1904) = workbook(&part).map_err(|fault| about(&outline.main, fault))?;
    ooxml::check_sheets(&sheets, limits)?;
    let name = |kind: &str| outline.target(kind).unwrap_or_default().to_owned();
    let table = raw_part(&mut package, outline.target("sharedStrings"))?;
    let mut strings =
        Strings::read(&table, limits.cells).map_err(|fault| ooxml::of_part(&name("sharedStrings"), fault, limits))?;
    let shown =
        formats(&raw_part(&mut package, outline.target("styles"))?).map_err(|fault| about(&name("styles"), fault))?;
    for declared in &sheets {
        let Some(name) = ooxml::place(declared, outline.of(declared), &package, &mut assembly)? else { continue };
        package.inflate(&name, &mut part)?;
        let mut raw = RawSheet::new(declared.name.as_str(), declared.visibility(&mut assembly));
        let mut context = sheet::Context { strings: &mut strings, shown: &shown, from_1904, room: assembly.room() };
        sheet::read(&part, &mut context, &mut raw).map_err(|fault| fault.refusal(&declared.name, limits))?;
        assembly.push(raw)?;
    }
    package.check_the_rest()?;
    assembly.finish()
}

/// A binary part that may be missing.
fn raw_part(package: &mut Package<'_, '_>, name: Option<&str>) -> Outcome<Vec<u8>> {
    let mut out = Vec::new();
    if let Some(name) = name.filter(|name| package.has(name)) {
        package.inflate(name, &mut out)?;
    }
    Ok(out)
}

/// The sheets that the workbook part declares, and whether dates count from 1904.
fn workbook(part: &[u8]) -> Scan<(Vec<Declared>, bool)> {
    let mut records = Records::new(part);
    let mut sheets = Vec::new();
    let mut from_1904 = false;
    while let Some(record) = records.next()? {
        match record.kind {
            kind::WORKBOOK => from_1904 = record.u32(0)? & 1 != 0,
            kind::SHEET => {
                let state = match record.u32(0)? {
                    0 => None,
                    1 => Some("hidden".to_owned()),
                    2 => Some("veryHidden".to_owned()),
                    other => Some(other.to_string()),
                };
                let relation = record.wide(8)?;
                let name_at = relation.map_or(12, |(_, end)| end);
                let relation = relation.map(|(bytes, _)| utf16(bytes)).unwrap_or_default();
                sheets.push(Declared { name: record.text(name_at)?, relation, state });
            }
            _ => {}
        }
    }
    Ok((sheets, from_1904))
}

/// What each cell format makes of a number.
fn formats(part: &[u8]) -> Scan<Vec<Shown>> {
    let mut records = Records::new(part);
    let mut codes: HashMap<u32, Shown> = HashMap::new();
    let mut out = Vec::new();
    let mut in_formats = false;
    while let Some(record) = records.next()? {
        match record.kind {
            kind::FORMAT => {
                codes.insert(u32::from(record.u16(0)?), of_code(&record.text(2)?));
            }
            kind::BEGIN_CELL_FORMATS => in_formats = true,
            kind::END_CELL_FORMATS => in_formats = false,
            kind::CELL_FORMAT if in_formats => {
                let id = u32::from(record.u16(2)?);
                out.push(codes.get(&id).copied().unwrap_or_else(|| built_in(id)));
            }
            _ => {}
        }
    }
    Ok(out)
}

/// Shared strings, decoded when a cell asks for one. What the table says about its own length is ignored.
#[derive(Debug, Default)]
struct Strings<'a>(Vec<(&'a [u8], Option<Text>)>);

impl<'a> Strings<'a> {
    fn read(part: &'a [u8], most: u64) -> Scan<Self> {
        let mut records = Records::new(part);
        let mut items = Vec::new();
        while let Some(record) = records.next()? {
            if record.kind == kind::STRING {
                if items.len() as u64 >= most {
                    return Err(ooxml::TOO_MANY_CELLS);
                }
                items.push((record.wide(1)?.map_or(&[][..], |(bytes, _)| bytes), None));
            }
        }
        Ok(Self(items))
    }

    fn get(&mut self, index: u32) -> Option<Text> {
        let (bytes, text) = self.0.get_mut(usize::try_from(index).ok()?)?;
        Some(text.get_or_insert_with(|| utf16(bytes).into()).clone())
    }
}
