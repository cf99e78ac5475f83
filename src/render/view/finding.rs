//! Findings as a clerk reads them: what, where, which values with their units, what to do.

use super::View;
use super::numbers::number;
use crate::finding::{Level, Rule, catalogue};
use crate::quantity::{CellRef, Decimal};
use crate::render::page::NOT_APPLICABLE;
use crate::render::text;
use crate::render::words;
use crate::render::workbook::Link;
use crate::tables::{FindingRow, Submission};
use std::collections::BTreeMap;
use std::ops::Range;

/// A finding in its place of the list.
pub(crate) struct FindingLine<'a> {
    /// Its row of the table.
    pub(crate) row: &'a FindingRow,
    /// Its severity.
    pub(crate) level: Level,
    /// Department, or `—`.
    pub(crate) department: &'a str,
    /// Project, or `—`.
    pub(crate) project: &'a str,
    /// Whether it is still open.
    pub(crate) is_open: bool,
}

/// A finding in words, made where they are printed: a district has too many findings to keep them all spelled.
pub(crate) struct FindingWords {
    /// Sign and word of the severity: `●须更正`.
    pub(crate) level: String,
    /// What is wrong.
    pub(crate) problem: String,
    /// What to do.
    pub(crate) to_do: String,
    /// Given, with its unit.
    pub(crate) given: String,
    /// Expected, with its unit.
    pub(crate) expected: String,
    /// Difference, with its unit.
    pub(crate) difference: String,
}

/// The severity behind its code; an unknown code counts as information.
fn level(code: &str) -> Level {
    [Level::Error, Level::Warning].into_iter().find(|level| level.code() == code).unwrap_or(Level::Info)
}

/// Sign and word of a severity.
pub(crate) fn level_words(view: &View<'_>, level: Level) -> String {
    let sign = match level {
        Level::Error => "●",
        Level::Warning => "▲",
        Level::Info => "○",
    };
    format!("{sign}{}", level.words().get(view.imprint.lang))
}

/// All findings by department in the order of its table, then by severity, then as numbered.
pub(super) fn findings<'a>(view: &View<'a>) -> Vec<FindingLine<'a>> {
    let order: BTreeMap<&str, usize> =
        view.district.departments.iter().enumerate().map(|(n, d)| (&*d.department, n)).collect();
    let projects: BTreeMap<&str, &str> =
        view.district.evaluations.iter().filter_map(|e| Some((&*e.evaluation_id, e.project.as_deref()?))).collect();
    let mut rows: Vec<&FindingRow> = view.district.findings.iter().collect();
    rows.sort_by_cached_key(|row| {
        let place = row.department.as_deref().and_then(|name| order.get(name)).copied().unwrap_or(usize::MAX);
        (place, std::cmp::Reverse(level(&row.severity)), row.finding_id)
    });
    let line = |row: &'a FindingRow| FindingLine {
        row,
        level: level(&row.severity),
        department: row.department.as_deref().unwrap_or(NOT_APPLICABLE),
        project: row.evaluation_id.as_deref().and_then(|id| projects.get(id)).copied().unwrap_or(NOT_APPLICABLE),
        is_open: &*row.status != "accepted",
    };
    rows.into_iter().map(line).collect()
}

/// Where in the list the findings of a department, and those on a form, stand: found once, asked for by each of thousands.
#[derive(Default)]
pub(super) struct Index<'a> {
    departments: BTreeMap<&'a str, Range<usize>>,
    evaluations: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Index<'a> {
    /// Of a list in which the findings of a department stand together, as [`findings`] gives them.
    pub(super) fn of(lines: &[FindingLine<'a>]) -> Self {
        let mut index = Self::default();
        for (at, row) in lines.iter().map(|line| line.row).enumerate() {
            if let Some(department) = row.department.as_deref() {
                index.departments.entry(department).or_insert(at..at).end = at + 1;
            }
            if let Some(evaluation) = row.evaluation_id.as_deref() {
                index.evaluations.entry(evaluation).or_default().push(at);
            }
        }
        index
    }
}

impl<'a> View<'a> {
    /// The findings of a department, in the order of the list.
    pub(crate) fn findings_of(&self, department: &str) -> impl Iterator<Item = &FindingLine<'a>> {
        let range = self.index.departments.get(department).cloned().unwrap_or_default();
        let lines = self.findings.get(range).unwrap_or_default();
        // Those without a place in the table of departments stand together at the end, whosever they are.
        lines.iter().filter(move |line| line.row.department.as_deref() == Some(department))
    }

    /// The findings on a form, in the order of the list.
    pub(crate) fn findings_on(&self, evaluation_id: &str) -> impl Iterator<Item = &FindingLine<'a>> {
        let at = self.index.evaluations.get(evaluation_id).map(Vec::as_slice).unwrap_or_default();
        at.iter().filter_map(|&at| self.findings.get(at))
    }
}

