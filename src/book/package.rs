//! A package: an archive whose entries are parts with names.
//!
//! Invariants: names are compared without case and slashes, and no two may be equal; parts are inflated when they are
//! needed, the others for their checksum alone; their bytes together are limited.

use super::refusal::Outcome;
use super::types::Refusal;
use super::xml::{self, Fault};
use super::zip::{Archive, Entry, Inflater};
use crate::settings::Limits;
use std::borrow::Cow;
use std::collections::HashMap;

/// A fault of a part as a refusal.
pub(crate) fn about(part: &str, fault: Fault) -> Refusal {
    Refusal { reason: fault.reason(), ..Refusal::part(part, fault.zh, fault.en) }
}

/// A package whose parts are inflated when they are needed.
pub(crate) struct Package<'p, 'a> {
    archive: &'p Archive<'a>,
    pub(crate) limits: &'p Limits,
    /// Entries by their normalised name.
    by_name: HashMap<String, usize>,
    checked: Vec<bool>,
    inflater: Inflater,
    /// Bytes that may still be inflated.
    left: u64,
}

/// A part's name without regard to case, slashes and a leading slash.
fn normal(name: &str) -> Cow<'_, str> {
    let is_normal = name.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase() && b != b'\\');
    match name.strip_prefix('/') {
        None if is_normal => Cow::Borrowed(name),
        _ => name.replace('\\', "/").trim_start_matches('/').to_lowercase().into(),
    }
}

impl<'p, 'a> Package<'p, 'a> {
    /// The parts of an archive; two of one name are refused.
    pub(crate) fn new(archive: &'p Archive<'a>, limits: &'p Limits) -> Outcome<Self> {
        let mut by_name = HashMap::with_capacity(archive.entries.len());
        for (i, entry) in archive.entries.iter().enumerate() {
            if by_name.insert(normal(&entry.label()).into_owned(), i).is_some() {
                return Err(Refusal::part(
                    &entry.label(),
                    "出现两次，无法判断以哪个为准",
                    "is there twice, nobody can tell which one counts",
                ));
            }
        }
        let checked = vec![false; archive.entries.len()];
        Ok(Self { archive, limits, by_name, checked, inflater: Inflater::new(), left: limits.package_bytes })
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(&*normal(name))
    }

    /// Inflates a part by name.
    pub(crate) fn inflate(&mut self, name: &str, out: &mut Vec<u8>) -> Outcome<()> {
        let found = self.by_name.get(&*normal(name)).copied();
        let Some((i, entry)) = found.and_then(|i| Some((i, self.archive.entries.get(i)?))) else {
            return Err(Refusal::part(name, "缺失", "is missing"));
        };
        self.inflate_entry(i, entry, out)
    }

    fn inflate_entry(&mut self, i: usize, entry: &Entry<'_>, out: &mut Vec<u8>) -> Outcome<()> {
        if entry.size > self.left {
            let most = self.limits.package_bytes;
            return Err(Refusal::limit("package_bytes", most, most - self.left + entry.size));
        }
        self.archive.inflate(entry, "part_bytes", self.limits.part_bytes, &mut self.inflater, out)?;
        self.left -= entry.size;
        if let Some(checked) = self.checked.get_mut(i) {
            *checked = true;
        }
        Ok(())
    }

    /// A part as UTF-8.
    pub(crate) fn part(&mut self, name: &str) -> Outcome<Vec<u8>> {
        let mut out = Vec::new();
        self.inflate(name, &mut out)?;
        match xml::decode(&out).map_err(|fault| about(name, fault))? {
            Cow::Borrowed(same) if same.len() == out.len() => Ok(out),
            Cow::Borrowed(rest) => Ok(rest.to_vec()),
            Cow::Owned(decoded) => Ok(decoded),
        }
    }

    /// A part that may be missing.
    pub(crate) fn optional(&mut self, name: Option<&str>) -> Outcome<Option<Vec<u8>>> {
        match name {
            Some(name) if self.has(name) => self.part(name).map(Some),
            _ => Ok(None),
        }
    }

    /// Inflates what was not needed, for its checksum alone.
    pub(crate) fn check_the_rest(&mut self) -> Outcome<()> {
        let mut scratch = Vec::new();
        let archive = self.archive;
        for (i, entry) in archive.entries.iter().enumerate() {
            if !self.checked.get(i).copied().unwrap_or(false) {
                self.inflate_entry(i, entry, &mut scratch)?;
            }
        }
        Ok(())
    }
}
