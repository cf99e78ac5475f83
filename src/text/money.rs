//! Amounts of money as people write them.
//!
//! Why: one form says `17万50元` where another says `17.005` under a head `(万元)`. Both must become the same yuan, and
//! what is doubtful in the wording must not get lost on the way.
//!
//! Input → output: the text of a cell and the unit that holds where the text states none → an exact amount, and what is
//! to be said about the wording.
//!
//! Invariant: a unit in the text wins over every other; a wording with two readings gets its literal one and a flag.

use super::fold::nothing;
use super::number::{Written, fold_number, leading, signed};
use super::numeral::{digit, numeral};
use crate::quantity::{Amount, Decimal, Entry, Money, MoneyUnit};

/// An amount read from text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyText {
    /// The amount.
    pub entry: Entry<Amount>,
    /// Whether the text itself states the unit; otherwise the given one was used.
    pub unit_stated: bool,
    /// `17万50元`, `3万5`: digits seem to be left out, so that another reading is possible.
    pub ambiguous: bool,
    /// `约`, `近`, `余`, `多`, `左右`: not exact.
    pub approximate: bool,
    /// `10万等`: the amount ends a list that is not complete.
    pub incomplete: bool,
}

impl MoneyText {
    const fn of(entry: Entry<Amount>) -> Self {
        Self { entry, unit_stated: false, ambiguous: false, approximate: false, incomplete: false }
    }
}

/// Units from the longest word on: 元 is not among them, it ends an amount.
const MULTIPLES: &[(&str, MoneyUnit)] = &[
    ("千万", MoneyUnit::TenMillion),
    ("百万", MoneyUnit::Million),
    ("亿", MoneyUnit::HundredMillion),
    ("万", MoneyUnit::TenThousand),
    ("千", MoneyUnit::Thousand),
    ("仟", MoneyUnit::Thousand),
    ("百", MoneyUnit::Hundred),
    ("佰", MoneyUnit::Hundred),
];

/// Words before an amount that say nothing about it.
const OPENERS: &[&str] = &["人民币", "共计", "合计", "总计", "共", "计", "RMB", "¥", "￥"];
/// Words that make an amount inexact, before it and behind it.
const ABOUT_BEFORE: &[&str] = &["大约", "约", "将近", "近"];
const ABOUT_AFTER: &[&str] = &["左右", "上下", "余", "多"];

/// Reads an amount; `default` is the unit that holds where the text states none.
///
/// Grammar: `[约][¥] sign (number [余] [千万|百万|亿|万|千|百])+ [元 [n角][n分]] [整|左右|等] [(remark)]`, the units falling, a
/// decimal point in the last part only; Chinese numerals for the number as well. In `3万5` the last unit is left out,
/// as in speech: 35,000, and ambiguous.
///
/// ```
/// use jixiao::{quantity::MoneyUnit, text::money};
/// let yuan = |text| money(text, MoneyUnit::TenThousand).entry.given().map(|a| a.money.to_string());
/// assert_eq!(yuan("17万50元").as_deref(), Some("170050.00"));
/// assert_eq!(yuan("17.005").as_deref(), Some("170050.00"));
/// assert_eq!(yuan("1,234.56元").as_deref(), Some("1234.56"));
/// assert_eq!(yuan("0.7亿元").as_deref(), Some("70000000.00"));
/// assert!(money("17万50元", MoneyUnit::Yuan).ambiguous);
/// assert!(money("10万等", MoneyUnit::Yuan).incomplete);
/// ```
pub fn money(text: &str, default: MoneyUnit) -> MoneyText {
    if let Some(entry) = nothing(text) {
        return MoneyText::of(entry);
    }
    let text = fold_number(text);
    read(&text, default).unwrap_or(MoneyText::of(Entry::Unreadable))
}

/// A unit of money as a word: `万元`, `元`, `千元`, `亿元`, and the short `万`, `亿`.
pub fn money_unit(text: &str) -> Option<MoneyUnit> {
    let text = super::fold::folded(text);
    let text = text.strip_prefix("人民币").unwrap_or(&text);
    if text == "元" {
        return Some(MoneyUnit::Yuan);
    }
    let short = text.strip_suffix('元').unwrap_or(text);
    let long = short.len() < text.len();
    MULTIPLES
        .iter()
        .find(|(word, unit)| {
            *word == short && (long || matches!(unit, MoneyUnit::TenThousand | MoneyUnit::HundredMillion))
        })
        .map(|&(_, unit)| unit)
}

