//! `jixiao compare`: two years of a small district whose changes are known, put side by side.

use crate::district::{SAMPLE, jixiao};
use crate::run::Project;
use jixiao::app::{self, CompareJob, Compared, Refused, Stop};
use jixiao::compare::{Comparison, DepartmentChange, Effect, Fate, Outcome, ProjectFate};
use jixiao::disk::Disk;
use jixiao::quantity::{Decimal, Points};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Two OUTPUT folders, `a` and `b`.
struct Years {
    folder: tempfile::TempDir,
}

fn project(department: &'static str, name: &'static str, year: u16, budget: f64, score: f64) -> Project {
    // 90 points are shared by the other parts.
    let scores = [10.0, 50.0, 30.0, score - 90.0];
    let scores = if score < 90.0 { [10.0, 50.0, score - 70.0, 10.0] } else { scores };
    Project { department, name, year, money: [budget, budget, budget], scores }
}

/// 2021: the method is the weighted mean. 2022: the plain mean; one department took another in under a new name, one was
/// renamed, one divided, one is gone, one new.
static YEARS: LazyLock<Years> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let forms = |year: &str, forms: &[Project]| {
        for (n, form) in forms.iter().enumerate() {
            let path = folder.path().join(year).join(format!("{}-{n}.xlsx", form.department));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, form.bytes()).unwrap();
        }
    };
    forms(
        "in-a",
        &[
            project("民政局", "2021年养老服务", 2021, 100.0, 99.0),
            project("民政局", "救助", 2021, 300.0, 90.0),
            project("教育局", "学前教育", 2021, 200.0, 97.0),
            project("体育局", "全民健身", 2021, 100.0, 93.0),
            project("文化局", "文化惠民", 2021, 100.0, 88.0),
            project("发改局", "粮食储备", 2021, 100.0, 95.0),
            project("发改局", "规划编制", 2021, 100.0, 85.0),
            project("发改局", "价格监测", 2021, 100.0, 91.0),
            project("老干部局", "活动中心", 2021, 100.0, 90.0),
        ],
    );
    forms(
        "in-b",
        &[
            project("民政局", "2022年养老服务", 2022, 100.0, 97.0),
            project("民政局", "慈善", 2022, 300.0, 91.0),
            project("教育体育局", "学前教育", 2022, 200.0, 98.0),
            project("教育体育局", "全民健身", 2022, 100.0, 94.0),
            project("文旅局", "文化惠民", 2022, 100.0, 89.0),
            project("粮储局", "粮食储备", 2022, 100.0, 96.0),
            project("发改委", "规划编制", 2022, 100.0, 86.0),
            project("新区管委会", "招商", 2022, 100.0, 92.0),
        ],
    );
    put("in-b/jixiao.toml", "[department]\nmethod = \"mean\"\n[grade]\nexcellent = 92\n");
    put(
        "in-b/organisations.csv",
        "from,to,date,kind,share\n教育局,教育体育局,2022-03-01,合并,\n体育局,教育体育局,2022-03-01,合并,\n\
         文化局,文旅局,2022-05-01,更名,\n发改局,发改委,2022-06-01,拆分,60%\n发改局,粮储局,2022-06-01,拆分,40%\n\
         民政局,社会局,2031-01-01,更名,\n",
    );
    for (input, output) in [("in-a", "a"), ("in-b", "b")] {
        let [input, output] = [input, output].map(|name| folder.path().join(name).display().to_string());
        let out = jixiao(&["run", &input, "-o", &output, "--progress", "never", "-q"]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    }
    Years { folder }
});

fn compared(before: &Path, after: &Path, output: &Path) -> Result<Compared, Refused> {
    let job = CompareJob {
        before: before.to_owned(),
        after: after.to_owned(),
        output: output.to_owned(),
        lang: None,
        disk: Disk::default(),
    };
    app::compare(&job, &Stop::default())
}

fn years(name: &str) -> Comparison {
    let folder = YEARS.folder.path();
    compared(&folder.join("a"), &folder.join("b"), &folder.join(name)).unwrap().comparison
}

fn points(text: &str) -> Option<Points> {
    Points::from_decimal(Decimal::parse(text).unwrap())
}

fn department<'c>(comparison: &'c Comparison, name: &str) -> &'c DepartmentChange {
    let named = |d: &&DepartmentChange| {
        let own = match d.after {
            Some(id) => &comparison.after.departments[id],
            None => &comparison.before.departments[d.before.unwrap()],
        };
        &*own.department == name
    };
    comparison.departments.iter().find(named).unwrap()
}

