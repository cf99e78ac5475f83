//! The label grammar: what a label says beside its name.
//!
//! Why: `其中：项目资金（万元）(A)`, `产出指标（50分）` and `主管部门：区教育局` carry a unit, a letter, a weight, a value. The name
//! alone decides what a cell is, the rest must not be lost.
//!
//! ```text
//! label  = { number } , [ year ] , core , { note } , [ ":" , tail ]     after folding: width, blanks, quotes
//! number = 一、 | (一) | 1. | ① | 其中: | * | •                           repeated; never the whole text
//! note   = "(" ( unit | weight | letter | hint ) ")" anywhere, or a unit, a weight or a letter at the end
//! ```
//! Invariants: brackets that are no note stay in the core; `tail` is the text as written; a label of nothing but a weight,
//! `(20分)`, has an empty core.

use crate::quantity::{Decimal, MoneyUnit, Text};

/// Longest text that is looked at as a label; anything longer is prose.
const LONGEST: usize = 48;

/// A label taken apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Label {
    /// The name, folded, without numbers and notes.
    pub core: Vec<char>,
    /// The name without any brackets, where that differs.
    pub bare: Option<Vec<char>>,
    /// Whether a number stood in front.
    pub numbered: bool,
    /// `2019年决算数`: 2019.
    pub year: Option<u16>,
    /// A unit of money.
    pub unit: Option<MoneyUnit>,
    /// `(20分)`, `40分` behind a name.
    pub weight: Option<Decimal>,
    /// `A`, `B/A`.
    pub letter: Option<String>,
    /// What stands behind the colon, as written.
    pub tail: Option<String>,
}

/// Folds a text for comparison: width, blanks, quotes, traditional characters.
pub(super) fn folded(text: &str) -> Vec<char> {
    letters(text).collect()
}

/// The same one by one.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter_map(fold)
}

fn fold(c: char) -> Option<char> {
    let c = match c {
        '﹕' | '∶' | '︰' => ':',
        '﹙' | '〔' | '【' | '［' => '(',
        '﹚' | '〕' | '】' | '］' => ')',
        '×' | '✕' => '*',
        '~' | '～' => '-',
        '。' => '.',
        _ => crate::text::fold_char(c)?,
    };
    let quote = matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '《' | '》' | '_');
    (!quote).then_some(c)
}

const DIMENSIONS: &[&str] =
    &["产出", "效益", "效果", "决策", "过程", "管理", "满意度", "成本", "投入", "立项", "绩效", "成效"];

const NUMERALS: &str = "一二三四五六七八九十百〇零";

/// How many characters a number in front takes, with its punctuation.
fn number_in_front(text: &[char]) -> usize {
    let run = |skip: usize, of: &dyn Fn(char) -> bool| text.iter().skip(skip).take_while(|&&c| of(c)).count();
    let at = |i: usize| text.get(i).copied().unwrap_or('\0');
    let first = at(0);
    if matches!(first, '*' | '•' | '·' | '★' | '☆' | '●' | '※' | '◆' | '■' | '△' | '-' | '—') {
        return 1;
    }
    if matches!(first, '①'..='⑳' | '⑴'..='⒇' | '⒈'..='⒛' | 'Ⅰ'..='Ⅻ' | '㈠'..='㈩') {
        return 1 + usize::from(matches!(at(1), '.' | '、' | ','));
    }
    if first == '(' {
        let chinese = run(1, &|c| NUMERALS.contains(c));
        let arabic = run(1, &|c| c.is_ascii_digit());
        let n = chinese.max(arabic);
        // `(20)` in front of a name is a number, but `(20分)` is a weight, and a lone `(10)` too
        return if n > 0 && n <= 2 && at(n + 1) == ')' && text.len() > n + 2 { n + 2 } else { 0 };
    }
    let chinese = run(0, &|c| NUMERALS.contains(c));
    if chinese > 0 && matches!(at(chinese), '、' | '.' | ',' | ':') {
        return chinese + 1;
    }
    let arabic = run(0, &|c| c.is_ascii_digit());
    if (1..=2).contains(&arabic) {
        let mark = at(arabic);
        let next = at(arabic + 1);
        if matches!(mark, '、' | ')') || (mark == '.' && !next.is_ascii_digit()) {
            return arabic + 1;
        }
        // 1.1 and 2.3.1 in front of a name
        if mark == '.' && next.is_ascii_digit() {
            let n = run(0, &|c| c.is_ascii_digit() || c == '.');
            let after = at(n);
            if !after.is_ascii() && !"万亿千百个人次元米公吨倍年月天件户亩平分".contains(after) {
                return n + usize::from(after == '、');
            }
        }
    }
    for word in ["其中:", "其中,", "其中", "减:", "加:"] {
        let word: Vec<char> = word.chars().collect();
        if text.starts_with(&word) {
            return word.len();
        }
    }
    0
}

