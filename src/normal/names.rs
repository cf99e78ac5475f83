//! Departments as written → departments of the register.
//!
//! A name matches by its full spelling, by code, by an alias, by a mapping that a person has confirmed, by the record of a
//! renamed or merged department, or by its normal form, where exactly one department has it ([`crate::text::Register`]).
//! Anything less is never adopted, only proposed. Without a match a department stands under the spelling that was met
//! first, and other spellings join it only where they differ in width and blanks: two places may well have an office of
//! the same name.
//!
//! Changes of departments count from their date on. A mapping or a change may lead to a department that no register knows:
//! the name is then taken for the one it leads to, and that for the next, if there is one.

use crate::form::Name;
use crate::quantity::Text;
use crate::settings::{Mappings, OrganisationChange, RegisterEntry};
use crate::text::{Known, Match, Register, folded};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// A department met in a run, by its position in [`Directory::departments`].
pub type DepartmentId = usize;

/// A department of the register, or one that was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownDepartment {
    /// Its code.
    pub code: Option<Text>,
    /// Its name.
    pub name: Text,
    /// Its category.
    pub category: Option<Text>,
    /// Whether it stands in the register.
    pub expected: bool,
}

/// All departments, the register's first and in its order, then the others as they were met.
#[derive(Debug, Default)]
pub struct Directory {
    departments: Vec<KnownDepartment>,
    register: Register,
    /// Names that a person has confirmed, or that a department had before it was renamed or merged.
    confirmed: HashMap<Text, DepartmentId>,
    /// What other names and codes mean or have become, where the register does not know that.
    later: HashMap<Text, Text>,
    /// Departments that the register does not know, by spelling.
    met: HashMap<Text, DepartmentId>,
    /// What was looked up before.
    known: HashMap<Name, DepartmentId>,
    proposals: BTreeMap<Text, DepartmentId>,
}

impl Directory {
    /// The departments of the register, at a date of data (`YYYY-MM-DD`).
    pub fn new(
        register: &[RegisterEntry],
        mappings: &Mappings,
        organisations: &[OrganisationChange],
        as_of: Option<&str>,
    ) -> Self {
        let filled = |text: &str| (!text.is_empty()).then(|| Text::from(text));
        let departments = register.iter().map(|entry| KnownDepartment {
            code: filled(&entry.code),
            name: entry.name.as_str().into(),
            category: filled(&entry.category),
            expected: true,
        });
        let known = register.iter().map(|e| Known { code: &e.code, name: &e.name, aliases: &e.aliases });
        let mut directory =
            Self { departments: departments.collect(), register: Register::new(known), ..Self::default() };
        // A split department has no single successor.
        let mut renamed: Vec<&OrganisationChange> =
            organisations.iter().filter(|change| change.is_whole() && change.in_effect(as_of)).collect();
        renamed.sort_by(|a, b| a.date.cmp(&b.date));
        for (written, meant) in renamed.into_iter().map(|c| (&c.from, &c.to)).chain(&mappings.departments) {
            match directory.entry(meant) {
                Some(id) => drop(directory.confirmed.insert(normal_form(written), id)),
                None => drop(directory.later.insert(normal_form(written), meant.as_str().into())),
            }
        }
        directory
    }

    /// The entry of the register that has this code, name or alias.
    fn entry(&self, meant: &str) -> Option<DepartmentId> {
        let by_code = self.departments.iter().position(|d| d.code.as_deref() == Some(meant));
        by_code.or_else(|| match self.register.find(&Name { name: meant.into(), code: None }) {
            Match::Found { entry, .. } => Some(entry),
            Match::Proposed { .. } | Match::Ambiguous(_) | Match::Unknown => None,
        })
    }

    /// The department that a name means, added as a new one where it is not known yet.
    pub fn meet(&mut self, name: &Name) -> DepartmentId {
        if let Some(&id) = self.known.get(name) {
            return id;
        }
        let id = self.look_up(name);
        self.known.insert(name.clone(), id);
        id
    }

    fn look_up(&mut self, name: &Name) -> DepartmentId {
        let mut name = Cow::Borrowed(name);
        // Whoever writes a circle of changes stays at one of its names.
        for _ in 0..=self.later.len() {
            if let Some(&id) = self.confirmed.get(&normal_form(&name.name)) {
                return id;
            }
            let found = self.register.find(&name);
            if let Match::Found { entry, .. } = found {
                return entry;
            }
            let by_code = || self.later.get(&normal_form(name.code.as_ref()?));
            match (self.later.get(&normal_form(&name.name)).or_else(by_code), found) {
                (Some(next), _) => name = Cow::Owned(Name { name: next.clone(), code: None }),
                (None, Match::Proposed { entry, .. }) => {
                    self.proposals.insert(name.name.clone(), entry);
                    break;
                }
                (None, _) => break,
            }
        }
        self.add(&name)
    }

    /// A department that the register does not know, perhaps met before.
    fn add(&mut self, name: &Name) -> DepartmentId {
        let spelling = normal_form(&name.name);
        if let Some(&id) = self.met.get(&spelling) {
            if let Some(department) = self.departments.get_mut(id)
                && department.code.is_none()
            {
                department.code.clone_from(&name.code);
            }
            return id;
        }
        let id = self.departments.len();
        self.departments.push(KnownDepartment {
            code: name.code.clone(),
            name: name.name.clone(),
            category: None,
            expected: false,
        });
        self.met.insert(spelling, id);
        id
    }

