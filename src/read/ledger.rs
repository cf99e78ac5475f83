//! Every number accounted for.
//!
//! Input → output: a [`Section`] after all readers → the figures that no field took, with the heads that name them, and the
//! cells that nothing names. Line numbers, serial numbers, codes, telephones, years and dates are no figures.

use super::concept::{Concept, Concepts, Kind};
use super::grid::Content;
use super::section::Section;
use super::word::Word;
use crate::form::{Figure, FigureValue, Measure};
use crate::quantity::{Amount, CellRef, Decimal, MoneyUnit, Text};

/// What is left after all readers.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Figures with a head or a label.
    pub figures: Vec<Figure>,
    /// Numeric cells that nothing names.
    pub unclaimed: Vec<CellRef>,
}

/// Walks all figures of an area that are still free.
pub(super) fn left(section: &mut Section, default_unit: MoneyUnit) -> Left {
    let mut out = Left::default();
    let last_row = section.range().map_or(0, |r| r.last.row);
    for id in section.items().collect::<Vec<_>>() {
        let page = section.page;
        if section.is_taken(id) || !page.is_figure(id) {
            continue;
        }
        let head = above(section, id);
        let stub = beside(section, id);
        let head_word = head.and_then(|h| page.word(h));
        let stub_word = stub.and_then(|s| page.word(s));
        section.take(id);
        if is_idle(section, id, head_word, stub_word, last_row) {
            continue;
        }
        let cell = page.cell(id);
        if head_word.is_none() && stub_word.is_none() {
            out.unclaimed.push(cell);
        }
        out.figures.push(figure(section, id, head_word, stub_word, default_unit));
    }
    out
}

fn figure(section: &Section, id: u32, head: Option<&Word>, stub: Option<&Word>, default_unit: MoneyUnit) -> Figure {
    let page = section.page;
    let given = page.given(id);
    let says = |c: Concept| head.is_some_and(|w| w.means(c)) || stub.is_some_and(|w| w.means(c));
    let money = |w: &&Word| w.is_kind(Kind::Money) || w.is_kind(Kind::Source) || w.label.unit.is_some();
    let unit = [head, stub].into_iter().flatten().find_map(|w| w.label.unit).or(section.unit);
    let is_rate = says(Concept::Rate) || says(Concept::Coefficient) && page.figure(id).is_some_and(|(_, p)| p);
    let is_money =
        !is_rate && [head, stub].iter().flatten().any(money) && !says(Concept::Weight) && !says(Concept::Score);
    let (number, percent) = page.figure(id).unwrap_or((None, false));
    let value = if is_money && !percent {
        super::value::amount(page, id, unit.unwrap_or(default_unit)).value().map(|a: &Amount| FigureValue::Money(*a))
    } else {
        None
    };
    let text = matches!(page.item(id).map(|i| &i.content), Some(Content::Word(_)));
    let points = [head, stub].iter().flatten().any(|w| w.raw.contains(['%', '％']));
    let plain = || {
        let number = number.unwrap_or(Decimal::ZERO);
        let value =
            if percent && text || points && !percent && is_rate { number.shift(-2).unwrap_or(number) } else { number };
        FigureValue::Number { value, unit: None }
    };
    let header: Vec<String> = [head, stub].into_iter().flatten().map(|w| w.raw.split_whitespace().collect()).collect();
    let measure = is_rate.then_some(Measure::ExecutionRate);
    Figure {
        cell: page.cell(id),
        given,
        value: value.unwrap_or_else(plain),
        classification: None,
        code: None,
        name: stub.map(|w| w.raw.clone()),
        header: (!header.is_empty()).then(|| Text::from(header.join(" / "))),
        measure,
    }
}

/// The nearest text above, over figures, marks and blanks.
fn above(section: &Section, id: u32) -> Option<u32> {
    let page = section.page;
    let item = page.item(id)?;
    let top = section.top();
    let at = page.grid.lines.partition_point(|l| l.row < item.area.first.row);
    for (n, line) in page.grid.lines.iter().enumerate().take(at).rev().take(60).take_while(|(_, l)| l.row >= top) {
        let Some(found) = page.grid.at(line.row, item.area.first.col) else { continue };
        if page.is_text(found) {
            let title = section.row(n).is_some_and(|r| r.title.is_some());
            return (!title).then_some(found);
        }
    }
    None
}

/// The nearest text to the left.
fn beside(section: &Section, id: u32) -> Option<u32> {
    let page = section.page;
    let item = page.item(id)?;
    let line = page.grid.line(item.area.first.row)?;
    line.items.iter().rev().copied().find(|&i| page.cell(i).col < item.area.first.col && page.is_text(i))
}

const IDLE: &[&str] = &[
    "行次",
    "栏次",
    "序号",
    "顺序号",
    "顺序列",
    "编码",
    "代码",
    "编号",
    "电话",
    "手机",
    "传真",
    "邮编",
    "邮政编码",
    "日期",
    "页码",
    "页次",
    "联系方式",
];

/// Line numbers, codes, telephones, years, dates, page numbers.
fn is_idle(section: &Section, id: u32, head: Option<&Word>, stub: Option<&Word>, last_row: u32) -> bool {
    let page = section.page;
    let Some((Some(number), percent)) = page.figure(id) else { return false };
    if percent || !number.is_whole() {
        return false;
    }
    let words = [head, stub];
    let named = words.iter().flatten().any(|w| {
        let core = w.core();
        IDLE.iter().any(|i| core.ends_with(i))
            || w.means_any(Concepts::of(&[
                Concept::Serial,
                Concept::LineNumber,
                Concept::CodeClass,
                Concept::CodeSubclass,
                Concept::CodeItem,
            ]))
    });
    let year = number >= 1990.into()
        && number <= 2099.into()
        && words.iter().flatten().any(|w| {
            w.means(Concept::Year) || w.raw.contains("年份") || w.raw.contains("年度") || w.raw.contains("时间")
        });
    let alone = page.cell(id).row == last_row
        && page.grid.line(last_row).is_some_and(|l| l.items.len() == 1)
        && number < 1000.into();
    named || year || alone && head.is_none()
}