/// What has been read of an amount so far.
struct Parts {
    /// Sum in yuan.
    yuan: Decimal,
    /// Unit of the last part, and its written number.
    unit: MoneyUnit,
    last: Written,
    stated: bool,
    ambiguous: bool,
    approximate: bool,
}

fn read(text: &str, default: MoneyUnit) -> Option<MoneyText> {
    let (before, text) = strip_about(text);
    let (negative, text) = signed(text)?;
    let (between, text) = strip_about(text);
    let (mut parts, rest) = parts(text, default)?;
    let (tail, incomplete) = tail(rest, &mut parts)?;
    let yuan = if negative { Decimal::ZERO.checked_sub(parts.yuan)? } else { parts.yuan };
    let amount =
        Amount { money: Money::from_decimal(yuan, MoneyUnit::Yuan)?, unit: parts.unit, decimals: parts.last.places };
    Some(MoneyText {
        entry: Entry::Given(amount),
        unit_stated: parts.stated,
        ambiguous: parts.ambiguous,
        approximate: before || between || parts.approximate || tail,
        incomplete,
    })
}

/// Takes openers and words like 约 off the head; says whether there was one of the latter.
fn strip_about(mut text: &str) -> (bool, &str) {
    let mut about = false;
    loop {
        if let Some(rest) = ABOUT_BEFORE.iter().find_map(|word| text.strip_prefix(word)) {
            (about, text) = (true, rest);
        } else if let Some(rest) = OPENERS.iter().find_map(|word| text.strip_prefix(word)) {
            text = rest.strip_prefix(':').unwrap_or(rest);
        } else {
            return (about, text);
        }
    }
}

/// The number of a part: digits, or a Chinese numeral.
fn part_number(text: &str) -> Option<(Written, &str)> {
    leading(text).or_else(|| numeral(text).map(|(n, rest)| (Written { value: n.into(), places: 0 }, rest)))
}

/// All parts, with what follows them.
fn parts(text: &str, default: MoneyUnit) -> Option<(Parts, &str)> {
    let (first, mut rest) = part_number(text)?;
    let mut parts =
        Parts { yuan: Decimal::ZERO, unit: default, last: first, stated: false, ambiguous: false, approximate: false };
    let mut number = first;
    let mut length = text.len() - rest.len();
    // The unit above the part at hand, as a power of ten.
    let mut above: Option<u8> = None;
    loop {
        let (about, after) = match ["余", "多", "几"].iter().find_map(|word| rest.strip_prefix(word)) {
            Some(after) => (true, after),
            None => (false, rest),
        };
        let multiple = MULTIPLES.iter().find_map(|(word, unit)| Some((*unit, after.strip_prefix(word)?)));
        if let Some((unit, after)) = multiple {
            if above.is_some_and(|above| !fits(number.value, above, unit.power())) {
                return None;
            }
            parts.add(number, unit.power())?;
            (parts.unit, parts.last, parts.stated) = (unit, number, true);
            parts.approximate |= about;
            above = Some(unit.power());
            rest = after;
        } else {
            // The last part: yuan, or a number without a unit.
            let yuan = after.starts_with('元');
            if yuan {
                parts.approximate |= about;
                rest = after;
            }
            match above {
                Some(above) => {
                    if !fits(number.value, above, 0) {
                        return None;
                    }
                    let short = !yuan && length == 1 && number.value.signum() > 0;
                    parts.ambiguous = length < usize::from(above);
                    parts.add(number, if short { above.checked_sub(1)? } else { 0 })?;
                    parts.unit = if short { below(above) } else { MoneyUnit::Yuan };
                }
                None if yuan => {
                    parts.add(number, 0)?;
                    (parts.unit, parts.stated) = (MoneyUnit::Yuan, true);
                }
                None => parts.add(number, default.power())?,
            }
            parts.last = number;
            break;
        }
        // Another part follows, after 零 where digits are left out.
        let next = rest.strip_prefix('零').unwrap_or(rest);
        let Some((value, after)) = part_number(next) else {
            break;
        };
        // A point is right in the last part only.
        if number.places > 0 {
            return None;
        }
        // With 零 nothing is left out, so it counts for the missing digits.
        length = if next.len() < rest.len() { usize::MAX } else { next.len() - after.len() };
        (number, rest) = (value, after);
    }
    Some((parts, rest))
}

