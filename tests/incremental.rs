//! A run that takes from the last one what has not changed gives the bytes of a run that takes nothing: over random changes
//! to the inputs and the configuration, and over damage to everything the last run left.

use crate::mutant::damage::{Dice, damage_bytes};
use crate::repeat::{copied, files};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn run(folder: &Path, output: &str, more: &[&str]) {
    let run = assert_cmd::Command::cargo_bin("jixiao")
        .unwrap()
        .current_dir(folder)
        .args(["run", "input", "-q", "-o", output])
        .args(more)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// What a run wrote; files of a person that it kept are not its own.
fn written(output: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    files(output, "", &mut found);
    found.retain(|name, _| !name.contains(".kept-"));
    found
}

/// The workbooks below a folder, in the order of their names.
fn workbooks(input: &Path) -> Vec<PathBuf> {
    let mut found = BTreeMap::new();
    files(input, "", &mut found);
    let is_form = |name: &&String| [".xlsx", ".xls", ".xlsb", ".ods"].iter().any(|ending| name.ends_with(ending));
    found.keys().filter(is_form).map(|name| input.join(name)).collect()
}

fn damage(path: &Path, dice: &mut Dice) {
    if let Ok(mut bytes) = fs::read(path) {
        damage_bytes(&mut bytes, dice);
        fs::write(path, bytes).unwrap();
    }
}

/// Makes one change and says which.
fn change(folder: &Path, step: usize, dice: &mut Dice) -> String {
    let (input, cache) = (folder.join("input"), folder.join("output.cache"));
    let forms = workbooks(&input);
    let any = forms[dice.roll(forms.len())].clone();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let all = workbooks(&source);
    let other = &all[dice.roll(all.len())];
    match dice.roll(12) {
        0 | 1 => {
            let to = input.join(format!("{step}-{}", other.file_name().unwrap().to_string_lossy()));
            fs::copy(other, &to).unwrap();
            format!("{} added", to.display())
        }
        2 if forms.len() > 2 => {
            fs::remove_file(&any).unwrap();
            format!("{} removed", any.display())
        }
        3 => {
            let to = any.with_file_name(format!("{step}{}", any.file_name().unwrap().to_string_lossy()));
            fs::rename(&any, &to).unwrap();
            format!("{} renamed", any.display())
        }
        4 => {
            damage(&any, dice);
            format!("{} damaged", any.display())
        }
        5 => {
            let file = input.join("jixiao.toml");
            let old = fs::read_to_string(&file).unwrap();
            let year = if old.contains("year = 2021") { ("2021", "2020") } else { ("2020", "2021") };
            let (from, to) = (format!("year = {}", year.0), format!("year = {}", year.1));
            assert!(old.contains(&from), "{old}");
            fs::write(&file, old.replace(&from, &to)).unwrap();
            to
        }
        6 => {
            damage(&cache.join("extracts"), dice);
            "extracts damaged".to_owned()
        }
        7 => {
            damage(&cache.join("feedback"), dice);
            "notes damaged".to_owned()
        }
        8 => {
            damage(&cache.join("tables"), dice);
            "notes of tables damaged".to_owned()
        }
        9 => {
            let tables = ["amounts.csv", "amounts.parquet", "indicators.csv", "budget_lines.parquet"];
            damage(&folder.join("output/data").join(tables[dice.roll(tables.len())]), dice);
            "a table damaged".to_owned()
        }
        10 => {
            for path in workbooks(&folder.join("output/feedback")) {
                damage(&path, dice);
            }
            "feedback damaged".to_owned()
        }
        _ => {
            fs::remove_dir_all(&cache).unwrap();
            "cache removed".to_owned()
        }
    }
}

#[test]
fn what_is_taken_from_the_last_run_changes_no_byte() {
    for seed in 1..=3 {
        let folder = tempfile::tempdir().unwrap();
        let mut dice = Dice::new(seed);
        copied(folder.path(), &mut dice);
        let mut changed = vec!["nothing".to_owned()];
        for step in 0..8 {
            run(folder.path(), "output", &[]);
            run(folder.path(), "plain", &["--no-cache"]);
            let (kept, plain) = (written(&folder.path().join("output")), written(&folder.path().join("plain")));
            assert_eq!(kept.keys().collect::<Vec<_>>(), plain.keys().collect::<Vec<_>>(), "{seed}: {changed:?}");
            for (name, bytes) in &plain {
                assert!(kept[name] == *bytes, "{name} differs, seed {seed}, after {changed:?}");
            }
            for notes in ["feedback", "tables"] {
                let size = fs::metadata(folder.path().join("output.cache").join(notes)).unwrap().len();
                assert!(size > 100, "nothing to take from: {notes} {size}");
            }
            changed.push(change(folder.path(), step, &mut dice));
        }
    }
}
