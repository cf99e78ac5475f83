//! Dates and years as people write them.
//!
//! Input → output: text → a date whose missing parts are 0, or the year that a line is about.

use super::fold::{folded, nothing};
use super::number::fold_number;
use super::numeral::numeral;
use crate::form::Date;
use crate::quantity::Entry;

/// Years that a form of this field can be about.
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2099;

/// Days of the months; February as in leap years, because a form's date is read, not checked against the calendar.
const DAYS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Reads a date: `2021-12-31`, `2021/12/31`, `2021.12`, `2021年12月31日`, `二〇二一年十二月`, `20211231`, `9月`, `12月底`. A part that
/// is not written is 0; `底` keeps the day 0. Unreadable: impossible months and days, anything else beside the date.
///
/// ```
/// use jixiao::{form::Date, text::date};
/// assert_eq!(date("2021年12月31日").given(), Some(&Date { year: 2021, month: 12, day: 31 }));
/// assert_eq!(date("二〇二一年九月").given(), Some(&Date { year: 2021, month: 9, day: 0 }));
/// assert_eq!(date("9月").given(), Some(&Date { year: 0, month: 9, day: 0 }));
/// ```
pub fn date(text: &str) -> Entry<Date> {
    if let Some(entry) = nothing(text) {
        return entry;
    }
    match leading_date(&fold_number(text)) {
        Some((date, "")) => Entry::Given(date),
        Some(_) | None => Entry::Unreadable,
    }
}

/// The date at the head of folded text, with what follows it. A bare number is no date, apart from `20211231`.
pub(super) fn leading_date(text: &str) -> Option<(Date, &str)> {
    let (first, digits, rest) = whole(text)?;
    if digits == 8 {
        let date = checked(first / 10_000, first / 100 % 100, first % 100)?;
        return Some((date, rest));
    }
    if rest.starts_with('月') {
        return month_and_day(0, text);
    }
    if digits != 4 {
        return None;
    }
    checked(first, 0, 0)?;
    if let Some(rest) = rest.strip_prefix('年') {
        let rest = rest.strip_prefix('度').unwrap_or(rest);
        // 年底, 年末: the month is not written, but certain.
        if let Some(rest) = rest.strip_prefix(['底', '末']) {
            return Some((checked(first, 12, 0)?, rest));
        }
        return month_and_day(first, rest).or(Some((checked(first, 0, 0)?, rest)));
    }
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, month_digits, rest) = whole(rest.strip_prefix(separator)?)?;
    if month_digits > 2 || month == 0 {
        return None;
    }
    match rest.strip_prefix(separator).and_then(whole) {
        Some((day, 1..=2, rest)) if day > 0 => Some((checked(first, month, day)?, clock(rest))),
        Some(_) => None,
        None => Some((checked(first, month, 0)?, rest)),
    }
}

/// `12月31日`, `12月底`.
fn month_and_day(year: u32, text: &str) -> Option<(Date, &str)> {
    let (month, 1..=2, rest) = whole(text)? else { return None };
    let rest = rest.strip_prefix('月').or_else(|| rest.strip_prefix("月份"))?;
    let rest = rest.strip_prefix('份').unwrap_or(rest);
    if month == 0 {
        return None;
    }
    if let Some(rest) = rest.strip_prefix(['底', '末']) {
        return Some((checked(year, month, 0)?, rest));
    }
    match whole(rest) {
        Some((day, 1..=2, after)) if day > 0 => match after.strip_prefix(['日', '号']) {
            Some(after) => Some((checked(year, month, day)?, after)),
            None => Some((checked(year, month, 0)?, rest)),
        },
        _ => Some((checked(year, month, 0)?, rest)),
    }
}

/// `T00:00:00` and ` 00:00:00`, as exports write whole days.
fn clock(rest: &str) -> &str {
    let body = rest.strip_prefix(['T', ',']).unwrap_or(rest);
    let zero = !body.is_empty() && body.contains(':') && body.bytes().all(|b| matches!(b, b'0' | b':' | b'.'));
    if zero { "" } else { rest }
}

/// Whole number at the head, its number of digits, and the rest. Chinese numerals count as two digits, four when above
/// 999.
fn whole(text: &str) -> Option<(u32, usize, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end > 0 {
        let (digits, rest) = text.split_at(end);
        return (end <= 8).then(|| digits.parse().ok()).flatten().map(|n| (n, end, rest));
    }
    let (n, rest) = numeral(text)?;
    Some((u32::try_from(n).ok()?, if n > 999 { 4 } else { 2 }, rest))
}

