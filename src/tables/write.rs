//! Tables → files: each table once as CSV and once as Parquet, in batches of fixed size.

use super::batch::Batch;
use super::{Guard, Row, csv, parquet};
use std::fs::File;
use std::io::{BufWriter, Write as _};
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

/// Writes `<dir>/<table>.csv` and `<dir>/<table>.parquet`, with heads and types also when there is no row.
///
/// # Errors
/// A file cannot be created or written.
pub fn write_table<R: Row>(dir: &Path, rows: impl IntoIterator<Item = R>, guard: Guard) -> Result<u64, WriteError> {
    let csv_path = dir.join(format!("{}.csv", R::TABLE));
    let parquet_path = dir.join(format!("{}.parquet", R::TABLE));
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| WriteError::Io { path, source }
    };
    let failed = |source| WriteError::Parquet { path: parquet_path.clone(), source };

    let mut text = BufWriter::new(File::create(&csv_path).map_err(io(&csv_path))?);
    let mut binary = BufWriter::new(File::create(&parquet_path).map_err(io(&parquet_path))?);
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
    text.flush().map_err(io(&csv_path))?;
    groups.finish().map_err(failed)?;
    binary.flush().map_err(io(&parquet_path))?;
    Ok(count)
}
