//! The rows of a file, with the places of its forms → rows of the tables, in the order of the file.

use super::{Block, Brought, FigureAmount, Id, Line, Place};
use crate::compute::rate;
use crate::quantity::{CellRef, Text};
use crate::tables::{AmountRow, BudgetLineRow, Cell, Funding, IndicatorRow, Sink, Texts};
use std::ops::Range;

impl Block {
    /// Rows of `indicators`: those of a range, in the order of the file.
    pub fn indicators<S, T>(&self, places: &[Place], range: Range<usize>, sink: &mut S)
    where
        T: Cell + Clone,
        S: Sink<IndicatorRow<T>> + Texts<Text = T>,
    {
        let mut texts = Made::new(&self.texts, places, sink);
        for c in self.indicators.get(range).unwrap_or_default() {
            let Some(place) = texts.place(c.form) else { continue };
            let Some(evaluation_id) = place.evaluation_id else { continue };
            let row = IndicatorRow {
                evaluation_id,
                seq: c.seq,
                level1: texts.get(c.level1, sink),
                level2: texts.get(c.level2, sink),
                level3: texts.get(c.level3, sink),
                operator: texts.get(c.operator, sink),
                target: texts.get(c.target, sink),
                target_value: c.target_value,
                actual: texts.get(c.actual, sink),
                actual_value: c.actual_value,
                unit_of_measure: texts.get(c.unit, sink),
                weight: c.weight,
                score: c.score,
                score_recomputed: c.recomputed,
                deviation_note: texts.get(c.note, sink),
                sheet: place.sheet,
                cell: sink.cell(c.cell),
                level1_name: texts.get(c.level1_name, sink),
                review_score: c.review_score,
            };
            sink.row(row);
        }
    }

    /// Rows of `funding`.
    pub fn funding<S, T>(&self, places: &[Place], range: Range<usize>, sink: &mut S)
    where
        T: Cell + Clone,
        S: Sink<Funding<T>> + Texts<Text = T>,
    {
        let mut texts = Made::new(&self.texts, places, sink);
        for c in self.funding.get(range).unwrap_or_default() {
            let Some(place) = texts.place(c.form) else { continue };
            let (Some(evaluation_id), Some(source)) = (place.evaluation_id, texts.get(c.source, sink)) else {
                continue;
            };
            sink.row(Funding {
                evaluation_id,
                source,
                original_budget: c.original,
                revised_budget: c.revised,
                outturn: c.outturn,
                sheet: place.sheet,
                row: c.row,
            });
        }
    }

    /// Rows of `budget_lines`.
    pub fn budget_lines<S, T>(&self, places: &[Place], range: Range<usize>, sink: &mut S)
    where
        T: Cell + Clone,
        S: Sink<BudgetLineRow<T>> + Texts<Text = T>,
    {
        let mut texts = Made::new(&self.texts, places, sink);
        for c in self.lines.get(range).unwrap_or_default() {
            let Some(place) = texts.place(c.form) else { continue };
            let Some(classification) = texts.get(c.classification, sink) else { continue };
            let row = BudgetLineRow {
                file_id: place.file_id,
                sheet: place.sheet,
                row: c.row,
                year: place.year,
                department_code: place.department_code,
                department: place.department,
                classification,
                code: texts.get(c.code, sink),
                name: texts.get(c.name, sink),
                original_budget: c.original,
                revised_budget: c.revised,
                outturn: c.outturn,
                execution_rate_reported: c.rate_reported,
                execution_rate: rate::execution_rate(c.outturn, rate::base(c.revised, c.original)),
                level: c.level,
                is_total: c.is_total,
            };
            sink.row(row);
        }
    }

    fn text(&self, id: Id) -> Option<&Text> {
        self.texts.get(usize::try_from(id).ok()?.checked_sub(1)?)
    }

    /// What indicators and sources of funds bring, each with the position of its form.
    pub fn evaluated(&self) -> impl Iterator<Item = (usize, Brought<'_>)> {
        let form = |form: u32| usize::try_from(form).unwrap_or(usize::MAX);
        let shares = self.indicators.iter().map(move |c| {
            let (level1, level2) = (self.text(c.level1_name), self.text(c.level2));
            (form(c.form), Brought::Share { level1, level2, weight: c.weight, score: c.score })
        });
        let funds = self.funding.iter().filter_map(move |c| {
            let (original_budget, revised_budget, outturn) = (c.original, c.revised, c.outturn);
            let source = self.text(c.source)?;
            Some((form(c.form), Brought::Fund { source, original_budget, revised_budget, outturn }))
        });
        shares.chain(funds)
    }

