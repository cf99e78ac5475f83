//! Budget, execution and final-account tables.
//!
//! Input → output: a [`Section`] that holds such tables → lines and figures.
//!
//! Left to right in a row come codes, a name, amounts; an amount belongs to the codes and name before it, so that halves side
//! by side and three blocks abreast need no care of their own. A table without names (三公经费 across) takes the heads as
//! names. Invariants: every figure comes out, with its header path; line numbers, serial numbers and code parts are no figures.

use super::columns::{Slot, slots};
use super::concept::{Concept, Kind};
use super::role::{Look, look};
use super::section::Section;
use super::subject::{ECONOMIC, FUNCTIONS, depth, is_grand_total};
use super::value;
use super::word::Word;
use crate::form::{BudgetLine, Classification, Field, Figure, FigureValue, Measure};
use crate::quantity::{Amount, CellRef, Decimal, Entry, MoneyUnit, Text};
use crate::text;
use std::ops::Range;

/// What a table takes for granted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Defaults {
    /// The unit where the table states none.
    pub unit: MoneyUnit,
    /// What a bare total or amount is: budget or outturn, by the table's title.
    pub measure: Concept,
    /// The year of the table.
    pub year: Option<u16>,
    /// Whether the title speaks of 三公经费.
    pub sangong: bool,
}

/// What the tables of an area say.
#[derive(Debug, Default)]
pub(super) struct Budget {
    /// Lines in order.
    pub lines: Vec<BudgetLine>,
    /// All figures in order.
    pub figures: Vec<Figure>,
    /// Heads that mean nothing known.
    pub unknown: Vec<(CellRef, Text)>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Code,
    Name,
    Idle,
    Amount,
    Remark,
}

/// What an amount column measures.
#[derive(Debug, Clone, Copy, Default)]
struct Meaning {
    /// For the line's own columns.
    line: Option<Concept>,
    /// For `amounts`.
    measure: Option<Measure>,
    /// A rate or growth, no money.
    rate: bool,
    /// Whether plain numbers are percentage points.
    points: bool,
    /// Whether this is the column of the line's whole.
    whole: bool,
    unit: Option<MoneyUnit>,
}

/// Reads the budget tables of an area.
pub(super) fn read(section: &mut Section, defaults: Defaults) -> Budget {
    let mut out = Budget::default();
    let mut at = section.lines.start;
    while at < section.lines.end {
        if section.row(at).is_some_and(|r| r.budget_head.is_some()) {
            let head_end = head_end(section, at);
            let data_end = data_end(section, at, head_end);
            let head = head_start(section, at)..head_end;
            table(section, head, head_end..data_end, defaults, &mut out);
            at = data_end.max(head_end);
        } else {
            at += 1;
        }
    }
    out
}

/// Where the head begins: a line of nothing but head words right above belongs to it (2021年度预算数 | 2021年度决算数).
fn head_start(section: &Section, from: usize) -> usize {
    let above = from.checked_sub(1).filter(|&at| at >= section.lines.start);
    let joins = above.is_some_and(|at| {
        let adjoining = section.line(at).zip(section.line(from)).is_some_and(|(a, b)| a.row + 1 == b.row);
        let words = section.words(at);
        let plain = |w: &&Word| is_head_word(w) && w.label.tail.is_none() && !w.is_kind(Kind::Head);
        adjoining
            && section.row(at).is_some_and(|r| r.figures == 0 && r.title.is_none())
            && !words.is_empty()
            && words.iter().all(plain)
    });
    from - usize::from(joins)
}

fn head_end(section: &Section, from: usize) -> usize {
    let mut bottom = 0;
    let mut at = from;
    while at < section.lines.end && at < from + 6 {
        let (Some(line), Some(row)) = (section.line(at), section.row(at)) else { break };
        let years = section.starts(at).all(|id| {
            !section.page.is_figure(id)
                || section.page.number(id).is_some_and(|n| n.is_whole() && n >= 1990.into() && n <= 2099.into())
        });
        if !years && row.figures > 0 || row.title.is_some() && at > from {
            break;
        }
        let words = section.words(at);
        let known = words.iter().filter(|w| is_head_word(w)).count();
        let total = words.first().is_some_and(|w| w.means(Concept::GrandTotal))
            && !words.iter().skip(1).any(|w| is_head_word(w))
            && at > from;
        let spanned = at > from && line.row <= bottom;
        let heads = row.budget_head.is_some() || !words.is_empty() && known == words.len();
        if at > from && (total || !(spanned || heads)) {
            break;
        }
        let depth = section
            .starts(at)
            .filter_map(|id| section.page.item(id))
            .map(|i| i.area.last.row)
            .filter(|&last| last < line.row + 5)
            .max();
        bottom = bottom.max(depth.unwrap_or(0));
        at += 1;
    }
    at.max(from + 1)
}

