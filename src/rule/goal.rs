//! S09, S21, S22, S29, S30, S34: amounts in targets and texts against the money of the form.

use super::check::{Check, figures};
use super::district::unit_ratio;
use super::funding::{Block, Figure};
use super::tolerance::half_unit;
use crate::compute::score::is_cost;
use crate::finding::Level;
use crate::finding::catalogue::form::{
    ANNUAL_ABOVE_MULTI_YEAR, COSTS_DIFFER_FROM_BUDGET, MONEY_AS_OUTPUT, TEXT_PARTS_DIFFER, TEXT_RATE_DIFFERS,
    TEXT_SHARE_DIFFERS, UNIT_SLIP,
};
use crate::form::{Field, FigureValue, FormKind, Goal, Indicator, Measure};
use crate::quantity::{Amount, CellRef, Decimal, MoneyUnit};
use crate::text::money_unit;

pub(super) fn check(check: &mut Check<'_>, block: &Block) {
    unit_of_form(check, block);
    multi_year(check, block);
    texts(check);
    rates(check, block);
    if check.form.kind != FormKind::TargetDeclaration {
        money_as_output(check, block);
        costs(check, block);
    }
}

/// The amount that a target or an actual states: only where it states a unit of money.
fn amount(indicator: &Indicator, field: Option<&Field<Goal>>) -> Option<Amount> {
    let goal = field?.value()?;
    let unit = goal.unit.as_deref().or(indicator.unit_of_measure.as_deref()).and_then(money_unit)?;
    Amount::new(goal.value?, unit).filter(|_| !goal.approximate && goal.upper.is_none())
}

/// All money of a form in the wrong unit: the cost indicators and the texts are the witnesses.
fn unit_of_form(check: &mut Check<'_>, block: &Block) {
    let Some(figure) = block.budget.or(block.outturn).filter(|f| f.yuan.signum() > 0) else { return };
    if check.blamed(figure.cell) {
        return;
    }
    let costs = check.form.indicators.iter().filter(|i| is_cost(i));
    let stated: Vec<Decimal> = costs
        .flat_map(|i| [amount(i, i.target.as_ref()), amount(i, i.actual.as_ref())])
        .flatten()
        .map(|a| a.money.yuan())
        .collect();
    let by_costs = stated.iter().copied().find(|&yuan| unit_ratio(yuan, figure.yuan));
    let in_texts: Vec<Decimal> = check
        .form
        .head
        .goals
        .iter()
        .flat_map(|(_, text)| amounts_in(text))
        .map(|found| found.amount.money.yuan())
        .collect();
    let exact = |yuan: Decimal| [4, -4_i8].into_iter().any(|by| yuan.shift(by) == Some(figure.yuan));
    let by_texts = in_texts.iter().copied().find(|&yuan| exact(yuan));
    // A text or a cost that states the very amount speaks for it.
    if stated.iter().chain(&in_texts).any(|yuan| *yuan == figure.yuan) {
        return;
    }
    let Some(witness) = by_costs.or(by_texts) else { return };
    let down = if witness < figure.yuan { -4 } else { 4 };
    let Some(expected) = figure.yuan.shift(down) else { return };
    let level = if by_costs.is_some() && by_texts.is_some() { Level::Error } else { Level::Warning };
    let label = crate::compute::total::total_row(check.form).map_or("", |row| row.label.trim());
    let finding = figures(check.finding(&UNIT_SLIP, [figure.cell]), figure.yuan, expected).arg("label", label);
    check.push(finding.level(level));
}

/// S34: the year's money against the total over all years, where the form has both.
fn multi_year(check: &mut Check<'_>, block: &Block) {
    let Some(budget) = block.budget else { return };
    let total = check.form.figures.iter().find_map(|figure| match (&figure.value, figure.measure) {
        (FigureValue::Money(amount), Some(Measure::MultiYearTotal)) => Some((figure.cell, amount.money.yuan())),
        _ => None,
    });
    if let Some((cell, total)) = total.filter(|(_, total)| total.signum() > 0 && budget.yuan > *total) {
        let finding = figures(check.finding(&ANNUAL_ABOVE_MULTI_YEAR, [budget.cell, cell]), budget.yuan, total);
        check.push(finding);
    }
}

