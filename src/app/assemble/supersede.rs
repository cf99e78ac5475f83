//! Forms that were handed in again.
//!
//! Two forms are versions of the same when department, kind, year and project are known and equal; budget tables need the
//! same title instead of a project. Forms of one file are never versions of each other.

use super::case::Case;
use super::findings::Findings;
use crate::app::file::Seen;
use crate::finding::{Finding, Lang, catalogue::together};
use crate::form::FormKind;
use crate::normal::names::{DepartmentId, normal_form};
use crate::normal::versions::{Criterion, Version, compare, criterion, named};
use crate::quantity::Text;
use crate::settings::Settings;
use std::collections::BTreeMap;

/// What makes two forms versions of the same.
type Identity = (DepartmentId, FormKind, u16, Option<Text>, Option<Text>);

/// `None`: something that must be known is not.
fn identity(case: &Case<'_>) -> Option<Identity> {
    let draft = case.draft;
    let project = draft.project.as_ref().map(|p| p.code.clone().unwrap_or_else(|| normal_form(&p.name)));
    let title = draft.title.as_ref().map(|title| normal_form(title));
    let (project, title) = match draft.kind {
        FormKind::DeptSelfEval | FormKind::DeptScoreCard => (None, None),
        FormKind::ProjectSelfEval
        | FormKind::EvaluationScore
        | FormKind::Monitoring
        | FormKind::TargetDeclaration
        | FormKind::TransferSelfEval => (Some(project?), None),
        FormKind::BudgetExecution | FormKind::EconDetail | FormKind::BudgetTable | FormKind::FinalAccount => {
            (project, Some(title?))
        }
    };
    Some((case.department?, draft.kind, draft.year?, project, title))
}

/// Marks every form that a later one replaced.
pub(super) fn mark(cases: &mut [Case<'_>], files: &[Seen], settings: &Settings, findings: &mut Findings) {
    let mut groups: BTreeMap<Identity, Vec<usize>> = BTreeMap::new();
    for (i, case) in cases.iter().enumerate() {
        if let Some(identity) = identity(case) {
            groups.entry(identity).or_default().push(i);
        }
    }
    let mut replaced: Vec<(usize, usize, Criterion)> = Vec::new();
    for group in groups.values().filter(|group| group.len() > 1) {
        let versions: Vec<Version> =
            group.iter().filter_map(|&i| cases.get(i)).map(|case| version(case, files)).collect();
        let by = criterion(&versions.iter().collect::<Vec<_>>());
        let pairs = group.iter().zip(&versions);
        let Some((&latest, newest)) = pairs.clone().max_by(|a, b| compare(a.1, b.1, by)) else { continue };
        replaced.extend(pairs.filter(|(_, v)| v.file != newest.file).map(|(&i, _)| (i, latest, by)));
    }
    replaced.sort_unstable_by_key(|&(i, ..)| i);
    for (i, latest, by) in replaced {
        let later = cases.get(latest).and_then(|case| files.get(case.file)).map_or("", |f| &f.path).to_owned();
        if let Some(case) = cases.get_mut(i) {
            case.superseded_by = Some(latest);
            let finding = Finding::new(&together::SUPERSEDED).arg("later", later).arg("by", words(by, settings.lang));
            findings.about_case(i, case, finding);
        }
    }
}

fn version(case: &Case<'_>, files: &[Seen]) -> Version {
    let file = files.get(case.file);
    let name = file.map_or("", |f| f.member.as_deref().unwrap_or(&f.path));
    Version { filed: case.draft.filed, named: named(name), file: case.file_id() }
}

fn words(by: Criterion, lang: Lang) -> &'static str {
    let words = match by {
        Criterion::Filed => crate::finding::Words::new("表内填报日期", "the date of filing in the form"),
        Criterion::Name => crate::finding::Words::new("文件名", "the file's name"),
        Criterion::Path => crate::finding::Words::new("路径次序", "the order of paths"),
    };
    words.get(lang)
}
