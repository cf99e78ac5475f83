//! An invented district with everything that a workbook must stand: ties, departments that have not handed in, projects
//! without a score or a budget, execution above 100 %, recomputed scores, files of every fate, text that looks like formulas.

use jixiao::app::{Bulk, Counted, District, RegisterEntry};
use jixiao::book::{Sheet, crop};
use jixiao::finding::Lang;
use jixiao::quantity::{Area, CellRef, Money, Points, Text};
use jixiao::settings::Settings;
use jixiao::tables::{BudgetLineRow, Department, Evaluation, FindingRow, Funding, IndicatorRow, Submission};
use std::collections::BTreeMap;

const NAMES: [&str; 24] = [
    "区政府办公室",
    "区委组织部",
    "区委宣传部",
    "区司法局",
    "区机关事务服务中心",
    "区人力资源和社会保障局",
    "区教育局",
    "区卫生健康局",
    "区民政局",
    "区文化广电旅游局",
    "区退役军人事务局",
    "区医疗保障局",
    "区残疾人联合会",
    "区住房和城乡建设局",
    "区交通运输局",
    "区农业农村局",
    "区水务局",
    "市生态环境局嘉川分局",
    "区市场监督管理局",
    "区科技和工业信息化局",
    "嘉北街道办事处",
    "嘉南街道办事处",
    "清河镇人民政府",
    "云岭镇人民政府",
];
const CATEGORIES: [&str; 4] = ["综合管理", "民生事业", "经济建设", "街道（镇）"];
const PROJECTS: [&str; 16] = [
    "居家养老上门服务",
    "动物疫病防控",
    "平安综治",
    "退役士兵技能培训",
    "家庭医生签约服务",
    "网络舆情监测服务",
    "老旧小区物业补助",
    "河道保洁",
    "基本公共卫生服务",
    "城乡居民养老保险代办服务与参保登记信息化平台运行维护",
    "=政务公开与门户网站",
    "集中办公区物业管理",
    "家庭经济困难学生资助",
    "社区服务用房租赁",
    "城乡公交运营补贴",
    "镇级污水处理站运行",
];
/// Level 1, level 2, weight in whole points.
const SCHEME: [(&str, &str, i64); 10] = [
    ("预算执行率", "", 10),
    ("产出", "数量指标", 15),
    ("产出", "质量指标", 15),
    ("产出", "时效指标", 10),
    ("产出", "成本指标", 10),
    ("效益", "经济效益指标", 8),
    ("效益", "社会效益指标", 10),
    ("效益", "生态效益指标", 6),
    ("效益", "可持续影响指标", 6),
    ("满意度", "服务对象满意度指标", 10),
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % below).unwrap()
    }
}

fn text(value: &str) -> Text {
    Text::from(value)
}

fn points(hundredths: i64) -> Points {
    Points::from_scaled(hundredths * 100).unwrap()
}

fn yuan(value: i64) -> Money {
    Money::from_fen(value * 100).unwrap()
}

/// Rows of the long tables.
#[derive(Default)]
struct Rows {
    indicators: Vec<IndicatorRow>,
    funding: Vec<Funding>,
    budget_lines: Vec<BudgetLineRow>,
}

/// The district of the mock-ups: 24 departments, two of them silent.
pub(super) fn district(lang: Lang) -> District {
    fabricate(24, 6, lang)
}

/// As many departments with about as many projects each.
pub(super) fn fabricate(departments: usize, projects: usize, lang: Lang) -> District {
    let mut settings = Settings { lang, ..Settings::default() };
    settings.district.name = "嘉川区".to_owned();
    settings.district.bureau = "嘉川区财政局预算绩效科".to_owned();
    settings.district.as_of = Some("2026-04-24".to_owned());
    let mut district = District {
        settings,
        year: Some(2025),
        register: Vec::new(),
        input_from_output: Some("../input/".to_owned()),
        counted: Vec::new(),
        submissions: Vec::new(),
        evaluations: Vec::new(),
        bulk: Bulk::default(),
        departments: Vec::new(),
        rankings: Vec::new(),
        findings: Vec::new(),
        proposals: Vec::new(),
        labels: Vec::new(),
        crops: BTreeMap::new(),
    };
    let mut dice = Dice(2025);
    let mut rows = Rows::default();
    for index in 0..departments {
        department(&mut district, &mut rows, &mut dice, index, projects);
    }
    district.bulk = Bulk::of_rows(rows.indicators, rows.funding, rows.budget_lines, Vec::new());
    files_of_every_fate(&mut district);
    settle(&mut district);
    district
}

