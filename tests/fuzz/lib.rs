//! The bodies of the fuzz targets, for cargo-fuzz.

mod bodies;
#[path = "../csv.rs"]
mod csv;
#[path = "../mutant/document.rs"]
mod document;
#[path = "../mutant/package.rs"]
mod package;

/// Runs the body of a target.
pub fn run(target: &str, data: &[u8]) {
    let known = bodies::TARGETS.iter().find(|known| known.name == target);
    (known.expect("a target of that name").body)(data);
}

/// Writes the seeds of a target to `corpus/TARGET/`, before the fuzzer looks there.
pub fn plant(target: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    std::fs::create_dir_all(&folder).expect("a folder for the seeds");
    let known = bodies::TARGETS.iter().filter(|known| known.name == target);
    for (n, seed) in known.flat_map(|known| (known.seeds)()).enumerate() {
        std::fs::write(folder.join(format!("seed-{n}")), seed).expect("a seed");
    }
}
