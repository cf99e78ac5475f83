//! Parts of archives met before, byte for byte.
//!
//! Why: a template hands its theme, its formats and its relationships on to every workbook made from it, and inflating and
//! checking the same bytes a thousand times says nothing new. Input → output: the bytes of an entry as stored → what was
//! inflated from those very bytes, and passed its checksum, before.
//!
//! Invariants: found by sizes and checksum, but told by all bytes; only what came twice is kept; bounded in number and
//! bytes, beyond which everything is inflated as if never met; the outcome is the same whether a part was met or not.

use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Entries told apart; of most there is one only.
const MOST_SEEN: usize = 16_384;
/// Parts kept.
const MOST_KEPT: usize = 192;
/// Bytes of a part that is kept, inflated.
const LARGEST: u64 = 96 << 10;

/// What an entry is found by: checksum, size, size as stored.
pub(super) type Key = (u32, u64, u64);

/// A part as stored and as inflated.
#[derive(Debug)]
pub(super) struct Part {
    stored: Box<[u8]>,
    /// As inflated.
    pub(super) bytes: Box<[u8]>,
}

#[derive(Debug, Default)]
struct Met {
    /// Nothing yet of what came once.
    parts: HashMap<Key, Option<Arc<Part>>, RandomState>,
    kept: usize,
}

static MET: LazyLock<Mutex<Met>> = LazyLock::new(Mutex::default);

/// What these bytes were inflated to before.
pub(super) fn before(key: Key, stored: &[u8]) -> Option<Arc<Part>> {
    // A poisoned lock still guards whole parts.
    let met = MET.lock().unwrap_or_else(PoisonError::into_inner);
    let part = met.parts.get(&key)?.clone()?;
    drop(met);
    (*part.stored == *stored).then_some(part)
}

/// Notes what bytes were inflated to, and that it passed its checksum.
pub(super) fn note(key: Key, stored: &[u8], bytes: &[u8]) {
    if key.1 > LARGEST || key.2 > LARGEST {
        return;
    }
    let mut met = MET.lock().unwrap_or_else(PoisonError::into_inner);
    let (seen, kept) = (met.parts.len(), met.kept);
    match met.parts.get_mut(&key) {
        Some(place @ None) if kept < MOST_KEPT => {
            *place = Some(Arc::new(Part { stored: stored.into(), bytes: bytes.into() }));
            met.kept += 1;
        }
        None if seen < MOST_SEEN => {
            met.parts.insert(key, None);
        }
        Some(_) | None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{before, note};

    #[test]
    fn what_came_twice_is_known_by_all_its_bytes() {
        let (stored, bytes) = (b"as stored", b"as inflated");
        let key = (0xFEED_BEEF, bytes.len() as u64, stored.len() as u64);
        assert!(before(key, stored).is_none());
        note(key, stored, bytes);
        assert!(before(key, stored).is_none(), "it came once");
        note(key, stored, bytes);
        assert_eq!(before(key, stored).map(|part| part.bytes.to_vec()), Some(bytes.to_vec()));
        assert!(before(key, b"As stored").is_none(), "other bytes of the same sizes and checksum");
    }

    #[test]
    fn large_parts_are_not_kept() {
        let key = (0xFEED_BEE5, 1 << 20, 3);
        for _ in 0..3 {
            note(key, b"abc", b"");
            assert!(before(key, b"abc").is_none());
        }
    }
}
