//! Names, titles, numbers, units and questions of the sheets, and what stands in every frame.

use super::words;

words! {
    OVERVIEW = "总览" / "Overview";
    DEPARTMENTS = "部门排名" / "Department ranking";
    PROJECTS = "项目得分" / "Project scores";
    INDICATORS_SHEET = "指标对比" / "Indicators";
    BUDGET = "预算执行" / "Budget execution";
    GRADES = "等级分布" / "Grades";
    CLAIMED = "自评与重算对比" / "Claimed vs recomputed";
    STABILITY = "名次稳定性" / "Rank stability";
    SUBMISSIONS = "报送情况" / "Submissions";
    UNUSED = "未采用文件" / "Files not used";
    FINDINGS = "问题清单" / "Findings";
    UNREAD = "未识别内容" / "Unread content";
    METHOD = "计算说明" / "Method";

    TITLE_OVERVIEW = "{place}{year}预算绩效自评总览" / "{place}{year} performance overview";
    TITLE_DEPARTMENTS = "{place}{year}部门绩效得分排名表" / "{place}{year} performance ranking of departments";
    TITLE_PROJECTS = "{place}{year}项目绩效得分明细表" / "{place}{year} performance scores of projects";
    TITLE_INDICATORS = "{place}{year}分部门指标得分率对比表" / "{place}{year} indicators by department: share of points earned";
    TITLE_BUDGET = "{place}{year}部门项目预算执行情况表" / "{place}{year} budget execution of departments' projects";
    TITLE_GRADES = "{place}{year}项目绩效等级与得分分布" / "{place}{year} distribution of grades and scores";
    TITLE_CLAIMED = "{place}{year}自评得分与按规则重算得分对比表" / "{place}{year} scores claimed and recomputed by the rules";
    TITLE_STABILITY = "{place}{year}部门名次稳定性分析表" / "{place}{year} how firm the places of departments are";
    TITLE_SUBMISSIONS = "{place}{year}部门绩效自评报送情况表" / "{place}{year} submissions of departments";
    TITLE_UNUSED = "{place}{year}未采用送审文件清单" / "{place}{year} files handed in but not used";
    TITLE_FINDINGS = "{place}{year}绩效自评问题清单" / "{place}{year} findings on the self-evaluations";
    TITLE_UNREAD = "{place}{year}送审文件未识别内容清单" / "{place}{year} content of submissions that was not recognised";
    TITLE_METHOD = "{place}{year}预算绩效自评汇总计算说明" / "{place}{year} method of the performance summary";

    NO_OVERVIEW = "总表" / "Main table";
    NO_DEPARTMENTS = "表1" / "Table 1";
    NO_PROJECTS = "表2" / "Table 2";
    NO_INDICATORS = "表3" / "Table 3";
    NO_BUDGET = "表4" / "Table 4";
    NO_GRADES = "表5" / "Table 5";
    NO_CLAIMED = "表6" / "Table 6";
    NO_STABILITY = "表7" / "Table 7";
    NO_SUBMISSIONS = "表8" / "Table 8";
    NO_UNUSED = "表8-1" / "Table 8-1";
    NO_FINDINGS = "表9" / "Table 9";
    NO_UNREAD = "表10" / "Table 10";
    NO_METHOD = "附" / "Annex";

    UNIT_MONEY_POINTS = "单位：万元、分" / "Unit: CNY 10,000, points";
    UNIT_MONEY = "单位：万元" / "Unit: CNY 10,000";
    UNIT_PERCENT = "单位：%" / "Unit: %";
    UNIT_COUNT_MONEY = "单位：个、万元、%" / "Unit: projects, CNY 10,000, %";
    UNIT_POINTS_PLACES = "单位：分、名" / "Unit: points, places";
    UNIT_FILES = "单位：份" / "Unit: files";
    UNIT_ITEMS = "单位：项" / "Unit: findings";
    UNIT_PLACES = "单位：处" / "Unit: places";

    ASK = "本表回答：{question}" / "This sheet answers: {question}";
    ASK_OVERVIEW = "今年各部门报得齐不齐、得分和执行怎么样、先看哪几件事？" / "Is everything handed in, how are scores and execution, what to look at first?";
    ASK_DEPARTMENTS = "哪些部门得分高、哪些低，与执行率是否一致？" / "Who scores high, who low, and does it agree with the execution rate?";
    ASK_PROJECTS = "每个项目得多少分、由哪几部分构成、出自哪一格？" / "What does each project score, of which parts, from which cell?";
    ASK_INDICATORS = "各部门在哪一级、哪一类指标上失分？" / "On which level and kind of indicator does each department lose points?";
    ASK_BUDGET = "钱花了多少、结余在哪里？" / "How much was spent, and where is the balance?";
    ASK_GRADES = "优良中差各多少、各占多少资金？" / "How many of each grade, and how much money do they carry?";
    ASK_CLAIMED = "自评分与按评分规则重算的分差多少、名次受不受影响？" / "How far are claimed scores from those by the rules, and does it move places?";
    ASK_STABILITY = "名次牢不牢，哪些名次取决于取整、并列规则或未结问题？" / "How firm are the places, and which hang on rounding, ties or open findings?";
    ASK_SUBMISSIONS = "谁报了、谁没报、报送的文件是怎么处理的？" / "Who handed in, who did not, and what became of the files?";
    ASK_UNUSED = "哪些文件没有采用，为什么？" / "Which files were not used, and why?";
    ASK_FINDINGS = "哪里有问题、报送的是什么、应当是什么、请谁怎么改？" / "What is wrong where, what was given, what is expected, who does what?";
    ASK_UNREAD = "送审文件里还有哪些数字没有被采用？" / "Which figures in the submissions were not used?";
    ASK_METHOD = "每个数怎么算出来的、用的哪一版规则？" / "How is each figure computed, by which version of the rules?";

    COMPILED_BY = "编制单位：{bureau}" / "Compiled by: {bureau}";
    FOR_YEAR = "年度：{year}" / "Year: {year}";
    DATA_AS_OF = "数据截至：{date}" / "Data as of: {date}";
    YEAR_TITLE = "{year}年度" / "{year}";
    YEAR_LONG = "{year}年" / "{year}";
    BACK = "返回总览" / "Back to overview";
    FOOT_LEFT = "{bureau}　数据截至{date}" / "{bureau}  data as of {date}";
    FOOT_PAGE = "第 &P 页，共 &N 页" / "Page &P of &N";
    SEE = "见《{sheet}》" / "see {sheet}";
    SUBJECT = "预算绩效自评汇总" / "performance summary";
    KEYWORDS = "预算绩效, 自评, 排名" / "budget performance, self-evaluation, ranking";
    OPEN_SOURCE = "打开送审文件" / "open the file handed in";
    CONTINUED_FROM = "续《{sheet}》" / "continued from {sheet}";
    CONTINUES_ON = "下接《{sheet}》" / "continues on {sheet}";
    CUT = "……（原文过长，已截断）" / "… (too long, cut)";
}
