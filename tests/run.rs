//! `jixiao run` from the outside: small districts built in code, the program started, its output read.

use assert_cmd::Command;
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A project self-evaluation of the national layout.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Project {
    pub(crate) department: &'static str,
    pub(crate) name: &'static str,
    pub(crate) year: u16,
    /// 年初预算数, 全年预算数, 全年执行数 in 万元; a negative one is left blank.
    pub(crate) money: [f64; 3],
    /// Scores of execution, output, benefit, satisfaction; a negative one is left blank.
    pub(crate) scores: [f64; 4],
}

const GOOD: Project = Project {
    department: "民政局",
    name: "养老服务",
    year: 2021,
    money: [80.0, 100.0, 90.0],
    scores: [9.0, 50.0, 30.0, 10.0],
};

enum Put {
    Text(&'static str),
    Owned(String),
    Number(f64),
}

impl Project {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        use Put::{Number, Owned, Text};
        let mut cells = vec![
            ("A1", Text("项目支出绩效自评表")),
            ("A2", Owned(format!("（{}年度）", self.year))),
            ("A4", Text("项目名称")),
            ("C4", Text(self.name)),
            ("A5", Text("主管部门")),
            ("C5", Text(self.department)),
            ("F5", Text("实施单位")),
            ("G5", Text(self.department)),
            ("A6", Text("项目资金（万元）")),
            ("E6", Text("年初预算数")),
            ("F6", Text("全年预算数")),
            ("G6", Text("全年执行数")),
            ("H6", Text("分值")),
            ("I6", Text("执行率")),
            ("J6", Text("得分")),
            ("C7", Text("年度资金总额")),
            ("H7", Number(10.0)),
            ("C8", Text("其中：当年财政拨款")),
            ("C9", Text("上年结转资金")),
            ("C10", Text("其他资金")),
            ("A11", Text("年度总体目标")),
            ("B11", Text("预期目标")),
            ("G11", Text("实际完成情况")),
            ("A13", Text("绩效指标")),
            ("B13", Text("一级指标")),
            ("C13", Text("二级指标")),
            ("D13", Text("三级指标")),
            ("F13", Text("年度指标值")),
            ("G13", Text("实际完成值")),
            ("H13", Text("分值")),
            ("I13", Text("得分")),
            ("J13", Text("偏差原因分析及改进措施")),
            ("B14", Text("产出指标")),
            ("C14", Text("数量指标")),
            ("D14", Text("服务人数")),
            ("F14", Text("≥500人")),
            ("G14", Text("520人")),
            ("H14", Number(50.0)),
            ("B15", Text("效益指标")),
            ("C15", Text("社会效益指标")),
            ("D15", Text("服务覆盖率")),
            ("F15", Text("≥90%")),
            ("G15", Text("95%")),
            ("H15", Number(30.0)),
            ("B16", Text("满意度指标")),
            ("C16", Text("服务对象满意度指标")),
            ("D16", Text("群众满意度")),
            ("F16", Text("≥90%")),
            ("G16", Text("93%")),
            ("H16", Number(10.0)),
            ("A17", Text("总分")),
            ("H17", Number(100.0)),
        ];
        let [original, revised, outturn] = self.money;
        let figures =
            [("E7", original), ("F7", revised), ("G7", outturn), ("E8", original), ("F8", revised), ("G8", outturn)];
        cells.extend(figures.into_iter().filter(|(_, v)| *v >= 0.0).map(|(cell, v)| (cell, Number(v))));
        let scores = ["J7", "I14", "I15", "I16"].into_iter().zip(self.scores);
        cells.extend(scores.filter(|(_, v)| *v >= 0.0).map(|(cell, v)| (cell, Number(v))));
        if self.scores.iter().all(|s| *s >= 0.0) {
            cells.push(("I17", Number(self.scores.iter().sum())));
        }
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (cell, value) in cells {
            let at = jixiao::quantity::CellRef::parse(cell).unwrap();
            let col = u16::try_from(at.col).unwrap();
            match value {
                Text(text) => sheet.write(at.row, col, text).unwrap(),
                Owned(text) => sheet.write(at.row, col, text).unwrap(),
                Number(number) => sheet.write(at.row, col, number).unwrap(),
            };
        }
        book.save_to_buffer().unwrap()
    }
}

/// A folder with an input and the program.
struct Desk(TempDir);

