//! Points earned and weights, department by level-1 and level-2 indicator.

use super::View;
use super::project::Scores;
use crate::quantity::{Points, Text};
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, HashMap};

/// Level-2 indicators in the order of the national forms, each with its level 1.
const LEVEL2_ORDER: [&str; 8] = ["数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续影响"];

/// A column: a level-1 indicator, or a level-2 one below it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// Level 1, canonical.
    pub(crate) level1: Text,
    /// Level 2, canonical; `None` for the level-1 column itself.
    pub(crate) level2: Option<Text>,
}

/// Σ points and Σ weights of a department in a column; `None`: it has no such indicator.
pub(crate) type Sums = Option<(Points, Points)>;

/// The table department × indicator.
#[derive(Default)]
pub(crate) struct Matrix {
    /// Columns: level 1 first, then level 2 by level 1.
    pub(crate) columns: Vec<Key>,
    /// Departments by name in the order of the ranking, with one value a column.
    pub(crate) rows: Vec<(String, Vec<Sums>)>,
}

/// A level-2 name without numbers, brackets, blanks, the word 指标 and the name of its level 1 before it:
/// `数量指标（10分）` and `产出数量` → `数量`.
fn level2_name(written: &str, level1: &str) -> Text {
    let mut out = String::new();
    let mut depth = 0_u32;
    for c in written.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth > 0 || c.is_whitespace() || c.is_ascii_digit() => {}
            '、' | '.' | '．' | ':' | '：' | '-' | '—' => {}
            _ => out.push(c),
        }
    }
    let name = out.strip_suffix("指标").unwrap_or(&out);
    match name.strip_prefix(level1) {
        Some(rest) if rest.chars().count() >= 2 => rest.into(),
        Some(_) | None => name.into(),
    }
}

impl Matrix {
    /// Sums over the projects that count, indicators with both weight and score.
    pub(super) fn new(view: &View<'_>, scores: &Scores<'_>) -> Self {
        let mut ids: BTreeMap<Key, usize> = BTreeMap::new();
        let mut counts: Vec<usize> = Vec::new();
        // Columns of an indicator by its levels as written.
        let mut known: HashMap<(&Text, Option<&Text>), [Option<usize>; 2], RandomState> = HashMap::default();
        let mut sums: BTreeMap<&str, Vec<(i64, i64)>> = BTreeMap::new();
        let projects = view
            .projects
            .iter()
            .filter_map(|project| Some((project.department?, scores.get(&*project.evaluation.evaluation_id)?)));
        for (department, rows) in projects {
            let sums = sums.entry(department).or_default();
            for row in rows {
                let (Some(weight), Some(score), Some(level1)) = (row.weight, row.score, row.level1.as_ref()) else {
                    continue;
                };
                let level2 = row.level2.as_ref();
                let columns = *known.entry((level1, level2)).or_insert_with(|| {
                    let name = level2.map(|written| level2_name(written, level1));
                    let name = name.filter(|name| !name.is_empty() && name != level1);
                    let mut id = |level2| {
                        let next = ids.len();
                        *ids.entry(Key { level1: level1.clone(), level2 }).or_insert(next)
                    };
                    [Some(id(None)), name.map(|name| id(Some(name)))]
                });
                let width = ids.len();
                counts.resize(width, 0);
                sums.resize(width.max(sums.len()), (0, 0));
                for column in columns.into_iter().flatten() {
                    if let Some(count) = counts.get_mut(column) {
                        *count += 1;
                    }
                    if let Some(sum) = sums.get_mut(column) {
                        sum.0 += score.scaled();
                        sum.1 += weight.scaled();
                    }
                }
            }
        }
        let count_of = |id: &usize| counts.get(*id).copied().unwrap_or(0);
        let columns = Self::columns(view, &ids.iter().map(|(key, id)| (key.clone(), count_of(id))).collect());
        let rows = view
            .departments
            .iter()
            .filter(|place| place.sum.projects > 0)
            .map(|place| {
                let name = &*place.row.department;
                let own = sums.get(name);
                let cell = |key: &Key| {
                    let (score, weight) = own?.get(*ids.get(key)?)?;
                    Points::from_scaled(*score)
                        .zip(Points::from_scaled(*weight))
                        .filter(|(_, weight)| *weight > Points::ZERO)
                };
                (name.to_owned(), columns.iter().map(cell).collect())
            })
            .collect();
        Self { columns, rows }
    }

    fn columns(view: &View<'_>, counts: &BTreeMap<Key, usize>) -> Vec<Key> {
        let level1_place = |name: &str| view.parts.iter().position(|part| **part == *name).unwrap_or(usize::MAX);
        let level2_place = |name: &Option<Text>| {
            LEVEL2_ORDER.iter().position(|known| name.as_deref() == Some(known)).unwrap_or(usize::MAX)
        };
        let mut keys: Vec<&Key> = counts.keys().collect();
        keys.sort_by(|a, b| {
            let place = |key: &Key| (key.level2.is_some(), level1_place(&key.level1), level2_place(&key.level2));
            let seen = |key: &Key| counts.get(key).copied().unwrap_or(0);
            place(a)
                .cmp(&place(b))
                .then_with(|| a.level1.cmp(&b.level1))
                .then_with(|| seen(b).cmp(&seen(a)))
                .then_with(|| a.level2.cmp(&b.level2))
        });
        // A level 1 with a single level 2 of its own shows nothing new.
        let singles = |key: &&&Key| {
            key.level2.is_none() || counts.keys().filter(|k| k.level1 == key.level1 && k.level2.is_some()).count() > 1
        };
        keys.iter().filter(singles).map(|key| (*key).clone()).collect()
    }

    /// Σ over all departments in a column.
    pub(crate) fn total(&self, column: usize) -> Sums {
        let cells = self.rows.iter().filter_map(|(_, cells)| cells.get(column).copied().flatten());
        let (score, weight) = cells.fold((0, 0), |(s, w), (score, weight)| (s + score.scaled(), w + weight.scaled()));
        Points::from_scaled(score).zip(Points::from_scaled(weight)).filter(|(_, weight)| *weight > Points::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::level2_name;

    #[test]
    fn names_lose_what_is_not_a_name() {
        for (written, name) in [
            ("数量指标", "数量"),
            ("质量指标\n（10分）", "质量"),
            ("2、经济效益 指标", "经济效益"),
            ("产出数量 (8分)", "数量"),
            ("产出物", "产出物"),
            ("满意度指标(5)", "满意度"),
        ] {
            assert_eq!(&*level2_name(written, "产出"), name);
        }
    }
}
