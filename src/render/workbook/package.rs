//! The library's package, with cells and texts → the workbook.
//!
//! Input: the bytes of a package whose sheets are drawn but empty. Output: the same with the cells in it. Invariants: parts
//! that need nothing are taken over as they are compressed; each part stands where it stood.

use super::cells::{Cells, Poured};
use super::deflate::{Packed, Packer};
use super::{PROBES, Shared};
use crate::quantity::CellRef;
use crate::render::RenderError;
use std::io::{Cursor, Read as _};
use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

const STRINGS: &str = "xl/sharedStrings.xml";
const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
                         xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

/// Puts the cells of the sheets, and the texts, into the package that the library has drawn.
pub(super) fn complete(drawn: &[u8], sheets: Vec<Cells>, shared: Shared) -> Result<Vec<u8>, RenderError> {
    let mut archive = ZipArchive::new(Cursor::new(drawn)).map_err(unread)?;
    let (strings, mut packer) = shared.strings.part()?;
    let mut strings = Some(strings);
    let mut out = Container { bytes: Vec::with_capacity(drawn.len() * 2), ..Container::default() };
    let mut sheets: Vec<Option<Cells>> = sheets.into_iter().map(Some).collect();
    let mut relations: Vec<Vec<u8>> = vec![Vec::new(); sheets.len()];
    for at in 0..archive.len() {
        let mut part = archive.by_index_raw(at).map_err(unread)?;
        let name = part.name().map_err(unread)?.into_owned();
        if name == STRINGS {
            let strings = strings.take().ok_or(RenderError::Package(STRINGS))?;
            out.add(&name, &strings)?;
            continue;
        }
        let number = |before: &str, after: &str| {
            let n: usize = name.strip_prefix(before)?.strip_suffix(after)?.parse().ok()?;
            n.checked_sub(1)
        };
        if let Some(n) = number("xl/worksheets/sheet", ".xml") {
            drop(part);
            let cells = sheets.get_mut(n).and_then(Option::take).ok_or(RenderError::Package("sheet"))?;
            let drawn = text(archive.by_index(at).map_err(unread)?)?;
            if n == 0 {
                check_formats(&drawn, shared.formats.len())?;
            }
            let mut poured = cells.close()?;
            let links = std::mem::take(&mut poured.relations);
            out.add(&name, &sheet(&drawn, poured, &mut packer)?)?;
            // what a sheet leads to follows it
            let known = format!("xl/worksheets/_rels/sheet{}.xml.rels", n + 1);
            if !links.is_empty() && archive.index_for_name(&known).is_none() {
                out.add(&known, &related(RELATIONS, &links, &mut packer)?)?;
            } else if let Some(slot) = relations.get_mut(n) {
                *slot = links;
            }
        } else if let Some(links) = number("xl/worksheets/_rels/sheet", ".xml.rels")
            .and_then(|n| relations.get(n))
            .filter(|links| !links.is_empty())
        {
            drop(part);
            let drawn = text(archive.by_index(at).map_err(unread)?)?;
            out.add(&name, &related(&drawn, links, &mut packer)?)?;
        } else {
            out.take_over(&name, &mut part)?;
        }
    }
    if strings.is_some() || sheets.iter().any(Option::is_some) {
        return Err(RenderError::Package("part"));
    }
    out.finish()
}

fn unread(_: zip::result::ZipError) -> RenderError {
    RenderError::Package("zip")
}

fn text(mut part: ZipFile<'_, Cursor<&[u8]>>) -> Result<String, RenderError> {
    let mut text = String::new();
    part.read_to_string(&mut text).map_err(|_| RenderError::Package("xml"))?;
    Ok(text)
}

/// Whether the library gave the formats the numbers that cells refer to.
fn check_formats(first_sheet: &str, formats: usize) -> Result<(), RenderError> {
    let first = format!("<c r=\"{}\"", CellRef::new(0, PROBES.into()));
    let cells = first_sheet.split_once(&first).and_then(|(_, cells)| cells.split_once("</row>"));
    let given = cells.into_iter().flat_map(|(cells, _)| cells.split("<c ")).map(|cell| {
        let number = cell.split_once(" s=\"").and_then(|(_, number)| number.split_once('"'));
        number.and_then(|(number, _)| number.parse::<usize>().ok())
    });
    if given.eq((1..formats).map(Some)) { Ok(()) } else { Err(RenderError::Package("styles")) }
}

