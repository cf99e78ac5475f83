//! Labelled fields above (and below) the tables of a form: project, department, unit, year, scores, dates.
//!
//! Input → output: a [`Section`] and the lines that belong to no table → [`HeadFields`].
//!
//! A value stands behind the label in its cell, to its right, or below it; which of the last two is learned from the
//! labels of the row by majority. Invariants: a known label is never a value, so a blank stays blank; `—` and 无 are no values;
//! the family named first in the vocabulary wins, not the cell met first.

use super::concept::{Concept, Kind};
use super::section::Section;
use super::value;
use super::vocabulary::Hit;
use super::word::Word;
use crate::form::{Date, Field, Head, Name, Totals};
use crate::quantity::{CellRef, Entry, Text};
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// Where a field's value stands.
#[derive(Debug, Clone)]
enum Place {
    /// Behind the colon, in the label's own cell.
    Tail(u32, String),
    /// In another box.
    Box(u32),
}

#[derive(Debug, Clone)]
struct Found {
    hit: Hit,
    label: u32,
    place: Option<Place>,
}

/// What the head of a form says.
#[derive(Debug, Default)]
pub(super) struct HeadFields {
    /// The form's head.
    pub head: Head,
    /// Totals that stand in the head: 自评总分.
    pub totals: Totals,
    /// Which labels were met, with or without a value.
    pub labels: Vec<Concept>,
}

/// Reads the fields of the lines for which `free` holds.
pub(super) fn read(section: &mut Section, free: &dyn Fn(usize) -> bool) -> HeadFields {
    let mut found = labels(section, free);
    let columns = rows_of_heads(section, &found);
    for one in found.iter_mut().filter(|one| one.place.is_none()) {
        let right = || right_of(section, one.label);
        one.place = if columns.contains(&section.page.cell(one.label).row) {
            beneath(section, one.label).or_else(right)
        } else {
            right()
        };
    }
    let mut out = HeadFields::default();
    for one in &found {
        section.take(one.label);
        if !out.labels.contains(&one.hit.concept) {
            out.labels.push(one.hit.concept);
        }
    }
    names(section, &found, &mut out);
    for one in &found {
        other(section, one, &mut out);
    }
    out
}

/// Whether a word is the label of a head: a known one, short, that heads no column here.
fn label_hit(word: &Word) -> Option<Hit> {
    let mut hit = word.best(Kind::Head)?;
    // 单位：X局 is an organisation, 单位：万元 is none
    if hit.concept == Concept::MoneyUnit
        && let Some(other) = word.hits.iter().find(|h| h.concept == Concept::Organisation)
    {
        hit = *other;
    }
    if word.length > 40 && word.label.tail.is_none() {
        return None;
    }
    let unit_of_money = word.means(Concept::MoneyUnit)
        && (word.label.unit.is_some()
            || word
                .label
                .tail
                .as_deref()
                .is_some_and(|t| super::label::money_unit(&super::label::folded(t)).is_some()));
    (!unit_of_money).then_some(hit)
}

fn labels(section: &Section, free: &dyn Fn(usize) -> bool) -> Vec<Found> {
    let mut out = Vec::new();
    for at in section.lines.clone().filter(|&at| free(at)) {
        let Some(row) = section.row(at) else { continue };
        if row.title.is_some() {
            continue;
        }
        let starts: Vec<u32> = section.starts(at).collect();
        if row.money_head || row.budget_head.is_some() {
            // names among the heads of a block: their values stand below, as its figures do
            for &id in &starts {
                let hit = section.page.word(id).and_then(label_hit).filter(|h| {
                    matches!(
                        h.concept,
                        Concept::Project | Concept::Department | Concept::Unit | Concept::Organisation | Concept::Year
                    )
                });
                if let (Some(hit), Some(place)) = (hit, beneath(section, id)) {
                    out.push(Found { hit, label: id, place: Some(place) });
                }
            }
        }
        if row.budget_head.is_some() && !row.field {
            continue;
        }
        for &id in &starts {
            let Some(word) = section.page.word(id) else { continue };
            for (tail_label, tail) in several(word, section) {
                out.push(Found { hit: tail_label, label: id, place: Some(Place::Tail(id, tail)) });
            }
            if let Some(mut hit) = label_hit(word) {
                // 单位：X局 is an organisation, 单位：万元 none
                if hit.concept == Concept::MoneyUnit
                    && let Some(&organisation) = word.hits.iter().find(|h| h.concept == Concept::Organisation)
                {
                    hit = organisation;
                }
                if row.money_head && word.is_measure() && word.label.tail.is_none() {
                    continue;
                }
                let place = word.label.tail.clone().map(|tail| Place::Tail(id, first_part(&tail)));
                out.push(Found { hit, label: id, place });
            }
        }
    }
    out
}

