//! 未采用文件: which files were not used, and why.

use super::layout::BELOW_ONE;
use crate::finding::{Reason, Status};
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, MOST_ROWS, Paper, ROW, col, row as row_number};
use crate::render::look;
use crate::render::page::Page;
use crate::render::style::Style;
use crate::render::text;
use crate::render::view::View;
use crate::render::words;
use crate::render::workbook::Book;
use crate::tables::Submission;
use std::collections::BTreeMap;

const ABOUT: About = About {
    name: words::UNUSED,
    title: words::TITLE_UNUSED,
    number: words::NO_UNUSED,
    unit: Some(words::UNIT_FILES),
    asks: words::ASK_UNUSED,
    tab: look::GREY,
    paper: Paper::A4,
};
const WIDTHS: [f64; 4] = [24.0, 56.0, 13.0, 64.0];

/// Writes the sheet: rejected files first, then replaced and duplicate ones, then what was no submission.
pub(super) fn write(book: &mut Book, view: &View<'_>) -> Result<(), RenderError> {
    let names = [words::DEPARTMENT, words::FILE, words::TREATMENT, words::WHY];
    let columns: Vec<Column> =
        names.into_iter().zip(WIDTHS).map(|(name, width)| Column::new(view.say(name), width)).collect();
    let order = [Status::Rejected, Status::Superseded, Status::Duplicate, Status::Ignored];
    let mut files: Vec<(usize, Status, &Submission)> = view
        .district
        .submissions
        .iter()
        .filter_map(|file| {
            let (place, status) = order.iter().enumerate().find(|(_, status)| status.code() == &*file.status)?;
            Some((place, *status, file))
        })
        .collect();
    files.sort_by_key(|(place, _, file)| (*place, file.file_id));
    let reasons = Reasons::new(view);
    let mut taken = Vec::new();
    let chunks: Vec<&[(usize, Status, &Submission)]> =
        if files.is_empty() { vec![&[]] } else { files.chunks(MOST_ROWS).collect() };
    for chunk in chunks {
        let name = text::sheet_name(view.say(ABOUT.name), &taken);
        let mut page = Page::open_for(chunk.len(), book, &name, &view.imprint, &ABOUT, &columns)?;
        taken.push(name);
        let first = page.heads(HEAD_ROW, &columns)?;
        if chunk.is_empty() {
            page.nothing(first, col(columns.len()), view.say(words::ALL_USED))?;
        }
        for (row, (_, status, file)) in (BELOW_ONE..).zip(chunk) {
            file_row(&mut page, view, row, *status, file, &reasons)?;
        }
        let last = first + row_number(chunk.len().max(1)) - 1;
        page.notes(last + 1, &columns, &[view.say(words::UNUSED_RULE).to_owned()], None)?;
        page.table_behaviour((HEAD_ROW, first - 1), (first, last), 1, col(columns.len()))?;
    }
    Ok(())
}

/// What is known about why a file was not used, beyond its code.
struct Reasons<'a> {
    /// The first file with these bytes.
    by_digest: BTreeMap<&'a str, &'a Submission>,
    /// The file that replaced this one.
    replaced_by: BTreeMap<u32, &'a Submission>,
}

impl<'a> Reasons<'a> {
    fn new(view: &View<'a>) -> Self {
        let mut by_digest = BTreeMap::new();
        for file in &view.district.submissions {
            if let Some(digest) = file.blake3.as_deref() {
                by_digest.entry(digest).or_insert(file);
            }
        }
        let of_evaluation: BTreeMap<&str, u32> =
            view.district.evaluations.iter().map(|e| (&*e.evaluation_id, e.file_id)).collect();
        let replaced_by = view
            .district
            .evaluations
            .iter()
            .filter_map(|e| Some((e.file_id, view.file(*of_evaluation.get(e.superseded_by.as_deref()?)?)?)))
            .collect();
        Self { by_digest, replaced_by }
    }

    fn say(&self, view: &View<'_>, status: Status, file: &Submission) -> String {
        let reason = file.reason.as_deref();
        let known = Reason::ALL.iter().find(|known| Some(known.code()) == reason);
        let words = known.map_or_else(|| reason.unwrap_or("—"), |known| known.words().get(view.imprint.lang));
        let other = match status {
            Status::Duplicate => {
                file.blake3.as_deref().and_then(|digest| self.by_digest.get(digest)).map(|o| (o, words::SAME_AS))
            }
            Status::Superseded => self.replaced_by.get(&file.file_id).map(|o| (o, words::REPLACED_BY)),
            Status::Imported | Status::Rejected | Status::Ignored => None,
        };
        match other.filter(|(other, _)| other.file_id != file.file_id) {
            Some((other, template)) => view.fill(template, &[("path", &whole_path(other))]),
            None => words.to_owned(),
        }
    }
}

/// Path, and the member inside a bundle.
fn whole_path(file: &Submission) -> String {
    file.member.as_deref().map_or_else(|| file.path.to_string(), |member| format!("{} › {member}", file.path))
}

fn file_row(
    page: &mut Page<'_>,
    view: &View<'_>,
    row: u32,
    status: Status,
    file: &Submission,
    reasons: &Reasons<'_>,
) -> Result<(), RenderError> {
    let department = file.department.as_deref().unwrap_or("—");
    let (path, why) = (whole_path(file), reasons.say(view, status, file));
    let link = view.link(Some(file), None, None);
    let rejected = if status == Status::Rejected { Style::CELL.centred().bold() } else { Style::CELL.centred() };
    page.text(row, 0, department, Style::TEXT)?;
    page.file_link(row, 1, &path, link.as_ref(), Style { wrap: true, indent: 0, ..Style::LINK })?;
    page.text(row, 2, status.words().get(view.imprint.lang), rejected)?;
    page.text(row, 3, &why, Style::NOTE)?;
    page.wrap_height(
        row,
        ROW,
        &[(department, Style::TEXT, WIDTHS[0]), (&path, Style::LINK, WIDTHS[1]), (&why, Style::NOTE, WIDTHS[3])],
    )
}
