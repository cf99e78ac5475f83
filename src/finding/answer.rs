//! What a department answers to a finding, in a feedback workbook that came back.

use serde::{Deserialize, Serialize};

/// An answer, and by its keys the finding that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Code of the rule.
    pub rule: String,
    /// Path of the file below the input; none for a finding about the department itself.
    pub file: Option<String>,
    /// Path inside a bundle.
    pub member: Option<String>,
    /// Sheet.
    pub sheet: Option<String>,
    /// Cell.
    pub cell: Option<String>,
    /// The value that the answer is about.
    pub given: Option<String>,
    /// The department asked.
    pub department: Option<String>,
    /// What was chosen: 已更正, 请采纳说明, 不同意.
    pub choice: Option<String>,
    /// The explanation in words.
    pub explanation: Option<String>,
    /// Who filled it in.
    pub author: Option<String>,
}

impl Answer {
    /// The answer in one line: `请采纳说明：12月才批复（张三）`; parts that were left blank are left out.
    pub fn words(&self) -> String {
        let said = [&self.choice, &self.explanation].into_iter().filter_map(Option::as_deref);
        let said = said.collect::<Vec<_>>().join("：");
        match &self.author {
            Some(author) => format!("{said}（{author}）"),
            None => said,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Answer;

    #[test]
    fn blank_parts_are_left_out() {
        let answer = |choice: Option<&str>, explanation: Option<&str>, author: Option<&str>| Answer {
            rule: "S01".into(),
            file: None,
            member: None,
            sheet: None,
            cell: None,
            given: None,
            department: None,
            choice: choice.map(Into::into),
            explanation: explanation.map(Into::into),
            author: author.map(Into::into),
        };
        assert_eq!(answer(Some("不同意"), Some("已核实"), Some("张三")).words(), "不同意：已核实（张三）");
        assert_eq!(answer(None, Some("已核实"), None).words(), "已核实");
        assert_eq!(answer(Some("已更正"), None, None).words(), "已更正");
    }
}
