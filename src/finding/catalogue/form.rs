//! About the contents of one form and of the tables of one file (`S..`, numbered as the bureau's list of checks; a suffix
//! where one number of that list holds several checks).

rules! {
    /// The weights of the parts do not add up to one hundred.
    WEIGHTS_NOT_100 = "S01", Error, v 1 {
        name: "分值合计不是100" / "weights do not add up to 100",
        message: "各项分值之和为 {given} 分，应为 {expected} 分，相差 {difference} 分。" / "The weights add up to {given} points instead of {expected}, difference {difference}.",
        advice: "请核对各项分值（含预算执行率）后更正。" / "Check all weights, the execution rate included.",
        why: "分值不等于 100 时，得分和等级都不可比" / "scores and grades cannot be compared unless the weights add up to 100",
        how: "执行率分值 + Σ三级指标分值 = 100；分值写到两位小数以上时，每项容半个末位" / "weight of the execution rate + Σ weights of level 3 = 100; half a unit of the last decimal for each addend where weights have two decimals or more",
        source: "财预〔2020〕10号",
    }
    /// The printed total of the weights is not their sum.
    WEIGHT_TOTAL_DIFFERS = "S01-1", Error, v 1 {
        name: "分值合计行与各项之和不符" / "printed total of weights is not their sum",
        message: "合计行写 {given} 分，各项分值之和为 {expected} 分，相差 {difference} 分。" / "The total row says {given} points, the weights add up to {expected}, difference {difference}.",
        advice: "请更正合计行，或更正漏填、错填的分值。" / "Correct the total row, or the weight that is wrong or missing.",
        why: "合计写 100 而各项合 110，等于多给了 10 分" / "a total of 100 over parts that add up to 110 gives away ten points",
        how: "合计行分值 = Σ各项分值" / "weight of the total row = Σ weights of the parts",
        source: "财预〔2020〕10号",
    }
    /// The weight of a level is not the sum of its rows.
    LEVEL_WEIGHT_DIFFERS = "S01-2", Error, v 1 {
        name: "上级指标分值与下级之和不符" / "weight of a level is not the sum of its rows",
        message: "标注 {given} 分，按所属各项应为 {expected} 分，相差 {difference} 分。" / "Given {given} points, by its rows {expected}, difference {difference}.",
        advice: "请核对该级指标括号内的分值和所属各项分值。" / "Check the weight in brackets and those of its rows.",
        why: "层层相等才说明权重没有改动或漏项" / "only weights that agree on every level show that none was changed or left out",
        how: "一级 = Σ二级 = Σ三级；多处同时不符时，只指出改动最少的那一格" / "level 1 = Σ level 2 = Σ level 3; when several fail the fewest cells are blamed",
        source: "财预〔2020〕10号",
    }
    /// A score is above its weight.
    SCORE_ABOVE_WEIGHT = "S02", Error, v 1 {
        name: "得分超过分值" / "score above its weight",
        message: "得分 {given} 分，分值只有 {expected} 分，超出 {difference} 分。" / "Score {given} of {expected} points, {difference} too many.",
        advice: "请按评分标准更正得分。" / "Correct the score.",
        why: "得分不得突破分值上限" / "a score is capped at its weight",
        how: "0 ≤ 得分 ≤ 分值" / "0 ≤ score ≤ weight",
        source: "财预〔2020〕10号",
    }
    /// A score is below zero.
    SCORE_NEGATIVE = "S02-1", Error, v 1 {
        name: "得分为负数" / "score below zero",
        message: "得分 {given} 分，不应小于 0。" / "Score {given}, it cannot be below 0.",
        advice: "请更正；扣分扣到 0 为止。" / "Correct it; deductions end at 0.",
        why: "扣完为止是各地评分办法的通例" / "deductions end at zero in all scoring rules",
        how: "得分 ≥ 0" / "score ≥ 0",
        source: "财预〔2020〕10号",
    }
    /// The printed total score is not the sum of the scores.
    TOTAL_SCORE_DIFFERS = "S03", Error, v 1 {
        name: "总分与各项得分之和不符" / "total score is not the sum of the scores",
        message: "总分写 {given} 分，各项得分之和为 {expected} 分，相差 {difference} 分。" / "The total says {given} points, the scores add up to {expected}, difference {difference}.",
        advice: "请核对各项得分和总分后更正。" / "Check the scores and the total.",
        why: "排名和等级都以总分为准" / "ranks and grades rest on the total",
        how: "总分 = 执行率得分 + Σ指标得分；缺得分的项按 0 到分值取区间；总分小数位较少时容半个末位" / "total = score of the execution rate + Σ scores; a missing score may be anything from 0 to its weight; half a unit of the last decimal where the total is printed with fewer decimals",
        source: "财预〔2020〕10号",
    }
    /// The printed execution rate is not outturn ÷ budget.
    EXECUTION_RATE_DIFFERS = "S04", Error, v 1 {
        name: "执行率重算不符" / "execution rate differs",
        message: "执行率写 {given}%，按执行数÷预算数应为 {expected}%，相差 {difference} 个百分点。" / "Given {given} %, outturn ÷ budget is {expected} %, difference {difference} percentage points.",
        advice: "请核对预算数、执行数和执行率；分母为全年（调整后）预算数。" / "Check budget, outturn and rate; the rate is taken on the revised budget.",
        why: "执行率是计分项，也是全区执行进度的来源" / "the rate is scored, and the district rate is built on it",
        how: "执行率 = 全年执行数 ÷ 全年预算数；容差由率的小数位和金额的申报精度推得" / "outturn ÷ revised budget; tolerance from the decimals of the rate and the declared accuracy of the amounts",
        source: "财预〔2020〕10号",
    }
    /// The printed rate of a budget line is not outturn ÷ budget.
    LINE_RATE_DIFFERS = "S04-1", Error, v 1 {
        name: "行内执行率重算不符" / "rate of a line differs",
        message: "执行率写 {given}%，按本行应为 {expected}%，相差 {difference} 个百分点。" / "Given {given} %, by its line {expected} %, difference {difference} percentage points.",
        advice: "请核对本行预算数、执行数和执行率。" / "Check budget, outturn and rate of the line.",
        why: "表内比率与金额须一致" / "rates of a table must follow from its amounts",
        how: "执行数 ÷ 调整预算数，或 ÷ 年初预算数，任一相合即可" / "outturn ÷ revised budget, or ÷ original budget; either will do",
        source: "GovBudgetChecker v3.3",
    }
    /// The score of the execution rate does not follow from the rate.
    EXECUTION_SCORE_DIFFERS = "S05", Error, v 1 {
        name: "执行率得分重算不符" / "score of the execution rate differs",
        message: "执行率得分写 {given} 分，按计分办法应为 {expected} 分，相差 {difference} 分。" / "Given {given} points, by the policy {expected}, difference {difference}.",
        advice: "请按“执行率×分值、不超过分值”更正。" / "Correct it: rate × weight, capped at the weight.",
        why: "执行率得分是唯一可由金额直接算出的得分" / "it is the one score that follows from money alone",
        how: "min(率, 1) × 分值（可配置）；按印出的率或精确的率，任一相合即可" / "min(rate, 1) × weight (configurable), from the printed or the exact rate; either will do",
        source: "财预〔2020〕10号",
    }
    /// More was spent than budgeted.
    OUTTURN_ABOVE_BUDGET = "S06", Warning, v 1 {
        name: "执行数超过预算数" / "outturn above budget",
        message: "执行数 {given}，预算数 {expected}，超出 {difference}。" / "Outturn {given}, budget {expected}, {difference} above.",
        advice: "请核对是否漏填追加预算，并说明原因。" / "Check whether an addition is missing from the budget, and explain.",
        why: "无预算不得支出；超预算执行多为预算数没有更新" / "nothing may be spent without budget; mostly the budget was not updated",
        how: "执行数 > 预算数，超出申报精度" / "outturn above budget by more than the declared accuracy",
        source: "预算法",
    }
    /// A low execution rate without a reason.
    LOW_EXECUTION_WITHOUT_REASON = "S06-1", Warning, v 1 {
        name: "执行率偏低且未写原因" / "low execution without a reason",
        message: "执行率 {given}%，低于 {expected}%，表内没有说明原因。" / "Execution {given} %, below {expected} %, and no reason on the form.",
        advice: "请补充说明未执行的原因和改进措施。" / "Add the reason and what will be done.",
        why: "执行率低于 90% 须说明原因" / "below 90 % a reason is due",
        how: "执行数 ÷ 全年预算数 < 阈值（默认 90%），且执行率行和全表都没有谈到预算执行的说明" / "outturn ÷ revised budget below the threshold (90 %), and no sentence of the form speaks of the execution",
        source: "四川省自评表填报说明",
    }
    /// The budget was adjusted by more than the threshold.
    BUDGET_ADJUSTED = "S06-2", Info, v 1 {
        name: "预算调整幅度大" / "large adjustment of the budget",
        message: "全年预算数 {given} 元，年初预算数 {expected} 元，调整 {percent}%。" / "Revised budget {given} yuan, original {expected}, adjusted by {percent} %.",
        advice: "如属正常追加或压减，说明即可。" / "Explain it if it is a regular addition or cut.",
        why: "调整率过大说明年初预算编制不准" / "large adjustments show that the budget was not well prepared",
        how: "|全年预算数 − 年初预算数| ÷ 年初预算数 > 阈值（默认 30%）" / "|revised − original| ÷ original above the threshold (30 %)",
        source: "GovBudgetChecker v3.3",
    }
    /// Money was spent although the budget is zero.
    SPENT_WITHOUT_BUDGET = "S07", Error, v 1 {
        name: "预算数为零却有执行数" / "spent without budget",
        message: "预算数为 {given}，执行数为 {expected} 元。" / "The budget is {given}, the outturn {expected} yuan.",
        advice: "请补填全年（调整后）预算数。" / "Fill in the revised budget.",
        why: "分母为零，执行率无法计算" / "no rate without a budget",
        how: "全年预算数 = 0 而执行数 > 0" / "revised budget = 0 and outturn > 0",
        source: "财预〔2020〕10号",
    }
    /// The total row was left at zero.
    TOTAL_ROW_ZERO = "S07-1", Error, v 1 {
        name: "资金总额行为零而来源有数" / "total row left at zero",
        message: "“{label}”写 0，各资金来源合计 {expected} 元。" / "\"{label}\" says 0, its sources add up to {expected} yuan.",
        advice: "请按各来源之和填写总额行。" / "Fill in the total row.",
        why: "总额为零会把执行率和得分也算成零" / "a total of zero makes rate and score zero as well",
        how: "总额 = 0 而 Σ来源 ≠ 0" / "total = 0 and Σ sources ≠ 0",
        source: "财预〔2020〕10号",
    }
    /// The total of the funding block is not the sum of its sources.
    FUNDING_TOTAL_DIFFERS = "S08", Error, v 1 {
        name: "资金总额与各来源之和不符" / "funding total is not the sum of its sources",
        message: "资金栏不平：“{label}”写 {given} 元，按勾稽关系应为 {expected} 元，相差 {difference} 元。" / "The funding column does not balance: \"{label}\" says {given} yuan, it would take {expected}, difference {difference}.",
        advice: "请核对该列总额和各资金来源。" / "Check the total and the sources of the column.",
        why: "总额是执行率的分子分母，来源不平则口径不明" / "the rate is taken on the total; without balance its scope is unknown",
        how: "年度资金总额 = 财政拨款 + 上年结转 + 其他资金，每列都须成立；容差 = 各数半个末位之和；执行率作为旁证，指出改动最少的一格" / "total = appropriation + carry-over + other in each column; tolerance = half a unit of the last decimal of each figure; the rate is a witness, and the fewest cells are blamed",
        source: "财预〔2020〕10号",
    }
    /// A source spent more than its budget.
    SOURCE_ABOVE_BUDGET = "S08-1", Info, v 1 {
        name: "某资金来源执行数超过预算数" / "a source spent more than its budget",
        message: "“{label}”执行 {given} 元，预算 {expected} 元。" / "\"{label}\": outturn {given} yuan, budget {expected}.",
        advice: "请核对是否填错行。" / "Check whether the row is right.",
        why: "各来源分别执行，不能互相挤占" / "sources are spent each on its own",
        how: "来源行执行数 ≤ 来源行预算数" / "outturn of a source ≤ its budget",
        source: "财预〔2020〕10号",
    }
    /// The total of the funding block is blank although sources are given.
    FUNDING_TOTAL_BLANK = "S08-2", Warning, v 1 {
        name: "资金总额未填" / "funding total left blank",
        message: "总额未填，各资金来源合计 {expected} 元。" / "The total is blank, its sources add up to {expected} yuan.",
        advice: "请填写总额。" / "Fill in the total.",
        why: "没有总额，项目不能参加预算加权和执行率汇总" / "without a total the project cannot be weighted or summed up",
        how: "总额空白而来源有数" / "total blank, sources given",
        source: "财预〔2020〕10号",
    }
    /// An amount is off by a power of ten.
    UNIT_SLIP = "S09", Warning, v 1 {
        name: "金额单位疑错" / "unit of money looks wrong",
        message: "“{label}”写 {given} 元，按旁证应为 {expected} 元，疑似元与万元等单位混用。" / "\"{label}\" says {given} yuan, by other figures {expected}: the unit looks wrong.",
        advice: "请核对表头单位和填写的数。" / "Check the unit in the head and the figure.",
        why: "单位错一次，全区合计就差一万倍" / "one wrong unit and the district total is off by four powers of ten",
        how: "与旁证（勾稽关系、执行率、成本指标、目标文字、同项目另一表）恰差 10 的整数次幂；勾稽能坐实的判为错误，一个旁证判为须核对" / "off by a whole power of ten from a witness (balance, rate, cost indicator, text of the goal, another form of the project); error where a balance proves it, warning with one witness",
        source: "GovBudgetChecker v3.3",
    }
    /// The score does not follow from target and actual.
    SCORE_DIFFERS = "S10", Error, v 1 {
        name: "得分与完成情况不符" / "score does not follow from target and actual",
        message: "“{name}”得分 {given} 分，按完成比例应为 {expected} 分，相差 {difference} 分。" / "\"{name}\": score {given}, in proportion {expected}, difference {difference}.",
        advice: "请按评分标准更正，或说明计分办法。" / "Correct it, or state the scoring rule.",
        why: "定量指标按完成比例计分" / "quantitative indicators are scored in proportion",
        how: "正向 完成÷指标×分值，反向 指标÷完成×分值，封顶；得分小数位内的差属取整；低于比例或另有评分标准的只提示核对" / "forward actual ÷ target × weight, reverse target ÷ actual × weight, capped; within the decimals of the score it is rounding; stricter than in proportion, or with criteria of its own, it is a warning",
        source: "财预〔2020〕10号",
    }
    /// The target is met but points are deducted without a word.
    MET_BUT_DEDUCTED = "S10-1", Error, v 1 {
        name: "完成达标却扣分且无说明" / "met, yet deducted without a reason",
        message: "“{name}”已达到指标值，得分 {given} 分而分值 {expected} 分，没有说明扣分原因。" / "\"{name}\" met its target but scored {given} of {expected}, without a reason.",
        advice: "请更正得分，或写明扣分原因。" / "Correct the score or give the reason.",
        why: "无缘由的扣分和无缘由的给分一样不可复核" / "an unexplained deduction cannot be verified any more than an unexplained point",
        how: "完成值达到指标值、得分 < 分值、原因空白" / "actual meets target, score < weight, no reason",
        source: "财预〔2020〕10号",
    }
    /// A target is missed and no reason is given.
    UNMET_WITHOUT_REASON = "S11", Error, v 1 {
        name: "未达指标值而偏差原因空白" / "target missed without a reason",
        message: "“{name}”指标值 {expected}，完成值 {given}，未写偏差原因。" / "\"{name}\": target {expected}, actual {given}, no reason given.",
        advice: "请补充偏差原因和改进措施。" / "Add reason and remedy.",
        why: "未完成的指标必须说明原因" / "a missed target must be explained",
        how: "完成值未达指标值，偏差原因栏和全表文字都没有说明" / "actual misses target, neither the column nor any sentence of the form explains it",
        source: "财预〔2020〕10号",
    }
    /// A target is missed and scored in full.
    UNMET_BUT_FULL = "S12", Warning, v 1 {
        name: "未达指标值却得满分" / "target missed, full marks",
        message: "“{name}”未达到指标值却得 {given} 分，按完成比例应为 {expected} 分，相差 {difference} 分。" / "\"{name}\" missed its target but scored {given}; in proportion {expected}, difference {difference}.",
        advice: "请按完成比例更正得分。" / "Score it in proportion.",
        why: "虚高的得分会挤掉如实填报的部门" / "inflated scores push honest departments down",
        how: "完成值未达指标值而得分 = 分值" / "actual misses target and score = weight",
        source: "财预〔2020〕10号",
    }
    /// Done after the date and scored in full.
    LATE_BUT_FULL = "S12-1", Warning, v 1 {
        name: "超过时限完成却得满分" / "late, full marks",
        message: "“{name}”应在 {expected} 完成，实际 {given}，却得满分。" / "\"{name}\" was due {expected}, done {given}, yet scored in full.",
        advice: "请核对完成时间，按评分标准扣分。" / "Check the date and deduct by the criteria.",
        why: "时效指标同样要求达标" / "dates are targets too",
        how: "完成日期晚于指标日期而得分 = 分值" / "actual later than target and score = weight",
        source: "财预〔2020〕10号",
    }
    /// The target is far exceeded, scored in full, without a word.
    FAR_OVER_TARGET = "S13", Warning, v 1 {
        name: "大幅超额完成且无说明" / "far over target without a word",
        message: "指标值 {expected}，完成 {given}，超出 {percent}%，得满分且没有说明。" / "Target {expected}, actual {given}, {percent} % above, full marks and no word about it.",
        advice: "请说明超额原因；如指标定得偏低，请如实写明。" / "Explain it; say so if the target was set too low.",
        why: "明显超额多因指标定低，应适度调减得分" / "a target that is far exceeded was mostly set too low",
        how: "正向指标 完成÷指标 − 1 ≥ 阈值（默认 30%），满分，无说明；比率类只提示" / "forward: actual ÷ target − 1 at or above the threshold (30 %), full marks, no reason; for percentages a note only",
        source: "财预〔2020〕10号",
    }
    /// The operator of a target points the wrong way.
    OPERATOR_DIRECTION = "S14", Warning, v 1 {
        name: "指标方向可疑" / "operator points the wrong way",
        message: "“{name}”的指标值写作“{given}”，方向似乎反了。" / "\"{name}\": the target \"{given}\" seems to point the wrong way.",
        advice: "请核对：数量一般用“≥”，成本一般用“≤”。" / "Check it: quantities are mostly at least, costs at most.",
        why: "方向写反，少做反而得分" / "with the wrong direction doing less scores more",
        how: "数量指标用 ≤（不含投诉、事故、成本等越少越好的）；成本指标用 ≥" / "at most for a quantity (other than complaints, accidents, costs …); at least for a cost",
        source: "财预〔2020〕10号",
    }
    /// A percentage is wanted to be at least one hundred.
    ABOVE_HUNDRED_PERCENT = "S14-1", Info, v 1 {
        name: "比率指标写作≥100%" / "percentage of at least 100",
        message: "“{name}”的指标值写作“{given}”，比率不会超过 100%，宜写“=100%”。" / "\"{name}\": a share \"{given}\" cannot exceed 100 %; write = 100 %.",
        advice: "" / "",
        why: "不可能超额的指标写“≥”没有意义" / "at least makes no sense where more is impossible",
        how: "≥ 与 100% 及以上同现" / "at least together with 100 % or more",
        source: "财预〔2020〕10号",
    }
    /// The target is a number, the actual is words.
    ACTUAL_NOT_NUMERIC = "S15", Warning, v 1 {
        name: "指标值是数、完成值是文字" / "numeric target answered in words",
        message: "指标值“{target}”是数，完成值写“{given}”，无法比较。" / "The target \"{target}\" is a number, the actual says \"{given}\": not comparable.",
        advice: "请填写实际完成的数。" / "Fill in the number achieved.",
        why: "不能比较就不能复核得分" / "what cannot be compared cannot be verified",
        how: "指标值读得出数，完成值读不出" / "the target reads as a number, the actual does not",
        source: "财预〔2020〕10号",
    }
    /// The actual repeats the target with its operator.
    ACTUAL_COPIED = "S15-1", Warning, v 1 {
        name: "完成值照抄指标值" / "actual copied from the target",
        message: "完成值写“{given}”，带有比较符号，是照抄指标值“{target}”而不是实际完成数。" / "The actual \"{given}\" carries an operator: copied from the target \"{target}\", not measured.",
        advice: "请填写实际完成的数。" / "Fill in the number achieved.",
        why: "照抄的完成值等于没有填报" / "a copied actual is no answer",
        how: "完成值以 ≥ ≤ > < 开头" / "the actual begins with an operator",
        source: "财预〔2020〕10号",
    }
    /// A share was written where a percentage belongs.
    SHARE_FOR_PERCENT = "S15-2", Info, v 1 {
        name: "百分数写成小数" / "share written for a percentage",
        message: "指标值“{target}”是百分数，完成值写“{given}”，按 1 = 100% 计算。" / "The target \"{target}\" is a percentage, the actual says \"{given}\"; taken as 1 = 100 %.",
        advice: "请按百分数填写。" / "Write it as a percentage.",
        why: "1 与 100% 混写容易误判" / "1 and 100 % are easily confused",
        how: "指标值 ≥ 50%，完成值在 0 与 1.5 之间" / "target at least 50 %, actual between 0 and 1.5",
        source: "财预〔2020〕10号",
    }
    /// Target and actual have different units of measure.
    UNITS_DIFFER = "S15-3", Info, v 1 {
        name: "指标值与完成值单位不同" / "units of target and actual differ",
        message: "指标值“{target}”与完成值“{given}”单位不同，无法比较。" / "Target \"{target}\" and actual \"{given}\" have different units: not comparable.",
        advice: "请统一计量单位。" / "Use one unit.",
        why: "单位不同的数不能比较" / "numbers in different units do not compare",
        how: "两边都写了单位，且不能换算" / "both state a unit, and they do not convert",
        source: "财预〔2020〕10号",
    }
    /// An indicator has no name.
    LEVEL3_MISSING = "S16", Error, v 1 {
        name: "三级指标名称空白" / "indicator without a name",
        message: "该行有分值和得分，三级指标名称空白。" / "The row has a weight and a score but no indicator.",
        advice: "请填写三级指标。" / "Fill in the indicator.",
        why: "没有名称的指标无法对比" / "an indicator without a name compares with nothing",
        how: "有分值、有得分或指标值，三级指标空白" / "weight, and score or target given, level 3 blank",
        source: "财预〔2020〕10号",
    }
    /// An actual is missing.
    ACTUAL_MISSING = "S16-1", Error, v 1 {
        name: "缺实际完成值" / "actual missing",
        message: "“{name}”有指标值，没有填实际完成值。" / "\"{name}\" has a target but no actual.",
        advice: "请填写实际完成值。" / "Fill in the actual.",
        why: "没有完成值的得分无从核对" / "a score without an actual cannot be verified",
        how: "指标值已填、完成值空白（/ 与 — 不算空白）" / "target given, actual blank (/ and — are not blank)",
        source: "财预〔2020〕10号",
    }
    /// A score is missing.
    SCORE_MISSING = "S16-2", Error, v 1 {
        name: "缺得分" / "score missing",
        message: "该项没有填得分。" / "The part has no score.",
        advice: "请填写得分。" / "Fill in the score.",
        why: "缺一项得分，总分就不能成立" / "one missing score and the total does not stand",
        how: "有分值而得分空白（/ 与 — 不算空白）" / "weight given, score blank (/ and — are not blank)",
        source: "财预〔2020〕10号",
    }
    /// Scores that no target or actual backs.
    NO_BASIS = "S16-3", Warning, v 1 {
        name: "得分没有目标值和完成值可依" / "scores without target and actual",
        message: "表内没有指标值、完成值两栏，得分无法复算。" / "The table has no columns for target and actual; its scores cannot be recomputed.",
        advice: "请附各项指标的目标值和完成值，或评分依据。" / "Attach targets and actuals, or the basis of the scores.",
        why: "只有得分没有依据的评分不可复核" / "scores without a basis cannot be verified",
        how: "有得分栏，缺目标值或完成值栏" / "a column of scores, none of targets or actuals",
        source: "财预〔2020〕10号",
    }
    /// The form was not scored at all.
    NOT_FILLED_IN = "S16-4", Warning, v 1 {
        name: "全表没有填得分" / "not scored at all",
        message: "{count} 项指标都没有得分，按未填报处理，不按 0 分计。" / "None of {count} indicators has a score; treated as not filled in, not as 0.",
        advice: "请填写得分后重报。" / "Score it and hand it in again.",
        why: "空表当作 0 分会冤枉部门" / "an empty form is no score of zero",
        how: "有得分栏而全部空白" / "a column of scores, all of them blank",
        source: "财预〔2020〕10号",
    }
    /// A placeholder of the template was left.
    PLACEHOLDER_LEFT = "S17", Warning, v 1 {
        name: "模板占位文字未删" / "placeholder of the template left",
        message: "“{given}”是模板的占位文字。" / "\"{given}\" is a placeholder of the template.",
        advice: "请改为实际内容，或删去该行。" / "Replace it, or delete the row.",
        why: "占位行会被当成指标" / "placeholders are taken for indicators",
        how: "指标1、目标2、……、×× 等" / "指标1, 目标2, ……, ×× and the like",
        source: "财预〔2020〕10号",
    }
    /// An instruction of the template was left.
    INSTRUCTION_LEFT = "S17-1", Warning, v 1 {
        name: "填报说明未删" / "instruction of the template left",
        message: "“{given}”是填报说明，不是内容。" / "\"{given}\" is an instruction, no answer.",
        advice: "请改为实际内容。" / "Replace it with the answer.",
        why: "说明没删，多半是没有填" / "where the instruction stands, mostly nothing was filled in",
        how: "（200字以内）、此处填写、简要说明 等" / "（200字以内）, 此处填写, 简要说明 and the like",
        source: "财预〔2020〕10号",
    }
    /// Full marks throughout.
    ALL_FULL = "S18", Warning, v 1 {
        name: "全部满分" / "full marks throughout",
        message: "{count} 项全部满分。" / "All {count} parts have full marks.",
        advice: "请复核；确属全部完成的，附佐证。" / "Look at it again; attach evidence if it is so.",
        why: "全部满分的自评很少经得起复核" / "full marks throughout seldom stand a review",
        how: "每一项得分 = 分值" / "score = weight for every part",
        source: "财预〔2020〕10号",
    }
    /// The score of a qualitative indicator is outside its band.
    QUALITATIVE_OUTSIDE_BAND = "S19", Warning, v 1 {
        name: "定性指标得分不在对应档内" / "qualitative score outside its band",
        message: "完成情况“{actual}”对应 {expected} 分，得分写 {given} 分。" / "\"{actual}\" stands for {expected} points, the score says {given}.",
        advice: "请按档次更正得分或完成情况。" / "Correct the score or the words.",
        why: "定性指标分三档给分" / "qualitative indicators are scored in three bands",
        how: "达成 80–100%，部分达成 60–80%（可配置），未达成 0–60%，不含上限" / "achieved 80–100 %, partly 60–80 % (configurable), missed 0–60 %, upper end excluded",
        source: "财预〔2020〕10号",
    }
    /// One indicator carries most of the points.
    SINGLE_INDICATOR = "S20", Warning, v 1 {
        name: "单一指标分值过大" / "one indicator carries too much",
        message: "单个指标占 {given} 分，达到 {limit} 分。" / "One indicator carries {given} points, {limit} or more.",
        advice: "请细化指标，分散分值。" / "Split it up.",
        why: "一个指标定输赢，绩效目标形同虚设" / "one indicator decides everything",
        how: "单项分值 ≥ 阈值（默认 60）" / "weight at or above the threshold (60)",
        source: "财预〔2020〕10号",
    }
    /// No indicator of output, or none of benefit.
    OUTPUT_OR_BENEFIT_MISSING = "S20-1", Warning, v 1 {
        name: "缺产出或效益指标" / "no output or no benefit indicator",
        message: "没有{missing}。" / "There is no {missing}.",
        advice: "请补充该类指标。" / "Add such indicators.",
        why: "产出和效益是自评表的必设指标" / "output and benefit are obligatory",
        how: "一级指标中没有产出，或没有效益" / "level 1 has no output, or no benefit",
        source: "财预〔2020〕10号",
    }
    /// No indicator of satisfaction, and its weight did not go to benefit.
    SATISFACTION_MISSING = "S20-2", Warning, v 1 {
        name: "缺满意度指标" / "no satisfaction indicator",
        message: "没有满意度指标，其 10 分也没有并入效益指标。" / "There is no satisfaction indicator, and its ten points did not go to benefit.",
        advice: "请补充满意度指标；确实不适用的，将其分值并入效益指标。" / "Add one; where it does not apply, add its points to benefit.",
        why: "满意度是自评表的必设指标" / "satisfaction is obligatory",
        how: "三级指标都不含“满意”，效益分值 < 40（设成本指标时 < 30）" / "no indicator speaks of 满意, benefit below 40 (30 with cost indicators)",
        source: "财预〔2020〕10号",
    }
    /// The budget itself stands as an output.
    MONEY_AS_OUTPUT = "S21", Warning, v 1 {
        name: "把预算金额当作产出指标" / "budget taken for an output",
        message: "“{name}”的指标值就是预算金额 {given} 元，花钱不是产出。" / "\"{name}\": the target is the budget of {given} yuan; spending is no output.",
        advice: "请改为工作数量、质量等产出。" / "Use what was done instead.",
        why: "用掉钱不等于做成事" / "spending money is not getting things done",
        how: "产出指标（成本除外）的指标值与年初、全年预算数或执行数相等" / "target of an output other than cost equals budget or outturn",
        source: "财预〔2020〕10号",
    }
    /// The cost indicators do not add up to the budget.
    COSTS_DIFFER_FROM_BUDGET = "S22", Info, v 1 {
        name: "成本指标合计与资金不符" / "costs do not add up to the money",
        message: "成本指标完成值合计 {given} 元，全年执行数 {expected} 元，相差 {difference} 元。" / "Actual costs add up to {given} yuan, the outturn is {expected}, difference {difference}.",
        advice: "如口径相同，请核对。" / "Check it if the scope is the same.",
        why: "成本指标写的就是这笔钱时，两处应当相等" / "where the costs are the money they must agree",
        how: "成本指标完成值（金额）合计与执行数相差 50% 以内但不相等" / "actual costs in money differ from the outturn by less than half",
        source: "财预〔2020〕10号",
    }
    /// The years on a form contradict each other.
    YEAR_CONFLICT = "S23", Error, v 1 {
        name: "年度不一致" / "years contradict each other",
        message: "表内年度为 {given} 年，另一处为 {expected} 年。" / "The form says {given}, elsewhere {expected}.",
        advice: "请核对是否用了往年的表。" / "Check whether last year's form was used.",
        why: "年度错的表会进错年份的汇总" / "a form with the wrong year ends up in the wrong summary",
        how: "标题与期间行的年度、项目名中的年份、指标日期互相印证；评价年度不会早于项目年度" / "title, period line, project name and dates are compared; a project is not evaluated before its own year",
        source: "财预〔2020〕10号",
    }
    /// The project name carries an earlier year.
    PROJECT_OF_ANOTHER_YEAR = "S23-1", Warning, v 1 {
        name: "项目名称中的年份与表内年度不同" / "project name carries another year",
        message: "项目名称写 {given} 年，表内年度为 {expected} 年。" / "The project says {given}, the form {expected}.",
        advice: "如是跨年项目，说明即可。" / "Explain it if the project runs over years.",
        why: "可能是往年的表改了标题" / "it may be last year's form under a new title",
        how: "项目名称中唯一的年份早于表内年度" / "the only year in the project name is earlier",
        source: "财预〔2020〕10号",
    }
    /// Output and benefit carry less than sixty points.
    OUTPUT_AND_BENEFIT_LOW = "S26", Error, v 1 {
        name: "产出与效益分值合计低于60" / "output and benefit below 60",
        message: "产出、效益合计 {given} 分，不得低于 {expected} 分。" / "Output and benefit carry {given} points, at least {expected} are wanted.",
        advice: "请调整评价指标体系的权重。" / "Adjust the weights.",
        why: "评价应以产出和效益为主" / "an evaluation is about output and benefit",
        how: "仅评价评分表：产出分值 + 效益分值 ≥ 60（含 60）" / "evaluation score tables only: output + benefit ≥ 60 (60 included)",
        source: "财预〔2020〕10号",
    }
    /// The weights of level 1 follow no known scheme.
    UNUSUAL_WEIGHTS = "S27", Info, v 1 {
        name: "一级权重不是常用方案" / "unusual weights of level 1",
        message: "一级指标分值为 {given}，不是通行方案（50/30/10、20/40/20/10 等）。" / "Level 1 has {given}, none of the usual schemes.",
        advice: "确有规定的不必更正。" / "No need to change it where it is prescribed.",
        why: "权重不同的表，得分不宜直接比" / "scores under different weights hardly compare",
        how: "成本/产出/效益/满意度 = 0/50/30/10、0/50/40/0、20/40/20/10、20/40/30/0；只看合计 90 分的表" / "cost/output/benefit/satisfaction as listed; only where they add up to 90",
        source: "财预〔2020〕10号",
    }
    /// A cell holds an error value.
    ERROR_VALUE = "S28", Error, v 1 {
        name: "单元格是公式错误值" / "error value",
        message: "单元格显示 {given}，读不到数。" / "The cell shows {given}.",
        advice: "请修正公式后重报。" / "Repair the formula.",
        why: "错误值既不是零也不是空" / "an error is neither zero nor blank",
        how: "表内任何 #REF!、#DIV/0!、#VALUE! 等" / "any #REF!, #DIV/0!, #VALUE! … on the form",
        source: "ECMA-376",
    }
    /// A number is stored as text.
    NUMBER_AS_TEXT = "S28-1", Info, v 1 {
        name: "数字存为文本" / "number stored as text",
        message: "“{given}”存为文本，已按数读取。" / "\"{given}\" is stored as text and was read as a number.",
        advice: "请转换为数字。" / "Convert it to a number.",
        why: "文本数字不参加表内求和" / "text takes no part in sums",
        how: "数值栏中的文本读出来是一个数" / "text in a numeric field that reads as a number",
        source: "系统导出表",
    }
    /// A number is written in full-width digits.
    FULL_WIDTH_NUMBER = "S28-2", Info, v 1 {
        name: "全角数字" / "full-width digits",
        message: "“{given}”含全角数字，已按数读取。" / "\"{given}\" has full-width digits and was read as a number.",
        advice: "请改为半角。" / "Use plain digits.",
        why: "全角数字不能参加计算" / "full-width digits take no part in computations",
        how: "数值栏中的文本含 ０–９" / "text with ０–９ in a numeric field",
        source: "系统导出表",
    }
    /// A value cannot be read.
    UNREADABLE_VALUE = "S28-3", Error, v 1 {
        name: "读不出的值" / "unreadable value",
        message: "“{given}”读不出数，按缺失处理。" / "\"{given}\" is no number; treated as missing.",
        advice: "请填写规范的数。" / "Fill in a proper number.",
        why: "猜出来的数比没有数更糟" / "a guessed number is worse than none",
        how: "数值栏中的文本不合数字文法" / "text in a numeric field that is no number",
        source: "财预〔2020〕10号",
    }
    /// An amount has two readings.
    AMBIGUOUS_AMOUNT = "S28-4", Warning, v 1 {
        name: "金额写法有歧义" / "amount with two readings",
        message: "“{given}”可以有两种读法，已按字面读取。" / "\"{given}\" has two readings; the literal one was taken.",
        advice: "请改写为单一单位的数。" / "Write it in one unit.",
        why: "17万50元 可以是 170,050 元，也可能想写 17.5 万元" / "17万50元 may be 170,050 yuan or mean 175,000",
        how: "万字前后都是数字" / "digits before and behind 万",
        source: "自评报告实例",
    }
    /// The parts named in a text do not add up to their total.
    TEXT_PARTS_DIFFER = "S29", Warning, v 1 {
        name: "文字中的分项金额与合计不符" / "amounts in a text do not add up",
        message: "文字中分项合计 {given} 元，所写总额 {expected} 元，相差 {difference} 元。" / "The parts in the text add up to {given} yuan, its total says {expected}, difference {difference}.",
        advice: "请核对文字中的金额。" / "Check the amounts in the text.",
        why: "文字与表格的数应当一致" / "words and figures must agree",
        how: "“总额…其中：…”句中各分项金额之和 = 总额" / "Σ parts = total in a sentence of the form total … 其中 parts",
        source: "财预〔2020〕10号",
    }
    /// A share named in a text does not follow from its amounts.
    TEXT_SHARE_DIFFERS = "S30", Warning, v 1 {
        name: "文字中的比例与金额不符" / "share in a text does not follow from its amounts",
        message: "文字写 {given}%，按金额为 {expected}%。" / "The text says {given} %, by the amounts it is {expected} %.",
        advice: "请核对文字中的比例。" / "Check the share in the text.",
        why: "比例写错会误导评价结论" / "a wrong share misleads the conclusion",
        how: "“A 元，占 B 元的 x%”句中 A÷B 与 x 相差超过其精度" / "A ÷ B against x % in one sentence",
        source: "财预〔2020〕10号",
    }
    /// The execution rate in a text is not that of the funding block.
    TEXT_RATE_DIFFERS = "S30-1", Warning, v 1 {
        name: "文字中的执行率与表内不符" / "execution rate in a text is not that of the table",
        message: "文字写执行率 {given}%，按表内金额为 {expected}%。" / "The text says an execution rate of {given} %, by the amounts of the table it is {expected} %.",
        advice: "请核对文字与资金栏，以决算数为准。" / "Check text and funding block against the accounts.",
        why: "同一个执行率有两个数，不知哪个是真的" / "two figures for one rate, and nobody knows which is true",
        how: "年度总体目标完成情况等整句文字中唯一的“执行率 x%”与执行数÷全年预算数相差超过所写精度；目标、要求和分项的执行率不算" / "the only execution rate of a sentence against outturn ÷ revised budget, beyond the accuracy written; goals, demands and rates of a part are left aside",
        source: "财预〔2020〕10号",
    }
    /// The grade does not follow from the score.
    GRADE_DIFFERS = "S31", Error, v 1 {
        name: "等级与分数不符" / "grade does not follow from the score",
        message: "等级写“{given}”，{score} 分应为“{expected}”。" / "The grade says {given}, {score} points are {expected}.",
        advice: "请更正等级。" / "Correct the grade.",
        why: "等级决定结果应用" / "the grade decides what follows",
        how: "优 [90,100]，良 [80,90)，中 [60,80)，差 [0,60)，按四舍五入到两位的总分" / "excellent [90,100], good [80,90), fair [60,80), poor [0,60), on the total rounded to two places",
        source: "财预〔2020〕10号",
    }
    /// No grade is stated.
    GRADE_MISSING = "S31-1", Info, v 1 {
        name: "未写等级" / "no grade stated",
        message: "没有写评价等级，{score} 分为“{expected}”。" / "No grade is stated; {score} points are {expected}.",
        advice: "请补写等级。" / "State the grade.",
        why: "评价结论应包括等级" / "a conclusion includes the grade",
        how: "评价评分表没有等级" / "an evaluation score table without a grade",
        source: "财预〔2020〕10号",
    }
    /// Self-evaluation and review differ widely.
    REVIEW_GAP = "S32", Warning, v 1 {
        name: "自评与复核偏差大" / "self-evaluation and review differ widely",
        message: "自评 {given} 分，复核 {expected} 分，相差 {difference} 分。" / "Self-evaluation {given} points, review {expected}, difference {difference}.",
        advice: "请对照复核意见说明。" / "Explain it against the review.",
        why: "偏差大说明自评不实" / "a wide gap shows that the self-evaluation is not sound",
        how: "|自评 − 复核| ≥ 阈值（默认 5 分）" / "|self − review| at or above the threshold (5 points)",
        source: "财预〔2020〕10号",
    }
    /// A yearly amount exceeds the total over all years.
    ANNUAL_ABOVE_MULTI_YEAR = "S34", Error, v 1 {
        name: "年度金额大于跨年总额" / "yearly amount above the total over all years",
        message: "年度金额 {given} 元，项目总额 {expected} 元，多出 {difference} 元。" / "The yearly amount is {given} yuan, the total over all years {expected}, {difference} more.",
        advice: "请核对两栏口径。" / "Check the scope of both.",
        why: "跨年总额与年度金额并存，不得混填" / "both stand on the form and must not be mixed up",
        how: "年度预算数 ≤ 跨年项目总额" / "yearly budget ≤ total over all years",
        source: "GovBudgetChecker v3.3",
    }
    /// A line of a budget table is not the sum of its parts.
    TABLE_DOES_NOT_ADD_UP = "S35", Error, v 1 {
        name: "预算表分项与合计不符" / "budget table does not add up",
        message: "“{label}”写 {given} 元，按勾稽关系应为 {expected} 元，相差 {difference} 元。" / "\"{label}\" says {given} yuan, it would take {expected}, difference {difference}.",
        advice: "请核对该行及其分项。" / "Check the line and its parts.",
        why: "合计不等于分项之和的表不能公开" / "a table that does not add up cannot be published",
        how: "总计 = Σ类，类 = Σ款，款 = Σ项，逐列成立；行内 合计 = 基本支出 + 项目支出；多处同时不平时指出改动最少的一格" / "total = Σ classes, class = Σ subclasses, subclass = Σ items in each column; 合计 = 基本 + 项目 in each row; the fewest cells are blamed",
        source: "GovBudgetChecker v3.3",
    }
    /// The listed parts fall short of the total, and the list says that it is not complete.
    LISTED_PARTS_INCOMPLETE = "S35-1", Warning, v 1 {
        name: "列示的分项少于合计（列举不全）" / "listed parts fall short of the total",
        message: "“{label}”为 {given} 元，列示的分项合计 {expected} 元，相差 {difference} 元；列举带“等”字，并不完全。" / "\"{label}\" is {given} yuan, the parts listed add up to {expected}, difference {difference}; the list ends with 等.",
        advice: "请补齐分项。" / "Complete the list.",
        why: "列举不全就无法核对" / "an incomplete list cannot be checked",
        how: "同 S35，分项文字带“等”时判为须核对" / "as S35, where the list says 等",
        source: "财预〔2020〕10号",
    }
    /// The three public expenses do not add up.
    SANGONG_DOES_NOT_ADD_UP = "S35-2", Error, v 1 {
        name: "三公经费父行与子行不符" / "three public expenses do not add up",
        message: "“{label}”写 {given} 元，按其中项应为 {expected} 元，相差 {difference} 元。" / "\"{label}\" says {given} yuan, its parts {expected}, difference {difference}.",
        advice: "请核对：合计 = 出国 + 公车 + 接待；公车 = 购置 + 运行。" / "Check it: total = abroad + vehicles + receptions; vehicles = purchase + running.",
        why: "三公经费最受关注" / "these figures are watched most",
        how: "合计 = 因公出国 + 公务用车 + 公务接待；公务用车 = 购置 + 运行；空白按 0" / "total = trips abroad + vehicles + receptions; vehicles = purchase + running; blank counts 0",
        source: "GovBudgetChecker v3.3",
    }
    /// A line stands below the total and is not in it.
    LINE_AFTER_TOTAL = "S35-3", Warning, v 1 {
        name: "合计行之后还有明细" / "line below the total",
        message: "合计行之后还有“{label}”{given} 元，没有计入合计。" / "\"{label}\" of {given} yuan stands below the total and is not in it.",
        advice: "请移入表内并更正合计，或删去。" / "Move it into the table and correct the total, or delete it.",
        why: "漏在合计之外的支出不会进入汇总" / "what stands outside the total is lost in sums",
        how: "合计行以上已平，以下又有带编码的明细行" / "the lines above the total add up to it, and a coded line follows",
        source: "GovBudgetChecker v3.3",
    }
    /// A hidden row is part of the total.
    HIDDEN_LINE = "S35-4", Info, v 1 {
        name: "隐藏行计入合计" / "hidden row counted in the total",
        message: "隐藏的“{label}”行有 {given} 元，已计入合计。" / "The hidden row \"{label}\" holds {given} yuan and is part of the total.",
        advice: "请取消隐藏并核对。" / "Unhide it and check.",
        why: "看不见的行也在合计里" / "a row that nobody sees is in the total all the same",
        how: "隐藏行上有金额" / "amounts on a hidden row",
        source: "工作簿检查",
    }
    /// A line stands twice.
    LINE_TWICE = "S35-5", Error, v 1 {
        name: "同一明细重复" / "line twice",
        message: "“{label}”连续两行完全相同，{given} 元重复计入。" / "\"{label}\" stands twice with the same amounts; {given} yuan counted twice.",
        advice: "请删去重复的一行。" / "Delete one of them.",
        why: "重复的行会使合计不平" / "a line that stands twice breaks the total",
        how: "同一上级下编码、名称、各列金额都相同，且上级之和不平" / "same code, name and amounts below one parent, and the parent does not add up",
        source: "GovBudgetChecker v3.3",
    }
    /// Code and name of a subject do not belong together.
    CODE_AND_NAME_DIFFER = "S35-6", Warning, v 1 {
        name: "科目编码与名称不符" / "code and name differ",
        message: "编码 {code} 是“{expected}”，名称写“{given}”。" / "Code {code} is \"{expected}\", the name says \"{given}\".",
        advice: "请核对科目。" / "Check the subject.",
        why: "编码错一位，支出就归错类" / "one wrong digit puts spending into the wrong class",
        how: "名称是同一分类下另一编码的标准名称" / "the name is the standard name of another code of the same classification",
        source: "政府收支分类科目",
    }
    /// A subject is not named as the classification names it.
    NAME_NOT_STANDARD = "S35-7", Info, v 1 {
        name: "科目名称不规范" / "subject not named as in the classification",
        message: "“{given}”应为“{expected}”。" / "\"{given}\" should read \"{expected}\".",
        advice: "请按政府收支分类科目填写。" / "Use the name of the classification.",
        why: "名称不规范就不能按名称汇总" / "sums by name need standard names",
        how: "与标准名称只差“和”等个别字" / "differs from a standard name by a character or two",
        source: "政府收支分类科目",
    }
    /// Total income is not total expenditure.
    INCOME_NOT_EXPENDITURE = "S35-8", Error, v 1 {
        name: "收入总计与支出总计不等" / "income is not expenditure",
        message: "收入总计 {given} 元，支出总计 {expected} 元，相差 {difference} 元。" / "Total income {given} yuan, total expenditure {expected}, difference {difference}.",
        advice: "请核对收支两边。" / "Check both sides.",
        why: "收支总表两边必须相等" / "both sides of the table must be equal",
        how: "收入总计 = 支出总计" / "total income = total expenditure",
        source: "GovBudgetChecker v3.3",
    }
    /// Two tables of a file disagree on the same subject.
    TABLES_DISAGREE = "S35-9", Error, v 1 {
        name: "同一文件两张表的同一科目不等" / "two tables disagree",
        message: "“{label}”在本表为 {given} 元，在“{other}”为 {expected} 元，相差 {difference} 元。" / "\"{label}\" is {given} yuan here and {expected} in \"{other}\", difference {difference}.",
        advice: "请核对两张表。" / "Check both tables.",
        why: "同一数在各表应当一致" / "the same figure must be the same in all tables",
        how: "同一文件、同一年度、同一口径的两张支出表，类级科目和总计相等；容差由单位与小数位推得" / "classes and total of two expenditure tables of one file, year and scope; tolerance from unit and decimals",
        source: "GovBudgetChecker v3.3",
    }
    /// Satisfaction of one hundred percent without a sample.
    SAMPLE_UNKNOWN = "S36", Info, v 1 {
        name: "满意度100%而无样本" / "satisfaction of 100 % without a sample",
        message: "满意度完成值为 100%，没有样本量。" / "Satisfaction is 100 %, no sample is stated.",
        advice: "请注明问卷份数。" / "State how many were asked.",
        why: "没有样本量的满意度无法采信" / "satisfaction without a sample proves nothing",
        how: "满意度指标完成值 = 100%，原因栏与评分标准都不提样本" / "satisfaction = 100 %, neither note nor criteria speak of a sample",
        source: "财预〔2020〕10号",
    }
}
