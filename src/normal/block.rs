//! Bulk rows of a file, small in memory.
//!
//! Why: a district has millions of figures and writes each once. Until then they are kept as bytes: texts by number from a
//! table of the file, cells as row and column, ids not at all, since those are known only when all files are.
//!
//! Input → output: a form ([`Block::add`]) → cells; later, with the [`Place`] of each form, → rows of `indicators`,
//! `funding`, `budget_lines` and `amounts` in the order of the file.

use crate::compute::{rate, total};
use crate::form::{
    Classification, Field, FieldExt as _, Figure, FigureValue, Form, FundingRow, Goal, Indicator, Measure,
};
use crate::quantity::{Amount, CellRef, Decimal, Money, Points, Text};
use crate::tables::{AmountRow, BudgetLineRow, Cell, Funding, IndicatorRow, Sink, Texts};
use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Range;

/// Number of a text from 1; 0 is no text.
type Id = u32;

/// Bulk rows of a file. The order of the fields is the order of the bytes (`unpack`).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Block {
    texts: Vec<Text>,
    indicators: Vec<IndicatorCells>,
    funding: Vec<FundingCells>,
    lines: Vec<LineCells>,
    /// Heads of columns and what they mean.
    heads: Vec<(Id, Id)>,
    strips: Vec<Strip>,
    figures: Vec<FigureCell>,
}

/// A [`Block`] as bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Packed(#[serde(with = "bytes")] Vec<u8>);

/// The rows of a [`Block`], in the order of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Rows of `indicators`.
    Indicators,
    /// Rows of `funding`.
    Funding,
    /// Rows of `budget_lines`.
    Lines,
    /// Rows of `amounts`, which are the most.
    Figures,
}

/// Bytes as one run, not as a list of numbers.
mod bytes {
    use serde::{Deserialize as _, Deserializer, Serializer};
    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        Vec::<u8>::deserialize(deserializer)
    }
}

/// What is known of a form when all files are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub file_id: u32,
    /// The evaluation; `None` for a budget table.
    pub evaluation_id: Option<Text>,
    /// Name of the sheet.
    pub sheet: Text,
    /// The title as written.
    pub title: Option<Text>,
    /// The year.
    pub year: Option<u16>,
    /// Code of the department.
    pub department_code: Option<Text>,
    /// The department.
    pub department: Option<Text>,
}

/// What is added up of a line of a table.
#[derive(Debug, Clone, Copy)]
pub struct Line<'b> {
    /// Its code.
    pub code: Option<&'b Text>,
    /// Its name.
    pub name: Option<&'b Text>,
    /// Whether it is the table's grand total.
    pub is_total: bool,
    /// 年初预算数.
    pub original_budget: Option<Money>,
    /// 调整预算数.
    pub revised_budget: Option<Money>,
    /// 执行数, 决算数.
    pub outturn: Option<Money>,
}

/// What an indicator brings to the sums of a district.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share<'b> {
    /// Level 1, canonical.
    pub level1: Option<&'b Text>,
    /// Level 2 as written.
    pub level2: Option<&'b Text>,
    /// Its weight.
    pub weight: Option<Points>,
    /// Its score.
    pub score: Option<Points>,
}

