//! 预算执行: how much was spent and where the balance lies; by department, source and economic classification.

use super::super::Page;
use super::super::table::{Cell, Column, Kind, Row, Rows, Table};
use super::{DASH, List, attention, change, count, money, notes, or_mark, original, rate, rate_bar, row};
use crate::quantity::Money;
use crate::render::view::{MoneyLine, View, percent};
use crate::render::{RenderError, words};

/// The section.
pub(in crate::render::report) fn budget(page: &Page<'_>) -> Result<List, RenderError> {
    let view = &page.view;
    let mut tables = vec![(Some(view.say(words::BY_DEPARTMENT_PAGE).to_owned()), by_department(page))];
    tables.push((Some(view.say(words::BY_SOURCE_PAGE).to_owned()), by_source(view)));
    let economic = by_economic(view);
    if !economic.rows.is_empty() {
        tables.push((Some(view.say(words::BY_ECONOMIC_PAGE).to_owned()), economic));
    }
    let said = [words::BUDGET_RULE, words::BUDGET_UNDIVIDED, words::MONEY_RULE_PAGE].map(|w| view.say(w).to_owned());
    let source = view.fill(words::SOURCE_BUDGET, &[("sheet", view.say(words::PROJECTS))]);
    page.list(("budget", words::BUDGET), None, tables, notes(view, &said, Some(source)))
}

fn columns(view: &View<'_>, first: &str) -> Vec<Column> {
    let s = |words| view.say(words);
    vec![
        Column::new(first, Kind::Text),
        Column::secondary(s(words::ORIGINAL_BUDGET), Kind::Figure),
        Column::secondary(s(words::ADJUSTMENT), Kind::Figure),
        Column::new(s(words::REVISED_BUDGET), Kind::Figure),
        Column::new(s(words::OUTTURN), Kind::Figure),
        Column::new(s(words::BALANCE), Kind::Figure),
        Column::new(s(words::RATE), Kind::Figure),
    ]
}

fn minus(a: Option<Money>, b: Option<Money>) -> Option<Money> {
    a?.checked_sub(b?)
}

/// Original, adjustment, revised, outturn, balance.
fn figures(original: Option<Money>, revised: Option<Money>, outturn: Option<Money>) -> [Cell; 5] {
    [money(original), change(minus(revised, original)), money(revised), money(outturn), money(minus(revised, outturn))]
}

fn by_department(page: &Page<'_>) -> Table<'static> {
    let view = &page.view;
    let mut places: Vec<_> = view.departments.iter().filter(|place| place.sum.projects > 0).collect();
    places.sort_by_key(|place| std::cmp::Reverse(place.rate));
    let rows = places.iter().map(|place| {
        let mut cells = vec![Cell::text(&*place.row.department)];
        cells.extend(figures(place.row.original_budget, place.budget, place.outturn));
        cells.push(rate_bar(view, place.rate));
        cells.push(attention(place.low, "warn"));
        Row { category: page.category(place.row.category.as_deref()), grade: None, cells }
    });
    let sum = view.total();
    let low: u32 = view.departments.iter().map(|place| place.low).sum();
    let mut total = vec![Cell::text(view.say(words::DISTRICT_TOTAL))];
    total.extend(figures(original(view), sum.budget(), sum.outturn()));
    total.push(or_mark(sum.rate(), DASH, |rate| percent(rate, 2)));
    total.push(count(low));
    let limit = percent(view.district.settings.thresholds.low_execution, 0);
    let mut columns = columns(view, view.say(words::DEPARTMENT));
    columns.push(Column::new(&view.fill(words::BELOW_90, &[("limit", &limit)]), Kind::Count));
    Table {
        id: "list-budget",
        caption: view.say(words::BUDGET).to_owned(),
        columns,
        head: 0,
        rows: rows.collect(),
        total: Some(row(total)),
        filters: page.filters(words::HINT_DEPARTMENT),
        sorts: true,
    }
}

fn plain(view: &View<'_>, id: &'static str, caption: &str, first: &str, rows: Rows<'static>) -> Table<'static> {
    Table {
        id,
        caption: caption.to_owned(),
        columns: columns(view, first),
        head: 0,
        rows,
        total: None,
        filters: Vec::new(),
        sorts: false,
    }
}

fn line(view: &View<'_>, name: String, line: MoneyLine) -> Row {
    let share = line.outturn.zip(line.revised).and_then(|(outturn, revised)| outturn.share_of(revised));
    let mut cells = vec![Cell::text(name)];
    cells.extend(figures(line.original, line.revised, line.outturn));
    cells.push(rate(view, share, DASH));
    row(cells)
}

fn by_source(view: &View<'_>) -> Table<'static> {
    let rows = view.sources.iter().map(|source| line(view, source.name.clone(), source.line)).collect();
    plain(view, "list-sources", view.say(words::BY_SOURCE_PAGE), view.say(words::FUNDING_SOURCE), rows)
}

fn by_economic(view: &View<'_>) -> Table<'static> {
    let rows = view.economic.iter().flat_map(|class| {
        let own = class.items.iter().fold(MoneyLine::default(), |mut sum, (_, _, line)| {
            sum.add(*line);
            sum
        });
        let items = class.items.iter().map(|(code, name, own)| line(view, format!("　{code} {name}"), *own));
        std::iter::once(line(view, format!("{} {}", class.code, class.name).trim().to_owned(), own))
            .chain(items)
            .collect::<Vec<_>>()
    });
    plain(view, "list-economic", view.say(words::BY_ECONOMIC_PAGE), view.say(words::CODE_AND_NAME), rows.collect())
}
