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

/// Bulk rows of a file.
#[derive(Debug, Clone, PartialEq, Default)]
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

/// Runs of a packed block.
const RUNS: usize = 5;
/// Bytes of their lengths.
const HEAD: usize = 4 * RUNS;

/// A [`Block`] as bytes: the lengths of its runs, then the runs, that of the texts and one for each [`Part`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Packed(#[serde(with = "bytes")] Vec<u8>);

/// The rows of a [`Block`], which can be unpacked without the others.
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
    /// As bytes. Never fails on a block made here; no bytes stand for one that would, and for an empty one.
    pub fn pack(&self) -> Packed {
        if *self == Self::default() {
            return Packed::default();
        }
        Packed(self.runs().unwrap_or_default())
    }

    fn runs(&self) -> Option<Vec<u8>> {
        let figures = (&self.heads, &self.strips, &self.figures);
        let runs: [postcard::Result<Vec<u8>>; RUNS] = [
            postcard::to_allocvec(&self.texts),
            postcard::to_allocvec(&self.indicators),
            postcard::to_allocvec(&self.funding),
            postcard::to_allocvec(&self.lines),
            postcard::to_allocvec(&figures),
        ];
        let runs: Vec<Vec<u8>> = runs.into_iter().collect::<Result<_, _>>().ok()?;
        let mut out = Vec::with_capacity(HEAD + runs.iter().map(Vec::len).sum::<usize>());
        for run in &runs {
            out.extend(u32::try_from(run.len()).ok()?.to_le_bytes());
        }
        for run in &runs {
            out.extend_from_slice(run);
        }
        Some(out)
    }

    /// The block of these bytes, of whose rows only the wanted ones are unpacked. `None`: they are none.
    pub(super) fn unpack(bytes: &[u8], wanted: &[Part]) -> Option<Self> {
        if bytes.is_empty() {
            return Some(Self::default());
        }
        let (lengths, mut rest) = bytes.split_first_chunk::<HEAD>()?;
        let mut runs: [&[u8]; RUNS] = [&[]; RUNS];
        for (run, length) in runs.iter_mut().zip(lengths.as_chunks::<4>().0) {
            (*run, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        }
        let [texts, indicators, funding, lines, figures] = runs;
        let mut block = Self { texts: postcard::from_bytes(texts).ok()?, ..Self::default() };
        for part in wanted {
            match part {
                Part::Indicators => block.indicators = postcard::from_bytes(indicators).ok()?,
                Part::Funding => block.funding = postcard::from_bytes(funding).ok()?,
                Part::Lines => block.lines = postcard::from_bytes(lines).ok()?,
                Part::Figures => (block.heads, block.strips, block.figures) = postcard::from_bytes(figures).ok()?,
            }
        }
        rest.is_empty().then_some(block)
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
        let open = |wanted: &[Part]| Block::unpack(packed.bytes(), wanted);
        assert_eq!(open(&[Part::Indicators, Part::Funding, Part::Lines, Part::Figures]), Some(block.clone()));
        assert_eq!(open(&[Part::Funding, Part::Figures]), Some(block.clone()));
        let only = Block { texts: block.texts.clone(), ..Block::default() };
        assert_eq!(open(&[]), Some(only.clone()));
        assert_eq!(open(&[Part::Indicators, Part::Lines]), Some(only.clone()));
        assert_eq!(open(&[Part::Funding]), Some(Block { funding: block.funding, ..only }));
        for end in 1..packed.bytes().len() {
            assert_eq!(Block::unpack(&packed.bytes()[..end], &[Part::Figures]), None, "cut at {end}");
        }
        assert!(Block::default().pack().bytes().is_empty());
        assert_eq!(Block::unpack(&[], &[Part::Figures]), Some(Block::default()));
    }
}
