//! Calendar months, the unit in which everything here is judged.

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::fmt;

/// A calendar month. Written `YYYY-MM`.
///
/// ```
/// use ttw_core::domain::Month;
/// let month = Month::parse("2016-11").unwrap();
/// assert_eq!(month.plus(2).to_string(), "2017-01");
/// assert_eq!(month.in_words().to_string(), "November 2016");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Month {
    /// The month of a year; `month` counts from 1 and is brought into 1 to 12.
    #[must_use]
    pub fn new(year: i16, month: i8) -> Self {
        Self(i32::from(year) * 12 + i32::from(month.clamp(1, 12)) - 1)
    }

    /// Reads `YYYY-MM`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2] = text.as_bytes() else { return None };
        let year = number(&[*y1, *y2, *y3, *y4])?;
        let month = number(&[*m1, *m2])?;
        ((1..=12).contains(&month) && year > 0).then_some(Self(year * 12 + month - 1))
    }

    /// The calendar year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month so many months later, or earlier for a negative count.
    #[must_use]
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// Months from `earlier` to this one; negative when this one is the earlier.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// Every month from this one to `last`, both included.
    pub fn through(self, last: Self) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (self.0..=last.0).map(Self)
    }

    /// The month's last day, or `None` beyond the calendar's end.
    #[must_use]
    pub fn last_day(self) -> Option<Date> {
        let year = i16::try_from(self.year()).ok()?;
        Some(Date::new(year, self.number(), 1).ok()?.last_of_month())
    }

    /// The month in words: `March 2016`.
    #[must_use]
    pub const fn in_words(self) -> MonthInWords {
        MonthInWords(self)
    }

    fn number(self) -> i8 {
        i8::try_from(self.0.rem_euclid(12) + 1).unwrap_or(1)
    }
}

impl From<Date> for Month {
    fn from(date: Date) -> Self {
        Self::new(date.year(), date.month())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digit = |number: i32, place: i32| b'0' + u8::try_from(number / place % 10).unwrap_or(0);
        let (year, month) = (self.year(), i32::from(self.number()));
        let text = [
            digit(year, 1000),
            digit(year, 100),
            digit(year, 10),
            digit(year, 1),
            b'-',
            digit(month, 10),
            digit(month, 1),
        ];
        match std::str::from_utf8(&text) {
            Ok(text) if (0..=9999).contains(&year) => serializer.serialize_str(text),
            _ => serializer.collect_str(self),
        }
    }
}

/// A month to be read in a sentence.
#[derive(Debug, Clone, Copy)]
pub struct MonthInWords(Month);

impl fmt::Display for MonthInWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = usize::try_from(self.0.0.rem_euclid(12)).ok().and_then(|index| NAMES.get(index)).unwrap_or(&"");
        write!(f, "{name} {}", self.0.year())
    }
}

/// Reads `YYYY-MM-DD`. `Err(true)` when the text has that form and names no day of the calendar.
///
/// # Errors
/// `false` for another form, `true` for a day that does not exist.
pub fn parse_date(text: &str) -> Result<Date, bool> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return Err(false) };
    let (Some(year), Some(month), Some(day)) =
        (number(&[*y1, *y2, *y3, *y4]), number(&[*m1, *m2]), number(&[*d1, *d2]))
    else {
        return Err(false);
    };
    let (Ok(year), Ok(month), Ok(day)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day)) else {
        return Err(true);
    };
    if year == 0 {
        return Err(true);
    }
    Date::new(year, month, day).map_err(|_| true)
}

/// A day in words: `May 20, 2016`.
#[must_use]
pub fn date_in_words(date: Date) -> String {
    let name = usize::try_from(date.month() - 1).ok().and_then(|index| NAMES.get(index)).unwrap_or(&"");
    format!("{name} {}, {}", date.day(), date.year())
}

fn number(digits: &[u8]) -> Option<i32> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_and_written_in_one_form_only() {
        for good in ["0001-01", "2016-05", "9999-12"] {
            assert_eq!(Month::parse(good).unwrap().to_string(), good);
        }
        for bad in
            ["", "2016-13", "2016-00", "0000-01", "2016-5", "2016/05", "16-05", "２016-05", "2016-05-01", " 2016-05"]
        {
            assert_eq!(Month::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_told_from_another_form() {
        assert_eq!(parse_date("2016-02-29").unwrap(), jiff::civil::date(2016, 2, 29));
        assert_eq!(parse_date("2015-02-29"), Err(true));
        assert_eq!(parse_date("0000-02-01"), Err(true));
        assert_eq!(parse_date("02/01/2016"), Err(false));
    }

    #[test]
    fn months_are_counted_across_years() {
        let december = Month::new(2016, 12);
        assert_eq!(december.plus(1), Month::new(2017, 1));
        assert_eq!(december.plus(1).since(december), 1);
        assert_eq!(Month::new(2016, 2).last_day(), Some(jiff::civil::date(2016, 2, 29)));
        assert_eq!(december.through(Month::new(2017, 2)).count(), 3);
    }
}
