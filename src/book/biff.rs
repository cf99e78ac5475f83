//! What the binary formats, .xls and .xlsb, write alike.

/// A number in 30 bits. Source: MS-XLSB §2.5.122.
pub(crate) fn rk(value: u32) -> f64 {
    #[allow(clippy::cast_possible_wrap, reason = "the bits are a signed integer")]
    let number =
        if value & 2 != 0 { f64::from((value as i32) >> 2) } else { f64::from_bits(u64::from(value & !3) << 32) };
    if value & 1 != 0 { number / 100.0 } else { number }
}

/// The text of an error code; unknown codes are shown as such.
pub(crate) fn error_text(code: u8) -> String {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        other => return format!("#ERR{other}!"),
    }
    .to_owned()
}
