//! The sheet 计算说明: every formula, band, tie and rounding rule, in words.

use super::words;

words! {
    PARAMETERS = "一、可调参数（黄色单元格；改动后表中等级随之重算，名次和得分不受影响）" / "1  Parameters (yellow; grades follow when they are changed, ranks and scores do not)";
    PARAMETER = "参数" / "Parameter";
    MEANING = "含义" / "Meaning";
    VALUE = "取值" / "Value";
    BASIS = "依据" / "Basis";
    NAME_EXCELLENT = "优_下限" / "Excellent_from";
    NAME_GOOD = "良_下限" / "Good_from";
    NAME_FAIR = "中_下限" / "Fair_from";
    MIN_EXCELLENT = "等级“优”的下限（含）" / "From here on (included): Excellent (优)";
    MIN_GOOD = "等级“良”的下限（含）" / "From here on (included): Good (良)";
    MIN_FAIR = "等级“中”的下限（含），以下为“差”" / "From here on (included): Fair (中); below: Poor (差)";
    MOF = "财预〔2020〕10号" / "财预〔2020〕10号";
    CONFIGURED = "本级方案（可在配置中改）" / "local rule (configurable)";

    FORMULAS = "二、计算口径" / "2  How the figures are computed";
    FIGURE = "指标" / "Figure";
    COMPUTED = "算法" / "Computation";
    WHERE_USED = "所在表" / "Tables";
    ALL_TABLES = "全部" / "all";

    M_RATE = "预算执行率" / "Execution rate";
    M_RATE_HOW = "全年执行数÷全年预算数（调整后），四舍五入到0.01%；没有预算数或预算为0的不计算，显示“—”；合计按“先合计、后相除”" / "Outturn ÷ revised budget, half-up to 0.01 %; none without a budget (“—”); totals: sum first, then divide";
    M_PROJECT = "项目总分" / "Project score";
    M_PROJECT_HOW = "各分项自评得分之和；应填而未填或不能读的，该项目不计分（不当作0分）" / "Sum of its parts as claimed; a part that is blank or unreadable leaves the project without a score, never at 0";
    M_DEPARTMENT = "部门得分" / "Department score";
    M_GRADE = "等级" / "Grade";
    M_GRADE_HOW = "按四舍五入到两位小数的得分判定，区间含下限、不含上限" / "By the score half-up to two places; bands include their lower limit";
    M_RANK = "名次" / "Rank";
    M_RANK_HOW = "由高到低；两位小数相同者并列，其后跳号（1、1、3）；执行率按0.01%比较；未报、未计分不参加。并列内依执行率、预算额、部门编码排列，名次数字相同" / "Highest first; equal at two places share a rank, the next is skipped (1, 1, 3); rates compare at 0.01 %; without a value no rank. Within a tie rows go by rate, budget, code";
    M_SHARE = "指标得分率" / "Share of points";
    M_SHARE_HOW = "同类指标得分合计÷分值合计" / "Points earned ÷ weights of the same kind of indicator";
    M_RECOMPUTED = "重算得分" / "Recomputed score";
    M_RECOMPUTED_HOW = "正向：完成值÷指标值×分值；反向：指标值÷完成值×分值；封顶满分；执行率得分{policy}；不能比较的保留自评分" / "Actual ÷ target × weight (reverse: target ÷ actual), capped; execution rate {policy}; what cannot be compared keeps its claimed score";
    P_LINEAR = "＝min(执行率，100%)×分值" / "= min(rate, 100 %) × weight";
    P_ROUNDED = "＝min(执行率，100%)×分值（执行率先取整到0.01%）" / "= min(rate, 100 %) × weight, rate rounded to 0.01 % first";
    P_STEPS = "按配置的分档计" / "by the configured steps";
    P_DEDUCT = "按每低1个百分点扣分计" / "by deduction per percentage point";
    M_ROUNDING = "四舍五入" / "Rounding";
    M_ROUNDING_HOW = "得分、分值两位小数，四舍五入（逢五进一）；金额按元精确计算，仅显示时取整" / "Points half-up to two places; money exact in yuan, rounded for display only";
    M_STABILITY = "名次稳定性" / "Rank stability";
    M_STABILITY_HOW = "不取整得分、重算得分各排一次名次；最好、最差名次见表7注" / "Ranks by unrounded and by recomputed scores; best and worst as noted below table 7";
    M_WHICH = "计入的表" / "What counts";
    M_WHICH_HOW = "只计报告年度；每个项目取一张：项目自评表，其次转移支付自评表，其次评价评分表；被后报版本替代的不计；部门没有项目时才取部门整体表" / "The reporting year only; one form a project: self-evaluation, else transfer self-evaluation, else evaluation score table; superseded forms do not count; a department-wide form only where there is no project";
    M_MARKS = "符号" / "Signs";
    M_MARKS_HOW = "—：不适用或该项目未设；…：未报或不能计算；0.00：真零；▲▼：升降；●▲○：须更正、须核对、提示" / "— not applicable; … not handed in or not computable; 0.00 a real zero; ▲▼ up, down; ●▲○ to be corrected, to be checked, for information";
    TABLES_1_2_4 = "表1、表2、表4" / "1, 2, 4";
    TABLES_2 = "表2" / "2";
    TABLES_1 = "表1" / "1";
    TABLES_1_2_5 = "表1、表2、表5" / "1, 2, 5";
    TABLES_3 = "表3" / "3";
    TABLES_6 = "表6" / "6";
    TABLES_7 = "表7" / "7";
    STANDARD_RANKING = "标准竞争排名" / "standard competition ranking";
    STATISTICS = "统计表编制惯例" / "conventions of statistical tables";

    RULES_USED = "三、检查规则及命中" / "3  Check rules and what they found";
    RULE_CODE = "编号" / "Code";
    RULE_NAME = "检查内容" / "What it finds";
    HITS = "命中（项）" / "Findings";
    RULE_VERSION = "版本" / "Version";
    RULE_OFF = "已停用" / "off";
    PROGRAM = "程序：jixiao {version}。输入文件、校验值和全部设置见同目录 run.json。" / "Program: jixiao {version}. Inputs, digests and all settings stand in run.json beside this workbook.";
}
