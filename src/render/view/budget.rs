//! Money by source and by economic classification.

use super::View;
use crate::district::Bulk;
use crate::finding::Status;
use crate::form::{Classification, Source, subjects};
use crate::quantity::{Money, Text};
use crate::render::words;
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The three figures of a line; `None`: not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct MoneyLine {
    /// 年初预算数.
    pub(crate) original: Option<Money>,
    /// 全年预算数.
    pub(crate) revised: Option<Money>,
    /// 全年执行数.
    pub(crate) outturn: Option<Money>,
}

impl MoneyLine {
    /// The sum of two lines.
    pub(crate) fn plus(mut self, other: Self) -> Self {
        self.add(other);
        self
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.original = plus(self.original, other.original);
        self.revised = plus(self.revised, other.revised);
        self.outturn = plus(self.outturn, other.outturn);
    }

    fn minus(self, other: Self) -> Self {
        let minus = |a: Option<Money>, b: Option<Money>| a?.checked_sub(b.unwrap_or(Money::ZERO));
        Self {
            original: minus(self.original, other.original),
            revised: minus(self.revised, other.revised),
            outturn: minus(self.outturn, other.outturn),
        }
    }

    fn is_nothing(self) -> bool {
        [self.original, self.revised, self.outturn].iter().all(|money| money.is_none_or(|m| m == Money::ZERO))
    }
}

/// A sum in which an unknown amount adds nothing; unknown where all are.
fn plus(a: Option<Money>, b: Option<Money>) -> Option<Money> {
    match (a, b) {
        (Some(a), Some(b)) => a.checked_add(b),
        (one, None) | (None, one) => one,
    }
}

/// A source of money.
pub(crate) struct SourceLine {
    /// Its name.
    pub(crate) name: String,
    /// Its figures.
    pub(crate) line: MoneyLine,
}

/// Σ by source over the projects that count; what a form's total leaves over without a source is its own line, so that the
/// lines add up to the budgets and outturns of the projects.
pub(super) fn sources(view: &View<'_>, funds: Vec<(Text, MoneyLine)>) -> Vec<SourceLine> {
    let (mut total, mut divided) = (MoneyLine::default(), MoneyLine::default());
    for project in &view.projects {
        let original = project.evaluation.original_budget;
        total.add(MoneyLine { original, revised: project.budget, outturn: project.outturn });
    }
    for (_, line) in &funds {
        divided.add(*line);
    }
    let known = [Source::Fiscal, Source::Carryover, Source::Other];
    let place = |code: &str| known.iter().position(|source| source.code() == code).unwrap_or(known.len());
    let mut sums = funds;
    sums.sort_by_key(|(code, _)| place(code));
    let mut lines: Vec<SourceLine> = sums
        .into_iter()
        .filter(|(_, line)| *line != MoneyLine::default())
        .map(|(code, line)| SourceLine { name: source_name(view, &code), line })
        .collect();
    let rest = total.minus(divided);
    if !rest.is_nothing() || lines.is_empty() {
        lines.push(SourceLine { name: view.say(words::UNDIVIDED).to_owned(), line: rest });
    }
    lines
}

fn source_name(view: &View<'_>, code: &str) -> String {
    let known =
        [(Source::Fiscal, words::FISCAL), (Source::Carryover, words::CARRYOVER), (Source::Other, words::OTHER_MONEY)];
    known
        .iter()
        .find(|(source, _)| source.code() == code)
        .map_or_else(|| code.to_owned(), |(_, w)| view.say(*w).to_owned())
}

/// A line of the economic classification: a class with its items.
pub(crate) struct ClassLine {
    /// Code of the class; empty for lines without a code.
    pub(crate) code: String,
    /// Its name.
    pub(crate) name: String,
    /// Items: code, name, figures.
    pub(crate) items: Vec<(String, String, MoneyLine)>,
}

/// Digits of a class in the economic classification.
const CLASS_DIGITS: usize = 3;

/// Σ by economic classification over one table a department (the one with most coded lines), reporting year only. Only
/// lines without a finer line below them are added, so that nothing counts twice.
pub(super) fn economic(view: &View<'_>, bulk: &Bulk) -> Vec<ClassLine> {
    let tables = chosen_tables(view, bulk);
    let mut items: HashMap<(bool, &str), (&str, MoneyLine), RandomState> = HashMap::default();
    let mut class_names: BTreeMap<&str, &str> = BTreeMap::new();
    for table in &tables {
        let finer = finer(table);
        for (row, has_finer) in table.iter().zip(finer).filter(|(row, _)| !row.is_total) {
            let (code, name) = (row.code.as_deref().unwrap_or_default(), row.name.as_deref().unwrap_or_default());
            if code.len() == CLASS_DIGITS {
                class_names.entry(code).or_insert(name);
            }
            if has_finer {
                continue;
            }
            let key = if code.is_empty() { (false, name) } else { (true, code) };
            items.entry(key).or_insert((name, MoneyLine::default())).1.add(row.line);
        }
    }
    let mut items: Vec<ItemLine<'_>> =
        items.into_iter().map(|((is_coded, key), (name, line))| ItemLine { is_coded, key, name, line }).collect();
    items.sort_unstable_by_key(|item| (!item.is_coded, item.key));
    classes(view, items, &class_names)
}

