//! Indicator tables → indicators and totals.
//!
//! Input → output: a [`Section`] and its [`Span`]s → [`Indicators`].
//!
//! Levels fill down, by merge or by blank; the second level is cleared by a new first one. A row counts if it has a name, or
//! a target, weight or score; template rows, reprinted heads, titles and approval lines do not. Invariants: a merged cell is
//! read at its first row only; nothing is taken from a neighbouring row but levels.

use super::columns::{Cells, Slot, slots};
use super::concept::{Concept, Concepts, Kind};
use super::label::Label;
use super::role::{Look, Role, assign, look};
use super::section::Section;
use super::table::Span;
use super::value;
use super::word::Word;
use crate::form::{Field, Figure, FigureValue, Indicator, Level, Measure, Totals};
use crate::quantity::{CellRef, Decimal, Entry, Points, Text};
use crate::text;
use std::collections::BTreeSet;

/// What the indicator tables of a form say.
#[derive(Debug, Default)]
pub(super) struct Indicators {
    /// Rows in order.
    pub rows: Vec<Indicator>,
    /// The total row.
    pub totals: Totals,
    /// Figures of columns that have no field of their own.
    pub figures: Vec<Figure>,
    /// Template rows that were skipped.
    pub leftovers: Vec<(CellRef, Text)>,
    /// Roles met in any table.
    pub roles: Vec<Role>,
    /// Whether two sets of indicators stand side by side.
    pub double: bool,
    /// Whether there are columns for the possibility of reaching the target.
    pub possibility: bool,
    /// Targets whose operator scanning had misread.
    pub misread: Vec<CellRef>,
    /// Heads that mean nothing known, with their cells.
    pub unknown: Vec<(CellRef, Text)>,
    /// How many columns got their role from arithmetic or position instead of a head.
    pub guessed: usize,
}

struct Set {
    slots: Vec<Slot>,
    roles: Vec<Role>,
    cells: Cells,
}

impl Set {
    fn column(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|&r| r == role)
    }

    fn slot(&self, role: Role) -> Option<&Slot> {
        self.column(role).and_then(|i| self.slots.get(i))
    }
}

#[derive(Default, Clone)]
struct Levels {
    first: Option<Level>,
    second: Option<Level>,
}

/// Reads all tables of an area.
pub(super) fn read(section: &mut Section, spans: &[Span]) -> Indicators {
    let mut out = Indicators::default();
    // a page break parts a table in two: the same head again, and the levels go on
    let mut before: (Option<String>, Levels) = (None, Levels::default());
    for span in spans {
        let key = section.row(span.head_lines.start).and_then(|r| r.indicator_head.clone());
        let levels = if key.is_some() && key == before.0 { before.1 } else { Levels::default() };
        before = (key, table(section, span, levels, &mut out));
    }
    out
}