fn name_of(index: usize) -> String {
    let name = NAMES[index % NAMES.len()];
    if index < NAMES.len() { name.to_owned() } else { format!("{name}第{}分局", index / NAMES.len() + 1) }
}

fn department(district: &mut District, rows: &mut Rows, dice: &mut Dice, index: usize, projects: usize) {
    let name = name_of(index);
    let category = CATEGORIES[(index * 4 / NAMES.len()) % 4];
    let code = format!("{}", 101 + index * 2);
    district.register.push(RegisterEntry {
        code: code.clone(),
        name: name.clone(),
        aliases: Vec::new(),
        category: category.to_owned(),
    });
    district.departments.push(Department {
        department_code: Some(text(&code)),
        department: text(&name),
        category: Some(text(category)),
        expected: true,
        submitted: index != 12 && index != 19,
        projects: 0,
        original_budget: None,
        revised_budget: None,
        outturn: None,
        execution_rate: None,
        mean_score: None,
        weighted_score: None,
        score: None,
        grade: None,
        rank: None,
        rank_in_category: None,
        findings_error: 0,
        findings_warning: 0,
    });
    if index == 12 || index == 19 {
        return;
    }
    // two departments whose scores tie only after rounding
    let projects = if index == 3 || index == 11 { projects.min(2) } else { projects };
    for n in 0..projects {
        project(district, rows, dice, index, n, &name);
    }
    if index.is_multiple_of(3) {
        economic_lines(district, rows, dice, &name);
    }
}

fn submission(
    district: &mut District,
    path: &str,
    department: Option<&str>,
    status: &str,
    reason: Option<&str>,
) -> u32 {
    let file_id = u32::try_from(district.submissions.len() + 1).unwrap();
    district.submissions.push(Submission {
        file_id,
        path: text(path),
        member: None,
        bytes: 12_345,
        blake3: Some(text(&format!("digest{file_id}"))),
        format: Some(text("xlsx")),
        status: text(status),
        reason: reason.map(text),
        department: department.map(text),
        forms: u32::from(status == "imported"),
        findings_error: 0,
        findings_warning: 0,
    });
    file_id
}

fn project(district: &mut District, rows: &mut Rows, dice: &mut Dice, index: usize, n: usize, department: &str) {
    let name = PROJECTS[(index * 5 + n) % PROJECTS.len()];
    let file_id = submission(
        district,
        &format!("{}-{department}/{:03}-{name}.xlsx", 101 + index * 2, n + 1),
        Some(department),
        "imported",
        None,
    );
    let id = text(&format!("{file_id}-1"));
    let twin = index == 3 || index == 11;
    let is_bad = index == 22;
    let revised = match (index, n) {
        (22, 1) => Some(yuan(0)),
        (15, 2) => None,
        _ => Some(yuan(if twin {
            if (index, n) == (11, 1) { 1_001_000 } else { 1_000_000 }
        } else {
            150_000 + dice.roll(3_000) * 4_321
        })),
    };
    let rate = if is_bad { 60 + dice.roll(35) } else { 88 + dice.roll(13) };
    let outturn = revised.map(|money| match (index, n) {
        (16, 1) => Money::from_fen(money.fen() / 10_000 * 10_259).unwrap(),
        _ => Money::from_fen(money.fen() / 100 * rate).unwrap(),
    });
    let unscored = (index == 14 && n == 2) || (index == 9 && n == 3);
    let mut total = Points::ZERO;
    for (seq, (level1, level2, weight)) in SCHEME.iter().enumerate() {
        // some projects have no ecological indicator, one no satisfaction
        let absent = !twin
            && ((*level2 == "生态效益指标" && (index + n).is_multiple_of(3))
                || (*level1 == "满意度" && (index, n) == (8, 1)));
        if absent {
            continue;
        }
        let missing = unscored && seq == 3;
        let lost = if twin {
            4 + 4 * i64::try_from(n).unwrap()
        } else if n == 0 && index.is_multiple_of(5) {
            0
        } else {
            dice.roll(if is_bad { 40 } else { 14 })
        };
        let score = (!missing).then(|| points(weight * (100 - lost)));
        total = total.checked_add(score.unwrap_or_default()).unwrap();
        rows.indicators.push(IndicatorRow {
            evaluation_id: id.clone(),
            seq: u32::try_from(seq + 1).unwrap(),
            level1: Some(text(level1)),
            level2: (!level2.is_empty()).then(|| text(level2)),
            level3: Some(text("指标")),
            operator: None,
            target: None,
            target_value: None,
            actual: None,
            actual_value: None,
            unit_of_measure: None,
            weight: Some(points(weight * 100)),
            score,
            score_recomputed: score,
            deviation_note: None,
            sheet: text("自评表"),
            cell: text(&format!("I{}", 11 + seq)),
            level1_name: Some(text(level1)),
            review_score: None,
        });
    }
    let original = revised.map(|money| Money::from_fen(money.fen() / 100 * 97).unwrap());
    let score = (!unscored).then_some(total);
    let lower = (index + n) % 11 == 4;
    let recomputed = score.map(|score| if lower { score.checked_sub(points(120)).unwrap() } else { score });
    funding(rows, &id, original, revised, outturn);
    district.evaluations.push(Evaluation {
        evaluation_id: id.clone(),
        file_id,
        sheet: text("自评表"),
        form: text("project_self_eval"),
        year: Some(2025),
        department_code: Some(text(&format!("{}", 101 + index * 2))),
        department: Some(text(department)),
        unit: None,
        project_code: None,
        project: Some(text(name)),
        original_budget: original,
        revised_budget: revised,
        outturn,
        execution_rate_reported: None,
        execution_rate: None,
        execution_weight: Some(points(1000)),
        execution_score_reported: None,
        execution_score: None,
        weight_total_reported: None,
        weight_total: None,
        score_reported: score,
        score,
        score_recomputed: recomputed,
        grade: None,
        range: text("A1:K24"),
        review_score: None,
        counts: true,
        superseded_by: None,
    });
    district.counted.push(Counted {
        evaluation_id: id.clone(),
        budget: revised,
        outturn,
        claims: jixiao::compute::total::Claims::default(),
    });
    if lower {
        finding(district, Some((&id, file_id, department)), ("S01", "error", "I21"), ("98.80", "100.00", "-1.20"));
    }
    if (index + n) % 7 == 2 {
        finding(district, Some((&id, file_id, department)), ("S01", "warning", "I7"), ("=100+1", "100", "1"));
    }
    if (index * 3 + n).is_multiple_of(13) {
        finding(district, Some((&id, file_id, department)), ("R01", "info", "M9"), ("12.5", "", ""));
    }
}

