//! Every word that the workbooks and the page print, once, in both languages.
//!
//! Input → output: a constant and a language → text. `{name}` in a text is filled by [`fill`]; a test checks that both
//! languages of a text name the same arguments.

mod attention;
mod compare;
mod feedback;
mod heads;
mod method;
mod notes;
mod page;
mod sheets;
mod waterfall;

pub(crate) use attention::*;
pub(crate) use compare::*;
pub(crate) use feedback::*;
pub(crate) use heads::*;
pub(crate) use method::*;
pub(crate) use notes::*;
pub(crate) use page::*;
pub(crate) use sheets::*;
pub(crate) use waterfall::*;

use crate::finding::{Lang, Words};

/// Declares words: a constant each, and `ALL` of a file for the test.
macro_rules! words {
    ($($name:ident = $zh:literal / $en:literal;)+) => {
        $(pub(crate) const $name: crate::finding::Words = crate::finding::Words::new($zh, $en);)+
        #[cfg(test)]
        pub(super) const CATALOGUE: &[(&str, crate::finding::Words)] = &[$((stringify!($name), $name)),+];
    };
}
use words;

/// The words in `lang` with each `{name}` replaced by its argument.
pub(crate) fn fill(words: Words, lang: Lang, args: &[(&str, &str)]) -> String {
    let mut out = words.get(lang).to_owned();
    for (name, value) in args {
        out = out.replace(&format!("{{{name}}}"), value);
    }
    out
}

/// What separates names in a sentence.
pub(crate) const fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}

/// The canonical names of indicators in English; others are shown as written.
const INDICATORS: &[(&str, &str)] = &[
    ("预算执行率", "Budget execution"),
    ("决策", "Decision"),
    ("过程", "Process"),
    ("产出", "Output"),
    ("效益", "Benefit"),
    ("满意度", "Satisfaction"),
    ("数量", "Quantity"),
    ("质量", "Quality"),
    ("时效", "Timeliness"),
    ("成本", "Cost"),
    ("经济效益", "Economic"),
    ("社会效益", "Social"),
    ("生态效益", "Ecological"),
    ("可持续影响", "Lasting effect"),
    ("服务对象满意度", "Satisfaction of users"),
];

/// Name of an indicator for a column head.
pub(crate) fn indicator(name: &str, lang: Lang) -> &str {
    match lang {
        Lang::Zh => name,
        Lang::En => INDICATORS.iter().find(|(zh, _)| *zh == name).map_or(name, |(_, en)| en),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn both_languages_name_the_same_arguments() {
        let holes = |text: &'static str| -> BTreeSet<&str> {
            text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
        };
        let all = [
            super::attention::CATALOGUE,
            super::compare::CATALOGUE,
            super::feedback::CATALOGUE,
            super::heads::CATALOGUE,
            super::method::CATALOGUE,
            super::notes::CATALOGUE,
            super::page::CATALOGUE,
            super::page::PAGE,
            super::sheets::CATALOGUE,
            super::waterfall::CATALOGUE,
        ];
        for (name, words) in all.into_iter().flatten() {
            assert!(!words.zh.is_empty() && !words.en.is_empty(), "{name}");
            assert_eq!(holes(words.zh), holes(words.en), "{name}");
        }
    }
}
