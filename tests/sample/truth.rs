//! What a correct reader must find, computed from the model in whole numbers.

use super::district::{District, Made, Money, money, plain, ratio};
use std::fmt::Write;

/// An evaluation that counts for its department.
struct Counting {
    department: String,
    project: String,
    form: &'static str,
    file: String,
    member: String,
    original: Option<i64>,
    revised: Option<i64>,
    outturn: Option<i64>,
    /// Hundredths of a point.
    score: Option<i64>,
}

impl Counting {
    fn of(amounts: Option<Money>) -> [Option<i64>; 3] {
        amounts.map_or([None; 3], |amounts| amounts.map(Some))
    }
}

/// Sum of what is there; none where nothing is.
fn sum(values: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    values.flatten().reduce(|a, b| a + b)
}

/// A department's figures.
struct Figures {
    weighted: Option<i64>,
    mean: Option<i64>,
    rate: Option<i64>,
    budgets: [Option<i64>; 3],
    projects: usize,
}

/// One evaluation a project, self-evaluations first; the department-wide form where there is no project.
fn counting(district: &District) -> Made<Vec<Counting>> {
    let mut all = Vec::new();
    for project in district.project.iter().filter(|project| !project.older) {
        let [original, revised, outturn] = Counting::of(Some(project.total()?));
        all.push(Counting {
            department: project.department.clone(),
            project: project.name.clone(),
            form: "project_self_eval",
            file: project.file.clone(),
            member: project.member.clone().unwrap_or_default(),
            original,
            revised,
            outturn,
            score: project.score()?,
        });
    }
    for evaluation in &district.evaluation {
        let same = |one: &Counting| one.department == evaluation.department && one.project == evaluation.name;
        if all.iter().any(same) {
            continue;
        }
        let mut amounts = [None; 3];
        for budget in district.budget.iter().filter(|budget| budget.department == evaluation.department) {
            if let Some(line) = budget.line(&evaluation.name)? {
                amounts = Counting::of(Some(line));
            }
        }
        for listing in district.listing.iter().filter(|listing| listing.department == evaluation.department) {
            let [revised, outturn] = listing.fen;
            amounts = [None, Some(revised), Some(outturn)];
        }
        let [original, revised, outturn] = amounts;
        all.push(Counting {
            department: evaluation.department.clone(),
            project: evaluation.name.clone(),
            form: "evaluation_score",
            file: evaluation.file.clone(),
            member: evaluation.member.clone().unwrap_or_default(),
            original,
            revised,
            outturn,
            score: Some(evaluation.points()?.iter().sum()),
        });
    }
    for whole in &district.whole {
        if all.iter().any(|one| one.department == whole.department) {
            continue;
        }
        let [original, revised, outturn] = Counting::of(Some(money(&whole.total)?));
        all.push(Counting {
            department: whole.department.clone(),
            project: String::new(),
            form: "dept_self_eval",
            file: whole.file.clone(),
            member: String::new(),
            original,
            revised,
            outturn,
            score: whole.score()?,
        });
    }
    Ok(all)
}

/// Means in ten-thousandths of a point, rates in millionths.
fn figures(parts: &[&Counting]) -> Figures {
    let scored: Vec<(i64, i64)> = parts.iter().filter_map(|one| Some((one.score?, one.revised?))).collect();
    let budget: i64 = scored.iter().map(|(_, budget)| budget).sum();
    let weighted: i128 = scored.iter().map(|(score, budget)| i128::from(*score) * i128::from(*budget)).sum();
    let scores: Vec<i64> = parts.iter().filter_map(|one| one.score).collect();
    let mean = i64::try_from(scores.len()).ok().and_then(|count| ratio(scores.iter().sum(), count, 2));
    let half_up = |a: i128, b: i128| i64::try_from((a * 2 * 100 + b).checked_div(b * 2)?).ok();
    let both: Vec<(i64, i64)> = parts.iter().filter_map(|one| Some((one.outturn?, one.revised?))).collect();
    Figures {
        weighted: half_up(weighted, budget.into()).or(mean),
        mean,
        rate: ratio(both.iter().map(|(outturn, _)| outturn).sum(), both.iter().map(|(_, revised)| revised).sum(), 6),
        budgets: [
            sum(parts.iter().map(|one| one.original)),
            sum(parts.iter().map(|one| one.revised)),
            sum(parts.iter().map(|one| one.outturn)),
        ],
        projects: parts.iter().filter(|one| !one.project.is_empty()).count(),
    }
}

/// 优 from 90, 良 from 80, 中 from 60, on hundredths.
fn grade(hundredths: i64) -> &'static str {
    match hundredths {
        9000.. => "优",
        8000..9000 => "良",
        6000..8000 => "中",
        _ => "差",
    }
}

fn shown(value: Option<i64>, places: usize) -> String {
    value.map_or_else(String::new, |value| plain(value, places))
}

/// The table `departments` as it must come out, without counts of findings.
pub(crate) fn departments(district: &District) -> Made<String> {
    let all = counting(district)?;
    let figures: Vec<Figures> = district
        .department
        .iter()
        .map(|department| figures(&all.iter().filter(|one| one.department == department.code).collect::<Vec<_>>()))
        .collect();
    // Ranked at two decimals.
    let scores: Vec<Option<i64>> =
        figures.iter().map(|one| one.weighted.and_then(|score| ratio(score, 100, 0))).collect();
    let rank = |score: Option<i64>, category: Option<&str>| {
        let score = score?;
        let peers = scores.iter().zip(&district.department);
        let better = peers.filter(|(peer, department)| {
            peer.is_some_and(|peer| peer > score) && category.is_none_or(|category| department.category == category)
        });
        i64::try_from(better.count() + 1).ok()
    };
    let mut out = String::from(
        "department_code,department,category,expected,submitted,projects,original_budget,revised_budget,outturn,execution_rate,mean_score,weighted_score,grade,rank,rank_in_category\n",
    );
    for ((department, one), score) in district.department.iter().zip(&figures).zip(&scores) {
        let [original, revised, outturn] = one.budgets.map(|fen| shown(fen, 2));
        writeln!(
            out,
            "{},{},{},true,{},{},{original},{revised},{outturn},{},{},{},{},{},{}",
            department.code,
            department.name,
            department.category,
            score.is_some(),
            one.projects,
            shown(one.rate, 6),
            shown(one.mean, 4),
            shown(one.weighted, 4),
            score.map_or("", grade),
            shown(rank(*score, None), 0),
            shown(rank(*score, Some(&department.category)), 0),
        )?;
    }
    Ok(out)
}

/// The evaluations that count, one a line.
pub(crate) fn evaluations(district: &District) -> Made<String> {
    let mut out = String::from(
        "file,member,form,department,project,original_budget,revised_budget,outturn,execution_rate,score\n",
    );
    for one in counting(district)? {
        let rate = one.outturn.zip(one.revised).and_then(|(outturn, revised)| ratio(outturn, revised, 6));
        let name = district.department.iter().find(|department| department.code == one.department);
        writeln!(
            out,
            "{},{},{},{},{},{},{},{},{},{}",
            one.file,
            one.member,
            one.form,
            name.map_or("", |department| &department.name),
            one.project,
            shown(one.original, 2),
            shown(one.revised, 2),
            shown(one.outturn, 2),
            shown(rate, 6),
            shown(one.score, 2),
        )?;
    }
    Ok(out)
}
