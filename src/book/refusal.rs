//! Refusals in the reader's own words: what was met, where, and the limit where there is one.

use super::types::{Format, Refusal};
use crate::finding::Reason;

/// Short for a result of reading.
pub(crate) type Outcome<T> = Result<T, Refusal>;

impl Refusal {
    /// A refusal with its detail in both languages.
    pub fn new(reason: Reason, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { reason, format: None, detail_zh: zh.into(), detail_en: en.into() }
    }

    /// Damage, with the place.
    pub(crate) fn corrupt(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Reason::Corrupt, zh, en)
    }

    /// Damage inside a part of a package.
    pub(crate) fn part(part: &str, zh: &str, en: &str) -> Self {
        Self::corrupt(format!("部件 {part}：{zh}"), format!("part {part}: {en}"))
    }

    /// A limit that was passed: its key in the configuration, its value, and what was met.
    pub(crate) fn limit(name: &'static str, limit: u64, met: u64) -> Self {
        Self::new(
            Reason::TooLarge,
            format!("超过上限 limits.{name} = {limit}（实际至少 {met}）"),
            format!("beyond the limit limits.{name} = {limit} (at least {met} met)"),
        )
    }

    /// The same refusal, saying what kind of file it is about.
    #[must_use]
    pub fn about(mut self, format: Format) -> Self {
        self.format.get_or_insert(format);
        self
    }
}
