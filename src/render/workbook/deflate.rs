//! Parts of a package, compressed piece by piece.
//!
//! Input → output: bytes → the same deflated, with their number and CRC. Pieces deflated apart can follow one another in one
//! part, because each but the last ends at a whole byte.

use crate::render::RenderError;
use flate2::{Compress, Compression, FlushCompress, Status};

/// A last block without contents: the bits 1, 01 for the fixed codes, and the code of the end, which is seven times 0.
const NOTHING_MORE: [u8; 2] = [3, 0];
/// Bytes of XML that are worth compressing at a time.
pub(super) const STRETCH: usize = 64 * 1024;
/// Bytes written into the output at a time.
const ROOM: usize = 32 * 1024;

/// Deflated bytes.
#[derive(Debug, Default, Clone)]
pub(super) struct Packed {
    /// The bytes.
    pub(super) bytes: Vec<u8>,
    /// CRC of what they were.
    pub(super) crc: crc32fast::Hasher,
    /// How many they were.
    pub(super) size: u64,
}

impl Packed {
    /// This followed by another.
    pub(super) fn then(mut self, next: &Self) -> Self {
        self.bytes.extend_from_slice(&next.bytes);
        self.crc.combine(&next.crc);
        self.size += next.size;
        self
    }
}

/// Compresses one piece after the other.
#[derive(Debug)]
pub(super) struct Packer {
    compress: Compress,
    packed: Packed,
}

impl Packer {
    /// At a level of 9.
    pub(super) fn new(level: u8) -> Self {
        Self { compress: Compress::new(Compression::new(level.into()), false), packed: Packed::default() }
    }

    /// Adds bytes to the piece.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), RenderError> {
        self.packed.crc.update(bytes);
        self.packed.size += bytes.len() as u64;
        self.run(bytes, FlushCompress::None)
    }

    /// The piece, which others follow. What comes after it refers to nothing in it.
    pub(super) fn piece(&mut self) -> Result<Packed, RenderError> {
        self.run(&[], FlushCompress::Full)?;
        Ok(std::mem::take(&mut self.packed))
    }

    /// The last piece: the stream goes on for the next part, since to begin another costs more than most parts do.
    pub(super) fn last(&mut self) -> Result<Packed, RenderError> {
        let mut packed = self.piece()?;
        packed.bytes.extend_from_slice(&NOTHING_MORE);
        Ok(packed)
    }

    fn run(&mut self, mut bytes: &[u8], flush: FlushCompress) -> Result<(), RenderError> {
        let failed = |_| RenderError::Package("deflate");
        loop {
            self.packed.bytes.reserve(ROOM);
            let before = self.compress.total_in();
            let status = self.compress.compress_vec(bytes, &mut self.packed.bytes, flush).map_err(failed)?;
            let taken = usize::try_from(self.compress.total_in() - before).unwrap_or(usize::MAX);
            bytes = bytes.get(taken..).unwrap_or_default();
            let has_room = self.packed.bytes.len() < self.packed.bytes.capacity();
            match status {
                Status::StreamEnd => return Err(RenderError::Package("deflate")),
                // With room to spare, all that was asked for is written.
                Status::Ok | Status::BufError if bytes.is_empty() && has_room => return Ok(()),
                Status::Ok | Status::BufError => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Packed, Packer};
    use std::io::Read as _;

    fn whole(packed: &Packed) -> Vec<u8> {
        let mut out = Vec::new();
        flate2::read::DeflateDecoder::new(packed.bytes.as_slice()).read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn pieces_follow_one_another() {
        let long: Vec<u8> = (0..200_000_u32).flat_map(|n| (n % 977).to_le_bytes()).collect();
        for level in [1, 3, 6] {
            let (mut head, mut rest) = (Packer::new(level), Packer::new(level));
            rest.write(&long).unwrap();
            rest.write(b"tail").unwrap();
            head.write(b"head").unwrap();
            let packed = head.piece().unwrap().then(&rest.last().unwrap());
            let all = [b"head", long.as_slice(), b"tail"].concat();
            assert_eq!(whole(&packed), all);
            assert_eq!((packed.size, packed.crc.clone().finalize()), (all.len() as u64, crc32fast::hash(&all)));
            // a part refers to nothing in those before it
            for again in [&long[..70_000], b"", b"head", &long[..30_000], b"head"] {
                head.write(again).unwrap();
                assert_eq!(whole(&head.last().unwrap()), again);
            }
        }
    }
}
