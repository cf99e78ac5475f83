//! The tables of a district, arranged for a reader; knows no file format.
//!
//! Input: [`District`]. Output: projects and departments in the order of their rank, what each consists of, sums and rates
//! by the very formulas that the workbook shows. All arithmetic is exact; a figure without a value is `None`.

mod aggregate;
mod attention;
mod budget;
mod department;
mod finding;
mod indicator;
mod numbers;
mod project;
mod spread;
mod stability;

pub(crate) use aggregate::{Aggregate, ratio};
pub(crate) use attention::attention;
pub(crate) use budget::{ClassLine, MoneyLine, SourceLine};
pub(crate) use department::{ClaimSums, Place};
pub(crate) use finding::{FindingLine, FindingWords, level_words, place};
pub(crate) use indicator::{Key, Matrix, Sums};
pub(crate) use numbers::{number, percent, points, wan};
pub(crate) use project::{Part, Project};
pub(crate) use spread::{
    BANDS, band_counts, band_grade, band_name, budget_of, concentration, correlation, district_score, dots, of_grade,
};
pub(crate) use stability::{Standing, stability};

use super::imprint::Imprint;
use super::words;
use crate::district::{Bulk, District};
use crate::finding::Words;
use crate::settings::{DepartmentMethod, Grade};
use crate::tables::Submission;
use std::collections::BTreeMap;

/// A district as a reader wants it: made once, for all that is written.
pub struct View<'a> {
    /// The tables.
    pub(crate) district: &'a District,
    /// Whose it is, and in which language.
    pub(crate) imprint: Imprint,
    /// Level-1 indicators that are columns of 项目得分, in order.
    pub(crate) parts: Vec<String>,
    /// Projects (and department-wide forms where they count): by rank, those without a score last.
    pub(crate) projects: Vec<Project<'a>>,
    /// Departments: by rank, then those without a score, then those that have not handed in.
    pub(crate) departments: Vec<Place<'a>>,
    /// Categories in the order of the departments table.
    pub(crate) categories: Vec<&'a str>,
    /// Findings by department, then by severity.
    pub(crate) findings: Vec<FindingLine<'a>>,
    /// Money by source.
    pub(crate) sources: Vec<SourceLine>,
    /// Money by economic classification.
    pub(crate) economic: Vec<ClassLine>,
    /// Points by department and indicator.
    pub(crate) matrix: Matrix,
    index: finding::Index<'a>,
    files: BTreeMap<u32, &'a Submission>,
}

impl<'a> View<'a> {
    /// Arranges the tables; `bulk` holds the long ones, of which only sums are kept.
    pub fn new(district: &'a District, bulk: &Bulk) -> Self {
        let (scores, funds) = project::scores(district, bulk);
        let (parts, projects) = project::projects(district, &scores);
        let departments = department::places(district, &projects);
        let mut categories: Vec<&str> = Vec::new();
        for name in district.departments.iter().filter_map(|d| d.category.as_deref()) {
            if !categories.contains(&name) {
                categories.push(name);
            }
        }
        let files = district.submissions.iter().map(|s| (s.file_id, s)).collect();
        let mut view = Self {
            district,
            imprint: Imprint::of(district),
            parts,
            projects,
            departments,
            categories,
            findings: Vec::new(),
            sources: Vec::new(),
            economic: Vec::new(),
            matrix: Matrix::default(),
            index: finding::Index::default(),
            files,
        };
        view.matrix = Matrix::new(&view, &scores);
        drop(scores);
        view.findings = finding::findings(&view);
        view.index = finding::Index::of(&view.findings);
        view.sources = budget::sources(&view, funds);
        view.economic = budget::economic(&view, bulk);
        view
    }

    /// The file with this number.
    pub(crate) fn file(&self, id: u32) -> Option<&'a Submission> {
        self.files.get(&id).copied()
    }

    /// Words in the language of the output.
    pub(crate) fn say(&self, words: Words) -> &'static str {
        self.imprint.say(words)
    }

    /// Words with arguments.
    pub(crate) fn fill(&self, words: Words, args: &[(&str, &str)]) -> String {
        self.imprint.fill(words, args)
    }

    /// The grade as workbooks print it: `优`, `优 Excellent`.
    pub(crate) fn grade(&self, grade: Grade) -> String {
        self.imprint.grade(grade)
    }

    /// How departments are scored.
    pub(crate) fn method(&self) -> DepartmentMethod {
        self.district.settings.department.method
    }

    /// Everything of the district together.
    pub(crate) fn total(&self) -> Aggregate {
        Aggregate::of(self.projects.iter())
    }

    /// Departments that are expected, or all where there is no register; and how many of them handed in.
    pub(crate) fn coverage(&self) -> (usize, usize) {
        let counted = self.departments.iter().filter(|place| place.row.expected || self.district.register.is_empty());
        counted.fold((0, 0), |(handed_in, all), place| (handed_in + usize::from(place.row.submitted), all + 1))
    }

    /// Names in a sentence: all of them up to `most`, else the first with 等N个部门.
    pub(crate) fn names(&self, names: &[&str], most: usize, others: Words) -> String {
        let shown: Vec<&str> = names.iter().take(most).copied().collect();
        let list = shown.join(words::comma(self.imprint.lang));
        if names.len() <= most {
            return list;
        }
        self.fill(others, &[("names", &list), ("n", &names.len().to_string())])
    }
}
