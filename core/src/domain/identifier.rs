//! Social Security numbers and Employer Identification Numbers.

use crate::params::Parameters;
use std::fmt;
use zeroize::Zeroize;

/// A Social Security number. It has no `Display` and no `Serialize`, its `Debug` is masked, and its memory is cleared when it goes.
///
/// ```
/// use ttw_core::{domain::Ssn, params::Parameters};
/// let parameters = Parameters::builtin().unwrap();
/// let test_person = Ssn::parse_test("900-12-3456", parameters).unwrap();
/// assert_eq!(format!("{test_person:?}"), "Ssn(***-**-3456)");
/// assert!(Ssn::parse("900-12-3456", parameters).is_err());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Ssn([u8; 9]);

/// An Employer Identification Number.
///
/// ```
/// use ttw_core::{domain::Ein, params::Parameters};
/// let ein = Ein::parse("12-3456789", Parameters::builtin().unwrap()).unwrap();
/// assert_eq!(ein.to_string(), "12-3456789");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Ein([u8; 9]);

/// Why a number is not one. The code is the contract; the number itself is never repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierError {
    /// Not nine digits in one of the two forms.
    SsnFormat,
    /// An area that is never assigned.
    SsnArea,
    /// Group 00.
    SsnGroup,
    /// Serial 0000.
    SsnSerial,
    /// A number that was published and belongs to nobody.
    SsnPublished,
    /// One digit nine times, or the digits in order.
    SsnImplausible,
    /// Not nine digits in one of the two forms.
    EinFormat,
    /// Nine zeros.
    EinZero,
    /// A prefix that the Internal Revenue Service does not issue.
    EinPrefix,
}

impl IdentifierError {
    /// The stable code of the problem.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SsnFormat => "SSN_FORMAT",
            Self::SsnArea => "SSN_AREA",
            Self::SsnGroup => "SSN_GROUP",
            Self::SsnSerial => "SSN_SERIAL",
            Self::SsnPublished => "SSN_PUBLISHED",
            Self::SsnImplausible => "SSN_IMPLAUSIBLE",
            Self::EinFormat => "EIN_FORMAT",
            Self::EinZero => "EIN_ZERO",
            Self::EinPrefix => "EIN_PREFIX",
        }
    }
}

impl Ssn {
    /// Reads `NNNNNNNNN` or `NNN-NN-NNNN` and refuses what is never assigned.
    ///
    /// # Errors
    /// The first reason why the number cannot be a person's.
    pub fn parse(text: &str, parameters: &Parameters) -> Result<Self, IdentifierError> {
        let ssn = Self::read(text)?;
        if parameters.never_assigned_areas().contains(ssn.area()) {
            return Err(IdentifierError::SsnArea);
        }
        if parameters.published_ssns().iter().any(|published| published.as_bytes() == ssn.0) {
            return Err(IdentifierError::SsnPublished);
        }
        ssn.check_parts()
    }

    /// Reads the number of a test person, and refuses every number that a person could have.
    ///
    /// # Errors
    /// The first reason why the number cannot be a test person's.
    pub fn parse_test(text: &str, parameters: &Parameters) -> Result<Self, IdentifierError> {
        let ssn = Self::read(text)?;
        if !parameters.test_areas().contains(ssn.area()) {
            return Err(IdentifierError::SsnArea);
        }
        ssn.check_parts()
    }

    /// The last four digits, the only ones that may be shown.
    #[must_use]
    pub fn last_four(&self) -> String {
        self.0.iter().skip(5).map(|digit| char::from(*digit)).collect()
    }

    /// The number as it may be shown: `***-**-1234`.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("***-**-{}", self.last_four())
    }

    /// The nine digits, for the one place that seals or indexes them. Whoever takes them clears them.
    #[must_use]
    pub fn expose(&self) -> &[u8; 9] {
        &self.0
    }

    /// The number of nine digits that were sealed when the number was checked.
    #[must_use]
    pub fn from_sealed(digits: &[u8]) -> Option<Self> {
        let digits: [u8; 9] = digits.try_into().ok()?;
        digits.iter().all(u8::is_ascii_digit).then_some(Self(digits))
    }

    fn read(text: &str) -> Result<Self, IdentifierError> {
        nine_digits(text.trim(), &[3, 5]).map(Self).ok_or(IdentifierError::SsnFormat)
    }

    fn area(&self) -> u16 {
        let [a, b, c, ..] = self.0;
        number(&[a, b, c])
    }

    fn check_parts(self) -> Result<Self, IdentifierError> {
        let [first, _, _, g1, g2, serial @ ..] = self.0;
        if [g1, g2] == *b"00" {
            return Err(IdentifierError::SsnGroup);
        }
        if serial == *b"0000" {
            return Err(IdentifierError::SsnSerial);
        }
        if self.0 == *b"123456789" || self.0.iter().all(|digit| *digit == first) {
            return Err(IdentifierError::SsnImplausible);
        }
        Ok(self)
    }
}

