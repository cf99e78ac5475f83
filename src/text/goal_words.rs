//! The words of targets: operators, verbs, inexactness.

use super::fold::folded;
use crate::form::Operator;

/// Operators: signs, then words; of two with the same head the longer first.
pub(super) const OPERATORS: &[(&str, Operator)] = &[
    (">=", Operator::Ge),
    ("=>", Operator::Ge),
    ("<=", Operator::Le),
    ("=<", Operator::Le),
    ("≥", Operator::Ge),
    ("≤", Operator::Le),
    ("==", Operator::Eq),
    ("=", Operator::Eq),
    (">", Operator::Gt),
    ("<", Operator::Lt),
    ("大于或等于", Operator::Ge),
    ("小于或等于", Operator::Le),
    ("大于等于", Operator::Ge),
    ("小于等于", Operator::Le),
    ("不得低于", Operator::Ge),
    ("不得少于", Operator::Ge),
    ("不得超过", Operator::Le),
    ("不得高于", Operator::Le),
    ("不低于", Operator::Ge),
    ("不少于", Operator::Ge),
    ("不小于", Operator::Ge),
    ("不超过", Operator::Le),
    ("不高于", Operator::Le),
    ("不大于", Operator::Le),
    ("不多于", Operator::Le),
    ("控制在", Operator::Le),
    ("不超", Operator::Le),
    ("至少", Operator::Ge),
    ("大于", Operator::Gt),
    ("高于", Operator::Gt),
    ("多于", Operator::Gt),
    ("超过", Operator::Gt),
    ("小于", Operator::Lt),
    ("低于", Operator::Lt),
    ("少于", Operator::Lt),
    ("等于", Operator::Eq),
];

/// Operators behind the number.
pub(super) const SUFFIXES: &[(&str, Operator)] = &[
    ("(含)以上", Operator::Ge),
    ("及以上", Operator::Ge),
    ("以上", Operator::Ge),
    ("(含)以下", Operator::Le),
    ("及以下", Operator::Le),
    ("以内", Operator::Le),
    ("之内", Operator::Le),
    ("以下", Operator::Le),
];

/// Verbs before a number that add nothing to it.
pub(super) const VERBS: &[&str] = &[
    "累计完成",
    "已完成",
    "完成",
    "累计",
    "共计",
    "合计",
    "实现",
    "达到",
    "保持",
    "开展",
    "举办",
    "实际",
    "为",
    "共",
    "达",
    "已",
    "计",
];

/// Words of inexactness, before a number and behind it.
pub(super) const ABOUT_BEFORE: &[&str] = &["大约", "约", "将近", "近"];
pub(super) const ABOUT_AFTER: &[&str] = &["左右", "上下"];

/// Words in an indicator's name that make it a percentage.
pub(super) const RATE_WORDS: &[&str] = &["率", "比例", "满意度", "占比", "比重", "百分比"];

/// Reads an operator: `≥`, `﹦`, `不低于`, `大于等于`, and the direction `正向`, `反向`. `定量`, `定性` are none.
///
/// ```
/// use jixiao::{form::Operator, text::operator};
/// assert_eq!(operator("≧"), Some(Operator::Ge));
/// assert_eq!(operator("＜＝"), Some(Operator::Le));
/// assert_eq!(operator("定性"), None);
/// ```
pub fn operator(text: &str) -> Option<Operator> {
    let text = folded(text);
    if let Some((_, operator)) = OPERATORS.iter().chain(SUFFIXES).find(|(word, _)| *word == text) {
        return Some(*operator);
    }
    match &*text {
        "正向" | "正向指标" => Some(Operator::Ge),
        "反向" | "反向指标" | "逆向" | "逆向指标" => Some(Operator::Le),
        _ => None,
    }
}

/// The operator at the head of folded text, with what follows.
pub(super) fn leading_operator(text: &str) -> Option<(Operator, &str)> {
    if !text.starts_with(is_operator_head) {
        return None;
    }
    OPERATORS.iter().find_map(|(word, operator)| Some((*operator, text.strip_prefix(word)?)))
}

/// Whether one of [`OPERATORS`] begins with this character.
pub(super) const fn is_operator_head(c: char) -> bool {
    matches!(
        c,
        '≥' | '≤' | '=' | '>' | '<' | '大' | '小' | '不' | '控' | '至' | '高' | '多' | '超' | '低' | '少' | '等'
    )
}

#[cfg(test)]
mod tests {
    use super::{OPERATORS, is_operator_head, operator};

    #[test]
    fn operators() {
        for (text, want) in
            [("≥", ">="), ("＞＝", ">="), ("小于等于", "<="), ("﹤", "<"), ("等于", "="), ("正向", ">=")]
        {
            assert_eq!(operator(text).unwrap().code(), want, "{text}");
        }
        for text in ["定量", "", "—", "其他", "个"] {
            assert_eq!(operator(text), None, "{text}");
        }
    }

    #[test]
    fn no_word_hides_behind_a_shorter_one_or_an_unknown_head() {
        for (n, (word, _)) in OPERATORS.iter().enumerate() {
            assert!(word.starts_with(is_operator_head), "{word}");
            let before = OPERATORS.iter().take(n);
            assert!(before.into_iter().all(|(other, _)| !word.starts_with(other)), "{word}");
        }
    }
}
