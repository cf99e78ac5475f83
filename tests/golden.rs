//! Figures that must come out for 嘉北街道办事处, and the faults that the sample holds on purpose.

use crate::district::{Row, SAMPLE};

/// Open findings of a rule about files whose path ends so.
fn findings(rule: &str, path: &str) -> Vec<Row> {
    let files: Vec<Row> = SAMPLE.table("submissions").into_iter().filter(|row| row["path"].ends_with(path)).collect();
    let is_about = |row: &Row| files.iter().any(|file| row.get("file_id") == file.get("file_id"));
    SAMPLE.table("findings").into_iter().filter(|row| row["rule"] == rule && is_about(row)).collect()
}

fn evaluation() -> Row {
    let evaluations = SAMPLE.table("evaluations");
    let found = evaluations.into_iter().find(|row| row.get("department").is_some_and(|name| name == "嘉北街道办事处"));
    found.expect("the score table of 嘉北街道办事处")
}

fn number(row: &Row, column: &str) -> f64 {
    row.get(column).and_then(|text| text.parse().ok()).unwrap_or(f64::NAN)
}

fn assert_is(row: &Row, column: &str, value: f64) {
    let found = number(row, column);
    assert!((found - value).abs() < 1e-9, "{column}: {found} for {value}");
}

#[test]
fn the_score_table_with_a_page_break_is_read_whole() {
    let row = evaluation();
    assert_eq!(row["form"], "evaluation_score");
    assert_eq!(row["grade"], "优");
    for column in ["weight_total", "weight_total_reported", "score", "score_reported"] {
        assert_is(&row, column, 100.0);
    }
    let indicators = SAMPLE.table("indicators");
    let own: Vec<&Row> = indicators.iter().filter(|one| one["evaluation_id"] == row["evaluation_id"]).collect();
    assert_eq!(own.len(), 17);
    let of = |level1: &str| {
        own.iter().filter(|one| one["level1_name"] == level1).map(|one| number(one, "weight")).sum::<f64>()
    };
    for (level1, weight) in [("决策", 20.0), ("过程", 20.0), ("产出", 30.0), ("效益", 30.0)] {
        assert!((of(level1) - weight).abs() < 1e-9, "{level1}: {}", of(level1));
    }
    let torn = own.iter().find(|one| one["level3"] == "完成及时性").expect("the indicator before the page break");
    assert_is(torn, "weight", 7.0);
}

#[test]
fn its_execution_rate_comes_from_the_budget_table_in_words() {
    let departments = SAMPLE.table("departments");
    let row = departments.iter().find(|row| row["department"] == "嘉北街道办事处").expect("嘉北街道办事处");
    for (column, value) in
        [("execution_rate", 1.0), ("revised_budget", 5_150_000.0), ("outturn", 5_150_000.0), ("score", 100.0)]
    {
        assert_is(row, column, value);
    }
    assert_eq!(row["grade"], "优");
    let lines = SAMPLE.table("budget_lines");
    let own: Vec<&Row> =
        lines.iter().filter(|line| line.get("department").is_some_and(|name| name == "嘉北街道办事处")).collect();
    let amounts: Vec<f64> = own.iter().map(|line| number(line, "outturn")).collect();
    assert_eq!(amounts, [170_050.0, 440_000.0, 4_140_000.0, 270_000.0, 100_000.0, 5_150_000.0]);
}

#[test]
fn sixty_points_for_output_and_benefit_are_enough() {
    assert!(findings("S26", "平安综治经费部门评价评分表.xlsx").is_empty());
}

#[test]
fn full_marks_throughout_are_noted() {
    assert_eq!(findings("S18", "平安综治经费部门评价评分表.xlsx").len(), 1);
}

#[test]
fn the_listed_parts_do_not_make_the_total() {
    let found: Vec<Row> =
        ["S35", "S35-1"].iter().flat_map(|rule| findings(rule, "平安综治经费预算执行情况表.xlsx")).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    let finding = &found[0];
    assert_is(finding, "given", 5_150_000.0);
    assert_is(finding, "expected", 5_120_050.0);
    assert!((number(finding, "difference").abs() - 29_950.0).abs() < 1e-9, "{finding:?}");
}

#[test]
fn an_amount_with_two_readings_and_a_name_that_is_no_account_are_noted() {
    assert_eq!(findings("S28-4", "平安综治经费预算执行情况表.xlsx").len(), 1);
    assert!(!findings("S35-7", "平安综治经费预算执行情况表.xlsx").is_empty());
}

#[test]
fn faults_made_on_purpose_are_found() {
    for (rule, path) in [
        ("S03", "违法建筑拆除自评表.xlsm"),
        ("S06", "妇女两癌检查自评表.xlsb"),
        ("S08", "职业技能提升培训自评表.xls"),
        ("S16-2", "妇女两癌检查自评表.xlsb"),
        ("F01", "平安创建经费自评表.xlsx"),
    ] {
        assert!(!findings(rule, path).is_empty(), "{rule} {path}");
    }
    let missing: Vec<Row> = SAMPLE.table("findings").into_iter().filter(|row| row["rule"] == "D01").collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0]["department"], "秀洲区统计局");
}

#[test]
fn errors_are_found_nowhere_else() {
    let files: Vec<Row> = SAMPLE.table("submissions");
    let path = |row: &Row| {
        let file = files.iter().find(|file| file.get("file_id") == row.get("file_id"));
        file.map_or_else(String::new, |file| file["path"].clone())
    };
    let meant = ["违法建筑拆除", "妇女两癌检查", "职业技能提升培训", "平安创建经费", "平安综治经费预算"];
    for row in SAMPLE.table("findings").iter().filter(|row| row["severity"] == "error") {
        assert!(meant.iter().any(|name| path(row).contains(name)), "{}: {row:?}", path(row));
    }
}

#[test]
fn it_raises_what_an_auditor_would_and_nothing_else() {
    let table = SAMPLE.table("findings");
    let own = table.iter().filter(|row| row.get("department").is_some_and(|name| name == "嘉北街道办事处"));
    let mut raised: Vec<(&str, &str)> = own
        .filter(|row| row["severity"] != "info" || ["S31-1", "S35-7"].contains(&row["rule"].as_str()))
        .map(|row| (row["rule"].as_str(), row["severity"].as_str()))
        .collect();
    raised.sort_unstable();
    let known = [
        ("S16-3", "warning"), // no targets and actuals: scores cannot be recomputed
        ("S18", "warning"),   // full marks throughout
        ("S25-1", "warning"), // 秀洲区 on one form, 嘉兴经济技术开发区 on the other
        ("S28-4", "warning"), // 17万50元
        ("S31-1", "info"),    // no grade is written; it would be 优
        ("S35", "error"),     // 512.005 万元 listed, 515 万元 in all, and no 等 among the lines
        ("S35-7", "info"),    // 其他商品服务支出
    ];
    assert_eq!(raised, known);
}
