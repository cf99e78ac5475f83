//! What a label can mean.
//!
//! Why: the same word lives in several kinds (`得分`, `合计`, `指标`); context picks. A concept is one meaning of one kind.
//! Every concept is declared here once; its words stand in `vocabulary.toml` under the same code.

use serde::{Deserialize, Serialize};

macro_rules! concepts {
    ($($kind:ident = $kind_code:literal { $($(#[doc = $doc:literal])+ $name:ident = $code:literal;)+ })+) => {
        /// The family of meanings a concept belongs to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $(
            #[doc = concat!("Concepts `", $kind_code, ".*`.")]
            $kind,
        )+ }

        impl Kind {
            /// Its place in a set of kinds.
            pub(super) const fn bit(self) -> u32 { 1 << self as u32 }
        }

        /// One meaning of a label.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Concept { $($(
            $(#[doc = $doc])+
            #[serde(rename = $code)]
            $name,
        )+)+ }

        impl Concept {
            /// All of them, in the order of this file.
            pub const ALL: &'static [Self] = &[$($(Self::$name),+),+];
            /// Its code: the key in `vocabulary.toml`.
            pub const fn code(self) -> &'static str { match self { $($(Self::$name => $code),+),+ } }
            /// The family it belongs to.
            pub const fn kind(self) -> Kind { match self { $($(Self::$name => Kind::$kind),+),+ } }
            /// Its place in a set of concepts.
            const fn bit(self) -> u128 { 1 << self as u32 }
            /// By its code.
            pub fn by_code(code: &str) -> Option<Self> { match code { $($($code => Some(Self::$name),)+)+ _ => None } }
        }

        const _: () = assert!(Concept::ALL.len() <= u128::BITS as usize, "a set of concepts holds no more");
    };
}

/// Some concepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Concepts(u128);

impl Concepts {
    /// These.
    pub(super) const fn of(mut concepts: &[Concept]) -> Self {
        let mut set = 0;
        while let [first, rest @ ..] = concepts {
            set |= first.bit();
            concepts = rest;
        }
        Self(set)
    }

    /// With one more.
    #[must_use]
    pub(super) const fn with(self, concept: Concept) -> Self {
        Self(self.0 | concept.bit())
    }

    /// Whether it is one of them.
    pub(super) const fn has(self, concept: Concept) -> bool {
        self.0 & concept.bit() != 0
    }

