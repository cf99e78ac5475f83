//! The cards, the sentences of 总览, charts and what is said about a rank.

use super::words;

words! {
    CARD_DEPARTMENTS = "报送部门（个）" / "Departments in";
    CARD_PROJECTS = "项目（个）" / "Projects";
    CARD_BUDGET = "全年预算数（万元）" / "Budget (CNY 10,000)";
    CARD_OUTTURN = "全年执行数（万元）" / "Outturn (CNY 10,000)";
    CARD_RATE = "预算执行率" / "Execution rate";
    CARD_SCORE = "全区得分" / "District score";
    CARD_SCORE_WEIGHTED = "全区得分（按预算加权）" / "District score (weighted)";
    CARD_ALL_IN = "全部已报送" / "all handed in";
    CARD_MISSING = "未报送：{names}" / "missing: {names}";
    CARD_MISSING_COUNT = "未报送{n}个" / "{n} not handed in";
    CARD_SCORED = "已计分{n}个，未计分{m}个" / "{n} scored, {m} not";
    CARD_ORIGINAL = "年初预算{n}" / "original {n}";
    CARD_BALANCE = "结余{n}" / "balance {n}";
    CARD_LOW = "{n}个部门低于{limit}" / "{n} departments below {limit}";
    CARD_GRADE = "等级{grade}；算术平均{mean}" / "{grade}; plain mean {mean}";

    ATTENTION = "需要关注的事项" / "What needs attention";
    NOTHING = "没有需要特别关注的事项。" / "Nothing needs special attention.";
    AND_OTHERS = "{names}等{n}个部门" / "{names} and others ({n} departments)";
    AND_OTHER_PROJECTS = "{names}等{n}个项目" / "{names} and others ({n} projects)";
    SAY_MISSING = "{names}未报送，不参加排名。" / "{names} not handed in and not ranked.";
    SAY_MISSING_AND_UNSCORED = "{names}未报送，不参加排名；另有{n}个项目未计分。" / "{names} not handed in and not ranked; {n} more projects have no score.";
    SAY_UNSCORED = "各部门均已报送；{n}个项目未计分（得分未填或不能计算）：{names}。" / "All departments handed in; {n} projects have no score (blank or not computable): {names}.";
    SAY_REFUSED = "{n}个文件未能采用，涉及{names}，请按原因处理后重报。" / "{n} files were rejected ({names}); they are to be handed in again.";
    UNKNOWN_SENDERS = "部门不明的文件" / "senders unknown";
    SAY_LOW_RATE = "{n}个部门执行率低于{limit}，最低为{name}（{rate}）；全区结余{balance}万元，其中{names}{part}万元。"
        / "{n} departments execute below {limit}, the lowest {name} ({rate}); the district's balance is CNY {balance} × 10,000, of it {part} with {names}.";
    SAY_LOW_SCORE = "{n}个项目等级为中或差，涉及{names}；最低的是{department}“{project}”，{score}分，等级{grade}。"
        / "{n} projects are graded Fair or Poor ({names}); the lowest is “{project}” of {department}: {score} points, {grade}.";
    SAY_FINDINGS = "发现须更正的问题{e}项、须核对的问题{w}项，涉及{d}个部门。" / "{e} findings to be corrected and {w} to be checked in {d} departments.";
    SAY_FINDINGS_ALONE = "发现须更正的问题{e}项、须核对的问题{w}项。" / "{e} findings to be corrected and {w} to be checked.";
    SAY_RECOMPUTED = "{n}个项目的自评分与按规则重算不一致，若全部按重算计，{m}个部门名次变化。" / "{n} projects claim another score than the rules give; recomputed, {m} departments change their rank.";
    SAY_OVER = "{n}个项目执行率超过100%，最高为{department}“{project}”（{rate}），请核实是否漏计追加指标。"
        / "{n} projects execute more than 100 %, the highest “{project}” of {department} ({rate}); an increase of the budget may be missing.";
    SAY_TIES = "{names}得分取整后并列，名次取决于取整。" / "{names} tie after rounding; unrounded their ranks differ.";
    SAY_CAUSE = "{rule}：{n}处，涉及{names}。" / "{rule}: {n} places, {names}.";
    SAY_CAUSE_ALONE = "{rule}：{n}处。" / "{rule}: {n} places.";

    CHART_GRADES_MOST = "{p} 的项目、{b} 的预算评为“{grade}”" / "{p} of projects and {b} of the budget are “{grade}”";
    CHART_GRADES = "各等级占项目数和预算的比重（%）" / "Share of projects and of budget by grade (%)";
    CHART_SCORES_HIGH = "项目得分集中在 {n} 分以上（单位：个）" / "Most projects score {n} or more (number)";
    CHART_SCORES = "项目得分分布（单位：个）" / "Distribution of project scores (number)";
    CHART_SCORE_AXIS = "总分（分）" / "Score (points)";
    CHART_TOP = "部门得分：前五名与后五名（分）" / "Departments: first and last five (points)";
    CHART_ALL = "部门得分（分）" / "Departments by score (points)";
    CHART_SCATTER = "执行率与得分（每点为一个部门）" / "Execution rate and score (a dot for each department)";
    CHART_SCATTER_UP = "执行率越高的部门得分越高（每点为一个部门）" / "Departments that execute more score higher (a dot each)";
    CHART_SCATTER_DOWN = "执行率越高的部门得分越低（每点为一个部门）" / "Departments that execute more score lower (a dot each)";
    CHART_RATE_AXIS = "预算执行率" / "Execution rate";
    CHART_POINTS_AXIS = "得分（分）" / "Score (points)";
    ALT_GRADES = "堆积条形图。{text}" / "Stacked bars. {text}";
    ALT_GRADE_ITEM = "{grade}：占项目数{p}，占预算{b}；" / "{grade}: {p} of projects, {b} of budget; ";
    ALT_SCORES = "柱形图，各得分区间的项目数：{text}" / "Columns, projects by score band: {text}";
    ALT_TOP = "条形图，部门得分：{text}" / "Bars, scores of departments: {text}";
    ALT_SCATTER = "散点图，{n}个部门的执行率与得分，相关系数{r}。{text}" / "Scatter of execution rate and score of {n} departments, correlation {r}. {text}";
    ALT_PAIR = "{a}{b}；" / "{a} {b}; ";

    STABLE = "名次稳定" / "firm";
    TIED_SPLIT = "与{names}并列，不取整则分先后" / "ties with {names}; unrounded they would be apart";
    TIED_SAME = "与{names}并列" / "ties with {names}";
    OWN_DIFFERENCE = "按规则重算将{change}分" / "recomputed {change} points";
    CLOSE_BEFORE = "与前一名仅差{gap}分" / "only {gap} points behind the one before";
    OTHERS_MOVE = "其他部门更正后名次可能变动" / "may move when others are corrected";

    STATE_DUPLICATE = "{n}个文件与另一文件内容完全相同" / "{n} duplicate files";
    STATE_REPLACED = "{n}个文件以后报送的版本为准" / "{n} files replaced by later ones";
    STATE_REFUSED = "{n}个文件未能采用，请重新报送" / "{n} files rejected, to be handed in again";
    STATE_MISSING = "未收到可采用的文件，请督促报送" / "nothing usable received";
    SAME_AS = "与“{path}”内容完全相同" / "same bytes as “{path}”";
    REPLACED_BY = "以“{path}”为准" / "“{path}” stands instead";
    UNKNOWN_DEPARTMENT = "（部门不明）" / "(unknown)";
}
