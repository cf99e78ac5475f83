//! A table as data: columns declared once, rows of cells, what can be filtered.

use super::template::{Safe, Templates, escaped};
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
#[derive(Debug, Clone, Default)]
pub(super) struct Rich {
    text: String,
    class: Option<&'static str>,
    grade: Option<u8>,
    bar: Option<String>,
    heat: Option<String>,
    about: Option<String>,
    link: Option<String>,
    tie: Option<&'static str>,
    below: Option<String>,
    note: Option<String>,
}

/// A cell.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Which option of the filter by category it answers.
    pub(super) category: Option<usize>,
    /// Which option of the filter by grade.
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

/// The rows of a table, each made when it is printed: those of a large district are never all in memory.
pub(super) struct Rows<'r> {
    count: usize,
    each: Box<dyn Iterator<Item = Row> + 'r>,
}

impl<'r> Rows<'r> {
    /// As many as the iterator says.
    pub(super) fn of(rows: impl ExactSizeIterator<Item = Row> + 'r) -> Self {
        Self { count: rows.len(), each: Box::new(rows) }
    }

    /// Whether there is none.
    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl FromIterator<Row> for Rows<'_> {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        Self::of(rows.into_iter().collect::<Vec<_>>().into_iter())
    }
}

/// A table.
#[derive(Serialize)]
pub(super) struct Table<'r> {
    pub(super) id: &'static str,
    /// What a screen reader calls it.
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    /// Which column heads the rows.
    pub(super) head: usize,
    #[serde(skip)]
    pub(super) rows: Rows<'r>,
    #[serde(skip)]
    pub(super) total: Option<Row>,
    pub(super) filters: Vec<Filter>,
    /// Whether it can be sorted; a short table need not.
    pub(super) sorts: bool,
}

#[derive(Serialize)]
struct Filled<'t> {
    table: &'t Table<'t>,
    count: usize,
    page: usize,
    first: Safe,
    rest: Option<Safe>,
    total: Option<Safe>,
}

impl Table<'_> {
    /// Its markup: the first rows, the rest set aside.
    pub(super) fn html(mut self, templates: &Templates) -> Result<Safe, RenderError> {
        let none = Rows::of(std::iter::empty());
        let Rows { count, each: mut rows } = std::mem::replace(&mut self.rows, none);
        let page = if self.sorts { FIRST_ROWS } else { count };
        let first = Safe::rows(rows.by_ref().take(page), self.head);
        let rest = (count > page).then(|| Safe::rows(rows, self.head));
        let total = self.total.take().map(|total| Safe::rows(std::iter::once(total), self.head));
        templates.part("table.html", &Filled { table: &self, count, page: FIRST_ROWS, first, rest, total })
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

impl Row {
    /// Writes its markup; `head` is the column that heads it.
    pub(super) fn write(&self, head: usize, out: &mut String) {
        out.push_str("<tr");
        for (name, option) in [("c", self.category), ("g", self.grade)] {
            if let Some(option) = option {
                let _ = write!(out, " data-{name}=\"{option}\"");
            }
        }
        out.push('>');
        for (at, cell) in self.cells.iter().enumerate() {
            let is_head = at == head;
            out.push_str(if is_head { "<th scope=\"row\"" } else { "<td" });
            match cell {
                Cell::Plain(text) => {
                    out.push('>');
                    escaped(text, out);
                }
                Cell::Rich(rich) => rich.write(out),
            }
            out.push_str(if is_head { "</th>" } else { "</td>" });
        }
        out.push_str("</tr>\n");
    }
}

impl Rich {
    /// Writes what stands behind the name of the tag.
    fn write(&self, out: &mut String) {
        // Text in a frame; nothing where there is none, or it is empty.
        let framed = |out: &mut String, before: &str, text: Option<&str>, after: &str| {
            let text = text.filter(|text| !text.is_empty());
            if let Some(text) = text {
                out.push_str(before);
                escaped(text, out);
                out.push_str(after);
            }
            text.is_some()
        };
        framed(out, " class=\"", self.class, "\"");
        framed(out, " style=\"--h:", self.heat.as_deref(), "\"");
        framed(out, " title=\"", self.about.as_deref(), "\"");
        out.push('>');
        if let Some(grade) = self.grade {
            let _ = write!(out, "<span class=\"grade g{grade}\">");
            escaped(&self.text, out);
            out.push_str("</span>");
        } else if framed(out, "<span class=\"bar\" style=\"--w:", self.bar.as_deref(), "%\">") {
            escaped(&self.text, out);
            out.push_str("</span>");
        } else if framed(out, "<a href=\"", self.link.as_deref(), "\">") {
            escaped(&self.text, out);
            out.push_str("</a>");
        } else {
            framed(out, "<small>", self.tie, "</small>");
            escaped(&self.text, out);
            framed(out, "<span class=\"remark\">", self.note.as_deref(), "</span>");
            framed(out, "<span class=\"sub\">", self.below.as_deref(), "</span>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Row};

    fn html(cells: Vec<Cell>) -> String {
        let mut out = String::new();
        Row { category: Some(3), grade: None, cells }.write(0, &mut out);
        out
    }

    #[test]
    fn what_a_cell_says_never_becomes_markup() {
        let bad = "<b title=\"'\">&";
        let safe = "&lt;b title=&quot;&#39;&quot;&gt;&amp;";
        let cells = vec![
            Cell::noted(bad, bad),
            Cell::head(bad, bad),
            Cell::link(bad.into(), Some(bad.into())),
            Cell::bar(bad.into(), bad.into(), None),
            Cell::heat(bad.into(), bad.into(), bad.into()),
            Cell::grade(1, bad.into()),
        ];
        let expected = format!(
            "<tr data-c=\"3\"><th scope=\"row\">{safe}<span class=\"remark\">{safe}</span></th>\
            <td>{safe}<span class=\"sub\">{safe}</span></td>\
            <td><a href=\"{safe}\">{safe}</a></td>\
            <td><span class=\"bar\" style=\"--w:{safe}%\">{safe}</span></td>\
            <td class=\"heat\" style=\"--h:{safe}\" title=\"{safe}\">{safe}</td>\
            <td><span class=\"grade g1\">{safe}</span></td></tr>\n"
        );
        assert_eq!(html(cells), expected);
    }

    #[test]
    fn a_sign_says_what_a_class_says() {
        let cells =
            vec![Cell::text("1"), Cell::none("—"), Cell::rank(2, Some("=")), Cell::marked("!".into(), Some("warn"))];
        let expected = "<tr data-c=\"3\"><th scope=\"row\">1</th><td class=\"none\">—</td><td><small>=</small>2</td>\
            <td class=\"warn\">!</td></tr>\n";
        assert_eq!(html(cells), expected);
    }
}
