//! The parts of a form.

use super::{Classification, FormKind, Measure, Source};
use crate::quantity::{Amount, Area, CellRef, Decimal, Entry, Points, Text};
use serde::{Deserialize, Serialize};

/// A value, the words it was read from, and the cell they stand in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field<T> {
    /// The cell; top left of a merge.
    pub cell: CellRef,
    /// As written, for people.
    pub given: Text,
    /// What it says.
    pub entry: Entry<T>,
}

impl<T> Field<T> {
    /// The value, if one was given.
    pub fn value(&self) -> Option<&T> {
        self.entry.given()
    }
}

/// The value of a field that may be absent altogether.
pub trait FieldExt<T> {
    /// The value, if the field is there and one was given.
    fn get(&self) -> Option<&T>;
}

impl<T> FieldExt<T> for Option<Field<T>> {
    fn get(&self) -> Option<&T> {
        self.as_ref().and_then(Field::value)
    }
}

/// A name and the code that stood before it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Name {
    /// Without code prefix, trimmed.
    pub name: Text,
    /// `219`, `105210`, `51092324T000010263357`.
    pub code: Option<Text>,
}

/// A calendar date; parts that are not written are 0 (`9月前` has no year).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    /// Year, or 0.
    pub year: u16,
    /// Month from 1, or 0.
    pub month: u8,
    /// Day from 1, or 0.
    pub day: u8,
}

/// What stands above the blocks of a form.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Head {
    /// The title as written, and where.
    pub title: Option<(CellRef, Text)>,
    /// 主管部门, or the one organisation the form names.
    pub department: Option<Field<Name>>,
    /// 实施单位.
    pub unit: Option<Field<Name>>,
    /// 项目名称.
    pub project: Option<Field<Name>>,
    /// The year the form is about; from period line, title, sheet name or project name.
    pub year: Option<Field<u16>>,
    /// The date of filing.
    pub filed: Option<Field<Date>>,
    /// A grade that the form states.
    pub grade: Option<Field<Text>>,
    /// Goals as text: expected and achieved.
    pub goals: Vec<(CellRef, Text)>,
}

/// One row of the funding block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FundingRow {
    /// The source.
    pub source: Source,
    /// The label as written.
    pub label: Text,
    /// Row on the sheet from 0.
    pub row: u32,
    /// 年初预算数.
    pub original_budget: Option<Field<Amount>>,
    /// 全年预算数.
    pub revised_budget: Option<Field<Amount>>,
    /// 全年执行数.
    pub outturn: Option<Field<Amount>>,
    /// 执行率 as a fraction.
    pub rate: Option<Field<Decimal>>,
    /// 分值 of the execution rate.
    pub weight: Option<Field<Points>>,
    /// 得分 of the execution rate.
    pub score: Option<Field<Points>>,
    /// The reason given for a low rate.
    pub note: Option<Field<Text>>,
}

/// How an actual is compared with a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operator {
    /// At least.
    Ge,
    /// At most.
    Le,
    /// Exactly.
    Eq,
    /// More than.
    Gt,
    /// Less than.
    Lt,
}

impl Operator {
    /// As in the column `operator`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ge => ">=",
            Self::Le => "<=",
            Self::Eq => "=",
            Self::Gt => ">",
            Self::Lt => "<",
        }
    }
}

/// What a target or an actual says. Where the text cannot be compared with another, only `text` of its field is there.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Goal {
    /// The operator in the text, or in the operator column beside it.
    pub operator: Option<Operator>,
    /// The number, in `unit`; percent as 90, not 0.9. The lower end of an interval.
    pub value: Option<Decimal>,
    /// The upper end of an interval.
    pub upper: Option<Decimal>,
    /// The unit in the text, or in the unit column beside it.
    pub unit: Option<Text>,
    /// `约`, `近`, `余`: no hard comparison.
    pub approximate: bool,
    /// A date, for `9月前` and the like.
    pub date: Option<Date>,
}

/// A level of an indicator's place: words as written, and the weight in brackets behind them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// The cell that says it; shared by all rows of a merge.
    pub cell: CellRef,
    /// As written.
    pub text: Text,
    /// Canonical name, without number, weight and the word 指标.
    pub name: Text,
    /// `决策 (20分)`: 20; or a weight column of this level.
    pub weight: Option<Points>,
}

