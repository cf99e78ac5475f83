//! What a form's title and period line say: year, organisation, project; and which texts look like titles.
//!
//! Input → output: the titles of an area → the parts in them. Invariant: a place and the general words of the trade
//! (项目支出, 绩效自评) are no name.

use super::label::folded;

/// How much a text looks like the title of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TitleLook {
    /// `…情况`, `…计划`.
    Weak,
    /// Ends in 表.
    Strong,
}

const WEAK_ENDS: &[&str] = &[
    "情况", "计划", "依据", "方案", "报告", "说明", "意见", "体系", "评分", "自评", "评价", "信息", "明细", "结果",
    "一览", "汇总", "目标",
];

/// How much a text, alone in its row, looks like a title.
pub(super) fn title_look(text: &str, is_numbered: bool) -> Option<TitleLook> {
    let raw: String = folded(text).into_iter().collect();
    if raw.contains(['.', ';', '!']) || raw.starts_with("注") || raw.starts_with("说明") || raw.contains("填表说明")
    {
        return None;
    }
    let body = raw.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | '一' | '二' | '三' | '四'));
    let stripped = strip_brackets(body);
    let stripped = stripped.as_str();
    let text = stripped.trim_end_matches([':', ',', '、']);
    if (text.ends_with('表') || text.ends_with("评分卡") || text.ends_with("表单"))
        && text.chars().count() >= 3
        && !text.contains(':')
    {
        return Some(TitleLook::Strong);
    }
    // 附件2:项目支出绩效自评表
    if let Some((before, after)) = text.split_once(':')
        && before.starts_with("附")
        && after.ends_with('表')
    {
        return Some(TitleLook::Strong);
    }
    let numbered = is_numbered && !text.contains("部分");
    (!numbered && text.chars().count() >= 4 && !text.contains(':') && WEAK_ENDS.iter().any(|end| text.ends_with(end)))
        .then_some(TitleLook::Weak)
}

fn strip_brackets(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|c| match c {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = (depth - 1).max(0);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// Ends of an organisation's name.
const ORGANISATIONS: &[&str] = &[
    "局",
    "委",
    "委员会",
    "办公室",
    "院",
    "部",
    "厅",
    "小学",
    "中学",
    "大学",
    "学校",
    "学院",
    "幼儿园",
    "中心",
    "镇",
    "乡",
    "街道",
    "办事处",
    "所",
    "大队",
    "支队",
    "总队",
    "站",
    "馆",
    "处",
    "协会",
    "联合会",
    "工会",
    "公会",
    "政府",
    "园区",
    "社",
    "公司",
    "厂",
    "林场",
    "科",
    "署",
    "团委",
    "妇联",
    "文联",
    "科协",
    "残联",
    "管委会",
    "居委会",
    "村委会",
    "医院",
    "卫生院",
    "党校",
    "台",
    "工作室",
];

/// Words that begin the general part of a title.
const GENERAL: &[&str] = &[
    "部门",
    "单位",
    "整体",
    "预算",
    "决算",
    "项目",
    "财政",
    "支出",
    "收入",
    "绩效",
    "三公",
    "一般公共",
    "政府性",
    "国有资本",
    "基本支出",
    "年度",
    "专项",
    "自评",
    "评价",
    "评分",
    "得分",
    "目标",
    "财务",
    "收支",
    "本级",
];

/// A title without 附件 and part numbers in front, folded.
fn body(title: &str) -> String {
    let mut text: String = folded(title).into_iter().collect();
    if let Some((before, after)) = text.split_once(':')
        && before.starts_with("附")
    {
        text = after.to_owned();
    }
    for lead in ["第一部分", "第二部分", "第三部分", "第四部分", "附件", "附表"] {
        if let Some(rest) = text.strip_prefix(lead) {
            text = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '、' | '.')).to_owned();
        }
    }
    text
}

/// Cuts a title at its year: what stands before it and behind it.
fn at_year(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    for (i, window) in bytes.windows(4).enumerate() {
        let digits = window.iter().all(u8::is_ascii_digit) && (window.starts_with(b"20") || window.starts_with(b"19"));
        if digits && text.is_char_boundary(i) && !bytes.get(i + 4).is_some_and(u8::is_ascii_digit) {
            let (before, rest) = text.split_at(i);
            let rest = rest.get(4..).unwrap_or_default();
            let rest = rest.strip_prefix('年').or_else(|| rest.strip_prefix('-')).unwrap_or(rest);
            return (before.trim_end_matches('('), rest.strip_prefix('度').unwrap_or(rest));
        }
    }
    ("", text)
}

