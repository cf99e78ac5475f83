//! What the columns of an indicator table are: all columns together.
//!
//! Why: deciding column by column lets one ambiguous head (`指标性质`, `年度目标`) push the others into wrong places.
//!
//! Input → output: heads and data of all columns → a [`Role`] for each, by the best one-to-one assignment of
//! `head word + type of the data + arithmetic`. Invariant: roles that may stand once stand once.

use super::columns::{Cells, Slot};
use super::concept::{Concept, Kind};
use super::grid::Page;
use super::section::Section;
use super::word::Word;
use crate::quantity::Decimal;
use foldhash::fast::RandomState;
use std::collections::HashSet;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Level1,
    Level2,
    Name,
    Operator,
    Target,
    /// A target changed within the year, beside the first one.
    Adjusted,
    UnitOfMeasure,
    Actual,
    Weight,
    Score,
    Review,
    Nature,
    /// The weight of the first level, in a column of its own.
    Weight1,
    /// The weight of the second level, in a column of its own.
    Weight2,
    /// May repeat, as all below.
    Note,
    Criteria,
    Coefficient,
    Serial,
    Other,
}

/// Roles that stand once.
const SINGLE: &[Role] = &[
    Role::Level1,
    Role::Level2,
    Role::Name,
    Role::Operator,
    Role::Target,
    Role::Adjusted,
    Role::UnitOfMeasure,
    Role::Actual,
    Role::Weight,
    Role::Score,
    Role::Review,
    Role::Nature,
    Role::Weight1,
    Role::Weight2,
];

/// Roles that may stand several times.
const FREE: &[Role] = &[Role::Note, Role::Criteria, Role::Coefficient, Role::Serial, Role::Other];

/// What the data of a column look like.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    /// Boxes that begin in the column.
    pub boxes: Vec<u32>,
    pub filled: f32,
    pub numbers: f32,
    /// Share of numbers with a percent sign.
    pub percents: f32,
    pub operators: f32,
    pub units: f32,
    pub levels: f32,
    pub seconds: f32,
    pub distinct: f32,
    pub length: f32,
    /// Share of boxes over several rows.
    pub tall: f32,
    pub values: Vec<Option<Decimal>>,
    /// Share of texts that say 定量 or 定性.
    pub natures: f32,
    /// Share of small whole numbers that count up.
    pub counting: bool,
}

/// Distinct texts that are told apart; more say nothing new.
const DISTINCT: usize = 200;
impl Look {
    /// How many different texts the column holds.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred boxes")]
    pub(super) fn texts(&self) -> f32 {
        self.distinct * self.boxes.len() as f32
    }
}

/// Looks at the data of a column.
pub(super) fn look(page: Page, cells: &Cells, column: usize, skip: &dyn Fn(usize) -> bool) -> Look {
    let lines = cells.lines().len();
    let mut out = Look { boxes: Vec::with_capacity(lines), values: Vec::with_capacity(lines), ..Look::default() };
    let mut rows = 0_u32;
    let mut texts: HashSet<&str, RandomState> = HashSet::default();
    let mut percents = 0_u32;
    let (mut numbers, mut operators, mut units, mut levels, mut seconds, mut length, mut tall, mut natures) =
        (0_u32, 0_u32, 0_u32, 0_u32, 0_u32, 0_usize, 0_u32, 0_u32);
    for at in cells.lines().filter(|&at| !skip(at)) {
        rows += 1;
        let cell = cells.get(at, column);
        let figure = cell.and_then(|id| page.figure(id));
        out.values.push(figure.and_then(|(value, _)| value));
        let Some(id) = cell else { continue };
        let word = page.word(id);
        if word.is_some_and(|w| w.mark) {
            continue;
        }
        out.boxes.push(id);
        tall += u32::from(page.item(id).is_some_and(|i| i.area.rows() > 1));
        if let Some((Some(_), percent)) = figure {
            numbers += 1;
            percents += u32::from(percent);
        }
        if let Some(word) = word {
            let raw: &str = &word.raw;
            let shape = word.shape();
            operators += u32::from(shape.operator);
            natures += u32::from(shape.nature);
            units += u32::from(shape.unit);
            levels += u32::from(word.best(Kind::Level).is_some_and(|h| h.concept != Concept::Second));
            seconds += u32::from(word.means(Concept::Second));
            length += word.length;
            if texts.len() < DISTINCT {
                texts.insert(raw);
            }
        }
    }
    let n = out.boxes.len().max(1);
    #[expect(clippy::cast_precision_loss, reason = "a share of a few hundred rows")]
    let share = |k: f32, of: usize| k / of as f32;
    #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
    {
        out.filled = share(out.boxes.len() as f32, rows.max(1) as usize);
        out.numbers = share(numbers as f32, n);
        out.percents = share(percents as f32, n);
        out.operators = share(operators as f32, n);
        out.units = share(units as f32, n);
        out.levels = share(levels as f32, n);
        out.seconds = share(seconds as f32, n);
        out.natures = share(natures as f32, n);
        out.distinct = share(texts.len() as f32, n.min(DISTINCT));
        out.length = share(length as f32, n);
        out.tall = share(tall as f32, n);
    }
    let counted = || out.values.iter().flatten();
    let counts_on = counted().zip(1_i64..).all(|(value, n)| *value == Decimal::from_int(n));
    out.counting = counts_on && counted().count() >= 3;
    out
}

