//! Forms drawn as text, as offices of many places draw them, and what must be read from each; then the same forms
//! damaged in ways that must not matter.
//!
//! A file of `tests/layouts/` holds sheets (`@sheet NAME`, drawn as `Sheet::drawn` reads them) and what is expected
//! (`@expect`): one `form KIND` for each form in order, below it the facts. A fact that is not named must be absent, but
//! for `weight`, `score` and `level1`, which are compared where they are named.

use jixiao::book::{Book, Cell, Format, Sheet, Value};
use jixiao::finding::Lang;
use jixiao::form::{Claim, Field, Form, Source};
use jixiao::normal::extract;
use jixiao::quantity::{Area, CellRef, Decimal, Entry, Points};
use jixiao::read::{Catalog, Reading, read_book};
use jixiao::rule::{check_file, check_form};
use jixiao::settings::Settings;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

type Facts = BTreeMap<String, String>;

struct Case {
    name: String,
    sheets: Vec<(String, String)>,
    expected: Vec<Facts>,
}

fn cases() -> Vec<Case> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layouts");
    let mut paths: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| parse(path.file_stem().unwrap().to_str().unwrap(), &fs::read_to_string(path).unwrap()))
        .collect()
}

fn parse(name: &str, text: &str) -> Case {
    let mut case = Case { name: name.to_owned(), sheets: Vec::new(), expected: Vec::new() };
    let mut expecting = false;
    for line in text.lines() {
        if line.starts_with("//") {
        } else if let Some(sheet) = line.strip_prefix("@sheet") {
            case.sheets.push((sheet.trim().to_owned(), String::new()));
            expecting = false;
        } else if line.starts_with("@expect") {
            expecting = true;
        } else if expecting {
            if line.trim() == "none 0" {
                continue;
            }
            let Some((key, value)) = line.trim().split_once(' ') else { continue };
            if key == "form" {
                case.expected.push(Facts::new());
            }
            let facts = case.expected.last_mut().expect("a fact before its form");
            let key = if key == "level1" {
                let (level, sums) = value.split_once(' ').unwrap();
                facts.insert(format!("level1 {level}"), sums.to_owned());
                continue;
            } else {
                key.to_owned()
            };
            facts.insert(key, value.trim().to_owned());
        } else if let Some((_, drawing)) = case.sheets.last_mut() {
            drawing.push_str(line);
            drawing.push('\n');
        }
    }
    case
}

fn book(case: &Case) -> Book {
    let sheets = case.sheets.iter().map(|(name, drawing)| Sheet::drawn(name, drawing)).collect();
    Book { format: Format::Xlsx, sheets, notes: Vec::new(), repaired: false }
}

