//! What only the page says.

use super::words;
use crate::finding::Words;

words! {
    TITLE_PAGE = "{place}{year}预算绩效自评汇总" / "{place}{year} performance summary";
    UNIT_WAN = "万元" / "CNY 10,000";
    UNIT_POINTS_SHORT = "分" / "points";
    UNIT_PROJECTS_SHORT = "个" / "in all";
    FIGURE_DEPARTMENTS = "报送部门" / "Departments in";
    FIGURE_PROJECTS = "项目" / "Projects";
    FIGURE_BUDGET = "全年预算数" / "Revised budget";
    FIGURE_OUTTURN = "全年执行数" / "Outturn";
    FIGURE_MONEY = "{name}{n}万元" / "{name} {n}";
    FIGURE_GRADE = "等级{grade}；按预算加权，算术平均{mean}分" / "{grade}; weighted by budget, plain mean {mean}";
    FIGURE_GRADE_MEAN = "等级{grade}；算术平均{mean}分" / "{grade}; plain mean {mean}";
    META_UNIT = "单位：万元、分" / "Units: CNY 10,000, points";
    SEARCH = "查找" / "Find";
    EXECUTION_POINTS = "执行率得分" / "Execution points";
    RECOMPUTED_PAGE = "重算" / "Recomputed";
    BLANK = "（空）" / "(blank)";
    TIE = "并列" / "=";
    RATE_RANK = "执行率名次" / "Rank by rate";
    RANK_GAP = "名次差" / "Rank gap";
    ABOUT_INDICATORS = "得分率＝得分合计÷分值合计；底色越深得分率越低，请以数字为准。" / "Share of points = points earned ÷ weight; the darker, the lower; the figures decide.";
    INDICATOR_DASH_PAGE = "“—”为该部门各项目均未设此类指标；指针停在格上显示得分与分值。" / "“—”: none of the projects has such an indicator; hover shows points and weight.";
    MONEY_RULE_PAGE = "金额按元计算，显示时四舍五入，各行之和与合计可能略有出入。" / "Money is computed in yuan and shown rounded, so that rows may not add up to the total in the last digit.";
    FINDINGS_RULE_PAGE = "●须更正　▲须核对或说明　○提示，无须处理。报送值、应为、差异的单位随值列出，金额为精确到分的元；位置为“文件 › 工作表 › 单元格”，链接打开送审文件（压缩包内的文件打开压缩包）。" / "● to be corrected  ▲ to be checked or explained  ○ for information. Values carry their unit, money in exact yuan; the place is file › sheet › cell, the link opens the file (for members of a bundle the bundle).";
    FINDINGS_LEFT_OUT = "另有{n}项未在本页列出，见 summary.xlsx 的《问题清单》。" / "{n} more findings are not on this page; see Findings in summary.xlsx.";
    ABOUT_SHARE = "得分{score}÷分值{weight}" / "{score} of {weight} points";
    BY_CATEGORY_PAGE = "分类别" / "By category";
    BY_DEPARTMENT_PAGE = "按部门" / "By department";
    BY_SOURCE_PAGE = "按资金来源" / "By source of money";
    BY_ECONOMIC_PAGE = "按支出经济分类" / "By economic classification";
    FILES_NOT_USED_PAGE = "未采用的文件" / "Files not used";
    RULES_PAGE = "检查规则及命中" / "Check rules and what they found";
    SOURCE_PAGE = "来源" / "Source";
    ABOUT_GRADES = "按项目数、按全年预算数，%" / "Share of projects and of revised budget, %";
    ABOUT_SCORES = "总分每5分一档，个" / "Score in bands of 5 points, number";
    ABOUT_DEPARTMENTS = "由高到低，分；颜色为等级，虚线为全区得分" / "Highest first, points; coloured by grade, dashed line: the district";
    ABOUT_SCATTER = "每点为一个部门；虚线为{rate}执行率和{score}分" / "A dot for each department; dashed lines at {rate} and {score} points";
    NAME_GRADES = "各等级占项目数和预算的比重" / "Projects and budget by grade";
    NAME_SCORES = "项目得分分布" / "Distribution of project scores";
    NAME_SCORES_HIGH = "项目得分集中在{n}分以上" / "Most projects score {n} or more";
    NAME_GRADES_MOST = "{p}的项目、{b}的预算评为“{grade}”" / "{p} of projects and {b} of the budget are “{grade}”";
    NAME_DEPARTMENTS = "部门得分" / "Departments by score";
    NAME_SCATTER = "执行率与得分" / "Execution rate and score";
    NAME_SCATTER_UP = "执行率越高的部门得分越高" / "Departments that execute more score higher";
    NAME_SCATTER_DOWN = "执行率越高的部门得分越低" / "Departments that execute more score lower";
    TIP_PROJECTS = "项目{n}个（{p}）" / "{n} projects ({p})";
    TIP_BUDGET = "预算{n}万元（{p}）" / "Budget CNY 10,000 × {n} ({p})";
    TIP_BAND = "{n}个项目" / "{n} projects";
    TIP_PLACE = "第{n}名，{score}分，{grade}" / "Rank {n}, {score} points, {grade}";
    TIP_RATE = "执行率{p}" / "Execution rate {p}";
    CROP_AT = "{sheet} 第{row}行" / "{sheet}, row {row}";
    EXPLAINED = "已说明：{text}" / "Explained: {text}";
}

