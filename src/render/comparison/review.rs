//! 自评与复核: how far the self-evaluation is from the review, within the later run.

use super::arranged::{Arranged, project_name};
use super::departments::difference;
use crate::quantity::Points;
use crate::render::RenderError;
use crate::render::frame::{About, Column, HEAD_ROW, MOST_ROWS, Paper, ROW, cell, col, row as row_number};
use crate::render::look;
use crate::render::page::{Figure, Page};
use crate::render::style::{Num, Style};
use crate::render::workbook::Book;
use crate::render::{text, words};

const ABOUT: About = About {
    name: words::CMP_REVIEW,
    title: words::CMP_TITLE_REVIEW,
    number: words::CMP_NO_REVIEW,
    unit: Some(words::UNIT_POINTS_PLACES),
    asks: words::CMP_ASK_REVIEW,
    tab: look::BLUE,
    paper: Paper::A4,
};

pub(super) fn write(book: &mut Book, all: &Arranged<'_>) -> Result<(), RenderError> {
    let s = |words| all.say(words);
    let columns = [
        Column::new(s(words::PROJECT), 40.0),
        Column::new(s(words::DEPARTMENT), 26.0),
        Column::new(s(words::CMP_SELF), 10.0),
        Column::new(s(words::CMP_REVIEWED), 10.0),
        Column::new(s(words::DIFFERENCE), 10.0),
        Column::new(s(words::CMP_SOURCE_LATER), 44.0),
    ];
    let mut taken = Vec::new();
    for chunk in all.reviewed.chunks(MOST_ROWS) {
        let name = text::sheet_name(s(ABOUT.name), &taken);
        taken.push(name.clone());
        let mut page = Page::open_for(chunk.len(), book, &name, &all.imprint, &ABOUT, &columns)?;
        let first = page.heads(HEAD_ROW, &columns)?;
        for (row, (e, own, review)) in (first..).zip(chunk) {
            let project = project_name(e, all.imprint.lang);
            let source = Arranged::source(&all.comparison.after, Some(e));
            page.text(row, 0, project, Style::TEXT)?;
            page.text(row, 1, e.department.as_deref().unwrap_or("—"), Style::TEXT)?;
            page.figure(row, 2, *own, Style::figure(Num::Points))?;
            page.figure(row, 3, *review, Style::figure(Num::Points).bold())?;
            let gap = Figure::or_dash(review.checked_sub(*own));
            difference(&mut page, (row, 4), (2, 3), gap, Style::figure(Num::PointsChange))?;
            page.text(row, 5, &source, Style::NOTE)?;
            page.wrap_height(row, ROW, &[(project, Style::TEXT, 40.0), (&source, Style::NOTE, 44.0)])?;
        }
        let last = first + row_number(chunk.len()) - 1;
        page.text(last + 1, 0, s(words::CMP_MEAN), Style::TOTAL)?;
        page.rule(last + 1, (1, 1), Style::TOTAL)?;
        let count = i128::try_from(chunk.len()).unwrap_or(1);
        let mean = |of: &dyn Fn(&(&crate::tables::Evaluation, Points, Points)) -> Points| {
            let sum: i128 = chunk.iter().map(|line| i128::from(of(line).scaled())).sum();
            let mean = crate::quantity::Decimal::new(crate::quantity::div_half_up(sum, count * 100)?, 2);
            mean.and_then(Points::from_decimal)
        };
        let means = [mean(&|line| line.1), mean(&|line| line.2)];
        for (column, mean) in (2..).zip(means) {
            let formula = format!("ROUND(AVERAGE({}:{}),2)", cell(first, column), cell(last, column));
            page.formula(last + 1, column, &formula, Figure::or_dash(mean), Style::total(Num::Points))?;
        }
        let gap = means[1].zip(means[0]).and_then(|(b, a)| b.checked_sub(a));
        difference(&mut page, (last + 1, 4), (2, 3), Figure::or_dash(gap), Style::total(Num::PointsChange))?;
        page.rule(last + 1, (5, 5), Style::TOTAL)?;
        page.height(last + 1, ROW)?;
        page.notes(last + 2, &columns, &[s(words::CMP_N_REVIEW).to_owned()], None)?;
        page.table_behaviour((HEAD_ROW, first - 1), (first, last), 1, col(columns.len()))?;
    }
    Ok(())
}
