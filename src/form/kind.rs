//! The kinds of forms, funding sources, measures and classifications: every code that stands in a table.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $vdoc:literal])+ $variant:ident = $code:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[doc = $vdoc])+ $variant,)+ }
        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The stable code in tables.
            pub const fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            /// The words shown to people.
            pub const fn words(self) -> crate::finding::Words {
                match self { $(Self::$variant => crate::finding::Words::new($zh, $en)),+ }
            }
            /// By its code.
            pub fn by_code(code: &str) -> Option<Self> { match code { $($code => Some(Self::$variant),)+ _ => None } }
        }
    };
}

codes! {
    /// What a form is.
    FormKind {
        /// Self-evaluation of a project, 财预〔2020〕10号 annex 1.
        ProjectSelfEval = "project_self_eval", "项目支出绩效自评表", "project self-evaluation";
        /// Self-evaluation of a whole department.
        DeptSelfEval = "dept_self_eval", "部门整体支出绩效自评表", "department self-evaluation";
        /// Score card of a whole department.
        DeptScoreCard = "dept_score_card", "部门整体评分表", "department score card";
        /// Score table of a departmental or finance-bureau evaluation, 财预〔2020〕10号 annex 2.
        EvaluationScore = "evaluation_score", "绩效评价评分表", "evaluation score table";
        /// In-year monitoring, 财预〔2019〕136号.
        Monitoring = "monitoring", "绩效运行监控表", "monitoring sheet";
        /// Declaration of objectives, 财预〔2015〕88号.
        TargetDeclaration = "target_declaration", "绩效目标申报表", "target declaration";
        /// Self-evaluation of a transfer from above.
        TransferSelfEval = "transfer_self_eval", "转移支付绩效自评表", "transfer self-evaluation";
        /// Budget execution table.
        BudgetExecution = "budget_execution", "预算执行情况表", "budget execution table";
        /// Expenditure by economic classification.
        EconDetail = "econ_detail", "经济分类支出明细表", "economic classification detail";
        /// Any other published budget table.
        BudgetTable = "budget_table", "预算公开表", "budget table";
        /// Any other published final-account table.
        FinalAccount = "final_account", "决算公开表", "final-account table";
    }
}

impl FormKind {
    /// Whether it is a row of `evaluations`; the others are budget tables and go to `budget_lines` and `amounts`.
    pub const fn is_evaluation(self) -> bool {
        !matches!(self, Self::BudgetExecution | Self::EconDetail | Self::BudgetTable | Self::FinalAccount)
    }

    /// The order in which kinds of forms are taken for a project. `None`: not about a project.
    pub const fn project_order(self) -> Option<u8> {
        match self {
            Self::ProjectSelfEval => Some(0),
            Self::TransferSelfEval => Some(1),
            Self::EvaluationScore => Some(2),
            _ => None,
        }
    }

    /// The order in which department-wide forms are taken. `None`: not department-wide.
    pub const fn whole_order(self) -> Option<u8> {
        match self {
            Self::DeptSelfEval => Some(0),
            Self::DeptScoreCard => Some(1),
            _ => None,
        }
    }
}

codes! {
    /// What an amount measures.
    Measure {
        /// 年初预算数
        OriginalBudget = "original_budget", "年初预算数", "original budget";
        /// 全年预算数, 调整预算数
        RevisedBudget = "revised_budget", "全年预算数", "revised budget";
        /// 执行数, 决算数
        Outturn = "outturn", "执行数", "outturn";
        /// 基本支出
        Basic = "basic", "基本支出", "basic expenditure";
        /// 项目支出
        Project = "project", "项目支出", "project expenditure";
        /// 财政拨款
        Fiscal = "fiscal", "财政拨款", "fiscal appropriation";
        /// 一般公共预算
        General = "general", "一般公共预算", "general public budget";
        /// 政府性基金
        Fund = "fund", "政府性基金", "government-managed funds";
        /// 国有资本经营预算
        Capital = "capital", "国有资本经营", "state capital operations";
        /// 上年结转
        Carryover = "carryover", "上年结转", "carry-over";
        /// 其他资金
        Other = "other", "其他资金", "other money";
        /// 人员经费
        Personnel = "personnel", "人员经费", "personnel expenditure";
        /// 公用经费
        Operating = "operating", "公用经费", "operating expenditure";
        /// 上年数
        LastYear = "last_year", "上年数", "last year";
        /// 预算调整数
        Adjustment = "adjustment", "预算调整数", "adjustment";
        /// 全年预计执行数
        Forecast = "forecast", "全年预计执行数", "forecast outturn";
        /// 结余, 剩余
        Balance = "balance", "结余", "balance";
        /// 执行率 of a line
        ExecutionRate = "execution_rate", "执行率", "execution rate";
        /// 跨年项目总额
        MultiYearTotal = "multi_year_total", "项目总额（跨年）", "multi-year total";
        /// 得分系数 and the like
        Coefficient = "coefficient", "系数", "coefficient";
    }
}

codes! {
    /// By what a budget line is classified.
    Classification {
        /// 经济分类
        Economic = "economic", "经济分类", "economic";
        /// 功能分类
        Functional = "functional", "功能分类", "functional";
        /// By project.
        Project = "project", "项目", "project";
        /// 三公经费
        Sangong = "sangong", "三公经费", "three public expenses";
        /// Anything else: income, expenditure kinds, departments.
        Other = "other", "其他", "other";
    }
}

/// Where money comes from: a row of the funding block.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Source {
    /// 年度资金总额
    Total,
    /// 当年财政拨款
    Fiscal,
    /// 上年结转资金
    Carryover,
    /// 其他资金
    Other,
    /// The form's own row, under its own words.
    Own(crate::quantity::Text),
}

impl Source {
    /// What stands in the column `source`.
    pub fn code(&self) -> &str {
        match self {
            Self::Total => "total",
            Self::Fiscal => "fiscal",
            Self::Carryover => "carryover",
            Self::Other => "other",
            Self::Own(words) => words,
        }
    }
}
