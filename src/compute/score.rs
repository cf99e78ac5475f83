//! Scores recomputed from targets and actuals.
//!
//! Why: a department writes its own scores; the bureau wants to know which of them follow from the targets and actuals
//! beside them. Input → output: one [`Indicator`] → how the actual compares with the target ([`Achieved`]) and what that
//! earns ([`Earned`]).
//!
//! Invariants: a target or an actual that is no plain number, or not in the same unit, is never compared; the reason is
//! in [`Why`]. Points are rounded half-up to two places, as scores are filed.
//!
//! Sources: 财预〔2020〕10号 (proportional score, qualitative bands), capped at the weight.

use crate::form::{Date, FieldExt, Form, Goal, Indicator, Operator};
use crate::quantity::{Decimal, Points};
use crate::settings::Settings;
use crate::text::money_unit;

/// Why an indicator cannot be compared with its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// No weight is given, so no points follow.
    NoWeight,
    /// No target is given.
    NoTarget,
    /// No actual is given.
    NoActual,
    /// Target or actual is words that stand for no number and no band.
    Words,
    /// Only one of the two is a number.
    Unlike,
    /// The units of measure differ.
    Units,
    /// `约`, `近`, an open interval: no hard comparison.
    Approximate,
    /// A forward target of zero: no ratio.
    ZeroTarget,
    /// Done after the date: no formula says what that costs.
    Late,
    /// The line of the execution rate, which has its own policy.
    ExecutionRate,
}

/// How an actual compares with its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Achieved {
    /// The target is met; `ratio` = actual ÷ target where both are positive numbers.
    Met {
        /// Actual ÷ target.
        ratio: Option<Decimal>,
    },
    /// The target is missed; `share` = what a proportional score leaves of the weight.
    Unmet {
        /// From 0 to 1.
        share: Decimal,
    },
    /// Words that belong to a qualitative band.
    Words(Band),
    /// It cannot be compared.
    Open(Why),
}

/// The bands of qualitative indicators, 财预〔2020〕10号: the score within a band is a matter of judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// 达成预期指标: 80–100 %.
    Achieved,
    /// 部分达成: 60–80 %, in places 50–80 %.
    Partly,
    /// 未达成: below.
    Missed,
}

impl Band {
    /// The shares of the weight that the band allows: from, to; the upper end belongs to the first band only.
    pub fn shares(self, settings: &Settings) -> (Decimal, Decimal) {
        let tenths = |n: i128| Decimal::new(n, 1).unwrap_or(Decimal::ONE);
        let partly = settings.scoring.partly_from.unwrap_or(tenths(6));
        match self {
            Self::Achieved => (tenths(8), Decimal::ONE),
            Self::Partly => (partly, tenths(8)),
            Self::Missed => (Decimal::ZERO, partly),
        }
    }

    /// Whether a share of the weight lies in the band.
    pub fn holds(self, share: Decimal, settings: &Settings) -> bool {
        let (from, to) = self.shares(settings);
        from <= share && (share < to || (self == Self::Achieved && share <= to))
    }
}

/// What an indicator earns by the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earned {
    /// Exactly this, half-up to two places.
    Points(Points),
    /// Something between, both included: a qualitative band.
    Between(Points, Points),
    /// Nothing that can be derived.
    Open(Why),
}

impl Earned {
    /// The points, where they follow exactly.
    pub fn points(self) -> Option<Points> {
        match self {
            Self::Points(points) => Some(points),
            Self::Between(..) | Self::Open(_) => None,
        }
    }
}

/// One indicator judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recomputed {
    /// Actual against target.
    pub achieved: Achieved,
    /// The score that follows.
    pub earned: Earned,
}

/// All indicators of a form, in its order.
pub fn recompute(form: &Form, settings: &Settings) -> Vec<Recomputed> {
    form.indicators.iter().map(|indicator| judge(indicator, settings)).collect()
}

/// One indicator: the comparison, and `weight × share` capped at the weight, half-up to two places.
pub fn judge(indicator: &Indicator, settings: &Settings) -> Recomputed {
    let achieved = achieved(indicator);
    let earned = match (indicator.weight.get(), achieved) {
        (_, Achieved::Open(why)) => Earned::Open(why),
        (None, _) => Earned::Open(Why::NoWeight),
        (Some(&weight), Achieved::Met { .. }) => Earned::Points(weight),
        (Some(&weight), Achieved::Unmet { share }) => {
            part(weight, share).map_or(Earned::Open(Why::Words), Earned::Points)
        }
        (Some(&weight), Achieved::Words(band)) => {
            let (from, to) = band.shares(settings);
            match (part(weight, from), part(weight, to)) {
                (Some(from), Some(to)) => Earned::Between(from, to),
                _ => Earned::Open(Why::Words),
            }
        }
    };
    Recomputed { achieved, earned }
}

