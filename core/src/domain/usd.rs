//! Money: exact decimals, never floats.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer};
use std::fmt;

/// An amount of United States dollars, exact to the cent.
///
/// ```
/// use ttw_core::domain::Usd;
/// let amount = Usd::parse("1398").unwrap();
/// assert_eq!(amount.to_string(), "1398.00");
/// assert_eq!(amount.in_words().to_string(), "$1,398");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Usd(Decimal);

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
        Self(dollars)
    }
}

impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}

impl Serialize for Usd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An amount to be read in a sentence.
#[derive(Debug, Clone, Copy)]
pub struct UsdInWords(Usd);

impl fmt::Display for UsdInWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = self.0.0;
        if amount.is_sign_negative() && !amount.is_zero() {
            f.write_str("-")?;
        }
        f.write_str("$")?;
        let whole = amount.abs().trunc().to_string();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        let cents = (amount.abs().fract() * Decimal::ONE_HUNDRED).trunc();
        if cents.is_zero() { Ok(()) } else { write!(f, ".{cents:02}") }
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
        for (text, words) in
            [("1210", "$1,210"), ("912.50", "$912.50"), ("0", "$0"), ("1234567.05", "$1,234,567.05"), ("-12", "-$12")]
        {
            assert_eq!(Usd::parse(text).unwrap().in_words().to_string(), words);
        }
    }
}