/// Reads `万元`, `单位:元`, `人民币万元`.
pub(super) fn money_unit(text: &[char]) -> Option<MoneyUnit> {
    if !matches!(text.last(), Some('元' | '整' | '万' | '亿')) {
        return None;
    }
    let word: String = text.iter().collect();
    let word = word.rsplit(':').next().unwrap_or_default();
    let word = word.trim_start_matches("人民币").trim_start_matches("金额").trim_start_matches("单位");
    let word = word.trim_start_matches(',').trim_start_matches("为");
    match word {
        "元" | "元整" => Some(MoneyUnit::Yuan),
        "百元" => Some(MoneyUnit::Hundred),
        "千元" => Some(MoneyUnit::Thousand),
        "万元" | "万" => Some(MoneyUnit::TenThousand),
        "百万元" => Some(MoneyUnit::Million),
        "千万元" => Some(MoneyUnit::TenMillion),
        "亿元" | "亿" => Some(MoneyUnit::HundredMillion),
        _ => None,
    }
}

enum Note {
    Unit(MoneyUnit),
    Weight(Decimal),
    Letter(String),
    Hint,
}

const HINTS: &[&str] = &[
    "盖章",
    "签章",
    "公章",
    "签字",
    "必填",
    "选填",
    "可选",
    "字以内",
    "请",
    "说明",
    "可附",
    "全称",
    "包含",
    "详细",
    "下拉",
    "填写",
    "勾选",
    "打√",
    "按",
    "如有",
    "文字描述",
    "百分比",
    "预留",
    "单选",
    "多选",
    "具体",
];

/// A weight: `20分`, `满分20`, `共10分`, `权重10%`, `20`.
fn weight(text: &[char]) -> Option<Decimal> {
    let word: String = text.iter().collect();
    let mut body = word.as_str();
    for lead in ["满分", "共", "权重", "分值", "标准分", "占", ":", "为"] {
        body = body.strip_prefix(lead).unwrap_or(body);
    }
    let body = body.strip_suffix('分').or_else(|| body.strip_suffix('%')).unwrap_or(body);
    let plain = !body.is_empty() && body.len() <= 7 && body.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    plain.then(|| Decimal::parse(body)).flatten()
}

fn note(text: &[char]) -> Option<Note> {
    if let Some(unit) = money_unit(text) {
        return Some(Note::Unit(unit));
    }
    if let Some(weight) = weight(text) {
        return Some(Note::Weight(weight));
    }
    let letters = text.iter().filter(|c| c.is_ascii_alphabetic()).count();
    let formula =
        |c: &char| c.is_ascii_alphanumeric() || matches!(c, '/' | '*' | '+' | '-' | '÷' | '%' | '=' | '(' | ')' | '∕');
    if letters > 0 && text.len() <= 14 && text.iter().all(formula) {
        return Some(Note::Letter(text.iter().collect()));
    }
    if matches!(text, ['%' | '分' | '‰' | '√'] | []) {
        return Some(Note::Hint);
    }
    let word: String = text.iter().collect();
    HINTS.iter().any(|hint| word.contains(hint)).then_some(Note::Hint)
}

impl Label {
    /// Takes a text apart. A text too long for a label gives an empty one.
    pub fn parse(raw: &str) -> Self {
        if raw.len() > LONGEST * 12 { Self::default() } else { Self::of(raw, &folded(raw)) }
    }

