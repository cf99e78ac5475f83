//! Budget, execution and final-account tables.
//!
//! Input → output: a [`Section`] that holds such tables → lines and figures.
//!
//! Left to right in a row come codes, a name, amounts; an amount belongs to the codes and name before it, so that halves side
//! by side and three blocks abreast need no care of their own. A table without names (三公经费 across) takes the heads as
//! names. Invariants: every figure comes out, with its header path; line numbers, serial numbers and code parts are no figures.

mod line;
mod meaning;

use super::columns::{Cells, Slot, slots};
use super::concept::{Concept, Concepts, Kind};
use super::role::{Look, look};
use super::section::Section;
use super::subject::{ECONOMIC, FUNCTIONS};
use super::word::Word;
use crate::form::{BudgetLine, Classification, Figure};
use crate::quantity::{CellRef, Decimal, MoneyUnit, Text};
use crate::text;
use line::Line;
use meaning::{Meaning, meaning, settle_whole};
use std::borrow::Cow;
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
            w.means_any(Concepts::of(&[
                Concept::Code,
                Concept::BudgetName,
                Concept::CodeClass,
                Concept::IncomeHalf,
                Concept::ExpenditureHalf,
            ]))
        })
        .count();
    let measures = words.iter().filter(|w| w.is_measure()).count();
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
    let cells = Cells::of(section, &data, &all);
    let looks: Vec<Look> = (0..all.len()).map(|column| look(page, &cells, column, &skip)).collect();
    let parts: Vec<Part> = all.iter().zip(&looks).map(|(slot, look)| part(section, slot, look)).collect();
    // a table that states no year is about the latest one in its head
    let latest = || all.iter().flat_map(|s| &s.path).filter_map(|&id| page.word(id)?.label.year).max();
    let defaults = Defaults { year: defaults.year.or_else(latest), ..defaults };
    let has_outturn = all.iter().any(|s| {
        s.path.iter().any(|&id| {
            page.word(id).is_some_and(|w| {
                let past = w.label.year.zip(defaults.year).is_some_and(|(year, own)| year < own);
                let half = w.means_any(Concepts::of(&[Concept::ExpenditureHalf, Concept::ProjectExpenditure]))
                    && !w.raw.contains(['决', '执']);
                w.means(Concept::Outturn) && !half && !past
            })
        })
    });
    let has_original =
        all.iter().any(|s| s.path.iter().any(|&id| page.word(id).is_some_and(|w| w.means(Concept::Original))));
    let mut meanings: Vec<Meaning> =
        all.iter().map(|slot| meaning(section, slot, defaults, has_outturn, has_original)).collect();
    let mut groups = groups(&parts);
    for group in &mut groups {
        settle_whole(group, &mut meanings, defaults);
        let head = |i: usize, concept| all.get(i).and_then(|s| s.head(section)).is_some_and(|w| w.means(concept));
        let filled = |i: usize| looks.get(i).map_or(0, |look| look.boxes.len());
        let most = group.amounts.iter().map(|&i| filled(i)).max().unwrap_or(0);
        // the total has no project
        let project = |i: usize| head(i, Concept::Project) && (filled(i) + 1) * 10 >= most * 9;
        group.list_projects(project, |i| head(i, Concept::ProjectCode));
        if group.wider.is_none() {
            group.divide(|column| looks.get(column).and_then(|look| family(section, look)));
        }
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
    out.lines.reserve(data.len());
    out.figures.reserve(cells.count());
    for at in data.filter(|at| !skip(*at)) {
        let line = Line { at, columns: &columns, cells: &cells, classification, defaults };
        line.numbers(section);
        if nameless {
            line.across(section, out);
            continue;
        }
        for group in &groups {
            line.read(section, group, out);
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
    let code = |w: &Word| w.means_any(Concepts::of(&[Concept::CodeClass, Concept::CodeSubclass, Concept::CodeItem]));
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
        |concepts: Concepts| slot.path.iter().any(|&id| section.page.word(id).is_some_and(|w| w.means_any(concepts)));
    let leaf = slot.head(section);
    let leaf_means = |concepts: Concepts| leaf.is_some_and(|w| w.means_any(concepts));
    let named = leaf.is_some_and(|w| w.means(Concept::BudgetName));
    if leaf_means(Concepts::of(&[Concept::LineNumber, Concept::Serial])) && !named {
        return Part::Idle;
    }
    // the label of a total row may begin in the codes' column
    let digits = || {
        let coded = |w: &Word| w.length <= 2 || w.mark || w.numeral.is_some() || code_of(&w.raw).is_some();
        let coded = look.boxes.iter().filter(|&&id| section.page.word(id).is_none_or(coded)).count();
        coded * 10 >= look.boxes.len() * 6
    };
    let textual = look.numbers < 0.5 && !look.boxes.is_empty();
    let codes = Concepts::of(&[Concept::Code, Concept::CodeClass, Concept::CodeSubclass, Concept::CodeItem]);
    if leaf_means(Concepts::of(&[Concept::CodeClass, Concept::CodeSubclass, Concept::CodeItem]))
        || means(codes) && !named && (look.boxes.is_empty() || digits() && whole(look))
        || leaf.is_some_and(|w| w.raw.contains(['编', '代']) && w.raw.contains('码')) && digits()
    {
        return Part::Code;
    }
    let year_head =
        leaf.is_some_and(|w| w.means(Concept::Year)) || means(Concepts::of(&[Concept::Year])) && look.numbers > 0.5;
    if year_head {
        return Part::Idle;
    }
    if leaf_means(Concepts::of(&[Concept::Note, Concept::BudgetOther])) && look.numbers < 0.5 && !named {
        return Part::Remark;
    }
    if textual
        && (means(Concepts::of(&[
            Concept::BudgetName,
            Concept::Code,
            Concept::Project,
            Concept::Unit,
            Concept::Department,
            Concept::Organisation,
        ])) || look.numbers < 0.2 && !money_head(section, slot))
    {
        return Part::Name;
    }
    if look.boxes.is_empty() && named && !money_head(section, slot) {
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
            w.is_measure()
                || w.means_any(Concepts::of(&[
                    Concept::Amount,
                    Concept::Basic,
                    Concept::ProjectExpenditure,
                    Concept::OtherMoney,
                    Concept::Sangong,
                ]))
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
fn code_of(text: &str) -> Option<Cow<'_, str>> {
    let blank = |c: char| c.is_whitespace();
    if text.chars().any(|c| !c.is_ascii_alphanumeric() && !blank(c) && !matches!(c, '[' | ']')) {
        return None;
    }
    let bracket = ['[', ']'];
    let code = if text.contains(blank) {
        Cow::Owned(text.replace(blank, "").trim_matches(bracket).to_owned())
    } else {
        Cow::Borrowed(text.trim_matches(bracket))
    };
    let plain = code.bytes().all(|b| b.is_ascii_alphanumeric()) && code.bytes().any(|b| b.is_ascii_digit());
    (plain && code.len() <= 24).then_some(code)
}

/// Codes, name and amounts that belong together.
#[derive(Debug, Default, Clone)]
struct Group {
    subject: Subject,
    /// What names lines that the subject does not name: the functional one beside an economic one, the classification of
    /// money beside a project.
    wider: Option<Subject>,
    amounts: Vec<usize>,
}

/// Columns of codes and names that name a line.
#[derive(Debug, Default, Clone)]
struct Subject {
    codes: Vec<usize>,
    names: Vec<usize>,
    /// By what they classify, where that is not the same for the whole table.
    classification: Option<Classification>,
}

impl Group {
    /// Parts a functional subject from an economic one beside it: their codes are no parts of one code.
    fn divide(&mut self, family: impl Fn(usize) -> Option<Classification>) {
        let families: Vec<(usize, Classification)> =
            self.subject.codes.iter().filter_map(|&i| Some((i, family(i)?))).collect();
        let Some(&(_, first)) = families.first() else { return };
        let Some(&(from, second)) = families.iter().find(|(_, other)| *other != first) else { return };
        let both = std::mem::take(&mut self.subject);
        let part = |columns: &[usize], behind: bool| -> Vec<usize> {
            columns.iter().copied().filter(|&i| (i >= from) == behind).collect()
        };
        let subject = |behind: bool, classification| Subject {
            codes: part(&both.codes, behind),
            names: part(&both.names, behind),
            classification: Some(classification),
        };
        let (left, right) = (subject(false, first), subject(true, second));
        let (own, wider) = if first == Classification::Economic { (left, right) } else { (right, left) };
        (self.subject, self.wider) = (own, Some(wider));
    }

    /// Parts the projects of a list from what their money is classified by, where a project stands in nearly every line and
    /// before all else that names it.
    fn list_projects(&mut self, project: impl Fn(usize) -> bool, code: impl Fn(usize) -> bool) {
        let names = &self.subject.names;
        let Some(at) = names.iter().copied().find(|&i| project(i)) else { return };
        let (own, codes): (Vec<usize>, Vec<usize>) = self.subject.codes.iter().partition(|&&i| code(i));
        let others = names.iter().filter(|&&i| i > at).count() + codes.len();
        if others == 0 || codes.iter().any(|&i| i < at) {
            return;
        }
        let names = names.iter().copied().filter(|&i| i != at).collect();
        self.wider = Some(Subject { codes, names, classification: None });
        self.subject = Subject { codes: own, names: vec![at], classification: Some(Classification::Project) };
    }
}

/// The family that the codes of a column belong to; `None`: they are parts of codes, or of no family.
fn family(section: &Section, look: &Look) -> Option<Classification> {
    let whole = |id: &u32| {
        let given = section.page.given(*id);
        code_of(&given).filter(|code| code.len() >= 3).and_then(|code| family_of(&code))
    };
    let met: Vec<Classification> = look.boxes.iter().take(MOST_LOOKED_AT).filter_map(whole).collect();
    let mostly = |family: &Classification| {
        met.iter().filter(|one| *one == family).count() * 2 > look.boxes.len().min(MOST_LOOKED_AT)
    };
    [Classification::Functional, Classification::Economic].into_iter().find(mostly)
}

/// Boxes of a column that tell what its codes are.
const MOST_LOOKED_AT: usize = 40;

/// The family of a code, by its first digit.
fn family_of(code: &str) -> Option<Classification> {
    match code.chars().next() {
        Some('2') => Some(Classification::Functional),
        Some('3' | '5') => Some(Classification::Economic),
        _ => None,
    }
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
            Part::Code => group.subject.codes.push(i),
            Part::Name => group.subject.names.push(i),
            Part::Amount => group.amounts.push(i),
            Part::Idle | Part::Remark => {}
        }
    }
    out.retain(|g| !g.amounts.is_empty());
    out
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
        for &id in look.boxes.iter().take(MOST_LOOKED_AT) {
            let given = section.page.given(id);
            let code = code_of(&given).or_else(|| text::split_code(&given).code.map(|c| c.to_string().into()));
            let family = code.as_deref().and_then(family_of);
            functional += usize::from(family == Some(Classification::Functional));
            economic += usize::from(family == Some(Classification::Economic));
            functional += usize::from(given.ends_with("支出") && FUNCTIONS.iter().any(|f| given.contains(f)));
            economic += usize::from(ECONOMIC.iter().any(|f| given.contains(f)));
        }
    }
    let heads: String =
        all.iter().flat_map(|s| &s.path).filter_map(|&id| section.page.word(id)).map(|w| &**w.core()).collect();
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
