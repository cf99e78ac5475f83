//! What each row shows by itself.
//!
//! Input → output: the page → one [`RowEvidence`] a line. Invariant: nothing here names a form; a row may show several things.

use super::concept::{Concept, Concepts, Kind, LEVEL_COLUMNS};
use super::grid::Page;
use super::title::TitleLook;
use super::word::Word;
use std::ops::Range;

/// What a row shows.
#[derive(Debug, Clone, Default)]
pub(super) struct RowEvidence {
    /// A title.
    pub title: Option<TitleLook>,
    /// A label for the project, with room for a value.
    pub project: bool,
    /// A label for the department or unit, with room for a value.
    pub department: bool,
    /// Any label of a head.
    pub field: bool,
    /// The head of a funding block.
    pub money_head: bool,
    /// A source with its amounts.
    pub source: bool,
    /// The goals' head.
    pub goal: bool,
    /// The head of an indicator table: its words, for telling a reprint from another table.
    pub indicator_head: Option<String>,
    /// Whether that head begins with a section label (长期绩效指标).
    pub sectioned: bool,
    /// The head of a budget table.
    pub budget_head: Option<String>,
    /// The first level that begins here.
    pub level: Option<Concept>,
    /// A total row.
    pub total: bool,
    /// Notes, approvals, signatures.
    pub tail: bool,
    /// Figures in it.
    pub figures: usize,
    /// Texts that begin in it.
    pub texts: usize,
    /// Blank rows before it that no merged box covers.
    pub gap: u32,
}

const VALUE_COLUMNS: Concepts = Concepts::of(&[
    Concept::Target,
    Concept::Actual,
    Concept::Weight,
    Concept::Score,
    Concept::Review,
    Concept::Operator,
    Concept::UnitOfMeasure,
    Concept::Note,
    Concept::Criteria,
    Concept::Coefficient,
    Concept::AdjustedTarget,
    Concept::Nature,
]);

/// Whether some words of one row make the head of an indicator table: two column words or more, one of them a level or
/// three of them values, and no funding head.
pub(super) fn is_indicator_head(words: &[&Word]) -> bool {
    const CODES: Concepts = Concepts::of(&[Concept::Code, Concept::CodeClass, Concept::CodeSubclass]);
    let count = |is: &dyn Fn(&Word) -> bool| words.iter().filter(|w| is(w)).count();
    let columns =
        count(&|w| w.means_any(LEVEL_COLUMNS) || w.means(Concept::IndicatorName) || w.means_any(VALUE_COLUMNS));
    if columns < 2 {
        return false;
    }
    let levels = count(&|w| w.means_any(LEVEL_COLUMNS));
    let strict = count(&|w| w.means_any(LEVEL_COLUMNS) && w.raw.contains('级'));
    let names = count(&|w| w.means(Concept::IndicatorName));
    let values = count(&|w| w.means_any(VALUE_COLUMNS));
    let money = count(&Word::is_measure);
    let sure = [Concept::Target, Concept::Actual, Concept::Weight, Concept::Score];
    let scored = words.iter().any(|w| sure.iter().any(|&c| w.strength(c).is_some_and(|s| s > 2.5)));
    if money >= 2 && strict == 0 {
        return false;
    }
    let budget = count(&|w| w.means_any(CODES));
    if budget > 0 && strict == 0 || !scored && words.iter().any(|w| is_quota(w)) {
        return false;
    }
    strict >= 2
        || (strict >= 1 || levels + names >= 1) && values >= 1 && columns >= 3
        || strict >= 1 && columns >= 2
        || values >= 3 && names + levels >= 1
}

/// 指标 in the sense of a quota: 指标文号, 指标额度, 指标余额.
fn is_quota(word: &Word) -> bool {
    let core = word.core();
    core.contains("指标") && ["文号", "额度", "余额", "金额", "来源", "下达"].iter().any(|part| core.contains(part))
}

/// Whether some words of one row make the head of a budget table.
pub(super) fn is_budget_head(words: &[&Word]) -> bool {
    const PLACES: Concepts = Concepts::of(&[
        Concept::Code,
        Concept::BudgetName,
        Concept::CodeClass,
        Concept::LineNumber,
        Concept::IncomeHalf,
        Concept::ExpenditureHalf,
        Concept::Sangong,
    ]);
    const AMOUNTS: Concepts = Concepts::of(&[
        Concept::Amount,
        Concept::Basic,
        Concept::ProjectExpenditure,
        Concept::FiscalColumn,
        Concept::General,
        Concept::Fund,
        Concept::Capital,
        Concept::CarryoverColumn,
        Concept::Personnel,
        Concept::Operating,
        Concept::LastYear,
        Concept::Change,
        Concept::OtherMoney,
        Concept::Sangong,
        Concept::Balance,
        Concept::Adjustment,
    ]);
    let places = words.iter().filter(|w| w.means_any(PLACES)).count();
    let money = words.iter().filter(|w| w.is_measure() || w.means_any(AMOUNTS)).count();
    let levels = words.iter().filter(|w| w.means_any(LEVEL_COLUMNS) && w.raw.contains('级')).count();
    let all_heads = words.iter().all(|w| {
        w.is_kind(Kind::Budget)
            || w.is_kind(Kind::Money)
            || w.means_any(Concepts::of(&[Concept::Note, Concept::Serial]))
    });
    // 数量, 单价 beside the name and the amount: a purchase budget
    let purchase = || {
        const WORDS: [&str; 4] = ["数量", "单价", "采购数量", "规格型号"];
        words.iter().filter(|w| WORDS.contains(&&**w.core())).count()
    };
    levels == 0 && places >= 1 && money >= 1 && purchase() >= 2
        || levels == 0
            && words.len() >= 2
            && (places >= 1 && money >= 1 && (places + money >= 3 || all_heads)
                || places >= 2 && money >= 1
                || places >= 2 && words.len() == places
                || money >= 3 && words.len() == money)
}

