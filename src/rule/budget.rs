//! S35 and S04 on budget, execution and final-account tables.
//!
//! Input → output: the figures of a table and the levels of its lines → a network of balances: total = Σ classes, class =
//! Σ subclasses, subclass = Σ items in every column, 合计 = 基本 + 项目 and the three public expenses in every row. When
//! more fails than single slips explain, the structure was not understood, and nothing is said.

use super::balance::{blamed, is_unit_slip};
use super::blame::{Balance, Fix, Network, Node, Whole};
use super::check::{Check, figures};
use super::tolerance::{Accuracy, Verdict};
use crate::finding::catalogue::form::{
    CODE_AND_NAME_DIFFER, HIDDEN_LINE, INCOME_NOT_EXPENDITURE, LINE_AFTER_TOTAL, LINE_RATE_DIFFERS, LINE_TWICE,
    LISTED_PARTS_INCOMPLETE, NAME_NOT_STANDARD, SANGONG_DOES_NOT_ADD_UP, TABLE_DOES_NOT_ADD_UP, UNIT_SLIP,
};
use crate::finding::{Level, Rule};
use crate::form::subjects::{mismatch, nearly};
use crate::form::{BudgetLine, Classification, FieldExt, Figure, FigureValue, Form};
use crate::quantity::{Amount, CellRef, Decimal};
use foldhash::fast::RandomState;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A money figure and the line it belongs to.
struct Money<'a> {
    figure: &'a Figure,
    line: Option<usize>,
    node: usize,
}

/// What a balance is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lines { whole: usize },
    Columns,
    Sangong,
    Sides,
}

/// The figures of a table as a network.
struct Table<'a> {
    form: &'a Form,
    network: Network,
    kinds: Vec<Kind>,
    money: Vec<Money<'a>>,
    /// For each line its columns with their nodes, in the order of the columns.
    at: Vec<Vec<(u32, usize)>>,
    /// For each line its parts; empty where it has none.
    parts: Vec<Vec<usize>>,
    /// Lines that stand below the total without being in it.
    after: Vec<usize>,
}

pub(super) fn check(check: &mut Check<'_>) {
    let mut table = Table::new(check.form);
    table.line_balances();
    table.column_balances();
    table.sides();
    let twice = table.twice();
    let fixes = table.network.localise();
    let most = 4.max(table.network.balances.len() / 4);
    if fixes.len() <= most {
        let mut said = Vec::new();
        for &(first, second) in &twice {
            if let Some(finding) = table.line_twice(check, first, second) {
                said.push(first);
                check.push(finding);
            }
        }
        for fix in &fixes {
            if !said.iter().any(|&line| table.explains(line, fix)) {
                table.report(check, fix);
            }
        }
        table.roundings(check, &fixes);
        table.after_total(check);
    }
    rates(check);
    hidden(check, &table);
    names(check);
}

/// Subtotals of a strand: they are sums of lines, not lines.
fn is_subtotal(name: &str) -> bool {
    let name = name.trim();
    ["合计", "小计", "总计"].iter().any(|word| name.ends_with(word)) || name.ends_with("合 计")
}

/// `其中：` opens a list that need not be complete.
fn is_among(name: &str) -> bool {
    name.trim_start().starts_with("其中")
}

