//! Forms → the rows of a file, small in memory.

use super::{Block, FigureAmount, FigureCell, FundingCells, Id, IndicatorCells, LineCells, Strip};
use crate::compute::total;
use crate::form::{
    Classification, Field, FieldExt as _, Figure, FigureValue, Form, FundingRow, Goal, Indicator, Measure,
};
use crate::quantity::{Amount, CellRef, Money, Points, Text};
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// Takes forms apart into a [`Block`].
#[derive(Debug, Default)]
pub(in crate::normal) struct Builder {
    block: Block,
    ids: HashMap<Text, Id, RandomState>,
    heads: HashMap<(Id, Id), u32, RandomState>,
    /// The texts asked for last, by what they are for: neighbours mostly share them.
    last: [Option<(Text, Id)>; 2],
    /// The classification asked for last.
    classification: (Option<Classification>, Id),
    /// The head asked for last in each column.
    columns: Vec<Option<Head>>,
}

/// What a figure's column says of it, and its position among the heads.
#[derive(Debug)]
struct Head {
    header: Option<Text>,
    measure: Option<Measure>,
    at: u32,
}

/// Columns whose heads are remembered.
const MOST_COLUMNS: usize = 256;

impl Builder {
    fn id(&mut self, text: &str) -> Id {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let text = Text::from(text);
        self.block.texts.push(text.clone());
        let id = Id::try_from(self.block.texts.len()).unwrap_or(Id::MAX);
        self.ids.insert(text, id);
        id
    }

    /// The same for a text that is often that of the time before.
    fn again(&mut self, slot: usize, text: Option<&Text>) -> Id {
        let Some(text) = text else { return 0 };
        if let Some((last, id)) = self.last.get(slot).and_then(Option::as_ref)
            && last == text
        {
            return *id;
        }
        let id = self.id(text);
        if let Some(last) = self.last.get_mut(slot) {
            *last = Some((text.clone(), id));
        }
        id
    }

    /// The code of a classification, which is nearly always that of the time before.
    fn classification(&mut self, asked: Option<Classification>) -> Id {
        if self.classification.0 != asked {
            self.classification = (asked, self.some(asked.map(Classification::code)));
        }
        self.classification.1
    }

    fn some(&mut self, text: Option<&str>) -> Id {
        text.map_or(0, |t| self.id(t))
    }

    /// The texts of a field as written, `—` and `/` too; blank is nothing.
    fn given<T>(&mut self, field: Option<&Field<T>>) -> Id {
        self.some(field.map(|f| f.given.trim()).filter(|t| !t.is_empty()))
    }

    /// Adds the rows of a form; `index` is its position in the list of the file's forms.
    pub(in crate::normal) fn add(
        &mut self,
        index: u32,
        form: &Form,
        recomputed: &[Option<Points>],
        execution_score: Option<Points>,
    ) {
        if form.kind.is_evaluation() {
            let mut seq = 0;
            if let Some(row) = total::scored_in_funding(form) {
                seq += 1;
                self.execution_line(index, seq, row, execution_score);
            }
            for (i, indicator) in form.indicators.iter().enumerate() {
                seq += 1;
                self.indicator(index, seq, indicator, recomputed.get(i).copied().flatten());
            }
        }
        for row in &form.funding {
            let source = self.id(row.source.code());
            self.block.funding.push(FundingCells {
                form: index,
                source,
                original: money(row.original_budget.as_ref()),
                revised: money(row.revised_budget.as_ref()),
                outturn: money(row.outturn.as_ref()),
                row: row.row + 1,
            });
        }
        self.block.lines.reserve(form.lines.len());
        self.block.strips.reserve(form.lines.len());
        self.block.figures.reserve(form.figures.len());
        for line in &form.lines {
            let classification = self.classification(Some(line.classification));
            let (code, name) = (self.some(line.code.as_deref()), self.id(&line.name));
            self.block.lines.push(LineCells {
                form: index,
                row: line.row + 1,
                classification,
                code,
                name,
                original: money(line.original_budget.as_ref()),
                revised: money(line.revised_budget.as_ref()),
                outturn: money(line.outturn.as_ref()),
                rate_reported: line.rate.get().copied(),
                level: line.level,
                is_total: line.is_total,
            });
        }
        for figure in &form.figures {
            let strip = Strip {
                form: index,
                row: figure.cell.row,
                classification: self.classification(figure.classification),
                code: self.again(0, figure.code.as_ref()),
                name: self.again(1, figure.name.as_ref()),
                count: 1,
            };
            match self.block.strips.last_mut() {
                Some(last) if last.is_same_line(strip) => last.count += 1,
                _ => self.block.strips.push(strip),
            }
            let amount = match &figure.value {
                FigureValue::Money(amount) => FigureAmount::Money(amount.money),
                FigureValue::Number { value, unit } => FigureAmount::Number(*value, self.some(unit.as_deref())),
            };
            let head = self.head(figure);
            self.block.figures.push(FigureCell { col: figure.cell.col, head, amount });
        }
    }