fn is_head_word(word: &Word) -> bool {
    word.is_kind(Kind::Budget)
        || word.is_kind(Kind::Money)
        || word.means(Concept::LineNumber)
        || word.means(Concept::Serial)
        || word.means(Concept::Note)
}

fn data_end(section: &Section, head: usize, from: usize) -> usize {
    let key = section.row(head).and_then(|r| r.budget_head.clone());
    (from..section.lines.end)
        .find(|&at| {
            section.row(at).is_some_and(|r| {
                r.budget_head.is_some()
                    && r.figures == 0
                    && r.budget_head != key
                    && r.texts >= 2
                    && !is_data_like(section, at)
            })
        })
        .unwrap_or(section.lines.end)
}

/// A row of data without figures that happens to be made of head words (年初结转 | 年末结转).
fn is_data_like(section: &Section, at: usize) -> bool {
    let words = section.words(at);
    let places = words
        .iter()
        .filter(|w| {
            w.means_any(&[
                Concept::Code,
                Concept::BudgetName,
                Concept::CodeClass,
                Concept::IncomeHalf,
                Concept::ExpenditureHalf,
            ])
        })
        .count();
    let measures = words.iter().filter(|w| super::evidence::is_measure(w)).count();
    words.iter().any(|w| w.label.numbered) || places == 0 && measures == 0
}

fn table(section: &mut Section, head: Range<usize>, data: Range<usize>, defaults: Defaults, out: &mut Budget) {
    let page = section.page;
    let key = section.row(head.start).and_then(|r| r.budget_head.clone());
    let first_row = page.grid.lines.get(head.start).map_or(0, |l| l.row);
    let last_line = page.grid.lines.get(head.end.saturating_sub(1)).map_or(first_row, |l| l.row);
    let next_data = page.grid.lines.get(data.start).map(|l| l.row);
    let deepest = head
        .clone()
        .flat_map(|at| section.starts(at))
        .filter_map(|id| page.item(id))
        .map(|i| i.area.last.row)
        .max()
        .unwrap_or(last_line);
    let bottom = next_data.map_or(deepest, |d| deepest.min(d.saturating_sub(1))).max(last_line);
    for id in head.clone().flat_map(|at| section.starts(at)).collect::<Vec<_>>() {
        section.take(id);
    }
    let idle: Vec<usize> = data.clone().filter(|&at| is_idle(section, at, key.as_deref())).collect();
    for id in idle.iter().flat_map(|&at| section.starts(at)).collect::<Vec<_>>() {
        section.take(id);
    }
    let mut all = slots(section, Some((first_row, bottom)), &data);
    restore_first(section, first_row, bottom, &mut all);
    let skip = |at: usize| idle.binary_search(&at).is_ok();
    let looks: Vec<Look> = all.iter().map(|slot| look(section, slot, &data, &skip)).collect();
    let parts: Vec<Part> = all.iter().zip(&looks).map(|(slot, look)| part(section, slot, look)).collect();
    // a table that states no year is about the latest one in its head
    let latest = || all.iter().flat_map(|s| &s.path).filter_map(|&id| page.word(id)?.label.year).max();
    let defaults = Defaults { year: defaults.year.or_else(latest), ..defaults };
    let has_outturn = all.iter().any(|s| {
        s.path.iter().any(|&id| {
            page.word(id).is_some_and(|w| {
                let past = w.label.year.zip(defaults.year).is_some_and(|(year, own)| year < own);
                let half = w.means_any(&[Concept::ExpenditureHalf, Concept::ProjectExpenditure])
                    && !w.raw.contains(['决', '执']);
                w.means(Concept::Outturn) && !half && !past
            })
        })
    });
    let has_original =
        all.iter().any(|s| s.path.iter().any(|&id| page.word(id).is_some_and(|w| w.means(Concept::Original))));
    let mut meanings: Vec<Meaning> =
        all.iter().map(|slot| meaning(section, slot, defaults, has_outturn, has_original)).collect();
    let groups = groups(&parts);
    for group in &groups {
        settle_whole(group, &mut meanings, defaults);
    }
    let classification = classify(section, &all, &parts, &looks, defaults);
    let columns: Vec<Column> = all
        .into_iter()
        .zip(parts)
        .zip(meanings)
        .map(|((slot, part), meaning)| {
            let header = slot.path_text(section).map(Text::from);
            Column { slot, part, meaning, header }
        })
        .collect();
    let nameless = columns.iter().all(|column| !matches!(column.part, Part::Name | Part::Code));
    for at in data.filter(|at| !skip(*at)) {
        number_line(section, at, &columns);
        if nameless {
            across(section, at, &columns, defaults, out);
            continue;
        }
        for group in &groups {
            line(section, at, group, &columns, classification, defaults, out);
        }
    }
}

