//! Arguments → [`Job`]. Argument structs are taken apart without `..`: a new option does not compile until it is used.

use super::args::{LangArg, ReadArgs, ReaderArg, TalkArgs};
use crate::app::Job;
use crate::book::Reader;
use crate::disk::Disk;
use crate::finding::Lang;
use crate::settings::Overrides;
use crate::tables::Guard;
use std::path::PathBuf;

/// How the program talks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Talk {
    pub(super) bar: bool,
    pub(super) quiet: bool,
    pub(super) verbose: bool,
}

/// What `run` has beside the options that all commands share.
pub(super) struct Writing {
    pub(super) output: PathBuf,
    pub(super) cache: bool,
    pub(super) guard: Guard,
    pub(super) waterfall: bool,
}

pub(super) fn lang(lang: Option<LangArg>) -> Option<Lang> {
    lang.map(|lang| match lang {
        LangArg::Zh => Lang::Zh,
        LangArg::En => Lang::En,
    })
}

pub(super) fn talk(args: &TalkArgs) -> Talk {
    let TalkArgs { lang: _, progress, quiet, verbose } = *args;
    Talk { bar: progress == super::args::ProgressArg::Auto && !quiet, quiet, verbose }
}

pub(super) fn job(inputs: Vec<PathBuf>, read: ReadArgs, writing: Writing) -> (Job, Talk) {
    let ReadArgs { config, year, departments, forms, jobs, reader, talk: talk_args } = read;
    let Writing { output, cache, guard, waterfall } = writing;
    let job = Job {
        inputs,
        output,
        config,
        departments,
        forms,
        overrides: Overrides { lang: lang(talk_args.lang), year },
        jobs: jobs.map(usize::from),
        reader: match reader {
            ReaderArg::Auto => Reader::Auto,
            ReaderArg::Calamine => Reader::Calamine,
        },
        cache,
        guard,
        waterfall,
        disk: Disk::default(),
    };
    (job, talk(&talk_args))
}
