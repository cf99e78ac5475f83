//! Scores and weights as people write them.

use super::fold::nothing;
use super::number::{Written, fold_number, leading, signed};
use crate::quantity::{Entry, Points};

/// Reads points: `99.55`, `99.55分`, `10分`, and the bracketed weight `(20分)`, `(10)`, which is never a negative.
///
/// Half-up to four places. Unreadable: formulas (`20分*执行率`), percentages, words.
///
/// ```
/// let read = |text| jixiao::text::points(text).given().map(ToString::to_string);
/// assert_eq!(read("99.55分").as_deref(), Some("99.55"));
/// assert_eq!(read("（20分）").as_deref(), Some("20"));
/// assert_eq!(read("20分*执行率"), None);
/// ```
pub fn points(text: &str) -> Entry<Points> {
    if let Some(entry) = nothing(text) {
        return entry;
    }
    let text = fold_number(text);
    let (body, bracketed) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => (&*text, false),
    };
    let read = signed(body).filter(|(negative, _)| !(bracketed && *negative)).and_then(|(negative, body)| {
        let (number, rest) = match leading(body) {
            Some(found) => found,
            // Letters in place of digits are read by the plain reader alone.
            None => (super::number::written(body).given().copied()?, ""),
        };
        // A remark in brackets behind the unit takes nothing from the number: 4.9分(人数减少).
        let remark = rest.strip_prefix('分').is_some_and(|rest| rest.starts_with('(') && rest.ends_with(')'));
        (matches!(rest, "" | "分" | "分。") || remark).then_some(number)?.signed(negative)
    });
    match read.and_then(|Written { value, .. }| Points::from_decimal(value)) {
        Some(points) => Entry::Given(points),
        None => Entry::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::points;
    use crate::quantity::Entry;

    #[test]
    fn points_as_people_write_them() {
        let read = |text| points(text).given().map(ToString::to_string);
        for (text, want) in [
            ("10", "10"),
            ("10分", "10"),
            ("99.55 分", "99.55"),
            ("９．５分", "9.5"),
            ("-2", "-2"),
            ("(7分)", "7"),
            ("（10）", "10"),
            ("IO", "10"),
            ("4.9分（因全校总人数减少）", "4.9"),
        ] {
            assert_eq!(read(text).as_deref(), Some(want), "{text}");
        }
        for text in ["20分*执行率", "优", "8/8", "10%", "O", "满分", "1,23", "分", "123456789"] {
            assert_eq!(points(text), Entry::Unreadable, "{text}");
        }
        assert_eq!(points("—"), Entry::NotApplicable);
        assert_eq!(points("　"), Entry::Blank);
    }
}
