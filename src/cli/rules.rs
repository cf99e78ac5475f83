//! `jixiao rules`: the check rules, from the catalogue.

use super::args::{RulesArgs, RulesFormat};
use super::crop::{crop, shown};
use super::{Exit, out};
use crate::finding::catalogue::{self, example::Case};
use crate::finding::{Lang, Level, Rule, Words};
use crate::quantity::CellRef;
use crate::rule::example;
use crate::settings;
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
    let RulesArgs { code, format, schema, talk } = args;
    let lang = super::job::lang(talk.lang).unwrap_or(Lang::Zh);
    let one = match code.as_deref().map(str::to_ascii_uppercase) {
        None => None,
        Some(upper) => {
            let Some(rule) = catalogue::find(&upper) else {
                out::refuse(match lang {
                    Lang::Zh => format!("没有规则 {upper}；全部规则见 jixiao rules"),
                    Lang::En => format!("no rule {upper}; `jixiao rules` lists them all"),
                });
                return Exit::Refused;
            };
            Some(rule)
        }
    };
    let chosen = || catalogue::all().filter(|rule| one.is_none_or(|one| one.code == rule.code));
    let text = match (schema, format, one) {
        (true, _, _) => format!("{:#}\n", settings::schema(lang)),
        (false, RulesFormat::Text, None) => list(lang),
        (false, RulesFormat::Text, Some(rule)) => detail(rule, lang),
        (false, RulesFormat::Markdown, _) => reference(chosen(), lang),
        (false, RulesFormat::Json, _) => {
            let mut lines = String::new();
            for rule in chosen() {
                let _ = writeln!(lines, "{}", object(rule));
            }
            lines
        }
    };
    match out::result(&text) {
        Ok(()) => Exit::Done,
        Err(_) => Exit::Refused,
    }
}

/// A rule as one object, in both languages.
fn object(rule: &Rule) -> serde_json::Value {
    let both = |words: Words| serde_json::json!({"zh": words.zh, "en": words.en});
    let sheet = |case: &Case| -> Vec<serde_json::Value> {
        let books = example::books(case);
        let sheet = books.first().and_then(|book| book.sheets.first());
        let cells = sheet
            .map(|sheet| sheet.cells.iter().map(|cell| (cell.at, shown(&cell.value, cell.percent))))
            .into_iter()
            .flatten();
        cells.map(|(at, value)| serde_json::json!([at.to_string(), value])).collect()
    };
    let example = catalogue::example::find(rule.code).map(|example| {
        serde_json::json!({"cell": example.cell, "passes": sheet(&example.passes), "fails": sheet(&example.fails)})
    });
    serde_json::json!({
        "code": rule.code,
        "version": rule.version,
        "severity": rule.level.code(),
        "name": both(rule.name),
        "why": both(rule.why),
        "how": both(rule.how),
        "message": both(rule.message),
        "advice": both(rule.advice),
        "source": rule.source,
        "example": example,
    })
}

/// The reference: every rule in full, as Markdown.
fn reference<'r>(rules: impl Iterator<Item = &'r Rule>, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let mut text = format!("# {}\n", if zh { "审核规则" } else { "Check rules" });
    for rule in rules {
        let level = rule.level.words().get(lang);
        let _ = writeln!(text, "\n## {} {}\n\n{level}　v{}\n", rule.code, rule.name.get(lang), rule.version);
        for (label, words) in parts(rule, lang) {
            let _ = writeln!(text, "- **{label}**：{words}");
        }
        if let Some(example) = catalogue::example::find(rule.code)
            && let Some(cell) = CellRef::parse(example.cell)
        {
            let labels = if zh { ["合格例", "不合格例"] } else { ["passes", "fails"] };
            for (label, case) in labels.into_iter().zip([&example.passes, &example.fails]) {
                let mut drawn = String::new();
                show(&mut drawn, label, case, cell);
                let _ = writeln!(text, "\n```text{}\n```", anstream::adapter::strip_str(drawn.trim_end()));
            }
        }
    }
    text
}

/// What a rule says of itself, each with its label.
fn parts(rule: &Rule, lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    let zh = lang == Lang::Zh;
    let all = [
        (if zh { "为什么查" } else { "why" }, rule.why.get(lang)),
        (if zh { "怎样计算" } else { "how" }, rule.how.get(lang)),
        (if zh { "怎样报出" } else { "message" }, rule.message.get(lang)),
        (if zh { "怎样处理" } else { "to do" }, rule.advice.get(lang)),
        (if zh { "依据" } else { "source" }, rule.source),
    ];
    all.into_iter().filter(|(_, words)| !words.is_empty())
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
    for (label, words) in parts(rule, lang) {
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
