//! Serial numbers as dates.
//!
//! Input → output: a serial number and the epoch of its workbook → ISO 8601, to the second (milliseconds where there
//! are some). Source: ECMA-376-1 §18.17.4.1, with the 29 February 1900 that spreadsheets keep up.

use std::fmt::Write as _;

/// Days from 0000-03-01 to 1970-01-01, for the civil calendar.
const TO_1970: i64 = 719_468;
/// Serial number of 1970-01-01, counted from 1900.
const SERIAL_1970: i64 = 25_569;
/// What the epoch of 1904 is later than that of 1900.
const DAYS_1904: i64 = 1_462;
/// 0000-03-01 as a serial number counted from 1900.
const FIRST: i64 = SERIAL_1970 - TO_1970;
/// 9999-12-31 as a serial number counted from 1900.
const LAST: i64 = 2_958_465;
const DAY_MS: i64 = 86_400_000;

/// The date of a serial number, `2021-12-31T00:00:00`. Serial 60 of 1900 is the 29 February that never was; days before
/// it are counted as spreadsheets show them, days before the epoch by the calendar. `None`: outside the years 0 to 9999.
pub(crate) fn iso(serial: f64, from_1904: bool) -> Option<String> {
    let ms = milliseconds(serial)?;
    let (mut day, ms) = (ms.div_euclid(DAY_MS), ms.rem_euclid(DAY_MS));
    if from_1904 {
        day += DAYS_1904;
    }
    if !(FIRST..=LAST).contains(&day) {
        return None;
    }
    let (year, month, date) = match day {
        60 if !from_1904 => (1900, 2, 29),
        // Before the day that never was, serials run one day behind.
        ..60 if !from_1904 => civil(day - SERIAL_1970 + 1),
        _ => civil(day - SERIAL_1970),
    };
    let mut out = String::with_capacity(24);
    let _ = write!(out, "{year:04}-{month:02}-{date:02}T{}", clock(ms));
    Some(out)
}

/// An elapsed time as an ISO 8601 duration, `PT36H5M0S`.
pub(crate) fn duration(serial: f64) -> Option<String> {
    let ms = milliseconds(serial)?;
    let sign = if ms < 0 { "-" } else { "" };
    let ms = ms.abs();
    let (seconds, rest) = (ms / 1000, ms % 1000);
    let mut out = format!("{sign}PT{}H{}M{}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest != 0 {
        let _ = write!(out, ".{rest:03}");
    }
    out.push('S');
    Some(out)
}

/// The serial number, counted from 1900, of an ISO date with or without a time. `None`: no such date.
pub(crate) fn serial(iso: &str) -> Option<f64> {
    let (date, time) = iso.split_once(['T', ' ']).map_or((iso, None), |(date, time)| (date, Some(time)));
    let mut parts = date.splitn(3, '-');
    let year: i64 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: i64 = parts.next().filter(|month| month.len() == 2)?.parse().ok()?;
    let day: i64 = parts.next().filter(|day| day.len() == 2)?.parse().ok()?;
    let days = days_from_civil(year, month, day);
    if civil(days) != (year, month, day) {
        return None;
    }
    let days = days + SERIAL_1970;
    let days = if (0..=60).contains(&days) { days - 1 } else { days };
    #[allow(clippy::cast_precision_loss, reason = "days of ten thousand years are exact")]
    Some(days as f64 + time.map_or(Some(0.0), fraction_of_day)?)
}

/// `hh:mm`, `hh:mm:ss`, `hh:mm:ss.fff` as a fraction of a day.
fn fraction_of_day(time: &str) -> Option<f64> {
    let mut parts = time.trim_end_matches('Z').splitn(3, ':');
    let hour: f64 = parts.next()?.parse().ok()?;
    let minute: f64 = parts.next()?.parse().ok()?;
    let second: f64 = parts.next().map_or(Some(0.0), |s| s.parse().ok())?;
    ((0.0..24.0).contains(&hour) && (0.0..60.0).contains(&minute) && (0.0..61.0).contains(&second))
        .then(|| (hour * 3600.0 + minute * 60.0 + second) / 86_400.0)
}

/// An ISO 8601 duration such as `PT12H30M00S` or `P1DT2H` as a number of days.
pub(crate) fn days_of_duration(text: &str) -> Option<f64> {
    let (sign, text) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    let (days, time) = text.strip_prefix('P')?.split_once('T')?;
    let mut total = match days.strip_suffix('D') {
        Some(days) => days.parse::<f64>().ok()? * 86_400.0,
        None if days.is_empty() => 0.0,
        None => return None,
    };
    let mut rest = time;
    while let Some(at) = rest.find(['H', 'M', 'S']) {
        let value: f64 = rest.get(..at)?.replace(',', ".").parse().ok()?;
        let (unit, behind) = rest.get(at..)?.split_at_checked(1)?;
        total += value
            * match unit {
                "H" => 3600.0,
                "M" => 60.0,
                _ => 1.0,
            };
        rest = behind;
    }
    rest.is_empty().then_some(sign * total / 86_400.0)
}

fn milliseconds(serial: f64) -> Option<i64> {
    let ms = (serial * 86_400_000.0).round();
    #[allow(clippy::cast_possible_truncation, reason = "the range is checked")]
    (ms.abs() < 9e15).then_some(ms as i64)
}

fn clock(ms: i64) -> String {
    let seconds = ms / 1000;
    let mut out = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if ms % 1000 != 0 {
        let _ = write!(out, ".{:03}", ms % 1000);
    }
    out
}

/// Year, month, day of a day counted from 1970-01-01 in the Gregorian calendar, by eras of 400 years.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + TO_1970;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, date)
}

fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - TO_1970
}

#[cfg(test)]
mod tests {
    use super::{days_of_duration, duration, iso, serial};

    #[test]
    fn serials_are_the_dates_that_spreadsheets_show() {
        for (n, text) in [
            (44_561.0, "2021-12-31T00:00:00"),
            (45_292.5, "2024-01-01T12:00:00"),
            (1.0, "1900-01-01T00:00:00"),
            (59.0, "1900-02-28T00:00:00"),
            (60.0, "1900-02-29T00:00:00"),
            (61.0, "1900-03-01T00:00:00"),
            (2_958_465.0, "9999-12-31T00:00:00"),
        ] {
            assert_eq!(iso(n, false).as_deref(), Some(text));
        }
        assert_eq!(iso(0.0, true).as_deref(), Some("1904-01-01T00:00:00"));
        assert_eq!(iso(-1.0, false).as_deref(), Some("1899-12-30T00:00:00"));
        assert_eq!(iso(-1e6, false), None);
        assert_eq!(iso(2_958_466.0, false), None);
        assert_eq!(iso(f64::NAN, false), None);
    }

    #[test]
    fn dates_round_trip() {
        for n in (1..=59).chain(61..2_958_465).step_by(97) {
            let n = f64::from(n);
            assert_eq!(iso(n, false).as_deref().and_then(serial), Some(n));
        }
        assert_eq!(serial("2021-02-30"), None);
        assert_eq!(duration(1.5).as_deref(), Some("PT36H0M0S"));
        assert_eq!(days_of_duration("PT36H0M0S"), Some(1.5));
        assert_eq!(days_of_duration("PT"), Some(0.0));
        assert_eq!(days_of_duration("12:00"), None);
    }
}
