//! `jixiao.toml` as written: everything optional, unknown keys refused, keys with `-` or `_`.

use super::error::{SettingsError, text};
use super::number::Number;
use super::schema::{self, Described};
use crate::finding::{Lang, Level, Words};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub(super) lang: Option<Lang>,
    pub(super) district: District,
    pub(super) grade: Grade,
    pub(super) scoring: Scoring,
    pub(super) department: Department,
    pub(super) thresholds: Thresholds,
    pub(super) rules: Rules,
    pub(super) limits: Limits,
    pub(super) look: Look,
}

/// Declares the sections of plain keys, each with what it means: the type that reads it and its place in the schema. A key of
/// two words may be written with `_` or with the `-` that stands beside it.
macro_rules! sections {
    ($($(#[doc = $doc:literal])+ $name:ident { $($field:ident $(| $dashed:literal)?: $type:ty, $zh:literal / $en:literal;)+ })+) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub(super) struct $name { $(#[doc = $en] $(#[serde(alias = $dashed)])? pub(super) $field: Option<$type>,)+ }

        impl Described for $name {
            fn schema(lang: Lang) -> Value {
                schema::object([$((stringify!($field), <$type>::schema(lang), Words::new($zh, $en).get(lang)),)+])
            }
        }
    )+ };
}

sections! {
    /// The place and the year.
    District {
        name: String, "地区名称，写在标题里" / "name of the district, for titles";
        bureau: String, "编制单位名称" / "name of the bureau";
        year: u16, "报告年度；不写则取出现最多的年度" / "reporting year; the most frequent one if not given";
        as_of | "as-of": String, "数据日期 YYYY-MM-DD；不写为报告年度次年12月31日" / "date of data, YYYY-MM-DD; 31 December of the year after the reporting year if not given";
    }
    /// Lower bounds of the grades.
    Grade {
        excellent: Number, "优的下限，默认90" / "lower bound of 优, 90";
        good: Number, "良的下限，默认80" / "lower bound of 良, 80";
        fair: Number, "中的下限，默认60" / "lower bound of 中, 60";
    }
    /// How scores are recomputed.
    Scoring {
        execution: Execution, "执行率怎样计分" / "how the execution rate is scored";
        partly_from | "partly-from": Number, "定性指标“部分达成”档的下限，占分值的比例，默认0.6" / "where 部分达成 of qualitative indicators begins, share of the weight, 0.6";
    }
    /// How a department's score is composed.
    Department {
        method: Method, "部门得分：weighted按全年预算数加权（默认）、mean算术平均、whole部门整体表、mixed两者结合" / "weighted by revised budget (default), mean, whole (the department-wide form), mixed";
        projects_share | "projects-share": Number, "mixed时项目平均分所占比例，默认0.5" / "for mixed: share of the projects' mean, 0.5";
    }
    /// From where on something is remarkable.
    Thresholds {
        over_target | "over-target": Number, "超额完成多少算异常，0.3即30%" / "over-achievement, 0.3";
        budget_adjustment | "budget-adjustment": Number, "预算调整幅度，0.3" / "adjustment of the budget, 0.3";
        low_execution | "low-execution": Number, "低于多少须说明原因，0.9" / "execution below which a reason is due, 0.9";
        review_gap | "review-gap": Number, "自评与复核相差多少分须核对，5" / "self-evaluation against review, points, 5";
        single_indicator | "single-indicator": Number, "单个指标分值过大，60分" / "one indicator carries too much, points, 60";
        output_and_benefit | "output-and-benefit": Number, "评价评分表产出与效益分值之和下限，60分" / "output and benefit on score tables, points, 60";
        copied_text | "copied-text": Number, "文字雷同的相似度，0.9" / "likeness of copied texts, 0.9";
        similar_name | "similar-name": Number, "部门名称相似到多少才提议，0.85" / "likeness of a name that is proposed, 0.85";
        similar_lead | "similar-lead": Number, "且比第二相似的高出多少，0.1" / "and its lead over the second, 0.1";
    }
    /// Rules switched off or with another severity.
    Rules {
        off: Vec<String>, "停用的规则编号" / "codes of rules that are switched off";
        level: BTreeMap<String, Level>, "规则编号 = 级别：error须更正、warning须核对、info提示" / "code of a rule = error, warning or info";
        when: Vec<When>, "只对某些年度、某些表适用的规则和阈值" / "rules and thresholds for certain years or forms";
    }
    /// Rules and thresholds for certain years or forms.
    When {
        years: Vec<u16>, "适用年度；不写为全部" / "years; any if not given";
        forms: Vec<String>, "适用表种，代码见 jixiao forms；不写为全部" / "codes of forms, see `jixiao forms`; any if not given";
        off: Vec<String>, "停用的规则编号" / "codes of rules that are switched off there";
        level: BTreeMap<String, Level>, "规则编号 = 级别" / "code of a rule = severity there";
        thresholds: Thresholds, "其他阈值" / "other thresholds there";
    }
    /// Limits of reading.
    Limits {
        file_bytes | "file-bytes": u64, "一个文件的大小" / "size of a file";
        part_bytes | "part-bytes": u64, "一个部件解压后的大小" / "one part of a package, inflated";
        package_bytes | "package-bytes": u64, "一个工作簿解压后的大小" / "all parts of a package, inflated";
        bundle_bytes | "bundle-bytes": u64, "一个压缩包解压后的大小" / "a bundle, inflated";
        package_entries | "package-entries": u32, "一个工作簿的部件数" / "entries of a workbook package";
        bundle_entries | "bundle-entries": u32, "一个压缩包的成员数" / "entries of a bundle";
        bundle_depth | "bundle-depth": u32, "压缩包套压缩包的层数" / "bundles in bundles";
        sheets: u32, "一个工作簿的工作表数" / "sheets of a workbook";
        cells: u64, "一个文件有内容的单元格数" / "cells that hold something, a file";
        worker_bytes | "worker-bytes": u64, "读取进程的内存" / "heap of a reading process";
        seconds: u32, "读一个文件的秒数" / "seconds for one file";
    }
    /// Look of the workbooks.
    Look {
        official_fonts | "official-fonts": bool, "用公文字体（方正小标宋、仿宋_GB2312）" / "faces of official documents";
    }
    /// `[scoring.execution]`.
    Execution {
        policy: Policy, "linear_cap按率计分封顶（默认）、linear_rounded_rate率先取两位小数、steps分段、deduct每低一个百分点扣分" / "linear_cap (default), linear_rounded_rate, steps, deduct";
        steps: Vec<Step>, "steps时的各段，由高到低" / "for steps: highest first";
        over: Number, "steps时执行率超过100%得分值的比例" / "for steps: share of the weight above 100 %";
        per_point | "per-point": Number, "deduct时每低一个百分点扣几分" / "for deduct: points per percentage point below 100";
    }
    /// A step of the policy `steps`.
    Step {
        from: Number, "执行率下限（含），1即100%" / "rate from which it applies, included, 1 = 100 %";
        share: Number, "得分值的比例" / "share of the weight";
    }
}

impl Described for File {
    fn schema(lang: Lang) -> Value {
        let words = |zh, en| Words::new(zh, en).get(lang);
        schema::object([
            ("lang", Lang::schema(lang), words("消息和工作簿的语言", "language of messages and workbooks")),
            ("district", District::schema(lang), words("地区和年度", "the place and the year")),
            ("grade", Grade::schema(lang), words("等级下限，含本数", "lower bounds of the grades, included")),
            ("scoring", Scoring::schema(lang), words("重算得分", "how scores are recomputed")),
            ("department", Department::schema(lang), words("部门得分", "how a department's score is composed")),
            ("thresholds", Thresholds::schema(lang), words("阈值", "from where on something is remarkable")),
            ("rules", Rules::schema(lang), words("规则的停用和级别", "rules switched off or with another severity")),
            ("limits", Limits::schema(lang), words("读取的限额", "limits of reading")),
            ("look", Look::schema(lang), words("外观", "look of the workbooks")),
        ])
    }
}

/// The schema of the whole file.
pub(super) fn schema(lang: Lang) -> Value {
    let mut schema = File::schema(lang);
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        fields.insert("title".to_owned(), "jixiao.toml".into());
    }
    schema
}

