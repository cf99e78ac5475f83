//! Bundles: members in memory, each judged singly.
//!
//! Invariants: nothing is unpacked to disk; a member's name is a label and never a path; one bad member costs no other;
//! depth, number and bytes are limited by counts.

use super::load::{Content, Item};
use super::names;
use crate::book::{Archive, Inflater, Refusal, bundle_of};
use crate::finding::{Reason, Status};
use crate::quantity::Text;
use crate::settings::Limits;
use std::collections::BTreeMap;

/// What is left of the limits of one outermost bundle.
struct Budget<'l> {
    limits: &'l Limits,
    bytes: u64,
    entries: u32,
}

/// Hands on a file, or a bundle and its members. `path` is that of the outermost file.
pub(super) fn items(path: &str, member: Option<Text>, bytes: &[u8], limits: &Limits, each: &mut dyn FnMut(Item<'_>)) {
    let mut budget = Budget { limits, bytes: limits.bundle_bytes, entries: limits.bundle_entries };
    budget.item(path, member, bytes, 0, each);
}

impl Budget<'_> {
    fn item(&mut self, path: &str, member: Option<Text>, bytes: &[u8], depth: u32, each: &mut dyn FnMut(Item<'_>)) {
        let hash = Some(blake3::hash(bytes));
        let size = bytes.len() as u64;
        let archive = match bundle_of(bytes, self.limits) {
            None => return each(Item { member, bytes: size, blake3: hash, content: Content::File(bytes) }),
            Some(Ok(archive)) if depth < self.limits.bundle_depth => archive,
            Some(Ok(_)) => {
                let depth = u64::from(self.limits.bundle_depth);
                let refusal = Refusal { reason: Reason::TooDeep, ..Refusal::limit("bundle_depth", depth, depth + 1) };
                return each(Item { member, bytes: size, blake3: hash, content: rejected(refusal) });
            }
            Some(Err(refusal)) => {
                let name = member.as_deref().unwrap_or(path);
                let (status, reason) = names::settled(name, refusal.reason);
                let content = Content::Settled(status, reason, Some(Box::new(refusal)));
                return each(Item { member, bytes: size, blake3: hash, content });
            }
        };
        each(Item { member: member.clone(), bytes: size, blake3: hash, content: Content::Bundle });
        self.members(path, member.as_deref(), &archive, depth, each);
    }

    fn members(
        &mut self,
        path: &str,
        outer: Option<&str>,
        archive: &Archive<'_>,
        depth: u32,
        each: &mut dyn FnMut(Item<'_>),
    ) {
        // In the order of their names; several of one name are one row.
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, entry) in archive.entries.iter().enumerate().filter(|(_, entry)| !entry.is_folder()) {
            by_name.entry(decoded(entry.name, entry.utf8)).or_default().push(i);
        }
        let mut inflater = Inflater::new();
        let mut bytes = Vec::new();
        for (name, places) in by_name {
            let member: Text = match outer {
                Some(outer) => format!("{outer}!{name}").into(),
                None => name.as_str().into(),
            };
            let Some(entry) = places.first().and_then(|&i| archive.entries.get(i)) else { continue };
            let size = entry.size;
            let mut settle =
                |content: Content<'_>| each(Item { member: Some(member.clone()), bytes: size, blake3: None, content });
            if is_unsafe(&name) {
                settle(rejected(Refusal::new(Reason::UnsafeName, "", "")));
            } else if let Some(reason) = names::litter(&name) {
                settle(Content::Settled(Status::Ignored, reason, None));
            } else if places.len() > 1 {
                settle(rejected(Refusal::new(
                    Reason::Corrupt,
                    "压缩包里有两个同名文件，无法判断以哪个为准",
                    "two members of this name, nobody can tell which one counts",
                )));
            } else if entry.special {
                settle(rejected(Refusal::new(
                    Reason::Unreadable,
                    "是链接，不是普通文件",
                    "a link, not a regular file",
                )));
            } else {
                match self.inflate(archive, entry, &mut inflater, &mut bytes) {
                    Ok(()) => self.item(path, Some(member), &bytes, depth + 1, each),
                    Err(refusal) => settle(rejected(refusal)),
                }
            }
        }
    }

    fn inflate(
        &mut self,
        archive: &Archive<'_>,
        entry: &crate::book::Entry<'_>,
        inflater: &mut Inflater,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        if self.entries == 0 {
            let most = u64::from(self.limits.bundle_entries);
            return Err(Refusal::limit("bundle_entries", most, most + 1));
        }
        self.entries -= 1;
        if entry.size > self.bytes {
            let met = self.limits.bundle_bytes - self.bytes;
            return Err(Refusal::limit("bundle_bytes", self.limits.bundle_bytes, met.saturating_add(entry.size)));
        }
        archive.inflate(entry, "file_bytes", self.limits.file_bytes, inflater, out)?;
        self.bytes -= entry.size;
        Ok(())
    }
}

fn rejected(refusal: Refusal) -> Content<'static> {
    Content::Settled(Status::Rejected, refusal.reason, Some(Box::new(refusal)))
}

/// The name of a member: declared or valid UTF-8, else the encoding of Chinese Windows.
pub(crate) fn decoded(name: &[u8], utf8: bool) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) if utf8 => String::from_utf8_lossy(name).into_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(name).0.into_owned(),
    }
}

/// Whether a name would lead out of the folder where somebody unpacks it.
pub(crate) fn is_unsafe(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    name.is_empty()
        || name.starts_with(['/', '\\'])
        || drive
        || name.contains('\0')
        || name.split(['/', '\\']).any(|part| part == "..")
}

/// What became of a bundle, from what became of its members: imported when one of them was read, with reason
/// `member-rejected` if another was rejected. A bundle without any submission is rejected.
pub fn bundle_status(members: impl IntoIterator<Item = Status>) -> (Status, Option<Reason>) {
    let (mut read, mut bad) = (false, false);
    for status in members {
        match status {
            Status::Imported | Status::Superseded | Status::Duplicate => read = true,
            Status::Rejected => bad = true,
            Status::Ignored => {}
        }
    }
    match (read, bad) {
        (true, true) => (Status::Imported, Some(Reason::MemberRejected)),
        (true, false) => (Status::Imported, None),
        (false, true) => (Status::Rejected, Some(Reason::MemberRejected)),
        (false, false) => (Status::Rejected, Some(Reason::NoKnownForm)),
    }
}

#[cfg(test)]
mod tests {
    use super::{decoded, is_unsafe};

    #[test]
    fn names_are_decoded_and_judged() {
        assert_eq!(decoded("附件.xlsx".as_bytes(), true), "附件.xlsx");
        assert_eq!(decoded(b"\xB8\xBD\xBC\xFE.xlsx", false), "附件.xlsx");
        for bad in ["/abs.xlsx", "C:\\win.xlsx", "../up.xlsx", "a/../../b.xlsx", "\\\\host\\b.xlsx", ""] {
            assert!(is_unsafe(bad), "{bad}");
        }
        assert!(!is_unsafe("附件/a..b.xlsx"));
    }
}
