//! The funding block: money by source and measure, however it is laid out.
//!
//! Input → output: a [`Section`] and the lines of no table → [`Funding`].
//!
//! Read cell by cell. Every figure has a *head* (the nearest text above it in a row of heads, climbing over figures, marks
//! and blanks only; an unknown head ends the climb and gives nothing) and a *stub* (the nearest text to its left that is no
//! vertical section label). Measure and source come from either: head = measure and stub = source is usual; head = source
//! is the transposed block; both on the stub is key–value.
//!
//! Invariants: no value is moved or computed; a figure with neither measure nor source is left alone.

use super::concept::{Concept, Kind};
use super::section::Section;
use super::value;
use super::word::Word;
use crate::form::{Field, FundingRow, Source};
use crate::quantity::{Decimal, Entry, MoneyUnit, Points, Text};

/// How far a cell looks up for its head.
const CLIMB: u32 = 40;

/// What a form takes for granted about its money.
#[derive(Debug, Clone, Copy)]
pub(super) struct Defaults {
    /// What a bare 预算数 is, without any other sign.
    pub budget: Concept,
    /// The unit where the form states none.
    pub unit: MoneyUnit,
}

/// A figure with what its place says.
#[derive(Debug, Clone)]
struct Reading {
    id: u32,
    row: u32,
    measure: Concept,
    source: Source,
    label: Text,
    unit: Option<MoneyUnit>,
    points: bool,
    clear: bool,
    total_word: bool,
}

/// A funding block.
#[derive(Debug, Default)]
pub(super) struct Funding {
    /// Its rows.
    pub rows: Vec<FundingRow>,
    /// Measures met in its heads.
    pub measures: Vec<Concept>,
    /// Whether it scores the execution rate.
    pub scored: bool,
    /// Cells of money that has another meaning: multi-year totals, receipts, forecasts, with measure and label.
    pub figures: Vec<(u32, Concept, Text, Option<MoneyUnit>)>,
}

/// The source that a word states.
fn source_of(word: &Word) -> Option<Source> {
    let hit = word.best(Kind::Source)?;
    Some(match hit.concept {
        Concept::Total => Source::Total,
        Concept::Fiscal => Source::Fiscal,
        Concept::Carryover => Source::Carryover,
        Concept::Other => Source::Other,
        _ => Source::Own(own_words(word)),
    })
}

/// The words of a source of the form's own; of 资金结构：(1)基本支出 the part behind the colon.
fn own_words(word: &Word) -> Text {
    match &word.label.tail {
        Some(tail) if word.core().starts_with("资金") => {
            Text::from(super::label::Label::parse(tail).core.iter().collect::<String>())
        }
        _ => word.core().clone(),
    }
}

/// Reads the funding block from the lines for which `free` holds.
pub(super) fn read(section: &mut Section, free: &dyn Fn(usize) -> bool, defaults: Defaults) -> Funding {
    let mut out = Funding::default();
    let mut readings: Vec<Reading> = Vec::new();
    for at in section.lines.clone().filter(|&at| free(at)) {
        let Some(row) = section.row(at) else { continue };
        if row.title.is_some() {
            continue;
        }
        if row.money_head {
            for word in section.words(at) {
                if let Some((measure, _)) = word.measure()
                    && !out.measures.contains(&measure)
                {
                    out.measures.push(measure);
                }
            }
        }
        for id in section.starts(at) {
            if section.is_taken(id) {
                continue;
            }
            if let Some(reading) = reading(section, id) {
                readings.push(reading);
            }
        }
    }
    settle_multi_year(section, &mut readings);
    settle_total(&mut readings);
    let budget = budget_measure(section, &readings, &out.measures, defaults.budget);
    for reading in readings {
        place(section, reading, budget, defaults.unit, &mut out);
    }
    blanks(section, &mut out);
    weight_of_head(section, &mut out);
    out.scored = out.rows.iter().any(|r| {
        let given = |f: &Option<Field<Points>>| f.as_ref().is_some_and(|f| f.value().is_some());
        given(&r.weight) || given(&r.score)
    });
    out
}