/// `weight × share`, half-up to two places.
fn part(weight: Points, share: Decimal) -> Option<Points> {
    Points::from_decimal(weight.decimal().checked_mul(share)?.round(2))
}

/// Compares the actual of an indicator with its target.
pub fn achieved(indicator: &Indicator) -> Achieved {
    if indicator.execution_line {
        return Achieved::Open(Why::ExecutionRate);
    }
    let Some(target) = indicator.target.get() else {
        return Achieved::Open(Why::NoTarget);
    };
    let Some(actual_field) = indicator.actual.as_ref() else {
        return Achieved::Open(Why::NoActual);
    };
    let Some(actual) = actual_field.value() else {
        return Achieved::Open(Why::NoActual);
    };
    if target.approximate || actual.approximate {
        return Achieved::Open(Why::Approximate);
    }
    if let Some(due) = target.date {
        return match actual.date {
            Some(done) => on_time(due, done, target.operator),
            None => Achieved::Open(Why::Unlike),
        };
    }
    match (target.value, actual.value) {
        (Some(_), Some(_)) => number(indicator, target, actual),
        (None, None) if actual.date.is_none() => {
            band(&actual_field.given).map_or(Achieved::Open(Why::Words), Achieved::Words)
        }
        _ => Achieved::Open(Why::Unlike),
    }
}

/// Due and done as far as both are known: without a day the month counts, without a month the year.
fn on_time(due: Date, done: Date, operator: Option<Operator>) -> Achieved {
    if matches!(operator, Some(Operator::Ge | Operator::Gt)) {
        return Achieved::Open(Why::Words);
    }
    let known = |a: u8, b: u8| if a == 0 || b == 0 { (0, 0) } else { (a, b) };
    let (due_month, done_month) = known(due.month, done.month);
    let (due_day, done_day) = if due_month == done_month { known(due.day, done.day) } else { (0, 0) };
    let year = if due.year == 0 || done.year == 0 { (0, 0) } else { (due.year, done.year) };
    if (year.1, done_month, done_day) <= (year.0, due_month, due_day) {
        Achieved::Met { ratio: None }
    } else {
        Achieved::Open(Why::Late)
    }
}

/// Two numbers, brought to one unit.
fn number(indicator: &Indicator, target: &Goal, actual: &Goal) -> Achieved {
    let (Some(a), Some(b)) = (target.value, actual.value) else {
        return Achieved::Open(Why::Words);
    };
    if actual.upper.is_some() {
        return Achieved::Open(Why::Approximate);
    }
    let own = indicator.unit_of_measure.as_deref();
    let Some(b) = same_unit(b, actual.unit.as_deref(), target.unit.as_deref().or(own)) else {
        return Achieved::Open(Why::Units);
    };
    let b = if share_for_percent(target, actual) { b.shift(2).unwrap_or(b) } else { b };
    if let Some(upper) = target.upper {
        return if b >= a && b <= upper { Achieved::Met { ratio: None } } else { Achieved::Open(Why::Approximate) };
    }
    compare(operator_of(indicator, target), a, b)
}

/// The operator; without one, costs and what nobody wants are at most, everything else is at least, a zero is exactly.
pub fn operator_of(indicator: &Indicator, target: &Goal) -> Operator {
    target.operator.unwrap_or_else(|| {
        if target.value.is_some_and(Decimal::is_zero) {
            Operator::Eq
        } else if is_cost(indicator) || fewer_is_better(indicator) {
            Operator::Le
        } else {
            Operator::Ge
        }
    })
}

/// Whether its name counts what nobody wants (complaints, accidents, damage) or what has a ceiling (控制率, 结转结余率,
/// 预算调整率: 财预〔2020〕10号, indicators of budget management).
fn fewer_is_better(indicator: &Indicator) -> bool {
    const UNWANTED: [&str; 23] = [
        "投诉",
        "事故",
        "差错",
        "故障",
        "受害",
        "成灾",
        "死亡",
        "违规",
        "违纪",
        "流失",
        "拖欠",
        "舆情",
        "上访",
        "信访",
        "发病",
        "感染",
        "超支",
        "案发",
        "控制率",
        "结余率",
        "结转率",
        "调整率",
        "变动率",
    ];
    const WANTED: [&str; 8] = ["下降", "降低", "减少", "处理", "办结", "化解", "满意", "防治"];
    let name = indicator.level3.as_ref().map_or("", |level| &level.text);
    UNWANTED.iter().any(|word| name.contains(word)) && !WANTED.iter().any(|word| name.contains(word))
}

