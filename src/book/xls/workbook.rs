//! The globals of a workbook: sheets, formats, shared strings.

use super::records::{Record, Records, Version, kind};
use super::text::{self, CodePage, Count};
use crate::book::number_format::{Shown, built_in, of_code};
use crate::book::types::Visibility;
use crate::book::xml::{Fault, Scan, fault, unknown};
use crate::quantity::Text;
use crate::settings::Limits;
use std::collections::HashMap;

const NOT_A_WORKBOOK: Fault = fault("不是工作簿流", "no stream of a workbook");
const UNKNOWN_VERSION: Fault = unknown("BIFF 版本未知", "an unknown version of BIFF");

/// A workbook without its sheets.
#[derive(Debug)]
pub(super) struct Workbook {
    pub(super) version: Version,
    pub(super) page: CodePage,
    pub(super) from_1904: bool,
    pub(super) sheets: Vec<Declared>,
    /// What each cell format makes of a number.
    pub(super) shown: Vec<Shown>,
    pub(super) strings: Vec<Text>,
}

/// A sheet as the globals declare it.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) visibility: Visibility,
    pub(super) offset: usize,
    pub(super) macro_sheet: bool,
}

/// Why the globals could not be read.
#[derive(Debug)]
pub(super) enum Stop {
    /// A password is needed.
    Encrypted,
    /// More sheets than the limit.
    Sheets,
    /// Damage.
    Fault(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The version that a BOF record tells.
fn version(begin: Record<'_>) -> Scan<Version> {
    match (begin.kind, begin.u16(0)?) {
        (0x0009, _) | (0x0809, 0x0200) => Ok(Version::V2),
        (0x0209, _) | (0x0809, 0x0300) => Ok(Version::V3),
        (0x0409, _) | (0x0809, 0x0400) => Ok(Version::V4),
        (0x0809, 0x0500 | 0x0000) => Ok(Version::V5),
        (0x0809, 0x0600) => Ok(Version::V8),
        (0x0809, _) => Err(UNKNOWN_VERSION),
        _ => Err(NOT_A_WORKBOOK),
    }
}

/// Reads the globals. Before BIFF 5 there are none: the stream is one sheet, whose formats stand among its cells.
pub(super) fn read(stream: &[u8], limits: &Limits) -> Result<Workbook, Stop> {
    let mut records = Records::at(stream, 0);
    let begin = records.expect()?;
    if !kind::BEGIN.contains(&begin.kind) {
        return Err(NOT_A_WORKBOOK.into());
    }
    let version = version(begin)?;
    let mut out = Workbook {
        version,
        page: CodePage::new(1252),
        from_1904: false,
        sheets: Vec::new(),
        shown: Vec::new(),
        strings: Vec::new(),
    };
    let single = version < Version::V5 || begin.u16(2)? == 0x0010;
    if single {
        out.sheets.push(Declared {
            name: "Sheet1".to_owned(),
            visibility: Visibility::Visible,
            offset: 0,
            macro_sheet: false,
        });
    }
    let mut codes = HashMap::new();
    let mut cell_formats = Vec::new();
    while let Some(record) = records.next()? {
        match record.kind {
            kind::EOF => break,
            kind::FILE_PASS => return Err(Stop::Encrypted),
            kind::CODE_PAGE => out.page = CodePage::new(record.u16(0)?),
            kind::DATE_MODE => out.from_1904 = record.u16(0)? == 1,
            kind::SHEET if version >= Version::V5 => {
                if out.sheets.len() as u64 >= u64::from(limits.sheets) {
                    return Err(Stop::Sheets);
                }
                out.sheets.extend(sheet(record, version, out.page)?);
            }
            kind::SHARED_STRINGS if version == Version::V8 => {
                let chunks = records.continued(record)?;
                out.strings = text::shared(&chunks)?.into_iter().map(Text::from).collect();
            }
            other if kind::FORMAT.contains(&other) => {
                let (id, code) = format(record, version, out.page, codes.len())?;
                codes.insert(id, of_code(&code));
            }
            other if kind::CELL_FORMAT.contains(&other) => cell_formats.push(format_of(record, version)?),
            _ => {}
        }
    }
    let shown = |id: u32| codes.get(&id).copied().unwrap_or_else(|| built_in(id));
    out.shown = cell_formats.into_iter().map(shown).collect();
    Ok(out)
}

/// A sheet; none for a chart or a module.
fn sheet(record: Record<'_>, version: Version, page: CodePage) -> Scan<Option<Declared>> {
    let kind = record.u8(5)? & 0x0F;
    if !matches!(kind, 0 | 1) {
        return Ok(None);
    }
    let visibility = match record.u8(4)? & 3 {
        0 => Visibility::Visible,
        1 => Visibility::Hidden,
        _ => Visibility::VeryHidden,
    };
    let name = text::short(record, 6, Count::Byte, version, page)?;
    let offset = usize::try_from(record.u32(0)?).unwrap_or(usize::MAX);
    Ok(Some(Declared { name, visibility, offset, macro_sheet: kind == 1 }))
}

/// The id and the code of a number format; before BIFF 5 the id is its position.
fn format(record: Record<'_>, version: Version, page: CodePage, position: usize) -> Scan<(u32, String)> {
    let position = u32::try_from(position).unwrap_or(u32::MAX);
    Ok(match version {
        Version::V8 => (u32::from(record.u16(0)?), text::short(record, 2, Count::Word, version, page)?),
        Version::V5 => (u32::from(record.u16(0)?), text::short(record, 2, Count::Byte, version, page)?),
        Version::V4 => (position, text::short(record, 2, Count::Byte, version, page)?),
        Version::V3 | Version::V2 => (position, text::short(record, 0, Count::Byte, version, page)?),
    })
}

/// The number format of a cell format.
fn format_of(record: Record<'_>, version: Version) -> Scan<u32> {
    Ok(match version {
        Version::V8 | Version::V5 => u32::from(record.u16(2)?),
        Version::V4 | Version::V3 => u32::from(record.u8(1)?),
        Version::V2 => u32::from(record.u8(2)? & 0x3F),
    })
}