/// What a box is, if it is money of the block.
fn reading(section: &Section, id: u32) -> Option<Reading> {
    let page = section.page;
    let item = page.item(id)?;
    let word = page.word(id);
    let mark = word.is_some_and(|w| w.mark);
    let figure = page.is_figure(id);
    let short_text = word.is_some_and(|w| w.hits.is_empty() && w.numeral.is_none() && !w.mark);
    if !(figure || mark || short_text) {
        return None;
    }
    let head = head_above(section, id);
    let head_word = head.and_then(|h| page.word(h));
    let head_measure = head_word.and_then(Word::measure);
    let head_source = head_word
        .filter(|w| {
            head_measure.is_none()
                || w.best(Kind::Source)
                    .is_some_and(|h| h.strength > 2.9 && head_measure.is_some_and(|(c, _)| c == Concept::Amount))
        })
        .and_then(source_of);
    let stub = stub_left(section, id);
    let stub_word = stub.and_then(|s| page.word(s));
    let stub_measure = stub_word.and_then(Word::measure).filter(|(c, _)| {
        !matches!(c, Concept::Amount | Concept::Weight | Concept::Score | Concept::Note | Concept::Review)
    });
    let stub_source = stub_word.and_then(source_of);
    let long = word.is_some_and(|w| w.length > 14) && !figure;
    let label = |w: Option<&Word>| w.map_or_else(|| Text::from(""), |w| w.raw.clone());
    let unit = head_word
        .and_then(|w| w.label.unit)
        .or_else(|| stub_word.and_then(|w| w.label.unit))
        .or_else(|| section_label_unit(section, id));
    let points = head_word.is_some_and(|w| w.raw.contains(['%', '％']));
    let base = |measure: Concept, source: Source, label: Text, clear: bool| Reading {
        id,
        row: item.area.first.row,
        measure,
        source,
        label,
        unit,
        points,
        clear,
        total_word: false,
    };
    let unstubbed = stub_source.is_none();
    match (head_measure, stub_source, head_source, stub_measure) {
        (Some((Concept::Note, _)), Some(source), ..) => Some(base(Concept::Note, source, label(stub_word), true)),
        (Some((measure, _)), Some(source), ..) if measure != Concept::Note && !long => {
            let mut r = base(measure, source, label(stub_word), true);
            // 预算数 under 预算安排情况(调整后): the head is the clearer of the two
            if (measure == Concept::Budget || measure == Concept::Amount)
                && let Some((stub_measure, _)) = stub_measure
                && !matches!(stub_measure, Concept::Budget)
                && !stub_word.is_some_and(|w| w.is_kind(Kind::Source))
            {
                r.measure = stub_measure;
            }
            Some(r)
        }
        (None, None, Some(source), Some((measure, _))) if !long => Some(base(measure, source, label(head_word), true)),
        // key and value under a head that names the measure: 执行数 under 资金执行情况
        (Some((measure, _)), None, _, Some((stub, _))) if !long && measure != Concept::Note => {
            let measure = if matches!(measure, Concept::Budget | Concept::Amount) && stub != Concept::Budget {
                stub
            } else {
                measure
            };
            Some(base(measure, Source::Total, label(stub_word), true))
        }
        // 金额 beside, 合计 or 中央资金 above
        (Some((Concept::Amount, _)), None, Some(source), None) if figure => {
            Some(base(Concept::Amount, source, label(head_word), true))
        }
        (Some((measure, _)), None, _, None)
            if !long && measure != Concept::Note && (figure || mark) && head_is_block(section, head) =>
        {
            let source = match stub_word {
                Some(w) if !w.is_kind(Kind::Section) && !w.is_kind(Kind::Head) && w.length <= 24 => {
                    Source::Own(own_words(w))
                }
                _ => Source::Total,
            };
            let clear = matches!(source, Source::Total);
            let label = stub_word.map_or_else(|| label(head_word), |w| w.raw.clone());
            Some(base(measure, source, label, clear))
        }
        (None, None, Some(source), None) if figure => Some(base(Concept::Amount, source, label(head_word), true)),
        (None, _, Some(source), _) if figure && unstubbed => {
            Some(base(Concept::Amount, source, label(head_word), true))
        }
        (None, Some(source), _, stub_measure) if figure => {
            let measure = stub_measure.map_or(Concept::Amount, |(c, _)| c);
            Some(base(measure, source, label(stub_word), true))
        }
        (None, None, None, Some((measure, s))) if figure && (s > 2.5 || measures_beside(section, id)) => {
            Some(base(measure, Source::Total, label(stub_word), false))
        }
        _ => None,
    }
}

