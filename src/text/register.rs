//! Finding an organisation in the register.
//!
//! Why: a department must be the same department in all its submissions, and a wrong match is worse than none.
//!
//! Input → output: a name, with its code if there is one → an entry of the register and by what it was found; or a
//! proposal for a person to confirm.
//!
//! Invariants: code, full name, alias and normal form match by themselves, the normal form where both names
//! do not say that they lie in different places; likeness only ever proposes; where two
//! entries answer to the same words, neither is taken.

use super::fold::folded;
use super::name::{elsewhere, normal, similarity};
use crate::form::Name;
use std::collections::HashMap;

/// An entry of the register, as far as finding it needs.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Code; may be empty.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// Other names.
    pub aliases: &'a [String],
}

/// By what an entry was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Equal code.
    Code,
    /// The full name.
    Name,
    /// An alias.
    Alias,
    /// The normal form of name or alias.
    Normal,
}

/// What the register says about a name. Entries are given by their position.
#[derive(Debug, Clone, PartialEq)]
pub enum Match {
    /// This one.
    Found {
        /// The entry.
        entry: usize,
        /// By what.
        by: By,
    },
    /// Perhaps this one; never taken without a person's word.
    Proposed {
        /// The entry.
        entry: usize,
        /// Likeness, 0 to 1.
        similarity: f64,
    },
    /// Several answer to it equally well.
    Ambiguous(Vec<usize>),
    /// None of them.
    Unknown,
}

/// How alike a proposal must be, and by how much it must lead.
const LIKENESS: f64 = 0.85;
const LEAD: f64 = 0.10;

/// The register, prepared for finding.
#[derive(Debug, Clone, Default)]
pub struct Register {
    codes: HashMap<String, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
    aliases: HashMap<String, Vec<usize>>,
    normals: HashMap<String, Vec<usize>>,
    /// All names of all entries in their order, for likeness.
    spellings: Vec<(usize, String)>,
}

impl Register {
    /// Prepares the entries in their order.
    ///
    /// ```
    /// use jixiao::form::Name;
    /// use jixiao::text::{By, Known, Match, Register};
    /// let register = Register::new([Known { code: "301", name: "嘉北街道办事处", aliases: &[] }]);
    /// let name = Name { name: "嘉兴市秀洲区嘉北街道办事处（本级）".into(), code: None };
    /// assert_eq!(register.find(&name), Match::Found { entry: 0, by: By::Normal });
    /// ```
    pub fn new<'a>(entries: impl IntoIterator<Item = Known<'a>>) -> Self {
        let mut register = Self::default();
        for (entry, known) in entries.into_iter().enumerate() {
            if !known.code.is_empty() {
                note(&mut register.codes, folded(known.code).into_owned(), entry);
            }
            note(&mut register.names, folded(known.name).into_owned(), entry);
            note(&mut register.normals, normal(known.name), entry);
            register.spellings.push((entry, known.name.to_owned()));
            for alias in known.aliases.iter().filter(|alias| !alias.is_empty()) {
                note(&mut register.aliases, folded(alias).into_owned(), entry);
                note(&mut register.normals, normal(alias), entry);
                register.spellings.push((entry, alias.clone()));
            }
        }
        register
    }

    /// Finds an organisation: by full name, by code, by alias, by normal form; else proposes the most alike, if it is
    /// alike enough (0.85) and leads the next by 0.10.
    ///
    /// The full name comes before the code, because codes of different systems collide; a code of the register with a
    /// name that belongs to another entry is ambiguous.
    pub fn find(&self, name: &Name) -> Match {
        let key = folded(&name.name);
        let by_code = name.code.as_deref().and_then(|code| self.codes.get(&*folded(code)));
        let tables = [(&self.names, By::Name), (&self.aliases, By::Alias)];
        let exact = tables.iter().find_map(|(table, by)| Some((table.get(&*key)?, *by)));
        let alike = || self.normals.get(&normal(&name.name));
        let near: Vec<usize> = match exact {
            Some(_) => Vec::new(),
            None => {
                alike().into_iter().flatten().copied().filter(|&entry| !self.is_elsewhere(entry, &name.name)).collect()
            }
        };
        let by_name = exact.or_else(|| (!near.is_empty()).then_some((&near, By::Normal)));
        match (by_code, by_name) {
            (Some(code), Some((named, _))) if code != named => Match::Ambiguous(union(code, named)),
            (Some(code), _) => one(code, By::Code),
            (None, Some((named, by))) => one(named, by),
            (None, None) => self.propose(&name.name),
        }
    }

    /// Whether every spelling of an entry lies in another place than the name says.
    fn is_elsewhere(&self, entry: usize, name: &str) -> bool {
        self.spellings.iter().filter(|(of, _)| *of == entry).all(|(_, spelling)| elsewhere(name, spelling))
    }

    /// The most alike entry.
    fn propose(&self, name: &str) -> Match {
        let mut best = (usize::MAX, 0.0_f64);
        let mut second = 0.0_f64;
        for (entry, spelling) in &self.spellings {
            let alike = similarity(name, spelling);
            if *entry == best.0 {
                best.1 = best.1.max(alike);
            } else if alike > best.1 {
                second = best.1;
                best = (*entry, alike);
            } else {
                second = second.max(alike);
            }
        }
        if best.1 >= LIKENESS && best.1 - second >= LEAD {
            Match::Proposed { entry: best.0, similarity: best.1 }
        } else {
            Match::Unknown
        }
    }
}

