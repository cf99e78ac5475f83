//! The packed rows of all files, in a few large pieces of memory.
//!
//! Why: rows stay from the reading of their file to the writing of the tables, among millions of things that do not. Kept
//! one by one they would hold open every page of memory that they stand on; a piece as large as these is the system's own
//! again as soon as the rows are written.
//!
//! Input → output: [`Packed`] in whatever order → a [`Slot`] each; slots → the rows. Nothing is moved or changed.

use super::{Block, Packed, Part};
use std::sync::{Mutex, PoisonError};

/// Bytes of a piece. Only what is written of it takes memory.
const PIECE: usize = 1 << 26;

/// Takes rows, from any thread.
#[derive(Debug, Default)]
pub struct Shelf {
    pieces: Mutex<Vec<Vec<u8>>>,
}

/// Where the rows of a file stand; by default there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slot {
    piece: usize,
    at: usize,
    len: usize,
}

impl Slot {
    /// Bytes held.
    pub const fn len(self) -> usize {
        self.len
    }

    /// Whether there is nothing.
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }
}

impl Shelf {
    /// Keeps the rows of a file.
    pub fn keep(&self, rows: &Packed) -> Slot {
        let bytes = rows.bytes();
        if bytes.is_empty() {
            return Slot::default();
        }
        let mut pieces = self.pieces.lock().unwrap_or_else(PoisonError::into_inner);
        if pieces.last().is_none_or(|piece| piece.capacity() - piece.len() < bytes.len()) {
            pieces.push(Vec::with_capacity(bytes.len().max(PIECE)));
        }
        let count = pieces.len();
        let Some(piece) = pieces.last_mut() else { return Slot::default() };
        let at = piece.len();
        piece.extend_from_slice(bytes);
        Slot { piece: count - 1, at, len: bytes.len() }
    }

    /// The rows, when all files are read.
    pub fn close(self) -> Shelved {
        Shelved { pieces: self.pieces.into_inner().unwrap_or_else(PoisonError::into_inner) }
    }
}

/// The rows of all files, to be looked up.
#[derive(Debug, Clone, Default)]
pub struct Shelved {
    pieces: Vec<Vec<u8>>,
}

impl Shelved {
    /// The rows of a slot as bytes.
    pub fn bytes(&self, slot: Slot) -> &[u8] {
        let piece = self.pieces.get(slot.piece).map(Vec::as_slice).unwrap_or_default();
        slot.at.checked_add(slot.len).and_then(|end| piece.get(slot.at..end)).unwrap_or_default()
    }

    /// The wanted rows of a slot. `None`: these bytes are none, which only a damaged cache brings about.
    pub fn open(&self, slot: Slot, wanted: &[Part]) -> Option<Block> {
        Block::unpack(self.bytes(slot), wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, PIECE, Packed, Part, Shelf, Slot};

    #[test]
    fn rows_come_back_as_they_were_kept() {
        let shelf = Shelf::default();
        let (small, large) = (Packed::of_bytes(vec![1, 2, 3]), Packed::of_bytes(vec![7; PIECE + 1]));
        let slots = [&small, &Packed::default(), &large, &small].map(|rows| shelf.keep(rows));
        assert_eq!(slots.map(Slot::len), [3, 0, PIECE + 1, 3]);
        let shelved = shelf.close();
        let [first, none, second, third] = slots.map(|slot| shelved.bytes(slot));
        assert_eq!((first, none, third), (small.bytes(), &[][..], small.bytes()));
        assert!(second == large.bytes());
        assert_eq!(shelved.open(Slot::default(), &[Part::Figures]), Some(Block::default()));
    }
}
