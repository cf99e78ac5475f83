//! S23: the years that a form names agree.
//!
//! A project may be evaluated in a later year than the one in its name, never in an earlier one; the same holds for the
//! dates in targets and actuals.

use super::check::Check;
use crate::finding::Level;
use crate::finding::catalogue::form::{PROJECT_OF_ANOTHER_YEAR, YEAR_CONFLICT};
use crate::form::FormKind;
use crate::quantity::CellRef;

/// The years from 2000 to 2099 that a text names as `2024年` or `2024-`; several are a period.
pub(super) fn years(text: &str) -> Vec<u16> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| rest.len() >= 4) {
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            at += 1;
            continue;
        }
        // Longer runs of digits are codes.
        if digits == 4
            && let Some(year) =
                text.get(at..at + 4).and_then(|t| t.parse::<u16>().ok()).filter(|y| (2000..2100).contains(y))
        {
            let behind = text.get(at + 4..).unwrap_or_default();
            if behind.starts_with(['年', '-', '—', '–', '~', '～', '至', '、', '/']) || text.len() == 4 {
                found.push(year);
            }
        }
        at += digits;
    }
    found
}

pub(super) fn check(check: &mut Check<'_>) {
    let form = check.form;
    let Some((cell, year)) = form.head.year.as_ref().and_then(|f| f.value().map(|year| (f.cell, *year))) else {
        return;
    };
    let single = |text: &str| match years(text).as_slice() {
        [year] => Some(*year),
        _ => None,
    };
    let title = form.head.title.as_ref().and_then(|(at, text)| single(text).map(|y| (*at, y)));
    if let Some((at, other)) = title.filter(|(at, other)| *other != year && *at != cell) {
        conflict(check, cell, year, at, other);
        return;
    }
    let project = form.head.project.as_ref().and_then(|f| single(&f.given).map(|y| (f.cell, y)));
    if let Some((at, named)) = project.filter(|(at, named)| *named != year && *at != cell) {
        if named > year && form.kind != FormKind::TargetDeclaration {
            conflict(check, cell, year, at, named);
        } else {
            let finding = check.finding(&PROJECT_OF_ANOTHER_YEAR, [at, cell]).given(named).expected(year);
            check.push(finding);
        }
        return;
    }
    if form.kind == FormKind::TargetDeclaration {
        return;
    }
    // Dates of targets and actuals: all of them later than the form's year.
    let dated: Vec<(CellRef, u16)> = form
        .indicators
        .iter()
        .flat_map(|i| [i.target.as_ref(), i.actual.as_ref()])
        .flatten()
        .filter_map(|f| f.value().and_then(|g| g.date).filter(|d| d.year != 0).map(|d| (f.cell, d.year)))
        .collect();
    if let Some(&(at, later)) = dated.first()
        && dated.iter().all(|(_, y)| *y > year)
    {
        conflict(check, cell, year, at, later);
        return;
    }
    // Filed two years later: possible, but seldom.
    if let Some((at, filed)) = form.head.filed.as_ref().and_then(|f| f.value().map(|d| (f.cell, d.year)))
        && filed.saturating_sub(year) >= 2
    {
        let finding = check
            .finding(&YEAR_CONFLICT, [cell, at])
            .given(year)
            .expected(filed.saturating_sub(1))
            .level(Level::Warning);
        check.push(finding);
    }
}

fn conflict(check: &mut Check<'_>, cell: CellRef, year: u16, at: CellRef, other: u16) {
    let finding = check.finding(&YEAR_CONFLICT, [cell, at]).given(year).expected(other);
    check.push(finding);
}

#[cfg(test)]
mod tests {
    use super::years;

    #[test]
    fn only_years_are_years() {
        assert_eq!(years("2024年老旧小区改造"), [2024]);
        assert_eq!(years("2021-2023年绿化"), [2021, 2023]);
        assert_eq!(years("51092324T000010263357-2023年全县"), [2023]);
        assert_eq!(years("完成 2000 平方米"), Vec::<u16>::new());
        assert_eq!(years("2024"), [2024]);
    }
}
