//! What a workbook is to the rest of the program.

use crate::finding::Reason;
use crate::quantity::{Area, CellRef, Text};
use serde::{Deserialize, Serialize};

/// Rows of the largest grid of any format read.
pub(crate) const MAX_ROWS: u32 = 1_048_576;
/// Columns of the largest grid of any format read.
pub(crate) const MAX_COLS: u32 = 16_384;

/// How the bytes were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Office Open XML, .xlsx and .xlsm.
    Xlsx,
    /// Binary Office Open XML.
    Xlsb,
    /// BIFF in OLE, or bare BIFF.
    Xls,
    /// `OpenDocument`.
    Ods,
    /// WPS spreadsheet; BIFF in OLE under the extension .et.
    Et,
    /// A document whose tables are read.
    Docx,
    /// A bundle of files.
    Zip,
}

impl Format {
    /// The stable code in tables.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Et => "et",
            Self::Docx => "docx",
            Self::Zip => "zip",
        }
    }
}

/// What one cell holds, as the file says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Text; rich runs joined, nothing trimmed.
    Text(Text),
    /// A finite number.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// An error value such as `#DIV/0!`.
    Error(Text),
    /// A number with a date or time format: the serial number as stored, counted from 1900 or 1904 as the workbook says,
    /// and the same as ISO 8601.
    Date {
        /// As stored.
        serial: f64,
        /// `2021-12-31T00:00:00`, or a duration.
        iso: Text,
    },
    /// A formula without a cached value, without the leading `=`.
    Formula(Text),
}

/// A cell that holds something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Where.
    pub at: CellRef,
    /// What.
    pub value: Value,
    /// Whether its number format shows a percentage, so that 0.98 means 98 %.
    pub percent: bool,
    /// Whether the value is the cached result of a formula.
    pub computed: bool,
}

/// Whether a sheet is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Shown.
    Visible,
    /// Hidden, can be shown from the menu.
    Hidden,
    /// Hidden, can be shown by a macro only.
    VeryHidden,
}

/// One worksheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name, as written.
    pub name: Text,
    /// Whether it is shown.
    pub visibility: Visibility,
    /// The cells that hold something, by row, then column; each place once.
    pub cells: Vec<Cell>,
    /// Merged rectangles, in the order of the file; may overlap in odd files.
    pub merges: Vec<Area>,
    /// Hidden rows, as inclusive ranges of row numbers from 0, ascending.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, as inclusive ranges of column numbers from 0, ascending.
    pub hidden_cols: Vec<(u32, u32)>,
}

impl Sheet {
    /// The cell at a place, if it holds something.
    pub fn get(&self, at: CellRef) -> Option<&Cell> {
        self.cells.binary_search_by(|cell| cell.at.cmp(&at)).ok().and_then(|i| self.cells.get(i))
    }
}

/// Something about a workbook or a cell that a person should know, although it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// What, by the code of a rule of theme `file`.
    pub rule: crate::finding::RuleRef,
    /// Sheet by index, where it belongs to one.
    pub sheet: Option<u32>,
    /// The cells, where it belongs to some.
    pub cells: Vec<CellRef>,
    /// Arguments of the rule's message.
    pub args: Vec<(std::borrow::Cow<'static, str>, String)>,
}

/// A workbook as read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Book {
    /// How the bytes were read.
    pub format: Format,
    /// Worksheets in order; chart, macro and dialog sheets are not among them.
    pub sheets: Vec<Sheet>,
    /// What a person should know.
    pub notes: Vec<Note>,
    /// Whether something odd was read all the same: the submission's reason is then `repaired`.
    pub repaired: bool,
}

impl Book {
    /// Whether what is said of sheets holds: cells in order, each place once and within the grid, numbers finite, rectangles
    /// and ranges not turned round, notes about sheets that are there.
    pub fn is_sound(&self) -> bool {
        let within = |at: CellRef| at.row < MAX_ROWS && at.col < MAX_COLS;
        let finite = |value: &Value| match value {
            Value::Number(n) | Value::Date { serial: n, .. } => n.is_finite(),
            Value::Text(_) | Value::Bool(_) | Value::Error(_) | Value::Formula(_) => true,
        };
        let forward = |ranges: &[(u32, u32)]| ranges.iter().all(|(first, last)| first <= last);
        let sound = |sheet: &Sheet| {
            sheet.cells.iter().all(|cell| within(cell.at) && finite(&cell.value))
                && sheet.cells.is_sorted_by(|a, b| a.at < b.at)
                && sheet.merges.iter().all(|m| within(m.last) && m.first.row <= m.last.row && m.first.col <= m.last.col)
                && forward(&sheet.hidden_rows)
                && forward(&sheet.hidden_cols)
        };
        let there = |sheet: u32| usize::try_from(sheet).is_ok_and(|sheet| sheet < self.sheets.len());
        self.sheets.iter().all(sound) && self.notes.iter().all(|note| note.sheet.is_none_or(there))
    }
}

/// A file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The code in `submissions.reason`.
    pub reason: Reason,
    /// What it seems to be, where that is known.
    pub format: Option<Format>,
    /// What exactly was met and where (part, cell, limit and value), for the message; both languages.
    pub detail_zh: String,
    /// The same in English.
    pub detail_en: String,
}
