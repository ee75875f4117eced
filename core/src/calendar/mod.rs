//! Days counted from a notice or a diary: business days and calendar days (CAL-01 to CAL-03).
//!
//! ```
//! use jiff::civil::date;
//! use ttw_core::calendar::{Clock, Days};
//! let parameters = ttw_core::params::Parameters::builtin().unwrap();
//! let clock = Clock { started_on: date(2026, 6, 15), length: 9, days: Days::Business };
//! // June 19, 2026 is a holiday: day 9 is June 29, and on June 30 it has run out.
//! assert_eq!(clock.last_day(parameters), Some(date(2026, 6, 29)));
//! assert_eq!(clock.runs_out_on(parameters), Some(date(2026, 6, 30)));
//! ```

use crate::params::Parameters;
use jiff::civil::Date;
use serde::Serialize;

/// Which days a clock counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Days {
    /// Monday to Friday without federal holidays.
    Business,
    /// All of them; a weekend or a holiday at the end extends nothing.
    Calendar,
}

/// So many days from the day on which they begin, which is day 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// Day 0.
    pub started_on: Date,
    /// The last day that counts.
    pub length: u16,
    /// Which days are counted.
    pub days: Days,
}

impl Clock {
    /// The day up to which an answer is in time. None where the holidays are not known.
    #[must_use]
    pub fn last_day(&self, parameters: &Parameters) -> Option<Date> {
        self.day(self.length, parameters)
    }

    /// The first day on which it is too late: the next one that counts.
    #[must_use]
    pub fn runs_out_on(&self, parameters: &Parameters) -> Option<Date> {
        self.day(self.length.checked_add(1)?, parameters)
    }

    /// The so-manieth day that counts.
    #[must_use]
    pub fn day(&self, number: u16, parameters: &Parameters) -> Option<Date> {
        match self.days {
            Days::Business => business_day_after(self.started_on, number, parameters),
            Days::Calendar => later(self.started_on, number),
        }
    }

    /// How many counted days have gone by on a day, that day included.
    #[must_use]
    pub fn gone_by(&self, today: Date, parameters: &Parameters) -> Option<u16> {
        match self.days {
            Days::Business => business_days_between(self.started_on, today, parameters),
            Days::Calendar => u16::try_from((today - self.started_on).get_days().max(0)).ok(),
        }
    }
}

/// The so-manieth business day after a day, which is day 0 whatever day of the week it is. None where the holidays are not known.
#[must_use]
pub fn business_day_after(start: Date, number: u16, parameters: &Parameters) -> Option<Date> {
    let mut day = start;
    parameters.is_business_day(day)?;
    for _ in 0..number {
        day = next_business_day(day, parameters)?;
    }
    Some(day)
}

/// How many business days lie after a day, up to and with another; none before it. Nothing where the holidays are not known.
#[must_use]
pub fn business_days_between(start: Date, end: Date, parameters: &Parameters) -> Option<u16> {
    let mut count = 0_u16;
    let mut day = start;
    parameters.is_business_day(start)?;
    parameters.is_business_day(end)?;
    while day < end {
        day = day.tomorrow().ok()?;
        count = count.saturating_add(u16::from(parameters.is_business_day(day)?));
    }
    Some(count)
}

/// The first business day after a day.
fn next_business_day(day: Date, parameters: &Parameters) -> Option<Date> {
    let mut next = day.tomorrow().ok()?;
    while !parameters.is_business_day(next)? {
        next = next.tomorrow().ok()?;
    }
    Some(next)
}

fn later(day: Date, days: u16) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests;
