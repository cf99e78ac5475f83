//! The comparison in the order of the sheets, with names and words.

use crate::compare::{
    Comparison, DepartmentChange, Effect, Fate, FindingChange, Outcome, PolicyChange, ProjectChange, ProjectFate, Run,
};
use crate::finding::{Lang, Words};
use crate::quantity::{Decimal, Money, Points};
use crate::render::imprint::Imprint;
use crate::render::view::{number, points};
use crate::render::words;
use crate::settings::Grade;
use crate::tables::{Department, Evaluation, FindingRow};

/// The comparison, arranged.
pub(in crate::render) struct Arranged<'c> {
    pub(in crate::render) comparison: &'c Comparison,
    pub(in crate::render) imprint: Imprint,
    /// By the later rank; then those without one; then those that are gone.
    pub(in crate::render) departments: Vec<DepartmentLine<'c>>,
    /// By department, then by the later score.
    pub(in crate::render) projects: Vec<ProjectLine<'c>>,
    /// By department, new ones first.
    pub(in crate::render) findings: Vec<FindingLine<'c>>,
    /// Projects of the later run with a review score.
    pub(in crate::render) reviewed: Vec<(&'c Evaluation, Points, Points)>,
}

/// A department in both runs.
pub(in crate::render) struct DepartmentLine<'c> {
    pub(in crate::render) name: &'c str,
    pub(in crate::render) change: &'c DepartmentChange,
    /// Former name, or what it came from; empty where nothing changed.
    pub(in crate::render) former: String,
    pub(in crate::render) before: Option<&'c Department>,
    pub(in crate::render) after: Option<&'c Department>,
}

/// A project in both runs.
pub(in crate::render) struct ProjectLine<'c> {
    pub(in crate::render) department: &'c str,
    pub(in crate::render) name: &'c str,
    pub(in crate::render) change: &'c ProjectChange,
    pub(in crate::render) before: Option<&'c Evaluation>,
    pub(in crate::render) after: Option<&'c Evaluation>,
}

/// A finding in both runs.
pub(in crate::render) struct FindingLine<'c> {
    pub(in crate::render) department: &'c str,
    pub(in crate::render) change: &'c FindingChange,
    pub(in crate::render) before: Option<&'c FindingRow>,
    pub(in crate::render) after: Option<&'c FindingRow>,
}

impl<'c> Arranged<'c> {
    pub(in crate::render) fn new(comparison: &'c Comparison, lang: Lang) -> Self {
        let Comparison { before, after, .. } = comparison;
        let years = if before.year == after.year { vec![after.year] } else { vec![before.year, after.year] };
        let years = years.into_iter().flatten().collect();
        let imprint = Imprint::new(&after.settings, lang, years, after.as_of());
        let mut departments: Vec<DepartmentLine<'c>> =
            comparison.departments.iter().map(|change| department(comparison, change, lang)).collect();
        departments.sort_by_key(|line| (line.after.is_none(), line.change.rank_after.unwrap_or(u32::MAX)));
        let place = |name: &str| departments.iter().position(|line| line.name == name).unwrap_or(usize::MAX);
        let unnamed = words::NO_DEPARTMENT.get(lang);
        let mut projects: Vec<ProjectLine<'c>> = comparison
            .projects
            .iter()
            .map(|change| {
                let before = change.before.and_then(|i| before.evaluations.get(i));
                let after = change.after.and_then(|i| after.evaluations.get(i));
                let own = after.or(before);
                ProjectLine {
                    department: own.and_then(|e| e.department.as_deref()).unwrap_or(unnamed),
                    name: own.map_or("", |e| project_name(e, lang)),
                    change,
                    before,
                    after,
                }
            })
            .collect();
        projects.sort_by_cached_key(|line| {
            let score = line.after.and_then(|e| e.score).map(|score| -score.scaled());
            (place(line.department), line.after.is_none(), score.unwrap_or(i64::MAX), line.name)
        });
        let mut findings: Vec<FindingLine<'c>> = comparison
            .findings
            .iter()
            .map(|change| {
                let old = change.before.and_then(|i| before.findings.get(i));
                let new = change.after.and_then(|i| after.findings.get(i));
                let home = change.department.and_then(|id| after.departments.get(id)).map(|d| &*d.department);
                let own = new.or(old).and_then(|row| row.department.as_deref());
                FindingLine { department: home.or(own).unwrap_or(unnamed), change, before: old, after: new }
            })
            .collect();
        findings.sort_by_cached_key(|line| (place(line.department), line.change.outcome));
        let reviewed = after.evaluations.iter().filter(|e| e.counts);
        let reviewed = reviewed.filter_map(|e| Some((e, e.score?.round2(), e.review_score?.round2()))).collect();
        Self { comparison, imprint, departments, projects, findings, reviewed }
    }

