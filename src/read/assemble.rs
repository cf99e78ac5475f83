//! An area → a form: readers in their order, the kind as a conclusion, the ledger at the end.
//!
//! Input → output: a [`Section`] → a [`Form`] with the findings of reading it, or nothing where the area is no form.

use super::budget;
use super::catalog::Catalog;
use super::concept::{Concept, Concepts, Kind};
use super::feature::{Feature, Features, Key};
use super::funding;
use super::head::{self, HeadFields};
use super::indicator::{self, Indicators};
use super::kind::{self, Verdict};
use super::ledger;
use super::role::Role;
use super::section::Section;
use super::table::{self, Span};
use super::title;
use crate::finding::catalogue::reading as rules;
use crate::finding::{Finding, Lang};
use crate::form::{Field, Figure, FigureValue, Form, FormKind, Indicator, Level, Measure, Name};
use crate::quantity::{Amount, Area, CellRef, Entry, MoneyUnit, Text};
use crate::text;

/// Confidence below which the kind is said to be unsure.
const UNSURE: f32 = 0.6;

/// A column head that may be another name of a known concept.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The label as written.
    pub label: Text,
    /// The concept it may mean.
    pub concept: Concept,
}

/// What came of an area.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The form.
    pub form: Option<Form>,
    /// Findings about how it was read.
    pub findings: Vec<Finding>,
    /// Labels to confirm.
    pub proposals: Vec<Proposal>,
}

/// Reads one area of a sheet.
pub(super) fn read(mut section: Section, sheet: (u32, &Text), catalog: &Catalog) -> Outcome {
    let titles = titles(&section);
    let spans = table::spans(&section);
    let budget_head = section.lines.clone().any(|at| section.row(at).is_some_and(|r| r.budget_head.is_some()));
    let project = section.lines.clone().any(|at| section.row(at).is_some_and(|r| r.project));
    if budget_head && spans.is_empty() && !project {
        return budget(&mut section, sheet, catalog, &titles);
    }
    evaluation(&mut section, sheet, catalog, &titles, &spans)
}

/// The titles of an area: texts that look like one, before the first substance.
fn titles(section: &Section) -> Vec<(CellRef, Text)> {
    let mut out = Vec::new();
    for at in section.lines.clone().take(12) {
        let Some(row) = section.row(at) else { break };
        if row.title.is_some() {
            let found = section.starts(at).find(|&id| section.page.word(id).is_some_and(|w| w.title().is_some()));
            if let Some(id) = found {
                out.push((section.page.cell(id), section.page.given(id)));
            }
        } else if row.field
            || row.money_head
            || row.indicator_head.is_some()
            || row.budget_head.is_some()
            || row.figures > 0
        {
            break;
        }
    }
    out
}

/// A line such as `(2022年度)` near the top.
fn period(section: &Section) -> Option<Field<u16>> {
    for at in section.lines.clone().take(8) {
        let row = section.row(at)?;
        if row.indicator_head.is_some() || row.budget_head.is_some() || row.figures > 2 {
            break;
        }
        for id in section.starts(at) {
            let Some(word) = section.page.word(id) else { continue };
            if word.length > 16 || !word.hits.is_empty() || row.title.is_some() || word.label.tail.is_some() {
                continue;
            }
            let text: String = super::label::folded(&word.raw).into_iter().collect();
            let digits = text.chars().filter(char::is_ascii_digit).count();
            let full_date = text.contains('日');
            if digits >= 4
                && !full_date
                && (text.contains(['年', '度']) || text.starts_with('('))
                && row.texts <= 3
                && let Some(year) = text::year(&word.raw)
            {
                return Some(Field { cell: section.page.cell(id), given: word.raw.clone(), entry: Entry::Given(year) });
            }
        }
    }
    None
}

/// Year: period line, year field, title, sheet name, project name.
fn year(
    section: &Section,
    titles: &[(CellRef, Text)],
    sheet_name: &Text,
    field: Option<Field<u16>>,
    project: Option<&Field<Name>>,
) -> Option<Field<u16>> {
    let of = |cell: CellRef, given: &Text| {
        text::year(given).map(|year| Field { cell, given: given.clone(), entry: Entry::Given(year) })
    };
    let top = section.range().map_or(CellRef::new(0, 0), |r| r.first);
    period(section)
        .or(field)
        .or_else(|| titles.iter().rev().find_map(|(cell, given)| of(*cell, given)))
        .or_else(|| of(top, sheet_name))
        .or_else(|| project.and_then(|p| of(p.cell, &p.given)))
}

