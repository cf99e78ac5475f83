//! A table as data: columns declared once, rows of cells, what can be filtered.

use super::template::{Safe, Templates};
use crate::render::RenderError;
use serde::Serialize;
use std::fmt::Write as _;

/// Rows that stand in the document from the start; the others wait until they are asked for.
const FIRST_ROWS: usize = 40;
/// Cards likewise: two dozen fill several screens.
pub(super) const FIRST_CARDS: usize = 24;

/// What a column holds: how it is aligned and how it sorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// Words; sorted by the language's order.
    Text,
    /// Where something stands: text that is long and seldom read, in small type.
    Place,
    /// Figures, right-aligned; the largest first.
    Figure,
    /// Counts and differences of ranks, centred; the largest first.
    Count,
    /// Ranks, centred; the first first.
    Rank,
    /// Grades, centred; the best first.
    Grade,
}

/// A column.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Column {
    name: String,
    kind: Kind,
    /// Left out on a narrow screen.
    #[serde(skip)]
    is_secondary: bool,
}

impl Column {
    /// A column; a `\n` in its name, where workbooks break it, is dropped.
    pub(super) fn new(name: &str, kind: Kind) -> Self {
        Self { name: joined(name), kind, is_secondary: false }
    }

    /// The same, left out on a narrow screen.
    pub(super) fn secondary(name: &str, kind: Kind) -> Self {
        Self { is_secondary: true, ..Self::new(name, kind) }
    }
}

/// A head without its line breaks: nothing between Chinese characters, a blank between words.
fn joined(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for line in name.split('\n') {
        if out.ends_with(|c: char| c.is_ascii()) && line.starts_with(|c: char| c.is_ascii()) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// A cell that is more than its text.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Rich {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bar: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heat: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tie: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// A cell.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(super) enum Cell {
    /// Text alone, as most are.
    Plain(String),
    /// Anything else.
    Rich(Box<Rich>),
}

impl Cell {
    fn rich(rich: Rich) -> Self {
        Self::Rich(Box::new(rich))
    }

    /// Text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    /// `—` or `…`.
    pub(super) fn none(mark: &str) -> Self {
        Self::rich(Rich { text: mark.to_owned(), class: Some("none"), ..Rich::default() })
    }

    /// The name that heads a row; `below` stands under it on a narrow screen.
    pub(super) fn head(text: &str, below: &str) -> Self {
        if below.is_empty() {
            return Self::text(text);
        }
        Self::rich(Rich { text: text.to_owned(), below: Some(below.to_owned()), ..Rich::default() })
    }

    /// The name that heads a row, and a remark below it on every screen.
    pub(super) fn noted(text: &str, note: &str) -> Self {
        if note.is_empty() {
            return Self::text(text);
        }
        Self::rich(Rich { text: text.to_owned(), note: Some(note.to_owned()), ..Rich::default() })
    }

    /// A rank; `tie` stands before one that is shared.
    pub(super) fn rank(rank: u32, tie: Option<&'static str>) -> Self {
        match tie {
            None => Self::text(rank.to_string()),
            tie => Self::rich(Rich { text: rank.to_string(), tie, ..Rich::default() }),
        }
    }

    /// A grade, the best being 0.
    pub(super) fn grade(grade: u8, text: String) -> Self {
        Self::rich(Rich { text, grade: Some(grade), ..Rich::default() })
    }

    /// A figure over a bar that is `percent` of the cell long.
    pub(super) fn bar(text: String, percent: String, class: Option<&'static str>) -> Self {
        Self::rich(Rich { text, bar: Some(percent), class, ..Rich::default() })
    }

    /// A figure on a ground that is the darker the nearer `heat` is to 1; `about` shows on hover.
    pub(super) fn heat(text: String, heat: String, about: String) -> Self {
        Self::rich(Rich { text, heat: Some(heat), about: Some(about), class: Some("heat"), ..Rich::default() })
    }

    /// Text that leads somewhere.
    pub(super) fn link(text: String, link: Option<String>) -> Self {
        match link {
            None => Self::text(text),
            link => Self::rich(Rich { text, link, ..Rich::default() }),
        }
    }

    /// Text that asks for attention: `warn` or `err`, always with a sign, a word or a number that says why.
    pub(super) fn marked(text: String, class: Option<&'static str>) -> Self {
        match class {
            None => Self::text(text),
            class => Self::rich(Rich { text, class, ..Rich::default() }),
        }
    }
}

/// A row.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Row {
    /// Which option of the filter by category it answers.
    #[serde(rename = "c", skip_serializing_if = "Option::is_none")]
    pub(super) category: Option<usize>,
    /// Which option of the filter by grade.
    #[serde(rename = "g", skip_serializing_if = "Option::is_none")]
    pub(super) grade: Option<usize>,
    /// Its cells, one a column.
    pub(super) cells: Vec<Cell>,
}

