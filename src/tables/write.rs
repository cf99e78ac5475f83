//! Tables → files: each table once as CSV and once as Parquet, in batches of fixed size.

use super::batch::Batch;
use super::past::{Copied, Key, Span, Stretch};
use super::{Guard, Row, csv, parquet};
use crate::disk::{Disk, Failed, Written};
use std::io::{self, BufWriter, Write};
use std::marker::PhantomData;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Rows of a batch at the most: also the size of a Parquet row group, whatever the number of threads.
const BATCH_ROWS: usize = 1 << 15;

/// What was written of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFiles {
    /// Rows.
    pub rows: u64,
    /// Hash of the CSV file.
    pub csv: String,
    /// Hash of the Parquet file.
    pub parquet: String,
    /// Its stretches that have a key.
    pub stretches: Vec<(Key, Stretch)>,
}

/// Hashes what is written.
struct Hashed {
    file: BufWriter<Written>,
    hasher: blake3::Hasher,
    written: u64,
}

impl Hashed {
    fn create(disk: &Disk, path: &Path) -> Result<Self, Failed> {
        Ok(Self {
            file: BufWriter::with_capacity(1 << 16, disk.create(path)?),
            hasher: blake3::Hasher::new(),
            written: 0,
        })
    }

    fn finish(mut self) -> io::Result<String> {
        self.file.flush()?;
        Ok(self.hasher.finalize().to_hex().to_string())
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(bytes.get(..written).unwrap_or(bytes));
        self.written += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes a table in pieces.
pub struct TableWriter<R> {
    batch: Batch,
    guard: Guard,
    csv_path: PathBuf,
    csv: Hashed,
    parquet_path: PathBuf,
    parquet: parquet::Writer<Hashed>,
    line: Vec<u8>,
    rows: u64,
    /// The stretch under work.
    stretch: Stretch,
    stretches: Vec<(Key, Stretch)>,
    table: PhantomData<R>,
}

impl<R: Row> TableWriter<R> {
    /// Begins `<dir>/<table>.csv` and `<dir>/<table>.parquet`, with heads and types also when no row follows.
    ///
    /// # Errors
    /// A file cannot be created.
    pub fn new(disk: &Disk, dir: &Path, guard: Guard) -> Result<Self, Failed> {
        let csv_path = dir.join(format!("{}.csv", R::TABLE));
        let parquet_path = dir.join(format!("{}.parquet", R::TABLE));
        let mut csv = Hashed::create(disk, &csv_path)?;
        csv::write_head(R::COLUMNS, &mut csv).map_err(Failed::at(&csv_path))?;
        let parquet = Hashed::create(disk, &parquet_path)?;
        let parquet = parquet::Writer::new(R::COLUMNS, parquet).map_err(Failed::at(&parquet_path))?;
        let batch = Batch::of::<R>();
        let mut writer = Self {
            batch,
            guard,
            csv_path,
            csv,
            parquet_path,
            parquet,
            line: Vec::new(),
            rows: 0,
            stretch: Stretch::default(),
            stretches: Vec::new(),
            table: PhantomData,
        };
        writer.begin();
        Ok(writer)
    }

    /// Takes `count` rows from whoever makes them, in ranges that fit a batch. Texts that were made for one range are not
    /// good for the next.
    ///
    /// # Errors
    /// A file cannot be written.
    pub(crate) fn fill(&mut self, count: usize, mut make: impl FnMut(Range<usize>, &mut Batch)) -> Result<(), Failed> {
        let mut from = 0;
        while from < count {
            let to = count.min(from + (BATCH_ROWS - self.batch.rows));
            make(from..to, &mut self.batch);
            from = to;
            if self.batch.rows >= BATCH_ROWS {
                self.write()?;
            }
        }
        Ok(())
    }

    /// Takes rows as they are.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn rows(&mut self, rows: &[R]) -> Result<(), Failed> {
        self.fill(rows.len(), |range, batch| {
            for row in rows.get(range).unwrap_or_default() {
                batch.push(row);
            }
        })
    }

    fn begin(&mut self) {
        let (csv, parquet) = (Span { at: self.csv.written, len: 0 }, Span { at: self.parquet.at(), len: 0 });
        self.stretch = Stretch { csv, parquet, groups: Vec::new() };
    }

    /// Ends a stretch: the rows since the last one stand by themselves in both files. With a key they can be taken again.
    ///
    /// # Errors
    /// A file cannot be written.
    pub(crate) fn cut(&mut self, key: Option<Key>) -> Result<(), Failed> {
        self.write()?;
        let mut stretch = std::mem::take(&mut self.stretch);
        stretch.csv.len = self.csv.written - stretch.csv.at;
        stretch.parquet.len = self.parquet.at() - stretch.parquet.at;
        self.stretches.extend(key.map(|key| (key, stretch)));
        self.begin();
        Ok(())
    }

    /// Takes a stretch of a former table as it stands. Nothing may have been written since the last stretch.
    ///
    /// # Errors
    /// A file cannot be written.
    pub(crate) fn paste(&mut self, key: Key, copied: &Copied<'_>) -> Result<(), Failed> {
        let groups = &copied.stretch.groups;
        self.csv.write_all(copied.csv).map_err(Failed::at(&self.csv_path))?;
        self.parquet.paste(groups, copied.parquet).map_err(Failed::at(&self.parquet_path))?;
        self.rows += groups.iter().map(parquet::Group::rows).sum::<u64>();
        self.stretch.groups.clone_from(groups);
        self.cut(Some(key))
    }

    fn write(&mut self) -> Result<(), Failed> {
        self.rows += self.batch.rows as u64;
        csv::write_rows(&self.batch, self.guard, &mut self.line, &mut self.csv).map_err(Failed::at(&self.csv_path))?;
        let group = self.parquet.write(&self.batch).map_err(Failed::at(&self.parquet_path))?;
        self.stretch.groups.extend(group);
        self.batch.clear();
        Ok(())
    }

    /// Ends both files.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn finish(mut self) -> Result<TableFiles, Failed> {
        self.write()?;
        Ok(TableFiles {
            rows: self.rows,
            stretches: self.stretches,
            csv: self.csv.finish().map_err(Failed::at(&self.csv_path))?,
            parquet: self.parquet.finish().and_then(Hashed::finish).map_err(Failed::at(&self.parquet_path))?,
        })
    }
}

/// Writes a table that is at hand as a whole.
///
/// # Errors
/// A file cannot be created or written.
pub fn write_table<R: Row>(disk: &Disk, dir: &Path, rows: &[R], guard: Guard) -> Result<TableFiles, Failed> {
    let mut writer = TableWriter::new(disk, dir, guard)?;
    writer.rows(rows)?;
    writer.finish()
}
