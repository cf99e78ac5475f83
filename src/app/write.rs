//! The district → files of OUTPUT.

use super::manifest::Written;
use super::{District, Job, Refused, crew};
use crate::disk::Disk;
use crate::district::Bulk;
use crate::finding::Lang;
use crate::quantity::Text;
use crate::render::{self, View};
use crate::tables::{
    self, Guard, Past, Ranking, Resource, Row, TableFiles, TableNote, TableNotes, package, write_table,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder of the tables below OUTPUT.
pub(super) const DATA: &str = "data";

/// What was written.
#[derive(Debug)]
pub(super) struct Report {
    disk: Disk,
    /// Hash by path.
    pub(super) outputs: Written,
    /// Rows by table.
    pub(super) rows: BTreeMap<&'static str, u64>,
    /// For the next run.
    pub(super) notes: TableNotes,
}

/// Writes the tables, the long ones of which are given apart, and the data package below `folder`. `also` is done when the
/// shorter ones are written and the longest still is.
pub(super) fn tables<T>(
    district: &District,
    (bulk, rankings): (&Bulk, Vec<Ranking>),
    job: &Job,
    (folder, past): (&Path, Option<&Past>),
    also: impl FnOnce() -> T,
) -> Result<(Report, T), Refused> {
    let (disk, guard) = (&job.disk, job.guard);
    let mut report =
        Report { disk: disk.clone(), outputs: Written::new(), rows: BTreeMap::new(), notes: TableNotes::new() };
    let data = folder.join(DATA);
    disk.folder(&data)?;
    let stretches = bulk.stretches(past.map(|past| past.salt));
    let place = (disk, &*data, guard);
    let rest = || {
        report.table(&data, &rankings, guard)?;
        drop(rankings);
        report.table(&data, &district.submissions, guard)?;
        report.table(&data, &district.evaluations, guard)?;
        for (name, files) in bulk.write_lines(&stretches, past, place)? {
            report.took(name, files);
        }
        report.table(&data, &district.departments, guard)?;
        report.table(&data, &district.findings, guard)?;
        Ok::<_, Refused>(also())
    };
    let (figures, rest) = crew::both(job.jobs, || bulk.write_figures(&stretches, past, place), rest)?;
    let made = rest?;
    let (name, files) = figures?;
    report.took(name, files);
    let described = package(&RESOURCES, district.settings.lang);
    report.file(folder, "data/datapackage.json", pretty(&described).as_bytes())?;
    if !(district.proposals.is_empty() && district.labels.is_empty()) {
        report.file(folder, "mappings.proposed.toml", proposed(district).as_bytes())?;
    }
    Ok((report, made))
}

/// Writes what people look at: the workbook, with the derivation of each score where their rows are given, and the page.
pub(super) fn views(
    view: &View<'_>,
    derivations: Option<&Bulk>,
    job: &Job,
    folder: &Path,
    report: &mut Report,
) -> Result<(), Refused> {
    let (summary, page) = ("summary.xlsx", "report.html");
    // The workbook, which needs more memory, is made on this thread, where assembling the district has left some free.
    let (page_hash, summary_hash) = crew::both(
        job.jobs,
        || put(&job.disk, folder, page, &render::page(view)?),
        || put(&job.disk, folder, summary, &render::summary(view, derivations)?),
    )?;
    report.wrote(summary, summary_hash?);
    report.wrote(page, page_hash?);
    Ok(())
}

/// Names and labels for a person to confirm, in the form of `mappings.toml`.
fn proposed(district: &District) -> String {
    let mut file = toml::Table::new();
    for (section, pairs) in [("departments", &district.proposals), ("labels", &district.labels)] {
        let entries =
            pairs.iter().map(|(written, meant)| (written.to_string(), toml::Value::String(meant.to_string())));
        let entries: toml::Table = entries.collect();
        if !entries.is_empty() {
            file.insert(section.to_owned(), toml::Value::Table(entries));
        }
    }
    let head = match district.settings.lang {
        Lang::Zh => "# 尚未采用的建议。逐条核对，正确的移入输入目录的 mappings.toml。\n",
        Lang::En => "# Proposals, not adopted. Move what is right into mappings.toml of the input.\n",
    };
    format!("{head}{file}")
}

const RESOURCES: [Resource; 9] = [
    Resource::of::<tables::Submission>(),
    Resource::of::<tables::Evaluation>(),
    Resource::of::<tables::IndicatorRow<Text>>(),
    Resource::of::<tables::Funding<Text>>(),
    Resource::of::<tables::BudgetLineRow<Text>>(),
    Resource::of::<tables::AmountRow<Text>>(),
    Resource::of::<tables::Department>(),
    Resource::of::<tables::Ranking>(),
    Resource::of::<tables::FindingRow>(),
];

impl Report {
    fn table<R: Row>(&mut self, data: &Path, rows: &[R], guard: Guard) -> Result<(), Refused> {
        self.took(R::TABLE, write_table(&self.disk, data, rows, guard)?);
        Ok(())
    }

    fn took(&mut self, table: &'static str, files: TableFiles) {
        let TableFiles { rows, csv, parquet, stretches } = files;
        self.rows.insert(table, rows);
        if !stretches.is_empty() {
            let note = TableNote { csv: csv.clone(), parquet: parquet.clone(), stretches };
            self.notes.insert(table.to_owned(), note);
        }
        self.outputs.insert(format!("{DATA}/{table}.csv"), csv);
        self.outputs.insert(format!("{DATA}/{table}.parquet"), parquet);
    }

    /// A file of its own.
    pub(super) fn file(&mut self, folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Refused> {
        let hash = put(&self.disk, folder, name, bytes)?;
        self.wrote(name, hash);
        Ok(())
    }

    /// Notes a file that has been written, and the hash of its bytes.
    pub(super) fn wrote(&mut self, name: impl Into<String>, hash: blake3::Hash) {
        self.outputs.insert(name.into(), hash.to_hex().to_string());
    }
}

/// Writes a file and gives the hash of its bytes.
pub(super) fn put(disk: &Disk, folder: &Path, name: &str, bytes: &[u8]) -> Result<blake3::Hash, Refused> {
    disk.put(&folder.join(name), bytes)?;
    Ok(blake3::hash(bytes))
}

/// Replaces files as a whole: each is written beside itself first, and none takes its name before all are written.
pub(super) fn replace(disk: &Disk, files: &[(&PathBuf, &Vec<u8>)]) -> Result<(), Refused> {
    let staged = |path: &Path| {
        let mut name = path.as_os_str().to_owned();
        name.push(".staging");
        PathBuf::from(name)
    };
    let written = files.iter().try_for_each(|(path, bytes)| {
        let beside = staged(path);
        disk.put(&beside, bytes)?;
        disk.sync(&beside)
    });
    let swapped = written.and_then(|()| files.iter().try_for_each(|(path, _)| disk.rename(&staged(path), path)));
    if swapped.is_err() {
        for (path, _) in files {
            // Best effort: what cannot be removed is named `.staging` and harms nobody.
            let _ = disk.remove(&staged(path));
        }
    }
    Ok(swapped?)
}

/// JSON for people and programs, with a line break at the end.
pub(super) fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}