impl<'a> Table<'a> {
    fn new(form: &'a Form) -> Self {
        let amounts: Vec<(&Figure, &Amount)> = form
            .figures
            .iter()
            .filter_map(|figure| match &figure.value {
                FigureValue::Money(amount) => Some((figure, amount)),
                FigureValue::Number { .. } => None,
            })
            .collect();
        let accuracy = Accuracy::of(amounts.iter().map(|(_, amount)| *amount));
        // Side by side tables: a figure belongs to the nearest line on its left.
        let mut places: Vec<(u32, u32, usize)> =
            form.lines.iter().enumerate().map(|(at, line)| (line.row, line.cell.col, at)).collect();
        places.sort_unstable();
        let mut this = Self {
            form,
            network: Network::default(),
            kinds: Vec::new(),
            money: Vec::with_capacity(amounts.len()),
            at: vec![Vec::new(); form.lines.len()],
            parts: vec![Vec::new(); form.lines.len()],
            after: Vec::new(),
        };
        this.network.nodes.reserve(amounts.len());
        let mut behind: usize = 0;
        for (figure, amount) in amounts {
            let CellRef { row, col } = figure.cell;
            let is_before = |place: &(u32, u32, usize)| (place.0, place.1) <= (row, col);
            // Nearly every figure follows the one before, in its line or the next one.
            let follows = [behind, behind + 1].into_iter().find(|&n| {
                n.checked_sub(1).is_none_or(|last| places.get(last).is_some_and(is_before))
                    && places.get(n).is_none_or(|next| !is_before(next))
            });
            behind = follows.unwrap_or_else(|| places.partition_point(is_before));
            let nearest = behind.checked_sub(1).and_then(|before| places.get(before));
            let line = nearest.filter(|(r, ..)| *r == row).map(|(.., line)| *line);
            let node = this.network.node(Node {
                cell: figure.cell,
                value: amount.money.yuan(),
                half: accuracy.half(amount),
                given: true,
                prefer: 1,
            });
            if let Some(own) = line.and_then(|line| this.at.get_mut(line)) {
                match own.binary_search_by_key(&col, |(col, _)| *col) {
                    Ok(known) => {
                        if let Some(slot) = own.get_mut(known) {
                            slot.1 = node;
                        }
                    }
                    Err(place) => own.insert(place, (col, node)),
                }
            }
            this.money.push(Money { figure, line, node });
        }
        this
    }

