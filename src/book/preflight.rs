//! What a file is, by its content and never by its name.
//!
//! Input → output: bytes → [`Content`], or a refusal that names what the file really is and what to do.

use super::ole::MAGIC;
use super::refusal::Outcome;
use super::types::{Format, Refusal};
use super::zip::Archive;
use crate::finding::Reason;
use crate::settings::Limits;

/// What a file holds.
#[derive(Debug)]
pub(crate) enum Content<'a> {
    /// An OOXML or `OpenDocument` package of this format.
    Package(Format, Archive<'a>),
    /// BIFF in OLE or bare, or another file in OLE.
    Biff,
    /// A bundle of files.
    Bundle(Archive<'a>),
}

/// Looks at the content.
///
/// # Errors
/// Empty, protected, damaged, or not a workbook.
pub(crate) fn look<'a>(bytes: &'a [u8], limits: &Limits) -> Outcome<Content<'a>> {
    if bytes.is_empty() {
        return Err(Refusal::new(Reason::EmptyFile, "", ""));
    }
    if bytes.starts_with(b"PK") {
        return zip(bytes, limits);
    }
    if bytes.starts_with(&MAGIC) || is_bare_biff(bytes) {
        return Ok(Content::Biff);
    }
    Err(other(bytes))
}

/// The directory of a bundle, a zip that holds no parts of a package. `None`: no bundle. Cheap on workbooks, whose first
/// entry tells.
pub(crate) fn bundle_of<'a>(bytes: &'a [u8], limits: &Limits) -> Option<Outcome<Archive<'a>>> {
    const FIRST: [&[u8]; 6] = [b"[Content_Types].xml", b"_rels/", b"xl/", b"docProps/", b"word/", b"mimetype"];
    if !bytes.starts_with(b"PK") {
        return None;
    }
    let first = bytes.get(30..).unwrap_or_default();
    if bytes.starts_with(b"PK\x03\x04") && FIRST.iter().any(|name| first.starts_with(name)) {
        return None;
    }
    match zip(bytes, limits) {
        Ok(Content::Bundle(archive)) => Some(Ok(archive)),
        Err(refusal) if refusal.format == Some(Format::Zip) => Some(Err(refusal)),
        Ok(_) | Err(_) => None,
    }
}

/// The kind of package behind a zip: by its parts, compared without case and whatever the slashes are.
fn zip<'a>(bytes: &'a [u8], limits: &Limits) -> Outcome<Content<'a>> {
    let archive = match Archive::open(bytes, "bundle_entries", limits.bundle_entries.max(limits.package_entries)) {
        Ok(archive) => archive,
        Err(refusal) => return Err(if holds_parts(bytes) { refusal } else { refusal.about(Format::Zip) }),
    };
    let names: Vec<String> = archive
        .entries
        .iter()
        .map(|entry| entry.label().replace('\\', "/").trim_start_matches('/').to_ascii_lowercase())
        .collect();
    let has = |name: &str| names.iter().any(|n| n == name);
    let starts = |prefix: &str| names.iter().any(|n| n.starts_with(prefix));
    let format = if names.iter().any(|name| name.ends_with("/workbook.bin")) {
        Format::Xlsb
    } else if starts("xl/") {
        Format::Xlsx
    } else if starts("word/") {
        Format::Docx
    } else if has("content.xml") && (has("mimetype") || starts("meta-inf/") || has("styles.xml") || names.len() == 1) {
        Format::Ods
    } else if has("[content_types].xml") || has("_rels/.rels") {
        if starts("ppt/") {
            return Err(not_a_workbook("这是 PowerPoint 演示文稿", "this is a PowerPoint presentation"));
        }
        Format::Xlsx
    } else {
        return Ok(Content::Bundle(archive));
    };
    let entries = archive.entries.len() as u64;
    if entries > u64::from(limits.package_entries) {
        return Err(Refusal::limit("package_entries", u64::from(limits.package_entries), entries).about(format));
    }
    Ok(Content::Package(format, archive))
}

