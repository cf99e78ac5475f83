//! The four charts of 总览, native, over the tables of 等级分布.
//!
//! Each says its finding in the title only where the figures bear it (a share of two thirds, |r| of one half); each has its
//! figures in words as alternative text. Bars start at zero; no pie, no shadow, no third dimension.

use super::grades::{self, ChartData, ENDS};
use crate::quantity::{Decimal, Money};
use crate::render::frame::col;
use crate::render::look::{self, Look};
use crate::render::text::describe;
use crate::render::view::{
    BANDS, View, band_counts, band_grade, band_name, budget_of, concentration, correlation, dots, of_grade, percent,
    points, ratio,
};
use crate::render::words;
use crate::settings::Grade;
use rust_xlsxwriter::{
    Chart, ChartAxisTickType, ChartDataLabel, ChartDataLabelPosition, ChartFormat, ChartLayout, ChartLegendPosition,
    ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartPoint, ChartSolidFill, ChartType,
};

fn filled(colour: u32) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(colour)).set_no_border();
    format
}

fn outlined(colour: u32, line: u32) -> ChartFormat {
    let mut format = ChartFormat::new();
    format
        .set_solid_fill(ChartSolidFill::new().set_color(colour))
        .set_border(ChartLine::new().set_color(line).set_width(0.75));
    format
}

fn bare(kind: ChartType, title: &str, look: Look, (width, height): (u32, u32)) -> Chart {
    let mut chart = Chart::new(kind);
    chart.set_width(width).set_height(height);
    let mut none = ChartFormat::new();
    none.set_no_fill().set_no_border();
    chart.chart_area().set_format(&mut none.clone());
    chart.plot_area().set_format(&mut none);
    chart
        .title()
        .set_name(title)
        .set_font(&look.chart_font(10.5, look::INK, true))
        .set_layout(&ChartLayout::new().set_offset(0.02, 0.02))
        .set_overlay(true);
    chart
}

fn hidden_line() -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_no_line();
    format
}

fn grey_line() -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_line(ChartLine::new().set_color(look::MUTED).set_width(0.75));
    format
}

/// Share of projects and of budget by grade: two stacked bars.
pub(super) fn grades(view: &View<'_>, look: Look, data: ChartData, size: (u32, u32)) -> Chart {
    let sheet = view.say(words::GRADES);
    let total = view.total();
    let (all, money) = (i128::from(total.projects), total.budget().unwrap_or(Money::ZERO));
    let share = |grade: Option<Grade>| {
        let count = i128::try_from(of_grade(view, grade).count()).unwrap_or(0);
        let budget = budget_of(of_grade(view, grade));
        (ratio(count, all, 6), ratio(budget.fen().into(), money.fen().into(), 6))
    };
    let said = |value: Option<Decimal>| value.map_or_else(|| "—".to_owned(), |value| percent(value, 1));
    let two_thirds = Decimal::new(666_667, 6).unwrap_or(Decimal::ONE);
    let most = Grade::ALL.into_iter().find_map(|grade| {
        let (p, b) = share(Some(grade));
        (p? >= two_thirds && b? >= two_thirds).then(|| {
            view.fill(words::CHART_GRADES_MOST, &[("p", &said(p)), ("b", &said(b)), ("grade", &view.grade(grade))])
        })
    });
    let title = most.unwrap_or_else(|| view.say(words::CHART_GRADES).to_owned());
    let mut chart = bare(ChartType::BarPercentStacked, &title, look, size);
    let mut alt = String::new();
    let head = data.grades_head;
    let (first, last) = data.shares;
    let six_percent = Decimal::new(6, 2).unwrap_or(Decimal::ZERO);
    for (row, grade) in (head + 1..).zip(Grade::ALL.map(Some).into_iter().chain([None])) {
        let (p, b) = share(grade);
        let name = grade.map_or_else(|| view.say(words::NOT_SCORED).to_owned(), |grade| view.grade(grade));
        alt.push_str(&view.fill(words::ALT_GRADE_ITEM, &[("grade", &name), ("p", &said(p)), ("b", &said(b))]));
        let series = chart.add_series();
        series
            .set_name((sheet, row, 0))
            .set_categories((sheet, head, first, head, last))
            .set_values((sheet, row, first, row, last))
            .set_gap(40)
            .set_overlap(100);
        let Some(grade) = grade else {
            let mut dashed = ChartFormat::new();
            dashed.set_solid_fill(ChartSolidFill::new().set_color(look::WHITE)).set_border(
                ChartLine::new().set_color(look::MUTED).set_width(0.75).set_dash_type(ChartLineDashType::Dash),
            );
            series.set_format(&mut dashed);
            continue;
        };
        series.set_format(&mut filled(look::grade_colour(grade)));
        let labels: Vec<ChartDataLabel> = [p, b]
            .into_iter()
            .map(|value| {
                let mut label = ChartDataLabel::new();
                if value.is_some_and(|value| value >= six_percent) {
                    label.show_value().set_num_format("0.0%").set_font(&look.chart_font(
                        9.0,
                        look::on_grade(grade),
                        false,
                    ));
                } else {
                    label.set_hidden();
                }
                label.to_custom()
            })
            .collect();
        let mut label = ChartDataLabel::new();
        label.show_value().set_num_format("0.0%").set_font(&look.chart_font(9.0, look::on_grade(grade), false));
        series.set_data_label(&label);
        series.set_custom_data_labels(&labels);
    }
    // of a bar chart the y axis is the one with the names
    chart
        .y_axis()
        .set_reverse()
        .set_font(&look.chart_font(9.0, look::INK, false))
        .set_format(&mut hidden_line())
        .set_major_gridlines(false)
        .set_major_tick_type(ChartAxisTickType::None);
    chart.x_axis().set_hidden(true).set_major_gridlines(false);
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&look.chart_font(9.0, look::INK, false));
    chart.plot_area().set_layout(&ChartLayout::new().set_offset(0.13, 0.17).set_dimensions(0.84, 0.62));
    describe(&mut chart, &view.fill(words::ALT_GRADES, &[("text", &alt)]));
    chart
}