fn facts(form: &Form) -> Facts {
    let mut out = Facts::new();
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            out.insert(key.to_owned(), value);
        }
    };
    put("form", Some(form.kind.code().to_owned()));
    put("project", form.head.project.as_ref().and_then(|f| f.value().map(|n| n.name.to_string())));
    put("department", form.head.department.as_ref().and_then(|f| f.value().map(|n| n.name.to_string())));
    put("unit", form.head.unit.as_ref().and_then(|f| f.value().map(|n| n.name.to_string())));
    put("year", form.head.year.as_ref().and_then(|f| f.value().map(ToString::to_string)));
    if form.kind.is_evaluation() {
        let total = form.funding.iter().find(|r| r.source == Source::Total);
        let money = |f: &Option<Field<jixiao::quantity::Amount>>| {
            f.as_ref().and_then(|f| f.value().map(|a| a.money.to_string()))
        };
        put("original", total.and_then(|r| money(&r.original_budget)));
        put("revised", total.and_then(|r| money(&r.revised_budget)));
        put("outturn", total.and_then(|r| money(&r.outturn)));
        put("sources", Some(form.funding.len().to_string()).filter(|n| n != "0"));
        let named = form.indicators.iter().filter(|i| !i.execution_line).count();
        put("indicators", Some(named.to_string()).filter(|n| n != "0"));
        put(
            "execution",
            form.indicators.iter().find(|i| i.execution_line).map(|i| pair(i.weight.as_ref(), i.score.as_ref())),
        );
        put("targets", Some(count(form, |i| i.target.as_ref().is_some_and(given))).filter(|n| n != "0"));
        put("actuals", Some(count(form, |i| i.actual.as_ref().is_some_and(given))).filter(|n| n != "0"));
        put("weight", form.totals.weight.as_ref().and_then(|f| f.value().map(ToString::to_string)));
        put("score", form.totals.score.as_ref().and_then(|f| f.value().map(ToString::to_string)));
        put("review", form.totals.review_score.as_ref().and_then(|f| f.value().map(ToString::to_string)));
        for row in form.indicators.iter().filter(|i| !i.execution_line) {
            let Some(level) = &row.level1 else { continue };
            let same: Vec<_> =
                form.indicators.iter().filter(|i| i.level1.as_ref().is_some_and(|l| l.text == level.text)).collect();
            let sum = |of: fn(&jixiao::form::Indicator) -> Option<&Field<Points>>| {
                let values: Vec<Decimal> =
                    same.iter().filter_map(|i| of(i).and_then(|f| f.value().map(|p| p.decimal()))).collect();
                if values.is_empty() { "-".to_owned() } else { Decimal::sum(values).unwrap().to_string() }
            };
            put(
                &format!("level1 {}", level.name),
                Some(format!("{} {}", sum(|i| i.weight.as_ref()), sum(|i| i.score.as_ref()))),
            );
        }
    } else {
        put("lines", Some(form.lines.len().to_string()));
        put("figures", Some(form.figures.len().to_string()));
        let total = form.lines.iter().rev().find(|l| l.is_total);
        let money = |f: &Option<Field<jixiao::quantity::Amount>>| {
            f.as_ref().and_then(|f| f.value().map(|a| a.money.to_string()))
        };
        put("original", total.and_then(|l| money(&l.original_budget)));
        put("revised", total.and_then(|l| money(&l.revised_budget)));
        put("outturn", total.and_then(|l| money(&l.outturn)));
    }
    put("unclaimed", Some(form.unclaimed.len().to_string()).filter(|n| n != "0"));
    out
}

fn given<T>(field: &Field<T>) -> bool {
    !matches!(field.entry, Entry::Blank | Entry::NotApplicable)
}

fn count(form: &Form, of: impl Fn(&jixiao::form::Indicator) -> bool) -> String {
    form.indicators.iter().filter(|i| of(i)).count().to_string()
}

fn pair(weight: Option<&Field<Points>>, score: Option<&Field<Points>>) -> String {
    let one = |f: Option<&Field<Points>>| {
        f.and_then(|f| f.value().map(ToString::to_string)).unwrap_or_else(|| "-".to_owned())
    };
    format!("{} {}", one(weight), one(score))
}

const OPTIONAL: &[&str] = &[
    "weight",
    "score",
    "review",
    "level1",
    "sources",
    "targets",
    "actuals",
    "lines",
    "figures",
    "unclaimed",
    "execution",
];

/// What differs between the facts read and those expected, as text.
fn differences(expected: &[Facts], read: &[Facts], ignore: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    if expected.len() != read.len() {
        let kinds: Vec<&str> = read.iter().filter_map(|f| f.get("form").map(String::as_str)).collect();
        out.push(format!("{} forms expected, read: {kinds:?}", expected.len()));
    }
    for (n, (want, got)) in expected.iter().zip(read).enumerate() {
        for key in want.keys().chain(got.keys()).collect::<std::collections::BTreeSet<_>>() {
            let group = key.split(' ').next().unwrap_or_default();
            if ignore.contains(&group) || !want.contains_key(key) && OPTIONAL.contains(&group) {
                continue;
            }
            let kinds =
                want.get(key).is_some_and(|w| w.split('/').any(|k| Some(k) == got.get(key).map(String::as_str)));
            if want.get(key) != got.get(key) && !kinds {
                out.push(format!("form {}: {key}: expected {:?}, read {:?}", n + 1, want.get(key), got.get(key)));
            }
        }
    }
    out
}

