//! Tables of a .docx as sheets.
//!
//! Why: some departments hand in their score table inside a document. Input → output: the directory of a package →
//! [`Book`], one sheet a table, with the paragraphs in front of it (its title stands there) as rows above it.
//!
//! Invariants: all values are text; deleted text, drawings and fields' instructions are no content; a table inside a cell
//! is a table of its own. Source: ECMA-376-1 §17.4.

use super::assemble::{Assembly, RawSheet};
use super::ooxml;
use super::package::Package;
use super::refusal::Outcome;
use super::types::{Book, Cell, Format, MAX_COLS, MAX_ROWS, Refusal, Value, Visibility};
use super::xml::{Fault, Scan, Scanner, Tag, Token, fault, unescape};
use super::zip::Archive;
use crate::finding::Reason;
use crate::quantity::{Area, CellRef};
use crate::settings::Limits;
use std::mem;

/// How many paragraphs in front of a table are kept.
const PARAGRAPHS: usize = 6;
const TOO_MANY: Fault = fault("表格超出工作表的行列", "a table with more rows or columns than a sheet");

/// Reads a package.
///
/// # Errors
/// Damage, limits, or a document without a table.
pub(crate) fn read(archive: &Archive<'_>, limits: &Limits) -> Outcome<Book> {
    let mut package = Package::new(archive, limits)?;
    let mut assembly = Assembly::new(Format::Docx, limits);
    assembly.note_stray_bytes(archive);
    let main = ooxml::main_part(&mut package, "word/document.xml", &mut assembly)?;
    let part = package.part(&main)?;
    package.check_the_rest()?;
    let tables = Reading::new(&part, limits.cells).document().map_err(|fault| ooxml::of_part(&main, fault, limits))?;
    if tables.is_empty() {
        return Err(Refusal::new(Reason::NotAWorkbook, "Word 文档里没有表格", "a Word document without a table"));
    }
    for (i, table) in tables.into_iter().enumerate() {
        let mut raw = RawSheet::new(format!("表{}", i + 1), Visibility::Visible);
        (raw.cells, raw.merges) = (table.cells, table.merges);
        assembly.push(raw)?;
    }
    assembly.finish()
}

/// A table as read.
#[derive(Default)]
struct Table {
    cells: Vec<Cell>,
    merges: Vec<Area>,
    row: u32,
    /// Cells that go on downwards: first column, where they began, width, last row so far.
    open: Vec<(u32, u32, u32, u32)>,
}

struct Reading<'a> {
    scanner: Scanner<'a>,
    tables: Vec<Table>,
    /// Cells that may still come, blank ones too.
    room: u64,
    /// Paragraphs since the last table.
    paragraphs: Vec<String>,
}

impl<'a> Reading<'a> {
    fn new(part: &'a [u8], room: u64) -> Self {
        Self { scanner: Scanner::new(part), tables: Vec::new(), room, paragraphs: Vec::new() }
    }

    fn document(mut self) -> Scan<Vec<Table>> {
        loop {
            match self.scanner.next()? {
                Token::Open(tag) => match tag.name {
                    b"tbl" => self.table()?,
                    b"p" => {
                        let text = self.paragraph()?;
                        if !text.trim().is_empty() {
                            self.paragraphs.push(text);
                        }
                    }
                    b"Fallback" | b"sectPr" => self.scanner.skip()?,
                    _ => {}
                },
                Token::End => return Ok(self.tables),
                Token::Close(_) | Token::Text(_) | Token::Raw(_) => {}
            }
        }
    }

    /// A table whose tag was opened; tables inside its cells come behind it.
    fn table(&mut self) -> Scan<()> {
        let mut table = Table::default();
        let before = mem::take(&mut self.paragraphs);
        for text in before.iter().skip(before.len().saturating_sub(PARAGRAPHS)) {
            table.cells.push(text_cell(CellRef::new(table.row, 0), text));
            table.row += 1;
        }
        // Its place is kept, so that tables inside of it follow.
        let place = self.tables.len();
        self.tables.push(Table::default());
        let depth = self.scanner.depth();
        loop {
            match self.scanner.next()? {
                Token::Open(tag) if tag.name == b"tr" => self.row(&mut table)?,
                Token::Close(_) if self.scanner.depth() < depth => break,
                Token::End => break,
                _ => {}
            }
        }
        table.end_merges(None);
        if let Some(slot) = self.tables.get_mut(place) {
            *slot = table;
        }
        self.paragraphs.clear();
        Ok(())
    }

    fn row(&mut self, table: &mut Table) -> Scan<()> {
        let depth = self.scanner.depth();
        let mut col = 0_u32;
        loop {
            match self.scanner.next()? {
                Token::Open(tag) => match tag.name {
                    b"gridBefore" => col = col.saturating_add(number(tag)?.unwrap_or(0)),
                    b"tc" => col = col.saturating_add(self.cell(table, col)?),
                    _ => {}
                },
                Token::Close(_) if self.scanner.depth() < depth => break,
                Token::End => break,
                Token::Close(_) | Token::Text(_) | Token::Raw(_) => {}
            }
        }
        table.end_merges(Some(table.row));
        table.row += 1;
        Ok(())
    }

