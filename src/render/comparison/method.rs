//! 计算说明: what is matched how, and what the causes are.

use super::arranged::Arranged;
use crate::finding::Words;
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW};
use crate::render::look;
use crate::render::page::Page;
use crate::render::style::Style;
use crate::render::words;
use crate::render::workbook::Book;

const ABOUT: About = About {
    name: words::CMP_METHOD,
    title: words::CMP_TITLE_METHOD,
    number: words::NO_METHOD,
    unit: None,
    asks: words::ASK_METHOD,
    tab: look::GREY,
    paper: Paper::A4Portrait,
};

/// The notes of the method, each with what it is about.
pub(in crate::render) fn lines(all: &Arranged<'_>) -> Vec<(&'static str, String)> {
    let c = all.comparison;
    let s = |words: Words| all.say(words).to_owned();
    let run = |run: &crate::compare::Run| {
        let year = run.year.map_or_else(|| "—".to_owned(), |year| year.to_string());
        format!("{} ({year}, jixiao {})", run.path, run.version)
    };
    let runs = all.fill(words::CMP_N_RUNS, &[("a", &run(&c.before)), ("b", &run(&c.after))]);
    let program = all.fill(words::CMP_PROGRAM, &[("version", env!("CARGO_PKG_VERSION"))]);
    let all_lines = [
        (words::CMP_M_RUNS, runs),
        (words::CMP_M_MATCH, s(words::CMP_N_MATCH)),
        (words::CMP_M_SCORE, s(words::CMP_N_SCORE)),
        (words::CMP_M_CAUSES, s(words::CMP_N_STATES)),
        (words::CMP_M_MERGED, s(words::CMP_N_MERGED)),
        (words::CMP_M_FINDINGS, s(words::CMP_N_FINDINGS)),
        (words::CMP_M_EFFECT, s(words::CMP_N_EFFECT)),
        (words::CMP_M_MARKS, format!("{}{}", s(words::CMP_N_ARROWS), s(words::CMP_N_DASH))),
        (words::CMP_M_PROGRAM, program),
    ];
    all_lines.into_iter().map(|(name, how)| (all.say(name), how)).collect()
}

pub(super) fn write(book: &mut Book, all: &Arranged<'_>) -> Result<(), RenderError> {
    let columns = [Column::new(all.say(words::CMP_NOTE_HEAD), 20.0), Column::new(all.say(words::CMP_NOTE_TEXT), 92.0)];
    let mut page = Page::open(book, all.say(ABOUT.name), &all.imprint, &ABOUT, &columns)?;
    let mut row = page.heads(HEAD_ROW, &columns)?;
    for (name, how) in lines(all) {
        page.text(row, 0, name, Style::TEXT.bold())?;
        page.text(row, 1, &how, Style::TEXT)?;
        page.wrap_height(row, ROW, &[(&how, Style::TEXT, 92.0)])?;
        row += 1;
    }
    page.notes(row, &columns, &[], None)?;
    Ok(())
}
