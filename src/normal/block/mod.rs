//! Bulk rows of a file, small in memory.
//!
//! Why: a district has millions of figures and writes each once. Until then they are kept as bytes: texts by number from a
//! table of the file, cells as row and column, ids not at all, since those are known only when all files are.
//!
//! Input → output: a form ([`Builder::add`]) → cells; later, with the [`Place`] of each form, → rows of `indicators`,
//! `funding`, `budget_lines` and `amounts` in the order of the file.

mod build;
mod rows;

pub(super) use build::Builder;

use crate::quantity::{CellRef, Decimal, Money, Points, Text};
use serde::{Deserialize, Serialize};

/// Number of a text from 1; 0 is no text.
type Id = u32;

/// Bulk rows of a file. The order of the fields is the order of the bytes (`unpack`).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Block {
    texts: Vec<Text>,
    indicators: Vec<IndicatorCells>,
    funding: Vec<FundingCells>,
    lines: Vec<LineCells>,
    /// Heads of columns and what they mean.
    heads: Vec<(Id, Id)>,
    strips: Vec<Strip>,
    figures: Vec<FigureCell>,
}

/// A [`Block`] as bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Packed(#[serde(with = "bytes")] Vec<u8>);

/// The rows of a [`Block`], in the order of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Rows of `indicators`.
    Indicators,
    /// Rows of `funding`.
    Funding,
    /// Rows of `budget_lines`.
    Lines,
    /// Rows of `amounts`, which are the most.
    Figures,
}

/// Bytes as one run, not as a list of numbers.
mod bytes {
    use serde::de::Visitor;
    use serde::{Deserializer, Serializer};
    use std::fmt;
    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        deserializer.deserialize_bytes(Run)
    }

    /// Takes the run as a whole.
    struct Run;

    impl Visitor<'_> for Run {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("bytes")
        }

        fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_vec())
        }
    }
}

/// What is known of a form when all files are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub file_id: u32,
    /// The evaluation; `None` for a budget table.
    pub evaluation_id: Option<Text>,
    /// Name of the sheet.
    pub sheet: Text,
    /// The title as written.
    pub title: Option<Text>,
    /// The year.
    pub year: Option<u16>,
    /// Code of the department.
    pub department_code: Option<Text>,
    /// The department.
    pub department: Option<Text>,
}

/// What is added up of a line of a table.
#[derive(Debug, Clone, Copy)]
pub struct Line<'b> {
    /// Its code.
    pub code: Option<&'b Text>,
    /// Its name.
    pub name: Option<&'b Text>,
    /// Whether it is the table's grand total.
    pub is_total: bool,
    /// 年初预算数.
    pub original_budget: Option<Money>,
    /// 调整预算数.
    pub revised_budget: Option<Money>,
    /// 执行数, 决算数.
    pub outturn: Option<Money>,
}

