//! 问题清单: one card for each finding, the most urgent first, with the cells around it as the file shows them.

use super::super::table::FIRST_CARDS;
use super::super::template::Safe;
use super::super::{Page, link};
use super::{Block, List, notes};
use crate::district::MOST_CROPS;
use crate::finding::{Crop, Level, catalogue};
use crate::quantity::column_name;
use crate::render::view::FindingLine;
use crate::render::{RenderError, words};
use serde::Serialize;

#[derive(Serialize)]
struct Value {
    name: &'static str,
    text: String,
}

#[derive(Serialize)]
struct CropCell {
    text: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    mark: bool,
}

#[derive(Serialize)]
struct CropRow {
    number: u32,
    cells: Vec<CropCell>,
}

#[derive(Serialize)]
struct CropTable {
    caption: String,
    letters: Vec<String>,
    rows: Vec<CropRow>,
}

#[derive(Serialize)]
struct Card<'f> {
    /// Code of the severity: class and key of the filter.
    level: &'static str,
    /// Which option of the filter by department it answers.
    #[serde(rename = "d", skip_serializing_if = "Option::is_none")]
    department: Option<usize>,
    said: String,
    name: String,
    who: String,
    rule: &'f str,
    values: Vec<Value>,
    crop: Option<CropTable>,
    message: String,
    explanation: Option<String>,
    place: String,
    link: Option<String>,
}

#[derive(Serialize)]
struct Choice {
    code: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Filled<'f> {
    page: usize,
    count: usize,
    levels: Vec<Choice>,
    departments: &'f [&'f str],
    first: Safe,
    rest: Option<Safe>,
}

#[derive(Serialize)]
struct Cards<'c, 'f> {
    cards: &'c [Card<'f>],
}

/// Cards in all, of which the first have their values and the cells around; further ones say the same in their message alone.
/// Both limits keep the page light however bad a year is: what does not stand here stands in the workbook, and the page says
/// how much that is.
const MOST: usize = 800;

/// The section.
pub(in crate::render::report) fn findings(page: &Page<'_>) -> Result<List, RenderError> {
    let view = &page.view;
    let mut lines: Vec<&FindingLine<'_>> = view.findings.iter().collect();
    // Open before explained, urgent before the rest; within that by department, as the list of the workbook.
    lines.sort_by_key(|line| (!line.is_open, std::cmp::Reverse(line.level)));
    let mut departments: Vec<&str> = Vec::new();
    for name in view.findings.iter().filter_map(|line| line.row.department.as_deref()) {
        if departments.last() != Some(&name) && !departments.contains(&name) {
            departments.push(name);
        }
    }
    let left_out = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    let cards: Vec<Card<'_>> =
        lines.into_iter().enumerate().map(|(n, line)| card(page, line, &departments, n < MOST_CROPS)).collect();
    let (first, rest) = cards.split_at(FIRST_CARDS.min(cards.len()));
    let render = |cards: &[Card<'_>]| page.templates.part("cards.html", &Cards { cards });
    let levels = [Level::Error, Level::Warning, Level::Info];
    let filled = Filled {
        page: FIRST_CARDS,
        count: cards.len(),
        levels: levels.map(|level| Choice { code: level.code(), name: level.words().get(view.imprint.lang) }).into(),
        departments: &departments,
        first: render(first)?,
        rest: if rest.is_empty() { None } else { Some(render(rest)?) },
    };
    let block = Block { name: None, html: page.templates.part("findings.html", &filled)? };
    let mut said = vec![view.say(words::FINDINGS_RULE_PAGE).to_owned()];
    if left_out > 0 {
        said.push(view.fill(words::FINDINGS_LEFT_OUT, &[("n", &left_out.to_string())]));
    }
    let section = page.section(("findings", words::FINDINGS), None, vec![block], notes(view, &said, None))?;
    Ok(List { section, column_rules: String::new() })
}

fn card<'f>(page: &Page<'_>, line: &'f FindingLine<'_>, departments: &[&str], is_whole: bool) -> Card<'f> {
    let view = &page.view;
    let rule = catalogue::find(&line.row.rule);
    let said = line.words(view);
    let values = [
        (words::GIVEN, said.given, line.row.given.is_some()),
        (words::EXPECTED, said.expected, line.row.expected.is_some()),
        (words::GAP, said.difference, line.row.difference.is_some()),
    ];
    let values = values.into_iter().filter(|(_, _, is_there)| is_whole && *is_there);
    let names = [line.department, line.project].into_iter().filter(|name| *name != super::DASH);
    let crop = view.district.crops.get(&line.row.finding_id).filter(|_| is_whole);
    Card {
        level: line.level.code(),
        department: line.row.department.as_deref().and_then(|name| departments.iter().position(|d| *d == name)),
        said: said.level,
        name: rule.map(|rule| rule.name.get(view.imprint.lang).to_owned()).unwrap_or_default(),
        who: names.collect::<Vec<_>>().join("　"),
        rule: &line.row.rule,
        values: values.map(|(name, text, _)| Value { name: view.say(name), text }).collect(),
        crop: crop.map(|crop| crop_table(page, line, crop)),
        message: line.row.message.to_string(),
        explanation: line.row.explanation.as_deref().map(|text| view.fill(words::EXPLAINED, &[("text", text)])),
        place: line.place(view),
        link: link::to_file(view, line.file(view)),
    }
}

fn crop_table(page: &Page<'_>, line: &FindingLine<'_>, crop: &Crop) -> CropTable {
    let row = (u64::from(crop.at.row) + 1).to_string();
    let sheet = line.row.sheet.as_deref().unwrap_or_default();
    CropTable {
        caption: page.view.fill(words::CROP_AT, &[("sheet", sheet), ("row", &row)]),
        letters: crop.columns.iter().map(|column| column_name(*column)).collect(),
        rows: crop
            .rows
            .iter()
            .map(|(number, texts)| CropRow {
                number: number.saturating_add(1),
                cells: crop
                    .columns
                    .iter()
                    .zip(texts)
                    .map(|(column, text)| {
                        let mark = *number == crop.at.row && *column == crop.at.col;
                        let blank = mark && text.is_empty();
                        let text = if blank { page.view.say(words::BLANK) } else { text.as_ref() };
                        CropCell { text: text.to_owned(), mark }
                    })
                    .collect(),
            })
            .collect(),
    }
}
