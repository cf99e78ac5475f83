//! Putting a district together: what was kept of all files → all tables, in their final order.
//!
//! Ids, departments, years, versions and what counts are decided here, over all files at once, in the order of paths;
//! nothing depends on the order in which files were read.

mod answer;
mod budget;
mod case;
mod count;
mod cross;
mod department;
mod explain;
mod findings;
mod ranking;
mod submission;
mod supersede;
mod year;

use super::file::Seen;
use super::{Bulk, Bureau, Counted, District, FileRows, Refused};
use crate::normal::names::Directory;
use crate::normal::{Place, Shelved};
use case::Case;
use findings::Findings;
use std::collections::BTreeSet;

/// Puts a district together.
///
/// # Errors
/// The frame library refuses, which no input brings about.
pub(super) fn assemble(mut files: Vec<Seen>, shelved: Shelved, bureau: &Bureau) -> Result<District, Refused> {
    files.sort_by(|a, b| a.path.as_bytes().cmp(b.path.as_bytes()).then_with(|| a.member.cmp(&b.member)));
    let mut findings = Findings::default();
    submission::mark_duplicates(&mut files, &mut findings);

    let as_of = bureau.settings.district.as_of(year::foreseen(&files, &bureau.settings));
    let mut directory = Directory::new(&bureau.register, &bureau.mappings, &bureau.organisations, as_of.as_deref());
    let found = files.iter_mut().map(|seen| std::mem::take(&mut seen.extract.findings)).collect();
    let mut cases = case::cases(&files, &mut directory);
    findings.gather(found, &cases);
    supersede::mark(&mut cases, &files, &bureau.settings, &mut findings);
    let year = year::reporting_year(&cases, &bureau.settings);
    year::note(&cases, year, &mut findings);
    count::mark(&mut cases, year);
    let budgets = budget::budgets(&cases, year, &bureau.settings, &mut findings);
    let figures = department::figures(&directory, &cases, &budgets, year, &bureau.settings)?;
    department::note(&directory, &cases, &figures, &mut findings);
    cross::check(&files, &cases, &directory, bureau, year, &mut findings);

    let fates = submission::fates(&files, &cases);
    let rankings = ranking::rankings(&directory, &cases, &figures)?;
    let (findings, crops) = findings.finish(&files, &cases, &directory, bureau, year);
    let submissions = submission::rows(&files, &fates, &cases, &directory, &findings);
    let evaluations = case::rows(&cases, &directory, &bureau.settings);
    let departments = department::rows(&directory, &cases, &figures, year, &rankings, &findings, &bureau.settings);
    let proposals = directory.proposals().map(|(written, name)| (written.clone(), name.clone())).collect();
    let labels: BTreeSet<_> = files.iter().flat_map(|seen| seen.extract.proposals.iter().cloned()).collect();
    let labels = labels.into_iter().collect();
    let counted = counted(&cases, &budgets);
    let places = places(&files, &cases, &directory);
    drop(cases);
    Ok(District {
        settings: bureau.settings.clone(),
        year,
        register: bureau.register.clone(),
        input_from_output: None,
        counted,
        submissions,
        evaluations,
        bulk: Bulk::of_files(shelved, rows(files, places)),
        departments,
        rankings,
        findings,
        proposals,
        labels,
        crops,
    })
}

/// What each evaluation which counts brings to its department.
fn counted(cases: &[Case<'_>], budgets: &[budget::Budget]) -> Vec<Counted> {
    let counting = cases.iter().zip(budgets).filter(|(case, _)| case.counts);
    let of = |(case, budget): (&Case<'_>, &budget::Budget)| Counted {
        evaluation_id: case.evaluation_id.clone(),
        budget: budget.weight,
        outturn: budget.outturn,
        claims: case.draft.evaluated.as_ref().and_then(|e| e.claims).unwrap_or_default(),
    };
    counting.map(of).collect()
}

/// Where the forms of each file belong.
fn places(files: &[Seen], cases: &[Case<'_>], directory: &Directory) -> Vec<Vec<Place>> {
    let mut places: Vec<Vec<Place>> = files.iter().map(|_| Vec::new()).collect();
    for case in cases {
        let department = case.department.and_then(|id| directory.get(id));
        let place = Place {
            file_id: case.file_id(),
            evaluation_id: case.draft.kind.is_evaluation().then(|| case.evaluation_id.clone()),
            sheet: case.draft.sheet.clone(),
            title: case.draft.title.clone(),
            year: case.draft.year,
            department_code: case.department_code(directory),
            department: department.map(|d| d.name.clone()),
        };
        if let Some(list) = places.get_mut(case.file) {
            list.push(place);
        }
    }
    places
}

/// The bulk rows of the files that have any. A duplicate's forms were taken from the first.
fn rows(files: Vec<Seen>, places: Vec<Vec<Place>>) -> Vec<FileRows> {
    let both = files.into_iter().zip(places);
    both.filter(|(_, places)| !places.is_empty())
        .map(|(f, places)| FileRows { places, rows: f.rows, is_last: FileRows::ends_stretch(&f.name()) })
        .collect()
}
