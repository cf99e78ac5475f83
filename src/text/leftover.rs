//! What a template left behind in a form that somebody filled in.
//!
//! Why: rows like `指标2：` and `……` are no indicators, and an instruction that still stands in a cell is no answer.
//!
//! Input → output: the text of a cell → what kind of leftover it is, if any.

use super::fold::{folded, tidy};

/// What is left of the template in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leftover {
    /// The whole text: `指标2：`, `……`, `目标1`, `××`, `«name»`.
    Placeholder,
    /// Marks to be replaced inside a text: `完成××项`, `**%`.
    Marks,
    /// An instruction: `(100字以内)`, `结合自评情况，说明…`.
    Instruction,
}

/// Words of instructions.
const INSTRUCTIONS: &[&str] = &[
    "字以内",
    "字左右)",
    "字内)",
    "请填写",
    "请简要",
    "请说明",
    "请结合",
    "请逐项",
    "填报说明",
    "填写说明",
    "填表说明",
    "结合自评情况",
];

/// What a template left in this text.
///
/// ```
/// use jixiao::text::{Leftover, leftover};
/// assert_eq!(leftover("指标2："), Some(Leftover::Placeholder));
/// assert_eq!(leftover("……"), Some(Leftover::Placeholder));
/// assert_eq!(leftover("完成XX项"), Some(Leftover::Marks));
/// assert_eq!(leftover("（200字以内）"), Some(Leftover::Instruction));
/// assert_eq!(leftover("新建公厕2座"), None);
/// ```
pub fn leftover(text: &str) -> Option<Leftover> {
    let text = tidy(text);
    if text.is_empty()
        || text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        return None;
    }
    let key = folded(text);
    if is_placeholder_row(&key) {
        return Some(Leftover::Placeholder);
    }
    let may_instruct = key.contains(['字', '请', '填', '结']);
    if may_instruct && INSTRUCTIONS.iter().any(|word| key.contains(word)) {
        return Some(Leftover::Instruction);
    }
    has_marks(&key).then_some(Leftover::Marks)
}

/// Whether the folded text as a whole is a template's.
fn is_placeholder_row(key: &str) -> bool {
    if key.chars().all(|c| matches!(c, '…' | '.' | '。' | '*' | '×' | 'X' | 'x' | '_' | '%')) {
        // A lone mark may be an answer: `×` for no, `.` from a slip.
        return key.chars().count() >= 2 || key == "…";
    }
    let numbered = ["指标", "目标", "指标值", "绩效指标", "绩效目标"].iter().any(|word| {
        key.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_end_matches([':', '.', '…']);
            !rest.is_empty()
                && rest.len() <= 6
                && rest.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        })
    });
    numbered || is_field_mark(key)
}

/// Marks of report generators: `&=$name`, `«name»`, `${name}`, `{{name}}`.
fn is_field_mark(key: &str) -> bool {
    let pair =
        |open: &str, close: &str| key.len() > open.len() + close.len() && key.starts_with(open) && key.ends_with(close);
    key.starts_with("&=") || pair("«", "»") || pair("${", "}") || pair("{{", "}}")
}

/// Whether marks to be replaced stand inside: a run of two or more `×`, `X` or `*` beside no other letter.
fn has_marks(key: &str) -> bool {
    let mut run = 0_usize;
    let mut before = ' ';
    let mut last = ' ';
    for c in key.chars().chain([' ']) {
        if matches!(c, '×' | 'X' | '*') && (run == 0 || c == last) {
            if run == 0 {
                before = last;
            }
            run += 1;
        } else {
            let beside_letter = before.is_ascii_alphanumeric() || c.is_ascii_alphanumeric();
            if run >= 2 && (!beside_letter || last == '×') {
                return true;
            }
            run = 0;
        }
        last = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Leftover, leftover};

    #[test]
    fn templates_are_told_from_answers() {
        for text in [
            "指标1：",
            "指标 2:",
            "……",
            "…",
            "***",
            "**%",
            "目标1：",
            "××",
            "«项目名称»",
            "&=$xmmc",
            "指标三",
            "......",
        ] {
            assert_eq!(leftover(text), Some(Leftover::Placeholder), "{text}");
        }
        for text in ["完成××项", "满意度达到XX%", "覆盖率××％以上", "XX局"] {
            assert_eq!(leftover(text), Some(Leftover::Marks), "{text}");
        }
        for text in ["(100字以内)", "结合自评情况，说明项目产出", "请填写完成情况"] {
            assert_eq!(leftover(text), Some(Leftover::Instruction), "{text}");
        }
        for text in ["", "12", "×", "指标完成率", "XXL号", "3×4米", "目标设定合理", "2.5", "MAX", "质量达标率……"]
        {
            assert_eq!(leftover(text), None, "{text}");
        }
    }
}
