//! Which of two submissions of the same form is the later one.
//!
//! Told by, in this order: a date of filing in the form; words in the file's name (修改后, 终稿, v2, a date); else the order
//! of paths. Never by the file's time. A criterion decides only where every one of the submissions compared states it.

use crate::form::Date;
use std::cmp::Ordering;

/// What tells versions apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The date of filing in the form.
    pub filed: Option<Date>,
    /// What the file's name says.
    pub named: NamedVersion,
    /// Position of the file in the list of inputs.
    pub file: u32,
}

/// What a file's name says about its version. Ordered: the later one is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct NamedVersion {
    /// 初稿 −1, nothing 0, 修改 1, 终稿 2.
    stage: i8,
    /// `v2`, `第2版`: 2.
    number: u32,
    /// A date, as year, month, day.
    date: (u16, u8, u8),
}

/// By what the later one was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Criterion {
    /// The date of filing in the form.
    Filed,
    /// Words in the file's name.
    Name,
    /// The order of paths.
    Path,
}

/// By what these versions can be told apart.
pub fn criterion(versions: &[&Version]) -> Criterion {
    let differ =
        |a: &[&Version], key: fn(&Version, &Version) -> bool| a.windows(2).any(|w| matches!(w, [x, y] if !key(x, y)));
    if versions.iter().all(|v| v.filed.is_some()) && differ(versions, |a, b| a.filed == b.filed) {
        Criterion::Filed
    } else if differ(versions, |a, b| a.named == b.named) {
        Criterion::Name
    } else {
        Criterion::Path
    }
}

/// Compares two versions by a criterion and those after it.
pub fn compare(a: &Version, b: &Version, by: Criterion) -> Ordering {
    let filed = if by == Criterion::Filed { a.filed.cmp(&b.filed) } else { Ordering::Equal };
    let named = if by == Criterion::Path { Ordering::Equal } else { a.named.cmp(&b.named) };
    filed.then(named).then(a.file.cmp(&b.file))
}

const DRAFT: &[&str] = &["初稿", "草稿", "征求意见稿"];
const CHANGED: &[&str] =
    &["修改", "修订", "更正", "订正", "重报", "重新报送", "补正", "更新", "改后", "新版", "revised", "updated"];
const FINAL: &[&str] = &["终稿", "定稿", "最终", "final"];

/// Reads a file's name, without its folders.
pub fn named(path: &str) -> NamedVersion {
    let name = path.rsplit(['/', '!']).next().unwrap_or(path).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| name.contains(w));
    let stage = if has(FINAL) {
        2
    } else if has(CHANGED) {
        1
    } else if has(DRAFT) {
        -1
    } else {
        0
    };
    NamedVersion { stage, number: number(&name).unwrap_or(0), date: date(&name).unwrap_or_default() }
}

/// `v2`, `版本3`, `第2版`, `第二稿`.
fn number(name: &str) -> Option<u32> {
    let chars: Vec<char> = name.chars().collect();
    let digits_at = |from: usize| -> Option<u32> {
        let text: String = chars.iter().skip(from).take_while(|c| c.is_ascii_digit()).take(4).collect();
        text.parse().ok()
    };
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|b| chars.get(b));
        let own_word = before.is_none_or(|b| !b.is_ascii_alphanumeric());
        if c == 'v' && own_word && digits_at(i + 1).is_some() {
            return digits_at(i + 1);
        }
        if c == '第' {
            let chinese = "一二三四五六七八九".chars().position(|d| chars.get(i + 1) == Some(&d));
            let value = digits_at(i + 1).or(chinese.and_then(|p| u32::try_from(p + 1).ok()));
            let behind = chars.iter().skip(i + 1).find(|c| !c.is_ascii_digit() && !"一二三四五六七八九".contains(**c));
            if value.is_some() && matches!(behind, Some('版' | '稿' | '次')) {
                return value;
            }
        }
    }
    None
}

/// `20220315`, `2022-03-15`, `2022.3.15`, `2022年3月15日`; without a year `0315` is none.
fn date(name: &str) -> Option<(u16, u8, u8)> {
    let mut runs: Vec<(String, Option<char>)> = Vec::new();
    for c in name.chars() {
        match (c.is_ascii_digit(), runs.last_mut()) {
            (true, Some((digits, None))) => digits.push(c),
            (true, _) => runs.push((c.to_string(), None)),
            (false, Some((_, behind @ None))) => *behind = Some(c),
            (false, _) => {}
        }
    }
    let valid = |y: u16, m: u8, d: u8| {
        ((1990..=2100).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d)).then_some((y, m, d))
    };
    let split = runs.windows(3).find_map(|w| match w {
        [(y, Some('-' | '.' | '_' | '年' | '/')), (m, Some('-' | '.' | '_' | '月' | '/')), (d, _)] if y.len() == 4 => {
            valid(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
        }
        _ => None,
    });
    split.or_else(|| {
        runs.iter().filter(|(digits, _)| digits.len() == 8).find_map(|(digits, _)| {
            valid(digits.get(..4)?.parse().ok()?, digits.get(4..6)?.parse().ok()?, digits.get(6..)?.parse().ok()?)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Criterion, Version, compare, criterion, named};
    use crate::form::Date;

    #[test]
    fn names_in_order() {
        let chains: &[&[&str]] = &[
            &["自评表(初稿).xlsx", "自评表.xlsx", "自评表（修改后）.xlsx", "自评表终稿.xlsx"],
            &["表v1.xlsx", "表v2.xlsx", "表V10.xlsx"],
            &["表第一稿.xlsx", "表第2稿.xlsx", "表第三稿.xlsx"],
            &["表20220301.xlsx", "表2022-03-15.xlsx", "表2022年4月1日.xlsx"],
        ];
        for chain in chains {
            for pair in chain.windows(2) {
                assert!(named(pair[0]) < named(pair[1]), "{pair:?}");
            }
        }
        assert_eq!(
            named("v2/2021年民政局自评表.xlsx"),
            named("民政局自评表.xlsx"),
            "folders and a bare year say nothing"
        );
    }

    #[test]
    fn a_date_counts_only_where_all_have_one() {
        let date = |day| Some(Date { year: 2022, month: 3, day });
        let version = |filed, name: &str, file| Version { filed, named: named(name), file };
        let (a, b) = (version(date(20), "b.xlsx", 2), version(date(10), "b终稿.xlsx", 3));
        assert_eq!(criterion(&[&a, &b]), Criterion::Filed);
        assert!(compare(&a, &b, Criterion::Filed).is_gt());
        let c = version(None, "b终稿.xlsx", 1);
        assert_eq!(criterion(&[&a, &c]), Criterion::Name);
        assert!(compare(&c, &a, Criterion::Name).is_gt());
        let d = version(None, "c.xlsx", 9);
        assert_eq!(criterion(&[&a, &d]), Criterion::Path);
        assert!(compare(&d, &a, Criterion::Path).is_gt());
    }
}