fn table(section: &mut Section, span: &Span, mut levels: Levels, out: &mut Indicators) -> Levels {
    let head_key = section.row(span.head_lines.start).and_then(|r| r.indicator_head.clone());
    let reprint = |at: usize| is_reprint(section, at, head_key.as_deref());
    // what stands right above a reprinted head is its caption: 年度目标2（20分）
    let caption = |at: usize| {
        let bare = section.row(at).is_some_and(|r| r.figures == 0 && r.level.is_none())
            && section.words(at).iter().map(|w| &w.raw).collect::<BTreeSet<_>>().len() <= 3;
        bare && at + 1 < span.data.end
            && section.row(at + 1).is_some_and(|r| r.indicator_head.is_some() && r.indicator_head == head_key)
    };
    let skip: Vec<usize> = span.data.clone().filter(|&at| reprint(at) || caption(at)).collect();
    let all = slots(section, span.head, &span.data);
    for at in span.head_lines.clone() {
        for id in section.starts(at).collect::<Vec<_>>() {
            section.take(id);
        }
    }
    let total_lines: Vec<usize> = span.data.clone().filter(|&at| is_total(section, at)).collect();
    let unseen = |at: usize| skip.contains(&at) || total_lines.contains(&at);
    let cut = repeated(section, &all);
    let (left, right) = all.split_at(cut.unwrap_or(all.len()));
    out.double |= cut.is_some();
    let mut sets: Vec<Set> = Vec::new();
    for part in [left, right] {
        if part.is_empty() {
            continue;
        }
        let cells = Cells::of(section, &span.data, part);
        let looks: Vec<Look> = (0..part.len()).map(|column| look(section.page, &cells, column, &unseen)).collect();
        let mut roles = assign(section, part, &looks);
        settle(section, part, &looks, &mut roles);
        sets.push(Set { slots: part.to_vec(), roles, cells });
    }
    for set in &sets {
        for (role, slot) in set.roles.iter().zip(&set.slots) {
            if !out.roles.contains(role) {
                out.roles.push(*role);
            }
            let head = slot.head(section);
            out.possibility |=
                slot.path.iter().any(|&id| section.page.word(id).is_some_and(|w| w.means(Concept::Possibility)));
            out.guessed += usize::from(slot.path.is_empty() && matches!(role, Role::Weight | Role::Score));
            if let (Role::Other, Some(word)) = (role, head)
                && word.hits.is_empty()
                && word.length >= 2
                && let Some(&id) = slot.path.last()
            {
                out.unknown.push((section.page.cell(id), word.raw.clone()));
            }
        }
    }
    let has_levels = sets.iter().any(|s| s.slot(Role::Level1).is_some() || s.slot(Role::Level2).is_some());
    let mut after_break = false;
    for at in span.data.clone() {
        if skip.contains(&at) {
            for id in section.starts(at).collect::<Vec<_>>() {
                section.take(id);
            }
            after_break = true;
            continue;
        }
        if total_lines.contains(&at) {
            total(section, at, sets.first(), out);
            continue;
        }
        for (n, set) in sets.iter().enumerate() {
            let reader = Row { at, set, has_levels, after_break, side: n };
            reader.read(section, &mut levels, out);
        }
        after_break = false;
    }
    single_child_weights(out);
    levels
}

/// A line that repeats the head, or a sub-head, inside the data.
fn is_reprint(section: &Section, at: usize, key: Option<&str>) -> bool {
    let Some(row) = section.row(at) else { return false };
    if row.indicator_head.is_some() && row.indicator_head.as_deref() == key {
        return true;
    }
    let words = section.words(at);
    row.figures == 0
        && words.len() >= 3
        && words.iter().all(|w| w.is_kind(Kind::Column) && !w.is_kind(Kind::Level) && w.length <= 12)
}

fn is_total(section: &Section, at: usize) -> bool {
    section.row(at).is_some_and(|r| r.total)
}

/// Where a second set of indicators begins in the same rows: the first head of a level or name that stood before.
fn repeated(section: &Section, all: &[Slot]) -> Option<usize> {
    let core = |slot: &Slot| slot.head(section).filter(|_| !slot.continued).map(|w| (w.core(), w));
    let named = |w: &Word| w.means_any(Concepts::of(&[Concept::Level3, Concept::IndicatorName]));
    // 指标名称 under 一级指标 and again under 二级指标 names levels, not sets
    let leveled = |slot: &Slot| {
        let parents = slot.path.iter().rev().skip(1).filter_map(|&id| section.page.word(id));
        parents.into_iter().any(|w| w.means_any(Concepts::of(&[Concept::Level1, Concept::Level2, Concept::Level3])))
    };
    if all.iter().any(leveled) {
        return None;
    }
    let names: Vec<usize> = (0..all.len())
        .filter(|&i| {
            all.get(i)
                .and_then(core)
                .is_some_and(|(_, w)| named(w) && w.core().contains("三级") || w.core().contains("指标名称"))
        })
        .collect();
    let [first, second, ..] = names.as_slice() else { return None };
    let same = all.get(*first).and_then(core).map(|c| c.0) == all.get(*second).and_then(core).map(|c| c.0);
    if !same {
        return None;
    }
    // the second set begins with the first of its heads that the first set has too
    let cores: Vec<Option<&Text>> = all.iter().map(|s| core(s).map(|c| c.0)).collect();
    (first + 1..=*second)
        .find(|&i| cores.get(i).is_some_and(|c| c.is_some() && cores.iter().take(*first + 1).any(|other| other == c)))
}

