//! The cells of a sheet → its rows as XML.
//!
//! Input: cells, merges, links and heights, on a long sheet in the order of its rows. Output: what stands between the library's
//! head and tail of the sheet. Invariant: the last that was said of a cell holds.

use super::FormatId;
use super::deflate::{Packer, STRETCH};
use crate::quantity::{Area, CellRef, column_name};
use crate::render::RenderError;
use crate::render::frame::SHEET_ROWS;
use std::collections::BTreeMap;
use std::io::Write as _;

/// Columns that a sheet can hold.
const COLUMNS: u16 = 16_384;

/// The result of a formula.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Answer<'a> {
    /// A finite number.
    Number(f64),
    /// Text.
    Text(&'a str),
}

/// A formula without the leading `=`, on its way into a row.
pub(crate) trait Formula {
    /// Adds it to the XML of a row.
    fn push(&self, row: u32, xml: &mut Vec<u8>);
}

impl Formula for str {
    fn push(&self, _: u32, xml: &mut Vec<u8>) {
        push_escaped(xml, self);
    }
}

impl Formula for String {
    fn push(&self, row: u32, xml: &mut Vec<u8>) {
        self.as_str().push(row, xml);
    }
}

/// Stands for the number of the row in a [`RowFormula`].
pub(crate) const ROW: char = '\u{1}';

/// A formula that is the same in each row of a long sheet, but for the number of the row.
#[derive(Debug)]
pub(crate) struct RowFormula {
    /// What stands before, between and behind the numbers.
    pieces: Vec<Vec<u8>>,
}

impl RowFormula {
    /// Of a formula in which [`ROW`] stands for the number.
    pub(crate) fn new(formula: &str) -> Self {
        let escaped = |piece: &str| {
            let mut xml = Vec::new();
            push_escaped(&mut xml, piece);
            xml
        };
        Self { pieces: formula.split(ROW).map(escaped).collect() }
    }
}

impl Formula for RowFormula {
    fn push(&self, row: u32, xml: &mut Vec<u8>) {
        for (n, piece) in self.pieces.iter().enumerate() {
            if n > 0 {
                push_integer(xml, row + 1);
            }
            xml.extend_from_slice(piece);
        }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    /// To a file beside the workbook.
    File {
        /// Its address, escaped as addresses are.
        path: String,
        /// A place in it.
        anchor: Option<String>,
    },
    /// To a place in the workbook.
    Place(String),
}

#[derive(Debug)]
enum Value {
    Blank,
    Number(f64),
    Text(u32),
    /// `<f>` and `<v>`, and whether that is text.
    Formula(Box<[u8]>, bool),
}

#[derive(Debug)]
struct Cell {
    col: u16,
    format: FormatId,
    value: Value,
}

#[derive(Debug, Default)]
struct Row {
    /// Height in points.
    height: Option<f64>,
    /// By column.
    cells: Vec<Cell>,
}

/// The cells of a sheet.
#[derive(Debug)]
pub(crate) struct Cells {
    /// Rows that may still change.
    rows: BTreeMap<u32, Row>,
    /// First row that may still be written.
    open_from: u32,
    is_long: bool,
    /// Rows as XML, and before them those of a long sheet that are compressed already.
    xml: Vec<u8>,
    packer: Option<Packer>,
    compression: u8,
    extent: Option<Area>,
    /// Letters of the columns used.
    letters: Vec<String>,
    merges: Vec<Area>,
    links: Vec<u8>,
    link_count: u32,
    relations: Vec<u8>,
    relation_count: u32,
}

/// What the cells of a sheet come to.
#[derive(Debug)]
pub(super) struct Poured {
    /// The first rows, compressed, if there are many, and the last ones as XML.
    pub(super) packer: Option<Packer>,
    pub(super) rows: Vec<u8>,
    /// The area that holds cells.
    pub(super) extent: Option<Area>,
    /// `<mergeCells>`, or nothing.
    pub(super) merges: Vec<u8>,
    /// `<hyperlinks>`, or nothing.
    pub(super) links: Vec<u8>,
    /// A `<Relationship>` for each link to a file.
    pub(super) relations: Vec<u8>,
}

impl Cells {
    /// Of a sheet that is empty yet.
    pub(super) fn new(compression: u8, is_long: bool) -> Self {
        Self {
            rows: BTreeMap::new(),
            open_from: 0,
            is_long,
            xml: Vec::new(),
            packer: None,
            compression,
            extent: None,
            letters: Vec::new(),
            merges: Vec::new(),
            links: Vec::new(),
            link_count: 0,
            relations: Vec::new(),
            relation_count: 0,
        }
    }

