//! Confirmed names and labels, `mappings.toml`, and merged or renamed departments, `organisations.csv`.

use super::csv::{Head, Records};
use super::error::{SettingsError, text};
use super::explanations::iso_date;
use super::file::toml_error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// What a person has confirmed: names as written → the register's name, labels as written → the field's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Mappings {
    /// Department as written → name or code in the register.
    pub departments: BTreeMap<String, String>,
    /// Label as written → field of a form.
    pub labels: BTreeMap<String, String>,
}

/// Reads confirmed names and labels.
///
/// # Errors
/// The file cannot be read or is no such TOML.
pub fn read_mappings(path: &Path) -> Result<Mappings, SettingsError> {
    let text = text(path)?;
    toml::from_str(&text).map_err(|e| toml_error(path, &text, &e))
}

/// One change of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationChange {
    /// The former name or code.
    pub from: String,
    /// The later name or code.
    pub to: String,
    /// When, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// What happened: merged, split, renamed; as written.
    pub kind: Option<String>,
    /// The share that went over, as written.
    pub share: Option<String>,
}

impl OrganisationChange {
    /// Whether the whole department went over: no share, or all of it.
    pub fn is_whole(&self) -> bool {
        self.share.as_deref().is_none_or(|share| matches!(share.trim(), "1" | "1.0" | "100%" | "100％" | "全部"))
    }

    /// Whether it had happened at a date of data; without either date it had.
    pub fn in_effect(&self, as_of: Option<&str>) -> bool {
        self.date.as_deref().zip(as_of).is_none_or(|(date, as_of)| date <= as_of)
    }
}

const HEADS: &[Head] = &[
    Head { names: &["from", "原部门", "原名称", "原单位"], needed: true },
    Head { names: &["to", "现部门", "现名称", "新部门", "现单位"], needed: true },
    Head { names: &["date", "日期", "变更日期"], needed: false },
    Head { names: &["kind", "类型", "变更类型", "方式"], needed: false },
    Head { names: &["share", "比例", "份额"], needed: false },
];

/// Reads merged, split and renamed departments.
///
/// # Errors
/// The file cannot be read, or a record lacks `from` or `to` or has no such date.
pub fn read_organisations(path: &Path) -> Result<Vec<OrganisationChange>, SettingsError> {
    let mut changes = Vec::new();
    for record in Records::read(path, HEADS)?.iter() {
        let (Some(from), Some(to)) = (record.get(0), record.get(1)) else {
            return Err(record.error("原部门和现部门都要填 / from and to are needed"));
        };
        let date = match record.get(2) {
            Some(text) => Some(iso_date(text).ok_or_else(|| record.error(format!("{text} 不是日期 / no date")))?),
            None => None,
        };
        let field = |i| record.get(i).map(str::to_owned);
        changes.push(OrganisationChange {
            from: from.to_owned(),
            to: to.to_owned(),
            date,
            kind: field(3),
            share: field(4),
        });
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::{read_mappings, read_organisations};

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn confirmed_names() {
        let read = read_mappings(file("[departments]\n\"社会局\" = \"101\"\n").path()).unwrap();
        assert_eq!(read.departments.get("社会局").map(String::as_str), Some("101"));
        let error = read_mappings(file("\n[offices]\n").path()).unwrap_err().to_string();
        assert!(error.contains(":2: "), "{error}");
    }

    #[test]
    fn changes_need_both_ends() {
        let changes = read_organisations(file("原部门,现部门,日期,比例\n甲局,乙局,2021年3月1日,40%\n").path()).unwrap();
        assert_eq!(changes[0].date.as_deref(), Some("2021-03-01"));
        assert!(!changes[0].is_whole());
        assert!(read_organisations(file("from,to\n甲局,\n").path()).is_err());
    }
}
