//! The four charts: what each says in words, as a table and as data for the script.
//!
//! A title states a finding only if it was tested: a share of at least two thirds, a correlation of at least 0.5; else it names
//! the content. Doubles appear here only as positions on the screen and in the test of the correlation.

use crate::quantity::{Decimal, Points};
use crate::render::view::{
    Place, View, band_counts, band_grade, band_name, budget_of, concentration, correlation, district_score, dots,
    number, of_grade, percent, points, ratio, wan,
};
use crate::render::words;
use crate::settings::Grade;
use serde::Serialize;

/// Departments shown at each end when there are too many to show all; three times as many are shown whole.
const FEW: usize = 10;
/// All charts.
pub(super) struct Charts {
    /// What stands around them.
    pub(super) figures: Vec<Figure>,
    /// What the script draws.
    pub(super) data: Data,
}

/// A chart in words, and its data as a table.
#[derive(Serialize)]
pub(super) struct Figure {
    id: &'static str,
    title: String,
    about: String,
    alt: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    is_tall: bool,
    /// Id of the button that shows all departments.
    toggle: Option<&'static str>,
}

/// What the script draws.
#[derive(Serialize)]
pub(super) struct Data {
    words: Said,
    grades: GradeBars,
    scores: Vec<Band>,
    departments: Ranked,
    scatter: Scatter,
}

#[derive(Serialize)]
struct Said {
    dark: &'static str,
    light: &'static str,
    every: &'static str,
    few: &'static str,
}

