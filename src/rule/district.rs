//! Checks across files: the same project, department or text in several submissions.
//!
//! Input → output: what every form says of itself ([`Seen`]) and who is expected ([`Registered`]) → findings, each with
//! the form or the department it belongs to, in the order of the forms.

use super::check::figures;
use super::copied::{Texts, copied};
use super::tolerance::half_unit;
use super::witness::{ProjectLine, Witness};
use crate::finding::Finding;
use crate::finding::catalogue::district::{
    NAME_NOT_IN_REGISTER, NAME_OF_ANOTHER_PLACE, NOT_HANDED_IN, PROJECT_IN_TWO_DEPARTMENTS, TABLE_AND_FORM_DIFFER,
    TEXT_COPIED,
};
use crate::finding::catalogue::form::{REVIEW_GAP, UNIT_SLIP};
use crate::form::{FormKind, Name};
use crate::quantity::{Amount, CellRef, Decimal};
use crate::settings::Settings;
use crate::text::normal;
use std::collections::BTreeMap;

/// A form of a submission that was taken.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// `path` or `path!member`, for messages.
    pub file: &'a str,
    /// The department it is counted for.
    pub department: Option<&'a str>,
    /// Whether that department stands in the register.
    pub registered: bool,
    /// Whether a later form replaced it.
    pub superseded: bool,
    /// What it says.
    pub witness: &'a Witness,
}

/// A department of the register.
#[derive(Debug, Clone, Copy)]
pub struct Registered<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether something of it was taken.
    pub submitted: bool,
}

/// A finding about several files.
#[derive(Debug, Clone, PartialEq)]
pub struct Cross {
    /// The form it is listed with, as a position in the forms given.
    pub seen: Option<usize>,
    /// The department, where it belongs to no form.
    pub department: Option<String>,
    /// What was found.
    pub finding: Finding,
}

/// All findings across the files of a district.
pub fn check_district(seen: &[Seen<'_>], register: &[Registered<'_>], settings: &Settings) -> Vec<Cross> {
    let mut found = Vec::new();
    for entry in register.iter().filter(|entry| !entry.submitted) {
        let finding = Finding::new(&NOT_HANDED_IN).arg("department", entry.name);
        found.push(Cross { seen: None, department: Some(entry.name.to_owned()), finding });
    }
    if !register.is_empty() {
        found.extend(names(seen));
        found.extend(other_places(seen));
    }
    let projects = by_project(seen);
    found.extend(two_departments(seen));
    for forms in projects.values() {
        found.extend(against_review(seen, forms, settings));
    }
    found.extend(against_tables(seen));
    let texts: Vec<Texts<'_>> = seen
        .iter()
        .enumerate()
        .filter(|(_, s)| !s.superseded)
        .filter_map(|(at, s)| Some(Texts { form: at, department: s.department?, cells: &s.witness.texts }))
        .collect();
    for (at, cell, other, other_cell) in copied(&texts, settings.thresholds.copied_text) {
        let (Some(own), Some(there)) = (seen.get(at), seen.get(other)) else { continue };
        let finding = of(own.witness, &TEXT_COPIED, [cell])
            .arg("file", there.file)
            .arg("place", place(there.witness, other_cell));
        found.push(Cross { seen: Some(at), department: None, finding });
    }
    found.sort_by_key(|cross| cross.seen.map_or(0, |at| at + 1));
    found
}

fn of(witness: &Witness, rule: &'static crate::finding::Rule, cells: impl IntoIterator<Item = CellRef>) -> Finding {
    Finding::new(rule).at(&witness.sheet, cells).in_form(witness.n)
}

fn place(witness: &Witness, cell: CellRef) -> String {
    format!("{}!{cell}", witness.sheet)
}

fn cross(seen: usize, finding: Finding) -> Cross {
    Cross { seen: Some(seen), department: None, finding }
}

