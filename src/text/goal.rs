//! Targets and actuals: an operator, a number, a unit — or words.
//!
//! Why: `≥50个`, `2000户以上`, `不超过5%`, `9月前` must be comparable with what was achieved; `完成1部宣传片,2套方案` must not be.
//!
//! Input → output: the text, the operator and unit columns beside it and the indicator's name → a [`Goal`]; without a
//! certain reading it has no value.

use super::date::leading_date;
use super::fold::{folded, is_placeholder, tidy};
use super::goal_words::{
    ABOUT_AFTER, ABOUT_BEFORE, OPERATORS, RATE_WORDS, SUFFIXES, VERBS, is_operator_head, leading_operator, operator,
};
use super::number::{Written, fold_number, leading};
use super::numeral::{digit, numeral};
use super::percent::is_points;
use crate::form::{Goal, Operator};
use crate::quantity::Decimal;
use std::cell::LazyCell;

/// A target or an actual read from text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GoalText {
    /// What it says.
    pub goal: Goal,
    /// Whether scanning had turned `≥` into `2` or `Z` and the operator was put back: `290%` for a rate.
    pub misread: bool,
}

/// Reads a target or an actual. `operator_column` and `unit_column` are the cells beside it, where the form has such
/// columns; what the text itself states wins over them. `name` is the indicator's: it tells a rate from a count.
///
/// A percentage is given as points: `90%`, `90` and `0.9` of a 率 are all 90. A plain number counts as percentage where
/// the unit column says `%`, or where the name says so and no other unit does; it is then a fraction up to 1.5.
///
/// ```
/// use jixiao::text::goal;
/// let g = goal("≥50个", None, None, "培训场次").goal;
/// assert_eq!((g.operator.map(|o| o.code()), g.value.map(|v| v.to_string()), g.unit.as_deref()), (Some(">="), Some("50".into()), Some("个")));
/// assert_eq!(goal("0.98", None, None, "完成率").goal.value.map(|v| v.to_string()), Some("98".into()));
/// assert_eq!(goal("完成1部宣传片,2套方案", None, None, "宣传").goal.value, None);
/// ```
pub fn goal(text: &str, operator_column: Option<&str>, unit_column: Option<&str>, name: &str) -> GoalText {
    let column_operator = operator_column.and_then(operator);
    let column_unit = unit_column.map(tidy).filter(|unit| !unit.is_empty() && !is_placeholder(unit));
    let name = LazyCell::new(|| folded(name));
    let mut read = if tidy(text).is_empty() || is_placeholder(text) {
        GoalText::default()
    } else {
        let text = fold_number(text);
        parse(&text, &name, column_operator.is_some())
    };
    let goal = &mut read.goal;
    goal.operator = goal.operator.or(column_operator);
    if goal.unit.is_none() {
        goal.unit = column_unit.map(|unit| if is_percent(&folded(unit)) { "%".into() } else { unit.into() });
        let fraction =
            goal.value.is_some_and(|value| !is_points(value)) && goal.upper.is_none_or(|upper| !is_points(upper));
        let is_rate = || match goal.unit.as_deref() {
            Some(unit) => unit == "%",
            None => RATE_WORDS.iter().any(|word| name.contains(word)),
        };
        if fraction && is_rate() {
            goal.value = goal.value.and_then(|value| value.shift(2));
            goal.upper = goal.upper.and_then(|upper| upper.shift(2));
            goal.unit = Some("%".into());
        }
    }
    read
}

fn parse(text: &str, name: &str, has_operator: bool) -> GoalText {
    // Most actuals in words end here.
    if !text.contains(|c: char| c.is_ascii_digit() || digit(c).is_some() || c == '十') {
        return GoalText::default();
    }
    let text = text.trim_end_matches(['。', ';', '.', ',']);
    let body = name_off(text, name);
    let mut goal = Goal::default();
    let body = head(body, &mut goal);
    if let Some(found) = time(body, &goal) {
        return GoalText { goal: found, misread: false };
    }
    let bare = goal.operator.is_none() && !has_operator;
    if let Some(goal) = misread(body, name).filter(|_| bare) {
        return GoalText { goal, misread: true };
    }
    match figure(body, &mut goal) {
        Some(()) => GoalText { goal, misread: false },
        None => GoalText::default(),
    }
}

