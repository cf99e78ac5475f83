//! A form reduced to what matters across files.

use crate::compute::total::{self, LevelSum};
use crate::compute::{execution, rate, score};
use crate::form::{Date, FieldExt as _, Form, FormKind, Name};
use crate::quantity::{Amount, Area, Decimal, Money, Points, Text};
use crate::rule::{self, Witness};
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// One form of a file: who, what, when, and the figures of the table `evaluations` that need no other file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Position in the file from 1.
    pub n: u32,
    /// What it is.
    pub kind: FormKind,
    /// Name of the sheet.
    pub sheet: Text,
    /// Its area.
    pub range: Area,
    /// Its title as written.
    pub title: Option<Text>,
    /// Its year.
    pub year: Option<u16>,
    /// 主管部门 as written, its code apart.
    pub department: Option<Name>,
    /// 实施单位.
    pub unit: Option<Name>,
    /// 项目.
    pub project: Option<Name>,
    /// The date of filing.
    pub filed: Option<Date>,
    /// Figures of an evaluation; `None` for a budget table.
    pub evaluated: Option<Evaluated>,
    /// What it says to the checks across files.
    pub witness: Witness,
    /// Money of a budget table, for projects whose own form states none.
    pub budgets: Vec<BudgetFact>,
}

/// The figures of an evaluation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Evaluated {
    /// Of the total row.
    pub original_budget: Option<Money>,
    /// Of the total row.
    pub revised_budget: Option<Money>,
    /// Of the total row.
    pub outturn: Option<Money>,
    /// As submitted.
    pub execution_rate_reported: Option<Decimal>,
    /// Outturn ÷ revised budget, else ÷ original budget.
    pub execution_rate: Option<Decimal>,
    /// Whether the original budget stands in.
    pub on_original: bool,
    /// Weight of the execution rate.
    pub execution_weight: Option<Points>,
    /// As submitted.
    pub execution_score_reported: Option<Points>,
    /// By the configured policy.
    pub execution_score: Option<Points>,
    /// As printed in the total row.
    pub weight_total_reported: Option<Points>,
    /// Σ weights.
    pub weight_total: Option<Points>,
    /// As printed.
    pub score_reported: Option<Points>,
    /// Σ parts.
    pub score: Option<Points>,
    /// Σ parts by the scoring rules.
    pub score_recomputed: Option<Points>,
    /// A second score by the finance bureau.
    pub review_score: Option<Points>,
    /// Points claimed, and how far the rules can follow them.
    pub claims: Option<total::Claims>,
    /// Sums by level 1.
    pub levels: Vec<LevelSum>,
}

/// Money of a budget table: its total, or a line that names a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetFact {
    /// The project of the line; `None` for the table's total.
    pub project: Option<Name>,
    /// 年初预算数.
    pub original_budget: Option<Money>,
    /// 调整预算数.
    pub revised_budget: Option<Money>,
    /// 执行数.
    pub outturn: Option<Money>,
}

impl Draft {
    /// Takes what matters across files out of a form. Beside it the score of each indicator by the scoring rules, where they
    /// give exactly one, else the part as submitted.
    pub(super) fn of(form: &Form, settings: &Settings) -> (Self, Vec<Option<Points>>) {
        let head = &form.head;
        let (evaluated, recomputed) = if form.kind.is_evaluation() {
            let (evaluated, recomputed) = Evaluated::of(form, settings);
            (Some(evaluated), recomputed)
        } else {
            (None, Vec::new())
        };
        let draft = Self {
            n: form.n,
            kind: form.kind,
            sheet: form.sheet_name.clone(),
            range: form.range,
            title: head.title.as_ref().map(|(_, title)| title.clone()),
            year: head.year.get().copied(),
            department: head.department.get().cloned(),
            unit: head.unit.get().cloned(),
            project: head.project.get().cloned(),
            filed: head.filed.get().copied(),
            evaluated,
            witness: rule::witness(form),
            budgets: if form.kind.is_evaluation() { Vec::new() } else { budget_facts(form) },
        };
        (draft, recomputed)
    }

    /// The organisation that the form is attributed to: its department, else its unit.
    pub fn organisation(&self) -> Option<&Name> {
        self.department.as_ref().or(self.unit.as_ref())
    }
}

impl Evaluated {
    fn of(form: &Form, settings: &Settings) -> (Self, Vec<Option<Points>>) {
        let money = |field: Option<&Amount>| field.map(|amount| amount.money);
        let row = total::total_row(form);
        let original_budget = row.and_then(|r| money(r.original_budget.get()));
        let revised_budget = row.and_then(|r| money(r.revised_budget.get()));
        let outturn = row.and_then(|r| money(r.outturn.get()));
        let base = rate::base(revised_budget, original_budget);
        let execution_rate = rate::execution_rate(outturn, base);

        let line = form.indicators.iter().find(|i| i.execution_line);
        let execution_weight = match line {
            Some(line) => line.weight.get().copied(),
            None => row.and_then(|r| r.weight.get().copied()),
        };
        let execution_score_reported = match line {
            Some(line) => line.score.get().copied(),
            None => row.and_then(|r| r.score.get().copied()),
        };
        let execution_score = match (execution_rate, execution_weight) {
            (Some(rate), Some(weight)) => execution::execution_score(rate, weight, &settings.scoring.execution),
            _ => None,
        };
        let by_rule = by_rule(form, execution_score, settings);
        let submitted = form.indicators.iter().map(|indicator| indicator.score.get().copied());
        let recomputed: Vec<Option<Points>> = by_rule.iter().zip(submitted).map(|(rule, own)| rule.or(own)).collect();
        let evaluated = Self {
            original_budget,
            revised_budget,
            outturn,
            execution_rate_reported: row.and_then(|r| r.rate.get().copied()),
            execution_rate,
            on_original: execution_rate.is_some() && base.is_some_and(|b| b.original),
            execution_weight,
            execution_score_reported,
            execution_score,
            weight_total_reported: form.totals.weight.get().copied(),
            weight_total: total::weight_total(form),
            score_reported: form.totals.score.get().copied(),
            score: total::score(form),
            score_recomputed: total::score_recomputed(form, &recomputed, execution_score),
            review_score: total::review_score(form),
            claims: total::claims(form, &by_rule, execution_score),
            levels: total::level_sums(form),
        };
        (evaluated, recomputed)
    }
}

fn budget_facts(form: &Form) -> Vec<BudgetFact> {
    use crate::form::Classification;
    let fact = |line: &crate::form::BudgetLine| BudgetFact {
        project: (!line.is_total).then(|| Name { name: line.name.clone(), code: line.code.clone() }),
        original_budget: line.original_budget.get().map(|a| a.money),
        revised_budget: line.revised_budget.get().map(|a| a.money),
        outturn: line.outturn.get().map(|a| a.money),
    };
    form.lines
        .iter()
        .filter(|line| line.is_total || line.classification == Classification::Project)
        .map(fact)
        .filter(|f| f.original_budget.is_some() || f.revised_budget.is_some() || f.outturn.is_some())
        .collect()
}

/// The score of each indicator that the rules give, where they give exactly one.
fn by_rule(form: &Form, execution_score: Option<Points>, settings: &Settings) -> Vec<Option<Points>> {
    let judged = score::recompute(form, settings);
    let each = form.indicators.iter().zip(judged);
    each.map(|(indicator, judged)| {
        let by_rule = if indicator.execution_line { execution_score } else { judged.earned.points() };
        by_rule.filter(|_| indicator.weight.get().is_some())
    })
    .collect()
}
