//! A sheet to be drawn: values, styles, merges. What the writers of the five formats have in common.

use super::district::Made;

/// Texts of a workbook that its cells share, in the order of their first use.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    pub(crate) texts: Vec<String>,
    pub(crate) uses: u32,
}

impl Strings {
    pub(crate) fn index(&mut self, text: &str) -> Made<u32> {
        self.uses += 1;
        let at = self.texts.iter().position(|known| known == text).unwrap_or_else(|| {
            self.texts.push(text.to_owned());
            self.texts.len() - 1
        });
        Ok(u32::try_from(at)?)
    }
}

/// What a cell holds.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    /// A number as a plain decimal.
    Number(String),
    /// A formula without `=`, and its result as a plain decimal.
    Formula(String, String),
}

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Title of the form.
    Title,
    /// Centred line without border.
    Line,
    /// Left line without border, for units, notes and signatures.
    Note,
    /// Centred, bold, bordered.
    Label,
    /// Centred, bordered.
    Body,
    /// Left, wrapped, bordered.
    Long,
    /// Number to two places, bordered.
    Number,
    /// Percentage, bordered.
    Percent,
}

impl Style {
    pub(crate) const ALL: [Self; 8] =
        [Self::Title, Self::Line, Self::Note, Self::Label, Self::Body, Self::Long, Self::Number, Self::Percent];

    pub(crate) const fn bordered(self) -> bool {
        !matches!(self, Self::Title | Self::Line | Self::Note)
    }

    pub(crate) const fn bold(self) -> bool {
        matches!(self, Self::Label)
    }

    pub(crate) const fn centred(self) -> bool {
        !matches!(self, Self::Note | Self::Long)
    }
}

/// A rectangle from its first row and column to its last, both from 0 and included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) top: u32,
    pub(crate) left: u16,
    pub(crate) bottom: u32,
    pub(crate) right: u16,
}

impl Area {
    pub(crate) const fn contains(&self, row: u32, col: u16) -> bool {
        self.top <= row && row <= self.bottom && self.left <= col && col <= self.right
    }
}

#[derive(Debug, Clone)]
struct Put {
    row: u32,
    col: u16,
    value: Value,
    style: Style,
}

/// A cell as a writer meets it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot<'a> {
    pub(crate) col: u16,
    /// Nothing for a cell that is only bordered.
    pub(crate) value: Option<&'a Value>,
    pub(crate) style: Style,
    /// The merge that begins here.
    pub(crate) merge: Option<Area>,
    /// Whether a merge covers it.
    pub(crate) covered: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    puts: Vec<Put>,
    pub(crate) merges: Vec<Area>,
    /// Width of each column in characters.
    pub(crate) widths: Vec<u16>,
    /// Where blank cells have borders.
    grids: Vec<Area>,
}

impl Sheet {
    pub(crate) fn new(name: &str, widths: &[u16]) -> Self {
        Self { name: name.to_owned(), widths: widths.to_vec(), ..Self::default() }
    }

    pub(crate) fn put(&mut self, row: u32, col: u16, value: Value, style: Style) {
        self.puts.push(Put { row, col, value, style });
    }

    pub(crate) fn text(&mut self, row: u32, col: u16, text: &str, style: Style) {
        if !text.is_empty() {
            self.put(row, col, Value::Text(text.to_owned()), style);
        }
    }

    pub(crate) fn number(&mut self, row: u32, col: u16, number: String, style: Style) {
        self.put(row, col, Value::Number(number), style);
    }

    pub(crate) fn merge(&mut self, top: u32, left: u16, bottom: u32, right: u16) {
        if (top, left) != (bottom, right) {
            self.merges.push(Area { top, left, bottom, right });
        }
    }

    /// Text over several cells.
    pub(crate) fn span(&mut self, area: [u32; 4], text: &str, style: Style) {
        let [top, left, bottom, right] = area;
        let column = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
        self.text(top, column(left), text, style);
        self.merge(top, column(left), bottom, column(right));
    }

    pub(crate) fn grid(&mut self, top: u32, left: u16, bottom: u32, right: u16) {
        self.grids.push(Area { top, left, bottom, right });
    }

    /// First row below everything drawn.
    pub(crate) fn next_row(&self) -> u32 {
        let puts = self.puts.iter().map(|put| put.row);
        puts.chain(self.grids.iter().map(|grid| grid.bottom)).max().map_or(0, |row| row + 1)
    }

    /// Columns drawn on.
    pub(crate) fn width(&self) -> u16 {
        let puts = self.puts.iter().map(|put| put.col);
        let merges = self.merges.iter().map(|merge| merge.right);
        puts.chain(self.grids.iter().map(|grid| grid.right)).chain(merges).max().map_or(0, |col| col + 1)
    }

    /// All rows from the first, each with its cells from the left.
    pub(crate) fn rows(&self) -> Vec<Vec<Slot<'_>>> {
        (0..self.next_row()).map(|row| self.row(row)).collect()
    }

    fn row(&self, row: u32) -> Vec<Slot<'_>> {
        let slot = |col| {
            let put = self.puts.iter().find(|put| put.row == row && put.col == col);
            let merge = self.merges.iter().find(|merge| merge.contains(row, col)).copied();
            let begins = merge.filter(|merge| (merge.top, merge.left) == (row, col));
            let in_grid = self.grids.iter().any(|grid| grid.contains(row, col));
            (put.is_some() || merge.is_some() || in_grid).then(|| Slot {
                col,
                value: put.map(|put| &put.value),
                style: put.map_or(if in_grid { Style::Body } else { Style::Note }, |put| put.style),
                merge: begins,
                covered: merge.is_some() && begins.is_none(),
            })
        };
        (0..self.width()).filter_map(slot).collect()
    }
}
