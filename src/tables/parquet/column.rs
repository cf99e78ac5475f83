//! One column of a batch → its pages.
//!
//! Text stands in a dictionary, so that a name repeated in every row costs a few bits; whole numbers do where few differ.
//! A page holds definition levels (which rows have a value), then the values that are there.

use super::hybrid;
use super::thrift::Struct;
use crate::tables::Kind;
use crate::tables::batch::{Batch, Data, NULL};
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// Numbers of the Parquet format.
pub(super) mod code {
    pub(in super::super) const BOOLEAN: i32 = 0;
    pub(in super::super) const INT32: i32 = 1;
    pub(in super::super) const INT64: i32 = 2;
    pub(in super::super) const DOUBLE: i32 = 5;
    pub(in super::super) const BYTE_ARRAY: i32 = 6;
    pub(in super::super) const PLAIN: i32 = 0;
    pub(in super::super) const RLE: i32 = 3;
    pub(in super::super) const RLE_DICTIONARY: i32 = 8;
    pub(in super::super) const DATA_PAGE: i32 = 0;
    pub(in super::super) const DICTIONARY_PAGE: i32 = 2;
}

/// How a kind of column is stored: its physical type.
pub(super) fn physical(kind: Kind) -> i32 {
    match kind {
        Kind::Text | Kind::Code => code::BYTE_ARRAY,
        Kind::Int | Kind::Money => code::INT64,
        Kind::Points => code::INT32,
        Kind::Rate | Kind::Number => code::DOUBLE,
        Kind::Flag => code::BOOLEAN,
    }
}

/// A column as bytes.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    /// Dictionary page, if there is one, then the data page.
    pub(super) bytes: Vec<u8>,
    /// Where the data page begins.
    pub(super) data_at: usize,
    /// Whether there is a dictionary.
    pub(super) dictionary: bool,
}

/// The values of a column that are there.
#[derive(Default)]
struct Values {
    /// How many there are.
    count: usize,
    /// Dictionary (how many, its bytes) and indices into it; else plain bytes.
    dictionary: Option<(usize, Vec<u8>)>,
    indices: Vec<u32>,
    plain: Vec<u8>,
}

/// The pages of a column.
pub(super) fn chunk(kind: Kind, data: &Data, batch: &Batch) -> Chunk {
    let values = match data {
        Data::Text(ids) => text(ids, batch),
        Data::Int(v) if kind == Kind::Int => whole(v),
        Data::Int(v) if kind == Kind::Points => {
            plain(v, |n, out| out.extend(i32::try_from(n).unwrap_or(i32::MAX).to_le_bytes()))
        }
        Data::Int(v) => plain(v, |n, out| out.extend(n.to_le_bytes())),
        Data::Decimal(v) => plain(v, |d, out| out.extend(d.to_f64().to_le_bytes())),
        Data::Flag(v) => flags(v),
    };
    pages(&values, data, batch.rows)
}

/// Which rows have a value: 1, or 0.
fn levels(data: &Data) -> Vec<u32> {
    match data {
        Data::Text(ids) => ids.iter().map(|&id| u32::from(id != NULL)).collect(),
        Data::Int(v) => v.iter().map(|n| u32::from(n.is_some())).collect(),
        Data::Decimal(v) => v.iter().map(|d| u32::from(d.is_some())).collect(),
        Data::Flag(v) => v.iter().map(|f| u32::from(f.is_some())).collect(),
    }
}

fn text(ids: &[u32], batch: &Batch) -> Values {
    const NEW: u32 = u32::MAX;
    let mut values = Values { indices: Vec::with_capacity(ids.len()), ..Values::default() };
    let mut own = vec![NEW; batch.pool.texts().len() + 1];
    let mut bytes = Vec::new();
    let mut count = 0_u32;
    for &id in ids {
        if id == NULL {
            continue;
        }
        let Some(slot) = usize::try_from(id).ok().and_then(|i| own.get_mut(i)) else { continue };
        if *slot == NEW {
            let text = batch.pool.get(id).unwrap_or_default();
            *slot = count;
            count += 1;
            bytes.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        values.indices.push(*slot);
    }
    values.count = values.indices.len();
    values.dictionary = Some((count as usize, bytes));
    values
}

/// Whole numbers, by a dictionary where they repeat.
fn whole(numbers: &[Option<i64>]) -> Values {
    let mut values = Values { indices: Vec::with_capacity(numbers.len()), ..Values::default() };
    let mut known: HashMap<i64, u32, RandomState> = HashMap::default();
    let mut bytes = Vec::new();
    let mut last: Option<(i64, u32)> = None;
    for &number in numbers {
        let Some(n) = number else { continue };
        let index = match last {
            Some((value, index)) if value == n => index,
            _ => {
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                *known.entry(n).or_insert_with(|| {
                    bytes.extend(n.to_le_bytes());
                    next
                })
            }
        };
        last = Some((n, index));
        values.indices.push(index);
    }
    values.count = values.indices.len();
    if known.len() * 4 <= values.count {
        values.dictionary = Some((known.len(), bytes));
    } else {
        values.plain = numbers.iter().flatten().flat_map(|n| n.to_le_bytes()).collect();
    }
    values
}

fn plain<T: Copy>(items: &[Option<T>], write: impl Fn(T, &mut Vec<u8>)) -> Values {
    let mut values = Values { plain: Vec::with_capacity(items.len() * 8), ..Values::default() };
    for item in items.iter().copied().flatten() {
        write(item, &mut values.plain);
        values.count += 1;
    }
    values
}

fn flags(items: &[Option<bool>]) -> Values {
    let given: Vec<bool> = items.iter().copied().flatten().collect();
    let packed = given.chunks(8).map(|eight| eight.iter().rev().fold(0, |byte, &flag| byte << 1 | u8::from(flag)));
    Values { count: given.len(), plain: packed.collect(), ..Values::default() }
}

fn pages(values: &Values, data: &Data, rows: usize) -> Chunk {
    let mut chunk = Chunk::default();
    if let Some((count, bytes)) = &values.dictionary {
        let header = Struct::new().i32(1, int(*count)).i32(2, code::PLAIN).no(3);
        let page = Struct::new().i32(1, code::DICTIONARY_PAGE).i32(2, int(bytes.len())).i32(3, int(bytes.len()));
        chunk.bytes = page.nested(7, header).finish();
        chunk.bytes.extend_from_slice(bytes);
        chunk.dictionary = true;
    }
    chunk.data_at = chunk.bytes.len();

    let mut marks = Vec::new();
    if values.count == rows || values.count == 0 {
        hybrid::run(u32::from(values.count > 0), rows, 1, &mut marks);
    } else {
        hybrid::encode(&levels(data), 1, &mut marks);
    }
    let mut body = u32::try_from(marks.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
    body.extend(marks);
    let encoding = if let Some((count, _)) = &values.dictionary {
        let width = hybrid::width_for(*count);
        body.push(width);
        hybrid::encode(&values.indices, width, &mut body);
        code::RLE_DICTIONARY
    } else {
        body.extend_from_slice(&values.plain);
        code::PLAIN
    };
    let header = Struct::new().i32(1, int(rows)).i32(2, encoding).i32(3, code::RLE).i32(4, code::RLE);
    let page = Struct::new().i32(1, code::DATA_PAGE).i32(2, int(body.len())).i32(3, int(body.len()));
    chunk.bytes.extend(page.nested(5, header).finish());
    chunk.bytes.extend(body);
    chunk
}

/// A size of a batch, which is far below the bound.
pub(super) fn int(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
