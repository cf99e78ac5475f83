//! One JSON object a file. Written while it is made: the cells of a large workbook never stand in memory twice.

use super::View;
use crate::app::Look;
use crate::book::{Cell, Sheet, Value, Visibility};
use crate::finding::{Finding, Level};
use crate::form::{Claim, Form};
use crate::quantity::{CellRef, Text};
use serde::{Serialize, Serializer};
use std::io::{self, Write};

#[derive(Serialize)]
struct File<'a> {
    path: &'a Text,
    member: Option<&'a Text>,
    format: Option<&'static str>,
    status: &'static str,
    reason: Option<&'static str>,
    sheets: Vec<SheetView<'a>>,
    forms: Vec<FormView<'a>>,
    findings: Vec<FindingView<'a>>,
}

#[derive(Serialize)]
struct SheetView<'a> {
    name: &'a Text,
    visibility: Visibility,
    merges: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cells: Option<Cells<'a>>,
}

#[derive(Serialize)]
struct FormView<'a> {
    evaluation_id: String,
    form: &'static str,
    sheet: &'a Text,
    range: String,
    confidence: f32,
    definition: &'a Text,
    fields: Vec<FieldView>,
    unclaimed: Vec<String>,
}

#[derive(Serialize)]
struct FieldView {
    field: String,
    cell: String,
    given: Text,
    value: Option<String>,
}

#[derive(Serialize)]
struct FindingView<'a> {
    rule: &'static str,
    severity: &'static str,
    sheet: Option<&'a Text>,
    cell: Option<String>,
    message: String,
    given: Option<&'a str>,
    expected: Option<&'a str>,
    difference: Option<&'a str>,
}

/// Writes the object and a line end.
pub(super) fn write(output: &mut impl Write, look: &Look, view: View<'_>) -> io::Result<()> {
    let sheets = look.book.iter().flat_map(|book| &book.sheets).filter(|sheet| view.shows(&sheet.name));
    let forms = look.forms.iter().filter(|form| view.shows(&form.sheet_name));
    let findings = look.findings.iter().filter(|finding| finding.sheet.as_ref().is_none_or(|sheet| view.shows(sheet)));
    let file = File {
        path: &look.path,
        member: look.member.as_ref(),
        format: look.format.map(crate::book::Format::code),
        status: look.status.code(),
        reason: look.reason.map(crate::finding::Reason::code),
        sheets: sheets.map(|sheet| sheet_view(sheet, view)).collect(),
        forms: forms.map(|form| form_view(form, view)).collect(),
        findings: findings.map(|finding| finding_view(finding, view)).collect(),
    };
    serde_json::to_writer(&mut *output, &file)?;
    output.write_all(b"\n")
}

fn sheet_view<'a>(sheet: &'a Sheet, view: View<'_>) -> SheetView<'a> {
    SheetView {
        name: &sheet.name,
        visibility: sheet.visibility,
        merges: sheet.merges.iter().map(ToString::to_string).collect(),
        cells: view.cells.then_some(Cells(&sheet.cells)),
    }
}

fn form_view<'a>(form: &'a Form, view: View<'_>) -> FormView<'a> {
    FormView {
        evaluation_id: format!("{}-{}", view.number, form.n),
        form: form.kind.code(),
        sheet: &form.sheet_name,
        range: form.range.to_string(),
        confidence: form.confidence,
        definition: &form.definition,
        fields: form.claims().into_iter().map(field_view).collect(),
        unclaimed: form.unclaimed.iter().map(ToString::to_string).collect(),
    }
}

fn field_view(claim: Claim) -> FieldView {
    FieldView { field: claim.field, cell: claim.cell.to_string(), given: claim.given, value: claim.value }
}

fn finding_view<'a>(finding: &'a Finding, view: View<'_>) -> FindingView<'a> {
    FindingView {
        rule: finding.rule.code,
        severity: Level::code(finding.level),
        sheet: finding.sheet.as_ref(),
        cell: finding.cells.first().map(CellRef::to_string),
        message: finding.message(view.lang),
        given: finding.given.as_deref(),
        expected: finding.expected.as_deref(),
        difference: finding.difference.as_deref(),
    }
}

struct Cells<'a>(&'a [Cell]);

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(CellView))
    }
}

/// `["A1", "text", "…"]`; a date has its serial number behind it.
struct CellView<'a>(&'a Cell);

impl Serialize for CellView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let at = self.0.at.to_string();
        match &self.0.value {
            Value::Text(text) => (at, "text", text).serialize(serializer),
            Value::Number(number) => (at, "number", shortest(*number)).serialize(serializer),
            Value::Bool(truth) => (at, "bool", truth.to_string()).serialize(serializer),
            Value::Error(error) => (at, "error", error).serialize(serializer),
            Value::Date { serial, iso } => (at, "date", iso, shortest(*serial)).serialize(serializer),
            Value::Formula(formula) => (at, "formula", formula).serialize(serializer),
        }
    }
}

/// The shortest decimal that gives the same double back; with an exponent where it would be very long.
pub(super) fn shortest(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 || (1e-7..1e21).contains(&size) { number.to_string() } else { format!("{number:e}") }
}

#[cfg(test)]
mod tests {
    use super::shortest;

    #[test]
    fn numbers_come_back() {
        for number in [0.0, 17.005, -0.1, 1e300, 5e-324, 110_101_199_003_078_515.0] {
            assert_eq!(shortest(number).parse::<f64>().unwrap().to_bits(), number.to_bits());
        }
        assert_eq!(shortest(17.005), "17.005");
    }
}