/// Last touches that need the whole: a table with one level column only, a name column that is a level.
fn settle(section: &Section, part: &[Slot], looks: &[Look], roles: &mut [Role]) {
    let has = |roles: &[Role], role: Role| roles.contains(&role);
    if !has(roles, Role::Name) {
        // the rightmost text column before the values is the name
        let values = roles
            .iter()
            .position(|r| matches!(r, Role::Target | Role::Actual | Role::Weight | Role::Score | Role::Operator))
            .unwrap_or(roles.len());
        let candidate = (0..values).rev().find(|&i| {
            looks.get(i).is_some_and(|l| l.numbers < 0.5 && !l.boxes.is_empty())
                && matches!(roles.get(i), Some(Role::Other | Role::Criteria | Role::Level2 | Role::Note))
        });
        if let Some(slot) = candidate.and_then(|i| roles.get_mut(i)) {
            *slot = Role::Name;
        }
    }
    // 评价内容 | 评价指标: of two columns of names the one that groups is the first level
    if has(roles, Role::Name) && !has(roles, Role::Level1) {
        let named =
            |i: usize| part.get(i).and_then(|s| s.head(section)).is_some_and(|w| w.means(Concept::IndicatorName));
        let free = |i: usize| {
            matches!(roles.get(i), Some(Role::Name | Role::Other | Role::Criteria | Role::Note | Role::Coefficient))
        };
        let textual = |i: usize| looks.get(i).is_some_and(|l| l.numbers < 0.5 && !l.boxes.is_empty());
        let columns: Vec<usize> = (0..part.len()).filter(|&i| named(i) && free(i) && textual(i)).collect();
        let texts = |i: usize| looks.get(i).map_or(0.0, Look::texts);
        if let [coarse, fine, ..] = columns.as_slice()
            && (roles.get(*coarse) == Some(&Role::Name) || roles.get(*fine) == Some(&Role::Name))
            && texts(*coarse) < texts(*fine)
        {
            for (i, role) in [(*coarse, Role::Level1), (*fine, Role::Name)] {
                if let Some(slot) = roles.get_mut(i) {
                    *slot = role;
                }
            }
        }
    }
    // 评价指标 over two columns of which only the first has the head: the coarser one is the level
    if let Some(name) = roles.iter().position(|&r| r == Role::Name)
        && !has(roles, Role::Level1)
        && let (Some(coarse), Some(fine), Some(next)) = (looks.get(name), looks.get(name + 1), part.get(name + 1))
        && (next.continued || next.path.is_empty())
        && fine.numbers < 0.5
        && fine.boxes.len() > coarse.boxes.len()
        && let Some([first, second]) = roles.get_mut(name..name + 2)
        && matches!(second, Role::Other | Role::Criteria | Role::Note | Role::Level2)
    {
        *first = Role::Level1;
        *second = Role::Name;
    }
}

struct Row<'s> {
    at: usize,
    set: &'s Set,
    has_levels: bool,
    after_break: bool,
    side: usize,
}