fn labels_of(section: &Section) -> String {
    let mut out = String::new();
    for word in section.items().filter_map(|id| section.page.word(id)).filter(|w| w.length <= 30).take(600) {
        out.extend(&word.label.core);
        out.push('|');
    }
    out
}

fn common(section: &Section, sheet_name: &Text, titles: &[(CellRef, Text)]) -> Features {
    let mut out = Features::new(labels_of(section), sheet_name.to_string());
    if !titles.is_empty() {
        out.title =
            Some(titles.iter().map(|(_, t)| t.split_whitespace().collect::<String>()).collect::<Vec<_>>().join("/"));
    }
    out
}

fn measures(section: &Section, free: &dyn Fn(usize) -> bool, features: &mut Features) {
    for at in section.lines.clone().filter(|&at| free(at)) {
        let Some(row) = section.row(at) else { continue };
        if row.title.is_some() {
            continue;
        }
        let clear = row.money_head || row.budget_head.is_some() || row.source || row.figures > 0;
        if !clear {
            continue;
        }
        let head = row.money_head || row.budget_head.is_some();
        for word in section.starts(at).filter_map(|id| section.page.word(id)) {
            let measure = match word.best(Kind::Money).map(|hit| hit.concept) {
                Some(Concept::Original) => head.then_some(Feature::measure_original),
                Some(Concept::Revised) => head.then_some(Feature::measure_revised),
                Some(Concept::Budget) => head.then_some(Feature::measure_budget),
                Some(Concept::Outturn) => Some(Feature::measure_outturn),
                Some(Concept::Rate) => Some(Feature::measure_rate),
                Some(Concept::Forecast) => Some(Feature::measure_forecast),
                Some(Concept::MultiYear) => Some(Feature::measure_multi_year),
                _ => None,
            };
            if let Some(measure) = measure {
                features.set(measure, true);
            }
            features.set(
                Feature::execution_scored,
                row.money_head && word.means_any(Concepts::of(&[Concept::Weight, Concept::Score])),
            );
            features.set(Feature::money_block, row.money_head || row.source);
        }
    }
    features.set(Feature::no_money, !features.has(Feature::money_block));
    features.set(Feature::no_measure_original, !features.has(Feature::measure_original));
}

fn roles(indicators: &Indicators, features: &mut Features) {
    let has = |role: Role| indicators.roles.contains(&role);
    for (role, feature) in [
        (Role::Target, Feature::role_target),
        (Role::Actual, Feature::role_actual),
        (Role::Weight, Feature::role_weight),
        (Role::Score, Feature::role_score),
        (Role::Operator, Feature::role_operator),
        (Role::UnitOfMeasure, Feature::role_unit),
        (Role::Criteria, Feature::role_criteria),
    ] {
        features.set(feature, has(role));
    }
    features.set(Feature::no_target, !has(Role::Target));
    features.set(Feature::no_actual, !has(Role::Actual));
    features.set(Feature::no_weight, !has(Role::Weight));
    features.set(Feature::no_score, !has(Role::Score));
    features.set(Feature::no_levels, !indicators.roles.is_empty() && !has(Role::Level1));
    features.set(Feature::indicator_table, !indicators.roles.is_empty());
    features.set(Feature::possibility, indicators.possibility);
    features.set(Feature::double, indicators.double);
    let texts: String = indicators.rows.iter().filter_map(|r| r.level1.as_ref()).map(|l| l.name.to_string()).collect();
    let any = |words: &[&str]| words.iter().any(|w| texts.contains(w));
    features.set(Feature::levels_output, any(&["产出", "效益", "满意度", "完成指标", "效果"]));
    features.set(Feature::levels_evaluation, any(&["决策", "过程", "项目管理"]));
    features.set(
        Feature::levels_department,
        any(&[
            "投入",
            "部门",
            "综合管理",
            "履职",
            "部门管理",
            "预算管理",
            "运行效率",
            "管理效率",
            "专项预算",
            "运行成本",
        ]),
    );
}