    fn line(&self, at: usize) -> Option<&'a BudgetLine> {
        self.form.lines.get(at)
    }

    /// The columns of a line, with their nodes.
    fn row(&self, line: usize) -> impl Iterator<Item = (u32, usize)> {
        self.at.get(line).map(Vec::as_slice).unwrap_or_default().iter().copied()
    }

    /// The node of a line in a column.
    fn node(&self, line: usize, column: u32) -> Option<usize> {
        self.row(line).find(|(col, _)| *col == column).map(|(_, node)| node)
    }

    /// The columns of a line whose amount is not zero, with their figures.
    fn filled(&self, line: usize) -> impl Iterator<Item = (u32, &Node)> {
        let figures = self.row(line).filter_map(|(col, n)| Some((col, self.network.nodes.get(n)?)));
        figures.filter(|(_, n)| !n.value.is_zero())
    }

    /// Whether the line has any amount other than zero.
    fn has_money(&self, line: usize) -> bool {
        self.filled(line).next().is_some()
    }

    fn push(&mut self, kind: Kind, balance: Balance) {
        self.network.balances.push(balance);
        self.kinds.push(kind);
    }

    /// Totals and their parts, strand by strand.
    fn line_balances(&mut self) {
        let mut strands: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, line) in self.form.lines.iter().enumerate() {
            strands.entry(line.cell.col).or_default().push(at);
        }
        for strand in strands.into_values() {
            self.strand(strand);
        }
        for whole in 0..self.parts.len() {
            let parts = self.parts.get(whole).cloned().unwrap_or_default();
            if parts.is_empty() || self.is_shifted(whole, &parts) {
                continue;
            }
            if parts.iter().any(|&part| {
                self.line(part).is_some_and(|l| is_among(&l.name) && l.classification != Classification::Sangong)
            }) {
                continue;
            }
            for (column, node) in self.row(whole).collect::<Vec<_>>() {
                let parts: Vec<usize> = parts.iter().filter_map(|&part| self.node(part, column)).collect();
                if !parts.is_empty() {
                    if let Some(node) = self.network.nodes.get_mut(node) {
                        node.prefer = 0;
                    }
                    self.push(Kind::Lines { whole }, Balance::Sum { whole: Whole::Node(node), parts });
                }
            }
        }
    }

    /// A total row whose figures begin left of its lines' and leave columns of theirs empty: cells were lost, and it proves
    /// nothing. A total with more columns than its lines (a budget given as a whole only) is none.
    fn is_shifted(&self, whole: usize, parts: &[usize]) -> bool {
        let filled = |line: usize| self.filled(line).map(|(col, _)| col);
        let columns: BTreeSet<u32> = parts.iter().flat_map(|&part| filled(part)).collect();
        let own: BTreeSet<u32> = filled(whole).collect();
        let before = own.first().zip(columns.first()).is_some_and(|(own, first)| own < first);
        before && !columns.is_subset(&own)
    }

    /// Parents by code where both have one, else by level; totals over the lines that have no parent.
    fn strand(&mut self, mut strand: Vec<usize>) {
        strand.sort_by_key(|&at| self.line(at).map(|l| l.row));
        let mut tops: Vec<usize> = Vec::new();
        let mut subtotals: Vec<(usize, usize)> = Vec::new();
        let mut totals: Vec<(usize, usize)> = Vec::new();
        let mut above = Above::default();
        for at in strand {
            let Some(line) = self.line(at) else { continue };
            if line.is_total {
                totals.push((at, tops.len()));
                continue;
            }
            let is_subtotal = is_subtotal(&line.name);
            if is_subtotal && line.code.is_none() {
                subtotals.push((at, tops.len()));
            } else if let Some(parent) = above.parent(line) {
                if let Some(parts) = self.parts.get_mut(parent) {
                    parts.push(at);
                }
            } else {
                tops.push(at);
            }
            if !is_subtotal {
                above.add(at, line);
            }
        }
        let mut from = 0;
        for &(subtotal, until) in &subtotals {
            let before = tops.get(from..until).unwrap_or_default().to_vec();
            // A subtotal above its lines cannot be told from one below; only lines before it are its own.
            if let Some(parts) = self.parts.get_mut(subtotal).filter(|_| before.len() > 1) {
                *parts = before;
            }
            from = until;
        }
        let [(total, until)] = totals.as_slice() else { return };
        let parts: Vec<usize> = match subtotals.as_slice() {
            [] => {
                let first_money = tops.iter().position(|&top| self.has_money(top));
                if *until > 0 && first_money.is_some_and(|first| first < *until) {
                    self.after = tops.get(*until..).unwrap_or_default().to_vec();
                    tops.get(..*until).unwrap_or_default().to_vec()
                } else {
                    tops
                }
            }
            // 本年收入合计, then carry-over, then the total of both; what makes up the carry-over may be listed below it.
            [(subtotal, behind)] => {
                let behind = tops.get(*behind..).unwrap_or_default();
                self.listed(*total, *subtotal, behind)
            }
            _ => subtotals
                .iter()
                .map(|(subtotal, _)| *subtotal)
                .chain(tops.get(from..).unwrap_or_default().iter().copied())
                .collect(),
        };
        if let Some(slot) = self.parts.get_mut(*total) {
            *slot = parts;
        }
    }

    /// The subtotal and those lines behind it that make up the total: `年初结转` and what it consists of stand in one list, so
    /// the longest beginning that balances is taken, else all.
    fn listed(&self, total: usize, subtotal: usize, behind: &[usize]) -> Vec<usize> {
        let first = |line: usize| {
            let node = self.row(line).next().and_then(|(_, n)| self.network.nodes.get(n));
            node.map_or(Decimal::ZERO, |n| n.value)
        };
        let with = |count: usize| -> Vec<usize> {
            std::iter::once(subtotal).chain(behind.iter().copied().take(count)).collect()
        };
        let balances = |count: &usize| Decimal::sum(with(*count).into_iter().map(first)) == Some(first(total));
        let count = (0..=behind.len()).rev().find(balances).unwrap_or(behind.len());
        with(count)
    }

    /// Row by row: 合计 = 基本支出 + 项目支出 and the like, by the words of the column heads.
    fn column_balances(&mut self) {
        // The three public expenses often stand in one row under their names: then the row belongs together.
        let beside =
            |money: &Money<'_>| money.line.filter(|_| money.figure.classification != Some(Classification::Sangong));
        let mut rows: Vec<(u32, Option<usize>, usize)> =
            self.money.iter().enumerate().map(|(at, money)| (money.figure.cell.row, beside(money), at)).collect();
        rows.sort_unstable();
        // A column that has figures in other rows is blank in this one.
        let mut columns: BTreeMap<u32, Head<'_>> = BTreeMap::new();
        for money in &self.money {
            if let Some(header) = money.figure.header.as_deref() {
                columns.entry(money.figure.cell.col).or_insert_with(|| Head::of(header));
            }
        }
        // Most rows have figures in the same columns, which then mean the same.
        let mut known: BTreeMap<Vec<u32>, Vec<RowBalance>> = BTreeMap::new();
        let (mut place, mut nodes) = (Vec::new(), Vec::new());
        let mut found = Vec::new();
        for members in rows.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let members = members.iter().filter_map(|&(.., at)| self.money.get(at));
            place.clear();
            nodes.clear();
            for money in members.filter(|money| columns.contains_key(&money.figure.cell.col)) {
                place.push(money.figure.cell.col);
                nodes.push(money.node);
            }
            let balances = if let Some(balances) = known.get(&place) {
                balances
            } else {
                let heads: Vec<&Head<'_>> = place.iter().filter_map(|col| columns.get(col)).collect();
                known.entry(place.clone()).or_insert(row_balances(&heads, &columns))
            };
            for (kind, whole, parts) in balances {
                if let Some(&whole) = nodes.get(*whole) {
                    let parts = parts.iter().filter_map(|&part| nodes.get(part).copied()).collect();
                    found.push((*kind, Balance::Sum { whole: Whole::Node(whole), parts }));
                }
            }
        }
        for (kind, balance) in found {
            self.push(kind, balance);
        }
    }

    /// 收入总计 = 支出总计, where both stand on the table.
    fn sides(&mut self) {
        let of = |word: &str| {
            let counts = |l: &&BudgetLine| l.name.trim_end().ends_with('计');
            let mut totals = self.form.lines.iter().enumerate().filter(|(_, l)| counts(l)).filter(|(_, l)| {
                let name: String = l.name.chars().filter(|c| !c.is_whitespace()).collect();
                name.contains(word)
                    && (name.ends_with("总计") || l.is_total && name.ends_with("合计") && !name.contains("本年"))
            });
            let first = totals.next().map(|(at, _)| at);
            first.filter(|_| totals.next().is_none())
        };
        let Some((income, expenditure)) = of("收入").zip(of("支出")) else { return };
        let first = |line: usize| self.row(line).next().map(|(_, node)| node);
        if let Some((income, expenditure)) = first(income).zip(first(expenditure)) {
            self.push(Kind::Sides, Balance::Sum { whole: Whole::Node(income), parts: vec![expenditure] });
        }
    }

    /// Neighbouring lines that are equal in everything and carry money.
    fn twice(&self) -> Vec<(usize, usize)> {
        let row = |line: usize| -> Vec<(u32, Decimal)> {
            self.row(line).filter_map(|(col, n)| self.network.nodes.get(n).map(|n| (col, n.value))).collect()
        };
        self.parts
            .iter()
            .flat_map(|parts| parts.iter().zip(parts.iter().skip(1)))
            .filter(|&(&a, &b)| {
                let same = self
                    .line(a)
                    .zip(self.line(b))
                    .is_some_and(|(a, b)| a.code == b.code && a.name == b.name && b.row == a.row + 1);
                same && self.has_money(a) && row(a) == row(b)
            })
            .map(|(&a, &b)| (a, b))
            .collect()
    }

    /// The finding, if the parent is off by just this line in the first column.
    fn line_twice(&self, check: &Check<'_>, first: usize, second: usize) -> Option<crate::finding::Finding> {
        let is_money = |n: usize| self.network.nodes.get(n).is_some_and(|n| !n.value.is_zero());
        let (column, node) = self.row(second).find(|(_, n)| is_money(*n))?;
        let value = self.network.nodes.get(node)?.value;
        let broken = self.network.balances.iter().enumerate().any(|(at, balance)| {
            matches!(balance, Balance::Sum { parts, .. } if parts.contains(&node))
                && self.network.state(at) == (Decimal::ZERO.checked_sub(value).unwrap_or_default(), Verdict::Real)
        });
        let cells = [self.network.nodes.get(node)?.cell, CellRef::new(self.line(first)?.row, column)];
        let finding = check.finding(&LINE_TWICE, cells).given(value).expected(Decimal::ZERO).difference(value);
        broken.then(|| finding.arg("label", self.line(second).map_or("", |l| l.name.trim())))
    }

    /// Whether a line that stands twice explains a fix: the fix touches its balances.
    fn explains(&self, line: usize, fix: &Fix) -> bool {
        let own: Vec<usize> = self.row(line).map(|(_, n)| n).collect();
        fix.balances.iter().any(|&b| matches!(self.network.balances.get(b), Some(Balance::Sum { parts, .. }) if parts.iter().any(|p| own.contains(p))))
    }

    fn label(&self, node: usize) -> &str {
        let line = self.money.get(node).and_then(|money| money.line).and_then(|line| self.line(line));
        let header = self.money.get(node).and_then(|money| money.figure.header.as_deref()).unwrap_or("");
        line.map(|l| l.name.trim()).filter(|name| !name.is_empty()).unwrap_or(header)
    }

    fn report(&self, check: &mut Check<'_>, fix: &Fix) {
        let kinds: Vec<Kind> = fix.balances.iter().filter_map(|&b| self.kinds.get(b).copied()).collect();
        let sangong = kinds.contains(&Kind::Sangong)
            || self.money.get(fix.node).is_some_and(|m| m.figure.classification == Some(Classification::Sangong));
        let rule: &'static Rule = if is_unit_slip(fix) {
            &UNIT_SLIP
        } else if kinds == [Kind::Sides] {
            &INCOME_NOT_EXPENDITURE
        } else if sangong {
            &SANGONG_DOES_NOT_ADD_UP
        } else if kinds.iter().any(|kind| self.incomplete_list(*kind)) {
            &LISTED_PARTS_INCOMPLETE
        } else {
            &TABLE_DOES_NOT_ADD_UP
        };
        // What an incomplete list falls short of is its whole.
        let whole = fix.balances.first().filter(|_| rule.code == LISTED_PARTS_INCOMPLETE.code);
        if let Some(&balance) = whole
            && let Some(Balance::Sum { whole: Whole::Node(whole), .. }) = self.network.balances.get(balance)
            && let Some(node) = self.network.nodes.get(*whole)
        {
            let (difference, _) = self.network.state(balance);
            let listed = node.value.checked_sub(difference).unwrap_or_default();
            let finding = figures(check.finding(rule, [node.cell]), node.value, listed);
            check.push(finding.arg("label", self.label(*whole)));
        } else if let Some(finding) = blamed(check, rule, &self.network, fix) {
            check.push(finding.arg("label", self.label(fix.node)));
        }
    }

    /// A list that says itself that it is not complete: `10万等`.
    fn incomplete_list(&self, kind: Kind) -> bool {
        let Kind::Lines { whole } = kind else { return false };
        let parts = self.parts.get(whole).map(Vec::as_slice).unwrap_or_default();
        parts.iter().any(|&part| {
            self.line(part).is_some_and(|l| l.name.trim_end().ends_with('等'))
                || self.money.iter().any(|m| m.line == Some(part) && m.figure.given.trim_end().ends_with('等'))
        })
    }

    fn roundings(&self, check: &mut Check<'_>, fixes: &[Fix]) {
        for (at, balance) in self.network.balances.iter().enumerate() {
            let (difference, verdict) = self.network.state(at);
            let Balance::Sum { whole: Whole::Node(whole), .. } = balance else { continue };
            if verdict != Verdict::Rounding || fixes.iter().any(|fix| fix.node == *whole) {
                continue;
            }
            let Some(node) = self.network.nodes.get(*whole) else { continue };
            let Some(expected) = node.value.checked_sub(difference) else { continue };
            let finding = figures(check.finding(&TABLE_DOES_NOT_ADD_UP, [node.cell]), node.value, expected);
            check.push(finding.rounding().arg("label", self.label(*whole)));
        }
    }

    /// Coded lines below the total, the lines above it being complete.
    fn after_total(&self, check: &mut Check<'_>) {
        for &at in &self.after {
            let Some(line) = self.line(at).filter(|l| l.code.is_some()) else { continue };
            if let Some((_, node)) = self.filled(at).next() {
                let finding = check.finding(&LINE_AFTER_TOTAL, [node.cell, line.cell]).given(node.value);
                check.push(finding.arg("label", line.name.trim()));
            }
        }
    }
}

