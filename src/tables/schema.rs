//! What a column is, and how a row gives its values.

use crate::finding::Words;
use crate::quantity::{Decimal, Money, Points, Text};

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text that comes from the input: guarded against becoming a formula in CSV.
    Text,
    /// Text of the program's own: codes, plain numbers as text.
    Code,
    /// A whole number.
    Int,
    /// Yuan with two decimals.
    Money,
    /// Points with up to four decimals.
    Points,
    /// A fraction, 1 = 100 %.
    Rate,
    /// A plain decimal.
    Number,
    /// `true` or `false`.
    Flag,
}

/// One value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Not given.
    Null,
    /// Text.
    Text(&'a str),
    /// Text by its number in the pool of the batch that the row is for.
    Pooled(u32),
    /// A whole number.
    Int(i64),
    /// Money.
    Money(Money),
    /// Points.
    Points(Points),
    /// A rate or plain decimal.
    Decimal(Decimal),
    /// A flag.
    Flag(bool),
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// What it means.
    pub about: Words,
}

/// A row of a table.
pub trait Row {
    /// Name of the table.
    const TABLE: &'static str;
    /// What a row is.
    const ABOUT: Words;
    /// Its columns in order.
    const COLUMNS: &'static [Column];
    /// Shows the values in the order of the columns.
    fn each(&self, see: &mut impl See);
}

/// Sees the values of a row one after another.
pub trait See {
    /// The next one.
    fn see(&mut self, value: Value<'_>);
}

/// Text by its number in the pool of a batch, so that rows made from the same texts over and over need not look them up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pooled(pub(crate) u32);

/// A Rust type that can stand in a column.
pub trait Cell {
    /// As a value of a row.
    fn value(&self) -> Value<'_>;
}

impl<T: Cell> Cell for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Cell::value)
    }
}

macro_rules! cells {
    ($($type:ty => |$v:ident| $value:expr;)+) => { $(impl Cell for $type { fn value(&self) -> Value<'_> { let $v = self; $value } })+ };
}

cells! {
    Text => |v| Value::Text(v);
    Pooled => |v| Value::Pooled(v.0);
    String => |v| Value::Text(v);
    &'static str => |v| Value::Text(v);
    u32 => |v| Value::Int(i64::from(*v));
    u16 => |v| Value::Int(i64::from(*v));
    u64 => |v| Value::Int(i64::try_from(*v).unwrap_or(i64::MAX));
    Money => |v| Value::Money(*v);
    Points => |v| Value::Points(*v);
    Decimal => |v| Value::Decimal(*v);
    bool => |v| Value::Flag(*v);
}

/// A Rust type that can be read from a column.
pub trait Stored: Sized {
    /// From a value of a row. `None`: a value of another type, or none where one must be.
    fn stored(value: Value<'_>) -> Option<Self>;
}

impl<T: Stored> Stored for Option<T> {
    fn stored(value: Value<'_>) -> Option<Self> {
        if value == Value::Null { Some(None) } else { T::stored(value).map(Some) }
    }
}

macro_rules! stored {
    ($($type:ty => $pattern:pat => $made:expr;)+) => {
        $(impl Stored for $type {
            fn stored(value: Value<'_>) -> Option<Self> {
                let $pattern = value else { return None };
                $made
            }
        })+
    };
}

stored! {
    Text => Value::Text(v) => Some(v.into());
    u32 => Value::Int(v) => v.try_into().ok();
    u16 => Value::Int(v) => v.try_into().ok();
    u64 => Value::Int(v) => v.try_into().ok();
    Money => Value::Money(v) => Some(v);
    Points => Value::Points(v) => Some(v);
    Decimal => Value::Decimal(v) => Some(v);
    bool => Value::Flag(v) => Some(v);
}

/// A row that can be read back from a table.
pub trait StoredRow: Row + Sized {
    /// From the values of its columns, by name.
    ///
    /// # Errors
    /// The name of the first column whose value does not fit.
    fn stored<'v>(get: impl Fn(&'static str) -> Value<'v>) -> Result<Self, &'static str>;
}

/// Declares tables: the row type and its columns, each with its meaning in both languages.
macro_rules! tables {
    ($(
        $(#[doc = $doc:literal])+
        $row:ident $(<$text:ident>)? = $table:literal, $zh:literal / $en:literal {
            $($field:ident: $type:ty, $kind:ident, $czh:literal / $cen:literal;)+
        }
    )+) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $row $(<$text = Text>)? { $(#[doc = $cen] pub $field: $type,)+ }
        impl $(<$text: crate::tables::schema::Cell>)? crate::tables::Row for $row $(<$text>)? {
            const TABLE: &'static str = $table;
            const ABOUT: crate::finding::Words = crate::finding::Words::new($zh, $en);
            const COLUMNS: &'static [crate::tables::Column] = &[$(crate::tables::Column {
                name: stringify!($field),
                kind: crate::tables::Kind::$kind,
                about: crate::finding::Words::new($czh, $cen),
            },)+];
            fn each(&self, see: &mut impl crate::tables::See) {
                use crate::tables::schema::Cell as _;
                $(see.see(self.$field.value());)+
            }
        }
        impl $(<$text: crate::tables::schema::Cell + crate::tables::schema::Stored>)? crate::tables::schema::StoredRow for $row $(<$text>)? {
            fn stored<'v>(get: impl Fn(&'static str) -> crate::tables::Value<'v>) -> Result<Self, &'static str> {
                use crate::tables::schema::Stored;
                Ok(Self { $($field: Stored::stored(get(stringify!($field))).ok_or(stringify!($field))?,)+ })
            }
        }
    )+ };
}
pub(super) use tables;