    /// As [`Label::parse`], of a text that has been folded before.
    pub(super) fn of(raw: &str, text: &[char]) -> Self {
        if raw.len() > LONGEST * 12 {
            return Self::default();
        }
        let mut out = Self::default();
        let mut rest: &[char] = text;
        let mut colons = 0;
        loop {
            let n = number_in_front(rest);
            if n == 0 || n >= rest.len() {
                break;
            }
            colons += rest.iter().take(n).filter(|&&c| c == ':').count();
            rest = rest.get(n..).unwrap_or_default();
            out.numbered = true;
        }
        // the tail: behind the first colon outside of brackets
        let mut depth = 0_i32;
        let colon = rest.iter().position(|&c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            c == ':' && depth <= 0
        });
        if let Some(at) = colon.filter(|&at| at > 0 && at <= LONGEST) {
            let inside = rest.iter().take(at).filter(|&&c| c == ':').count();
            out.tail = after_colon(raw, colons + inside);
            rest = rest.get(..at).unwrap_or_default();
        }
        if rest.len() > LONGEST {
            return Self { tail: None, ..Self::default() };
        }
        // (特性指标70分): a name in brackets is the name
        if let Some(inner) = outer(rest)
            && note(inner).is_none()
        {
            rest = inner;
        }
        let mut core = out.without_notes(rest);
        out.strip_end(&mut core);
        out.strip_year(&mut core);
        let bare = without_brackets(&core);
        out.bare = (bare.len() != core.len() && !bare.is_empty()).then_some(bare);
        out.core = core;
        out
    }

    fn without_notes(&mut self, text: &[char]) -> Vec<char> {
        let mut core = Vec::with_capacity(text.len());
        let mut i = 0;
        while let Some(&c) = text.get(i) {
            let inner = (c == '(').then(|| bracketed(text, i));
            if let Some(end) = inner {
                let inside = text.get(i + 1..end).unwrap_or_default();
                if let Some(note) = note(inside) {
                    self.take(note);
                    i = end + 1;
                    continue;
                }
            }
            core.push(c);
            i += 1;
        }
        core
    }

    fn take(&mut self, note: Note) {
        match note {
            Note::Unit(unit) => self.unit = self.unit.or(Some(unit)),
            Note::Weight(weight) => self.weight = self.weight.or(Some(weight)),
            Note::Letter(letter) => self.letter = self.letter.take().or(Some(letter)),
            Note::Hint => {}
        }
    }

    /// Notes at the end without brackets: `项目决策2分`, `金额,万元`, `全年预算数A`, `执行率%`.
    fn strip_end(&mut self, core: &mut Vec<char>) {
        while matches!(core.last(), Some('%' | ':' | ',' | ';' | '.' | '、' | '/')) && core.len() > 1 {
            core.pop();
        }
        if let [.., before, last] = core.as_slice()
            && last.is_ascii_uppercase()
            && !before.is_ascii()
        {
            self.letter = self.letter.take().or(Some(last.to_string()));
            core.pop();
        }
        for (i, c) in core.iter().enumerate().rev().take(5) {
            if matches!(c, ',' | '/' | '、' | ':')
                && let Some(unit) = money_unit(core.get(i + 1..).unwrap_or_default())
            {
                self.unit = self.unit.or(Some(unit));
                core.truncate(i);
                break;
            }
        }
        if core.last() == Some(&'分') {
            let digits = core.iter().rev().skip(1).take_while(|c| c.is_ascii_digit() || **c == '.').count();
            let start = core.len() - 1 - digits;
            if digits > 0 && start > 1 {
                self.weight = self.weight.or_else(|| weight(core.get(start..).unwrap_or_default()));
                core.truncate(start);
            }
        }
    }

    fn strip_year(&mut self, core: &mut Vec<char>) {
        let digits: String = core.iter().take(4).collect();
        let Some(year) = digits.parse::<u16>().ok().filter(|y| (1990..=2099).contains(y) && digits.len() == 4) else {
            return;
        };
        let mut n = 4;
        match core.get(4) {
            Some('年' | '-') => n += 1 + usize::from(core.get(5) == Some(&'度')),
            _ => return,
        }
        if core.len() > n {
            self.year = Some(year);
            core.drain(..n);
        }
    }

    /// The canonical name of a level: without number, weight, brackets' notes, 指标 and the words 项目, 预期, 年度 before a
    /// dimension. 产出指标（50分） → 产出.
    pub(super) fn level(&self) -> Text {
        let core: String = self.core.iter().collect();
        let mut name = core.as_str();
        for end in ["指标", "目标值", "值", "类"] {
            if let Some(rest) = name.strip_suffix(end)
                && rest.chars().count() >= 2
            {
                name = rest;
                break;
            }
        }
        for lead in ["项目", "预期", "年度", "部门", "履职"] {
            if let Some(rest) = name.strip_prefix(lead)
                && DIMENSIONS.contains(&rest)
            {
                return rest.into();
            }
        }
        name.into()
    }

    /// Whether nothing but notes stood there.
    pub fn is_empty(&self) -> bool {
        self.core.is_empty()
    }
}