fn note(table: &mut HashMap<String, Vec<usize>>, key: String, entry: usize) {
    let entries = table.entry(key).or_default();
    if entries.last() != Some(&entry) {
        entries.push(entry);
    }
}

fn one(entries: &[usize], by: By) -> Match {
    match entries {
        [entry] => Match::Found { entry: *entry, by },
        several => Match::Ambiguous(several.to_vec()),
    }
}

fn union(a: &[usize], b: &[usize]) -> Vec<usize> {
    let mut all: Vec<usize> = a.iter().chain(b).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::{By, Known, Match, Register};
    use crate::text::split_code;

    fn register() -> (Vec<String>, Vec<(&'static str, &'static str)>) {
        let aliases = vec!["嘉北街道".to_owned(), "嘉北街办".to_owned()];
        let entries = vec![
            ("101", "秀洲区教育局"),
            ("102", "秀洲区民政局"),
            ("103", "人力资源和社会保障局"),
            ("104", "第一小学"),
            ("105", "第二小学"),
            ("106", "高照街道办事处"),
            ("107", "高照街道"),
        ];
        (aliases, entries)
    }

    fn find(text: &str) -> Match {
        let (aliases, entries) = register();
        let known = entries.iter().map(|&(code, name)| Known { code, name, aliases: &[] });
        let all = known.chain([Known { code: "301", name: "嘉北街道办事处", aliases: &aliases }]);
        Register::new(all).find(&split_code(text))
    }

    #[test]
    fn the_ways_to_match_in_order() {
        let found = |entry, by| Match::Found { entry, by };
        assert_eq!(find("秀洲区教育局"), found(0, By::Name));
        assert_eq!(find("秀 洲 区 教育局"), found(0, By::Name));
        assert_eq!(find("[102]某某局"), found(1, By::Code));
        assert_eq!(find("嘉北街办"), found(7, By::Alias));
        assert_eq!(find("嘉兴市秀洲区嘉北街道办事处（本级）"), found(7, By::Normal));
        assert_eq!(find("教育局部门"), found(0, By::Normal));
    }

    #[test]
    fn likeness_only_proposes_and_close_ones_are_refused() {
        assert!(matches!(find("人力资源与社会保障局"), Match::Proposed { entry: 2, similarity } if similarity > 0.85));
        assert_eq!(find("第三小学"), Match::Unknown);
        assert_eq!(find("审计局"), Match::Unknown);
        assert_eq!(find(""), Match::Unknown);
    }

    #[test]
    fn where_two_answer_none_is_taken() {
        assert_eq!(find("高照街道（本级）"), Match::Ambiguous(vec![5, 6]));
        assert_eq!(find("[101]秀洲区民政局"), Match::Ambiguous(vec![0, 1]));
    }
}