/// A column with all that is known of it, settled once for all its lines.
struct Column {
    slot: Slot,
    part: Part,
    meaning: Meaning,
    /// The header path as written.
    header: Option<Text>,
}

/// Serial and line numbers of a line are read as such, so that none is left over as a figure of no column.
fn number_line(section: &mut Section, at: usize, columns: &[Column]) {
    let page = section.page;
    for column in columns.iter().filter(|column| column.part == Part::Idle) {
        if let Some(id) = section.within(at, &column.slot).filter(|&id| page.is_figure(id)) {
            section.take(id);
        }
    }
}

/// The side label rule of indicator tables does not hold for budgets: a first column of names comes back.
fn restore_first(section: &Section, top: u32, bottom: u32, all: &mut Vec<Slot>) {
    let Some(first) = all.first().map(|s| s.col) else { return };
    let page = section.page;
    let mut path = Vec::new();
    let mut col = None;
    for row in top..=bottom {
        for &id in page.grid.line(row).map_or(&[] as &[u32], |l| l.items.as_slice()) {
            let Some(item) = page.item(id) else { continue };
            if item.area.last.col < first && !path.contains(&id) {
                path.push(id);
                col = Some(item.area.first.col);
            }
        }
    }
    if let Some(col) = col {
        all.insert(0, Slot { col, last: first - 1, path, continued: false, shallow: false });
    }
}

/// Rows that are no data: 栏次, a row of 1 2 3, a reprinted head.
fn is_idle(section: &Section, at: usize, key: Option<&str>) -> bool {
    let Some(row) = section.row(at) else { return true };
    if row.budget_head.is_some() && row.figures == 0 && row.budget_head.as_deref() == key {
        return true;
    }
    if row.title.is_some() {
        return true;
    }
    let texts = || section.starts(at).filter_map(|id| section.page.word(id)).filter(|w| w.numeral.is_none());
    if texts().next().is_none() {
        return is_counting(section, at);
    }
    // 类 | 款 | 项 as a row below the head
    let code = |w: &Word| w.means_any(&[Concept::CodeClass, Concept::CodeSubclass, Concept::CodeItem]);
    texts().all(|w| w.means(Concept::LineNumber)) || row.figures == 0 && texts().all(code) && texts().count() >= 2
}

/// Whether the numbers of a line count on from 1 or 2.
fn is_counting(section: &Section, at: usize) -> bool {
    let numbers: Vec<Decimal> = section.starts(at).filter_map(|id| section.page.number(id)).collect();
    numbers.len() >= 3
        && numbers.windows(2).all(|w| matches!(w, [a, b] if b.checked_sub(*a) == Some(Decimal::ONE)))
        && numbers.first().is_some_and(|n| *n <= 2.into())
}

