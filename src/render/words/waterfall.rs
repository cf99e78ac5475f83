//! What the waterfall sheets say.

use super::words;

words! {
    WATERFALL = "得分推导-{id}" / "Derivation-{id}";
    TITLE_WATERFALL = "{place}{year}项目得分推导表" / "{place}{year} how a score comes about";
    NO_WATERFALL = "附表" / "Annex table";
    ASK_WATERFALL = "这个项目的得分和名次是怎样一步一步算出来的？" / "How do score and rank of this project come about, step by step?";
    WF_STEP = "步骤" / "Step";
    WF_LEVEL1 = "一级指标" / "Level 1";
    WF_ITEM = "指标" / "Indicator";
    WF_TARGET = "指标值" / "Target";
    WF_ACTUAL = "完成值" / "Actual";
    WF_WEIGHT = "分值" / "Weight";
    WF_BEFORE = "累计前" / "Before";
    WF_SCORE = "得分" / "Score";
    WF_AFTER = "累计后" / "After";
    WF_LOST = "失分" / "Lost";
    WF_TOTAL = "得分合计（四舍五入到两位）" / "Total, rounded to two places";
    WF_PUBLISHED = "《项目得分》中的总分" / "Score on Project scores";
    WF_AGREES = "两者相差" / "Difference";
    WF_GRADE = "等级（按计算说明的分数线）" / "Grade, by the limits on Method";
    WF_RANK = "全区项目名次" / "Rank among all projects";
    WF_SHARE = "在部门加权中的权数（预算占比）" / "Weight in its department (share of the budget)";
    WF_CONTRIBUTION = "对部门得分的贡献" / "Points that it brings to its department";
    WF_DEPARTMENT_SCORE = "部门得分" / "Score of its department";
    WF_DEPARTMENT_RANK = "部门名次" / "Rank of its department";
    WF_RULE = "每步得分取自报送表的单元格；合计、等级、名次、贡献都是公式，可在本簿中逐项追查。“…”为未填或不能计算。" / "The score of each step is that of the form's cell; total, grade, rank and contribution are formulas that can be followed in this workbook. “…”: not given or not computable.";
    WF_CHART = "得分累计" / "How the score adds up";
    WF_ALT = "阶梯图，各指标得分累计为总分：{text}" / "Step chart, scores of the indicators adding up to the total: {text}";
    WF_GROUPED = "项目较多，每张表放{n}个项目。" / "There are many projects; each sheet holds {n}.";
}