/// Whether it stands under costs.
pub fn is_cost(indicator: &Indicator) -> bool {
    [&indicator.level1, &indicator.level2].into_iter().flatten().any(|level| level.name.contains("成本"))
}

/// The scoring rules of 财预〔2020〕10号: forward `actual ÷ target`, reverse `target ÷ actual`, equal the smaller of both;
/// a zero target is met by zero and missed by anything else.
fn compare(operator: Operator, target: Decimal, actual: Decimal) -> Achieved {
    let met = match operator {
        Operator::Ge => actual >= target,
        Operator::Gt => actual > target,
        Operator::Le => actual <= target,
        Operator::Lt => actual < target,
        Operator::Eq => actual == target,
    };
    let ratio = actual.div(target, 12).filter(|_| target.signum() > 0 && actual.signum() >= 0);
    if met {
        return Achieved::Met { ratio };
    }
    let reverse = target.div(actual, 12).filter(|_| actual.signum() > 0 && target.signum() >= 0);
    let share = match operator {
        Operator::Ge | Operator::Gt => ratio,
        Operator::Le | Operator::Lt => reverse,
        Operator::Eq if target.is_zero() => Some(Decimal::ZERO),
        Operator::Eq => ratio.zip(reverse).map(|(r, s)| r.min(s)).or(ratio),
    };
    match share {
        Some(share) => Achieved::Unmet { share: share.min(Decimal::ONE) },
        None => Achieved::Open(Why::ZeroTarget),
    }
}

/// `value` in the unit of the other side; money units are converted, a missing unit is that of the other side.
fn same_unit(value: Decimal, from: Option<&str>, to: Option<&str>) -> Option<Decimal> {
    let (Some(from), Some(to)) =
        (from.map(str::trim).filter(|u| !u.is_empty()), to.map(str::trim).filter(|u| !u.is_empty()))
    else {
        return Some(value);
    };
    if from == to || is_percent(from) && is_percent(to) {
        return Some(value);
    }
    match (money_unit(from), money_unit(to)) {
        (Some(from), Some(to)) => {
            let up = i8::try_from(from.power()).ok()?;
            let down = i8::try_from(to.power()).ok()?;
            value.shift(up.checked_sub(down)?)
        }
        (None, None) if !is_percent(from) && !is_percent(to) && (from.starts_with(to) || to.starts_with(from)) => {
            Some(value)
        }
        _ => None,
    }
}

/// Whether a unit of measure says percent.
pub fn is_percent(unit: &str) -> bool {
    matches!(unit.trim(), "%" | "％" | "百分比" | "百分点" | "﹪")
}

/// Whether an actual is a share written where a percentage belongs: at most 1.5 where at least 50 percent are wanted.
pub fn share_for_percent(target: &Goal, actual: &Goal) -> bool {
    let percent = target.unit.as_deref().is_some_and(is_percent);
    let (Some(a), Some(b)) = (target.value, actual.value) else {
        return false;
    };
    let most = Decimal::new(15, 1).unwrap_or(Decimal::ONE);
    percent && a >= Decimal::from_int(50) && b.signum() > 0 && b <= most
}

