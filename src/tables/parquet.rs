//! The tables as Parquet.
//!
//! Types: money `Decimal(18, 2)`, points `Decimal(9, 4)`, both made from whole numbers; rates and plain numbers `Float64`,
//! the nearest double of the exact decimal; counts and ranks `Int64`; flags `Boolean`; text UTF-8. A null is a null.
//! The bytes depend on the rows alone: row groups are the batches given.

use super::batch::{Batch, Data};
use super::{Column as TableColumn, Kind};
use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, Field, Float64Chunked, Int64Chunked, Int128Chunked, IntoColumn as _,
    IntoSeries as _, NewChunkedArray as _, ParquetCompression, ParquetWriter, PolarsResult, Schema, StringChunked,
};
use std::io::Write;

/// Writes a table in pieces.
pub(crate) struct Writer<W: Write> {
    inner: polars_io::parquet::write::BatchedWriter<W>,
}

impl<W: Write + Send> Writer<W> {
    /// Begins a table.
    pub(crate) fn new(columns: &[TableColumn], out: W) -> PolarsResult<Self> {
        let mut schema = Schema::with_capacity(columns.len());
        for column in columns {
            let field = Field::new(column.name.into(), data_type(column.kind));
            schema.with_column(field.name, field.dtype);
        }
        let compression = ParquetCompression::Zstd(None);
        Ok(Self { inner: ParquetWriter::new(out).with_compression(compression).batched(&schema)? })
    }

    /// Writes a row group; nothing for no rows.
    pub(crate) fn write(&mut self, batch: &Batch) -> PolarsResult<()> {
        if batch.rows > 0 {
            self.inner.write_batch(&frame(batch)?)?;
        }
        Ok(())
    }

    /// Ends the table.
    pub(crate) fn finish(&self) -> PolarsResult<()> {
        self.inner.finish().map(|_| ())
    }
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text | Kind::Code => DataType::String,
        Kind::Int => DataType::Int64,
        Kind::Money => DataType::Decimal(18, 2),
        Kind::Points => DataType::Decimal(9, 4),
        Kind::Rate | Kind::Number => DataType::Float64,
        Kind::Flag => DataType::Boolean,
    }
}

/// The frame of a batch.
pub(crate) fn frame(batch: &Batch) -> PolarsResult<DataFrame> {
    let columns = batch.columns.iter().zip(&batch.data).map(|(c, data)| column(c, data, batch));
    DataFrame::new(batch.rows, columns.collect::<PolarsResult<Vec<Column>>>()?)
}

fn column(column: &TableColumn, data: &Data, batch: &Batch) -> PolarsResult<Column> {
    let name = column.name;
    Ok(match data {
        Data::Text(ids) => {
            StringChunked::from_iter_options(name.into(), ids.iter().map(|&id| batch.pool.get(id))).into_column()
        }
        Data::Int(v) => match column.kind {
            Kind::Money => decimal(name, v, 18, 2)?,
            Kind::Points => decimal(name, v, 9, 4)?,
            Kind::Int | Kind::Text | Kind::Code | Kind::Rate | Kind::Number | Kind::Flag => {
                Int64Chunked::from_slice_options(name.into(), v).into_column()
            }
        },
        Data::Decimal(v) => {
            let values = v.iter().map(|d| d.map(crate::quantity::Decimal::to_f64));
            Float64Chunked::from_iter_options(name.into(), values).into_column()
        }
        Data::Flag(v) => BooleanChunked::from_slice_options(name.into(), v).into_column(),
    })
}

/// Never a cast: casts round half to even.
fn decimal(name: &str, values: &[Option<i64>], precision: usize, scale: usize) -> PolarsResult<Column> {
    let wide = Int128Chunked::from_iter_options(name.into(), values.iter().map(|v| v.map(i128::from)));
    Ok(wide.into_decimal(precision, scale)?.into_series().into_column())
}
