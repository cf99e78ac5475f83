//! Who may use whom: the table of modules in the head of the crate, as a test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A module and the modules it may use; those of a line to its left.
const MAY_USE: &[(&str, &[&str])] = &[
    ("disk", &[]),
    ("quantity", &[]),
    ("finding", &["quantity"]),
    ("settings", &["finding", "quantity"]),
    ("form", &["finding", "quantity"]),
    ("text", &["form", "quantity"]),
    ("book", &["finding", "quantity", "settings"]),
    ("plan", &["book", "finding", "quantity", "settings"]),
    ("read", &["book", "finding", "form", "quantity", "text"]),
    ("compute", &["form", "quantity", "settings", "text"]),
    ("rule", &["book", "compute", "finding", "form", "quantity", "settings", "text"]),
    ("tables", &["disk", "finding", "quantity"]),
    ("normal", &["book", "compute", "finding", "form", "quantity", "rule", "settings", "tables", "text"]),
    ("rank", &["quantity", "tables"]),
    ("compare", &["compute", "form", "quantity", "rank", "settings", "tables", "text"]),
    ("district", &["compute", "disk", "finding", "normal", "quantity", "settings", "tables"]),
    ("render", &["book", "compare", "compute", "district", "finding", "form", "quantity", "settings", "tables"]),
    (
        "app",
        &[
            "book", "compare", "compute", "disk", "district", "finding", "form", "normal", "plan", "quantity", "rank",
            "read", "render", "rule", "settings", "tables", "text",
        ],
    ),
    ("cli", &["app", "book", "disk", "finding", "form", "quantity", "read", "rule", "settings", "tables"]),
];

/// A crate of others and the modules that may name it. The types of these crates end there.
const WALLS: &[(&str, &[&str])] = &[
    ("calamine", &["book"]),
    ("zip", &["book", "render"]),
    ("quick_xml", &["book"]),
    ("rust_xlsxwriter", &["render"]),
    ("minijinja", &["render"]),
    ("polars", &["app", "compare", "compute", "rank", "tables"]),
    ("polars_io", &["tables"]),
    ("rayon", &["app"]),
    ("rustix", &["app", "book", "disk", "plan"]),
    ("clap", &["cli"]),
    ("ctrlc", &["cli"]),
    ("indicatif", &["cli"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The code of each module: no comments, nothing below the first `#[cfg(test)]` of a file.
fn modules() -> BTreeMap<String, Vec<(String, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    let mut modules: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for file in files {
        let relative = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        if relative == "lib.rs" || relative == "main.rs" {
            continue;
        }
        let module = relative.split(['/', '.']).next().unwrap().to_owned();
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("\n#[cfg(test)]").next().unwrap();
        let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        modules.entry(module).or_default().push((relative, code.join("\n")));
    }
    modules
}

/// The names that follow `prefix` as a word of its own.
fn names<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(prefix)
        .filter(|(at, _)| !code[..*at].ends_with(word))
        .map(|(at, _)| {
            let rest = &code[at + prefix.len()..];
            &rest[..rest.find(|c| !word(c)).unwrap_or(rest.len())]
        })
        .collect()
}

#[test]
fn a_module_looks_left_only() {
    let modules = modules();
    let known: Vec<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    let there: Vec<&str> = modules.keys().map(String::as_str).collect();
    let mut listed = known.clone();
    listed.sort_unstable();
    assert_eq!(listed, there, "the table lists every module");
    for (place, (module, may)) in MAY_USE.iter().enumerate() {
        assert!(may.iter().all(|name| known[..place].contains(name)), "{module} stands right of all it uses");
        for (file, code) in &modules[*module] {
            assert!(!code.contains("use crate::{"), "{file}: one `use` for each module, so that this test sees them");
            for used in names(code, "crate::") {
                let own = used == *module || used.is_empty();
                assert!(own || may.contains(&used), "src/{file} uses crate::{used}, which {module} may not");
            }
        }
    }
}

#[test]
fn crates_of_others_stay_behind_their_walls() {
    for (module, files) in modules() {
        for (file, code) in files {
            for (name, may) in WALLS {
                let used = names(&code, &format!("{name}::")).len();
                // A module of ours may be called like a crate: `zip`, `calamine` in `book`.
                assert!(used == 0 || may.contains(&module.as_str()), "src/{file} names {name}");
            }
        }
    }
}

/// Calls of the standard library that change files.
const CHANGES: &[&str] = &[
    "fs::write(",
    "fs::copy(",
    "fs::rename(",
    "hard_link(",
    "symlink(",
    "create_dir",
    "remove_file(",
    "remove_dir",
    "File::create",
    ".create(true)",
    ".write(true)",
    ".append(true)",
    "set_len(",
    "set_permissions(",
    "sync_all(",
    "sync_data(",
    "tempfile",
];

#[test]
fn files_are_changed_through_one_door() {
    let modules = modules();
    assert!(modules["disk"].iter().any(|(_, code)| code.contains("fs::rename(")));
    for (file, code) in modules.into_iter().filter(|(module, _)| module != "disk").flat_map(|(_, files)| files) {
        for change in CHANGES {
            assert!(!code.contains(change), "src/{file} calls {change}: changes to files belong into disk");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for_and_none_is_long() {
    for (file, _) in modules().into_values().flatten() {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(&file)).unwrap();
        assert!(text.starts_with("//! "), "src/{file} begins with its head comment");
        assert!(text.lines().count() <= 900, "src/{file} has more than 900 lines: split it");
    }
}
