//! Sheets → .xlsx and .xlsm.

use super::district::Made;
use super::package;
use super::sheet::{Sheet, Style, Value};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet};

/// Writes a workbook; the same bytes every time.
pub(crate) fn xlsx(sheets: &[Sheet]) -> Made<Vec<u8>> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2022, 3, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for sheet in sheets {
        draw(workbook.add_worksheet(), sheet)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The same as a workbook that may hold macros: only the content type differs.
pub(crate) fn xlsm(sheets: &[Sheet]) -> Made<Vec<u8>> {
    package::rewrite(&xlsx(sheets)?, "[Content_Types].xml", |text| {
        text.replace(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
    })
}

fn draw(worksheet: &mut Worksheet, sheet: &Sheet) -> Made<()> {
    worksheet.set_name(&sheet.name)?;
    for (col, width) in (0_u16..).zip(&sheet.widths) {
        worksheet.set_column_width(col, f64::from(*width))?;
    }
    for merge in &sheet.merges {
        worksheet.merge_range(merge.top, merge.left, merge.bottom, merge.right, "", &format(Style::Body))?;
    }
    for (row, slots) in (0_u32..).zip(sheet.rows()) {
        for slot in slots.iter().filter(|slot| !slot.covered) {
            let format = format(slot.style);
            match slot.value {
                Some(Value::Text(text)) => worksheet.write_with_format(row, slot.col, text.as_str(), &format)?,
                Some(Value::Number(number)) => {
                    worksheet.write_with_format(row, slot.col, number.parse::<f64>()?, &format)?
                }
                Some(Value::Formula(formula, result)) => {
                    let formula = Formula::new(format!("={formula}")).set_result(result);
                    worksheet.write_formula_with_format(row, slot.col, formula, &format)?
                }
                None => worksheet.write_blank(row, slot.col, &format)?,
            };
        }
    }
    Ok(())
}

fn format(style: Style) -> Format {
    let mut format = Format::new().set_font_name("宋体").set_font_size(11).set_align(FormatAlign::VerticalCenter);
    if style.centred() {
        format = format.set_align(FormatAlign::Center);
    }
    if style.bordered() {
        format = format.set_border(FormatBorder::Thin).set_text_wrap();
    }
    if style.bold() {
        format = format.set_bold();
    }
    match style {
        Style::Title => format.set_font_name("黑体").set_font_size(18),
        Style::Number => format.set_num_format("#,##0.00"),
        Style::Percent => format.set_num_format("0.00%"),
        Style::Line | Style::Note | Style::Label | Style::Body | Style::Long => format,
    }
}
