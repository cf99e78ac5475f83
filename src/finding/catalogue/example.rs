//! Examples: for every check of contents one case that passes and one that fails.
//!
//! Why: an example says more than a definition, and one that is run cannot lie. A case is a correct form, drawn as text,
//! with a few cells changed; tests draw it, read it and check it like any submission, `jixiao rules CODE` shows it.
//!
//! The drawings use the notation of [`Sheet::drawn`](crate::book::Sheet::drawn).

/// A correct form, drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawing {
    /// National project self-evaluation.
    Project,
    /// Score table of an evaluation.
    Evaluation,
    /// Budget execution by function.
    Execution,
    /// Expenditure by economic classification.
    Economic,
    /// 支出预算总表.
    Expenditure,
    /// 收支预算总表.
    Balance,
    /// 三公经费预算表.
    Sangong,
    /// Budget execution by project.
    Projects,
}

impl Drawing {
    /// Name of its sheet, and its rows.
    pub const fn sheet(self) -> (&'static str, &'static str) {
        match self {
            Self::Project => ("自评表", include_str!("drawings/project.txt")),
            Self::Evaluation => ("评分表", include_str!("drawings/evaluation.txt")),
            Self::Execution => ("执行情况表", include_str!("drawings/execution.txt")),
            Self::Economic => ("支出明细表", include_str!("drawings/economic.txt")),
            Self::Expenditure => ("支出预算总表", include_str!("drawings/expenditure.txt")),
            Self::Balance => ("收支预算总表", include_str!("drawings/balance.txt")),
            Self::Sangong => ("三公经费预算表", include_str!("drawings/sangong.txt")),
            Self::Projects => ("项目执行情况表", include_str!("drawings/projects.txt")),
        }
    }
}

/// A changed cell: sheet from 1 over all files, address, and the word that stands there instead; a row number with the
/// word `hidden` hides that row.
pub type Edit = (usize, &'static str, &'static str);

/// Files, each with its sheets, and what is changed on them.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The sheets of each file.
    pub files: &'static [&'static [Drawing]],
    /// What is changed.
    pub edits: &'static [Edit],
}

/// A case that passes and one that fails.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The rule.
    pub code: &'static str,
    /// Raises nothing of this rule.
    pub passes: Case,
    /// Raises the rule …
    pub fails: Case,
    /// … at this cell of its first sheet.
    pub cell: &'static str,
}

use Drawing::{Balance, Economic, Evaluation, Execution, Expenditure, Project, Projects, Sangong};

type Files = &'static [&'static [Drawing]];
const PROJECT: Files = &[&[Project]];
const EVALUATION: Files = &[&[Evaluation]];
const EXECUTION: Files = &[&[Execution]];
const ECONOMIC: Files = &[&[Economic]];
const TWO_TABLES: Files = &[&[Balance, Expenditure]];
const BALANCE: Files = &[&[Balance]];
const SANGONG: Files = &[&[Sangong]];
const TWO_PROJECTS: Files = &[&[Project], &[Project]];
const REVIEWED: Files = &[&[Project], &[Evaluation]];
const WITH_TABLE: Files = &[&[Project], &[Projects]];

const fn example(code: &'static str, files: Files, cell: &'static str, edits: &'static [Edit]) -> Example {
    Example { code, passes: Case { files, edits: &[] }, fails: Case { files, edits }, cell }
}

const fn passing(example: Example, files: Files, edits: &'static [Edit]) -> Example {
    Example { passes: Case { files, edits }, ..example }
}

