//! Packages as parts and back.

use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A part of a package: name and content.
pub(crate) type Part = (String, Vec<u8>);

/// The parts of a package, `None` where the bytes are none.
pub(crate) fn parts(bytes: &[u8]) -> Option<Vec<Part>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for n in 0..archive.len() {
        let mut member = archive.by_index(n).ok()?;
        let name = String::from_utf8_lossy(member.name_raw()).into_owned();
        let mut content = Vec::new();
        member.read_to_end(&mut content).ok()?;
        parts.push((name, content));
    }
    Some(parts)
}

/// A package of parts; `None` where the names cannot be written.
pub(crate) fn package(parts: &[Part], method: CompressionMethod) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default().compression_method(method)).ok()?;
        zip.write_all(content).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
