//! One line of a budget table → codes, name, amounts.
//!
//! Left to right come codes, a name, amounts; an amount belongs to the codes and name before it. Invariant: each figure of a
//! line comes out once, whatever column it slipped into.

use super::meaning::Meaning;
use super::{Budget, Column, Defaults, Group, Part, Subject, code_of};
use crate::form::{BudgetLine, Classification, Field, Figure, FigureValue, Measure};
use crate::quantity::{Amount, CellRef, Entry, Text};
use crate::read::columns::Cells;
use crate::read::concept::{Concept, Concepts};
use crate::read::section::Section;
use crate::read::subject::{depth, is_grand_total};
use crate::read::value;
use crate::read::word::Word;
use crate::text;

/// A line under reading, and what is known of its table.
pub(super) struct Line<'t> {
    /// Its index on the sheet.
    pub at: usize,
    /// The columns of the table.
    pub columns: &'t [Column],
    /// The boxes that begin in each line and column.
    pub cells: &'t Cells,
    /// By what the lines of the table are classified.
    pub classification: Classification,
    /// What the table takes for granted.
    pub defaults: Defaults,
}

/// What stands before the amounts of a group.
#[derive(Default)]
struct Stub {
    code: Text,
    /// The box in which the code begins.
    place: Option<u32>,
    name: Option<(u32, Text)>,
    /// Amounts that slipped into the columns of codes and names, with their columns.
    strays: Vec<(u32, usize)>,
    classification: Option<Classification>,
}