    /// Whether rows leave memory as soon as the next one begins.
    pub(crate) const fn is_long(&self) -> bool {
        self.is_long
    }

    /// A cell without a value.
    pub(crate) fn blank(&mut self, row: u32, col: u16, format: FormatId) -> Result<(), RenderError> {
        self.put(row, col, format, Value::Blank)
    }

    /// A finite number.
    pub(crate) fn number(&mut self, row: u32, col: u16, format: FormatId, value: f64) -> Result<(), RenderError> {
        self.put(row, col, format, Value::Number(value))
    }

    /// A text, by its number.
    pub(crate) fn text(&mut self, row: u32, col: u16, format: FormatId, text: u32) -> Result<(), RenderError> {
        self.put(row, col, format, Value::Text(text))
    }

    /// A formula and its result.
    pub(crate) fn formula(
        &mut self,
        row: u32,
        col: u16,
        format: FormatId,
        (formula, answer): (&(impl Formula + ?Sized), Answer<'_>),
    ) -> Result<(), RenderError> {
        let mut xml = Vec::with_capacity(96);
        xml.extend_from_slice(b"<f>");
        formula.push(row, &mut xml);
        xml.extend_from_slice(b"</f><v>");
        match answer {
            Answer::Number(number) => push_number(&mut xml, number),
            Answer::Text(text) => push_text(&mut xml, text),
        }
        xml.extend_from_slice(b"</v>");
        let is_text = matches!(answer, Answer::Text(_));
        self.put(row, col, format, Value::Formula(xml.into_boxed_slice(), is_text))
    }

    /// A text across an area of more than one cell.
    pub(crate) fn merge(&mut self, area: Area, format: FormatId, text: Option<u32>) -> Result<(), RenderError> {
        if self.merges.iter().any(|other| other.overlaps(&area)) {
            return Err(RenderError::Package("mergeCells"));
        }
        self.merges.push(area);
        let column = |col: u32| u16::try_from(col).map_err(|_| RenderError::Package("column"));
        let (first, last) = (column(area.first.col)?, column(area.last.col)?);
        for col in first..=last {
            let value = text.filter(|_| col == first).map_or(Value::Blank, Value::Text);
            self.put(area.first.row, col, format, value)?;
        }
        for row in area.first.row + 1..=area.last.row {
            for col in first..=last {
                self.set(row, col, format, Value::Blank)?;
            }
        }
        Ok(())
    }

    /// Makes a link of a cell; `tip` is shown above it.
    pub(crate) fn link(&mut self, row: u32, col: u16, link: &Link, (shown, tip): (&str, Option<&str>)) {
        self.link_count += 1;
        let xml = &mut self.links;
        // Writing into memory does not fail.
        let _ = write!(xml, "<hyperlink ref=\"{}\"", CellRef::new(row, col.into()));
        match link {
            Link::File { path, anchor } => {
                self.relation_count += 1;
                let _ = write!(xml, " r:id=\"link{}\"", self.relation_count);
                if let Some(anchor) = anchor {
                    push_attribute(xml, "location", anchor);
                }
                let relation = &mut self.relations;
                let _ = write!(
                    relation,
                    "<Relationship Id=\"link{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\"",
                    self.relation_count
                );
                push_attribute(relation, "Target", path);
                relation.extend_from_slice(b" TargetMode=\"External\"/>");
            }
            Link::Place(place) => push_attribute(xml, "location", place),
        }
        if let Some(tip) = tip {
            push_attribute(xml, "tooltip", tip);
        }
        if matches!(link, Link::Place(_)) {
            push_attribute(xml, "display", shown);
        }
        xml.extend_from_slice(b"/>");
    }

    /// How many links there are.
    pub(crate) const fn links(&self) -> u32 {
        self.link_count
    }

    /// Height of a row in points, to the nearest pixel: four of them make three points.
    pub(crate) fn height(&mut self, row: u32, points: f64) -> Result<(), RenderError> {
        self.row(row)?.height = Some((points * 4.0 / 3.0).round() * 0.75);
        Ok(())
    }

    fn row(&mut self, row: u32) -> Result<&mut Row, RenderError> {
        if row < self.open_from {
            return Err(RenderError::Package("row order"));
        }
        Ok(self.rows.entry(row).or_default())
    }

    /// Puts a cell; the rows above it are complete if the sheet is long.
    fn put(&mut self, row: u32, col: u16, format: FormatId, value: Value) -> Result<(), RenderError> {
        if self.is_long && row > self.open_from {
            let below = self.rows.split_off(&row);
            let complete = std::mem::replace(&mut self.rows, below);
            self.pour(complete)?;
            self.open_from = row;
        }
        self.set(row, col, format, value)
    }

    fn set(&mut self, row: u32, col: u16, format: FormatId, value: Value) -> Result<(), RenderError> {
        if row >= SHEET_ROWS || col >= COLUMNS {
            return Err(RenderError::Package("cell beyond the sheet"));
        }
        let own = Area::cell(CellRef::new(row, col.into()));
        self.extent = Some(self.extent.map_or(own, |extent| extent.around(own)));
        let cell = Cell { col, format, value };
        let cells = &mut self.row(row)?.cells;
        match cells.binary_search_by_key(&col, |cell| cell.col) {
            Ok(same) => {
                if let Some(known) = cells.get_mut(same) {
                    *known = cell;
                }
            }
            Err(at) => cells.insert(at, cell),
        }
        Ok(())
    }

    /// Turns rows into XML.
    fn pour(&mut self, rows: BTreeMap<u32, Row>) -> Result<(), RenderError> {
        for (row, Row { height, cells }) in rows {
            let number = row + 1;
            // Writing into memory does not fail.
            let xml = &mut self.xml;
            let _ = write!(xml, "<row r=\"{number}\"");
            if let Some(points) = height {
                let _ = write!(xml, " ht=\"{points}\" customHeight=\"1\"");
            }
            xml.extend_from_slice(b">");
            for Cell { col, format, value } in cells {
                let at = usize::from(col);
                while self.letters.len() <= at {
                    let next = u32::try_from(self.letters.len()).unwrap_or(u32::MAX);
                    self.letters.push(column_name(next));
                }
                let letters = self.letters.get(at).map_or("", String::as_str);
                if format == 0 && matches!(value, Value::Blank) {
                    continue;
                }
                xml.extend_from_slice(b"<c r=\"");
                xml.extend_from_slice(letters.as_bytes());
                push_integer(xml, number);
                if format > 0 {
                    xml.extend_from_slice(b"\" s=\"");
                    push_integer(xml, format.into());
                }
                match value {
                    Value::Blank => xml.extend_from_slice(b"\"/>"),
                    Value::Number(number) => {
                        xml.extend_from_slice(b"\"><v>");
                        push_number(xml, number);
                        xml.extend_from_slice(b"</v></c>");
                    }
                    Value::Text(id) => {
                        xml.extend_from_slice(b"\" t=\"s\"><v>");
                        push_integer(xml, id);
                        xml.extend_from_slice(b"</v></c>");
                    }
                    Value::Formula(formula, is_text) => {
                        xml.extend_from_slice(if is_text { b"\" t=\"str\">" } else { b"\">" });
                        xml.extend_from_slice(&formula);
                        xml.extend_from_slice(b"</c>");
                    }
                }
            }
            xml.extend_from_slice(b"</row>");
            if self.is_long && self.xml.len() > STRETCH {
                let packer = self.packer.get_or_insert_with(|| Packer::new(self.compression));
                packer.write(&self.xml)?;
                self.xml.clear();
            }
        }
        Ok(())
    }

    /// All that was put here.
    pub(super) fn close(mut self) -> Result<Poured, RenderError> {
        let rows = std::mem::take(&mut self.rows);
        self.pour(rows)?;
        let mut merges = Vec::new();
        if !self.merges.is_empty() {
            let _ = write!(merges, "<mergeCells count=\"{}\">", self.merges.len());
            for area in &self.merges {
                let _ = write!(merges, "<mergeCell ref=\"{area}\"/>");
            }
            merges.extend_from_slice(b"</mergeCells>");
        }
        let links = if self.links.is_empty() {
            Vec::new()
        } else {
            [b"<hyperlinks>", self.links.as_slice(), b"</hyperlinks>"].concat()
        };
        Ok(Poured {
            packer: self.packer,
            rows: self.xml,
            extent: self.extent,
            merges,
            links,
            relations: self.relations,
        })
    }
}

fn push_integer(out: &mut Vec<u8>, mut n: u32) {
    let mut digits = [0_u8; 10];
    let mut used = 0;
    for slot in digits.iter_mut().rev() {
        *slot = b'0' + u8::try_from(n % 10).unwrap_or(0);
        used += 1;
        n /= 10;
        if n == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(digits.len() - used..).unwrap_or_default());
}

fn push_number(out: &mut Vec<u8>, number: f64) {
    // Writing into memory does not fail.
    let _ = write!(out, "{number}");
}

fn push_attribute(out: &mut Vec<u8>, name: &str, value: &str) {
    out.push(b' ');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"=\"");
    for c in value.chars() {
        match c {
            '"' => out.extend_from_slice(b"&quot;"),
            '\n' => out.extend_from_slice(b"&#xA;"),
            c => push_char(out, c),
        }
    }
    out.push(b'"');
}

fn push_char(out: &mut Vec<u8>, c: char) {
    match c {
        '&' => out.extend_from_slice(b"&amp;"),
        '<' => out.extend_from_slice(b"&lt;"),
        '>' => out.extend_from_slice(b"&gt;"),
        // What XML cannot hold is written as spreadsheets do.
        '\t' | '\n' => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {
            let _ = write!(out, "_x{:04X}_", u32::from(c));
        }
        c => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

/// Whether nothing of a text needs to be escaped.
fn is_plain(text: &str) -> bool {
    !text.bytes().any(|b| matches!(b, b'&' | b'<' | b'>' | 0..=0x1f | 0xef))
}

fn push_escaped(out: &mut Vec<u8>, text: &str) {
    if is_plain(text) {
        out.extend_from_slice(text.as_bytes());
    } else {
        text.chars().for_each(|c| push_char(out, c));
    }
}

/// A text as XML. Spreadsheets take `_x0041_` for a character by its number, so that the `_` of a text that says just
/// that is written by its number itself.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        push_escaped(out, before);
        let digits = after.as_bytes().iter().take(4).filter(|b| b.is_ascii_hexdigit()).count();
        let is_number = digits == 4 && after.as_bytes().get(4) == Some(&b'_');
        out.extend_from_slice(if is_number { b"_x005F_x" } else { b"_x" });
        rest = after;
    }
    push_escaped(out, rest);
}

#[cfg(test)]
mod tests {
    use super::{Answer, Cells, Link, ROW, RowFormula, push_text};
    use crate::quantity::Area;