/// The band that the words of an actual belong to. Words that fit none are left to people.
pub fn band(words: &str) -> Option<Band> {
    let words = words.trim();
    let any = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if any(&["部分达成", "部分完成", "部分实现", "部分达到"]) {
        Some(Band::Partly)
    } else if any(&["未达成", "未完成", "未实现", "未达到", "没有完成", "没有达到", "未开展", "未实施"])
    {
        Some(Band::Missed)
    } else if ["达成", "完成", "已完成", "已达成", "全部达成", "全部完成", "达到预期"]
        .iter()
        .any(|word| words.starts_with(word))
    {
        Some(Band::Achieved)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Achieved, Band, Earned, Why, achieved, band, judge};
    use crate::form::{Date, Field, Goal, Indicator, Level, Operator};
    use crate::quantity::{CellRef, Decimal, Entry, Points, Text};
    use crate::settings::Settings;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[expect(clippy::unnecessary_wraps, reason = "as the model wants it")]
    fn field<T>(entry: T, given: &str) -> Option<Field<T>> {
        Some(Field { cell: CellRef::new(0, 0), given: given.into(), entry: Entry::Given(entry) })
    }

    fn indicator(level2: &str, target: Goal, actual: Goal, words: &str) -> Indicator {
        let level =
            |text: &str| Some(Level { cell: CellRef::new(0, 0), text: text.into(), name: text.into(), weight: None });
        Indicator {
            row: 0,
            level1: level("产出"),
            level2: level(level2),
            level3: level("指标"),
            target: field(target, words),
            actual: field(actual, words),
            unit_of_measure: None,
            weight: field(Points::from_decimal(d("10")).unwrap(), "10"),
            score: None,
            review_score: None,
            note: None,
            nature: None,
            criteria: None,
            execution_line: false,
            cell: CellRef::new(0, 0),
        }
    }

    fn goal(operator: Option<Operator>, value: &str, unit: Option<&str>) -> Goal {
        Goal { operator, value: Some(d(value)), unit: unit.map(Text::from), ..Goal::default() }
    }

    fn earned(operator: Option<Operator>, target: &str, actual: &str) -> Earned {
        let i = indicator("数量指标", goal(operator, target, None), goal(None, actual, None), "");
        judge(&i, &Settings::default()).earned
    }

    fn points(text: &str) -> Earned {
        Earned::Points(Points::from_decimal(d(text)).unwrap())
    }

    #[test]
    fn in_proportion_and_capped() {
        let (ge, le, eq) = (Some(Operator::Ge), Some(Operator::Le), Some(Operator::Eq));
        assert_eq!(earned(ge, "100", "72.74"), points("7.27"));
        assert_eq!(earned(ge, "2000", "3061"), points("10"));
        assert_eq!(earned(None, "3", "2"), points("6.67"));
        assert_eq!(earned(le, "5", "8"), points("6.25"));
        assert_eq!(earned(le, "5", "0"), points("10"));
        assert_eq!(earned(eq, "4", "5"), points("8"));
        assert_eq!(earned(eq, "5", "4"), points("8"));
    }

    #[test]
    fn zero_targets() {
        assert_eq!(earned(Some(Operator::Eq), "0", "0"), points("10"));
        assert_eq!(earned(None, "0", "1"), points("0"));
        assert_eq!(earned(Some(Operator::Le), "0", "2"), points("0"));
        assert_eq!(earned(Some(Operator::Gt), "0", "0"), Earned::Open(Why::ZeroTarget));
    }

    #[test]
    fn units_are_converted_or_refused() {
        let of = |a: &str, b: &str| {
            let i = indicator("成本指标", goal(None, "7.29", Some(a)), goal(None, "72890", Some(b)), "");
            achieved(&i)
        };
        assert!(matches!(of("万元", "元"), Achieved::Met { .. }), "72,890 yuan are less than 7.29万元");
        assert_eq!(of("万元", "套"), Achieved::Open(Why::Units));
        let i = indicator("质量指标", goal(None, "95", Some("%")), goal(None, "0.97", None), "");
        assert!(matches!(achieved(&i), Achieved::Met { .. }), "a share for a percentage");
    }

    #[test]
    fn dates_and_words() {
        let date = |year, month| Goal { date: Some(Date { year, month, day: 0 }), ..Goal::default() };
        let of = |a, b| achieved(&indicator("时效指标", a, b, ""));
        assert_eq!(of(date(0, 9), date(0, 7)), Achieved::Met { ratio: None });
        assert_eq!(of(date(2021, 12), date(2022, 1)), Achieved::Open(Why::Late));
        assert_eq!(of(date(0, 9), Goal::default()), Achieved::Open(Why::Unlike));
        let words = |text| achieved(&indicator("质量指标", Goal::default(), Goal::default(), text));
        assert_eq!(words("部分达成并有一定效果"), Achieved::Words(Band::Partly));
        assert_eq!(words("群众反映良好"), Achieved::Open(Why::Words));
    }

    #[test]
    fn bands_are_half_open() {
        let settings = Settings::default();
        assert!(Band::Achieved.holds(d("0.8"), &settings) && Band::Achieved.holds(d("1"), &settings));
        assert!(Band::Partly.holds(d("0.6"), &settings) && !Band::Partly.holds(d("0.8"), &settings));
        assert!(Band::Missed.holds(d("0"), &settings) && !Band::Missed.holds(d("0.6"), &settings));
        assert_eq!(band("已完成全部任务"), Some(Band::Achieved));
        assert_eq!(band("未达到预期"), Some(Band::Missed));
    }

    proptest! {
        #[test]
        fn points_stay_between_nothing_and_the_weight(target in 0_i64..10_000, actual in 0_i64..10_000, op in 0_usize..5) {
            let operator = [Operator::Ge, Operator::Le, Operator::Eq, Operator::Gt, Operator::Lt][op];
            let (target, actual) = (target.to_string(), actual.to_string());
            if let Earned::Points(points) = earned(Some(operator), &target, &actual) {
                prop_assert!(points.decimal() >= Decimal::ZERO && points.decimal() <= d("10"));
            }
        }
    }
}
