//! What is compiled into the program: licences, and crates that must never be.

use std::collections::BTreeMap;
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

/// Crate → licence, of those that are compiled on Linux for the program and its build scripts. `cargo tree` is asked and
/// not `cargo metadata`, because the latter lists optional dependencies that no feature switches on as well.
fn compiled() -> BTreeMap<String, String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}|{l}"])
        .args(["--target", "x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let crates = lines.lines().filter_map(|line| line.split_once('|'));
    crates.map(|(package, licence)| (package.split(' ').next().unwrap().to_owned(), licence.to_owned())).collect()
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
    for (name, licence) in compiled() {
        // `cargo tree` marks what it has shown before with a star behind the line.
        let licence = licence.trim_end_matches(" (*)");
        assert!(allowed(licence), "{name}: {licence}");
    }
}

#[test]
fn nothing_that_talks_to_a_network_is_compiled() {
    let crates = compiled();
    assert!(crates.contains_key("polars") && crates.contains_key("calamine"), "the list is not that of this program");
    for (name, instead) in BANNED {
        assert!(!crates.contains_key(*name), "{name} is compiled; use {instead}");
    }
}