    /// Whether some are in both.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Columns of levels.
pub(super) const LEVEL_COLUMNS: Concepts =
    Concepts::of(&[Concept::Level1, Concept::Level2, Concept::Level3, Concept::Level4]);

concepts! {
    Head = "head" {
        /// 项目名称
        Project = "head.project";
        /// 项目编码
        ProjectCode = "head.project_code";
        /// 主管部门
        Department = "head.department";
        /// 实施单位
        Unit = "head.unit";
        /// 单位名称, 填报单位: the one organisation of a form that has no other
        Organisation = "head.organisation";
        /// 年度, 预算年度
        Year = "head.year";
        /// 填报日期
        Filed = "head.filed";
        /// 自评总分
        SelfScore = "head.self_score";
        /// 财政审核评分
        ReviewScore = "head.review_score";
        /// 评价等级
        Grade = "head.grade";
        /// 单位：万元
        MoneyUnit = "head.money_unit";
        /// Any other label of a form's head: persons, telephones, attributes, dates
        OtherField = "head.other";
    }
    Money = "money" {
        /// 年初预算数
        Original = "money.original";
        /// 全年预算数
        Revised = "money.revised";
        /// 预算数 without saying which
        Budget = "money.budget";
        /// 全年执行数
        Outturn = "money.outturn";
        /// 执行率
        Rate = "money.rate";
        /// 到位数
        Received = "money.received";
        /// 全年预计执行数
        Forecast = "money.forecast";
        /// 调整数
        Adjustment = "money.adjustment";
        /// 结余
        Balance = "money.balance";
        /// 金额
        Amount = "money.amount";
        /// 中期, 跨年总额
        MultiYear = "money.multi_year";
    }
    Source = "source" {
        /// 年度资金总额
        Total = "source.total";
        /// 当年财政拨款
        Fiscal = "source.fiscal";
        /// 上年结转资金
        Carryover = "source.carryover";
        /// 其他资金
        Other = "source.other";
        /// A source of the form's own: 中央, 省级, 事业收入, 基本支出
        Own = "source.own";
    }
    Column = "column" {
        /// 一级指标
        Level1 = "column.level1";
        /// 二级指标
        Level2 = "column.level2";
        /// 三级指标
        Level3 = "column.level3";
        /// 四级指标
        Level4 = "column.level4";
        /// 指标名称
        IndicatorName = "column.name";
        /// 年度指标值
        Target = "column.target";
        /// 调整指标值
        AdjustedTarget = "column.adjusted_target";
        /// 计算符号
        Operator = "column.operator";
        /// 度量单位
        UnitOfMeasure = "column.unit";
        /// 实际完成值
        Actual = "column.actual";
        /// 分值
        Weight = "column.weight";
        /// 得分
        Score = "column.score";
        /// 复核分
        Review = "column.review";
        /// 偏差原因分析及改进措施
        Note = "column.note";
        /// 定量/定性
        Nature = "column.nature";
        /// 评分标准
        Criteria = "column.criteria";
        /// 得分系数, 扣分
        Coefficient = "column.coefficient";
        /// 序号
        Serial = "column.serial";
        /// 完成目标可能性
        Possibility = "column.possibility";
        /// Any other column of an indicator table
        OtherColumn = "column.other";
    }
    Level = "level" {
        /// 产出指标
        Output = "level.output";
        /// 效益指标
        Benefit = "level.benefit";
        /// 满意度指标
        Satisfaction = "level.satisfaction";
        /// 成本指标
        Cost = "level.cost";
        /// 决策
        Decision = "level.decision";
        /// 过程, 管理
        Process = "level.process";
        /// 投入
        Input = "level.input";
        /// 预算执行率 as a level of its own
        Execution = "level.execution";
        /// Any other word of the first level
        OtherLevel = "level.other";
        /// 数量指标, 质量指标: the second level
        Second = "level.second";
    }
    Section = "section" {
        /// 年度总体目标
        GoalSection = "section.goal";
        /// 绩效指标, beside the table
        IndicatorSection = "section.indicator";
        /// 项目资金
        MoneySection = "section.money";
        /// 基本情况
        BasicSection = "section.basic";
        /// 预期目标
        GoalExpected = "section.expected";
        /// 实际完成情况
        GoalActual = "section.actual";
    }
    Sum = "sum" {
        /// 总分
        GrandTotal = "sum.total";
        /// 小计
        Subtotal = "sum.sub";
    }
    Tail = "tail" {
        /// 备注, 审核意见, 填表人
        TailLine = "tail.line";
    }
    Budget = "budget" {
        /// 科目编码
        Code = "budget.code";
        /// 类
        CodeClass = "budget.class";
        /// 款
        CodeSubclass = "budget.subclass";
        /// 项
        CodeItem = "budget.item";
        /// 科目名称
        BudgetName = "budget.name";
        /// 行次
        LineNumber = "budget.line";
        /// 收入, over the left half
        IncomeHalf = "budget.income";
        /// 支出, over the right half
        ExpenditureHalf = "budget.expenditure";
        /// 基本支出
        Basic = "budget.basic";
        /// 项目支出
        ProjectExpenditure = "budget.project";
        /// 财政拨款
        FiscalColumn = "budget.fiscal";
        /// 一般公共预算
        General = "budget.general";
        /// 政府性基金
        Fund = "budget.fund";
        /// 国有资本经营
        Capital = "budget.capital";
        /// 上年结转
        CarryoverColumn = "budget.carryover";
        /// 人员经费
        Personnel = "budget.personnel";
        /// 公用经费
        Operating = "budget.operating";
        /// 上年数
        LastYear = "budget.last_year";
        /// 比上年增减
        Change = "budget.change";
        /// Any other money column of a budget table
        OtherMoney = "budget.other_money";
        /// 三公经费 and its parts
        Sangong = "budget.sangong";
        /// Any other column of a budget table
        BudgetOther = "budget.other";
    }
}

#[cfg(test)]
mod tests {
    use super::Concept;

    #[test]
    fn codes_find_their_concept() {
        for &concept in Concept::ALL {
            assert_eq!(Concept::by_code(concept.code()), Some(concept));
        }
    }
}
