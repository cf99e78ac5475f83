//! Names of departments, units and projects.
//!
//! Why: `219-池州市…`, `[105]教育部`, `大英县司法局部门` and `区教育局（本级）` name the same organisations as the register does.
//!
//! Input → output: a name as written → name and code apart; a normal form for comparing; a similarity for proposing.

use super::fold::{folded, is_blank, tidy};
use crate::form::Name;

/// Splits the code before (or behind) a name off it: `[105]教育部`, `219-名`, `219001-名`, `51092324T000010263357-2023年…`,
/// `教育部[105]`. A year before a dash is no code.
///
/// ```
/// use jixiao::text::split_code;
/// let n = split_code("[105]教育部");
/// assert_eq!((&*n.name, n.code.as_deref()), ("教育部", Some("105")));
/// assert_eq!(split_code("2021-2022学年资助").code, None);
/// ```
pub fn split_code(text: &str) -> Name {
    let text = tidy(text);
    let found = bracketed(text).or_else(|| dashed(text)).or_else(|| behind(text));
    match found {
        Some((code, name)) => Name { name: name.into(), code: Some(folded(code).as_ref().into()) },
        None => Name { name: text.into(), code: None },
    }
}

/// `[105]教育部`.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(['[', '［', '【', '(', '（', '〔'])?;
    let end = rest.find([']', '］', '】', ')', '）', '〕'])?;
    let code = tidy(rest.get(..end)?);
    let name = tidy(rest.get(end..)?.trim_start_matches([']', '］', '】', ')', '）', '〕', '-', '－']));
    (is_code(code, 2) && is_name(name)).then_some((code, name))
}

/// `219001-池州市…`, with any dash, an underscore or a blank between.
fn dashed(text: &str) -> Option<(&str, &str)> {
    let end =
        text.find(|c: char| !folded(c.encode_utf8(&mut [0; 4])).starts_with(|c: char| c.is_ascii_alphanumeric()))?;
    let (code, rest) = text.split_at(end);
    let name =
        rest.trim_start_matches(|c| is_blank(c) || matches!(c, '-' | '－' | '—' | '–' | '_' | '＿' | ':' | '：' | '|'));
    let separated = name.len() < rest.len();
    (separated && is_code(code, 3) && is_name(name)).then_some((code, tidy(name)))
}

/// `教育部[105]`, `教育部(105210)`; a year in brackets is none.
fn behind(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_suffix([']', '］', '】', ')', '）'])?;
    let open = body.rfind(['[', '［', '【', '(', '（'])?;
    let (name, code) = body.split_at(open);
    let code = code.trim_start_matches(['[', '［', '【', '(', '（']);
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    (digits && is_code(code, 3) && is_name(name)).then(|| (code, tidy(name)))
}

/// Whether this can be a code: it begins with a digit, holds letters and digits only, and is no year.
fn is_code(code: &str, least: usize) -> bool {
    let code = folded(code);
    let year = code.len() == 4 && (code.starts_with("19") || code.starts_with("20"));
    (least..=32).contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_digit())
        && code.bytes().all(|b| b.is_ascii_alphanumeric())
        && !year
}

/// Whether something that can be a name is left: two characters at least, one of them no digit.
fn is_name(text: &str) -> bool {
    let text = folded(text);
    text.chars().count() >= 2
        && !text.starts_with(['-', '/', '.'])
        && text.chars().any(|c| !c.is_ascii_digit() && c.is_alphanumeric())
}

/// Qualifiers behind a name that do not change who is meant.
const SUFFIXES: &[&str] =
    &["(本级)", "(机关)", "(部门)", "(本部)", "(汇总)", "(盖章)", "(公章)", "本级", "机关本部", "部门", "机关", "本部"];

/// Long forms and the short ones that are compared.
const SHORT: &[(&str, &str)] = &[
    ("街道办事处", "街道"),
    ("镇人民政府", "镇"),
    ("乡人民政府", "乡"),
    ("管理委员会", "管委会"),
    ("委员会", "委"),
    ("办公室", "办"),
];

