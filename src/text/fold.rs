//! Characters folded for comparison.
//!
//! Why: the same label reaches the program in full and half width, with blanks for justification, with look-alikes of
//! operators, in traditional characters or in the radicals that converted PDF files hold.
//!
//! Input → output: any text → a key made for comparing, never for showing. Folding a key again changes nothing.

use super::table::FOLDED;
use crate::quantity::Entry;
use std::borrow::Cow;

/// What a character becomes in a key. `None`: it is left out (white space, invisible characters).
pub fn fold_char(c: char) -> Option<char> {
    if c.is_ascii_graphic() {
        return Some(c);
    }
    let Ok(code) = u16::try_from(u32::from(c)) else {
        return Some(c);
    };
    match FOLDED.get(usize::from(code)) {
        Some(0) => None,
        Some(&to) => char::from_u32(u32::from(to)),
        None => Some(c),
    }
}

/// The comparison key: full width made half width, all white space left out, look-alikes and traditional characters
/// replaced by the usual ones. Case is kept.
///
/// ```
/// use jixiao::text::key;
/// assert_eq!(key("　年度\n指 标 值（Ａ）"), "年度指标值(A)");
/// assert_eq!(key("﹦≧≦〉％"), "=≥≤>%");
/// assert_eq!(key("項目績效"), "项目绩效");
/// ```
pub fn key(text: &str) -> String {
    folded(text).into_owned()
}

/// As [`key`], borrowed where folding changes nothing.
pub fn folded(text: &str) -> Cow<'_, str> {
    let Some(first) = text.char_indices().find(|&(_, c)| fold_char(c) != Some(c)).map(|(at, _)| at) else {
        return Cow::Borrowed(text);
    };
    let (same, rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len());
    out.push_str(same);
    out.extend(rest.chars().filter_map(fold_char));
    Cow::Owned(out)
}

/// Whether two texts have the same key; compares without building either.
pub fn same(a: &str, b: &str) -> bool {
    a.chars().filter_map(fold_char).eq(b.chars().filter_map(fold_char))
}

/// Whether a character is white space in any script, or invisible.
pub fn is_blank(c: char) -> bool {
    !c.is_ascii_graphic() && fold_char(c).is_none()
}

/// The text without white space around it, full-width blanks included; what is inside is kept.
///
/// ```
/// assert_eq!(jixiao::text::tidy("　 平安 综治\n"), "平安 综治");
/// ```
pub fn tidy(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// Words for "there is none", as they stand in cells meant for figures.
const NONE_WORDS: &[&str] = &["无", "暂无", "不涉及", "不适用", "未涉及", "N/A", "n/a", "无此项"];

/// Whether a figure's cell says nothing: [`Entry::Blank`] for white space, [`Entry::NotApplicable`] for dashes, slashes
/// and words like 不涉及; `None` when something else is written.
///
/// ```
/// use jixiao::{quantity::Entry, text::nothing};
/// assert_eq!(nothing::<i64>("　"), Some(Entry::Blank));
/// assert_eq!(nothing::<i64>("——"), Some(Entry::NotApplicable));
/// assert_eq!(nothing::<i64>("0"), None);
/// ```
pub fn nothing<T>(text: &str) -> Option<Entry<T>> {
    let text = tidy(text);
    let Some(first) = text.chars().next() else {
        return Some(Entry::Blank);
    };
    // Nearly every figure begins with a digit.
    if first.is_ascii_digit() {
        return None;
    }
    is_placeholder(text).then_some(Entry::NotApplicable)
}

/// Whether the text means "does not apply": only dashes or slashes, or a word for it.
pub fn is_placeholder(text: &str) -> bool {
    let text = tidy(text);
    if text.is_empty() || text.len() > 24 {
        return false;
    }
    let mut letters = text.chars().filter_map(fold_char);
    let Some(first) = letters.next() else { return true };
    let is_stroke = |c: char| matches!(c, '-' | '/' | '\\');
    is_stroke(first) && letters.all(is_stroke)
        || NONE_WORDS.iter().any(|word| word.starts_with(first) && same(word, text))
}

#[cfg(test)]
mod tests {
    use super::{NONE_WORDS, fold_char, folded, is_placeholder, key, nothing, same, tidy};
    use crate::quantity::Entry;
    use proptest::prelude::*;
    use std::borrow::Cow;

    #[test]
    fn each_word_for_nothing_is_one() {
        for word in NONE_WORDS.iter().chain(&["——", " /／ ", "－", "ｎ／ａ", "不 适 用", "\u{200b}無"]) {
            assert!(is_placeholder(word), "{word}");
        }
        for text in ["", " ", "无误", "不", "0", "-1", "N", "/月"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn width_blanks_and_look_alikes_fold() {
        for (text, want) in [
            ("投 入", "投入"),
            ("　15辑", "15辑"),
            ("１，２３４．５６", "1,234.56"),
            ("【105】教育部", "[105]教育部"),
            ("預算執行情況", "预算执行情况"),
            ("⼯作⽬标", "工作目标"),
            ("〇\u{200b}一\u{feff}", "〇一"),
            ("－114", "-114"),
            ("⩾90﹪", "≥90%"),
            ("㈠", "㈠"),
            ("𠮷", "𠮷"),
        ] {
            assert_eq!(key(text), want, "{text}");
        }
        assert!(matches!(folded("年度指标值"), Cow::Borrowed(_)));
    }

    #[test]
    fn nothing_has_kinds() {
        assert_eq!(nothing::<i64>(""), Some(Entry::Blank));
        for text in ["—", "——", "－", "-", "/", "∕", "／", " － ", "不涉及", "无", "———"] {
            assert_eq!(nothing::<i64>(text), Some(Entry::NotApplicable), "{text}");
        }
        for text in ["-1", "0", "—5", "完成", "无偏差", "/年"] {
            assert_eq!(nothing::<i64>(text), None, "{text}");
        }
        assert!(!is_placeholder(""));
    }

    #[test]
    fn tidy_keeps_what_is_inside() {
        assert_eq!(tidy("\u{3000}\u{a0}a\n b\u{200b} "), "a\n b");
        assert_eq!(tidy("　"), "");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,20}") {
            let once = key(&text);
            prop_assert_eq!(key(&once), once);
        }

        #[test]
        fn keys_hold_no_blank(text in any::<String>()) {
            prop_assert!(!key(&text).chars().any(char::is_whitespace));
            prop_assert!(same(&text, &key(&text)));
        }

        #[test]
        fn a_character_folds_to_a_fixed_point(c in any::<char>()) {
            if let Some(to) = fold_char(c) {
                prop_assert_eq!(fold_char(to), Some(to));
            }
        }
    }
}
