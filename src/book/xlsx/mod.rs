//! .xlsx and .xlsm by a strict reader of our own.
//!
//! Why: submissions come from strangers and decide money. A general reader stops at the end of the cells and never sees a
//! wrong checksum, takes a string index of `-1` for string 0, and drops what it does not know; and it costs four times as
//! much.
//!
//! Input → output: the directory of a package → [`Book`].
//!
//! Invariants: every entry of the package is inflated to its end and its checksum compared, whether it is needed or not;
//! parts are found by relationships, never by name alone; all work is bounded by counts (bytes, entries, sheets, cells,
//! depth), therefore this reader runs inside the program itself and needs no process of its own.

mod sheet;
mod strings;
mod styles;
mod usual;

use super::assemble::{Assembly, RawSheet};
use super::ooxml::{self, Declared, Outline};
use super::package::{Package, about};
use super::refusal::Outcome;
use super::types::{Book, Format};
use super::xml::{self, Scan, Scanner, Token};
use super::zip::Archive;
use crate::settings::Limits;
use sheet::Context;
pub(crate) use sheet::parse_number;
use std::borrow::Cow;
use strings::Strings;
use styles::Styles;

/// Reads a package.
///
/// # Errors
/// Damage, contradictions, limits; each names the part and the cell.
pub(crate) fn read(archive: &Archive<'_>, limits: &Limits) -> Outcome<Book> {
    let mut package = Package::new(archive, limits)?;
    let mut assembly = Assembly::new(Format::Xlsx, limits);
    assembly.note_stray_bytes(archive);
    let outline = Outline::read(&mut package, "xl/workbook.xml", &mut assembly)?;
    let (sheets, from_1904) =
        package.part(&outline.main).and_then(|part| workbook(&part).map_err(|fault| about(&outline.main, fault)))?;
    ooxml::check_sheets(&sheets, limits)?;
    let table = package.optional(outline.target("sharedStrings"))?;
    let mut strings = match &table {
        Some(part) => Strings::read(part, limits.cells)
            .map_err(|fault| ooxml::of_part(outline.target("sharedStrings").unwrap_or_default(), fault, limits))?,
        None => Strings::default(),
    };
    let styles = Styles::new(package.optional(outline.target("styles"))?.unwrap_or_default(), limits.cells);

    let mut part = Vec::new();
    for declared in &sheets {
        let Some(name) = ooxml::place(declared, outline.of(declared), &package, &mut assembly)? else { continue };
        package.inflate(&name, &mut part)?;
        let part = xml::decode(&part).map_err(|fault| about(&name, fault))?;
        let mut raw = RawSheet::new(declared.name.as_str(), declared.visibility(&mut assembly));
        let room = assembly.room();
        let mut context = Context { strings: &mut strings, styles: &styles, from_1904, room };
        let odd = sheet::read(&part, &mut context, &mut raw).map_err(|fault| fault.refusal(&declared.name, limits))?;
        assembly.push(raw)?;
        let sheet = assembly.last_sheet();
        if !odd.not_finite.is_empty() {
            assembly.repaired(sheet, odd.not_finite, "不是有限的数", "not a finite number");
        }
        if !odd.no_index.is_empty() {
            assembly.repaired(
                sheet,
                odd.no_index,
                "文字单元格没有内容，按空白处理",
                "text cells without content, taken as blank",
            );
        }
    }
    package.check_the_rest()?;
    assembly.finish()
}

/// The sheets that the workbook part declares, and whether dates count from 1904.
fn workbook(part: &[u8]) -> Scan<(Vec<Declared>, bool)> {
    let mut scanner = Scanner::new(part);
    let mut sheets = Vec::new();
    let mut from_1904 = false;
    let mut in_sheets = false;
    loop {
        match scanner.next()? {
            Token::Open(tag) if scanner.depth() == 2 && tag.name == b"workbookPr" => {
                from_1904 = tag.flag(b"date1904")?;
            }
            Token::Open(tag) if scanner.depth() == 2 && tag.name == b"sheets" => in_sheets = true,
            Token::Open(tag) if in_sheets && scanner.depth() == 3 && tag.name == b"sheet" => {
                sheets.push(Declared {
                    name: strings::decoded(&tag.get(b"name")?.unwrap_or_default()).to_string(),
                    relation: tag.get(b"id")?.unwrap_or_default().into_owned(),
                    state: tag.get(b"state")?.map(Cow::into_owned),
                });
            }
            Token::Close(b"sheets") => in_sheets = false,
            Token::End => return Ok((sheets, from_1904)),
            _ => {}
        }
    }
}