/// Whether the line of a box states two measures or more, so that a misspelt one is one too.
fn measures_beside(section: &Section, id: u32) -> bool {
    let at = section.page.grid.line_of.get(id as usize).copied().unwrap_or(u32::MAX) as usize;
    section.words(at).iter().filter(|w| w.is_measure()).count() >= 2
}

/// Whether a head stands in the head row of a block, beside other measures.
fn head_is_block(section: &Section, head: Option<u32>) -> bool {
    let Some(head) = head else { return false };
    let at = section.page.grid.line_of.get(head as usize).copied().unwrap_or(u32::MAX) as usize;
    section.row(at).is_some_and(|r| r.money_head)
}

/// The nearest text above a box; only figures, marks and blanks are climbed over.
fn head_above(section: &Section, id: u32) -> Option<u32> {
    let page = section.page;
    let item = page.item(id)?;
    let (c1, c2) = (item.area.first.col, item.area.last.col);
    let top = section.top();
    let mut row = item.area.first.row;
    for _ in 0..CLIMB {
        row = row.checked_sub(1).filter(|&r| r >= top)?;
        let Some(line) = page.grid.line(row) else { continue };
        let above = page.grid.at(row, c1).or_else(|| {
            line.items.iter().copied().find(|&i| {
                page.item(i).is_some_and(|x| x.area.first.col <= c2 && x.area.last.col >= c1 && x.area.last.row >= row)
            })
        });
        let Some(above) = above else { continue };
        let Some(word) = page.word(above) else {
            if page.is_figure(above) {
                continue;
            }
            return None;
        };
        if word.numeral.is_some() || word.mark {
            continue;
        }
        // a figure that could not be read (.32, O) is climbed over
        if word.hits.is_empty() && word.length <= 4 && word.raw.chars().any(|c| c.is_ascii_alphanumeric()) {
            continue;
        }
        let useful = word.measure().is_some() || source_of(word).is_some();
        return useful.then_some(above);
    }
    None
}

/// The nearest text to the left of a box that is no vertical section label.
fn stub_left(section: &Section, id: u32) -> Option<u32> {
    let page = section.page;
    let item = page.item(id)?;
    let line = page.grid.line(item.area.first.row)?;
    let left = line.items.iter().rev().copied().filter(|&i| page.cell(i).col < item.area.first.col);
    for i in left {
        let Some(word) = page.word(i) else { continue };
        if word.numeral.is_some() || word.mark {
            continue;
        }
        let tall = page.item(i).is_some_and(|x| x.area.rows() > item.area.rows());
        if tall && (word.is_kind(Kind::Section) || word.is_kind(Kind::Money)) {
            return None;
        }
        if word.hits.is_empty() && word.length <= 3 && word.raw.is_ascii() {
            continue;
        }
        return Some(i);
    }
    None
}

/// The unit in the vertical label beside the block: 项目资金（万元）.
fn section_label_unit(section: &Section, id: u32) -> Option<MoneyUnit> {
    let page = section.page;
    let row = page.cell(id).row;
    let line = page.grid.line(row)?;
    let beside = line
        .items
        .iter()
        .filter(|&&i| page.cell(i).col < page.cell(id).col)
        .find_map(|&i| page.word(i).and_then(|w| w.label.unit));
    beside.or_else(|| {
        // a label that was not merged down: it stands beside the head of the block
        let lines =
            page.grid.lines.iter().rev().skip_while(|l| l.row >= row).take(8).take_while(|l| l.row >= section.top());
        lines
            .filter_map(|l| l.items.first())
            .find_map(|&i| page.word(i).filter(|w| w.is_kind(Kind::Section)).and_then(|w| w.label.unit))
    })
}

