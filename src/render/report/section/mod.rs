//! What stands where: one file for each section of the page, in reading order.

mod budget;
mod departments;
mod findings;
mod indicators;
mod method;
mod overview;
mod projects;
mod submissions;

pub(super) use budget::budget;
pub(super) use departments::departments;
pub(super) use findings::findings;
pub(super) use indicators::indicators;
pub(super) use method::method;
pub(super) use overview::overview;
pub(super) use projects::projects;
pub(super) use submissions::submissions;

use super::chart::place_of;
use super::table::{Cell, Filter, Row, Table};
use super::template::{Safe, Templates};
use super::{Page, Section};
use crate::finding::Words;
use crate::quantity::{Decimal, Money, Points};
use crate::render::view::{View, number, percent, points, wan};
use crate::render::{RenderError, words};
use crate::settings::Grade;
use serde::Serialize;

/// Does not exist, or does not apply.
const DASH: &str = "—";
/// Not handed in, not filled in, or not computable.
const DOTS: &str = "…";
/// An execution rate at the full length of its bar, in percent.
const RATE_BAR: i64 = 110;

/// A section with tables, and the style rules that their columns need.
pub(super) struct List {
    pub(super) section: Section,
    pub(super) column_rules: String,
}

/// A table or other content with a heading of its own.
#[derive(Serialize)]
struct Block {
    name: Option<String>,
    html: Safe,
}

#[derive(Serialize)]
struct Filled<'s> {
    id: &'static str,
    name: &'static str,
    about: Option<&'s str>,
    blocks: Vec<Block>,
    notes: Vec<String>,
}

