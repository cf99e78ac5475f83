//! Which cell was taken for what: the view that `inspect` shows.
//!
//! Input → output: a [`Form`] → one [`Claim`] for each value, in the order of cells. Names are stable: `project`,
//! `funding.total.outturn`, `indicator.3.score`, `line.12.original_budget`, `figure.K7`.

use super::{BudgetLine, Claim, Field, FigureValue, Form, FundingRow, Goal, Indicator, Level, Name};
use crate::quantity::{Amount, CellRef, Decimal, Entry, Points, Text};

/// A value as `inspect` shows it.
trait Shown {
    fn shown(&self) -> String;
}

impl Shown for Amount {
    fn shown(&self) -> String {
        self.money.to_string()
    }
}
impl Shown for Decimal {
    fn shown(&self) -> String {
        self.to_string()
    }
}
impl Shown for Points {
    fn shown(&self) -> String {
        self.to_string()
    }
}
impl Shown for Text {
    fn shown(&self) -> String {
        self.to_string()
    }
}
impl Shown for u16 {
    fn shown(&self) -> String {
        self.to_string()
    }
}
impl Shown for Name {
    fn shown(&self) -> String {
        self.name.to_string()
    }
}
impl Shown for super::Date {
    fn shown(&self) -> String {
        // ISO 8601, with a hyphen for a year that is not written: `--09` is some September.
        let year = if self.year == 0 { "-".to_owned() } else { format!("{:04}", self.year) };
        match (self.month, self.day) {
            (0, _) => year,
            (month, 0) => format!("{year}-{month:02}"),
            (month, day) => format!("{year}-{month:02}-{day:02}"),
        }
    }
}
impl Shown for Goal {
    fn shown(&self) -> String {
        let mut out = String::new();
        if let Some(operator) = self.operator {
            out.push_str(operator.code());
        }
        if let Some(value) = self.value {
            out.push_str(&value.to_string());
        }
        if let Some(upper) = self.upper {
            out.push('–');
            out.push_str(&upper.to_string());
        }
        if let Some(unit) = &self.unit {
            out.push_str(unit);
        }
        if let Some(date) = self.date.filter(|_| self.value.is_none()) {
            out.push_str(&date.shown());
        }
        out
    }
}

struct Claims(Vec<Claim>);

impl Claims {
    fn field<T: Shown>(&mut self, name: impl Into<String>, field: Option<&Field<T>>) {
        let Some(field) = field else { return };
        let value = match &field.entry {
            Entry::Given(value) => Some(value.shown()).filter(|v| !v.is_empty()),
            Entry::Blank | Entry::NotApplicable | Entry::Unreadable => None,
        };
        self.0.push(Claim { field: name.into(), cell: field.cell, given: field.given.clone(), value });
    }

    fn text(&mut self, name: impl Into<String>, cell: CellRef, text: &Text) {
        self.0.push(Claim { field: name.into(), cell, given: text.clone(), value: Some(text.to_string()) });
    }

    fn level(&mut self, name: String, level: Option<&Level>) {
        if let Some(level) = level
            && self.0.iter().rev().take(40).all(|c| c.cell != level.cell)
        {
            self.0.push(Claim {
                field: name,
                cell: level.cell,
                given: level.text.clone(),
                value: Some(level.name.to_string()),
            });
        }
    }

    fn funding(&mut self, row: &FundingRow) {
        let name = |part: &str| format!("funding.{}.{part}", row.source.code());
        self.field(name("original_budget"), row.original_budget.as_ref());
        self.field(name("revised_budget"), row.revised_budget.as_ref());
        self.field(name("outturn"), row.outturn.as_ref());
        self.field(name("execution_rate"), row.rate.as_ref());
        self.field(name("weight"), row.weight.as_ref());
        self.field(name("score"), row.score.as_ref());
        self.field(name("note"), row.note.as_ref());
    }

    fn indicator(&mut self, seq: usize, row: &Indicator) {
        let name = |part: &str| format!("indicator.{seq}.{part}");
        if !row.execution_line {
            self.level(name("level1"), row.level1.as_ref());
        }
        self.level(name("level2"), row.level2.as_ref());
        self.level(name("level3"), row.level3.as_ref());
        self.field(name("target"), row.target.as_ref());
        self.field(name("actual"), row.actual.as_ref());
        self.field(name("weight"), row.weight.as_ref());
        self.field(name("score"), row.score.as_ref());
        self.field(name("review_score"), row.review_score.as_ref());
        self.field(name("deviation_note"), row.note.as_ref());
        self.field(name("nature"), row.nature.as_ref());
        self.field(name("criteria"), row.criteria.as_ref());
    }

    fn line(&mut self, n: usize, line: &BudgetLine) {
        let name = |part: &str| format!("line.{n}.{part}");
        self.text(name("name"), line.cell, &line.name);
        self.field(name("original_budget"), line.original_budget.as_ref());
        self.field(name("revised_budget"), line.revised_budget.as_ref());
        self.field(name("outturn"), line.outturn.as_ref());
        self.field(name("execution_rate"), line.rate.as_ref());
    }
}

impl Form {
    /// Every value of the form with its cell, in the order of cells; a cell that serves several fields (a weight inside a
    /// label) stands there for each.
    pub fn claims(&self) -> Vec<Claim> {
        let mut out = Claims(Vec::new());
        let head = &self.head;
        if let Some((cell, title)) = &head.title {
            out.text("title", *cell, title);
        }
        out.field("department", head.department.as_ref());
        out.field("unit", head.unit.as_ref());
        out.field("project", head.project.as_ref());
        out.field("year", head.year.as_ref());
        out.field("filed", head.filed.as_ref());
        out.field("grade", head.grade.as_ref());
        for (n, (cell, text)) in head.goals.iter().enumerate() {
            out.text(format!("goal.{}", n + 1), *cell, text);
        }
        for row in &self.funding {
            out.funding(row);
        }
        for (n, row) in self.indicators.iter().enumerate() {
            out.indicator(n + 1, row);
        }
        out.field("total.weight", self.totals.weight.as_ref());
        out.field("total.score", self.totals.score.as_ref());
        out.field("total.review_score", self.totals.review_score.as_ref());
        for (n, line) in self.lines.iter().enumerate() {
            out.line(n + 1, line);
        }
        let taken: std::collections::BTreeSet<CellRef> = out.0.iter().map(|c| c.cell).collect();
        for figure in self.figures.iter().filter(|f| !taken.contains(&f.cell)) {
            let value = match &figure.value {
                FigureValue::Money(amount) => amount.shown(),
                FigureValue::Number { value, .. } => value.shown(),
            };
            let field = format!("figure.{}", figure.header.as_deref().unwrap_or("—"));
            out.0.push(Claim { field, cell: figure.cell, given: figure.given.clone(), value: Some(value) });
        }
        out.0.sort_by_key(|claim| claim.cell);
        out.0
    }
}
