//! Accepted findings, `explanations.csv`: the bureau's own decisions.

use super::csv::{Head, Records};
use super::error::SettingsError;
use crate::quantity::CellRef;
use serde::Serialize;
use std::path::Path;

/// One accepted finding. `None` matches anything; what is given must match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Explanation {
    /// Line in the file, from 1.
    pub line: u64,
    /// Code of the rule.
    pub rule: String,
    /// `path` or `path!member`.
    pub file: Option<String>,
    /// Department, by name or code.
    pub department: Option<String>,
    /// Sheet.
    pub sheet: Option<String>,
    /// Cell.
    pub cell: Option<String>,
    /// The value that was accepted.
    pub given: Option<String>,
    /// The words.
    pub explanation: Option<String>,
    /// Who accepted it.
    pub author: Option<String>,
    /// When.
    pub date: Option<String>,
    /// The last day on which it holds, `YYYY-MM-DD`.
    pub until: Option<String>,
}

const HEADS: &[Head] = &[
    Head { names: &["rule", "规则", "规则编号", "规则号"], needed: true },
    Head { names: &["file", "文件"], needed: false },
    Head { names: &["department", "部门", "部门名称"], needed: false },
    Head { names: &["sheet", "工作表"], needed: false },
    Head { names: &["cell", "单元格"], needed: false },
    Head { names: &["given", "报送值", "报送"], needed: false },
    Head { names: &["explanation", "说明", "解释"], needed: false },
    Head { names: &["author", "认定人", "填写人", "作者"], needed: false },
    Head { names: &["date", "日期", "认定日期"], needed: false },
    Head { names: &["until", "有效期至", "有效期"], needed: false },
];

/// Reads the accepted findings.
///
/// # Errors
/// The file cannot be read, or a record lacks its rule, or both file and department, or has no such rule, cell or date.
pub fn read_explanations(path: &Path) -> Result<Vec<Explanation>, SettingsError> {
    let mut explanations = Vec::new();
    for record in Records::read(path, HEADS)?.iter() {
        let field = |i| record.get(i).map(str::to_owned);
        let Some(rule) = field(0) else {
            return Err(record.error("缺规则编号 / the rule is missing"));
        };
        if crate::finding::catalogue::find(&rule).is_none() {
            return Err(
                record.error(format!("没有规则 {rule}，规则清单见 jixiao rules / no rule {rule}, see jixiao rules"))
            );
        }
        if record.get(1).is_none() && record.get(2).is_none() {
            return Err(record.error("文件和部门至少填一项 / file or department is needed"));
        }
        if let Some(cell) = record.get(4)
            && CellRef::parse(cell).is_none()
        {
            return Err(record.error(format!("{cell} 不是单元格地址 / no cell address")));
        }
        let until = match record.get(9) {
            Some(text) => match iso_date(text) {
                Some(date) => Some(date),
                None => {
                    return Err(
                        record.error(format!("{text} 不是日期，请写成 2022-12-31 / write the date as 2022-12-31"))
                    );
                }
            },
            None => None,
        };
        explanations.push(Explanation {
            line: record.line,
            rule,
            file: field(1),
            department: field(2),
            sheet: field(3),
            cell: record.get(4).map(|c| c.replace('$', "").to_ascii_uppercase()),
            given: field(5),
            explanation: field(6),
            author: field(7),
            date: field(8),
            until,
        });
    }
    Ok(explanations)
}

/// `2022-12-31`, `2022/1/5`, `2022年12月31日` or `2022.12.31` as `YYYY-MM-DD`. `None`: no such day.
pub fn iso_date(text: &str) -> Option<String> {
    let mut parts = text.trim().trim_end_matches('日').split(['-', '/', '.', '年', '月']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let (y, m, d): (u16, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    let last = match m {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=last).contains(&d).then(|| format!("{y:04}-{m:02}-{d:02}"))
}

#[cfg(test)]
mod tests {
    use super::{iso_date, read_explanations};

    #[test]
    fn dates() {
        assert_eq!(iso_date("2022/1/5").as_deref(), Some("2022-01-05"));
        assert_eq!(iso_date("2022年12月31日").as_deref(), Some("2022-12-31"));
        for bad in ["2023-02-29", "2022-13-01", "22-1-1", "2022-12", "soon"] {
            assert_eq!(iso_date(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_line_needs_a_rule_and_a_place() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let read = |text: &str| {
            std::fs::write(file.path(), text).unwrap();
            read_explanations(file.path())
        };
        assert_eq!(read("规则,部门,说明,有效期至\nS01,教育局,已核实,2022-12-31\n").unwrap().len(), 1);
        for bad in ["rule,file\nS01,\n", "rule,file\nZ99,a.xlsx\n", "file\na.xlsx\n", "rule,file,until\nS01,a,never\n"]
        {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