/// Whether each line of a table has a code with which that of another line begins.
fn finer(table: &[TableLine]) -> Vec<bool> {
    // A table has far more lines than codes.
    let codes: BTreeSet<&str> = table.iter().filter_map(|row| row.code.as_deref()).collect();
    let mut wider: BTreeSet<&str> = BTreeSet::new();
    for code in &codes {
        wider.extend((1..code.len()).filter_map(|end| code.get(..end)).filter(|start| codes.contains(start)));
    }
    table.iter().map(|row| row.code.as_deref().is_some_and(|code| wider.contains(code))).collect()
}

/// An item by its code; by its name where it has none.
struct ItemLine<'a> {
    is_coded: bool,
    key: &'a str,
    name: &'a str,
    line: MoneyLine,
}

fn classes(view: &View<'_>, items: Vec<ItemLine<'_>>, names: &BTreeMap<&str, &str>) -> Vec<ClassLine> {
    let mut classes: Vec<ClassLine> = Vec::new();
    for ItemLine { is_coded, key, name, line } in items {
        let class: String = if is_coded { key.chars().take(CLASS_DIGITS).collect() } else { String::new() };
        let (code, name) = match (is_coded, key.chars().count() <= CLASS_DIGITS) {
            (true, true) => (String::new(), view.fill(words::CLASS_LEVEL_ONLY, &[("name", name)])),
            (true, false) => (key.to_owned(), name.to_owned()),
            (false, _) => (String::new(), name.to_owned()),
        };
        if classes.last().is_none_or(|last| last.code != class) {
            let name = match names.get(&*class) {
                Some(name) => (*name).to_owned(),
                None if class.is_empty() => view.say(words::UNCODED).to_owned(),
                None => subjects::name_of(&class).unwrap_or_default().to_owned(),
            };
            classes.push(ClassLine { code: class, name, items: Vec::new() });
        }
        if let Some(last) = classes.last_mut() {
            last.items.push((code, name, line));
        }
    }
    classes
}

/// What is needed of a line of a table.
struct TableLine {
    code: Option<Text>,
    name: Option<Text>,
    is_total: bool,
    line: MoneyLine,
}

/// For each department its table with most coded lines; of two alike the first.
fn chosen_tables(view: &View<'_>, bulk: &Bulk) -> Vec<Vec<TableLine>> {
    type Key = (Option<Text>, u32, Text);
    let mut tables: BTreeMap<Key, Vec<TableLine>> = BTreeMap::new();
    let is_used = |id: u32| view.file(id).is_some_and(|file| &*file.status == Status::Imported.code());
    // The lines of a table follow one another.
    let mut last: Option<Key> = None;
    let mut together: Vec<TableLine> = Vec::new();
    bulk.lines_of(Classification::Economic.code(), |table, line| {
        if table.year.is_some() && table.year != view.district.year {
            return;
        }
        let is_same = |key: &Key| (key.0.as_ref(), key.1, &key.2) == (table.department, table.file_id, table.sheet);
        if !last.as_ref().is_some_and(is_same)
            && let Some(key) = last.replace((table.department.cloned(), table.file_id, table.sheet.clone()))
        {
            tables.entry(key).or_default().append(&mut together);
        }
        together.push(TableLine {
            code: line.code.cloned(),
            name: line.name.cloned(),
            is_total: line.is_total,
            line: MoneyLine { original: line.original_budget, revised: line.revised_budget, outturn: line.outturn },
        });
    });
    if let Some(key) = last {
        tables.entry(key).or_default().append(&mut together);
    }
    tables.retain(|(_, file_id, _), _| is_used(*file_id));
    let coded = |lines: &[TableLine]| lines.iter().filter(|line| line.code.is_some()).count();
    let mut chosen: BTreeMap<Option<Text>, Vec<TableLine>> = BTreeMap::new();
    for ((department, _, _), lines) in tables {
        if chosen.get(&department).is_none_or(|best| coded(best) < coded(&lines)) {
            chosen.insert(department, lines);
        }
    }
    chosen.into_values().collect()
}
