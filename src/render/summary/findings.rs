//! 问题清单: what is wrong where, what was given, what is expected, who does what.

use super::layout::Layout;
use crate::finding::Level;
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, col, row as row_number};
use crate::render::look;
use crate::render::marks;
use crate::render::page::Page;
use crate::render::style::{Num, Style};
use crate::render::view::{FindingLine, View};
use crate::render::words;
use crate::render::workbook::{Book, Link};

const ABOUT: About = About {
    name: words::FINDINGS,
    title: words::TITLE_FINDINGS,
    number: words::NO_FINDINGS,
    unit: Some(words::UNIT_ITEMS),
    asks: words::ASK_FINDINGS,
    tab: look::ACCENT,
    paper: Paper::A3,
};
/// 序号 级别 部门 项目 问题 报送值 应为 差异 处理要求 位置 规则 状态.
const WIDTHS: [f64; 12] = [6.0, 9.5, 18.0, 20.0, 44.0, 18.0, 18.0, 15.5, 34.0, 32.0, 7.0, 8.5];

/// Links to files at the most. Programs open a workbook with more of them slowly.
const MOST_LINKS: usize = 10_000;

/// Which findings have links where there are too many of them: errors first, then warnings; within a level the first ones.
struct Links([(Level, usize); 3]);

impl Links {
    fn of(view: &View<'_>) -> Self {
        Self::share(MOST_LINKS, |level| view.findings.iter().filter(|line| line.level == level).count())
    }

    /// Shares out `most` links by how many findings of a level there are.
    fn share(most: usize, count: impl Fn(Level) -> usize) -> Self {
        let mut left = most;
        Self([Level::Error, Level::Warning, Level::Info].map(|level| {
            let own = count(level).min(left);
            left -= own;
            (level, own)
        }))
    }

    /// Whether the next finding of the level has one.
    fn take(&mut self, level: Level) -> bool {
        let own = self.0.iter_mut().find(|(of, left)| *of == level && *left > 0);
        own.map(|(_, left)| *left -= 1).is_some()
    }
}

fn head(view: &View<'_>) -> Vec<Column> {
    let names = [
        words::NUMBER,
        words::LEVEL,
        words::DEPARTMENT,
        words::PROJECT,
        words::PROBLEM,
        words::GIVEN,
        words::EXPECTED,
        words::GAP,
        words::TO_DO,
        words::PLACE_LINK,
        words::RULE,
        words::STATUS,
    ];
    names.into_iter().zip(WIDTHS).map(|(name, width)| Column::new(view.say(name), width)).collect()
}

/// Writes the sheet, and its continuations.
pub(super) fn write(book: &mut Book, view: &View<'_>, layout: &Layout) -> Result<(), RenderError> {
    let columns = head(view);
    let mut links = Links::of(view);
    for (index, sheet) in layout.findings.iter().enumerate() {
        let chunk = view.findings.get(sheet.lines.clone()).unwrap_or_default();
        let mut page = Page::open_for(chunk.len(), book, &sheet.name, &view.imprint, &ABOUT, &columns)?;
        let (first, last) = sheet.rows;
        page.heads(HEAD_ROW, &columns)?;
        if chunk.is_empty() {
            page.nothing(first, col(columns.len()), view.say(words::NO_FINDING))?;
        }
        for (offset, line) in chunk.iter().enumerate() {
            let row = first + row_number(offset);
            let link = links.take(line.level).then(|| line.link(view)).flatten();
            finding_row(&mut page, view, (row, sheet.lines.start + offset + 1), line, link.as_ref())?;
        }
        let mut notes = vec![view.say(words::FINDINGS_RULE).to_owned(), view.say(words::FINDINGS_LINKS).to_owned()];
        if view.findings.len() > MOST_LINKS {
            notes.push(view.fill(words::MANY_LINKS, &[("n", &MOST_LINKS.to_string())]));
        }
        if let Some(before) = index.checked_sub(1).and_then(|before| layout.findings.get(before)) {
            notes.push(view.fill(words::CONTINUED_FROM, &[("sheet", &before.name)]));
        }
        if let Some(next) = layout.findings.get(index + 1) {
            notes.push(view.fill(words::CONTINUES_ON, &[("sheet", &next.name)]));
        }
        page.notes(last + 1, &columns, &notes, None)?;
        page.table_behaviour((HEAD_ROW, HEAD_ROW), (first, last), 3, col(columns.len()))?;
        let levels = ((first, last), (super::layout::finding_columns::LEVEL, super::layout::finding_columns::LEVEL));
        marks::begins(page.sheet, levels, "●", look::ERROR)?;
        marks::begins(page.sheet, levels, "▲", look::WARN)?;
    }
    Ok(())
}

fn finding_row(
    page: &mut Page<'_>,
    view: &View<'_>,
    (row, number): (u32, usize),
    line: &FindingLine<'_>,
    link: Option<&Link>,
) -> Result<(), RenderError> {
    let (said, place) = (line.words(view), line.place(view));
    let small = Style::TEXT.small();
    page.figure(row, 0, i64::try_from(number).unwrap_or(i64::MAX), Style::figure(Num::Count))?;
    page.text(row, 1, &said.level, Style::CELL.centred())?;
    page.text(row, 2, line.department, small)?;
    page.text(row, 3, line.project, small)?;
    page.text(row, 4, &said.problem, Style::TEXT)?;
    page.text(row, 5, &said.given, small)?;
    page.text(row, 6, &said.expected, small)?;
    page.text(row, 7, &said.difference, small.right())?;
    page.text(row, 8, &said.to_do, Style::NOTE)?;
    page.file_link(row, 9, &place, link, Style { wrap: true, ..Style::LINK })?;
    page.text(row, 10, &line.row.rule, small.centred())?;
    let status = if line.is_open { words::OPEN } else { words::ACCEPTED };
    page.text(row, 11, view.say(status), small.centred())?;
    let w = |index: usize| WIDTHS.get(index).copied().unwrap_or(10.0);
    page.wrap_height(
        row,
        ROW,
        &[
            (line.department, small, w(2)),
            (line.project, small, w(3)),
            (&said.problem, Style::TEXT, w(4)),
            (&said.given, small, w(5)),
            (&said.expected, small, w(6)),
            (&said.to_do, Style::NOTE, w(8)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::Links;
    use crate::finding::Level;

    #[test]
    fn the_most_urgent_have_the_links() {
        let mut links = Links::share(3, |level| if level == Level::Info { 9 } else { 1 });
        let list = [Level::Info, Level::Info, Level::Error, Level::Warning, Level::Info];
        assert_eq!(list.map(|level| links.take(level)), [true, false, true, true, false]);
        let mut links = Links::share(3, |_| 2);
        assert_eq!([Level::Info, Level::Warning, Level::Warning].map(|level| links.take(level)), [false, true, false]);
    }
}