impl Page<'_> {
    /// A section made of tables, each with its heading.
    fn list(
        &self,
        (id, name): (&'static str, Words),
        about: Option<&str>,
        tables: Vec<(Option<String>, Table<'_>)>,
        notes: Vec<String>,
    ) -> Result<List, RenderError> {
        list(&self.templates, (id, self.view.say(name)), about, tables, notes)
    }

    fn section(
        &self,
        (id, name): (&'static str, Words),
        about: Option<&str>,
        blocks: Vec<Block>,
        notes: Vec<String>,
    ) -> Result<Section, RenderError> {
        section(&self.templates, (id, self.view.say(name)), about, blocks, notes)
    }

    /// Search by name, and the choice of a category where there are several.
    fn filters(&self, hint: Words) -> Vec<Filter> {
        let view = &self.view;
        let mut filters = vec![Filter::text(view.say(words::SEARCH), view.say(hint))];
        if view.categories.len() > 1 {
            let options = view.categories.iter().map(|name| (*name).to_owned()).collect();
            filters.push(Filter::choice(view.say(words::CATEGORY), "c", options));
        }
        filters
    }

    /// The choice of a grade.
    fn grade_filter(&self) -> Filter {
        let options = Grade::ALL.iter().map(|grade| self.view.grade(*grade)).collect();
        Filter::choice(self.view.say(words::GRADE), "g", options)
    }

    /// Which option of the filter a category is.
    fn category(&self, name: Option<&str>) -> Option<usize> {
        self.view.categories.iter().position(|category| Some(*category) == name)
    }
}

/// A section made of tables, each with its heading.
pub(super) fn list(
    templates: &Templates,
    names: (&'static str, &'static str),
    about: Option<&str>,
    tables: Vec<(Option<String>, Table<'_>)>,
    notes: Vec<String>,
) -> Result<List, RenderError> {
    let column_rules = tables.iter().map(|(_, table)| table.column_rules()).collect();
    let blocks = tables.into_iter().map(|(name, table)| Ok(Block { name, html: table.html(templates)? }));
    let blocks = blocks.collect::<Result<_, RenderError>>()?;
    Ok(List { section: section(templates, names, about, blocks, notes)?, column_rules })
}

fn section(
    templates: &Templates,
    (id, name): (&'static str, &'static str),
    about: Option<&str>,
    blocks: Vec<Block>,
    notes: Vec<String>,
) -> Result<Section, RenderError> {
    let html = templates.part("section.html", &Filled { id, name, about, blocks, notes })?;
    Ok(Section { id, name, html })
}

/// Notes below a table, numbered where there are several.
fn notes(view: &View<'_>, texts: &[String], source: Option<String>) -> Vec<String> {
    let mut notes: Vec<String> = match texts {
        [] => Vec::new(),
        [only] => vec![view.fill(words::NOTE_ONLY, &[("text", only)])],
        [first, others @ ..] => {
            let rest = others
                .iter()
                .zip(2..)
                .map(|(text, n)| view.fill(words::NOTE_N, &[("n", &n.to_string()), ("text", text)]));
            std::iter::once(view.fill(words::NOTE_1, &[("text", first)])).chain(rest).collect()
        }
    };
    notes.extend(source.map(|text| view.fill(words::SOURCES, &[("text", &text)])));
    notes
}

/// A figure, or the mark of its absence.
fn or_mark<T>(value: Option<T>, mark: &str, show: impl FnOnce(T) -> String) -> Cell {
    value.map_or_else(|| Cell::none(mark), |value| Cell::text(show(value)))
}

/// The district's original budget, over the departments that have one.
fn original(view: &View<'_>) -> Option<Money> {
    let known: Vec<Money> = view.departments.iter().filter_map(|place| place.row.original_budget).collect();
    if known.is_empty() { None } else { Money::sum(known) }
}

fn money(value: Option<Money>) -> Cell {
    or_mark(value, DOTS, wan)
}

/// A change of money with its sign.
fn change(value: Option<Money>) -> Cell {
    or_mark(value, DOTS, |money| if money > Money::ZERO { format!("+{}", wan(money)) } else { wan(money) })
}

fn count(n: impl ToString) -> Cell {
    Cell::text(n.to_string())
}

/// A count that asks for attention unless it is zero.
fn attention(n: u32, class: &'static str) -> Cell {
    Cell::marked(n.to_string(), (n > 0).then_some(class))
}

fn grade(view: &View<'_>, grade: Option<Grade>) -> Cell {
    grade.map_or_else(
        || Cell::none(DASH),
        |grade| Cell::grade(u8::try_from(place_of(grade)).unwrap_or(u8::MAX), view.grade(grade)),
    )
}

/// A rank; one of several alike says so.
fn rank(view: &View<'_>, rank: Option<u32>, is_shared: bool) -> Cell {
    rank.map_or_else(|| Cell::none(DASH), |rank| Cell::rank(rank, is_shared.then(|| view.say(words::TIE))))
}

/// A score over a bar that starts at the lower limit of 中: from zero on all bars would look alike.
fn score(view: &View<'_>, score: Option<Points>) -> Cell {
    let Some(score) = score else { return Cell::none(DOTS) };
    let from = view.district.settings.grade.fair.decimal();
    let length = score.decimal().checked_sub(from).zip(Decimal::HUNDRED.checked_sub(from));
    Cell::bar(points(score), bar(length.and_then(|(part, whole)| part.div(whole, 3))), None)
}

/// Whether a rate is remarkable: below the limit, or above 100 %.
fn rate_class(view: &View<'_>, rate: Decimal) -> Option<&'static str> {
    let limit = view.district.settings.thresholds.low_execution;
    (rate < limit || rate > Decimal::ONE).then_some("warn")
}

fn rate(view: &View<'_>, rate: Option<Decimal>, missing: &str) -> Cell {
    rate.map_or_else(|| Cell::none(missing), |rate| Cell::marked(percent(rate, 2), rate_class(view, rate)))
}

/// A rate over a bar from 0 to 110 %.
fn rate_bar(view: &View<'_>, rate: Option<Decimal>) -> Cell {
    let Some(rate) = rate else { return Cell::none(DASH) };
    let length = rate.shift(2).and_then(|percent| percent.div(Decimal::from_int(RATE_BAR), 3));
    Cell::bar(percent(rate, 2), bar(length), rate_class(view, rate))
}

/// The length of a bar in percent of its cell, from none to all of it.
fn bar(share: Option<Decimal>) -> String {
    let share = share.unwrap_or(Decimal::ZERO).clamp(Decimal::ZERO, Decimal::ONE);
    share.shift(2).map_or_else(|| "0".to_owned(), |percent| number(percent, 1))
}

/// Ranks that more than one subject holds.
fn shared_ranks(ranks: impl Iterator<Item = u32>) -> std::collections::BTreeSet<u32> {
    let mut seen = std::collections::BTreeSet::new();
    ranks.filter(|rank| !seen.insert(*rank)).collect()
}

fn row(cells: Vec<Cell>) -> Row {
    Row { cells, ..Row::default() }
}