#[test]
fn every_layout_is_read() {
    let catalog = Catalog::embedded().unwrap();
    let mut wrong = Vec::new();
    let (mut right, mut all) = (0, 0);
    for case in cases() {
        let read: Vec<Facts> = read_book(&book(&case), &catalog).forms.iter().map(facts).collect();
        let differs = differences(&case.expected, &read, &[]);
        let asked: usize = case.expected.iter().map(BTreeMap::len).sum();
        all += asked;
        right += asked.saturating_sub(differs.len());
        wrong.extend(differs.iter().map(|d| format!("{}: {d}", case.name)));
    }
    assert!(wrong.is_empty(), "{right} of {all} facts\n{}", wrong.join("\n"));
}

// --- damage that must not matter ---

/// A copy of a sheet with every place moved.
fn moved(sheet: &Sheet, to: impl Fn(CellRef) -> CellRef) -> Sheet {
    let mut out = sheet.clone();
    for cell in &mut out.cells {
        cell.at = to(cell.at);
    }
    for merge in &mut out.merges {
        *merge = Area::new(to(merge.first), to(merge.last));
    }
    out.cells.sort_by_key(|c| c.at);
    out
}

fn shifted(sheet: &Sheet) -> Sheet {
    moved(sheet, |at| CellRef::new(at.row + 3, at.col + 2))
}

/// A blank row behind every fourth one.
fn blank_rows(sheet: &Sheet) -> Sheet {
    moved(sheet, |at| CellRef::new(at.row + at.row / 4, at.col))
}

/// A blank column behind the second one.
fn blank_column(sheet: &Sheet) -> Sheet {
    moved(sheet, |at| CellRef::new(at.row, if at.col > 1 { at.col + 1 } else { at.col }))
}

/// No merges, values in the first cell.
fn unmerged(sheet: &Sheet) -> Sheet {
    Sheet { merges: Vec::new(), ..sheet.clone() }
}

/// No merges, the value in each cell of a row that a merge covered.
fn repeated(sheet: &Sheet) -> Sheet {
    let mut out = unmerged(sheet);
    for merge in &sheet.merges {
        let Some(first) = sheet.get(merge.first) else { continue };
        for row in merge.first.row..=merge.last.row {
            for col in merge.first.col..=merge.last.col {
                if CellRef::new(row, col) != merge.first {
                    out.cells.push(Cell { at: CellRef::new(row, col), ..first.clone() });
                }
            }
        }
    }
    out.cells.sort_by_key(|c| c.at);
    out
}

fn texts(sheet: &Sheet, change: impl Fn(&str) -> String) -> Sheet {
    let mut out = sheet.clone();
    for cell in &mut out.cells {
        if let Value::Text(text) = &cell.value {
            cell.value = Value::Text(change(text).as_str().into());
        }
    }
    out
}

/// Full width throughout.
fn full_width(sheet: &Sheet) -> Sheet {
    texts(sheet, |text| {
        text.chars()
            .map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c })
            .collect()
    })
}

/// Blanks and line breaks inside short words.
fn spaced(sheet: &Sheet) -> Sheet {
    texts(sheet, |text| {
        let n = text.chars().count();
        if (2..=6).contains(&n) && text.chars().all(|c| !c.is_ascii()) {
            text.chars().enumerate().map(|(i, c)| if i % 2 == 1 { format!("{c}\n") } else { format!("{c} ") }).collect()
        } else {
            text.to_owned()
        }
    })
}

/// Numbers as text.
fn numbers_as_text(sheet: &Sheet) -> Sheet {
    let mut out = sheet.clone();
    for cell in &mut out.cells {
        if let Value::Number(n) = cell.value {
            cell.value = Value::Text(format!("{n}").as_str().into());
        }
    }
    out
}

/// Other names for the same things.
fn synonyms(sheet: &Sheet) -> Sheet {
    const OTHER: &[(&str, &str)] = &[
        ("三级指标", "三级指标名称"),
        ("实际完成值", "全年实际完成值"),
        ("全年执行数", "实际支出数"),
        ("全年预算数", "调整后预算数"),
        ("得分", "自评得分"),
        ("分值", "标准分"),
        ("主管部门", "项目主管部门"),
        ("年度资金总额", "资金总额"),
        ("总分", "合计"),
        ("偏差原因分析及改进措施", "未完成原因分析"),
        ("年度指标值", "目标值"),
    ];
    texts(sheet, |text| {
        OTHER.iter().find(|(word, _)| *word == text).map_or_else(|| text.to_owned(), |(_, other)| (*other).to_owned())
    })
}

