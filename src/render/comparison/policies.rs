//! 口径差异: settings and rules that differ, and what they did.

use super::arranged::Arranged;
use super::findings::rule_name;
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, Paper, ROW, col};
use crate::render::look;
use crate::render::page::Page;
use crate::render::style::Style;
use crate::render::words;
use crate::render::workbook::Book;

const ABOUT: About = About {
    name: words::CMP_POLICIES,
    title: words::CMP_TITLE_POLICIES,
    number: words::CMP_NO_POLICIES,
    unit: None,
    asks: words::CMP_ASK_POLICIES,
    tab: look::GREY,
    paper: Paper::A4,
};

pub(super) fn write(book: &mut Book, all: &Arranged<'_>) -> Result<(), RenderError> {
    let s = |words| all.say(words);
    let columns = [
        Column::new(s(words::CMP_SETTING), 34.0),
        Column::new(s(words::CMP_EARLIER), 20.0),
        Column::new(s(words::CMP_LATER), 20.0),
        Column::new(s(words::CMP_EFFECT), 50.0),
    ];
    let mut page = Page::open(book, s(ABOUT.name), &all.imprint, &ABOUT, &columns)?;
    let first = page.heads(HEAD_ROW, &columns)?;
    let mut row = first;
    for change in &all.comparison.policies {
        let name = name(&change.name, all);
        let effect = all.effect(change);
        page.text(row, 0, &name, Style::TEXT)?;
        for (column, value) in (1..).zip([&change.before, &change.after]) {
            page.text(row, column, if value.is_empty() { "—" } else { value }, Style::TEXT.centred())?;
        }
        page.text(row, 3, &effect, Style::NOTE)?;
        let cells = [(&*name, 34.0), (&*change.before, 20.0), (&*change.after, 20.0)].map(|(t, w)| (t, Style::TEXT, w));
        page.wrap_height(row, ROW, &[&cells[..], &[(&effect, Style::NOTE, 50.0)]].concat())?;
        row += 1;
    }
    if all.comparison.policies.is_empty() {
        row = page.nothing(row, col(columns.len()), s(words::CMP_NO_POLICY))?;
    }
    page.notes(row, &columns, &[s(words::CMP_N_EFFECT).to_owned()], None)?;
    Ok(())
}

/// A setting by its path in `jixiao.toml`; a rule with its name.
pub(in crate::render) fn name(path: &str, all: &Arranged<'_>) -> String {
    match path.strip_prefix("rule ") {
        Some(code) => format!("{code} {}", rule_name(code, all)).trim_end().to_owned(),
        None => path.to_owned(),
    }
}
