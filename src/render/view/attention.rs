//! What a chief should look at first: five sentences, each with the sheet that proves it.

use super::numbers::{percent, points, wan};
use super::{Place, Project, View, stability};
use crate::finding::{Level, Status, Words, catalogue};
use crate::quantity::{Decimal, Money};
use crate::render::words;
use crate::settings::Grade;
use std::collections::BTreeMap;

/// Sentences at the most.
const MOST: usize = 5;
/// Names in a sentence at the most.
const NAMES: usize = 3;

/// A sentence and the sheet that proves it.
pub(crate) struct Attention {
    /// The sentence.
    pub(crate) said: String,
    /// Name of the sheet.
    pub(crate) proof: Words,
}

/// The most important matters: who is missing, where money lies, who scores low, what is wrong, what hangs on rounding;
/// then the causes found most, by severity and number of places.
pub(crate) fn attention(view: &View<'_>) -> Vec<Attention> {
    let mut all: Vec<Attention> = [
        missing(view),
        refused(view),
        low_rates(view),
        low_scores(view),
        found(view),
        recomputed(view),
        over(view),
        ties(view),
    ]
    .into_iter()
    .flatten()
    .collect();
    if all.len() < MOST {
        all.extend(causes(view));
    }
    all.truncate(MOST);
    all
}

fn departments<'v>(projects: &[&'v Project<'_>]) -> Vec<&'v str> {
    let mut names: Vec<&str> = Vec::new();
    for name in projects.iter().filter_map(|project| project.department) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn name<'v>(view: &View<'_>, project: &'v Project<'_>) -> &'v str {
    project.name.unwrap_or_else(|| view.say(words::NO_PROJECT_NAME))
}

fn missing(view: &View<'_>) -> Option<Attention> {
    let missing: Vec<&str> =
        view.departments.iter().filter(|place| !place.row.submitted).map(|place| &*place.row.department).collect();
    let unscored: Vec<&Project<'_>> = view.projects.iter().filter(|project| project.score.is_none()).collect();
    let count = unscored.len().to_string();
    let names = view.names(&missing, NAMES, words::AND_OTHERS);
    let said = match (missing.is_empty(), unscored.is_empty()) {
        (true, true) => return None,
        (false, true) => view.fill(words::SAY_MISSING, &[("names", &names)]),
        (false, false) => view.fill(words::SAY_MISSING_AND_UNSCORED, &[("names", &names), ("n", &count)]),
        (true, false) => {
            let projects: Vec<&str> = unscored.iter().map(|project| name(view, project)).collect();
            let names = view.names(&projects, NAMES, words::AND_OTHER_PROJECTS);
            return Some(Attention {
                said: view.fill(words::SAY_UNSCORED, &[("n", &count), ("names", &names)]),
                proof: words::PROJECTS,
            });
        }
    };
    Some(Attention { said, proof: words::SUBMISSIONS })
}

