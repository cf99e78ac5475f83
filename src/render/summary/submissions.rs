//! 报送情况: who handed in, who did not, and what became of the files.

use super::layout::{Layout, ProjectColumns, name_width};
use crate::finding::Status;
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, cell, col, range};
use crate::render::look;
use crate::render::marks;
use crate::render::page::{Figure, Page};
use crate::render::style::{Num, Style};
use crate::render::text::is_plain_criterion;
use crate::render::view::{Place, View};
use crate::render::words;
use crate::render::workbook::Book;
use crate::tables::Submission;
use std::collections::BTreeMap;

const ABOUT: About = About {
    name: words::SUBMISSIONS,
    title: words::TITLE_SUBMISSIONS,
    number: words::NO_SUBMISSIONS,
    unit: Some(words::UNIT_FILES),
    asks: words::ASK_SUBMISSIONS,
    tab: look::GREY,
    paper: Paper::A4,
};
const REMARK_WIDTH: f64 = 44.0;

/// Columns.
mod c {
    pub(super) const NAME: u16 = 0;
    pub(super) const CATEGORY: u16 = 1;
    pub(super) const STATE: u16 = 2;
    pub(super) const RECEIVED: u16 = 3;
    pub(super) const FIRST_STATUS: u16 = 4;
    pub(super) const FORMS: u16 = 8;
    pub(super) const PROJECTS: u16 = 9;
    pub(super) const REMARK: u16 = 10;
}

/// What becomes of a file that counts as received, in the order of the columns.
const STATUSES: [Status; 4] = [Status::Imported, Status::Duplicate, Status::Superseded, Status::Rejected];

fn head(view: &View<'_>) -> Vec<Column> {
    let s = |words| view.say(words);
    let files = s(words::FILES_GROUP);
    vec![
        Column::new(s(words::DEPARTMENT), name_width(view)),
        Column::new(s(words::CATEGORY), 12.0),
        Column::new(s(words::STATE), 11.5),
        Column::of(files, s(words::RECEIVED), 8.0),
        Column::of(files, s(words::USED), 8.0),
        Column::of(files, s(words::DUPLICATES), 8.0),
        Column::of(files, s(words::REPLACED), 8.0),
        Column::of(files, s(words::REFUSED), 8.0),
        Column::new(s(words::FORMS), 8.0),
        Column::new(s(words::PROJECT_FORMS), 8.0),
        Column::new(s(words::REMARK), REMARK_WIDTH),
    ]
}

/// Counts of files by what became of them, and of forms.
#[derive(Default, Clone, Copy)]
struct Counts {
    by_status: [u32; 4],
    forms: u32,
}

impl Counts {
    fn of<'s>(files: impl Iterator<Item = &'s Submission>) -> Self {
        let mut counts = Self::default();
        for file in files {
            // a bundle stands for its members, unless it could not be opened at all
            let is_bundle = file.format.as_deref() == Some(crate::book::Format::Zip.code());
            if is_bundle && &*file.status != Status::Rejected.code() {
                continue;
            }
            let place = STATUSES.iter().position(|status| status.code() == &*file.status);
            if let Some(count) = place.and_then(|place| counts.by_status.get_mut(place)) {
                *count += 1;
                counts.forms += file.forms;
            }
        }
        counts
    }

    fn received(self) -> u32 {
        self.by_status.iter().sum()
    }

    fn status(self, wanted: Status) -> u32 {
        STATUSES.iter().zip(self.by_status).find(|(status, _)| **status == wanted).map_or(0, |(_, count)| count)
    }
}

/// Writes the sheet, departments in the order of the register.
pub(super) fn write(book: &mut Book, view: &View<'_>, layout: &Layout) -> Result<(), RenderError> {
    let columns = head(view);
    let mut page = Page::open(book, view.say(ABOUT.name), &view.imprint, &ABOUT, &columns)?;
    page.is_live = layout.is_live;
    let first = page.heads(HEAD_ROW, &columns)?;
    let mut at = first;
    let mut files: BTreeMap<Option<&str>, Vec<&Submission>> = BTreeMap::new();
    for file in &view.district.submissions {
        files.entry(file.department.as_deref()).or_default().push(file);
    }
    let counts = |department: Option<&str>| Counts::of(files.get(&department).into_iter().flatten().copied());
    for row in &view.district.departments {
        let Some(place) = view.departments.iter().find(|place| std::ptr::eq(place.row, row)) else { continue };
        department(&mut page, view, layout, place, at, counts(Some(&row.department)))?;
        at += 1;
    }
    let unknown = counts(None);
    if unknown.received() > 0 || at == first {
        unknown_row(&mut page, view, at, unknown)?;
        at += 1;
    }
    let last = at - 1;
    total(&mut page, view, (first, last))?;
    let rule = view.fill(words::SUBMISSIONS_RULE, &[("sheet", view.say(words::UNUSED))]);
    let expected =
        if view.district.register.is_empty() { words::EXPECTED_FROM_FILES } else { words::EXPECTED_FROM_REGISTER };
    page.notes(last + 2, &columns, &[rule, view.say(expected).to_owned()], None)?;
    page.table_behaviour((HEAD_ROW, first - 1), (first, last), 1, col(columns.len()))?;
    let states = ((first, last), (c::STATE, c::STATE));
    marks::begins(page.sheet, states, "○", look::ERROR)?;
    marks::begins(page.sheet, states, "◐", look::WARN)
}

