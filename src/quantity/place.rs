//! Places on a sheet: cells and rectangles, written as spreadsheets write them (`K9`, `A1:K31`).

use super::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A cell: row and column from 0. Ordered by row, then column. Shown as an A1 address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellRef {
    /// Row from 0.
    pub row: u32,
    /// Column from 0.
    pub col: u32,
}

/// The letters of a column from 0: `A`, `Z`, `AA`.
pub fn column_name(col: u32) -> String {
    let mut buffer = [0; ADDRESS];
    let used = letters(&mut buffer, 0, col);
    tail(&buffer, used).to_owned()
}

/// Bytes of the longest address: seven letters and ten digits.
const ADDRESS: usize = 17;

/// Puts the letters of a column before what stands at the end of the buffer; gives how much stands there then.
fn letters(buffer: &mut [u8; ADDRESS], mut used: usize, col: u32) -> usize {
    let mut n = u64::from(col) + 1;
    for slot in buffer.iter_mut().rev().skip(used) {
        if n == 0 {
            break;
        }
        *slot = b'A' + u8::try_from((n - 1) % 26).unwrap_or(0);
        n = (n - 1) / 26;
        used += 1;
    }
    used
}

/// What stands at the end of the buffer.
fn tail(buffer: &[u8; ADDRESS], used: usize) -> &str {
    buffer.get(ADDRESS - used..).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
}

impl CellRef {
    /// Row and column from 0.
    pub const fn new(row: u32, col: u32) -> Self {
        Self { row, col }
    }

    /// Reads `K9` or `$K$9`. `None`: no address within a sheet of 1,048,576 rows and 16,384 columns.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let split = text.find(|c: char| !c.is_ascii_alphabetic())?;
        let (letters, digits) = text.split_at(split);
        let digits = digits.strip_prefix('$').unwrap_or(digits);
        if letters.is_empty() || letters.len() > 3 || digits.len() > 7 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let col = letters.bytes().fold(0_u32, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
        let row: u32 = digits.parse().ok()?;
        ((1..=1_048_576).contains(&row) && col <= 16_384).then(|| Self { row: row - 1, col: col - 1 })
    }
}

impl CellRef {
    /// Its address, at the end of a buffer.
    fn address(self, buffer: &mut [u8; ADDRESS]) -> &str {
        let mut n = u64::from(self.row) + 1;
        let mut used = 0;
        for slot in buffer.iter_mut().rev() {
            if n == 0 {
                break;
            }
            *slot = b'0' + u8::try_from(n % 10).unwrap_or(0);
            n /= 10;
            used += 1;
        }
        let used = letters(buffer, used, self.col);
        tail(buffer, used)
    }

    /// As shown.
    pub fn text(self) -> Text {
        self.address(&mut [0; ADDRESS]).into()
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.address(&mut [0; ADDRESS]))
    }
}

/// A rectangle of cells, both corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Area {
    /// Top left.
    pub first: CellRef,
    /// Bottom right.
    pub last: CellRef,
}

impl Area {
    /// From two opposite corners, in any order.
    pub fn new(a: CellRef, b: CellRef) -> Self {
        Self {
            first: CellRef::new(a.row.min(b.row), a.col.min(b.col)),
            last: CellRef::new(a.row.max(b.row), a.col.max(b.col)),
        }
    }

    /// One cell.
    pub const fn cell(at: CellRef) -> Self {
        Self { first: at, last: at }
    }

    /// Reads `A1:K31` or `A1`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some((a, b)) => Some(Self::new(CellRef::parse(a)?, CellRef::parse(b)?)),
            None => CellRef::parse(text).map(Self::cell),
        }
    }

    /// Whether the cell lies inside.
    pub const fn contains(&self, at: CellRef) -> bool {
        self.first.row <= at.row && at.row <= self.last.row && self.first.col <= at.col && at.col <= self.last.col
    }

    /// Whether the two share a cell.
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.first.row <= other.last.row
            && other.first.row <= self.last.row
            && self.first.col <= other.last.col
            && other.first.col <= self.last.col
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn around(self, other: Self) -> Self {
        Self {
            first: CellRef::new(self.first.row.min(other.first.row), self.first.col.min(other.first.col)),
            last: CellRef::new(self.last.row.max(other.last.row), self.last.col.max(other.last.col)),
        }
    }

    /// Rows covered.
    pub const fn rows(&self) -> u32 {
        self.last.row - self.first.row + 1
    }

    /// Columns covered.
    pub const fn cols(&self) -> u32 {
        self.last.col - self.first.col + 1
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::{Area, CellRef};

    #[test]
    fn addresses_round_trip() {
        for text in ["A1", "Z9", "AA10", "K31", "XFD1048576"] {
            assert_eq!(CellRef::parse(text).unwrap().to_string(), text);
        }
        for bad in ["", "A", "1", "A0", "XFE1", "A1048577", "E4294967298", "A1B", "AAAA1"] {
            assert_eq!(CellRef::parse(bad), None, "{bad}");
        }
        assert_eq!(Area::parse("K31:A1").unwrap().to_string(), "A1:K31");
    }
}
