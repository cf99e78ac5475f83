//! Thrift's compact protocol, as far as the metadata of Parquet needs it: writing only.
//!
//! Fields are given in ascending order of their numbers; lists hold one type.

/// Writes one struct and what is in it.
#[derive(Debug, Default)]
pub(super) struct Struct {
    bytes: Vec<u8>,
    last: i16,
}

const BOOL_FALSE: u8 = 2;
const I16: u8 = 4;
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

impl Struct {
    pub(super) fn new() -> Self {
        Self::default()
    }

    fn field(&mut self, number: i16, kind: u8) {
        if let Ok(delta @ 1..=15) = u8::try_from(number - self.last) {
            self.bytes.push(delta << 4 | kind);
        } else {
            self.bytes.push(kind);
            varint(&mut self.bytes, zigzag(number.into()));
        }
        self.last = number;
    }

    pub(super) fn no(mut self, number: i16) -> Self {
        self.field(number, BOOL_FALSE);
        self
    }

    pub(super) fn i16(mut self, number: i16, value: i16) -> Self {
        self.field(number, I16);
        varint(&mut self.bytes, zigzag(value.into()));
        self
    }

    pub(super) fn i32(mut self, number: i16, value: i32) -> Self {
        self.field(number, I32);
        varint(&mut self.bytes, zigzag(value.into()));
        self
    }

    pub(super) fn i64(mut self, number: i16, value: i64) -> Self {
        self.field(number, I64);
        varint(&mut self.bytes, zigzag(value));
        self
    }

    pub(super) fn text(mut self, number: i16, value: &str) -> Self {
        self.field(number, BINARY);
        binary(&mut self.bytes, value.as_bytes());
        self
    }

    pub(super) fn nested(mut self, number: i16, value: Self) -> Self {
        self.field(number, STRUCT);
        self.bytes.extend(value.finish());
        self
    }

    pub(super) fn structs(mut self, number: i16, values: impl ExactSizeIterator<Item = Self>) -> Self {
        self.list(number, STRUCT, values.len());
        values.for_each(|value| self.bytes.extend(value.finish()));
        self
    }

    pub(super) fn texts(mut self, number: i16, values: &[&str]) -> Self {
        self.list(number, BINARY, values.len());
        for value in values {
            binary(&mut self.bytes, value.as_bytes());
        }
        self
    }

    pub(super) fn i32s(mut self, number: i16, values: &[i32]) -> Self {
        self.list(number, I32, values.len());
        for &value in values {
            varint(&mut self.bytes, zigzag(value.into()));
        }
        self
    }

    fn list(&mut self, number: i16, kind: u8, len: usize) {
        self.field(number, LIST);
        if let Ok(short @ 0..=14) = u8::try_from(len) {
            self.bytes.push(short << 4 | kind);
        } else {
            self.bytes.push(0xF0 | kind);
            varint(&mut self.bytes, len as u64);
        }
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}

#[expect(clippy::cast_sign_loss, reason = "the zigzag code is the bit pattern")]
fn zigzag(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)) as u64
}

/// Seven bits a byte, the lowest first.
pub(super) fn varint(out: &mut Vec<u8>, mut n: u64) {
    loop {
        let low = u8::try_from(n & 0x7F).unwrap_or(0);
        n >>= 7;
        if n == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

fn binary(out: &mut Vec<u8>, bytes: &[u8]) {
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::{Struct, varint};

    #[test]
    fn as_the_protocol_says() {
        let mut out = Vec::new();
        varint(&mut out, 300);
        assert_eq!(out, [0xAC, 0x02]);
        let inner = Struct::new().i32(1, -1);
        let outer = Struct::new().i32(1, 1).text(4, "ab").nested(20, inner).i32s(21, &[0, 2]).no(22);
        let expected = [0x15, 2, 0x38, 2, b'a', b'b', 0x0C, 40, 0x15, 1, 0, 0x19, 0x25, 0, 4, 0x12, 0];
        assert_eq!(outer.finish(), expected);
    }
}