/// The name of a policy for the execution rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Policy {
    #[serde(alias = "linear-cap")]
    LinearCap,
    #[serde(alias = "linear-rounded-rate")]
    LinearRoundedRate,
    Steps,
    Deduct,
}

/// The name of a method for a department's score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Method {
    Weighted,
    Mean,
    Whole,
    Mixed,
}

/// Reads a settings file.
pub(super) fn read(path: &Path) -> Result<File, SettingsError> {
    let text = text(path)?;
    parse(path, &text)
}

pub(super) fn parse(path: &Path, text: &str) -> Result<File, SettingsError> {
    toml::from_str(text).map_err(|e| toml_error(path, text, &e))
}

/// The line of a TOML error, and its words with the source line below.
pub(super) fn toml_error(path: &Path, text: &str, error: &toml::de::Error) -> SettingsError {
    let offset = error.span().map_or(0, |span| span.start);
    let line = text.bytes().take(offset).filter(|&b| b == b'\n').count() as u64 + 1;
    let source = text.lines().nth(usize::try_from(line - 1).unwrap_or(0)).unwrap_or_default();
    SettingsError::at(
        path,
        line,
        format!("配置有误，请更正或删去 / correct or remove this: {}\n    | {}", error.message(), source.trim_end()),
    )
}
