//! The vocabulary: which words mean what.
//!
//! Input → output: the TOML of word families → [`Vocabulary`]; the core of a label → the concepts that it can mean, each
//! with its strength. Families of a concept are ranked by their order: `主管部门` before `单位名称`.
//!
//! Invariants: nothing is decided here, a word may mean several things; a near miss (one substituted character) counts
//! only where no concept of any kind knows the word; a broken file is refused as a whole, with concept and word.

use super::concept::Concept;
use super::label::Label;
use super::memo::Memo;
use super::pattern::Pattern;
use super::word::Word;
use std::collections::{BTreeMap, HashMap};

/// One meaning of a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The meaning.
    pub concept: Concept,
    /// Position of the family inside its concept, from 0.
    pub rank: u16,
    /// 3 less 0.02 for each rank; 2.2 for a near miss.
    pub strength: f32,
}

/// Shortest core that may be matched with a wrong character.
const NEAR_LEAST: usize = 4;
/// Longest core that may be matched with a wrong character.
const NEAR_MOST: usize = 14;

#[derive(Debug, Clone)]
struct Family {
    concept: Concept,
    rank: u16,
    pattern: Pattern,
}

/// All word families.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    families: Vec<Family>,
    by_first: HashMap<char, Vec<u32>>,
    by_last: HashMap<char, Vec<u32>>,
    any_first: Vec<u32>,
    exact: HashMap<String, Concept>,
    known: Memo<Word>,
}

impl Vocabulary {
    /// Words met before.
    pub(super) fn known(&self) -> &Memo<Word> {
        &self.known
    }

    /// Reads `[kind] name = ["family", …]`.
    ///
    /// # Errors
    /// What is wrong, naming the concept and the family.
    pub fn parse(toml: &str) -> Result<Self, String> {
        let table: BTreeMap<String, BTreeMap<String, Vec<String>>> =
            toml::from_str(toml).map_err(|e| e.to_string().trim_end().to_owned())?;
        let mut out = Self::default();
        for (kind, names) in &table {
            for (name, families) in names {
                let code = format!("{kind}.{name}");
                let concept = Concept::by_code(&code).ok_or_else(|| unknown_concept(&code))?;
                out.add(concept, families)?;
            }
        }
        Ok(out)
    }

    /// Adds families to a concept, behind those it has.
    ///
    /// # Errors
    /// The family that is no pattern, and why.
    pub fn add(&mut self, concept: Concept, families: &[String]) -> Result<(), String> {
        // Words may mean more from now on.
        self.known = Memo::default();
        let had = self.families.iter().filter(|f| f.concept == concept).count();
        for (i, text) in families.iter().enumerate() {
            let pattern = Pattern::new(text).map_err(|e| format!("{}: `{text}`: {e}", concept.code()))?;
            let id = u32::try_from(self.families.len()).unwrap_or(u32::MAX);
            match pattern.first() {
                Some(chars) => index(&mut self.by_first, chars, id),
                None => self.any_first.push(id),
            }
            if let Some(chars) = pattern.last().filter(|_| !pattern.is_open()) {
                index(&mut self.by_last, chars, id);
            }
            let rank = u16::try_from(had + i).unwrap_or(u16::MAX);
            self.families.push(Family { concept, rank, pattern });
        }
        Ok(())
    }

    /// Makes a label as written mean a concept: a mapping that a person has confirmed. It stands above all families.
    pub fn confirm(&mut self, label: &str, concept: Concept) {
        let core: String = Label::parse(label).core.iter().collect();
        self.exact.insert(core, concept);
        self.known = Memo::default();
    }

    /// What a label can mean; empty for a word that no family knows.
    pub fn classify(&self, label: &Label) -> Vec<Hit> {
        let mut hits = self.of_core(&label.core);
        if hits.is_empty()
            && let Some(bare) = &label.bare
        {
            hits = self.of_core(bare);
        }
        if hits.is_empty() {
            hits = self.near(&label.core);
        }
        hits
    }

    fn of_core(&self, core: &[char]) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let Some(first) = core.first() else { return hits };
        if !self.exact.is_empty()
            && let Some(&concept) = self.exact.get(&core.iter().collect::<String>())
        {
            return vec![Hit { concept, rank: 0, strength: 3.5 }];
        }
        let indexed = self.by_first.get(first).map_or(&[] as &[u32], Vec::as_slice);
        for family in indexed.iter().chain(&self.any_first).filter_map(|&id| self.families.get(id as usize)) {
            if family.pattern.matches(core) {
                push(&mut hits, family, 3.0 - 0.02 * f32::from(family.rank));
            }
        }
        hits
    }

    /// Families that the core misses by one character.
    fn near(&self, core: &[char]) -> Vec<Hit> {
        let mut hits = Vec::new();
        if core.len() < NEAR_LEAST || core.len() > NEAR_MOST || core.iter().any(char::is_ascii_digit) {
            return hits;
        }
        let (Some(first), Some(last)) = (core.first(), core.last()) else { return hits };
        let lists = [self.by_first.get(first), self.by_last.get(last)];
        for &id in lists.into_iter().flatten().flatten() {
            let Some(family) = self.families.get(id as usize) else { continue };
            if hits.iter().all(|h: &Hit| h.concept != family.concept) && family.pattern.nearly(core) {
                push(&mut hits, family, 2.2);
            }
        }
        hits
    }

    /// Concepts that an unknown label of a column may be meant as, by the longest run of characters it shares with one.
    pub fn nearest(&self, label: &Label) -> Option<Concept> {
        let core = &label.core;
        if core.len() < 3 {
            return None;
        }
        // the longest part of the word that is a word by itself
        for n in (3..core.len()).rev() {
            for part in core.windows(n) {
                if let Some(hit) = self.of_core(part).first() {
                    return Some(hit.concept);
                }
            }
        }
        None
    }
}

