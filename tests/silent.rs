//! A form that agrees with itself raises neither error nor warning, whatever the order of its rows, the unit of its money and
//! the layout; a fault that is put in is found in each of them, with the difference that it makes.

use jixiao::book::{Book, Format, Sheet};
use jixiao::finding::{Finding, Level};
use jixiao::quantity::Decimal;
use jixiao::read::{Catalog, read_book};
use jixiao::rule::{check_file, check_form};
use jixiao::settings::Settings;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::embedded().unwrap());

/// An indicator whose score follows from target and actual.
#[derive(Debug, Clone)]
struct Part {
    level1: &'static str,
    level2: &'static str,
    name: &'static str,
    unit: &'static str,
    target: i64,
    /// Percent of the target that was reached.
    reached: i64,
    weight: i64,
}

impl Part {
    /// The actual, a whole number of hundredths.
    fn actual(&self) -> i64 {
        self.target * self.reached
    }

    /// Hundredths of points, half-up.
    fn score(&self) -> i64 {
        if self.reached >= 100 { self.weight * 100 } else { (self.weight * self.reached * 2 + 1) / 2 }
    }

    fn is_short(&self) -> bool {
        self.reached < 100
    }
}

/// How a form is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// The national form of 2020.
    National,
    /// The same without the columns of the goals; the reason before the score.
    ReasonFirst,
    /// Weight as a part of the indicator's name: 服务人数（20分）.
    WeightInName,
}

#[derive(Debug, Clone, Copy)]
struct Unit {
    name: &'static str,
    /// A yuan is one of 10^power of it.
    power: u8,
}

const UNITS: [Unit; 3] =
    [Unit { name: "万元", power: 4 }, Unit { name: "千元", power: 3 }, Unit { name: "元", power: 0 }];

#[derive(Debug, Clone)]
struct Drawn {
    layout: Layout,
    unit: Unit,
    /// Yuan: budget by source, outturn by source.
    budget: [i64; 3],
    outturn: [i64; 3],
    parts: Vec<Part>,
}

/// A fault that is put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The total score is printed too high by so many hundredths.
    Total(i64),
    /// A score stands above its weight by so many points.
    AboveWeight(usize, i64),
    /// The execution rate is printed too high by so many percentage points.
    Rate(i64),
    /// The first source is too large by so many yuan.
    Source(i64),
}

fn hundredths(n: i64) -> String {
    let d = Decimal::new(n.into(), 2).unwrap();
    d.to_string()
}

fn money(yuan: i64, unit: Unit) -> String {
    Decimal::new(yuan.into(), unit.power).unwrap().to_string()
}

impl Drawn {
    fn execution(&self) -> (i64, i64) {
        (self.budget.iter().sum(), self.outturn.iter().sum())
    }

    /// Outturn ÷ budget in hundredths of a percent, half-up.
    fn rate(&self) -> i64 {
        let (budget, outturn) = self.execution();
        (outturn * 10_000 * 2 + budget) / (budget * 2)
    }

    /// 10 × rate, hundredths, half-up.
    fn execution_score(&self) -> i64 {
        let (budget, outturn) = self.execution();
        (outturn * 1_000 * 2 + budget) / (budget * 2)
    }