/// One wrong character in the main labels.
fn misspelt(sheet: &Sheet) -> Sheet {
    const WRONG: &[(&str, &str)] = &[
        ("项目名称", "项目名祢"),
        ("主管部门", "主管部间"),
        ("实施单位", "实施单拉"),
        ("三级指标", "三级指际"),
        ("全年预算数", "全年预箅数"),
        ("全年执行数", "全年执行敷"),
        ("年度指标值", "年度指标值"),
        ("实际完成值", "实际完咸值"),
        ("年度资金总额", "年度资金总颔"),
    ];
    texts(sheet, |text| {
        WRONG.iter().find(|(word, _)| *word == text).map_or_else(|| text.to_owned(), |(_, other)| (*other).to_owned())
    })
}

fn damaged(name: &str, damage: impl Fn(&Sheet) -> Sheet, ignore: &[&str], skip: &[&str]) {
    let catalog = Catalog::embedded().unwrap();
    let mut wrong = Vec::new();
    for case in cases().iter().filter(|c| !skip.contains(&c.name.as_str())) {
        let mut whole = book(case);
        whole.sheets = whole.sheets.iter().map(&damage).collect();
        let read: Vec<Facts> = read_book(&whole, &catalog).forms.iter().map(facts).collect();
        wrong.extend(differences(&case.expected, &read, ignore).iter().map(|d| format!("{}: {d}", case.name)));
    }
    assert!(wrong.is_empty(), "{name}\n{}", wrong.join("\n"));
}

#[test]
fn a_form_may_stand_anywhere() {
    damaged("shifted", shifted, &[], &[]);
    damaged("blank column", blank_column, &[], &[]);
}

#[test]
fn blank_rows_do_not_matter() {
    damaged("blank rows", blank_rows, &[], &[]);
}

#[test]
fn merges_are_a_hint_only() {
    // 评价内容 | 评价指标 without a merge: nothing but the merge tells the first name column from a third level
    damaged("unmerged", unmerged, &[], &["two_name_columns"]);
}

#[test]
fn merged_values_may_be_repeated() {
    damaged("repeated", repeated, &[], &["two_name_columns"]);
}

#[test]
fn width_and_blanks_do_not_matter() {
    damaged("full width", full_width, &["project", "department", "unit", "level1"], &[]);
    damaged("spaced", spaced, &["project", "department", "unit"], &[]);
    damaged("numbers as text", numbers_as_text, &[], &[]);
}

#[test]
fn other_words_mean_the_same() {
    damaged("synonyms", synonyms, &[], &[]);
    damaged("misspelt", misspelt, &[], &[]);
}

