//! The same input gives the same output: whatever the number of threads, and whoever reads the workbooks.

use crate::district::{Row, SAMPLE, jixiao, rows};
use crate::mutant::damage::Dice;
use std::collections::BTreeMap;
use std::path::Path;

/// All files of an output but the manifest, which alone may change from run to run.
pub(crate) fn files(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
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

/// A small district of every format with a duplicate, made anew in the order that the dice say.
pub(crate) fn copied(folder: &Path, dice: &mut Dice) {
    let mut names = vec![
        "departments.csv",
        "jixiao.toml",
        "洪合镇/毛衫产业平台提升自评表.xlsx",
        "教育局/普惠性幼儿园生均补助自评表.xls",
        "新城街道/城市绿化养护自评表.xlsb",
        "新城街道/平安创建经费自评表.xlsx",
        "民政局/困难残疾人生活补贴自评表.ods",
        "补报/民政局-困难残疾人生活补贴自评表.ods",
        "王江泾镇/王江泾镇报送材料.zip",
    ];
    while !names.is_empty() {
        let name = names.remove(dice.roll(names.len()));
        let to = folder.join("input").join(name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("input").join(name), to).unwrap();
    }
}

#[test]
fn nothing_of_the_machine_changes_a_byte() {
    let mut first: Option<BTreeMap<String, Vec<u8>>> = None;
    for (seed, jobs, language, zone) in [
        (1, "1", "C", "UTC"),
        (2, "2", "zh_CN.UTF-8", "Asia/Shanghai"),
        (3, "8", "tr_TR.UTF-8", "America/St_Johns"),
        (4, "16", "", "nowhere"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        copied(folder.path(), &mut Dice::new(seed));
        let run = assert_cmd::Command::cargo_bin("jixiao")
            .unwrap()
            .current_dir(folder.path())
            .envs([("LANG", language), ("LC_ALL", language), ("LANGUAGE", language), ("TZ", zone)])
            .args(["run", "input", "-o", "output", "-q", "--jobs", jobs])
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let output = folder.path().join("output");
        let mut written = BTreeMap::new();
        files(&output, "", &mut written);
        // Of the manifest all but what it says about this very run.
        let mut manifest: serde_json::Value =
            serde_json::from_slice(&std::fs::read(output.join("run.json")).unwrap()).unwrap();
        for changing in ["/started", "/timings_ms", "/config/jobs"] {
            let value = manifest.pointer_mut(changing).unwrap_or_else(|| panic!("{changing}"));
            *value = serde_json::Value::Null;
        }
        written.insert("run.json".to_owned(), manifest.to_string().into_bytes());
        let first = first.get_or_insert_with(|| written.clone());
        assert_eq!(first.keys().collect::<Vec<_>>(), written.keys().collect::<Vec<_>>());
        for (name, bytes) in &written {
            assert!(first[name] == *bytes, "{name} differs with --jobs {jobs}, {language:?}, {zone}");
        }
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