fn evaluation(
    section: &mut Section,
    sheet: (u32, &Text),
    catalog: &Catalog,
    titles: &[(CellRef, Text)],
    spans: &[Span],
) -> Outcome {
    let mut out = Outcome::default();
    let in_table = |at: usize| spans.iter().any(|s| s.head_lines.contains(&at) || s.data.contains(&at));
    let free = |at: usize| !in_table(at);
    let mut features = common(section, sheet.1, titles);
    let indicators = indicator::read(section, spans);
    let head = head::read(section, &free);
    roles(&indicators, &mut features);
    measures(section, &free, &mut features);
    let project_label = head.labels.contains(&Concept::Project);
    features.set(Feature::field_project, project_label);
    features.set(
        Feature::department_only,
        !project_label && (head.head.department.is_some() || head.labels.contains(&Concept::Department)),
    );
    features.set(Feature::goal_actual, section.lines.clone().any(|at| section.row(at).is_some_and(|r| r.goal)));
    features.set(Feature::no_budget_head, true);
    let Some(verdict) = kind::judge(catalog, &features, true, false) else { return out };
    let defaults = funding::Defaults { budget: verdict.definition.bare_budget, unit: verdict.definition.unit };
    let funding = funding::read(section, &free, defaults);
    let table_like = !indicators.rows.is_empty() || indicators.roles.len() >= 3;
    let form_like = table_like && (!indicators.rows.is_empty() || project_label || features.title.is_some())
        || !funding.rows.is_empty()
            && (project_label || features.has(Feature::department_only))
            && (verdict.score >= 3.0);
    if !form_like {
        near_miss(section, sheet, &verdict, &features, &mut out);
        return out;
    }
    let Some(range) = section.range() else { return out };
    let mut form = blank_form(&verdict, sheet, range);
    fill_head(section, &mut form, head, titles, sheet.1, project_label);
    form.has_weight = indicators.roles.contains(&Role::Weight);
    form.has_score = indicators.roles.contains(&Role::Score);
    form.has_target = indicators.roles.contains(&Role::Target);
    form.has_actual = indicators.roles.contains(&Role::Actual);
    form.has_note = indicators.roles.contains(&Role::Note);
    goals(section, &free, &mut form);
    for (id, measure, label, unit) in &funding.figures {
        if let Some(amount) = super::value::amount(section.page, *id, unit.unwrap_or(MoneyUnit::TenThousand)).value() {
            form.figures.push(money_figure(section, *id, *amount, *measure, label));
        }
    }
    execution_line(&funding, &indicators, &mut form);
    take_indicators(indicators, sheet, &mut form, &mut out, catalog);
    form.funding = funding.rows;
    extra_rates(&mut form);
    finish(section, &verdict, form, &mut out);
    out
}

fn blank_form(verdict: &Verdict, sheet: (u32, &Text), range: Area) -> Form {
    Form {
        n: 0,
        kind: verdict.definition.kind,
        definition: Text::from(verdict.definition.id.as_str()),
        sheet: sheet.0,
        sheet_name: sheet.1.clone(),
        range,
        confidence: verdict.confidence(),
        runner_up: verdict.runner_up,
        head: crate::form::Head::default(),
        funding: Vec::new(),
        indicators: Vec::new(),
        totals: crate::form::Totals::default(),
        has_weight: false,
        has_score: false,
        has_target: false,
        has_actual: false,
        has_note: false,
        lines: Vec::new(),
        figures: Vec::new(),
        unclaimed: Vec::new(),
        leftovers: Vec::new(),
    }
}

fn fill_head(
    section: &mut Section,
    form: &mut Form,
    head: HeadFields,
    titles: &[(CellRef, Text)],
    sheet_name: &Text,
    project_label: bool,
) {
    let HeadFields { head, totals, .. } = head;
    form.totals = totals;
    form.head = head;
    form.head.title = titles.iter().rev().find(|(_, t)| t.contains('表')).or(titles.last()).cloned();
    name_from_title(form, titles, project_label);
    let field = form.head.year.take();
    form.head.year = year(section, titles, sheet_name, field, form.head.project.as_ref());
}

