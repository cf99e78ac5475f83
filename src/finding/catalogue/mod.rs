//! All rules, one file a theme, each rule declared once.

use super::Rule;

/// Declares rules: a static for each and `RULES`, the list of this theme in order.
macro_rules! rules {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident = $code:literal, $level:ident, v $version:literal {
            name: $name_zh:literal / $name_en:literal,
            message: $message_zh:literal / $message_en:literal,
            advice: $advice_zh:literal / $advice_en:literal,
            why: $why_zh:literal / $why_en:literal,
            how: $how_zh:literal / $how_en:literal,
            source: $source:literal $(,)?
        }
    )+) => {
        $(
            $(#[doc = $doc])+
            pub static $name: crate::finding::Rule = crate::finding::Rule {
                code: $code,
                level: crate::finding::Level::$level,
                version: $version,
                name: crate::finding::Words::new($name_zh, $name_en),
                message: crate::finding::Words::new($message_zh, $message_en),
                advice: crate::finding::Words::new($advice_zh, $advice_en),
                why: crate::finding::Words::new($why_zh, $why_en),
                how: crate::finding::Words::new($how_zh, $how_en),
                source: $source,
            };
        )+
        /// The rules of this theme, in order.
        pub static RULES: &[&crate::finding::Rule] = &[$(&$name),+];
    };
}

pub mod district;
pub mod example;
pub mod file;
pub mod form;
pub mod reading;
pub mod together;

/// Every rule, in the order of the reference page.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [file::RULES, reading::RULES, form::RULES, district::RULES, together::RULES].into_iter().flatten().copied()
}

/// The rule with this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_every_text_is_there() {
        let mut seen = BTreeSet::new();
        for rule in super::all() {
            assert!(seen.insert(rule.code), "{} twice", rule.code);
            for words in [rule.name, rule.message, rule.why, rule.how] {
                assert!(!words.zh.is_empty() && !words.en.is_empty(), "{}", rule.code);
                assert_eq!(
                    holes(words.zh),
                    holes(words.en),
                    "{}: the two languages name different arguments",
                    rule.code
                );
            }
        }
    }

    fn holes(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
    }
}
