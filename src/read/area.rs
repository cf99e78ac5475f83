//! Cutting a sheet into areas, one form or table each: dynamic programming over rows.
//!
//! Why: forms are stacked without blank rows, without titles, with notes between them; and one form may hold blank rows,
//! several tables and reprinted heads. No single sign decides, so every cut is priced: a good beginning pays, a form that
//! contradicts itself (two project names, a title in its middle) costs.
//!
//! `best[e] = max over s < e of best[s] + start(s) − CUT − conflicts(s..e)`
//!
//! Input → output: evidence of all lines → ranges of lines. Invariants: the ranges cover all lines in order; work is bounded
//! by candidates × lines, candidates are capped.

use super::concept::Concept;
use super::evidence::RowEvidence;
use super::title::TitleLook;
use std::ops::Range;

/// What a cut costs before its beginning pays for it.
const CUT: f32 = 1.6;
/// A segment that costs more than this is given up.
const HOPELESS: f32 = 14.0;
/// Beginnings that are priced; beyond, only titles and labels are.
const MOST_STARTS: usize = 400;

/// Cuts the lines into areas.
pub(super) fn areas(rows: &[RowEvidence]) -> Vec<Range<usize>> {
    let n = rows.len();
    if n == 0 {
        return Vec::new();
    }
    let mut starts: Vec<usize> = (0..n).filter(|&i| i == 0 || rows.get(i).is_some_and(can_start)).collect();
    if starts.len() > MOST_STARTS {
        starts.retain(|&i| i == 0 || rows.get(i).is_some_and(|r| r.title == Some(TitleLook::Strong) || r.project));
        starts.truncate(MOST_STARTS);
    }
    // best[k]: value of the best cutting of everything before the k-th start; the last entry stands for the end
    let ends: Vec<usize> = starts.iter().copied().skip(1).chain([n]).collect();
    let mut best = vec![(f32::NEG_INFINITY, 0_usize); starts.len() + 1];
    if let Some(first) = best.first_mut() {
        *first = (0.0, 0);
    }
    for (k, &s) in starts.iter().enumerate() {
        let Some(&(before, _)) = best.get(k) else { continue };
        let begin = if s == 0 { 0.0 } else { before + start(rows, s) - CUT };
        let mut scan = Scan::default();
        let mut at = s;
        for (j, &e) in ends.iter().enumerate().skip(k) {
            while at < e {
                if let Some(row) = rows.get(at) {
                    scan.row(row, at == s, rows.get(at + 1..(at + 6).min(n)).unwrap_or_default());
                }
                at += 1;
            }
            let value = begin - scan.cost - scan.lacking();
            if let Some(slot) = best.get_mut(j + 1)
                && value > slot.0
            {
                *slot = (value, k);
            }
            if scan.cost > HOPELESS {
                break;
            }
        }
    }
    let mut out = Vec::new();
    let mut k = starts.len();
    while k > 0 {
        let from = best.get(k).map_or(0, |b| b.1).min(k - 1);
        let (Some(&s), Some(&e)) = (starts.get(from), ends.get(k - 1)) else { break };
        out.push(s..e);
        k = from;
    }
    out.reverse();
    out
}

fn can_start(row: &RowEvidence) -> bool {
    row.title.is_some()
        || row.project
        || row.department
        || row.indicator_head.is_some()
        || row.level.is_some()
        || row.budget_head.is_some()
        || row.money_head
        || row.gap > 0
}

/// What beginning here pays.
fn start(rows: &[RowEvidence], s: usize) -> f32 {
    let Some(row) = rows.get(s) else { return 0.0 };
    let mut pays = match row.title {
        Some(TitleLook::Strong) => 2.0,
        Some(TitleLook::Weak) => 1.0,
        None => 0.0,
    };
    if row.project {
        pays += 1.0;
    } else if row.department {
        pays += 0.7;
    } else if row.title.is_none() {
        pays += if row.indicator_head.is_some() || row.budget_head.is_some() || row.money_head {
            0.2
        } else if row.level.is_some() {
            -0.5
        } else {
            -1.0
        };
    }
    if rows
        .iter()
        .skip(s)
        .take(4)
        .any(|r| r.goal || r.money_head || r.indicator_head.is_some() || r.budget_head.is_some())
    {
        pays += 0.5;
    }
    pays + match row.gap {
        0 => 0.0,
        1 => 0.8,
        _ => 1.2,
    }
}