fn part(section: &Section, slot: &Slot, look: &Look) -> Part {
    let means =
        |concepts: &[Concept]| slot.path.iter().any(|&id| section.page.word(id).is_some_and(|w| w.means_any(concepts)));
    let leaf = slot.head(section);
    let leaf_means = |concepts: &[Concept]| leaf.is_some_and(|w| w.means_any(concepts));
    if leaf_means(&[Concept::LineNumber, Concept::Serial]) && !leaf_means(&[Concept::BudgetName]) {
        return Part::Idle;
    }
    // the label of a total row may begin in the codes' column
    let coded = look
        .boxes
        .iter()
        .filter(|&&id| {
            section
                .page
                .word(id)
                .is_none_or(|w| code_of(&w.raw).is_some() || w.length <= 2 || w.mark || w.numeral.is_some())
        })
        .count();
    let digits = coded * 10 >= look.boxes.len() * 6;
    let textual = look.numbers < 0.5 && !look.boxes.is_empty();
    let codes = [Concept::Code, Concept::CodeClass, Concept::CodeSubclass, Concept::CodeItem];
    if leaf_means(&[Concept::CodeClass, Concept::CodeSubclass, Concept::CodeItem])
        || means(&codes) && !leaf_means(&[Concept::BudgetName]) && (digits && whole(look) || look.boxes.is_empty())
        || leaf.is_some_and(|w| w.raw.contains(['编', '代']) && w.raw.contains('码')) && digits
    {
        return Part::Code;
    }
    let year_head = leaf.is_some_and(|w| w.means(Concept::Year)) || means(&[Concept::Year]) && look.numbers > 0.5;
    if year_head {
        return Part::Idle;
    }
    if leaf_means(&[Concept::Note, Concept::BudgetOther]) && look.numbers < 0.5 && !leaf_means(&[Concept::BudgetName]) {
        return Part::Remark;
    }
    if textual
        && (means(&[
            Concept::BudgetName,
            Concept::Code,
            Concept::Project,
            Concept::Unit,
            Concept::Department,
            Concept::Organisation,
        ]) || look.numbers < 0.2 && !money_head(section, slot))
    {
        return Part::Name;
    }
    if look.boxes.is_empty() && leaf_means(&[Concept::BudgetName]) && !money_head(section, slot) {
        return Part::Name;
    }
    if look.counting && slot.path.is_empty() {
        return Part::Idle;
    }
    Part::Amount
}

fn money_head(section: &Section, slot: &Slot) -> bool {
    slot.path.iter().any(|&id| {
        section.page.word(id).is_some_and(|w| {
            super::evidence::is_measure(w)
                || w.means_any(&[
                    Concept::Amount,
                    Concept::Basic,
                    Concept::ProjectExpenditure,
                    Concept::OtherMoney,
                    Concept::Sangong,
                ])
        })
    })
}

/// Whether the numbers of a column are whole and short, as codes are.
fn whole(look: &Look) -> bool {
    let values: Vec<&Decimal> = look.values.iter().flatten().collect();
    let short = values.iter().filter(|v| v.is_whole() && ***v < 100_000_000.into() && v.signum() >= 0).count();
    short * 10 >= values.len() * 8
}

/// The digits of a code: `30201`, `[30201]`.
fn code_of(text: &str) -> Option<String> {
    if text.chars().any(|c| !c.is_ascii_alphanumeric() && !c.is_whitespace() && !matches!(c, '[' | ']')) {
        return None;
    }
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = digits.trim_matches(|c| matches!(c, '[' | ']'));
    (!plain.is_empty()
        && plain.len() <= 24
        && plain.chars().all(|c| c.is_ascii_alphanumeric())
        && plain.chars().any(|c| c.is_ascii_digit()))
    .then(|| plain.to_owned())
}