/// `主管部门：X局   实施单位：Y中心` in one cell: the labels behind the first one, each with its value.
fn several(word: &Word, section: &Section) -> Vec<(Hit, String)> {
    let colons = word.raw.matches([':', '：']).count();
    if colons < 2 || word.length > 120 {
        return Vec::new();
    }
    let parts: Vec<&str> =
        word.raw.split(|c: char| c.is_whitespace() || c == ';' || c == '；').filter(|p| !p.is_empty()).collect();
    let mut out = Vec::new();
    for part in parts.iter().skip(1) {
        let label = super::label::Label::parse(part);
        let Some(tail) = label.tail.clone() else { continue };
        let hits = section.page.vocabulary.classify(&label);
        if let Some(hit) = hits.into_iter().find(|h| h.concept.kind() == Kind::Head && h.concept != Concept::MoneyUnit)
        {
            out.push((hit, tail));
        }
    }
    out
}

/// The value before the next label in the same cell.
fn first_part(tail: &str) -> String {
    if !tail.contains([':', '：']) {
        return tail.to_owned();
    }
    let mut out = String::new();
    for part in tail.split_inclusive(char::is_whitespace) {
        if part.contains([':', '：']) {
            break;
        }
        out.push_str(part);
    }
    let out = out.trim();
    if out.is_empty() { tail.to_owned() } else { out.to_owned() }
}

/// Whether a box may be a value: something is in it that is no label of a head.
fn may_be_value(section: &Section, id: u32) -> bool {
    match section.page.word(id) {
        Some(word) => {
            let label = word.best(Kind::Head).is_some_and(|h| h.strength > 2.5)
                && (word.length <= 12 || word.label.tail.is_some());
            let tail = word.length <= 10 && word.best(Kind::Tail).is_some();
            !(label || tail || word.label.unit.is_some() && word.means(Concept::MoneyUnit))
        }
        None => section.page.item(id).is_some(),
    }
}

fn right_of(section: &Section, label: u32) -> Option<Place> {
    let item = section.page.item(label)?;
    let line = section.page.grid.line(item.area.first.row)?;
    let next = line.items.iter().copied().find(|&id| section.page.cell(id).col > item.area.last.col)?;
    let gap = section.page.cell(next).col - item.area.last.col;
    (gap <= 12 && may_be_value(section, next) && !section.is_taken(next)).then_some(Place::Box(next))
}

fn beneath(section: &Section, label: u32) -> Option<Place> {
    let item = section.page.item(label)?;
    let below = section.page.grid.at(item.area.last.row + 1, item.area.first.col)?;
    let heading = section.page.word(below).is_some_and(|w| {
        let other = |kind| matches!(kind, Kind::Money | Kind::Section | Kind::Column | Kind::Source);
        w.label.unit.is_some() || w.length <= 16 && w.hits.iter().any(|h| h.strength > 2.5 && other(h.concept.kind()))
    });
    let cell = section.page.cell(below);
    let under = cell.row == item.area.last.row + 1 && cell.col == item.area.first.col;
    (under && !heading && may_be_value(section, below)).then_some(Place::Box(below))
}

/// Rows whose labels head columns: more of them have something below than to their right.
fn rows_of_heads(section: &Section, found: &[Found]) -> BTreeSet<u32> {
    let mut votes: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for one in found.iter().filter(|f| f.place.is_none()) {
        let (right, below) = votes.entry(section.page.cell(one.label).row).or_default();
        *right += u32::from(right_of(section, one.label).is_some());
        *below += u32::from(beneath(section, one.label).is_some());
    }
    votes.into_iter().filter(|(_, (right, below))| below > right && *below >= 2).map(|(row, _)| row).collect()
}

fn name_of(section: &Section, found: &Found) -> Option<Field<Name>> {
    let field = match found.place.as_ref()? {
        Place::Tail(id, tail) => {
            let given = section.page.given(*id);
            Field { cell: section.page.cell(*id), given, entry: value::named(tail) }
        }
        Place::Box(id) => {
            if section.page.word(*id).is_some_and(|w| w.label.tail.is_some() && w.is_kind(Kind::Head)) {
                return None;
            }
            value::name(section.page, *id)
        }
    };
    let good = field.value().is_some_and(|name| is_name(&name.name));
    good.then_some(field)
}

/// Whether a text can be a name: not a figure alone, not an instruction, not prose.
fn is_name(text: &str) -> bool {
    let n = text.chars().count();
    let instruction = matches!(text::leftover(text), Some(text::Leftover::Placeholder | text::Leftover::Instruction));
    (2..=120).contains(&n)
        && !instruction
        && !text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
        && !matches!(text.trim(), "盖章" | "(盖章)" | "（盖章）" | "签章" | "公章" | "(公章)" | "（公章）")
}

