//! Where everything stands, before anything is written: formulas of one sheet point into others.

use crate::finding::Level;
use crate::render::frame::{MOST_ROWS, col, range, row};
use crate::render::text;
use crate::render::view::{FindingLine, View};
use crate::render::words;
use crate::settings::{DepartmentMethod, Grade};

/// First row below heads of two rows.
pub(super) const BELOW_TWO: u32 = 5;
/// First row below a head of one row.
pub(super) const BELOW_ONE: u32 = 4;
/// Matches every number and no text.
pub(super) const ANY_NUMBER: &str = "\">-1E+99\"";

/// Columns of 项目得分.
#[derive(Debug, Clone, Copy)]
pub(super) struct ProjectColumns {
    /// 总分.
    pub(super) total: u16,
    /// 等级.
    pub(super) grade: u16,
    /// 全年预算数.
    pub(super) budget: u16,
    /// 全年执行数.
    pub(super) outturn: u16,
    /// 执行率.
    pub(super) rate: u16,
    /// 总分×预算.
    pub(super) weighted: u16,
    /// 问题.
    pub(super) findings: u16,
    /// 来源.
    pub(super) source: u16,
}

impl ProjectColumns {
    /// 项目名称.
    pub(super) const NAME: u16 = 1;
    /// 部门.
    pub(super) const DEPARTMENT: u16 = 2;
    /// The first part of the score.
    pub(super) const FIRST_PART: u16 = 3;

    fn new(parts: usize) -> Self {
        let parts = col(parts.max(1));
        let total = Self::FIRST_PART + parts;
        Self {
            total,
            grade: total + 1,
            budget: total + 2,
            outturn: total + 3,
            rate: total + 4,
            weighted: total + 5,
            findings: total + 6,
            source: total + 7,
        }
    }
}

/// A sheet that holds some rows of the findings.
#[derive(Debug)]
pub(super) struct FindingSheet {
    /// Its name.
    pub(super) name: String,
    /// Its rows among all.
    pub(super) lines: std::ops::Range<usize>,
    /// First and last row on the sheet.
    pub(super) rows: (u32, u32),
    /// Its columns as formulas name them.
    columns: Vec<String>,
}

impl FindingSheet {
    fn new(name: String, lines: std::ops::Range<usize>) -> Self {
        let rows = rows(BELOW_ONE, lines.len());
        let columns = (0..=finding_columns::STATUS).map(|column| range(Some(&name), column, rows)).collect();
        Self { name, lines, rows, columns }
    }
}

/// Columns of 问题清单 that formulas look at.
pub(super) mod finding_columns {
    pub(in crate::render::summary) const LEVEL: u16 = 1;
    pub(in crate::render::summary) const DEPARTMENT: u16 = 2;
    pub(in crate::render::summary) const PROJECT: u16 = 3;
    pub(in crate::render::summary) const RULE: u16 = 10;
    pub(in crate::render::summary) const STATUS: u16 = 11;
}

/// Rows and columns of the tables that others point into.
pub(super) struct Layout {
    /// Columns of 项目得分.
    pub(super) project: ProjectColumns,
    /// Rows of 项目得分.
    pub(super) projects: (u32, u32),
    /// Rows of 部门排名.
    pub(super) departments: (u32, u32),
    /// Rows of 名次稳定性.
    pub(super) standings: (u32, u32),
    /// Rows of 表6-2.
    pub(super) differences: (u32, u32),
    /// Rows of 表6-1.
    pub(super) affected: (u32, u32),
    /// Sheets of 问题清单.
    pub(super) findings: Vec<FindingSheet>,
    /// Whether all projects stand on one sheet, so that formulas over them give the whole.
    pub(super) is_live: bool,
    /// Width of a column of departments.
    pub(super) name_width: f64,
    words: Said,
}

/// Words that formulas compare with.
struct Said {
    projects: &'static str,
    departments: &'static str,
    claimed: &'static str,
    standings: &'static str,
    open: &'static str,
}

