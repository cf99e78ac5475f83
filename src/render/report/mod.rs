//! The district → `report.html`: what the summary workbook says, to look at; one file that works offline.
//!
//! Input: [`View`], the tables arranged for a reader. Output: the bytes of one page that asks nobody for anything. Layers:
//! `section` says what stands where; [`table`] and [`chart`] are shapes that know no HTML; [`template`] turns them into
//! markup by templates that escape everything; `assets` is what runs and colours it.
//!
//! Invariants: the same district gives the same bytes. Every figure stands in the HTML, so that the page can be read, searched
//! and printed without script. Text from a submission never becomes markup: templates escape, data for the script is JSON
//! that cannot end its element, links are relative and percent-encoded, and the page's own policy runs no script but the two
//! it was built with. No meaning by colour alone: a word, sign or number always says the same.

mod assets;
mod chart;
mod compared;
mod link;
mod palette;
mod section;
mod table;
mod template;

pub(in crate::render) use compared::comparison;

use super::RenderError;
use super::view::View;
use super::words;
use crate::finding::Lang;
use serde::Serialize;
use template::{Safe, Templates};

/// A section of the page.
#[derive(Serialize)]
struct Section {
    id: &'static str,
    name: &'static str,
    html: Safe,
}

/// What every section is made from.
struct Page<'a> {
    view: &'a View<'a>,
    templates: Templates,
}

/// The page `report.html`.
///
/// # Errors
/// A template that does not fit its data; that would be a fault of the program, not of the input.
pub fn page(view: &View<'_>) -> Result<Vec<u8>, RenderError> {
    let page = Page { view, templates: Templates::new(view.imprint.lang)? };
    let charts = chart::charts(page.view);
    let lists = [
        section::departments(&page)?,
        section::indicators(&page)?,
        section::budget(&page)?,
        section::projects(&page)?,
        section::findings(&page)?,
        section::submissions(&page)?,
        section::method(&page)?,
    ];
    let column_rules: String = lists.iter().map(|list| list.column_rules.as_str()).collect();
    let mut sections = vec![section::overview(&page, &charts)?];
    sections.extend(lists.into_iter().map(|list| list.section));
    let title = page.view.imprint.title(words::TITLE_PAGE);
    shell(&page.templates, page.view.imprint.lang, title, (sections, column_rules), &charts.data)
}

/// The whole page around its sections.
fn shell(
    templates: &Templates,
    lang: Lang,
    title: String,
    (sections, column_rules): (Vec<Section>, String),
    chart_data: &impl Serialize,
) -> Result<Vec<u8>, RenderError> {
    let shell = Shell {
        lang: match lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        },
        version: env!("CARGO_PKG_VERSION"),
        script_sources: assets::script_sources(),
        palette: Safe::css(palette::variables()),
        style: Safe::css(assets::STYLE.to_owned()),
        column_rules: Safe::css(column_rules),
        echarts: Safe::script(assets::ECHARTS.text),
        script: Safe::script(assets::SCRIPT.text),
        chart_data: Safe::json(chart_data)?,
        title,
        sections,
    };
    Ok(templates.render("page.html", &shell)?.into_bytes())
}

/// What `page.html` prints.
#[derive(Serialize)]
struct Shell {
    lang: &'static str,
    version: &'static str,
    title: String,
    script_sources: String,
    palette: Safe,
    style: Safe,
    column_rules: Safe,
    sections: Vec<Section>,
    chart_data: Safe,
    echarts: Safe,
    script: Safe,
}
