//! The weekdays on which federal offices are closed, laid out once.

use super::holiday::HolidayFile;
use super::{Amount, FIRST_YEAR, LAST_YEAR, Table};
use jiff::civil::{Date, Weekday};

/// Holidays as observed and closings by executive order, oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct ClosedDays(Vec<Date>);

impl ClosedDays {
    pub(super) fn of(holidays: &HolidayFile, closures: Option<&Table>) -> Self {
        let years = FIRST_YEAR..=LAST_YEAR;
        let observed = years.filter_map(|year| i16::try_from(year).ok()).flat_map(|year| holidays.observed_in(year));
        let ordered =
            closures.into_iter().flat_map(|table| &table.values).filter_map(|value| Amount::day(value.amount));
        let mut days: Vec<Date> = observed.map(|(day, _)| day).chain(ordered).collect();
        days.sort_unstable();
        Self(days)
    }

    /// None outside the years that were laid out.
    pub(super) fn is_business_day(&self, day: Date) -> Option<bool> {
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let known = (FIRST_YEAR..=LAST_YEAR).contains(&i32::from(day.year()));
        known.then(|| !is_weekend && self.0.binary_search(&day).is_err())
    }
}