impl Row<'_> {
    fn row(&self, section: &Section) -> u32 {
        section.page.grid.lines.get(self.at).map_or(0, |l| l.row)
    }

    /// The box that begins in this row under a column.
    fn starting(&self, role: Role) -> Option<u32> {
        self.set.cells.get(self.at, self.set.column(role)?)
    }

    /// Whether the cell of a column is covered by a box from above.
    fn covered(&self, section: &Section, slot: &Slot) -> bool {
        let row = self.row(section);
        section.page.grid.at(row, slot.col).is_some_and(|id| section.page.cell(id).row < row)
    }

    fn read(&self, section: &mut Section, levels: &mut Levels, out: &mut Indicators) {
        let page = section.page;
        if section.starts(self.at).find_map(|id| page.word(id)).is_some_and(|w| w.means(Concept::Subtotal)) {
            return;
        }
        let mut name = self.starting(Role::Name).filter(|&id| page.is_text(id) || page.is_figure(id));
        let spans_to_name = |id: u32| {
            self.set.slot(Role::Name).is_some_and(|slot| {
                page.item(id).is_some_and(|i| i.area.first.col < slot.col && i.area.last.col >= slot.col)
            })
        };
        let alone = section.starts(self.at).count() == 1;
        let mut new_level = false;
        if self.side == 0
            && let Some(id) =
                self.starting(Role::Level1).filter(|&id| page.is_text(id) || is_weight_only(page.word(id)))
        {
            if spans_to_name(id) && alone {
                // a heading across the table
                section.take(id);
                return;
            }
            if !placeholder(section, id, out) {
                let level = level(section, id);
                if self.orphan(&level, levels.first.as_ref()) {
                    add_weight(&mut levels.first, level.weight);
                } else if levels.first.as_ref().is_none_or(|l| l.text != level.text || l.cell.row != level.cell.row) {
                    let same = levels.first.as_ref().is_some_and(|l| l.text == level.text);
                    levels.first = Some(level);
                    if !same {
                        levels.second = None;
                    }
                }
                new_level = true;
                section.take(id);
            }
        }
        if let Some(id) = self.starting(Role::Level2).filter(|&id| page.is_text(id) || is_weight_only(page.word(id)))
            && !placeholder(section, id, out)
        {
            let level = level(section, id);
            if self.orphan(&level, levels.second.as_ref()) {
                add_weight(&mut levels.second, level.weight);
            } else {
                levels.second = Some(level);
            }
            new_level = true;
            section.take(id);
            if name.is_none() && spans_to_name(id) {
                name = Some(id);
            }
        }
        self.level_weights(section, levels, out);
        if let Some(id) = name
            && page
                .word(id)
                .is_some_and(|w| w.leftover() == Some(text::Leftover::Placeholder) || w.means(Concept::Subtotal))
        {
            let values =
                [Role::Weight, Role::Score].into_iter().any(|r| self.starting(r).is_some_and(|v| page.is_figure(v)));
            if !values || page.word(id).is_some_and(|w| w.means(Concept::Subtotal)) {
                out.leftovers.push((page.cell(id), page.given(id)));
                section.take(id);
                return;
            }
        }
        self.values(section, levels, name, new_level, out);
    }

    /// `(7分)` alone after a page break belongs to the level above, whose box was torn apart.
    fn orphan(&self, level: &Level, before: Option<&Level>) -> bool {
        level.name.is_empty()
            && level.weight.is_some()
            && self.after_break
            && before.is_some_and(|b| b.weight.is_none())
    }

    /// Weights of levels that stand in columns of their own.
    fn level_weights(&self, section: &mut Section, levels: &mut Levels, out: &mut Indicators) {
        for (role, level) in [(Role::Weight1, &mut levels.first), (Role::Weight2, &mut levels.second)] {
            let Some(id) = self.starting(role) else { continue };
            let points = value::points(section.page, id);
            if let (Some(level), Some(points)) = (level.as_mut(), points.value()) {
                level.weight = level.weight.or(Some(*points));
                section.take(id);
                out.figures.push(Figure {
                    cell: section.page.cell(id),
                    given: section.page.given(id),
                    value: FigureValue::Number { value: points.decimal(), unit: None },
                    classification: None,
                    code: None,
                    name: Some(level.text.clone()),
                    header: self.set.slot(role).and_then(|slot| slot.path_text(section)).map(Text::from),
                    measure: None,
                });
            }
        }
    }

    fn values(
        &self,
        section: &mut Section,
        levels: &mut Levels,
        name: Option<u32>,
        new_level: bool,
        out: &mut Indicators,
    ) {
        let page = section.page;
        let row = self.row(section);
        let given = |id: Option<u32>| id.map(|id| page.given(id));
        let operator = given(self.starting(Role::Operator));
        let unit = given(self.starting(Role::UnitOfMeasure));
        let label = name.map_or_else(|| Text::from(""), |id| page.given(id));
        let adjusted = self.starting(Role::Adjusted).filter(|&id| !page.word(id).is_some_and(|w| w.mark));
        let target_id = adjusted.or_else(|| self.starting(Role::Target));
        let actual_id = self.starting(Role::Actual);
        let weight_id = self.starting(Role::Weight);
        let score_id = self.starting(Role::Score);
        let any = |id: Option<u32>| id.is_some_and(|id| !page.word(id).is_some_and(|w| w.mark));
        let valued = any(target_id) || any(weight_id) || any(score_id) || any(actual_id);
        // the title of a block inside the table, approvals: one text across all columns
        let across = name.is_some_and(|id| {
            page.item(id).is_some_and(|i| i.area.cols() > 4)
                && section.starts(self.at).count() == 1
                && !self.covered_left(section)
        });
        let counts = match name {
            Some(_) if across => false,
            Some(_) => self.has_levels || valued,
            None => {
                any(weight_id)
                    || any(score_id)
                    || any(target_id) && any(actual_id)
                    || any(target_id) && self.set.slot(Role::Weight).is_none() && self.set.slot(Role::Name).is_some()
            }
        };
        if name.is_none() && self.subtotal(section, levels, weight_id, valued, new_level) {
            return;
        }
        if !counts {
            return;
        }
        let mut indicator = Indicator {
            row,
            level1: levels.first.clone(),
            level2: levels.second.clone(),
            level3: name.map(|id| level(section, id)),
            target: None,
            actual: None,
            unit_of_measure: None,
            weight: None,
            score: None,
            review_score: None,
            note: None,
            nature: None,
            criteria: None,
            execution_line: false,
            cell: CellRef::new(row, name.map_or(0, |id| page.cell(id).col)),
        };
        let claim = |section: &mut Section, id: Option<u32>| {
            if let Some(id) = id {
                section.take(id);
            }
        };
        if let Some(id) = target_id {
            let (field, misread) = value::goal(page, id, operator.as_deref(), unit.as_deref(), &label);
            if misread {
                out.misread.push(field.cell);
            }
            indicator.target = Some(field);
        } else {
            indicator.target = self.blank(section, Role::Target);
        }
        if let Some(id) = actual_id {
            indicator.actual = Some(value::goal(page, id, None, unit.as_deref(), &label).0);
        } else {
            indicator.actual = self.blank(section, Role::Actual);
        }
        indicator.unit_of_measure = unit
            .filter(|u| !text::is_placeholder(u))
            .or_else(|| indicator.target.as_ref().and_then(|t| t.value()).and_then(|g| g.unit.clone()));
        indicator.weight = weight_id.map(|id| value::points(page, id)).or_else(|| self.blank(section, Role::Weight));
        indicator.score = score_id.map(|id| value::points(page, id)).or_else(|| self.blank(section, Role::Score));
        let review_id = self.starting(Role::Review);
        indicator.review_score =
            review_id.map(|id| value::points(page, id)).or_else(|| self.blank(section, Role::Review));
        if indicator.weight.as_ref().is_none_or(|w| w.entry == Entry::Blank)
            && let Some(id) = name
            && let Some(weight) = indicator.level3.as_ref().and_then(|l| l.weight)
        {
            indicator.weight = Some(Field { cell: page.cell(id), given: page.given(id), entry: Entry::Given(weight) });
        }
        let note_id = self.first_note(section);
        indicator.note = note_id.map(|id| value::words(page, id)).or_else(|| self.blank(section, Role::Note));
        indicator.nature = self.starting(Role::Nature).map(|id| value::words(page, id));
        let criteria_id = self.starting(Role::Criteria);
        indicator.criteria = criteria_id.filter(|&id| !page.is_figure(id)).map(|id| value::words(page, id));
        indicator.cell = self.place(section, &indicator);
        indicator.execution_line = is_execution(&indicator);
        for id in [
            name,
            target_id,
            actual_id,
            weight_id,
            score_id,
            review_id,
            note_id,
            self.starting(Role::Nature),
            criteria_id.filter(|&id| !page.is_figure(id)),
            self.starting(Role::Operator),
            self.starting(Role::UnitOfMeasure),
        ] {
            claim(section, id);
        }
        self.figures(section, &indicator, out);
        out.rows.push(indicator);
    }

    fn covered_left(&self, section: &Section) -> bool {
        let row = self.row(section);
        section.line(self.at).and_then(|l| l.items.first()).is_some_and(|&id| section.page.cell(id).row < row)
    }

    fn first_note(&self, section: &Section) -> Option<u32> {
        let notes = self.set.roles.iter().enumerate().filter(|(_, role)| **role == Role::Note);
        notes.filter_map(|(column, _)| self.set.cells.get(self.at, column)).find(|&id| section.page.is_text(id))
    }

    /// A row of a level with its own points above named rows is the level's subtotal.
    fn subtotal(
        &self,
        section: &mut Section,
        levels: &mut Levels,
        weight: Option<u32>,
        valued: bool,
        new_level: bool,
    ) -> bool {
        if !new_level || !valued || self.starting(Role::Target).is_some() || self.starting(Role::Actual).is_some() {
            return false;
        }
        let Some(slot) = self.set.slot(Role::Name) else { return false };
        let next = self.at + 1;
        let named = section.row(next).is_some_and(|r| r.level.is_none() && !r.total)
            && section
                .starts(next)
                .any(|id| (slot.col..=slot.last).contains(&section.page.cell(id).col) && section.page.is_text(id));
        if !named {
            return false;
        }
        let target = if levels.second.is_some() { &mut levels.second } else { &mut levels.first };
        if let Some(id) = weight {
            add_weight(target, value::points(section.page, id).value().copied());
            section.take(id);
        }
        true
    }

    /// A field whose column exists but whose cell is empty.
    fn blank<T>(&self, section: &Section, role: Role) -> Option<Field<T>> {
        let slot = self.set.slot(role)?;
        (!self.covered(section, slot)).then(|| value::blank(CellRef::new(self.row(section), slot.col)))
    }

    /// The score's cell, also when blank; without a score column the actual's, else the target's.
    fn place(&self, section: &Section, indicator: &Indicator) -> CellRef {
        let of = |role: Role| self.set.slot(role).map(|slot| CellRef::new(self.row(section), slot.col));
        indicator
            .score
            .as_ref()
            .map(|f| f.cell)
            .or_else(|| of(Role::Score))
            .or_else(|| indicator.actual.as_ref().map(|f| f.cell))
            .or_else(|| indicator.target.as_ref().map(|f| f.cell))
            .unwrap_or(indicator.cell)
    }

    /// Figures of columns without a field: coefficients, deductions, last year's values.
    fn figures(&self, section: &mut Section, indicator: &Indicator, out: &mut Indicators) {
        for (column, (role, slot)) in self.set.roles.iter().zip(&self.set.slots).enumerate() {
            let id = self.set.cells.get(self.at, column).filter(|&id| section.page.is_figure(id));
            let Some(id) = id else { continue };
            if *role == Role::Serial {
                section.take(id);
                continue;
            }
            if !section.take(id) {
                continue;
            }
            let Some((Some(number), percent)) = section.page.figure(id) else { continue };
            let points_head = slot.head(section).is_some_and(|w| w.raw.contains(['%', '％']));
            let text_percent =
                percent && matches!(section.page.item(id).map(|i| &i.content), Some(super::grid::Content::Word(_)));
            let fraction =
                if text_percent || points_head && !percent { number.shift(-2).unwrap_or(number) } else { number };
            out.figures.push(Figure {
                cell: section.page.cell(id),
                given: section.page.given(id),
                value: FigureValue::Number { value: fraction, unit: None },
                classification: None,
                code: None,
                name: indicator.level3.as_ref().map(|l| l.text.clone()),
                header: slot.path_text(section).map(Text::from),
                measure: (*role == Role::Coefficient).then_some(Measure::Coefficient),
            });
        }
    }
}

