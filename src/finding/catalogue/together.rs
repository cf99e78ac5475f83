//! About putting a district together: versions, years, names, budgets, accepted findings (`P..`).

rules! {
    /// A form was handed in again.
    SUPERSEDED = "P01", Info, v 1 {
        name: "已被后一次报送替代" / "handed in again",
        message: "这张表后来又报了一份（{later}），按{by}以后一份为准，本份不计。" / "This form was handed in again ({later}); told by {by}, the later one counts and this one does not.",
        advice: "如果判断有误，请从输入目录移走作废的一份。" / "If that is wrong, remove the void one from the input.",
        why: "同一张表不能计两次，也不能不说明以哪一份为准" / "a form must not count twice, and which one counts must be said",
        how: "部门、表种、年度、项目都已知且相同；依次按表内填报日期、文件名中的修改后、终稿、v2、日期等字样、路径次序判断" / "same department, form, year and project, all known; by date of filing, words in the file's name, order of paths",
        source: "INTERFACE 3 submissions",
    }
    /// The same bytes twice.
    DUPLICATE_FILE = "P02", Info, v 1 {
        name: "重复文件" / "the same file twice",
        message: "与 {first} 内容完全相同，只计一次。" / "Same bytes as {first}; it counts once.",
        advice: "" / "",
        why: "同一个文件不能计两次" / "a file must not count twice",
        how: "内容的 BLAKE3 摘要相同" / "equal BLAKE3 digests",
        source: "INTERFACE 3 submissions",
    }
    /// A form of another year.
    OTHER_YEAR = "P03", Info, v 1 {
        name: "不是报告年度" / "another year",
        message: "本表是 {given} 年度的，本次汇总 {expected} 年度；留在各表中，不参加汇总和排名。" / "This form is about {given}, the reporting year is {expected}; it stays in the tables and takes no part in sums and rankings.",
        advice: "如应报 {expected} 年度，请重报。" / "Hand it in again if it should be about {expected}.",
        why: "不同年度的数不能相加或排名" / "figures of different years are neither added nor ranked",
        how: "报告年度：--year，其次配置，再次出现最多的年度" / "reporting year: --year, else the configuration, else the most frequent year",
        source: "INTERFACE 3 rankings",
    }
    /// A form without a year.
    NO_YEAR = "P04", Info, v 1 {
        name: "没有写年度" / "no year on the form",
        message: "表内没有写年度，按报告年度 {expected} 计。" / "No year on the form; it is counted for the reporting year {expected}.",
        advice: "请在表题或期间中写明年度。" / "State the year in the title or the period.",
        why: "年度是推定的，须让人知道" / "the year was assumed, which people must know",
        how: "标题、期间、工作表名、项目名中都没有年度" / "neither title, period, sheet name nor project name states a year",
        source: "INTERFACE 3 rankings",
    }
    /// The rate is taken on the original budget.
    RATE_ON_ORIGINAL = "P05", Info, v 1 {
        name: "按年初预算数算执行率" / "rate on the original budget",
        message: "表内没有全年预算数，执行率按年初预算数计算。" / "No revised budget on the form; the rate is taken on the original one.",
        advice: "" / "",
        why: "口径不同的执行率须注明" / "a rate on another base must be marked",
        how: "全年预算数没有填写时，以年初预算数为分母" / "the original budget stands in where no revised one is given",
        source: "INTERFACE 3 evaluations",
    }
    /// A project without a known budget.
    NO_KNOWN_BUDGET = "P06", Info, v 1 {
        name: "项目预算不明" / "budget of a project not known",
        message: "项目“{project}”的预算不明，不进入加权平均。" / "The budget of project {project} is not known; it is left out of the weighted mean.",
        advice: "请在表内填写全年预算数，或报送写明该项目的预算表。" / "State the revised budget on the form, or hand in a budget table that names the project.",
        why: "没有预算就没有权数，不能当零也不能猜" / "without a budget there is no weight; it is neither zero nor a guess",
        how: "先用表内资金总额，再用本部门当年预算表中该项目一行" / "the form's total, else the department's budget table of the year that names it",
        source: "INTERFACE 3 departments",
    }
    /// A project weighs nothing.
    ZERO_BUDGET = "P07", Info, v 1 {
        name: "项目预算为零" / "budget of a project is zero",
        message: "项目“{project}”的预算为零，在加权平均中不起作用。" / "The budget of project {project} is zero; it weighs nothing in the mean.",
        advice: "请核对预算是否漏填。" / "Check whether the budget was left out.",
        why: "得分不影响部门得分的项目须单列说明" / "a project whose score does not matter must be named",
        how: "权数为零" / "its weight is zero",
        source: "INTERFACE 3 departments",
    }
    /// The budget of a project comes from a budget table.
    BUDGET_FROM_TABLE = "P08", Info, v 1 {
        name: "项目预算取自预算表" / "budget of a project from a budget table",
        message: "项目“{project}”表内没有预算，取自本部门预算表（{table}）。" / "The form of project {project} states no budget; it is taken from the department's budget table ({table}).",
        advice: "" / "",
        why: "数从哪里来须说明" / "where a figure comes from must be said",
        how: "预算表写明该项目，或部门只有这一个项目、一张预算表" / "the table names the project, or is the only one of a department with one project",
        source: "INTERFACE 3 departments",
    }
    /// An accepted finding that matches nothing.
    EXPLANATION_UNMATCHED = "P09", Warning, v 1 {
        name: "认可的说明没有对应的问题" / "an accepted finding matches nothing",
        message: "explanations.csv 第 {line} 行（规则 {rule}，{place}）没有对应的问题。" / "explanations.csv line {line} (rule {rule}, {place}) matches no finding.",
        advice: "数据可能已更正，请删去该行，或核对文件名、单元格和报送值。" / "The data may have been corrected: delete the line, or check file, cell and given value.",
        why: "过时的认可不能悄悄留着" / "an outdated acceptance must not stay unnoticed",
        how: "填写的每一栏都须与问题相符" / "each filled field must match the finding",
        source: "INTERFACE 1",
    }
    /// An accepted finding that is out of date.
    EXPLANATION_EXPIRED = "P10", Warning, v 1 {
        name: "认可的说明已过期" / "an acceptance has expired",
        message: "explanations.csv 第 {line} 行（规则 {rule}，{place}）的有效期至 {until}，已过期，问题重新列出。" / "explanations.csv line {line} (rule {rule}, {place}) held until {until}; its findings are open again.",
        advice: "如仍然认可，请延长有效期。" / "Extend it if it still holds.",
        why: "认可是有期限的" / "an acceptance may be for a time",
        how: "与数据日期（as_of）比较" / "compared with the date of data (as_of)",
        source: "INTERFACE 1",
    }
    /// A department without a score by the configured method.
    NO_DEPARTMENT_SCORE = "P11", Info, v 1 {
        name: "部门没有得分" / "department without a score",
        message: "{department} 有计入的评价，但按所选方法算不出部门得分，不参加排名。" / "{department} has evaluations that count, but no score by the configured method; it is not ranked.",
        advice: "请补报缺少的得分或部门整体表。" / "Hand in the missing score or department-wide form.",
        why: "缺得分不能当零参加排名" / "a missing score is never ranked as zero",
        how: "计入的评价都没有得分，或所选方法需要的部门整体表没有报" / "no evaluation that counts has a score, or the department-wide form that the method needs is missing",
        source: "INTERFACE 3 departments",
    }
    /// A form that names nobody.
    NO_DEPARTMENT = "P12", Warning, v 1 {
        name: "没有写部门" / "no department on the form",
        message: "表内没有写主管部门或实施单位，不计入任何部门，也不参加排名。" / "The form names neither department nor unit; it counts for none and is not ranked.",
        advice: "请填写主管部门后重报。" / "State the department and hand it in again.",
        why: "不知道是谁的表，不能猜" / "whose form it is must not be guessed",
        how: "主管部门、实施单位两栏都没有；部门评价或财政评价的评分表只作提示" / "neither is given; for evaluation score tables it is information only",
        source: "INTERFACE 3 departments",
    }
    /// An answer of a department that matches nothing.
    ANSWER_UNMATCHED = "P13", Info, v 1 {
        name: "部门的答复没有对应的问题" / "an answer matches nothing",
        message: "退回的整改清单中有一条答复（规则 {rule}，{place}）没有对应的问题：{answer}。" / "An answer in a returned feedback workbook (rule {rule}, {place}) matches no finding: {answer}.",
        advice: "数据可能已更正，无须处理；如仍有疑问，请核对文件名和单元格是否变动。" / "The data may have been corrected, then nothing is to be done; else check whether file or cell have changed.",
        why: "部门写下的答复不能悄悄丢掉" / "what a department answered must not be lost silently",
        how: "规则、文件、工作表、单元格、报送值都须与问题相符" / "rule, file, sheet, cell and given value must match the finding",
        source: "INTERFACE 1",
    }
}