    pub(in crate::render) fn say(&self, words: Words) -> &'static str {
        self.imprint.say(words)
    }

    pub(in crate::render) fn fill(&self, words: Words, args: &[(&str, &str)]) -> String {
        self.imprint.fill(words, args)
    }

    /// What a department's relation is called.
    pub(in crate::render) fn fate(&self, fate: Fate) -> &'static str {
        self.say(match fate {
            Fate::Same => words::FATE_SAME,
            Fate::Renamed => words::FATE_RENAMED,
            Fate::Merged => words::FATE_MERGED,
            Fate::Split => words::FATE_SPLIT,
            Fate::New => words::FATE_NEW,
            Fate::Gone => words::FATE_GONE,
        })
    }

    /// What a project's relation is called.
    pub(in crate::render) fn project_fate(&self, fate: ProjectFate) -> &'static str {
        self.say(match fate {
            ProjectFate::Same => words::FATE_SAME,
            ProjectFate::Renamed => words::FATE_RENAMED,
            ProjectFate::Moved => words::FATE_MOVED,
            ProjectFate::New => words::FATE_NEW,
            ProjectFate::Gone => words::FATE_GONE,
        })
    }

    /// What became of a finding.
    pub(in crate::render) fn outcome(&self, outcome: Outcome) -> &'static str {
        self.say(match outcome {
            Outcome::New => words::OUTCOME_NEW,
            Outcome::Still => words::OUTCOME_STILL,
            Outcome::Solved => words::OUTCOME_SOLVED,
        })
    }

    /// What a setting did.
    pub(in crate::render) fn effect(&self, change: &PolicyChange) -> String {
        let counted = |words, n: usize| self.fill(words, &[("n", &n.to_string())]);
        match change.effect {
            Effect::DepartmentScores(n) => counted(words::EFFECT_DEPARTMENTS, n),
            Effect::Grades(n) => counted(words::EFFECT_GRADES, n),
            Effect::ExecutionScores(n) => counted(words::EFFECT_EXECUTION, n),
            Effect::Findings => self.say(words::EFFECT_FINDINGS).to_owned(),
            Effect::Reading => self.say(words::EFFECT_READING).to_owned(),
            Effect::Look => self.say(words::EFFECT_LOOK).to_owned(),
            Effect::Period => self.say(words::EFFECT_PERIOD).to_owned(),
            Effect::Program => self.say(words::EFFECT_PROGRAM).to_owned(),
        }
    }

    /// A grade as a table of the run has it.
    pub(in crate::render) fn grade(&self, code: Option<&str>) -> String {
        let grade = code.and_then(|code| Grade::ALL.into_iter().find(|grade| grade.code() == code));
        grade.map_or_else(|| "—".to_owned(), |grade| self.imprint.grade(grade))
    }

    /// The grade of an evaluation by the limits of its run.
    pub(in crate::render) fn project_grade(&self, run: &Run, e: Option<&Evaluation>) -> String {
        let score = e.and_then(|e| e.score);
        score.map_or_else(|| "—".to_owned(), |score| self.imprint.grade(run.settings.grade.of(score)))
    }

    /// Where a form stands: file › sheet.
    pub(in crate::render) fn source(run: &Run, e: Option<&Evaluation>) -> String {
        let place = e.and_then(|e| Some(format!("{} › {} › {}", run.file(e.file_id)?, e.sheet, e.range)));
        place.unwrap_or_else(|| "—".to_owned())
    }

    /// Where a finding stands.
    pub(in crate::render) fn place(run: &Run, row: Option<&FindingRow>) -> String {
        let Some(row) = row else { return "—".to_owned() };
        let file = row.file_id.and_then(|id| run.file(id));
        let parts = [file.as_deref(), row.sheet.as_deref(), row.cell.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        if parts.is_empty() { "—".to_owned() } else { parts.join(" › ") }
    }

    /// Sentences for a leader, the most important first.
    pub(in crate::render) fn sentences(&self) -> Vec<String> {
        let c = self.comparison;
        let mut said = Vec::new();
        let d = &c.district;
        if let (Some(a), Some(b), Some(difference), Some(method), Some(data)) =
            (d.before, d.after, d.difference(), d.method(), d.data())
        {
            let args = [
                ("a", points(a)),
                ("b", points(b)),
                ("d", signed(difference)),
                ("m", signed(method)),
                ("x", signed(data)),
            ];
            said.push(self.fill(words::CMP_S_SCORE, &args.each_ref().map(|(name, value)| (*name, value.as_str()))));
        }
        let moves: Vec<(i64, &str)> =
            self.departments.iter().filter_map(|line| Some((line.change.climbed()?, line.name))).collect();
        let count = |is: &dyn Fn(i64) -> bool| moves.iter().filter(|(n, _)| is(*n)).count().to_string();
        if !moves.is_empty() {
            let (up, down, same) = (count(&|n| n > 0), count(&|n| n < 0), count(&|n| n == 0));
            said.push(self.fill(words::CMP_S_MOVED, &[("up", &up), ("down", &down), ("same", &same)]));
        }
        let best = moves.iter().max_by_key(|(n, _)| *n).filter(|(n, _)| *n > 0);
        let worst = moves.iter().min_by_key(|(n, _)| *n).filter(|(n, _)| *n < 0);
        if let (Some((n, a)), Some((m, b))) = (best, worst) {
            let (n, m) = (n.to_string(), m.unsigned_abs().to_string());
            said.push(self.fill(words::CMP_S_BIGGEST, &[("a", a), ("n", &n), ("b", b), ("m", &m)]));
        }
        let fates = |fate| self.departments.iter().filter(|line| line.change.fate == fate).count().to_string();
        if self.departments.iter().any(|line| line.change.fate != Fate::Same) {
            let [new, gone, renamed, merged, split] =
                [Fate::New, Fate::Gone, Fate::Renamed, Fate::Merged, Fate::Split].map(fates);
            let args =
                [("new", &*new), ("gone", &*gone), ("renamed", &*renamed), ("merged", &*merged), ("split", &*split)];
            said.push(self.fill(words::CMP_S_ORGANISATION, &args));
        }
        let projects = |is: &dyn Fn(ProjectFate) -> bool| c.projects.iter().filter(|p| is(p.fate)).count().to_string();
        let (new, gone) = (projects(&|f| f == ProjectFate::New), projects(&|f| f == ProjectFate::Gone));
        let both = projects(&|f| !matches!(f, ProjectFate::New | ProjectFate::Gone));
        said.push(self.fill(words::CMP_S_PROJECTS, &[("both", &both), ("new", &new), ("gone", &gone)]));
        let outcomes = |outcome| c.findings.iter().filter(|f| f.outcome == outcome).count().to_string();
        let [solved, still, new] = [Outcome::Solved, Outcome::Still, Outcome::New].map(outcomes);
        said.push(self.fill(words::CMP_S_FINDINGS, &[("solved", &solved), ("still", &still), ("new", &new)]));
        if !c.policies.is_empty() {
            said.push(self.fill(words::CMP_S_POLICIES, &[("n", &c.policies.len().to_string())]));
        }
        for run in [&c.before, &c.after].into_iter().filter(|run| !run.edited.is_empty()) {
            let files: Vec<String> = run.edited.iter().map(|name| format!("{}/{name}", run.path)).collect();
            let files = files.join(words::comma(self.imprint.lang));
            said.push(self.fill(words::CMP_S_EDITED, &[("files", &files)]));
        }
        said
    }

    /// What stands in 总览: name, unit, earlier and later.
    pub(in crate::render) fn key_figures(&self) -> Vec<KeyFigure> {
        let c = self.comparison;
        let both = |of: &dyn Fn(&Run) -> KeyValue| (of(&c.before), of(&c.after));
        let sum = |run: &Run, of: &dyn Fn(&Department) -> u32| {
            KeyValue::Count(run.departments.iter().map(|d| i64::from(of(d))).sum())
        };
        let money = |run: &Run, of: &dyn Fn(&Department) -> Option<Money>| {
            let known: Vec<Money> = run.departments.iter().filter_map(of).collect();
            KeyValue::Money(if known.is_empty() { None } else { Money::sum(known) })
        };
        let rate = |run: &Run| {
            let counted = run.evaluations.iter().filter(|e| e.counts);
            let pairs: Vec<(Money, Money)> =
                counted.map(|e| run.money(e)).filter_map(|money| Some((money.budget?, money.outturn?))).collect();
            let (budgets, outturns): (Vec<Money>, Vec<Money>) = pairs.into_iter().unzip();
            let rate = Money::sum(outturns).zip(Money::sum(budgets)).and_then(|(o, b)| o.share_of(b));
            KeyValue::Rate(rate.map(|rate| rate.round(4)))
        };
        let mut figures = vec![
            KeyFigure::new(
                self.say(words::CMP_F_HANDED_IN),
                self.say(words::CMP_U_COUNT),
                both(&|run| sum(run, &|d| u32::from(d.submitted))),
            ),
            KeyFigure::new(
                self.say(words::CMP_F_PROJECTS),
                self.say(words::CMP_U_COUNT),
                both(&|run| sum(run, &|d| d.projects)),
            ),
            KeyFigure::new(
                self.say(words::CMP_F_BUDGET),
                self.say(words::CMP_U_MONEY),
                both(&|run| money(run, &|d| d.revised_budget)),
            ),
            KeyFigure::new(
                self.say(words::CMP_F_OUTTURN),
                self.say(words::CMP_U_MONEY),
                both(&|run| money(run, &|d| d.outturn)),
            ),
            KeyFigure::new(self.say(words::CMP_F_RATE), self.say(words::CMP_U_PERCENT), both(&rate)),
            KeyFigure::new(
                self.say(words::CMP_F_SCORE),
                self.say(words::CMP_U_POINTS),
                (KeyValue::Points(c.district.before), KeyValue::Points(c.district.after)),
            ),
        ];
        for grade in Grade::ALL {
            let name = self.fill(words::CMP_F_GRADE, &[("grade", &self.imprint.grade(grade))]);
            let count = |run: &Run| {
                let own = run.departments.iter().filter(|d| d.grade.as_deref() == Some(grade.code())).count();
                KeyValue::Count(i64::try_from(own).unwrap_or(i64::MAX))
            };
            figures.push(KeyFigure::new(name, self.say(words::CMP_U_COUNT), both(&count)));
        }
        for (words, of) in [
            (words::CMP_F_ERRORS, (|d: &Department| d.findings_error) as fn(&Department) -> u32),
            (words::CMP_F_WARNINGS, |d: &Department| d.findings_warning),
        ] {
            figures.push(KeyFigure::new(self.say(words), self.say(words::CMP_U_ITEMS), both(&|run| sum(run, &of))));
        }
        figures
    }

    /// The departments whose scores rose and fell most, at most `most` of each.
    pub(in crate::render) fn movers(&self, most: usize) -> Vec<&DepartmentLine<'c>> {
        let mut moved: Vec<(Points, &DepartmentLine<'c>)> = self
            .departments
            .iter()
            .filter_map(|line| Some((line.change.states.difference()?, line)))
            .filter(|(difference, _)| *difference != Points::ZERO)
            .collect();
        moved.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.name.cmp(b.1.name)));
        let (up, down): (Vec<_>, Vec<_>) = moved.into_iter().partition(|(difference, _)| *difference > Points::ZERO);
        let last = down.len().saturating_sub(most);
        up.into_iter().take(most).chain(down.into_iter().skip(last)).map(|(_, line)| line).collect()
    }
}

