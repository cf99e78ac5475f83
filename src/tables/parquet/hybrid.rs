//! Parquet's hybrid of run lengths and packed bits, for definition levels and dictionary indices.

use super::thrift::varint;

/// Bits that hold every number below `count`.
pub(super) fn width_for(count: usize) -> u8 {
    u8::try_from(usize::BITS - count.saturating_sub(1).leading_zeros()).unwrap_or(0)
}

/// Encodes numbers of `width` bits. Eight and more equal ones are a run; what lies between is packed in groups of eight,
/// the last group filled up with zeros.
pub(super) fn encode(values: &[u32], width: u8, out: &mut Vec<u8>) {
    const GROUP: usize = 8;
    let mut rest = values;
    // How many values before the present run wait to be packed.
    let mut waiting = 0;
    let mut at = 0;
    while let Some(&value) = rest.get(at) {
        let run = rest.iter().skip(at).take_while(|&&v| v == value).count();
        // A group that waits is filled up from the run.
        let fill = (GROUP - waiting % GROUP) % GROUP;
        if run >= fill + GROUP {
            let (packed, tail) = rest.split_at(waiting + fill);
            pack(packed, width, out);
            let repeated = run - fill;
            self::run(value, repeated, width, out);
            rest = tail.get(repeated..).unwrap_or_default();
            (waiting, at) = (0, 0);
        } else {
            waiting += run;
            at += run;
        }
    }
    pack(rest, width, out);
}

/// One value so many times.
pub(super) fn run(value: u32, count: usize, width: u8, out: &mut Vec<u8>) {
    varint(out, (count as u64) << 1);
    out.extend(value.to_le_bytes().iter().take(usize::from(width).div_ceil(8)));
}

/// Values packed, the lowest bit first.
fn pack(values: &[u32], width: u8, out: &mut Vec<u8>) {
    if values.is_empty() {
        return;
    }
    let groups = values.len().div_ceil(8);
    varint(out, (groups as u64) << 1 | 1);
    let end = out.len() + groups * usize::from(width);
    let (mut buffer, mut bits) = (0_u64, 0_u8);
    for &value in values {
        buffer |= u64::from(value) << bits;
        bits += width;
        while bits >= 8 {
            out.push(u8::try_from(buffer & 0xFF).unwrap_or(0));
            buffer >>= 8;
            bits -= 8;
        }
    }
    if bits > 0 {
        out.push(u8::try_from(buffer & 0xFF).unwrap_or(0));
    }
    out.resize(end, 0);
}

#[cfg(test)]
mod tests {
    use super::{encode, width_for};
    use proptest::prelude::*;

    /// The other direction, written from the specification.
    fn decode(bytes: &[u8], width: u8, count: usize) -> Vec<u32> {
        let mut values = Vec::new();
        let mut at = 0;
        while values.len() < count && at < bytes.len() {
            let (mut header, mut shift) = (0_u64, 0);
            loop {
                header |= u64::from(bytes[at] & 0x7F) << shift;
                shift += 7;
                at += 1;
                if bytes[at - 1] < 0x80 {
                    break;
                }
            }
            if header & 1 == 0 {
                let size = usize::from(width).div_ceil(8);
                let value = (0..size).fold(0_u32, |v, i| v | u32::from(bytes[at + i]) << (8 * i));
                at += size;
                values.extend(std::iter::repeat_n(value, (header >> 1) as usize));
            } else {
                let n = (header >> 1) as usize * 8;
                for i in 0..n {
                    let value = (0..usize::from(width)).fold(0_u32, |v, b| {
                        let bit = i * usize::from(width) + b;
                        v | u32::from(bytes[at + bit / 8] >> (bit % 8) & 1) << b
                    });
                    values.push(value);
                }
                at += n * usize::from(width) / 8;
            }
        }
        values.truncate(count);
        values
    }

    #[test]
    fn widths() {
        assert_eq!([0, 1, 2, 3, 4, 5, 256, 257].map(width_for), [0, 0, 1, 2, 2, 3, 8, 9]);
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_read_again(runs in proptest::collection::vec((0_u32..40, 1_usize..30), 0..40)) {
            let values: Vec<u32> = runs.iter().flat_map(|&(v, n)| std::iter::repeat_n(v, n)).collect();
            let width = width_for(40);
            let mut bytes = Vec::new();
            encode(&values, width, &mut bytes);
            prop_assert_eq!(decode(&bytes, width, values.len()), values);
        }
    }
}
