//! What a clerk meets when something is wrong: exit code, message, and an output that stays as it was.

use crate::district::jixiao;
use std::path::{Path, PathBuf};

/// A folder with one sound form and what a test adds to it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Self { folder };
        std::fs::create_dir(desk.input()).unwrap();
        let form = Path::new(env!("CARGO_MANIFEST_DIR")).join("input/洪合镇/毛衫产业平台提升自评表.xlsx");
        std::fs::copy(form, desk.input().join("自评表.xlsx")).unwrap();
        desk
    }

    fn input(&self) -> PathBuf {
        self.folder.path().join("input")
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("output")
    }

    fn add(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.input().join(name), bytes).unwrap();
    }

    /// Exit code and messages of a command over this input.
    fn call(&self, command: &str, more: &[&str]) -> (Option<i32>, String) {
        let (input, output) = (self.input(), self.output());
        let mut arguments = vec![command, input.to_str().unwrap()];
        if command == "run" {
            arguments.extend(["-o", output.to_str().unwrap()]);
        }
        arguments.extend(more);
        let done = jixiao(&arguments);
        let said = [done.stdout, done.stderr].concat();
        (done.status.code(), String::from_utf8_lossy(&said).into_owned())
    }
}

#[test]
fn a_broken_file_stops_nothing() {
    let desk = Desk::new();
    desk.add("坏.xlsx", b"PK\x03\x04 no more");
    let (code, said) = desk.call("run", &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("坏.xlsx"), "{said}");
    assert!(desk.output().join("summary.xlsx").is_file());
    assert_eq!(desk.call("run", &["--strict"]).0, Some(1));
}

#[test]
fn check_writes_nothing_and_tells_by_its_exit_code() {
    let desk = Desk::new();
    let (code, said) = desk.call("check", &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(!desk.output().exists());
    desk.add("坏.xlsx", b"PK\x03\x04 no more");
    assert_eq!(desk.call("check", &[]).0, Some(1));
}

#[test]
fn configuration_that_cannot_be_read_names_file_and_line_and_touches_nothing() {
    let desk = Desk::new();
    assert_eq!(desk.call("run", &["-q"]).0, Some(0));
    let before = std::fs::read(desk.output().join("run.json")).unwrap();
    for (name, bytes, line) in [
        ("jixiao.toml", "[district]\nyaer = 2021\n", 2),
        ("departments.csv", "code,name,aliases,category\n1,甲局,,\n1,乙局,,\n", 3),
    ] {
        desk.add(name, bytes.as_bytes());
        let (code, said) = desk.call("run", &[]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(name) && said.contains(&line.to_string()), "{said}");
        assert_eq!(std::fs::read(desk.output().join("run.json")).unwrap(), before, "{name}: OUTPUT was touched");
        std::fs::remove_file(desk.input().join(name)).unwrap();
    }
}

#[test]
fn no_input_and_no_place_for_output_are_said() {
    let desk = Desk::new();
    let missing = desk.folder.path().join("nothing");
    let done = jixiao(&["run", missing.to_str().unwrap(), "-o", desk.output().to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("nothing"));
    assert!(!desk.output().exists());
    // A file stands where the folder should be.
    std::fs::write(desk.folder.path().join("taken"), "mine").unwrap();
    let taken = desk.folder.path().join("taken/output");
    let done = jixiao(&["run", desk.input().to_str().unwrap(), "-o", taken.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(2), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(std::fs::read(desk.folder.path().join("taken")).unwrap(), b"mine");
}

#[test]
fn a_file_of_ones_own_in_the_output_survives() {
    let desk = Desk::new();
    assert_eq!(desk.call("run", &["-q"]).0, Some(0));
    std::fs::write(desk.output().join("批注.txt"), "mine").unwrap();
    assert_eq!(desk.call("run", &["-q"]).0, Some(0));
    assert_eq!(std::fs::read(desk.output().join("批注.txt")).unwrap(), b"mine");
    assert!(!desk.folder.path().join("output.staging").exists());
}

#[test]
fn help_lists_the_commands_in_the_order_of_the_year() {
    let said = String::from_utf8(jixiao(&["help"]).stdout).unwrap();
    let places: Vec<usize> = ["template", "check", "run", "inspect", "compare", "forms", "rules"]
        .iter()
        .map(|command| said.find(&format!("\n  {command}")).unwrap_or_else(|| panic!("{command}: {said}")))
        .collect();
    assert!(places.is_sorted(), "{said}");
    for command in ["run", "check", "inspect", "forms", "rules", "template", "compare"] {
        assert_eq!(jixiao(&[command, "--help"]).status.code(), Some(0), "{command}");
    }
    assert_eq!(jixiao(&["run", "--no-such-option"]).status.code(), Some(2));
}
