//! The command line: arguments → one call into `app` → what is printed → the exit code.

mod args;
mod bar;
mod check;
mod compare;
mod crop;
mod exit;
mod forms;
mod inspect;
mod job;
mod out;
mod rules;
mod run;
mod template;

pub use exit::Exit;

use args::{Cli, Command};
use clap::Parser as _;
use std::ffi::OsString;

/// Does what the arguments say. The first one is the program's name.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(answer) => {
            // Help and version are answers on stdout, everything else is a wrong usage on stderr.
            let exit = if answer.use_stderr() { Exit::Refused } else { Exit::Done };
            let _ = answer.print();
            return exit;
        }
    };
    match cli.command {
        Command::Template(args) => template::template(&args),
        Command::Check(args) => check::check(args),
        Command::Run(args) => run::run(args),
        Command::Inspect(args) => inspect::inspect(args),
        Command::Compare(args) => compare::compare(args),
        Command::Forms(args) => forms::forms(&args),
        Command::Rules(args) => rules::rules(&args),
    }
}
