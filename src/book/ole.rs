//! OLE containers, read just far enough to get one stream. Source: MS-CFB.
//!
//! Invariants: chains of sectors are followed at most as many steps as there are sectors; nothing is allocated that the
//! file does not hold.

use super::xml::{Fault, Scan, fault};

/// The first bytes of a container.
pub(crate) const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

const CUT: Fault = fault("OLE 容器不完整", "an OLE container that is cut short");
const LOOP: Fault =
    fault("OLE 容器的扇区链有环或超出范围", "a chain of sectors that loops or leads out of the container");

/// The largest number of a regular sector.
const LAST_SECTOR: u32 = 0xFFFF_FFF9;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;

/// A container with its directory.
#[derive(Debug)]
pub(crate) struct Container<'a> {
    data: &'a [u8],
    shift: u32,
    table: Vec<u32>,
    small_table: Vec<u32>,
    small_cutoff: u64,
    entries: Vec<Entry>,
}

/// An entry of the directory.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Its name.
    pub(crate) name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u64,
}

fn u16_at(x: &[u8], at: usize) -> Scan<u16> {
    x.get(at..at + 2).and_then(|x| x.try_into().ok()).map(u16::from_le_bytes).ok_or(CUT)
}

fn u32_at(x: &[u8], at: usize) -> Scan<u32> {
    x.get(at..at + 4).and_then(|x| x.try_into().ok()).map(u32::from_le_bytes).ok_or(CUT)
}

fn numbers(x: &[u8]) -> impl Iterator<Item = u32> {
    x.chunks_exact(4).filter_map(|x| x.try_into().ok()).map(u32::from_le_bytes)
}

fn index(n: u32) -> Scan<usize> {
    usize::try_from(n).map_err(|_| LOOP)
}

impl<'a> Container<'a> {
    /// Reads header, tables and directory.
    pub(crate) fn open(data: &'a [u8]) -> Scan<Self> {
        let shift = u32::from(u16_at(data, 30)?);
        let shift = if matches!(shift, 9 | 12) { shift } else { return Err(CUT) };
        let mut out = Self {
            data,
            shift,
            table: Vec::new(),
            small_table: Vec::new(),
            small_cutoff: u64::from(u32_at(data, 56)?),
            entries: Vec::new(),
        };
        out.read_table()?;
        let directory = out.chain(u32_at(data, 48)?, u64::MAX)?;
        out.small_table = match u32_at(data, 60)? {
            END_OF_CHAIN | u32::MAX => Vec::new(),
            start => numbers(&out.chain(start, u64::MAX)?).collect(),
        };
        let wide = u16_at(data, 26)? >= 4;
        out.entries = directory.chunks_exact(128).map(|x| entry(x, wide)).collect::<Scan<_>>()?;
        Ok(out)
    }