    /// A cell whose tag was opened; how many columns it takes.
    fn cell(&mut self, table: &mut Table, col: u32) -> Scan<u32> {
        let depth = self.scanner.depth();
        let (mut width, mut down) = (1, None);
        let mut text = String::new();
        loop {
            match self.scanner.next()? {
                Token::Open(tag) => match tag.name {
                    b"gridSpan" => width = number(tag)?.unwrap_or(1).clamp(1, MAX_COLS),
                    b"vMerge" => down = Some(tag.raw(b"val")? == Some(b"restart")),
                    b"p" => {
                        let more = self.paragraph()?;
                        if !text.is_empty() {
                            text.push('\n');
                        }
                        text.push_str(&more);
                    }
                    b"tbl" => self.table()?,
                    b"Fallback" => self.scanner.skip()?,
                    _ => {}
                },
                Token::Close(_) if self.scanner.depth() < depth => break,
                Token::End => break,
                Token::Close(_) | Token::Text(_) | Token::Raw(_) => {}
            }
        }
        self.room = self.room.checked_sub(1).ok_or(ooxml::TOO_MANY_CELLS)?;
        if table.row >= MAX_ROWS || col.saturating_add(width) > MAX_COLS {
            return Err(TOO_MANY);
        }
        let at = CellRef::new(table.row, col);
        let text = text.trim_end_matches('\n');
        match down {
            Some(false) => table.go_on(col),
            Some(true) => table.open.push((col, at.row, width, at.row)),
            None if width > 1 => table.merges.push(Area::new(at, CellRef::new(at.row, col + width - 1))),
            None => {}
        }
        if down != Some(false) && !text.is_empty() {
            table.cells.push(text_cell(at, text));
        }
        Ok(width)
    }

    /// The text of a paragraph whose tag was opened.
    fn paragraph(&mut self) -> Scan<String> {
        let depth = self.scanner.depth();
        let mut out = String::new();
        loop {
            match self.scanner.next()? {
                Token::Open(tag) => match tag.name {
                    b"t" => out.push_str(&self.scanner.text()?),
                    b"tab" if !out.is_empty() => out.push('\t'),
                    b"br" | b"cr" => out.push('\n'),
                    b"pPr" | b"rPr" | b"drawing" | b"pict" | b"object" | b"Fallback" | b"del" | b"rt" => {
                        self.scanner.skip()?;
                    }
                    _ => {}
                },
                Token::Close(_) if self.scanner.depth() < depth => return Ok(out),
                Token::End => return Ok(out),
                Token::Close(_) | Token::Text(_) | Token::Raw(_) => {}
            }
        }
    }
}

impl Table {
    /// The cell above goes on in this row.
    fn go_on(&mut self, col: u32) {
        let row = self.row;
        if let Some(open) = self.open.iter_mut().find(|open| open.0 == col) {
            open.3 = row;
        }
    }

    /// Makes merges of the cells that do not go on in `row`; of all of them without a row.
    fn end_merges(&mut self, row: Option<u32>) {
        let (merges, open) = (&mut self.merges, &mut self.open);
        open.retain(|&(col, first, width, last)| {
            let goes_on = row == Some(last);
            if !goes_on {
                merges.push(Area::new(CellRef::new(first, col), CellRef::new(last, col + width - 1)));
            }
            goes_on
        });
    }
}

fn text_cell(at: CellRef, text: &str) -> Cell {
    Cell { at, value: Value::Text(text.into()), percent: false, computed: false }
}

fn number(tag: Tag<'_>) -> Scan<Option<u32>> {
    Ok(tag.raw(b"val")?.map(unescape).transpose()?.and_then(|value| value.trim().parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::Reading;

    #[test]
    fn tables_are_sheets_with_their_titles_and_merges() {
        let x = "<w:document><w:body><w:p><w:r><w:t>绩效评分表</w:t></w:r></w:p><w:tbl>\
            <w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>\
            <w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr>\
            <w:tr><w:tc><w:p><w:r><w:t>丙</w:t></w:r></w:p><w:p><w:r><w:delText>x</w:delText><w:t>丁</w:t></w:r></w:p>\
            </w:tc><w:tc><w:p/></w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>\
            </w:tbl></w:body></w:document>";
        let tables = Reading::new(x.as_bytes(), 100).document().unwrap();
        let table = tables.first().unwrap();
        let cells: Vec<String> = table
            .cells
            .iter()
            .map(|cell| match &cell.value {
                crate::book::Value::Text(text) => format!("{}={text}", cell.at),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(cells, ["A1=绩效评分表", "A2=甲", "C2=乙", "A3=丙\n丁"]);
        let merges: Vec<String> = table.merges.iter().map(ToString::to_string).collect();
        assert_eq!(merges, ["A2:B2", "C2:C3"]);
    }
}
