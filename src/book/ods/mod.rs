//! .ods by a strict reader of our own.
//!
//! Why: calamine expands 15 kB of repeated cells to gigabytes before it counts them, loops for ever on cut parts, and
//! gives neither merges nor percentages nor hidden rows.
//!
//! Input → output: the directory of a package → [`Book`]. Source: `OpenDocument` 1.3 part 3.
//!
//! Invariants: those of the reader of .xlsx; repeated cells are counted before they are made.

mod cell;
mod table;

use super::assemble::{Assembly, RawSheet};
use super::ooxml::SheetFault;
use super::package::{Package, about};
use super::refusal::Outcome;
use super::types::{Book, Format, Refusal, Visibility};
use super::xml::{Scan, Scanner, Token};
use super::zip::Archive;
use crate::finding::Reason;
use crate::settings::Limits;
use std::collections::HashSet;

/// Reads a package.
///
/// # Errors
/// Password, damage, contradictions, limits; each names the part and the cell.
pub(crate) fn read(archive: &Archive<'_>, limits: &Limits) -> Outcome<Book> {
    const CONTENT: &str = "content.xml";
    const MANIFEST: &str = "META-INF/manifest.xml";
    let mut package = Package::new(archive, limits)?;
    let mut assembly = Assembly::new(Format::Ods, limits);
    assembly.note_stray_bytes(archive);
    check_kind(&mut package)?;
    if let Some(manifest) = package.optional(Some(MANIFEST))?
        && is_encrypted(&manifest).map_err(|fault| about(MANIFEST, fault))?
    {
        return Err(Refusal::new(Reason::Encrypted, "工作簿设置了打开密码", "the workbook needs a password"));
    }
    let content = package.part(CONTENT)?;
    package.check_the_rest()?;
    let mut scanner = Scanner::new(&content);
    let mut hidden = HashSet::new();
    loop {
        match scanner.next().map_err(|fault| about(CONTENT, fault))? {
            Token::Open(tag) => match (scanner.depth(), tag.name) {
                (1, _) | (2, b"body") | (3, b"spreadsheet") => {}
                (2, b"automatic-styles") => {
                    hidden = hidden_styles(&mut scanner).map_err(|fault| about(CONTENT, fault))?;
                }
                (4, b"table") => {
                    let name = tag.get(b"name").map_err(|fault| about(CONTENT, fault))?.unwrap_or_default();
                    let style = tag.get(b"style-name").map_err(|fault| about(CONTENT, fault))?.unwrap_or_default();
                    let visibility = if hidden.contains(&*style) { Visibility::Hidden } else { Visibility::Visible };
                    let mut raw = RawSheet::new(&*name, visibility);
                    table::read(&mut scanner, assembly.room(), &mut raw)
                        .map_err(|fault: SheetFault| fault.refusal(&name, limits))?;
                    assembly.push_named_once(raw)?;
                }
                (3, _) => {
                    return Err(Refusal::new(
                        Reason::NotAWorkbook,
                        "这是 OpenDocument 文档，但不是电子表格",
                        "an OpenDocument file, but no spreadsheet",
                    ));
                }
                _ => scanner.skip().map_err(|fault| about(CONTENT, fault))?,
            },
            Token::End => break,
            Token::Close(_) | Token::Text(_) | Token::Raw(_) => {}
        }
    }
    assembly.finish()
}

/// A declared kind must be that of a spreadsheet; a package without one is judged by its content.
fn check_kind(package: &mut Package<'_, '_>) -> Outcome<()> {
    let Some(kind) = package.optional(Some("mimetype"))? else { return Ok(()) };
    if kind.is_empty() || memchr::memmem::find(&kind, b"spreadsheet").is_some() {
        return Ok(());
    }
    let kind = String::from_utf8_lossy(&kind).trim().to_owned();
    Err(Refusal::new(
        Reason::NotAWorkbook,
        format!("这是 {kind}，不是电子表格"),
        format!("this is {kind}, no spreadsheet"),
    ))
}

fn is_encrypted(manifest: &[u8]) -> Scan<bool> {
    let mut scanner = Scanner::new(manifest);
    loop {
        match scanner.next()? {
            Token::Open(tag) if tag.name == b"encryption-data" => return Ok(true),
            Token::End => return Ok(false),
            _ => {}
        }
    }
}

/// The names of table styles that hide a sheet, inside the element that was opened last; to behind its end.
fn hidden_styles(scanner: &mut Scanner<'_>) -> Scan<HashSet<String>> {
    let depth = scanner.depth();
    let mut hidden = HashSet::new();
    let mut style = String::new();
    loop {
        match scanner.next()? {
            Token::Open(tag) if tag.name == b"style" => style = tag.get(b"name")?.unwrap_or_default().into_owned(),
            Token::Open(tag) if tag.name == b"table-properties" && tag.raw(b"display")? == Some(b"false") => {
                hidden.insert(std::mem::take(&mut style));
            }
            Token::Close(_) if scanner.depth() < depth => return Ok(hidden),
            Token::End => return Ok(hidden),
            _ => {}
        }
    }
}