/// What a line of an evaluation brings to the sums of a district.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Brought<'b> {
    /// An indicator.
    Share {
        /// Level 1, canonical.
        level1: Option<&'b Text>,
        /// Level 2 as written.
        level2: Option<&'b Text>,
        /// Its weight.
        weight: Option<Points>,
        /// Its score.
        score: Option<Points>,
    },
    /// A source of funds.
    Fund {
        /// Its code.
        source: &'b Text,
        /// 年初预算数.
        original_budget: Option<Money>,
        /// 调整预算数.
        revised_budget: Option<Money>,
        /// 执行数.
        outturn: Option<Money>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct IndicatorCells {
    form: u32,
    seq: u32,
    level1: Id,
    level2: Id,
    level3: Id,
    operator: Id,
    target: Id,
    target_value: Option<Decimal>,
    actual: Id,
    actual_value: Option<Decimal>,
    unit: Id,
    weight: Option<Points>,
    score: Option<Points>,
    recomputed: Option<Points>,
    note: Id,
    cell: CellRef,
    level1_name: Id,
    review_score: Option<Points>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct FundingCells {
    form: u32,
    source: Id,
    original: Option<Money>,
    revised: Option<Money>,
    outturn: Option<Money>,
    row: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct LineCells {
    form: u32,
    row: u32,
    classification: Id,
    code: Id,
    name: Id,
    original: Option<Money>,
    revised: Option<Money>,
    outturn: Option<Money>,
    rate_reported: Option<Decimal>,
    level: Option<u32>,
    is_total: bool,
}

/// Figures side by side that belong to the same line of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Strip {
    form: u32,
    row: u32,
    classification: Id,
    code: Id,
    name: Id,
    /// How many of the figures are its.
    count: u32,
}

impl Strip {
    fn is_same_line(self, other: Self) -> bool {
        Self { count: 0, ..self } == Self { count: 0, ..other }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct FigureCell {
    col: u32,
    /// Position of its head.
    head: u32,
    amount: FigureAmount,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum FigureAmount {
    Money(Money),
    Number(Decimal, Id),
}

impl Block {
    /// As bytes. Never fails on a block made here; an empty one stands for one that would.
    pub fn pack(&self) -> Packed {
        Packed(postcard::to_allocvec(self).unwrap_or_default())
    }

    /// The block of these bytes without what stands behind the rows of a table. `None`: they are none.
    pub(super) fn unpack(bytes: &[u8], last: Part) -> Option<Self> {
        fn taken<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
            postcard::take_from_bytes(bytes).ok().map(|(taken, _)| taken)
        }
        if bytes.is_empty() {
            return Some(Self::default());
        }
        let none = Self::default();
        match last {
            Part::Indicators => {
                let (texts, indicators) = taken(bytes)?;
                Some(Self { texts, indicators, ..none })
            }
            Part::Funding => {
                let (texts, indicators, funding) = taken(bytes)?;
                Some(Self { texts, indicators, funding, ..none })
            }
            Part::Lines => {
                let (texts, indicators, funding, lines) = taken(bytes)?;
                Some(Self { texts, indicators, funding, lines, ..none })
            }
            Part::Figures => postcard::from_bytes(bytes).ok(),
        }
    }

    /// How many rows each table has: `indicators`, `funding`, `budget_lines`, `amounts`.
    pub fn counts(&self) -> [usize; 4] {
        [self.indicators.len(), self.funding.len(), self.lines.len(), self.figures.len()]
    }
}

impl Packed {
    /// The bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    #[cfg(test)]
    pub(super) fn of_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, FigureAmount, FigureCell, FundingCells, Part, Strip};
    use crate::quantity::Money;

    #[test]
    fn a_block_comes_back_as_a_whole_and_in_part() {
        let money = Money::from_fen(17_005);
        let funding = FundingCells { form: 0, source: 1, original: None, revised: money, outturn: None, row: 7 };
        let strip = Strip { form: 0, row: 3, classification: 0, code: 0, name: 1, count: 1 };
        let amount = FigureAmount::Money(Money::from_fen(17_005).unwrap());
        let block = Block {
            texts: vec!["total".into()],
            funding: vec![funding],
            heads: vec![(0, 0)],
            strips: vec![strip],
            figures: vec![FigureCell { col: 4, head: 0, amount }],
            ..Block::default()
        };
        let packed = block.pack();
        let open = |last| Block::unpack(packed.bytes(), last);
        assert_eq!(open(Part::Figures), Some(block.clone()));
        let without = Block { heads: Vec::new(), strips: Vec::new(), figures: Vec::new(), ..block };
        assert_eq!(open(Part::Lines), Some(without.clone()));
        assert_eq!(open(Part::Funding), Some(without.clone()));
        assert_eq!(open(Part::Indicators), Some(Block { funding: Vec::new(), ..without }));
        assert_eq!(Block::unpack(&[], Part::Figures), Some(Block::default()));
    }
}
