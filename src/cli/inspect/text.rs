//! The same to read on a terminal.

use super::View;
use super::json::shortest;
use crate::app::Look;
use crate::book::{Sheet, Value, Visibility};
use crate::finding::{Lang, Words};
use crate::form::Form;
use std::io::{self, Write};

/// Writes what was read of a file.
pub(super) fn write(output: &mut impl Write, look: &Look, view: View<'_>) -> io::Result<()> {
    let member = look.member.as_ref().map(|member| format!("!{member}")).unwrap_or_default();
    let format = look.format.map_or("?", crate::book::Format::code);
    writeln!(output, "{}{member}  {format}  {}", look.path, look.status.words().get(view.lang))?;
    if let Some(reason) = look.reason {
        writeln!(output, "  {} ({})", reason.words().get(view.lang), reason.code())?;
    }
    for sheet in look.book.iter().flat_map(|book| &book.sheets).filter(|sheet| view.shows(&sheet.name)) {
        write_sheet(output, sheet, view)?;
    }
    for form in look.forms.iter().filter(|form| view.shows(&form.sheet_name)) {
        write_form(output, form, view)?;
    }
    for finding in &look.findings {
        if finding.sheet.as_ref().is_some_and(|sheet| !view.shows(sheet)) {
            continue;
        }
        let sheet = finding.sheet.as_ref().map(|sheet| format!(" {sheet}")).unwrap_or_default();
        let cell = finding.cells.first().map(|cell| format!("!{cell}")).unwrap_or_default();
        let level = finding.level.words().get(view.lang);
        writeln!(output, "  {level} {}{sheet}{cell}  {}", finding.rule.code, finding.message(view.lang))?;
    }
    writeln!(output)
}

fn write_sheet(output: &mut impl Write, sheet: &Sheet, view: View<'_>) -> io::Result<()> {
    let visibility = match sheet.visibility {
        Visibility::Visible => Words::new("可见", "visible"),
        Visibility::Hidden => Words::new("隐藏", "hidden"),
        Visibility::VeryHidden => Words::new("深度隐藏", "very hidden"),
    };
    let (cells, merges) = (sheet.cells.len(), sheet.merges.len());
    let visibility = visibility.get(view.lang);
    match view.lang {
        Lang::Zh => writeln!(output, "  工作表 {}（{visibility}）：{cells} 个单元格，{merges} 处合并", sheet.name)?,
        Lang::En => writeln!(output, "  sheet {} ({visibility}): {cells} cells, {merges} merges", sheet.name)?,
    }
    if view.cells {
        for cell in &sheet.cells {
            let (kind, value) = shown(&cell.value);
            let value = one_line(&value);
            writeln!(output, "    {:<6} {kind:<8} {value}", cell.at)?;
        }
    }
    Ok(())
}

/// The kind of a value, and the value for people.
pub(super) fn shown(value: &Value) -> (&'static str, String) {
    match value {
        Value::Text(text) => ("text", text.to_string()),
        Value::Number(number) => ("number", shortest(*number)),
        Value::Bool(truth) => ("bool", truth.to_string()),
        Value::Error(error) => ("error", error.to_string()),
        Value::Date { serial, iso } => ("date", format!("{iso} ({})", shortest(*serial))),
        Value::Formula(formula) => ("formula", format!("={formula}")),
    }
}

fn write_form(output: &mut impl Write, form: &Form, view: View<'_>) -> io::Result<()> {
    let sure = form.confidence * 100.0;
    writeln!(
        output,
        "  [{}-{}] {} ({})  {}!{}  {sure:.0} %",
        view.number,
        form.n,
        form.kind.code(),
        form.definition,
        form.sheet_name,
        form.range
    )?;
    for claim in form.claims() {
        let value = claim.value.map(|value| format!("  = {}", one_line(&value))).unwrap_or_default();
        writeln!(output, "    {:<6} {:<28} {}{value}", claim.cell, claim.field, one_line(&claim.given))?;
    }
    if !form.unclaimed.is_empty() {
        let cells: Vec<String> = form.unclaimed.iter().map(ToString::to_string).collect();
        let words = Words::new("没有归入任何栏目的数字", "numbers nobody claimed");
        writeln!(output, "    {}: {}", words.get(view.lang), cells.join(", "))?;
    }
    Ok(())
}

/// Text on one line; control characters cannot play with the terminal.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\n' {
                '⏎'
            } else if c.is_control() {
                '�'
            } else {
                c
            }
        })
        .collect()
}
