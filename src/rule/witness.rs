//! What a form says to the checks across files, with the cells: kept for every form, so it is small.

use crate::compute::total::total_row;
use crate::form::{Classification, Field, Form, FormKind, Name};
use crate::quantity::{Amount, CellRef, Points, Text};
use serde::{Deserialize, Serialize};

/// A value and its cell.
pub type At<T> = Option<(CellRef, T)>;

/// A project of a budget table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectLine {
    /// Its name.
    pub name: Text,
    /// Its code.
    pub code: Option<Text>,
    /// 调整预算数.
    pub revised_budget: At<Amount>,
    /// 执行数.
    pub outturn: At<Amount>,
}

/// What one form has to say about itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Witness {
    /// Position in the file from 1.
    pub n: u32,
    /// What it is.
    pub kind: FormKind,
    /// Name of the sheet.
    pub sheet: Text,
    /// Where it begins.
    pub first: CellRef,
    /// The department.
    pub department: At<Name>,
    /// The project.
    pub project: At<Name>,
    /// The year.
    pub year: At<u16>,
    /// Revised budget of the total row.
    pub revised_budget: At<Amount>,
    /// Outturn of the total row.
    pub outturn: At<Amount>,
    /// Printed total score.
    pub score: At<Points>,
    /// Reasons and goals of some length.
    pub texts: Vec<(CellRef, Text)>,
    /// Projects of a budget table.
    pub projects: Vec<ProjectLine>,
}

/// Shortest text worth comparing, in characters.
pub(super) const SHORTEST: usize = 15;

fn at<T: Clone>(field: Option<&Field<T>>) -> At<T> {
    field.and_then(|field| field.value().map(|value| (field.cell, value.clone())))
}

/// Takes from a form what the checks across files need.
pub fn witness(form: &Form) -> Witness {
    let row = total_row(form);
    let long = |text: &Text| text.chars().nth(SHORTEST - 1).is_some();
    let notes = form.indicators.iter().filter_map(|i| at(i.note.as_ref()));
    let mut texts: Vec<(CellRef, Text)> =
        notes.chain(form.head.goals.iter().cloned()).filter(|(_, text)| long(text)).collect();
    texts.sort();
    texts.dedup();
    let projects = form.lines.iter().filter(|line| line.classification == Classification::Project && !line.is_total);
    Witness {
        n: form.n,
        kind: form.kind,
        sheet: form.sheet_name.clone(),
        first: form.range.first,
        department: at(form.head.department.as_ref()),
        project: at(form.head.project.as_ref()),
        year: at(form.head.year.as_ref()),
        revised_budget: row.and_then(|row| at(row.revised_budget.as_ref())),
        outturn: row.and_then(|row| at(row.outturn.as_ref())),
        score: at(form.totals.score.as_ref()),
        texts,
        projects: projects
            .map(|line| ProjectLine {
                name: line.name.clone(),
                code: line.code.clone(),
                revised_budget: at(line.revised_budget.as_ref()),
                outturn: at(line.outturn.as_ref()),
            })
            .collect(),
    }
}