    fn rows(cells: Cells) -> String {
        String::from_utf8(cells.close().unwrap().rows).unwrap()
    }

    #[test]
    fn cells_stand_in_the_order_of_the_sheet() {
        let mut cells = Cells::new(1, false);
        cells.number(1, 27, 3, 0.1).unwrap();
        cells.text(1, 0, 0, 7).unwrap();
        cells.formula(0, 1, 2, ("A1&\"<\"", Answer::Text("…"))).unwrap();
        cells.blank(1, 27, 2).unwrap();
        cells.number(1, 27, 12, -1_234_567.25).unwrap();
        cells.height(1, 17.5).unwrap();
        cells.height(4, 6.0).unwrap();
        assert_eq!(
            rows(cells),
            "<row r=\"1\"><c r=\"B1\" s=\"2\" t=\"str\"><f>A1&amp;\"&lt;\"</f><v>…</v></c></row>\
             <row r=\"2\" ht=\"17.25\" customHeight=\"1\"><c r=\"A2\" t=\"s\"><v>7</v></c>\
             <c r=\"AB2\" s=\"12\"><v>-1234567.25</v></c></row><row r=\"5\" ht=\"6\" customHeight=\"1\"></row>"
        );
    }

    #[test]
    fn a_formula_of_rows_names_its_own_row() {
        let formula = RowFormula::new(&format!("IF(B{ROW}<>\"\",B{ROW},A$1)"));
        let mut cells = Cells::new(1, true);
        for row in [4, 99_999] {
            cells.formula(row, 0, 0, (&formula, Answer::Number(1.5))).unwrap();
        }
        let cell = |row: u32| {
            format!("<row r=\"{row}\"><c r=\"A{row}\"><f>IF(B{row}&lt;&gt;\"\",B{row},A$1)</f><v>1.5</v></c></row>")
        };
        assert_eq!(rows(cells), cell(5) + &cell(100_000));
    }