/// The first level that a word names.
fn level_of(word: &Word) -> Option<Concept> {
    word.best(Kind::Level).map(|hit| hit.concept).filter(|&concept| concept != Concept::Second)
}

/// The column in which the names of indicators begin, by the words of a head.
fn name_column(page: Page, starts: &[u32]) -> Option<u32> {
    let heads =
        |concept: Concept| starts.iter().copied().filter(move |&id| page.word(id).is_some_and(|w| w.means(concept)));
    heads(Concept::Level3).next().or_else(|| heads(Concept::IndicatorName).next_back()).map(|id| page.cell(id).col)
}

/// Looks at all lines of a page.
pub(super) fn evidence(page: Page) -> Vec<RowEvidence> {
    let mut out: Vec<RowEvidence> = Vec::with_capacity(page.grid.lines.len());
    let mut end: Option<u32> = None;
    let (mut starts, mut words) = (Vec::new(), Vec::new());
    let mut names_from: Option<u32> = None;
    for line in &page.grid.lines {
        let mut row = RowEvidence {
            gap: end.map_or(line.row.min(2), |end| line.row.saturating_sub(end + 1)),
            ..RowEvidence::default()
        };
        starts.clear();
        starts.extend(line.starts());
        for &id in &starts {
            end = end.max(page.item(id).map(|i| i.area.last.row));
            row.figures += usize::from(page.is_figure(id));
        }
        words.clear();
        words.extend(starts.iter().filter_map(|&id| page.word(id)).filter(|w| w.numeral.is_none() && !w.mark));
        row.texts = words.len();
        let from_above = line.items.first().is_some_and(|&id| page.cell(id).row < line.row && page.is_text(id));
        look(page, &starts, &words, from_above, &mut row);
        // below a level's box only its parts begin
        let level_above = line.items.iter().any(|&id| {
            page.cell(id).row < line.row
                && page.word(id).is_some_and(|w| w.is_kind(Kind::Level) && !w.is_kind(Kind::Section))
        });
        if row.indicator_head.is_some() {
            names_from = name_column(page, &starts);
        } else if row.title == Some(TitleLook::Strong) {
            names_from = None;
        }
        // 预算执行率 among the names is an indicator, no first level
        let leader = starts.iter().copied().find(|&id| page.word(id).is_some_and(|w| level_of(w).is_some()));
        if level_above || leader.zip(names_from).is_some_and(|(id, from)| page.cell(id).col >= from) {
            row.level = None;
        }
        out.push(row);
    }
    // a weak title is one only when a head or a field follows soon
    for i in 0..out.len() {
        let soon = out
            .iter()
            .skip(i + 1)
            .take(4)
            .any(|r| r.field || r.money_head || r.indicator_head.is_some() || r.budget_head.is_some());
        if let Some(row) = out.get_mut(i)
            && row.title == Some(TitleLook::Weak)
            && !soon
        {
            row.title = None;
        }
    }
    for i in 0..out.len() {
        let followed = out.iter().skip(i + 1).take(4).filter(|r| r.texts >= 1 && r.figures >= 1).count() >= 2;
        if let Some((line, row)) = page.grid.lines.get(i).zip(out.get_mut(i))
            && followed
            && row.budget_head.is_none()
            && row.figures == 0
            && (2..=5).contains(&row.texts)
            && row.indicator_head.is_none()
            && !row.money_head
            && !row.total
        {
            row.budget_head = pair_head(page, line.starts());
        }
    }
    out
}

/// The head of a small table, a name and its amounts: 项目 | 预算数.
fn pair_head(page: Page, starts: Range<u32>) -> Option<String> {
    let words: Vec<&Word> = starts.filter_map(|id| page.word(id)).collect();
    let (name, money) = words.split_first()?;
    let plain = words.iter().all(|w| w.label.tail.is_none() && w.length <= 24);
    let amounts = money.iter().any(|w| w.is_measure() || w.means(Concept::Amount));
    (plain && amounts && name.means(Concept::BudgetName)).then(|| key(&words))
}

