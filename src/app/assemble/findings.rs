//! Findings of all stages → rows of `findings`.

use super::case::{Case, file_id};
use super::{answer, explain};
use crate::app::Bureau;
use crate::app::file::Seen;
use crate::district::MOST_CROPS;
use crate::finding::{Crop, Finding, Level};
use crate::normal::names::{DepartmentId, Directory};
use crate::quantity::Text;
use crate::tables::FindingRow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A finding and where it belongs.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) finding: Finding,
    pub(super) file: Option<usize>,
    pub(super) case: Option<usize>,
    pub(super) department: Option<DepartmentId>,
    /// What the department answered to it.
    pub(super) answer: Option<Text>,
}

impl Placed {
    /// Belongs nowhere as yet.
    pub(super) fn new(finding: Finding) -> Self {
        Self { finding, file: None, case: None, department: None, answer: None }
    }

    pub(super) fn in_file(self, file: usize) -> Self {
        Self { file: Some(file), ..self }
    }
}

/// Findings on the way.
#[derive(Debug, Default)]
pub(super) struct Findings {
    placed: Vec<Placed>,
}

impl Findings {
    /// What was found while files were read.
    pub(super) fn gather(&mut self, found: Vec<Vec<Finding>>, cases: &[Case<'_>]) {
        let mut from = 0;
        self.placed.reserve_exact(found.iter().map(Vec::len).sum());
        for (file, found) in found.into_iter().enumerate() {
            let own = cases.iter().skip(from).take_while(|case| case.file == file).count();
            let forms = from..from + own;
            from += own;
            for finding in found {
                let case = forms.clone().find(|&i| {
                    finding.form.is_some() && cases.get(i).is_some_and(|case| Some(case.draft.n) == finding.form)
                });
                self.placed.push(Placed { case, ..Placed::new(finding).in_file(file) });
            }
        }
    }

    /// About a form.
    pub(super) fn about_case(&mut self, index: usize, case: &Case<'_>, finding: Finding) {
        let finding = finding.in_form(case.draft.n);
        let finding = if finding.sheet.is_none() { finding.at(&case.draft.sheet, []) } else { finding };
        self.placed.push(Placed {
            case: Some(index),
            department: case.department,
            ..Placed::new(finding).in_file(case.file)
        });
    }

    /// About a file.
    pub(super) fn about_file(&mut self, file: usize, finding: Finding) {
        self.placed.push(Placed::new(finding).in_file(file));
    }

    /// About a department, or the whole district.
    pub(super) fn about_department(&mut self, department: Option<DepartmentId>, finding: Finding) {
        self.placed.push(Placed { department, ..Placed::new(finding) });
    }

    /// The rows: by file, then by form, sheet and cell; what belongs to no file at the end. With them the cells around
    /// those that have some, by number.
    pub(super) fn finish(
        mut self,
        files: &[Seen],
        cases: &[Case<'_>],
        directory: &Directory,
        bureau: &Bureau,
        year: Option<u16>,
    ) -> (Vec<FindingRow>, BTreeMap<u32, Crop>) {
        answer::fill(&mut self.placed, files, directory);
        let rules = &bureau.settings.rules;
        // What the bureau says of the rule, for the form and the year that the finding is about.
        let said = |p: &Placed| {
            let draft = p.case.and_then(|i| cases.get(i)).map(|case| case.draft);
            rules.of(p.finding.rule.code, draft.map(|d| d.kind.code()), draft.and_then(|d| d.year).or(year))
        };
        self.placed.retain(|p| !said(p).0);
        for p in &mut self.placed {
            if p.department.is_none() {
                p.department = department_of(p, cases);
            }
            // A rule set to another severity never raises what it found to be mere rounding.
            if let (_, Some(level)) = said(p) {
                p.finding.level =
                    if p.finding.level == p.finding.rule.level { level } else { level.min(p.finding.level) };
            }
        }
        let key = |p: &Placed| {
            let cell = p.finding.cells.first().copied();
            (p.file.is_none(), p.file, p.finding.form.is_some(), p.finding.form, p.finding.sheet.is_some(), cell)
        };
        self.placed.sort_by_key(key);
        let accepted = explain::accept(&mut self.placed, files, directory, bureau, year);
        let lang = bureau.settings.lang;
        let crops = self.crops(&accepted);
        let rows = (1_u32..)
            .zip(self.placed)
            .zip(accepted)
            .map(|((finding_id, p), accepted)| FindingRow {
                finding_id,
                rule: p.finding.rule.code.into(),
                severity: p.finding.level.code().into(),
                file_id: p.file.map(file_id),
                evaluation_id: p
                    .case
                    .and_then(|i| cases.get(i))
                    .filter(|c| c.draft.kind.is_evaluation())
                    .map(|c| c.evaluation_id.clone()),
                department: p.department.and_then(|id| directory.get(id)).map(|d| d.name.clone()),
                sheet: p.finding.sheet.clone(),
                cell: p.finding.cells.first().map(|cell| Text::from(cell.to_string())),
                message: p.finding.message(lang).into(),
                given: p.finding.given.as_deref().map(Text::from),
                expected: p.finding.expected.as_deref().map(Text::from),
                difference: p.finding.difference.as_deref().map(Text::from),
                status: if accepted.is_some() { "accepted" } else { "open" }.into(),
                explanation: accepted.and_then(|a| a.0).or(p.answer),
            })
            .collect();
        (rows, crops)
    }

    /// The cells around findings by their numbers. Those that as many others come before as are ever shown have none.
    fn crops<T>(&mut self, accepted: &[Option<T>]) -> BTreeMap<u32, Crop> {
        let mut urgencies: Vec<(bool, Reverse<Level>)> =
            self.placed.iter().zip(accepted).map(|(p, a)| (a.is_some(), Reverse(p.finding.level))).collect();
        let each = urgencies.clone();
        urgencies.sort_unstable();
        let last = urgencies.get(MOST_CROPS - 1);
        let shown = each.iter().map(|urgency| last.is_none_or(|last| urgency <= last));
        let kept = (1_u32..).zip(&mut self.placed).zip(shown).filter(|(_, shown)| *shown);
        kept.filter_map(|((id, p), _)| Some((id, *p.finding.crop.take()?))).collect()
    }
}

/// The department of a finding about a file: that of its form, else the one of the file's forms.
fn department_of(p: &Placed, cases: &[Case<'_>]) -> Option<DepartmentId> {
    if let Some(case) = p.case.and_then(|i| cases.get(i)) {
        return case.department;
    }
    let first = cases.partition_point(|case| Some(case.file) < p.file);
    cases.iter().skip(first).take_while(|case| Some(case.file) == p.file).find_map(|case| case.department)
}

/// Open findings of a severity.
pub(super) fn open(rows: &[FindingRow], level: Level) -> impl Iterator<Item = &FindingRow> {
    rows.iter().filter(move |row| row.severity.as_ref() == level.code() && row.status.as_ref() == "open")
}

#[cfg(test)]
mod tests {
    use super::{Findings, Placed};
    use crate::district::MOST_CROPS;
    use crate::finding::{Crop, Finding, Level, catalogue};
    use crate::quantity::CellRef;

    #[test]
    fn cells_are_kept_for_what_can_be_shown() {
        let crop = || Crop { at: CellRef::new(0, 0), columns: Vec::new(), rows: Vec::new() };
        let kept = |errors: usize, explained: bool| {
            let levels = std::iter::once(Level::Info).chain((0..errors).map(|_| Level::Error));
            let placed = levels.map(|level| {
                let mut finding = Finding::new(&catalogue::file::REJECTED);
                (finding.level, finding.crop) = (level, Some(Box::new(crop())));
                Placed::new(finding)
            });
            let mut findings = Findings { placed: placed.collect() };
            let accepted: Vec<Option<()>> = (0..=errors).map(|n| (explained && n > 0).then_some(())).collect();
            findings.crops(&accepted).into_keys().collect::<Vec<_>>()
        };
        assert_eq!(kept(MOST_CROPS - 1, false).len(), MOST_CROPS);
        assert_eq!(kept(MOST_CROPS, false).first(), Some(&2));
        assert_eq!(kept(MOST_CROPS, true).first(), Some(&1), "what is open comes before what is explained");
    }
}
