//! Self-evaluation forms: national layout, Yunnan, Sichuan, and the department-wide one.

use super::district::{Look, Made, Money, Project, Row, Whole, execution_score, less, money, plain, ratio, rows};
use super::sheet::{Sheet, Style, Value};

/// Widths of the eleven columns of all of them.
pub(crate) const WIDTHS: [u16; 11] = [8, 12, 16, 22, 12, 14, 14, 14, 9, 9, 24];

/// A source of the funding block.
struct Source {
    label: &'static str,
    amounts: Money,
}

/// Draws a project's form from `top` on.
pub(crate) fn project(sheet: &mut Sheet, top: u32, project: &Project) -> Made<()> {
    let total = project.total()?;
    let part = |text: Option<&String>| text.map_or(Ok([0; 3]), |text| money(text));
    let (carryover, other) = (part(project.carryover.as_ref())?, part(project.other.as_ref())?);
    let fiscal = match &project.fiscal {
        Some(text) => money(text)?,
        None => less(less(total, carryover), other),
    };
    let rows = rows(&project.rows)?;
    let form = Form {
        title: if project.look == Look::Sichuan {
            "部门预算项目支出绩效自评表"
        } else {
            "项目支出绩效自评表"
        },
        look: project.look,
        yuan: project.yuan,
        total,
        sources: match project.look {
            Look::Sichuan => vec![
                Source { label: "其中：财政资金", amounts: fiscal },
                Source { label: "财政专户管理资金", amounts: [0; 3] },
                Source { label: "单位资金", amounts: carryover },
                Source { label: "其他资金", amounts: other },
            ],
            _ => vec![
                Source { label: "其中：当年财政拨款", amounts: fiscal },
                Source { label: "上年结转资金", amounts: carryover },
                Source { label: "其他资金", amounts: other },
            ],
        },
        execution: project.execution_score()?,
        reason: project.reason.as_deref().unwrap_or_default(),
        goal: &project.goal,
        done: &project.done,
        rows: &rows,
        printed: match &project.printed {
            Some(text) => Some(super::district::scaled(text, 2)?),
            None => project.score()?,
        },
    };
    let mut row = top;
    if project.look == Look::Sichuan {
        sheet.text(row, 0, "报表编号：510000_0013zp", Style::Note);
    } else {
        sheet.text(row, 0, "附件1", Style::Note);
    }
    row = form.title(sheet, row + 1);
    let names = [("项目名称", &project.name, "", ""), ("主管部门", &project.written, "实施单位", &project.unit)];
    for (label, value, second, unit) in names {
        row = Form::name(sheet, row, label, value, second, unit);
    }
    row = form.body(sheet, row)?;
    sheet.grid(top + 3, 0, row, 10);
    if project.look == Look::Sichuan {
        for (label, text) in [
            ("评价结论", "项目实施规范，总体完成年度绩效目标。"),
            ("存在问题", "部分指标设置不够细化。"),
            ("改进措施", "进一步细化绩效指标，加强过程监控。"),
        ] {
            row += 1;
            sheet.text(row, 0, label, Style::Label);
            sheet.span([row, 1, row, 10], text, Style::Long);
        }
        sheet.grid(row, 0, row, 10);
    } else {
        let note = "注：1.定量指标完成值达到指标值的记满分，未达到的按完成比例计分；2.得分不得突破该项分值。";
        sheet.span([row + 1, 0, row + 1, 10], note, Style::Note);
    }
    let filed = project.filed.as_deref().unwrap_or("2022年3月15日");
    let signature = format!("填报单位（盖章）：{}　　　　填报日期：{filed}", project.unit);
    sheet.span([row + 2, 0, row + 2, 10], &signature, Style::Note);
    Ok(())
}

/// Draws the form of a whole department.
pub(crate) fn whole(sheet: &mut Sheet, whole: &Whole) -> Made<()> {
    let total = money(&whole.total)?;
    let basic = money(&whole.basic)?;
    let rows = rows(&whole.rows)?;
    let form = Form {
        title: "部门整体支出绩效自评表",
        look: Look::Plain,
        yuan: false,
        total,
        sources: vec![
            Source { label: "其中：基本支出", amounts: basic },
            Source { label: "项目支出", amounts: less(total, basic) },
        ],
        execution: execution_score(total),
        reason: "",
        goal: &whole.goal,
        done: &whole.done,
        rows: &rows,
        printed: whole.score()?,
    };
    let mut row = form.title(sheet, 0);
    row = Form::name(sheet, row, "部门名称", &whole.written, "", "");
    row = form.body(sheet, row)?;
    sheet.grid(2, 0, row, 10);
    Ok(())
}

