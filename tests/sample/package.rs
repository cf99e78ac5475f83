//! Zip containers: packages of workbooks, and bundles with names in GBK.

use super::district::Made;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default())
}

/// A package of parts; one called `mimetype` is stored, as `OpenDocument` wants it.
pub(crate) fn package(parts: &[(&str, Vec<u8>)]) -> Made<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, options(method))?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A bundle as Chinese Windows makes it: names in GBK without any mark of it.
///
/// The zip writer knows UTF-8 names only, so the members first get ASCII names of equal length, which are then replaced.
pub(crate) fn bundle(members: &[(String, Vec<u8>)]) -> Made<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut names = Vec::new();
    for (n, (name, bytes)) in members.iter().enumerate() {
        let (gbk, _, _) = encoding_rs::GBK.encode(name);
        let stand_in = format!("{n:@>width$}", width = gbk.len());
        zip.start_file(stand_in.as_str(), options(CompressionMethod::Deflated))?;
        zip.write_all(bytes)?;
        names.push((stand_in.into_bytes(), gbk.into_owned()));
    }
    let mut bytes = zip.finish()?.into_inner();
    for (stand_in, gbk) in names {
        replace(&mut bytes, &stand_in, &gbk);
    }
    Ok(bytes)
}

/// Replaces every occurrence by bytes of the same length.
fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    let mut at = 0;
    while let Some(window) = bytes.get_mut(at..at + from.len()) {
        if window == from {
            window.copy_from_slice(to);
        }
        at += 1;
    }
}

/// A package with the text of one part changed.
pub(crate) fn rewrite(bytes: &[u8], part: &str, change: impl Fn(&str) -> String) -> Made<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..archive.len() {
        let mut member = archive.by_index(n)?;
        let name = member.name()?.into_owned();
        let mut content = Vec::new();
        member.read_to_end(&mut content)?;
        if name == part {
            content = change(std::str::from_utf8(&content)?).into_bytes();
        }
        zip.start_file(name, options(CompressionMethod::Deflated))?;
        zip.write_all(&content)?;
    }
    Ok(zip.finish()?.into_inner())
}