/// Takes the indicator's own name, or words up to an operator, off the head: `满意度≥90%`, `群众满意度达95%以上`.
fn name_off<'a>(text: &'a str, name: &str) -> &'a str {
    let text = match text.strip_prefix(name).filter(|rest| !name.is_empty() && !rest.is_empty()) {
        Some(rest) => rest.strip_prefix(':').unwrap_or(rest),
        None => text,
    };
    // What stands before the operator must be one plain phrase: no figure, no second clause.
    let end = text.find(|c: char| c.is_ascii_digit() || matches!(c, ',' | '、' | ';' | '。')).unwrap_or(text.len());
    let phrase = text.get(..end).unwrap_or_default();
    if !phrase.contains(|c: char| is_operator_head(c) || c == '达') {
        return text;
    }
    let operator = OPERATORS.iter().map(|(word, _)| *word).chain(["达到", "达"]).find(|word| phrase.ends_with(word));
    match operator {
        Some(word) if phrase.chars().count() <= 16 => text.get(end - word.len()..).unwrap_or(text),
        _ => text,
    }
}

/// Takes verbs, operators and 约 off the head.
fn head<'a>(mut text: &'a str, goal: &mut Goal) -> &'a str {
    loop {
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return text;
        }
        if let Some((operator, rest)) = leading_operator(text) {
            if goal.operator.is_some() {
                return text;
            }
            (goal.operator, text) = (Some(operator), rest);
        } else if let Some(rest) = ABOUT_BEFORE.iter().find_map(|word| text.strip_prefix(word)) {
            (goal.approximate, text) = (true, rest);
        } else if let Some(rest) = VERBS.iter().find_map(|word| text.strip_prefix(word)) {
            text = rest;
        } else {
            return text;
        }
    }
}

/// `9月前`, `12月底之前`, `2021年12月完成`, `2021-12-31`: a date and nothing but a word of time beside it.
fn time(text: &str, head: &Goal) -> Option<Goal> {
    let (date, mut rest) = leading_date(text)?;
    // 12.5 and 2021.5 are numbers first.
    if rest.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let mut operator = head.operator;
    loop {
        if let Some(after) = ["之前", "以前", "前", "以内", "内"].iter().find_map(|word| rest.strip_prefix(word))
        {
            operator = operator.or(Some(Operator::Le));
            rest = after;
        } else if let Some(after) = ["底", "末", "已", "全部", "完成", "完工", "竣工", "实施", "到位"]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
        {
            rest = after;
        } else {
            break;
        }
    }
    rest.is_empty().then(|| Goal { operator, date: Some(date), approximate: head.approximate, ..Goal::default() })
}

/// A percentage above 100 of something that cannot exceed 100 whose first character is a misread `≥`: `290%`, `Z95%`.
fn misread(text: &str, name: &str) -> Option<Goal> {
    let (rest, certain) = match text.strip_prefix('Z') {
        Some(rest) => (rest, true),
        None => (
            text.strip_prefix('2')?,
            ["满意", "合格", "及时", "达标", "覆盖", "完成率", "准确", "到位率"].iter().any(|word| name.contains(word)),
        ),
    };
    let (number, unit) = leading(rest)?;
    let sound = Decimal::from_int(60) <= number.value && number.value <= Decimal::HUNDRED && !rest.starts_with('0');
    (certain && sound && unit == "%").then(|| Goal {
        operator: Some(Operator::Ge),
        value: Some(number.value),
        unit: Some("%".into()),
        ..Goal::default()
    })
}

/// `50余个以上`, `5-10个`, `90%-95%`: a number or two, a unit, an operator behind. `None`: anything else follows.
fn figure(text: &str, goal: &mut Goal) -> Option<()> {
    let (text, negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let (first, rest) = number(text)?;
    let (mut rest, more) = after_word(rest, &["余", "多"]);
    goal.approximate |= more;
    let interval = rest.strip_prefix('%').unwrap_or(rest);
    if let Some((upper, after)) = interval.strip_prefix(['-', '~', '至', '到']).and_then(number) {
        // 90%-95 lacks its second sign; 2019-2021年 is a time.
        let percent = interval.len() < rest.len();
        if upper.value < first.value || (percent && !after.starts_with('%')) || after.starts_with('年') || negative {
            return None;
        }
        goal.upper = Some(upper.value);
        rest = after;
    }
    let unit = tail(rest, goal)?;
    goal.value = if negative { Decimal::ZERO.checked_sub(first.value) } else { Some(first.value) };
    if !unit.is_empty() {
        goal.unit = Some(if is_percent(unit) { "%".into() } else { unit.into() });
    }
    Some(())
}

/// A number in digits, or a short Chinese numeral with a counter behind it (`三次`).
fn number(text: &str) -> Option<(Written, &str)> {
    leading(text).or_else(|| {
        let (n, rest) = numeral(text)?;
        // 一般, 百分之…, 一定 are words.
        let counted =
            rest.chars().next().is_some_and(|c| "个次件户人名场条项套座期处所辑部台份家天年篇宗例起".contains(c));
        (counted && rest.chars().count() <= 4).then_some((Written { value: n.into(), places: 0 }, rest))
    })
}

fn after_word<'a>(text: &'a str, words: &[&str]) -> (&'a str, bool) {
    match words.iter().find_map(|word| text.strip_prefix(word)) {
        Some(rest) => (rest, true),
        None => (text, false),
    }
}