fn refused(view: &View<'_>) -> Option<Attention> {
    let refused: Vec<_> =
        view.district.submissions.iter().filter(|file| &*file.status == Status::Rejected.code()).collect();
    if refused.is_empty() {
        return None;
    }
    let mut names: Vec<&str> = Vec::new();
    for file in &refused {
        let name = file.department.as_deref().unwrap_or_else(|| view.say(words::UNKNOWN_SENDERS));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let names = view.names(&names, NAMES, words::AND_OTHERS);
    let said = view.fill(words::SAY_REFUSED, &[("n", &refused.len().to_string()), ("names", &names)]);
    Some(Attention { said, proof: words::UNUSED })
}

fn balance(place: &Place<'_>) -> Option<Money> {
    place.budget?.checked_sub(place.outturn?)
}

fn low_rates(view: &View<'_>) -> Option<Attention> {
    let limit = view.district.settings.thresholds.low_execution;
    let mut low: Vec<&Place<'_>> =
        view.departments.iter().filter(|place| place.rate.is_some_and(|rate| rate < limit)).collect();
    low.sort_by_key(|place| place.rate);
    let lowest = low.first()?;
    let total = view.total();
    let rest = total.budget()?.checked_sub(total.outturn()?)?;
    let mut by_balance: Vec<(&Place<'_>, Money)> =
        view.departments.iter().filter_map(|place| balance(place).map(|money| (place, money))).collect();
    by_balance.sort_by_key(|(_, money)| std::cmp::Reverse(*money));
    by_balance.truncate(NAMES);
    let names: Vec<&str> = by_balance.iter().map(|(place, _)| &*place.row.department).collect();
    let part = Money::sum(by_balance.iter().map(|(_, money)| *money))?;
    let said = view.fill(
        words::SAY_LOW_RATE,
        &[
            ("n", &low.len().to_string()),
            ("limit", &percent(limit, 0)),
            ("name", &lowest.row.department),
            ("rate", &percent(lowest.rate?, 2)),
            ("balance", &wan(rest)),
            ("names", &names.join(words::comma(view.imprint.lang))),
            ("part", &wan(part)),
        ],
    );
    Some(Attention { said, proof: words::BUDGET })
}

fn low_scores(view: &View<'_>) -> Option<Attention> {
    let low: Vec<&Project<'_>> =
        view.projects.iter().filter(|project| matches!(project.grade, Some(Grade::Fair | Grade::Poor))).collect();
    let lowest = low.iter().min_by_key(|project| project.score)?;
    let names = view.names(&departments(&low), NAMES, words::AND_OTHERS);
    let said = view.fill(
        words::SAY_LOW_SCORE,
        &[
            ("n", &low.len().to_string()),
            ("names", &names),
            ("department", lowest.department.unwrap_or_else(|| view.say(words::NO_DEPARTMENT))),
            ("project", name(view, lowest)),
            ("score", &points(lowest.score?)),
            ("grade", &lowest.grade.map(|grade| view.grade(grade)).unwrap_or_default()),
        ],
    );
    Some(Attention { said, proof: words::PROJECTS })
}

fn found(view: &View<'_>) -> Option<Attention> {
    let of = |level| view.findings.iter().filter(|finding| finding.is_open && finding.level == level).count();
    let (errors, warnings) = (of(Level::Error), of(Level::Warning));
    if errors + warnings == 0 {
        return None;
    }
    let mut names: Vec<&str> = view
        .findings
        .iter()
        .filter(|finding| finding.is_open && finding.level != Level::Info)
        .filter_map(|finding| finding.row.department.as_deref())
        .collect();
    names.sort_unstable();
    names.dedup();
    let template = if names.is_empty() { words::SAY_FINDINGS_ALONE } else { words::SAY_FINDINGS };
    let said = view
        .fill(template, &[("e", &errors.to_string()), ("w", &warnings.to_string()), ("d", &names.len().to_string())]);
    Some(Attention { said, proof: words::FINDINGS })
}

fn recomputed(view: &View<'_>) -> Option<Attention> {
    let differing = view.projects.iter().filter(|project| project.recomputed.is_some()).count();
    if differing == 0 {
        return None;
    }
    let moved = stability(view).iter().filter(|s| Some(s.recomputed_rank) != s.place.rank).count();
    let said = view.fill(words::SAY_RECOMPUTED, &[("n", &differing.to_string()), ("m", &moved.to_string())]);
    Some(Attention { said, proof: words::CLAIMED })
}

fn over(view: &View<'_>) -> Option<Attention> {
    let over: Vec<&Project<'_>> =
        view.projects.iter().filter(|project| project.rate.is_some_and(|rate| rate > Decimal::ONE)).collect();
    let highest = over.iter().max_by_key(|project| project.rate)?;
    let said = view.fill(
        words::SAY_OVER,
        &[
            ("n", &over.len().to_string()),
            ("department", highest.department.unwrap_or_else(|| view.say(words::NO_DEPARTMENT))),
            ("project", name(view, highest)),
            ("rate", &percent(highest.rate?, 2)),
        ],
    );
    Some(Attention { said, proof: words::PROJECTS })
}

fn ties(view: &View<'_>) -> Option<Attention> {
    let standings = stability(view);
    let tied: Vec<&str> = standings
        .iter()
        .filter(|this| standings.iter().any(|s| s.score == this.score && s.unrounded != this.unrounded))
        .map(|this| &*this.place.row.department)
        .collect();
    if tied.is_empty() {
        return None;
    }
    let names = view.names(&tied, NAMES, words::AND_OTHERS);
    Some(Attention { said: view.fill(words::SAY_TIES, &[("names", &names)]), proof: words::STABILITY })
}

fn causes<'v>(view: &'v View<'_>) -> impl Iterator<Item = Attention> + 'v {
    let mut by_rule: BTreeMap<&str, (Level, usize, Vec<&str>)> = BTreeMap::new();
    // rejected files have a sentence of their own
    let rejected = catalogue::file::REJECTED.code;
    let open = view.findings.iter().filter(|finding| finding.is_open && finding.level != Level::Info);
    for finding in open.filter(|finding| &*finding.row.rule != rejected) {
        let entry = by_rule.entry(&finding.row.rule).or_insert((finding.level, 0, Vec::new()));
        entry.0 = entry.0.max(finding.level);
        entry.1 += 1;
        if let Some(name) = finding.row.department.as_deref().filter(|name| !entry.2.contains(name)) {
            entry.2.push(name);
        }
    }
    let mut causes: Vec<_> = by_rule.into_iter().collect();
    causes.sort_by_key(|(code, (level, places, names))| (std::cmp::Reverse((*level, *places, names.len())), *code));
    causes.into_iter().map(|(code, (_, places, names))| {
        let rule = catalogue::find(code).map_or(code, |rule| rule.name.get(view.imprint.lang));
        let template = if names.is_empty() { words::SAY_CAUSE_ALONE } else { words::SAY_CAUSE };
        let names = view.names(&names, NAMES, words::AND_OTHERS);
        let said = view.fill(template, &[("rule", rule), ("n", &places.to_string()), ("names", &names)]);
        Attention { said, proof: words::FINDINGS }
    })
}
