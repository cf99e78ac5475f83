//! Writes the sample district: the files of `input/` and what is true of them, `tests/truth/`.
//!
//! `cargo run --example make_input`, from the top of the project.

#[path = "mod.rs"]
mod sample;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, bytes) in sample::files()? {
        let path = top.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, bytes)?;
    }
    Ok(())
}