/// The words that templates print, by the name under which they know them.
pub(crate) const PAGE: &[(&str, Words)] = &[
    ("skip", Words::new("跳到正文", "Skip to content")),
    ("contents", Words::new("目录", "Contents")),
    ("dark", DARK),
    ("workbook", Words::new("同内容工作簿：", "the same as a workbook: ")),
    ("attention", Words::new("需要关注的事项", "What needs attention")),
    ("nothing", Words::new("没有需要特别关注的事项。", "Nothing needs special attention.")),
    ("charts", Words::new("图", "Charts")),
    ("data", Words::new("查看数据", "Show the data")),
    ("every", EVERY),
    ("all", Words::new("全部", "All")),
    ("search", SEARCH),
    ("search_findings", Words::new("部门、项目、内容", "department, project, text")),
    ("level", Words::new("级别", "Severity")),
    ("department", Words::new("部门", "Department")),
    ("rows", Words::new("共 {n} 行", "{n} rows")),
    ("items", Words::new("共 {n} 项", "{n} findings")),
    ("more_rows", Words::new("再显示 {n} 行（余 {rest} 行）", "Show {n} more ({rest} left)")),
    ("more_items", Words::new("再显示 {n} 项（余 {rest} 项）", "Show {n} more ({rest} left)")),
    (
        "unprinted",
        Words::new(
            "以上打印前 {n} 行，余 {rest} 行未打印：请筛选后再打印，或见 summary.xlsx。",
            "The first {n} rows are printed, {rest} are not: filter before printing, or see summary.xlsx.",
        ),
    ),
    (
        "footer",
        Words::new(
            "本页为单一文件，可离线打开、打印；与 summary.xlsx 数据相同。",
            "This page is a single file: it opens and prints offline and holds the same figures as summary.xlsx.",
        ),
    ),
];

/// Words of the script.
pub(crate) const DARK: Words = Words::new("深色", "Dark");
/// Words of the script.
pub(crate) const LIGHT: Words = Words::new("浅色", "Light");
/// Words of the script.
pub(crate) const EVERY: Words = Words::new("显示全部部门", "Show all departments");
/// Words of the script.
pub(crate) const FEW: Words = Words::new("只显示前后各10个", "Show first and last 10");
/// Hints in the fields to search.
pub(crate) const HINT_DEPARTMENT: Words = Words::new("按名称筛选", "by name");
/// Hints in the fields to search.
pub(crate) const HINT_PROJECT: Words = Words::new("项目或部门", "project or department");
/// Hints in the fields to search.
pub(crate) const HINT_FILE: Words = Words::new("文件或原因", "file or reason");
