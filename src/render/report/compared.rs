//! The page of a comparison: what its workbook says, to look at.

use super::section::{List, list};
use super::table::{Cell, Column, Filter, Kind, Row, Table};
use super::template::{Safe, Templates};
use super::{Section, shell};
use crate::compare::{Fate, Outcome};
use crate::finding::Words;
use crate::quantity::{Decimal, Money, Points};
use crate::render::comparison::arranged::{Arranged, KeyValue, rate_change, signed, signed_number};
use crate::render::comparison::findings::level_words;
use crate::render::comparison::method::lines;
use crate::render::comparison::policies::name;
use crate::render::view::{percent, points, wan};
use crate::render::{RenderError, words};
use serde::Serialize;

const DASH: &str = "—";
/// Departments in the chart at each end.
const MOST: usize = 10;
/// Findings listed; the workbook has them all.
const MOST_FINDINGS: usize = 2_000;

/// What the script draws.
#[derive(Serialize)]
struct Data {
    words: Said,
    changes: Vec<Bar>,
}

#[derive(Serialize)]
struct Said {
    dark: &'static str,
    light: &'static str,
    every: &'static str,
    few: &'static str,
}

#[derive(Serialize)]
struct Bar {
    name: String,
    by: f64,
    label: String,
    tip: Vec<String>,
}

#[derive(Serialize)]
struct Overview<'a> {
    title: &'a str,
    meta: String,
    workbook: &'a str,
    link: String,
    main: &'static str,
    key: &'static str,
    sentences: Vec<String>,
    figures: Safe,
    chart: Option<Chart<'a>>,
}

#[derive(Serialize)]
struct Chart<'a> {
    title: &'static str,
    alt: String,
    rows: &'a [Bar],
}

/// The page.
pub(in crate::render) fn comparison(all: &Arranged<'_>, workbook: &str) -> Result<Vec<u8>, RenderError> {
    let lang = all.imprint.lang;
    let templates = Templates::new(lang)?;
    let title = all.imprint.title(words::CMP_TITLE);
    let changes: Vec<Bar> = all
        .movers(MOST)
        .into_iter()
        .filter_map(|line| {
            let by = line.change.states.difference()?;
            let name = line.name.to_owned();
            Some(Bar { tip: vec![name.clone(), signed(by)], by: by.decimal().to_f64(), label: signed(by), name })
        })
        .collect();
    let figures = key_figures(all);
    let mut rules = figures.column_rules();
    let overview = Overview {
        title: &title,
        meta: all.imprint.meta(),
        workbook,
        link: super::link::beside(workbook),
        main: all.say(words::CMP_MAIN),
        key: all.say(words::CMP_KEY),
        sentences: all.sentences(),
        figures: figures.html(&templates)?,
        chart: (!changes.is_empty()).then(|| Chart {
            title: all.say(words::CMP_CHART),
            alt: {
                let pair =
                    |bar: &Bar| all.fill(words::ALT_PAIR, &[("a", &bar.name), ("b", &format!(" {}", bar.label))]);
                all.fill(words::CMP_ALT_CHART, &[("text", &changes.iter().map(pair).collect::<String>())])
            },
            rows: &changes,
        }),
    };
    let mut sections = vec![Section {
        id: "overview",
        name: all.say(words::OVERVIEW),
        html: templates.part("compared.html", &overview)?,
    }];
    for List { section, column_rules } in [
        departments(all, &templates)?,
        causes(all, &templates)?,
        projects(all, &templates)?,
        organisations(all, &templates)?,
        findings(all, &templates)?,
        policies(all, &templates)?,
        method(all, &templates)?,
    ] {
        sections.push(section);
        rules.push_str(&column_rules);
    }
    let said = Said {
        dark: all.say(words::DARK),
        light: all.say(words::LIGHT),
        every: all.say(words::EVERY),
        few: all.say(words::FEW),
    };
    shell(&templates, lang, title, (sections, rules), &Data { words: said, changes })
}

fn or_dash<T>(value: Option<T>, show: impl FnOnce(T) -> String) -> Cell {
    value.map_or_else(|| Cell::none(DASH), |value| Cell::text(show(value)))
}

