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
pub(crate) use department::Place;
pub(crate) use finding::{FindingLine, level_words, place};
pub(crate) use indicator::{Key, Matrix, Sums};
pub(crate) use numbers::{number, percent, points, wan};
pub(crate) use project::{Part, Project};
pub(crate) use spread::{
    BANDS, band_counts, band_grade, band_name, budget_of, concentration, correlation, district_score, dots, of_grade,
};
pub(crate) use stability::{Standing, stability};

use super::words::{self, fill};
use crate::district::District;
use crate::finding::{Lang, Words};
use crate::settings::{DepartmentMethod, Grade};
use crate::tables::Submission;
use std::collections::BTreeMap;

/// A district as a reader wants it: made once, for all that is written.
pub struct View<'a> {
    /// The tables.
    pub(crate) district: &'a District,
    /// Language of the output.
    pub(crate) lang: Lang,
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
    files: BTreeMap<u32, &'a Submission>,
}

impl<'a> View<'a> {
    /// Arranges the tables.
    pub fn new(district: &'a District) -> Self {
        let lang = district.settings.lang;
        let scores = project::scores(district);
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
            lang,
            parts,
            projects,
            departments,
            categories,
            findings: Vec::new(),
            sources: Vec::new(),
            economic: Vec::new(),
            matrix: Matrix::default(),
            files,
        };
        view.matrix = Matrix::new(&view, &scores);
        drop(scores);
        view.findings = finding::findings(&view);
        view.sources = budget::sources(&view);
        view.economic = budget::economic(&view);
        view
    }

    /// The file with this number.
    pub(crate) fn file(&self, id: u32) -> Option<&'a Submission> {
        self.files.get(&id).copied()
    }

    /// Words in the language of the output.
    pub(crate) fn say(&self, words: Words) -> &'static str {
        words.get(self.lang)
    }

    /// Words with arguments.
    pub(crate) fn fill(&self, words: Words, args: &[(&str, &str)]) -> String {
        fill(words, self.lang, args)
    }

    /// The grade as workbooks print it: `优`, `优 Excellent`.
    pub(crate) fn grade(&self, grade: Grade) -> String {
        match self.lang {
            Lang::Zh => grade.code().to_owned(),
            Lang::En => format!("{} {}", grade.code(), grade.words().en),
        }
    }

    /// The title of a sheet with place and year.
    pub(crate) fn title(&self, title: Words) -> String {
        let place = &self.district.settings.district.name;
        let place = match self.lang {
            Lang::En if !place.is_empty() => format!("{place} "),
            Lang::En | Lang::Zh => place.clone(),
        };
        let year = self.district.year.map(|y| self.fill(words::YEAR_TITLE, &[("year", &y.to_string())]));
        self.fill(title, &[("place", &place), ("year", &year.unwrap_or_default())]).trim().to_owned()
    }

    /// Name of the bureau; empty where the configuration has none.
    pub(crate) fn bureau(&self) -> &str {
        &self.district.settings.district.bureau
    }

    /// The meta line: who, which year, data of when.
    pub(crate) fn meta(&self) -> String {
        let mut parts = Vec::new();
        if !self.bureau().is_empty() {
            parts.push(self.fill(words::COMPILED_BY, &[("bureau", self.bureau())]));
        }
        if let Some(year) = self.district.year {
            let year = self.fill(words::YEAR_LONG, &[("year", &year.to_string())]);
            parts.push(self.fill(words::FOR_YEAR, &[("year", &year)]));
        }
        let as_of = self.as_of();
        if !as_of.is_empty() {
            parts.push(self.fill(words::DATA_AS_OF, &[("date", &as_of)]));
        }
        parts.join("　　")
    }

    /// The date of data, `2022年12月31日`; never the time of the run.
    pub(crate) fn as_of(&self) -> String {
        let configured = self.district.settings.district.as_of.clone();
        let date = configured.or_else(|| self.district.year.map(|year| format!("{}-12-31", u32::from(year) + 1)));
        let Some(date) = date else { return String::new() };
        let mut fields = date.splitn(3, '-').map(str::parse::<u32>);
        match (self.lang, fields.next(), fields.next(), fields.next()) {
            (Lang::Zh, Some(Ok(y)), Some(Ok(m)), Some(Ok(d))) => format!("{y}年{m}月{d}日"),
            _ => date,
        }
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
        let list = shown.join(words::comma(self.lang));
        if names.len() <= most {
            return list;
        }
        self.fill(others, &[("names", &list), ("n", &names.len().to_string())])
    }
}
