//! Exact decimals: `mantissa / 10^scale`.

use super::Text;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU8;

/// Digits kept behind the point at the most.
const MAX_SCALE: u8 = 18;
/// Absolute bound of the mantissa, so that two decimals of any scale can be compared in 128 bits.
const MAX_MANTISSA: i128 = 10_i128.pow(20);

/// An exact decimal number of up to 20 digits, up to 18 of them behind the point.
///
/// Kept in lowest terms (no trailing zero behind the point), so that equal values are equal and hash alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The upper and the lower half of the mantissa: apart they need no alignment to 16 bytes, of which tables are full.
    upper: i64,
    lower: u64,
    /// One more than the scale, so that a missing decimal is no larger than one that is there.
    above_scale: NonZeroU8,
}

impl Default for Decimal {
    fn default() -> Self {
        Self::ZERO
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decimal").field("mantissa", &self.mantissa()).field("scale", &self.scale()).finish()
    }
}

/// As text for people and programs, `0.85`; in its parts where nobody reads it.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.upper, self.lower, self.scale()).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            Self::parse(&text).ok_or_else(|| D::Error::custom(format!("no decimal `{text}`")))
        } else {
            let (upper, lower, scale): (i64, u64, u8) = Deserialize::deserialize(deserializer)?;
            let mantissa = i128::from(upper) << 64 | i128::from(lower);
            Self::new(mantissa, scale).ok_or_else(|| D::Error::custom("no decimal"))
        }
    }
}

const fn pow10(n: u8) -> i128 {
    10_i128.pow(n as u32)
}

/// `a / b` in 64 bits where both fit, which most do and is many times faster; `b` is not zero.
fn quotient_and_remainder(a: i128, b: i128) -> Option<(i128, i128)> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => Some((a.checked_div(b)?.into(), a.checked_rem(b)?.into())),
        _ => Some((a.checked_div(b)?, a.checked_rem(b)?)),
    }
}

/// `a / b` rounded half away from zero. `None` when `b` is zero or the doubling overflows.
pub(crate) fn div_half_up(a: i128, b: i128) -> Option<i128> {
    if b == 0 {
        return None;
    }
    let (quotient, remainder) = quotient_and_remainder(a, b)?;
    let doubled = remainder.unsigned_abs().checked_mul(2)?;
    if doubled >= b.unsigned_abs() {
        let step = if (a < 0) == (b < 0) { 1 } else { -1 };
        return quotient.checked_add(step);
    }
    Some(quotient)
}

/// The digits of both texts as one number. `None`: something else among them, or more than 37, which are refused rather
/// than cut.
fn digits(whole: &str, fraction: &str) -> Option<i128> {
    let mut bytes = whole.bytes().chain(fraction.bytes());
    // 18 digits fit 64 bits.
    let mut short = 0_i64;
    for byte in bytes.by_ref().take(18) {
        short = short * 10 + i64::from(digit(byte)?);
    }
    let mut number = i128::from(short);
    for byte in bytes {
        let digit = digit(byte)?;
        if number >= pow10(36) {
            return None;
        }
        number = number * 10 + i128::from(digit);
    }
    Some(number)
}

fn digit(byte: u8) -> Option<u8> {
    byte.is_ascii_digit().then(|| byte - b'0')
}

/// Bytes of the longest decimal: sign, point, twenty digits, and a zero before the point.
const SHOWN: usize = 23;