    /// All departments in their order.
    pub fn departments(&self) -> &[KnownDepartment] {
        &self.departments
    }

    /// One department.
    pub fn get(&self, id: DepartmentId) -> Option<&KnownDepartment> {
        self.departments.get(id)
    }

    /// Names that are like one of the register, for a person to confirm: as written → the register's name.
    pub fn proposals(&self) -> impl Iterator<Item = (&Text, &Text)> {
        self.proposals.iter().filter_map(|(written, &id)| Some((written, &self.get(id)?.name)))
    }
}

/// The spelling by which names are compared: folded, without blanks.
pub fn normal_form(name: &str) -> Text {
    let folded = folded(name);
    if folded.contains(char::is_whitespace) {
        folded.split_whitespace().collect::<String>().into()
    } else {
        folded.as_ref().into()
    }
}

#[cfg(test)]
mod tests {
    use super::Directory;
    use crate::form::Name;
    use crate::settings::{Mappings, OrganisationChange, RegisterEntry};

    fn name(name: &str, code: Option<&str>) -> Name {
        Name { name: name.into(), code: code.map(Into::into) }
    }

    fn entry(code: &str, name: &str, aliases: &[&str]) -> RegisterEntry {
        RegisterEntry {
            code: code.into(),
            name: name.into(),
            aliases: aliases.iter().map(|&a| a.into()).collect(),
            category: String::new(),
        }
    }

    #[test]
    fn by_code_name_alias_and_normal_form() {
        let register = [entry("101", "民政局", &["区民政局", "甲"]), entry("102", "教育局(本级)", &["甲"])];
        let mut directory = Directory::new(&register, &Mappings::default(), &[], None);
        assert_eq!(directory.meet(&name("随便", Some("102"))), 1);
        assert_eq!(directory.meet(&name("区民政局", None)), 0);
        assert_eq!(directory.meet(&name("教育局（本级）", None)), 1);
        assert_eq!(directory.meet(&name("甲", None)), 2, "an alias of two departments is none");
        let met = directory.meet(&name("水务 局", None));
        assert_eq!(directory.meet(&name("水务局", Some("103"))), met);
        let known = directory.get(met).unwrap();
        assert_eq!((known.name.as_ref(), known.code.as_deref()), ("水务 局", Some("103")));
    }

    #[test]
    fn what_is_alike_is_proposed_and_not_taken() {
        let register = [entry("101", "人力资源和社会保障局", &[])];
        let mut directory = Directory::new(&register, &Mappings::default(), &[], None);
        assert_eq!(directory.meet(&name("人力资源与社会保障局", None)), 1);
        let proposals: Vec<_> = directory.proposals().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        assert_eq!(proposals, [("人力资源与社会保障局".to_owned(), "人力资源和社会保障局".to_owned())]);
    }

    #[test]
    fn confirmed_and_former_names() {
        let mut mappings = Mappings::default();
        mappings.departments.insert("社会局".into(), "101".into());
        let change = |from: &str, share: Option<&str>| OrganisationChange {
            from: from.into(),
            to: "民政局".into(),
            date: None,
            kind: None,
            share: share.map(Into::into),
        };
        let changes = [change("老龄办", None), change("慈善总会", Some("40%"))];
        let mut directory = Directory::new(&[entry("101", "民政局", &[])], &mappings, &changes, None);
        assert_eq!(directory.meet(&name("社会局", None)), 0);
        assert_eq!(directory.meet(&name("老龄办", None)), 0);
        assert_eq!(directory.meet(&name("慈善总会", None)), 1, "a part of a split department");
    }

    #[test]
    fn changes_lead_on_without_a_register_from_their_date() {
        let mut mappings = Mappings::default();
        mappings.departments.insert("文旅".into(), "文旅局".into());
        let change = |from: &str, to: &str, date: &str| OrganisationChange {
            from: from.into(),
            to: to.into(),
            date: Some(date.into()),
            kind: None,
            share: None,
        };
        let changes = [
            change("文化局", "文旅局", "2022-05-01"),
            change("文旅局", "文化和旅游局", "2022-08-01"),
            change("205", "文化局", "2021-01-01"),
            change("文化和旅游局", "文体局", "2031-01-01"),
            change("甲", "乙", "2021-01-01"),
            change("乙", "甲", "2021-01-01"),
        ];
        let mut directory = Directory::new(&[], &mappings, &changes, Some("2023-12-31"));
        for written in ["文化局", "文化 局", "文旅局", "文旅", "文化和旅游局"] {
            assert_eq!(directory.meet(&name(written, None)), 0, "{written}");
        }
        assert_eq!(directory.meet(&name("艺术馆", Some("205"))), 0, "by its former code");
        assert_eq!(directory.get(0).unwrap().name.as_ref(), "文化和旅游局");
        directory.meet(&name("甲", None));
        let mut directory = Directory::new(&[], &mappings, &changes, Some("2022-06-30"));
        assert_eq!(directory.meet(&name("文化局", None)), 0);
        assert_eq!(directory.meet(&name("文化和旅游局", None)), 1, "not yet one");
    }
}
