//! Score tables of departmental and finance-bureau evaluations, weights inside the labels.

use super::district::{Evaluation, Made, plain, scaled};
use super::sheet::{Sheet, Style};

/// Widths of the six columns.
pub(crate) const WIDTHS: [u16; 6] = [14, 18, 22, 8, 8, 26];

/// Level 2 as labelled, and its indicators with their weights in points.
type Part = (&'static str, &'static [(&'static str, i64)]);

/// The framework of 财预〔2020〕10号, annex 2, with a common distribution of weights.
const FRAMEWORK: &[(&str, &[Part])] = &[
    (
        "决策 (20分)",
        &[
            ("项目立项 (6分)", &[("立项依据充分性", 3), ("立项程序规范性", 3)]),
            ("绩效目标 (8分)", &[("绩效目标合理性", 4), ("绩效指标明确性", 4)]),
            ("资金投入 (6分)", &[("预算编制科学性", 3), ("资金分配合理性", 3)]),
        ],
    ),
    (
        "过程 (20分)",
        &[
            ("资金管理 (12分)", &[("资金到位率", 5), ("预算执行率", 5), ("资金使用合规性", 2)]),
            ("组织实施 (8分)", &[("管理制度健全性", 4), ("制度执行有效性", 4)]),
        ],
    ),
    (
        "产出 (30分)",
        &[
            ("产出数量 (8分)", &[("实际完成率", 8)]),
            ("产出质量 (8分)", &[("质量达标率", 8)]),
            ("产出时效 (7分)", &[("完成及时性", 7)]),
            ("产出成本 (7分)", &[("成本节约率", 7)]),
        ],
    ),
    ("效益 (30分)", &[("项目效益", &[("实施效益", 20), ("满意度", 10)])]),
];

/// Where the page breaks: this label stays on the first page, the weight behind it moves to the second.
const BROKEN: (&str, &str, &str) = ("产出时效 (7分)", "产出时效", "(7分)");

impl Evaluation {
    /// The scores of all indicators in hundredths.
    pub(crate) fn points(&self) -> Made<Vec<i64>> {
        let weights = FRAMEWORK.iter().flat_map(|(_, parts)| parts.iter()).flat_map(|(_, rows)| rows.iter());
        let points = weights.zip(self.scores.split_whitespace()).map(|((_, weight), score)| match score {
            "=" => Ok(weight * 100),
            text => scaled(text, 2),
        });
        points.collect()
    }
}

/// Draws the score table.
pub(crate) fn evaluation(sheet: &mut Sheet, evaluation: &Evaluation) -> Made<()> {
    let title = format!("2021年度{}部门评价评分表", evaluation.written);
    let last = if evaluation.reasons.is_empty() { 4 } else { 5 };
    sheet.span([0, 0, 0, last], &title, Style::Title);
    for (row, label, value) in [(1, "项目名称", &evaluation.name), (2, "部门名称", &evaluation.written)] {
        sheet.text(row, 0, label, Style::Label);
        sheet.span([row, 1, row, last], value, Style::Body);
    }
    head(sheet, 3, last);
    let points = evaluation.points()?;
    let mut scores = points.iter();
    let mut reasons = evaluation.reasons.iter();
    let mut row = 4;
    for (level1, parts) in FRAMEWORK {
        let mut top = row;
        for (n, (level2, rows)) in parts.iter().enumerate() {
            if n == 0 {
                sheet.text(row, 0, level1, Style::Label);
            }
            let broken = evaluation.page_break && *level2 == BROKEN.0;
            let height = u32::try_from(rows.len())?;
            sheet.span([row, 1, row + height - 1, 1], if broken { BROKEN.1 } else { level2 }, Style::Body);
            for (level3, weight) in *rows {
                sheet.text(row, 2, level3, Style::Body);
                sheet.number(row, 3, weight.to_string(), Style::Body);
                let score = scores.next().ok_or("a score is missing")?;
                sheet.number(row, 4, plain(*score, 2), Style::Body);
                if let Some(reason) = reasons.next() {
                    sheet.text(row, 5, reason, Style::Long);
                }
                row += 1;
            }
            if broken {
                sheet.merge(top, 0, row - 1, 0);
                head(sheet, row, last);
                sheet.text(row + 1, 1, BROKEN.2, Style::Body);
                row += 2;
                top = row - 1;
            }
        }
        sheet.merge(top, 0, row - 1, 0);
    }
    sheet.text(row, 0, "合计", Style::Label);
    sheet.number(row, 3, "100".into(), Style::Body);
    sheet.number(row, 4, plain(points.iter().sum(), 2), Style::Body);
    sheet.grid(1, 0, row, u16::try_from(last)?);
    Ok(())
}

fn head(sheet: &mut Sheet, row: u32, last: u32) {
    let labels = ["一级指标", "二级指标", "三级指标", "分值", "得分", "扣分原因"];
    for ((col, _), label) in (0_u16..).zip(0..=last).zip(labels) {
        sheet.text(row, col, label, Style::Label);
    }
}
