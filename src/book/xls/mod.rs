//! .xls and .et by a strict reader of our own: BIFF 2 to 8, in OLE or bare.
//!
//! Why: calamine makes a dense grid of whatever size the file claims, gives no percentages and no hidden rows, and drops
//! cells whose string is missing.
//!
//! Input → output: the bytes of a file → [`Book`]. Source: MS-XLS, and OpenOffice.org's documentation of BIFF 2 to 5.
//!
//! Invariants: no record is read beyond its own length, no text beyond its record and those that continue it; sizes that a
//! record claims are never believed; all work is bounded by the size of the file.

mod mac;
mod records;
mod sheet;
mod text;
mod workbook;

use super::assemble::Assembly;
use super::ole::{Container, MAGIC};
use super::ooxml::SheetFault;
use super::refusal::Outcome;
use super::types::{Book, Format, Refusal};
use super::xml::Fault;
use crate::finding::Reason;
use crate::settings::Limits;
use std::borrow::Cow;

/// The stream of the workbook: in an OLE container, or the file itself.
///
/// # Errors
/// Password, damage, another kind of Office file.
pub(crate) fn stream(bytes: &[u8]) -> Outcome<Cow<'_, [u8]>> {
    if !bytes.starts_with(&MAGIC) {
        return Ok(Cow::Borrowed(bytes));
    }
    let damaged = |fault: Fault| Refusal::corrupt(fault.zh, fault.en);
    let container = Container::open(bytes).map_err(damaged)?;
    if let Some(entry) = container.find("Workbook").or_else(|| container.find("Book")) {
        return container.stream(entry).map(Cow::Owned).map_err(damaged);
    }
    let names: Vec<&str> = container.top().iter().map(|entry| entry.name.trim_start_matches('\u{6}')).collect();
    if names.iter().any(|name| matches!(*name, "EncryptedPackage" | "DataSpaces" | "EncryptionInfo")) {
        return Err(encrypted());
    }
    if names.contains(&"WordDocument") {
        return Err(Refusal::new(Reason::NotAWorkbook, "这是 Word 文档", "this is a Word document"));
    }
    Err(Refusal::new(
        Reason::NotAWorkbook,
        "这是另一种 Office 文件，里面没有工作簿",
        "this is another kind of Office file, without a workbook",
    ))
}

fn encrypted() -> Refusal {
    Refusal::new(Reason::Encrypted, "工作簿设置了打开密码或权限", "the workbook needs a password or is rights-managed")
}

/// Reads the stream of a workbook.
///
/// # Errors
/// Password, damage, contradictions, limits; each names the sheet and the cell.
pub(crate) fn read(stream: &[u8], format: Format, limits: &Limits) -> Outcome<Book> {
    let mut assembly = Assembly::new(format, limits);
    let workbook = workbook::read(stream, limits).map_err(|fault| match fault {
        workbook::Stop::Encrypted => encrypted(),
        workbook::Stop::Sheets => {
            let most = u64::from(limits.sheets);
            Refusal::limit("sheets", most, most + 1)
        }
        workbook::Stop::Fault(fault) => Refusal::new(fault.reason(), fault.zh, fault.en),
    })?;
    for declared in &workbook.sheets {
        if declared.macro_sheet {
            assembly.repaired(
                None,
                Vec::new(),
                format!("“{}”是宏表，未读取", declared.name),
                format!("`{}` is a macro sheet and was not read", declared.name),
            );
            continue;
        }
        let raw = sheet::read(stream, declared, &workbook, assembly.room())
            .map_err(|fault: SheetFault| fault.refusal(&declared.name, limits))?;
        assembly.push_named_once(raw)?;
    }
    assembly.finish()
}
