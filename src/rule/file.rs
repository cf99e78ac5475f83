//! Tables of one file that speak of the same money.
//!
//! Two tables of one file and year are compared only where most of their classes agree: then they have the same scope, and
//! a class that differs is wrong in one of them. Tables of different scope (all expenditure, general public budget only)
//! differ in most classes and are left alone.

use super::check::figures;
use super::tolerance::{Accuracy, Verdict, judge};
use crate::book::Book;
use crate::finding::Finding;
use crate::finding::catalogue::form::TABLES_DISAGREE;
use crate::form::{Classification, FigureValue, Form};
use crate::quantity::{Amount, CellRef, Decimal};
use crate::settings::Settings;

/// A class or the total of a table: its name without number and code, and its first amount.
struct Class<'a> {
    name: String,
    cell: CellRef,
    yuan: Decimal,
    half: Decimal,
    label: &'a str,
    total: bool,
}

/// Findings about several forms of one file. The book is there for what no form holds.
pub fn check_file(forms: &[Form], _book: &Book, _settings: &Settings) -> Vec<Finding> {
    let tables: Vec<(&Form, Vec<Class<'_>>)> = forms
        .iter()
        .filter(|form| !form.kind.is_evaluation())
        .map(|form| (form, classes(form)))
        .filter(|(_, classes)| classes.len() >= 3)
        .collect();
    let mut found = Vec::new();
    for (at, (first, ours)) in tables.iter().enumerate() {
        for (second, theirs) in tables.iter().skip(at + 1) {
            let year = |form: &Form| form.head.year.as_ref().and_then(|f| f.value().copied());
            if year(first) == year(second) && scope(first) == scope(second) {
                found.extend(disagreement(first, ours, second, theirs));
            }
        }
    }
    found
}

/// What a table is about, by its title: budget or final account, and which money.
fn scope(form: &Form) -> Vec<&'static str> {
    const WORDS: [&str; 6] = ["决算", "一般公共预算", "政府性基金", "国有资本", "财政拨款", "基本支出"];
    let title = form.head.title.as_ref().map(|(_, text)| crate::text::folded(text).into_owned());
    let title = title.unwrap_or_else(|| form.sheet_name.to_string());
    let mut scope: Vec<&str> = WORDS.into_iter().filter(|word| title.contains(word)).collect();
    // Income by function is not expenditure by function.
    if title.contains("收入") && !title.contains("支出") && !title.contains("收支") {
        scope.push("收入");
    }
    scope
}

/// `一、教育支出` and `205 教育支出` are both 教育支出.
fn bare(name: &str) -> String {
    let folded = crate::text::folded(name);
    let behind = folded.split_once('、').map_or(&*folded, |(number, rest)| {
        if !number.is_empty() && number.chars().all(|c| "一二三四五六七八九十百0123456789".contains(c)) {
            rest
        } else {
            &folded
        }
    });
    behind.to_owned()
}

/// Functional classes of the expenditure side, and its total.
fn classes(form: &Form) -> Vec<Class<'_>> {
    let amounts: Vec<(CellRef, &Amount)> = form
        .figures
        .iter()
        .filter_map(|figure| match &figure.value {
            FigureValue::Money(amount) => Some((figure.cell, amount)),
            FigureValue::Number { .. } => None,
        })
        .collect();
    let accuracy = Accuracy::of(amounts.iter().map(|(_, amount)| *amount));
    let mut found = Vec::new();
    for line in &form.lines {
        if !line.is_total && line.code.as_ref().is_some_and(|code| code.len() != 3) {
            continue;
        }
        let name = bare(&line.name);
        let class = match line.code.as_deref() {
            Some(code) => code.len() == 3 && line.classification == Classification::Functional,
            None => name.ends_with("支出") && line.level.is_none_or(|level| level <= 1) && !line.is_total,
        };
        let total = line.is_total && !name.contains("收入");
        if !class && !total {
            continue;
        }
        let next = form
            .lines
            .iter()
            .filter(|l| l.row == line.row && l.cell.col > line.cell.col)
            .map(|l| l.cell.col)
            .min()
            .unwrap_or(u32::MAX);
        let Some((cell, amount)) =
            amounts.iter().find(|(cell, _)| cell.row == line.row && cell.col > line.cell.col && cell.col < next)
        else {
            continue;
        };
        let (yuan, half) = (amount.money.yuan(), accuracy.half(amount));
        found.push(Class {
            name: if total { "total".to_owned() } else { name },
            cell: *cell,
            yuan,
            half,
            label: line.name.trim(),
            total,
        });
    }
    found
}

fn disagreement(first: &Form, ours: &[Class<'_>], second: &Form, theirs: &[Class<'_>]) -> Vec<Finding> {
    let mut agree = 0;
    let mut differ = Vec::new();
    for a in ours {
        let mut same = theirs.iter().filter(|b| b.name == a.name && b.total == a.total);
        let (Some(b), None) = (same.next(), same.next()) else { continue };
        let difference = a.yuan.checked_sub(b.yuan).unwrap_or_default();
        let most = a.half.checked_add(b.half).unwrap_or_default();
        match judge(difference, most) {
            Verdict::Exact if !a.yuan.is_zero() => agree += 1,
            Verdict::Exact => {}
            verdict => differ.push((a, b, difference, verdict)),
        }
    }
    let real = differ.iter().filter(|(.., verdict)| *verdict == Verdict::Real).count();
    if agree < 2 || agree < real {
        return Vec::new();
    }
    // A total that is off by what its class is off by only follows; one that is not the sum of its own classes is that
    // table's own fault.
    let adds_up = |classes: &[Class<'_>]| {
        let sum = Decimal::sum(classes.iter().filter(|c| !c.total).map(|c| c.yuan));
        let most = Decimal::sum(classes.iter().map(|c| c.half)).unwrap_or_default();
        let total = classes.iter().find(|c| c.total).map(|c| c.yuan);
        sum.zip(total).and_then(|(sum, total)| sum.checked_sub(total)).is_some_and(|d| d.abs() <= most)
    };
    if !adds_up(ours) || !adds_up(theirs) {
        differ.retain(|(a, ..)| !a.total);
    }
    let of_classes = Decimal::sum(differ.iter().filter(|(a, ..)| !a.total).map(|(_, _, d, _)| *d)).unwrap_or_default();
    differ.retain(|(a, _, difference, _)| !a.total || *difference != of_classes);
    differ
        .into_iter()
        .map(|(a, b, _, verdict)| {
            let other = format!("{}!{}", second.sheet_name, b.cell);
            let finding = Finding::new(&TABLES_DISAGREE).at(&first.sheet_name, [a.cell]).in_form(first.n);
            let finding = figures(finding, a.yuan, b.yuan).arg("label", a.label).arg("other", other);
            if verdict == Verdict::Rounding { finding.rounding() } else { finding }
        })
        .collect()
}
