//! Relationships between the parts of a package.

use crate::book::xml::{Scan, Scanner, Token};
use std::borrow::Cow;

/// One relationship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation {
    /// Its id.
    pub(crate) id: String,
    /// The last word of its type, `worksheet`; the namespaces of transitional and strict files end alike.
    pub(crate) kind: String,
    /// The part it leads to, as a path in the package; none outside of it.
    pub(crate) target: Option<String>,
}

/// Reads a part of relationships; targets are relative to `folder`, the folder of the part that they belong to.
pub(super) fn read(part: &[u8], folder: &str) -> Scan<Vec<Relation>> {
    let mut scanner = Scanner::new(part);
    let mut out = Vec::new();
    loop {
        match scanner.next()? {
            Token::Open(tag) if tag.name == b"Relationship" => {
                let kind = tag.get(b"Type")?.unwrap_or_default();
                let outside = tag.get(b"TargetMode")?.is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
                let target = tag.get(b"Target")?.filter(|_| !outside);
                out.push(Relation {
                    id: tag.get(b"Id")?.unwrap_or_default().into_owned(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: target.map(|target| resolved(folder, &target)),
                });
            }
            Token::End => return Ok(out),
            _ => {}
        }
    }
}

/// The path of a target in the package: absolute or relative, with `..`, `%20` and backslashes.
pub(super) fn resolved(folder: &str, target: &str) -> String {
    let target = percent_decoded(target).replace('\\', "/");
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

fn percent_decoded(target: &str) -> Cow<'_, str> {
    if !target.contains('%') {
        return Cow::Borrowed(target);
    }
    let mut out = Vec::with_capacity(target.len());
    let mut rest = target.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let code = (first == b'%')
            .then(|| behind.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(code.unwrap_or(first));
        rest = if code.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
    }
    String::from_utf8(out).map_or(Cow::Borrowed(target), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_resolved() {
        for (target, path) in [
            ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("../xl/./a.xml", "xl/a.xml"),
            ("work%20sheets/a.xml", "xl/work sheets/a.xml"),
            ("worksheets\\a.xml", "xl/worksheets/a.xml"),
            ("../../../a.xml", "a.xml"),
            ("100%.xml", "xl/100%.xml"),
        ] {
            assert_eq!(resolved("xl", target), path);
        }
    }
}
