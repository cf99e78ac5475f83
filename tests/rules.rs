//! Every rule has an example that passes and one that fails, and both do.

use jixiao::book::Book;
use jixiao::finding::catalogue::example::{Case, EXAMPLES, Example};
use jixiao::finding::{Finding, catalogue};
use jixiao::quantity::CellRef;
use jixiao::read::{Catalog, read_book};
use jixiao::rule::{Seen, Witness, check_district, check_file, check_form, example::books, witness};
use jixiao::settings::Settings;

use crate::district::jixiao;

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
            let written = witness.department.as_ref().map(|(_, name)| &*name.name);
            let department =
                written.map(|name| if name.ends_with("嘉北街道办事处") { "嘉北街道办事处" } else { name });
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

#[test]
fn the_reference_has_every_rule_and_the_examples_that_are_executed() {
    for lang in ["zh", "en"] {
        let out = jixiao(&["rules", "--format", "markdown", "--lang", lang]);
        assert!(out.status.success());
        let text = String::from_utf8(out.stdout).unwrap();
        assert!(!text.contains('\u{1b}'), "no colours");
        for rule in catalogue::all() {
            let words = |words: jixiao::finding::Words| if lang == "zh" { words.zh } else { words.en };
            let head = format!("## {} {}\n", rule.code, words(rule.name));
            let own = text.split(&head).nth(1).unwrap_or_else(|| panic!("{} is missing", rule.code));
            let own = own.split("\n## ").next().unwrap();
            for part in [rule.why, rule.how, rule.message, rule.advice] {
                assert!(own.contains(words(part)), "{}: {}", rule.code, words(part));
            }
            assert_eq!(own.matches("```text").count(), 2 * EXAMPLES.iter().filter(|e| e.code == rule.code).count());
        }
    }
    let out = jixiao(&["rules", "--format", "json"]);
    let lines = String::from_utf8(out.stdout).unwrap();
    let codes: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["code"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(codes, catalogue::all().map(|rule| rule.code.to_owned()).collect::<Vec<_>>());
}

/// A value that a schema allows.
fn allowed(schema: &serde_json::Value) -> toml::Value {
    if let Some(first) = schema["enum"].as_array().and_then(|all| all.first()) {
        return first.as_str().unwrap().into();
    }
    if schema["anyOf"].is_array() {
        return toml::Value::Float(0.5);
    }
    match schema["type"].as_str().unwrap() {
        "string" => "2021-12-31".into(),
        "boolean" => true.into(),
        "integer" => toml::Value::Integer(2021),
        "array" => toml::Value::Array(Vec::new()),
        "object" => toml::Value::Table(toml::Table::new()),
        other => panic!("{other}"),
    }
}

#[test]
fn the_schema_knows_the_keys_that_are_read_and_no_others() {
    let out = jixiao(&["rules", "--schema"]);
    assert!(out.status.success());
    let schema: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jixiao.toml");
    let read = |text: &str| {
        std::fs::write(&path, text).unwrap();
        jixiao::settings::resolve(Some(&path), jixiao::settings::Overrides::default()).map_err(|e| e.to_string())
    };
    let mut keys = 0;
    for (section, own) in schema["properties"].as_object().unwrap() {
        assert!(own["description"].as_str().is_some_and(|text| !text.is_empty()), "{section}");
        for (key, value) in own["properties"].as_object().into_iter().flatten() {
            let mut table = toml::Table::new();
            table.insert(key.clone(), allowed(value));
            let mut file = toml::Table::new();
            file.insert(section.clone(), toml::Value::Table(table));
            if let Err(words) = read(&file.to_string()) {
                // A value may make no sense beside others; a key that is not known may not be.
                assert!(!words.contains("unknown field"), "{section}.{key}: {words}");
            }
            keys += 1;
        }
    }
    assert!(keys > 40, "{keys}");
    assert!(read("[rules]\nof = []").unwrap_err().contains("unknown field"));
    let sample: toml::Table = std::fs::read_to_string("input/jixiao.toml").unwrap().parse().unwrap();
    for (section, own) in &sample {
        for key in own.as_table().into_iter().flat_map(|own| own.keys()) {
            assert!(schema["properties"][section]["properties"][key].is_object(), "{section}.{key}");
        }
    }
}

#[test]
fn a_rule_can_be_another_one_in_some_years_and_forms() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jixiao.toml");
    std::fs::write(
        &path,
        "[rules]\noff = [\"S27\"]\nlevel = { S11 = \"warning\" }\n\
         [[rules.when]]\nyears = [2021, 2022]\nforms = [\"monitoring\"]\noff = [\"S11\"]\nthresholds = { low-execution = 0.5 }\n\
         [[rules.when]]\nyears = [2022]\nlevel = { S27 = \"error\" }\nthresholds = { low_execution = 0.6 }\n",
    )
    .unwrap();
    let settings = jixiao::settings::resolve(Some(&path), jixiao::settings::Overrides::default()).unwrap();
    let of = |code, form, year| settings.rules.of(code, Some(form), Some(year));
    let (warning, error) = (Some(jixiao::finding::Level::Warning), Some(jixiao::finding::Level::Error));
    assert_eq!(of("S11", "monitoring", 2021), (true, warning));
    assert_eq!(of("S11", "monitoring", 2020), (false, warning));
    assert_eq!(of("S11", "project_self_eval", 2021), (false, warning));
    assert_eq!(of("S27", "project_self_eval", 2021), (true, None));
    assert_eq!(of("S27", "project_self_eval", 2022), (false, error), "switched on again");
    let limit = |form, year| settings.thresholds_for(form, Some(year)).low_execution.to_string();
    assert_eq!(limit("monitoring", 2021), "0.5");
    assert_eq!(limit("monitoring", 2022), "0.6", "the later one has the last word");
    assert_eq!(limit("monitoring", 2020), "0.9");
    assert_eq!(limit("dept_self_eval", 2021), "0.9");
}