/// S21: an output other than cost whose target is the budget.
fn money_as_output(check: &mut Check<'_>, block: &Block) {
    let money: Vec<Figure> =
        [block.original, block.budget, block.outturn].into_iter().flatten().filter(|f| f.yuan.signum() > 0).collect();
    for indicator in &check.form.indicators {
        let output = indicator.level1.as_ref().is_none_or(|level| level.name.contains("产出"));
        let Some(target) = amount(indicator, indicator.target.as_ref()).filter(|_| output && !is_cost(indicator))
        else {
            continue;
        };
        let name = indicator.level3.as_ref().map_or("", |level| level.text.trim());
        if ["成本", "控制", "节约", "标准"].iter().any(|word| name.contains(word)) {
            continue;
        }
        let yuan = target.money.yuan();
        let half = half_unit(target.unit.power(), target.decimals);
        let same = money.iter().any(|figure| {
            let most = figure.half.max(half.min(figure.half)).max(Decimal::ZERO);
            figure.yuan.checked_sub(yuan).is_some_and(|d| d.abs() <= most)
        });
        if let Some(cell) = indicator.target.as_ref().map(|f| f.cell).filter(|_| same) {
            let finding = check.finding(&MONEY_AS_OUTPUT, [cell]).given(yuan).arg("name", name);
            check.push(finding);
        }
    }
}

/// S22: actual costs in money against the outturn, where they are of the same order.
fn costs(check: &mut Check<'_>, block: &Block) {
    let Some(outturn) = block.outturn.filter(|f| f.yuan.signum() > 0) else { return };
    let mut cells: Vec<CellRef> = Vec::new();
    let mut sum = Decimal::ZERO;
    let mut most = outturn.half;
    for indicator in check.form.indicators.iter().filter(|i| is_cost(i)) {
        let Some(actual) = amount(indicator, indicator.actual.as_ref()) else { continue };
        cells.extend(indicator.actual.as_ref().map(|f| f.cell));
        sum = sum.checked_add(actual.money.yuan()).unwrap_or(sum);
        most = most.checked_add(half_unit(actual.unit.power(), actual.decimals.max(2))).unwrap_or(most);
    }
    let off = sum.checked_sub(outturn.yuan).unwrap_or_default();
    let near = off.abs().checked_add(off.abs()).is_some_and(|twice| twice < outturn.yuan);
    if !cells.is_empty() && near && off.abs() > most {
        let finding = figures(check.finding(&COSTS_DIFFER_FROM_BUDGET, cells), sum, outturn.yuan);
        check.push(finding);
    }
}

/// An amount in a running text.
struct Found {
    start: usize,
    end: usize,
    amount: Amount,
}

/// All amounts of a text that state their unit, in order.
fn amounts_in(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = text.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())).map(|i| at + i) {
        let rest = text.get(begin..).unwrap_or_default();
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
        let behind = rest.get(digits..).unwrap_or_default();
        let unit = ["万元", "亿元", "千元", "百元", "元", "万", "亿"].iter().find(|unit| behind.starts_with(**unit));
        let end = begin + digits + unit.map_or(0, |unit| unit.len());
        // 元/人, 万人, 万平方米: no sums of money.
        let after = text.get(end..).unwrap_or_default();
        let bare = unit.is_some_and(|unit| matches!(*unit, "万" | "亿"));
        let other = bare && after.starts_with(|c: char| c.is_alphabetic()) || after.starts_with(['/', '每']);
        if let Some(unit) = unit.filter(|_| !other)
            && let Some(value) = Decimal::parse(&rest.get(..digits).unwrap_or_default().replace(',', ""))
            && let Some(amount) = Amount::new(value, money_unit(unit).unwrap_or(MoneyUnit::Yuan))
        {
            found.push(Found { start: begin, end, amount });
        }
        at = end.max(begin + 1);
    }
    found
}