    fn sheet(&self, fault: Option<Fault>) -> String {
        let mut text = String::new();
        let unit = self.unit;
        let wide = "| < ".repeat(8);
        let _ = writeln!(text, "项目支出绩效自评表 {wide}");
        let _ = writeln!(text, "（2023年度） {wide}");
        let _ = writeln!(text, "项目名称 | 城区绿化养护 {}", "| < ".repeat(7));
        let _ = writeln!(text, "主管部门 | 住房和城乡建设局 | < | < | 实施单位 | 园林管理所 | < | < | <");
        let name = format!("项目资金（{}）", unit.name);
        let _ = writeln!(text, "{name} | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | ");
        let (budget, outturn) = self.execution();
        let rate = self.rate() + if let Some(Fault::Rate(points)) = fault { points * 100 } else { 0 };
        let shown = [budget, budget, outturn].map(|yuan| money(yuan, unit));
        let _ = writeln!(
            text,
            "^ | 年度资金总额 | {} | {} | {} | 10 | {}%% | {} |",
            shown[0],
            shown[1],
            shown[2],
            Decimal::new(rate.into(), 4).unwrap(),
            hundredths(self.execution_score())
        );
        for (i, source) in ["其中：当年财政拨款", "上年结转资金", "其他资金"].into_iter().enumerate()
        {
            let more = if let (Some(Fault::Source(yuan)), 0) = (fault, i) { yuan } else { 0 };
            let own = [self.budget[i], self.budget[i] + more, self.outturn[i]].map(|yuan| money(yuan, unit));
            let _ = writeln!(text, "^ | {source} | {} | {} | {} | — | | — |", own[0], own[1], own[2]);
        }
        let heads = match self.layout {
            Layout::National => "年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
            Layout::ReasonFirst => "年度指标值 | 实际完成值 | 偏差原因分析及改进措施 | 分值 | 得分",
            Layout::WeightInName => "年度指标值 | 实际完成值 | 得分 | 偏差原因分析及改进措施",
        };
        let _ = writeln!(text, "绩效指标 | 一级指标 | 二级指标 | 三级指标 | {heads}");
        let mut total = self.execution_score();
        for (i, part) in self.parts.iter().enumerate() {
            let more = if let Some(Fault::AboveWeight(at, points)) = fault
                && at == i
            {
                part.weight * 100 - part.score() + points * 100
            } else {
                0
            };
            let score = part.score() + more;
            total += score;
            let note = if part.is_short() { "人手不足，下半年补齐" } else { "" };
            let (weight, score, actual) = (part.weight, hundredths(score), hundredths(part.actual()));
            let (target, unit) = (part.target, part.unit);
            let name = match self.layout {
                Layout::WeightInName => format!("{}（{weight}分）", part.name),
                Layout::National | Layout::ReasonFirst => part.name.to_owned(),
            };
            let cells = match self.layout {
                Layout::National => format!("≥{target}{unit} | {actual}{unit} | {weight} | {score} | {note}"),
                Layout::ReasonFirst => format!("≥{target}{unit} | {actual}{unit} | {note} | {weight} | {score}"),
                Layout::WeightInName => format!("≥{target}{unit} | {actual}{unit} | {score} | {note}"),
            };
            let _ = writeln!(text, "^ | {} | {} | {name} | {cells}", part.level1, part.level2);
        }
        total += if let Some(Fault::Total(more)) = fault { more } else { 0 };
        let total = hundredths(total);
        let _ = match self.layout {
            Layout::National => writeln!(text, "总分 | < | < | < | < | < | 100 | {total} |"),
            Layout::ReasonFirst => writeln!(text, "总分 | < | < | < | < | < | < | 100 | {total}"),
            Layout::WeightInName => writeln!(text, "总分 | < | < | < | < | < | {total} | <"),
        };
        text
    }

    fn findings(&self, fault: Option<Fault>) -> Vec<Finding> {
        let sheet = Sheet::drawn("自评表", &self.sheet(fault));
        let book = Book { format: Format::Xlsx, sheets: vec![sheet], notes: Vec::new(), repaired: false };
        let forms = read_book(&book, &CATALOG).forms;
        let ranges: Vec<String> =
            forms.iter().map(|f| format!("{:?} {} {:?}", f.kind, f.range, f.indicators.len())).collect();
        assert_eq!(forms.len(), 1, "{ranges:?}\n{}", self.sheet(fault));
        let settings = Settings::default();
        let mut found: Vec<Finding> =
            forms.iter().flat_map(|form| check_form(form, &book.sheets[form.sheet as usize], &settings)).collect();
        found.extend(check_file(&forms, &book, &settings));
        found.retain(|finding| finding.level > Level::Info);
        found
    }
}

const OUTPUT: [(&str, &str, &str); 5] = [
    ("数量指标", "养护绿地面积", "亩"),
    ("数量指标", "补植树木", "株"),
    ("质量指标", "苗木成活率", "%"),
    ("时效指标", "按时完成率", "%"),
    ("数量指标", "修剪次数", "次"),
];
const BENEFIT: [(&str, &str, &str); 2] =
    [("生态效益指标", "新增绿化面积", "平方米"), ("社会效益指标", "受益居民", "人")];

