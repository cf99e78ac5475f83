//! The way from bytes to a book: look, read by the reader that fits, fall back where that is safe.

use super::preflight::{self, Content};
use super::refusal::Outcome;
use super::types::{Book, Format, Refusal};
use super::{calamine, ods, xls, xlsb, xlsx};
use crate::finding::Reason;
use crate::settings::Limits;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Who reads workbooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reader {
    /// The program's own readers, calamine where there is none and where they refuse a whole package.
    #[default]
    Auto,
    /// calamine reads everything: a second opinion.
    Calamine,
}

/// Reads a workbook by its content. `name` is used for one thing only: a .xls that is called .et is said to be one.
///
/// # Errors
/// A [`Refusal`] with a reason that a clerk can act on. A bundle is refused with format [`Format::Zip`]: its members are
/// inputs of their own.
pub fn open(bytes: &[u8], name: &str, limits: &Limits, reader: Reader) -> Outcome<Book> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(Refusal::limit("file_bytes", limits.file_bytes, bytes.len() as u64));
    }
    match preflight::look(bytes, limits)? {
        Content::Package(format, archive) if reader == Reader::Auto && format != Format::Docx => {
            let read = match format {
                Format::Xlsb => xlsb::read,
                Format::Ods => ods::read,
                _ => xlsx::read,
            };
            read(&archive, limits).map_err(|refusal| refusal.about(format))
        }
        Content::Package(format, _) => guarded(bytes, format, limits),
        Content::Biff => {
            let et = name.rsplit_once('.').is_some_and(|(_, ext)| ext.eq_ignore_ascii_case("et"));
            let format = if et { Format::Et } else { Format::Xls };
            match reader {
                Reader::Auto => xls::read(bytes, format, limits).map_err(|refusal| refusal.about(format)),
                Reader::Calamine => xls::stream(bytes).and_then(|_| guarded(bytes, format, limits)),
            }
        }
        Content::Bundle(_) => {
            Err(Refusal::new(Reason::NotAWorkbook, "这是压缩包", "this is a bundle").about(Format::Zip))
        }
    }
}

/// calamine behind a fence.
fn guarded(bytes: &[u8], format: Format, limits: &Limits) -> Outcome<Book> {
    catch_unwind(AssertUnwindSafe(|| calamine::read(bytes, format, limits)))
        .unwrap_or_else(|_| Err(Refusal::new(Reason::ReaderCrashed, "", "")))
        .map_err(|refusal| refusal.about(format))
}
