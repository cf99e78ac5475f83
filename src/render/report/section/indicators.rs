//! 指标对比: on which level and kind of indicator each department loses points, as a heat map of real cells.

use super::super::Page;
use super::super::table::{Cell, Column, Kind, Row, Table};
use super::{DASH, List, notes};
use crate::quantity::{Decimal, Points};
use crate::render::view::{View, number, percent, points};
use crate::render::{RenderError, words};
use std::collections::BTreeMap;

/// A share of points at which the ground is darkest; white at 1.
fn darkest() -> Decimal {
    Decimal::new(7, 1).unwrap_or(Decimal::ZERO)
}

/// The section.
pub(in crate::render::report) fn indicators(page: &Page<'_>) -> Result<List, RenderError> {
    let view = &page.view;
    let matrix = &view.matrix;
    let mut columns = vec![Column::new(view.say(words::DEPARTMENT), Kind::Text)];
    columns.extend(matrix.columns.iter().map(|key| {
        let name = key.level2.as_deref().unwrap_or(&key.level1);
        Column::new(words::indicator(name, view.imprint.lang), Kind::Figure)
    }));
    let categories: BTreeMap<&str, Option<usize>> = view
        .departments
        .iter()
        .map(|place| (&*place.row.department, page.category(place.row.category.as_deref())))
        .collect();
    let rows = matrix.rows.iter().map(|(name, sums)| {
        let cells = std::iter::once(Cell::text(name.as_str())).chain(sums.iter().map(|sum| cell(view, *sum)));
        Row { category: categories.get(name.as_str()).copied().flatten(), grade: None, cells: cells.collect() }
    });
    let totals = (0..matrix.columns.len()).map(|column| match share(matrix.total(column)) {
        Some((rate, _)) => Cell::text(percent(rate, 1)),
        None => Cell::none(DASH),
    });
    let table = Table {
        id: "list-indicators",
        caption: view.say(words::INDICATORS_SHEET).to_owned(),
        columns,
        head: 0,
        rows: rows.collect(),
        total: Some(super::row(std::iter::once(Cell::text(view.say(words::DISTRICT))).chain(totals).collect())),
        filters: page.filters(words::HINT_DEPARTMENT),
        sorts: true,
    };
    let about = view.say(words::ABOUT_INDICATORS);
    let said = [view.say(words::INDICATOR_DASH_PAGE).to_owned()];
    page.list(("indicators", words::INDICATORS_SHEET), Some(about), vec![(None, table)], notes(view, &said, None))
}

fn share(sum: Option<(Points, Points)>) -> Option<(Decimal, (Points, Points))> {
    let (score, weight) = sum?;
    Some((score.decimal().div(weight.decimal(), 6)?, (score, weight)))
}

fn cell(view: &View<'_>, sum: Option<(Points, Points)>) -> Cell {
    let Some((rate, (score, weight))) = share(sum) else { return Cell::none(DASH) };
    let lost = Decimal::ONE.checked_sub(rate).unwrap_or(Decimal::ZERO).clamp(Decimal::ZERO, Decimal::ONE);
    let span = Decimal::ONE.checked_sub(darkest()).unwrap_or(Decimal::ONE);
    let heat = lost.div(span, 2).unwrap_or(Decimal::ZERO).min(Decimal::ONE);
    let about = view.fill(words::ABOUT_SHARE, &[("score", &points(score)), ("weight", &points(weight))]);
    Cell::heat(percent(rate, 1), number(heat, 2), about)
}
