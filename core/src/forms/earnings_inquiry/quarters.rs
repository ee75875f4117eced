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
    fn of(day: Date) -> Self {
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
    let number = |table| parameters.whole_number(table, "", today.into());
    let (Some(delay), Some(stored)) = (number("inquiry_delay_months"), number("inquiry_quarters")) else {
        return Vec::new();
    };
    let is_out = |quarter: &Quarter| {
        let out = |end: Date| end.checked_add(Span::new().try_months(delay).ok()?).ok();
        quarter.last_day().and_then(out).is_some_and(|out| out <= today)
    };
    let earlier =
        std::iter::successors(Some(Quarter::of(today)), |quarter| (quarter.year > 1).then(|| quarter.before()));
    let mut quarters: Vec<_> =
        earlier.skip_while(|quarter| !is_out(quarter)).take(stored.unsigned_abs() as usize).collect();
    quarters.reverse();
    quarters
}

/// The day on which the quarterly earnings were last refreshed.
pub(super) fn last_refresh(today: Date, parameters: &Parameters) -> Option<Date> {
    let day = i8::try_from(parameters.whole_number("inquiry_refresh_day", "", today.into())?).ok()?;
    let in_quarter = |quarter: Quarter| Date::new(quarter.year, quarter.index * 3 + 1, day).ok();
    let quarter = Quarter::of(today);
    in_quarter(quarter).filter(|refresh| *refresh <= today).or_else(|| in_quarter(quarter.before()))
}
