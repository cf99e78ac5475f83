//! Names of subjects in the classification of government revenue and expenditure, and who misses them.
//!
//! Why: one wrong digit of a code puts spending into another class. Input → output: code and name of a line → what they
//! should read. The list (`subjects.tsv`: code, name) holds the economic classes and items of departments, the economic
//! classes of governments and the functional classes since 2018; codes not in it are never judged, and a name is called
//! wrong only if it is the standard name of another code.

use std::sync::LazyLock;

struct Subjects {
    /// Code and name, by code.
    by_code: Vec<(&'static str, &'static str)>,
    /// Name and code, by name, then code.
    by_name: Vec<(&'static str, &'static str)>,
    /// Names and their letters, by name.
    letters: Vec<(&'static str, Vec<char>)>,
}

static SUBJECTS: LazyLock<Subjects> = LazyLock::new(|| {
    let mut by_code: Vec<(&str, &str)> =
        include_str!("subjects.tsv").lines().filter_map(|line| line.split_once('\t')).collect();
    by_code.sort_unstable();
    let mut by_name: Vec<(&str, &str)> = by_code.iter().map(|(code, name)| (*name, *code)).collect();
    by_name.sort_unstable();
    let letters = by_name.iter().map(|(name, _)| (*name, name.chars().collect())).collect();
    Subjects { by_code, by_name, letters }
});

/// The standard name of a code.
pub fn name_of(code: &str) -> Option<&'static str> {
    let list = &SUBJECTS.by_code;
    list.binary_search_by(|(c, _)| (*c).cmp(code)).ok().and_then(|at| list.get(at)).map(|(_, name)| *name)
}

fn is_standard(name: &str) -> bool {
    SUBJECTS.by_name.binary_search_by(|(n, _)| (*n).cmp(name)).is_ok()
}

/// Whether the name belongs to another code: the standard name of `code`, if so.
pub fn mismatch(code: &str, name: &str) -> Option<&'static str> {
    let standard = name_of(code)?;
    (standard != name && is_standard(name)).then_some(standard)
}

/// The standard name that a name without fault of its own misses by one character; names of five characters or more.
pub fn nearly(name: &str) -> Option<&'static str> {
    if name.chars().nth(4).is_none() || is_standard(name) {
        return None;
    }
    let letters: Vec<char> = name.chars().collect();
    let mut near =
        SUBJECTS.letters.iter().filter(|(_, standard)| one_apart(&letters, standard)).map(|(standard, _)| *standard);
    let first = near.next()?;
    // Two candidates are no proposal, unless it is the same name under two codes.
    near.all(|other| other == first).then_some(first)
}

/// Whether one character was left out, added or replaced.
fn one_apart(a: &[char], b: &[char]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Equal => rest_a.get(1..) == rest_b.get(1..),
        std::cmp::Ordering::Less => rest_b.get(1..) == Some(rest_a),
        std::cmp::Ordering::Greater => rest_a.get(1..) == Some(rest_b),
    }
}

#[cfg(test)]
mod tests {
    use super::{mismatch, name_of, nearly};

    #[test]
    fn codes_have_their_names() {
        assert_eq!(name_of("30226"), Some("劳务费"));
        assert_eq!(name_of("205"), Some("教育支出"));
        assert_eq!(name_of("39999999"), None);
    }

    #[test]
    fn a_name_of_another_code_is_a_mismatch() {
        assert_eq!(mismatch("30226", "委托业务费"), Some("劳务费"));
        assert_eq!(mismatch("30226", "劳务费"), None);
        assert_eq!(mismatch("30226", "护工劳务"), None, "a name of one's own is not judged");
        assert_eq!(mismatch("30902", "办公设备购置"), None, "309 and 310 share their names");
    }

    #[test]
    fn one_character_apart_is_proposed() {
        assert_eq!(nearly("其他商品服务支出"), Some("其他商品和服务支出"));
        assert_eq!(nearly("资本性支出"), None);
        assert_eq!(nearly("邮电费"), None);
    }
}
