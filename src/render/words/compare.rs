//! What the comparison of two runs says.

use super::words;

words! {
    CMP_DEPARTMENTS = "部门对比" / "Departments compared";
    CMP_CAUSES = "变动原因" / "Causes";
    CMP_PROJECTS = "项目对比" / "Projects compared";
    CMP_ORGANISATIONS = "机构变动" / "Reorganisation";
    CMP_FINDINGS = "问题变化" / "Findings compared";
    CMP_FINDING_LIST = "问题变化明细" / "List of findings";
    CMP_POLICIES = "口径差异" / "Rules compared";
    CMP_REVIEW = "自评与复核" / "Self and review";
    CMP_METHOD = "计算说明" / "Method";

    CMP_TITLE = "{place}{year}绩效结果对比总览" / "{place}{year} performance compared";
    CMP_TITLE_DEPARTMENTS = "{place}{year}部门绩效得分与名次对比表" / "{place}{year} scores and ranks of departments compared";
    CMP_TITLE_CAUSES = "{place}{year}部门得分变动原因分解表" / "{place}{year} why the scores of departments changed";
    CMP_TITLE_PROJECTS = "{place}{year}项目绩效得分对比表" / "{place}{year} scores of projects compared";
    CMP_TITLE_ORGANISATIONS = "{place}{year}机构变动情况表" / "{place}{year} departments merged, split and renamed";
    CMP_TITLE_FINDINGS = "{place}{year}问题变化情况表" / "{place}{year} findings solved, remaining and new";
    CMP_TITLE_FINDING_LIST = "{place}{year}问题变化明细表" / "{place}{year} list of findings solved, remaining and new";
    CMP_TITLE_POLICIES = "{place}{year}计算口径差异表" / "{place}{year} settings and rules that differ";
    CMP_TITLE_REVIEW = "{place}{year}自评得分与复核得分对比表" / "{place}{year} self-evaluation against review";
    CMP_TITLE_METHOD = "{place}{year}对比计算说明" / "{place}{year} method of the comparison";

    CMP_NO_CAUSES = "表2" / "Table 2";
    CMP_NO_PROJECTS = "表3" / "Table 3";
    CMP_NO_ORGANISATIONS = "表4" / "Table 4";
    CMP_NO_FINDINGS = "表5" / "Table 5";
    CMP_NO_FINDING_LIST = "表5-1" / "Table 5-1";
    CMP_NO_POLICIES = "表6" / "Table 6";
    CMP_NO_REVIEW = "表7" / "Table 7";

    CMP_ASK = "与上次相比，总体上、各部门有什么变化，为什么？" / "What changed against the earlier run, in all and by department, and why?";
    CMP_ASK_DEPARTMENTS = "哪些部门升了、哪些降了？" / "Which departments rose, which fell?";
    CMP_ASK_CAUSES = "得分的变化有多少来自口径、机构和数据本身？" / "How much of the change is due to rules, to reorganisation, to the figures themselves?";
    CMP_ASK_PROJECTS = "同一个项目两次得多少分，哪些是新增的、哪些没有了？" / "What did each project score in both, which are new, which are gone?";
    CMP_ASK_ORGANISATIONS = "部门是怎样合并、拆分、更名的，对应关系依据什么？" / "How were departments merged, split, renamed, and by what are they matched?";
    CMP_ASK_FINDINGS = "上次的问题解决了多少，又新出了多少？" / "How many findings were solved, how many are new?";
    CMP_ASK_POLICIES = "两次的规则和参数有哪些不同，影响了什么？" / "Which rules and settings differ, and what did they change?";
    CMP_ASK_REVIEW = "自评分与财政复核分差多少？" / "How far is the self-evaluation from the review?";

    CMP_EARLIER = "上次" / "Earlier";
    CMP_LATER = "本次" / "Later";
    CMP_CHANGE = "变化" / "Change";
    CMP_FATE = "对应关系" / "Relation";
    CMP_FORMER = "原名称／来源" / "Former name / sources";
    CMP_RANK_CHANGE = "升降" / "Places";
    CMP_RATE_POINTS = "变化\n（百分点）" / "Change\n(% points)";
    CMP_BUDGET = "全年预算数（万元）" / "Revised budget (CNY 10,000)";
    CMP_ERRORS_WARNINGS = "未结问题（项）" / "Open findings";

    FATE_SAME = "不变" / "same";
    FATE_RENAMED = "更名" / "renamed";
    FATE_MERGED = "合并" / "merged";
    FATE_SPLIT = "拆分" / "split";
    FATE_NEW = "新增" / "new";
    FATE_GONE = "不再有" / "gone";
    FATE_MOVED = "转隶" / "moved";

    CMP_BY_METHOD = "上次数据\n按本次口径" / "Earlier data,\nlater rules";
    CMP_BY_ORGANISATION = "再按\n本次机构" / "and later\ndepartments";
    CMP_EFFECTS = "变动（分）" / "Change (points)";
    CMP_OF_METHOD = "口径" / "Rules";
    CMP_OF_ORGANISATION = "机构" / "Reorganisation";
    CMP_OF_DATA = "数据" / "Figures";
    CMP_IN_ALL = "合计" / "In all";
    CMP_STATES = "得分（分）" / "Score (points)";
    CMP_PLACES = "名次" / "Rank";
    CMP_COMPARABLE = "可比口径" / "Comparable";

    CMP_SOURCE_EARLIER = "上次来源" / "Earlier source";
    CMP_SOURCE_LATER = "本次来源" / "Later source";
    CMP_RELATION = "状态" / "State";

    CMP_FROM = "原部门" / "Former department";
    CMP_TO = "现部门" / "Later department";
    CMP_DATE = "日期" / "Date";
    CMP_KIND = "类型" / "Kind";
    CMP_SHARE = "份额" / "Share";
    CMP_IN_EFFECT = "是否采用" / "Applied";
    CMP_YES = "已采用" / "applied";
    CMP_NOT_YET = "数据日期后才生效，未采用" / "not in effect yet";
    CMP_NOT_MET = "上次没有该部门" / "no such department in the earlier run";
    CMP_CROSSWALK = "一、机构变动表（organisations.csv）" / "1  Crosswalk (organisations.csv)";
    CMP_RELATIONS = "二、部门对应关系（只列有变化的）" / "2  Departments that changed";
    CMP_NO_CROSSWALK = "（没有机构变动表；部门按名称、编码对应）" / "(no crosswalk; departments are matched by name, then by code)";
    CMP_NO_RELATIONS = "（部门没有变化）" / "(no department changed)";

    OUTCOME_SOLVED = "已解决" / "solved";
    OUTCOME_STILL = "仍存在" / "remaining";
    OUTCOME_NEW = "新出现" / "new";
    CMP_NO_FINDING = "（两次都没有未结问题）" / "(no open findings in either run)";
    CMP_PLACE_EARLIER = "上次位置" / "Earlier place";
    CMP_PLACE_LATER = "本次位置" / "Later place";

    CMP_SETTING = "设置项" / "Setting";
    CMP_EFFECT = "影响" / "Effect";
    CMP_NO_POLICY = "（两次的设置、规则和程序版本完全相同）" / "(settings, rules and version are the same)";
    EFFECT_DEPARTMENTS = "部门得分：上次的部门中{n}个会得另外的分" / "scores of departments: {n} of the earlier run would have another one";
    EFFECT_GRADES = "等级：上次的部门和项目中{n}个会得另外的等级" / "grades: {n} departments and projects of the earlier run would have another one";
    EFFECT_EXECUTION = "执行率得分：上次的项目中{n}个会得另外的分" / "score of the execution rate: {n} evaluations of the earlier run would have another one";
    EFFECT_FINDINGS = "问题清单：查哪些、多严" / "findings: what is checked and how strictly";
    EFFECT_READING = "读取的限额" / "limits of reading";
    EFFECT_LOOK = "语言和外观" / "language and look";
    EFFECT_PERIOD = "年度、日期、标题" / "year, date, titles";
    EFFECT_PROGRAM = "程序版本" / "version of the program";

    CMP_FIGURE = "指标" / "Figure";
    CMP_UNIT = "单位" / "Unit";
    CMP_F_HANDED_IN = "已报送部门" / "Departments that handed in";
    CMP_F_PROJECTS = "计入的项目" / "Projects that count";
    CMP_F_BUDGET = "全年预算数" / "Revised budget";
    CMP_F_OUTTURN = "全年执行数" / "Outturn";
    CMP_F_RATE = "预算执行率" / "Execution rate";
    CMP_F_SCORE = "全区得分" / "Score of the district";
    CMP_F_ERRORS = "须更正的问题" / "Findings to correct";
    CMP_F_WARNINGS = "须核对的问题" / "Findings to check";
    CMP_F_GRADE = "{grade}等部门" / "Departments graded {grade}";
    CMP_U_COUNT = "个" / "number";
    CMP_U_MONEY = "万元" / "CNY 10,000";
    CMP_U_POINTS = "分" / "points";
    CMP_U_PERCENT = "%，百分点" / "%, % points";
    CMP_U_ITEMS = "项" / "number";
    CMP_MAIN = "主要变化" / "What changed most";
    CMP_KEY = "总体情况" / "The district";
    CMP_MOVERS = "升降最多的部门" / "Departments that moved most";
    CMP_CHART = "部门得分变化（分）" / "Change of scores (points)";
    CMP_ALT_CHART = "柱形图，部门得分变化：{text}" / "Bar chart, change of scores by department: {text}";
    CMP_S_SCORE = "全区得分由{a}分变为{b}分（{d}），其中口径{m}、数据{x}。" / "The district's score went from {a} to {b} ({d}): rules {m}, figures {x}.";
    CMP_S_MOVED = "{up}个部门名次上升，{down}个下降，{same}个不变。" / "Departments: up {up}, down {down}, unchanged {same}.";
    CMP_S_BIGGEST = "升得最多的是{a}（{n}名），降得最多的是{b}（{m}名）。" / "{a} rose most ({n} places), {b} fell most ({m} places).";
    CMP_S_ORGANISATION = "机构：新增{new}个，不再有{gone}个，更名{renamed}个，合并{merged}个，拆分{split}个。" / "Departments: new {new}, gone {gone}, renamed {renamed}, merged {merged}, split {split}.";
    CMP_S_PROJECTS = "项目：两次都有{both}个，新增{new}个，不再有{gone}个。" / "Projects: in both {both}, new {new}, gone {gone}.";
    CMP_S_FINDINGS = "未结问题：解决{solved}项，仍存在{still}项，新出现{new}项。" / "Open findings: solved {solved}, remaining {still}, new {new}.";
    CMP_S_POLICIES = "计算口径有{n}处不同。" / "Settings and rules that differ: {n}.";
    CMP_S_EDITED = "注意：{files} 在写出以后被改过，本表按改过的文件计算。" / "Note: {files} was changed after the run wrote it; the comparison uses it as it is now.";

    CMP_N_RUNS = "上次：{a}；本次：{b}。" / "Earlier: {a}; later: {b}.";
    CMP_N_MATCH = "部门按机构变动表、名称、编码对应；项目在对应的部门内按编码、名称、去掉年份的名称对应，最后按只出现一次的编码对应。不按相似猜测。" / "Departments are matched by the crosswalk, by name, by code; projects within the matching departments by code, by name, by name without its year, at last by a code met once. Nothing is matched by likeness.";
    CMP_N_SCORE = "得分取各次公布的两位小数（四舍五入）；差异为两个公布值之差。名次规则与各次相同：得分相同并列，其后名次顺延。" / "Scores are those published, with two decimals; differences are between published values. Ranks as in each run: equal scores share a place and the next is skipped.";
    CMP_N_STATES = "口径影响＝上次数据按本次的部门计分方法算得的分－上次得分；机构影响＝再按本次机构归并后的分－前者；数据影响＝本次得分－前者。三项之和等于总变化。" / "Rules = earlier submissions scored by the later method − earlier score; reorganisation = the same in the later departments − that; figures = later score − that. The three add up to the whole change.";
    CMP_N_MERGED = "合并、拆分后没有同名前身的部门没有上次得分，只列可比口径。拆分的部门：本次仍有的项目归到其现部门，其余项目按变动表的份额计入各后继部门的预算权重，没有写份额的不计入。" / "A merged or split department without a predecessor of its name has no earlier score, only the comparable one. Of a split department, projects that still exist go to their later department, others count with the share of the crosswalk in their budget's weight, or not at all where no share is stated.";
    CMP_N_FINDINGS = "问题按规则和位置（文件、工作表、单元格）对应；文件不同时按规则、部门、项目和单元格对应。只比较未结的须更正和须核对问题。" / "Findings are matched by rule and place (file, sheet, cell), in other files by rule, department, project and cell. Open findings to correct or check only.";
    CMP_N_EFFECT = "影响一栏的数由上次的数据按两次的设置各算一遍得出。" / "The numbers under effect come from the earlier figures, computed by both settings.";
    CMP_N_DASH = "“—”：没有或不适用；“…”：没有报送或不能计算。" / "“—”: none or not applicable; “…”: not handed in or not computable.";
    CMP_N_ARROWS = "▲上升的名次数，▼下降的名次数，－不变。" / "▲ places won, ▼ places lost, － unchanged.";
    CMP_N_GRADE = "等级按各次自己的分数线。" / "Grades by each run's own limits.";
    CMP_N_REVIEW = "差异＝复核得分－自评得分；取本次结果中有复核得分的项目。" / "Difference = review − self-evaluation; projects of the later run that have a review score.";
    CMP_SELF = "自评得分" / "Self";
    CMP_REVIEWED = "复核得分" / "Review";
    CMP_MEAN = "平均" / "Mean";
    CMP_NOTE_HEAD = "项目" / "Item";
    CMP_NOTE_TEXT = "说明" / "How";
    CMP_M_RUNS = "比较的结果" / "Runs compared";
    CMP_M_MATCH = "对应" / "Matching";
    CMP_M_SCORE = "得分与名次" / "Scores and ranks";
    CMP_M_CAUSES = "变动原因" / "Causes";
    CMP_M_MERGED = "合并与拆分" / "Merged and split";
    CMP_M_FINDINGS = "问题" / "Findings";
    CMP_M_EFFECT = "口径差异" / "Rules";
    CMP_M_MARKS = "符号" / "Marks";
    CMP_M_PROGRAM = "程序" / "Program";
    CMP_SUBJECT = "两次绩效结果的对比" / "Comparison of two runs";
    CMP_LEFT_OUT = "另有{n}项未在本页列出，见工作簿。" / "{n} more are not on this page; see the workbook.";
    CMP_PROGRAM = "jixiao {version}，只用两次结果目录中的表（data/*.parquet）和 run.json。" / "jixiao {version}, from the tables (data/*.parquet) and run.json of both OUTPUT folders alone.";
}