/// All examples, in the order of the rules.
pub static EXAMPLES: &[Example] = &[
    example("S01", PROJECT, "H21", &[(1, "H14", "25")]),
    example("S01-1", PROJECT, "H21", &[(1, "H21", "110")]),
    example("S01-2", EVALUATION, "A4", &[(1, "A4", "决策(25分)")]),
    example("S02", PROJECT, "I14", &[(1, "I14", "22")]),
    example("S02-1", PROJECT, "I14", &[(1, "I14", "-1")]),
    example("S03", PROJECT, "I21", &[(1, "I21", "99.69")]),
    example("S04", PROJECT, "I7", &[(1, "I7", "0.9%%")]),
    example("S04-1", EXECUTION, "F6", &[(1, "F6", "0.9%%")]),
    example("S05", PROJECT, "K7", &[(1, "K7", "9")]),
    example("S06", PROJECT, "G7", &[(1, "G7", "124"), (1, "G8", "103.91"), (1, "I7", "1.029%%"), (1, "K7", "10")]),
    passing(
        example(
            "S06-1",
            PROJECT,
            "I7",
            &[(1, "G7", "100.09"), (1, "G8", "80"), (1, "I7", "0.8306%%"), (1, "K7", "8.31")],
        ),
        PROJECT,
        &[
            (1, "G7", "100.09"),
            (1, "G8", "80"),
            (1, "I7", "0.8306%%"),
            (1, "K7", "8.31"),
            (1, "G12", "预算执行偏低，因设备到货延后，尾款转入下年支付"),
        ],
    ),
    example("S06-2", PROJECT, "F7", &[(1, "E7", "60"), (1, "E8", "60")]),
    example("S07", PROJECT, "F7", &[(1, "F7", "0"), (1, "F8", "0"), (1, "F9", "0")]),
    example("S07-1", PROJECT, "F7", &[(1, "F7", "0")]),
    example("S08", PROJECT, "F8", &[(1, "F8", "90")]),
    example("S08-1", PROJECT, "G9", &[(1, "G8", "97.09"), (1, "G9", "21")]),
    example("S08-2", PROJECT, "E7", &[(1, "E7", "")]),
    example("S09", PROJECT, "F8", &[(1, "F8", "1000000")]),
    example("S10", PROJECT, "I15", &[(1, "I15", "9.99")]),
    example("S10-1", PROJECT, "I14", &[(1, "I14", "18")]),
    example("S11", PROJECT, "J15", &[(1, "J15", "")]),
    example("S12", PROJECT, "I15", &[(1, "I15", "10")]),
    example("S12-1", PROJECT, "I16", &[(1, "G16", "2025年2月")]),
    example("S13", PROJECT, "G14", &[(1, "G14", "80次")]),
    example("S14", PROJECT, "F14", &[(1, "F14", "≤50次"), (1, "G14", "50次")]),
    example("S14-1", PROJECT, "F15", &[(1, "F15", "≥100%"), (1, "G15", "100%"), (1, "I15", "10")]),
    example("S15", PROJECT, "G14", &[(1, "G14", "已完成")]),
    example("S15-1", PROJECT, "G14", &[(1, "G14", "≥50次")]),
    example("S15-2", PROJECT, "G15", &[(1, "G15", "0.97"), (1, "I15", "10")]),
    example("S15-3", PROJECT, "G14", &[(1, "G14", "52万元")]),
    example("S16", PROJECT, "D14", &[(1, "D14", "")]),
    example("S16-1", PROJECT, "G14", &[(1, "G14", "")]),
    example("S16-2", PROJECT, "I14", &[(1, "I14", "")]),
    passing(example("S16-3", EVALUATION, "E4", &[]), PROJECT, &[]),
    example(
        "S16-4",
        PROJECT,
        "I14",
        &[
            (1, "I14", ""),
            (1, "I15", ""),
            (1, "I16", ""),
            (1, "I17", ""),
            (1, "I18", ""),
            (1, "I19", ""),
            (1, "I20", ""),
            (1, "I21", ""),
        ],
    ),
    example(
        "S17",
        PROJECT,
        "D14",
        &[(1, "D14", "指标1："), (1, "F14", ""), (1, "G14", ""), (1, "H14", ""), (1, "I14", "")],
    ),
    example("S17-1", PROJECT, "G12", &[(1, "G12", "（简要说明实际完成情况，200字以内）")]),
    example(
        "S18",
        PROJECT,
        "I21",
        &[
            (1, "G7", "120.5"),
            (1, "G8", "100"),
            (1, "G9", "20.5"),
            (1, "I7", "1%%"),
            (1, "K7", "10"),
            (1, "G15", "96%"),
            (1, "I15", "10"),
            (1, "I19", "15"),
            (1, "I21", "100"),
        ],
    ),
    example("S19", PROJECT, "I19", &[(1, "G19", "部分达成预期指标")]),
    example("S20", PROJECT, "H14", &[(1, "H14", "60")]),
    example("S20-1", PROJECT, "B14", &[(1, "B14", "效益指标")]),
    example("S20-2", PROJECT, "B20", &[(1, "B20", "产出指标"), (1, "C20", "质量指标"), (1, "D20", "资料归档率")]),
    example("S21", PROJECT, "F14", &[(1, "D14", "项目资金投入"), (1, "F14", "≥120.5万元"), (1, "G14", "120.5万元")]),
    example("S22", PROJECT, "G17", &[(1, "G17", "110万元")]),
    example("S23", PROJECT, "A2", &[(1, "A2", "（2023年度）")]),
    example("S23-1", PROJECT, "C4", &[(1, "C4", "2023年平安综治网格化项目")]),
    example("S24", TWO_PROJECTS, "C4", &[(2, "C5", "桐江街道办事处")]),
    example("S25", PROJECT, "C5", &[(1, "C5", "嘉北街道综合治理办")]),
    passing(
        example(
            "S25-1",
            TWO_PROJECTS,
            "C5",
            &[
                (1, "C5", "嘉兴经济技术开发区嘉北街道办事处"),
                (2, "C4", "2024年背街小巷保洁项目"),
                (2, "C5", "嘉兴市秀洲区嘉北街道办事处"),
            ],
        ),
        TWO_PROJECTS,
        &[
            (1, "C5", "秀洲区嘉北街道办事处"),
            (2, "C4", "2024年背街小巷保洁项目"),
            (2, "C5", "嘉兴市秀洲区嘉北街道办事处"),
        ],
    ),
    example("S26", EVALUATION, "A15", &[(1, "D15", "4"), (1, "E15", "4")]),
    example("S27", PROJECT, "B14", &[(1, "H14", "25"), (1, "H18", "10")]),
    example("S28", PROJECT, "I21", &[(1, "I21", "#REF!")]),
    example("S28-1", PROJECT, "F7", &[(1, "F7", "'120.50")]),
    example("S28-2", PROJECT, "F7", &[(1, "F7", "'１２０.５")]),
    example("S28-3", PROJECT, "F7", &[(1, "F7", "'待定")]),
    example("S28-4", PROJECT, "F7", &[(1, "F7", "'120万5000元")]),
    example("S29", PROJECT, "B12", &[(1, "B12", "投入120.5万元，其中人员80万元，设备20.5万元")]),
    example("S30", PROJECT, "B12", &[(1, "B12", "总投入120.5万元，劳务费60万元，占80%")]),
    passing(
        example("S30-1", PROJECT, "B12", &[(1, "B12", "项目按计划全部完成，全年预算执行率为80%，各项目标均已实现")]),
        PROJECT,
        &[(1, "B12", "项目按计划全部完成，全年预算执行率为98%，各项目标均已实现")],
    ),
    example("S31", EVALUATION, "D22", &[(1, "D22", "良")]),
    example("S31-1", EVALUATION, "E21", &[(1, "A22", ""), (1, "D22", "")]),
    example("S32", REVIEWED, "I21", &[(2, "E19", "8"), (2, "E21", "86"), (2, "D22", "良")]),
    example(
        "S33",
        WITH_TABLE,
        "G7",
        &[(2, "E4", "100"), (2, "F4", "0.8299%%"), (2, "E6", "176"), (2, "F6", "0.8778%%")],
    ),
    example("S35", EXECUTION, "C6", &[(1, "C6", "25")]),
    example("S35-1", ECONOMIC, "C7", &[(1, "B10", "其他商品和服务支出等"), (1, "C10", "20"), (1, "E10", "1.35%%")]),
    example("S35-2", SANGONG, "D5", &[(1, "D5", "0")]),
    example("S35-3", EXECUTION, "C13", &[(1, "A13", "'2299999"), (1, "B13", "其他支出"), (1, "C13", "5")]),
    example("S35-4", EXECUTION, "C6", &[(1, "6", "hidden")]),
    example(
        "S35-5",
        EXECUTION,
        "C7",
        &[
            (1, "A7", "'2050202"),
            (1, "B7", "小学教育"),
            (1, "C7", "20"),
            (1, "D7", "25"),
            (1, "E7", "24"),
            (1, "F7", "0.96%%"),
            (1, "C5", "20"),
            (1, "D5", "25"),
            (1, "E5", "24"),
            (1, "F5", "0.96%%"),
            (1, "C4", "20"),
            (1, "D4", "25"),
            (1, "E4", "24"),
            (1, "F4", "0.96%%"),
            (1, "C12", "120"),
            (1, "D12", "135"),
            (1, "E12", "128.5"),
            (1, "F12", "0.9519%%"),
        ],
    ),
    example("S35-6", ECONOMIC, "A9", &[(1, "B9", "委托业务费")]),
    example("S35-7", ECONOMIC, "A10", &[(1, "B10", "其他商品服务支出")]),
    example("S35-8", BALANCE, "B10", &[(1, "B9", "90000"), (1, "B10", "1790000")]),
    example(
        "S35-9",
        TWO_TABLES,
        "D5",
        &[(1, "D5", "610000"), (1, "D10", "1790000"), (1, "B9", "90000"), (1, "B10", "1790000")],
    ),
    example("S36", PROJECT, "G20", &[(1, "G20", "100%")]),
    passing(
        example(
            "D02",
            TWO_PROJECTS,
            "B12",
            &[(1, "B12", COPIED), (2, "C4", "2024年背街小巷保洁项目"), (2, "C5", "桐江街道办事处"), (2, "B12", COPIED)],
        ),
        TWO_PROJECTS,
        &[
            (1, "B12", COPIED),
            (2, "C4", "2024年背街小巷保洁项目"),
            (2, "C5", "桐江街道办事处"),
            (2, "B12", "保洁背街小巷四十条，日产日清，居民投诉及时办结"),
        ],
    ),
];

const COPIED: &str = "组织网格员常态化巡查走访，及时发现并整改安全隐患，化解矛盾纠纷，提升居民安全感和满意度";

/// The example of a rule.
pub fn find(code: &str) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.code == code)
}
