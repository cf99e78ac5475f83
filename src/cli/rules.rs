//! `jixiao rules`: the check rules, from the catalogue.

use super::args::RulesArgs;
use super::crop::crop;
use super::{Exit, out};
use crate::finding::catalogue::{self, example::Case};
use crate::finding::{Lang, Level, Rule};
use crate::quantity::CellRef;
use crate::rule::example;
use anstyle::{AnsiColor, Effects, Style};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr as _;

pub(super) const BOLD: Style = Style::new().effects(Effects::BOLD);
pub(super) const DIM: Style = Style::new().effects(Effects::DIMMED);

/// The colour of a severity.
pub(super) fn colour(level: Level) -> Style {
    match level {
        Level::Error => AnsiColor::Red.on_default().effects(Effects::BOLD),
        Level::Warning => AnsiColor::Yellow.on_default().effects(Effects::BOLD),
        Level::Info => AnsiColor::Cyan.on_default(),
    }
}

pub(super) fn rules(args: &RulesArgs) -> Exit {
    let RulesArgs { code, talk } = args;
    let lang = super::job::lang(talk.lang).unwrap_or(Lang::Zh);
    let text = match code {
        None => list(lang),
        Some(code) => {
            let upper = code.to_ascii_uppercase();
            let Some(rule) = catalogue::find(&upper) else {
                out::refuse(match lang {
                    Lang::Zh => format!("没有规则 {code}；全部规则见 jixiao rules"),
                    Lang::En => format!("no rule {code}; `jixiao rules` lists them all"),
                });
                return Exit::Refused;
            };
            detail(rule, lang)
        }
    };
    match out::result(&text) {
        Ok(()) => Exit::Done,
        Err(_) => Exit::Refused,
    }
}

fn list(lang: Lang) -> String {
    let mut text = String::new();
    for rule in catalogue::all() {
        let style = colour(rule.level);
        let word = rule.level.words().get(lang);
        let gap = " ".repeat(9_usize.saturating_sub(word.width()));
        let _ = writeln!(text, "{BOLD}{:<7}{BOLD:#}{style}{word}{style:#}{gap}{}", rule.code, rule.name.get(lang));
    }
    text
}

fn detail(rule: &Rule, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let style = colour(rule.level);
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{BOLD}{} {}{BOLD:#}  {style}{}{style:#}  {DIM}v{}{DIM:#}\n",
        rule.code,
        rule.name.get(lang),
        rule.level.words().get(lang),
        rule.version
    );
    let parts = [
        (if zh { "为什么查" } else { "why" }, rule.why.get(lang)),
        (if zh { "怎样计算" } else { "how" }, rule.how.get(lang)),
        (if zh { "怎样报出" } else { "message" }, rule.message.get(lang)),
        (if zh { "怎样处理" } else { "to do" }, rule.advice.get(lang)),
        (if zh { "依据" } else { "source" }, rule.source),
    ];
    for (label, words) in parts.into_iter().filter(|(_, words)| !words.is_empty()) {
        let gap = " ".repeat(10_usize.saturating_sub(label.width()));
        let _ = writeln!(text, "{DIM}{label}{DIM:#}{gap}{words}");
    }
    if let Some(example) = catalogue::example::find(rule.code)
        && let Some(cell) = CellRef::parse(example.cell)
    {
        show(&mut text, if zh { "合格例" } else { "passes" }, &example.passes, cell);
        show(&mut text, if zh { "不合格例" } else { "fails" }, &example.fails, cell);
    }
    text
}

/// The neighbourhood of the cell on the first sheet of a case.
fn show(text: &mut String, label: &str, case: &Case, cell: CellRef) {
    let books = example::books(case);
    if let Some(sheet) = books.first().and_then(|book| book.sheets.first()) {
        let _ = writeln!(text, "\n{DIM}{label}{DIM:#}  {}", sheet.name);
        text.push_str(&crop(sheet, cell));
    }
}
