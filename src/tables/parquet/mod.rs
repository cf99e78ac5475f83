//! The tables as Parquet.
//!
//! Why an own writer: a frame per batch, hashing every text of every row again and compressing what a dictionary has made
//! small already, costs several times as much as reading the workbooks. The format is small (Apache Parquet 2.x: pages
//! uncompressed, dictionaries, run lengths); the tests read the files back with another reader.
//!
//! Types: money `Decimal(18, 2)` as INT64, points `Decimal(9, 4)` as INT32, both whole numbers already; rates and plain
//! numbers DOUBLE, the nearest of the exact decimal; counts and ranks INT64; flags BOOLEAN; text UTF-8. Every column is
//! optional; a null is a null. The bytes depend on the rows alone: row groups are the batches given.

mod column;
mod hybrid;
mod thrift;

use super::batch::Batch;
use super::{Column, Kind};
use column::{Chunk, chunk, code, int, physical};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use thrift::Struct;

const MAGIC: &[u8] = b"PAR1";

/// A row group, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Group {
    rows: u64,
    chunks: Vec<Placed>,
}

/// A column of a row group: its bytes, and where its data page begins among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Placed {
    len: u64,
    data_at: u64,
    dictionary: bool,
}

impl Group {
    /// Its rows.
    pub(crate) const fn rows(&self) -> u64 {
        self.rows
    }
}

/// Writes a table in pieces.
pub(crate) struct Writer<W: Write> {
    columns: &'static [Column],
    out: W,
    at: u64,
    rows: u64,
    groups: Vec<Struct>,
}

impl<W: Write> Writer<W> {
    /// Begins a table.
    pub(crate) fn new(columns: &'static [Column], mut out: W) -> io::Result<Self> {
        out.write_all(MAGIC)?;
        Ok(Self { columns, out, at: MAGIC.len() as u64, rows: 0, groups: Vec::new() })
    }

    /// Bytes so far.
    pub(crate) const fn at(&self) -> u64 {
        self.at
    }

    /// Writes a row group; nothing for no rows.
    pub(crate) fn write(&mut self, batch: &Batch) -> io::Result<Option<Group>> {
        if batch.rows == 0 {
            return Ok(None);
        }
        let mut chunks = Vec::with_capacity(self.columns.len());
        for (column, data) in self.columns.iter().zip(&batch.data) {
            let Chunk { bytes, data_at, dictionary } = chunk(column.kind, data, batch);
            self.out.write_all(&bytes)?;
            chunks.push(Placed { len: bytes.len() as u64, data_at: data_at as u64, dictionary });
        }
        let group = Group { rows: batch.rows as u64, chunks };
        self.describe(&group);
        Ok(Some(group))
    }

    /// Writes row groups of another table with the same columns as they stand.
    pub(crate) fn paste(&mut self, groups: &[Group], bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        for group in groups {
            self.describe(group);
        }
        Ok(())
    }

    /// Describes the row group that has just been written.
    fn describe(&mut self, group: &Group) {
        let begin = self.at;
        let mut chunks = Vec::with_capacity(group.chunks.len());
        for (column, chunk) in self.columns.iter().zip(&group.chunks) {
            chunks.push(described(column, *chunk, self.at, group.rows));
            self.at += chunk.len;
        }
        let size = long(self.at - begin);
        let described = Struct::new()
            .structs(1, chunks.into_iter())
            .i64(2, size)
            .i64(3, long(group.rows))
            .i64(5, long(begin))
            .i64(6, size)
            .i16(7, i16::try_from(self.groups.len()).unwrap_or(i16::MAX));
        self.groups.push(described);
        self.rows += group.rows;
    }

    /// Ends the table and gives the writer back.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        let root = Struct::new().text(4, "schema").i32(5, int(self.columns.len()));
        let schema: Vec<Struct> = std::iter::once(root).chain(self.columns.iter().map(element)).collect();
        let footer = Struct::new()
            .i32(1, 2)
            .structs(2, schema.into_iter())
            .i64(3, long(self.rows))
            .structs(4, self.groups.into_iter())
            .text(6, "jixiao")
            .finish();
        self.out.write_all(&footer)?;
        self.out.write_all(&u32::try_from(footer.len()).unwrap_or(u32::MAX).to_le_bytes())?;
        self.out.write_all(MAGIC)?;
        Ok(self.out)
    }
}

