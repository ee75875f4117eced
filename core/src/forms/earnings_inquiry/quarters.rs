//! The calendar quarters that an inquiry can be answered for.

use crate::domain::Month;
use crate::params::Parameters;
use jiff::Span;
use jiff::civil::Date;
use std::fmt;

/// Months of a quarter.
const MONTHS: i32 = 3;

/// A calendar quarter. Written `2026-Q1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    year: i16,
    /// 0 to 3.
    index: i8,
}

impl Quarter {
    pub(super) fn of(day: Date) -> Self {
        Self { year: day.year(), index: (day.month() - 1) / 3 }
    }

    fn first(self) -> Month {
        Month::new(self.year, self.index * 3 + 1)
    }

    fn before(self) -> Self {
        match self.index {
            0 => Self { year: self.year - 1, index: 3 },
            index => Self { year: self.year, index: index - 1 },
        }
    }

    fn after(self) -> Self {
        match self.index {
            3 => Self { year: self.year.saturating_add(1), index: 0 },
            index => Self { year: self.year, index: index + 1 },
        }
    }

    /// The day from which it can be inquired about, by the rules of a day.
    pub(super) fn out_on(self, today: Date, parameters: &Parameters) -> Option<Date> {
        let delay = parameters.whole_number("inquiry_delay_months", "", today.into())?;
        self.last_day()?.checked_add(Span::new().try_months(delay).ok()?).ok()
    }

    /// Its last day; none beyond the calendar's end.
    #[must_use]
    pub fn last_day(self) -> Option<Date> {
        self.first().plus(MONTHS - 1).last_day()
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.index + 1)
    }
}

/// The quarters that can be inquired about on a day, oldest first: those that ended long enough ago and are still stored.
#[must_use]
pub fn available_quarters(today: Date, parameters: &Parameters) -> Vec<Quarter> {
    let Some(stored) = parameters.whole_number("inquiry_quarters", "", today.into()) else { return Vec::new() };
    let is_out = |quarter: &Quarter| quarter.out_on(today, parameters).is_some_and(|out| out <= today);
    let earlier =
        std::iter::successors(Some(Quarter::of(today)), |quarter| (quarter.year > 1).then(|| quarter.before()));
    let mut quarters: Vec<_> =
        earlier.skip_while(|quarter| !is_out(quarter)).take(stored.unsigned_abs() as usize).collect();
    quarters.reverse();
    quarters
}

/// The day on which the quarterly earnings were last refreshed, and the day on which they are refreshed next.
pub(super) fn refreshes(today: Date, parameters: &Parameters) -> Option<(Date, Date)> {
    let day = i8::try_from(parameters.whole_number("inquiry_refresh_day", "", today.into())?).ok()?;
    let in_quarter = |quarter: Quarter| Date::new(quarter.year, quarter.index * 3 + 1, day).ok();
    let quarter = Quarter::of(today);
    let refresh = in_quarter(quarter)?;
    Some(if refresh <= today {
        (refresh, in_quarter(quarter.after())?)
    } else {
        (in_quarter(quarter.before())?, refresh)
    })
}