/// A change; one for the worse is marked beside its sign.
fn change(value: Option<Points>) -> Cell {
    value
        .map_or_else(|| Cell::none(DASH), |value| Cell::marked(signed(value), (value < Points::ZERO).then_some("warn")))
}

/// `▲2`, `▼3`, `－`.
fn climbed(value: Option<i64>) -> Cell {
    let Some(value) = value else { return Cell::none(DASH) };
    match value.signum() {
        1 => Cell::text(format!("▲{value}")),
        -1 => Cell::marked(format!("▼{}", value.unsigned_abs()), Some("warn")),
        _ => Cell::text("－"),
    }
}

fn places(before: Option<u32>, after: Option<u32>) -> [Cell; 3] {
    let won = before.zip(after).map(|(a, b)| i64::from(a) - i64::from(b));
    [or_dash(before, |n| n.to_string()), or_dash(after, |n| n.to_string()), climbed(won)]
}

fn rates(before: Option<Decimal>, after: Option<Decimal>) -> [Cell; 3] {
    let shown = |rate| or_dash(rate, |rate| percent(rate, 2));
    [shown(before), shown(after), or_dash(rate_change(before, after), |n| signed_number(n, 2))]
}

/// A head that says which of two runs it is of.
fn of(all: &Arranged<'_>, run: Words, what: Words) -> String {
    match all.imprint.lang {
        crate::finding::Lang::Zh => format!("{}{}", all.say(run), all.say(what)),
        crate::finding::Lang::En => format!("{}: {}", all.say(what), all.say(run).to_lowercase()),
    }
}

fn table(
    id: &'static str,
    caption: &str,
    columns: Vec<Column>,
    rows: Vec<Row>,
    filters: Vec<Filter>,
) -> Table<'static> {
    let (rows, sorts) = (rows.into_iter().collect(), !filters.is_empty());
    Table { id, caption: caption.to_owned(), columns, head: 0, rows, total: None, sorts, filters }
}

fn row(cells: Vec<Cell>) -> Row {
    Row { cells, ..Row::default() }
}

fn search(all: &Arranged<'_>, hint: Words) -> Vec<Filter> {
    vec![Filter::text(all.say(words::SEARCH), all.say(hint))]
}

