//! The summary workbook, read back by the program's own reader.

use super::{fabricated, keep};
use jixiao::app::District;
use jixiao::book::{self, Book, Reader, Sheet, Value};
use jixiao::finding::Lang;
use jixiao::quantity::{CellRef, Decimal};
use jixiao::render::{View, summary};
use jixiao::settings::Limits;
use std::collections::{BTreeMap, BTreeSet};

fn read(name: &str, district: &District) -> Book {
    let bytes = summary(&View::new(district, &district.bulk), None).unwrap();
    keep(name, &bytes);
    assert_eq!(bytes, summary(&View::new(district, &district.bulk), None).unwrap(), "the same bytes every time");
    book::open(&bytes, name, &Limits::default(), Reader::default()).unwrap()
}

fn sheet<'b>(book: &'b Book, name: &str) -> &'b Sheet {
    book.sheets.iter().find(|sheet| &*sheet.name == name).unwrap()
}

fn shown(sheet: &Sheet, row: u32, col: u32) -> String {
    match sheet.get(CellRef::new(row, col)).map(|cell| &cell.value) {
        Some(Value::Text(text)) => text.to_string(),
        Some(Value::Number(number)) => Decimal::from_f64(*number).unwrap().to_string(),
        other => format!("{other:?}"),
    }
}

/// Row by the text in a column.
fn row_of(sheet: &Sheet, col: u32, text: &str) -> u32 {
    let is_it = |value: &Value| matches!(value, Value::Text(t) if &**t == text);
    sheet.cells.iter().find(|cell| cell.at.col == col && is_it(&cell.value)).unwrap().at.row
}

#[test]
fn sheets_stand_in_reading_order() {
    let names = |book: &Book| book.sheets.iter().map(|sheet| sheet.name.to_string()).collect::<Vec<_>>();
    let zh = read("summary.xlsx", &fabricated::district(Lang::Zh));
    let expected = "总览 部门排名 项目得分 指标对比 预算执行 等级分布 自评与重算对比 名次稳定性 报送情况 未采用文件 问题清单 未识别内容 计算说明";
    assert_eq!(names(&zh), expected.split(' ').collect::<Vec<_>>());
    let en = read("summary-en.xlsx", &fabricated::district(Lang::En));
    assert_eq!(en.sheets.len(), zh.sheets.len());
    assert!(names(&en).iter().all(|name| name.is_ascii()));
}

#[test]
fn departments_rank_by_what_their_projects_score() {
    let district = fabricated::district(Lang::Zh);
    let book = read("summary.xlsx", &district);
    let ranking = sheet(&book, "部门排名");
    // by hand: Σ score × budget ÷ Σ budget, half-up to hundredths
    let mut scores: BTreeMap<&str, i128> = BTreeMap::new();
    for department in &district.departments {
        let (mut top, mut bottom) = (0_i128, 0_i128);
        for e in district.evaluations.iter().filter(|e| e.department.as_ref() == Some(&department.department)) {
            if let (Some(score), Some(budget)) = (e.score, e.revised_budget) {
                top += i128::from(score.scaled()) * i128::from(budget.fen());
                bottom += i128::from(budget.fen());
            }
        }
        if bottom > 0 {
            scores.insert(&department.department, (2 * top + 100 * bottom) / (200 * bottom));
        }
    }
    assert_eq!(scores.len(), 22);
    for (name, score) in &scores {
        let row = row_of(ranking, 1, name);
        assert_eq!(shown(ranking, row, 3), Decimal::new(*score, 2).unwrap().to_string(), "{name}");
        let rank = 1 + scores.values().filter(|other| *other > score).count();
        assert_eq!(shown(ranking, row, 0), rank.to_string(), "{name}");
    }
    // who has not handed in stands at the end, without a rank, with the places it could still take
    for name in ["区残疾人联合会", "区科技和工业信息化局"] {
        let row = row_of(ranking, 1, name);
        assert_eq!((shown(ranking, row, 0), shown(ranking, row, 3)), ("—".to_owned(), "…".to_owned()));
        assert_eq!(shown(ranking, row, 16), "可能第1—24名");
        assert!(row >= 5 + 22);
    }
}