/// Whether a damaged zip holds parts of a package.
fn holds_parts(bytes: &[u8]) -> bool {
    [&b"[Content_Types].xml"[..], b"xl/", b"_rels/.rels"].iter().any(|name| memchr::memmem::find(bytes, name).is_some())
}

fn is_bare_biff(bytes: &[u8]) -> bool {
    matches!(bytes, [0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x04..=0x10, 0x00, ..])
}

fn not_a_workbook(zh: &str, en: &str) -> Refusal {
    Refusal::new(Reason::NotAWorkbook, zh, en)
}

/// Names a file that is no workbook.
fn other(bytes: &[u8]) -> Refusal {
    let head = bytes.get(..bytes.len().min(2048)).unwrap_or_default();
    let trimmed = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let lower = trimmed.to_ascii_lowercase();
    let known: [(&[u8], &str, &str); 8] = [
        (b"%PDF", "这是 PDF 文件", "this is a PDF file"),
        (b"\x89PNG", "这是图片", "this is a picture"),
        (b"\xFF\xD8\xFF", "这是图片", "this is a picture"),
        (b"GIF8", "这是图片", "this is a picture"),
        (b"BM", "这是图片", "this is a picture"),
        (b"{\\rtf", "这是 RTF 文档", "this is an RTF document"),
        (b"MIME-Version", "这是网页存档（MHT）", "this is a web archive (MHT)"),
        (b"MZ", "这是可执行程序", "this is an executable program"),
    ];
    if let Some((_, zh, en)) = known.iter().find(|(magic, _, _)| trimmed.starts_with(magic)) {
        return not_a_workbook(zh, en);
    }
    let archives: [(&[u8], &str); 4] =
        [(b"Rar!", "RAR"), (b"7z\xBC\xAF\x27\x1C", "7z"), (b"\x1F\x8B", "gzip"), (b"BZh", "bzip2")];
    if let Some((_, name)) = archives.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Refusal::new(
            Reason::UnsupportedFormat,
            format!("这是 {name} 压缩包，程序只认 .zip；请解开，或改用 .zip 打包"),
            format!("this is a {name} archive, only .zip is read; unpack it, or pack it as .zip"),
        );
    }
    let holds = |needle: &[u8]| memchr::memmem::find(&lower, needle).is_some();
    if holds(b"urn:schemas-microsoft-com:office:spreadsheet") {
        return Refusal::new(Reason::UnsupportedFormat, "这是 XML 表格 2003", "this is an XML spreadsheet 2003");
    }
    if holds(b"<html") || holds(b"<!doctype html") || holds(b"<table") || lower.starts_with(b"<meta") {
        return not_a_workbook("这是网页（HTML），不是工作簿", "this is a web page (HTML), no workbook");
    }
    if holds(b"mime-version") {
        return not_a_workbook("这是网页存档（MHT）", "this is a web archive (MHT)");
    }
    if trimmed.starts_with(b"<?xml") || trimmed.starts_with(b"<") {
        return not_a_workbook("这是 XML 文本，不是工作簿", "this is XML text, no workbook");
    }
    if !head.contains(&0) && looks_like_text(head) {
        return not_a_workbook("这是纯文本（如 CSV），不是工作簿", "this is plain text (CSV, say), no workbook");
    }
    if head.iter().all(|&b| b == 0) {
        return Refusal::corrupt("内容全是空字节，可能没有传完", "nothing but zero bytes, an incomplete copy?");
    }
    not_a_workbook("认不出的内容", "content of an unknown kind")
}

fn looks_like_text(head: &[u8]) -> bool {
    let controls = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C)).count();
    controls == 0
        && (std::str::from_utf8(head).is_ok() || {
            let (_, bad) = encoding_rs::GB18030.decode_without_bom_handling(head);
            !bad || head.iter().filter(|b| b.is_ascii()).count() * 2 > head.len()
        })
}