impl Drop for Ssn {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Ssn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ssn({})", self.masked())
    }
}

impl Ein {
    /// Reads `NNNNNNNNN` or `NN-NNNNNNN` with a prefix that is issued.
    ///
    /// # Errors
    /// The first reason why the number is not an EIN.
    pub fn parse(text: &str, parameters: &Parameters) -> Result<Self, IdentifierError> {
        let ein = nine_digits(text.trim(), &[2]).map(Self).ok_or(IdentifierError::EinFormat)?;
        if ein.0 == *b"000000000" {
            return Err(IdentifierError::EinZero);
        }
        let [a, b, ..] = ein.0;
        if parameters.ein_prefixes().contains(number(&[a, b])) { Ok(ein) } else { Err(IdentifierError::EinPrefix) }
    }

    /// Reads an EIN of the registry of providers, whatever its prefix: new ones are issued before our list has them.
    #[must_use]
    pub fn parse_registry(text: &str) -> Option<Self> {
        nine_digits(text.trim(), &[2]).map(Self).filter(|ein| ein.0 != *b"000000000")
    }

    /// The nine digits without the hyphen.
    #[must_use]
    pub fn digits(&self) -> String {
        self.0.iter().map(|digit| char::from(*digit)).collect()
    }
}

impl serde::Serialize for Ein {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Ein {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, digit) in self.0.iter().enumerate() {
            if index == 2 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*digit))?;
        }
        Ok(())
    }
}

/// Nine ASCII digits, with hyphens after all of the given counts of digits or after none.
fn nine_digits(text: &str, hyphens_after: &[usize]) -> Option<[u8; 9]> {
    let mut digits = text.bytes().filter(u8::is_ascii_digit);
    let mut nine = [0; 9];
    for digit in &mut nine {
        *digit = digits.next()?;
    }
    let hyphenated = text.len() == 9 + hyphens_after.len()
        && hyphens_after.iter().enumerate().all(|(seen, at)| text.as_bytes().get(at + seen) == Some(&b'-'));
    (digits.next().is_none() && (text.len() == 9 || hyphenated)).then_some(nine)
}

fn number(digits: &[u8]) -> u16 {
    digits.iter().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> &'static Parameters {
        Parameters::builtin().unwrap()
    }

    #[test]
    fn numbers_that_are_never_assigned_are_refused_each_for_its_reason() {
        use IdentifierError as E;
        for (text, error) in [
            ("000-12-3456", E::SsnArea),
            ("666-12-3456", E::SsnArea),
            ("900-12-3456", E::SsnArea),
            ("999-12-3456", E::SsnArea),
            ("001-00-3456", E::SsnGroup),
            ("001-12-0000", E::SsnSerial),
            ("078-05-1120", E::SsnPublished),
            ("111111111", E::SsnImplausible),
            ("123-45-6789", E::SsnImplausible),
            ("12345678", E::SsnFormat),
            ("123-456789", E::SsnFormat),
            ("12-345-6789", E::SsnFormat),
            ("１23456789", E::SsnFormat),
        ] {
            assert_eq!(Ssn::parse(text, parameters()).unwrap_err(), error, "{}", error.code());
        }
    }

    #[test]
    fn a_test_person_is_not_a_person_and_a_person_no_test_person() {
        assert!(Ssn::parse_test("900123456", parameters()).is_ok());
        assert_eq!(
            Ssn::parse_test(&["899", "12", "3456"].join("-"), parameters()).unwrap_err(),
            IdentifierError::SsnArea
        );
        assert!(Ssn::parse(&["899", "12", "3456"].join("-"), parameters()).is_ok());
    }

    #[test]
    fn an_employer_number_has_a_prefix_that_is_issued() {
        assert!(Ein::parse("12-3456789", parameters()).is_ok());
        assert!(Ein::parse("991234567", parameters()).is_ok());
        for prefix in
            ["00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96", "97"]
        {
            assert_eq!(
                Ein::parse(&format!("{prefix}-3456789"), parameters()),
                Err(IdentifierError::EinPrefix),
                "{prefix}"
            );
        }
        let issued = (0..100).filter(|p| Ein::parse(&format!("{p:02}-3456789"), parameters()).is_ok()).count();
        assert_eq!(issued, 83);
        assert_eq!(Ein::parse("000000000", parameters()), Err(IdentifierError::EinZero));
        assert_eq!(Ein::parse("123-456789", parameters()), Err(IdentifierError::EinFormat));
    }
}