impl Parts {
    fn add(&mut self, number: Written, power: u8) -> Option<()> {
        self.yuan = self.yuan.checked_add(number.value.shift(i8::try_from(power).ok()?)?)?;
        Some(())
    }
}

/// Whether a part fits below the unit before it: 50 元 below 万, not 50,000.
fn fits(value: Decimal, above: u8, power: u8) -> bool {
    let room = above.checked_sub(power).filter(|&n| n > 0).and_then(|n| i8::try_from(n).ok());
    room.and_then(|n| Decimal::ONE.shift(n)).is_some_and(|limit| value < limit)
}

/// The unit one place below a power of ten, as far as it has a name.
const fn below(power: u8) -> MoneyUnit {
    match power {
        8 => MoneyUnit::TenMillion,
        7 => MoneyUnit::Million,
        4 => MoneyUnit::Thousand,
        3 => MoneyUnit::Hundred,
        _ => MoneyUnit::Yuan,
    }
}

/// What may follow an amount: 元, 角, 分, 整, inexactness, 等, a remark in brackets. Says whether it is inexact and whether
/// the list is incomplete; `None` when anything else follows.
fn tail(rest: &str, parts: &mut Parts) -> Option<(bool, bool)> {
    let mut rest = rest;
    if let Some(after) = rest.strip_prefix('元') {
        parts.stated = true;
        rest = coins(after, parts)?;
    }
    let (mut about, mut incomplete) = (false, false);
    loop {
        if let Some(after) = ABOUT_AFTER.iter().find_map(|word| rest.strip_prefix(word)) {
            (about, rest) = (true, after);
        } else if let Some(after) = rest.strip_prefix('等') {
            (incomplete, rest) = (true, after);
        } else if let Some(after) = rest.strip_prefix(['整', '正', '。', ';', ',', '、']) {
            rest = after;
        } else {
            break;
        }
    }
    let remark = rest.starts_with('(') && rest.ends_with(')') && parts.stated;
    (rest.is_empty() || remark).then_some((about, incomplete))
}

