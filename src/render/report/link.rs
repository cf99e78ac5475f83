//! Links from the page to the files handed in.

use crate::render::view::View;
use crate::tables::Submission;
use std::fmt::Write as _;

/// The relative address of a file, percent-encoded; a member of a bundle leads to the bundle. `None`: there is no relative way
/// to the inputs.
///
/// A browser opens a file, never a cell of it, so the cell stands in the text only. All of ASCII but letters, digits and
/// `-._~/` is encoded: no name can become a scheme (`javascript:`), a query or an anchor. Other characters stay as they are.
pub(super) fn to_file(view: &View<'_>, file: Option<&Submission>) -> Option<String> {
    let prefix = view.district.input_from_output.as_deref()?;
    Some(encode(prefix, &file?.path))
}

/// The link to a file in the folder of the page.
pub(super) fn beside(name: &str) -> String {
    encode("", name)
}

fn encode(prefix: &str, path: &str) -> String {
    let mut out = String::with_capacity(prefix.len() + path.len() + 8);
    for part in [prefix, path] {
        for c in part.chars() {
            if !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '/') {
                out.push(c);
            } else {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
        }
    }
    // Two slashes at the start would name another host.
    if out.starts_with("//") { format!(".{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn names_of_files_stay_names() {
        assert_eq!(encode("../input/", "309-民政局/052 养老.xlsx"), "../input/309-民政局/052%20养老.xlsx");
        assert_eq!(encode("", "javascript:alert(1)"), "javascript%3Aalert%281%29");
        assert_eq!(encode("../", "90%#1?.xlsx"), "../90%25%231%3F.xlsx");
        assert_eq!(encode("", "//host/x"), ".//host/x");
    }
}
