//! Tables of a former run, read back.
//!
//! Input → output: the bytes of a Parquet file that a run wrote → its rows. A table of an older version may lack columns that
//! were added since, which read as null where null may stand; unknown columns are left aside.
//!
//! Invariants: money and points come back exactly; rates, which are stored as the nearest double, at twelve places, as they
//! were computed.

use super::schema::StoredRow;
use super::{Kind, Row, Value};
use crate::quantity::{Decimal, Money, Points};
use polars::error::PolarsError;
use polars::prelude::{AnyValue, Column, DataFrame, Series};
use polars_io::SerReader as _;
use polars_io::parquet::read::ParquetReader;
use std::io::Cursor;

/// Why a table could not be read back.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// No Parquet, or a damaged one.
    #[error(transparent)]
    Parquet(#[from] PolarsError),
    /// A value that its column cannot hold.
    #[error("column {column}, row {row}")]
    Value {
        /// Its column.
        column: &'static str,
        /// Its row from 1.
        row: usize,
    },
}

/// The rows of a table.
///
/// # Errors
/// The bytes are no Parquet file, or a column is of another type.
pub fn read_table<R: StoredRow>(bytes: Vec<u8>) -> Result<Vec<R>, TableError> {
    let frame = ParquetReader::new(Cursor::new(bytes)).finish()?;
    let columns = Columns::of::<R>(&frame);
    let row = |index| {
        let get = |name| columns.value(name, index);
        R::stored(get).map_err(|column| TableError::Value { column, row: index + 1 })
    };
    (0..frame.height()).map(row).collect()
}

/// The columns of a table, in the order of their declaration.
struct Columns<'f> {
    declared: &'static [super::Column],
    found: Vec<Option<&'f Series>>,
}

impl<'f> Columns<'f> {
    fn of<R: Row>(frame: &'f DataFrame) -> Self {
        let found =
            R::COLUMNS.iter().map(|declared| frame.column(declared.name).ok().map(Column::as_materialized_series));
        Self { declared: R::COLUMNS, found: found.collect() }
    }

    fn value(&self, name: &str, row: usize) -> Value<'f> {
        let both = self.declared.iter().zip(&self.found).find(|(declared, _)| declared.name == name);
        let Some((declared, Some(column))) = both else { return Value::Null };
        column.get(row).ok().and_then(|value| typed(declared.kind, &value)).unwrap_or(Value::Null)
    }
}

/// Places of a rate.
const RATE_PLACES: u8 = 12;

fn typed<'f>(kind: Kind, value: &AnyValue<'f>) -> Option<Value<'f>> {
    Some(match (kind, value) {
        (Kind::Text | Kind::Code, AnyValue::String(text)) => Value::Text(text),
        (Kind::Int, value) => Value::Int(value.extract::<i64>()?),
        (Kind::Money, AnyValue::Decimal(fen, _, 2)) => Value::Money(Money::from_fen(i64::try_from(*fen).ok()?)?),
        (Kind::Points, AnyValue::Decimal(scaled, _, 4)) => {
            Value::Points(Points::from_scaled(i64::try_from(*scaled).ok()?)?)
        }
        (Kind::Rate | Kind::Number, AnyValue::Float64(number)) => {
            Value::Decimal(Decimal::from_f64(*number)?.round(RATE_PLACES))
        }
        (Kind::Flag, AnyValue::Boolean(flag)) => Value::Flag(*flag),
        (_, _) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::read_table;
    use crate::quantity::{Decimal, Money, Points};
    use crate::tables::batch::Batch;
    use crate::tables::parquet::Writer;
    use crate::tables::{Department, Row};
    use proptest::prelude::*;

    fn parquet<R: Row>(rows: &[R]) -> Vec<u8> {
        let mut writer = Writer::new(R::COLUMNS, Vec::new()).unwrap();
        let mut batch = Batch::of::<R>();
        for row in rows {
            batch.push(row);
        }
        writer.write(&batch).unwrap();
        writer.finish().unwrap()
    }

    fn department((name, n, fen, points): (String, u32, Option<i64>, Option<i64>)) -> Department {
        Department {
            department_code: name.chars().next().map(|c| c.to_string().into()),
            department: name.as_str().into(),
            category: None,
            expected: n.is_multiple_of(2),
            submitted: n.is_multiple_of(3),
            projects: n,
            original_budget: None,
            revised_budget: fen.and_then(Money::from_fen),
            outturn: Money::from_fen(i64::from(n)),
            execution_rate: Decimal::from_int(n.into()).div(Decimal::from_int(7), 12),
            mean_score: None,
            weighted_score: None,
            score: points.and_then(Points::from_scaled),
            grade: Some("优".into()),
            rank: Some(n).filter(|n| *n > 0),
            rank_in_category: None,
            findings_error: n,
            findings_warning: 0,
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(
            rows in proptest::collection::vec((".{0,8}", 0_u32..5000, proptest::option::of(-10_i64.pow(15)..10_i64.pow(15)),
                proptest::option::of(-999_999_999_i64..999_999_999)), 0..20)
        ) {
            let rows: Vec<Department> = rows.into_iter().map(department).collect();
            prop_assert_eq!(read_table::<Department>(parquet(&rows)).unwrap(), rows);
        }
    }

    #[test]
    fn what_is_no_table_says_so() {
        assert!(read_table::<Department>(b"PAR1".to_vec()).is_err());
        let mut cut = parquet(&[department(("甲".to_owned(), 1, None, None))]);
        cut.truncate(cut.len() - 9);
        assert!(read_table::<Department>(cut).is_err());
    }
}