/// What all self-evaluations have in common.
struct Form<'a> {
    title: &'a str,
    look: Look,
    yuan: bool,
    total: Money,
    sources: Vec<Source>,
    execution: Option<i64>,
    reason: &'a str,
    goal: &'a str,
    done: &'a str,
    rows: &'a [Row],
    printed: Option<i64>,
}

impl Form<'_> {
    fn title(&self, sheet: &mut Sheet, row: u32) -> u32 {
        sheet.span([row, 0, row, 10], self.title, Style::Title);
        sheet.span([row + 1, 0, row + 1, 10], "（2021年度）", Style::Line);
        row + 2
    }

    fn name(sheet: &mut Sheet, row: u32, label: &str, value: &str, second: &str, unit: &str) -> u32 {
        sheet.span([row, 0, row, 1], label, Style::Label);
        if second.is_empty() {
            sheet.span([row, 2, row, 10], value, Style::Body);
        } else {
            sheet.span([row, 2, row, 4], value, Style::Body);
            sheet.text(row, 5, second, Style::Label);
            sheet.span([row, 6, row, 10], unit, Style::Body);
        }
        row + 1
    }

    /// Funding, goals, indicators, total row. Returns the total row.
    fn body(&self, sheet: &mut Sheet, row: u32) -> Made<u32> {
        let funds = row;
        let row = match self.look {
            Look::Sichuan => self.sichuan_funding(sheet, row)?,
            _ => self.funding(sheet, row)?,
        };
        sheet.span([row, 0, row + 1, 0], "年度总体目标", Style::Label);
        sheet.span([row, 1, row, 5], "预期目标", Style::Label);
        sheet.span([row, 6, row, 10], "实际完成情况", Style::Label);
        sheet.span([row + 1, 1, row + 1, 5], self.goal, Style::Long);
        let done = match (self.look, self.reason) {
            (Look::Sichuan, _) | (_, "") => self.done.to_owned(),
            (_, reason) => format!("{}原因：{reason}。", self.done),
        };
        sheet.span([row + 1, 6, row + 1, 10], &done, Style::Long);
        self.indicators(sheet, row + 2, funds + 1)
    }

    fn unit(&self) -> &'static str {
        if self.yuan { "元" } else { "万元" }
    }

    /// An amount as this form writes it.
    fn amount(&self, fen: i64) -> Value {
        let places = if self.yuan { 2 } else { 6 };
        let number = plain(fen, places);
        if self.look != Look::TextRate {
            return Value::Number(number);
        }
        let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
        let mut grouped = String::new();
        for (n, digit) in whole.chars().enumerate() {
            if n > 0 && (whole.len() - n).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        Value::Text(format!("{grouped}.{fraction:0<2}"))
    }

    /// The execution rate as this form writes it.
    fn rate(&self, [_, revised, outturn]: Money, row: u32) -> Value {
        let rate = ratio(outturn, revised, 4).unwrap_or(0);
        match self.look {
            Look::TextRate => Value::Text(format!("{}.{:02}%", rate / 100, rate % 100)),
            // The formula divides unrounded; its result has the digits of a double.
            Look::Formula => {
                let exact = plain(ratio(outturn, revised, 15).unwrap_or(0), 15);
                Value::Formula(format!("G{0}/F{0}", row + 1), exact)
            }
            _ => Value::Number(plain(rate, 4)),
        }
    }

    fn funding(&self, sheet: &mut Sheet, top: u32) -> Made<u32> {
        let last = top + 1 + u32::try_from(self.sources.len())?;
        sheet.span([top, 0, last, 1], &format!("项目资金\n（{}）", self.unit()), Style::Label);
        sheet.merge(top, 2, top, 3);
        for (col, label) in
            [(4, "年初预算数"), (5, "全年预算数"), (6, "全年执行数"), (7, "分值"), (8, "执行率"), (10, "得分")]
        {
            sheet.text(top, col, label, Style::Label);
        }
        sheet.merge(top, 8, top, 9);
        let row = top + 1;
        sheet.span([row, 2, row, 3], "年度资金总额", Style::Body);
        for ((col, letter), fen) in (4_u16..).zip(["E", "F", "G"]).zip(self.total) {
            let value = match (self.look, self.amount(fen)) {
                (Look::Formula, Value::Number(sum)) => {
                    Value::Formula(format!("SUM({letter}{}:{letter}{})", row + 2, last + 1), sum)
                }
                (_, value) => value,
            };
            sheet.put(row, col, value, if self.yuan { Style::Number } else { Style::Body });
        }
        sheet.number(row, 7, "10".into(), Style::Body);
        sheet.put(row, 8, self.rate(self.total, row), Style::Percent);
        sheet.merge(row, 8, row, 9);
        if let Some(score) = self.execution {
            sheet.number(row, 10, plain(score, 2), Style::Body);
        }
        for (row, source) in (row + 1..).zip(&self.sources) {
            sheet.span([row, 2, row, 3], source.label, Style::Body);
            if source.amounts != [0; 3] || self.look == Look::Formula {
                for (col, fen) in (4_u16..).zip(source.amounts) {
                    sheet.put(row, col, self.amount(fen), if self.yuan { Style::Number } else { Style::Body });
                }
            }
            sheet.text(row, 7, "—", Style::Body);
            sheet.merge(row, 8, row, 9);
            sheet.text(row, 10, "—", Style::Body);
        }
        Ok(last + 1)
    }

    fn sichuan_funding(&self, sheet: &mut Sheet, top: u32) -> Made<u32> {
        let last = top + 1 + u32::try_from(self.sources.len())?;
        sheet.span([top, 0, last, 0], &format!("预算执行情况（10分）\n（{}）", self.unit()), Style::Label);
        sheet.merge(top, 1, top, 3);
        for (col, label) in
            (4_u16..).zip(["年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因"])
        {
            sheet.text(top, col, label, Style::Label);
        }
        let all = [Source { label: "总额", amounts: self.total }];
        for (row, source) in (top + 1..).zip(all.iter().chain(&self.sources)) {
            let is_total = row == top + 1;
            sheet.span([row, 1, row, 3], source.label, Style::Body);
            for (col, fen) in (4_u16..).zip(source.amounts) {
                sheet.put(row, col, self.amount(fen), Style::Body);
            }
            sheet.put(row, 7, self.rate(source.amounts, row), Style::Percent);
            match self.execution.filter(|_| is_total) {
                Some(score) => {
                    sheet.number(row, 8, "10".into(), Style::Body);
                    sheet.number(row, 9, plain(score, 2), Style::Body);
                    sheet.text(row, 10, self.reason, Style::Long);
                }
                None => (8..=10).for_each(|col| sheet.text(row, col, "/", Style::Body)),
            }
        }
        Ok(last + 1)
    }

    /// Head, rows and total of the indicators; `funds` is the total row of the funding block.
    fn indicators(&self, sheet: &mut Sheet, top: u32, funds: u32) -> Made<u32> {
        let split = matches!(self.look, Look::Yunnan | Look::Sichuan);
        let two_rows = self.look == Look::Yunnan;
        let first = top + 1 + u32::from(two_rows);
        let total = first + u32::try_from(self.rows.len())?;
        let side = if self.look == Look::Sichuan { "绩效指标（90分）" } else { "绩效指标" };
        sheet.span([top, 0, total - 1, 0], side, Style::Label);
        let heads: &[(u16, u16, &str)] = match self.look {
            Look::Yunnan => &[
                (1, 1, "一级指标"),
                (2, 2, "二级指标"),
                (3, 3, "三级指标"),
                (7, 7, "实际完成值"),
                (8, 8, "分值"),
                (9, 9, "得分"),
                (10, 10, "偏差原因分析及改进措施"),
            ],
            Look::Sichuan => &[
                (1, 1, "一级指标"),
                (2, 2, "二级指标"),
                (3, 3, "三级指标"),
                (4, 4, "指标性质"),
                (5, 5, "指标值"),
                (6, 6, "度量单位"),
                (7, 7, "完成值"),
                (8, 8, "权重"),
                (9, 9, "得分"),
                (10, 10, "未完成原因分析"),
            ],
            Look::Plain | Look::TextRate | Look::Formula => &[
                (1, 1, "一级指标"),
                (2, 2, "二级指标"),
                (3, 4, "三级指标"),
                (5, 5, "年度\n指标值"),
                (6, 6, "实际\n完成值"),
                (7, 7, "分值"),
                (8, 8, "得分"),
                (9, 10, "偏差原因分析\n及改进措施"),
            ],
        };
        for (left, right, label) in heads {
            sheet.span([top, (*left).into(), first - 1, (*right).into()], label, Style::Label);
        }
        if two_rows {
            sheet.span([top, 4, top, 6], "年度指标值", Style::Label);
            for (col, label) in (4_u16..).zip(["指标性质", "指标值", "度量单位"]) {
                sheet.text(top + 1, col, label, Style::Label);
            }
        }
        self.levels(sheet, first);
        // Columns: actual, weight, score, first and last of the reason.
        let [actual, weight, score, note, last] = if split { [7, 8, 9, 10, 10] } else { [6, 7, 8, 9, 10] };
        for (row, indicator) in (first..).zip(self.rows) {
            if split {
                sheet.text(row, 3, &indicator.level3, Style::Long);
                let (operator, value, unit) = split_target(&indicator.target);
                sheet.text(row, 4, operator, Style::Body);
                match value.parse::<f64>() {
                    Ok(_) => sheet.number(row, 5, value.to_owned(), Style::Body),
                    Err(_) => sheet.text(row, 5, value, Style::Body),
                }
                sheet.text(row, 6, unit, Style::Body);
            } else {
                sheet.span([row, 3, row, 4], &indicator.level3, Style::Long);
                sheet.text(row, 5, &indicator.target, Style::Body);
            }
            sheet.text(row, actual, &indicator.actual, Style::Body);
            sheet.number(row, weight, plain(indicator.weight, 2), Style::Body);
            if let Some(points) = indicator.score {
                sheet.number(row, score, plain(points, 2), Style::Body);
            }
            sheet.span([row, note.into(), row, last.into()], &indicator.reason, Style::Long);
        }
        let label = if self.look == Look::Sichuan { "合计" } else { "总分" };
        sheet.span([total, 0, total, u32::from(weight) - 1], label, Style::Label);
        let sum = |letter: &str, own: &str| format!("SUM({letter}{}:{letter}{total})+{own}{}", first + 1, funds + 1);
        if self.look == Look::Formula {
            sheet.put(total, weight, Value::Formula(sum("H", "H"), "100".into()), Style::Body);
        } else {
            sheet.number(total, weight, "100".into(), Style::Body);
        }
        if let Some(points) = self.printed {
            let value = match self.look {
                Look::Formula => Value::Formula(sum("I", "K"), plain(points, 2)),
                _ => Value::Number(plain(points, 2)),
            };
            sheet.put(total, score, value, Style::Body);
        }
        sheet.merge(total, note, total, last);
        Ok(total)
    }

    /// Levels 1 and 2, each merged over its rows.
    fn levels(&self, sheet: &mut Sheet, first: u32) {
        let mut row = first;
        for group in self.rows.chunk_by(|a, b| a.level1 == b.level1) {
            let height = u32::try_from(group.len()).unwrap_or(1);
            if let Some(head) = group.first() {
                sheet.span([row, 1, row + height - 1, 1], &head.level1, Style::Label);
            }
            let mut inner = row;
            for part in group.chunk_by(|a, b| a.level2 == b.level2) {
                let height = u32::try_from(part.len()).unwrap_or(1);
                if let Some(head) = part.first() {
                    sheet.span([inner, 2, inner + height - 1, 2], &head.level2, Style::Body);
                }
                inner += height;
            }
            row += height;
        }
    }
}

/// A target in the three columns operator, value, unit; words and dates stand under 定性.
fn split_target(target: &str) -> (&str, &str, &str) {
    let operator = ["≥", "≤", "="].into_iter().find(|operator| target.starts_with(operator)).unwrap_or("");
    let rest = target.strip_prefix(operator).unwrap_or(target);
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let (number, unit) = rest.split_at(end);
    match (number, operator) {
        ("", _) => ("定性", target, ""),
        _ if unit.contains(['月', '年']) => ("定性", target, ""),
        (_, "") => ("=", number, unit),
        _ => (operator, number, unit),
    }
}