fn funding(rows: &mut Rows, id: &Text, original: Option<Money>, revised: Option<Money>, outturn: Option<Money>) {
    let share = |money: Option<Money>, percent: i64| money.map(|m| Money::from_fen(m.fen() / 100 * percent).unwrap());
    for (source, percent) in [("total", 100), ("fiscal", 80), ("carryover", 10), ("other", 10)] {
        rows.funding.push(Funding {
            evaluation_id: id.clone(),
            source: text(source),
            original_budget: share(original, percent),
            revised_budget: share(revised, percent),
            outturn: share(outturn, percent),
            sheet: text("自评表"),
            row: 7,
        });
    }
}

fn economic_lines(district: &mut District, rows: &mut Rows, dice: &mut Dice, department: &str) {
    let file_id = submission(district, &format!("{department}/预算执行表.xlsx"), Some(department), "imported", None);
    let lines = [
        (None, "合计", true),
        (Some("302"), "商品和服务支出", false),
        (Some("30201"), "办公费", false),
        (Some("30227"), "委托业务费", false),
        (Some("303"), "对个人和家庭的补助", false),
        (Some("30399"), "其他对个人和家庭的补助", false),
        (Some("310"), "资本性支出", false),
    ];
    for (row, (code, name, is_total)) in (5..).zip(lines) {
        let revised = 100_000 + dice.roll(900_000);
        rows.budget_lines.push(BudgetLineRow {
            file_id,
            sheet: text("Sheet1"),
            row,
            year: Some(2025),
            department_code: None,
            department: Some(text(department)),
            classification: text("economic"),
            code: code.map(text),
            name: Some(text(name)),
            original_budget: None,
            revised_budget: Some(yuan(revised)),
            outturn: Some(yuan(revised * 94 / 100)),
            execution_rate_reported: None,
            execution_rate: None,
            level: None,
            is_total,
        });
    }
}

