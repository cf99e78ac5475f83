//! The catalogue of forms: definitions that are data, and the vocabulary.
//!
//! Why: a bureau's own form is a few more labels in a file, never code. Input → output: TOML → [`Catalog`]; a variant
//! `extends` another definition and only adds. Invariants: every pattern compiles and every key is known before anything is
//! read; a mistake is refused with file, key and what to do.

use super::concept::Concept;
use super::feature::{self, Key};
use super::label::folded;
use super::memo::Memo;
use super::pattern::Pattern;
use super::vocabulary::Vocabulary;
use crate::form::FormKind;
use crate::quantity::MoneyUnit;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One definition as its file says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    name: String,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    extends: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    title: Vec<String>,
    #[serde(default)]
    title_against: Vec<String>,
    #[serde(default)]
    evidence: BTreeMap<String, f32>,
    #[serde(default)]
    money: WrittenMoney,
    #[serde(default)]
    vocabulary: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMoney {
    bare_budget: Option<String>,
    unit: Option<String>,
}

/// One form, or a variant of one.
#[derive(Debug, Clone)]
pub struct Definition {
    /// `project_self_eval.sichuan`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What it is.
    pub kind: FormKind,
    /// The definition it adds to.
    pub extends: Option<String>,
    /// The document that prescribes it.
    pub source: String,
    /// Titles, as written.
    pub titles: Vec<String>,
    /// Titles that speak against it, as written.
    pub titles_against: Vec<String>,
    title: Vec<Pattern>,
    title_against: Vec<Pattern>,
    /// Weights of evidence, for (+) and against (−).
    pub evidence: BTreeMap<String, f32>,
    /// The same, as it is asked for.
    weights: Vec<(Key, f32)>,
    /// What a bare 预算数 is.
    pub bare_budget: Concept,
    /// The unit where the form states none.
    pub unit: MoneyUnit,
}

impl Definition {
    /// Weights of evidence, in the order of their keys.
    pub(super) fn weights(&self) -> &[(Key, f32)] {
        &self.weights
    }

    /// What a folded title is worth for this form: 3 for, −2 against, 0.
    fn title_score(&self, title: &[char]) -> f32 {
        let any = |patterns: &[Pattern]| patterns.iter().any(|p| p.matches(title));
        let mut score = 0.0;
        if any(&self.title) {
            score += 3.0;
        }
        if any(&self.title_against) {
            score -= 2.0;
        }
        score
    }
}

/// All definitions and words.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// Definitions in the order of `jixiao forms`.
    pub definitions: Vec<Definition>,
    /// The words.
    pub vocabulary: Vocabulary,
    /// What titles met before are worth for each definition.
    titles: Memo<Vec<f32>>,
}

/// A definition or mapping that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {what}")]
pub struct CatalogError {
    /// The file.
    pub file: String,
    /// What is wrong and what to do.
    pub what: String,
}

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("definitions/", $name)))),+] };
}

const EMBEDDED: &[(&str, &str)] = embedded![
    "project_self_eval.toml",
    "project_self_eval.yunnan.toml",
    "project_self_eval.sichuan.toml",
    "project_self_eval.hubei.toml",
    "project_self_eval.ningxia.toml",
    "project_self_eval.import.toml",
    "dept_self_eval.toml",
    "dept_self_eval.chongqing.toml",
    "dept_score_card.toml",
    "evaluation_score.toml",
    "monitoring.toml",
    "target_declaration.toml",
    "transfer_self_eval.toml",
    "budget_execution.toml",
    "econ_detail.toml",
    "budget_table.toml",
    "final_account.toml",
];

impl Catalog {
    /// The definitions and words that come with the program.
    ///
    /// # Errors
    /// Never with a program whose tests pass: they load this very data.
    pub fn embedded() -> Result<Self, CatalogError> {
        let vocabulary = Vocabulary::parse(include_str!("vocabulary.toml"))
            .map_err(|what| CatalogError { file: "vocabulary.toml".to_owned(), what })?;
        let mut out = Self { definitions: Vec::new(), vocabulary, titles: Memo::default() };
        for (file, text) in EMBEDDED {
            out.add(file, text)?;
        }
        Ok(out)
    }