impl FindingLine<'_> {
    /// In words.
    pub(crate) fn words(&self, view: &View<'_>) -> FindingWords {
        let row = self.row;
        let rule = catalogue::find(&row.rule);
        let (problem, to_do) = problem_and_advice(view, rule, &row.message);
        let template = rule.map(|rule| rule.message.get(view.imprint.lang)).unwrap_or_default();
        let given_unit = unit_after(template, "{given}");
        let value = |text: Option<&str>, hole, signed| {
            let unit = unit_after(template, hole).or(given_unit);
            let unit = if signed && unit == Some("%") { Some(view.say(words::PERCENT_POINTS)) } else { unit };
            shown(text, unit, signed)
        };
        FindingWords {
            level: level_words(view, self.level),
            problem,
            to_do,
            given: value(row.given.as_deref(), "{given}", false),
            expected: value(row.expected.as_deref(), "{expected}", false),
            difference: value(row.difference.as_deref(), "{difference}", true),
        }
    }

    /// Its file.
    pub(crate) fn file<'a>(&self, view: &View<'a>) -> Option<&'a Submission> {
        self.row.file_id.and_then(|id| view.file(id))
    }

    /// File › sheet › cell.
    pub(crate) fn place(&self, view: &View<'_>) -> String {
        place(self.file(view), self.row.sheet.as_deref(), self.row.cell.as_deref())
    }

    /// Where that leads.
    pub(crate) fn link(&self, view: &View<'_>) -> Option<Link> {
        view.link(self.file(view), self.row.sheet.as_deref(), self.row.cell.as_deref())
    }
}

/// Splits a message into what is wrong and what to do: the advice of its rule stands at its end.
fn problem_and_advice(view: &View<'_>, rule: Option<&Rule>, message: &str) -> (String, String) {
    let advice = rule.map(|rule| rule.advice.get(view.imprint.lang)).unwrap_or_default();
    let fixed = advice.split('{').next().unwrap_or_default();
    if fixed.chars().count() >= 2
        && let Some(at) = message.rfind(fixed)
    {
        let (problem, to_do) = message.split_at(at);
        return (problem.trim().to_owned(), to_do.trim().to_owned());
    }
    (message.to_owned(), NOT_APPLICABLE.to_owned())
}

/// The unit that a message prints behind a value: `{given} 元` says yuan.
fn unit_after(template: &'static str, hole: &str) -> Option<&'static str> {
    const UNITS: [&str; 8] = ["个百分点", "percentage points", "元", "yuan", "分", "points", "%", "亩"];
    let (_, behind) = template.split_once(hole)?;
    let behind = behind.trim_start();
    UNITS.into_iter().find(|unit| behind.starts_with(unit))
}

fn shown(text: Option<&str>, unit: Option<&str>, signed: bool) -> String {
    let Some(text) = text else { return NOT_APPLICABLE.to_owned() };
    let Some(value) = Decimal::parse(text) else { return text.to_owned() };
    let places = match unit {
        Some("元" | "yuan") => 2,
        _ => value.places().max(u8::from(unit.is_some()) * 2).min(6),
    };
    let sign = if signed && value.signum() > 0 { "+" } else { "" };
    let unit = match unit {
        Some("%") => "%".to_owned(),
        Some(unit) => format!(" {unit}"),
        None => String::new(),
    };
    format!("{sign}{}{unit}", number(value, places))
}

/// `file › sheet › cell`, as far as known.
pub(crate) fn place(file: Option<&Submission>, sheet: Option<&str>, cell: Option<&str>) -> String {
    let Some(file) = file else { return NOT_APPLICABLE.to_owned() };
    let whole = file.member.as_deref().unwrap_or(&file.path);
    let name = whole.rsplit(['/', '\\']).next().unwrap_or(whole);
    [Some(name), sheet, cell].into_iter().flatten().collect::<Vec<_>>().join(" › ")
}

impl View<'_> {
    /// The link to it, relative to the workbook; a member of a bundle links to the bundle.
    pub(crate) fn link(&self, file: Option<&Submission>, sheet: Option<&str>, cell: Option<&str>) -> Option<Link> {
        let file = file?;
        let path = format!("{}{}", self.district.input_from_output.as_deref()?, file.path);
        if file.member.is_some() {
            return text::file_link(&path, None, None);
        }
        let cell = cell.filter(|cell| cell.split(':').all(|part| CellRef::parse(part).is_some()));
        text::file_link(&path, sheet, cell)
    }
}

#[cfg(test)]
mod tests {
    use super::{shown, unit_after};

    #[test]
    fn values_carry_the_unit_of_their_message() {
        assert_eq!(unit_after("报送 {given} 元，应为 {expected} 元", "{expected}"), Some("元"));
        assert_eq!(unit_after("报送 {given}，应为", "{given}"), None);
        assert_eq!(shown(Some("5120050"), Some("元"), false), "5,120,050.00 元");
        assert_eq!(shown(Some("6.69"), Some("个百分点"), true), "+6.69 个百分点");
        assert_eq!(shown(Some("-2"), Some("分"), true), "-2.00 分");
        assert_eq!(shown(Some("四百"), Some("元"), false), "四百");
        assert_eq!(shown(None, Some("元"), false), "—");
    }
}