/// The unit behind a number, with the operators and words of inexactness that follow it taken off.
fn tail<'a>(rest: &'a str, goal: &mut Goal) -> Option<&'a str> {
    let mut unit = rest;
    while unit.len() > 3 {
        if let Some((before, operator)) =
            SUFFIXES.iter().find_map(|(word, operator)| Some((unit.strip_suffix(word)?, *operator)))
        {
            // 不超过5%以内 says the same twice; what stands before the number wins.
            goal.operator = goal.operator.or(Some(operator));
            unit = before;
        } else if let Some(before) = ABOUT_AFTER.iter().find_map(|word| unit.strip_suffix(word)) {
            (goal.approximate, unit) = (true, before);
        } else {
            break;
        }
    }
    let (unit, more) = after_word(unit, &["余", "多"]);
    goal.approximate |= more;
    // 2020年全年, 7月执行数: points in time, not counts.
    let time = unit.starts_with('月')
        || (unit.starts_with('年') && unit.chars().nth(1).is_some_and(|c| c != '/' && c != '以'));
    (!time && is_unit(unit)).then_some(unit)
}

/// Whether this can be a unit of measure: short, without figures, punctuation or what makes a sentence of it.
fn is_unit(unit: &str) -> bool {
    let sentence =
        |c: char| matches!(c, '完' | '达' | '其' | '未' | '提' | '降' | '增' | '是' | '均' | '和' | '验' | '格');
    let mark = |c: char| matches!(c, '%' | '‰' | '/' | '·' | '㎡' | '²' | '³' | '℃' | '°' | '(' | ')');
    unit.chars().count() <= 6 && unit.chars().all(|c| (c.is_alphabetic() && !sentence(c)) || mark(c))
}

fn is_percent(unit: &str) -> bool {
    matches!(unit, "%" | "百分比" | "百分点" | "个百分点")
}

#[cfg(test)]
mod tests {
    use super::goal;
    use crate::form::{Date, Operator};
    use proptest::prelude::*;

    /// `operator value[..upper] unit`, `~` where inexact.
    fn show(text: &str, name: &str) -> String {
        let g = goal(text, None, None, name).goal;
        let value = match (g.value, g.upper) {
            (Some(value), Some(upper)) => format!("{value}..{upper}"),
            (Some(value), None) => value.to_string(),
            (None, _) => "?".into(),
        };
        format!(
            "{}{}{value}{}",
            g.operator.map_or("", Operator::code),
            if g.approximate { "~" } else { "" },
            g.unit.as_deref().unwrap_or("")
        )
    }

    #[test]
    fn targets_with_numbers() {
        for (text, want) in [
            ("≥50个", ">=50个"),
            ("≤90万元", "<=90万元"),
            ("=100", "=100"),
            ("﹦100", "=100"),
            ("≦3", "<=3"),
            ("〉5项", ">5项"),
            ("2000户以上", ">=2000户"),
            ("不超过5%", "<=5%"),
            ("不低于 95 ％", ">=95%"),
            ("控制在90万元以内", "<=90万元"),
            ("5-10个", "5..10个"),
            ("90%-95%", "90..95%"),
            ("约90%", "~90%"),
            ("近300", "~300"),
            ("500余", "~500"),
            ("100百分比", "100%"),
            ("≥100百分比", ">=100%"),
            ("1,791件", "1791件"),
            ("完成50个", "50个"),
            ("100%", "100%"),
            ("-7.03%", "-7.03%"),
            ("3000元/人·月", "3000元/人·月"),
            ("三次", "3次"),
            ("0起", "0起"),
            ("培训人数≥100人", ">=100人"),
            ("辖区企业满意率达95%以上。", ">=95%"),
            ("受益人数不少于2000人", ">=2000人"),
            ("5‰", "5‰"),
            ("＞＝８０分", ">=80分"),
        ] {
            assert_eq!(show(text, "培训"), want, "{text}");
        }
    }

