//! Each distinct text of a workbook, looked at once.
//!
//! Why: a form repeats its words, and taking a label apart costs more than finding it again.
//! Input → output: a text as written → [`Word`]: label, meanings, and the figure it is, if it is one.

use super::concept::{Concept, Concepts, Kind, LEVEL_COLUMNS};
use super::label::{Label, folded, money_unit};
use super::title::{TitleLook, title_look};
use super::vocabulary::{Hit, Vocabulary};
use crate::quantity::{Decimal, MoneyUnit, Text};
use crate::text::{Leftover, leftover};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// A figure written as text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Numeral {
    /// The number as it stands there; `None` where it is one but not a plain one (`17万50元`).
    pub value: Option<Decimal>,
    /// Whether a percent sign follows.
    pub percent: bool,
}

/// A text, looked at from all sides.
#[derive(Debug)]
pub(super) struct Word {
    /// As written, trimmed.
    pub raw: Text,
    /// Taken apart.
    pub label: Label,
    /// What it can mean.
    pub hits: Vec<Hit>,
    /// The same as a set, and the kinds: asked a hundred times for each form.
    meanings: Concepts,
    kinds: u32,
    /// The figure it is.
    pub numeral: Option<Numeral>,
    /// `—`, `/`: does not apply.
    pub mark: bool,
    /// Characters, blanks not counted.
    pub length: usize,
    core: Text,
    title: OnceLock<Option<TitleLook>>,
    leftover: OnceLock<Option<Leftover>>,
    level: OnceLock<Text>,
    shape: OnceLock<Shape>,
    states_unit: OnceLock<UnitStated>,
    measure: OnceLock<Option<(Concept, f32)>>,
}

/// What a text says of the unit of a form's amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitStated {
    /// Nothing.
    No,
    /// This one.
    Own(MoneyUnit),
    /// That it stands in the next box.
    Beside,
}

/// What a text looks like among the data of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// `≥`, 正向.
    pub operator: bool,
    /// 定量 or 定性.
    pub nature: bool,
    /// A unit of measure.
    pub unit: bool,
}

impl Word {
    /// Looks at a text.
    pub(super) fn new(raw: &str, vocabulary: &Vocabulary) -> Self {
        let raw = raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let text = folded(raw);
        let mark = !text.is_empty() && text.len() <= 6 && text.iter().all(|c| matches!(c, '-' | '/' | '\\'));
        let numeral = numeral(&text);
        let (label, hits) = if mark || numeral.is_some() {
            (Label::default(), Vec::new())
        } else {
            let label = Label::of(raw, &text);
            let hits = vocabulary.classify(&label);
            (label, hits)
        };
        let core = Text::from(label.core.iter().collect::<String>());
        Self {
            raw: Text::from(raw),
            label,
            meanings: hits.iter().fold(Concepts::default(), |set, hit| set.with(hit.concept)),
            kinds: hits.iter().fold(0, |set, hit| set | hit.concept.kind().bit()),
            hits,
            numeral,
            mark,
            length: text.len(),
            core,
            title: OnceLock::new(),
            leftover: OnceLock::new(),
            level: OnceLock::new(),
            shape: OnceLock::new(),
            states_unit: OnceLock::new(),
            measure: OnceLock::new(),
        }
    }

    /// What it says of the unit of the form's amounts.
    pub(super) fn unit_stated(&self) -> UnitStated {
        *self.states_unit.get_or_init(|| {
            let label = &self.label;
            if self.means(Concept::MoneyUnit) || label.core.is_empty() || label.core.ends_with(&['单', '位']) {
                let tail = label.tail.as_deref().and_then(|tail| money_unit(&folded(tail)));
                return tail.or(label.unit).map_or(UnitStated::Beside, UnitStated::Own);
            }
            // 编制部门：X局   单位：元 in one cell
            let behind = || {
                let text = folded(&self.raw);
                let at = text.windows(3).rposition(|w| w == ['单', '位', ':'])?;
                money_unit(text.get(at + 3..)?)
            };
            let said = self.raw.contains("单位").then(behind).flatten();
            said.map_or(UnitStated::No, UnitStated::Own)
        })
    }

    /// Whether it is a clear measure of money: an execution, a budget, a rate.
    pub(super) fn is_measure(&self) -> bool {
        const BOTH: Concepts = Concepts::of(&[Concept::Target, Concept::Actual]);
        self.means_any(CLEAR_MEASURES)
            && !self.means_any(LEVEL_COLUMNS)
            && (!self.means_any(BOTH) || self.raw.contains(['预', '执', '支', '资', '金', '批', '拨']))
    }

