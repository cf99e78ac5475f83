//! The same input gives the same output: whatever the number of threads, and whoever reads the workbooks.

use crate::district::{Row, SAMPLE, jixiao, rows};
use std::collections::BTreeMap;
use std::path::Path;

/// All files of an output but the manifest, which alone may change from run to run.
fn files(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files(&entry.path(), &format!("{name}/"), found);
        } else if name != "run.json" {
            found.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
}

#[test]
fn threads_change_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    let run = jixiao(&["run", "input", "--jobs", "1", "--no-cache", "-q", "-o", output.to_str().unwrap()]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let (mut one, mut many) = (BTreeMap::new(), BTreeMap::new());
    files(&output, "", &mut one);
    files(&SAMPLE.path(""), "", &mut many);
    assert!(one.len() > 10, "{:?}", one.keys());
    assert_eq!(one.keys().collect::<Vec<_>>(), many.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(many[name] == *bytes, "{name} differs between one thread and several");
    }
}

#[test]
fn the_second_reader_finds_the_same_values() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    let run = jixiao(&["run", "input", "--reader", "calamine", "-q", "-o", output.to_str().unwrap()]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    for table in ["evaluations", "indicators", "funding", "budget_lines", "amounts", "rankings"] {
        let read: Vec<Row> = rows(&std::fs::read_to_string(output.join(format!("data/{table}.csv"))).unwrap());
        let own = SAMPLE.table(table);
        assert_eq!(read.len(), own.len(), "{table}: rows");
        for (other, own) in read.iter().zip(&own) {
            assert_eq!(other, own, "{table}");
        }
    }
}
