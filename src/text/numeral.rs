//! Chinese numerals: 三, 十二, 一百零五, 二〇二一, 伍佰壹拾伍万.
//!
//! Input → output: folded text → a whole number and what follows it.

/// The value of a digit, ordinary or as in cheques.
pub(super) fn digit(c: char) -> Option<i64> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' | '参' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten of a small unit.
fn small_unit(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// The numeral at the head of folded text, with what follows. Digits without units are read one by one (二〇二一).
/// `None`: no numeral first, units out of order, or beyond twelve digits.
///
/// ```
/// use jixiao::text::numeral;
/// assert_eq!(numeral("十二月"), Some((12, "月")));
/// assert_eq!(numeral("二〇二一年"), Some((2021, "年")));
/// assert_eq!(numeral("伍佰壹拾伍万元"), Some((5_150_000, "元")));
/// assert_eq!(numeral("完成"), None);
/// ```
pub fn numeral(text: &str) -> Option<(i64, &str)> {
    let end =
        text.find(|c| digit(c).is_none() && small_unit(c).is_none() && !matches!(c, '万' | '亿')).unwrap_or(text.len());
    let (head, rest) = text.split_at(end);
    let mut run = String::new();
    if head.chars().all(|c| digit(c).is_some()) {
        run.extend(head.chars().filter_map(digit).filter_map(|d| char::from_digit(u32::try_from(d).ok()?, 10)));
        return (1..=12).contains(&run.len()).then(|| run.parse().ok()).flatten().map(|n| (n, rest));
    }
    with_units(head).map(|n| (n, rest))
}

/// `三百零五万二千`: sections of four digits, each with its 万 or 亿, units falling within a section.
fn with_units(head: &str) -> Option<i64> {
    let (mut total, mut section, mut pending) = (0_i64, 0_i64, None::<i64>);
    let (mut last_unit, mut last_big) = (i64::MAX, i64::MAX);
    for c in head.chars() {
        if let Some(value) = digit(c) {
            match pending {
                Some(0) | None => pending = Some(value),
                Some(_) => return None,
            }
        } else if let Some(unit) = small_unit(c) {
            if unit >= last_unit {
                return None;
            }
            // 十二 stands for 一十二, only at the head of a section.
            let times = match pending.take() {
                Some(0) | None if unit == 10 && section == 0 => 1,
                Some(0) | None => return None,
                Some(times) => times,
            };
            section += times * unit;
            last_unit = unit;
        } else {
            let unit = if c == '万' { 10_000 } else { 100_000_000 };
            section += pending.take().unwrap_or(0);
            if section == 0 || unit >= last_big {
                return None;
            }
            total += section * unit;
            (section, last_unit, last_big) = (0, i64::MAX, unit);
        }
    }
    Some(total + section + pending.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numerals() {
        for (text, want) in [
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百零五", 105),
            ("三千零二十", 3020),
            ("五百一十五万", 5_150_000),
            ("壹亿贰仟万", 120_000_000),
            ("叁万伍仟", 35_000),
            ("二〇二一", 2021),
            ("零", 0),
        ] {
            assert_eq!(numeral(text), Some((want, "")), "{text}");
        }
        for bad in ["", "年", "十百", "百", "一二十", "万", "三万万", "万亿"] {
            assert_eq!(numeral(bad), None, "{bad}");
        }
    }
}