fn key_figures(all: &Arranged<'_>) -> Table<'static> {
    let s = |words| all.say(words);
    let columns = vec![
        Column::new(s(words::CMP_FIGURE), Kind::Text),
        Column::new(s(words::CMP_EARLIER), Kind::Figure),
        Column::new(s(words::CMP_LATER), Kind::Figure),
        Column::new(s(words::CMP_CHANGE), Kind::Figure),
        Column::new(s(words::CMP_UNIT), Kind::Text),
    ];
    let difference = |a: Option<Money>, b: Option<Money>| b?.checked_sub(a?);
    let money_change = |value: Money| if value > Money::ZERO { format!("+{}", wan(value)) } else { wan(value) };
    let shown = |value: KeyValue| match value {
        KeyValue::Count(n) => Cell::text(n.to_string()),
        KeyValue::Money(money) => or_dash(money, wan),
        KeyValue::Points(value) => or_dash(value, points),
        KeyValue::Rate(rate) => or_dash(rate, |rate| percent(rate, 2)),
    };
    let rows = all.key_figures().into_iter().map(|figure| {
        let by = match (figure.before, figure.after) {
            (KeyValue::Count(a), KeyValue::Count(b)) => {
                Cell::text(if a == b { "0".to_owned() } else { format!("{:+}", b - a) })
            }
            (KeyValue::Money(a), KeyValue::Money(b)) => or_dash(difference(a, b), money_change),
            (KeyValue::Points(a), KeyValue::Points(b)) => change(b.zip(a).and_then(|(b, a)| b.checked_sub(a))),
            (KeyValue::Rate(a), KeyValue::Rate(b)) => or_dash(rate_change(a, b), |n| signed_number(n, 2)),
            // Both values of a figure are of one kind.
            (_, _) => Cell::none(DASH),
        };
        row(vec![Cell::text(figure.name), shown(figure.before), shown(figure.after), by, Cell::text(figure.unit)])
    });
    table("list-key", s(words::CMP_KEY), columns, rows.collect(), Vec::new())
}

fn departments(all: &Arranged<'_>, templates: &Templates) -> Result<List, RenderError> {
    let s = |words| all.say(words);
    let pair =
        |what, kind| [words::CMP_EARLIER, words::CMP_LATER].map(|run| Column::secondary(&of(all, run, what), kind));
    let mut columns =
        vec![Column::new(s(words::DEPARTMENT), Kind::Text), Column::secondary(s(words::CMP_FATE), Kind::Text)];
    columns.extend(pair(words::SCORE, Kind::Figure));
    columns.push(Column::new(s(words::CMP_CHANGE), Kind::Figure));
    columns
        .extend([words::CMP_EARLIER, words::CMP_LATER].map(|run| Column::new(&of(all, run, words::RANK), Kind::Rank)));
    columns.push(Column::new(s(words::CMP_RANK_CHANGE), Kind::Count));
    columns.extend(pair(words::RATE, Kind::Figure));
    columns.push(Column::secondary(s(words::CMP_RATE_POINTS), Kind::Figure));
    let rows = all.departments.iter().map(|line| {
        let states = &line.change.states;
        let mut cells = vec![Cell::noted(line.name, &line.former), Cell::text(all.fate(line.change.fate))];
        cells.extend([or_dash(states.before, points), or_dash(states.after, points), change(states.difference())]);
        cells.extend(places(line.change.rank_before, line.change.rank_after));
        cells.extend(rates(line.before.and_then(|d| d.execution_rate), line.after.and_then(|d| d.execution_rate)));
        row(cells)
    });
    let table = table(
        "list-departments",
        s(words::CMP_DEPARTMENTS),
        columns,
        rows.collect(),
        search(all, words::HINT_DEPARTMENT),
    );
    let notes = [words::CMP_N_SCORE, words::CMP_N_ARROWS].map(|note| s(note).to_owned()).to_vec();
    list(templates, ("departments", s(words::CMP_DEPARTMENTS)), None, vec![(None, table)], notes)
}

fn causes(all: &Arranged<'_>, templates: &Templates) -> Result<List, RenderError> {
    let s = |words| all.say(words);
    let heads = [
        (words::CMP_EARLIER, true),
        (words::CMP_BY_METHOD, true),
        (words::CMP_BY_ORGANISATION, true),
        (words::CMP_LATER, true),
        (words::CMP_OF_METHOD, false),
        (words::CMP_OF_ORGANISATION, false),
        (words::CMP_OF_DATA, false),
        (words::CMP_IN_ALL, false),
    ];
    let mut columns = vec![Column::new(s(words::DEPARTMENT), Kind::Text)];
    columns.extend(heads.map(|(head, secondary)| {
        if secondary { Column::secondary(s(head), Kind::Figure) } else { Column::new(s(head), Kind::Figure) }
    }));
    let line = |name: &str, states: &crate::compare::States| {
        let mut cells = vec![Cell::text(name)];
        let all_states = [states.before, states.by_method, states.by_organisation, states.after];
        cells.extend(all_states.map(|state| or_dash(state, points)));
        cells.extend([states.method(), states.organisation(), states.data(), states.difference()].map(change));
        row(cells)
    };
    let rows = all.departments.iter().map(|d| line(d.name, &d.change.states)).collect();
    let mut table = table("list-causes", s(words::CMP_CAUSES), columns, rows, search(all, words::HINT_DEPARTMENT));
    table.total = Some(line(s(words::DISTRICT), &all.comparison.district));
    let notes = [words::CMP_N_STATES, words::CMP_N_MERGED].map(|note| s(note).to_owned()).to_vec();
    list(templates, ("causes", s(words::CMP_CAUSES)), None, vec![(None, table)], notes)
}

fn projects(all: &Arranged<'_>, templates: &Templates) -> Result<List, RenderError> {
    let s = |words| all.say(words);
    let score = |run| Column::secondary(&of(all, run, words::SCORE), Kind::Figure);
    let rank = |run| Column::secondary(&of(all, run, words::RANK), Kind::Rank);
    let columns = vec![
        Column::new(s(words::PROJECT), Kind::Text),
        Column::secondary(s(words::DEPARTMENT), Kind::Text),
        Column::new(s(words::CMP_RELATION), Kind::Text),
        score(words::CMP_EARLIER),
        score(words::CMP_LATER),
        Column::new(s(words::CMP_CHANGE), Kind::Figure),
        rank(words::CMP_EARLIER),
        rank(words::CMP_LATER),
        Column::new(s(words::CMP_RANK_CHANGE), Kind::Count),
    ];
    let rows = all.projects.iter().map(|line| {
        let score = |e: Option<&crate::tables::Evaluation>| e.and_then(|e| e.score).map(Points::round2);
        let (before, after) = (score(line.before), score(line.after));
        let mut cells = vec![
            Cell::head(line.name, line.department),
            Cell::text(line.department),
            Cell::text(all.project_fate(line.change.fate)),
            or_dash(before, points),
            or_dash(after, points),
            change(after.zip(before).and_then(|(b, a)| b.checked_sub(a))),
        ];
        cells.extend(places(line.change.rank_before, line.change.rank_after));
        row(cells)
    });
    let table =
        table("list-projects", s(words::CMP_PROJECTS), columns, rows.collect(), search(all, words::HINT_PROJECT));
    let notes = vec![s(words::CMP_N_MATCH).to_owned()];
    list(templates, ("projects", s(words::CMP_PROJECTS)), None, vec![(None, table)], notes)
}

fn organisations(all: &Arranged<'_>, templates: &Templates) -> Result<List, RenderError> {
    let s = |words| all.say(words);
    let texts = |heads: &[Words]| heads.iter().map(|head| Column::new(s(*head), Kind::Text)).collect::<Vec<_>>();
    let crosswalk = texts(&[
        words::CMP_FROM,
        words::CMP_TO,
        words::CMP_DATE,
        words::CMP_KIND,
        words::CMP_SHARE,
        words::CMP_IN_EFFECT,
    ]);
    let changes = all.comparison.transitions.changes.iter().map(|transition| {
        let c = &transition.change;
        let applied = match (transition.in_effect, transition.met) {
            (false, _) => words::CMP_NOT_YET,
            (true, false) => words::CMP_NOT_MET,
            (true, true) => words::CMP_YES,
        };
        let text = |value: &Option<String>| or_dash(value.clone(), |text| text);
        row(vec![
            Cell::text(c.from.as_str()),
            Cell::text(c.to.as_str()),
            text(&c.date),
            text(&c.kind),
            text(&c.share),
            Cell::text(s(applied)),
        ])
    });
    let changes: Vec<Row> = changes.collect();
    let changed = all.departments.iter().filter(|line| line.change.fate != Fate::Same);
    let relations: Vec<Row> = changed
        .map(|line| {
            row(vec![Cell::text(line.name), Cell::text(line.former.as_str()), Cell::text(all.fate(line.change.fate))])
        })
        .collect();
    let (none_of_one, none_of_other) = (changes.is_empty(), relations.is_empty());
    let mut notes = Vec::new();
    let mut tables = Vec::new();
    if none_of_one {
        notes.push(s(words::CMP_NO_CROSSWALK).to_owned());
    } else {
        let made = table("list-crosswalk", s(words::CMP_CROSSWALK), crosswalk, changes, Vec::new());
        tables.push((Some(s(words::CMP_CROSSWALK).to_owned()), made));
    }
    if none_of_other {
        notes.push(s(words::CMP_NO_RELATIONS).to_owned());
    } else {
        let heads = texts(&[words::DEPARTMENT, words::CMP_FORMER, words::CMP_FATE]);
        let made = table("list-relations", s(words::CMP_RELATIONS), heads, relations, Vec::new());
        tables.push((Some(s(words::CMP_RELATIONS).to_owned()), made));
    }
    list(templates, ("organisations", s(words::CMP_ORGANISATIONS)), None, tables, notes)
}

fn findings(all: &Arranged<'_>, templates: &Templates) -> Result<List, RenderError> {
    let s = |words| all.say(words);
    let columns = vec![
        Column::new(s(words::STATUS), Kind::Text),
        Column::new(s(words::DEPARTMENT), Kind::Text),
        Column::secondary(s(words::LEVEL), Kind::Text),
        Column::secondary(s(words::RULE), Kind::Text),
        Column::new(s(words::PROBLEM), Kind::Text),
        Column::new(s(words::CMP_PLACE_EARLIER), Kind::Place),
        Column::new(s(words::CMP_PLACE_LATER), Kind::Place),
    ];
    let outcomes = [Outcome::New, Outcome::Still, Outcome::Solved];
    let rows = all.findings.iter().take(MOST_FINDINGS).map(|line| {
        let own = line.after.or(line.before);
        let text = |of: &dyn Fn(&crate::tables::FindingRow) -> String| Cell::text(own.map(of).unwrap_or_default());
        Row {
            category: outcomes.iter().position(|outcome| *outcome == line.change.outcome),
            grade: None,
            cells: vec![
                Cell::text(all.outcome(line.change.outcome)),
                Cell::text(line.department),
                text(&|row| level_words(&row.severity, all).to_owned()),
                text(&|row| row.rule.to_string()),
                text(&|row| row.message.to_string()),
                Cell::text(Arranged::place(&all.comparison.before, line.before)),
                Cell::text(Arranged::place(&all.comparison.after, line.after)),
            ],
        }
    });
    let mut filters = search(all, words::HINT_DEPARTMENT);
    filters.push(Filter::choice(
        s(words::STATUS),
        "c",
        outcomes.map(|outcome| all.outcome(outcome).to_owned()).to_vec(),
    ));
    let table = table("list-findings", s(words::CMP_FINDINGS), columns, rows.collect(), filters);
    let mut notes = vec![s(words::CMP_N_FINDINGS).to_owned()];
    if all.findings.is_empty() {
        notes.insert(0, s(words::CMP_NO_FINDING).to_owned());
    }
    if let Some(left @ 1..) = all.findings.len().checked_sub(MOST_FINDINGS) {
        notes.insert(0, all.fill(words::CMP_LEFT_OUT, &[("n", &left.to_string())]));
    }
    list(templates, ("findings", s(words::CMP_FINDINGS)), None, vec![(None, table)], notes)
}

fn policies(all: &Arranged<'_>, templates: &Templates) -> Result<List, RenderError> {
    let s = |words| all.say(words);
    let heads = [words::CMP_SETTING, words::CMP_EARLIER, words::CMP_LATER, words::CMP_EFFECT];
    let columns = heads.iter().map(|head| Column::new(s(*head), Kind::Text)).collect();
    let text = |value: &str| if value.is_empty() { Cell::none(DASH) } else { Cell::text(value) };
    let rows: Vec<Row> = all
        .comparison
        .policies
        .iter()
        .map(|c| row(vec![Cell::text(name(&c.name, all)), text(&c.before), text(&c.after), Cell::text(all.effect(c))]))
        .collect();
    let mut notes = vec![s(words::CMP_N_EFFECT).to_owned()];
    if rows.is_empty() {
        notes = vec![s(words::CMP_NO_POLICY).to_owned()];
        return list(templates, ("policies", s(words::CMP_POLICIES)), None, Vec::new(), notes);
    }
    let table = table("list-policies", s(words::CMP_POLICIES), columns, rows, Vec::new());
    list(templates, ("policies", s(words::CMP_POLICIES)), None, vec![(None, table)], notes)
}

fn method(all: &Arranged<'_>, templates: &Templates) -> Result<List, RenderError> {
    let s = |words| all.say(words);
    let columns = [words::CMP_NOTE_HEAD, words::CMP_NOTE_TEXT].map(|head| Column::new(s(head), Kind::Text)).to_vec();
    let rows = lines(all).into_iter().map(|(name, how)| row(vec![Cell::text(name), Cell::text(how)])).collect();
    let table = table("list-method", s(words::CMP_METHOD), columns, rows, Vec::new());
    list(templates, ("method", s(words::CMP_METHOD)), None, vec![(None, table)], Vec::new())
}
