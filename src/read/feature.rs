//! The evidence an area gives for its kind: a set of named features.
//!
//! Input → output: what was read of an area → [`Features`]; each definition weighs them.

macro_rules! features {
    ($($name:ident: $words:literal;)+) => {
        /// One feature.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(non_camel_case_types, reason = "the variants are the keys of the definitions")]
        pub(super) enum Feature { $($name,)+ }
        const NAMES: &[(&str, Feature, &str)] = &[$((stringify!($name), Feature::$name, $words),)+];
    };
}

features! {
    field_project: "有项目名称栏";
    department_only: "有部门栏而无项目名称栏";
    role_target: "指标表有指标值列";
    role_actual: "指标表有完成值列";
    role_weight: "指标表有分值列";
    role_score: "指标表有得分列";
    role_operator: "指标表有算符列";
    role_unit: "指标表有计量单位列";
    role_criteria: "指标表有评分标准列";
    no_target: "没有指标值列";
    no_actual: "没有完成值列";
    no_weight: "没有分值列";
    no_score: "没有得分列";
    no_levels: "没有一、二级指标";
    indicator_table: "有指标表";
    money_block: "有资金块";
    no_money: "没有资金块";
    execution_scored: "资金块有分值或得分";
    measure_original: "有年初预算数";
    measure_revised: "有全年（调整）预算数";
    measure_budget: "有不注明的预算数";
    measure_outturn: "有执行数、决算数";
    measure_rate: "有执行率";
    measure_forecast: "有全年预计";
    measure_multi_year: "有中期或跨年总额";
    no_measure_original: "没有年初预算数";
    levels_output: "一级指标有产出、效益、满意度";
    levels_evaluation: "一级指标有决策、过程";
    levels_department: "一级指标有投入、部门决策、综合管理、履职";
    possibility: "有完成目标可能性";
    double: "一行两套指标";
    goal_actual: "有目标完成情况";
    budget_head: "有预算表表头";
    no_budget_head: "没有预算表表头";
    codes_economic: "编码或科目为经济分类";
    codes_functional: "编码或科目为功能分类";
}

/// A key of `[evidence]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// A feature holds.
    Feature(Feature),
    /// A word stands in a label: `word:…`.
    Word(String),
}

impl Key {
    /// `None`: no key.
    pub(super) fn parse(key: &str) -> Option<Self> {
        match key.strip_prefix("word:") {
            Some(word) => (!word.is_empty()).then(|| Self::Word(word.to_owned())),
            None => NAMES.iter().find(|(name, ..)| *name == key).map(|(_, feature, _)| Self::Feature(*feature)),
        }
    }
}

const _: () = assert!(NAMES.len() <= 64, "a set of features is one number");

impl Feature {
    const fn bit(self) -> u64 {
        1 << self as u32
    }
}

/// All keys.
pub(super) fn names() -> Vec<&'static str> {
    NAMES.iter().map(|(name, ..)| *name).collect()
}

/// What a key means, for people.
pub fn words(key: &str) -> String {
    match key.strip_prefix("word:") {
        Some(word) => format!("标签中有“{word}”"),
        None => NAMES
            .iter()
            .find(|(name, ..)| *name == key)
            .map_or_else(|| key.to_owned(), |(.., words)| (*words).to_owned()),
    }
}

/// The features of an area.
#[derive(Debug, Clone, Default)]
pub(super) struct Features {
    /// A bit for each that holds.
    met: u64,
    /// All label words of the area, joined.
    pub labels: String,
    /// Its title.
    pub title: Option<String>,
    /// Its sheet's name.
    pub sheet: String,
}

impl Features {
    /// No feature yet, with the area's labels and the sheet's name.
    pub(super) fn new(labels: String, sheet: String) -> Self {
        Self { labels, sheet, ..Self::default() }
    }

    /// Notes a feature if it holds.
    pub(super) fn set(&mut self, feature: Feature, holds: bool) {
        if holds {
            self.met |= feature.bit();
        }
    }

    /// Whether a feature holds.
    pub(super) fn has(&self, feature: Feature) -> bool {
        self.met & feature.bit() != 0
    }

    /// Whether a key of `[evidence]` holds.
    pub(super) fn holds(&self, key: &Key) -> bool {
        match key {
            Key::Word(word) => self.labels.contains(word.as_str()),
            Key::Feature(feature) => self.has(*feature),
        }
    }
}
