//! Whose publication it is, of which year, as of when, in which language and faces: what stands on every sheet and page.

use super::look::Look;
use super::words::{self, fill};
use crate::district::District;
use crate::finding::{Lang, Words};
use crate::settings::{Grade, Settings};

/// What stands on every sheet and page.
#[derive(Debug, Clone)]
pub(crate) struct Imprint {
    /// Language of the output.
    pub(crate) lang: Lang,
    /// Faces.
    pub(crate) look: Look,
    /// Name of the bureau; empty where the configuration has none.
    pub(crate) bureau: String,
    /// Name of the district; empty where the configuration has none.
    place: String,
    /// The years, each as a number.
    years: Vec<u16>,
    /// The date of data as `YYYY-MM-DD`.
    as_of: Option<String>,
}

impl Imprint {
    /// Of settings, in a language; the years in their order.
    pub(crate) fn new(settings: &Settings, lang: Lang, years: Vec<u16>, as_of: Option<String>) -> Self {
        Self {
            lang,
            look: Look::new(settings, lang),
            bureau: settings.district.bureau.clone(),
            place: settings.district.name.clone(),
            years,
            as_of,
        }
    }

    /// Of a district.
    pub(super) fn of(district: &District) -> Self {
        let settings = &district.settings;
        let as_of = settings.district.as_of(district.year);
        Self::new(settings, settings.lang, district.year.into_iter().collect(), as_of)
    }

    /// Words in the language of the output.
    pub(crate) fn say(&self, words: Words) -> &'static str {
        words.get(self.lang)
    }

    /// Words with arguments.
    pub(crate) fn fill(&self, words: Words, args: &[(&str, &str)]) -> String {
        fill(words, self.lang, args)
    }

    /// The grade as workbooks print it: `优`, `优 Excellent`.
    pub(crate) fn grade(&self, grade: Grade) -> String {
        match self.lang {
            Lang::Zh => grade.code().to_owned(),
            Lang::En => format!("{} {}", grade.code(), grade.words().en),
        }
    }

    /// The title of a sheet with place and year.
    pub(crate) fn title(&self, title: Words) -> String {
        let place = match self.lang {
            Lang::En if !self.place.is_empty() => format!("{} ", self.place),
            Lang::En | Lang::Zh => self.place.clone(),
        };
        self.fill(title, &[("place", &place), ("year", &self.years(words::YEAR_TITLE))]).trim().to_owned()
    }

    fn years(&self, each: Words) -> String {
        let years = self.years.iter().map(|year| self.fill(each, &[("year", &year.to_string())]));
        years.collect::<Vec<_>>().join(words::comma(self.lang))
    }

    /// The meta line: who, which year, data of when.
    pub(crate) fn meta(&self) -> String {
        let mut parts = Vec::new();
        if !self.bureau.is_empty() {
            parts.push(self.fill(words::COMPILED_BY, &[("bureau", &self.bureau)]));
        }
        if !self.years.is_empty() {
            parts.push(self.fill(words::FOR_YEAR, &[("year", &self.years(words::YEAR_LONG))]));
        }
        let as_of = self.as_of();
        if !as_of.is_empty() {
            parts.push(self.fill(words::DATA_AS_OF, &[("date", &as_of)]));
        }
        parts.join("　　")
    }

    /// The date of data, `2022年12月31日`; never the time of the run.
    pub(crate) fn as_of(&self) -> String {
        let Some(date) = &self.as_of else { return String::new() };
        let mut fields = date.splitn(3, '-').map(str::parse::<u32>);
        match (self.lang, fields.next(), fields.next(), fields.next()) {
            (Lang::Zh, Some(Ok(y)), Some(Ok(m)), Some(Ok(d))) => format!("{y}年{m}月{d}日"),
            _ => date.clone(),
        }
    }
}
