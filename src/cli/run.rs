//! `jixiao run`.

use super::args::RunArgs;
use super::bar::{Bar, stop_on_signal};
use super::job::{Talk, Writing, job};
use super::{Exit, out};
use crate::app::{self, Outcome};
use crate::finding::{Lang, Status};
use crate::tables::Guard;
use std::fmt::Write as _;

pub(super) fn run(args: RunArgs) -> Exit {
    let RunArgs { inputs, output, read, no_cache, timings, waterfall, raw_csv, strict } = args;
    let guard = if raw_csv { Guard::Raw } else { Guard::Apostrophe };
    let (job, talk) = job(inputs, read, Writing { output, cache: !no_cache, guard, waterfall });
    let bar = Bar::new(talk.bar);
    let result = app::run(&job, &bar, stop_on_signal());
    bar.clear();
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(refused) => {
            out::refuse(refused);
            return Exit::Refused;
        }
    };
    report(&outcome, talk);
    if timings {
        out::say(table_of_timings(&outcome));
    }
    if strict { verdict(&outcome.district) } else { Exit::Done }
}

/// Whether there is an error or a rejected file.
pub(super) fn verdict(district: &app::District) -> Exit {
    let error = district.findings.iter().any(|f| f.severity.as_ref() == "error" && f.status.as_ref() == "open");
    let rejected = district.submissions.iter().any(|s| s.status.as_ref() == Status::Rejected.code());
    if error || rejected { Exit::Found } else { Exit::Done }
}

/// What a clerk wants to know at the end: how many files, what was not taken, where the results are.
fn report(outcome: &Outcome, talk: Talk) {
    let lang = outcome.district.settings.lang;
    for kept in &outcome.kept {
        out::say(match lang {
            Lang::Zh => format!("保留了您改过的 {}，改名为 {}", kept.was, kept.now),
            Lang::En => format!("your {} was kept as {}", kept.was, kept.now),
        });
    }
    if talk.quiet {
        return;
    }
    let rows = &outcome.district.submissions;
    let mut line = match lang {
        Lang::Zh => format!("共 {} 个文件", rows.len()),
        Lang::En => format!("{} files", rows.len()),
    };
    for status in Status::ALL {
        let count = rows.iter().filter(|r| r.status.as_ref() == status.code()).count();
        if count > 0 {
            let _ = match lang {
                Lang::Zh => write!(line, "，{} {count}", status.words().get(lang)),
                Lang::En => write!(line, ", {count} {}", status.words().get(lang)),
            };
        }
    }
    out::say(line);
    let rejected = rows.iter().filter(|r| r.status.as_ref() == Status::Rejected.code());
    let most = if talk.verbose { usize::MAX } else { 10 };
    for row in rejected.clone().take(most) {
        let name = row.member.as_ref().map_or_else(|| row.path.to_string(), |m| format!("{}!{m}", row.path));
        let reason = row.reason.as_deref().unwrap_or_default();
        let words = crate::finding::Reason::ALL.iter().find(|r| r.code() == reason).map_or("", |r| r.words().get(lang));
        out::say(format_args!("  {name}: {words} [{reason}]"));
    }
    if rejected.clone().count() > most {
        out::say("  …");
    }
    out::say(match lang {
        Lang::Zh => format!("结果在 {}", outcome.output.display()),
        Lang::En => format!("results in {}", outcome.output.display()),
    });
}

fn table_of_timings(outcome: &Outcome) -> String {
    let mut text = format!("{:<12}{:>12}{:>12}\n", "stage", "wall ms", "cpu ms");
    for t in &outcome.timings {
        let cpu = t.cpu.map_or_else(|| "-".to_owned(), |cpu| cpu.as_millis().to_string());
        let _ = writeln!(text, "{:<12}{:>12.1}{:>12}", t.stage, t.wall.as_secs_f64() * 1000.0, cpu);
    }
    text.truncate(text.trim_end().len());
    text
}