#[derive(Serialize)]
struct GradeBars {
    bars: [&'static str; 2],
    parts: Vec<GradePart>,
}

#[derive(Serialize)]
struct GradePart {
    name: String,
    /// 0 to 3 from the best; 4: without a score.
    grade: usize,
    /// Share of projects and of budget in percent.
    shares: [f64; 2],
    tip: Vec<String>,
}

#[derive(Serialize)]
struct Band {
    name: String,
    count: u32,
    grade: usize,
    tip: Vec<String>,
}

#[derive(Serialize)]
struct Ranked {
    bars: Vec<Bar>,
    few: usize,
    mean: Option<f64>,
    most: f64,
}

#[derive(Serialize)]
struct Bar {
    name: String,
    score: f64,
    label: String,
    grade: usize,
    tip: Vec<String>,
}

#[derive(Serialize)]
struct Scatter {
    x: &'static str,
    y: &'static str,
    points: Vec<Dot>,
    guides: [Guide; 2],
}

#[derive(Serialize)]
struct Dot {
    name: String,
    at: [f64; 2],
    /// Whether its name stands beside it.
    named: bool,
    tip: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Guide {
    #[serde(skip_serializing_if = "Option::is_none")]
    x_axis: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y_axis: Option<f64>,
}

/// Position of a grade, the best being 0.
pub(super) fn place_of(grade: Grade) -> usize {
    Grade::ALL.iter().position(|g| *g == grade).unwrap_or(Grade::ALL.len())
}

/// The charts of a district.
pub(super) fn charts(view: &View<'_>) -> Charts {
    let (grades, grade_figure) = grades(view);
    let (scores, score_figure) = scores(view);
    let ranked: Vec<(&Place<'_>, Points)> =
        view.departments.iter().filter_map(|place| place.score.map(|score| (place, score))).collect();
    let (departments, department_figure) = departments(view, &ranked);
    let (scatter, scatter_figure) = scatter(view, &ranked);
    let words = Said {
        dark: view.say(words::DARK),
        light: view.say(words::LIGHT),
        every: view.say(words::EVERY),
        few: view.say(words::FEW),
    };
    Charts {
        figures: vec![grade_figure, score_figure, department_figure, scatter_figure],
        data: Data { words, grades, scores, departments, scatter },
    }
}

fn heads(view: &View<'_>, all: &[crate::finding::Words]) -> Vec<String> {
    all.iter().map(|words| view.say(*words).replace('\n', "")).collect()
}

fn share(part: i128, whole: i128) -> Decimal {
    ratio(part, whole, 6).unwrap_or(Decimal::ZERO)
}

fn is_most(share: Decimal) -> bool {
    ratio(2, 3, 6).is_some_and(|limit| share >= limit)
}

fn grades(view: &View<'_>) -> (GradeBars, Figure) {
    let count_all = i128::from(view.total().projects);
    let budget_all = i128::from(budget_of(view.projects.iter()).fen());
    let mut title = view.say(words::NAME_GRADES).to_owned();
    let (mut parts, mut rows, mut alt) = (Vec::new(), Vec::new(), String::new());
    for grade in Grade::ALL.into_iter().map(Some).chain([None]) {
        let count = of_grade(view, grade).count();
        let budget = budget_of(of_grade(view, grade));
        if grade.is_none() && count == 0 {
            continue;
        }
        let name = grade.map_or_else(|| view.say(words::NOT_SCORED).to_owned(), |grade| view.grade(grade));
        let of_projects = share(i128::try_from(count).unwrap_or(0), count_all);
        let of_budget = share(budget.fen().into(), budget_all);
        let (p, b) = (percent(of_projects, 1), percent(of_budget, 1));
        let (money, count) = (wan(budget), count.to_string());
        if grade.is_some() && is_most(of_projects) && is_most(of_budget) {
            title = view.fill(words::NAME_GRADES_MOST, &[("p", &p), ("b", &b), ("grade", &name)]);
        }
        alt.push_str(&view.fill(words::ALT_GRADE_ITEM, &[("grade", &name), ("p", &p), ("b", &b)]));
        parts.push(GradePart {
            grade: grade.map_or(Grade::ALL.len(), place_of),
            shares: [of_projects, of_budget].map(|s| s.shift(2).unwrap_or_default().to_f64()),
            tip: vec![
                name.clone(),
                view.fill(words::TIP_PROJECTS, &[("n", &count), ("p", &p)]),
                view.fill(words::TIP_BUDGET, &[("n", &money), ("p", &b)]),
            ],
            name: name.clone(),
        });
        rows.push(vec![name, count, p, money, b]);
    }
    let figure = Figure {
        id: "chart-grades",
        title,
        about: view.say(words::ABOUT_GRADES).to_owned(),
        alt: view.fill(words::ALT_GRADES, &[("text", &alt)]),
        heads: heads(
            view,
            &[
                words::GRADE,
                words::PROJECT_COUNT,
                words::SHARE_OF_PROJECTS,
                words::REVISED_BUDGET,
                words::SHARE_OF_BUDGET,
            ],
        ),
        rows,
        is_tall: false,
        toggle: None,
    };
    let bars = [view.say(words::SHARE_OF_PROJECTS), view.say(words::SHARE_OF_BUDGET)];
    (GradeBars { bars, parts }, figure)
}

fn scores(view: &View<'_>) -> (Vec<Band>, Figure) {
    let band = |(index, count): (usize, u32)| {
        let name = band_name(view, index);
        let tip = vec![name.clone(), view.fill(words::TIP_BAND, &[("n", &count.to_string())])];
        Band { tip, grade: place_of(band_grade(view, index)), name, count }
    };
    let bands: Vec<Band> = band_counts(view).into_iter().enumerate().map(band).collect();
    let title = match concentration(view) {
        Some(from) => view.fill(words::NAME_SCORES_HIGH, &[("n", &from.to_string())]),
        None => view.say(words::NAME_SCORES).to_owned(),
    };
    let pair = |band: &Band| view.fill(words::ALT_PAIR, &[("a", &band.name), ("b", &format!(" {}", band.count))]);
    let alt: String = bands.iter().map(pair).collect();
    let figure = Figure {
        id: "chart-scores",
        title,
        about: view.say(words::ABOUT_SCORES).to_owned(),
        alt: view.fill(words::ALT_SCORES, &[("text", &alt)]),
        heads: heads(view, &[words::SCORE_BAND, words::PROJECT_COUNT]),
        rows: bands.iter().map(|band| vec![band.name.clone(), band.count.to_string()]).collect(),
        is_tall: false,
        toggle: None,
    };
    (bands, figure)
}

fn tip(view: &View<'_>, place: &Place<'_>, score: Points) -> Vec<String> {
    let rank = place.rank.map(|rank| rank.to_string()).unwrap_or_default();
    let grade = place.grade.map(|grade| view.grade(grade)).unwrap_or_default();
    let mut lines = vec![
        place.row.department.to_string(),
        view.fill(words::TIP_PLACE, &[("n", &rank), ("score", &points(score)), ("grade", &grade)]),
    ];
    lines.extend(place.rate.map(|rate| view.fill(words::TIP_RATE, &[("p", &percent(rate, 2))])));
    lines
}

fn table(view: &View<'_>, ranked: &[(&Place<'_>, Points)]) -> (Vec<String>, Vec<Vec<String>>) {
    let row = |(place, score): &(&Place<'_>, Points)| {
        let rate = place.rate.map_or_else(|| "—".to_owned(), |rate| percent(rate, 2));
        vec![place.row.department.to_string(), points(*score), rate]
    };
    (heads(view, &[words::DEPARTMENT, words::SCORE, words::RATE]), ranked.iter().map(row).collect())
}

fn departments(view: &View<'_>, ranked: &[(&Place<'_>, Points)]) -> (Ranked, Figure) {
    let bar = |(place, score): &(&Place<'_>, Points)| Bar {
        name: place.row.department.to_string(),
        score: score.decimal().to_f64(),
        label: points(*score),
        grade: place.grade.map_or(Grade::ALL.len(), place_of),
        tip: tip(view, place, *score),
    };
    let (heads, rows) = table(view, ranked);
    let name = |(place, score): &(&Place<'_>, Points)| {
        view.fill(words::ALT_PAIR, &[("a", &place.row.department), ("b", &format!(" {}", points(*score)))])
    };
    let ends = ranked.iter().enumerate().filter(|(n, _)| *n < FEW || n + FEW >= ranked.len());
    let alt: String = ends.map(|(_, one)| name(one)).collect();
    let most = ranked.first().map_or(100.0, |(_, score)| score.decimal().to_f64());
    let figure = Figure {
        id: "chart-departments",
        title: view.say(words::NAME_DEPARTMENTS).to_owned(),
        about: view.say(words::ABOUT_DEPARTMENTS).to_owned(),
        alt: view.fill(words::ALT_TOP, &[("text", &alt)]),
        heads,
        rows,
        is_tall: true,
        toggle: (ranked.len() > FEW * 3).then_some("all-departments"),
    };
    let data = Ranked {
        bars: ranked.iter().map(bar).collect(),
        few: FEW,
        mean: district_score(view, &view.total()).map(|score| score.decimal().to_f64()),
        most: most.max(100.0),
    };
    (data, figure)
}

