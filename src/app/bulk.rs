//! The tables too long to be kept as rows.

use crate::normal::{Block, Packed, Place};
use crate::tables::{AmountRow, BudgetLineRow, Funding, IndicatorRow};

/// Bulk rows of a file, and where its forms belong.
#[derive(Debug, Clone)]
pub struct FileRows {
    /// The forms of the file, in its order.
    pub places: Vec<Place>,
    /// Their rows.
    pub rows: Packed,
}

/// The rows of `indicators`, `funding`, `budget_lines` and `amounts`: kept packed by file, handed out one after another in
/// the order of the tables. Reading them twice unpacks them twice.
#[derive(Debug, Clone, Default)]
pub struct Bulk {
    files: Vec<FileRows>,
    /// Rows given as such, behind those of the files.
    indicators: Vec<IndicatorRow>,
    funding: Vec<Funding>,
    budget_lines: Vec<BudgetLineRow>,
    amounts: Vec<AmountRow>,
}

impl Bulk {
    /// The files in the order of their ids.
    pub fn of_files(files: Vec<FileRows>) -> Self {
        Self { files, ..Self::default() }
    }

    /// From rows, for small districts made by hand.
    pub fn of_rows(
        indicators: Vec<IndicatorRow>,
        funding: Vec<Funding>,
        budget_lines: Vec<BudgetLineRow>,
        amounts: Vec<AmountRow>,
    ) -> Self {
        Self { files: Vec::new(), indicators, funding, budget_lines, amounts }
    }

    /// Rows of `indicators`.
    pub fn indicators(&self) -> impl Iterator<Item = IndicatorRow> + '_ {
        self.rows(|block, places| block.indicators(places).collect()).chain(self.indicators.iter().cloned())
    }

    /// Rows of `funding`.
    pub fn funding(&self) -> impl Iterator<Item = Funding> + '_ {
        self.rows(|block, places| block.funding(places).collect()).chain(self.funding.iter().cloned())
    }

    /// Rows of `budget_lines`.
    pub fn budget_lines(&self) -> impl Iterator<Item = BudgetLineRow> + '_ {
        self.rows(|block, places| block.budget_lines(places).collect()).chain(self.budget_lines.iter().cloned())
    }

    /// Rows of `amounts`.
    pub fn amounts(&self) -> impl Iterator<Item = AmountRow> + '_ {
        self.rows(|block, places| block.amounts(places).collect()).chain(self.amounts.iter().cloned())
    }

    /// The rows of one table, a file at a time.
    fn rows<'a, T: 'a>(&'a self, of: fn(&Block, &[Place]) -> Vec<T>) -> impl Iterator<Item = T> + 'a {
        self.files.iter().flat_map(move |file| file.rows.open().map(|b| of(&b, &file.places)).unwrap_or_default())
    }
}
