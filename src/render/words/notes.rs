//! Notes below the tables.

use super::words;

words! {
    NOTE_1 = "注：1. {text}" / "Notes: 1. {text}";
    NOTE_ONLY = "注：{text}" / "Note: {text}";
    NOTE_N = "　　{n}. {text}" / "      {n}. {text}";
    SOURCES = "资料来源：{text}" / "Source: {text}";

    RANKING_RULE = "排名规则：按得分由高到低，得分保留两位小数（四舍五入），得分相同者名次并列，其后名次顺延跳号（1、1、3）；未报送的部门不参加排名，备注列出其补报后可能的名次。"
        / "Ranking rule: by score rounded half-up to two places, highest first; equal scores share a rank and the next is skipped (1, 1, 3). Departments that have not handed in are not ranked; the remark gives the ranks they could still take.";
    METHOD_WEIGHTED = "部门得分为本部门已计分项目总分按全年预算数加权的平均数；没有一个项目有预算数的，取算术平均。"
        / "A department's score is the mean of its scored projects weighted by revised budget; the plain mean where no budget is known.";
    METHOD_MEAN = "部门得分为本部门已计分项目总分的算术平均数。" / "A department's score is the plain mean of its scored projects.";
    METHOD_WHOLE = "部门得分取部门整体支出绩效自评表的总分。" / "A department's score is that of its department-wide form.";
    METHOD_MIXED = "部门得分＝项目算术平均分×{share}＋部门整体自评分×其余。" / "A department's score = plain mean of its projects × {share} + department-wide form × the rest.";
    METHOD_RATES = "执行率＝全年执行数合计÷全年预算数合计（只计两数都有的项目，未列全年预算数的以年初预算数计）。“与得分名次之差”＝执行率名次－得分名次，▲表示得分名次靠前于执行率名次。"
        / "Rate = Σ outturn ÷ Σ revised budget, over projects that have both (the original budget where no revised one is printed). “Against score rank” = rank by rate − rank by score; ▲: better placed by score.";
    GRADE_RULE = "等级：优 ≥{a}分，良 {b}（含）—{a}，中 {c}（含）—{b}，差 ＜{c}分。得分列数据条自{c}分画起。浅橙底并加粗：执行率低于{low}或高于100%，或有须更正的问题。“—”不适用，“…”未报或不能计算。"
        / "Grades: Excellent ≥ {a}, Good {b} to below {a}, Fair {c} to below {b}, Poor below {c}. Score bars start at {c}. Shaded and bold: rate below {low} or above 100 %, or errors. “—” not applicable, “…” not handed in or not computable.";
    SOURCE_DEPARTMENTS = "各部门报送的项目支出绩效自评表，逐项出处见《{sheet}》“来源”列。" / "Self-evaluations handed in by the departments; each figure's place stands on {sheet}, column Source.";

    PROJECT_RULE = "总分＝各分项得分之和（均取部门自评数）。分项以“—”标示者为该表未设此项；“…”为应填未填或不能计算，该项目不参加排名和平均。"
        / "Score = sum of its parts, all as submitted. “—”: the form has no such part; “…”: blank or not computable, the project is then neither ranked nor averaged.";
    MONEY_RULE = "金额按元计算，单元格内为精确数（以万元存放），显示时四舍五入，各行之和与合计可能略有出入。并列名次规则同表1。"
        / "Money is computed in yuan and stored exactly (in CNY 10,000); shown rounded, so that rows may not add up to the total in the last digit. Ties as in table 1.";
    BUDGET_STANDS_IN = "全年预算数取自表内合计行；未列全年预算数的取年初预算数，表内没有预算数的取部门预算表。" / "Revised budget from the form's total row; the original budget where none is printed, the department's budget table where the form has none.";
    SOURCE_PROJECTS = "末列所示送审文件、工作表和单元格；链接以本文件所在文件夹为起点。" / "File, sheet and cell in the last column; links are relative to this workbook's folder.";

    INDICATOR_RULE = "得分率＝该类指标得分合计÷分值合计（见表3-1、表3-2，只计得分和分值都有的指标）；部门按表1名次排列。底色越深得分率越低，以70%为最深、100%为白；请以数字为准。"
        / "Share = points earned ÷ weight (tables 3-1 and 3-2; indicators that have both). Departments in the order of table 1. The darker, the lower: white at 100 %, darkest at 70 %; the figures decide.";
    INDICATOR_DASH = "“—”为该部门各项目均未设此类指标。可按任一列筛选、排序。" / "“—”: none of the department's projects has such an indicator. Any column can be filtered and sorted.";
    INDICATOR_MORE = "二级指标较多，其余列于《{sheet}》。" / "Further level-2 indicators on {sheet}.";

    BUDGET_RULE = "全年预算数为调整后预算数；调整数＝全年预算数－年初预算数；结余＝全年预算数－全年执行数，负数为超预算执行。执行率按合计数计算，不是各项目执行率的平均。"
        / "Revised budget includes adjustments; adjustment = revised − original; balance = revised − outturn, negative when overspent. Rates are computed on totals, not averaged.";
    BUDGET_ECONOMIC = "表4-2取自各部门报送的预算执行表或经济分类明细表，每个部门取一张（列明科目最多的），类级数为所属款级之和；口径含基本支出时与表4-1、表4-3不同。表4-3数据条0—110%。"
        / "Table 4-2 comes from the departments' budget tables, one a department (the most detailed); classes are sums of their items; it may include basic expenditure and then differs from tables 4-1 and 4-3. Bars in table 4-3 run from 0 to 110 %.";
    BUDGET_UNDIVIDED = "“未分来源”为表内只有总额、没有分来源金额的部分。" / "“Not broken down”: forms that print a total without its sources.";
    SOURCE_BUDGET = "部门数取自《{sheet}》；年初预算、资金来源和经济分类取自送审表的资金栏与预算表。" / "Departments from {sheet}; original budget, sources and classification from the forms' funding blocks and budget tables.";

    GRADES_RULE = "等级按四舍五入到两位小数的总分判定，区间含下限、不含上限（满分除外）；界限取自《{sheet}》参数。“占项目数”“占预算”以全部计入项目为分母，含未计分项目。"
        / "Grades by the score rounded half-up to two places; bands include their lower limit; the limits are parameters on {sheet}. Shares are of all projects that count, scored or not.";
    GRADES_COLOURS = "图中浅蓝、蓝、橙、棕依次为优、良、中、差，逐级变暗，黑白打印仍可分辨。" / "Light blue, blue, amber and brown stand for Excellent, Good, Fair and Poor, each darker than the one before, so that grey print keeps the order.";

    CLAIMED_RULE = "重算只对能由指标值、完成值和分值推出得分的指标进行；不能比较的按自评分计入，不作推测。差额＝重算得分－自评得分；▲名次上升，▼名次下降，－不变。重算名次为全部部门均按重算得分排列的名次（见表7），自身无差额的部门名次也可能变化。"
        / "Only indicators whose score follows from target, actual and weight are recomputed; the others keep the claimed score, nothing is guessed. Difference = recomputed − claimed; ▲ up, ▼ down, － unchanged. Ranks recomputed take all departments by recomputed scores (table 7), so a department without a difference may move too.";
    CLAIMS_RULE = "表6-3：自评得分合计＝可推得＋不可比；可推得是指标值、完成值和分值齐全、能按规则算出得分的部分，其余（定性指标、缺完成值等）不可比，不作推测。" / "Table 6-3: claimed = derivable + not comparable. Derivable is what follows by the rules from target, actual and weight; the rest (qualitative indicators, missing actuals) cannot be compared and is not guessed.";
    CLAIMED_USE = "本表供复核参考，不改变表1名次。" / "For review only; the ranks of table 1 are not changed by it.";

    STABILITY_RULE = "最好名次：本部门取自评与重算得分中较高者，其他部门取较低者；最差名次：本部门取较低者，其他部门取较高者，得分相同按最不利计。"
        / "Best rank: this department by the higher of its claimed and recomputed score, the others by their lower one; worst rank the other way round, ties counted against it.";
    STABILITY_SHADE = "浅橙底并加粗：不取整名次与公布名次不同，或名次有变动余地。{n}个未报送或未计分部门补报后，其后部门名次可能再顺延至多{n}名，未计入本表。"
        / "Shaded and bold: the unrounded rank differs, or the rank can move. The {n} departments without a score could push others down by up to {n} more, which is not counted here.";

    SUBMISSIONS_RULE = "●已报送　◐有缺项（有文件未能采用，或有项目未计分）　○未报送。收到＝采用＋重复＋被替代＋未能采用；每个收到的文件计且只计一次，压缩包按其中的文件计，压缩包本身、附件和系统文件不计。未采用文件逐个列于《{sheet}》。"
        / "● handed in  ◐ with gaps (a file was rejected, or a project has no score)  ○ not handed in. In = used + duplicate + replaced + rejected; every file counts once, bundles by their members; bundles themselves, attachments and system files do not count. Files not used are listed on {sheet}.";
    EXPECTED_FROM_REGISTER = "应报部门取自部门名册。" / "Departments expected: the register.";
    EXPECTED_FROM_FILES = "没有部门名册，部门取自收到的文件，谁未报送无从得知。" / "There is no register: departments come from the files, so that nobody can be named as missing.";

    UNUSED_RULE = "重复文件：与另一文件内容逐字节相同；已被新版替代：同部门、同项目、同表种、同年度的较早版本；未能采用的请按原因处理后重新报送；“不计”的文件不是报送的表。"
        / "Duplicate: same bytes as another file; superseded: an earlier version of the same form; rejected files are to be handed in again after what the reason says; ignored files are no submissions.";
    FINDINGS_RULE = "●须更正　▲须核对或说明　○提示，无须处理。按部门分组，可逐部门裁开分发；报送值、应为、差异的单位随值列出，金额为精确到分的元。"
        / "● to be corrected  ▲ to be checked or explained  ○ for information. Grouped by department so that the list can be cut up; values carry their unit, money in exact yuan.";
    FINDINGS_LINKS = "位置为“文件 › 工作表 › 单元格”，以本文件所在文件夹为起点；压缩包内的文件链接到压缩包。" / "Place is file › sheet › cell, relative to this workbook's folder; members of a bundle link to the bundle.";
    UNREAD_RULE = "本表列出已识别表单内未被任何栏目采用的数字和读表时的提示，供核对是否遗漏；它们不参与任何计算。"
        / "Figures of recognised forms that no column claimed, and remarks made while reading; they take no part in any computation.";
    OVERVIEW_NOTE = "注：得分按部门自评数，{method}等级：优 ≥{a}，良 {b}（含）—{a}，中 {c}（含）—{b}，差 ＜{c}。图中颜色由浅到深依次为优、良、中、差，均标有数字。分表："
        / "Note: scores as claimed. {method} Grades: Excellent ≥ {a}, Good {b} to below {a}, Fair {c} to below {b}, Poor below {c}; from light to dark in the charts, always with figures. Sheets:";
    MANY_LINKS = "问题很多，全表只为其中最要紧的 {n} 处位置设链接，先须更正、次须核对或说明，其余只列文字。"
        / "There are many findings: the {n} most urgent places are links, errors first, then warnings; the others are text only.";
}