/// Department and project that only the title names.
fn name_from_title(form: &mut Form, titles: &[(CellRef, Text)], project_label: bool) {
    let named = |cell: CellRef, given: &Text, name: String| Field {
        cell,
        given: given.clone(),
        entry: Entry::Given(Name { name: Text::from(name), code: None }),
    };
    if form.head.department.is_none() {
        form.head.department =
            titles.iter().find_map(|(cell, given)| title::organisation(given).map(|n| named(*cell, given, n)));
    }
    let of_project = matches!(
        form.kind,
        FormKind::ProjectSelfEval
            | FormKind::EvaluationScore
            | FormKind::TransferSelfEval
            | FormKind::TargetDeclaration
            | FormKind::Monitoring
    );
    if form.head.project.is_none() && !project_label && of_project {
        form.head.project =
            titles.iter().find_map(|(cell, given)| title::project(given).map(|n| named(*cell, given, n)));
    }
}

fn money_figure(section: &Section, id: u32, amount: Amount, measure: Concept, label: &Text) -> Figure {
    Figure {
        cell: section.page.cell(id),
        given: section.page.given(id),
        value: FigureValue::Money(amount),
        classification: None,
        code: None,
        name: Some(label.clone()),
        header: Some(label.clone()),
        measure: match measure {
            Concept::MultiYear => Some(Measure::MultiYearTotal),
            Concept::Forecast => Some(Measure::Forecast),
            Concept::Adjustment => Some(Measure::Adjustment),
            Concept::Balance => Some(Measure::Balance),
            _ => None,
        },
    }
}

/// The goals as text: long texts of the goal rows that are no labels.
fn goals(section: &mut Section, free: &dyn Fn(usize) -> bool, form: &mut Form) {
    let mut open = false;
    for at in section.lines.clone().filter(|&at| free(at)) {
        let Some(row) = section.row(at) else { continue };
        open = row.goal || open && !row.field && !row.money_head && row.title.is_none() && !row.tail;
        if !open {
            continue;
        }
        for id in section.starts(at).collect::<Vec<_>>() {
            let Some(word) = section.page.word(id) else { continue };
            if section.is_taken(id) || word.numeral.is_some() || word.mark {
                continue;
            }
            let label = word.is_kind(Kind::Section) && word.length <= 16;
            if !label && word.length >= 2 {
                if word.leftover() == Some(text::Leftover::Instruction) {
                    form.leftovers.push((section.page.cell(id), word.raw.clone()));
                } else {
                    form.head.goals.push((section.page.cell(id), word.raw.clone()));
                }
            }
            section.take(id);
        }
    }
}

/// The form's own line for the execution rate: where the funding block scores it.
fn execution_line(funding: &funding::Funding, indicators: &Indicators, form: &mut Form) {
    if !funding.scored || indicators.rows.iter().any(|r| r.execution_line) {
        return;
    }
    let scored = |r: &&crate::form::FundingRow| {
        r.weight.as_ref().is_some_and(|f| f.value().is_some()) || r.score.as_ref().is_some_and(|f| f.value().is_some())
    };
    let row = funding
        .rows
        .iter()
        .filter(scored)
        .find(|r| r.source == crate::form::Source::Total)
        .or_else(|| funding.rows.iter().find(scored));
    let Some(row) = row else { return };
    let cell = row.score.as_ref().or(row.weight.as_ref()).map_or(CellRef::new(row.row, 0), |f| f.cell);
    form.indicators.push(Indicator {
        row: row.row,
        level1: Some(Level {
            cell, text: Text::from("预算执行率"), name: Text::from("预算执行率"), weight: None
        }),
        level2: None,
        level3: None,
        target: None,
        actual: None,
        unit_of_measure: None,
        weight: row.weight.clone(),
        score: row.score.clone(),
        review_score: None,
        note: row.note.clone(),
        nature: None,
        criteria: None,
        execution_line: true,
        cell,
    });
}