/// Weights of `n` parts that make up `all`, each at least 2.
fn weights(n: usize, all: i64) -> impl Strategy<Value = Vec<i64>> {
    proptest::collection::vec(1_u32..10, n).prop_map(move |shares| {
        let sum: i64 = shares.iter().map(|s| i64::from(*s)).sum();
        let count = i64::try_from(shares.len()).unwrap();
        let mut weights: Vec<i64> = shares.iter().map(|s| 2 + (all - 2 * count) * i64::from(*s) / sum).collect();
        let rest = all - weights.iter().sum::<i64>();
        weights[0] += rest;
        weights
    })
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let shapes = (2_usize..=5, 1_usize..=2).prop_flat_map(|(outputs, benefits)| {
        let n = outputs + benefits + 1;
        (
            weights(outputs, 50),
            weights(benefits, 30),
            proptest::collection::vec((2_i64..400, 60_i64..120), n),
            Just((outputs, benefits)),
        )
    });
    let layout = prop_oneof![Just(Layout::National), Just(Layout::ReasonFirst), Just(Layout::WeightInName)];
    let money = (100_i64..9_000, 0_i64..500, 0_i64..500, 90_i64..=100);
    (shapes, layout, 0_usize..3, money, any::<u64>()).prop_map(|(shape, layout, unit, money, seed)| {
        let (outputs, benefits, goals, _) = shape;
        let mut goals = goals.into_iter();
        let mut parts = Vec::new();
        for (level1, names, weights) in [
            ("产出指标", &OUTPUT[..], outputs),
            ("效益指标", &BENEFIT[..], benefits),
            ("满意度指标", &[("服务对象满意度指标", "居民满意度", "%")][..], vec![10]),
        ] {
            for ((level2, name, unit), weight) in names.iter().copied().zip(weights) {
                let (target, reached) = goals.next().unwrap();
                // A share beyond a hundred percent is none.
                let (target, reached) =
                    if unit == "%" { (80 + target % 11, reached.min(105)) } else { (target, reached) };
                parts.push(Part { level1, level2, name, unit, target, reached, weight });
            }
        }
        // Something falls short, so that not everything has full marks.
        parts[0].reached = parts[0].reached.min(95);
        shuffle(&mut parts, seed);
        let (fiscal, carried, other, spent) = money;
        // Whole hundreds of yuan, so that every unit prints them in a few decimals.
        let budget = [fiscal, carried, other].map(|n| n * 1_000);
        let outturn = budget.map(|n| n * spent / 100);
        Drawn { layout, unit: UNITS[unit], budget, outturn, parts }
    })
}

/// Another order for each seed.
fn shuffle<T>(items: &mut [T], mut seed: u64) {
    for last in (1..items.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from((seed >> 33) % (last as u64 + 1)).unwrap();
        items.swap(last, other);
    }
}

/// What the first finding of one of these rules says the difference is.
fn difference_of(found: &[Finding], rules: &[&str]) -> Option<String> {
    found.iter().find(|f| rules.contains(&f.rule.code)).and_then(|f| f.difference.as_deref()).map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_correct_form_is_silent(form in drawn()) {
        let found = form.findings(None);
        let said: Vec<String> = found.iter().map(|f| format!("{} {:?} {}", f.rule.code, f.cells, f.message(jixiao::finding::Lang::Zh))).collect();
        prop_assert!(said.is_empty(), "{:#?}\n{}", said, form.sheet(None));
    }

    #[test]
    fn a_wrong_total_is_found(form in drawn(), more in 20_i64..900) {
        // A whole number may be the sum rounded.
        let total = form.execution_score() + form.parts.iter().map(Part::score).sum::<i64>() + more;
        prop_assume!(total % 100 != 0);
        let found = form.findings(Some(Fault::Total(more)));
        prop_assert_eq!(difference_of(&found, &["S03"]), Some(hundredths(more)), "{}", form.sheet(Some(Fault::Total(more))));
    }

    #[test]
    fn a_score_above_its_weight_is_found(form in drawn(), at in 0_usize..8, points in 1_i64..9) {
        let fault = Fault::AboveWeight(at % form.parts.len(), points);
        let found = form.findings(Some(fault));
        prop_assert_eq!(difference_of(&found, &["S02"]), Some(points.to_string()), "{}", form.sheet(Some(fault)));
    }

    #[test]
    fn a_wrong_rate_is_found(form in drawn(), points in 2_i64..20) {
        let fault = Fault::Rate(points);
        let found = form.findings(Some(fault));
        let difference = difference_of(&found, &["S04"]).as_deref().and_then(Decimal::parse);
        let near = difference.and_then(|d| d.checked_sub(Decimal::from_int(points))).is_some_and(|d| d.abs() < Decimal::parse("0.01").unwrap());
        prop_assert!(near, "{:?}\n{}", found, form.sheet(Some(fault)));
    }

    #[test]
    fn a_source_that_does_not_add_up_is_found(form in drawn(), thousands in 25_i64..90) {
        let fault = Fault::Source(thousands * 1_000);
        let found = form.findings(Some(fault));
        let difference = found.iter().find(|f| f.rule.code.starts_with("S08")).and_then(|f| f.difference.as_deref()).and_then(Decimal::parse);
        prop_assert_eq!(difference.map(Decimal::abs), Some(Decimal::from_int(thousands * 1_000)), "{:?}\n{}", found, form.sheet(Some(fault)));
    }
}
