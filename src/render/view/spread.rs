//! How scores and money are spread over projects and departments: what charts and tables show of it.

use super::project::Project;
use super::{Aggregate, Place, View};
use crate::quantity::{Decimal, Money, Points};
use crate::render::words;
use crate::settings::{DepartmentMethod, Grade};

/// Lower ends of the score bands; the first band is everything below.
pub(crate) const BANDS: [i64; 9] = [0, 60, 65, 70, 75, 80, 85, 90, 95];

/// Departments with both a rate and a score.
pub(crate) fn dots<'v, 'a>(view: &'v View<'a>) -> Vec<(&'v Place<'a>, Decimal, Points)> {
    view.departments.iter().filter_map(|place| Some((place, place.rate?, place.score?))).collect()
}

/// Projects in each score band.
pub(crate) fn band_counts(view: &View<'_>) -> [u32; 9] {
    let mut counts = [0; 9];
    for score in view.projects.iter().filter_map(|project| project.score) {
        let band = BANDS.iter().rposition(|from| score.scaled() >= from * 10_000).unwrap_or(0);
        if let Some(count) = counts.get_mut(band) {
            *count += 1;
        }
    }
    counts
}

/// Name of a band: `60以下`, `60—65`, `95—100`.
pub(crate) fn band_name(view: &View<'_>, index: usize) -> String {
    let from = BANDS.get(index).copied().unwrap_or_default();
    match (index, BANDS.get(index + 1)) {
        (0, Some(next)) => view.fill(words::BELOW, &[("n", &next.to_string())]),
        (_, Some(next)) => format!("{from}—{next}"),
        (_, None) => format!("{from}—100"),
    }
}

/// Projects and budget of a grade; `None`: those without a score.
pub(crate) fn of_grade<'v, 'a>(view: &'v View<'a>, grade: Option<Grade>) -> impl Iterator<Item = &'v Project<'a>> {
    view.projects.iter().filter(move |project| project.grade == grade)
}

/// Σ budget of some projects.
pub(crate) fn budget_of<'p, 'a: 'p>(projects: impl Iterator<Item = &'p Project<'a>>) -> Money {
    Money::sum(projects.filter_map(|project| project.budget)).unwrap_or_default()
}

/// The grade of a band's lower end; the first band is below the limit of 中.
pub(crate) fn band_grade(view: &View<'_>, index: usize) -> Grade {
    let from = BANDS.get(index).copied().unwrap_or_default();
    let score = Points::from_scaled(from * 10_000).unwrap_or_default();
    view.district.settings.grade.of(score)
}

/// The highest of the bounds 90, 85, 80 above which two thirds of the scored projects lie.
pub(crate) fn concentration(view: &View<'_>) -> Option<i64> {
    let counts = band_counts(view);
    let scored: u32 = counts.iter().sum();
    [90, 85, 80].into_iter().find(|bound| {
        let above: u32 = BANDS.iter().zip(counts).filter(|(from, _)| *from >= bound).map(|(_, count)| count).sum();
        scored > 0 && above * 3 >= scored * 2
    })
}

/// Pearson's r; for a title only, so doubles do.
pub(crate) fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    if pairs.len() < 8 {
        return None;
    }
    let count: f64 = pairs.iter().map(|_| 1.0).sum();
    let (mean_x, mean_y) =
        (pairs.iter().map(|p| p.0).sum::<f64>() / count, pairs.iter().map(|p| p.1).sum::<f64>() / count);
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(x, y)| of(x - mean_x, y - mean_y)).sum::<f64>();
    let (xy, xx, yy) = (sum(&|x, y| x * y), sum(&|x, _| x * x), sum(&|_, y| y * y));
    (xx > 0.0 && yy > 0.0).then(|| xy / (xx * yy).sqrt())
}

/// The district's score by the same method as a department's.
pub(crate) fn district_score(view: &View<'_>, sum: &Aggregate) -> Option<Points> {
    let value = match view.method() {
        DepartmentMethod::Mean => sum.mean(2),
        DepartmentMethod::Weighted | DepartmentMethod::Whole | DepartmentMethod::Mixed => sum.weighted(2),
    };
    value.and_then(Points::from_decimal)
}

#[cfg(test)]
mod tests {
    use super::correlation;

    #[test]
    fn correlation_is_that_of_the_textbook_and_needs_eight_points() {
        let line: Vec<(f64, f64)> = (0_u8..8).map(|n| (f64::from(n), 3.0 - f64::from(n))).collect();
        assert!((correlation(&line).unwrap() + 1.0).abs() < 1e-12);
        assert_eq!(correlation(&line[..7]), None);
        assert_eq!(correlation(&[(1.0, 2.0); 9]), None, "no spread, no correlation");
    }
}