/// The normal form of an organisation's name: folded, without code, qualifiers (本级, 机关, 部门, 盖章), the places it lies
/// in, and with the usual short form of its kind.
///
/// Places are what ends in 省, 市, 县, 州, and 区 where it is no zone of another kind (开发区, 园区, 校区, …).
///
/// ```
/// use jixiao::text::normal;
/// assert_eq!(normal("嘉兴市秀洲区嘉北街道办事处（本级）"), normal("嘉北街道"));
/// assert_eq!(normal("219-大英县司法局部门"), normal("大英县司法局"));
/// assert_eq!(normal("市场监督管理局"), "市场监督管理局");
/// ```
pub fn normal(name: &str) -> String {
    let name = split_code(name).name;
    let mut key = folded(&name).trim_matches(['·', '.', ',', ':', ';', '"', '\'']).to_owned();
    while let Some(rest) =
        SUFFIXES.iter().find_map(|suffix| key.strip_suffix(suffix)).filter(|rest| rest.chars().count() >= 2)
    {
        key.truncate(rest.len());
    }
    let mut rest = &*key;
    while let Some(after) = without_place(rest) {
        rest = after;
    }
    for (long, short) in SHORT {
        if let Some(stem) = rest.strip_suffix(long).filter(|stem| !stem.is_empty()) {
            return format!("{stem}{short}");
        }
    }
    rest.to_owned()
}

/// Whether two names say that their organisations lie in different places: the same name of a place with another word for
/// its kind (石鼓区, 石鼓县), or two districts or counties of different names. A place that only one of them names says nothing.
pub(super) fn elsewhere(a: &str, b: &str) -> bool {
    let (a, b) = (places(a), places(b));
    let differ = |x: &(String, char), y: &(String, char)| {
        (x.0 == y.0) != (x.1 == y.1) && (x.0 == y.0 || matches!(x.1, '区' | '县' | '旗'))
    };
    a.iter().any(|x| b.iter().any(|y| differ(x, y)) && !b.contains(x))
}

/// The places that a name begins with, each as its name and the word for its kind; a word alone (区教育局) is no place.
fn places(name: &str) -> Vec<(String, char)> {
    let name = split_code(name).name;
    let key = folded(&name);
    let mut rest = &*key;
    let mut found = Vec::new();
    while let Some(after) = without_place(rest) {
        let place = rest.strip_suffix(after).unwrap_or_default();
        if let Some((at, word)) = place.char_indices().next_back()
            && let Some(stem) = place.get(..at).filter(|stem| !stem.is_empty())
        {
            found.push((stem.to_owned(), word));
        }
        rest = after;
    }
    found
}

/// Takes one place off the head: two to seven characters ending in the word for a kind of place, or such a word alone
/// before an office (区教育局), where three characters or more are left.
fn without_place(name: &str) -> Option<&str> {
    let mut seen = 0;
    let mut last = ' ';
    for (at, c) in name.char_indices() {
        let rest = name.get(at + c.len_utf8()..)?;
        if matches!(c, '省' | '市' | '县' | '州' | '区' | '盟' | '旗') && ends_place(name, at, seen, last, c, rest)
        {
            return (rest.chars().count() >= 3).then_some(rest);
        }
        (seen, last) = (seen + 1, c);
        if seen > 7 {
            return None;
        }
    }
    None
}

/// Whether the word for a kind of place at `at`, after `seen` characters, ends the name of one.
fn ends_place(name: &str, at: usize, seen: usize, last: char, word: char, rest: &str) -> bool {
    match seen {
        // 区教育局, 县民政局: the place itself is left out. 市场…, 市政… are words.
        0 => matches!(word, '区' | '县') && !rest.starts_with(['域', '级', '城', '划']),
        1 => false,
        _ => {
            let zone = word == '区'
                && matches!(
                    last,
                    '发' | '园'
                        | '校'
                        | '社'
                        | '景'
                        | '库'
                        | '林'
                        | '灌'
                        | '片'
                        | '能'
                        | '范'
                        | '税'
                        | '小'
                        | '地'
                        | '新'
                        | '矿'
                        | '营'
                        | '战'
                );
            // 超市, 城市, 门市 are words; after 市 may come 场, 政, 容, which make one with it.
            let word_with_head = word == '市' && ['城', '超', '门', '股', '都'].contains(&last);
            let word_with_rest = rest.starts_with(['场', '政', '容']);
            let named_zone = ["浦东新", "滨海新"].contains(&name.get(..at).unwrap_or_default());
            (!zone || named_zone) && !word_with_head && !word_with_rest
        }
    }
}

