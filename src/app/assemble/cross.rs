//! The rules across files, applied to the district's forms.

use super::case::Case;
use super::department::submitted;
use super::findings::Findings;
use crate::app::Bureau;
use crate::app::file::Seen;
use crate::normal::names::Directory;
use crate::rule::{self, Registered};

/// Adds what the rules find across files.
pub(super) fn check(
    files: &[Seen],
    cases: &[Case<'_>],
    directory: &Directory,
    bureau: &Bureau,
    year: Option<u16>,
    findings: &mut Findings,
) {
    let names: Vec<String> = files.iter().map(Seen::name).collect();
    let seen: Vec<rule::Seen<'_>> = cases
        .iter()
        .map(|case| {
            let department = case.department.and_then(|id| directory.get(id));
            rule::Seen {
                file: names.get(case.file).map_or("", String::as_str),
                department: department.map(|d| d.name.as_ref()),
                registered: department.is_some_and(|d| d.expected),
                superseded: case.superseded_by.is_some(),
                witness: &case.draft.witness,
            }
        })
        .collect();
    let submitted = submitted(directory, cases, year);
    let register: Vec<Registered<'_>> = directory
        .departments()
        .iter()
        .zip(submitted)
        .filter(|(d, _)| d.expected)
        .map(|(d, submitted)| Registered { name: &d.name, submitted })
        .collect();
    for cross in rule::check_district(&seen, &register, &bureau.settings) {
        if let Some((at, case)) = cross.seen.and_then(|at| Some((at, cases.get(at)?))) {
            findings.about_case(at, case, cross.finding);
        } else {
            let department = directory.departments().iter().position(|d| Some(&*d.name) == cross.department.as_deref());
            findings.about_department(department, cross.finding);
        }
    }
}