    /// A sector; the last one of the file may be short.
    fn sector(&self, n: u32) -> Scan<&'a [u8]> {
        if n > LAST_SECTOR {
            return Err(LOOP);
        }
        let from = index(n)?.checked_add(1).and_then(|n| n.checked_mul(1 << self.shift)).ok_or(LOOP)?;
        let to = from.saturating_add(1 << self.shift).min(self.data.len());
        self.data.get(from..to).filter(|x| !x.is_empty()).ok_or(LOOP)
    }

    /// The table of sectors: the first 109 of its own sectors stand in the header, the others in a chain.
    fn read_table(&mut self) -> Scan<()> {
        let most = (self.data.len() >> self.shift) + 1;
        let mut sectors: Vec<u32> = numbers(self.data.get(76..512).ok_or(CUT)?).collect();
        let mut next = u32_at(self.data, 68)?;
        let mut steps = 0;
        while next <= LAST_SECTOR {
            steps += 1;
            if steps > most {
                return Err(LOOP);
            }
            let more: Vec<u32> = numbers(self.sector(next)?).collect();
            let (last, body) = more.split_last().ok_or(CUT)?;
            sectors.extend(body);
            next = *last;
        }
        for sector in sectors.into_iter().filter(|&n| n <= LAST_SECTOR) {
            if self.table.len() > most.saturating_add(1 << self.shift) {
                break;
            }
            let part: Vec<u32> = numbers(self.sector(sector)?).collect();
            self.table.extend(part);
        }
        Ok(())
    }

    /// The bytes of a chain of sectors, at most `size`.
    fn chain(&self, start: u32, size: u64) -> Scan<Vec<u8>> {
        let mut out = Vec::new();
        let mut next = start;
        let mut steps = 0;
        while next != END_OF_CHAIN && (out.len() as u64) < size {
            steps += 1;
            if steps > self.table.len().saturating_add(1) {
                return Err(LOOP);
            }
            out.extend_from_slice(self.sector(next)?);
            next = *self.table.get(index(next)?).ok_or(LOOP)?;
        }
        out.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        Ok(out)
    }

    /// The bytes of a stream: of the size that the directory says, else the container is cut.
    pub(crate) fn stream(&self, entry: &Entry) -> Scan<Vec<u8>> {
        if entry.size > self.data.len() as u64 {
            return Err(CUT);
        }
        if entry.size >= self.small_cutoff {
            let out = self.chain(entry.start, entry.size)?;
            return if out.len() as u64 == entry.size { Ok(out) } else { Err(CUT) };
        }
        let root = self.entries.iter().find(|entry| entry.kind == 5).ok_or(CUT)?;
        let small = self.chain(root.start, root.size)?;
        let mut out = Vec::new();
        let mut next = entry.start;
        let mut steps = 0;
        while next != END_OF_CHAIN && (out.len() as u64) < entry.size {
            steps += 1;
            if steps > self.small_table.len() {
                return Err(LOOP);
            }
            let from = index(next)?.checked_mul(64).ok_or(LOOP)?;
            let to = from.saturating_add(64).min(small.len());
            out.extend_from_slice(small.get(from..to).filter(|x| !x.is_empty()).ok_or(LOOP)?);
            next = *self.small_table.get(index(next)?).ok_or(LOOP)?;
        }
        out.truncate(usize::try_from(entry.size).unwrap_or(usize::MAX));
        if out.len() as u64 == entry.size { Ok(out) } else { Err(CUT) }
    }

    /// The entries at the top: storages of embedded objects have streams of the same names. Where the tree is broken, all
    /// entries.
    pub(crate) fn top(&self) -> Vec<&Entry> {
        let mut out = Vec::new();
        let mut seen = vec![false; self.entries.len()];
        let mut todo = vec![self.entries.first().map_or(u32::MAX, |root| root.child)];
        while let Some(n) = todo.pop() {
            let Some((i, entry)) = index(n).ok().and_then(|i| Some((i, self.entries.get(i)?))) else { continue };
            let Some(seen) = seen.get_mut(i) else { continue };
            if std::mem::replace(seen, true) || entry.kind == 0 {
                continue;
            }
            out.push(entry);
            todo.extend([entry.left, entry.right]);
        }
        if out.is_empty() { self.entries.iter().filter(|entry| matches!(entry.kind, 1 | 2)).collect() } else { out }
    }

    /// The stream at the top with this name, whatever its case.
    pub(crate) fn find(&self, name: &str) -> Option<&Entry> {
        self.top().into_iter().find(|entry| entry.kind == 2 && entry.name.eq_ignore_ascii_case(name))
    }
}

fn entry(x: &[u8], wide: bool) -> Scan<Entry> {
    let len = usize::from(u16_at(x, 64)?).saturating_sub(2).min(62);
    let units = x.get(..len).unwrap_or_default().chunks_exact(2).filter_map(|x| x.try_into().ok());
    let name = char::decode_utf16(units.map(u16::from_le_bytes)).map(|c| c.unwrap_or('\u{FFFD}')).collect();
    let high = if wide { u64::from(u32_at(x, 124)?) } else { 0 };
    Ok(Entry {
        name,
        kind: x.get(66).copied().unwrap_or(0),
        left: u32_at(x, 68)?,
        right: u32_at(x, 72)?,
        child: u32_at(x, 76)?,
        start: u32_at(x, 116)?,
        size: high << 32 | u64::from(u32_at(x, 120)?),
    })
}