/// What a column measures, from its header path.
fn meaning(section: &Section, slot: &Slot, defaults: Defaults, has_outturn: bool, has_original: bool) -> Meaning {
    let mut out = Meaning::default();
    let words: Vec<&Word> = slot.path.iter().filter_map(|&id| section.page.word(id)).collect();
    let year = words.iter().rev().find_map(|w| w.label.year);
    out.unit = words.iter().rev().find_map(|w| w.label.unit);
    out.points = words.iter().any(|w| w.raw.contains(['%', '％']));
    for word in words.iter().rev() {
        let measure = [
            (Concept::Change, None),
            (Concept::LastYear, Some(Measure::LastYear)),
            (Concept::Rate, Some(Measure::ExecutionRate)),
            (Concept::Original, Some(Measure::OriginalBudget)),
            (Concept::Revised, Some(Measure::RevisedBudget)),
            (Concept::Outturn, Some(Measure::Outturn)),
            (Concept::Budget, None),
            (Concept::Adjustment, Some(Measure::Adjustment)),
            (Concept::Forecast, Some(Measure::Forecast)),
            (Concept::Basic, Some(Measure::Basic)),
            (Concept::ProjectExpenditure, Some(Measure::Project)),
            (Concept::General, Some(Measure::General)),
            (Concept::Fund, Some(Measure::Fund)),
            (Concept::Capital, Some(Measure::Capital)),
            (Concept::CarryoverColumn, Some(Measure::Carryover)),
            (Concept::FiscalColumn, Some(Measure::Fiscal)),
            (Concept::Personnel, Some(Measure::Personnel)),
            (Concept::Operating, Some(Measure::Operating)),
            (Concept::Balance, Some(Measure::Balance)),
            (Concept::OtherMoney, None),
        ];
        let strength = |c: Concept| word.strength(c).unwrap_or(0.0);
        let Some(&(concept, measure)) =
            measure.iter().filter(|(c, _)| strength(*c) > 0.0).max_by(|a, b| strength(a.0).total_cmp(&strength(b.0)))
        else {
            continue;
        };
        match concept {
            Concept::Change => {
                let amount = ["额", "金额", "数"].iter().any(|end| word.core().ends_with(end));
                out.rate = !amount || out.points;
                return out;
            }
            Concept::Rate => {
                out.rate = true;
                out.line = Some(Concept::Rate);
                out.measure = measure;
                return out;
            }
            Concept::OtherMoney => {
                out.whole = word.core().ends_with("合计") || word.core().ends_with("总计");
                out.measure = word.raw.contains("其他").then_some(Measure::Other);
                break;
            }
            // 本年预算数 of a budget that nobody executed or changed yet
            Concept::Revised if !has_outturn && !has_original && !word.raw.contains(['调', '追', '变', '后']) => {
                out.line = Some(Concept::Original);
                out.measure = Some(Measure::OriginalBudget);
                break;
            }
            Concept::Original | Concept::Revised | Concept::Outturn => {
                out.line = out.line.or(Some(concept));
                out.measure = out.measure.or(measure);
                break;
            }
            Concept::Budget => {
                let concept = if has_original || has_outturn { Concept::Revised } else { Concept::Original };
                out.line = Some(concept);
                out.measure =
                    Some(if concept == Concept::Revised { Measure::RevisedBudget } else { Measure::OriginalBudget });
                break;
            }
            _ => {
                out.measure = measure;
                break;
            }
        }
    }
    if let (Some(year), Some(own)) = (year, defaults.year)
        && year + 1 == own
    {
        out.line = None;
        out.measure = Some(Measure::LastYear);
    }
    let leaf_total =
        words.last().is_some_and(|w| w.means_any(&[Concept::Amount, Concept::GrandTotal, Concept::Subtotal]));
    // a 合计 or 小计 below another measure is that measure's whole; 小计 below 公务用车 is a part
    out.whole |= leaf_total && words.len() <= 2;
    if leaf_total && out.measure == Some(Measure::Adjustment) {
        out.whole = false;
    }
    out
}

/// Codes, name and amounts that belong together.
#[derive(Debug, Default, Clone)]
struct Group {
    codes: Vec<usize>,
    names: Vec<usize>,
    amounts: Vec<usize>,
}

fn groups(parts: &[Part]) -> Vec<Group> {
    let mut out: Vec<Group> = vec![Group::default()];
    for (i, part) in parts.iter().enumerate() {
        let fresh = out.last().is_some_and(|g| !g.amounts.is_empty()) && matches!(part, Part::Code | Part::Name);
        if fresh {
            out.push(Group::default());
        }
        let Some(group) = out.last_mut() else { continue };
        match part {
            Part::Code => group.codes.push(i),
            Part::Name => group.names.push(i),
            Part::Amount => group.amounts.push(i),
            Part::Idle | Part::Remark => {}
        }
    }
    out.retain(|g| !g.amounts.is_empty());
    out
}

/// The column that stands for the line where no head names a measure: the whole, else the only amount.
fn settle_whole(group: &Group, meanings: &mut [Meaning], defaults: Defaults) {
    let named = group.amounts.iter().any(|&i| {
        meanings.get(i).is_some_and(|m| matches!(m.line, Some(Concept::Original | Concept::Revised | Concept::Outturn)))
    });
    if named {
        return;
    }
    let whole = group.amounts.iter().copied().find(|&i| meanings.get(i).is_some_and(|m| m.whole && !m.rate));
    let only = || {
        let money: Vec<usize> = group
            .amounts
            .iter()
            .copied()
            .filter(|&i| meanings.get(i).is_some_and(|m| !m.rate && m.measure != Some(Measure::LastYear)))
            .collect();
        match money.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    };
    if let Some(meaning) = whole.or_else(only).and_then(|i| meanings.get_mut(i)) {
        meaning.line = Some(defaults.measure);
        meaning.measure = meaning.measure.or(Some(match defaults.measure {
            Concept::Outturn => Measure::Outturn,
            Concept::Revised => Measure::RevisedBudget,
            _ => Measure::OriginalBudget,
        }));
    }
}