fn finding(
    district: &mut District,
    at: Option<(&Text, u32, &str)>,
    (rule, severity, cell): (&str, &str, &str),
    (given, expected, difference): (&str, &str, &str),
) {
    let some = |value: &str| (!value.is_empty()).then(|| text(value));
    let accepted = district.findings.len() % 9 == 8;
    district.findings.push(FindingRow {
        finding_id: u32::try_from(district.findings.len() + 1).unwrap(),
        rule: text(rule),
        severity: text(severity),
        file_id: at.map(|(_, file, _)| file),
        evaluation_id: at.map(|(id, _, _)| id.clone()),
        department: at.map(|(_, _, department)| text(department)),
        sheet: at.map(|_| text("自评表")),
        cell: at.map(|_| text(cell)),
        message: text(&match rule {
            "S01" => {
                format!("产出指标：报送 {given} 分，应为 {expected} 分，相差 {difference} 分。请核对各项分值后更正。")
            }
            "R01" => "表内有 1 个数字没有归入任何栏目：M9。这些数字没有参与计算；如属正表内容，请用 inspect 查看。"
                .to_owned(),
            _ => "科技和工业信息化局在名册中，但没有收到可采用的报送。请催报，或检查未能采用的文件是否属于该部门。"
                .to_owned(),
        }),
        given: some(given),
        expected: some(expected),
        difference: some(difference),
        status: text(if accepted { "accepted" } else { "open" }),
        explanation: None,
    });
    if let (Some(_), Some(at)) = (at, CellRef::parse(cell)) {
        show(district, at);
    }
}

/// The cells around the finding made last, from a form of which every row looks alike.
fn show(district: &mut District, at: CellRef) {
    let heads = " | 资金 | < | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |  |  |  | 备注";
    let line = " | 年度资金总额 | < | 72.39 | 72.39 | 66.15 | 10 | 0.98%% | 9.80 |  |  |  | 12.5";
    let lines = ["\n", heads, "\n", &[line; 30].join("\n")].concat();
    let sheet = Sheet::drawn("自评表", &lines);
    let area = Area::new(CellRef::new(0, 0), CellRef::new(30, 12));
    let id = district.findings.last().unwrap().finding_id;
    district.crops.insert(id, crop(&sheet, area, at));
}

fn files_of_every_fate(district: &mut District) {
    submission(district, "503-嘉南街道办事处/部门整体.xlsx", Some("嘉南街道办事处"), "rejected", Some("encrypted"));
    submission(district, "打包 100%/@附件.zip", None, "imported", None);
    let bundle = district.submissions.last_mut().unwrap();
    bundle.format = Some(text("zip"));
    submission(district, "打包 100%/@附件.zip", Some("区教育局"), "superseded", Some("newer-version"));
    district.submissions.last_mut().unwrap().member = Some(text("初稿/教师培训.xlsx"));
    submission(district, "副本.xlsx", Some("区民政局"), "duplicate", Some("same-bytes"));
    district.submissions.last_mut().unwrap().blake3 = Some(text("digest1"));
    submission(district, "~$自评表.xlsx", None, "ignored", Some("lock-file"));
    submission(district, "无法辨认.xls", None, "rejected", Some("corrupt"));
    finding(district, None, ("D01", "info", ""), ("", "", ""));
}

/// Fills the departments table from the evaluations: weighted mean in exact integers, half-up.
fn settle(district: &mut District) {
    let half_up = |n: i128, d: i128| if d == 0 { None } else { i64::try_from((2 * n + d) / (2 * d)).ok() };
    for row in &mut district.departments {
        let own: Vec<&Evaluation> =
            district.evaluations.iter().filter(|e| e.department.as_ref() == Some(&row.department)).collect();
        row.projects = u32::try_from(own.len()).unwrap();
        let sum = |of: fn(&Evaluation) -> Option<Money>| {
            let known: Vec<Money> = own.iter().filter_map(|e| of(e)).collect();
            (!known.is_empty()).then(|| Money::sum(known).unwrap())
        };
        row.original_budget = sum(|e| e.original_budget);
        row.revised_budget = sum(|e| e.revised_budget);
        row.outturn = sum(|e| e.outturn);
        row.execution_rate = row.outturn.zip(row.revised_budget).and_then(|(o, b)| o.share_of(b));
        let (mut top, mut bottom) = (0_i128, 0_i128);
        for evaluation in &own {
            if let (Some(score), Some(budget)) = (evaluation.score, evaluation.revised_budget) {
                top += i128::from(score.scaled()) * i128::from(budget.fen());
                bottom += i128::from(budget.fen());
            }
        }
        row.weighted_score = half_up(top, bottom).and_then(Points::from_scaled);
        row.score = row.weighted_score;
        let count = |severity: &str| {
            let open = district.findings.iter().filter(|f| &*f.status == "open" && &*f.severity == severity);
            u32::try_from(open.filter(|f| f.department.as_ref() == Some(&row.department)).count()).unwrap()
        };
        row.findings_error = count("error");
        row.findings_warning = count("warning");
    }
}