/// Whether a word stands for a column that weighs.
fn heads(role: Role) -> &'static [Concept] {
    match role {
        Role::Level1 => &[Concept::Level1],
        Role::Level2 => &[Concept::Level2],
        Role::Name => &[Concept::Level3, Concept::Level4, Concept::IndicatorName],
        Role::Operator => &[Concept::Operator],
        Role::Target => &[Concept::Target],
        Role::Adjusted => &[Concept::AdjustedTarget],
        Role::UnitOfMeasure => &[Concept::UnitOfMeasure],
        Role::Actual => &[Concept::Actual],
        Role::Weight | Role::Weight1 | Role::Weight2 => &[Concept::Weight],
        Role::Score => &[Concept::Score],
        Role::Review => &[Concept::Review],
        Role::Nature => &[Concept::Nature, Concept::Operator],
        Role::Note => &[Concept::Note],
        Role::Criteria => &[Concept::Criteria],
        Role::Coefficient => &[Concept::Coefficient],
        Role::Serial => &[Concept::Serial],
        Role::Other => &[Concept::OtherColumn, Concept::Possibility],
    }
}

/// Parts of a word that give a role away where no family knows the whole.
const PARTS: &[(&str, Role)] = &[
    ("复核", Role::Review),
    ("得分", Role::Score),
    ("评分标准", Role::Criteria),
    ("分值", Role::Weight),
    ("权重", Role::Weight),
    ("完成值", Role::Actual),
    ("实际值", Role::Actual),
    ("完成情况", Role::Actual),
    ("目标值", Role::Target),
    ("指标值", Role::Target),
    ("原因", Role::Note),
    ("标准", Role::Criteria),
    ("三级", Role::Name),
    ("二级", Role::Level2),
    ("一级", Role::Level1),
    ("说明", Role::Note),
    ("单位", Role::UnitOfMeasure),
];

fn head_score(section: &Section, slot: &Slot, role: Role) -> f32 {
    let Some(word) = slot.head(section) else { return 0.0 };
    let best = |w: &Word| heads(role).iter().filter_map(|&c| w.strength(c)).fold(0.0_f32, f32::max);
    let mut score = best(word);
    if score == 0.0
        && (word.hits.is_empty() || !word.is_kind(Kind::Column))
        && let Some((_, found)) = PARTS.iter().find(|(part, _)| word.raw.contains(part))
        && *found == role
    {
        score = 1.8;
    }
    // 评价指标 over the first of several text columns is a level
    if matches!(role, Role::Level1 | Role::Level2) && score == 0.0 && word.means(Concept::IndicatorName) {
        score = if role == Role::Level1 { 1.5 } else { 1.4 };
    }
    if slot.continued || slot.shallow {
        score = score.min(1.6);
    }
    for &id in slot.path.iter().rev().skip(1) {
        if let Some(parent) = section.page.word(id) {
            score = score.max(best(parent).min(1.6));
        }
    }
    score
}

