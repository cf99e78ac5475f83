//! Tables → files: each table once as CSV and once as Parquet, in batches of fixed size.

use super::batch::Batch;
use super::{Guard, Row, csv, parquet};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Rows of a batch: also the size of a Parquet row group, whatever the number of threads.
const BATCH_ROWS: usize = 1 << 16;

/// A table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// The Parquet writer refused.
    #[error("{}: {source}", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: polars::error::PolarsError,
    },
}

/// What was written of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFiles {
    /// Rows.
    pub rows: u64,
    /// Hash of the CSV file.
    pub csv: String,
    /// Hash of the Parquet file.
    pub parquet: String,
}

/// Hashes what is written.
struct Hashed {
    file: BufWriter<File>,
    hasher: blake3::Hasher,
}

impl Hashed {
    fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: BufWriter::with_capacity(1 << 16, File::create(path)?), hasher: blake3::Hasher::new() })
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
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes `<dir>/<table>.csv` and `<dir>/<table>.parquet`, with heads and types also when there is no row.
///
/// # Errors
/// A file cannot be created or written.
pub fn write_table<R: Row>(
    dir: &Path,
    rows: impl IntoIterator<Item = R>,
    guard: Guard,
) -> Result<TableFiles, WriteError> {
    let csv_path = dir.join(format!("{}.csv", R::TABLE));
    let parquet_path = dir.join(format!("{}.parquet", R::TABLE));
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| WriteError::Io { path, source }
    };
    let failed = |source| WriteError::Parquet { path: parquet_path.clone(), source };

    let mut text = Hashed::create(&csv_path).map_err(io(&csv_path))?;
    let mut binary = Hashed::create(&parquet_path).map_err(io(&parquet_path))?;
    csv::write_head(R::COLUMNS, &mut text).map_err(io(&csv_path))?;
    let mut groups = parquet::Writer::new(R::COLUMNS, &mut binary).map_err(failed)?;

    let mut batch = Batch::of::<R>();
    let mut line = Vec::new();
    let mut count = 0_u64;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        batch.clear();
        for row in rows.by_ref().take(BATCH_ROWS) {
            batch.push(&row);
            count += 1;
        }
        csv::write_rows(&batch, guard, &mut line, &mut text).map_err(io(&csv_path))?;
        groups.write(&batch).map_err(failed)?;
    }
    groups.finish().map_err(failed)?;
    drop(groups);
    Ok(TableFiles {
        rows: count,
        csv: text.finish().map_err(io(&csv_path))?,
        parquet: binary.finish().map_err(io(&parquet_path))?,
    })
}
