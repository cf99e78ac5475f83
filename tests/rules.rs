//! Every rule has an example that passes and one that fails, and both do.

use jixiao::book::Book;
use jixiao::finding::catalogue::example::{Case, EXAMPLES, Example};
use jixiao::finding::{Finding, catalogue};
use jixiao::quantity::CellRef;
use jixiao::read::{Catalog, read_book};
use jixiao::rule::{Seen, Witness, check_district, check_file, check_form, example::books, witness};
use jixiao::settings::Settings;

/// Reads and checks the files of a case as one district with the register 嘉北街道办事处, 桐江街道办事处.
fn findings(case: &Case, catalog: &Catalog) -> Vec<Finding> {
    let settings = Settings::default();
    let books = books(case);
    let mut found = Vec::new();
    let mut witnesses: Vec<(usize, Witness)> = Vec::new();
    for (file, book) in books.iter().enumerate() {
        found.extend(of_file(book, catalog, &settings));
        witnesses.extend(read_book(book, catalog).forms.iter().map(|form| (file, witness(form))));
    }
    let seen: Vec<Seen<'_>> = witnesses
        .iter()
        .map(|(file, witness)| {
            let department = witness.department.as_ref().map(|(_, name)| &*name.name);
            Seen {
                file: ["a.xlsx", "b.xlsx"][*file],
                department,
                registered: matches!(department, Some("嘉北街道办事处" | "桐江街道办事处")),
                superseded: false,
                witness,
            }
        })
        .collect();
    let register = [jixiao::rule::Registered { name: "嘉北街道办事处", submitted: true }];
    found.extend(check_district(&seen, &register, &settings).into_iter().map(|cross| cross.finding));
    found
}

fn of_file(book: &Book, catalog: &Catalog, settings: &Settings) -> Vec<Finding> {
    let forms = read_book(book, catalog).forms;
    let mut found: Vec<Finding> =
        forms.iter().flat_map(|form| check_form(form, &book.sheets[form.sheet as usize], settings)).collect();
    found.extend(check_file(&forms, book, settings));
    found
}

fn of_rule<'a>(found: &'a [Finding], example: &Example) -> Option<&'a Finding> {
    found.iter().find(|f| f.rule.code == example.code && !f.is_rounding())
}

#[test]
fn examples_do_what_they_say() {
    let catalog = Catalog::embedded().unwrap();
    let mut wrong = Vec::new();
    for example in EXAMPLES {
        if let Some(finding) = of_rule(&findings(&example.passes, &catalog), example) {
            wrong.push(format!("{} raised by what should pass: {finding:?}", example.code));
        }
        let found = findings(&example.fails, &catalog);
        let cell = CellRef::parse(example.cell);
        match of_rule(&found, example) {
            None => wrong.push(format!("{} not raised; raised instead: {:?}", example.code, codes(&found))),
            Some(finding) if finding.cells.first().copied() != cell => {
                wrong.push(format!("{} raised at {:?} instead of {}", example.code, finding.cells, example.cell));
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn codes(found: &[Finding]) -> Vec<(&str, String)> {
    found.iter().map(|f| (f.rule.code, f.cells.first().map(ToString::to_string).unwrap_or_default())).collect()
}

#[test]
fn every_check_of_contents_has_an_example() {
    // Not shown on one sheet: a submission that is missing, and a total over years that few forms print.
    let without = ["D01", "S34"];
    for rule in catalogue::all().filter(|rule| rule.code.starts_with(['S', 'D'])) {
        let has = catalogue::example::find(rule.code).is_some();
        assert!(has != without.contains(&rule.code), "{}", rule.code);
    }
    assert!(EXAMPLES.iter().all(|example| catalogue::find(example.code).is_some()));
}

#[test]
fn messages_are_filled() {
    let catalog = Catalog::embedded().unwrap();
    for example in EXAMPLES {
        for finding in findings(&example.fails, &catalog) {
            for lang in [jixiao::finding::Lang::Zh, jixiao::finding::Lang::En] {
                let message = finding.message(lang);
                assert!(!message.contains('{'), "{}: {message}", finding.rule.code);
            }
        }
    }
}