/// One row of the indicator table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Row on the sheet from 0.
    pub row: u32,
    /// 一级指标.
    pub level1: Option<Level>,
    /// 二级指标.
    pub level2: Option<Level>,
    /// 三级指标.
    pub level3: Option<Level>,
    /// 年度指标值.
    pub target: Option<Field<Goal>>,
    /// 实际完成值.
    pub actual: Option<Field<Goal>>,
    /// 度量单位, from its own column or the target's text.
    pub unit_of_measure: Option<Text>,
    /// 分值.
    pub weight: Option<Field<Points>>,
    /// 得分.
    pub score: Option<Field<Points>>,
    /// A second score by the finance bureau (财政审核评分, 复核得分).
    pub review_score: Option<Field<Points>>,
    /// 偏差原因分析及改进措施.
    pub note: Option<Field<Text>>,
    /// 定量/定性 where the form says so.
    pub nature: Option<Field<Text>>,
    /// 评分标准, 得分计算方法.
    pub criteria: Option<Field<Text>>,
    /// Whether this is the form's own line for the execution rate (level 1 = 预算执行率).
    pub execution_line: bool,
    /// Where the row is found: the score's cell, also when blank; without a score column the actual's, else the target's.
    pub cell: CellRef,
}

/// The total row, and totals in the head.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// 分值 of the total row.
    pub weight: Option<Field<Points>>,
    /// 得分 of the total row, 自评总分.
    pub score: Option<Field<Points>>,
    /// Total of the second score.
    pub review_score: Option<Field<Points>>,
}

/// One line of a budget, execution or final-account table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BudgetLine {
    /// Row on the sheet from 0.
    pub row: u32,
    /// Where its name (or code) stands.
    pub cell: CellRef,
    /// By what it is classified.
    pub classification: Classification,
    /// Code with its parts joined.
    pub code: Option<Text>,
    /// Name as written, trimmed.
    pub name: Text,
    /// Depth: 1 for a class or a line right below the total, 2 for its parts, …; null for the total.
    pub level: Option<u32>,
    /// Whether it is the table's grand total.
    pub is_total: bool,
    /// 年初预算数.
    pub original_budget: Option<Field<Amount>>,
    /// 调整预算数.
    pub revised_budget: Option<Field<Amount>>,
    /// 执行数, 决算数.
    pub outturn: Option<Field<Amount>>,
    /// 执行率 as a fraction.
    pub rate: Option<Field<Decimal>>,
}

/// What a figure is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FigureValue {
    /// Money.
    Money(Amount),
    /// Anything else, a rate as a fraction without unit.
    Number {
        /// The number.
        value: Decimal,
        /// Its unit of measure.
        unit: Option<Text>,
    },
}

/// A figure of the table `amounts`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The cell.
    pub cell: CellRef,
    /// As written.
    pub given: Text,
    /// What it is.
    pub value: FigureValue,
    /// Classification of its line.
    pub classification: Option<Classification>,
    /// Code of its line.
    pub code: Option<Text>,
    /// Name of its line.
    pub name: Option<Text>,
    /// Header path above it, levels joined by ` / `.
    pub header: Option<Text>,
    /// What it is taken for.
    pub measure: Option<Measure>,
}

/// One form on a sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// Position in the file from 1, in the order of sheets and rows.
    pub n: u32,
    /// What it is.
    pub kind: FormKind,
    /// The definition that fitted best: `project_self_eval.sichuan`.
    pub definition: Text,
    /// Sheet by index.
    pub sheet: u32,
    /// Name of the sheet.
    pub sheet_name: Text,
    /// Its area.
    pub range: Area,
    /// How sure the recognition is, 0 to 1.
    pub confidence: f32,
    /// The kind that came second.
    pub runner_up: Option<(FormKind, f32)>,
    /// What stands above the blocks.
    pub head: Head,
    /// The funding block.
    pub funding: Vec<FundingRow>,
    /// Indicator rows, the execution-rate line among them where the form scores it.
    pub indicators: Vec<Indicator>,
    /// Totals as printed.
    pub totals: Totals,
    /// Whether the form has a column for weights, scores, targets, actuals at all.
    pub has_weight: bool,
    /// See `has_weight`.
    pub has_score: bool,
    /// See `has_weight`.
    pub has_target: bool,
    /// See `has_weight`.
    pub has_actual: bool,
    /// Whether it has a place for reasons (偏差原因).
    pub has_note: bool,
    /// Budget lines.
    pub lines: Vec<BudgetLine>,
    /// Figures for `amounts`: all of a budget table, and those of an evaluation without a column of their own.
    pub figures: Vec<Figure>,
    /// Numeric cells that nobody claimed.
    pub unclaimed: Vec<CellRef>,
    /// The template's instructions and placeholder rows that were skipped, for S17.
    pub leftovers: Vec<(CellRef, Text)>,
}

/// A cell and the field it was taken for, as `inspect` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// Name of the field: `project`, `funding.total.outturn`, `indicator.3.score`.
    pub field: String,
    /// The cell.
    pub cell: CellRef,
    /// As written.
    pub given: Text,
    /// As normalised; null for blank, not applicable and unreadable.
    pub value: Option<String>,
}