fn is_organisation(text: &str) -> bool {
    text.chars().count() >= 4 && ORGANISATIONS.iter().any(|end| text.ends_with(end)) && !text.contains(['(', ')', ':'])
}

/// The organisation that a title names.
pub(super) fn organisation(title: &str) -> Option<String> {
    let text = body(title);
    let (before, after) = at_year(&text);
    if is_organisation(before) {
        return Some(before.to_owned());
    }
    let source = if before.is_empty() { after } else { before };
    let mut cuts: Vec<usize> = GENERAL.iter().flat_map(|w| source.match_indices(w).map(|(i, _)| i)).collect();
    cuts.sort_unstable();
    cuts.into_iter().filter_map(|i| source.get(..i)).find(|part| is_organisation(part)).map(str::to_owned)
}

/// The project that a title names beyond place and general words.
pub(super) fn project(title: &str) -> Option<String> {
    let text = body(title);
    let (before, after) = at_year(&text);
    // what stands before the year is an organisation or only a place
    let aside = before.is_empty() || is_organisation(before) || beyond_place(before).is_empty();
    let source = if aside { after } else { &text };
    let source = organisation(source).and_then(|o| source.strip_prefix(o.as_str())).unwrap_or(source);
    let ends = [
        "绩效",
        "支出绩效",
        "自评",
        "评价",
        "评分",
        "得分",
        "目标",
        "项目支出",
        "部门评价",
        "财政评价",
        "重点评价",
        "预算执行",
        "申报",
        "批复",
        "监控",
        "支出评价",
    ];
    let cut = ends.iter().filter_map(|w| source.find(w)).filter(|&i| i > 0).min()?;
    let name = source.get(..cut)?.trim_end_matches("支出").trim_start_matches("关于");
    (beyond_place(name).chars().count() >= 2 && !name.contains(['(', ')']) && !is_organisation(name))
        .then(|| name.to_owned())
}

/// A name without the place in front and without general words.
fn beyond_place(name: &str) -> String {
    let mut rest = name;
    loop {
        let place = ["省", "自治区", "市", "区", "县", "旗", "州", "镇", "乡"].iter().filter_map(|end| {
            let at = rest.find(end)?;
            let n = rest.get(..at)?.chars().count();
            (1..=5).contains(&n).then_some(at + end.len())
        });
        match place.min() {
            Some(at) => rest = rest.get(at..).unwrap_or_default(),
            None => break,
        }
    }
    let mut out = rest.to_owned();
    for word in [
        "部门预算",
        "财政",
        "项目",
        "支出",
        "预算",
        "部门",
        "整体",
        "专项",
        "资金",
        "本级",
        "省级",
        "市级",
        "县级",
        "区级",
        "中央",
        "单位",
        "年度",
        "政策",
        "重点",
        "转移支付",
        "补助",
        "区域",
        "财政性",
        "级",
        "直",
        "本",
        "各",
        "省",
        "市",
        "区",
        "县",
        "申请",
        "公共",
        "表",
        "附件",
        "的",
        "绩效",
        "评价",
        "综合",
    ] {
        out = out.replace(word, "");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{organisation, project};

    #[test]
    fn organisations_stand_before_year_or_general_words() {
        for (title, want) in [
            ("成安县民政局2020年度预算项目绩效自评表", Some("成安县民政局")),
            ("上海市规划和自然资源局 2024 年度部门决算表", Some("上海市规划和自然资源局")),
            ("第二部分 上海市普陀区XX局 2024 年度部门决算表", Some("上海市普陀区XX局")),
            ("蚕茶卫生院整体支出绩效自评表", Some("蚕茶卫生院")),
            ("银川市本级部门项目支出绩效自评表", None),
            ("2019年四川省项目支出绩效评分表", None),
            ("收入支出决算总表", None),
            ("省级部门预算项目支出绩效目标表", None),
        ] {
            assert_eq!(organisation(title).as_deref(), want, "{title}");
        }
    }

    #[test]
    fn projects_are_more_than_place_and_trade() {
        for (title, want) in [
            ("2019年度宁晋县高中助学金项目绩效评价指标表", Some("宁晋县高中助学金项目")),
            ("2019年四川省项目支出绩效评分表", None),
            ("广水市财政预算支出项目绩效目标自评表", None),
            ("2020年度县级专项资金绩效目标自评表", None),
            ("项目支出绩效自评表", None),
            ("省级部门预算项目支出绩效目标表", None),
            ("财政项目支出绩效自评表", None),
            ("宁安县2021年农村公路养护项目绩效评价得分表", Some("农村公路养护项目")),
        ] {
            assert_eq!(project(title).as_deref(), want, "{title}");
        }
    }
}
