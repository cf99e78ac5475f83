//! Text on its way into a workbook: lengths, widths, names and links.
//!
//! Input: text from anywhere. Output: text that the format can hold. Nothing is lost silently: what is cut says so.

use super::words;
use super::workbook::Link;
use crate::finding::Lang;
use rust_xlsxwriter::Chart;
use unicode_width::UnicodeWidthStr;

/// UTF-16 units that a cell can hold.
const CELL_UNITS: usize = 32_767;
/// UTF-16 units that the name of a sheet can have.
const NAME_UNITS: usize = 31;
/// UTF-16 units of a link and of its anchor.
const LINK_UNITS: usize = 2_080;
/// Characters that would make a spreadsheet take re-entered text for a formula.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

fn cut_to(text: &str, most: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.len_utf16();
        if used > most {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// Text that fits a cell; longer text is cut and says so at its end.
pub(crate) fn fit_cell(text: &str, lang: Lang) -> std::borrow::Cow<'_, str> {
    if text.len() <= CELL_UNITS || units(text) <= CELL_UNITS {
        return text.into();
    }
    let note = words::CUT.get(lang);
    format!("{}{note}", cut_to(text, CELL_UNITS - units(note))).into()
}

/// Characters that the alternative text of a chart can have.
const ALT_CHARACTERS: usize = 255;

/// Gives a chart its alternative text; one longer than it can hold ends in `…`, for the figures stand in the table beside it.
pub(crate) fn describe(chart: &mut Chart, text: &str) {
    let is_short = text.chars().count() <= ALT_CHARACTERS;
    let fitting =
        if is_short { text.to_owned() } else { text.chars().take(ALT_CHARACTERS - 1).chain(['…']).collect() };
    chart.set_alt_text(fitting);
}

/// Whether re-entering this text by hand would make a formula of it, so that the cell needs the quote prefix.
pub(crate) fn needs_quote(text: &str) -> bool {
    text.starts_with(FORMULA_STARTS)
}

/// Whether text means itself as a criterion of COUNTIFS and SUMIFS: no wildcard, no comparison, not too long.
pub(crate) fn is_plain_criterion(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 255 && !text.contains(['*', '?', '~', '<', '>', '=', '"'])
}

/// A name that a sheet may bear, unlike all in `taken` (compared without case).
pub(crate) fn sheet_name(wanted: &str, taken: &[String]) -> String {
    let clean: String =
        wanted.chars().map(|c| if c.is_control() || "[]:*?/\\".contains(c) { '_' } else { c }).collect();
    let clean = clean.trim_matches(['\'', ' ']);
    let base = if clean.is_empty() { "_" } else { clean };
    let is_free = |name: &str| !taken.iter().any(|t| t.to_lowercase() == name.to_lowercase());
    // an apostrophe may stand within a name, not at its end
    let whole = cut_to(base, NAME_UNITS).trim_end_matches(['\'', ' ']);
    if is_free(whole) {
        return whole.to_owned();
    }
    (2..=9_999_u32)
        .map(|n| format!("({n})"))
        .map(|tail| format!("{}{tail}", cut_to(base, NAME_UNITS - tail.len())))
        .find(|name| is_free(name))
        .unwrap_or_else(|| whole.to_owned())
}

/// A name that a file may bear on any system, without extension, unlike all in `taken` (compared without case).
pub(crate) fn file_stem(wanted: &str, taken: &[String]) -> String {
    const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    let clean: String =
        wanted.chars().map(|c| if c.is_control() || "\\/:*?\"<>|".contains(c) { '_' } else { c }).collect();
    let clean = clean.trim_matches(['.', ' ']);
    let lower = clean.to_lowercase();
    let is_reserved = RESERVED.contains(&lower.trim_end_matches(|c: char| c.is_ascii_digit()));
    let base = if clean.is_empty() || is_reserved { format!("_{clean}") } else { clean.to_owned() };
    // 255 bytes is the least that file systems allow; room is left for a number and an extension
    let base = cut_to(&base, 60).trim_end_matches(['.', ' ']);
    let is_free = |name: &str| !taken.iter().any(|t| t.to_lowercase() == name.to_lowercase());
    if is_free(base) {
        return base.to_owned();
    }
    (2..=99_999_u32).map(|n| format!("{base}({n})")).find(|name| is_free(name)).unwrap_or_else(|| base.to_owned())
}

/// The name as formulas quote it: `'项目得分'`.
pub(crate) fn quoted_sheet(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// A relative link to a cell of a file, as the writer wants it; `None` where no safe link can be made of it.
pub(crate) fn file_link(path: &str, sheet: Option<&str>, cell: Option<&str>) -> Option<Link> {
    // Programs take a '#' for the start of the anchor even where it is escaped; a backslash or control is no path of ours.
    if path.is_empty() || path.chars().any(|c| c == '#' || c == '\\' || c.is_control()) {
        return None;
    }
    let mut link = String::with_capacity(path.len() + 32);
    // A drive of Windows needs its scheme; other paths start where the workbook stands.
    if path.as_bytes().get(1) == Some(&b':') {
        link.push_str("file:///");
    }
    for c in path.chars() {
        match c {
            '%' => link.push_str("%25"),
            ' ' => link.push_str("%20"),
            '"' => link.push_str("%22"),
            '<' => link.push_str("%3c"),
            '>' => link.push_str("%3e"),
            '[' => link.push_str("%5b"),
            ']' => link.push_str("%5d"),
            '^' => link.push_str("%5e"),
            '`' => link.push_str("%60"),
            '{' => link.push_str("%7b"),
            '}' => link.push_str("%7d"),
            _ => link.push(c),
        }
    }
    let anchor = sheet.zip(cell).map(|(sheet, cell)| {
        let plain = sheet.chars().all(|c| c.is_alphanumeric() || c == '_');
        let starts_plain = sheet.chars().next().is_some_and(char::is_alphabetic);
        let looks_like_cell = sheet.chars().all(|c| c.is_ascii_alphanumeric());
        if plain && starts_plain && !looks_like_cell {
            format!("{sheet}!{cell}")
        } else {
            format!("{}!{cell}", quoted_sheet(sheet))
        }
    });
    let long = units(&link) + anchor.as_deref().map_or(0, units);
    (long <= LINK_UNITS).then_some(Link::File { path: link, anchor })
}

/// Width in half-width characters; East Asian ambiguous characters count two, as Chinese fonts draw them.
pub(crate) fn half_widths(text: &str) -> usize {
    UnicodeWidthStr::width_cjk(text)
}

/// Lines that text takes in a cell of `columns` characters, at `size` points.
///
/// `⌈W · size · 2/3 · 1.02 ÷ (7·columns − 4)⌉` for each line of the text: a half-width character is `size · 2/3` pixels
/// wide, a column of `n` characters holds `7n − 4` pixels of text, and 2 % are for the break before the end of a line.
pub(crate) fn lines(text: &str, size: f64, columns: f64) -> u32 {
    text.split('\n')
        .map(|line| {
            #[expect(clippy::cast_precision_loss, reason = "a width is far below 2^52")]
            let pixels = half_widths(line) as f64 * size * 2.0 / 3.0 * 1.02;
            let needed = (pixels / (7.0 * columns - 4.0).max(1.0)).ceil().clamp(1.0, 60.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1..=60")]
            let needed = needed as u32;
            needed
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{Link, file_link, file_stem, fit_cell, is_plain_criterion, lines, needs_quote, sheet_name};
    use crate::finding::Lang;

    proptest::proptest! {
        #[test]
        fn any_text_makes_names_that_sheets_and_files_may_bear(wanted in "[a'. \\[\\]:*?/\\\\\u{1}=绩\u{1F600}]{0,70}") {
            let mut taken = Vec::new();
            for _ in 0..3 {
                let name = super::sheet_name(&wanted, &taken);
                proptest::prop_assert!(!name.is_empty() && name.encode_utf16().count() <= 31, "{:?}", name);
                proptest::prop_assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\', '\u{1}']), "{:?}", name);
                proptest::prop_assert!(!name.starts_with('\'') && !name.ends_with('\''), "{:?}", name);
                proptest::prop_assert!(!taken.contains(&name));
                taken.push(name);
            }
            let stem = super::file_stem(&wanted, &[]);
            proptest::prop_assert!(!stem.is_empty() && !stem.contains(['/', '\\', ':', '*', '?', '\u{1}']), "{:?}", stem);
            proptest::prop_assert!(!stem.starts_with('.') && !stem.ends_with(['.', ' ']), "{:?}", stem);
            proptest::prop_assert!(std::path::Path::new(&stem).components().count() == 1);
        }
    }

    #[test]
    fn long_text_is_cut_and_says_so() {
        let long = "𠀀".repeat(20_000);
        let cut = fit_cell(&long, Lang::Zh);
        assert!(cut.encode_utf16().count() <= 32_767 && cut.ends_with("已截断）"));
        assert_eq!(fit_cell("短", Lang::Zh), "短");
    }

    #[test]
    fn names_of_sheets_are_safe_and_unique() {
        assert_eq!(sheet_name("a/b:c*[d]", &[]), "a_b_c__d_");
        assert_eq!(sheet_name("''", &[]), "_");
        let long = "区".repeat(40);
        let first = sheet_name(&long, &[]);
        assert_eq!(first.chars().count(), 31);
        let second = sheet_name(&long, std::slice::from_ref(&first));
        assert!(second.ends_with("(2)") && second.chars().count() == 31);
        assert_eq!(sheet_name("ABC", &["abc".to_owned()]), "ABC(2)");
    }

    #[test]
    fn names_of_files_are_safe_and_unique() {
        assert_eq!(file_stem("区民政局", &[]), "区民政局");
        assert_eq!(file_stem("../a:b", &[]), "_a_b");
        assert_eq!(file_stem("COM1", &[]), "_COM1");
        assert_eq!(file_stem("", &[]), "_");
        assert_eq!(file_stem("A", &["a".to_owned()]), "A(2)");
    }

    #[test]
    fn formulas_and_criteria_are_seen() {
        for text in ["=1+1", "+1", "-1", "@x", "＝1", "\t=1"] {
            assert!(needs_quote(text), "{text}");
        }
        assert!(!needs_quote("平安综治") && !needs_quote("—"));
        for text in ["*", "a?b", ">5", "", "x\"y"] {
            assert!(!is_plain_criterion(text), "{text}");
        }
        assert!(is_plain_criterion("嘉北街道办事处"));
    }

    #[test]
    fn links_are_escaped_or_left_out() {
        let link = |path, sheet| file_link(path, Some(sheet), Some("I21"));
        let file = |path: &str, anchor: Option<&str>| {
            Some(Link::File { path: path.to_owned(), anchor: anchor.map(str::to_owned) })
        };
        assert_eq!(link("../input/a.xlsx", "自评表"), file("../input/a.xlsx", Some("自评表!I21")));
        assert_eq!(link("../input/a b.xlsx", "Sheet1"), file("../input/a%20b.xlsx", Some("'Sheet1'!I21")));
        assert_eq!(link("90% 完成.xlsx", "a'b"), file("90%25%20完成.xlsx", Some("'a''b'!I21")));
        assert_eq!(link("a#b.xlsx", "x"), None);
        assert_eq!(file_link("a.zip", None, None), file("a.zip", None));
        assert_eq!(file_link("C:/a.zip", None, None), file("file:///C:/a.zip", None));
    }

    #[test]
    fn wrapped_lines_are_estimated_by_width() {
        assert_eq!(lines("区人力资源和社会保障局", 10.0, 23.0), 1);
        assert_eq!(lines(&"字".repeat(60), 10.0, 25.0), 5);
        assert_eq!(lines("a\nb", 10.0, 25.0), 2);
    }
}