/// Projects by bands of five points, in the colours of their grades.
pub(super) fn distribution(view: &View<'_>, look: Look, data: ChartData, width: u32, height: u32) -> Chart {
    let sheet = view.say(words::GRADES);
    let counts = band_counts(view);
    let concentrated = concentration(view);
    let title = concentrated.map_or_else(
        || view.say(words::CHART_SCORES).to_owned(),
        |bound| view.fill(words::CHART_SCORES_HIGH, &[("n", &bound.to_string())]),
    );
    let mut chart = bare(ChartType::Column, &title, look, (width, height));
    let points: Vec<ChartPoint> = (0..BANDS.len())
        .map(|index| {
            ChartPoint::new().set_format(&mut outlined(look::grade_colour(band_grade(view, index)), look::INK))
        })
        .collect();
    let mut label = ChartDataLabel::new();
    label.show_value().set_position(ChartDataLabelPosition::OutsideEnd).set_font(&look.chart_font(
        9.0,
        look::INK,
        false,
    ));
    let last = col(BANDS.len());
    chart.legend().set_hidden();
    chart
        .add_series()
        .set_name(view.say(words::PROJECT_COUNT))
        .set_categories((sheet, data.bands_head, 1, data.bands_head, last))
        .set_values((sheet, data.bands_head + 1, 1, data.bands_head + 1, last))
        .set_gap(12)
        .set_points(&points)
        .set_data_label(&label);
    chart
        .x_axis()
        .set_name(view.say(words::CHART_SCORE_AXIS))
        .set_name_font(&look.chart_font(8.5, look::MUTED, false))
        .set_font(&look.chart_font(8.5, look::INK, false))
        .set_format(&mut grey_line())
        .set_major_tick_type(ChartAxisTickType::None);
    chart.y_axis().set_hidden(true).set_major_gridlines(false).set_min(0);
    chart.plot_area().set_layout(&ChartLayout::new().set_offset(0.02, 0.2).set_dimensions(0.96, 0.58));
    let pairs = (0..BANDS.len()).zip(counts).map(|(index, count)| {
        view.fill(words::ALT_PAIR, &[("a", &format!("{} ", band_name(view, index))), ("b", &count.to_string())])
    });
    describe(&mut chart, &view.fill(words::ALT_SCORES, &[("text", &pairs.collect::<String>())]));
    chart
}