type Row = BTreeMap<String, String>;

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::create_dir(desk.input()).unwrap();
        desk
    }

    fn input(&self) -> PathBuf {
        self.0.path().join("input")
    }

    fn output(&self) -> PathBuf {
        self.0.path().join("output")
    }

    fn put(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let file = self.input().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
        self
    }

    /// Runs `jixiao run input -o output` with more arguments: exit code and stderr.
    fn run(&self, more: &[&str]) -> (i32, String) {
        let out = Command::new(assert_cmd::cargo::cargo_bin!("jixiao"))
            .current_dir(self.0.path())
            .args(["run", "input", "-o", "output", "--progress", "never"])
            .args(more)
            .output()
            .unwrap();
        (out.status.code().unwrap(), String::from_utf8(out.stderr).unwrap())
    }

    fn ran(&self, more: &[&str]) -> &Self {
        let (code, words) = self.run(more);
        assert_eq!(code, 0, "{words}");
        self
    }

    /// The rows of a table, by the names of their columns. The tables of these tests hold no quoted fields.
    fn table(&self, name: &str) -> Vec<Row> {
        let text = fs::read_to_string(self.output().join(format!("data/{name}.csv"))).unwrap();
        let mut lines = text.strip_prefix('\u{feff}').unwrap().lines();
        let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
        let row = |line: &str| heads.iter().map(|h| (*h).to_owned()).zip(line.split(',').map(str::to_owned)).collect();
        lines.map(row).collect()
    }

    /// One column of a table.
    fn column(&self, table: &str, name: &str) -> Vec<String> {
        self.table(table).into_iter().map(|mut row| row.remove(name).unwrap()).collect()
    }
}

