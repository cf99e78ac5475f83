//! The columns of a table: leaf heads and the path above each.
//!
//! Input → output: the lines of a head and of the data below → [`Slot`]s from left to right.
//!
//! Invariants: a column begins where a head's leaf begins, or where data begin that are finer than the head above them (a
//! name column that was never given a head of its own); a first column that is one label beside the whole table is none.

use super::concept::{Concept, Kind};
use super::section::Section;
use super::word::Word;
use std::ops::Range;

/// One column.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// First column on the sheet.
    pub col: u32,
    /// Last column on the sheet.
    pub last: u32,
    /// The boxes above, top first, the leaf last.
    pub path: Vec<u32>,
    /// Whether the leaf belongs to the column to the left and this one has no head of its own.
    pub continued: bool,
    /// Whether the leaf stands in a higher row than the leaves beside it: a head over several columns.
    pub shallow: bool,
}

impl Slot {
    /// The leaf head.
    pub(super) fn head<'a>(&self, section: &Section<'a>) -> Option<&'a Word> {
        self.path.last().and_then(|&id| section.page.word(id))
    }

    /// The header path as written, levels joined by ` / `.
    pub(super) fn path_text(&self, section: &Section) -> Option<String> {
        let parts: Vec<String> =
            self.path.iter().map(|&id| section.page.given(id).split_whitespace().collect()).collect();
        (!parts.is_empty()).then(|| parts.join(" / "))
    }
}

/// Which box begins in each line and column of a table.
///
/// Why: readers ask a line for its columns many times over; here each line is walked once.
#[derive(Debug)]
pub(super) struct Cells {
    lines: Range<usize>,
    width: usize,
    ids: Vec<u32>,
}

/// No box begins there.
const NONE: u32 = u32::MAX;

impl Cells {
    /// Of these lines, in columns that lie apart from left to right; of several boxes in a column the first counts.
    pub(super) fn of(section: &Section, lines: &Range<usize>, slots: &[Slot]) -> Self {
        let width = slots.len();
        let mut ids = vec![NONE; lines.len() * width];
        for (at, places) in lines.clone().zip(ids.chunks_exact_mut(width.max(1))) {
            let mut columns = slots.iter().zip(places).peekable();
            for id in section.starts(at) {
                let col = section.page.cell(id).col;
                while columns.next_if(|(slot, _)| slot.last < col).is_some() {}
                match columns.peek_mut() {
                    Some((slot, place)) if slot.col <= col && **place == NONE => **place = id,
                    Some(_) => {}
                    None => break,
                }
            }
        }
        Self { lines: lines.clone(), width, ids }
    }

    /// How many boxes there are.
    pub(super) fn count(&self) -> usize {
        self.ids.iter().filter(|id| **id != NONE).count()
    }

    /// The lines, in order.
    pub(super) fn lines(&self) -> Range<usize> {
        self.lines.clone()
    }

    /// The box that begins in a line and a column, by their positions on the sheet and among the columns.
    pub(super) fn get(&self, at: usize, column: usize) -> Option<u32> {
        if column >= self.width {
            return None;
        }
        let id = *self.ids.get(at.checked_sub(self.lines.start)? * self.width + column)?;
        (id != NONE).then_some(id)
    }
}

