//! About how a form was read (`R..`).

rules! {
    /// Numeric cells of a form that nobody claimed.
    UNCLAIMED = "R01", Info, v 1 {
        name: "表内有未识别的数字" / "numbers nobody claimed",
        message: "表内有 {count} 个数字没有归入任何栏目：{cells}。" / "{count} numbers of the form belong to no known column: {cells}.",
        advice: "这些数字没有参与计算；如属正表内容，请用 inspect 查看。" / "They take no part in any computation; look at them with inspect.",
        why: "任何数字都不能不声不响地丢掉" / "no number is dropped silently",
        how: "识别出的表内每个数字单元格，要么归入一个栏目，要么列在这里" / "each numeric cell of a recognised form is claimed by a field or listed here",
        source: "INTERFACE 3 amounts",
    }
    /// The kind of a form was not told apart clearly.
    UNSURE_KIND = "R02", Info, v 1 {
        name: "表种识别把握不大" / "kind of form not certain",
        message: "本表按“{kind}”读取，把握 {confidence}；其次像“{second}”。" / "Read as {kind} with confidence {confidence}; next likely: {second}.",
        advice: "请核对表种；可补上标题，或用 --forms 加入本地表样。" / "Check the kind; add the title, or add your own form with --forms.",
        why: "按错的表种读出的数字放错了栏目" / "numbers read as the wrong kind stand in the wrong columns",
        how: "各表样证据之差小于定值，把握低于 0.6" / "the margin between the evidence of two kinds is small: confidence below 0.6",
        source: "DOMAIN 1.1",
    }
    /// An area that nearly is a form.
    NEAR_MISS = "R03", Info, v 1 {
        name: "像是某种表，但缺少要件" / "nearly a form",
        message: "{range} 像“{kind}”，但缺少：{missing}。" / "{range} looks like {kind} but lacks: {missing}.",
        advice: "请核对是否缺页或被删去表头。" / "Check whether a page or the head of the table is missing.",
        why: "读不出的表不进入任何汇总" / "what was not read takes no part in anything",
        how: "证据达到半数而未过识别线" / "half of the evidence is there, less than recognition needs",
        source: "DOMAIN 1.1",
    }
    /// A column head that no word family knows.
    UNKNOWN_COLUMN = "R04", Info, v 1 {
        name: "不认识的栏目名" / "unknown column head",
        message: "栏目“{label}”不在词表中，其内容未归入固定栏目{near}。" / "The column `{label}` is in no word family; its contents stand in no fixed column{near}.",
        advice: "如属已知栏目的另一种叫法，可在 mappings.toml 中确认。" / "If it is another name of a known column, confirm it in mappings.toml.",
        why: "叫法不同的栏目可能漏读" / "a column under another name may be missed",
        how: "表头叶栏去掉序号、括注后与词族逐一比较" / "the leaf head without numbers and notes is compared with all families",
        source: "DOMAIN 1.10",
    }
    /// The sign of a target was repaired.
    LOOK_ALIKE = "R05", Info, v 1 {
        name: "形近字已按原意读取" / "look-alike read as meant",
        message: "“{given}”中的算符疑为扫描误识，已按 ≥ 读取。" / "The operator in `{given}` seems misread by scanning; it was read as ≥.",
        advice: "请核对原表并更正。" / "Check the original and correct it.",
        why: "“290%”原为“≥90%”，照字面读则永远达不到" / "`290%` was `≥90%`; read literally it can never be reached",
        how: "比率超过 100% 且以 2 或 Z 开头时，唯一合理的读法是 ≥" / "a rate above 100 % that begins with 2 or Z has only one sensible reading",
        source: "DOMAIN 2.4",
    }
    /// Columns whose meaning was told from their numbers.
    TOLD_BY_NUMBERS = "R06", Info, v 1 {
        name: "栏目由数据推定" / "column told from its numbers",
        message: "有 {count} 个没有表头的数字栏，按位置与数值关系认定为分值或得分。" / "{count} columns without a head were taken for weight or score by place and arithmetic.",
        advice: "请补上表头后核对。" / "Add the head and check.",
        why: "没有表头的数字栏可能另有含义" / "a column without a head may mean something else",
        how: "每行 得分 ≤ 分值，分值合计为 100、90 或 80" / "score ≤ weight on each row, weights adding to 100, 90 or 80",
        source: "财预〔2020〕10号",
    }
}
