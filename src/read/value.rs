//! Cells → typed fields.
//!
//! Input → output: a box and what its place says of it → a [`Field`]. Invariant: a value is what the cell says, nothing else;
//! a cell that says something else is unreadable, not absent.

use super::grid::{Content, Page};
use crate::form::{Field, Goal, Name};
use crate::quantity::{Amount, CellRef, Decimal, Entry, MoneyUnit, Points, Text};
use crate::text::{self, Plain};

/// A field that has a place but no content.
pub(super) fn blank<T>(cell: CellRef) -> Field<T> {
    Field { cell, given: Text::from(""), entry: Entry::Blank }
}

fn field<T>(page: Page, id: u32, entry: Entry<T>) -> Field<T> {
    Field { cell: page.cell(id), given: page.given(id), entry }
}

/// Money, in `unit` unless the cell itself states one.
pub(super) fn amount(page: Page, id: u32, unit: MoneyUnit) -> Field<Amount> {
    let entry = match page.item(id).map(|i| &i.content) {
        Some(Content::Number { value, .. }) => Amount::new(*value, unit).map_or(Entry::Unreadable, Entry::Given),
        Some(Content::Word(_)) => text::money(&page.given(id), unit).entry,
        _ => Entry::Unreadable,
    };
    field(page, id, entry)
}

/// A rate as a fraction. `points`: the head says that plain numbers are percentage points.
pub(super) fn rate(page: Page, id: u32, points: bool) -> Field<Decimal> {
    let plain = if points { Plain::Points } else { Plain::Guess };
    let entry = match page.item(id).map(|i| &i.content) {
        Some(Content::Number { value, percent: true }) => Entry::Given(*value),
        Some(Content::Number { value, .. }) => text::rate(*value, plain).map_or(Entry::Unreadable, Entry::Given),
        Some(Content::Word(_)) => text::percent(&page.given(id), plain),
        _ => Entry::Unreadable,
    };
    field(page, id, entry)
}

/// Points: a weight or a score.
pub(super) fn points(page: Page, id: u32) -> Field<Points> {
    let entry = match page.item(id).map(|i| &i.content) {
        Some(Content::Number { value, percent }) => {
            let value = if *percent { value.shift(2) } else { Some(*value) };
            value.and_then(Points::from_decimal).map_or(Entry::Unreadable, Entry::Given)
        }
        Some(Content::Word(_)) => match text::points(&page.given(id)) {
            // 20% in a column of weights is 20 points
            Entry::Unreadable => match page.figure(id) {
                Some((Some(value), true)) => Points::from_decimal(value).map_or(Entry::Unreadable, Entry::Given),
                _ => Entry::Unreadable,
            },
            entry => entry,
        },
        _ => Entry::Unreadable,
    };
    field(page, id, entry)
}

/// Any text.
pub(super) fn words(page: Page, id: u32) -> Field<Text> {
    let entry = match page.item(id).map(|i| &i.content) {
        Some(Content::Error(_)) => Entry::Unreadable,
        _ if page.word(id).is_some_and(|w| w.mark) => Entry::NotApplicable,
        _ => Entry::Given(page.given(id)),
    };
    field(page, id, entry)
}

/// A name, its code split off.
pub(super) fn name(page: Page, id: u32) -> Field<Name> {
    let given = page.given(id);
    Field { cell: page.cell(id), entry: named(&given), given }
}

/// A name in a text: a mark or 无 is none.
pub(super) fn named(given: &str) -> Entry<Name> {
    if let Some(entry) = text::nothing(given) {
        return entry;
    }
    if text::leftover(given) == Some(text::Leftover::Placeholder) {
        return Entry::Blank;
    }
    Entry::Given(text::split_code(given))
}

/// What a target or an actual says, and whether scanning had misread its operator.
pub(super) fn goal(
    page: Page,
    id: u32,
    operator: Option<&str>,
    unit: Option<&str>,
    indicator: &str,
) -> (Field<Goal>, bool) {
    let given = page.given(id);
    let nothing = text::nothing::<Goal>(&given);
    let percent = matches!(page.item(id).map(|i| &i.content), Some(Content::Number { percent: true, .. }));
    let read = text::goal(&given, operator, if percent { None } else { unit }, indicator);
    let entry = match page.item(id).map(|i| &i.content) {
        Some(Content::Error(_) | Content::Opaque(_)) => Entry::Unreadable,
        _ => nothing.unwrap_or(Entry::Given(read.goal)),
    };
    (Field { cell: page.cell(id), given, entry }, read.misread)
}
