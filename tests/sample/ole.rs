//! One stream → an OLE compound file, version 3.

const SECTOR: usize = 512;
const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;
const FAT: u32 = 0xFFFF_FFFD;
/// Streams below this size would live in the mini stream; padding keeps ours out of it.
const CUTOFF: usize = 4096;

/// Wraps a stream. Layout: header, stream, directory, FAT.
pub(crate) fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut body = stream.to_vec();
    let size = body.len().max(CUTOFF);
    body.resize(size.next_multiple_of(SECTOR), 0);
    let data = body.len() / SECTOR;
    // Each FAT sector holds 128 entries, its own among them.
    let mut fats = 1;
    while fats * 128 < data + 1 + fats {
        fats += 1;
    }
    let number = |n: usize| u32::try_from(n).unwrap_or(FREE);

    let mut fat: Vec<u32> = (1..data).map(number).chain([END, END]).collect();
    fat.extend(std::iter::repeat_n(FAT, fats));
    fat.resize(fats * 128, FREE);

    let mut out = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    out.extend([0; 16]);
    // Minor and major version, byte order, sector sizes as powers of two.
    for n in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        out.extend(n.to_le_bytes());
    }
    out.extend([0; 10]);
    let cutoff = number(CUTOFF);
    for n in [number(fats), number(data), 0, cutoff, END, 0, END, 0] {
        out.extend(n.to_le_bytes());
    }
    for n in 0..109 {
        let sector = if n < fats { number(data + 1 + n) } else { FREE };
        out.extend(sector.to_le_bytes());
    }
    out.extend(body);
    out.extend(entry("Root Entry", 5, 1, END, 0));
    out.extend(entry(name, 2, FREE, 0, number(size)));
    out.extend(entry("", 0, FREE, 0, 0));
    out.extend(entry("", 0, FREE, 0, 0));
    for n in fat {
        out.extend(n.to_le_bytes());
    }
    out
}

/// A directory entry: name, kind, child, first sector, size.
fn entry(name: &str, kind: u8, child: u32, start: u32, size: u32) -> Vec<u8> {
    let mut out: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = if name.is_empty() { 0 } else { u16::try_from(out.len() + 2).unwrap_or(0) };
    out.resize(64, 0);
    out.extend(length.to_le_bytes());
    out.extend([kind, 1]);
    for n in [FREE, FREE, child] {
        out.extend(n.to_le_bytes());
    }
    out.extend([0; 36]);
    out.extend(start.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend([0; 4]);
    out
}