fn department(
    page: &mut Page<'_>,
    view: &View<'_>,
    layout: &Layout,
    place: &Place<'_>,
    row: u32,
    counts: Counts,
) -> Result<(), RenderError> {
    let name = &*place.row.department;
    let refused = counts.status(Status::Rejected);
    let unscored = place.sum.projects - place.sum.scored;
    let state = if !place.row.submitted {
        words::MISSING
    } else if refused + unscored > 0 {
        words::GAPS
    } else {
        words::COMPLETE
    };
    page.text(row, c::NAME, name, Style::TEXT)?;
    page.text(row, c::CATEGORY, place.row.category.as_deref().unwrap_or("—"), Style::TEXT.small())?;
    page.text(row, c::STATE, view.say(state), Style::CELL.centred())?;
    files(page, row, counts)?;
    let was_live = page.is_live;
    page.is_live = was_live && is_plain_criterion(name);
    let formula = format!("COUNTIFS({},{})", layout.project(ProjectColumns::DEPARTMENT), cell(row, c::NAME));
    page.formula(row, c::PROJECTS, &formula, place.sum.projects, Style::figure(Num::Count))?;
    page.is_live = was_live;
    let mut said: Vec<String> = [
        (counts.status(Status::Duplicate), words::STATE_DUPLICATE),
        (counts.status(Status::Superseded), words::STATE_REPLACED),
        (refused, words::STATE_REFUSED),
        (unscored, words::UNSCORED_PROJECTS),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, words)| view.fill(words, &[("n", &count.to_string())]))
    .collect();
    if !place.row.submitted {
        said.insert(0, view.say(words::STATE_MISSING).to_owned());
    }
    let said = said.join("；");
    page.text(row, c::REMARK, &said, Style::NOTE)?;
    page.wrap_height(row, ROW, &[(name, Style::TEXT, layout.name_width), (&said, Style::NOTE, REMARK_WIDTH)])
}

fn files(page: &mut Page<'_>, row: u32, counts: Counts) -> Result<(), RenderError> {
    let last = c::FIRST_STATUS + col(STATUSES.len()) - 1;
    let sum = format!("SUM({}:{})", cell(row, c::FIRST_STATUS), cell(row, last));
    page.formula(row, c::RECEIVED, &sum, counts.received(), Style::figure(Num::Count))?;
    for (column, count) in (c::FIRST_STATUS..).zip(counts.by_status) {
        page.figure(row, column, count, Style::figure(Num::Files))?;
    }
    page.figure(row, c::FORMS, counts.forms, Style::figure(Num::Count))
}

fn unknown_row(page: &mut Page<'_>, view: &View<'_>, row: u32, counts: Counts) -> Result<(), RenderError> {
    page.text(row, c::NAME, view.say(words::UNKNOWN_DEPARTMENT), Style::TEXT.muted())?;
    page.text(row, c::CATEGORY, "—", Style::CELL.muted())?;
    page.text(row, c::STATE, "—", Style::CELL.centred().muted())?;
    files(page, row, counts)?;
    page.figure(row, c::PROJECTS, Figure::NotApplicable, Style::figure(Num::Count))?;
    page.blank(row, c::REMARK, Style::NOTE)?;
    page.height(row, ROW)
}

fn total(page: &mut Page<'_>, view: &View<'_>, rows: (u32, u32)) -> Result<(), RenderError> {
    let row = rows.1 + 1;
    let (handed_in, all) = view.coverage();
    page.rule(row, (0, c::REMARK), Style::TOTAL)?;
    page.text(row, c::NAME, view.say(words::TOTAL), Style::TOTAL)?;
    page.text(row, c::CATEGORY, "—", Style::TOTAL)?;
    page.text(row, c::STATE, &format!("{handed_in}/{all}"), Style::TOTAL.centred())?;
    let known: std::collections::BTreeSet<&str> = view.district.departments.iter().map(|d| &*d.department).collect();
    let listed = view.district.submissions.iter().filter(|f| f.department.as_deref().is_none_or(|d| known.contains(d)));
    let counts = Counts::of(listed);
    let values = [counts.received()].into_iter().chain(counts.by_status).chain([counts.forms]);
    for (column, value) in (c::RECEIVED..).zip(values) {
        let formula = format!("SUM({})", range(None, column, rows));
        page.formula(row, column, &formula, value, Style::total(Num::Count))?;
    }
    let projects: u32 = view.departments.iter().map(|place| place.sum.projects).sum();
    let formula = format!("SUM({})", range(None, c::PROJECTS, rows));
    page.formula(row, c::PROJECTS, &formula, projects, Style::total(Num::Count))?;
    page.height(row, 19.0)
}
