//! 机构变动: the crosswalk line by line, and the departments that changed.

use super::arranged::Arranged;
use super::departments::score_pair;
use crate::compare::Fate;
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, col};
use crate::render::look;
use crate::render::page::Page;
use crate::render::style::Style;
use crate::render::words;
use crate::render::workbook::Book;

const ABOUT: About = About {
    name: words::CMP_ORGANISATIONS,
    title: words::CMP_TITLE_ORGANISATIONS,
    number: words::CMP_NO_ORGANISATIONS,
    unit: None,
    asks: words::CMP_ASK_ORGANISATIONS,
    tab: look::GREY,
    paper: Paper::A4,
};
const WIDTHS: [f64; 6] = [28.0, 28.0, 12.0, 12.0, 10.0, 26.0];

pub(super) fn write(book: &mut Book, all: &Arranged<'_>) -> Result<(), RenderError> {
    let columns = |heads: [crate::finding::Words; 6]| -> Vec<Column> {
        heads.into_iter().zip(WIDTHS).map(|(head, width)| Column::new(all.say(head), width)).collect()
    };
    let crosswalk = columns([
        words::CMP_FROM,
        words::CMP_TO,
        words::CMP_DATE,
        words::CMP_KIND,
        words::CMP_SHARE,
        words::CMP_IN_EFFECT,
    ]);
    let mut page = Page::open(book, all.say(ABOUT.name), &all.imprint, &ABOUT, &crosswalk)?;
    let last = col(WIDTHS.len() - 1);
    let at = page.block_title(HEAD_ROW, last, all.say(words::CMP_CROSSWALK), "")?;
    let mut row = page.heads(at, &crosswalk)?;
    let changes = &all.comparison.transitions.changes;
    if changes.is_empty() {
        row = page.nothing(row, last + 1, all.say(words::CMP_NO_CROSSWALK))?;
    }
    for transition in changes {
        let change = &transition.change;
        let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned());
        let applied = match (transition.in_effect, transition.met) {
            (false, _) => words::CMP_NOT_YET,
            (true, false) => words::CMP_NOT_MET,
            (true, true) => words::CMP_YES,
        };
        page.text(row, 0, &change.from, Style::TEXT)?;
        page.text(row, 1, &change.to, Style::TEXT)?;
        let others = [or_dash(&change.date), or_dash(&change.kind), or_dash(&change.share)];
        for (column, text) in (2..).zip(&others) {
            page.text(row, column, text, Style::CELL.centred())?;
        }
        page.text(row, 5, all.say(applied), Style::NOTE)?;
        page.wrap_height(row, ROW, &[(&change.from, Style::TEXT, WIDTHS[0]), (&change.to, Style::TEXT, WIDTHS[1])])?;
        row += 1;
    }
    page.height(row, 8.0)?;
    let heads = [
        words::DEPARTMENT,
        words::CMP_FORMER,
        words::CMP_FATE,
        words::CMP_EARLIER,
        words::CMP_LATER,
        words::CMP_CHANGE,
    ];
    let relations = columns(heads);
    let at = page.block_title(row + 1, last, all.say(words::CMP_RELATIONS), "")?;
    row = page.heads(at, &relations)?;
    let changed = all.departments.iter().filter(|line| line.change.fate != Fate::Same);
    let mut none = true;
    for line in changed {
        none = false;
        page.text(row, 0, line.name, Style::TEXT)?;
        page.text(row, 1, &line.former, Style::TEXT)?;
        page.text(row, 2, all.fate(line.change.fate), Style::CELL.centred())?;
        score_pair(&mut page, (row, 3), (line.change.states.before, line.change.states.after))?;
        page.wrap_height(row, ROW, &[(line.name, Style::TEXT, WIDTHS[0]), (&line.former, Style::TEXT, WIDTHS[1])])?;
        row += 1;
    }
    if none {
        row = page.nothing(row, last + 1, all.say(words::CMP_NO_RELATIONS))?;
    }
    let notes = [all.say(words::CMP_N_MATCH).to_owned(), all.say(words::CMP_N_MERGED).to_owned()];
    page.notes(row, &relations, &notes, None)?;
    Ok(())
}