/// A sheet: the library's head, our rows, and its tail with our merges and links.
fn sheet(drawn: &str, poured: Poured, packer: &mut Packer) -> Result<Packed, RenderError> {
    const DATA: &str = "<sheetData";
    let fault = || RenderError::Package("sheetData");
    let (head, tail) = drawn.split_once(DATA).ok_or_else(fault)?;
    let tail = match tail.strip_prefix("/>") {
        Some(tail) => tail,
        None => tail.split_once("</sheetData>").ok_or_else(fault)?.1,
    };
    let (before, after) = head.split_once("<dimension ref=\"").ok_or_else(fault)?;
    let (_, after) = after.split_once('"').ok_or_else(fault)?;
    let extent = poured.extent.map_or_else(|| "A1".to_owned(), |extent| extent.to_string());
    // Both stand at a place of their own among what may follow the rows.
    let place = |names: &[&str]| names.iter().filter_map(|name| tail.find(name)).min().ok_or_else(fault);
    let links_at = place(&["<printOptions", "<pageMargins"])?;
    let merges_at = place(&["<conditionalFormatting", "<dataValidations", "<printOptions", "<pageMargins"])?;
    let pieces = (tail.get(..merges_at), tail.get(merges_at..links_at), tail.get(links_at..));
    let (Some(first), Some(second), Some(third)) = pieces else { return Err(fault()) };
    let head = [before, "<dimension ref=\"", &extent, "\"", after, "<sheetData>"].concat();
    let tail = [
        poured.rows.as_slice(),
        b"</sheetData>",
        first.as_bytes(),
        &poured.merges,
        second.as_bytes(),
        &poured.links,
        third.as_bytes(),
    ];
    packer.write(head.as_bytes())?;
    let Some(mut rest) = poured.packer else {
        tail.iter().try_for_each(|bytes| packer.write(bytes))?;
        return packer.last();
    };
    tail.iter().try_for_each(|bytes| rest.write(bytes))?;
    Ok(packer.piece()?.then(&rest.last()?))
}

/// Relations of a sheet, with ours.
fn related(drawn: &str, ours: &[u8], packer: &mut Packer) -> Result<Packed, RenderError> {
    const END: &str = "</Relationships>";
    let theirs = drawn.strip_suffix(END).ok_or(RenderError::Package("Relationships"))?;
    for bytes in [theirs.as_bytes(), ours, END.as_bytes()] {
        packer.write(bytes)?;
    }
    packer.last()
}

/// A zip archive under work. Files of four gigabytes, which need another format, are refused.
#[derive(Debug, Default)]
struct Container {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

impl Container {
    fn add(&mut self, name: &str, part: &Packed) -> Result<(), RenderError> {
        self.entry(name, (8, part.crc.clone().finalize(), part.size), &part.bytes)
    }

    /// A part as the library compressed it.
    fn take_over(&mut self, name: &str, part: &mut ZipFile<'_, Cursor<&[u8]>>) -> Result<(), RenderError> {
        let method = match part.compression() {
            CompressionMethod::Stored => 0,
            CompressionMethod::Deflated => 8,
            _ => return Err(RenderError::Package("compression")),
        };
        let (crc, size) = (part.crc32(), part.size());
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(|_| RenderError::Package("zip"))?;
        self.entry(name, (method, crc, size), &bytes)
    }

    fn entry(&mut self, name: &str, (method, crc, size): (u16, u32, u64), packed: &[u8]) -> Result<(), RenderError> {
        let too_large = |_| RenderError::Package("size");
        let offset = u32::try_from(self.bytes.len()).map_err(too_large)?;
        let mut header = Vec::with_capacity(26);
        // version, flags, method, time and date: the first of January 1980
        for word in [20, 0, method, 0, 0x21] {
            header.extend_from_slice(&word.to_le_bytes());
        }
        for long in [crc, u32::try_from(packed.len()).map_err(too_large)?, u32::try_from(size).map_err(too_large)?] {
            header.extend_from_slice(&long.to_le_bytes());
        }
        let length = u16::try_from(name.len()).map_err(|_| RenderError::Package("name"))?;
        header.extend_from_slice(&length.to_le_bytes());
        header.extend_from_slice(&[0; 2]);
        self.bytes.extend_from_slice(b"PK\x03\x04");
        self.bytes.extend_from_slice(&header);
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(packed);
        self.directory.extend_from_slice(b"PK\x01\x02\x14\0");
        self.directory.extend_from_slice(&header);
        // no comment, first disk, no attributes
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&offset.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.entries = self.entries.checked_add(1).ok_or(RenderError::Package("entries"))?;
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, RenderError> {
        let too_large = |_| RenderError::Package("size");
        let at = u32::try_from(self.bytes.len()).map_err(too_large)?;
        let size = u32::try_from(self.directory.len()).map_err(too_large)?;
        self.bytes.append(&mut self.directory);
        self.bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        for _ in 0..2 {
            self.bytes.extend_from_slice(&self.entries.to_le_bytes());
        }
        self.bytes.extend_from_slice(&size.to_le_bytes());
        self.bytes.extend_from_slice(&at.to_le_bytes());
        self.bytes.extend_from_slice(&[0; 2]);
        Ok(self.bytes)
    }
}
