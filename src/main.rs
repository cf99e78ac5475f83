//! The program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    jixiao::cli::main(std::env::args_os()).into()
}