fn data_score(look: &Look, role: Role, headed: bool) -> f32 {
    if look.boxes.is_empty() {
        return -0.3;
    }
    let bare = if headed { 0.0 } else { 1.0 };
    match role {
        Role::Weight | Role::Score | Role::Review => {
            let numbers = if look.numbers < 0.3 {
                -4.0
            } else if look.numbers > 0.6 {
                0.5
            } else {
                0.0
            };
            numbers - 1.2 * look.tall
        }
        Role::Weight1 | Role::Weight2 => {
            if look.numbers < 0.5 {
                -6.0
            } else {
                1.6 * look.tall - 0.9
            }
        }
        Role::Operator => {
            if look.operators > 0.5 {
                1.0 + bare
            } else {
                -4.0
            }
        }
        Role::Nature => {
            if look.natures > 0.5 {
                1.2
            } else {
                -3.0
            }
        }
        Role::UnitOfMeasure => {
            if look.units > 0.4 {
                1.0 + bare
            } else if look.numbers > 0.5 {
                -4.0
            } else {
                -0.6
            }
        }
        Role::Level1 => (if look.levels > 0.4 { 1.0 + bare } else { -0.2 }) - 2.0 * look.numbers + 0.8 * look.tall,
        Role::Level2 => (if look.seconds > 0.4 { 1.0 + bare } else { 0.0 }) - 2.0 * look.numbers + 0.5 * look.tall,
        Role::Name => {
            0.8 * look.distinct
                - 2.5 * look.numbers
                - 1.0 * look.levels
                - 0.5 * look.seconds
                - 0.8 * look.tall
                - 2.0 * look.operators
        }
        Role::Target | Role::Adjusted | Role::Actual => {
            -look.operators - 0.3 * look.levels - if look.units > 0.7 { 1.0 } else { 0.0 }
        }
        Role::Serial => {
            if look.counting {
                1.0
            } else {
                -0.5
            }
        }
        Role::Note | Role::Criteria => -1.5 * look.numbers,
        Role::Coefficient => {
            if look.numbers > 0.5 {
                0.2
            } else {
                -1.0
            }
        }
        Role::Other => 0.0,
    }
}

/// The roles of the columns.
pub(super) fn assign(section: &Section, slots: &[Slot], looks: &[Look]) -> Vec<Role> {
    let any_head = slots.iter().any(|s| !s.path.is_empty());
    let mut scores: Vec<Vec<f32>> = Vec::new();
    let mut fallback: Vec<(Role, f32)> = Vec::new();
    for (slot, look) in slots.iter().zip(looks) {
        let one = |role: Role| {
            let head = head_score(section, slot, role);
            let headed = head > 0.0;
            let mut score = head + data_score(look, role, !slot.path.is_empty());
            if !headed && any_head && !slot.path.is_empty() && !slot.continued {
                // a head that says something else
                score -= 2.5;
            }
            score
        };
        scores.push(SINGLE.iter().map(|&role| one(role)).collect());
        let free = FREE.iter().map(|&role| (role, one(role).max(if role == Role::Other { 0.05 } else { f32::MIN })));
        fallback.push(free.fold((Role::Other, 0.05), |a, b| if b.1 > a.1 { b } else { a }));
    }
    position(slots, looks, &mut scores);
    level_weights(section, slots, &mut scores);
    arithmetic(looks, slots, section, &mut scores);
    let n = slots.len();
    // columns of the matrix: the single roles, then one place of its own for each slot
    let cost: Vec<Vec<f32>> = (0..n)
        .map(|i| {
            let own = fallback.get(i).map_or(0.0, |f| f.1);
            let mut row: Vec<f32> = scores.get(i).into_iter().flatten().map(|s| -s).collect();
            row.extend((0..n).map(|j| if i == j { -own } else { 50.0 }));
            row
        })
        .collect();
    let chosen = best_matching(&cost);
    (0..n)
        .map(|i| {
            let single = chosen.get(i).copied().and_then(|c| SINGLE.get(c)).copied();
            single.unwrap_or_else(|| fallback.get(i).map_or(Role::Other, |f| f.0))
        })
        .collect()
}

