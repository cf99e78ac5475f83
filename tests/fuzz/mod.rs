//! The bodies of the fuzz targets as tests: over their seeds, damaged seeds, random bytes, and everything ever found.

mod bodies;

use crate::csv;
use crate::mutant::damage::{self, Dice};
use crate::mutant::{document, package};
use bodies::TARGETS;
use proptest::prelude::*;
use std::path::Path;

fn here() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz")
}

#[test]
fn seeds_whole_and_damaged() {
    for target in &TARGETS {
        let seeds = (target.seeds)();
        assert!(!seeds.is_empty(), "{}", target.name);
        for seed in &seeds {
            (target.body)(seed);
        }
        for n in 0..120_u64 {
            let mut dice = Dice::new(n);
            let mut bytes = seeds[dice.roll(seeds.len())].clone();
            for _ in 0..=dice.roll(3) {
                damage::damage_content(&mut bytes, &mut dice);
            }
            (target.body)(&bytes);
        }
    }
}

#[test]
fn what_was_found_is_mended() {
    let finds = here().join("finds");
    let known = |name: &str| TARGETS.iter().find(|target| target.name == name);
    for entry in walkdir::WalkDir::new(finds).min_depth(2).sort_by_file_name() {
        let entry = entry.unwrap();
        let folder = entry.path().parent().and_then(Path::file_name).unwrap().to_str().unwrap();
        let target = known(folder).unwrap_or_else(|| panic!("{folder} is no target"));
        (target.body)(&std::fs::read(entry.path()).unwrap());
    }
}

#[test]
fn every_body_has_its_program() {
    let manifest = std::fs::read_to_string(here().join("Cargo.toml")).unwrap();
    for target in &TARGETS {
        let path = format!("fuzz_targets/{}.rs", target.name);
        assert!(manifest.contains(&format!("name = \"{}\"\npath = \"{path}\"", target.name)), "{}", target.name);
        let program = std::fs::read_to_string(here().join(path)).unwrap();
        for call in [format!("plant(\"{}\")", target.name), format!("run(\"{}\", data)", target.name)] {
            assert!(program.contains(&call), "{}", target.name);
        }
    }
    assert_eq!(std::fs::read_dir(here().join("fuzz_targets")).unwrap().count(), TARGETS.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for target in &TARGETS {
            (target.body)(&bytes);
        }
    }

    #[test]
    fn any_text(text in any::<String>()) {
        for target in &TARGETS {
            (target.body)(text.as_bytes());
        }
    }
}
