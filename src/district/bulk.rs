//! The tables too long to be kept as rows.

use crate::disk::{Disk, Failed};
use crate::normal::{Block, Brought, Line, Part, Place, Shelved, Slot};
use crate::quantity::Text;
use crate::tables::{
    AmountRow, BudgetLineRow, Funding, Guard, IndicatorRow, Key, Past, Row as _, TableFiles, TableWriter,
};
use std::ops::Range;
use std::path::Path;

/// Bulk rows of a file, and where its forms belong.
#[derive(Debug, Clone)]
pub struct FileRows {
    /// The forms of the file, in its order.
    pub places: Vec<Place>,
    /// Their rows.
    pub rows: Slot,
    /// Whether a stretch of the tables ends with the file ([`FileRows::ends_stretch`]).
    pub is_last: bool,
}

/// In one of so many files a stretch ends.
const STRETCH_FILES: u64 = 128;
/// A stretch ends where its packed rows are as many bytes.
const STRETCH_BYTES: usize = 1 << 21;

/// Neighbouring files whose rows stand by themselves in the tables.
#[derive(Debug, Clone)]
pub struct StretchOfFiles {
    files: Range<usize>,
    /// What decides their rows; only with tables of a last run, or for a next one.
    key: Option<Key>,
}

impl FileRows {
    /// Whether a stretch ends with a file of this name: a matter of its name alone, so that a change of one file moves the
    /// ends of no stretch but its own.
    pub fn ends_stretch(name: &str) -> bool {
        let hash = blake3::hash(name.as_bytes());
        hash.as_bytes().first_chunk().is_some_and(|first| u64::from_le_bytes(*first).is_multiple_of(STRETCH_FILES))
    }

    /// Whether it holds evaluations: nothing else has indicators or sources.
    fn evaluates(&self) -> bool {
        self.places.iter().any(|place| place.evaluation_id.is_some())
    }

    /// Whether it holds anything else: evaluations have no budget lines.
    fn budgets(&self) -> bool {
        self.places.iter().any(|place| place.evaluation_id.is_none())
    }
}

/// The table that a line stands in.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// Its file.
    pub file_id: u32,
    /// Its sheet.
    pub sheet: &'a Text,
    /// The department it is attributed to.
    pub department: Option<&'a Text>,
    /// Its year.
    pub year: Option<u16>,
}

/// The rows of `indicators`, `funding`, `budget_lines` and `amounts`: kept packed by file, handed out one after another in
/// the order of the tables. Reading them twice unpacks them twice.
#[derive(Debug, Clone, Default)]
pub struct Bulk {
    shelved: Shelved,
    files: Vec<FileRows>,
    /// Rows given as such, behind those of the files.
    indicators: Vec<IndicatorRow>,
    funding: Vec<Funding>,
    budget_lines: Vec<BudgetLineRow>,
    amounts: Vec<AmountRow>,
}

impl Bulk {
    /// The files in the order of their ids.
    pub fn of_files(shelved: Shelved, files: Vec<FileRows>) -> Self {
        Self { shelved, files, ..Self::default() }
    }

    /// From rows, for small districts made by hand.
    pub fn of_rows(
        indicators: Vec<IndicatorRow>,
        funding: Vec<Funding>,
        budget_lines: Vec<BudgetLineRow>,
        amounts: Vec<AmountRow>,
    ) -> Self {
        Self { shelved: Shelved::default(), files: Vec::new(), indicators, funding, budget_lines, amounts }
    }

