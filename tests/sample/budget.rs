//! Budget execution tables and the detail by economic classification.

use super::district::{Budget, BudgetKind, Economic, Listing, Made, Money, cells, money, plain, ratio, scaled};
use super::sheet::{Sheet, Style};

/// Widths of their columns.
pub(crate) const WIDTHS: [u16; 6] = [14, 36, 16, 16, 16, 12];

/// Draws a budget execution table.
pub(crate) fn budget(sheet: &mut Sheet, budget: &Budget) -> Made<()> {
    let functional = budget.kind == BudgetKind::Functional;
    let title = if functional {
        "2021年度部门预算执行情况表"
    } else {
        "2021年度项目支出预算执行情况表"
    };
    top(sheet, title, &budget.written, budget.yuan, 5);
    let labels = if functional {
        ["科目编码", "科目名称", "年初预算数", "调整预算数", "执行数", "执行率"]
    } else {
        ["序号", "项目名称", "年初预算数", "全年预算数", "全年执行数", "执行率"]
    };
    for (col, label) in (0_u16..).zip(labels) {
        sheet.text(2, col, label, Style::Label);
    }
    let mut row = 3;
    let mut total = [0; 3];
    for line in cells(&budget.lines) {
        let [code, name, amounts @ ..] = line.as_slice() else { return Err("a line without a name".into()) };
        let amounts = money(&amounts.join(" "))?;
        if functional {
            sheet.text(row, 0, code, Style::Body);
        } else {
            sheet.number(row, 0, (row - 2).to_string(), Style::Body);
        }
        sheet.text(row, 1, name, Style::Long);
        figures(sheet, row, amounts, budget.yuan);
        // Classes alone add to the total.
        if code.len() == 3 || !functional {
            total.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
        }
        row += 1;
    }
    sheet.span([row, 0, row, 1], "合计", Style::Label);
    figures(sheet, row, total, budget.yuan);
    sheet.grid(2, 0, row, 5);
    Ok(())
}

fn top(sheet: &mut Sheet, title: &str, written: &str, yuan: bool, last: u32) {
    sheet.span([0, 0, 0, last], title, Style::Title);
    sheet.text(1, 0, &format!("编制单位：{written}"), Style::Note);
    let unit = if yuan { "单位：元" } else { "单位：万元" };
    sheet.text(1, u16::try_from(last).unwrap_or(0), unit, Style::Note);
}

fn figures(sheet: &mut Sheet, row: u32, amounts: Money, yuan: bool) {
    for (col, fen) in (2_u16..).zip(amounts) {
        sheet.number(row, col, plain(fen, if yuan { 2 } else { 6 }), Style::Number);
    }
    let [_, revised, outturn] = amounts;
    if let Some(rate) = ratio(outturn, revised, 4) {
        sheet.number(row, 5, plain(rate, 4), Style::Percent);
    }
}

/// Draws the detail of expenditure by economic classification; the total stands above its parts.
pub(crate) fn economic(sheet: &mut Sheet, economic: &Economic) -> Made<()> {
    top(sheet, "2021年支出明细表（按经济分类）", &economic.written, economic.yuan, 2);
    for (col, label) in (0_u16..).zip(["科目编码", "科目名称", "决算数"]) {
        sheet.text(2, col, label, Style::Label);
    }
    let places = if economic.yuan { 2 } else { 6 };
    let mut total = 0;
    let mut row = 4;
    for line in cells(&economic.lines) {
        let [code, name, amount] = line.as_slice() else { return Err("a line of three cells wanted".into()) };
        let fen = scaled(amount, 6)?;
        sheet.text(row, 0, code, Style::Body);
        sheet.text(row, 1, name, Style::Long);
        sheet.number(row, 2, plain(fen, places), Style::Number);
        if code.len() == 3 {
            total += fen;
        }
        row += 1;
    }
    sheet.span([3, 0, 3, 1], "合计", Style::Label);
    sheet.number(3, 2, plain(total, places), Style::Number);
    sheet.grid(2, 0, row - 1, 2);
    Ok(())
}

/// Draws a budget table whose amounts are words.
pub(crate) fn listing(sheet: &mut Sheet, listing: &Listing) -> Made<()> {
    sheet.span([0, 0, 0, 3], &format!("2021年度{}预算执行情况表", listing.name), Style::Title);
    sheet.text(1, 0, &format!("编制单位：{}", listing.written), Style::Note);
    for (col, label) in (0_u16..).zip(["支出科目", "预算数", "实际支出数", "执行率"]) {
        sheet.text(2, col, label, Style::Label);
    }
    let mut row = 3;
    for line in cells(&listing.lines) {
        let [name, amount] = line.as_slice() else { return Err("a line of two cells wanted".into()) };
        sheet.text(row, 0, name, Style::Long);
        sheet.text(row, 2, amount, Style::Body);
        row += 1;
    }
    sheet.text(row, 0, "合计", Style::Label);
    sheet.text(row, 1, &listing.total, Style::Body);
    sheet.text(row, 2, &listing.total, Style::Body);
    sheet.text(row, 3, "100%", Style::Body);
    sheet.grid(2, 0, row, 3);
    Ok(())
}