fn take_indicators(indicators: Indicators, sheet: (u32, &Text), form: &mut Form, out: &mut Outcome, catalog: &Catalog) {
    if !indicators.misread.is_empty() {
        let given = form_given(&indicators);
        out.findings
            .push(Finding::new(&rules::LOOK_ALIKE).at(sheet.1, indicators.misread.iter().copied()).given(given));
    }
    if indicators.guessed > 0 {
        out.findings.push(
            Finding::new(&rules::TOLD_BY_NUMBERS).at(sheet.1, [form.range.first]).arg("count", indicators.guessed),
        );
    }
    unknown_columns(&indicators.unknown, sheet, out, catalog);
    for row in indicators.rows {
        form.indicators.push(row);
    }
    let totals = indicators.totals;
    form.totals.weight = totals.weight.or(form.totals.weight.take());
    form.totals.score = match (totals.score, form.totals.score.take()) {
        (Some(row), head) if row.value().is_some() || head.is_none() => Some(row),
        (_, head) => head,
    };
    form.totals.review_score = totals.review_score.or(form.totals.review_score.take());
    form.figures.extend(indicators.figures);
    form.leftovers.extend(indicators.leftovers);
}

fn form_given(indicators: &Indicators) -> String {
    let first = indicators.misread.first();
    indicators
        .rows
        .iter()
        .filter_map(|r| r.target.as_ref())
        .find(|t| Some(&t.cell) == first)
        .map(|t| t.given.to_string())
        .unwrap_or_default()
}

fn unknown_columns(unknown: &[(CellRef, Text)], sheet: (u32, &Text), out: &mut Outcome, catalog: &Catalog) {
    for (cell, label) in unknown {
        let near = catalog.vocabulary.nearest(&super::label::Label::parse(label));
        let words = near.map(|c| format!("（{}）", c.code())).unwrap_or_default();
        out.findings
            .push(Finding::new(&rules::UNKNOWN_COLUMN).at(sheet.1, [*cell]).arg("label", label).arg("near", words));
        if let Some(concept) = near {
            out.proposals.push(Proposal { label: label.clone(), concept });
        }
    }
}

/// Rates, weights and scores of the sources have no column in the tables: they are figures.
fn extra_rates(form: &mut Form) {
    let mut extra = Vec::new();
    for row in form.funding.iter().filter(|r| r.source != crate::form::Source::Total) {
        let mut push =
            |cell: CellRef, given: &Text, value: crate::quantity::Decimal, header: &str, measure: Option<Measure>| {
                extra.push(Figure {
                    cell,
                    given: given.clone(),
                    value: FigureValue::Number { value, unit: None },
                    classification: None,
                    code: None,
                    name: Some(row.label.clone()),
                    header: Some(Text::from(header)),
                    measure,
                });
            };
        if let Some((field, value)) = row.rate.as_ref().and_then(|f| f.value().map(|v| (f, *v))) {
            push(field.cell, &field.given, value, "执行率", Some(Measure::ExecutionRate));
        }
        for (field, header) in [(&row.weight, "分值"), (&row.score, "得分")] {
            if let Some((field, value)) = field.as_ref().and_then(|f| f.value().map(|v| (f, v.decimal())))
                && !form.indicators.iter().any(|i| i.execution_line && i.row == row.row)
            {
                push(field.cell, &field.given, value, header, None);
            }
        }
    }
    form.figures.extend(extra);
}

fn finish(section: &mut Section, verdict: &Verdict, mut form: Form, out: &mut Outcome) {
    let left = ledger::left(section, verdict.definition.unit);
    form.figures.extend(left.figures);
    form.figures.sort_by_key(|f| f.cell);
    form.unclaimed = left.unclaimed;
    let sheet = form.sheet_name.clone();
    if !form.unclaimed.is_empty() {
        out.findings.push(
            Finding::new(&rules::UNCLAIMED)
                .at(&sheet, form.unclaimed.iter().copied())
                .arg("count", form.unclaimed.len()),
        );
    }
    if form.confidence < UNSURE {
        let second = form.runner_up.map_or("—", |(kind, _)| kind.words().get(Lang::Zh));
        out.findings.push(
            Finding::new(&rules::UNSURE_KIND)
                .at(&sheet, [form.range.first])
                .arg("kind", form.kind.words().get(Lang::Zh))
                .arg("confidence", format!("{:.2}", form.confidence))
                .arg("second", second),
        );
    }
    out.form = Some(form);
}