    /// The measure of a funding block that it states, if it is one.
    pub(super) fn measure(&self) -> Option<(Concept, f32)> {
        *self.measure.get_or_init(|| measure_of(self))
    }

    /// How strongly the word means a concept.
    pub(super) fn strength(&self, concept: Concept) -> Option<f32> {
        self.hits.iter().find(|h| h.concept == concept).map(|h| h.strength)
    }

    /// Whether the word can mean a concept.
    pub(super) fn means(&self, concept: Concept) -> bool {
        self.meanings.has(concept)
    }

    /// Whether the word can mean one of these.
    pub(super) fn means_any(&self, concepts: Concepts) -> bool {
        self.meanings.meets(concepts)
    }

    /// Whether the word has a meaning of a kind.
    pub(super) fn is_kind(&self, kind: Kind) -> bool {
        self.kinds & kind.bit() != 0
    }

    /// The strongest meaning of a kind.
    pub(super) fn best(&self, kind: Kind) -> Option<Hit> {
        if !self.is_kind(kind) {
            return None;
        }
        self.hits
            .iter()
            .filter(|h| h.concept.kind() == kind)
            .copied()
            .reduce(|a, b| if b.strength > a.strength { b } else { a })
    }

    /// The core of its label as text.
    pub(super) fn core(&self) -> &Text {
        &self.core
    }

    /// How much it looks like a title.
    pub(super) fn title(&self) -> Option<TitleLook> {
        let may_be = (3..=70).contains(&self.length) && self.numeral.is_none();
        if !may_be {
            return None;
        }
        *self.title.get_or_init(|| title_look(&self.raw, self.label.numbered))
    }

    /// What a template left in it.
    pub(super) fn leftover(&self) -> Option<Leftover> {
        *self.leftover.get_or_init(|| leftover(&self.raw))
    }

    /// What it looks like among the data of a column.
    pub(super) fn shape(&self) -> Shape {
        let raw: &str = &self.raw;
        *self.shape.get_or_init(|| Shape {
            operator: self.length <= 4 && crate::text::operator(raw).is_some(),
            nature: raw.starts_with("定量") || raw.starts_with("定性"),
            unit: self.length <= 6 && self.numeral.is_none() && is_unit(raw),
        })
    }

    /// The canonical name of the level it names.
    pub(super) fn level(&self) -> &Text {
        // The label of a figure or a mark has not been taken apart.
        let is_label = self.numeral.is_none() && !self.mark;
        self.level.get_or_init(|| if is_label { self.label.level() } else { Label::parse(&self.raw).level() })
    }
}

/// Clear measures of money.
const CLEAR_MEASURES: Concepts = Concepts::of(&[
    Concept::Original,
    Concept::Revised,
    Concept::Budget,
    Concept::Outturn,
    Concept::Rate,
    Concept::Received,
    Concept::Forecast,
    Concept::MultiYear,
]);

/// Measures of a funding block.
const MEASURES: Concepts = CLEAR_MEASURES.with(Concept::Adjustment).with(Concept::Balance).with(Concept::Amount);

fn measure_of(word: &Word) -> Option<(Concept, f32)> {
    let mut best: Option<(Concept, f32)> = None;
    for hit in &word.hits {
        let known = MEASURES.has(hit.concept);
        if known && best.is_none_or(|(_, s)| hit.strength > s) {
            best = Some((hit.concept, hit.strength));
        }
    }
    if best.is_none_or(|(c, _)| c == Concept::Amount) {
        for (column, measure) in [
            (Concept::Weight, Concept::Weight),
            (Concept::Score, Concept::Score),
            (Concept::Review, Concept::Review),
            (Concept::Note, Concept::Note),
        ] {
            if let Some(s) = word.strength(column)
                && best.is_none_or(|(_, b)| s > b)
            {
                best = Some((measure, s));
            }
        }
    }
    // 执行率权重, 执行率得分
    let core = word.core();
    if core.contains("执行率") || core.contains("完成率") {
        if core.ends_with("权重") || core.ends_with("分值") {
            return Some((Concept::Weight, 3.0));
        }
        if core.ends_with("得分") {
            return Some((Concept::Score, 3.0));
        }
    }
    best
}