fn below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(below(&path));
        } else {
            files.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn a_folder_in_scores_rates_and_ranks_out() {
    let desk = Desk::new();
    desk.put("a.xlsx", GOOD.bytes())
        .put(
            "b.xlsx",
            Project { name: "救助", money: [100.0, 300.0, 150.0], scores: [5.0, 40.0, 20.0, 5.0], ..GOOD }.bytes(),
        )
        .put("c.xlsx", Project { department: "教育局", name: "校舍", scores: [9.0, 50.0, 30.0, -1.0], ..GOOD }.bytes())
        .put("departments.csv", "code,name,aliases,category\n101,民政局,,甲类\n102,教育局,,甲类\n103,水务局,,\n")
        .ran(&[]);
    assert_eq!(desk.column("evaluations", "score"), ["99", "70", ""], "a blank part makes no score, and no zero");
    assert_eq!(desk.column("evaluations", "execution_rate"), ["0.9", "0.5", "0.9"]);
    assert_eq!(desk.column("evaluations", "revised_budget"), ["1000000.00", "3000000.00", "1000000.00"]);
    let departments = desk.table("departments");
    let civil = &departments[0];
    assert_eq!((civil["mean_score"].as_str(), civil["weighted_score"].as_str()), ("84.5", "77.25"));
    assert_eq!((civil["score"].as_str(), civil["grade"].as_str(), civil["rank"].as_str()), ("77.25", "中", "1"));
    assert_eq!(civil["execution_rate"], "0.6");
    assert_eq!((departments[1]["score"].as_str(), departments[1]["rank"].as_str()), ("", ""));
    assert_eq!((departments[2]["submitted"].as_str(), departments[2]["expected"].as_str()), ("false", "true"));
    let ranked: Vec<String> = desk
        .table("rankings")
        .into_iter()
        .filter(|r| r["scope"] == "district" && r["subject_kind"] == "project" && r["metric"] == "execution_rate")
        .map(|r| format!("{} {} {}", r["subject"], r["rank"], r["rank_dense"]))
        .collect();
    assert_eq!(ranked, ["养老服务 1 1", "校舍 1 1", "救助 3 2"]);
    assert_eq!(desk.column("submissions", "status"), ["imported", "imported", "imported", "ignored"]);
}

#[test]
fn the_same_bytes_whatever_the_threads() {
    let desk = Desk::new();
    for n in 0..7 {
        let money = [80.0, 100.0, 90.0 - f64::from(n)];
        desk.put(&format!("{n}.xlsx"), Project { money, ..GOOD }.bytes());
    }
    let first = below(desk.ran(&["--jobs", "1"]).output().as_path());
    let second = below(desk.ran(&["--jobs", "3"]).output().as_path());
    for ((path, a), (_, b)) in first.iter().zip(&second) {
        assert!(a == b || path.ends_with("run.json"), "{} differs", path.display());
    }
    assert_eq!(first.len(), second.len());
}

#[test]
fn versions_and_duplicates_count_once() {
    let desk = Desk::new();
    let later = Project { money: [80.0, 100.0, 80.0], scores: [8.0, 50.0, 30.0, 10.0], ..GOOD };
    desk.put("a/自评表.xlsx", GOOD.bytes())
        .put("a/自评表（修改后）.xlsx", later.bytes())
        .put("b/副本.xlsx", later.bytes())
        .put("c/旧年.xlsx", Project { year: 2020, ..GOOD }.bytes())
        .put("d.xlsx", "")
        .put("e.xlsx", "")
        .ran(&["--year", "2021"]);
    assert_eq!(
        desk.column("submissions", "status"),
        ["superseded", "imported", "duplicate", "imported", "rejected", "rejected"]
    );
    assert_eq!(desk.column("evaluations", "counts"), ["false", "true", "false"]);
    assert_eq!(desk.column("evaluations", "superseded_by"), ["2-1", "", ""]);
    let rules = desk.column("findings", "rule");
    for rule in ["P01", "P02", "P03", "F01"] {
        assert!(rules.iter().any(|r| r == rule), "{rule}: {rules:?}");
    }
    assert_eq!(desk.column("departments", "score"), ["98"]);
}

#[test]
fn accepted_findings_no_longer_count() {
    let desk = Desk::new();
    desk.put("a.xlsx", Project { scores: [9.0, 60.0, 30.0, 10.0], ..GOOD }.bytes()).ran(&[]);
    let open = desk.table("findings").into_iter().find(|f| f["severity"] == "error").expect("a score above its weight");
    let (code, _) = desk.run(&["--strict"]);
    assert_eq!(code, 1);
    let lines = format!(
        "规则,文件,单元格,说明\n{},a.xlsx,{},已核实\n{},b.xlsx,,没有这个文件\n",
        open["rule"], open["cell"], open["rule"]
    );
    desk.put("explanations.csv", lines).ran(&[]);
    let findings = desk.table("findings");
    let accepted = findings.iter().find(|f| f["rule"] == open["rule"] && f["cell"] == open["cell"]).unwrap();
    assert_eq!((accepted["status"].as_str(), accepted["explanation"].as_str()), ("accepted", "已核实"));
    assert!(findings.iter().any(|f| f["rule"] == "P09"), "the line that matches nothing is told");
}

#[test]
fn what_cannot_run_leaves_the_output_alone() {
    let desk = Desk::new();
    desk.put("a.xlsx", GOOD.bytes()).ran(&[]);
    let before = below(&desk.output());
    let refused = |more: &[&str], part: &str| {
        let (code, words) = desk.run(more);
        assert_eq!(code, 2, "{more:?}: {words}");
        assert!(words.contains(part), "{more:?}: {words}");
        assert!(below(&desk.output()) == before, "{more:?} touched the output");
    };
    refused(&["--config", "nowhere.toml"], "nowhere.toml");
    refused(&["--no-such-option"], "--no-such-option");
    desk.put("jixiao.toml", "[district]\nyaer = 2021\n");
    refused(&[], "jixiao.toml:2");
    desk.put("jixiao.toml", "").put("departments.csv", "code,name\n1,甲\n1,乙\n");
    refused(&[], "departments.csv:3");
    desk.put("departments.csv", "name\n甲\n");
    let lock = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(desk.0.path().join("output.lock"))
        .unwrap();
    lock.lock().unwrap();
    refused(&[], "另一次运行");
    drop(lock);
    desk.ran(&[]);
}

#[test]
fn no_input_is_told() {
    let desk = Desk::new();
    let (code, words) = desk.run(&[]);
    assert_eq!(code, 2, "{words}");
    assert!(!desk.output().exists());
}

#[test]
fn names_that_are_alike_are_proposed() {
    let desk = Desk::new();
    desk.put("a.xlsx", Project { department: "人力资源与社会保障局", ..GOOD }.bytes())
        .put("departments.csv", "code,name\n101,人力资源和社会保障局\n")
        .ran(&[]);
    let proposed = fs::read_to_string(desk.output().join("mappings.proposed.toml")).unwrap();
    assert!(proposed.contains("\"人力资源与社会保障局\" = \"人力资源和社会保障局\""), "{proposed}");
    desk.put("mappings.toml", proposed).ran(&[]);
    assert_eq!(desk.column("departments", "submitted"), ["true"]);
    assert!(!desk.output().join("mappings.proposed.toml").exists());
}

#[test]
fn the_users_files_in_the_output_survive() {
    let desk = Desk::new();
    desk.put("a.xlsx", GOOD.bytes()).ran(&[]);
    fs::write(desk.output().join("我的笔记.txt"), "笔记").unwrap();
    fs::write(desk.output().join("data/evaluations.csv"), "edited").unwrap();
    let (_, words) = desk.run(&[]);
    assert!(words.contains("evaluations.kept-1.csv"), "{words}");
    assert_eq!(fs::read_to_string(desk.output().join("我的笔记.txt")).unwrap(), "笔记");
    assert_eq!(fs::read_to_string(desk.output().join("data/evaluations.kept-1.csv")).unwrap(), "edited");
    assert_eq!(desk.column("evaluations", "score"), ["99"]);
}

#[test]
fn a_budget_table_lends_its_budget_to_the_only_project() {
    let desk = Desk::new();
    let blank = Project { money: [-1.0, -1.0, -1.0], scores: [9.0, 50.0, 30.0, 10.0], ..GOOD };
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows: &[&[&str]] = &[
        &["2021年度预算执行情况表"],
        &["部门：民政局", "", "", "单位：万元"],
        &["项目", "年初预算数", "调整预算数", "执行数"],
        &["基本支出", "40", "50", "45"],
        &["项目支出", "60", "50", "35"],
        &["合计", "100", "100", "80"],
    ];
    for (r, row) in (0_u32..).zip(rows) {
        for (c, text) in (0_u16..).zip(*row) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write(r, c, number).unwrap(),
                Err(_) => sheet.write(r, c, *text).unwrap(),
            };
        }
    }
    desk.put("a.xlsx", blank.bytes()).put("b.xlsx", book.save_to_buffer().unwrap()).ran(&[]);
    let department = &desk.table("departments")[0];
    assert_eq!(department["revised_budget"], "1000000.00");
    assert_eq!(department["execution_rate"], "0.8");
    assert!(desk.column("findings", "rule").iter().any(|r| r == "P08"));
}