/// First and last departments, sorted; the last in amber with a dark border.
pub(super) fn top_and_bottom(view: &View<'_>, look: Look, data: ChartData, size: (u32, u32)) -> Chart {
    let sheet = view.say(words::GRADES);
    let rows = grades::ends(view);
    let has_gap = rows.iter().any(Option::is_none);
    let title = view.say(if has_gap { words::CHART_TOP } else { words::CHART_ALL });
    let mut chart = bare(ChartType::Bar, title, look, size);
    let dots: Vec<ChartPoint> = (0..rows.len())
        .map(|index| {
            if has_gap && index > ENDS {
                ChartPoint::new()
                    .set_format(&mut outlined(look::grade_colour(Grade::Fair), look::grade_colour(Grade::Poor)))
            } else {
                ChartPoint::new().set_format(&mut filled(look::BLUE))
            }
        })
        .collect();
    let mut label = ChartDataLabel::new();
    label
        .show_value()
        .set_num_format("0.00")
        .set_position(ChartDataLabelPosition::OutsideEnd)
        .set_font(&look.chart_font(9.0, look::INK, false));
    chart
        .add_series()
        .set_name(view.say(words::SCORE))
        .set_categories((sheet, data.ends.0, 0, data.ends.1, 0))
        .set_values((sheet, data.ends.0, 1, data.ends.1, 1))
        .set_gap(35)
        .set_points(&dots)
        .set_data_label(&label);
    chart.legend().set_hidden();
    chart
        .y_axis()
        .set_reverse()
        .set_font(&look.chart_font(8.5, look::INK, false))
        .set_format(&mut grey_line())
        .set_major_gridlines(false)
        .set_major_tick_type(ChartAxisTickType::None);
    chart.x_axis().set_hidden(true).set_major_gridlines(false).set_min(0).set_max(115);
    chart.plot_area().set_layout(&ChartLayout::new().set_offset(0.28, 0.12).set_dimensions(0.7, 0.86));
    let pairs = rows.iter().flatten().map(|place| {
        let score = place.score.map(points).unwrap_or_default();
        view.fill(words::ALT_PAIR, &[("a", &place.row.department), ("b", &score)])
    });
    describe(&mut chart, &view.fill(words::ALT_TOP, &[("text", &pairs.collect::<String>())]));
    chart
}

