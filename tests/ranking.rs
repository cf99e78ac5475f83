//! Every number on the department ranking, recomputed from what is known of the sample.
//!
//! The truth comes from the generator's model in whole numbers; no code of the program takes part in it.

use crate::district::{Row, SAMPLE, rows};
use jixiao::book::{self, Reader, Value};
use jixiao::quantity::{CellRef, Decimal};
use jixiao::settings::Limits;
use std::collections::BTreeMap;

fn truth(name: &str) -> Vec<Row> {
    rows(&std::fs::read_to_string(format!("{}/tests/truth/{name}.csv", env!("CARGO_MANIFEST_DIR"))).unwrap())
}

fn number(text: &str) -> Decimal {
    Decimal::parse(text).unwrap_or_else(|| panic!("{text} is no number"))
}

/// Both absent, or equal after rounding the program's value half-up to the truth's places.
fn assert_number(what: &str, truth: Option<&String>, found: Option<&String>, places: u8) {
    match (truth, found) {
        (None, None) => {}
        (Some(truth), Some(found)) => {
            assert_eq!(number(found).round(places), number(truth).round(places), "{what}: {found} for {truth}");
        }
        (truth, found) => panic!("{what}: {found:?} for {truth:?}"),
    }
}

#[test]
fn departments_are_those_of_the_truth() {
    let truth = truth("departments");
    let found: BTreeMap<String, Row> =
        SAMPLE.table("departments").into_iter().map(|row| (row["department"].clone(), row)).collect();
    assert_eq!(found.len(), truth.len(), "departments: {:?}", found.keys());
    for row in &truth {
        let name = &row["department"];
        let one = found.get(name).unwrap_or_else(|| panic!("{name} is missing"));
        for column in
            ["department_code", "category", "expected", "submitted", "projects", "grade", "rank", "rank_in_category"]
        {
            assert_eq!(one.get(column), row.get(column), "{name}: {column}");
        }
        for column in ["original_budget", "revised_budget", "outturn"] {
            assert_number(&format!("{name}: {column}"), row.get(column), one.get(column), 2);
        }
        assert_number(&format!("{name}: rate"), row.get("execution_rate"), one.get("execution_rate"), 6);
        for column in ["mean_score", "weighted_score"] {
            assert_number(&format!("{name}: {column}"), row.get(column), one.get(column), 4);
        }
        assert_number(&format!("{name}: score"), row.get("weighted_score"), one.get("score"), 4);
    }
}

#[test]
fn evaluations_that_count_are_those_of_the_truth() {
    let files: BTreeMap<String, Row> =
        SAMPLE.table("submissions").into_iter().map(|row| (row["file_id"].clone(), row)).collect();
    let counting: Vec<Row> = SAMPLE.table("evaluations").into_iter().filter(|row| row["counts"] == "true").collect();
    let truth = truth("evaluations");
    for row in &truth {
        let what = format!("{} {}", row["file"], row.get("project").map_or("", String::as_str));
        let found = counting.iter().find(|one| {
            let file = &files[&one["file_id"]];
            file["path"] == row["file"]
                && file.get("member") == row.get("member")
                && one.get("project") == row.get("project")
        });
        let found = found.unwrap_or_else(|| panic!("{what}: does not count"));
        assert_eq!(found["form"], row["form"], "{what}");
        assert_eq!(found.get("department"), row.get("department"), "{what}");
        assert_eq!(found.get("year").map(String::as_str), Some("2021"), "{what}");
        assert_number(&what, row.get("score"), found.get("score"), 2);
        // A score table has no budget of its own; its department's figures show what was taken.
        if row["form"] != "evaluation_score" {
            for column in ["original_budget", "revised_budget", "outturn"] {
                assert_number(&format!("{what}: {column}"), row.get(column), found.get(column), 2);
            }
            assert_number(&what, row.get("execution_rate"), found.get("execution_rate"), 6);
        }
    }
    assert_eq!(counting.len(), truth.len(), "more evaluations count than there are");
}

#[test]
fn each_file_has_the_status_of_the_truth() {
    let found: Vec<Row> = SAMPLE.table("submissions");
    let truth = truth("submissions");
    for row in &truth {
        let what = format!("{} {}", row["path"], row.get("member").map_or("", String::as_str));
        let one = found.iter().find(|one| one["path"] == row["path"] && one.get("member") == row.get("member"));
        let one = one.unwrap_or_else(|| panic!("{what}: no row"));
        assert_eq!((one.get("status"), one.get("reason")), (row.get("status"), row.get("reason")), "{what}");
    }
    assert_eq!(found.len(), truth.len());
}

#[test]
fn ties_share_a_rank_and_the_next_is_skipped() {
    let rankings = SAMPLE.table("rankings");
    let rank = |subject: &str| {
        let row = rankings.iter().find(|row| {
            row["scope"] == "district"
                && row["subject_kind"] == "department"
                && row["metric"] == "score"
                && row["subject"] == subject
        });
        row.map(|row| (row["rank"].clone(), row["rank_dense"].clone()))
    };
    let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
    assert_eq!(rank("洪合镇人民政府"), pair("10", "10"));
    assert_eq!(rank("秀洲区机关事务服务中心"), pair("10", "10"));
    assert_eq!(rank("秀洲区教育局"), pair("12", "11"));
    assert_eq!(rank("秀洲区统计局"), None);
}

#[test]
fn the_ranking_sheet_shows_the_same_numbers() {
    let bytes = std::fs::read(SAMPLE.path("summary.xlsx")).unwrap();
    let book = book::open(&bytes, "summary.xlsx", &Limits::default(), Reader::Auto).unwrap();
    let sheet = book.sheets.iter().find(|sheet| &*sheet.name == "部门排名").expect("部门排名");
    let text = |at: CellRef| match sheet.get(at).map(|cell| &cell.value) {
        Some(Value::Text(text)) => text.to_string(),
        _ => String::new(),
    };
    for row in truth("departments").iter().filter(|row| row.contains_key("rank")) {
        let name = &row["department"];
        let at = sheet.cells.iter().map(|cell| cell.at).find(|&at| text(at) == *name);
        let at = at.unwrap_or_else(|| panic!("{name} is not on 部门排名"));
        let numbers: Vec<Decimal> = sheet
            .cells
            .iter()
            .filter(|cell| cell.at.row == at.row)
            .filter_map(|cell| match &cell.value {
                Value::Number(value) => Decimal::from_f64(*value),
                _ => None,
            })
            .collect();
        let score = number(&row["weighted_score"]).round(2);
        assert!(numbers.iter().any(|n| n.round(2) == score), "{name}: {score} is not among {numbers:?}");
        let rate = number(&row["execution_rate"]).round(4);
        assert!(numbers.iter().any(|n| n.round(4) == rate), "{name}: {rate} is not among {numbers:?}");
        let rank = number(&row["rank"]);
        assert!(numbers.contains(&rank), "{name}: rank {rank} is not among {numbers:?}");
        let outturn = number(&row["outturn"]);
        let shown = [Some(outturn), outturn.shift(-4)];
        assert!(numbers.iter().any(|n| shown.contains(&Some(*n))), "{name}: {outturn} is not among {numbers:?}");
    }
}