/// The columns of a table with the given head rows (sheet rows, inclusive) and data lines.
pub(super) fn slots(section: &Section, head: Option<(u32, u32)>, data: &Range<usize>) -> Vec<Slot> {
    let page = section.page;
    // where data begin, and how often
    let mut begins: Vec<(u32, usize)> = Vec::new();
    let mut last_col = 0;
    let mut rows = 0;
    for at in data.clone() {
        let mut any = false;
        for id in section.starts(at) {
            let Some(item) = page.item(id) else { continue };
            any = true;
            last_col = last_col.max(item.area.last.col);
            match begins.iter_mut().find(|(col, _)| *col == item.area.first.col) {
                Some((_, n)) => *n += 1,
                None => begins.push((item.area.first.col, 1)),
            }
        }
        rows += usize::from(any);
    }
    let mut leaves: Vec<(u32, Vec<u32>, bool)> = Vec::new();
    if let Some((top, bottom)) = head {
        let mut cols: Vec<u32> = Vec::new();
        for row in top..=bottom {
            for &id in page.grid.line(row).map_or(&[] as &[u32], |l| l.items.as_slice()) {
                if let Some(item) = page.item(id) {
                    cols.push(item.area.first.col);
                    last_col = last_col.max(item.area.last.col);
                }
            }
        }
        cols.sort_unstable();
        cols.dedup();
        for col in cols {
            let mut path: Vec<u32> = Vec::new();
            let mut leaf_row = top;
            for row in top..=bottom {
                if let Some(id) = covering(section, row, col)
                    && path.last() != Some(&id)
                {
                    path.push(id);
                    leaf_row = page.item(id).map_or(row, |i| i.area.last.row);
                }
            }
            let begins_here = path.last().and_then(|&id| page.item(id)).is_some_and(|i| i.area.first.col == col);
            if !path.is_empty() && (begins_here || path.len() == 1) {
                leaves.push((col, path, leaf_row < bottom && !begins_here));
            }
        }
    }
    let mut cols: Vec<u32> = leaves.iter().map(|l| l.0).collect();
    for &(col, n) in &begins {
        // a stray cell is no column; with few rows every beginning counts
        if n * 4 >= rows || leaves.is_empty() || n >= 3 {
            cols.push(col);
        }
    }
    cols.sort_unstable();
    cols.dedup();
    let mut out: Vec<Slot> = Vec::new();
    for (i, &col) in cols.iter().enumerate() {
        let last = cols.get(i + 1).map_or(last_col.max(col), |next| next - 1);
        let leaf = leaves.iter().rev().find(|(c, path, _)| {
            *c <= col
                && (*c == col
                    || path.last().and_then(|&id| page.item(id)).is_some_and(|item| item.area.last.col >= col))
        });
        let (path, continued) = match leaf {
            Some((c, path, _)) => {
                let begins_here =
                    path.last().and_then(|&id| page.item(id)).is_some_and(|item| item.area.first.col == col);
                (path.clone(), *c != col || !begins_here)
            }
            None => (Vec::new(), false),
        };
        let shallow = match (head, path.last().and_then(|&id| page.item(id))) {
            (Some((_, bottom)), Some(item)) => item.area.last.row < bottom && item.area.cols() > 1,
            _ => false,
        };
        out.push(Slot { col, last, path, continued, shallow });
    }
    drop_side_label(section, data, &mut out);
    out
}

/// The box that covers a cell of a row, also where nothing begins in that row.
pub(super) fn covering(section: &Section, row: u32, col: u32) -> Option<u32> {
    let page = section.page;
    if let Some(id) = page.grid.at(row, col) {
        return Some(id);
    }
    if page.grid.line(row).is_some() {
        return None;
    }
    // no box begins in the row: look at the line before
    let at = page.grid.lines.partition_point(|l| l.row <= row);
    let line = page.grid.lines.get(at.checked_sub(1)?)?;
    line.items.iter().copied().find(|&id| {
        page.item(id).is_some_and(|i| i.area.last.row >= row && i.area.first.col <= col && i.area.last.col >= col)
    })
}

/// A first column that is one section label beside the whole table.
fn drop_side_label(section: &Section, data: &Range<usize>, out: &mut Vec<Slot>) {
    let page = section.page;
    let Some(first) = out.first() else { return };
    let boxes: Vec<u32> = data
        .clone()
        .flat_map(|at| section.starts(at).take_while(|&id| page.cell(id).col <= first.last))
        .filter(|&id| page.cell(id).col >= first.col)
        // 合计 below the table stands in the column of the label as well
        .filter(|&id| !page.word(id).is_some_and(|w| w.means(Concept::GrandTotal)))
        .collect();
    let head = first.head(section);
    let is_level = |w: &Word| w.is_kind(Kind::Level) || w.raw.contains('级');
    let head_is_section = head.is_some_and(|w| w.is_kind(Kind::Section) && !w.raw.contains('级'));
    let aside = |id: &u32| page.word(*id).is_some_and(|w| w.is_kind(Kind::Section) && !is_level(w));
    let tall = |id: &u32| page.item(*id).is_some_and(|i| i.area.rows() > 1);
    let rows = data.len();
    // a head that reaches down beside the data heads nothing
    let beside = data.clone().nth(1).and_then(|at| page.grid.lines.get(at)).map(|l| l.row);
    let reaches =
        first.path.last().and_then(|&id| page.item(id)).zip(beside).is_some_and(|(i, row)| i.area.last.row >= row);
    // 绩效指标（90分） over nothing but 绩效指标: the column says the same all the way down
    let says_itself = |id: &u32| page.word(*id).zip(head).is_some_and(|(w, h)| w.core() == h.core());
    let drop = if boxes.is_empty() || reaches && head_is_section {
        head.is_none() || head_is_section
    } else {
        boxes.len() == 1
            && rows > 2
            && boxes.iter().all(|id| (aside(id) || says_itself(id)) && (tall(id) || rows > boxes.len()))
            || head_is_section
                && boxes.len() <= 2
                && boxes.iter().all(|id| !page.word(*id).is_some_and(is_level))
                && rows > 2
                && out.len() > 5
    };
    if drop {
        out.remove(0);
    }
}