/// Says what an area lacks that looks half like a form.
fn near_miss(section: &Section, sheet: (u32, &Text), verdict: &Verdict, features: &Features, out: &mut Outcome) {
    if verdict.score < 3.0 || verdict.title < 3.0 {
        return;
    }
    let Some(range) = section.range() else { return };
    let missing: Vec<String> = verdict
        .definition
        .evidence
        .iter()
        .filter(|(key, weight)| **weight >= 1.0 && !Key::parse(key).is_some_and(|key| features.holds(&key)))
        .map(|(key, _)| super::feature::words(key))
        .collect();
    if missing.is_empty() {
        return;
    }
    out.findings.push(
        Finding::new(&rules::NEAR_MISS)
            .at(sheet.1, [range.first])
            .arg("range", range)
            .arg("kind", verdict.definition.kind.words().get(Lang::Zh))
            .arg("missing", missing.join("、")),
    );
}

fn budget(section: &mut Section, sheet: (u32, &Text), catalog: &Catalog, titles: &[(CellRef, Text)]) -> Outcome {
    let mut out = Outcome::default();
    let mut features = common(section, sheet.1, titles);
    let all = |_: usize| true;
    measures(section, &all, &mut features);
    features.set(Feature::budget_head, true);
    let (economic, functional) = codes(section);
    features.set(Feature::codes_economic, economic > functional && economic >= 2);
    features.set(Feature::codes_functional, functional >= economic && functional >= 2);
    let Some(verdict) = kind::judge(catalog, &features, false, true) else { return out };
    let Some(range) = section.range() else { return out };
    let in_table = |at: usize| section_head_lines(section).contains(&at);
    let head_lines: Vec<usize> = section.lines.clone().take(8).filter(|&at| !in_table(at)).collect();
    let first_head = section
        .lines
        .clone()
        .find(|&at| section.row(at).is_some_and(|r| r.budget_head.is_some()))
        .unwrap_or(section.lines.end);
    let above = |at: usize| at < first_head && head_lines.contains(&at);
    let head = head::read(section, &above);
    let mut form = blank_form(&verdict, sheet, range);
    fill_head(section, &mut form, head, titles, sheet.1, false);
    let titled = features.title.clone().unwrap_or_default();
    let about = if titled.is_empty() { sheet.1.to_string() } else { titled };
    let measure = if about.contains("决算") || form.kind == FormKind::FinalAccount {
        Concept::Outturn
    } else if about.contains("预算") || form.kind == FormKind::BudgetTable {
        Concept::Original
    } else if verdict.definition.bare_budget == Concept::Revised {
        Concept::Outturn
    } else {
        Concept::Original
    };
    let defaults = budget::Defaults {
        unit: verdict.definition.unit,
        measure,
        year: form.head.year.as_ref().and_then(|y| y.value().copied()),
        sangong: about.contains("三公") || heads_speak_of_sangong(section),
    };
    let read = budget::read(section, defaults);
    if read.figures.is_empty() && read.lines.is_empty() && features.title.is_none() {
        return out;
    }
    unknown_columns(&read.unknown, sheet, &mut out, catalog);
    form.lines = read.lines;
    form.figures = read.figures;
    finish(section, &verdict, form, &mut out);
    out
}

fn section_head_lines(section: &Section) -> Vec<usize> {
    section.lines.clone().filter(|&at| section.row(at).is_some_and(|r| r.budget_head.is_some())).collect()
}

/// Whether heads of the area are about 三公经费.
fn heads_speak_of_sangong(section: &Section) -> bool {
    section_head_lines(section)
        .into_iter()
        .any(|at| section.words(at).iter().filter(|w| w.means(Concept::Sangong)).count() >= 2)
}

/// How many codes of the economic and of the functional classification an area shows.
fn codes(section: &Section) -> (usize, usize) {
    let (mut economic, mut functional) = (0, 0);
    for id in section.items().take(400) {
        let given = section.page.given(id);
        let code = text::split_code(&given).code.map_or_else(|| given.to_string(), |c| c.to_string());
        if code.len() > 7 || code.len() < 3 || !code.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        match code.as_bytes().first() {
            Some(b'3' | b'5') => economic += 1,
            Some(b'2') => functional += 1,
            _ => {}
        }
    }
    (economic, functional)
}