/// A digit.
fn low(digit: u64) -> u8 {
    u8::try_from(digit).unwrap_or(0)
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self::raw(0, 0);
    /// One.
    pub const ONE: Self = Self::raw(1, 0);
    /// One hundred.
    pub const HUNDRED: Self = Self::raw(100, 0);

    /// The parts as they are; in lowest terms and within bounds.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the two halves of the number, put together again in `mantissa`"
    )]
    const fn raw(mantissa: i128, scale: u8) -> Self {
        let above_scale = NonZeroU8::MIN.saturating_add(scale);
        Self { upper: (mantissa >> 64) as i64, lower: mantissa as u64, above_scale }
    }

    const fn mantissa(self) -> i128 {
        (self.upper as i128) << 64 | self.lower as i128
    }

    const fn scale(self) -> u8 {
        self.above_scale.get() - 1
    }

    /// `mantissa / 10^scale`. `None`: more than 20 digits, or more than 18 of them behind the point.
    pub fn new(mut mantissa: i128, mut scale: u8) -> Option<Self> {
        if let Ok(mut short) = i64::try_from(mantissa) {
            while scale > 0 && short % 10 == 0 {
                short /= 10;
                scale -= 1;
            }
            mantissa = short.into();
        } else {
            while scale > 0 && mantissa % 10 == 0 {
                mantissa /= 10;
                scale -= 1;
            }
        }
        (scale <= MAX_SCALE && mantissa.abs() <= MAX_MANTISSA).then_some(Self::raw(mantissa, scale))
    }

    /// A whole number.
    pub const fn from_int(n: i64) -> Self {
        Self::raw(n as i128, 0)
    }

    /// The number that a spreadsheet shows for a stored double: its 15 significant digits, so that the noise of
    /// binary arithmetic (`0.0900000762939453` apart, `95.70000000000002`) is gone. `None`: not finite, or too large.
    pub fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        // Exact for every whole number of up to 15 digits, which most cells are.
        #[expect(clippy::cast_possible_truncation, reason = "bounded by the test before it")]
        #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
        #[expect(clippy::float_cmp, reason = "the very same double is meant")]
        if value.abs() < 1e15 && (value as i64) as f64 == value {
            return Some(Self::raw((value as i64).into(), 0));
        }
        // A number of at most 15 digits and the double nearest to it belong together one to one, so the first such number
        // whose double this is, is what 15 digits show.
        for (scale, power) in [(2, 1e2), (4, 1e4), (6, 1e6), (8, 1e8), (10, 1e10), (12, 1e12), (14, 1e14)] {
            let shifted = value * power;
            if shifted.abs() >= 1e15 {
                break;
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_precision_loss,
                reason = "bounded by the test before it"
            )]
            #[expect(clippy::float_cmp, reason = "the very same double is meant")]
            let found = {
                let whole = (shifted + 0.5_f64.copysign(shifted)) as i64;
                (whole as f64 / power == value).then_some(whole)
            };
            if let Some(whole) = found {
                return Self::new(whole.into(), scale);
            }
        }
        Self::parse(&format!("{value:.14e}"))
    }

    /// A plain number as programs write it: `[-+]digits[.digits][e[-+]digits]`, ASCII, no separators.
    /// Digits beyond the 18th behind the point are rounded half-up. `None`: anything else, or too large.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, body) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (number, exponent) = match body.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (body, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut mantissa = digits(whole, fraction)?;
        if negative {
            mantissa = -mantissa;
        }
        let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        if scale < 0 {
            let up = u8::try_from(scale.checked_neg()?).ok().filter(|&n| n <= 20);
            return match up {
                Some(n) => Self::new(mantissa.checked_mul(pow10(n))?, 0),
                None if mantissa == 0 => Some(Self::ZERO),
                None => None,
            };
        }
        Self::fit(mantissa, scale)
    }

    /// `mantissa / 10^scale`, rounded half-up to 18 places where it has more.
    fn fit(mantissa: i128, scale: i32) -> Option<Self> {
        let over = scale - i32::from(MAX_SCALE);
        if over <= 0 {
            return Self::new(mantissa, u8::try_from(scale).ok()?);
        }
        let Some(by) = u8::try_from(over).ok().filter(|&n| n <= 37) else {
            return Some(Self::ZERO);
        };
        Self::new(div_half_up(mantissa, pow10(by))?, MAX_SCALE)
    }

    /// The sign: -1, 0 or 1.
    pub fn signum(self) -> i32 {
        match self.mantissa().cmp(&0) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        }
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.upper == 0 && self.lower == 0
    }

    /// Whether it has no digits behind the point.
    pub fn is_whole(self) -> bool {
        self.scale() == 0
    }

    /// How many digits it has behind the point.
    pub fn places(self) -> u8 {
        self.scale()
    }

    /// The value without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self::raw(self.mantissa().abs(), self.scale())
    }

    /// `self × 10^n`. `None`: too large.
    pub fn shift(self, n: i8) -> Option<Self> {
        if n >= 0 {
            let mut scale = self.scale();
            let mut mantissa = self.mantissa();
            for _ in 0..n {
                if scale > 0 { scale -= 1 } else { mantissa = mantissa.checked_mul(10)? }
            }
            Self::new(mantissa, scale)
        } else {
            Self::fit(self.mantissa(), i32::from(self.scale()) - i32::from(n))
        }
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, u8)> {
        if self.above_scale == other.above_scale {
            return Some((self.mantissa(), other.mantissa(), self.scale()));
        }
        let scale = self.scale().max(other.scale());
        let a = self.mantissa().checked_mul(pow10(scale - self.scale()))?;
        let b = other.mantissa().checked_mul(pow10(scale - other.scale()))?;
        Some((a, b, scale))
    }

    /// Exact sum. `None`: too large.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let (a, b, scale) = self.aligned(other)?;
        Self::new(a.checked_add(b)?, scale)
    }

    /// Exact difference. `None`: too large.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let (a, b, scale) = self.aligned(other)?;
        Self::new(a.checked_sub(b)?, scale)
    }

    /// Exact product where it has at most 18 places, else rounded half-up to 18. `None`: too large.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let mantissa = self.mantissa().checked_mul(other.mantissa())?;
        Self::fit(mantissa, i32::from(self.scale()) + i32::from(other.scale()))
    }

    /// `self / other` rounded half-up to `places` (at most 18). `None`: division by zero, or too large.
    pub fn div(self, other: Self, places: u8) -> Option<Self> {
        // self/other = (a / 10^sa) / (b / 10^sb) = a * 10^(sb - sa) / b; times 10^places before the one rounding.
        let shift = i32::from(other.scale()) + i32::from(places) - i32::from(self.scale());
        let (mut a, mut b) = (self.mantissa(), other.mantissa());
        let by = pow10(u8::try_from(shift.unsigned_abs()).ok()?);
        if shift >= 0 {
            a = a.checked_mul(by)?;
        } else {
            b = b.checked_mul(by)?;
        }
        Self::new(div_half_up(a, b)?, places)
    }

    /// Rounded half away from zero to `places` behind the point.
    #[must_use]
    pub fn round(self, places: u8) -> Self {
        if self.scale() <= places {
            return self;
        }
        let by = pow10(self.scale() - places);
        // A divisor of at most 10^18 and a mantissa of at most 10^20 cannot overflow.
        let mantissa = div_half_up(self.mantissa(), by).unwrap_or(self.mantissa() / by);
        Self::new(mantissa, places).unwrap_or(self)
    }

    /// The value in units of `10^-places`, rounded half-up. `None`: does not fit 64 bits.
    pub fn to_scaled(self, places: u8) -> Option<i64> {
        let r = self.round(places);
        i64::try_from(r.mantissa().checked_mul(pow10(places - r.scale().min(places)))?).ok()
    }

    /// Exact sum of all. `None`: too large.
    pub fn sum(values: impl IntoIterator<Item = Self>) -> Option<Self> {
        values.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// As shown, in ASCII, at the end of a buffer. Of up to 20 digits 18 stand behind the point, with a zero before it.
    fn ascii(self, buffer: &mut [u8; SHOWN]) -> &[u8] {
        let all = self.mantissa().unsigned_abs();
        // All but the last digit fits 64 bits.
        let (mut rest, last) = match u64::try_from(all) {
            Ok(short) => (short / 10, short % 10),
            Err(_) => (u64::try_from(all / 10).unwrap_or(0), u64::try_from(all % 10).unwrap_or(0)),
        };
        let mut next = last;
        let mut scale = usize::from(self.scale());
        let mut slots = buffer.iter_mut().rev();
        let mut left = SHOWN;
        let mut put = |byte: u8| {
            if let Some(slot) = slots.next() {
                *slot = byte;
                left -= 1;
            }
        };
        if scale > 0 {
            while scale > 0 {
                put(b'0' + low(next));
                (next, rest) = (rest % 10, rest / 10);
                scale -= 1;
            }
            put(b'.');
        }
        loop {
            put(b'0' + low(next));
            if rest == 0 {
                break;
            }
            (next, rest) = (rest % 10, rest / 10);
        }
        if self.upper < 0 {
            put(b'-');
        }
        buffer.get(left..).unwrap_or_default()
    }

    /// As shown, at the end of a buffer.
    fn shown(self, buffer: &mut [u8; SHOWN]) -> &str {
        std::str::from_utf8(self.ascii(buffer)).unwrap_or_default()
    }

    /// As shown.
    pub fn text(self) -> Text {
        self.shown(&mut [0; SHOWN]).into()
    }

    /// As shown, with more text behind it.
    pub(crate) fn text_with(self, behind: &str) -> Text {
        [self.shown(&mut [0; SHOWN]), behind].into_iter().collect()
    }

    /// Adds the number as shown.
    pub(crate) fn append(self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.ascii(&mut [0; SHOWN]));
    }

    /// The nearest double, for writers that know nothing else.
    pub fn to_f64(self) -> f64 {
        // Both are doubles without rounding, so that their quotient is rounded once.
        #[expect(clippy::cast_precision_loss, reason = "bounded by the test before it")]
        match i64::try_from(self.mantissa()) {
            Ok(mantissa) if mantissa.abs() <= 1 << 53 => mantissa as f64 / 10_i64.pow(self.scale().into()) as f64,
            _ => self.to_string().parse().unwrap_or(f64::NAN),
        }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        // 10^20 * 10^18 = 10^38 < 2^127: the alignment of two decimals never overflows.
        match self.aligned(*other) {
            Some((a, b, _)) => a.cmp(&b),
            None => self.mantissa().cmp(&other.mantissa()),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<i64> for Decimal {
    fn from(n: i64) -> Self {
        Self::from_int(n)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = [0; SHOWN];
        let text = self.shown(&mut buffer);
        if f.width().is_none() && !f.sign_plus() {
            return f.write_str(text);
        }
        f.pad_integral(self.mantissa() >= 0, "", text.trim_start_matches('-'))
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn reads_plain_numbers_and_nothing_else() {
        assert_eq!(d("17.0050").to_string(), "17.005");
        assert_eq!(d("-.5").to_string(), "-0.5");
        assert_eq!(d("1.5e3"), d("1500"));
        assert_eq!(d("9e-20"), Decimal::ZERO);
        assert_eq!(d("12345678901234567890").to_string(), "12345678901234567890");
        for bad in
            ["", "-", ".", "1,234", "abc", "1e999", "0x1", "٣", "1.2.3", "123456789012345678901234567890123456789"]
        {
            assert_eq!(Decimal::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_double_is_what_the_spreadsheet_shows() {
        assert_eq!(Decimal::from_f64(95.700_000_000_000_02), Some(d("95.7")));
        assert_eq!(Decimal::from_f64(1.005), Some(d("1.005")));
        assert_eq!(Decimal::from_f64(f64::NAN), None);
        assert_eq!(Decimal::from_f64(f64::INFINITY), None);
        assert_eq!(Decimal::from_f64(1e300), None);
        assert_eq!(Decimal::from_f64(-0.0), Some(Decimal::ZERO));
    }

    #[test]
    fn rounds_half_away_from_zero() {
        assert_eq!(d("89.995").round(2), d("90"));
        assert_eq!(d("89.994").round(2), d("89.99"));
        assert_eq!(d("-0.125").round(2), d("-0.13"));
        assert_eq!(d("1").div(d("3"), 4), Some(d("0.3333")));
        assert_eq!(d("-0.05").div(d("3"), 2), Some(d("-0.02")));
        assert_eq!(d("1").div(Decimal::ZERO, 4), None);
    }

    proptest! {
        #[test]
        fn sums_do_not_depend_on_order(mut values in proptest::collection::vec((-1_000_000_000_i64..1_000_000_000, 0_u8..6), 0..30)) {
            let sum = |v: &[(i64, u8)]| Decimal::sum(v.iter().map(|&(m, s)| Decimal::new(m.into(), s).unwrap()));
            let forward = sum(&values);
            values.reverse();
            prop_assert_eq!(forward, sum(&values));
        }

        #[test]
        fn text_round_trip(m in -1_000_000_000_000_i64..1_000_000_000_000, s in 0_u8..12) {
            let value = Decimal::new(m.into(), s).unwrap();
            prop_assert_eq!(Decimal::parse(&value.to_string()), Some(value));
            prop_assert_eq!(value.text().to_string(), value.to_string());
            let packed = postcard::to_allocvec(&value).unwrap();
            prop_assert_eq!(postcard::from_bytes::<Decimal>(&packed), Ok(value));
            prop_assert_eq!(value.text_with("%").to_string(), format!("{value}%"));
        }

        #[test]
        fn a_double_is_its_first_fifteen_digits(m in -999_999_999_999_999_i64..=999_999_999_999_999, s in 0_i32..=16, bits: u8) {
            let near: f64 = format!("{m}e-{s}").parse().unwrap();
            for value in [near, f64::from_bits(near.to_bits() ^ u64::from(bits % 4))] {
                prop_assert_eq!(Decimal::from_f64(value), Decimal::parse(&format!("{value:.14e}")));
            }
        }

        #[test]
        fn half_fen_never_rounds_down(n in 0_i64..100_000_000) {
            // n.005 as a double, which is nearly never exactly that
            let text = format!("{n}.005");
            let value = Decimal::from_f64(text.parse().unwrap()).unwrap();
            prop_assert_eq!(value.round(2).to_string(), format!("{n}.01"));
        }
    }
}