/// 项目资金总额 beside 年度资金总额 is the multi-year total; and what stands below a multi-year total belongs to it.
fn settle_multi_year(section: &Section, readings: &mut [Reading]) {
    let yearly = |r: &Reading| {
        matches!(r.source, Source::Total)
            && (r.label.contains("年度") || r.label.contains("当年") || r.label.contains("本年"))
    };
    let any_yearly = readings.iter().any(yearly);
    let mut columns: Vec<(u32, u32, bool)> = Vec::new();
    for r in readings.iter_mut() {
        let stub = stub_left(section, r.id).map_or(u32::MAX, |s| section.page.cell(s).col);
        if matches!(r.source, Source::Total) {
            let multi = r.measure == Concept::MultiYear
                || any_yearly
                    && (r.label.contains("中期")
                        || r.label.contains("实施期")
                        || r.label.starts_with("项目") && r.label.contains("总额"));
            if multi && matches!(r.measure, Concept::Amount | Concept::Budget | Concept::MultiYear) {
                r.measure = Concept::MultiYear;
            }
            columns.push((stub, r.row, r.measure == Concept::MultiYear));
        } else if r.measure == Concept::Amount
            && !matches!(r.source, Source::Own(_))
            && let Some((_, _, true)) = columns.iter().rev().find(|(col, row, _)| *col == stub && *row < r.row)
        {
            r.measure = Concept::MultiYear;
        }
    }
}

/// A block without a total row but with one row has that row as its total; 合计 words count as totals.
fn settle_total(readings: &mut [Reading]) {
    let mut has_total = false;
    for r in readings.iter_mut() {
        let multi = matches!(r.measure, Concept::MultiYear);
        has_total |= matches!(r.source, Source::Total) && !multi;
        r.total_word = matches!(r.source, Source::Total);
    }
    let unknown = |r: &Reading| matches!(r.source, Source::Own(_)) && !r.clear;
    let mut rows: Vec<u32> =
        readings.iter().filter(|r| !matches!(r.measure, Concept::MultiYear)).map(|r| r.row).collect();
    rows.dedup();
    if !has_total && rows.len() == 1 && readings.iter().all(unknown) {
        for r in readings.iter_mut() {
            r.source = Source::Total;
        }
    }
}

/// What a bare 预算数 or 金额 is in this area.
fn budget_measure(section: &Section, readings: &[Reading], heads: &[Concept], default: Concept) -> Concept {
    let has = |c: Concept| heads.contains(&c) || readings.iter().any(|r| r.measure == c);
    let lettered = section
        .items()
        .take(300)
        .filter_map(|id| section.page.word(id))
        .any(|w| w.means(Concept::Budget) && w.label.letter.is_some());
    if has(Concept::Original) && !has(Concept::Revised) {
        return Concept::Revised;
    }
    if has(Concept::Revised) && !has(Concept::Original) {
        return Concept::Original;
    }
    if lettered || has(Concept::Outturn) || has(Concept::Rate) {
        return Concept::Revised;
    }
    default
}

fn place(section: &mut Section, r: Reading, budget: Concept, default_unit: MoneyUnit, out: &mut Funding) {
    let page = section.page;
    let unit = r.unit.or(section.unit).unwrap_or(default_unit);
    let measure = match r.measure {
        Concept::Budget | Concept::Amount => budget,
        other => other,
    };
    if matches!(
        measure,
        Concept::MultiYear | Concept::Received | Concept::Forecast | Concept::Adjustment | Concept::Balance
    ) {
        if page.is_figure(r.id) && section.take(r.id) {
            out.figures.push((r.id, measure, r.label, Some(unit)));
        }
        return;
    }
    let row = if let Some(row) = out.rows.iter_mut().find(|row| {
        row.source == r.source && (row.row == r.row || !matches!(r.source, Source::Own(_)) || row.label == r.label)
    }) {
        row
    } else {
        out.rows.push(FundingRow {
            source: r.source.clone(),
            label: r.label.clone(),
            row: r.row,
            original_budget: None,
            revised_budget: None,
            outturn: None,
            rate: None,
            weight: None,
            score: None,
            note: None,
        });
        match out.rows.last_mut() {
            Some(row) => row,
            None => return,
        }
    };
    let free = match measure {
        Concept::Original => put(&mut row.original_budget, || value::amount(page, r.id, unit)),
        Concept::Revised => put(&mut row.revised_budget, || value::amount(page, r.id, unit)),
        Concept::Outturn => put(&mut row.outturn, || value::amount(page, r.id, unit)),
        Concept::Rate => put(&mut row.rate, || value::rate(page, r.id, r.points)),
        Concept::Weight => put(&mut row.weight, || value::points(page, r.id)),
        Concept::Score => put(&mut row.score, || value::points(page, r.id)),
        Concept::Note => put(&mut row.note, || value::words(page, r.id)),
        _ => false,
    };
    if free {
        section.take(r.id);
    }
}