fn classify(section: &Section, all: &[Slot], parts: &[Part], looks: &[Look], defaults: Defaults) -> Classification {
    if defaults.sangong {
        return Classification::Sangong;
    }
    let (mut functional, mut economic) = (0, 0);
    for (i, look) in looks.iter().enumerate() {
        if !matches!(parts.get(i), Some(Part::Code | Part::Name)) {
            continue;
        }
        for &id in look.boxes.iter().take(40) {
            let given = section.page.given(id);
            let code = code_of(&given).or_else(|| text::split_code(&given).code.map(|c| c.to_string()));
            match code.as_deref().and_then(|c| c.chars().next()) {
                Some('2') => functional += 1,
                Some('3' | '5') => economic += 1,
                _ => {}
            }
            functional += usize::from(given.ends_with("支出") && FUNCTIONS.iter().any(|f| given.contains(f)));
            economic += usize::from(ECONOMIC.iter().any(|f| given.contains(f)));
        }
    }
    let heads: String =
        all.iter().flat_map(|s| &s.path).filter_map(|&id| section.page.word(id)).map(Word::core).collect();
    if heads.contains("经济") || economic > functional {
        Classification::Economic
    } else if heads.contains("功能") || functional > 0 {
        Classification::Functional
    } else if heads.contains("项目名称") {
        Classification::Project
    } else {
        Classification::Other
    }
}

fn line(
    section: &mut Section,
    at: usize,
    group: &Group,
    columns: &[Column],
    classification: Classification,
    defaults: Defaults,
    out: &mut Budget,
) {
    let page = section.page;
    let row = page.grid.lines.get(at).map_or(0, |l| l.row);
    let mut code = String::new();
    let mut place: Option<u32> = None;
    let mut strays: Vec<(u32, usize)> = Vec::new();
    for &i in &group.codes {
        let Some(slot) = columns.get(i).map(|column| &column.slot) else { continue };
        let here = section.within(at, slot).or_else(|| page.grid.at(row, slot.col));
        let Some(id) = here else { continue };
        // an amount that slipped into a code column
        let own = page.cell(id).row == row;
        if own
            && page.number(id).is_some_and(|n| !n.is_whole() || n >= 100_000_000.into())
            && page.given(id).len() < 18
            && page.word(id).is_none_or(|w| w.length <= 15)
        {
            strays.push((id, i));
            continue;
        }
        if page.is_figure(id) || page.word(id).is_some_and(|w| code_of(&w.raw).is_some()) {
            let digits = page
                .number(id)
                .filter(|_| page.word(id).is_none())
                .map_or_else(|| page.given(id).to_string(), |n| n.to_string());
            code.push_str(&code_of(&digits).unwrap_or_default());
            place = place.or(Some(id));
            if own {
                section.take(id);
            }
        }
    }
    let mut name: Option<(u32, Text)> = None;
    let mut in_codes: Vec<u32> = Vec::new();
    for &i in group.names.iter().chain(&group.codes) {
        let Some(column) = columns.get(i) else { continue };
        let Some(id) = section.within(at, &column.slot) else { continue };
        if !page.is_text(id) || code_of(&page.given(id)).is_some() && group.codes.contains(&i) {
            if column.part == Part::Name && page.is_figure(id) {
                strays.push((id, i));
            }
            continue;
        }
        in_codes.push(id);
        if name.is_none() && page.word(id).is_none_or(|w| w.length > 1) {
            name = Some((id, page.given(id)));
        }
    }
    for id in in_codes {
        section.take(id);
    }
    // 合计 that begins in a column of serial numbers
    let first_amount = group.amounts.first().and_then(|&i| columns.get(i)).map_or(0, |column| column.slot.col);
    if name.is_none() {
        let aside = section.starts(at).find(|&id| {
            page.cell(id).col < first_amount
                && page.word(id).is_some_and(|w| w.means_any(&[Concept::GrandTotal, Concept::Subtotal]))
        });
        if let Some(id) = aside.filter(|&id| section.take(id)) {
            name = Some((id, page.given(id)));
        }
    }
    let mut amounts: Vec<(u32, usize)> = group
        .amounts
        .iter()
        .filter_map(|&i| columns.get(i).and_then(|column| section.within(at, &column.slot)).map(|id| (id, i)))
        .collect();
    amounts.extend(strays);
    if name.is_none() && code.is_empty() && amounts.is_empty() {
        return;
    }
    let given = name.as_ref().map(|n| n.1.clone());
    let split = given.as_ref().map(|g| text::split_code(g));
    if code.is_empty()
        && let Some(found) = split.as_ref().and_then(|n| n.code.clone())
    {
        code = found.to_string();
    }
    let shown = split.map_or_else(|| Text::from(""), |n| n.name);
    let word = name.as_ref().and_then(|(id, _)| page.word(*id));
    let note = word.is_some_and(|w| {
        w.raw.starts_with("注") || w.means(Concept::TailLine) && w.label.tail.is_some() || w.length > 60
    });
    if note && amounts.is_empty() {
        return;
    }
    let anchor = place.or(name.as_ref().map(|n| n.0)).or(amounts.first().map(|a| a.0));
    let mut budget_line = BudgetLine {
        row,
        cell: anchor.map_or(CellRef::new(row, 0), |id| page.cell(id)),
        classification,
        code: (!code.is_empty()).then(|| Text::from(code.as_str())),
        name: shown.clone(),
        level: None,
        is_total: is_grand_total(word),
        original_budget: None,
        revised_budget: None,
        outturn: None,
        rate: None,
    };
    budget_line.level = if budget_line.is_total { None } else { Some(depth(&code, given.as_deref(), word)) };
    let mut any = false;
    for (id, i) in amounts {
        let Some(column) = columns.get(i) else { continue };
        let header = column.header.as_ref();
        any |= amount(section, id, header, column.meaning, defaults, &mut budget_line, out);
    }
    let named = !shown.is_empty() || !code.is_empty();
    if any
        && (named
            || budget_line.original_budget.is_some()
            || budget_line.outturn.is_some()
            || budget_line.revised_budget.is_some())
        || named
            && !note
            && word.is_some_and(|w| w.numeral.is_none() && w.length <= 40)
            && (budget_line.code.is_some() || any)
    {
        out.lines.push(budget_line);
    }
}

