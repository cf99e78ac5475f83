//! The first screen: six figures, what needs attention, the charts.

use super::super::chart::{Charts, Figure};
use super::super::{Page, Section};
use crate::finding::{Lang, Words};
use crate::quantity::Points;
use crate::render::view::{self, View, district_score, number, percent, points, wan};
use crate::render::{RenderError, words};
use crate::settings::DepartmentMethod;
use serde::Serialize;

/// Names in a card at the most.
const NAMES: usize = 3;

#[derive(Serialize)]
struct Card {
    name: &'static str,
    figure: String,
    unit: String,
    more: String,
}

/// A sentence, its first clause in bold, and the section that proves it.
#[derive(Serialize)]
struct Sentence {
    lead: String,
    rest: String,
    section: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Overview<'c> {
    title: String,
    meta: String,
    cards: Vec<Card>,
    attention: Vec<Sentence>,
    figures: &'c [Figure],
}

/// The section.
pub(in crate::render::report) fn overview(page: &Page<'_>, charts: &Charts) -> Result<Section, RenderError> {
    let view = &page.view;
    let attention = view::attention(view).into_iter().map(|item| {
        let (lead, rest) = clauses(&item.said, view.imprint.lang);
        let (section, name) = proof(item.proof);
        Sentence { lead: lead.to_owned(), rest: rest.to_owned(), section, name: view.say(name) }
    });
    let data = Overview {
        title: view.imprint.title(words::TITLE_OVERVIEW),
        meta: [view.imprint.meta(), view.say(words::META_UNIT).to_owned()].join("　　").trim().to_owned(),
        cards: cards(view),
        attention: attention.collect(),
        figures: &charts.figures,
    };
    Ok(Section { id: "overview", name: view.say(words::OVERVIEW), html: page.templates.part("overview.html", &data)? })
}

/// The place on the page that shows what a sheet of the workbook proves, and its name.
fn proof(sheet: Words) -> (&'static str, Words) {
    const PLACES: [(Words, &str, Words); 6] = [
        (words::SUBMISSIONS, "submissions", words::SUBMISSIONS),
        (words::UNUSED, "list-unused", words::FILES_NOT_USED_PAGE),
        (words::BUDGET, "budget", words::BUDGET),
        (words::PROJECTS, "projects", words::PROJECTS),
        (words::FINDINGS, "findings", words::FINDINGS),
        (words::CLAIMED, "projects", words::PROJECTS),
    ];
    let place = PLACES.iter().find(|(proved, _, _)| *proved == sheet);
    place.map_or(("departments", words::DEPARTMENTS), |(_, id, name)| (*id, *name))
}

/// Splits a sentence after its first clause. A comma ends one in Chinese, where lists of names have a mark of their own.
fn clauses(said: &str, lang: Lang) -> (&str, &str) {
    let ends: &[char] = match lang {
        Lang::Zh => &['，', '；', '：', '（'],
        Lang::En => &[';', '('],
    };
    said.split_at(said.find(ends).unwrap_or(said.len()))
}

fn cards(view: &View<'_>) -> Vec<Card> {
    let sum = view.total();
    let s = |words| view.say(words);
    let money = |money: Option<_>| money.map_or_else(|| super::DOTS.to_owned(), wan);
    let card = |name, figure, unit: &str, more| Card { name: s(name), figure, unit: unit.to_owned(), more };
    let (handed_in, all) = view.coverage();
    let missing: Vec<&str> =
        view.departments.iter().filter(|place| !place.row.submitted).map(|place| &*place.row.department).collect();
    let missing = match missing.as_slice() {
        [] => s(words::CARD_ALL_IN).to_owned(),
        names => view.fill(words::CARD_MISSING, &[("names", &view.names(names, NAMES, words::AND_OTHERS))]),
    };
    let unscored = sum.projects - sum.scored;
    let scored = view.fill(words::CARD_SCORED, &[("n", &sum.scored.to_string()), ("m", &unscored.to_string())]);
    let more = |name, n: String| view.fill(words::FIGURE_MONEY, &[("name", name), ("n", &n)]);
    let balance = sum.budget().zip(sum.outturn()).and_then(|(budget, outturn)| budget.checked_sub(outturn));
    let limit = view.district.settings.thresholds.low_execution;
    let low = view.departments.iter().filter(|place| place.rate.is_some_and(|rate| rate < limit)).count();
    let low = view.fill(words::CARD_LOW, &[("n", &low.to_string()), ("limit", &percent(limit, 0))]);
    let score = district_score(view, &sum);
    vec![
        card(words::FIGURE_DEPARTMENTS, handed_in.to_string(), &format!("/{all}"), missing),
        card(words::FIGURE_PROJECTS, sum.projects.to_string(), s(words::UNIT_PROJECTS_SHORT), scored),
        card(
            words::FIGURE_BUDGET,
            money(sum.budget()),
            s(words::UNIT_WAN),
            more(s(words::ORIGINAL_BUDGET), money(super::original(view))),
        ),
        card(words::FIGURE_OUTTURN, money(sum.outturn()), s(words::UNIT_WAN), more(s(words::BALANCE), money(balance))),
        card(words::CARD_RATE, sum.rate().map_or_else(|| super::DOTS.to_owned(), |rate| percent(rate, 2)), "", low),
        card(
            words::CARD_SCORE,
            score.map_or_else(|| super::DOTS.to_owned(), points),
            s(words::UNIT_POINTS_SHORT),
            score_note(view, score),
        ),
    ]
}

fn score_note(view: &View<'_>, score: Option<Points>) -> String {
    let Some(grade) = score.map(|score| view.district.settings.grade.of(score)) else {
        return super::DASH.to_owned();
    };
    let mean = view.total().mean(2).map_or_else(|| super::DOTS.to_owned(), |mean| number(mean, 2));
    let words = match view.method() {
        DepartmentMethod::Mean => words::FIGURE_GRADE_MEAN,
        DepartmentMethod::Weighted | DepartmentMethod::Whole | DepartmentMethod::Mixed => words::FIGURE_GRADE,
    };
    view.fill(words, &[("grade", &view.grade(grade)), ("mean", &mean)])
}

#[cfg(test)]
mod tests {
    use super::clauses;
    use crate::finding::Lang;

    #[test]
    fn the_first_clause_is_the_lead() {
        let (lead, rest) = clauses("3个部门执行率低于90%，最低为清河镇。", Lang::Zh);
        assert_eq!((lead, rest), ("3个部门执行率低于90%", "，最低为清河镇。"));
        let (lead, rest) = clauses("A, B not handed in; 2 more.", Lang::En);
        assert_eq!((lead, rest), ("A, B not handed in", "; 2 more."));
        assert_eq!(clauses("结余60,987.10万元。", Lang::Zh), ("结余60,987.10万元。", ""));
    }
}