/// What stands inside brackets that hold the whole text.
fn outer(text: &[char]) -> Option<&[char]> {
    let inner = text.strip_prefix(&['('])?.strip_suffix(&[')'])?;
    (bracketed(text, 0) + 1 == text.len() && inner.iter().any(|c| !c.is_ascii())).then_some(inner)
}

/// The place of the bracket that closes the one at `open`; a missing one is taken to close at the end.
fn bracketed(text: &[char], open: usize) -> usize {
    let mut depth = 0;
    for (i, c) in text.iter().enumerate().skip(open) {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return i,
            ')' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn without_brackets(text: &[char]) -> Vec<char> {
    let mut depth = 0;
    let mut out = Vec::with_capacity(text.len());
    for &c in text {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The text behind the n-th colon (from 0), as written; `None` when nothing is there.
fn after_colon(raw: &str, n: usize) -> Option<String> {
    let (at, colon) = raw.char_indices().filter(|&(_, c)| fold(c) == Some(':')).nth(n)?;
    let tail = raw.get(at + colon.len_utf8()..)?.trim();
    (!tail.is_empty()).then(|| tail.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Label;
    use crate::quantity::{Decimal, MoneyUnit};

    fn core(text: &str) -> String {
        Label::parse(text).core.iter().collect()
    }

    #[test]
    fn names_lose_numbers_notes_and_blanks() {
        for (text, want) in [
            ("  绩 效\n指 标 ", "绩效指标"),
            ("一、项目（万元）", "项目"),
            ("（一）财政拨款小计", "财政拨款小计"),
            ("其中：本年财政拨款", "本年财政拨款"),
            ("1. 一般公共预算资金", "一般公共预算资金"),
            ("*分值", "分值"),
            ("全年预算数(A)", "全年预算数"),
            ("执行率（B/A×100%）", "执行率"),
            ("执行率(%)", "执行率"),
            ("项目(政策)名称", "项目(政策)名称"),
            ("项目决策2分", "项目决策"),
            ("2019年决算数", "决算数"),
            ("1-7月执行数", "1-7月执行数"),
            ("1.5万人", "1.5万人"),
            ("项目支出金额，万元", "项目支出金额"),
            ("（20分）", ""),
            ("(10)", ""),
        ] {
            assert_eq!(core(text), want, "{text}");
        }
    }

    #[test]
    fn notes_and_tails_are_kept() {
        let label = Label::parse("产出指标 (50分)");
        assert_eq!(label.weight, Some(Decimal::from_int(50)));
        let label = Label::parse("项目资金\n（万元）");
        assert_eq!(label.unit, Some(MoneyUnit::TenThousand));
        let label = Label::parse("实施单位:北京市 海淀区");
        assert_eq!(label.tail.as_deref(), Some("北京市 海淀区"));
        let label = Label::parse("其中：财政拨款：12");
        assert_eq!((label.core.iter().collect::<String>().as_str(), label.tail.as_deref()), ("财政拨款", Some("12")));
        assert_eq!(Label::parse("2019年决算数").year, Some(2019));
        assert_eq!(Label::parse("全年(调整)预算数").bare.unwrap().iter().collect::<String>(), "全年预算数");
        assert_eq!(Label::parse("金额单位：万元").tail.as_deref(), Some("万元"));
    }
}
