//! Code 128.

use barcoders::sym::code128::Code128;

/// A bar code: dark and light modules, one after another.
pub(crate) struct Bars {
    modules: Vec<u8>,
}

/// Chooses character set B: letters, digits and hyphens.
const SET_B: char = '\u{181}';

impl Bars {
    /// The bar code of a number that can be read off a fax; none for another.
    pub(crate) fn of(number: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if !(4..=24).contains(&number.len()) || !number.bytes().all(is_plain) {
            return None;
        }
        let modules = Code128::new(format!("{SET_B}{number}")).ok()?.encode();
        Some(Self { modules })
    }

    /// How many modules there are.
    pub(crate) fn len(&self) -> u16 {
        u16::try_from(self.modules.len()).unwrap_or(u16::MAX)
    }

    /// The dark bars: first module and number of modules.
    pub(crate) fn dark(&self) -> Vec<(u16, u16)> {
        let mut bars: Vec<(u16, u16)> = Vec::new();
        for (place, _) in (0_u16..).zip(&self.modules).filter(|(_, module)| **module == 1) {
            match bars.last_mut() {
                Some((first, width)) if first.saturating_add(*width) == place => *width = width.saturating_add(1),
                _ => bars.push((place, 1)),
            }
        }
        bars
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_eleven_modules_a_character_and_its_frame() {
        // Start, check and stop: 11, 11 and 13.
        assert_eq!(Bars::of("01M3-K7QZ-8R2T-5V9X").unwrap().len(), 19 * 11 + 35);
        let bars = Bars::of("WC-1").unwrap();
        assert_eq!(bars.dark().first(), Some(&(0, 2)));
        let (first, width) = *bars.dark().last().unwrap();
        assert_eq!(first + width, bars.len());
    }

    #[test]
    fn what_is_no_number_has_no_bars() {
        for number in ["", "WC1", "WC 1234", "WC-\u{e9}1", "0123456789012345678901234"] {
            assert!(Bars::of(number).is_none(), "{number}");
        }
        assert!(Bars::of("012345678901234567890123").is_some());
    }
}