/// One amount: into the line, and into `amounts`. True if it was a figure or a mark.
fn amount(
    section: &mut Section,
    id: u32,
    header: Option<&Text>,
    meaning: Meaning,
    defaults: Defaults,
    line: &mut BudgetLine,
    out: &mut Budget,
) -> bool {
    let page = section.page;
    let unit = meaning.unit.or(section.unit).unwrap_or(defaults.unit);
    let figure = page.is_figure(id);
    let mark = page.word(id).is_some_and(|w| w.mark);
    if !figure && !mark && page.word(id).is_some_and(|w| !w.hits.is_empty() || w.length > 14) {
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

/// A row of a table without names: each amount is a line of its own, named by the heads above it.
fn across(section: &mut Section, at: usize, columns: &[Column], defaults: Defaults, out: &mut Budget) {
    let page = section.page;
    let row = page.grid.lines.get(at).map_or(0, |l| l.row);
    let mut lines: Vec<BudgetLine> = Vec::new();
    for Column { slot, meaning, header, .. } in columns.iter().filter(|column| column.part == Part::Amount) {
        let Some(id) = section.within(at, slot) else { continue };
        if !page.is_figure(id) {
            continue;
        }
        let names: Vec<&Word> = slot
            .path
            .iter()
            .filter_map(|&h| page.word(h))
            .filter(|w| !(super::evidence::is_measure(w) && w.label.core.len() <= 8 && !w.means(Concept::Sangong)))
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
                classification: if defaults.sangong || names.iter().any(|w| w.means(Concept::Sangong)) {
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
            meaning.line = Some(defaults.measure);
        }
        amount(section, id, header.as_ref(), meaning, defaults, &mut line, out);
        match at_line.and_then(|i| lines.get_mut(i)) {
            Some(place) => *place = line,
            None => lines.push(line),
        }
    }
    out.lines.append(&mut lines);
}
