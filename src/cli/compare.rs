//! `jixiao compare`: two runs beside each other.

use super::args::CompareArgs;
use super::bar::stop_on_signal;
use super::job::{lang, talk};
use super::{Exit, out};
use crate::app::{self, CompareJob, Compared};
use crate::disk::Disk;
use crate::finding::Lang;

pub(super) fn compare(args: CompareArgs) -> Exit {
    let CompareArgs { before, after, output, talk: talk_args } = args;
    let job = CompareJob { before, after, output, lang: lang(talk_args.lang), disk: Disk::default() };
    match app::compare(&job, stop_on_signal()) {
        Ok(compared) => {
            if !talk(&talk_args).quiet {
                report(&compared);
            }
            Exit::Done
        }
        Err(refused) => {
            out::refuse(refused);
            Exit::Refused
        }
    }
}

/// What was compared, what is odd about it, and where the result is.
fn report(compared: &Compared) {
    let Compared { comparison, workbook, page, lang } = compared;
    let (before, after) = (&comparison.before, &comparison.after);
    for run in [before, after].into_iter().filter(|run| !run.edited.is_empty()) {
        let files = run.edited.join(", ");
        out::say(match lang {
            Lang::Zh => format!("注意：{} 中的 {files} 在写出以后被改过，按改过的比较", run.path),
            Lang::En => format!("note: {files} in {} was changed after the run; compared as it is now", run.path),
        });
    }
    if before.year.zip(after.year).is_some_and(|(a, b)| a > b) {
        out::say(match lang {
            Lang::Zh => "注意：前一个结果的年度较晚；如果次序颠倒了，请把两个目录对调",
            Lang::En => "note: the first run is of a later year; swap the folders if that was not meant",
        });
    }
    let (departments, projects) = (comparison.departments.len(), comparison.projects.len());
    out::say(match lang {
        Lang::Zh => format!(
            "比较了 {departments} 个部门、{projects} 个项目；结果在 {} 和 {}",
            workbook.display(),
            page.display()
        ),
        Lang::En => format!(
            "compared {departments} departments, {projects} projects; results in {} and {}",
            workbook.display(),
            page.display()
        ),
    });
}