fn look(page: Page, starts: &[u32], words: &[&Word], from_above: bool, row: &mut RowEvidence) {
    let Some(first) = words.first() else { return };
    let aside = |w: &Word| {
        w.means(Concept::MoneyUnit)
            || w.raw.starts_with("公开")
            || w.raw.starts_with("附")
            || w.raw.starts_with("表")
            || w.length <= 2
            || w.label.unit.is_some() && w.label.core.len() <= 4
    };
    if row.figures == 0 && !from_above {
        let mut candidates = words.iter().filter(|w| !aside(w) || w.title() == Some(TitleLook::Strong));
        let only = candidates.next().filter(|_| candidates.next().is_none());
        row.title = only.and_then(|only| only.title());
        if row.title == Some(TitleLook::Weak) && words.len() > 1 {
            row.title = None;
        }
    }
    row.tail = first.means(Concept::TailLine) && row.title.is_none() && row.figures == 0;
    if row.title == Some(TitleLook::Strong) {
        return;
    }
    let few_figures = row.figures == 0;
    if few_figures && is_indicator_head(words) {
        row.indicator_head = Some(key(words));
        let levels = words.iter().skip(1).any(|w| w.means_any(LEVEL_COLUMNS));
        row.sectioned = levels && first.is_kind(Kind::Section) && !first.means_any(LEVEL_COLUMNS);
        row.tail = false;
    }
    let years_only =
        starts.iter().all(|&id| page.number(id).is_none_or(|n| n.is_whole() && n >= 1990.into() && n <= 2099.into()));
    if row.indicator_head.is_none() {
        let measured: Vec<&Word> = words.iter().copied().filter(|w| w.is_measure()).collect();
        let mut kinds: Vec<Concept> = measured.iter().filter_map(|w| w.best(Kind::Money)).map(|h| h.concept).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let measures = kinds.len();
        let levelled = || words.iter().any(|w| w.is_kind(Kind::Level) && !w.is_kind(Kind::Money));
        let labels = || words.iter().filter(|w| w.is_kind(Kind::Head) && !w.is_measure()).count();
        // one measure twice in a row of other words is an indicator beside its twin, no head
        let telling = || {
            measured.windows(2).any(|w| matches!(w, [a, b] if a.label.core != b.label.core)) || measures == words.len()
        };
        row.money_head = measures >= 2
            && (few_figures || row.figures < measures)
            && !levelled()
            && telling()
            && labels() <= measures;
        if years_only && is_budget_head(words) {
            row.budget_head = Some(key(words));
        }
    }
    if row.indicator_head.is_some() {
        return;
    }
    fields(page, starts, row);
    let second = words.get(1);
    row.total = first.means(Concept::GrandTotal) && row.budget_head.is_none() && !row.money_head;
    row.goal = words.iter().any(|w| {
        w.means_any(Concepts::of(&[Concept::GoalExpected, Concept::GoalActual])) || w.means(Concept::GoalSection)
    }) && !row.money_head
        && row.figures <= 1;
    let sourced = |w: &&Word| w.is_kind(Kind::Source) && !w.means(Concept::GrandTotal);
    row.source = row.figures > 0 && (sourced(first) || second.is_some_and(sourced));
    if words.len() >= 2 && !row.money_head && row.budget_head.is_none() && !row.field {
        row.level =
            level_of(first).or_else(|| second.filter(|_| first.is_kind(Kind::Section)).and_then(|w| level_of(w)));
    }
}

/// Labels of a head: a known label with room for its value, that is no column of a table.
fn fields(page: Page, starts: &[u32], row: &mut RowEvidence) {
    let mut labels = 0;
    for (i, &id) in starts.iter().enumerate() {
        let Some(word) = page.word(id) else { continue };
        if !word.is_kind(Kind::Head) || word.means(Concept::MoneyUnit) && !word.means(Concept::Organisation) {
            continue;
        }
        let tail = word.label.tail.is_some();
        let next = starts.get(i + 1).copied();
        let next_is_label =
            next.and_then(|n| page.word(n)).is_some_and(|w| !w.hits.is_empty() && w.label.tail.is_none());
        labels += 1;
        let valued = tail || next.is_some() && !next_is_label || i + 1 == starts.len();
        if !valued || row.budget_head.is_some() && !tail {
            continue;
        }
        row.field = true;
        let clear = word.strength(Concept::Project).is_some() && (tail || next.is_some());
        row.project |= clear && i == 0;
        let organisation =
            [Concept::Department, Concept::Unit, Concept::Organisation].into_iter().any(|c| word.means(c));
        row.department |= organisation && i == 0 && (tail || next.is_some()) && word.length > 2;
    }
    // a row of labels whose values stand below it
    row.field |= labels >= 3 && labels == starts.len() && row.budget_head.is_none() && !row.money_head;
}

fn key(words: &[&Word]) -> String {
    let mut out = String::new();
    for word in words {
        out.extend(&word.label.core);
        out.push('|');
    }
    out
}