fn scatter(view: &View<'_>, ranked: &[(&Place<'_>, Points)]) -> (Scatter, Figure) {
    let dots = dots(view);
    let pairs: Vec<(f64, f64)> =
        dots.iter().map(|(_, rate, score)| (rate.to_f64(), score.decimal().to_f64())).collect();
    // Names stand beside outliers only.
    let outliers = outliers(&pairs);
    let dots: Vec<Dot> = dots
        .iter()
        .zip(&pairs)
        .enumerate()
        .map(|(n, ((place, _, score), (x, y)))| Dot {
            name: place.row.department.to_string(),
            at: [*x, *y],
            named: outliers.contains(&n),
            tip: tip(view, place, *score),
        })
        .collect();
    let r = correlation(&pairs);
    let title = match r {
        Some(r) if r >= 0.5 => words::NAME_SCATTER_UP,
        Some(r) if r <= -0.5 => words::NAME_SCATTER_DOWN,
        _ => words::NAME_SCATTER,
    };
    let limit = view.district.settings.thresholds.low_execution;
    let excellent = view.district.settings.grade.excellent;
    let (heads, rows) = table(view, ranked);
    let said: String = dots.iter().filter(|dot| dot.named).map(|dot| dot.tip.join(" ") + "；").collect();
    let r_said = r.map_or_else(|| "—".to_owned(), |r| format!("{r:.2}"));
    let figure = Figure {
        id: "chart-scatter",
        title: view.say(title).to_owned(),
        about: view.fill(
            words::ABOUT_SCATTER,
            &[("rate", &percent(limit, 0)), ("score", &number(excellent.decimal(), excellent.decimal().places()))],
        ),
        alt: view.fill(words::ALT_SCATTER, &[("n", &dots.len().to_string()), ("r", &r_said), ("text", &said)]),
        heads,
        rows,
        is_tall: true,
        toggle: None,
    };
    let data = Scatter {
        x: view.say(words::CHART_RATE_AXIS),
        y: view.say(words::CHART_POINTS_AXIS),
        points: dots,
        guides: [
            Guide { x_axis: Some(limit.to_f64()), y_axis: None },
            Guide { x_axis: None, y_axis: Some(excellent.decimal().to_f64()) },
        ],
    };
    (data, figure)
}

/// The two lowest rates, the two lowest scores, the highest score.
fn outliers(pairs: &[(f64, f64)]) -> Vec<usize> {
    let mut by_rate: Vec<usize> = (0..pairs.len()).collect();
    let mut by_score = by_rate.clone();
    let value = |index: &usize| pairs.get(*index).copied().unwrap_or_default();
    by_rate.sort_by(|a, b| value(a).0.total_cmp(&value(b).0));
    by_score.sort_by(|a, b| value(a).1.total_cmp(&value(b).1));
    let mut chosen: Vec<usize> =
        by_rate.iter().take(2).chain(by_score.iter().take(2)).chain(by_score.last()).copied().collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

#[cfg(test)]
mod tests {
    use super::outliers;

    #[test]
    fn outliers_are_the_ends() {
        let pairs = [(0.9, 99.0), (0.5, 80.0), (0.8, 90.0), (0.7, 85.0), (0.6, 95.0)];
        assert_eq!(outliers(&pairs), [0, 1, 3, 4]);
    }
}