/// A feedback workbook as a department saves it: all cells, and an answer beside each row of the list with this rule.
fn answered(feedback: &Path, rule: &str, answer: &str) -> Vec<u8> {
    use jixiao::book::{self, Reader, Value};
    let bytes = fs::read(feedback).unwrap();
    let read = book::open(&bytes, "a.xlsx", &jixiao::settings::Limits::default(), Reader::default()).unwrap();
    let mut book = Workbook::new();
    for from in &read.sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(&*from.name).unwrap();
        for cell in &from.cells {
            let col = u16::try_from(cell.at.col).unwrap();
            match &cell.value {
                Value::Text(text) => sheet.write(cell.at.row, col, &**text).unwrap(),
                Value::Number(number) => sheet.write(cell.at.row, col, *number).unwrap(),
                other => panic!("{other:?} in a feedback workbook"),
            };
            if matches!(&cell.value, Value::Text(text) if &**text == rule) {
                sheet.write(cell.at.row, col - 2, answer).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn answers_of_departments_fill_the_explanation_and_accept_nothing() {
    let desk = Desk::new();
    desk.put("a.xlsx", Project { scores: [9.0, 60.0, 30.0, 10.0], ..GOOD }.bytes())
        .put("b.xlsx", Project { department: "教育局", name: "校舍", ..GOOD }.bytes())
        .ran(&[]);
    let feedback = desk.output().join("feedback/民政局.xlsx");
    let manifest = fs::read_to_string(desk.output().join("run.json")).unwrap();
    assert!(manifest.contains("\"feedback/民政局.xlsx\""));
    let before = desk.table("findings");
    let tables = |desk: &Desk| {
        ["evaluations", "indicators", "funding", "budget_lines", "amounts", "departments", "rankings"]
            .map(|name| fs::read(desk.output().join(format!("data/{name}.csv"))).unwrap())
    };
    let figures = tables(&desk);
    let rule = before.iter().find(|f| f["severity"] == "error").expect("a score above its weight")["rule"].clone();
    let is_asked = |f: &Row| f["rule"] == rule && f["department"] == "民政局";

    desk.put("退回.xlsx", answered(&feedback, &rule, "新增对象12月才批复"));
    // the second run takes the answers from the cache
    for more in [&[][..], &[], &["--no-cache"]] {
        desk.ran(more);
        let last = desk.table("submissions").pop().unwrap();
        assert_eq!((last["status"].as_str(), last["reason"].as_str()), ("ignored", "feedback"));
        assert_eq!(last["forms"], "0");
        let after = desk.table("findings");
        for finding in after.iter().filter(|f| is_asked(f)) {
            let told = (finding["status"].as_str(), finding["explanation"].as_str());
            assert_eq!(told, ("open", "新增对象12月才批复"));
        }
        let blank = |rows: &[Row]| -> Vec<Row> {
            let clear = |row: &Row| row.clone().into_iter().filter(|(name, _)| name != "explanation").collect::<Row>();
            rows.iter().map(clear).collect()
        };
        assert_eq!(blank(&after), blank(&before), "nothing but the explanation has changed");
        assert!(after.iter().all(|f| f["explanation"].is_empty() || is_asked(f)));
        assert!(tables(&desk) == figures, "an answer moves no figure");
    }

    desk.put("a.xlsx", GOOD.bytes()).ran(&[]);
    let lost =
        desk.table("findings").into_iter().find(|f| f["rule"] == "P13").expect("the answer is about nothing now");
    assert_eq!((lost["severity"].as_str(), lost["file_id"].as_str()), ("info", "3"));
}
