//! Tables as the program writes them, read back.

use std::collections::BTreeMap;

/// One row of a table by column; a null is absent, an empty text is not.
pub(crate) type Row = BTreeMap<String, String>;

/// Rows of a CSV text with a head.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let mut records = records(text.trim_start_matches('\u{feff}')).into_iter();
    let head: Vec<String> = records.next().unwrap_or_default().into_iter().flatten().collect();
    records
        .map(|record| head.iter().cloned().zip(record).filter_map(|(column, field)| Some((column, field?))).collect())
        .collect()
}

/// Fields by record; an empty field without quotes is a null.
fn records(text: &str) -> Vec<Vec<Option<String>>> {
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut inside) = (false, false);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if inside && characters.peek() == Some(&'"') => field.extend(characters.next()),
            '"' => (inside, quoted) = (!inside, true),
            ',' | '\n' if !inside => {
                let value = std::mem::take(&mut field);
                record.push((quoted || !value.is_empty()).then_some(value));
                quoted = false;
                if c == '\n' {
                    records.push(std::mem::take(&mut record));
                }
            }
            '\r' if !inside => {}
            c => field.push(c),
        }
    }
    records
}

#[cfg(test)]
mod tests {
    use super::{Row, rows};

    #[test]
    fn the_csv_reader_tells_null_from_empty() {
        let read = rows("\u{feff}a,b,c\r\n1,,\"\"\r\n\"x,\"\"y\"\"\nz\",2,3\r\n");
        assert_eq!(read.len(), 2);
        assert_eq!(read[0], Row::from([("a".into(), "1".into()), ("c".into(), String::new())]));
        assert_eq!(read[1]["a"], "x,\"y\"\nz");
    }
}