/// A way to filter.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Filter {
    name: String,
    by: &'static str,
    options: Vec<String>,
    hint: &'static str,
}

impl Filter {
    /// By any text of the row.
    pub(super) fn text(name: &str, hint: &'static str) -> Self {
        Self { name: name.to_owned(), by: "text", options: Vec::new(), hint }
    }

    /// By one of `options`; rows name theirs by number.
    pub(super) fn choice(name: &str, by: &'static str, options: Vec<String>) -> Self {
        Self { name: name.to_owned(), by, options, hint: "" }
    }
}

/// A table.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Table {
    pub(super) id: &'static str,
    /// What a screen reader calls it.
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    /// Which column heads the rows.
    pub(super) head: usize,
    #[serde(skip)]
    pub(super) rows: Vec<Row>,
    #[serde(skip)]
    pub(super) total: Option<Row>,
    pub(super) filters: Vec<Filter>,
    /// Whether it can be sorted; a short table need not.
    pub(super) sorts: bool,
}

#[derive(Serialize)]
struct Rows<'t> {
    rows: &'t [Row],
    head: usize,
}

#[derive(Serialize)]
struct Filled<'t> {
    table: &'t Table,
    count: usize,
    page: usize,
    first: Safe,
    rest: Option<Safe>,
    total: Option<Safe>,
}

impl Table {
    /// Its markup: the first rows, the rest set aside.
    pub(super) fn html(&self, templates: &Templates) -> Result<Safe, RenderError> {
        let rows = |rows: &[Row]| templates.part("rows.html", &Rows { rows, head: self.head });
        let page = if self.sorts { FIRST_ROWS } else { self.rows.len() };
        let (first, rest) = self.rows.split_at(page.min(self.rows.len()));
        let filled = Filled {
            table: self,
            count: self.rows.len(),
            page: FIRST_ROWS,
            first: rows(first)?,
            rest: if rest.is_empty() { None } else { Some(rows(rest)?) },
            total: self.total.as_ref().map(|total| rows(std::slice::from_ref(total))).transpose()?,
        };
        templates.part("table.html", &filled)
    }

    /// The style rules of its columns, so that no cell needs a class for its alignment.
    pub(super) fn column_rules(&self) -> String {
        let mut out = String::new();
        let of = |pick: &dyn Fn(&Column) -> bool| {
            let mut list = String::new();
            for (n, _) in self.columns.iter().enumerate().filter(|(_, column)| pick(column)) {
                let comma = if list.is_empty() { "" } else { "," };
                let _ = write!(list, "{comma}#{} tr>:nth-child({})", self.id, n + 1);
            }
            list
        };
        let mut rule = |list: String, says: &str| {
            if !list.is_empty() {
                let _ = writeln!(out, "{list}{{{says}}}");
            }
        };
        rule(of(&|c| c.kind == Kind::Figure), "text-align:right;white-space:nowrap");
        rule(of(&|c| matches!(c.kind, Kind::Count | Kind::Rank | Kind::Grade)), "text-align:center;white-space:nowrap");
        let places = of(&|c| c.kind == Kind::Place);
        if !places.is_empty() {
            let _ = writeln!(out, "{places}{{overflow-wrap:anywhere}}");
            let _ = writeln!(out, "@media screen{{{places}{{font-size:12px;min-width:13em}}}}");
        }
        let secondary = of(&|c| c.is_secondary);
        if !secondary.is_empty() {
            let _ = writeln!(out, "@media screen and (max-width:760px){{{secondary}{{display:none}}}}");
        }
        out
    }
}
