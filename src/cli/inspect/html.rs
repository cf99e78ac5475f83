//! The same as a page: each sheet as a grid, cells coloured by the field they were taken for.
//!
//! Input → output: what was read of the files → one self-contained page, no script, nothing from elsewhere.
//!
//! Invariant: every word from a file goes through [`escaped`].

use super::View;
use super::text::shown;
use crate::app::Look;
use crate::book::{Sheet, Visibility};
use crate::finding::{Lang, Words};
use crate::form::Claim;
use crate::quantity::{Area, CellRef, column_name};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};

/// Rows and columns of a sheet that are drawn.
const MOST_ROWS: u32 = 500;
const MOST_COLS: u32 = 60;

const STYLE: &str = "body{font:14px/1.5 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:24px;color:#1f2933;\
background:#fff}h1{font-size:18px;margin:28px 0 4px}h2{font-size:15px;margin:18px 0 6px}table{border-collapse:collapse;\
font-size:12px}td,th{border:1px solid #d5dbe1;padding:2px 6px;max-width:22em;vertical-align:top;white-space:pre-wrap;\
overflow-wrap:anywhere}th{background:#f2f4f7;color:#667;font-weight:400}.head{background:#dcecff}.funding{background:#e2f5e4}\
.indicator{background:#fff3cf}.total{background:#fbe3d6}.other{background:#ece3f7}.unclaimed{outline:2px dashed #c0392b}\
.found{box-shadow:inset 0 0 0 2px #d35400}.grid{overflow:auto;max-height:80vh}li{margin:2px 0}.key span{padding:1px 8px;\
margin-right:8px}.form{color:#52606d;margin:0 0 6px}ul.findings{list-style:none;padding:0}.findings li{border-left:4px solid #9aa5b1;padding:1px 10px}\
.findings .error{border-color:#c0392b}.findings .warning{border-color:#d68910}@media (max-width:640px){body{margin:12px}}\
@media (prefers-color-scheme:dark){body{background:#15191e;color:#d7dde4}td,th{border-color:#3a434d}\
th{background:#20262d}.head{background:#1d3a5c}.funding{background:#1e4526}.indicator{background:#4d4113}.total{background:#55301c}\
.other{background:#3a2b50}}";

/// Text that can stand in markup and in quoted attributes.
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// What stands in front of the files.
pub(super) fn begin(output: &mut impl Write, lang: Lang) -> io::Result<()> {
    let (code, title) = match lang {
        Lang::Zh => ("zh-CN", "文件是怎样读的"),
        Lang::En => ("en", "How the files were read"),
    };
    let key = [
        ("head", Words::new("表头", "head")),
        ("funding", Words::new("资金", "funding")),
        ("indicator", Words::new("指标", "indicator")),
        ("total", Words::new("合计", "total")),
        ("other", Words::new("其他栏目", "other field")),
        ("unclaimed", Words::new("未归入栏目", "unclaimed")),
        ("found", Words::new("有问题", "finding")),
    ];
    writeln!(
        output,
        "<!doctype html><html lang=\"{code}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title><style>{STYLE}</style><p class=\"key\">"
    )?;
    for (class, words) in key {
        write!(output, "<span class=\"{class}\">{}</span>", words.get(lang))?;
    }
    writeln!(output, "</p>")
}

/// What stands behind the files.
pub(super) fn end(output: &mut impl Write) -> io::Result<()> {
    writeln!(output, "</html>")
}

/// Writes what was read of a file.
pub(super) fn write(output: &mut impl Write, look: &Look, view: View<'_>) -> io::Result<()> {
    let member = look.member.as_ref().map(|member| format!("!{member}")).unwrap_or_default();
    let status = look.status.words().get(view.lang);
    let reason = look.reason.map(|reason| format!(" · {}", reason.words().get(view.lang))).unwrap_or_default();
    writeln!(output, "<h1>{}{}</h1><p>{status}{}</p>", escaped(&look.path), escaped(&member), escaped(&reason))?;
    let sheets = look.book.iter().flat_map(|book| &book.sheets);
    for (index, sheet) in sheets.enumerate().filter(|(_, sheet)| view.shows(&sheet.name)) {
        let name = escaped(&sheet.name);
        writeln!(output, "<h2>{name}{}</h2>", hidden(sheet, view.lang))?;
        write_forms(output, look, index, view)?;
        write_sheet(output, sheet, &marks(look, index, sheet, view))?;
    }
    let findings = look.findings.iter().filter(|f| f.sheet.as_ref().is_none_or(|sheet| view.shows(sheet)));
    writeln!(output, "<ul class=\"findings\">")?;
    for finding in findings {
        let cell = finding.cells.first().map(|cell| format!(" {cell}")).unwrap_or_default();
        let level = finding.level.words().get(view.lang);
        let message = finding.message(view.lang);
        writeln!(
            output,
            "<li class=\"{}\">{level} {}{cell} {}</li>",
            finding.level.code(),
            finding.rule.code,
            escaped(&message)
        )?;
    }
    writeln!(output, "</ul>")
}

/// What is said of a cell.
#[derive(Default)]
struct Mark {
    class: &'static str,
    title: Vec<String>,
    unclaimed: bool,
    found: bool,
}

