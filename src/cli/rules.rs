//! `jixiao rules`: the check rules.

use super::args::RulesArgs;
use super::{Exit, out};
use crate::finding::{Lang, catalogue};
use std::fmt::Write as _;

pub(super) fn rules(args: &RulesArgs) -> Exit {
    let RulesArgs { code, talk } = args;
    let lang = super::job::lang(talk.lang).unwrap_or(Lang::Zh);
    let mut text = String::new();
    match code {
        None => {
            for rule in catalogue::all() {
                let _ = writeln!(text, "{:<5}{}  {}", rule.code, rule.level.words().get(lang), rule.name.get(lang));
            }
        }
        Some(code) => {
            let Some(rule) = catalogue::find(code) else {
                out::refuse(format_args!("没有规则 {code}，清单见 jixiao rules / no rule {code}"));
                return Exit::Refused;
            };
            let _ = writeln!(text, "{} {} ({})", rule.code, rule.name.get(lang), rule.level.words().get(lang));
            for words in [rule.why, rule.how, rule.message, rule.advice] {
                let _ = writeln!(text, "{}", words.get(lang));
            }
            let _ = writeln!(text, "{}", rule.source);
        }
    }
    match out::result(&text) {
        Ok(()) => Exit::Done,
        Err(_) => Exit::Refused,
    }
}
