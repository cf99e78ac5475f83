//! Column heads, groups, row labels and marks. `\n` breaks a head at a word limit.

use super::words;

words! {
    RANK = "名次" / "Rank";
    DEPARTMENT = "部门" / "Department";
    CATEGORY = "类别" / "Category";
    SCORE = "得分" / "Score";
    GRADE = "等级" / "Grade";
    RANK_IN_CATEGORY = "类别内\n名次" / "Rank in\ncategory";
    EXECUTION = "预算执行率" / "Budget execution";
    RATE = "执行率" / "Rate";
    AGAINST_SCORE = "与得分\n名次之差" / "Against\nscore rank";
    MEAN_SCORE = "算术\n平均分" / "Plain\nmean";
    PROJECTS_GROUP = "项目（个）" / "Projects";
    HANDED_IN = "报送" / "In";
    SCORED = "计分" / "Scored";
    MONEY_GROUP = "资金（万元）" / "Money (CNY 10,000)";
    REVISED_BUDGET = "全年预算数" / "Revised budget";
    OUTTURN = "全年执行数" / "Outturn";
    FINDINGS_GROUP = "问题（项）" / "Findings";
    ERRORS = "须更正" / "Errors";
    WARNINGS = "须核对" / "Warnings";
    REMARK = "备注" / "Remark";
    DISTRICT_TOTAL = "全区合计" / "District";
    BY_CATEGORY = "分类别情况（列同上；“类别”列为已报送部门数/应报送部门数）" / "By category (columns as above; “Category” shows departments handed in / expected)";
    OF_DEPARTMENTS = "{in}/{all}个" / "{in}/{all}";
    COULD_TAKE = "可能第1—{n}名" / "rank 1 to {n} possible";
    UNSCORED_PROJECTS = "{n}个项目未计分" / "{n} projects without score";
    NOT_HANDED_IN = "未报送" / "not handed in";
    NO_DEPARTMENT = "（未注明部门）" / "(no department named)";

    PROJECT = "项目名称" / "Project";
    PARTS = "分项得分" / "Parts of the score";
    TOTAL_SCORE = "总分" / "Score";
    WEIGHTED = "总分×预算\n（加权用）" / "Score ×\nbudget";
    FINDINGS_SHORT = "问题\n（项）" / "Findings";
    SOURCE = "来源（点击打开）" / "Source (click to open)";
    TOTAL_AND_MEAN = "合计／平均" / "Total / mean";
    OF_SCORED = "{n}/{all}个计分" / "{n}/{all} scored";
    WHOLE_DEPARTMENT = "（部门整体）" / "(whole department)";
    NO_PROJECT_NAME = "（未写项目名称）" / "(no project name)";
    OTHER_PARTS = "其他" / "Other";

    LEVEL1 = "一级指标" / "Level 1";
    LEVEL2_OF = "二级指标：{level1}" / "Level 2: {level1}";
    DISTRICT = "全区" / "District";
    POINTS_BLOCK = "得分合计（计算依据）　列同表3" / "Points earned (basis); columns as in table 3";
    WEIGHTS_BLOCK = "分值合计（计算依据）　列同表3" / "Weights (basis); columns as in table 3";
    TABLE_3_1 = "表3-1　单位：分" / "Table 3-1  Unit: points";
    TABLE_3_2 = "表3-2　单位：分" / "Table 3-2  Unit: points";

    BY_SOURCE = "一、按资金来源" / "1  By source of money";
    BY_ECONOMIC = "二、按支出经济分类" / "2  By economic classification";
    BY_DEPARTMENT = "三、按部门（按执行率由高到低）" / "3  By department (highest execution rate first)";
    TABLE_4_1 = "表4-1" / "Table 4-1";
    TABLE_4_2 = "表4-2" / "Table 4-2";
    TABLE_4_3 = "表4-3" / "Table 4-3";
    FUNDING_SOURCE = "资金来源" / "Source";
    ORIGINAL_BUDGET = "年初预算数" / "Original budget";
    ADJUSTMENT = "调整数" / "Adjustment";
    BALANCE = "结余" / "Balance";
    SHARE_OF_OUTTURN = "占执行数" / "Share of outturn";
    CODE_AND_NAME = "科目编码及名称" / "Code and name";
    BELOW_90 = "低于{limit}\n项目（个）" / "Projects\nbelow {limit}";
    FISCAL = "当年财政拨款" / "Fiscal appropriation";
    CARRYOVER = "上年结转资金" / "Carry-over";
    OTHER_MONEY = "其他资金" / "Other money";
    UNDIVIDED = "未分来源" / "Not broken down";
    TOTAL = "合计" / "Total";
    UNCODED = "未列科目编码" / "Without a code";
    CLASS_LEVEL_ONLY = "{name}（未列款级）" / "{name} (class level only)";
    OVER_100 = "{n}个项目执行率超过100%" / "{n} projects above 100 %";
    NO_BUDGET_PROJECTS = "{n}个项目没有全年预算数或为0" / "{n} projects without a budget";
    NO_ECONOMIC = "（没有收到列明经济分类的预算执行表）" / "(no table by economic classification was handed in)";

    SCORE_BAND = "得分区间" / "Band";
    PROJECT_COUNT = "项目数" / "Projects";
    SHARE_OF_PROJECTS = "占项目数" / "Of projects";
    SHARE_OF_BUDGET = "占预算" / "Of budget";
    AVERAGE = "平均得分" / "Mean score";
    NOT_SCORED = "未计分" / "Not scored";
    DISTRIBUTION = "得分分布" / "Distribution of scores";
    TABLE_5_1 = "表5-1　单位：个" / "Table 5-1  Unit: projects";
    TOP_BOTTOM = "部门得分前五名与后五名（表5-2，图表数据）" / "First and last five departments (table 5-2, chart data)";
    RATE_SCORE = "执行率与得分（表5-3，图表数据）" / "Execution rate and score (table 5-3, chart data)";
    OTHERS_LEFT_OUT = "（其余部门略）" / "(others left out)";
    BELOW = "{n}以下" / "below {n}";

    BY_DEPARTMENT_EFFECT = "一、对部门得分和名次的影响（只列有差额的部门）" / "1  Effect on departments (those with a difference)";
    BY_PROJECT_DIFFERENCE = "二、有差额的项目" / "2  Projects with a difference";
    TABLE_6_1 = "表6-1" / "Table 6-1";
    TABLE_6_2 = "表6-2" / "Table 6-2";
    PROJECTS_DIFFERING = "有差额的项目" / "Projects differing";
    CLAIMED_SCORE = "自评得分" / "Claimed";
    RECOMPUTED_SCORE = "重算得分" / "Recomputed";
    DIFFERENCE = "差额" / "Difference";
    CLAIMED_RANK = "自评名次" / "Rank claimed";
    RECOMPUTED_RANK = "重算名次" / "Rank recomputed";
    RANK_CHANGE = "名次变化" / "Change";
    CLAIMED_TOTAL = "自评总分" / "Claimed";
    RECOMPUTED_TOTAL = "重算总分" / "Recomputed";
    DIFFERENCE_WEIGHTED = "差额×预算\n（加权用）" / "Difference ×\nbudget";
    REASON_RULE = "原因（规则）" / "Reason (rule)";
    PLACE = "出处" / "Place";
    NO_DIFFERENCE = "（自评与重算没有差额）" / "(no difference)";
    RECOMPUTED_LOWER = "按评分规则重算得分较低" / "the rules give fewer points";
    RECOMPUTED_HIGHER = "按评分规则重算得分较高" / "the rules give more points";

    GAP_BEFORE = "与前一名\n差距" / "To the one\nbefore";
    GAP_AFTER = "与后一名\n差距" / "To the one\nafter";
    UNROUNDED = "不取整" / "Unrounded";
    RECOMPUTED = "按重算" / "Recomputed";
    POSSIBLE = "可能名次" / "Possible rank";
    BEST = "最好" / "Best";
    WORST = "最差" / "Worst";
    SPAN = "幅度" / "Span";
    EXPLANATION = "说明" / "Explanation";
    NO_RANKING = "（没有可以排名的部门）" / "(no department with a score)";

    STATE = "报送状态" / "State";
    FILES_GROUP = "文件" / "Files";
    RECEIVED = "收到" / "In";
    USED = "采用" / "Used";
    DUPLICATES = "重复" / "Duplicate";
    REPLACED = "被替代" / "Replaced";
    REFUSED = "未能\n采用" / "Rejected";
    FORMS = "认出\n表数" / "Forms";
    PROJECT_FORMS = "计入\n项目" / "Projects";
    COMPLETE = "●已报送" / "● handed in";
    GAPS = "◐有缺项" / "◐ with gaps";
    MISSING = "○未报送" / "○ not handed in";

    FILE = "文件" / "File";
    TREATMENT = "处理" / "Treatment";
    WHY = "原因" / "Reason";
    ALL_USED = "（收到的文件全部采用）" / "(every file was used)";

    NUMBER = "序号" / "No.";
    LEVEL = "级别" / "Level";
    PROBLEM = "问题" / "Problem";
    GIVEN = "报送值" / "Given";
    EXPECTED = "应为" / "Expected";
    GAP = "差异" / "Difference";
    TO_DO = "处理要求" / "What to do";
    PLACE_LINK = "位置（点击打开）" / "Place (click to open)";
    RULE = "规则" / "Rule";
    PERCENT_POINTS = "个百分点" / "percentage points";
    STATUS = "状态" / "Status";
    OPEN = "待处理" / "open";
    ACCEPTED = "已说明" / "accepted";
    NO_FINDING = "（没有发现问题）" / "(no finding)";

    FILE_SHEET = "文件 › 工作表" / "File › sheet";
    CELLS = "单元格" / "Cells";
    CONTENT = "内容" / "Content";
    NOTHING_UNREAD = "（没有未识别的内容）" / "(nothing was left unread)";
}