/// Columns without any head: level words first, then the name, the target, the actual, by position.
fn position(slots: &[Slot], looks: &[Look], scores: &mut [Vec<f32>]) {
    let headless = slots.iter().all(|s| s.path.is_empty());
    let mut bump = |i: usize, role: Role, by: f32| {
        let at = SINGLE.iter().position(|&r| r == role);
        if let Some(cell) = scores.get_mut(i).zip(at).and_then(|(row, at)| row.get_mut(at)) {
            *cell += by;
        }
    };
    if headless {
        let text = |i: usize| {
            looks.get(i).is_some_and(|l| {
                l.numbers - l.percents < 0.5
                    && l.operators < 0.5
                    && l.levels < 0.5
                    && l.seconds < 0.5
                    && l.filled > 0.3
                    && l.units < 0.6
            })
        };
        let mut order = [Role::Name, Role::Target, Role::Actual].into_iter();
        for i in 0..slots.len() {
            if text(i)
                && let Some(role) = order.next()
            {
                bump(i, role, 2.0);
            }
        }
        return;
    }
    // a text column without head right after a level or under the same head is finer: the name, then the target
    for (i, slot) in slots.iter().enumerate() {
        let unheaded = slot.continued || slot.path.is_empty();
        let Some(look) = looks.get(i) else { continue };
        if unheaded && i > 0 && look.numbers < 0.5 && look.filled > 0.3 {
            bump(i, Role::Name, 1.2);
            bump(i - 1, Role::Level1, 0.2);
        }
    }
}

/// Of several weight columns the one behind the name is the indicator's; those before it are the levels'.
fn level_weights(section: &Section, slots: &[Slot], scores: &mut [Vec<f32>]) {
    let heads =
        |i: usize, concept: Concept| slots.get(i).and_then(|s| s.head(section)).is_some_and(|w| w.means(concept));
    let find = |concept: Concept| (0..slots.len()).find(|&i| heads(i, concept));
    let Some(name) = find(Concept::Level3).or_else(|| find(Concept::IndicatorName)) else { return };
    let second = find(Concept::Level2).unwrap_or(name);
    if !(name + 1..slots.len()).any(|i| heads(i, Concept::Weight)) {
        return;
    }
    for i in (0..name).filter(|&i| heads(i, Concept::Weight)) {
        let role = if i < second { Role::Weight1 } else { Role::Weight2 };
        for (at, by) in [(Role::Weight, -3.0), (role, 2.0)] {
            let place = SINGLE.iter().position(|&r| r == at);
            if let Some(cell) = scores.get_mut(i).zip(place).and_then(|(row, at)| row.get_mut(at)) {
                *cell += by;
            }
        }
    }
}

/// Numeric columns without a head: the pair with weight ≥ score on every row, Σ weight a usual total.
fn arithmetic(looks: &[Look], slots: &[Slot], section: &Section, scores: &mut [Vec<f32>]) {
    let at = |role: Role| SINGLE.iter().position(|&r| r == role);
    let headed = |i: usize, role: Role| slots.get(i).is_some_and(|s| head_score(section, s, role) > 0.0);
    let open: Vec<usize> = (0..slots.len())
        .filter(|&i| {
            let unheaded = slots.get(i).is_some_and(|s| s.path.is_empty());
            unheaded && looks.get(i).is_some_and(|l| l.numbers > 0.6 && l.boxes.len() >= 3 && !l.counting)
        })
        .collect();
    let mut set = |i: usize, role: Role, by: f32| {
        if let Some(cell) = scores.get_mut(i).zip(at(role)).and_then(|(row, at)| row.get_mut(at)) {
            *cell += by;
        }
    };
    let sum = |i: usize| looks.get(i).and_then(|l| Decimal::sum(l.values.iter().flatten().copied()));
    let usual = |i: usize| sum(i).is_some_and(|s| [100, 90, 80].iter().any(|&t| s == Decimal::from_int(t)));
    let below = |low: usize, high: usize| {
        let (Some(a), Some(b)) = (looks.get(low), looks.get(high)) else { return false };
        let pairs: Vec<_> = a.values.iter().zip(&b.values).filter_map(|(a, b)| Some(((*a)?, (*b)?))).collect();
        pairs.len() >= 2 && pairs.iter().all(|(a, b)| a <= b)
    };
    let weight_known = (0..slots.len()).find(|&i| headed(i, Role::Weight));
    let score_known = (0..slots.len()).find(|&i| headed(i, Role::Score));
    for &i in &open {
        match (weight_known, score_known) {
            (Some(w), None) if below(i, w) => set(i, Role::Score, 2.5),
            (None, Some(s)) if below(s, i) => set(i, Role::Weight, 2.5),
            (None, None) => {
                let partner = open.iter().copied().find(|&j| j != i && below(j, i) && (usual(i) || j > i));
                if partner.is_some() && (usual(i) || open.len() == 2) {
                    set(i, Role::Weight, 2.5);
                    if let Some(j) = partner {
                        set(j, Role::Score, 2.5);
                    }
                } else if usual(i) {
                    set(i, Role::Weight, 2.0);
                } else if open.len() == 1 {
                    set(i, Role::Score, 2.0);
                }
            }
            _ => {}
        }
    }
}