    #[test]
    fn words_have_no_value() {
        for text in [
            "完成1部宣传片,2套方案",
            "85%，3次",
            "显著提高",
            "达成预期指标",
            "一般",
            "符合国家2级标准",
            "1期工程验收合格",
            "无",
            "",
            "—",
            "100%完成",
            "第3季度",
            "20分*执行率",
            "按月发放12次、全部到位",
            "提高5个百分点以上",
            "2020年全年。",
            "1-7月执行数",
            "业务收入达到55万元,三公经费控制率达标",
        ] {
            let g = goal(text, None, None, "培训").goal;
            assert_eq!(g.value, None, "{text}: {g:?}");
        }
    }

    #[test]
    fn percent_is_given_in_points() {
        for (text, unit, want) in [
            ("0.98", None, "98"),
            ("1", None, "100"),
            ("98", None, "98"),
            ("100", Some("%"), "100"),
            ("1", Some("％"), "100"),
            ("0.5%", None, "0.5"),
        ] {
            assert_eq!(goal(text, None, unit, "完成率").goal.value.unwrap().to_string(), want, "{text}");
        }
        let count = goal("1", None, Some("次"), "检查频率").goal;
        assert_eq!((count.value.unwrap().to_string(), count.unit.as_deref()), ("1".into(), Some("次")));
        assert_eq!(goal("1", None, None, "宣传片").goal.value.unwrap().to_string(), "1");
    }

    #[test]
    fn columns_fill_in_what_the_text_lacks() {
        let g = goal("50", Some("≥"), Some("个"), "场次").goal;
        assert_eq!((g.operator, g.unit.as_deref()), (Some(Operator::Ge), Some("个")));
        let g = goal("≤50件", Some("≥"), Some("个"), "场次").goal;
        assert_eq!((g.operator, g.unit.as_deref()), (Some(Operator::Le), Some("件")));
        assert_eq!(goal("50", Some("定量"), None, "场次").goal.operator, None);
    }

    #[test]
    fn times_become_dates() {
        let date = |text| {
            let g = goal(text, None, None, "完成时间").goal;
            assert_eq!(g.value, None, "{text}");
            g.date.map(|d| (d, g.operator))
        };
        let d = |year, month, day| Date { year, month, day };
        assert_eq!(date("9月前"), Some((d(0, 9, 0), Some(Operator::Le))));
        assert_eq!(date("12月底之前"), Some((d(0, 12, 0), Some(Operator::Le))));
        assert_eq!(date("2021年12月完成"), Some((d(2021, 12, 0), None)));
        assert_eq!(date("2021年12月31日前完成"), Some((d(2021, 12, 31), Some(Operator::Le))));
        assert_eq!(date("2019-12-31"), Some((d(2019, 12, 31), None)));
        assert_eq!(date("7月"), Some((d(0, 7, 0), None)));
        assert_eq!(date("2021年底前"), Some((d(2021, 12, 0), Some(Operator::Le))));
        assert_eq!(date("按时完成"), None);
    }

    #[test]
    fn a_misread_sign_is_put_back_only_where_it_is_certain() {
        let read = |text, name| goal(text, None, None, name);
        let g = read("290%", "群众满意度");
        assert!(g.misread && g.goal.operator == Some(Operator::Ge) && g.goal.value.unwrap().to_string() == "90");
        assert!(read("2100%", "验收合格率").misread);
        assert!(read("Z95%", "覆盖").misread);
        for (text, name) in [
            ("290%", "销售额增长"),
            ("250%", "满意度"),
            ("90%", "满意度"),
            ("2%", "合格率"),
            ("200%", "合格率"),
            ("290", "满意度"),
        ] {
            assert!(!read(text, name).misread, "{text} {name}");
        }
        assert!(!goal("290%", Some("="), None, "满意度").misread);
    }

    proptest! {
        #[test]
        fn every_spelling_of_at_least(n in 0_u32..1_000_000) {
            for text in [format!("≥{n}个"), format!("不少于{n}个"), format!("{n}个以上"), format!("＞＝{n} 个"), format!("大于等于{n}个")] {
                let g = goal(&text, None, None, "").goal;
                prop_assert_eq!(g.operator, Some(Operator::Ge), "{}", text);
                prop_assert_eq!(g.value.unwrap().to_string(), n.to_string(), "{}", text);
                prop_assert_eq!(g.unit.as_deref(), Some("个"), "{}", text);
            }
        }

        #[test]
        fn nothing_panics(text in "[0-9≥≤=%个月年前底以上约余,.-]{0,12}", name in "[率满意度]{0,3}") {
            goal(&text, Some(&text), Some(&name), &name);
        }
    }
}
