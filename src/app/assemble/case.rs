//! Forms with their place in the district.

use crate::app::file::Seen;
use crate::finding::Status;
use crate::normal::Draft;
use crate::normal::names::{DepartmentId, Directory};
use crate::quantity::Text;
use crate::settings::{Grade, Settings};
use crate::tables::Evaluation;

/// A form of the district.
#[derive(Debug)]
pub(super) struct Case<'a> {
    /// Position of its file.
    pub(super) file: usize,
    /// The form.
    pub(super) draft: &'a Draft,
    /// `<file_id>-<n>`, for budget tables too.
    pub(super) evaluation_id: Text,
    /// Whose it is.
    pub(super) department: Option<DepartmentId>,
    /// The case that replaced it.
    pub(super) superseded_by: Option<usize>,
    /// Whether it counts for its department.
    pub(super) counts: bool,
}

impl Case<'_> {
    /// Number of its file from 1.
    pub(super) fn file_id(&self) -> u32 {
        file_id(self.file)
    }

    /// Code of its department: that of the register, else the one on the form, else one met elsewhere.
    pub(super) fn department_code(&self, directory: &Directory) -> Option<Text> {
        directory.get(self.department?)?.code.clone()
    }
}

/// Number of a file from 1 by its position.
pub(super) fn file_id(position: usize) -> u32 {
    u32::try_from(position + 1).unwrap_or(u32::MAX)
}

/// The forms of all files that were read, in the order of files and forms.
pub(super) fn cases<'a>(files: &'a [Seen], directory: &mut Directory) -> Vec<Case<'a>> {
    let mut cases = Vec::new();
    for (file, seen) in files.iter().enumerate().filter(|(_, seen)| seen.status == Status::Imported) {
        for draft in &seen.extract.forms {
            let department = draft.organisation().map(|name| directory.meet(name));
            cases.push(Case {
                file,
                draft,
                evaluation_id: format!("{}-{}", file_id(file), draft.n).into(),
                department,
                superseded_by: None,
                counts: false,
            });
        }
    }
    cases
}

/// Rows of `evaluations`.
pub(super) fn rows(cases: &[Case<'_>], directory: &Directory, settings: &Settings) -> Vec<Evaluation> {
    cases.iter().filter_map(|case| row(case, cases, directory, settings)).collect()
}

fn row(case: &Case<'_>, cases: &[Case<'_>], directory: &Directory, settings: &Settings) -> Option<Evaluation> {
    let draft = case.draft;
    let e = draft.evaluated.as_ref()?;
    let project = draft.project.as_ref();
    Some(Evaluation {
        evaluation_id: case.evaluation_id.clone(),
        file_id: case.file_id(),
        sheet: draft.sheet.clone(),
        form: draft.kind.code().into(),
        year: draft.year,
        department_code: case.department_code(directory),
        department: case.department.and_then(|id| directory.get(id)).map(|d| d.name.clone()),
        unit: draft.unit.as_ref().map(|unit| unit.name.clone()),
        project_code: project.and_then(|p| p.code.clone()),
        project: project.map(|p| p.name.clone()),
        original_budget: e.original_budget,
        revised_budget: e.revised_budget,
        outturn: e.outturn,
        execution_rate_reported: e.execution_rate_reported,
        execution_rate: e.execution_rate,
        execution_weight: e.execution_weight,
        execution_score_reported: e.execution_score_reported,
        execution_score: e.execution_score,
        weight_total_reported: e.weight_total_reported,
        weight_total: e.weight_total,
        score_reported: e.score_reported,
        score: e.score,
        score_recomputed: e.score_recomputed,
        grade: e.score.map(|score| Text::from(grade(settings, score).code())),
        range: draft.range.to_string().into(),
        review_score: e.review_score,
        counts: case.counts,
        superseded_by: case.superseded_by.and_then(|by| cases.get(by)).map(|by| by.evaluation_id.clone()),
    })
}

fn grade(settings: &Settings, score: crate::quantity::Points) -> Grade {
    settings.grade.of(score)
}
