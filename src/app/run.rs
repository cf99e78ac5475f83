//! The run on one page.

use super::assemble::assemble;
use super::cache::{self, Cache};
use super::file::{self, Seen, Stage};
use super::manifest::{self, Record};
use super::output::Output;
use super::reuse::{self, Reuse};
use super::timings::Timings;
use super::{
    Bureau, District, Event, Job, Kept, Refused, Stop, Timing, Watch, crew, feedback, forms, memory, way, write,
};
use crate::normal::{Shelf, Shelved};
use crate::plan::{self, Input, Scope};
use crate::read::Catalog;
use crate::render::View;
use std::cmp::Reverse;
use std::path::PathBuf;
use std::time::SystemTime;

/// What came out of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The district, without its rankings and bulk rows, which are in the tables.
    pub district: District,
    /// OUTPUT as a full path.
    pub output: PathBuf,
    /// Files in OUTPUT that were kept under a new name.
    pub kept: Vec<Kept>,
    /// Time by stage.
    pub timings: Vec<Timing>,
}

/// Reads everything below the inputs and writes OUTPUT, as a whole or not at all.
///
/// # Errors
/// The run could not be made; OUTPUT is as it was.
pub fn run(job: &Job, watch: &dyn Watch, stop: &Stop) -> Result<Outcome, Refused> {
    let started = SystemTime::now();
    let mut timings = Timings::default();
    memory::keep_what_is_freed();

    let bureau = Bureau::read(job)?;
    let catalog = timings.stage("forms", || forms::catalog(job.forms.as_deref(), &bureau.mappings))?;
    let inputs = timings.stage("discover", || discover(job))?;
    let output = Output::claim(&job.disk, &job.output, &job.inputs)?;
    stop.staging(&job.disk, output.staging());
    watch.see(Event::Found { files: inputs.len() });
    let key = if job.cache { Some(cache_key(job, &bureau)?) } else { None };
    let cache = key.and_then(|key| Cache::open(&job.disk, &output.cache_folder(), key));
    let (files, shelved) =
        timings.stage("read", || read(&inputs, job, (&bureau, &catalog, cache.as_ref()), watch, stop))?;
    if let Some(cache) = cache {
        cache.close();
    }
    // With it goes what reading has remembered of texts met before.
    drop(catalog);
    watch.see(Event::Writing);
    let mut district = timings.stage("assemble", || assemble(files, shelved, &bureau))?;
    district.input_from_output = way::input_from_output(output.path(), &job.inputs);

    let folder = output.new_folder();
    // Nobody needs the long tables once they are written and summed up, but for the derivations of scores.
    let (bulk, rankings) = (std::mem::take(&mut district.bulk), std::mem::take(&mut district.rankings));
    let arranged = || View::new(&district, &bulk);
    let past = key.map(|key| reuse::tables(output.path(), &output.cache_folder(), (key, job.guard)));
    let tables = || write::tables(&district, (&bulk, rankings), job, (&folder, past.as_ref()), arranged);
    let (mut report, view) = timings.stage("tables", tables)?;
    if past.is_some() {
        reuse::note_tables(&job.disk, &output.cache_folder(), &report.notes);
    }
    let bulk = job.waterfall.then_some(bulk);
    output.settling(job.jobs, || {
        timings.stage("views", || write::views(&view, bulk.as_ref(), job, &folder, &mut report))?;
        drop(bulk);
        let shelf = feedback::Shelf { inputs: &inputs, settings: &bureau.settings, job, stop };
        let reuse = key.map(|key| Reuse::open(output.path(), &output.cache_folder(), key));
        timings.stage("feedback", || feedback::write(&district, &view, &shelf, reuse, &folder, &mut report))
    })?;
    let record = Record {
        job,
        bureau: &bureau,
        district: &district,
        table_rows: &report.rows,
        outputs: &report.outputs,
        started,
        timings_ms: timings.json(),
    };
    let manifest = write::pretty(&record.json());
    report.file(&folder, manifest::NAME, manifest.as_bytes())?;
    stop.replacing()?;
    let path = output.path().to_owned();
    let kept = timings.stage("commit", || output.commit())?;
    Ok(Outcome { district, output: path, kept, timings: timings.into_vec() })
}

/// The same without writing anything.
///
/// # Errors
/// The run could not be made.
pub fn check(job: &Job, watch: &dyn Watch, stop: &Stop) -> Result<District, Refused> {
    let bureau = Bureau::read(job)?;
    let catalog = forms::catalog(job.forms.as_deref(), &bureau.mappings)?;
    let inputs = discover(job)?;
    watch.see(Event::Found { files: inputs.len() });
    let (files, shelved) = read(&inputs, job, (&bureau, &catalog, None), watch, stop)?;
    watch.see(Event::Writing);
    assemble(files, shelved, &bureau)
}

/// What stands for everything but the inputs in the cache beside OUTPUT.
fn cache_key(job: &Job, bureau: &Bureau) -> Result<blake3::Hash, Refused> {
    let definitions = forms::fingerprint(job.forms.as_deref(), &bureau.mappings)?;
    // Settings are plain data, which always has a text.
    let settings = format!("{:?} {:?}", bureau.settings, job.reader);
    Ok(cache::key(&[definitions.as_bytes(), settings.as_bytes()]))
}

pub(super) fn discover(job: &Job) -> Result<Vec<Input>, Refused> {
    let configuration = [&job.config, &job.departments, &job.forms];
    let scope = Scope {
        inputs: job.inputs.clone(),
        output: Some(job.output.clone()),
        configuration: configuration.into_iter().flatten().cloned().collect(),
    };
    Ok(plan::discover(&scope)?)
}

/// Reads all inputs, the largest first so that none is left for the end alone. Gives them in whatever order.
fn read(
    inputs: &[Input],
    job: &Job,
    (bureau, catalog, cache): (&Bureau, &Catalog, Option<&Cache>),
    watch: &dyn Watch,
    stop: &Stop,
) -> Result<(Vec<Seen>, Shelved), Refused> {
    let stage = Stage { settings: &bureau.settings, catalog, reader: job.reader, cache };
    let shelf = Shelf::default();
    let mut by_size: Vec<&Input> = inputs.iter().collect();
    by_size.sort_by_key(|input| Reverse(input.bytes));
    let one = |input: &Input| {
        if stop.is_set() {
            return Vec::new();
        }
        let seen = file::take(input, stage, &shelf);
        watch.see(Event::Read);
        seen
    };
    let files = crew::each(by_size, job.jobs, one)?;
    if stop.is_set() { Err(Refused::Stopped) } else { Ok((files.into_iter().flatten().collect(), shelf.close())) }
}
