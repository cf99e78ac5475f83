//! What the allocator is to learn before much is read.
//!
//! Why: the allocator of Linux gives memory back to the system as soon as a few hundred kilobytes of it lie free, which is
//! after every other file, and takes it anew, cleared, for the next one. Freeing one large piece teaches it to keep more
//! (mallopt(3), `M_MMAP_THRESHOLD`); half of all page faults of a run are gone, and its peak is what it was. Other allocators
//! do not care.

use std::hint::black_box;

/// Just below the largest piece that teaches anything.
const PIECE: usize = 31 << 20;

/// Frees a large piece that nobody has touched, so that no memory is needed for it.
pub(super) fn keep_what_is_freed() {
    let mut piece: Vec<u8> = Vec::new();
    // Where there is none, there is nothing to keep.
    let _ = piece.try_reserve_exact(PIECE);
    drop(black_box(piece));
}
