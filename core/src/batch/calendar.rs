//! Days since 1970 and calendar months, without a look-up.

use crate::domain::Month;
use jiff::civil::{Date, date};

/// The month that has number 0.
pub(super) const FIRST: (i16, i8) = (1980, 1);
/// Months that have a number: through December 2099.
pub(super) const MONTHS: usize = 120 * 12;
/// The days of those months, since 1970.
pub(super) const DAYS: std::ops::Range<i32> = 3_652..47_482;

/// The number of a day's month, counted from January 1980; of a day outside [`DAYS`] it is not to be used.
#[inline]
pub(super) const fn month_of(day: i32) -> i32 {
    // Days since March 1, 1968: a leap day is then the last day of a cycle of four years, and 2100 is not reached.
    let days = day.wrapping_add(671).cast_unsigned();
    let year = (days.wrapping_mul(4).wrapping_add(3)) / 1461;
    let of_year = days.wrapping_sub(year.wrapping_mul(1461) / 4);
    let month = of_year.wrapping_mul(5).wrapping_add(2) / 153;
    year.wrapping_mul(12).wrapping_add(month).wrapping_sub(142).cast_signed()
}

/// The first day of a month of [`MONTHS`], since 1970. Numbers of 16 bits, of which a machine works on twice as many at once, suffice.
#[inline]
pub(super) const fn first_day(number: u16) -> u16 {
    // Months since March 1968: a leap day is then the last day of a cycle of four years.
    let months = number.wrapping_add(142);
    let (year, month) = (months / 12, months % 12);
    let of_year = month.wrapping_mul(153).wrapping_add(2) / 5;
    year.wrapping_mul(365).wrapping_add(year / 4).wrapping_add(of_year).wrapping_sub(671)
}

/// The month of a number.
pub(super) fn month(number: i32) -> Month {
    Month::new(FIRST.0, FIRST.1).plus(number)
}

/// The number of a month.
pub(super) fn number(month: Month) -> i32 {
    month.since(Month::new(FIRST.0, FIRST.1))
}

/// A day since 1970 as a date; none when the calendar does not reach it.
pub(super) fn date_of(day: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// A date as a day since 1970.
pub(super) fn day_of(day: Date) -> i32 {
    i32::try_from(date(1970, 1, 1).duration_until(day).as_hours() / 24).unwrap_or(i32::MAX)
}

/// The first day of each month, and of some after the last.
pub(super) fn first_days() -> Vec<i32> {
    // 2100 has no leap day, which the days after February 2100 lack.
    let no_leap_day = MONTHS + 1;
    (0_u16..)
        .take(MONTHS + 128)
        .map(|month| i32::from(first_day(month)) - i32::from(usize::from(month) > no_leap_day))
        .collect()
}
