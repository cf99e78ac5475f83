//! 报送情况: who handed in, what became of the files, and which were not used and why.

use super::super::table::{Cell, Column, Filter, Kind, Row, Table};
use super::super::{Page, link};
use super::{DASH, List, attention, count, notes, or_mark, row};
use crate::finding::{Reason, Status};
use crate::render::view::{Place, View};
use crate::render::{RenderError, words};
use crate::tables::Submission;
use std::collections::BTreeMap;

/// What a department's files became.
#[derive(Debug, Clone, Copy, Default)]
struct Files {
    used: u32,
    duplicate: u32,
    replaced: u32,
    refused: u32,
    forms: u32,
}

impl Files {
    fn received(self) -> u32 {
        self.used + self.duplicate + self.replaced + self.refused
    }
}

/// The section.
pub(in crate::render::report) fn submissions(page: &Page<'_>) -> Result<List, RenderError> {
    let view = &page.view;
    let mut files: BTreeMap<&str, Files> = BTreeMap::new();
    for file in view.district.submissions.iter().filter(|file| !is_bundle(file)) {
        let Some(department) = file.department.as_deref() else { continue };
        let of = files.entry(department).or_default();
        of.forms += file.forms;
        match &*file.status {
            s if s == Status::Imported.code() => of.used += 1,
            s if s == Status::Duplicate.code() => of.duplicate += 1,
            s if s == Status::Superseded.code() => of.replaced += 1,
            s if s == Status::Rejected.code() => of.refused += 1,
            // What is ignored (lock files, attachments, configuration) is no submission.
            _ => {}
        }
    }
    let by_department = departments(page, &files);
    let mut tables = vec![(None, by_department)];
    let unused = unused(view);
    if !unused.rows.is_empty() {
        tables.push((Some(view.say(words::FILES_NOT_USED_PAGE).to_owned()), unused));
    }
    let has_register = !view.district.register.is_empty();
    let register = if has_register { words::EXPECTED_FROM_REGISTER } else { words::EXPECTED_FROM_FILES };
    let said = [view.fill(words::SUBMISSIONS_RULE, &[("sheet", view.say(words::FILES_NOT_USED_PAGE))])];
    page.list(
        ("submissions", words::SUBMISSIONS),
        None,
        tables,
        notes(view, &said, Some(view.say(register).to_owned())),
    )
}

/// A bundle that was opened: its members are the files, it is none.
fn is_bundle(file: &Submission) -> bool {
    file.member.is_none() && file.format.as_deref() == Some("zip")
}

fn departments(page: &Page<'_>, files: &BTreeMap<&str, Files>) -> Table<'static> {
    let view = &page.view;
    let s = |words| view.say(words);
    let columns = vec![
        Column::new(s(words::DEPARTMENT), Kind::Text),
        Column::secondary(s(words::CATEGORY), Kind::Text),
        Column::new(s(words::STATE), Kind::Text),
        Column::new(s(words::RECEIVED), Kind::Count),
        Column::secondary(s(words::USED), Kind::Count),
        Column::secondary(s(words::DUPLICATES), Kind::Count),
        Column::secondary(s(words::REPLACED), Kind::Count),
        Column::new(s(words::REFUSED), Kind::Count),
        Column::secondary(s(words::FORMS), Kind::Count),
        Column::secondary(s(words::PROJECT_FORMS), Kind::Count),
    ];
    // The register's order; departments met without being in it follow.
    let mut places: Vec<&Place<'_>> = view.departments.iter().collect();
    let order: BTreeMap<&str, usize> =
        view.district.departments.iter().enumerate().map(|(n, row)| (&*row.department, n)).collect();
    places.sort_by_key(|place| order.get(&*place.row.department).copied());
    let rows = places.into_iter().map(|place| {
        let own = files.get(&*place.row.department).copied().unwrap_or_default();
        department(page, place, own)
    });
    Table {
        id: "list-submissions",
        caption: s(words::SUBMISSIONS).to_owned(),
        columns,
        head: 0,
        rows: rows.collect(),
        total: None,
        filters: page.filters(words::HINT_DEPARTMENT),
        sorts: true,
    }
}

fn department(page: &Page<'_>, place: &Place<'_>, files: Files) -> Row {
    let view = &page.view;
    let unscored = place.sum.projects - place.sum.scored;
    let state = if !place.row.submitted {
        words::MISSING
    } else if files.refused > 0 || unscored > 0 {
        words::GAPS
    } else {
        words::COMPLETE
    };
    let mut said = Vec::new();
    if unscored > 0 {
        said.push(view.fill(words::UNSCORED_PROJECTS, &[("n", &unscored.to_string())]));
    }
    if files.refused > 0 {
        said.push(view.fill(words::STATE_REFUSED, &[("n", &files.refused.to_string())]));
    }
    if !place.row.submitted {
        said.push(view.say(words::STATE_MISSING).to_owned());
    }
    let class = match state {
        words::MISSING => Some("err"),
        words::GAPS => Some("warn"),
        _ => None,
    };
    let category = place.row.category.as_deref();
    Row {
        category: page.category(category),
        grade: None,
        cells: vec![
            Cell::noted(&place.row.department, &said.join("；")),
            or_mark(category, DASH, str::to_owned),
            Cell::marked(view.say(state).to_owned(), class),
            count(files.received()),
            count(files.used),
            count(files.duplicate),
            count(files.replaced),
            attention(files.refused, "warn"),
            count(files.forms),
            count(place.sum.projects),
        ],
    }
}

/// Files that are not used, with the reason; what was never meant as a submission is left to the workbook.
fn unused(view: &View<'_>) -> Table<'static> {
    let s = |words| view.say(words);
    let columns = vec![
        Column::new(s(words::FILE), Kind::Text),
        Column::secondary(s(words::DEPARTMENT), Kind::Text),
        Column::new(s(words::TREATMENT), Kind::Text),
        Column::new(s(words::WHY), Kind::Text),
    ];
    let is_unused = |file: &&Submission| {
        [Status::Rejected, Status::Superseded, Status::Duplicate].iter().any(|s| s.code() == &*file.status)
    };
    let rows = view.district.submissions.iter().filter(is_unused).map(|file| {
        let path = match file.member.as_deref() {
            Some(member) => format!("{} › {member}", file.path),
            None => file.path.to_string(),
        };
        let status = Status::ALL.into_iter().find(|status| status.code() == &*file.status);
        let reason = file.reason.as_deref().and_then(|code| Reason::ALL.iter().find(|reason| reason.code() == code));
        row(vec![
            Cell::link(path, link::to_file(view, Some(file))),
            or_mark(file.department.as_deref(), DASH, str::to_owned),
            or_mark(status, DASH, |status| status.words().get(view.imprint.lang).to_owned()),
            or_mark(reason, DASH, |reason| reason.words().get(view.imprint.lang).to_owned()),
        ])
    });
    Table {
        id: "list-unused",
        caption: s(words::FILES_NOT_USED_PAGE).to_owned(),
        columns,
        head: 0,
        rows: rows.collect(),
        total: None,
        filters: vec![Filter::text(s(words::SEARCH), s(words::HINT_FILE))],
        sorts: true,
    }
}
