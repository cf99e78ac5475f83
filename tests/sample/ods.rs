//! Sheets → .ods. Formulas become their results.

use super::district::Made;
use super::package;
use super::sheet::{Sheet, Slot, Style, Value};
use std::fmt::Write;

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";
const NAMES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.2""#;

/// Writes a workbook.
pub(crate) fn ods(sheets: &[Sheet]) -> Made<Vec<u8>> {
    let mut content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {NAMES}><office:automatic-styles>{}</office:automatic-styles><office:body><office:spreadsheet>",
        styles()?
    );
    for sheet in sheets {
        table(&mut content, sheet)?;
    }
    content.push_str("</office:spreadsheet></office:body></office:document-content>");
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{KIND}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    package::package(&[
        ("mimetype", KIND.as_bytes().to_vec()),
        ("META-INF/manifest.xml", manifest.into_bytes()),
        ("content.xml", content.into_bytes()),
    ])
}

fn styles() -> Made<String> {
    let mut out = String::from(
        "<number:number-style style:name=\"N4\"><number:number number:decimal-places=\"2\" number:min-integer-digits=\"1\" number:grouping=\"true\"/></number:number-style>\
         <number:percentage-style style:name=\"N10\"><number:number number:decimal-places=\"2\" number:min-integer-digits=\"1\"/><number:text>%</number:text></number:percentage-style>",
    );
    for (n, style) in Style::ALL.iter().enumerate() {
        let data = match style {
            Style::Number => " style:data-style-name=\"N4\"",
            Style::Percent => " style:data-style-name=\"N10\"",
            _ => "",
        };
        let border = if style.bordered() { " fo:border=\"0.06pt solid #000000\" fo:wrap-option=\"wrap\"" } else { "" };
        let align = if style.centred() { "center" } else { "start" };
        let weight = if style.bold() { " fo:font-weight=\"bold\"" } else { "" };
        let size = if *style == Style::Title { 18 } else { 11 };
        write!(
            out,
            "<style:style style:name=\"ce{n}\" style:family=\"table-cell\"{data}><style:table-cell-properties{border} style:vertical-align=\"middle\"/>\
             <style:paragraph-properties fo:text-align=\"{align}\"/><style:text-properties fo:font-size=\"{size}pt\"{weight}/></style:style>"
        )?;
    }
    Ok(out)
}

fn table(out: &mut String, sheet: &Sheet) -> Made<()> {
    write!(
        out,
        "<table:table table:name=\"{}\"><table:table-column table:number-columns-repeated=\"{}\"/>",
        escape(&sheet.name),
        sheet.width()
    )?;
    for slots in sheet.rows() {
        out.push_str("<table:table-row>");
        let mut next = 0;
        for slot in &slots {
            if slot.col > next {
                write!(out, "<table:table-cell table:number-columns-repeated=\"{}\"/>", slot.col - next)?;
            }
            cell(out, slot)?;
            next = slot.col + 1;
        }
        // As LibreOffice closes a row: the rest of the sheet, repeated.
        write!(out, "<table:table-cell table:number-columns-repeated=\"{}\"/></table:table-row>", 1024 - next)?;
    }
    out.push_str("<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row></table:table>");
    Ok(())
}

fn cell(out: &mut String, slot: &Slot<'_>) -> Made<()> {
    let style = Style::ALL.iter().position(|known| *known == slot.style).ok_or("unknown style")?;
    if slot.covered {
        write!(out, "<table:covered-table-cell table:style-name=\"ce{style}\"/>")?;
        return Ok(());
    }
    write!(out, "<table:table-cell table:style-name=\"ce{style}\"")?;
    if let Some(merge) = slot.merge {
        let (columns, rows) = (merge.right - merge.left + 1, merge.bottom - merge.top + 1);
        write!(out, " table:number-columns-spanned=\"{columns}\" table:number-rows-spanned=\"{rows}\"")?;
    }
    match slot.value {
        Some(Value::Text(text)) => {
            out.push_str(" office:value-type=\"string\">");
            for line in text.split('\n') {
                write!(out, "<text:p>{}</text:p>", escape(line))?;
            }
            out.push_str("</table:table-cell>");
        }
        Some(Value::Number(number) | Value::Formula(_, number)) => {
            let kind = if slot.style == Style::Percent { "percentage" } else { "float" };
            write!(
                out,
                " office:value-type=\"{kind}\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>"
            )?;
        }
        None => out.push_str("/>"),
    }
    Ok(())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
