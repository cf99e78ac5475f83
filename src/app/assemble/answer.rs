//! Answers of departments: what came back in feedback workbooks against what was found.
//!
//! An answer fills the finding's explanation and leaves it open: to accept is the bureau's. All keys must match, those
//! that are blank too, for the program wrote them. Several answers to one finding are joined in the order of files. One
//! that matches nothing is a finding itself, in the workbook that it stands in.

use super::explain::same_value;
use super::findings::Placed;
use crate::app::file::Seen;
use crate::finding::{Answer, Finding, catalogue::together};
use crate::normal::names::Directory;
use std::collections::BTreeMap;

/// An answer, the workbook that it came in, and whether a finding was met that it is about.
struct Given<'a> {
    answer: &'a Answer,
    from: usize,
    used: bool,
}

/// Rule, path, member.
type Key<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

/// Fills in the answers and adds what is to be said about those that match nothing.
pub(super) fn fill(placed: &mut Vec<Placed>, files: &[Seen], directory: &Directory) {
    let mut given: BTreeMap<Key<'_>, Vec<Given<'_>>> = BTreeMap::new();
    for (from, seen) in files.iter().enumerate() {
        for answer in seen.extract.answers.iter().flatten() {
            let key = (answer.rule.as_str(), answer.file.as_deref(), answer.member.as_deref());
            given.entry(key).or_default().push(Given { answer, from, used: false });
        }
    }
    if given.is_empty() {
        return;
    }
    for p in placed.iter_mut() {
        let file = p.file.and_then(|i| files.get(i));
        let key = (p.finding.rule.code, file.map(|f| &*f.path), file.and_then(|f| f.member.as_deref()));
        let Some(candidates) = given.get_mut(&key) else { continue };
        let mut said: Vec<String> = Vec::new();
        for one in candidates.iter_mut().filter(|one| is_about(one.answer, p, directory)) {
            one.used = true;
            let words = one.answer.words();
            if !said.contains(&words) {
                said.push(words);
            }
        }
        p.answer = (!said.is_empty()).then(|| said.join("；").into());
    }
    let mut lost: Vec<Given<'_>> = given.into_values().flatten().filter(|one| !one.used).collect();
    lost.sort_by_key(|one| one.from);
    placed.extend(lost.into_iter().map(|one| Placed::new(unmatched(one.answer)).in_file(one.from)));
}

fn is_about(answer: &Answer, p: &Placed, directory: &Directory) -> bool {
    let finding = &p.finding;
    let cell = finding.cells.first().map(ToString::to_string);
    let department = || p.department.and_then(|id| directory.get(id)).map(|known| &*known.name);
    let same_given = match (finding.given.as_deref(), answer.given.as_deref()) {
        (Some(seen), Some(meant)) => same_value(seen, meant),
        (seen, meant) => seen.is_none_or(|seen| seen.trim().is_empty()) && meant.is_none(),
    };
    same_given
        && finding.sheet.as_deref().map(str::trim) == answer.sheet.as_deref()
        && cell == answer.cell
        && (p.file.is_some() || department() == answer.department.as_deref())
}

fn unmatched(answer: &Answer) -> Finding {
    let place = [&answer.file, &answer.member, &answer.sheet, &answer.cell];
    let place: Vec<&str> = place.into_iter().filter_map(|part| part.as_deref()).collect();
    Finding::new(&together::ANSWER_UNMATCHED)
        .arg("rule", &answer.rule)
        .arg("place", place.join(" › "))
        .arg("answer", answer.words())
}
