//! Rules that draw bars and mark cells; always on ranges, never cell by cell, so that they follow when rows are sorted.

use super::{RenderError, look};
use crate::settings::Grade;
use rust_xlsxwriter::{
    ConditionalFormat2ColorScale, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar,
    ConditionalFormatFormula, ConditionalFormatText, ConditionalFormatTextRule, ConditionalFormatType, Format,
    Worksheet,
};

/// Rows and columns, both inclusive.
type Area = ((u32, u32), (u16, u16));

/// A data bar between two values.
pub(crate) fn bar(sheet: &mut Worksheet, (rows, cols): Area, from: f64, to: f64) -> Result<(), RenderError> {
    let rule = ConditionalFormatDataBar::new()
        .set_fill_color(look::BAR)
        .set_solid_fill(true)
        .set_border_off(true)
        .set_minimum(ConditionalFormatType::Number, from)
        .set_maximum(ConditionalFormatType::Number, to);
    sheet.add_conditional_format(rows.0, cols.0, rows.1, cols.1, &rule)?;
    Ok(())
}

/// Grades 中 and 差 filled; 优 and 良, four fifths of all rows, stay white.
pub(crate) fn grades(sheet: &mut Worksheet, (rows, cols): Area, words: [(Grade, &str); 2]) -> Result<(), RenderError> {
    for (grade, word) in words {
        let format =
            Format::new().set_background_color(look::grade_colour(grade)).set_font_color(look::on_grade(grade));
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(word.to_owned()))
            .set_format(format.set_bold());
        sheet.add_conditional_format(rows.0, cols.0, rows.1, cols.1, &rule)?;
    }
    Ok(())
}

/// Bold on the fill of a warning where a formula holds.
pub(crate) fn warn_where(sheet: &mut Worksheet, (rows, cols): Area, formula: &str) -> Result<(), RenderError> {
    let rule = ConditionalFormatFormula::new()
        .set_rule(formula)
        .set_format(Format::new().set_background_color(look::WARN).set_bold());
    sheet.add_conditional_format(rows.0, cols.0, rows.1, cols.1, &rule)?;
    Ok(())
}

/// Bold on the fill of an error where the figure is above zero.
pub(crate) fn error_above_zero(sheet: &mut Worksheet, (rows, cols): Area) -> Result<(), RenderError> {
    let rule = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::GreaterThan(0))
        .set_format(Format::new().set_background_color(look::ERROR).set_bold());
    sheet.add_conditional_format(rows.0, cols.0, rows.1, cols.1, &rule)?;
    Ok(())
}

/// A number format where a formula holds: the number stays a number.
pub(crate) fn number_format_where(
    sheet: &mut Worksheet,
    (rows, cols): Area,
    formula: &str,
    format: &str,
) -> Result<(), RenderError> {
    let rule = ConditionalFormatFormula::new().set_rule(formula).set_format(Format::new().set_num_format(format));
    sheet.add_conditional_format(rows.0, cols.0, rows.1, cols.1, &rule)?;
    Ok(())
}

/// Cells that begin with a sign, bold on a fill.
pub(crate) fn begins(sheet: &mut Worksheet, (rows, cols): Area, sign: &str, colour: u32) -> Result<(), RenderError> {
    let rule = ConditionalFormatText::new()
        .set_rule(ConditionalFormatTextRule::BeginsWith(sign.to_owned()))
        .set_format(Format::new().set_background_color(colour).set_bold());
    sheet.add_conditional_format(rows.0, cols.0, rows.1, cols.1, &rule)?;
    Ok(())
}

/// Shares of points: white at 100 %, darkest at 70 %, one hue.
pub(crate) fn heat(sheet: &mut Worksheet, (rows, cols): Area) -> Result<(), RenderError> {
    let rule = ConditionalFormat2ColorScale::new()
        .set_minimum(ConditionalFormatType::Number, 0.7)
        .set_maximum(ConditionalFormatType::Number, 1.0)
        .set_minimum_color(look::HEAT)
        .set_maximum_color(look::WHITE);
    sheet.add_conditional_format(rows.0, cols.0, rows.1, cols.1, &rule)?;
    Ok(())
}