/// First and last of `count` rows from `first`; a table without rows has one row that says so.
fn rows(first: u32, count: usize) -> (u32, u32) {
    (first, first + row(count.max(1)) - 1)
}

impl Layout {
    /// Computes all places.
    pub(super) fn new(view: &View<'_>) -> Self {
        let departments: std::collections::BTreeSet<&str> =
            view.projects.iter().filter(|p| p.recomputed.is_some()).filter_map(|p| p.department).collect();
        let affected =
            view.departments.iter().filter(|p| p.score.is_some() && departments.contains(&*p.row.department));
        let affected = rows(5, affected.count());
        let differing = view.projects.iter().filter(|p| p.recomputed.is_some()).count();
        let name = view.say(words::FINDINGS);
        let mut taken = Vec::new();
        let mut findings = Vec::new();
        let count = view.findings.len();
        for start in (0..count.max(1)).step_by(MOST_ROWS) {
            let end = count.min(start + MOST_ROWS);
            let name = text::sheet_name(name, &taken);
            taken.push(name.clone());
            findings.push(FindingSheet::new(name, start..end));
        }
        Self {
            project: ProjectColumns::new(view.parts.len()),
            projects: rows(BELOW_TWO, view.projects.len().min(MOST_ROWS)),
            departments: rows(BELOW_TWO, view.departments.len()),
            standings: rows(BELOW_TWO, view.departments.iter().filter(|p| p.score.is_some()).count()),
            // below table 6-1: a block title and the head
            differences: rows(affected.1 + 3, differing),
            affected,
            findings,
            is_live: view.projects.len() <= MOST_ROWS,
            name_width: name_width(view),
            words: Said {
                projects: view.say(words::PROJECTS),
                departments: view.say(words::DEPARTMENTS),
                claimed: view.say(words::CLAIMED),
                standings: view.say(words::STABILITY),
                open: view.say(words::OPEN),
            },
        }
    }

    /// A column of 项目得分.
    pub(super) fn project(&self, column: u16) -> String {
        range(Some(self.words.projects), column, self.projects)
    }

    /// A column of 部门排名.
    pub(super) fn department(&self, column: u16) -> String {
        range(Some(self.words.departments), column, self.departments)
    }

    /// A cell of the total row of 部门排名.
    pub(super) fn department_total(&self, column: u16) -> String {
        let cell = crate::render::frame::cell(self.departments.1 + 1, column);
        format!("{}!{cell}", text::quoted_sheet(self.words.departments))
    }

    /// A column of 表6-2.
    pub(super) fn difference(&self, column: u16) -> String {
        range(Some(self.words.claimed), column, self.differences)
    }

    /// A column of 名次稳定性.
    pub(super) fn standing(&self, column: u16) -> String {
        range(Some(self.words.standings), column, self.standings)
    }

    /// The value of a department in a column of 部门排名, found by the name in `name`.
    pub(super) fn looked_up(&self, column: u16, name: &str) -> String {
        format!("INDEX({},MATCH({name},{},0))", self.department(column), self.department(1))
    }

    /// Open findings that meet the criteria, over all sheets of 问题清单; a criterion is a column and what it must be.
    pub(super) fn open_findings(&self, criteria: &[(u16, &str)]) -> String {
        let open = format!("\"{}\"", self.words.open);
        let status = (finding_columns::STATUS, open.as_str());
        self.count_findings(&[criteria, &[status]].concat())
    }

    /// Findings that meet the criteria, open or not.
    pub(super) fn count_findings(&self, criteria: &[(u16, &str)]) -> String {
        let mut formula = String::new();
        for (n, sheet) in self.findings.iter().enumerate() {
            formula.push_str(if n == 0 { "COUNTIFS" } else { "+COUNTIFS" });
            for (n, (column, value)) in criteria.iter().enumerate() {
                formula.push(if n == 0 { '(' } else { ',' });
                formula.push_str(sheet.columns.get(usize::from(*column)).map_or("", String::as_str));
                formula.push(',');
                formula.push_str(value);
            }
            formula.push(')');
        }
        formula
    }

