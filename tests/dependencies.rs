//! What is compiled into the program: licences, crates that must never be, crates that are there twice, and versions with
//! known holes.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Crates that an offline program must not contain, each with what to use instead.
const BANNED: &[(&str, &str)] = &[
    ("reqwest", "nothing: the program is offline"),
    ("hyper", "nothing: the program is offline"),
    ("h2", "nothing: the program is offline"),
    ("rustls", "nothing: the program is offline"),
    ("ring", "nothing: the program is offline"),
    ("native-tls", "nothing: the program is offline"),
    ("openssl", "nothing: the program is offline"),
    ("object_store", "files"),
    ("polars-stream", "polars-io for CSV and Parquet, not the features of polars"),
    ("polars-cloud", "files"),
    ("bincode", "postcard"),
    ("comfy-table", "unicode-width"),
    ("rust_decimal", "quantity::Decimal"),
];

/// Crates that are there in two versions, each with who brings the other.
const TWICE: &[(&str, &str)] = &[
    ("constant_time_eq", "blake3 and zip; a few lines each"),
    ("foldhash", "planus, below"),
    ("hashbrown", "planus, with which polars-arrow knows a format that is not used here; linked away"),
    ("syn", "derive macros of several generations; not in the program"),
];

/// The first version without a known hole, and what tells of it.
const MENDED: &[(&str, [u64; 3], &str)] = &[
    ("calamine", [0, 17, 0], "RUSTSEC-2021-0015"),
    ("crossbeam-channel", [0, 5, 15], "RUSTSEC-2025-0024"),
    ("fast-float2", [0, 2, 2], "RUSTSEC-2025-0002"),
    ("quick-xml", [0, 41, 0], "RUSTSEC-2026-0194, RUSTSEC-2026-0195"),
    ("zip", [2, 3, 0], "RUSTSEC-2025-0168"),
    ("zlib-rs", [0, 4, 0], "RUSTSEC-2024-0401"),
];

/// Licences that may be linked into a program that a bureau hands on.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// A crate as compiled.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Crate {
    name: String,
    version: String,
    licence: String,
}

/// Those that are compiled on Linux for the program and its build scripts. `cargo tree` is asked and
/// not `cargo metadata`, because the latter lists optional dependencies that no feature switches on as well.
fn compiled() -> BTreeSet<Crate> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}|{l}"])
        .args(["--target", "x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let one = |line: &str| {
        let (package, licence) = line.split_once('|')?;
        let (name, rest) = package.split_once(" v")?;
        let version = rest.split(' ').next()?.to_owned();
        // A star marks what has been shown before.
        Some(Crate { name: name.to_owned(), version, licence: licence.trim_end_matches(" (*)").to_owned() })
    };
    lines.lines().map(|line| one(line).unwrap_or_else(|| panic!("{line}"))).collect()
}

/// Whether an SPDX expression leaves a choice among the licences allowed.
fn allowed(expression: &str) -> bool {
    let inner = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let expression = inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(expression);
    split(expression, &[" AND "]).iter().all(|part| {
        split(part.trim_matches(['(', ')']), &[" OR ", "/"]).iter().any(|one| LICENCES.contains(&one.trim()))
    })
}

fn split<'a>(text: &'a str, by: &[&str]) -> Vec<&'a str> {
    by.iter().find(|by| text.contains(**by)).map_or_else(|| vec![text], |by| text.split(*by).collect())
}

#[test]
fn licences_leave_a_choice() {
    assert!(
        allowed("MIT OR Apache-2.0") && allowed("(MIT OR Apache-2.0) AND Unicode-3.0") && allowed("MIT/Apache-2.0")
    );
    assert!(!allowed("GPL-3.0") && !allowed("MIT AND GPL-3.0"));
    for Crate { name, licence, .. } in compiled() {
        assert!(allowed(&licence), "{name}: {licence}");
    }
}

#[test]
fn nothing_that_talks_to_a_network_is_compiled() {
    let crates = compiled();
    let there = |name: &str| crates.iter().any(|one| one.name == name);
    assert!(there("polars") && there("calamine"), "the list is not that of this program");
    for (name, instead) in BANNED {
        assert!(!there(name), "{name} is compiled; use {instead}");
    }
}

#[test]
fn a_crate_is_there_once() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Crate { name, version, .. } in compiled() {
        versions.entry(name).or_default().push(version);
    }
    let twice: BTreeSet<&str> =
        versions.iter().filter(|(_, all)| all.len() > 1).map(|(name, _)| name.as_str()).collect();
    let known: BTreeSet<&str> = TWICE.iter().map(|(name, _)| *name).collect();
    assert_eq!(twice, known, "name here what is there twice, and strike what no longer is");
}

#[test]
fn no_version_has_a_known_hole() {
    let crates = compiled();
    for (name, mended, advisory) in MENDED {
        for one in crates.iter().filter(|one| one.name == *name) {
            let numbers: Vec<u64> = one.version.split(['.', '-', '+']).take(3).map(|n| n.parse().unwrap()).collect();
            assert!(numbers.as_slice() >= mended.as_slice(), "{name} {}: {advisory}", one.version);
        }
    }
    assert!(MENDED.iter().any(|(name, ..)| crates.iter().any(|one| one.name == *name)));
}