impl Line<'_> {
    fn row(&self, section: &Section) -> u32 {
        section.page.grid.lines.get(self.at).map_or(0, |l| l.row)
    }

    /// Serial and line numbers are read as such, so that none is left over as a figure of no column.
    pub(super) fn numbers(&self, section: &mut Section) {
        for (i, column) in self.columns.iter().enumerate() {
            if column.part == Part::Idle
                && let Some(id) = self.cells.get(self.at, i).filter(|&id| section.page.is_figure(id))
            {
                section.take(id);
            }
        }
    }

    /// Reads what belongs to a group of columns.
    pub(super) fn read(&self, section: &mut Section, group: &Group, out: &mut Budget) {
        let page = section.page;
        let row = self.row(section);
        let mut stub = self.stub(section, &group.subject, row);
        if let Some(wider) = &group.wider {
            let mut other = self.stub(section, wider, row);
            if stub.code.is_empty() && stub.name.is_none() {
                std::mem::swap(&mut stub, &mut other);
            }
            stub.strays.extend(other.strays);
        }
        if stub.name.is_none() {
            stub.name = self.aside(section, group);
        }
        let Stub { mut code, place, name, strays, classification } = stub;
        let amounts = group.amounts.iter().filter_map(|&i| self.cells.get(self.at, i).map(|id| (id, i)));
        let mut amounts = amounts.chain(strays).peekable();
        let first_amount = amounts.peek().map(|&(id, _)| id);
        if name.is_none() && code.is_empty() && first_amount.is_none() {
            return;
        }
        let given = name.as_ref().map(|n| n.1.clone());
        let split = given.as_ref().map(|g| text::split_code(g));
        if code.is_empty()
            && let Some(found) = split.as_ref().and_then(|n| n.code.as_deref())
        {
            code = Text::from(found);
        }
        let shown = split.map_or_else(|| Text::from(""), |n| n.name);
        let word = name.as_ref().and_then(|(id, _)| page.word(*id));
        let note = word.is_some_and(|w| {
            w.raw.starts_with("注") || w.means(Concept::TailLine) && w.label.tail.is_some() || w.length > 60
        });
        if note && first_amount.is_none() {
            return;
        }
        let anchor = place.or(name.as_ref().map(|n| n.0)).or(first_amount);
        let is_total = is_grand_total(word);
        let mut line = BudgetLine {
            row,
            cell: anchor.map_or(CellRef::new(row, 0), |id| page.cell(id)),
            classification: classification
                .filter(|own| *own == Classification::Project || !code.is_empty())
                .unwrap_or(self.classification),
            level: (!is_total).then(|| depth(&code, given.as_deref(), word)),
            code: Some(code).filter(|code| !code.is_empty()),
            name: shown,
            is_total,
            original_budget: None,
            revised_budget: None,
            outturn: None,
            rate: None,
        };
        let mut any = false;
        for (id, i) in amounts {
            let Some(column) = self.columns.get(i) else { continue };
            any |= self.amount(section, id, column.header.as_ref(), column.meaning, &mut line, out);
        }
        let named = !line.name.is_empty() || line.code.is_some();
        let measured = line.original_budget.is_some() || line.outturn.is_some() || line.revised_budget.is_some();
        if any && (named || measured)
            || named
                && !note
                && word.is_some_and(|w| w.numeral.is_none() && w.length <= 40)
                && (line.code.is_some() || any)
        {
            out.lines.push(line);
        }
    }

    fn stub(&self, section: &mut Section, subject: &Subject, row: u32) -> Stub {
        let mut stub = Stub { classification: subject.classification, ..Stub::default() };
        self.codes(section, subject, row, &mut stub);
        self.name(section, subject, &mut stub);
        stub
    }

    /// The parts of the code, joined.
    fn codes(&self, section: &mut Section, subject: &Subject, row: u32, stub: &mut Stub) {
        let page = section.page;
        for &i in &subject.codes {
            let Some(slot) = self.columns.get(i).map(|column| &column.slot) else { continue };
            let here = self.cells.get(self.at, i).or_else(|| page.grid.at(row, slot.col));
            let Some(id) = here else { continue };
            let (word, number) = (page.word(id), page.number(id));
            // an amount that slipped into a code column
            let own = page.cell(id).row == row;
            if own
                && number.is_some_and(|n| !n.is_whole() || n >= 100_000_000.into())
                && page.given(id).len() < 18
                && word.is_none_or(|w| w.length <= 15)
            {
                stub.strays.push((id, i));
                continue;
            }
            let found = match (word, number) {
                (Some(word), _) => code_of(&word.raw).or((word.numeral.is_some()).then_some("".into())),
                (None, Some(number)) => Some(code_of(&number.text()).unwrap_or_default().into_owned().into()),
                (None, None) => None,
            };
            if let Some(found) = found {
                stub.code = [&*stub.code, &found].into_iter().collect();
                stub.place = stub.place.or(Some(id));
                if own {
                    section.take(id);
                }
            }
        }
    }

    /// The first text of the name columns, else of the code columns.
    fn name(&self, section: &mut Section, subject: &Subject, stub: &mut Stub) {
        let page = section.page;
        for &i in subject.names.iter().chain(&subject.codes) {
            let Some(column) = self.columns.get(i) else { continue };
            let Some(id) = self.cells.get(self.at, i) else { continue };
            let word = page.word(id).filter(|w| w.numeral.is_none() && !w.mark);
            let Some(word) = word.filter(|w| !(subject.codes.contains(&i) && code_of(&w.raw).is_some())) else {
                if column.part == Part::Name && page.is_figure(id) {
                    stub.strays.push((id, i));
                }
                continue;
            };
            section.take(id);
            if stub.name.is_none() && word.length > 1 {
                stub.name = Some((id, word.raw.clone()));
            }
        }
    }

    /// 合计 that begins in a column of serial numbers.
    fn aside(&self, section: &mut Section, group: &Group) -> Option<(u32, Text)> {
        let page = section.page;
        let first_amount = group.amounts.first().and_then(|&i| self.columns.get(i)).map_or(0, |c| c.slot.col);
        let aside = section.starts(self.at).find(|&id| {
            page.cell(id).col < first_amount
                && page.word(id).is_some_and(|w| w.means_any(Concepts::of(&[Concept::GrandTotal, Concept::Subtotal])))
        });
        aside.filter(|&id| section.take(id)).map(|id| (id, page.given(id)))
    }

    /// One amount: into the line, and into `amounts`. True if it was a figure or a mark.
    fn amount(
        &self,
        section: &mut Section,
        id: u32,
        header: Option<&Text>,
        meaning: Meaning,
        line: &mut BudgetLine,
        out: &mut Budget,
    ) -> bool {
        let page = section.page;
        let word = page.word(id);
        let figure = page.is_figure(id);
        if !figure && word.is_some_and(|w| !w.mark && (!w.hits.is_empty() || w.length > 14)) {
            return false;
        }
        if meaning.rate {
            let field = value::rate(page, id, meaning.points);
            if let (true, Entry::Given(value)) = (figure, field.entry) {
                let value = FigureValue::Number { value, unit: None };
                push(field.cell, field.given.clone(), header, value, meaning.measure, line, out);
            }
            if meaning.line == Some(Concept::Rate) && line.rate.is_none() {
                line.rate = Some(field);
            }
            section.take(id);
            return true;
        }
        let unit = meaning.unit.or(section.unit).unwrap_or(self.defaults.unit);
        let field: Field<Amount> = value::amount(page, id, unit);
        if let (true, Some(amount)) = (figure, field.value()) {
            push(field.cell, field.given.clone(), header, FigureValue::Money(*amount), meaning.measure, line, out);
        }
        section.take(id);
        let target = match meaning.line {
            Some(Concept::Original) => &mut line.original_budget,
            Some(Concept::Revised) => &mut line.revised_budget,
            Some(Concept::Outturn) => &mut line.outturn,
            _ => return true,
        };
        // the whole stands before its parts
        if target.is_none() {
            *target = Some(field);
        }
        true
    }

    /// A row of a table without names: each amount is a line of its own, named by the heads above it.
    pub(super) fn across(&self, section: &mut Section, out: &mut Budget) {
        let page = section.page;
        let row = self.row(section);
        let mut lines: Vec<BudgetLine> = Vec::new();
        for (i, Column { slot, part, meaning, header }) in self.columns.iter().enumerate() {
            let id = self.cells.get(self.at, i).filter(|&id| *part == Part::Amount && page.is_figure(id));
            let Some(id) = id else { continue };
            let names: Vec<&Word> = slot
                .path
                .iter()
                .filter_map(|&h| page.word(h))
                .filter(|w| !(w.is_measure() && w.label.core.len() <= 8 && !w.means(Concept::Sangong)))
                .collect();
            let parts: Vec<String> = names.iter().map(|w| w.raw.split_whitespace().collect()).collect();
            let name = Text::from(if parts.len() > 1 && parts.last().is_some_and(|p| p == "小计" || p == "合计") {
                parts.get(parts.len() - 2).cloned().unwrap_or_default()
            } else {
                parts.last().cloned().unwrap_or_default()
            });
            let at_line = lines.iter().position(|l| l.name == name);
            let mut line = match at_line.and_then(|i| lines.get(i)) {
                Some(line) => line.clone(),
                None => BudgetLine {
                    row,
                    cell: page.cell(id),
                    classification: if self.defaults.sangong || names.iter().any(|w| w.means(Concept::Sangong)) {
                        Classification::Sangong
                    } else {
                        Classification::Other
                    },
                    code: None,
                    level: Some(u32::try_from(parts.len().clamp(1, 9)).unwrap_or(1)),
                    is_total: names.last().is_some_and(|w| w.means(Concept::GrandTotal)) && names.len() <= 2,
                    name,
                    original_budget: None,
                    revised_budget: None,
                    outturn: None,
                    rate: None,
                },
            };
            if line.is_total {
                line.level = None;
            }
            let mut meaning = *meaning;
            if meaning.line.is_none() && !meaning.rate {
                meaning.line = Some(self.defaults.measure);
            }
            self.amount(section, id, header.as_ref(), meaning, &mut line, out);
            match at_line.and_then(|i| lines.get_mut(i)) {
                Some(place) => *place = line,
                None => lines.push(line),
            }
        }
        out.lines.append(&mut lines);
    }
}

fn push(
    cell: CellRef,
    given: Text,
    header: Option<&Text>,
    value: FigureValue,
    measure: Option<Measure>,
    line: &BudgetLine,
    out: &mut Budget,
) {
    out.figures.push(Figure {
        cell,
        given,
        value,
        classification: Some(line.classification),
        code: line.code.clone(),
        name: (!line.name.is_empty()).then(|| line.name.clone()),
        header: header.cloned(),
        measure,
    });
}