/// S29, S30 on every text that names amounts.
fn texts(check: &mut Check<'_>) {
    let cells: Vec<(CellRef, String)> = check
        .texts()
        .filter(|(_, text)| text.contains('元') && (text.contains("其中") || text.contains('占')))
        .map(|(cell, text)| (cell, text.to_owned()))
        .collect();
    for (cell, text) in cells {
        for sentence in text.split(['。', '；', '\n']) {
            if let Some((sum, total)) = parts_of(sentence) {
                let finding = figures(check.finding(&TEXT_PARTS_DIFFER, [cell]), sum, total);
                check.push(finding);
            }
            if let Some((given, expected)) = share_of(sentence) {
                let finding = figures(check.finding(&TEXT_SHARE_DIFFERS, [cell]), given, expected);
                check.push(finding);
            }
        }
    }
}

/// S30-1 on every sentence that states the execution rate.
fn rates(check: &mut Check<'_>, block: &Block) {
    let Some(exact) = block.rate().and_then(|rate| rate.shift(2)).filter(|_| !block.corrected) else { return };
    let said: Vec<(CellRef, Decimal)> = check
        .texts()
        .filter(|(_, text)| text.contains("执行率"))
        .flat_map(|(cell, text)| {
            text.split(['。', '；', '\n']).filter_map(move |sentence| Some((cell, rate_of(sentence)?)))
        })
        .collect();
    for (cell, given) in said {
        let half = half_unit(0, given.places());
        let off = exact.checked_sub(given).unwrap_or_default().abs();
        if half.checked_add(half).is_some_and(|most| off > most) {
            let finding = figures(check.finding(&TEXT_RATE_DIFFERS, [cell]), given, exact.round(2));
            check.push(finding);
        }
    }
}

/// The execution rate that a sentence states of the whole: `全年预算执行率为 96.5%`. `None`: it states none, or a goal, a part, or
/// several rates.
fn rate_of(sentence: &str) -> Option<Decimal> {
    const NO_STATEMENT: [&str; 14] =
        ["其中", "不低于", "不少于", "以上", "≥", ">", "力争", "确保", "目标", "应", "要求", "若", "如", "上年"];
    const SHORTEST: usize = 12;
    let is_whole = sentence.matches(['%', '％']).count() == 1 && sentence.chars().count() >= SHORTEST;
    let (before, after) = sentence.split_once("执行率")?;
    let after = after.split(['%', '％']).next()?;
    let number = after.trim_start_matches(|c: char| "为是达到了约：:，, ".contains(c)).trim_end();
    // What stands between is the sentence's own grammar, or the number belongs to something else.
    let is_near = after.chars().count() <= number.chars().count() + 4;
    let is_statement = !NO_STATEMENT.iter().any(|word| before.contains(word) || after.contains(word));
    let is_exact = !after.contains('约');
    if !(is_whole && is_near && is_statement && is_exact) || after.len() == sentence.len() {
        return None;
    }
    Decimal::parse(number).filter(|rate| *rate <= Decimal::from_int(200))
}

/// `总额 90 万元，其中：甲 30 万元，乙 50 万元`: the sum of the parts and the total, if they differ. A list with 等 is not
/// complete, and one that is far off was not understood.
fn parts_of(sentence: &str) -> Option<(Decimal, Decimal)> {
    let (before, after) = sentence.split_once("其中")?;
    if after.contains('等') || after.contains("其中") {
        return None;
    }
    let whole = amounts_in(before).pop()?.amount;
    let parts: Vec<Amount> = amounts_in(after).into_iter().map(|found| found.amount).collect();
    if parts.len() < 2 {
        return None;
    }
    let sum = Decimal::sum(parts.iter().map(|part| part.money.yuan()))?;
    let total = whole.money.yuan();
    let accuracy = super::tolerance::Accuracy::of(parts.iter().chain([&whole]));
    let most = Decimal::sum(parts.iter().chain([&whole]).map(|a| accuracy.half(a)))?;
    let off = sum.checked_sub(total)?.abs();
    let near = off.checked_mul(Decimal::from_int(5))? <= total;
    (off > most && near).then_some((sum, total))
}

