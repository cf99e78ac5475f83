//! The reporting year.

use super::case::Case;
use super::findings::Findings;
use crate::app::file::Seen;
use crate::finding::{Finding, catalogue::together};
use crate::settings::Settings;
use std::collections::BTreeMap;

/// The reporting year: that of the settings, else the most frequent among evaluations that were not replaced, else among
/// budget tables; of equally frequent ones the latest. `None`: no form names a year.
pub(super) fn reporting_year(cases: &[Case<'_>], settings: &Settings) -> Option<u16> {
    let current = |evaluations: bool| {
        cases.iter().filter(move |c| c.superseded_by.is_none() && c.draft.kind.is_evaluation() == evaluations)
    };
    set_or_most_frequent(settings, |evaluations| current(evaluations).filter_map(|case| case.draft.year))
}

/// The reporting year as it seems before departments and versions are told apart; for what must be known by then.
pub(super) fn foreseen(files: &[Seen], settings: &Settings) -> Option<u16> {
    let forms = |evaluations: bool| {
        let all = files.iter().flat_map(|seen| &seen.extract.forms);
        all.filter(move |form| form.kind.is_evaluation() == evaluations)
    };
    set_or_most_frequent(settings, |evaluations| forms(evaluations).filter_map(|form| form.year))
}

/// The year of the settings, else the most frequent of evaluations, else of budget tables.
fn set_or_most_frequent<Y: Iterator<Item = u16>>(settings: &Settings, years: impl Fn(bool) -> Y) -> Option<u16> {
    settings.district.year.or_else(|| most_frequent(years(true))).or_else(|| most_frequent(years(false)))
}

/// Of equally frequent ones the latest.
fn most_frequent(years: impl Iterator<Item = u16>) -> Option<u16> {
    let mut counts: BTreeMap<u16, u32> = BTreeMap::new();
    for year in years {
        *counts.entry(year).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(year, count)| (count, year)).map(|(year, _)| year)
}

/// Whether a form is about the reporting year; one without a year is taken to be.
pub(super) fn is_current(case: &Case<'_>, year: Option<u16>) -> bool {
    case.draft.year.is_none_or(|own| Some(own) == year)
}

/// Says which forms are of another year, or of none.
pub(super) fn note(cases: &[Case<'_>], year: Option<u16>, findings: &mut Findings) {
    let Some(year) = year else { return };
    for (i, case) in cases.iter().enumerate() {
        let finding = match case.draft.year {
            Some(own) if own != year => Finding::new(&together::OTHER_YEAR).given(own),
            None if case.draft.kind.is_evaluation() => Finding::new(&together::NO_YEAR),
            _ => continue,
        };
        findings.about_case(i, case, finding.expected(year));
    }
}
