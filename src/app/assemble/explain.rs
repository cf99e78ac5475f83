//! Accepted findings: `explanations.csv` against what was found.
//!
//! Every filled field of a line must match; `given` binds the acceptance to the value seen. A line past its `until`, as
//! compared with the date of data, accepts nothing. A line that matches nothing is a finding itself.

use super::findings::Placed;
use crate::app::Bureau;
use crate::app::file::Seen;
use crate::finding::{Finding, catalogue::together};
use crate::normal::names::Directory;
use crate::quantity::{Decimal, Text};
use crate::settings::Explanation;

/// The words with which a finding was accepted, if any were given.
#[derive(Debug, Clone)]
pub(super) struct Acceptance(pub(super) Option<Text>);

/// For each finding whether it is accepted, and with which words. Adds what is to be said about the lines themselves.
pub(super) fn accept(
    placed: &mut Vec<Placed>,
    files: &[Seen],
    directory: &Directory,
    bureau: &Bureau,
    year: Option<u16>,
) -> Vec<Option<Acceptance>> {
    let as_of = bureau.settings.district.as_of.clone().or_else(|| year.map(|y| format!("{}-12-31", y + 1)));
    let mut accepted: Vec<Option<Acceptance>> = vec![None; placed.len()];
    for line in &bureau.explanations {
        if let (Some(until), Some(as_of)) = (&line.until, &as_of)
            && until < as_of
        {
            let finding = about(Finding::new(&together::EXPLANATION_EXPIRED), line).arg("until", until);
            placed.push(Placed::new(finding));
            continue;
        }
        let mut used = false;
        for (p, slot) in placed.iter().zip(&mut accepted) {
            if matches(line, p, files, directory) {
                used = true;
                slot.get_or_insert_with(|| Acceptance(line.explanation.as_deref().map(Text::from)));
            }
        }
        if !used {
            let finding = about(Finding::new(&together::EXPLANATION_UNMATCHED), line);
            placed.push(Placed::new(finding));
        }
    }
    accepted.resize(placed.len(), None);
    accepted
}

fn about(finding: Finding, line: &Explanation) -> Finding {
    let place = [&line.file, &line.department, &line.sheet, &line.cell];
    let place: Vec<&str> = place.into_iter().filter_map(|p| p.as_deref()).collect();
    finding.arg("line", line.line).arg("rule", &line.rule).arg("place", place.join(" "))
}

fn matches(line: &Explanation, p: &Placed, files: &[Seen], directory: &Directory) -> bool {
    let finding = &p.finding;
    let file = || p.file.and_then(|i| files.get(i)).map(Seen::name);
    let department = || p.department.and_then(|id| directory.get(id));
    let filled = |field: &Option<String>, test: &dyn Fn(&str) -> bool| field.as_deref().is_none_or(test);
    finding.rule.code == line.rule
        && filled(&line.file, &|f| file().as_deref() == Some(f))
        && filled(&line.department, &|d| {
            department().is_some_and(|known| known.name.as_ref() == d || known.code.as_deref() == Some(d))
        })
        && filled(&line.sheet, &|s| finding.sheet.as_deref().map(str::trim) == Some(s))
        && filled(&line.cell, &|c| finding.cells.first().is_some_and(|cell| cell.to_string() == c))
        && filled(&line.given, &|g| finding.given.as_deref().is_some_and(|given| same_value(given, g)))
}

/// Equal as text, or equal as numbers (`95` and `95.00`).
pub(super) fn same_value(a: &str, b: &str) -> bool {
    let number = |text: &str| Decimal::parse(&text.replace(',', ""));
    a.trim() == b || number(a).is_some_and(|n| number(b) == Some(n))
}

#[cfg(test)]
mod tests {
    use super::same_value;

    #[test]
    fn values_match_as_numbers_too() {
        assert!(same_value("95.00", "95"));
        assert!(same_value("5,150,000", "5150000.00"));
        assert!(same_value("良", "良"));
        assert!(!same_value("95.01", "95"));
    }
}