/// The lines of a strand so far that others may be part of: the last with each code, and with each level.
#[derive(Default)]
struct Above<'a> {
    count: usize,
    /// Position in the strand, and the line.
    by_code: HashMap<&'a str, (usize, usize), RandomState>,
    by_level: BTreeMap<u32, (usize, usize)>,
}

impl<'a> Above<'a> {
    fn add(&mut self, at: usize, line: &'a BudgetLine) {
        self.count += 1;
        let place = (self.count, at);
        if let Some(code) = line.code.as_deref() {
            self.by_code.insert(code, place);
        }
        if let Some(level) = line.level {
            self.by_level.insert(level, place);
        }
    }

    /// The nearest line above that the line is part of: by the beginning of its code, else by a level less than its own.
    fn parent(&self, line: &BudgetLine) -> Option<usize> {
        let nearest = if let Some(code) = line.code.as_deref().filter(|c| c.bytes().all(|b| b.is_ascii_digit())) {
            (0..code.len()).filter_map(|len| self.by_code.get(code.get(..len)?)).max()
        } else {
            self.by_level.range(..line.level?).map(|(_, place)| place).max()
        };
        nearest.map(|&(_, at)| at)
    }
}

/// A column head: its levels without blanks.
struct Head<'a> {
    levels: Vec<std::borrow::Cow<'a, str>>,
}

