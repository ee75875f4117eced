//! Confirmation numbers.

use aws_lc_rs::rand;
use jiff::Timestamp;
use std::fmt;

/// The number of a submission, `XXXX-XXXX-XXXX-XXXX`; of a payment request it is the work case number as well.
///
/// Crockford's base 32: nine characters of time (in milliseconds, so that numbers sort by time), six of chance, one that checks
/// the others. It holds nothing of anybody.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Confirmation(Box<str>);

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DIGITS: usize = 16;
const CHANCE_BITS: u32 = 30;

impl Confirmation {
    /// A new number for a moment.
    ///
    /// # Errors
    /// No randomness.
    pub fn at(now: Timestamp) -> Result<Self, super::StoreError> {
        let mut chance = [0; 8];
        rand::fill(&mut chance).map_err(|_| crate::vault::VaultError::NoRandomness)?;
        let time = now.as_millisecond().max(0).unsigned_abs();
        let chance = u64::from_be_bytes(chance) >> (u64::BITS - CHANCE_BITS);
        let number = u128::from(time) << CHANCE_BITS | u128::from(chance);
        let digits: Vec<u8> = (0..15).rev().map(|place| five_bits(number >> (5 * place))).collect();
        Ok(Self::of_digits(digits.iter().copied().chain([check(&digits)])))
    }

    /// Reads a number as people write it: in either case, with or without hyphens, O for 0 and I or L for 1.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'-').map(digit).collect::<Option<_>>()?;
        let (last, rest) = digits.split_last()?;
        (digits.len() == DIGITS && check(rest) == *last).then(|| Self::of_digits(digits.iter().copied()))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of_digits(digits: impl Iterator<Item = u8>) -> Self {
        let mut text = String::with_capacity(DIGITS + 3);
        for (place, digit) in digits.enumerate() {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            text.push(ALPHABET.get(usize::from(digit)).map_or('0', |byte| char::from(*byte)));
        }
        Self(text.into())
    }
}

fn five_bits(number: u128) -> u8 {
    u8::try_from(number & 31).unwrap_or_default()
}

fn digit(byte: u8) -> Option<u8> {
    let byte = match byte.to_ascii_uppercase() {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    ALPHABET.iter().position(|letter| *letter == byte).and_then(|place| u8::try_from(place).ok())
}

/// The check digit over the field of 32 elements: each place weighs another power of a generator, so that one wrong character
/// and two that changed places are always noticed.
fn check(digits: &[u8]) -> u8 {
    digits.iter().rev().fold((0, 2), |(sum, weight), digit| (sum ^ times(*digit, weight), times(weight, 2))).0
}

/// Multiplication modulo x^5 + x^2 + 1.
fn times(a: u8, b: u8) -> u8 {
    let product = (0..5).filter(|bit| b >> bit & 1 == 1).fold(0_u16, |sum, bit| sum ^ (u16::from(a) << bit));
    let reduced = (5..9).rev().fold(product, |p, bit| if p >> bit & 1 == 1 { p ^ (0b10_0101 << (bit - 5)) } else { p });
    u8::try_from(reduced & 31).unwrap_or_default()
}

impl fmt::Display for Confirmation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for Confirmation {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(millisecond: i64) -> Confirmation {
        Confirmation::at(Timestamp::from_millisecond(millisecond).unwrap()).unwrap()
    }

    #[test]
    fn numbers_sort_by_time_and_read_as_written() {
        let (early, late) = (number(1_790_000_000_000), number(1_790_000_000_001));
        assert!(early < late);
        assert_eq!(early.as_str().len(), 19);
        assert_eq!(Confirmation::parse(early.as_str()), Some(early.clone()));
        let sloppy = early.as_str().replace('-', "").to_lowercase().replace('0', "o").replace('1', "l");
        assert_eq!(Confirmation::parse(&sloppy), Some(early));
        assert!(number(1_790_000_000_000) < number(4_000_000_000_000));
    }

    #[test]
    fn every_wrong_character_and_every_exchange_is_noticed() {
        let written = number(1_790_000_000_000).as_str().replace('-', "").into_bytes();
        for place in 0..DIGITS {
            for letter in ALPHABET.iter().filter(|letter| **letter != written[place]) {
                let mut wrong = written.clone();
                wrong[place] = *letter;
                assert_eq!(Confirmation::parse(std::str::from_utf8(&wrong).unwrap()), None);
            }
            for other in (place + 1..DIGITS).filter(|other| written[*other] != written[place]) {
                let mut wrong = written.clone();
                wrong.swap(place, other);
                assert_eq!(Confirmation::parse(std::str::from_utf8(&wrong).unwrap()), None);
            }
        }
    }
}