/// The assignment of rows to columns with the least total cost (Hungarian method; rows ≤ columns).
fn best_matching(cost: &[Vec<f32>]) -> Vec<usize> {
    let n = cost.len();
    let m = cost.first().map_or(0, Vec::len);
    let at = |i: usize, j: usize| cost.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0.0);
    let get = |v: &[f32], i: usize| v.get(i).copied().unwrap_or(0.0);
    let mut row_potential = vec![0.0_f32; n + 1];
    let mut col_potential = vec![0.0_f32; m + 1];
    let mut matched = vec![0_usize; m + 1];
    let mut way = vec![0_usize; m + 1];
    for i in 1..=n {
        if let Some(first) = matched.first_mut() {
            *first = i;
        }
        let mut j0 = 0;
        let mut least = vec![f32::INFINITY; m + 1];
        let mut used = vec![false; m + 1];
        loop {
            if let Some(u) = used.get_mut(j0) {
                *u = true;
            }
            let i0 = matched.get(j0).copied().unwrap_or(0);
            let (mut delta, mut j1) = (f32::INFINITY, 0);
            for j in 1..=m {
                if used.get(j).copied().unwrap_or(true) {
                    continue;
                }
                let current = at(i0.wrapping_sub(1), j - 1) - get(&row_potential, i0) - get(&col_potential, j);
                if current < get(&least, j)
                    && let (Some(l), Some(w)) = (least.get_mut(j), way.get_mut(j))
                {
                    *l = current;
                    *w = j0;
                }
                if get(&least, j) < delta {
                    delta = get(&least, j);
                    j1 = j;
                }
            }
            for j in 0..=m {
                if used.get(j).copied().unwrap_or(false) {
                    let row = matched.get(j).copied().unwrap_or(0);
                    if let Some(u) = row_potential.get_mut(row) {
                        *u += delta;
                    }
                    if let Some(v) = col_potential.get_mut(j) {
                        *v -= delta;
                    }
                } else if let Some(l) = least.get_mut(j) {
                    *l -= delta;
                }
            }
            j0 = j1;
            if matched.get(j0).copied().unwrap_or(0) == 0 {
                break;
            }
        }
        while j0 != 0 {
            let j1 = way.get(j0).copied().unwrap_or(0);
            let row = matched.get(j1).copied().unwrap_or(0);
            if let Some(slot) = matched.get_mut(j0) {
                *slot = row;
            }
            j0 = j1;
        }
    }
    let mut out = vec![usize::MAX; n];
    for (j, &row) in matched.iter().enumerate().skip(1) {
        if let Some(slot) = row.checked_sub(1).and_then(|i| out.get_mut(i)) {
            *slot = j - 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::best_matching;

    #[test]
    fn the_best_whole_beats_the_best_single_choice() {
        // greedy takes (0,0) = -3 and is left with (1,1) = 0; together (0,1) and (1,0) are better
        let cost = vec![vec![-3.0, -2.5, 0.0], vec![-2.9, 0.0, 0.0]];
        assert_eq!(best_matching(&cost), [1, 0]);
        assert_eq!(best_matching(&[]), Vec::<usize>::new());
    }
}
