//! Mutants in any number: `cargo run --example mutants -- PROGRAM [COUNT] [SEED]`, COUNT for each format. Exit code 1
//! where one of them did harm.

#[path = "../csv.rs"]
mod csv;
#[path = "mod.rs"]
mod mutant;

use mutant::{FORMATS, Made, batch, good};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Mutants of one run of the program.
const BATCH: usize = 200;

fn main() -> Made<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let program = std::path::absolute(PathBuf::from(arguments.next().ok_or("which program?")?))?;
    let count: usize = arguments.next().map_or(Ok(2000), |count| count.parse())?;
    let seed: u64 = arguments.next().map_or(Ok(1), |seed| seed.parse())?;
    let mut harm = false;
    for (ending, file) in FORMATS {
        let good = good(file)?;
        let (mut read, mut done, mut wrong) = (0, 0, Vec::new());
        while done < count {
            let now = BATCH.min(count - done);
            let verdict = batch(&program, (ending, &good), now, seed + done as u64)?;
            (read, done) = (read + verdict.read, done + verdict.mutants);
            wrong.extend(verdict.wrong);
        }
        harm |= !wrong.is_empty();
        writeln!(std::io::stdout(), "{ending}: {done} mutants, {read} read all the same, harm: {wrong:?}")?;
    }
    Ok(ExitCode::from(u8::from(harm)))
}
