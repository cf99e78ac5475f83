//! The stage of one file: its bytes → what is kept of it. Pure but for reading the bytes; runs on any thread.

use super::cache::Cache;
use crate::book::{self, Book, Reader, Refusal};
use crate::finding::{Finding, Reason, Status};
use crate::normal::{Extract, Shelf, Slot, extract};
use crate::plan::{Content, Input, Item, load};
use crate::quantity::{Area, CellRef, Text};
use crate::read::{self, Catalog, Reading};
use crate::render;
use crate::rule;
use crate::settings::Settings;

/// What decides how a file is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stage<'a> {
    pub(super) settings: &'a Settings,
    pub(super) catalog: &'a Catalog,
    pub(super) reader: Reader,
    pub(super) cache: Option<&'a Cache>,
}

/// One row of `submissions` in the making.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) path: Text,
    pub(super) member: Option<Text>,
    pub(super) bytes: u64,
    pub(super) blake3: Option<Text>,
    /// What became of it; of a bundle it is decided by its members, later.
    pub(super) status: Status,
    pub(super) reason: Option<Reason>,
    pub(super) is_bundle: bool,
    /// Without its rows.
    pub(super) extract: Extract,
    /// Its rows.
    pub(super) rows: Slot,
}

impl Seen {
    /// `path` or `path!member`.
    pub(super) fn name(&self) -> String {
        match &self.member {
            Some(member) => format!("{}!{member}", self.path),
            None => self.path.to_string(),
        }
    }
}

/// Reads an input: itself, then its members if it is a bundle. Rows go to the shelf.
pub(super) fn take(input: &Input, stage: Stage<'_>, shelf: &Shelf) -> Vec<Seen> {
    let mut all = Vec::with_capacity(1);
    load(input, &stage.settings.limits, &mut |item| {
        let mut seen = see(input, item, stage);
        seen.rows = shelf.keep(&std::mem::take(&mut seen.extract.rows));
        all.push(seen);
    });
    all
}

fn see(input: &Input, item: Item<'_>, stage: Stage<'_>) -> Seen {
    let mut seen = Seen {
        path: input.path.clone(),
        member: item.member,
        bytes: item.bytes,
        blake3: item.blake3.map(|hash| hash.to_hex().as_str().into()),
        status: Status::Imported,
        reason: None,
        is_bundle: false,
        extract: Extract::default(),
        rows: Slot::default(),
    };
    match item.content {
        Content::Bundle => {
            seen.is_bundle = true;
            seen.extract.format = Some(book::Format::Zip);
        }
        Content::Settled(status, reason, refusal) => {
            (seen.status, seen.reason) = (status, Some(reason));
            seen.extract.refusal = refusal.map(|r| *r);
        }
        Content::File(bytes) => {
            let name = seen.member.as_ref().unwrap_or(&seen.path);
            seen.extract = match (item.blake3, stage.cache) {
                (Some(hash), Some(cache)) => cached(bytes, name, hash, cache, stage),
                _ => read_bytes(bytes, name, stage),
            };
            let e = &seen.extract;
            (seen.status, seen.reason) = match &e.refusal {
                Some(refusal) => {
                    let (status, reason) = crate::plan::settled(name, refusal.reason);
                    (status, Some(reason))
                }
                None if e.answers.is_some() => (Status::Ignored, Some(Reason::Feedback)),
                None => (Status::Imported, e.repaired.then_some(Reason::Repaired)),
            };
        }
    }
    if seen.status == Status::Rejected {
        seen.extract.findings.push(rejection(&seen, stage.settings));
    }
    seen
}

fn rejection(seen: &Seen, settings: &Settings) -> Finding {
    let lang = settings.lang;
    match (&seen.extract.refusal, seen.reason) {
        (Some(refusal), _) => refusal.finding(lang),
        (None, Some(reason)) => book::Refusal::new(reason, "", "").finding(lang),
        (None, None) => book::Refusal::new(Reason::Unreadable, "", "").finding(lang),
    }
}

