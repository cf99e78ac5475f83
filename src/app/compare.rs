//! Two OUTPUT folders → the comparison workbook and the page beside it.
//!
//! Only what a run wrote is read: `run.json` and four tables. A table whose hash is not that of the manifest was changed since
//! and is used with a note; one that is missing or damaged is a refusal.

use super::manifest;
use super::{Refused, Stop, write};
use crate::compare::{Comparison, Counted, Run};
use crate::disk::Disk;
use crate::finding::Lang;
use crate::quantity::{Decimal, Money, MoneyUnit};
use crate::render;
use crate::settings::{OrganisationChange, Settings};
use crate::tables::{Row, StoredRow, read_table};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What is compared, and where the result goes.
#[derive(Debug, Clone)]
pub struct CompareJob {
    /// OUTPUT of the earlier run.
    pub before: PathBuf,
    /// OUTPUT of the later run.
    pub after: PathBuf,
    /// The workbook to write.
    pub output: PathBuf,
    /// Language; that of the later run where none is asked for.
    pub lang: Option<Lang>,
    /// The file system.
    pub disk: Disk,
}

/// What came out.
#[derive(Debug)]
pub struct Compared {
    /// The comparison.
    pub comparison: Comparison,
    /// The workbook.
    pub workbook: PathBuf,
    /// The page.
    pub page: PathBuf,
    /// Language of both.
    pub lang: Lang,
}

/// Compares two runs and writes workbook and page, both or neither where the first cannot be written.
///
/// # Errors
/// A folder is no OUTPUT of a run, a table cannot be read, or the result cannot be written; nothing was changed.
pub fn compare(job: &CompareJob, stop: &Stop) -> Result<Compared, Refused> {
    let same = |a: &Path, b: &Path| fs::canonicalize(a).ok().zip(fs::canonicalize(b).ok()).is_some_and(|(a, b)| a == b);
    if same(&job.before, &job.after) {
        return Err(Refused::SameRun(job.after.clone()));
    }
    let page = job.output.with_extension("html");
    if page == job.output || job.output.file_name().is_none() {
        return Err(Refused::NotAWorkbookName(job.output.clone()));
    }
    for run in [&job.before, &job.after] {
        for file in [&job.output, &page] {
            let inside = standing(file).zip(fs::canonicalize(run).ok());
            if inside.is_some_and(|(folder, run)| folder.starts_with(run)) {
                return Err(Refused::InsideRun { file: file.clone(), run: run.clone() });
            }
        }
    }
    let before = read(&job.before)?;
    let after = read(&job.after)?;
    let lang = job.lang.unwrap_or(after.settings.lang);
    let comparison = Comparison::new(before, after)?;
    let name = job.output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let workbook = render::comparison(&comparison, lang)?;
    let html = render::comparison_page(&comparison, lang, &name)?;
    if stop.is_set() {
        return Err(Refused::Stopped);
    }
    if let Some(parent) = job.output.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        job.disk.folder(parent)?;
    }
    write::replace(&job.disk, &[(&job.output, &workbook), (&page, &html)])?;
    Ok(Compared { comparison, workbook: job.output.clone(), page, lang })
}

/// The nearest folder above a file that is there already; those below it are made when the file is written.
fn standing(file: &Path) -> Option<PathBuf> {
    file.ancestors()
        .skip(1)
        .find_map(|folder| fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok())
}

#[derive(Deserialize)]
struct Manifest {
    program: String,
    version: String,
    year: Option<u16>,
    config: Config,
    outputs: Vec<Written>,
    #[serde(default)]
    rules: BTreeMap<String, u32>,
    /// Amounts in yuan as text.
    counted: BTreeMap<String, Amounts>,
}

#[derive(Deserialize)]
struct Amounts {
    budget: Option<Decimal>,
    outturn: Option<Decimal>,
}

#[derive(Deserialize)]
struct Config {
    settings: Settings,
    /// A list of changes; older versions wrote how many there are.
    #[serde(default)]
    organisations: Value,
}

#[derive(Deserialize)]
struct Written {
    path: String,
    blake3: String,
}

impl Amounts {
    fn counted(self) -> Counted {
        let yuan = |amount: Option<Decimal>| Money::from_decimal(amount?, MoneyUnit::Yuan);
        Counted { budget: yuan(self.budget), outturn: yuan(self.outturn) }
    }
}

/// A run, from its folder.
fn read(folder: &Path) -> Result<Run, Refused> {
    let not = |what: String| Refused::NotARun { path: folder.to_owned(), what };
    let name = folder.join(manifest::NAME);
    let bytes = fs::read(&name).map_err(|e| not(format!("{}: {e}", manifest::NAME)))?;
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|e| not(format!("{}: {e}", manifest::NAME)))?;
    if manifest.program != "jixiao" {
        return Err(not(format!("{}: program `{}`", manifest::NAME, manifest.program)));
    }
    let hashes = manifest.outputs.into_iter().map(|o| (o.path, o.blake3)).collect();
    let mut tables = Tables { folder, hashes, edited: Vec::new() };
    let submissions = tables.rows()?;
    let evaluations = tables.rows()?;
    let departments = tables.rows()?;
    let findings = tables.rows()?;
    let organisations: Vec<OrganisationChange> =
        serde_json::from_value(manifest.config.organisations).unwrap_or_default();
    Ok(Run {
        path: folder.display().to_string(),
        version: manifest.version,
        year: manifest.year,
        settings: manifest.config.settings,
        organisations,
        rules: manifest.rules,
        counted: manifest.counted.into_iter().map(|(id, amounts)| (id, amounts.counted())).collect(),
        edited: tables.edited,
        submissions,
        evaluations,
        departments,
        findings,
    })
}

struct Tables<'a> {
    folder: &'a Path,
    hashes: BTreeMap<String, String>,
    edited: Vec<String>,
}

impl Tables<'_> {
    fn rows<R: StoredRow + Row>(&mut self) -> Result<Vec<R>, Refused> {
        let name = format!("{}/{}.parquet", write::DATA, R::TABLE);
        let not = |what: String| Refused::NotARun { path: self.folder.to_owned(), what: format!("{name}: {what}") };
        let bytes = fs::read(self.folder.join(&name)).map_err(|e| not(e.to_string()))?;
        let hash = blake3::hash(&bytes).to_hex();
        let rows = read_table(bytes).map_err(|e| not(e.to_string()))?;
        if self.hashes.get(&name).is_none_or(|known| known.as_str() != hash.as_str()) {
            self.edited.push(name);
        }
        Ok(rows)
    }
}