/// Forms below each other on one sheet are read as if each stood alone.
#[test]
fn forms_may_be_stacked() {
    let catalog = Catalog::embedded().unwrap();
    // of a page whose head is lost nothing says where it begins; budget tables may share what they name
    let alone = |c: &Case| c.name == "continued_page" || c.expected.iter().any(|f| f.contains_key("lines"));
    let single: Vec<Case> =
        cases().into_iter().filter(|c| c.sheets.len() == 1 && c.expected.len() == 1 && !alone(c)).collect();
    let mut wrong = Vec::new();
    for pair in single.windows(2) {
        for gap in [0, 1] {
            let [upper, lower] = pair else { continue };
            let (first, second) = (book(upper).sheets.remove(0), book(lower).sheets.remove(0));
            let below = first.cells.iter().map(|c| c.at.row).max().unwrap_or(0) + 1 + gap;
            let second = moved(&second, |at| CellRef::new(at.row + below, at.col));
            let mut sheet = first;
            sheet.cells.extend(second.cells);
            sheet.merges.extend(second.merges);
            sheet.name = "汇总".into();
            let whole = Book { format: Format::Xlsx, sheets: vec![sheet], notes: Vec::new(), repaired: false };
            let read: Vec<Facts> = read_book(&whole, &catalog).forms.iter().map(facts).collect();
            let expected: Vec<Facts> = upper.expected.iter().chain(&lower.expected).cloned().collect();
            let names = format!("{} over {} ({gap} blank)", upper.name, lower.name);
            wrong.extend(differences(&expected, &read, &["year"]).iter().map(|d| format!("{names}: {d}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What each stage makes of a drawn workbook: the fields that are read, the figures that are computed, the findings.
fn stages(case: &Case, catalog: &Catalog) -> String {
    let settings = Settings::default();
    let book = book(case);
    let Reading { forms, findings, .. } = read_book(&book, catalog);
    let mut out = String::new();
    for form in &forms {
        let _ = writeln!(out, "form {} {} {}!{}", form.n, form.definition, form.sheet_name, form.range);
        for Claim { field, cell, given, value } in form.claims() {
            let _ = writeln!(out, "  {cell} {field} {given:?} = {}", value.as_deref().unwrap_or("∅"));
        }
        let unclaimed: Vec<String> = form.unclaimed.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "  unclaimed {}", unclaimed.join(" "));
    }
    for draft in &extract(&forms, &settings).0 {
        let _ = writeln!(out, "computed {:?}", draft.evaluated);
    }
    let sheet = |form: &Form| usize::try_from(form.sheet).ok().and_then(|at| book.sheets.get(at));
    let of_forms = forms.iter().filter_map(|form| Some(check_form(form, sheet(form)?, &settings))).flatten();
    for finding in findings.into_iter().chain(of_forms).chain(check_file(&forms, &book, &settings)) {
        let cell = finding.cells.first().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(out, "{} {} {cell} {}", finding.level.code(), finding.rule.code, finding.message(Lang::Zh));
    }
    out
}

#[test]
fn each_stage_makes_of_each_drawing_what_it_made_before() {
    let catalog = Catalog::embedded().unwrap();
    for case in cases() {
        insta::assert_snapshot!(case.name.as_str(), stages(&case, &catalog));
    }
}

/// Classification, code and name of the lines of the first form drawn, and how many figures it has.
fn lines(drawing: &str) -> (Vec<String>, usize) {
    let case =
        Case { name: String::new(), sheets: vec![("支出".to_owned(), drawing.to_owned())], expected: Vec::new() };
    let forms = read_book(&book(&case), &Catalog::embedded().unwrap()).forms;
    let shown = forms[0]
        .lines
        .iter()
        .map(|line| format!("{} {} {}", line.classification.code(), line.code.as_deref().unwrap_or("-"), line.name));
    (shown.collect(), forms[0].figures.len())
}

#[test]
fn functional_and_economic_subjects_side_by_side_are_two() {
    let (lines, figures) = lines(
        "
        2024年支出明细表 | < | < | < | < | <
        功能分类 | 科目名称 | 经济分类 | 经济科目名称 | 预算数 | 执行数
        合计    |          |       |        | 300 | 280
        2010101 | 行政运行 | 30101 | 基本工资 | 120 | 120
        2010101 | 行政运行 | 30201 | 办公费   | 80  | 60
        2010102 | 一般行政管理事务 | |        | 100 | 100
        ",
    );
    let known =
        ["economic - 合计", "economic 30101 基本工资", "economic 30201 办公费", "functional 2010102 一般行政管理事务"];
    assert_eq!(lines, known);
    assert_eq!(figures, 8);
}

#[test]
fn projects_are_not_named_by_who_has_them_nor_by_what_their_money_is_called() {
    let (lines, figures) = lines(
        "
        2024年项目支出预算表 | < | < | < | < | <
        单位名称 | 项目名称   | 科目编码 | 科目名称     | 金额 | 其中：财政拨款
        合计    |            |         |             | 300  | 250
        民政局  | 养老服务补贴 | 2081002 | 老年福利     | 100  | 80
        民政局  | 临时救助    | 2082001 | 临时救助支出 | 200  | 170
        ",
    );
    assert_eq!(lines, ["functional - 合计", "project - 养老服务补贴", "project - 临时救助"]);
    assert_eq!(figures, 6);
}