#[test]
fn each_department_is_matched_and_its_change_explained() {
    let c = years("departments.xlsx");
    // name, fate, then earlier | by method | in the later departments | later
    let known = [
        ("民政局", Fate::Same, ["92.25", "94.5", "94.5", "94"]),
        ("教育体育局", Fate::Merged, ["", "", "95", "96"]),
        ("文旅局", Fate::Renamed, ["88", "88", "88", "89"]),
        // The project that 2022 does not have counts for both parts: (95 + 91) ÷ 2 and (85 + 91) ÷ 2.
        ("粮储局", Fate::Split, ["", "", "93", "96"]),
        ("发改委", Fate::Split, ["", "", "88", "86"]),
        ("新区管委会", Fate::New, ["", "", "", "92"]),
        ("老干部局", Fate::Gone, ["90", "90", "", ""]),
    ];
    assert_eq!(c.departments.len(), known.len());
    for (name, fate, states) in known {
        let d = department(&c, name);
        let [before, by_method, by_organisation, after] =
            states.map(|text| if text.is_empty() { None } else { points(text) });
        assert_eq!(d.fate, fate, "{name}");
        assert_eq!(d.states.before, before, "{name} before");
        assert_eq!(d.states.by_method, by_method, "{name} by method");
        assert_eq!(d.states.by_organisation, by_organisation, "{name} by organisation");
        assert_eq!(d.states.after, after, "{name} after");
    }
    let own = department(&c, "民政局");
    assert_eq!(own.states.method(), points("2.25"));
    assert_eq!(own.states.organisation(), Some(Points::ZERO));
    assert_eq!(own.states.data(), points("-0.5"));
    assert_eq!(own.states.difference(), points("1.75"));
    // 2021: 教育局 97, 体育局 93, 民政局 92.25; 2022: 教育体育局 96 and 粮储局 96, 民政局 94.
    assert_eq!((own.rank_before, own.rank_after, own.climbed()), (Some(3), Some(3), Some(0)));
}

#[test]
fn a_form_under_a_former_name_belongs_to_the_later_department() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in");
    fs::create_dir(&input).unwrap();
    for (n, form) in [
        project("文化局", "文化惠民", 2022, 100.0, 92.0),
        project("文旅局", "旅游推介", 2022, 100.0, 96.0),
        project("民政局", "救助", 2022, 100.0, 90.0),
    ]
    .iter()
    .enumerate()
    {
        fs::write(input.join(format!("{n}.xlsx")), form.bytes()).unwrap();
    }
    let changes = "from,to,date\n文化局,文旅局,2022-05-01\n民政局,社会局,2031-01-01\n";
    fs::write(input.join("organisations.csv"), changes).unwrap();
    let output = folder.path().join("out");
    let [input, output] = [&input, &output].map(|path| path.display().to_string());
    let out = jixiao(&["run", &input, "-o", &output, "--progress", "never", "-q"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let departments = fs::read_to_string(Path::new(&output).join("data/departments.csv")).unwrap();
    let holds = |name: &str| departments.lines().any(|line| line.split(',').any(|field| field == name));
    let held = ["文旅局", "文化局", "民政局", "社会局"].map(holds);
    assert_eq!(held, [true, false, true, false], "{departments}");
}

#[test]
fn projects_are_followed_through_years_and_departments() {
    let c = years("projects.xlsx");
    let fate = |name: &str| {
        let named = |run: &jixiao::compare::Run, id: Option<usize>| {
            id.is_some_and(|id| run.evaluations[id].project.as_deref() == Some(name))
        };
        let found = c.projects.iter().find(|p| named(&c.after, p.after) || named(&c.before, p.before));
        found.unwrap().fate
    };
    assert_eq!(fate("2022年养老服务"), ProjectFate::Renamed, "the year is no part of the name");
    assert_eq!(fate("学前教育"), ProjectFate::Same);
    assert_eq!(fate("规划编制"), ProjectFate::Same, "in a part of the divided department");
    assert_eq!(fate("慈善"), ProjectFate::New);
    assert_eq!(fate("救助"), ProjectFate::Gone);
    let counted = |run: &jixiao::compare::Run| run.evaluations.iter().filter(|e| e.counts).count();
    let (befores, afters) = c
        .projects
        .iter()
        .fold((0, 0), |(a, b), p| (a + usize::from(p.before.is_some()), b + usize::from(p.after.is_some())));
    assert_eq!((befores, afters), (counted(&c.before), counted(&c.after)), "each counts in exactly one change");
}

#[test]
fn what_differs_in_the_rules_says_what_it_did() {
    let c = years("rules.xlsx");
    let effect = |name: &str| {
        c.policies.iter().find(|p| p.name == name).map(|p| (p.before.as_str(), p.after.as_str(), p.effect))
    };
    assert_eq!(effect("department.method"), Some(("weighted", "mean", Effect::DepartmentScores(1))));
    // From 90 to below 92: 救助 90, 价格监测 91, 活动中心 90, and of departments 发改局 90.33 and 老干部局 90.
    assert_eq!(effect("grade.excellent"), Some(("90", "92", Effect::Grades(5))));
    assert_eq!(effect("lang"), None);
    let of_2031 = c.transitions.changes.iter().find(|t| t.change.to == "社会局").unwrap();
    assert!(!of_2031.in_effect && of_2031.met);
}

#[test]
fn a_run_beside_itself_shows_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy");
    fs::create_dir_all(copy.join("data")).unwrap();
    let original = SAMPLE.path("");
    for name in [
        "run.json",
        "data/submissions.parquet",
        "data/evaluations.parquet",
        "data/departments.parquet",
        "data/findings.parquet",
    ] {
        fs::copy(original.join(name), copy.join(name)).unwrap();
    }
    let c = compared(&original, &copy, &folder.path().join("c.xlsx")).unwrap().comparison;
    assert!(c.policies.is_empty() && c.before.edited.is_empty());
    assert!(c.findings.iter().all(|f| f.outcome == Outcome::Still) && !c.findings.is_empty());
    assert!(c.projects.iter().all(|p| p.fate == ProjectFate::Same && p.rank_before == p.rank_after));
    for d in &c.departments {
        assert_eq!(d.fate, Fate::Same);
        assert!(d.states.difference().is_none_or(|points| points == Points::ZERO));
        // What compare puts together by itself is what the run had put together.
        assert_eq!(d.states.by_organisation, d.states.after);
        assert_eq!(d.states.by_method, d.states.before);
        assert_eq!(d.rank_by_organisation, d.rank_after);
    }
}

