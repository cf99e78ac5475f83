//! `feedback/<department>.xlsx`: the workbooks that go back to the departments.
//!
//! Only files with a marked cell are read again, and only if their bytes are those of the first time; one that is not
//! gives a list without its drawing. A plain file is read while its department's workbook is made; members of bundles are
//! read before, each bundle once. Workbooks are made on several threads, each the same bytes whatever their number; one that
//! the last run made from the same is taken from there.

use super::reuse::{Notes, Reuse};
use super::write::{Report, put};
use super::{District, Job, Refused, Stop, crew};
use crate::book::{self, Book};
use crate::plan::{self, Content, Input};
use crate::render::{Feedback, View};
use crate::settings::Settings;
use crate::tables::Submission;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Where files are read again.
pub(super) struct Shelf<'a> {
    /// In the order of their paths, each path once.
    pub(super) inputs: &'a [Input],
    pub(super) settings: &'a Settings,
    pub(super) job: &'a Job,
    pub(super) stop: &'a Stop,
}

impl Shelf<'_> {
    /// The workbooks of these files of one input, by `file_id`.
    fn read(&self, path: &str, wanted: &[(u32, &Submission)]) -> Vec<(u32, Book)> {
        let found = self.inputs.binary_search_by(|input| (*input.path).cmp(path));
        let Some(input) = found.ok().and_then(|at| self.inputs.get(at)) else { return Vec::new() };
        let (limits, mut books) = (&self.settings.limits, Vec::new());
        plan::load(input, limits, &mut |item| {
            let Some((id, row)) = wanted.iter().find(|(_, row)| row.member == item.member) else { return };
            let is_same = item.blake3.map(|hash| hash.to_hex().to_string()).as_deref() == row.blake3.as_deref();
            if let (true, Content::File(bytes)) = (is_same, item.content) {
                let name = row.member.as_ref().unwrap_or(&row.path);
                books.extend(book::open(bytes, name, limits, self.job.reader).ok().map(|book| (*id, book)));
            }
        });
        books
    }
}

/// Writes the workbooks below `folder`; no folder where no department gets one.
pub(super) fn write(
    district: &District,
    view: &View<'_>,
    shelf: &Shelf<'_>,
    reuse: Option<Reuse>,
    folder: &Path,
    report: &mut Report,
) -> Result<(), Refused> {
    let feedback = Feedback::new(view);
    let recipients = feedback.recipients();
    if recipients.is_empty() {
        return Ok(());
    }
    let below = folder.join("feedback");
    shelf.job.disk.folder(&below)?;
    let rows: BTreeMap<u32, &Submission> = district.submissions.iter().map(|row| (row.file_id, row)).collect();

    let disk = &shelf.job.disk;
    let mut notes = Notes::new();
    let mut asking = Vec::new();
    for recipient in recipients {
        let name = format!("feedback/{}", recipient.file_name);
        let source = reuse.as_ref().map(|reuse| reuse.source(&feedback, &recipient));
        let former = reuse.as_ref().zip(source.as_ref()).and_then(|(reuse, source)| reuse.get(&name, source));
        match (former, source) {
            (Some((bytes, hash)), Some(source)) => {
                disk.put(&folder.join(&name), &bytes)?;
                report.wrote(name.as_str(), hash);
                notes.insert(name, (source, *hash.as_bytes()));
            }
            _ => asking.push((recipient, name, source)),
        }
    }

    let asked: BTreeSet<u32> = asking.iter().flat_map(|(recipient, ..)| recipient.files.iter().copied()).collect();
    let mut bundles: BTreeMap<&str, Vec<(u32, &Submission)>> = BTreeMap::new();
    for (id, row) in asked.iter().filter_map(|id| Some((*id, *rows.get(id)?))).filter(|(_, row)| row.member.is_some()) {
        bundles.entry(&row.path).or_default().push((id, row));
    }
    let members =
        crew::each(bundles.into_iter().collect(), shelf.job.jobs, |(path, wanted)| shelf.read(path, &wanted))?;
    let members: BTreeMap<u32, Book> = members.into_iter().flatten().collect();

    let made = crew::each(asking, shelf.job.jobs, |(recipient, name, source)| {
        if shelf.stop.is_set() {
            return Err(Refused::Stopped);
        }
        let mut is_whole = true;
        let again = |id: u32| {
            let found = rows.get(&id).and_then(|row| match row.member {
                Some(_) => members.get(&id).cloned(),
                None => shelf.read(&row.path, &[(id, *row)]).pop().map(|(_, book)| book),
            });
            is_whole &= found.is_some();
            found
        };
        let bytes = feedback.workbook(&recipient, again)?;
        let hash = put(disk, folder, &name, &bytes)?;
        // One that lacks a drawing, because its file could not be read again, may have it next time.
        let note = source.filter(|_| is_whole).map(|source| (source, *hash.as_bytes()));
        Ok((name, hash, note))
    })?;
    for one in made {
        let (name, hash, note) = one?;
        notes.extend(note.map(|note| (name.clone(), note)));
        report.wrote(name, hash);
    }
    if let Some(reuse) = reuse {
        reuse.close(disk, &notes);
    }
    Ok(())
}