    /// Rows of `indicators`.
    pub fn indicators(&self) -> impl Iterator<Item = IndicatorRow> + '_ {
        let of_file = |file: &FileRows| {
            let mut rows = Vec::new();
            if let Some(block) = self.shelved.open(file.rows, &[Part::Indicators]) {
                let [n, ..] = block.counts();
                block.indicators(&file.places, 0..n, &mut rows);
            }
            rows
        };
        self.files.iter().filter(|file| file.evaluates()).flat_map(of_file).chain(self.indicators.iter().cloned())
    }

    /// Goes once through the evaluations: what each line of their tables brings, by evaluation.
    pub fn evaluated(&self, mut take: impl FnMut(&Text, Brought<'_>)) {
        for file in self.files.iter().filter(|file| file.evaluates()) {
            let Some(block) = self.shelved.open(file.rows, &[Part::Indicators, Part::Funding]) else { continue };
            for (form, brought) in block.evaluated() {
                if let Some(id) = file.places.get(form).and_then(|place| place.evaluation_id.as_ref()) {
                    take(id, brought);
                }
            }
        }
        for row in &self.indicators {
            let (level1, level2) = (row.level1_name.as_ref(), row.level2.as_ref());
            take(&row.evaluation_id, Brought::Share { level1, level2, weight: row.weight, score: row.score });
        }
        for row in &self.funding {
            let (original_budget, revised_budget, outturn) = (row.original_budget, row.revised_budget, row.outturn);
            take(&row.evaluation_id, Brought::Fund { source: &row.source, original_budget, revised_budget, outturn });
        }
    }

    /// The lines of a classification: file, sheet, department and year of its table, and the line.
    pub fn lines_of(&self, classification: &str, mut take: impl FnMut(Table<'_>, Line<'_>)) {
        for file in self.files.iter().filter(|file| file.budgets()) {
            let Some(block) = self.shelved.open(file.rows, &[Part::Lines]) else { continue };
            for (form, line) in block.lines_of(classification) {
                let Some(place) = file.places.get(form) else { continue };
                let department = place.department.as_ref();
                take(Table { file_id: place.file_id, sheet: &place.sheet, department, year: place.year }, line);
            }
        }
        for row in self.budget_lines.iter().filter(|row| &*row.classification == classification) {
            let department = row.department.as_ref();
            let line = Line {
                code: row.code.as_ref(),
                name: row.name.as_ref(),
                is_total: row.is_total,
                original_budget: row.original_budget,
                revised_budget: row.revised_budget,
                outturn: row.outturn,
            };
            take(Table { file_id: row.file_id, sheet: &row.sheet, department, year: row.year }, line);
        }
    }

    /// The files in stretches; with what else decides the rows, as a hash, each has its key.
    pub fn stretches(&self, salt: Option<Key>) -> Vec<StretchOfFiles> {
        let mut stretches = Vec::new();
        let (mut begin, mut bytes) = (0, 0);
        for (at, file) in self.files.iter().enumerate() {
            bytes += file.rows.len();
            if file.is_last || bytes >= STRETCH_BYTES || at + 1 == self.files.len() {
                let files = begin..at + 1;
                let key = salt.and_then(|salt| self.key(files.clone(), salt));
                stretches.push(StretchOfFiles { files, key });
                (begin, bytes) = (at + 1, 0);
            }
        }
        stretches
    }

    /// `None`, for places that have no bytes, which plain data always has: such a stretch would be made anew.
    fn key(&self, files: Range<usize>, salt: Key) -> Option<Key> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&salt);
        for file in self.files.get(files).unwrap_or_default() {
            let places = postcard::to_allocvec(&file.places).ok()?;
            let rows = self.shelved.bytes(file.rows);
            for part in [&places, rows] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        Some(*hasher.finalize().as_bytes())
    }

    /// The blocks of a stretch with the places of their forms, and the wanted rows.
    fn blocks<'b>(
        &'b self,
        stretch: &StretchOfFiles,
        wanted: &'b [Part],
    ) -> impl Iterator<Item = (&'b [Place], Block)> {
        let files = self.files.get(stretch.files.clone()).unwrap_or_default();
        files.iter().filter_map(move |file| Some((&*file.places, self.shelved.open(file.rows, wanted)?)))
    }

    /// Writes `indicators`, `funding` and `budget_lines`, each file unpacked once.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write_lines(
        &self,
        stretches: &[StretchOfFiles],
        past: Option<&Past>,
        (disk, dir, guard): (&Disk, &Path, Guard),
    ) -> Result<[(&'static str, TableFiles); 3], Failed> {
        let mut indicators = TableWriter::<IndicatorRow>::new(disk, dir, guard)?;
        let mut funding = TableWriter::<Funding>::new(disk, dir, guard)?;
        let mut budget_lines = TableWriter::<BudgetLineRow>::new(disk, dir, guard)?;
        let former = |table| past.and_then(|past| past.table(table));
        let mut former =
            [IndicatorRow::<Text>::TABLE, Funding::<Text>::TABLE, BudgetLineRow::<Text>::TABLE].map(former);
        for stretch in stretches {
            let key = stretch.key;
            if let Some(key) = key
                && let [Some(a), Some(b), Some(c)] = &mut former
                && let (Some(a), Some(b), Some(c)) = (a.take(&key), b.take(&key), c.take(&key))
            {
                indicators.paste(key, &a)?;
                funding.paste(key, &b)?;
                budget_lines.paste(key, &c)?;
                continue;
            }
            for (places, block) in self.blocks(stretch, &[Part::Indicators, Part::Funding, Part::Lines]) {
                let [i, f, l, _] = block.counts();
                indicators.fill(i, |range, batch| block.indicators(places, range, batch))?;
                funding.fill(f, |range, batch| block.funding(places, range, batch))?;
                budget_lines.fill(l, |range, batch| block.budget_lines(places, range, batch))?;
            }
            indicators.cut(key)?;
            funding.cut(key)?;
            budget_lines.cut(key)?;
        }
        indicators.rows(&self.indicators)?;
        funding.rows(&self.funding)?;
        budget_lines.rows(&self.budget_lines)?;
        Ok([
            (IndicatorRow::<Text>::TABLE, indicators.finish()?),
            (Funding::<Text>::TABLE, funding.finish()?),
            (BudgetLineRow::<Text>::TABLE, budget_lines.finish()?),
        ])
    }

    /// Writes `amounts`, which is longer than the three others.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write_figures(
        &self,
        stretches: &[StretchOfFiles],
        past: Option<&Past>,
        (disk, dir, guard): (&Disk, &Path, Guard),
    ) -> Result<(&'static str, TableFiles), Failed> {
        let mut amounts = TableWriter::<AmountRow>::new(disk, dir, guard)?;
        let mut former = past.and_then(|past| past.table(AmountRow::<Text>::TABLE));
        for stretch in stretches {
            let key = stretch.key;
            if let Some(key) = key
                && let Some(copied) = former.as_mut().and_then(|former| former.take(&key))
            {
                amounts.paste(key, &copied)?;
                continue;
            }
            for (places, block) in self.blocks(stretch, &[Part::Figures]) {
                let [.., n] = block.counts();
                amounts.fill(n, |range, batch| block.amounts(places, range, batch))?;
            }
            amounts.cut(key)?;
        }
        amounts.rows(&self.amounts)?;
        Ok((AmountRow::<Text>::TABLE, amounts.finish()?))
    }
}
