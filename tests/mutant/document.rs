//! A form drawn as text → a document with a table.

use super::package::{Part, package};
use std::fmt::Write as _;

/// A drawn form as a table of a document: `<` goes on to the right, `^` goes on below.
pub(crate) fn document(drawing: &str) -> Option<Vec<u8>> {
    let mut body = String::from("<w:tbl>");
    for line in drawing.lines().skip_while(|line| line.starts_with('@')).take_while(|line| !line.starts_with('@')) {
        body.push_str("<w:tr>");
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        for (n, field) in fields.iter().enumerate().filter(|(_, field)| **field != "<") {
            let width = 1 + fields.iter().skip(n + 1).take_while(|next| **next == "<").count();
            let (merge, text) =
                if *field == "^" { ("<w:vMerge/>", "") } else { ("<w:vMerge w:val=\"restart\"/>", *field) };
            let text = text.replace("\\n", "</w:t><w:br/><w:t>");
            let _ = write!(
                body,
                "<w:tc><w:tcPr><w:gridSpan w:val=\"{width}\"/>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
            );
        }
        body.push_str("</w:tr>");
    }
    body.push_str("</w:tbl>");
    let part = |name: &str, content: String| -> Part { (name.to_owned(), content.into_bytes()) };
    let types = "http://schemas.openxmlformats.org/package/2006";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let parts = [
        part(
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{types}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{kind}\"/></Types>"
            ),
        ),
        part(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{types}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        part("word/document.xml", format!("<w:document xmlns:w=\"{words}\"><w:body>{body}</w:body></w:document>")),
    ];
    package(&parts, zip::CompressionMethod::Deflated)
}
