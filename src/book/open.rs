//! The way from bytes to a book: look, read by the reader that fits, ask calamine where that is safe.

use super::preflight::{self, Content};
use super::refusal::Outcome;
use super::types::{Book, Format, Refusal, Sheet};
use super::{docx, ods, worker, xls, xlsb, xlsx};
use crate::finding::Reason;
use crate::settings::Limits;

/// Who reads workbooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reader {
    /// The program's own readers. Where they meet something that they do not know, in a package that is whole, calamine
    /// is asked; never where they found damage or a contradiction, which calamine would pass over.
    #[default]
    Auto,
    /// calamine gives the values of all cells, as a second opinion. What it cannot give (percentages of .xls, .xlsb and
    /// .ods, merges, hidden rows, computed cells) is still read by the program itself.
    Calamine,
    /// The program's own readers alone, for callers that can start no worker: what they do not know is refused.
    Own,
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
    let (format, own) = own_reading(bytes, name, limits)?;
    match (own, reader) {
        (own, Reader::Calamine) if format != Format::Docx => {
            worker::read(bytes, format, limits).map(|book| match own {
                Ok(own) => dressed(book, own),
                Err(_) => book,
            })
        }
        (Ok(book), _) => Ok(book),
        (Err(refusal), Reader::Auto) if refusal.reason == Reason::UnsupportedFormat => {
            worker::read(bytes, format, limits).map(|book| second_hand(book, &refusal)).map_err(|_| refusal)
        }
        (Err(refusal), _) => Err(refusal),
    }
    .map_err(|refusal| refusal.about(format))
}

/// What the program's own reader makes of the bytes; the outer error says that no reader need be asked.
fn own_reading(bytes: &[u8], name: &str, limits: &Limits) -> Outcome<(Format, Outcome<Book>)> {
    match preflight::look(bytes, limits)? {
        Content::Package(format, archive) => {
            let book = match format {
                Format::Xlsb => xlsb::read(&archive, limits),
                Format::Ods => ods::read(&archive, limits),
                // No other reader knows documents.
                Format::Docx => {
                    return docx::read(&archive, limits).map(|book| (format, Ok(book))).map_err(|r| r.about(format));
                }
                _ => xlsx::read(&archive, limits),
            };
            Ok((format, book))
        }
        Content::Biff => {
            let et = name.rsplit_once('.').is_some_and(|(_, ext)| ext.eq_ignore_ascii_case("et"));
            let format = if et { Format::Et } else { Format::Xls };
            let stream = xls::stream(bytes).map_err(|refusal| refusal.about(format))?;
            Ok((format, xls::read(&stream, format, limits)))
        }
        Content::Bundle(_) => Err(not_a_workbook("这是压缩包", "this is a bundle").about(Format::Zip)),
    }
}

fn not_a_workbook(zh: &str, en: &str) -> Refusal {
    Refusal::new(Reason::NotAWorkbook, zh, en)
}

/// calamine's values with what only the program's own reader knows about the same sheets and cells.
fn dressed(mut book: Book, own: Book) -> Book {
    for sheet in &mut book.sheets {
        let Some(mine) = own.sheets.iter().find(|mine| mine.name == sheet.name) else { continue };
        sheet.merges.clone_from(&mine.merges);
        sheet.hidden_rows.clone_from(&mine.hidden_rows);
        sheet.hidden_cols.clone_from(&mine.hidden_cols);
        sheet.visibility = mine.visibility;
        dress_cells(sheet, mine);
    }
    book.notes = own.notes;
    book.repaired |= own.repaired;
    book
}

fn dress_cells(sheet: &mut Sheet, mine: &Sheet) {
    for cell in &mut sheet.cells {
        if let Some(mine) = mine.get(cell.at) {
            cell.percent = mine.percent;
            cell.computed = mine.computed;
        }
    }
}

/// A book that calamine read although the program's own reader met something unknown.
fn second_hand(mut book: Book, refusal: &Refusal) -> Book {
    let zh = format!("内置读取程序不认识其中的内容（{}），改用备用程序读取", refusal.detail_zh);
    let en = format!("the program's own reader met something unknown ({}), another one read it", refusal.detail_en);
    book.note_repaired(None, Vec::new(), zh, en);
    book
}