/// What was kept of these bytes before, else what is now. Of the name only the ending `.et` matters.
fn cached(bytes: &[u8], name: &str, hash: blake3::Hash, cache: &Cache, stage: Stage<'_>) -> Extract {
    let et = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("et"));
    if let Some(extract) = cache.get(hash, et) {
        return extract;
    }
    let extract = read_bytes(bytes, name, stage);
    // What time, memory or a crash has cut short may well be read next time.
    let chance = [Reason::TimeLimit, Reason::MemoryLimit, Reason::ReaderCrashed];
    if !extract.refusal.as_ref().is_some_and(|refusal| chance.contains(&refusal.reason)) {
        cache.put(hash, et, &extract);
    }
    extract
}

/// Bytes → workbook.
pub(super) fn open(bytes: &[u8], name: &str, stage: Stage<'_>) -> Result<Book, Refusal> {
    book::open(bytes, name, &stage.settings.limits, stage.reader)
}

/// The forms of a workbook, and everything that was found in it: by reading, and by the rules for a form and for a file.
pub(super) fn recognise(book: &Book, stage: Stage<'_>) -> Reading {
    let settings = stage.settings;
    let mut out = read::read_book(book, stage.catalog);
    out.findings.splice(0..0, book.findings(settings.lang));
    for form in &out.forms {
        let sheet = usize::try_from(form.sheet).ok().and_then(|at| book.sheets.get(at));
        out.findings.extend(sheet.into_iter().flat_map(|sheet| rule::check_form(form, sheet, settings)));
    }
    out.findings.extend(rule::check_file(&out.forms, book, settings));
    out
}

/// The refusal of a workbook without a known form.
pub(super) fn no_known_form(book: &Book) -> Refusal {
    Refusal::new(Reason::NoKnownForm, "", "").about(book.format)
}

/// Bytes of a workbook → what is kept of it.
pub(super) fn read_bytes(bytes: &[u8], name: &str, stage: Stage<'_>) -> Extract {
    match open(bytes, name, stage) {
        Ok(book) => of_book(&book, stage),
        Err(refusal) => Extract { format: refusal.format, refusal: Some(refusal), ..Extract::default() },
    }
}

fn of_book(book: &Book, stage: Stage<'_>) -> Extract {
    if let Some(answers) = render::answers(book) {
        return Extract { format: Some(book.format), answers: Some(answers), ..Extract::default() };
    }
    let Reading { forms, mut findings, proposals } = recognise(book, stage);
    show(&mut findings, book, &forms);
    let (drafts, rows) = extract(&forms, stage.settings);
    let proposals = proposals.into_iter().map(|p| (p.label, p.concept.code().into())).collect();
    let refusal = drafts.is_empty().then(|| no_known_form(book));
    Extract {
        format: Some(book.format),
        refusal,
        repaired: book.repaired,
        forms: drafts,
        findings,
        rows,
        proposals,
        answers: None,
    }
}

/// Findings of a file that are shown in their place; a file with more of them is wrong throughout.
const MOST_SHOWN: usize = 40;

/// Gives findings the cells around them: within the form they are about, else within the whole sheet.
fn show(findings: &mut [Finding], book: &Book, forms: &[crate::form::Form]) {
    let placed = findings.iter_mut().filter(|finding| !finding.cells.is_empty()).take(MOST_SHOWN);
    for finding in placed {
        let sheet = book.sheets.iter().find(|sheet| Some(&sheet.name) == finding.sheet.as_ref());
        let (Some(sheet), Some(cell)) = (sheet, finding.cells.first().copied()) else { continue };
        let form = forms.iter().find(|form| Some(form.n) == finding.form);
        let whole = Area::new(CellRef::new(0, 0), CellRef::new(cell.row, u32::MAX));
        let area = form.map(|form| form.range).filter(|range| range.contains(cell)).unwrap_or(whole);
        finding.crop = Some(Box::new(book::crop(sheet, area, cell)));
    }
}
