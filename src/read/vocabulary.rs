//! The vocabulary: which words mean what.
//!
//! Input → output: the TOML of word families → [`Vocabulary`]; the core of a label → the concepts that it can mean, each
//! with its strength. Families of a concept are ranked by their order: `主管部门` before `单位名称`.
//!
//! Invariants: nothing is decided here, a word may mean several things; a near miss (one substituted character) counts
//! only where no concept of any kind knows the word; a broken file is refused as a whole, with concept and word.

use super::concept::Concept;
use super::label::Label;
use super::pattern::{Pattern, bits};
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
}

impl Vocabulary {
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

    /// How many families each concept has, and all of them as the reference page shows them.
    pub fn concepts(&self) -> impl Iterator<Item = (Concept, usize)> + '_ {
        Concept::ALL.iter().map(|&c| (c, self.families.iter().filter(|f| f.concept == c).count()))
    }

    /// Bits of all characters of a text, for filters.
    pub fn mask(text: &[char]) -> u128 {
        bits(text).fold(0, |all, one| all | one)
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