fn is_weight_only(word: Option<&Word>) -> bool {
    word.is_some_and(|w| {
        w.label.is_empty() && w.label.weight.is_some() || w.raw.starts_with(['(', '（']) && w.numeral.is_some()
    })
}

fn add_weight(level: &mut Option<Level>, weight: Option<Points>) {
    if let Some(level) = level {
        level.weight = level.weight.or(weight);
    }
}

/// Skips a cell that the template left; true if it was one.
fn placeholder(section: &mut Section, id: u32, out: &mut Indicators) -> bool {
    let left = section.page.word(id).is_some_and(|w| w.leftover() == Some(text::Leftover::Placeholder));
    if left {
        out.leftovers.push((section.page.cell(id), section.page.given(id)));
        section.take(id);
    }
    left
}

/// A level from its box.
fn level(section: &Section, id: u32) -> Level {
    let text = section.page.given(id);
    let word = section.page.word(id);
    let name = word.map_or_else(|| Label::parse(&text).level(), |word| word.level().clone());
    let weight = word.and_then(|w| {
        let bracketed = w.raw.starts_with(['(', '（']) && w.raw.ends_with([')', '）']);
        w.label.weight.or_else(|| w.numeral.filter(|_| bracketed).and_then(|n| n.value).map(Decimal::abs))
    });
    Level { cell: section.page.cell(id), name, weight: weight.and_then(Points::from_decimal), text }
}

