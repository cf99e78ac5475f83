//! Old copies on hidden sheets.
//!
//! Why: people copy a sheet, hide the old one and go on in the new one; nobody who looks at the workbook knows that it is
//! there. Input → output: the forms of a file → those without a copy on a sheet that is shown, renumbered.
//!
//! Invariant: a form on a hidden sheet is left out only if a sheet that is shown holds one of the same kind, project,
//! department and year, and then a finding says so; any other hidden form counts.

use super::Reading;
use crate::book::{Book, Visibility};
use crate::finding::{Finding, catalogue};
use crate::form::{FieldExt as _, Form};

/// Takes copies out of a reading.
pub(super) fn leave_out_copies(reading: &mut Reading, book: &Book) {
    let is_hidden = |form: &Form| {
        let sheet = usize::try_from(form.sheet).ok().and_then(|at| book.sheets.get(at));
        sheet.is_some_and(|sheet| sheet.visibility != Visibility::Visible)
    };
    if !reading.forms.iter().any(is_hidden) {
        return;
    }
    let shown: Vec<&Form> = reading.forms.iter().filter(|form| !is_hidden(form)).collect();
    let is_copy = |form: &Form| is_hidden(form) && shown.iter().any(|other| same(form, other));
    let copies: Vec<u32> = reading.forms.iter().filter(|form| is_copy(form)).map(|form| form.n).collect();
    let (left_out, kept) = std::mem::take(&mut reading.forms).into_iter().partition(|form| copies.contains(&form.n));
    reading.forms = kept;
    let renumbered = |n: u32| u32::try_from(copies.iter().filter(|&&copy| copy < n).count()).map_or(n, |k| n - k);
    for form in &mut reading.forms {
        form.n = renumbered(form.n);
    }
    reading.findings.retain(|finding| finding.form.is_none_or(|n| !copies.contains(&n)));
    for finding in &mut reading.findings {
        finding.form = finding.form.map(renumbered);
    }
    let said = |form: Form| Finding::new(&catalogue::file::HIDDEN_COPY).at(&form.sheet_name, [form.range.first]);
    reading.findings.extend(Vec::into_iter(left_out).map(said));
}

/// Whether two forms are about the same thing.
fn same(a: &Form, b: &Form) -> bool {
    let names = |form: &Form| {
        let project = form.head.project.get().map(|name| name.name.clone());
        let department = form.head.department.get().map(|name| name.name.clone());
        (form.kind, project, department, form.head.year.get().copied())
    };
    names(a) == names(b)
}
