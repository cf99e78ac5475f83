//! A rule, and a finding made by it.

use super::Crop;
use crate::quantity::{CellRef, Text};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Language of messages and workbooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Lang {
    /// Chinese, the default.
    #[default]
    #[serde(rename = "zh")]
    Zh,
    /// English.
    #[serde(rename = "en")]
    En,
}

/// The same words in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// Both languages.
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    /// The words in one language.
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// How much a finding matters. Ordered: an error is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; nothing to do.
    Info,
    /// To be looked at and explained.
    Warning,
    /// To be corrected.
    Error,
}

impl Level {
    /// The stable code in tables.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The word shown to people.
    pub const fn words(self) -> Words {
        match self {
            Self::Info => Words::new("提示", "info"),
            Self::Warning => Words::new("须核对", "warning"),
            Self::Error => Words::new("须更正", "error"),
        }
    }
}

/// One check of the program.
#[derive(Debug)]
pub struct Rule {
    /// Stable code, never reused: `S08`.
    pub code: &'static str,
    /// The severity unless the configuration says otherwise.
    pub level: Level,
    /// What the rule is called: the defect, never the cure.
    pub name: Words,
    /// The message; `{name}` is filled from the finding's arguments.
    pub message: Words,
    /// What to do next.
    pub advice: Words,
    /// Why it matters.
    pub why: Words,
    /// How it is computed, with tolerance.
    pub how: Words,
    /// Where the rule comes from.
    pub source: &'static str,
    /// Raised when the rule changes what it finds; stands in `run.json`.
    pub version: u32,
}

/// A rule by reference; kept in files as its code.
#[derive(Debug, Clone, Copy)]
pub struct RuleRef(pub &'static Rule);

impl std::ops::Deref for RuleRef {
    type Target = Rule;
    fn deref(&self) -> &Rule {
        self.0
    }
}

impl PartialEq for RuleRef {
    fn eq(&self, other: &Self) -> bool {
        self.0.code == other.0.code
    }
}

impl Serialize for RuleRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.code)
    }
}

impl<'de> Deserialize<'de> for RuleRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        super::catalogue::find(&code).map(Self).ok_or_else(|| serde::de::Error::custom(format!("no rule `{code}`")))
    }
}

/// One result about the data. Ids and departments are added when the district is put together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule that found it.
    pub rule: RuleRef,
    /// Its severity here: that of the rule, or lower (a difference that is only rounding).
    pub level: Level,
    /// Position of the form in its file, from 1, where it belongs to one.
    pub form: Option<u32>,
    /// Name of the sheet.
    pub sheet: Option<Text>,
    /// The cells, the one to blame first.
    pub cells: Vec<CellRef>,
    /// What was given: a plain number in yuan, points or percentage points where it is a number.
    pub given: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
    /// The difference given − expected, where both are numbers.
    pub difference: Option<String>,
    /// Arguments of the message.
    pub args: Vec<(Cow<'static, str>, String)>,
    /// The cells around the first cell, where the sheet was at hand.
    pub crop: Option<Box<Crop>>,
}

impl Finding {
    /// A finding of `rule` with its usual severity and nothing else yet.
    pub fn new(rule: &'static Rule) -> Self {
        Self {
            rule: RuleRef(rule),
            level: rule.level,
            form: None,
            sheet: None,
            cells: Vec::new(),
            given: None,
            expected: None,
            difference: None,
            args: Vec::new(),
            crop: None,
        }
    }

    /// With a place.
    #[must_use]
    pub fn at(mut self, sheet: &Text, cells: impl IntoIterator<Item = CellRef>) -> Self {
        self.sheet = Some(sheet.clone());
        self.cells.extend(cells);
        self
    }

    /// As part of the n-th form of its file, from 1.
    #[must_use]
    pub fn in_form(mut self, n: u32) -> Self {
        self.form = Some(n);
        self
    }

    /// With another severity.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// With what was given.
    #[must_use]
    pub fn given(mut self, value: impl ToString) -> Self {
        self.given = Some(value.to_string());
        self
    }

    /// With what was expected.
    #[must_use]
    pub fn expected(mut self, value: impl ToString) -> Self {
        self.expected = Some(value.to_string());
        self
    }

    /// With the difference given − expected.
    #[must_use]
    pub fn difference(mut self, value: impl ToString) -> Self {
        self.difference = Some(value.to_string());
        self
    }

    /// With an argument for the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((Cow::Borrowed(name), value.to_string()));
        self
    }

    /// As a difference that the accuracy of the declared figures explains: severity info.
    #[must_use]
    pub fn rounding(self) -> Self {
        self.level(Level::Info).arg("verdict", "rounding")
    }

    /// Whether its difference is only rounding.
    pub fn is_rounding(&self) -> bool {
        self.args.iter().any(|(key, value)| key == "verdict" && value == "rounding")
    }

    /// The sentence for a clerk: what is wrong, then what to do. `{given}`, `{expected}`, `{difference}`, `{cells}` and
    /// the finding's own arguments are filled in; further cells are listed behind, the first stands in its own column.
    pub fn message(&self, lang: Lang) -> String {
        let mut out = self.fill(self.rule.message.get(lang));
        if self.cells.len() > 1 && !self.rule.message.get(lang).contains("{cells}") {
            let label = match lang {
                Lang::Zh => "（涉及单元格：",
                Lang::En => " (cells: ",
            };
            let close = match lang {
                Lang::Zh => "）",
                Lang::En => ")",
            };
            let _ = write!(out, "{label}{}{close}", self.cell_list());
        }
        if self.is_rounding() {
            out.push_str(match lang {
                Lang::Zh => "差额在申报精度之内，属取整，不必更正。",
                Lang::En => " Within the accuracy in which the figures were declared: rounding, nothing to correct.",
            });
            return out;
        }
        let advice = self.fill(self.rule.advice.get(lang));
        if !advice.is_empty() {
            if lang == Lang::En {
                out.push(' ');
            }
            out.push_str(&advice);
        }
        out
    }

    fn cell_list(&self) -> String {
        const MOST: usize = 20;
        let mut names: Vec<String> = self.cells.iter().take(MOST).map(ToString::to_string).collect();
        if self.cells.len() > MOST {
            names.push("…".to_owned());
        }
        names.join(", ")
    }

    /// Fills the placeholders of a template. An unknown placeholder stays as it is, which a test over the catalogue catches.
    fn fill(&self, template: &str) -> String {
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let (before, after) = rest.split_at(open);
            out.push_str(before);
            let Some(close) = after.find('}') else {
                out.push_str(after);
                return out;
            };
            let name = after.get(1..close).unwrap_or_default();
            let own = self.args.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
            match (own, name) {
                (Some(value), _) => out.push_str(value),
                (None, "given") => out.push_str(self.given.as_deref().unwrap_or("—")),
                (None, "expected") => out.push_str(self.expected.as_deref().unwrap_or("—")),
                (None, "difference") => out.push_str(self.difference.as_deref().unwrap_or("—")),
                (None, "cells") => out.push_str(&self.cell_list()),
                (None, _) => {
                    out.push('{');
                    out.push_str(name);
                    out.push('}');
                }
            }
            rest = after.get(close + 1..).unwrap_or_default();
        }
        out.push_str(rest);
        out
    }
}
