//! What is printed: results to stdout, talk to stderr, colour only where it is wanted.

use std::fmt::Display;
use std::io::{self, Write as _};

/// Writes a result. A reader that has gone away (`jixiao rules | head`) is no failure.
pub(super) fn result(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Says something on stderr; where that cannot be written there is nobody to tell.
pub(super) fn say(text: impl Display) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Says why the command could not run.
pub(super) fn refuse(why: impl Display) {
    let red = anstyle::AnsiColor::Red.on_default() | anstyle::Effects::BOLD;
    say(format_args!("{red}jixiao:{red:#} {why}"));
}
