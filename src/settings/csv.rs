//! Small CSV files kept by the bureau: free column order, heads in Chinese or English, each record with its line.
//!
//! Input → output: text of a file → records by field. Quotation marks double inside quoted fields, which may span lines.

use super::error::{SettingsError, text};
use std::path::{Path, PathBuf};

/// A field of a file and the heads under which it may stand, the English one first. Compared without blanks and case.
pub(super) struct Head {
    pub(super) names: &'static [&'static str],
    pub(super) needed: bool,
}

/// A file as read.
pub(super) struct Records {
    path: PathBuf,
    columns: Vec<Option<usize>>,
    rows: Vec<Line>,
}

/// A record's line, from 1, and its fields.
type Line = (u64, Vec<String>);

/// One record.
pub(super) struct Record<'a> {
    path: &'a Path,
    /// Line of its beginning, from 1.
    pub(super) line: u64,
    columns: &'a [Option<usize>],
    fields: &'a [String],
}

impl Records {
    /// Reads a file whose fields are `heads`, in whatever order.
    pub(super) fn read(path: &Path, heads: &[Head]) -> Result<Self, SettingsError> {
        let mut rows = parse(&text(path)?).map_err(|(line, what)| SettingsError::at(path, line, what))?.into_iter();
        let (line, found) = rows.next().unwrap_or((1, Vec::new()));
        let mut columns = Vec::with_capacity(heads.len());
        for head in heads {
            let mut places = found.iter().enumerate().filter(|(_, name)| head.is(name)).map(|(i, _)| i);
            let place = places.next();
            if let Some(again) = places.next() {
                let name = found.get(again).map_or("", String::as_str);
                return Err(SettingsError::at(path, line, format!("表头“{name}”出现了两次 / the head stands twice")));
            }
            if place.is_none() && head.needed {
                let names = head.names.join(" / ");
                return Err(SettingsError::at(path, line, format!("缺少表头“{names}” / no such head")));
            }
            columns.push(place);
        }
        let rows = rows.filter(|(_, fields)| fields.iter().any(|f| !f.trim().is_empty())).collect();
        Ok(Self { path: path.to_owned(), columns, rows })
    }

    /// The records in the order of the file; blank lines are none.
    pub(super) fn iter(&self) -> impl Iterator<Item = Record<'_>> {
        self.rows.iter().map(|(line, fields)| Record { path: &self.path, line: *line, columns: &self.columns, fields })
    }
}

impl Head {
    fn is(&self, name: &str) -> bool {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        self.names.contains(&name.as_str())
    }
}

impl Record<'_> {
    /// The `i`-th of the heads asked for, trimmed; empty counts as absent.
    pub(super) fn get(&self, i: usize) -> Option<&str> {
        let column = (*self.columns.get(i)?)?;
        self.fields.get(column).map(|f| f.trim()).filter(|f| !f.is_empty())
    }

    /// An error about this record.
    pub(super) fn error(&self, what: impl Into<String>) -> SettingsError {
        SettingsError::at(self.path, self.line, what)
    }
}

/// Records with the line on which each begins.
fn parse(text: &str) -> Result<Vec<Line>, (u64, String)> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut field = String::new();
    let (mut line, mut start) = (1_u64, 1_u64);
    let mut quoted = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quoted) {
            ('"', Some(_)) if chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            ('"', Some(_)) => quoted = None,
            ('"', None) if field.trim().is_empty() => {
                field.clear();
                quoted = Some(line);
            }
            (',', None) => row.push(std::mem::take(&mut field)),
            ('\r', None) if chars.peek() == Some(&'\n') => {}
            ('\n' | '\r', None) => {
                row.push(std::mem::take(&mut field));
                rows.push((start, std::mem::take(&mut row)));
                line += 1;
                start = line;
            }
            (c, _) => {
                line += u64::from(c == '\n');
                field.push(c);
            }
        }
    }
    if let Some(from) = quoted {
        return Err((from, "引号没有结束 / a quotation mark is not closed".to_owned()));
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push((start, row));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn quotes_line_breaks_and_lines() {
        let rows = parse("a,b\r\n\"x\n\"\"y\"\"\",2\n\n3,4").unwrap();
        assert_eq!(rows[1], (2, vec!["x\n\"y\"".to_owned(), "2".to_owned()]));
        assert_eq!(rows[3], (5, vec!["3".to_owned(), "4".to_owned()]));
        assert_eq!(parse("a\n\"b").unwrap_err().0, 2);
    }
}