/// A segment so far.
#[derive(Debug, Default)]
struct Scan {
    cost: f32,
    field: bool,
    table: bool,
    substance: bool,
    project: bool,
    head: Option<String>,
    budget: Option<String>,
    indicators: bool,
    total: bool,
    tail: bool,
    other_rows: bool,
    /// Funding, goals or names of a form, so that an indicator table belongs to it.
    begun: bool,
    scored: bool,
    levels: Vec<Concept>,
    /// A blank row since the last row of data.
    gap: bool,
}

impl Scan {
    /// What a segment pays for being less than a form.
    fn lacking(&self) -> f32 {
        let one = |missing: bool, price: f32| if missing { price } else { 0.0 };
        one(!self.field, 0.6) + one(!self.table, 0.6) + one(!self.substance, 3.0)
    }

    fn row(&mut self, row: &RowEvidence, first: bool, next: &[RowEvidence]) {
        self.gap |= row.gap > 0 && !first;
        if !first {
            self.cost += self.conflict(row, next);
        }
        self.project |= row.project;
        self.begun |= row.project || row.department || row.money_head || row.source || row.goal;
        self.field |= row.field;
        if let Some(head) = &row.indicator_head {
            if self.head.as_ref() != Some(head) {
                self.levels.clear();
                self.scored = false;
            }
            self.head = Some(head.clone());
            self.indicators = true;
            self.table = true;
            self.total = false;
        }
        if let Some(head) = &row.budget_head {
            self.budget = Some(head.clone());
            self.table = true;
        }
        self.table |= row.money_head || row.level.is_some();
        self.substance |= row.field
            || row.money_head
            || row.indicator_head.is_some()
            || row.budget_head.is_some()
            || row.level.is_some()
            || row.figures > 0;
        if let Some(level) = row.level {
            if self.levels.last() != Some(&level) {
                self.levels.push(level);
            }
            self.indicators = true;
        }
        self.scored |= row.figures > 0;
        if row.indicator_head.is_none() && row.title.is_none() && !row.field && row.texts + row.figures >= 2 {
            self.gap = false;
        }
        self.total |= row.total && row.figures > 0;
        self.tail |= row.tail && self.table;
        self.other_rows |= row.texts > 0 && self.head.is_none() && row.title.is_none() && !row.field;
    }

    fn conflict(&self, row: &RowEvidence, next: &[RowEvidence]) -> f32 {
        let mut cost = 0.0;
        match row.title {
            Some(TitleLook::Strong) if self.substance => cost += 3.2,
            Some(TitleLook::Weak) if self.substance => cost += 0.6,
            _ => {}
        }
        if row.project && (self.project || self.indicators) {
            cost += 3.0;
        }
        let head_soon = next.iter().any(|r| r.money_head || r.indicator_head.is_some() || r.goal);
        if row.department && !row.project && self.indicators && (row.gap > 0 || head_soon) {
            cost += 2.2;
        }
        if let Some(head) = &row.indicator_head {
            let same = self.head.as_ref() == Some(head);
            let restart = next.iter().find_map(|r| r.level).is_some_and(|level| self.restarts(level));
            if same {
                if self.total && self.gap {
                    cost += 2.5;
                }
            } else if self.total && self.head.is_some() {
                cost += 2.5;
            } else if self.tail || self.head.is_none() && self.gap && self.other_rows && !row.sectioned && !self.begun {
                cost += 2.0;
            } else if self.head.is_some() && !row.sectioned {
                if restart {
                    cost += 2.2;
                } else if self.scored && self.levels.is_empty() {
                    cost += 1.5;
                } else if self.gap {
                    cost += 1.2;
                }
            }
        } else if let Some(level) = row.level
            && self.restarts(level)
        {
            // Rows may stand in any order: a level that comes back begins another form only where something else ended this one.
            cost += match (row.gap > 0, self.total) {
                (true, _) => 2.6,
                (false, true) => 1.8,
                (false, false) => 0.6,
            };
        }
        if row.money_head && self.indicators && row.indicator_head.is_none() {
            cost += 1.5;
        }
        if let Some(head) = &row.budget_head
            && self.budget.is_some()
        {
            let same = self.budget.as_ref() == Some(head);
            if self.total && self.scored && !same {
                cost += 2.5;
            } else if !same && row.gap > 0 && self.scored {
                cost += 1.4;
            }
        }
        cost
    }

    /// Whether a level has been met before the one that stands now: the table begins again.
    fn restarts(&self, level: Concept) -> bool {
        let before = self.levels.split_last().map_or(&[] as &[Concept], |(_, rest)| rest);
        let met = before.contains(&level) && self.levels.last() != Some(&level) && level != Concept::OtherLevel;
        let early = matches!(level, Concept::Decision)
            && matches!(self.levels.last(), Some(Concept::Satisfaction | Concept::Benefit));
        met || early
    }
}