/// What a source of funds brings to them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fund<'b> {
    /// Its code.
    pub source: &'b Text,
    /// 年初预算数.
    pub original_budget: Option<Money>,
    /// 调整预算数.
    pub revised_budget: Option<Money>,
    /// 执行数.
    pub outturn: Option<Money>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct IndicatorCells {
    form: u32,
    seq: u32,
    level1: Id,
    level2: Id,
    level3: Id,
    operator: Id,
    target: Id,
    target_value: Option<Decimal>,
    actual: Id,
    actual_value: Option<Decimal>,
    unit: Id,
    weight: Option<Points>,
    score: Option<Points>,
    recomputed: Option<Points>,
    note: Id,
    cell: CellRef,
    level1_name: Id,
    review_score: Option<Points>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct FundingCells {
    form: u32,
    source: Id,
    original: Option<Money>,
    revised: Option<Money>,
    outturn: Option<Money>,
    row: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct LineCells {
    form: u32,
    row: u32,
    classification: Id,
    code: Id,
    name: Id,
    original: Option<Money>,
    revised: Option<Money>,
    outturn: Option<Money>,
    rate_reported: Option<Decimal>,
    level: Option<u32>,
    is_total: bool,
}

/// Figures side by side that belong to the same line of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Strip {
    form: u32,
    row: u32,
    classification: Id,
    code: Id,
    name: Id,
    /// How many of the figures are its.
    count: u32,
}

impl Strip {
    fn is_same_line(self, other: Self) -> bool {
        Self { count: 0, ..self } == Self { count: 0, ..other }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct FigureCell {
    col: u32,
    /// Position of its head.
    head: u32,
    amount: FigureAmount,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum FigureAmount {
    Money(Money),
    Number(Decimal, Id),
}

/// Takes forms apart into a [`Block`].
#[derive(Debug, Default)]
pub(super) struct Builder {
    block: Block,
    ids: HashMap<Text, Id, RandomState>,
    heads: HashMap<(Id, Id), u32, RandomState>,
    /// The texts asked for last, by what they are for: neighbours mostly share them.
    last: [Option<(Text, Id)>; 3],
}

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

    fn some(&mut self, text: Option<&str>) -> Id {
        text.map_or(0, |t| self.id(t))
    }

    /// The texts of a field as written, `—` and `/` too; blank is nothing.
    fn given<T>(&mut self, field: Option<&Field<T>>) -> Id {
        self.some(field.map(|f| f.given.trim()).filter(|t| !t.is_empty()))
    }

    /// Adds the rows of a form; `index` is its position in the list of the file's forms.
    pub(super) fn add(
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
            let (classification, code, name) =
                (self.id(line.classification.code()), self.some(line.code.as_deref()), self.id(&line.name));
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
        let mut classification = (None, 0);
        for figure in &form.figures {
            if classification.0 != figure.classification {
                classification = (figure.classification, self.some(figure.classification.map(Classification::code)));
            }
            let strip = Strip {
                form: index,
                row: figure.cell.row,
                classification: classification.1,
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
        let measure = self.some(figure.measure.map(Measure::code));
        let key = (self.again(2, figure.header.as_ref()), measure);
        let heads = &mut self.block.heads;
        *self.heads.entry(key).or_insert_with(|| {
            heads.push(key);
            u32::try_from(heads.len() - 1).unwrap_or(u32::MAX)
        })
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

    pub(super) fn finish(self) -> Block {
        self.block
    }
}

fn money(field: Option<&Field<Amount>>) -> Option<Money> {
    field.and_then(Field::value).map(|amount| amount.money)
}

impl Block {
    /// As bytes. Never fails on a block made here; an empty one stands for one that would.
    pub fn pack(&self) -> Packed {
        Packed(postcard::to_allocvec(self).unwrap_or_default())
    }

    /// How many rows each table has: `indicators`, `funding`, `budget_lines`, `amounts`.
    pub fn counts(&self) -> [usize; 4] {
        [self.indicators.len(), self.funding.len(), self.lines.len(), self.figures.len()]
    }

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

    /// What the indicators bring, each with the position of its form.
    pub fn shares(&self) -> impl Iterator<Item = (usize, Share<'_>)> {
        self.indicators.iter().map(|c| {
            let (level1, level2) = (self.text(c.level1_name), self.text(c.level2));
            (usize::try_from(c.form).unwrap_or(usize::MAX), Share { level1, level2, weight: c.weight, score: c.score })
        })
    }

    /// What the sources of funds bring, each with the position of its form.
    pub fn funds(&self) -> impl Iterator<Item = (usize, Fund<'_>)> {
        self.funding.iter().filter_map(|c| {
            let (original_budget, revised_budget, outturn) = (c.original, c.revised, c.outturn);
            let fund = Fund { source: self.text(c.source)?, original_budget, revised_budget, outturn };
            Some((usize::try_from(c.form).unwrap_or(usize::MAX), fund))
        })
    }

    /// The lines of a classification, each with the position of its form.
    pub fn lines_of(&self, classification: &str) -> impl Iterator<Item = (usize, Line<'_>)> {
        let wanted = self.texts.iter().position(|text| **text == *classification);
        let text = |id: Id| self.text(id);
        let lines = self.lines.iter().filter(move |line| {
            let id = usize::try_from(line.classification).unwrap_or(0);
            wanted.is_some_and(|wanted| id == wanted + 1)
        });
        lines.map(move |line| {
            let shown = Line {
                code: text(line.code),
                name: text(line.name),
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

impl Block {
    /// The block of these bytes without what stands behind the rows of a table. `None`: they are none.
    pub(super) fn unpack(bytes: &[u8], last: Part) -> Option<Self> {
        fn taken<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
            postcard::take_from_bytes(bytes).ok().map(|(taken, _)| taken)
        }
        if bytes.is_empty() {
            return Some(Self::default());
        }
        let none = Self::default();
        match last {
            Part::Indicators => {
                let (texts, indicators) = taken(bytes)?;
                Some(Self { texts, indicators, ..none })
            }
            Part::Funding => {
                let (texts, indicators, funding) = taken(bytes)?;
                Some(Self { texts, indicators, funding, ..none })
            }
            Part::Lines => {
                let (texts, indicators, funding, lines) = taken(bytes)?;
                Some(Self { texts, indicators, funding, lines, ..none })
            }
            Part::Figures => postcard::from_bytes(bytes).ok(),
        }
    }
}

impl Packed {
    /// The bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    #[cfg(test)]
    pub(super) fn of_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, FigureAmount, FigureCell, FundingCells, Part, Strip};
    use crate::quantity::Money;

    #[test]
    fn a_block_comes_back_as_a_whole_and_in_part() {
        let money = Money::from_fen(17_005);
        let funding = FundingCells { form: 0, source: 1, original: None, revised: money, outturn: None, row: 7 };
        let strip = Strip { form: 0, row: 3, classification: 0, code: 0, name: 1, count: 1 };
        let amount = FigureAmount::Money(Money::from_fen(17_005).unwrap());
        let block = Block {
            texts: vec!["total".into()],
            funding: vec![funding],
            heads: vec![(0, 0)],
            strips: vec![strip],
            figures: vec![FigureCell { col: 4, head: 0, amount }],
            ..Block::default()
        };
        let packed = block.pack();
        let open = |last| Block::unpack(packed.bytes(), last);
        assert_eq!(open(Part::Figures), Some(block.clone()));
        let without = Block { heads: Vec::new(), strips: Vec::new(), figures: Vec::new(), ..block };
        assert_eq!(open(Part::Lines), Some(without.clone()));
        assert_eq!(open(Part::Funding), Some(without.clone()));
        assert_eq!(open(Part::Indicators), Some(Block { funding: Vec::new(), ..without }));
        assert_eq!(Block::unpack(&[], Part::Figures), Some(Block::default()));
    }
}