impl<'a> Head<'a> {
    fn of(header: &'a str) -> Self {
        let clean = |level: &'a str| crate::text::folded(level);
        Self { levels: header.split(" / ").map(clean).collect() }
    }

    fn any(&self, word: &str) -> bool {
        self.levels.iter().any(|level| level.contains(word))
    }

    /// 合计, 小计, 总计: a sum of its neighbours.
    fn is_sum(&self) -> bool {
        self.levels.last().is_some_and(|leaf| ["合计", "小计", "总计", "本年支出合计"].contains(&&**leaf))
    }

    /// A sum of everything to its right: no level above it says what of.
    fn is_whole(&self) -> bool {
        self.is_sum() && !["基本", "项目支出", "公务用车", "人员", "公用"].iter().any(|word| self.any(word))
    }
}

/// A balance of a row: what it is about, and the positions of its whole and its parts in the row.
type RowBalance = (Kind, usize, Vec<usize>);

/// The balances of one row of figures, from the words above them.
fn row_balances(heads: &[&Head<'_>], columns: &BTreeMap<u32, Head<'_>>) -> Vec<RowBalance> {
    let heads: Vec<(&Head<'_>, usize)> = heads.iter().enumerate().map(|(at, head)| (*head, at)).collect();
    let mut found = Vec::new();
    // One figure for each concept: the only one, or the one that sums up its group.
    let concept = |word: &str, but: &[&str]| -> Option<usize> {
        let group: Vec<&(&Head<'_>, usize)> =
            heads.iter().filter(|(h, _)| h.any(word) && !but.iter().any(|b| h.any(b))).collect();
        if let [(_, node)] = group.as_slice() {
            return Some(*node);
        }
        let mut sums = group.iter().filter(|(h, _)| h.is_sum());
        let first = sums.next().map(|(_, node)| *node);
        first.filter(|_| sums.next().is_none())
    };
    let whole = {
        let mut wholes = heads.iter().filter(|(h, _)| h.is_whole());
        let first = wholes.next().map(|(_, node)| *node);
        first.filter(|_| wholes.next().is_none())
    };
    if let Some(whole) = whole {
        // A blank cell counts as nothing where the table has the column, and the sum has something beside it.
        let here = ["基本支出", "项目支出"].map(|word| concept(word, &[]));
        let known = ["基本支出", "项目支出"].iter().all(|word| columns.values().any(|head| head.any(word)));
        let ambiguous = ["基本支出", "项目支出"]
            .iter()
            .zip(&here)
            .any(|(word, found)| found.is_none() && heads.iter().any(|(h, _)| h.any(word)));
        if known && !ambiguous && here.iter().any(Option::is_some) {
            let more = ["上缴上级", "经营支出", "对附属单位"].iter().filter_map(|word| concept(word, &["收入"]));
            let parts = here.into_iter().flatten().chain(more).collect();
            found.push((Kind::Columns, whole, parts));
        }
        let sangong = [concept("出国", &[]), concept("公务用车", &[]), concept("接待", &[])];
        if let [Some(abroad), Some(cars), Some(guests)] = sangong {
            let parts = vec![abroad, cars, guests];
            found.push((Kind::Sangong, whole, parts));
        }
    }
    if let Some(cars) = concept("公务用车", &[]) {
        let leaf = |word: &str| {
            let mut leaves = heads.iter().filter(|(h, node)| {
                *node != cars
                    && h.any("公务用车")
                    && h.levels.last().is_some_and(|l| l.contains(word) && !l.contains("及运行"))
            });
            let first = leaves.next().map(|(_, node)| *node);
            first.filter(|_| leaves.next().is_none())
        };
        if let Some((purchase, running)) = leaf("购置").zip(leaf("运行")) {
            found.push((Kind::Sangong, cars, vec![purchase, running]));
        }
    }
    if let (Some(basic), Some(people), Some(office)) =
        (concept("基本支出", &["人员", "公用"]), concept("人员", &[]), concept("公用", &[]))
        && basic != people
        && basic != office
    {
        found.push((Kind::Columns, basic, vec![people, office]));
    }
    found
}

/// S04: printed rates of lines, on the revised or on the original budget, whichever fits.
fn rates(check: &mut Check<'_>) {
    for line in &check.form.lines {
        let Some(field) = line.rate.as_ref() else { continue };
        let (Some(&rate), Some(outturn)) = (field.value(), line.outturn.get()) else { continue };
        let by = |budget: Option<&Amount>| outturn.money.share_of(budget?.money);
        let half = super::funding::rate_half(rate);
        let off = |exact: Option<Decimal>| exact.and_then(|e| rate.checked_sub(e)).map(Decimal::abs);
        let revised = by(line.revised_budget.get());
        if off(revised).is_some_and(|off| off <= half) {
            continue;
        }
        let original = by(line.original_budget.get());
        let Some(nearest) = off(revised).into_iter().chain(off(original)).min() else { continue };
        let Some(expected) = revised.or(original) else { continue };
        if nearest <= half {
            continue;
        }
        let percent = |rate: Decimal| rate.shift(2).unwrap_or(rate).round(4);
        let finding = figures(check.finding(&LINE_RATE_DIFFERS, [field.cell]), percent(rate), percent(expected));
        let money = [line.original_budget.as_ref(), line.revised_budget.as_ref(), line.outturn.as_ref()];
        let follows = money.into_iter().flatten().any(|f| check.blamed(f.cell));
        // A rate cut off instead of rounded is within one unit of its last decimal.
        let unit = half.checked_add(half).unwrap_or(half);
        check.push(if nearest <= unit {
            finding.rounding()
        } else if follows {
            finding.level(Level::Info)
        } else {
            finding
        });
    }
}

/// Hidden rows with money.
fn hidden(check: &mut Check<'_>, table: &Table<'_>) {
    let hidden = |row: u32| check.sheet.hidden_rows.iter().any(|&(first, last)| first <= row && row <= last);
    let mut found = Vec::new();
    for (at, line) in check.form.lines.iter().enumerate().filter(|(_, line)| hidden(line.row)) {
        if let Some((_, node)) = table.filled(at).next() {
            found.push(check.finding(&HIDDEN_LINE, [node.cell]).given(node.value).arg("label", line.name.trim()));
        }
    }
    check.found.extend(found);
}

/// Codes and names of subjects.
fn names(check: &mut Check<'_>) {
    let mut found = Vec::new();
    for line in &check.form.lines {
        if !matches!(line.classification, Classification::Economic | Classification::Functional) {
            continue;
        }
        // A name broken into lines is the same name.
        let name: Cow<'_, str> = if line.name.contains(char::is_whitespace) {
            line.name.split_whitespace().collect()
        } else {
            Cow::Borrowed(&line.name)
        };
        let name = &*name;
        let code = line.code.as_deref().unwrap_or("");
        if let Some(standard) = mismatch(code, name) {
            found.push(
                check.finding(&CODE_AND_NAME_DIFFER, [line.cell]).given(name).expected(standard).arg("code", code),
            );
        } else if line.classification == Classification::Economic
            && let Some(standard) = nearly(name)
        {
            found.push(check.finding(&NAME_NOT_STANDARD, [line.cell]).given(name).expected(standard));
        }
    }
    check.found.extend(found);
}
