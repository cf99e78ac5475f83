//! What became of each file, when all are known.

use super::case::{Case, file_id};
use super::findings::{Findings, open};
use crate::app::file::Seen;
use crate::finding::{Finding, Level, Reason, Status, catalogue::together};
use crate::normal::names::Directory;
use crate::plan::bundle_status;
use crate::quantity::Text;
use crate::tables::{FindingRow, Submission};
use std::collections::{BTreeMap, HashMap};

/// Files with the bytes of one before them, by path, that was read. What could not be read is rejected each time.
pub(super) fn mark_duplicates(files: &mut [Seen], findings: &mut Findings) {
    let mut first: HashMap<Text, Text> = HashMap::new();
    for (i, seen) in files.iter_mut().enumerate() {
        let Some(hash) = seen.blake3.clone().filter(|_| seen.status == Status::Imported) else {
            continue;
        };
        let name: Text = seen.name().into();
        if let Some(first) = first.get(&hash) {
            (seen.status, seen.reason) = (Status::Duplicate, Some(Reason::SameBytes));
            seen.extract.findings.clear();
            findings.about_file(i, Finding::new(&together::DUPLICATE_FILE).arg("first", first));
        } else {
            first.insert(hash, name);
        }
    }
}

/// What became of a file.
pub(super) type Fate = (Status, Option<Reason>);

/// The fate of every file: superseded where all its forms were replaced; a bundle by its members.
pub(super) fn fates(files: &[Seen], cases: &[Case<'_>]) -> Vec<Fate> {
    let mut fates: Vec<Fate> = files.iter().map(|seen| (seen.status, seen.reason)).collect();
    let mut current: BTreeMap<usize, bool> = BTreeMap::new();
    for case in cases {
        *current.entry(case.file).or_default() |= case.superseded_by.is_none();
    }
    for (file, current) in current {
        if let Some(fate) = fates.get_mut(file).filter(|_| !current) {
            *fate = (Status::Superseded, Some(Reason::NewerVersion));
        }
    }
    let bundles: Vec<usize> =
        files.iter().enumerate().filter(|(_, s)| s.is_bundle && s.status == Status::Imported).map(|(i, _)| i).collect();
    // Inner bundles come behind the outer ones, so they are settled first.
    for i in bundles.into_iter().rev() {
        let Some(bundle) = files.get(i) else { continue };
        let inside =
            |seen: &Seen| seen.path == bundle.path && is_member(bundle.member.as_deref(), seen.member.as_deref());
        let members = files.iter().zip(&fates).skip(i + 1).take_while(|(seen, _)| seen.path == bundle.path);
        let fate = bundle_status(members.filter(|(seen, _)| inside(seen)).map(|(_, fate)| fate.0));
        if let Some(slot) = fates.get_mut(i) {
            *slot = fate;
        }
    }
    fates
}

/// Whether a member lies directly in a bundle.
fn is_member(bundle: Option<&str>, member: Option<&str>) -> bool {
    let (Some(member), prefix) = (member, bundle.map(|b| format!("{b}!"))) else { return false };
    let rest = match &prefix {
        Some(prefix) => member.strip_prefix(prefix.as_str()),
        None => Some(member),
    };
    rest.is_some_and(|rest| !rest.contains('!'))
}

/// Rows of `submissions`.
pub(super) fn rows(
    files: &[Seen],
    fates: &[Fate],
    cases: &[Case<'_>],
    directory: &Directory,
    findings: &[FindingRow],
) -> Vec<Submission> {
    let counted = |level| {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for id in open(findings, level).filter_map(|row| row.file_id) {
            *counts.entry(id).or_default() += 1;
        }
        counts
    };
    let (errors, warnings) = (counted(Level::Error), counted(Level::Warning));
    let mut departments: HashMap<usize, Text> = HashMap::new();
    for case in cases {
        if let Some(known) = case.department.and_then(|id| directory.get(id)) {
            departments.entry(case.file).or_insert_with(|| known.name.clone());
        }
    }
    let row = |(i, (seen, &(status, reason))): (usize, (&Seen, &Fate))| Submission {
        file_id: file_id(i),
        path: seen.path.clone(),
        member: seen.member.clone(),
        bytes: seen.bytes,
        blake3: seen.blake3.clone(),
        format: seen.extract.format.map(|f| f.code().into()),
        status: status.code().into(),
        reason: reason.map(|r| r.code().into()),
        department: departments.get(&i).cloned(),
        forms: u32::try_from(seen.extract.forms.len()).unwrap_or(u32::MAX),
        findings_error: errors.get(&file_id(i)).copied().unwrap_or(0),
        findings_warning: warnings.get(&file_id(i)).copied().unwrap_or(0),
    };
    files.iter().zip(fates).enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::is_member;

    #[test]
    fn members_of_inner_bundles_are_not_those_of_the_outer() {
        assert!(is_member(None, Some("a.xlsx")));
        assert!(is_member(None, Some("inner.zip")));
        assert!(!is_member(None, Some("inner.zip!a.xlsx")));
        assert!(is_member(Some("inner.zip"), Some("inner.zip!a.xlsx")));
        assert!(!is_member(Some("inner.zip"), Some("b.xlsx")));
        assert!(!is_member(None, None));
    }
}
