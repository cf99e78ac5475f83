//! The program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    if jixiao::book::serve_if_asked() {
        return ExitCode::SUCCESS;
    }
    jixiao::cli::main(std::env::args_os()).into()
}