    /// The score over the projects that meet `criteria` (`,C:C,B6` or empty), by the configured method.
    pub(super) fn score(&self, method: DepartmentMethod, criteria: &str) -> String {
        let total = self.project(self.project.total);
        let mean = if criteria.is_empty() {
            format!("IFERROR(ROUND(AVERAGE({total}),2),\"…\")")
        } else {
            format!("IFERROR(ROUND(AVERAGEIFS({total}{criteria}),2),\"…\")")
        };
        match method {
            DepartmentMethod::Mean => mean,
            DepartmentMethod::Weighted | DepartmentMethod::Whole | DepartmentMethod::Mixed => {
                format!("IFERROR(ROUND({},2),{mean})", self.weighted_quotient(criteria))
            }
        }
    }

    /// Σ score × budget ÷ Σ budget over scored projects.
    pub(super) fn weighted_quotient(&self, criteria: &str) -> String {
        let total = self.project(self.project.total);
        let sum = |column| format!("SUMIFS({}{criteria},{total},\">=0\")", self.project(column));
        format!("{}/{}", sum(self.project.weighted), sum(self.project.budget))
    }

    /// Σ outturn ÷ Σ budget over projects with both.
    pub(super) fn rate(&self, criteria: &str) -> String {
        let (budget, outturn) = (self.project(self.project.budget), self.project(self.project.outturn));
        format!(
            "IFERROR(ROUND(SUMIFS({outturn}{criteria},{budget},{ANY_NUMBER})/SUMIFS({budget}{criteria},{outturn},{ANY_NUMBER}),4),\"…\")"
        )
    }
}

/// The grade of the score in a cell, by the named limits.
pub(super) fn grade_formula(view: &View<'_>, score: &str) -> String {
    let word = |grade| view.grade(grade);
    format!(
        "IF(ISNUMBER({score}),IF({score}>={},\"{}\",IF({score}>={},\"{}\",IF({score}>={},\"{}\",\"{}\"))),\"—\")",
        view.say(words::NAME_EXCELLENT),
        word(Grade::Excellent),
        view.say(words::NAME_GOOD),
        word(Grade::Good),
        view.say(words::NAME_FAIR),
        word(Grade::Fair),
        word(Grade::Poor),
    )
}

/// A text formula from words with one hole: `"可能第1—"&ROWS(…)&"名"`.
pub(super) fn around(template: &str, hole: &str, inner: &str) -> String {
    let (before, after) = template.split_once(hole).unwrap_or((template, ""));
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let parts = [
        (!before.is_empty()).then(|| quoted(before)),
        Some(inner.to_owned()),
        (!after.is_empty()).then(|| quoted(after)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("&")
}

/// The grades that tables fill, with the words they stand under.
pub(super) fn marked_grades(view: &View<'_>) -> [(Grade, String); 2] {
    [Grade::Fair, Grade::Poor].map(|grade| (grade, view.grade(grade)))
}

/// Whether an open finding is to be corrected or checked.
pub(super) fn needs_action(line: &FindingLine<'_>) -> bool {
    line.is_open && line.level != Level::Info
}

/// Width of a column of departments: that of the longest name, within 23 and 31 characters.
pub(super) fn name_width(view: &View<'_>) -> f64 {
    let longest = view.departments.iter().map(|place| text::half_widths(&place.row.department)).max().unwrap_or(0);
    (f64::from(u32::try_from(longest).unwrap_or(40)) + 2.0).clamp(23.0, 31.0)
}

/// Width of a money column: two decimals and separators, at least 11.5.
pub(super) fn money_width(most: Option<crate::quantity::Money>) -> f64 {
    let digits = most.map_or(0, |money| text::half_widths(&crate::render::view::wan(money)));
    (f64::from(u32::try_from(digits).unwrap_or(40)) + 2.5).max(11.5)
}