#[test]
fn a_tie_shares_its_rank_and_says_what_parts_it() {
    let book = read("summary.xlsx", &fabricated::district(Lang::Zh));
    let (ranking, stability) = (sheet(&book, "部门排名"), sheet(&book, "名次稳定性"));
    let ranks = ["区司法局", "区医疗保障局"].map(|name| shown(ranking, row_of(ranking, 1, name), 0));
    assert_eq!(ranks[0], ranks[1]);
    let row = row_of(stability, 1, "区司法局");
    assert!(shown(stability, row, 12).starts_with("与区医疗保障局并列，不取整则分先后"));
}

#[test]
fn text_from_the_input_is_never_a_formula() {
    let book = read("summary.xlsx", &fabricated::district(Lang::Zh));
    let projects = sheet(&book, "项目得分");
    let cell = projects.get(CellRef::new(row_of(projects, 1, "=政务公开与门户网站"), 1)).unwrap();
    assert!(!cell.computed);
}

#[test]
fn a_value_that_was_not_given_is_a_mark_and_never_zero() {
    let district = fabricated::district(Lang::Zh);
    let book = read("summary.xlsx", &district);
    let projects = sheet(&book, "项目得分");
    let count = |mark: &str, col: u32| {
        projects.cells.iter().filter(|c| c.at.col == col && matches!(&c.value, Value::Text(t) if &**t == mark)).count()
    };
    let unscored = district.evaluations.iter().filter(|e| e.score.is_none()).count();
    let unbudgeted = district.evaluations.iter().filter(|e| e.revised_budget.is_none()).count();
    assert_eq!((count("…", 7), count("…", 9)), (unscored, unbudgeted));
}

#[test]
fn figures_of_the_sentences_stand_in_cells() {
    let book = read("summary.xlsx", &fabricated::district(Lang::Zh));
    // every figure of the workbook as it is shown with two decimals, as such and as percent
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut balances = Vec::new();
    for sheet in &book.sheets {
        for cell in &sheet.cells {
            if let Value::Number(number) = cell.value {
                let value = Decimal::from_f64(number).unwrap();
                known.insert(value.round(2).to_string());
                known.insert(format!("{}%", value.shift(2).unwrap().round(2)));
            }
        }
    }
    let budget = sheet(&book, "预算执行");
    let first = budget
        .cells
        .iter()
        .filter(|c| matches!(&c.value, Value::Text(t) if &**t == "部门"))
        .map(|c| c.at.row)
        .max()
        .unwrap();
    for row in first + 1..row_of(budget, 0, "全区合计") {
        balances.extend(Decimal::parse(&shown(budget, row, 5)));
    }
    balances.sort();
    known.insert(Decimal::sum(balances.iter().rev().take(3).copied()).unwrap().round(2).to_string());
    let overview = sheet(&book, "总览");
    let mut figures = 0;
    for row in 9..14 {
        let sentence = shown(overview, row, 0);
        for word in sentence.split(|c: char| !(c.is_ascii_digit() || ".,%".contains(c))).filter(|w| w.contains('.')) {
            let plain = word.replace(',', "");
            let (number, percent) = plain.strip_suffix('%').map_or((plain.as_str(), ""), |number| (number, "%"));
            let figure = format!("{}{percent}", Decimal::parse(number).unwrap());
            assert!(known.contains(&figure), "{figure} of “{sentence}” stands in no cell");
            figures += 1;
        }
    }
    assert!(figures >= 4, "the sentences have figures");
}

#[test]
fn a_large_district_keeps_every_row() {
    let district = fabricated::fabricate(100, 20, Lang::Zh);
    let book = read("summary-large.xlsx", &district);
    let rows = |name: &str, col: u32| {
        sheet(&book, name).cells.iter().filter(|c| c.at.col == col && matches!(c.value, Value::Number(_))).count()
    };
    let scored = district.evaluations.iter().filter(|e| e.score.is_some()).count();
    assert_eq!(rows("项目得分", 0), scored);
    assert_eq!(rows("问题清单", 0), district.findings.len());
    each_row_stands_once(&district);
}

#[test]
fn many_findings_are_written_row_by_row() {
    let mut district = fabricated::fabricate(2, 2, Lang::Zh);
    let one = district.findings[0].clone();
    district.findings.extend((0..21_000).map(|_| one.clone()));
    let book = read("summary-findings.xlsx", &district);
    let numbers =
        sheet(&book, "问题清单").cells.iter().filter(|c| c.at.col == 0 && matches!(c.value, Value::Number(_)));
    assert_eq!(numbers.count(), district.findings.len());
    each_row_stands_once(&district);
}

