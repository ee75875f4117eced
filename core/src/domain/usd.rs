//! Money: exact decimals, never floats.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;

/// An amount of United States dollars, exact to the cent.
///
/// ```
/// use ttw_core::domain::Usd;
/// let amount = Usd::parse("1398").unwrap();
/// assert_eq!(amount.to_string(), "1398.00");
/// assert_eq!(amount.in_words().to_string(), "$1,398");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Usd(Decimal);

impl Ord for Usd {
    fn cmp(&self, other: &Self) -> Ordering {
        // Amounts read are all in cents; a month is compared with a level many times.
        if self.0.scale() == other.0.scale() {
            self.0.mantissa().cmp(&other.0.mantissa())
        } else {
            self.0.cmp(&other.0)
        }
    }
}

impl PartialOrd for Usd {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The longest amount read: 999,999,999.99 dollars.
const MAX_WHOLE_DIGITS: usize = 9;

impl Usd {
    /// No money.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Reads a decimal with at most two places, such as `840.00`. A leading minus is read, so that a caller can say what is
    /// wrong with it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, cents) = digits.split_once('.').map_or((digits, None), |(whole, cents)| (whole, Some(cents)));
        let numeric =
            |part: &str, max: usize| (1..=max).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if !numeric(whole, MAX_WHOLE_DIGITS) || !cents.is_none_or(|cents| numeric(cents, 2)) {
            return None;
        }
        let digit_sum = |part: &str| part.bytes().fold(0_i64, |sum, b| sum * 10 + i64::from(b - b'0'));
        let cents = cents.map_or(0, |c| if c.len() == 1 { digit_sum(c) * 10 } else { digit_sum(c) });
        let sum = digit_sum(whole) * 100 + cents;
        Some(Self::from_cents(if negative { -sum } else { sum }))
    }

    /// An amount of whole cents.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Self {
        Self(Decimal::from_parts(
            (cents.unsigned_abs() & 0xffff_ffff) as u32,
            (cents.unsigned_abs() >> 32) as u32,
            0,
            cents < 0,
            2,
        ))
    }

    /// An amount of whole dollars.
    #[must_use]
    pub const fn from_dollars(dollars: i32) -> Self {
        Self::from_cents(dollars as i64 * 100)
    }

    /// The number of dollars.
    #[must_use]
    pub const fn dollars(self) -> Decimal {
        self.0
    }

    /// The sum; it stays at the largest amount a decimal holds rather than overflow.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// So many times the amount.
    #[must_use]
    pub fn times(self, count: u32) -> Self {
        Self(self.0.saturating_mul(Decimal::from(count)))
    }

    /// A percentage of the amount, not rounded.
    #[must_use]
    pub fn percent(self, percent: Decimal) -> Self {
        Self(self.0.saturating_mul(percent).checked_div(Decimal::ONE_HUNDRED).unwrap_or_default())
    }

    /// The nearest whole dollar; half a dollar goes up.
    #[must_use]
    pub fn to_nearest_dollar(self) -> Self {
        Self(self.0.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
    }

    /// Whether there are no cents.
    #[must_use]
    pub fn is_whole_dollars(self) -> bool {
        self.0.fract().is_zero()
    }

    /// Whether the amount is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// The amount as it stands in a sentence: `$1,398`, `$912.50`.
    #[must_use]
    pub const fn in_words(self) -> UsdInWords {
        UsdInWords(self)
    }
}

impl From<Decimal> for Usd {
    fn from(dollars: Decimal) -> Self {
        let mut dollars = dollars;
        if dollars.scale() < 2 {
            dollars.rescale(2);
        }
        Self(dollars)
    }
}

impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Written::of(*self, "", false).as_str())
    }
}

impl Serialize for Usd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(Written::of(*self, "", false).as_str())
    }
}

/// An amount to be read in a sentence.
#[derive(Debug, Clone, Copy)]
pub struct UsdInWords(Usd);

impl fmt::Display for UsdInWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = Written::of(self.0, "$", true);
        let text = written.as_str();
        f.write_str(text.strip_suffix(".00").unwrap_or(text))
    }
}

/// An amount written out without an allocation: answers hold many.
struct Written {
    bytes: [u8; 56],
    start: usize,
}

impl Written {
    /// With a sign before the digits, and commas between thousands or none.
    fn of(amount: Usd, sign: &str, commas: bool) -> Self {
        let cents = amount.0.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        let scale = if cents.scale() < 2 { 10_u128.pow(2 - cents.scale()) } else { 1 };
        let mut left = u64::try_from(cents.mantissa().unsigned_abs().saturating_mul(scale)).unwrap_or(u64::MAX);
        let mut written = Self { bytes: [0; 56], start: 56 };
        let mut digits = 0;
        while left > 0 || digits < 3 {
            if digits == 2 {
                written.put(b'.');
            } else if commas && digits > 2 && digits % 3 == 2 {
                written.put(b',');
            }
            written.put(b'0' + u8::try_from(left % 10).unwrap_or(0));
            left /= 10;
            digits += 1;
        }
        sign.bytes().rev().for_each(|byte| written.put(byte));
        if amount.is_negative() {
            written.put(b'-');
        }
        written
    }

    fn put(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.start) {
            *place = byte;
        }
    }

    fn as_str(&self) -> &str {
        self.bytes.get(self.start..).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_to_the_cent() {
        for (text, written) in [
            ("840", "840.00"),
            ("840.5", "840.50"),
            ("0.01", "0.01"),
            ("-3.10", "-3.10"),
            ("999999999.99", "999999999.99"),
        ] {
            assert_eq!(Usd::parse(text).unwrap().to_string(), written);
        }
        for bad in ["", ".5", "5.", "1.234", "1e3", "1,000", "+5", "1000000000", " 1", "٣", "--1", "-"] {
            assert_eq!(Usd::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn half_a_dollar_goes_up() {
        assert_eq!(Usd::parse("1398.26").unwrap().to_nearest_dollar(), Usd::from_dollars(1398));
        assert_eq!(Usd::parse("1398.50").unwrap().to_nearest_dollar(), Usd::from_dollars(1399));
        assert_eq!(Usd::parse("1398.49").unwrap().to_nearest_dollar(), Usd::from_dollars(1398));
    }

    #[test]
    fn amounts_in_sentences() {
        for (text, words) in [
            ("1210", "$1,210"),
            ("912.50", "$912.50"),
            ("0", "$0"),
            ("0.05", "$0.05"),
            ("1234567.05", "$1,234,567.05"),
            ("100000", "$100,000"),
            ("-12", "-$12"),
        ] {
            assert_eq!(Usd::parse(text).unwrap().in_words().to_string(), words);
        }
    }
}