/// How alike two names are in their normal forms, 0 to 1: Levenshtein distance over the longer length.
///
/// For proposing only. Names that differ in a numeral (第一小学, 第二小学) or in the direction they are called after are
/// never alike: 0.
pub fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (normal(a), normal(b));
    let telling = |text: &str| -> String {
        text.chars().filter(|c| c.is_ascii_digit() || "一二三四五六七八九十东南西北".contains(*c)).collect()
    };
    if telling(&a) != telling(&b) {
        return 0.0;
    }
    strsim::normalized_levenshtein(&a, &b)
}

#[cfg(test)]
mod tests {
    use super::{elsewhere, normal, similarity, split_code};

    #[test]
    fn places_of_another_kind_or_name_are_elsewhere() {
        assert!(elsewhere("石鼓县审计局", "石鼓区审计局"));
        assert!(elsewhere("清河区审计局", "石鼓区审计局"));
        for (a, b) in [
            ("石鼓区审计局", "审计局"),
            ("区审计局", "石鼓区审计局"),
            ("嘉兴市秀洲区嘉北街道办事处", "秀洲区嘉北街道"),
            ("嘉兴市秀洲区嘉北街道办事处", "嘉兴市嘉北街道"),
        ] {
            assert!(!elsewhere(a, b) && !elsewhere(b, a), "{a} {b}");
        }
    }

    #[test]
    fn codes_are_split_off() {
        for (text, name, code) in [
            ("[105]教育部", "教育部", Some("105")),
            ("【105】 教育部", "教育部", Some("105")),
            ("219-池州市贵池区棠溪镇人民政府", "池州市贵池区棠溪镇人民政府", Some("219")),
            ("219001－棠溪镇", "棠溪镇", Some("219001")),
            ("２１９—棠溪镇", "棠溪镇", Some("219")),
            ("51092324T000010263357-2023年全县河道", "2023年全县河道", Some("51092324T000010263357")),
            ("219 棠溪镇", "棠溪镇", Some("219")),
            ("教育部[105]", "教育部", Some("105")),
            ("教育部（105210）", "教育部", Some("105210")),
            ("教育局", "教育局", None),
            ("2021-2022学年资助", "2021-2022学年资助", None),
            ("2021年度项目", "2021年度项目", None),
            ("3-6岁儿童入园补助", "3-6岁儿童入园补助", None),
            ("绩效评价(2021)", "绩效评价(2021)", None),
            ("嘉北街道办事处（本级）", "嘉北街道办事处（本级）", None),
            ("119消防站", "119消防站", None),
            ("219-", "219-", None),
            ("", "", None),
        ] {
            let read = split_code(text);
            assert_eq!((&*read.name, read.code.as_deref()), (name, code), "{text}");
        }
    }

    #[test]
    fn normal_forms_meet() {
        for (a, b) in [
            ("嘉兴市秀洲区嘉北街道办事处(本级)", "嘉北街道"),
            ("大英县司法局部门", "大英县司法局"),
            ("大英县司法局本级", "[219]司法局"),
            ("区教育局", "秀洲区教育局（盖章）"),
            ("秀洲区卫生健康委员会", "卫生健康委"),
            ("浙江省嘉兴市海盐县沈荡镇人民政府", "沈荡镇"),
            ("教 育 局", "教育局"),
        ] {
            assert_eq!(normal(a), normal(b), "{a} {b}");
        }
        for name in ["市场监督管理局", "城市管理局", "社区服务中心", "经济技术开发区管委会", "市政园林局", "工业园区"]
        {
            assert_eq!(normal(name), name, "{name}");
        }
        assert_ne!(normal("嘉兴经济技术开发区嘉北街道"), normal("长水街道"));
    }

    #[test]
    fn likeness_proposes_and_numerals_forbid() {
        assert!(similarity("人力资源和社会保障局", "人力资源与社会保障局") > 0.85);
        assert!(similarity("教育局", "民政局") < 0.85);
        assert!(similarity("第一小学", "第二小学") < 0.01);
        assert!(similarity("城东街道", "城西街道") < 0.01);
    }
}