/// Rows of long sheets are written as they come: in order, each once, each with its height.
fn each_row_stands_once(district: &District) {
    let mut archive =
        zip::ZipArchive::new(std::io::Cursor::new(summary(&View::new(district, &district.bulk), None).unwrap()))
            .unwrap();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        if !name.starts_with("xl/worksheets/sheet") {
            continue;
        }
        let mut xml = String::new();
        std::io::Read::read_to_string(&mut part, &mut xml).unwrap();
        let rows: Vec<&str> = xml.split("<row r=\"").skip(1).map(|row| row.split_once('>').unwrap().0).collect();
        let numbers: Vec<u32> = rows.iter().map(|row| row.split_once('"').unwrap().0.parse().unwrap()).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b), "{name}");
        assert!(rows.len() < 1_000 || rows.iter().rev().skip(1).all(|row| row.contains(" ht=\"")), "{name}");
    }
}

#[test]
fn nothing_and_little_still_make_a_workbook() {
    for (name, departments) in [("summary-none.xlsx", 0), ("summary-one.xlsx", 1)] {
        let book = read(name, &fabricated::fabricate(departments, departments, Lang::Zh));
        assert_eq!(book.sheets.len(), 13);
    }
}

#[test]
fn each_score_is_derived_on_request_and_ends_where_the_project_stands() {
    for (departments, projects) in [(6, 3), (30, 10)] {
        let district = fabricated::fabricate(departments, projects, Lang::Zh);
        let bytes = summary(&View::new(&district, &district.bulk), Some(&district.bulk)).unwrap();
        let book = book::open(&bytes, "waterfall.xlsx", &Limits::default(), Reader::default()).unwrap();
        let sheets: Vec<&Sheet> = book.sheets.iter().filter(|sheet| sheet.name.starts_with("得分推导-")).collect();
        assert!(sheets.len() <= 200);
        let mut derived: BTreeMap<String, String> = BTreeMap::new();
        for sheet in sheets {
            for cell in sheet.cells.iter().filter(|c| c.at.col == 1) {
                if matches!(&cell.value, Value::Text(t) if t.starts_with("得分合计")) {
                    let total = shown(sheet, cell.at.row, 7);
                    assert_eq!(total, shown(sheet, cell.at.row + 1, 7), "the sum is the published score");
                    // The title of the block: name and, at the right, the evaluation.
                    let title = (0..cell.at.row).rev().find(|row| {
                        sheet.get(CellRef::new(*row, 10)).is_some_and(|c| matches!(&c.value, Value::Text(t) if district.evaluations.iter().any(|e| e.evaluation_id == *t)))
                    });
                    derived.insert(shown(sheet, title.unwrap(), 10), total);
                }
            }
        }
        let known: BTreeMap<String, String> = district
            .evaluations
            .iter()
            .filter(|e| e.counts)
            .map(|e| {
                let score = e.score.map_or_else(|| "…".to_owned(), |s| s.round2().to_string());
                (e.evaluation_id.to_string(), score)
            })
            .collect();
        assert_eq!(derived, known);
    }
}

#[test]
fn what_a_large_district_claims_is_summed_beyond_the_points_of_a_form() {
    let mut district = fabricated::fabricate(60, 30, Lang::Zh);
    let points = |n: i64| jixiao::quantity::Points::from_scaled(n * 10_000).unwrap();
    for counted in &mut district.counted {
        counted.claims.derivable = points(70);
        counted.claims.derived = points(60);
        counted.claims.not_comparable = points(20);
    }
    let book = read("summary-claims.xlsx", &district);
    let claimed = sheet(&book, "自评与重算对比");
    let is_total = |c: &&book::Cell| c.at.col == 0 && matches!(&c.value, Value::Text(t) if &**t == "全区合计");
    let row = claimed.cells.iter().rfind(is_total).unwrap().at.row;
    let count = i64::try_from(district.counted.len()).unwrap();
    assert!(count * 90 > 99_999, "more than points can hold");
    let shown = [1, 2, 3, 4, 5].map(|column| shown(claimed, row, column));
    assert_eq!(shown, [count * 90, count * 70, count * 60, count * -10, count * 20].map(|n| n.to_string()));
}