/// The marks of a sheet's cells.
fn marks(look: &Look, index: usize, sheet: &Sheet, view: View<'_>) -> BTreeMap<CellRef, Mark> {
    let mut out: BTreeMap<CellRef, Mark> = BTreeMap::new();
    for form in look.forms.iter().filter(|form| usize::try_from(form.sheet) == Ok(index)) {
        for Claim { field, cell, value, .. } in form.claims() {
            let mark = out.entry(cell).or_default();
            mark.class = class_of(&field);
            let value = value.map(|value| format!(" = {value}")).unwrap_or_default();
            mark.title.push(format!("{field}{value}"));
        }
        for cell in &form.unclaimed {
            out.entry(*cell).or_default().unclaimed = true;
        }
    }
    for finding in look.findings.iter().filter(|finding| finding.sheet.as_ref() == Some(&sheet.name)) {
        if let Some(cell) = finding.cells.first() {
            let mark = out.entry(*cell).or_default();
            mark.found = true;
            mark.title.push(format!("{}: {}", finding.rule.code, finding.message(view.lang)));
        }
    }
    out
}

/// The colour of a field, by its first word.
fn class_of(field: &str) -> &'static str {
    match field.split('.').next().unwrap_or(field) {
        "funding" => "funding",
        "indicator" | "line" => "indicator",
        "total" | "totals" | "score_reported" | "weight_total_reported" => "total",
        "project" | "department" | "unit" | "year" | "title" | "grade" | "filed" | "goal" => "head",
        _ => "other",
    }
}

fn hidden(sheet: &Sheet, lang: Lang) -> &'static str {
    match (sheet.visibility, lang) {
        (Visibility::Visible, _) => "",
        (_, Lang::Zh) => "（隐藏）",
        (_, Lang::En) => " (hidden)",
    }
}

/// Which forms stand on the sheet, where, and how sure that is.
fn write_forms(output: &mut impl Write, look: &Look, index: usize, view: View<'_>) -> io::Result<()> {
    let mut any = false;
    for form in look.forms.iter().filter(|form| usize::try_from(form.sheet) == Ok(index)) {
        any = true;
        let (sure, unclaimed) = match view.lang {
            Lang::Zh => ("把握", "未归入栏目的数字"),
            Lang::En => ("confidence", "numbers unclaimed"),
        };
        writeln!(
            output,
            "<p class=\"form\">{} · {} · {sure} {:.2} · {unclaimed} {}</p>",
            escaped(form.kind.words().get(view.lang)),
            form.range,
            form.confidence,
            form.unclaimed.len()
        )?;
    }
    if !any {
        let none = Words::new("没有识别出任何表", "no form was recognised");
        writeln!(output, "<p class=\"form\">{}</p>", none.get(view.lang))?;
    }
    Ok(())
}

fn write_sheet(output: &mut impl Write, sheet: &Sheet, marks: &BTreeMap<CellRef, Mark>) -> io::Result<()> {
    writeln!(output, "<div class=\"grid\"><table><tr><th>")?;
    let last = |of: fn(&CellRef) -> u32| sheet.cells.iter().map(|cell| of(&cell.at)).max();
    let (Some(last_row), Some(last_col)) = (last(|at| at.row), last(|at| at.col)) else {
        return writeln!(output, "</table></div>");
    };
    let (rows, cols) = (last_row.saturating_add(1).min(MOST_ROWS), last_col.saturating_add(1).min(MOST_COLS));
    for col in 0..cols {
        write!(output, "<th>{}", column_name(col))?;
    }
    let merges: BTreeMap<CellRef, &Area> = sheet.merges.iter().map(|area| (area.first, area)).collect();
    let mut covered: HashSet<CellRef> = HashSet::new();
    for row in 0..rows {
        write!(output, "\n<tr><th>{}", u64::from(row) + 1)?;
        for at in (0..cols).map(|col| CellRef::new(row, col)) {
            if covered.contains(&at) {
                continue;
            }
            let mut span = String::new();
            if let Some(area) = merges.get(&at) {
                let (down, right) = (area.last.row.min(rows - 1), area.last.col.min(cols - 1));
                span = format!(" rowspan={} colspan={}", down - row + 1, right - at.col + 1);
                covered.extend((row..=down).flat_map(|r| (at.col..=right).map(move |c| CellRef::new(r, c))));
            }
            write_cell(output, sheet, at, marks.get(&at), &span)?;
        }
    }
    writeln!(output, "</table></div>")
}

fn write_cell(output: &mut impl Write, sheet: &Sheet, at: CellRef, mark: Option<&Mark>, span: &str) -> io::Result<()> {
    write!(output, "<td{span}")?;
    if let Some(mark) = mark {
        let classes =
            [mark.class, if mark.unclaimed { "unclaimed" } else { "" }, if mark.found { "found" } else { "" }];
        let classes: Vec<&str> = classes.into_iter().filter(|class| !class.is_empty()).collect();
        let title = format!("{at}\n{}", mark.title.join("\n"));
        write!(output, " class=\"{}\" title=\"{}\"", classes.join(" "), escaped(&title))?;
    }
    let text = sheet.get(at).map(|cell| shown(&cell.value).1).unwrap_or_default();
    write!(output, ">{}", escaped(&text))
}

#[cfg(test)]
mod tests {
    use super::{class_of, escaped};

    #[test]
    fn markup_from_a_file_is_text() {
        assert_eq!(escaped("<script>'&\""), "&lt;script&gt;&#39;&amp;&quot;");
        assert_eq!(escaped("财务处"), "财务处");
    }

    #[test]
    fn fields_have_colours() {
        assert_eq!(class_of("indicator.3.score"), "indicator");
        assert_eq!(class_of("project"), "head");
        assert_eq!(class_of("something.else"), "other");
    }
}