/// One figure of 总览.
pub(in crate::render) struct KeyFigure {
    pub(in crate::render) name: String,
    pub(in crate::render) unit: &'static str,
    pub(in crate::render) before: KeyValue,
    pub(in crate::render) after: KeyValue,
}

/// A value of 总览.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) enum KeyValue {
    Count(i64),
    Money(Option<Money>),
    Points(Option<Points>),
    Rate(Option<Decimal>),
}

impl KeyFigure {
    fn new(name: impl Into<String>, unit: &'static str, (before, after): (KeyValue, KeyValue)) -> Self {
        Self { name: name.into(), unit, before, after }
    }
}

fn department<'c>(comparison: &'c Comparison, change: &'c DepartmentChange, lang: Lang) -> DepartmentLine<'c> {
    let Comparison { before, after, .. } = comparison;
    let later = change.after.and_then(|i| after.departments.get(i));
    let earlier = change.before.and_then(|i| before.departments.get(i));
    let names = change.sources.iter().filter_map(|&i| before.departments.get(i)).map(|d| &*d.department);
    let name = later.or(earlier).map_or("", |d| &*d.department);
    let names: Vec<&str> = names.collect();
    let former = match change.fate {
        Fate::Same | Fate::New | Fate::Gone => String::new(),
        Fate::Renamed | Fate::Merged | Fate::Split => names.join(words::comma(lang)),
    };
    DepartmentLine { name, change, former, before: earlier, after: later }
}

/// The name of a project as tables print it.
pub(in crate::render) fn project_name(e: &Evaluation, lang: Lang) -> &str {
    let whole = matches!(&*e.form, "dept_self_eval" | "dept_score_card");
    match e.project.as_deref() {
        Some(name) => name,
        None if whole => words::WHOLE_DEPARTMENT.get(lang),
        None => words::NO_PROJECT_NAME.get(lang),
    }
}

/// Points with their sign.
pub(in crate::render) fn signed(value: Points) -> String {
    let text = points(value);
    if value > Points::ZERO { format!("+{text}") } else { text }
}

/// Percentage points between two rates that are rounded to 0.01 %.
pub(in crate::render) fn rate_change(before: Option<Decimal>, after: Option<Decimal>) -> Option<Decimal> {
    after?.round(4).checked_sub(before?.round(4))?.shift(2)
}

/// A number with its sign.
pub(in crate::render) fn signed_number(value: Decimal, places: u8) -> String {
    let text = number(value, places);
    if value > Decimal::ZERO { format!("+{text}") } else { text }
}