    /// The lines of a classification, each with the position of its form.
    pub fn lines_of(&self, classification: &str) -> impl Iterator<Item = (usize, Line<'_>)> {
        let wanted = self.texts.iter().position(|text| **text == *classification);
        let lines = self.lines.iter().filter(move |line| {
            let id = usize::try_from(line.classification).unwrap_or(0);
            wanted.is_some_and(|wanted| id == wanted + 1)
        });
        lines.map(move |line| {
            let shown = Line {
                code: self.text(line.code),
                name: self.text(line.name),
                is_total: line.is_total,
                original_budget: line.original,
                revised_budget: line.revised,
                outturn: line.outturn,
            };
            (usize::try_from(line.form).unwrap_or(usize::MAX), shown)
        })
    }

    /// Rows of `amounts`.
    pub fn amounts<S, T>(&self, places: &[Place], range: Range<usize>, sink: &mut S)
    where
        T: Cell + Clone,
        S: Sink<AmountRow<T>> + Texts<Text = T>,
    {
        let mut texts = Made::new(&self.texts, places, sink);
        let mut from = 0;
        for strip in &self.strips {
            let to = from + usize::try_from(strip.count).unwrap_or(0);
            let own = from.max(range.start)..to.min(range.end);
            from = to;
            if own.is_empty() {
                continue;
            }
            let Some(place) = texts.place(strip.form) else { continue };
            let classification = texts.get(strip.classification, sink);
            let (code, name) = (texts.get(strip.code, sink), texts.get(strip.name, sink));
            for c in self.figures.get(own).unwrap_or_default() {
                let head = usize::try_from(c.head).ok().and_then(|at| self.heads.get(at)).copied();
                let (header, measure) = head.unwrap_or_default();
                let (amount, value, unit) = match c.amount {
                    FigureAmount::Money(money) => (Some(money), None, 0),
                    FigureAmount::Number(value, unit) => (None, Some(value), unit),
                };
                let place = place.clone();
                let row = AmountRow {
                    file_id: place.file_id,
                    sheet: place.sheet,
                    cell: sink.cell(CellRef::new(strip.row, c.col)),
                    table: place.title,
                    year: place.year,
                    department_code: place.department_code,
                    department: place.department,
                    classification: classification.clone(),
                    code: code.clone(),
                    name: name.clone(),
                    header: texts.get(header, sink),
                    measure: texts.get(measure, sink),
                    amount,
                    evaluation_id: place.evaluation_id,
                    value,
                    unit: texts.get(unit, sink),
                };
                sink.row(row);
            }
        }
    }
}

/// The texts of a file as a sink wants them, each asked for once.
struct Made<'a, T> {
    texts: &'a [Text],
    by_id: Vec<Option<T>>,
    places: Vec<MadePlace<T>>,
}

/// A [`Place`] with its texts made.
#[derive(Clone)]
struct MadePlace<T> {
    file_id: u32,
    evaluation_id: Option<T>,
    sheet: T,
    title: Option<T>,
    year: Option<u16>,
    department_code: Option<T>,
    department: Option<T>,
}

impl<'a, T: Clone> Made<'a, T> {
    fn new(texts: &'a [Text], places: &[Place], sink: &mut impl Texts<Text = T>) -> Self {
        let made_place = |p: &Place| {
            let mut some = |text: &Option<Text>| text.as_ref().map(|t| sink.text(t));
            MadePlace {
                file_id: p.file_id,
                evaluation_id: some(&p.evaluation_id),
                title: some(&p.title),
                year: p.year,
                department_code: some(&p.department_code),
                department: some(&p.department),
                sheet: sink.text(&p.sheet),
            }
        };
        let places = places.iter().map(made_place).collect();
        Self { texts, by_id: vec![None; texts.len()], places }
    }

    fn place(&self, form: u32) -> Option<MadePlace<T>> {
        self.places.get(usize::try_from(form).ok()?).cloned()
    }

    fn get(&mut self, id: Id, sink: &mut impl Texts<Text = T>) -> Option<T> {
        let at = usize::try_from(id).ok()?.checked_sub(1)?;
        let slot = self.by_id.get_mut(at)?;
        if slot.is_none() {
            *slot = Some(sink.text(self.texts.get(at)?));
        }
        slot.clone()
    }
}