/// Whether a row of the table is the form's own line for the execution rate.
fn is_execution(indicator: &Indicator) -> bool {
    let first = indicator
        .level1
        .as_ref()
        .is_some_and(|l| &*l.name == "预算执行率" || &*l.name == "执行率" || &*l.name == "预算执行");
    let name = indicator.level3.as_ref().map(|l| l.name.to_string()).unwrap_or_default();
    first && (name.is_empty() || name.contains("执行率"))
}

/// A second level with one child gives it its weight, where the child has none.
fn single_child_weights(out: &mut Indicators) {
    let cells: Vec<Option<CellRef>> = out.rows.iter().map(|r| r.level2.as_ref().map(|l| l.cell)).collect();
    for (i, row) in out.rows.iter_mut().enumerate() {
        let lacks = row.weight.as_ref().is_none_or(|w| w.entry == Entry::Blank);
        let Some(level) = row.level2.as_ref().filter(|l| l.weight.is_some()) else { continue };
        let only = cells.iter().filter(|c| **c == cells.get(i).copied().flatten() && c.is_some()).count() == 1;
        if lacks
            && only
            && let Some(weight) = level.weight
        {
            row.weight = Some(Field { cell: level.cell, given: level.text.clone(), entry: Entry::Given(weight) });
        }
    }
}