fn checked(year: u32, month: u32, day: u32) -> Option<Date> {
    let (year, month, day) = (u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let last = match month {
        0 => 0,
        _ => *DAYS.get(usize::from(month) - 1)?,
    };
    ((year == 0 || YEARS.contains(&year)) && day <= last).then_some(Date { year, month, day })
}

/// The year that a line is about: `（2019年度）`, `2021年…自评表`, `2017-度` (its 年 lost), `二〇二一年`, or a cell holding nothing
/// but the year. The number of a document (`财预〔2020〕10号`), a part of a longer number and a span of several years are none.
///
/// ```
/// use jixiao::text::year;
/// assert_eq!(year("（ 2019年度 ）"), Some(2019));
/// assert_eq!(year("2017-度支出决算表"), Some(2017));
/// assert_eq!(year("二〇二一年度"), Some(2021));
/// assert_eq!(year("财预〔2020〕10号"), None);
/// assert_eq!(year("2021-2023年"), None);
/// ```
pub fn year(text: &str) -> Option<u16> {
    let text = folded(text);
    let mut fallback = None;
    let mut before = ' ';
    let mut rest = &*text;
    while let Some(c) = rest.chars().next() {
        let Some((n, digits, after)) = year_number(rest, before) else {
            before = c;
            rest = rest.get(c.len_utf8()..)?;
            continue;
        };
        let head = before;
        before = '0';
        rest = after;
        let found = u16::try_from(n).ok().filter(|n| digits == 4 && YEARS.contains(n));
        let Some(found) = found else { continue };
        if head.is_ascii_alphanumeric() || after.starts_with(|c: char| c.is_ascii_alphabetic()) || is_document(after) {
            continue;
        }
        if is_span(after) || (head == '-' && fallback.is_some()) {
            return None;
        }
        if after.starts_with('年') || after.starts_with("-度") || after.starts_with('度') || after.starts_with("-年")
        {
            return Some(found);
        }
        fallback = fallback.or(Some(found));
    }
    // Without its 年 only a cell that says nothing else, or a line that begins with it.
    fallback.filter(|_| text.trim_matches(['(', ')', '[', ']']).len() <= 4)
}

/// A number at the head of `rest`, where one begins.
fn year_number(rest: &str, before: char) -> Option<(u32, usize, &str)> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if end > 0 {
        let (digits, after) = rest.split_at(end);
        return Some((digits.parse().unwrap_or(0), end, after));
    }
    if before.is_ascii_digit() {
        return None;
    }
    let (n, after) = numeral(rest)?;
    // Only digit by digit, and only with its 年: 二千 is no year.
    let positional = rest.chars().count() - after.chars().count() == 4 && n > 999 && after.starts_with('年');
    positional.then(|| (u32::try_from(n).unwrap_or(0), 4, after))
}

/// `)10号` behind the year: the number of a document.
fn is_document(after: &str) -> bool {
    let Some(rest) = after.strip_prefix([')', ']']) else { return false };
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '第').unwrap_or(rest.len());
    rest.get(end..).is_some_and(|tail| end > 0 && tail.starts_with('号'))
}

/// `-2023`, `年-2023`, `至2023`: more than one year.
fn is_span(after: &str) -> bool {
    let rest = after.strip_prefix("年度").or_else(|| after.strip_prefix('年')).unwrap_or(after);
    let Some(rest) = rest.strip_prefix(['-', '~', '至', '到']) else { return false };
    let rest = rest.trim_start_matches('-');
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    end == 4 && rest.get(..4).and_then(|digits| digits.parse().ok()).is_some_and(|n: u16| YEARS.contains(&n))
}

#[cfg(test)]
mod tests {
    use super::{date, year};
    use crate::form::Date;
    use crate::quantity::Entry;

    #[test]
    fn dates_as_people_write_them() {
        for (text, want) in [
            ("2021-12-31", (2021, 12, 31)),
            ("2021/1/5", (2021, 1, 5)),
            ("2021.12", (2021, 12, 0)),
            ("2021年12月31日", (2021, 12, 31)),
            ("2021 年 12 月", (2021, 12, 0)),
            ("2021年", (2021, 0, 0)),
            ("2021年底", (2021, 12, 0)),
            ("二〇二一年十二月三十一日", (2021, 12, 31)),
            ("20211231", (2021, 12, 31)),
            ("9月", (0, 9, 0)),
            ("12月底", (0, 12, 0)),
            ("3月15日", (0, 3, 15)),
            ("2021-12-31T00:00:00", (2021, 12, 31)),
        ] {
            let (year, month, day) = want;
            assert_eq!(date(text), Entry::Given(Date { year, month, day }), "{text}");
        }
        for text in [
            "2021-13-01",
            "2021-02-30",
            "13月",
            "5-10",
            "2021",
            "12",
            "9月前",
            "1234年",
            "5年",
            "2021-12-31-5",
            "3个月",
            "完成",
        ] {
            assert_eq!(date(text), Entry::Unreadable, "{text}");
        }
        assert_eq!(date("/"), Entry::NotApplicable);
    }

    #[test]
    fn years_of_lines() {
        for (text, want) in [
            ("(2019年度)", 2019),
            ("2019年度)", 2019),
            ("（ 2022 年度）", 2022),
            ("2017-度", 2017),
            ("2021年度嘉兴市项目支出绩效自评表", 2021),
            ("51092324T000010263357-2023年全县河道整治", 2023),
            ("二〇二一年度", 2021),
            ("2021", 2021),
            ("(2021)", 2021),
            ("２０２１年", 2021),
            ("根据财预〔2020〕10号，2021年度", 2021),
        ] {
            assert_eq!(year(text), Some(want), "{text}");
        }
        for text in [
            "财预〔2020〕10号",
            "2021-2023年项目",
            "中期滚动目标(2019年--2021年)",
            "2021年至2023年",
            "12021",
            "项目2021",
            "1789年",
            "20211231",
            "",
            "一二三四",
            "T2021年A",
        ] {
            assert_eq!(year(text), None, "{text}");
        }
    }
}