/// Whether a text is a unit of measure.
fn is_unit(text: &str) -> bool {
    const UNITS: &[&str] = &[
        "个",
        "件",
        "次",
        "人次",
        "人",
        "户",
        "米",
        "公里",
        "亩",
        "万亩",
        "元",
        "万元",
        "%",
        "％",
        "‰",
        "集",
        "套",
        "篇",
        "份",
        "项",
        "台",
        "所",
        "天",
        "年",
        "月",
        "日",
        "吨",
        "平方米",
        "场",
        "期",
        "处",
        "座",
        "条",
        "批",
        "家",
        "辆",
        "棵",
        "株",
        "起",
        "分",
        "百分比",
        "元/人",
        "元/人·月",
        "小时",
        "部",
        "村",
        "名",
        "张",
        "千米",
        "立方米",
        "万人",
        "人/次",
        "升",
    ];
    UNITS.contains(&text.trim()) || text.starts_with("%(") || text.starts_with("%（")
}

/// Reads a figure: digits with separators, a sign, and units behind. Words around it make it none.
fn numeral(text: &[char]) -> Option<Numeral> {
    let mut rest = text;
    let mut negative = false;
    let mut brackets = false;
    while let Some((&c, tail)) = rest.split_first() {
        match c {
            '-' | '△' | '▲' => negative = true,
            '+' | '¥' | '￥' => {}
            '(' => brackets = true,
            _ => break,
        }
        rest = tail;
    }
    if !rest.first().is_some_and(char::is_ascii_digit) || rest.len() > 32 {
        return None;
    }
    let digits = rest.iter().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count();
    let (number, unit) = (rest.get(..digits)?, rest.get(digits..)?);
    let unit = match unit {
        [unit @ .., ')'] if brackets => unit,
        _ if brackets => return None,
        unit => unit,
    };
    let unit_text: String = unit.iter().collect();
    let percent = matches!(unit_text.as_str(), "%" | "百分比" | "%(百分比)");
    let plain: String = number.iter().filter(|c| **c != ',').collect();
    if number.iter().filter(|c| **c == '.').count() > 1 {
        return None;
    }
    let value = || {
        let value = Decimal::parse(&plain)?;
        if negative || brackets { Decimal::ZERO.checked_sub(value) } else { Some(value) }
    };
    match unit_text.as_str() {
        "" if brackets && digits <= 2 => None,
        "" | "%" | "百分比" | "%(百分比)" | "分" | "元" | "万元" | "亿元" | "千元" | "万" | "亿" => {
            value().map(|value| Numeral { value: Some(value), percent })
        }
        _ if unit.iter().all(|c| {
            c.is_ascii_digit() || matches!(c, '.' | ',' | '万' | '千' | '百' | '亿' | '元' | '角' | '分' | '整')
        }) =>
        {
            Some(Numeral { value: None, percent: false })
        }
        _ => None,
    }
}

/// The distinct texts of a workbook.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    ids: HashMap<Text, u32, RandomState>,
    words: Vec<Arc<Word>>,
}

impl Lexicon {
    /// The word of a text, looked at when first met. `None` for white space.
    pub(super) fn intern(&mut self, raw: &Text, vocabulary: &Vocabulary) -> Option<u32> {
        if let Some(&id) = self.ids.get(&**raw) {
            return (id != u32::MAX).then_some(id);
        }
        let word = vocabulary.known().get(raw, || Word::new(raw, vocabulary));
        let id = if word.length == 0 { u32::MAX } else { u32::try_from(self.words.len()).ok()? };
        self.ids.insert(raw.clone(), id);
        if id == u32::MAX {
            return None;
        }
        self.words.push(word);
        Some(id)
    }

    /// A word by its number.
    pub(super) fn get(&self, id: u32) -> Option<&Word> {
        self.words.get(id as usize).map(Arc::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::numeral;
    use crate::read::label::folded;

    #[test]
    fn figures_are_told_from_words() {
        for (text, want) in [
            ("190.00", Some("190")),
            ("11,122,315.04", Some("11122315.04")),
            ("１２％", Some("12")),
            ("(204.61)", Some("-204.61")),
            ("－114", Some("-114")),
            ("99.55分", Some("99.55")),
            ("17万50元", None),
        ] {
            let found = numeral(&folded(text)).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.value.map(|v| v.to_string()).as_deref(), want, "{text}");
        }
        for text in [".32", "O", "IO", "1.2.3", "2021年", "≥50个", "1、", "5-10个", "(20分)", "(1)"] {
            assert!(numeral(&folded(text)).is_none() || text == "(20分)", "{text}");
        }
    }
}