/// `5角3分` behind 元.
fn coins<'a>(rest: &'a str, parts: &mut Parts) -> Option<&'a str> {
    let mut rest = rest;
    for (word, places) in [('角', 1), ('分', 2)] {
        let after_zero = rest.strip_prefix('零').unwrap_or(rest);
        let Some(c) = after_zero.chars().next() else { break };
        let Some(n) = c.to_digit(10).map(i64::from).or_else(|| digit(c)) else { break };
        let Some(after) = after_zero.get(c.len_utf8()..).and_then(|after| after.strip_prefix(word)) else { continue };
        parts.yuan = parts.yuan.checked_add(Decimal::new(n.into(), places)?)?;
        (parts.unit, parts.last) = (MoneyUnit::Yuan, Written { value: parts.last.value, places });
        rest = after;
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::{money, money_unit};
    use crate::quantity::{Decimal, Entry, MoneyUnit};
    use proptest::prelude::*;

    fn yuan(text: &str) -> Option<String> {
        money(text, MoneyUnit::TenThousand).entry.given().map(|a| a.money.to_string())
    }

    #[test]
    fn the_grammar_of_amounts() {
        for (text, want) in [
            ("17万50元", "170050.00"),
            ("44万元", "440000.00"),
            ("515万元", "5150000.00"),
            ("195.5万元", "1955000.00"),
            ("200万", "2000000.00"),
            ("72890元", "72890.00"),
            ("0.7亿元", "70000000.00"),
            ("5千元", "5000.00"),
            ("3百元", "300.00"),
            ("2.5千万元", "25000000.00"),
            ("1亿2000万元", "120000000.00"),
            ("3万5千元", "35000.00"),
            ("3万零50元", "30050.00"),
            ("3万5", "35000.00"),
            ("11,122,315.04", "111223150400.00"),
            ("￥1,234.56元", "1234.56"),
            ("人民币伍佰壹拾伍万元整", "5150000.00"),
            ("五百万元", "5000000.00"),
            ("12元5角3分", "12.53"),
            ("壹佰元零伍分", "100.05"),
            ("（204.61）", "-2046100.00"),
            ("-3万元", "-30000.00"),
            ("约90万元", "900000.00"),
            ("100余万元", "1000000.00"),
            ("500余元", "500.00"),
            ("10万等", "100000.00"),
            ("6923.3552万元(其中：上级3000万元)", "69233552.00"),
            ("４４ 万元", "440000.00"),
        ] {
            assert_eq!(yuan(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_stays_unread() {
        for text in [
            "完成",
            "3.5万50元",
            "3万50000元",
            "5万3亿",
            "10%",
            "90万元以内",
            "30元/人",
            "1部,2套",
            "万元",
            ".32",
            "10个",
            "515万元2",
            "20分*执行率",
            "2021年",
            "515(万元",
            "12+3",
        ] {
            assert_eq!(money(text, MoneyUnit::TenThousand).entry, Entry::Unreadable, "{text}");
        }
        assert_eq!(money("—", MoneyUnit::Yuan).entry, Entry::NotApplicable);
        assert_eq!(money("", MoneyUnit::Yuan).entry, Entry::Blank);
        assert_eq!(yuan("0").as_deref(), Some("0.00"));
    }

    #[test]
    fn doubts_are_flagged() {
        let m = |text| money(text, MoneyUnit::Yuan);
        assert!(m("17万50元").ambiguous && m("17万50元").unit_stated);
        assert!(m("3万5").ambiguous);
        assert!(!m("17万5000元").ambiguous && !m("3万5千元").ambiguous && !m("3万零50元").ambiguous);
        assert!(!m("1亿200万元").ambiguous);
        assert!(m("约90").approximate && m("90万元左右").approximate && m("10多万元").approximate);
        assert!(!m("90").approximate && !m("90").unit_stated && m("90元").unit_stated && m("500余元").unit_stated);
        assert!(m("10万等").incomplete && !m("10万").incomplete);
    }

    #[test]
    fn the_written_accuracy_travels_along() {
        let a = *money("44.00", MoneyUnit::TenThousand).entry.given().unwrap();
        assert_eq!((a.unit, a.decimals), (MoneyUnit::TenThousand, 2));
        let a = *money("17万50元", MoneyUnit::TenThousand).entry.given().unwrap();
        assert_eq!((a.unit, a.decimals), (MoneyUnit::Yuan, 0));
        let a = *money("3万5", MoneyUnit::TenThousand).entry.given().unwrap();
        assert_eq!((a.unit, a.decimals), (MoneyUnit::Thousand, 0));
    }

    #[test]
    fn units_as_words() {
        assert_eq!(money_unit("万元"), Some(MoneyUnit::TenThousand));
        assert_eq!(money_unit("人民币 元"), Some(MoneyUnit::Yuan));
        assert_eq!(money_unit("亿"), Some(MoneyUnit::HundredMillion));
        assert_eq!(money_unit("千元"), Some(MoneyUnit::Thousand));
        assert_eq!(money_unit("百"), None);
        assert_eq!(money_unit("个"), None);
    }

    proptest! {
        #[test]
        fn one_amount_in_every_unit(fen in 0_i64..100_000_000_000_000) {
            let value = Decimal::new(fen.into(), 2).unwrap();
            for (unit, word) in [(MoneyUnit::Yuan, "元"), (MoneyUnit::Thousand, "千元"), (MoneyUnit::TenThousand, "万元"), (MoneyUnit::HundredMillion, "亿元")] {
                let number = value.shift(-i8::try_from(unit.power()).unwrap()).unwrap();
                let stated = money(&format!("{number}{word}"), MoneyUnit::Yuan);
                let implied = money(&number.to_string(), unit);
                prop_assert_eq!(stated.entry.given().unwrap().money.fen(), fen);
                prop_assert_eq!(implied.entry.given().unwrap().money.fen(), fen);
            }
        }

        #[test]
        fn nothing_panics(text in "[0-9一二两万亿千百元角分零约余多等()（）.,-]{0,14}") {
            money(&text, MoneyUnit::HundredMillion);
        }
    }
}
