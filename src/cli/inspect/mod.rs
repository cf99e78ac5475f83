//! `jixiao inspect`: how a file was read.

mod html;
mod json;
mod text;

use super::args::{InspectArgs, InspectFormat};
use super::job::{Writing, job};
use super::{Exit, out};
use crate::app::{self, Look};
use crate::quantity::Text;
use crate::tables::Guard;
use std::io::{self, BufWriter, Write};

/// What of a file is shown.
#[derive(Debug, Clone, Copy)]
struct View<'a> {
    /// Position of the file among those asked for, from 1.
    number: usize,
    /// Only this sheet.
    sheet: Option<&'a str>,
    /// Every cell that holds something.
    cells: bool,
    lang: crate::finding::Lang,
}

impl View<'_> {
    fn shows(&self, sheet: &Text) -> bool {
        self.sheet.is_none_or(|only| only == &**sheet)
    }
}

pub(super) fn inspect(args: InspectArgs) -> Exit {
    let InspectArgs { files, sheet, cells, format, read } = args;
    let writing = Writing { output: "output".into(), cache: false, guard: Guard::Raw, waterfall: false };
    let (job, _) = job(files, read, writing);
    let lang = job.overrides.lang.unwrap_or_default();
    let mut output = BufWriter::new(io::stdout().lock());
    let mut number = 0;
    let mut written = if format == InspectFormat::Html { html::begin(&mut output, lang) } else { Ok(()) };
    let looked = app::look(&job, &mut |look: Look| {
        number += 1;
        let view = View { number, sheet: sheet.as_deref(), cells, lang };
        if written.is_ok() {
            written = match format {
                InspectFormat::Json => json::write(&mut output, &look, view),
                InspectFormat::Text => text::write(&mut output, &look, view),
                InspectFormat::Html => html::write(&mut output, &look, view),
            };
        }
    });
    if format == InspectFormat::Html && written.is_ok() {
        written = html::end(&mut output);
    }
    match (looked, written.and_then(|()| output.flush())) {
        (Err(refused), _) => {
            out::refuse(refused);
            Exit::Refused
        }
        (Ok(()), Err(error)) if error.kind() != io::ErrorKind::BrokenPipe => {
            out::refuse(error);
            Exit::Refused
        }
        (Ok(()), _) => Exit::Done,
    }
}