/// The total row: figures by column; a lone one by what it adds up to.
fn total(section: &mut Section, at: usize, set: Option<&Set>, out: &mut Indicators) {
    let page = section.page;
    let ids: Vec<u32> = section.starts(at).collect();
    let Some(set) = set else { return };
    let in_role = |id: u32| {
        let col = page.cell(id).col;
        set.roles.iter().zip(&set.slots).find(|(_, s)| (s.col..=s.last).contains(&col)).map(|(r, _)| *r)
    };
    let mut loose: Vec<u32> = Vec::new();
    for &id in &ids {
        if page.is_text(id) && page.word(id).is_none_or(|w| w.numeral.is_none()) {
            section.take(id);
            if let Some(tail) =
                page.word(id).filter(|w| w.means(Concept::GrandTotal)).and_then(|w| w.label.tail.clone())
            {
                let entry = text::points(&tail);
                if matches!(entry, Entry::Given(_)) && out.totals.score.is_none() {
                    out.totals.score = Some(Field { cell: page.cell(id), given: page.given(id), entry });
                }
            }
            continue;
        }
        let error = matches!(page.item(id).map(|i| &i.content), Some(super::grid::Content::Error(_)));
        if page.word(id).is_some_and(|w| w.mark) || !(page.is_figure(id) || error) {
            continue;
        }
        let slot = match in_role(id) {
            Some(Role::Weight) => &mut out.totals.weight,
            Some(Role::Score) => &mut out.totals.score,
            Some(Role::Review) => &mut out.totals.review_score,
            _ => {
                loose.push(id);
                continue;
            }
        };
        if slot.is_none() {
            *slot = Some(value::points(page, id));
            section.take(id);
        }
    }
    let sum = |pick: &dyn Fn(&Indicator) -> Option<Points>| {
        Decimal::sum(out.rows.iter().filter_map(pick).map(Points::decimal))
    };
    let weights = sum(&|r| r.weight.as_ref().and_then(|f| f.value().copied()));
    let scores = sum(&|r| r.score.as_ref().and_then(|f| f.value().copied()));
    if let [only] = loose.as_slice()
        && let Some(number) = page.number(*only)
    {
        let weight_free = out.totals.weight.is_none();
        let score_free = out.totals.score.is_none();
        let field = value::points(page, *only);
        let has = |role: Role| set.slot(role).is_some();
        if score_free && has(Role::Score) && (scores == Some(number) || !weight_free || weights != Some(number)) {
            out.totals.score = Some(field);
            section.take(*only);
        } else if weight_free && has(Role::Weight) {
            out.totals.weight = Some(field);
            section.take(*only);
        }
    }
}