/// Project, department and unit; the best family first.
fn names(section: &mut Section, found: &[Found], out: &mut HeadFields) {
    let best = |concept: Concept| -> Vec<(u16, Field<Name>, Option<u32>)> {
        let mut all: Vec<_> = found
            .iter()
            .filter(|f| f.hit.concept == concept)
            .filter_map(|f| {
                let place = match &f.place {
                    Some(Place::Box(id)) => Some(*id),
                    _ => None,
                };
                name_of(section, f).map(|field| (f.hit.rank, field, place))
            })
            .collect();
        all.sort_by_key(|(rank, field, _)| (*rank, field.cell));
        all
    };
    let projects = best(Concept::Project);
    let mut departments = best(Concept::Department);
    let units = best(Concept::Unit);
    let mut organisations = best(Concept::Organisation);
    // a short 单位 that is no organisation but a measure
    organisations.retain(|(_, field, _)| field.value().is_some_and(|n| text::money_unit(&n.name).is_none()));
    for (_, _, id) in projects.iter().chain(&departments).chain(&units).chain(&organisations) {
        if let Some(id) = id {
            section.take(*id);
        }
    }
    out.head.project = projects.into_iter().next().map(|(_, field, _)| field);
    let mut unit = units.into_iter().next().map(|(_, field, _)| field);
    if departments.is_empty() {
        departments = std::mem::take(&mut organisations);
    }
    let mut rest = departments.into_iter();
    out.head.department = rest.next().map(|(_, field, _)| field);
    if unit.is_none() {
        // a second, weaker candidate
        let second = organisations.into_iter().next().or_else(|| rest.next());
        unit = second.map(|(_, field, _)| field).filter(|u| {
            let name = |f: &Field<Name>| f.value().map(|n| n.name.clone());
            out.head.department.as_ref().is_none_or(|d| name(d) != name(u))
        });
    }
    if out.head.department.is_none() {
        out.head.department.clone_from(&unit);
    }
    out.head.unit = unit;
}

fn other(section: &mut Section, one: &Found, out: &mut HeadFields) {
    let Some(place) = &one.place else { return };
    let (cell, given, id): (CellRef, Text, Option<u32>) = match place {
        Place::Tail(id, tail) => (section.page.cell(*id), Text::from(tail.as_str()), None),
        Place::Box(id) => (section.page.cell(*id), section.page.given(*id), Some(*id)),
    };
    match one.hit.concept {
        Concept::Year if out.head.year.is_none() => {
            if let Some(year) = text::year(&given) {
                out.head.year = Some(Field { cell, given, entry: Entry::Given(year) });
                take(section, id);
            }
        }
        Concept::Filed if out.head.filed.is_none() => {
            let entry: Entry<Date> = text::date(&given);
            if matches!(entry, Entry::Given(_)) {
                out.head.filed = Some(Field { cell, given, entry });
                take(section, id);
            }
        }
        Concept::SelfScore | Concept::ReviewScore => {
            let field = match id {
                Some(id) => value::points(section.page, id),
                None => Field { cell, entry: text::points(&given), given },
            };
            if field.value().is_some() {
                let slot = if one.hit.concept == Concept::SelfScore {
                    &mut out.totals.score
                } else {
                    &mut out.totals.review_score
                };
                if slot.is_none() {
                    *slot = Some(field);
                    take(section, id);
                }
            }
        }
        Concept::Grade if out.head.grade.is_none() && given.chars().count() <= 8 => {
            out.head.grade = Some(Field { cell, entry: Entry::Given(given.clone()), given });
            take(section, id);
        }
        Concept::ProjectCode
            if out.head.project.as_ref().is_some_and(|p| p.value().is_some_and(|n| n.code.is_none())) =>
        {
            let code: String = given.chars().filter(char::is_ascii_alphanumeric).collect();
            if code.len() >= 4
                && let Some(Entry::Given(name)) = out.head.project.as_mut().map(|p| &mut p.entry)
            {
                name.code = Some(Text::from(code));
                take(section, id);
            }
        }
        Concept::OtherField => {
            // telephones, dates and years are no figures; anything else numeric is left to the ledger
            let label = section.page.word(one.label).map_or("", |word| word.core());
            let idle = ["电话", "手机", "邮编", "日期", "时间", "年份", "编码", "代码", "编号", "周期", "期限", "文号"];
            if idle.iter().any(|w| label.contains(w)) {
                take(section, id);
            }
        }
        _ => {}
    }
}

fn take(section: &mut Section, id: Option<u32>) {
    if let Some(id) = id {
        section.take(id);
    }
}