/// S25: a department as written that the register does not know.
fn names(seen: &[Seen<'_>]) -> impl Iterator<Item = Cross> {
    seen.iter().enumerate().filter(|(_, s)| !s.registered).filter_map(|(at, s)| {
        let (cell, name) = s.witness.department.as_ref()?;
        Some(cross(at, of(s.witness, &NAME_NOT_IN_REGISTER, [*cell]).given(&name.name)))
    })
}

/// S25-1: forms of one department that write it into different places; each against the first form that does so.
fn other_places(seen: &[Seen<'_>]) -> Vec<Cross> {
    let mut written: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    for (at, s) in seen.iter().enumerate().filter(|(_, s)| s.registered && !s.superseded) {
        let (Some(department), Some((cell, name))) = (s.department, &s.witness.department) else { continue };
        let others = written.entry(department).or_default();
        let other = others.iter().find_map(|&other| {
            let (there, known) = seen.get(other)?.witness.department.as_ref()?;
            in_different_places(&name.name, &known.name).then_some((other, *there, known))
        });
        if let Some((other, there, known)) = other
            && let Some(other) = seen.get(other)
        {
            let finding = of(s.witness, &NAME_OF_ANOTHER_PLACE, [*cell])
                .given(&name.name)
                .expected(&known.name)
                .arg("file", other.file)
                .arg("place", place(other.witness, there));
            found.push(cross(at, finding));
        }
        others.push(at);
    }
    found
}

/// Whether two names of an office put it into different places: what stands before their common part, less what both begin
/// with, is there in both and in neither a part of the other.
fn in_different_places(a: &str, b: &str) -> bool {
    const SHORTEST_OFFICE: usize = 3;
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (mut best, mut length) = ((0, 0), 0);
    for i in 0..a.len() {
        for j in 0..b.len() {
            let same = a.iter().skip(i).zip(b.iter().skip(j)).take_while(|(x, y)| x == y).count();
            if same > length {
                (best, length) = ((i, j), same);
            }
        }
    }
    if length < SHORTEST_OFFICE {
        return false;
    }
    let (Some(x), Some(y)) = (a.get(..best.0), b.get(..best.1)) else { return false };
    let both = x.iter().zip(y).take_while(|(x, y)| x == y).count();
    let rest = |head: &[char]| head.iter().skip(both).collect::<String>();
    let (x_rest, y_rest) = (rest(x), rest(y));
    let (x, y): (String, String) = (x.iter().collect(), y.iter().collect());
    let within = x.contains(&y_rest) || y.contains(&x_rest);
    x_rest.chars().count() > 1 && y_rest.chars().count() > 1 && !within
}

/// A project by its code, else by its normal name.
fn identity(project: &Name) -> String {
    normal(&project.name)
}

type ProjectKey<'a> = (&'a str, String, Option<u16>);

/// Forms that count, by department, project and year.
fn by_project<'a>(seen: &[Seen<'a>]) -> BTreeMap<ProjectKey<'a>, Vec<usize>> {
    let mut projects: BTreeMap<ProjectKey<'a>, Vec<usize>> = BTreeMap::new();
    for (at, s) in seen.iter().enumerate().filter(|(_, s)| !s.superseded) {
        if let Some((department, (_, project))) = s.department.zip(s.witness.project.as_ref()) {
            let year = s.witness.year.map(|(_, year)| year);
            projects.entry((department, identity(project), year)).or_default().push(at);
        }
    }
    projects
}