#[test]
fn what_is_no_run_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("c.xlsx");
    let (a, b) = (YEARS.folder.path().join("a"), YEARS.folder.path().join("b"));
    let refused = |before: &Path, after: &Path, output: &Path| compared(before, after, output).unwrap_err();
    assert!(matches!(refused(&a, &a, &output), Refused::SameRun(_)));
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(refused(empty.path(), &b, &output), Refused::NotARun { .. }));
    assert!(matches!(refused(&a, &b, &a.join("c.xlsx")), Refused::InsideRun { .. }));
    assert!(matches!(refused(&a, &b, &b.join("not/yet/there/c.xlsx")), Refused::InsideRun { .. }));
    assert!(!b.join("not").exists());
    assert!(matches!(refused(&a, &b, &folder.path().join("c.html")), Refused::NotAWorkbookName(_)));
    let damaged = folder.path().join("damaged");
    fs::create_dir_all(damaged.join("data")).unwrap();
    for name in ["run.json", "data/submissions.parquet", "data/evaluations.parquet", "data/departments.parquet"] {
        fs::copy(b.join(name), damaged.join(name)).unwrap();
    }
    let words = refused(&a, &damaged, &output).to_string();
    assert!(words.contains("data/findings.parquet"), "{words}");
    fs::write(damaged.join("data/findings.parquet"), b"PAR1PAR1").unwrap();
    assert!(matches!(refused(&a, &damaged, &output), Refused::NotARun { .. }));
    let left: Vec<PathBuf> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(left, [damaged]);
}

#[test]
fn an_edited_table_is_used_with_a_note() {
    let folder = tempfile::tempdir().unwrap();
    let (a, edited) = (YEARS.folder.path().join("a"), folder.path().join("edited"));
    fs::create_dir_all(edited.join("data")).unwrap();
    let b = YEARS.folder.path().join("b");
    for name in ["run.json", "data/submissions.parquet", "data/evaluations.parquet", "data/departments.parquet"] {
        fs::copy(b.join(name), edited.join(name)).unwrap();
    }
    fs::copy(a.join("data/findings.parquet"), edited.join("data/findings.parquet")).unwrap();
    let c = compared(&a, &edited, &folder.path().join("c.xlsx")).unwrap().comparison;
    assert_eq!(c.after.edited, ["data/findings.parquet"]);
}

#[test]
fn the_command_writes_workbook_and_page_in_both_languages() {
    let folder = YEARS.folder.path();
    let path = |name: &str| folder.join(name).display().to_string();
    for (lang, sheet, words) in [("zh", "部门对比", "合并"), ("en", "Departments compared", "merged")] {
        let output = path(&format!("{lang}.xlsx"));
        let out = jixiao(&["compare", &path("a"), &path("b"), "-o", &output, "--lang", lang]);
        assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
        assert!(out.stdout.is_empty());
        let first = fs::read(&output).unwrap();
        let page = fs::read_to_string(path(&format!("{lang}.html"))).unwrap();
        assert!(page.contains("教育体育局") && page.contains(words) && !page.contains("<link"), "{lang}");
        let again = jixiao(&["compare", &path("a"), &path("b"), "-o", &output, "--lang", lang, "-q"]);
        assert!(again.stderr.is_empty());
        assert_eq!(fs::read(&output).unwrap(), first, "the same bytes");
        let cells = jixiao(&["inspect", &output, "--sheet", sheet, "--cells", "--format", "json"]);
        let cells: serde_json::Value = serde_json::from_slice(&cells.stdout).unwrap();
        let cells = cells["sheets"][0]["cells"].as_array().unwrap().clone();
        let at = |cell: &str| cells.iter().find(|c| c[0] == cell).map(|c| c[2].as_str().unwrap().to_owned());
        // By the later rank: 教育体育局 and 粮储局 at 96; then 民政局, whose cells hold earlier, later, difference.
        let row = (6..20).find(|row| at(&format!("A{row}")).as_deref() == Some("民政局")).unwrap();
        let shown = ["D", "E", "F"].map(|column| at(&format!("{column}{row}")).unwrap());
        assert_eq!(shown, ["92.25", "94", "1.75"]);
    }
}
