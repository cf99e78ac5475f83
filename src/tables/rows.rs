//! The nine tables.

use super::schema::tables;
use crate::quantity::{Decimal, Money, Points, Text};

tables! {
    /// Every file met below the input, exactly once; members of bundles likewise.
    Submission = "submissions", "每个送来的文件一行，压缩包成员同样" / "every file met, exactly once; members of bundles likewise" {
        file_id: u32, Int, "文件编号：按路径和成员的字节次序从 1 起" / "position from 1 in the list of inputs sorted by the bytes of path, then member";
        path: Text, Text, "相对于输入目录的路径" / "path relative to the input";
        member: Option<Text>, Text, "压缩包内的路径；压缩包本身为空" / "path inside a bundle; null for the bundle itself";
        bytes: u64, Int, "文件大小（字节）" / "size in bytes";
        blake3: Option<Text>, Code, "内容的 BLAKE3 摘要" / "BLAKE3 digest of the content";
        format: Option<Text>, Code, "按内容判断的格式" / "format, judged by content";
        status: Text, Code, "处理结果" / "what became of it";
        reason: Option<Text>, Code, "原因代码" / "reason code";
        department: Option<Text>, Text, "部门" / "department";
        forms: u32, Int, "认出的表数" / "forms recognised";
        findings_error: u32, Int, "须更正的问题数" / "open findings of severity error";
        findings_warning: u32, Int, "须核对的问题数" / "open findings of severity warning";
    }
    /// One row for each score sheet, self-evaluation, monitoring or target form.
    Evaluation = "evaluations", "每张评分、自评、监控或目标表一行" / "one row for each score sheet, self-evaluation, monitoring or target form" {
        evaluation_id: Text, Code, "表编号：文件编号-表序号" / "file_id and position of the form in its file";
        file_id: u32, Int, "文件编号" / "the file";
        sheet: Text, Text, "工作表" / "sheet";
        form: Text, Code, "表种" / "kind of form";
        year: Option<u16>, Int, "年度" / "year";
        department_code: Option<Text>, Text, "部门编码" / "department code";
        department: Option<Text>, Text, "部门" / "department; the register's name where there is one";
        unit: Option<Text>, Text, "实施单位" / "implementing unit";
        project_code: Option<Text>, Text, "项目编码" / "project code";
        project: Option<Text>, Text, "项目名称" / "project";
        original_budget: Option<Money>, Money, "年初预算数（元）" / "original budget, yuan";
        revised_budget: Option<Money>, Money, "全年预算数（元）" / "revised budget, yuan";
        outturn: Option<Money>, Money, "全年执行数（元）" / "outturn, yuan";
        execution_rate_reported: Option<Decimal>, Rate, "报送的执行率" / "execution rate as submitted";
        execution_rate: Option<Decimal>, Rate, "执行率 = 执行数 ÷ 全年预算数" / "outturn ÷ revised budget";
        execution_weight: Option<Points>, Points, "执行率分值" / "weight of the execution rate";
        execution_score_reported: Option<Points>, Points, "报送的执行率得分" / "execution score as submitted";
        execution_score: Option<Points>, Points, "按规则算得的执行率得分" / "execution score by the rules";
        weight_total_reported: Option<Points>, Points, "报送的分值合计" / "total weight as printed";
        weight_total: Option<Points>, Points, "分值之和" / "sum of the weights";
        score_reported: Option<Points>, Points, "报送的总分" / "total score as printed";
        score: Option<Points>, Points, "得分之和" / "sum of the parts as submitted";
        score_recomputed: Option<Points>, Points, "按评分规则重算的总分" / "total by the scoring rules";
        grade: Option<Text>, Code, "等级（按得分之和）" / "grade, from the score";
        range: Text, Code, "表在工作表上的区域" / "the form's area on its sheet";
        review_score: Option<Points>, Points, "复核得分" / "second score given by the finance bureau";
        counts: bool, Flag, "是否计入部门" / "whether it counts for its department";
        superseded_by: Option<Text>, Code, "被哪张表替代" / "the evaluation that replaced it";
    }
    /// One row for each level-3 indicator, and one for the execution-rate line where the form scores it.
    IndicatorRow<T> = "indicators", "每个三级指标一行；表内计分的执行率另占一行" / "one row for each level-3 indicator, and one for the execution-rate line where it is scored" {
        evaluation_id: T, Code, "表编号" / "the evaluation";
        seq: u32, Int, "序号" / "position in the form from 1";
        level1: Option<T>, Text, "一级指标（原文）" / "level 1 as written";
        level2: Option<T>, Text, "二级指标（原文）" / "level 2 as written";
        level3: Option<T>, Text, "三级指标（原文）" / "level 3 as written";
        operator: Option<T>, Code, "算符" / "operator";
        target: Option<T>, Text, "指标值（原文）" / "target as written";
        target_value: Option<Decimal>, Number, "指标值（数）" / "target as a number";
        actual: Option<T>, Text, "完成值（原文）" / "actual as written";
        actual_value: Option<Decimal>, Number, "完成值（数）" / "actual as a number";
        unit_of_measure: Option<T>, Text, "度量单位" / "unit of measure";
        weight: Option<Points>, Points, "分值" / "weight";
        score: Option<Points>, Points, "得分" / "score";
        score_recomputed: Option<Points>, Points, "重算得分" / "score by the scoring rules";
        deviation_note: Option<T>, Text, "偏差原因" / "reason for a deviation";
        sheet: T, Text, "工作表" / "sheet";
        cell: T, Code, "得分单元格" / "cell of the score";
        level1_name: Option<T>, Text, "一级指标（规范名）" / "canonical name of level 1";
        review_score: Option<Points>, Points, "复核得分" / "second score by the finance bureau";
    }
    /// The funding block of a form, one row for each source.
    Funding<T> = "funding", "资金区，每个来源一行" / "the funding block, one row for each source" {
        evaluation_id: T, Code, "表编号" / "the evaluation";
        source: T, Text, "资金来源" / "source";
        original_budget: Option<Money>, Money, "年初预算数（元）" / "original budget, yuan";
        revised_budget: Option<Money>, Money, "全年预算数（元）" / "revised budget, yuan";
        outturn: Option<Money>, Money, "全年执行数（元）" / "outturn, yuan";
        sheet: T, Text, "工作表" / "sheet";
        row: u32, Int, "行号" / "row number";
    }
    /// One row for each line of a budget, execution or final-account table.
    BudgetLineRow<T> = "budget_lines", "预算、执行、决算表每行一条" / "one row for each line of a budget, execution or final-account table" {
        file_id: u32, Int, "文件编号" / "the file";
        sheet: T, Text, "工作表" / "sheet";
        row: u32, Int, "行号" / "row number";
        year: Option<u16>, Int, "年度" / "year";
        department_code: Option<T>, Text, "部门编码" / "department code";
        department: Option<T>, Text, "部门" / "department";
        classification: T, Code, "分类" / "classification";
        code: Option<T>, Text, "编码" / "code";
        name: Option<T>, Text, "名称" / "name";
        original_budget: Option<Money>, Money, "年初预算数（元）" / "original budget, yuan";
        revised_budget: Option<Money>, Money, "调整预算数（元）" / "revised budget, yuan";
        outturn: Option<Money>, Money, "执行数（元）" / "outturn, yuan";
        execution_rate_reported: Option<Decimal>, Rate, "报送的执行率" / "execution rate as submitted";
        execution_rate: Option<Decimal>, Rate, "执行率" / "outturn ÷ revised budget";
        level: Option<u32>, Int, "层级" / "depth below the total";
        is_total: bool, Flag, "是否总计" / "whether it is the table's grand total";
    }
    /// Every figure of a budget table, and every figure of an evaluation without a column of its own.
    AmountRow<T> = "amounts", "预算类表的每个数，以及评价类表中没有专门列的每个数" / "every figure of a budget table, and every figure of an evaluation without a column of its own" {
        file_id: u32, Int, "文件编号" / "the file";
        sheet: T, Text, "工作表" / "sheet";
        cell: T, Code, "单元格" / "cell";
        table: Option<T>, Text, "表题" / "the table's title as written";
        year: Option<u16>, Int, "年度" / "year";
        department_code: Option<T>, Text, "部门编码" / "department code";
        department: Option<T>, Text, "部门" / "department";
        classification: Option<T>, Code, "分类" / "classification";
        code: Option<T>, Text, "编码" / "code";
        name: Option<T>, Text, "名称" / "name";
        header: Option<T>, Text, "列头路径" / "header path above the cell";
        measure: Option<T>, Code, "含义" / "what the program takes it for";
        amount: Option<Money>, Money, "金额（元）" / "money, yuan";
        evaluation_id: Option<T>, Code, "表编号" / "the evaluation";
        value: Option<Decimal>, Number, "非金额的数" / "anything but money";
        unit: Option<T>, Text, "单位" / "unit";
    }
    /// One row for each department of the register and each one met.
    Department = "departments", "名册中的和遇到的每个部门一行" / "one row for each department of the register and each one met" {
        department_code: Option<Text>, Text, "部门编码" / "code";
        department: Text, Text, "部门" / "name";
        category: Option<Text>, Text, "类别" / "category";
        expected: bool, Flag, "在名册中" / "in the register";
        submitted: bool, Flag, "已报送" / "handed in something";
        projects: u32, Int, "计入的项目数" / "projects that count";
        original_budget: Option<Money>, Money, "年初预算数（元）" / "original budget, yuan";
        revised_budget: Option<Money>, Money, "全年预算数（元）" / "revised budget, yuan";
        outturn: Option<Money>, Money, "全年执行数（元）" / "outturn, yuan";
        execution_rate: Option<Decimal>, Rate, "执行率 = Σ执行数 ÷ Σ全年预算数" / "Σ outturn ÷ Σ revised budget";
        mean_score: Option<Points>, Points, "算术平均分" / "plain mean";
        weighted_score: Option<Points>, Points, "按全年预算数加权平均分" / "mean weighted by revised budget";
        score: Option<Points>, Points, "部门得分" / "score by the configured method";
        grade: Option<Text>, Code, "等级" / "grade";
        rank: Option<u32>, Int, "名次" / "rank in the district";
        rank_in_category: Option<u32>, Int, "类别内名次" / "rank in its category";
        findings_error: u32, Int, "须更正的问题数" / "open findings of severity error";
        findings_warning: u32, Int, "须核对的问题数" / "open findings of severity warning";
    }
    /// Rankings in long form.
    Ranking = "rankings", "排名（长表）" / "rankings in long form" {
        scope: Text, Text, "范围" / "district or category";
        subject_kind: Text, Code, "对象种类" / "project or department";
        subject_id: Text, Text, "对象编号" / "id of the subject";
        subject: Text, Text, "对象" / "the subject";
        metric: Text, Text, "指标" / "metric";
        value: Decimal, Number, "值" / "value";
        rank: u32, Int, "名次（1、1、3）" / "standard competition rank";
        rank_dense: u32, Int, "名次（1、1、2）" / "dense rank";
        percentile: Option<Decimal>, Number, "胜过其余对象的比例" / "share of the others that it beats, ties half";
        of: u32, Int, "参加排名数" / "rows of this ranking";
    }
    /// Findings.
    FindingRow = "findings", "问题清单" / "findings" {
        finding_id: u32, Int, "问题编号" / "number from 1";
        rule: Text, Code, "规则" / "rule";
        severity: Text, Code, "级别" / "severity";
        file_id: Option<u32>, Int, "文件编号" / "the file";
        evaluation_id: Option<Text>, Code, "表编号" / "the evaluation";
        department: Option<Text>, Text, "部门" / "department";
        sheet: Option<Text>, Text, "工作表" / "sheet";
        cell: Option<Text>, Code, "单元格" / "cell";
        message: Text, Text, "说明" / "message";
        given: Option<Text>, Code, "报送值" / "given";
        expected: Option<Text>, Code, "应为" / "expected";
        difference: Option<Text>, Code, "差异" / "difference";
        status: Text, Code, "状态" / "status";
        explanation: Option<Text>, Text, "说明" / "explanation";
    }
}