    /// The position of a figure's head.
    fn head(&mut self, figure: &Figure) -> u32 {
        let col = usize::try_from(figure.cell.col).ok().filter(|&col| col < MOST_COLUMNS);
        if let Some(Some(last)) = col.and_then(|col| self.columns.get(col))
            && last.measure == figure.measure
            && last.header == figure.header
        {
            return last.at;
        }
        let measure = self.some(figure.measure.map(Measure::code));
        let key = (self.some(figure.header.as_deref()), measure);
        let heads = &mut self.block.heads;
        let at = *self.heads.entry(key).or_insert_with(|| {
            heads.push(key);
            u32::try_from(heads.len() - 1).unwrap_or(u32::MAX)
        });
        if let Some(col) = col {
            if self.columns.len() <= col {
                self.columns.resize_with(col + 1, || None);
            }
            if let Some(last) = self.columns.get_mut(col) {
                *last = Some(Head { header: figure.header.clone(), measure: figure.measure, at });
            }
        }
        at
    }

    /// The execution rate scored in the funding block, as a line of its own.
    fn execution_line(&mut self, form: u32, seq: u32, row: &FundingRow, recomputed: Option<Points>) {
        let level = self.id(total::EXECUTION_LEVEL);
        let cell = row.score.as_ref().map(|f| f.cell).or(row.weight.as_ref().map(|f| f.cell));
        let cells = IndicatorCells {
            form,
            seq,
            level1: level,
            level2: 0,
            level3: 0,
            operator: 0,
            target: 0,
            target_value: None,
            actual: self.given(row.rate.as_ref()),
            actual_value: row.rate.get().and_then(|r| r.shift(2)),
            unit: 0,
            weight: row.weight.get().copied(),
            score: row.score.get().copied(),
            recomputed,
            note: self.given(row.note.as_ref()),
            cell: cell.unwrap_or(CellRef::new(row.row, 0)),
            level1_name: level,
            review_score: None,
        };
        self.block.indicators.push(cells);
    }

    fn indicator(&mut self, form: u32, seq: u32, i: &Indicator, recomputed: Option<Points>) {
        let goal = |field: &Option<Field<Goal>>| field.get().and_then(|g| g.value);
        let operator = i.target.get().and_then(|g| g.operator).map(crate::form::Operator::code);
        let level1 = if i.execution_line {
            (self.id(total::EXECUTION_LEVEL), self.id(total::EXECUTION_LEVEL))
        } else {
            (
                self.some(i.level1.as_ref().map(|l| l.text.as_ref())),
                self.some(i.level1.as_ref().map(|l| l.name.as_ref())),
            )
        };
        let cells = IndicatorCells {
            form,
            seq,
            level1: level1.0,
            level2: self.some(i.level2.as_ref().map(|l| l.text.as_ref())),
            level3: self.some(i.level3.as_ref().map(|l| l.text.as_ref())),
            operator: self.some(operator),
            target: self.given(i.target.as_ref()),
            target_value: goal(&i.target),
            actual: self.given(i.actual.as_ref()),
            actual_value: goal(&i.actual),
            unit: self.some(i.unit_of_measure.as_deref()),
            weight: i.weight.get().copied(),
            score: i.score.get().copied(),
            recomputed,
            note: self.given(i.note.as_ref()),
            cell: i.cell,
            level1_name: level1.1,
            review_score: i.review_score.get().copied(),
        };
        self.block.indicators.push(cells);
    }

    pub(in crate::normal) fn finish(self) -> Block {
        self.block
    }
}

fn money(field: Option<&Field<Amount>>) -> Option<Money> {
    field.and_then(Field::value).map(|amount| amount.money)
}
