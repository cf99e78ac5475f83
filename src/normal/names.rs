//! Departments as written → departments of the register.
//!
//! A name matches by code, by exact name, by alias, by a mapping that a person has confirmed, or by its normal form (width,
//! blanks, brackets), where exactly one department has it. Anything less is never adopted, only proposed. Without a match
//! a department stands under the spelling that was met first. Source: the order of identifiers of the budget system.

use crate::form::Name;
use crate::quantity::Text;
use crate::settings::{Mappings, RegisterEntry};
use std::collections::HashMap;

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
    by_code: HashMap<Text, DepartmentId>,
    /// Names, aliases and confirmed names; `None` where two departments have it.
    by_name: HashMap<Text, Option<DepartmentId>>,
    by_normal: HashMap<Text, Option<DepartmentId>>,
}

impl Directory {
    /// The departments of the register.
    pub fn new(register: &[RegisterEntry], mappings: &Mappings) -> Self {
        let mut directory = Self::default();
        for entry in register {
            let id = directory.departments.len();
            let filled = |text: &str| (!text.is_empty()).then(|| Text::from(text));
            directory.departments.push(KnownDepartment {
                code: filled(&entry.code),
                name: entry.name.as_str().into(),
                category: filled(&entry.category),
                expected: true,
            });
            if let Some(code) = filled(&entry.code) {
                directory.by_code.insert(code, id);
            }
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                directory.call(name, id);
            }
        }
        for (written, meant) in &mappings.departments {
            let meant = meant.as_str();
            let known =
                directory.by_code.get(meant).copied().or_else(|| directory.by_name.get(meant).copied().flatten());
            if let Some(id) = known {
                directory.by_name.insert(written.as_str().into(), Some(id));
            }
        }
        directory
    }

    /// Notes that a department is called so, unless another is, too.
    fn call(&mut self, name: &str, id: DepartmentId) {
        for (map, key) in [(&mut self.by_name, name.into()), (&mut self.by_normal, normal_form(name))] {
            map.entry(key).and_modify(|known| *known = known.filter(|&k| k == id)).or_insert(Some(id));
        }
    }

    /// The department of the register that a name means. `None`: none, or not exactly one.
    pub fn find(&self, name: &Name) -> Option<DepartmentId> {
        let code = name.code.as_ref().and_then(|code| self.by_code.get(code).copied());
        code.or_else(|| self.by_name.get(&name.name).copied().flatten())
            .or_else(|| self.by_normal.get(&normal_form(&name.name)).copied().flatten())
    }

    /// The department that a name means, added as a new one where it is not known yet.
    pub fn meet(&mut self, name: &Name) -> DepartmentId {
        if let Some(id) = self.find(name) {
            if let Some(department) = self.departments.get_mut(id)
                && department.code.is_none()
                && !department.expected
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
        self.call(&name.name.clone(), id);
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
}

/// The spelling by which names are compared: full width as half, no blanks, brackets alike.
pub fn normal_form(name: &str) -> Text {
    let folded: String = name
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}'))
        .map(|c| match c {
            '〔' | '［' | '【' => '(',
            '〕' | '］' | '】' => ')',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .collect();
    folded.into()
}

#[cfg(test)]
mod tests {
    use super::Directory;
    use crate::form::Name;
    use crate::settings::{Mappings, RegisterEntry};

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
        let mut directory = Directory::new(&register, &Mappings::default());
        assert_eq!(directory.find(&name("随便", Some("102"))), Some(1));
        assert_eq!(directory.find(&name("区民政局", None)), Some(0));
        assert_eq!(directory.find(&name("教育局（本级）", None)), Some(1));
        assert_eq!(directory.find(&name("甲", None)), None, "an alias of two departments is none");
        assert_eq!(directory.find(&name("教育", None)), None);
        let met = directory.meet(&name("水务 局", None));
        assert_eq!(directory.meet(&name("水务局", Some("103"))), met);
        assert_eq!(directory.get(met).unwrap().name.as_ref(), "水务 局");
    }

    #[test]
    fn a_confirmed_name() {
        let mut mappings = Mappings::default();
        mappings.departments.insert("社会局".into(), "101".into());
        let directory = Directory::new(&[entry("101", "民政局", &[])], &mappings);
        assert_eq!(directory.find(&name("社会局", None)), Some(0));
    }
}
