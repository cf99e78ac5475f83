//! Finding the indicator tables of an area.
//!
//! Input → output: a [`Section`] → [`Span`]s: head rows and data lines, in order. Invariants: spans do not overlap; the same
//! head met again is a reprint inside its table; a table ends at its total row, at notes and approvals, at a title or at
//! another block.

use super::concept::{Concept, Kind};
use super::section::Section;
use super::title::TitleLook;
use std::ops::Range;

/// One indicator table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    /// Sheet rows of its head, first and last; `None` where it has none.
    pub head: Option<(u32, u32)>,
    /// Lines of its head.
    pub head_lines: Range<usize>,
    /// Lines of its data, its total row among them.
    pub data: Range<usize>,
}

/// The indicator tables of an area.
pub(super) fn spans(section: &Section) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut at = section.lines.start;
    while at < section.lines.end {
        if section.row(at).is_some_and(|r| r.indicator_head.is_some()) {
            let head_end = head_end(section, at);
            let head = rows_of(section, at, head_end);
            let data_end = data_end(section, at, head_end);
            out.push(Span { head, head_lines: at..head_end, data: head_end..data_end });
            at = data_end.max(head_end);
        } else {
            at += 1;
        }
    }
    if out.is_empty()
        && let Some(span) = headless(section)
    {
        out.push(span);
    }
    out
}

fn rows_of(section: &Section, from: usize, to: usize) -> Option<(u32, u32)> {
    let first = section.page.grid.lines.get(from)?.row;
    let last = section.page.grid.lines.get(to.checked_sub(1)?)?.row;
    let deepest = deepest(section, from).unwrap_or(last);
    Some((first, last.max(deepest)))
}

/// The last row that a head box of a line reaches, section labels beside the table left out.
fn deepest(section: &Section, at: usize) -> Option<u32> {
    section
        .starts(at)
        .filter(|&id| {
            section
                .page
                .word(id)
                .is_some_and(|w| w.is_kind(Kind::Column) && (!w.is_kind(Kind::Section) || w.raw.contains('级')))
        })
        .filter_map(|id| section.page.item(id))
        .map(|item| item.area.last.row)
        .filter(|&last| section.line(at).is_some_and(|l| last < l.row + 4))
        .max()
}

/// Whether a line continues the head above it: within the rows its boxes span, or made of column words only.
fn head_end(section: &Section, from: usize) -> usize {
    let bottom = deepest(section, from).unwrap_or(0);
    let mut at = from + 1;
    while at < section.lines.end && at < from + 4 {
        let (Some(line), Some(row)) = (section.line(at), section.row(at)) else { break };
        let spanned = line.row <= bottom;
        let words = section.words(at);
        let only_columns = row.figures == 0
            && words.len() >= 2
            && words.iter().filter(|w| w.is_kind(Kind::Column) || w.means(Concept::Amount)).count() * 10
                >= words.len() * 8
            && words.iter().all(|w| !is_level_data(w));
        let adjoining = section.page.grid.lines.get(at - 1).is_some_and(|before| line.row <= before.row + 1);
        let head = row.indicator_head.is_some() && adjoining && row.figures == 0;
        if !(spanned || adjoining && only_columns || head) || row.figures > 0 && !spanned {
            break;
        }
        at += 1;
    }
    at
}

/// 产出指标 and the like: a word of the data, never of a head.
fn is_level_data(word: &super::word::Word) -> bool {
    word.is_kind(Kind::Level) && !word.is_kind(Kind::Column)
}

fn data_end(section: &Section, head: usize, from: usize) -> usize {
    let key = section.row(head).and_then(|r| r.indicator_head.clone());
    let mut at = from;
    while at < section.lines.end {
        let Some(row) = section.row(at) else { break };
        if let Some(other) = &row.indicator_head
            && Some(other) != key.as_ref()
        {
            break;
        }
        if ends_table(section, at) {
            break;
        }
        at += 1;
        if row.total && !more_follows(section, at) {
            break;
        }
    }
    at
}

/// Whether a line after a total row still belongs to the table.
fn more_follows(section: &Section, from: usize) -> bool {
    for at in from..section.lines.end.min(from + 3) {
        let Some(row) = section.row(at) else { return false };
        if row.indicator_head.is_some() || row.level.is_some() {
            return row.level.is_some() || row.total;
        }
        if row.title.is_some() || row.field || row.tail {
            return false;
        }
    }
    false
}

/// Whether a line is no data of an indicator table: a title, another block, notes, approvals.
fn ends_table(section: &Section, at: usize) -> bool {
    let Some(row) = section.row(at) else { return true };
    if row.title == Some(TitleLook::Strong) || row.project || row.money_head && row.level.is_none() {
        return true;
    }
    let words = section.words(at);
    let Some(first) = words.first() else { return false };
    let leftmost = section.starts(at).next().is_some_and(|id| {
        let col = section.page.cell(id).col;
        section.range().is_some_and(|r| col <= r.first.col + 1)
    });
    let covered = section
        .line(at)
        .and_then(|l| l.items.first())
        .is_some_and(|&id| section.page.cell(id).row < section.page.grid.lines.get(at).map_or(0, |l| l.row));
    row.tail && leftmost && !covered && row.figures == 0 && row.level.is_none() && !first.is_kind(Kind::Level)
}

/// A table whose head is gone: rows that begin with words of the first level.
fn headless(section: &Section) -> Option<Span> {
    let levels: Vec<usize> = section
        .lines
        .clone()
        .filter(|&at| section.row(at).is_some_and(|r| r.level.is_some() && r.budget_head.is_none()))
        .collect();
    let first = *levels.first()?;
    let strong = levels
        .iter()
        .filter(|&&at| {
            section.words(at).iter().any(|w| {
                w.means(Concept::Second) || w.best(Kind::Level).is_some_and(|h| h.concept != Concept::OtherLevel)
            })
        })
        .count();
    if levels.len() < 2 && !(levels.len() == 1 && section.lines.end - first >= 3) || strong < 1 {
        return None;
    }
    if section.lines.clone().any(|at| section.row(at).is_some_and(|r| r.budget_head.is_some())) {
        return None;
    }
    let mut end = first;
    while end < section.lines.end && !(ends_table(section, end) && end > first) {
        let total = section.row(end).is_some_and(|r| r.total);
        end += 1;
        if total && !more_follows(section, end) {
            break;
        }
    }
    Some(Span { head: None, head_lines: first..first, data: first..end })
}
