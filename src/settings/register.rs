//! The register of departments, `departments.csv`: who is expected to hand in.

use super::csv::{Head, Records};
use super::error::SettingsError;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A department of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisterEntry {
    /// Code; empty where the register gives none.
    pub code: String,
    /// Name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Category; empty where the register gives none.
    pub category: String,
}

const HEADS: &[Head] = &[
    Head {
        names: &["code", "编码", "部门编码", "代码", "部门代码", "单位编码", "单位代码"], needed: false
    },
    Head { names: &["name", "名称", "部门名称", "部门", "单位名称", "单位"], needed: true },
    Head { names: &["aliases", "alias", "别名", "别称", "简称", "曾用名"], needed: false },
    Head { names: &["category", "类别", "分类", "部门类别", "类型"], needed: false },
];

/// Reads `code, name, aliases, category`; aliases are separated by `;`.
///
/// # Errors
/// The file cannot be read, has no head for the name, a record has no name, or two records have the same code.
pub fn read_register(path: &Path) -> Result<Vec<RegisterEntry>, SettingsError> {
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let mut register = Vec::new();
    for record in Records::read(path, HEADS)?.iter() {
        let Some(name) = record.get(1) else {
            return Err(record.error("这一行没有部门名称 / this record has no name"));
        };
        let code = record.get(0).unwrap_or_default().to_owned();
        if !code.is_empty()
            && let Some(first) = seen.insert(code.clone(), record.line)
        {
            return Err(record.error(format!(
                "部门编码 {code} 重复，第 {first} 行已经用过；请改正名册 / code {code} already stands on line {first}; correct the register"
            )));
        }
        let aliases = record.get(2).unwrap_or_default().split([';', '；']).map(str::trim);
        register.push(RegisterEntry {
            code,
            name: name.to_owned(),
            aliases: aliases.filter(|a| !a.is_empty()).map(str::to_owned).collect(),
            category: record.get(3).unwrap_or_default().to_owned(),
        });
    }
    Ok(register)
}

#[cfg(test)]
mod tests {
    use super::read_register;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn heads_in_any_order_and_language() {
        let register =
            read_register(file("\u{feff}类别, 部门名称 ,别名,编码\n街道,甲街道,甲办；甲,101\n").path()).unwrap();
        assert_eq!(register.len(), 1);
        assert_eq!((register[0].code.as_str(), register[0].category.as_str()), ("101", "街道"));
        assert_eq!(register[0].aliases, ["甲办", "甲"]);
    }

    #[test]
    fn a_duplicate_code_names_file_and_line() {
        let file = file("code,name\n101,甲\n102,乙\n101,丙\n");
        let error = read_register(file.path()).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{}:4: ", file.path().display())), "{error}");
        assert!(error.contains("101"), "{error}");
    }
}