fn push(hits: &mut Vec<Hit>, family: &Family, strength: f32) {
    match hits.iter_mut().find(|h| h.concept == family.concept) {
        Some(hit) if hit.rank <= family.rank => {}
        Some(hit) => *hit = Hit { concept: family.concept, rank: family.rank, strength },
        None => hits.push(Hit { concept: family.concept, rank: family.rank, strength }),
    }
}

fn index(map: &mut HashMap<char, Vec<u32>>, chars: &[char], id: u32) {
    for c in chars {
        let list = map.entry(*c).or_default();
        if list.last() != Some(&id) {
            list.push(id);
        }
    }
}

fn unknown_concept(code: &str) -> String {
    let near = Concept::ALL.iter().map(|c| c.code()).min_by_key(|c| strsim::levenshtein(c, code)).unwrap_or_default();
    format!("`{code}` is no concept; did you mean `{near}`?")
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;
    use crate::read::concept::Concept;
    use crate::read::label::Label;

    fn vocabulary() -> Vocabulary {
        Vocabulary::parse(include_str!("vocabulary.toml")).unwrap()
    }

    #[test]
    fn labels_of_the_trade_are_known() {
        let vocabulary = vocabulary();
        for (text, want) in [
            ("项目（政策）名称", Concept::Project),
            ("转移支付（项目）名称", Concept::Project),
            ("主管部门及代码", Concept::Department),
            ("地方主管部门", Concept::Department),
            ("实施单位(盖章)", Concept::Unit),
            ("资金使用单位", Concept::Unit),
            ("自评总分（分）", Concept::SelfScore),
            ("财政审核评分", Concept::ReviewScore),
            ("年初预算数(A)", Concept::Original),
            ("全年（调整）预算数", Concept::Revised),
            ("调整预算数", Concept::Revised),
            ("预算数(A)", Concept::Budget),
            ("全年执行数(B)", Concept::Outturn),
            ("已支出金额", Concept::Outturn),
            ("执行率(B/A×100%)", Concept::Rate),
            ("为预算%", Concept::Rate),
            ("年度资金总额：", Concept::Total),
            ("其中：当年财政拨款", Concept::Fiscal),
            ("上年结转结余", Concept::Carryover),
            ("考核参考分", Concept::Weight),
            ("单项指标得分", Concept::Score),
            ("年度指标值", Concept::Target),
            ("年初目标值(A)", Concept::Target),
            ("全年实际值(B)", Concept::Actual),
            ("偏差原因分析及改进措施", Concept::Note),
            ("未完成原因及拟采取的改进措施", Concept::Note),
            ("得分计算方法", Concept::Criteria),
            ("度量单位", Concept::UnitOfMeasure),
            ("计算符号", Concept::Operator),
            ("产出指标(50分)", Concept::Output),
            ("服务对象满意度指标", Concept::Second),
            ("总  分", Concept::GrandTotal),
            ("功能分类科目编码", Concept::Code),
            ("科目名称", Concept::BudgetName),
        ] {
            let hits = vocabulary.classify(&Label::parse(text));
            assert!(hits.iter().any(|h| h.concept == want), "{text}: {hits:?}");
        }
    }

    #[test]
    fn one_wrong_character_is_forgiven_where_no_kind_knows_the_word() {
        let vocabulary = vocabulary();
        for (text, want) in
            [("项目名祢", Concept::Project), ("实际完咸值", Concept::Actual), ("全年执行敷", Concept::Outturn)]
        {
            let hits = vocabulary.classify(&Label::parse(text));
            assert!(hits.iter().any(|h| h.concept == want && h.strength < 2.5), "{text}: {hits:?}");
        }
        // 科目名称 is one character from 项目名称 and a word of its own
        let hits = vocabulary.classify(&Label::parse("科目名称"));
        assert!(hits.iter().all(|h| h.concept != Concept::Project));
    }

    #[test]
    fn mistakes_are_told_with_concept_and_word() {
        let error = Vocabulary::parse("[head]\nprojct = [\"项目\"]").unwrap_err();
        assert!(error.contains("head.projct") && error.contains("head.project"), "{error}");
        let error = Vocabulary::parse("[head]\nproject = [\"(项目\"]").unwrap_err();
        assert!(error.contains("head.project") && error.contains("(项目"), "{error}");
    }
}