    /// Adds definitions of a bureau's own, given as file names and contents, in the order of their names. A definition with a
    /// known id replaces it.
    ///
    /// # Errors
    /// The first file that cannot be used.
    pub fn load<'a>(&mut self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<(), CatalogError> {
        let mut files: Vec<(&str, &str)> = files.into_iter().collect();
        // what others extend comes first
        files.sort_by_key(|(name, text)| (text.lines().any(|l| l.trim_start().starts_with("extends")), *name));
        files.into_iter().try_for_each(|(file, text)| self.add(file, text))
    }

    fn add(&mut self, file: &str, text: &str) -> Result<(), CatalogError> {
        let fail = |what: String| CatalogError { file: file.to_owned(), what };
        let written: Written = toml::from_str(text).map_err(|e| fail(e.to_string().trim_end().to_owned()))?;
        let base = match &written.extends {
            None => None,
            Some(id) => Some(
                self.get(id)
                    .cloned()
                    .ok_or_else(|| fail(format!("extends `{id}`, which is no known form; known: {}", self.ids())))?,
            ),
        };
        let code = written.kind.clone().unwrap_or_else(|| written.id.split('.').next().unwrap_or_default().to_owned());
        let kind = match (&base, FormKind::by_code(&code)) {
            (_, Some(kind)) => kind,
            (Some(base), None) if written.kind.is_none() => base.kind,
            _ => {
                let known: Vec<&str> = FormKind::ALL.iter().map(|k| k.code()).collect();
                return Err(fail(format!(
                    "`{code}` is no kind of form; write `kind = …` with one of: {}",
                    known.join(", ")
                )));
            }
        };
        let patterns = |list: &[String]| -> Result<Vec<Pattern>, CatalogError> {
            list.iter().map(|p| Pattern::new(p).map_err(|e| fail(format!("title `{p}`: {e}")))).collect()
        };
        for (code, families) in &written.vocabulary {
            let concept = Concept::by_code(code).ok_or_else(|| fail(format!("vocabulary: `{code}` is no concept")))?;
            self.vocabulary.add(concept, families).map_err(&fail)?;
        }
        let own = |mut mine: Vec<String>, theirs: Option<&Vec<String>>| {
            mine.extend(theirs.into_iter().flatten().cloned());
            mine
        };
        let titles = own(written.title, base.as_ref().map(|b| &b.titles));
        let titles_against = own(written.title_against, base.as_ref().map(|b| &b.titles_against));
        let mut evidence = base.as_ref().map(|b| b.evidence.clone()).unwrap_or_default();
        for (key, weight) in written.evidence {
            *evidence.entry(key).or_insert(0.0) += weight;
        }
        let weigh = |(key, weight): (&String, &f32)| match Key::parse(key) {
            Some(key) => Ok((key, *weight)),
            None => Err(fail(format!(
                "evidence `{key}` is unknown; known: {}, word:… for any word",
                feature::names().join(", ")
            ))),
        };
        let weights = evidence.iter().map(weigh).collect::<Result<_, _>>()?;
        let bare_budget = match written.money.bare_budget.as_deref() {
            None => base.as_ref().map_or(Concept::Revised, |b| b.bare_budget),
            Some("revised") => Concept::Revised,
            Some("original") => Concept::Original,
            Some(other) => {
                return Err(fail(format!("money.bare_budget = \"{other}\"; write \"revised\" or \"original\"")));
            }
        };
        let unit = match written.money.unit.as_deref() {
            None => base.as_ref().map_or(MoneyUnit::TenThousand, |b| b.unit),
            Some(word) => crate::text::money_unit(word).ok_or_else(|| {
                fail(format!("money.unit = \"{word}\" is no unit of money; write 元, 千元, 万元 or 亿元"))
            })?,
        };
        let definition = Definition {
            title: patterns(&titles)?,
            title_against: patterns(&titles_against)?,
            id: written.id,
            name: written.name,
            kind,
            extends: written.extends,
            source: written.source.or_else(|| base.map(|b| b.source)).unwrap_or_default(),
            titles,
            titles_against,
            evidence,
            weights,
            bare_budget,
            unit,
        };
        self.titles = Memo::default();
        match self.definitions.iter_mut().find(|d| d.id == definition.id) {
            Some(place) => *place = definition,
            None => self.definitions.push(definition),
        }
        Ok(())
    }

    /// What a title is worth for each definition, in their order.
    pub(super) fn title_scores(&self, title: &str) -> Arc<Vec<f32>> {
        self.titles.get(title, || {
            let text = folded(title);
            self.definitions.iter().map(|definition| definition.title_score(&text)).collect()
        })
    }

    /// The definition with this id.
    pub fn get(&self, id: &str) -> Option<&Definition> {
        self.definitions.iter().find(|d| d.id == id)
    }

    fn ids(&self) -> String {
        self.definitions.iter().map(|d| d.id.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Makes labels mean concepts: mappings that a person has confirmed, as `label → concept code`.
    ///
    /// # Errors
    /// The first code that is no concept.
    pub fn confirm<'a>(&mut self, mappings: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<(), CatalogError> {
        for (label, code) in mappings {
            let concept = Concept::by_code(code).ok_or_else(|| CatalogError {
                file: "mappings.toml".to_owned(),
                what: format!("`{label}` is mapped to `{code}`, which is no concept"),
            })?;
            self.vocabulary.confirm(label, concept);
        }
        Ok(())
    }
}