/// `总额 515 万元，劳务费 414 万元，占 90%`: the share written and the share that follows, if they differ by more than the
/// accuracy of the share.
fn share_of(sentence: &str) -> Option<(Decimal, Decimal)> {
    let (before, after) = sentence.split_once('占')?;
    let percent = after.find(['%', '％'])?;
    let number = after.get(..percent)?;
    let start = number
        .rfind(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map_or(0, |i| i + number.get(i..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
    let given = Decimal::parse(number.get(start..)?)?;
    let amounts = amounts_in(before);
    let [whole, part] = amounts.as_slice() else { return None };
    // The share must follow its amount, and speak of the total.
    if before.get(part.end..)?.chars().count() > 3 || whole.start >= part.start {
        return None;
    }
    let speaks = ["总", "全部", "合计"].iter().any(|word| number.contains(word)) || number.chars().count() <= 6;
    let exact = part.amount.money.share_of(whole.amount.money)?.shift(2)?;
    let half = half_unit(0, given.places());
    let off = exact.checked_sub(given)?.abs();
    (speaks && off > half.checked_add(half)? && exact <= Decimal::HUNDRED).then_some((given, exact.round(2)))
}

#[cfg(test)]
mod tests {
    use super::{amounts_in, parts_of, rate_of, share_of};

    #[test]
    fn only_a_stated_rate_of_the_whole_is_one() {
        let rate = |text| rate_of(text).map(|rate| rate.to_string());
        assert_eq!(rate("全年预算执行率为96.5%，各项目标均已完成").as_deref(), Some("96.5"));
        assert_eq!(rate("截至年底，预算执行率达到 100％，资金全部支付").as_deref(), Some("100"));
        for other in [
            "预算执行率≥95%，资金及时拨付到位",
            "确保全年预算执行率达到95%",
            "其中设备购置预算执行率为80%，其余已支付",
            "预算执行率为95%，完工率98%，按期完成",
            "预算执行率约95%，主要用于网格员工资",
            "预算执行率95%",
            "执行率低的原因是资金下达较晚，占比20%",
        ] {
            assert_eq!(rate(other), None, "{other}");
        }
    }

    #[test]
    fn amounts_of_a_text() {
        let found: Vec<String> = amounts_in("补助1.2万人，每人300元/月，共计4,320.5万元、另7元")
            .iter()
            .map(|f| f.amount.money.to_string())
            .collect();
        assert_eq!(found, ["43205000.00", "7.00"]);
    }

    #[test]
    fn parts_and_total() {
        let differ = |text| parts_of(text).map(|(a, b)| (a.to_string(), b.to_string()));
        assert_eq!(differ("投入90万元，其中甲30万元，乙50万元"), Some(("800000".into(), "900000".into())));
        assert_eq!(differ("投入90万元，其中甲30万元，乙60万元"), None);
        assert_eq!(differ("投入90万元，其中甲30万元，乙50万元等"), None, "not complete");
        assert_eq!(differ("投入90万元，其中甲30万元"), None, "one part is no list");
    }

    #[test]
    fn shares_of_a_total() {
        let differ = |text| share_of(text).map(|(a, b)| (a.to_string(), b.to_string()));
        assert_eq!(differ("总支出515万元，劳务费414万元，占90%"), Some(("90".into(), "80.39".into())));
        assert_eq!(differ("总支出515万元，劳务费414万元，占80%"), None);
    }
}