/// Execution rate against score, a dot for each department; names on outliers only.
pub(super) fn scatter(view: &View<'_>, look: Look, data: ChartData, size: (u32, u32)) -> Chart {
    let sheet = view.say(words::GRADES);
    let rows = dots(view);
    let pairs: Vec<(f64, f64)> =
        rows.iter().map(|(_, rate, score)| (rate.to_f64(), score.decimal().to_f64())).collect();
    let r = correlation(&pairs);
    let title = match r {
        Some(r) if r >= 0.5 => words::CHART_SCATTER_UP,
        Some(r) if r <= -0.5 => words::CHART_SCATTER_DOWN,
        Some(_) | None => words::CHART_SCATTER,
    };
    let mut chart = bare(ChartType::Scatter, view.say(title), look, size);
    chart.legend().set_hidden();
    let outliers = outliers(&pairs);
    let (left, right) = bounds(pairs.iter().map(|p| p.0), 0.05);
    let (bottom, top) = bounds(pairs.iter().map(|p| p.1), 5.0);
    let labels: Vec<ChartDataLabel> = rows
        .iter()
        .zip(&pairs)
        .enumerate()
        .map(|(index, ((place, _, _), (rate, _)))| {
            let mut label = ChartDataLabel::new();
            // towards the middle, where there is room
            let side =
                if rate * 2.0 > left + right { ChartDataLabelPosition::Left } else { ChartDataLabelPosition::Right };
            if outliers.contains(&index) {
                label.set_value(&*place.row.department).set_position(side).set_font(&look.chart_font(
                    8.5,
                    look::INK,
                    false,
                ));
            } else {
                label.set_hidden();
            }
            label.to_custom()
        })
        .collect();
    let mut marker = ChartMarker::new();
    marker.set_type(ChartMarkerType::Circle).set_size(7).set_format(&mut filled(look::BLUE));
    let mut label = ChartDataLabel::new();
    label.show_value().set_position(ChartDataLabelPosition::Right).set_font(&look.chart_font(8.5, look::INK, false));
    chart
        .add_series()
        .set_name(view.say(words::SCORE))
        .set_categories((sheet, data.scatter.0, 1, data.scatter.1, 1))
        .set_values((sheet, data.scatter.0, 2, data.scatter.1, 2))
        .set_marker(&marker)
        .set_data_label(&label)
        .set_custom_data_labels(&labels);
    let mut light = ChartLine::new();
    light.set_color(look::RULE).set_width(0.5);
    chart
        .x_axis()
        .set_name(view.say(words::CHART_RATE_AXIS))
        .set_name_font(&look.chart_font(8.5, look::MUTED, false))
        .set_font(&look.chart_font(8.5, look::INK, false))
        .set_num_format("0%")
        .set_min(left)
        .set_max(right)
        .set_format(&mut grey_line())
        .set_major_gridlines(true)
        .set_major_gridlines_line(&light);
    chart
        .y_axis()
        .set_name(view.say(words::CHART_POINTS_AXIS))
        .set_name_font(&look.chart_font(8.5, look::MUTED, false))
        .set_font(&look.chart_font(8.5, look::INK, false))
        .set_num_format("0")
        .set_min(bottom)
        .set_max(top)
        .set_format(&mut grey_line())
        .set_major_gridlines(true)
        .set_major_gridlines_line(&light);
    chart.plot_area().set_layout(&ChartLayout::new().set_offset(0.1, 0.14).set_dimensions(0.86, 0.64));
    let named = outliers.iter().filter_map(|index| rows.get(*index)).map(|(place, rate, score)| {
        let value = format!(" {} / {}", percent(*rate, 2), points(*score));
        view.fill(words::ALT_PAIR, &[("a", &place.row.department), ("b", &value)])
    });
    let text: String = named.collect();
    let r = r.map_or_else(|| "—".to_owned(), |r| format!("{r:.2}"));
    describe(&mut chart, &view.fill(words::ALT_SCATTER, &[("n", &rows.len().to_string()), ("r", &r), ("text", &text)]));
    chart
}

/// The ends of an axis around some values, in whole steps.
fn bounds(values: impl Iterator<Item = f64>, step: f64) -> (f64, f64) {
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
    if low > high { (0.0, 1.0) } else { ((low / step).floor() * step, ((high / step).floor() + 1.0) * step) }
}

/// The two lowest rates, the two lowest scores, the highest score; of two whose names would lie over each other the first.
fn outliers(pairs: &[(f64, f64)]) -> Vec<usize> {
    let mut by_rate: Vec<usize> = (0..pairs.len()).collect();
    let mut by_score = by_rate.clone();
    let value = |index: usize| pairs.get(index).copied().unwrap_or_default();
    by_rate.sort_by(|a, b| value(*a).0.total_cmp(&value(*b).0));
    by_score.sort_by(|a, b| value(*a).1.total_cmp(&value(*b).1));
    let (left, right) = bounds(pairs.iter().map(|p| p.0), 0.05);
    let (bottom, top) = bounds(pairs.iter().map(|p| p.1), 5.0);
    let collides = |a: usize, b: usize| {
        let ((x1, y1), (x2, y2)) = (value(a), value(b));
        (x1 - x2).abs() < (right - left) * 0.3 && (y1 - y2).abs() < (top - bottom) * 0.09
    };
    let mut chosen: Vec<usize> = Vec::new();
    for index in by_score.iter().take(2).chain(by_score.last()).chain(by_rate.iter().take(2)).copied() {
        if !chosen.iter().any(|other| *other == index || collides(*other, index)) {
            chosen.push(index);
        }
    }
    chosen.sort_unstable();
    chosen
}