/// A column in the schema.
fn element(column: &Column) -> Struct {
    const OPTIONAL: i32 = 1;
    const UTF8: i32 = 0;
    const DECIMAL: i32 = 5;
    let element = Struct::new().i32(1, physical(column.kind)).i32(3, OPTIONAL).text(4, column.name);
    let decimal = |element: Struct, precision, scale| {
        let logical = Struct::new().nested(5, Struct::new().i32(1, scale).i32(2, precision));
        element.i32(6, DECIMAL).i32(7, scale).i32(8, precision).nested(10, logical)
    };
    match column.kind {
        Kind::Text | Kind::Code => element.i32(6, UTF8).nested(10, Struct::new().nested(1, Struct::new())),
        Kind::Money => decimal(element, 18, 2),
        Kind::Points => decimal(element, 9, 4),
        Kind::Int | Kind::Rate | Kind::Number | Kind::Flag => element,
    }
}

/// A column of a row group in the footer; `at` is where its first page begins.
fn described(column: &Column, chunk: Placed, at: u64, rows: u64) -> Struct {
    const UNCOMPRESSED: i32 = 0;
    let size = long(chunk.len);
    let encodings: &[i32] =
        if chunk.dictionary { &[code::PLAIN, code::RLE, code::RLE_DICTIONARY] } else { &[code::PLAIN, code::RLE] };
    let meta = Struct::new()
        .i32(1, physical(column.kind))
        .i32s(2, encodings)
        .texts(3, &[column.name])
        .i32(4, UNCOMPRESSED)
        .i64(5, long(rows))
        .i64(6, size)
        .i64(7, size)
        .i64(9, long(at + chunk.data_at));
    let meta = if chunk.dictionary { meta.i64(11, long(at)) } else { meta };
    Struct::new().i64(2, long(at)).nested(3, meta)
}

fn long(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::Writer;
    use crate::quantity::{Decimal, Money, Points};
    use crate::tables::batch::Batch;
    use crate::tables::{Evaluation, Row as _};
    use polars::prelude::{AnyValue, ParquetReader, SerReader as _};
    use std::io::Cursor;

    fn evaluation(n: u32) -> Evaluation {
        let odd = !n.is_multiple_of(2);
        Evaluation {
            evaluation_id: format!("{n}-1").into(),
            file_id: n,
            sheet: "自评表".into(),
            form: "project_self_eval".into(),
            year: odd.then_some(2021),
            department_code: None,
            department: Some("民政局".into()),
            unit: n.is_multiple_of(3).then(|| "".into()),
            project_code: None,
            project: None,
            original_budget: None,
            revised_budget: Money::from_fen(i64::from(n) * 7 - 3),
            outturn: None,
            execution_rate_reported: None,
            execution_rate: odd.then(|| Decimal::new(i128::from(n), 3)).flatten(),
            execution_weight: None,
            execution_score_reported: None,
            execution_score: None,
            weight_total_reported: None,
            weight_total: None,
            score_reported: None,
            score: Points::from_scaled(i64::from(n) * 5),
            score_recomputed: None,
            grade: None,
            range: "A1:K31".into(),
            review_score: None,
            counts: n.is_multiple_of(5),
            superseded_by: None,
        }
    }

    #[test]
    fn another_reader_reads_the_same_values() {
        for count in [0_u32, 1, 8, 9, 1000] {
            let mut writer = Writer::new(Evaluation::COLUMNS, Vec::new()).unwrap();
            let mut batch = Batch::of::<Evaluation>();
            for n in 0..count {
                if batch.rows == 300 {
                    writer.write(&batch).unwrap();
                    batch.clear();
                }
                batch.push(&evaluation(n));
            }
            writer.write(&batch).unwrap();
            let frame = ParquetReader::new(Cursor::new(writer.finish().unwrap())).finish().unwrap();
            assert_eq!(frame.height(), count as usize);
            let names: Vec<&str> = Evaluation::COLUMNS.iter().map(|c| c.name).collect();
            assert_eq!(frame.get_column_names().iter().map(|n| n.as_str()).collect::<Vec<_>>(), names);
            for n in 0..count {
                let get = |name: &str| frame.column(name).unwrap().get(n as usize).unwrap().into_static();
                let row = evaluation(n);
                assert_eq!(get("evaluation_id").get_str(), Some(row.evaluation_id.as_ref()));
                assert_eq!(get("unit").get_str(), row.unit.as_deref(), "null is not the empty text");
                assert_eq!(get("file_id"), AnyValue::Int64(n.into()));
                assert_eq!(get("year").is_null(), row.year.is_none());
                assert_eq!(get("counts"), AnyValue::Boolean(row.counts));
                assert_eq!(get("revised_budget"), AnyValue::Decimal((i64::from(n) * 7 - 3).into(), 18, 2));
                assert_eq!(get("score"), AnyValue::Decimal((i64::from(n) * 5).into(), 9, 4));
                let rate = row.execution_rate.map_or(AnyValue::Null, |d| AnyValue::Float64(d.to_f64()));
                assert_eq!(get("execution_rate"), rate);
                assert!(get("grade").is_null());
            }
        }
    }
}