fn put<T>(slot: &mut Option<Field<T>>, read: impl FnOnce() -> Field<T>) -> bool {
    if slot.is_some() {
        return false;
    }
    *slot = Some(read());
    true
}

/// A score without a weight beside it is out of what its head says: 得分（20分*执行率）.
fn weight_of_head(section: &Section, out: &mut Funding) {
    let page = section.page;
    if out.rows.iter().any(|r| r.weight.is_some()) {
        return;
    }
    let Some(row) = out.rows.iter_mut().find(|r| r.score.as_ref().is_some_and(|f| f.value().is_some())) else { return };
    let Some(score) = row.score.as_ref().map(|f| f.cell) else { return };
    let heads = section.lines.clone().filter(|&at| section.row(at).is_some_and(|r| r.money_head)).rev();
    let head = heads.flat_map(|at| section.starts(at)).find(|&id| {
        let covers = page
            .item(id)
            .is_some_and(|i| i.area.last.row < score.row && (i.area.first.col..=i.area.last.col).contains(&score.col));
        covers && page.word(id).is_some_and(|w| w.means(Concept::Score))
    });
    let Some((id, word)) = head.and_then(|id| Some((id, page.word(id)?))) else { return };
    let points = word.label.weight.or_else(|| weight_times_rate(&word.raw)).and_then(Points::from_decimal);
    if let Some(points) = points {
        row.weight = Some(Field { cell: page.cell(id), given: page.given(id), entry: Entry::Given(points) });
    }
}

/// The points of `20分*执行率`, in whichever order.
fn weight_times_rate(text: &str) -> Option<Decimal> {
    let text: String = super::label::folded(text).into_iter().collect();
    if !text.contains("执行率") || !text.contains(['*', '×', '·', 'x', 'X']) {
        return None;
    }
    let (mut start, mut points) = (None, None);
    for (at, c) in text.char_indices() {
        match (c, start) {
            ('0'..='9' | '.', None) => start = Some(at),
            ('0'..='9' | '.', Some(_)) => {}
            ('分', Some(from)) => points = points.or_else(|| Decimal::parse(text.get(from..at)?)),
            _ => start = None,
        }
        if c == '分' {
            start = None;
        }
    }
    points
}

/// Cells of the total row that exist as columns but hold nothing: blank is not absent.
fn blanks(section: &Section, out: &mut Funding) {
    let page = section.page;
    let heads: Vec<(u32, Concept)> = section
        .lines
        .clone()
        .filter(|&at| section.row(at).is_some_and(|r| r.money_head))
        .flat_map(|at| section.starts(at))
        .filter_map(|id| page.word(id).and_then(Word::measure).map(|(c, _)| (id, c)))
        .collect();
    let budget_known = |c: Concept| heads.iter().any(|&(_, h)| h == c);
    for row in out.rows.iter_mut().filter(|r| matches!(r.source, Source::Total)) {
        for &(id, measure) in &heads {
            let Some(head) = page.item(id) else { continue };
            if head.area.last.row >= row.row || row.row - head.area.last.row > 3 {
                continue;
            }
            let cell = crate::quantity::CellRef::new(row.row, head.area.first.col);
            if page.grid.at(cell.row, cell.col).is_some() {
                continue;
            }
            match measure {
                Concept::Original if budget_known(Concept::Original) => fill(&mut row.original_budget, cell),
                Concept::Revised => fill(&mut row.revised_budget, cell),
                Concept::Outturn => fill(&mut row.outturn, cell),
                Concept::Rate => fill(&mut row.rate, cell),
                Concept::Weight => fill(&mut row.weight, cell),
                Concept::Score => fill(&mut row.score, cell),
                _ => {}
            }
        }
    }
}

fn fill<T>(slot: &mut Option<Field<T>>, cell: crate::quantity::CellRef) {
    if slot.is_none() {
        *slot = Some(value::blank(cell));
    }
}