    #[test]
    fn merges_do_not_overlap_and_cover_blank_cells() {
        let area = |text: &str| Area::parse(text).unwrap();
        let mut cells = Cells::new(1, true);
        cells.merge(area("A1:B2"), 4, Some(0)).unwrap();
        cells.number(0, 2, 0, 1.0).unwrap();
        assert!(cells.merge(area("B2:C3"), 4, None).is_err());
        cells.number(1, 2, 0, 2.0).unwrap();
        assert!(cells.number(0, 3, 0, 3.0).is_err(), "the first row is complete");
        let poured = cells.close().unwrap();
        assert_eq!(
            String::from_utf8(poured.merges).unwrap(),
            "<mergeCells count=\"1\"><mergeCell ref=\"A1:B2\"/></mergeCells>"
        );
        assert_eq!(
            String::from_utf8(poured.rows).unwrap(),
            "<row r=\"1\"><c r=\"A1\" s=\"4\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"4\"/><c r=\"C1\"><v>1</v></c></row>\
             <row r=\"2\"><c r=\"A2\" s=\"4\"/><c r=\"B2\" s=\"4\"/><c r=\"C2\"><v>2</v></c></row>"
        );
    }

    #[test]
    fn links_lead_to_files_and_places() {
        let mut cells = Cells::new(1, false);
        let file = Link::File { path: "../a%20&b.xlsx".into(), anchor: Some("表!K9".into()) };
        cells.link(0, 0, &file, ("a", Some("打开")));
        cells.link(1, 0, &Link::Place("'x'!A1".into()), ("\"x\"", None));
        let poured = cells.close().unwrap();
        assert_eq!(
            String::from_utf8(poured.links).unwrap(),
            "<hyperlinks><hyperlink ref=\"A1\" r:id=\"link1\" location=\"表!K9\" tooltip=\"打开\"/>\
             <hyperlink ref=\"A2\" location=\"'x'!A1\" display=\"&quot;x&quot;\"/></hyperlinks>"
        );
        assert!(
            String::from_utf8(poured.relations)
                .unwrap()
                .contains("Target=\"../a%20&amp;b.xlsx\" TargetMode=\"External\"/>")
        );
    }

    #[test]
    fn texts_mean_themselves() {
        let said = |text: &str| {
            let mut out = Vec::new();
            push_text(&mut out, text);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(said("a<b & c\n\u{1}\u{ffff}"), "a&lt;b &amp; c\n_x0001__xFFFF_");
        assert_eq!(said("_x0041_ _x004 _xyzab_ _x_x0041_"), "_x005F_x0041_ _x004 _xyzab_ _x_x005F_x0041_");
        assert_eq!(said("，全角＜＞"), "，全角＜＞");
    }
}