/// S24: the same project code, or the same name and budget, in two departments.
fn two_departments(seen: &[Seen<'_>]) -> Vec<Cross> {
    let mut met: BTreeMap<(FormKind, Option<u16>, String), Vec<usize>> = BTreeMap::new();
    for (at, s) in seen.iter().enumerate().filter(|(_, s)| !s.superseded && s.department.is_some()) {
        let Some((_, project)) = s.witness.project.as_ref() else { continue };
        let year = s.witness.year.map(|(_, year)| year);
        let key = match (&project.code, &s.witness.revised_budget) {
            (Some(code), _) if code.len() >= 12 => code.to_string(),
            (_, Some((_, budget))) => format!("{} {}", identity(project), budget.money),
            _ => continue,
        };
        met.entry((s.witness.kind, year, key)).or_default().push(at);
    }
    let mut found = Vec::new();
    for group in met.values().filter(|group| group.len() > 1) {
        let Some((&first, rest)) = group.split_first() else { continue };
        for &at in rest {
            let (Some(a), Some(b)) = (seen.get(first), seen.get(at)) else { continue };
            if a.department == b.department {
                continue;
            }
            for (own, this, that) in [(first, a, b), (at, b, a)] {
                let Some((cell, project)) = this.witness.project.as_ref() else { continue };
                let finding = of(this.witness, &PROJECT_IN_TWO_DEPARTMENTS, [*cell])
                    .given(&project.name)
                    .arg("department", that.department.unwrap_or(""))
                    .arg("file", that.file);
                found.push(cross(own, finding));
            }
        }
    }
    found
}

/// S32: self-evaluation against the evaluation of the same project.
fn against_review(seen: &[Seen<'_>], forms: &[usize], settings: &Settings) -> Vec<Cross> {
    let scored = |kinds: &[FormKind]| {
        forms.iter().copied().find_map(|at| {
            let s = seen.get(at).filter(|s| kinds.contains(&s.witness.kind))?;
            s.witness.score.map(|(cell, score)| (at, cell, score.decimal()))
        })
    };
    let own = scored(&[FormKind::ProjectSelfEval, FormKind::TransferSelfEval]);
    let review = scored(&[FormKind::EvaluationScore]);
    let Some(((at, cell, own), (_, _, review))) = own.zip(review) else { return Vec::new() };
    let gap = own.checked_sub(review).unwrap_or_default();
    let Some(s) = seen.get(at).filter(|_| gap.abs() >= settings.thresholds.review_gap) else { return Vec::new() };
    vec![cross(at, figures(of(s.witness, &REVIEW_GAP, [cell]), own, review))]
}

/// S33, S09: self-evaluation against the department's table of projects.
fn against_tables(seen: &[Seen<'_>]) -> Vec<Cross> {
    let mut lines: BTreeMap<ProjectKey<'_>, Vec<(usize, &ProjectLine)>> = BTreeMap::new();
    for (at, s) in seen.iter().enumerate().filter(|(_, s)| !s.superseded) {
        let Some(department) = s.department else { continue };
        let year = s.witness.year.map(|(_, year)| year);
        for line in &s.witness.projects {
            lines.entry((department, normal(&line.name), year)).or_default().push((at, line));
        }
    }
    let mut found = Vec::new();
    for (at, s) in seen.iter().enumerate().filter(|(_, s)| !s.superseded && s.witness.kind.is_evaluation()) {
        let (Some(department), Some((_, project))) = (s.department, s.witness.project.as_ref()) else { continue };
        if matches!(s.witness.kind, FormKind::Monitoring | FormKind::TargetDeclaration) {
            continue;
        }
        let year = s.witness.year.map(|(_, year)| year);
        let Some(named) = lines.get(&(department, identity(project), year)) else { continue };
        // Two lines of one name are two parts of a project, or two tables; which is meant is not known.
        let [(table, line)] = named.as_slice() else { continue };
        let Some(there) = seen.get(*table) else { continue };
        for (own, other) in [(s.witness.revised_budget, line.revised_budget), (s.witness.outturn, line.outturn)] {
            let Some(((cell, mine), (other_cell, theirs))) = own.zip(other) else { continue };
            if let Some(finding) = differing(s.witness, cell, mine, theirs) {
                let finding = finding.arg("file", there.file).arg("place", place(there.witness, other_cell));
                found.push(cross(at, finding.arg("label", &project.name)));
            }
        }
    }
    found
}

/// Two amounts that should be the same money.
fn differing(witness: &Witness, cell: CellRef, mine: Amount, theirs: Amount) -> Option<Finding> {
    let (a, b) = (mine.money.yuan(), theirs.money.yuan());
    let difference = a.checked_sub(b)?;
    // Each is known to half a unit of its last decimal; two decimals are shown where fewer are written.
    let half = |amount: Amount| half_unit(amount.unit.power(), amount.decimals.max(2));
    if difference.abs() <= half(mine).checked_add(half(theirs))? {
        return None;
    }
    let rule = if unit_ratio(a, b) { &UNIT_SLIP } else { &TABLE_AND_FORM_DIFFER };
    Some(figures(of(witness, rule, [cell]), a, b))
}

/// Whether two amounts are 9,000 to 11,000 times apart: 元 for 万元.
pub(super) fn unit_ratio(a: Decimal, b: Decimal) -> bool {
    let (small, large) = if a.abs() < b.abs() { (a.abs(), b.abs()) } else { (b.abs(), a.abs()) };
    let bound = |n: i64| small.checked_mul(Decimal::from_int(n));
    small.signum() > 0
        && bound(9_000).is_some_and(|low| large >= low)
        && bound(11_000).is_some_and(|high| large <= high)
}

#[cfg(test)]
mod tests {
    use super::in_different_places;

    #[test]
    fn a_place_that_both_may_mean_is_no_other_place() {
        for (a, b) in [
            ("嘉兴市秀洲区教育局", "秀洲区教育局"),
            ("秀洲区教育局", "区教育局"),
            ("嘉兴市秀洲区教育局", "嘉兴秀洲区教育局"),
            ("浙江省嘉兴市秀洲区民政局", "嘉兴市秀洲区民政局（本级）"),
            ("秀洲区卫健局", "秀洲区卫生健康局"),
        ] {
            assert!(!in_different_places(a, b) && !in_different_places(b, a), "{a} {b}");
        }
        for (a, b) in
            [("嘉兴市秀洲区嘉北街道办事处（本级）", "嘉兴经济技术开发区嘉北街道"), ("石鼓区审计局", "珠晖区审计局")]
        {
            assert!(in_different_places(a, b) && in_different_places(b, a), "{a} {b}");
        }
    }
}
