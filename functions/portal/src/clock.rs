//! The time, and the program manager's calendar day.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::fmt;
use std::sync::{Arc, LazyLock};

/// Eastern time by its rule since 2007, without a time zone database. The rule is valid; were it not, standard time would be the nearest.
static EASTERN: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(-5)))
});

/// Tells the time. In tests it stands still or runs ahead.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(Timestamp::now))
    }

    /// A clock that tells what a function says.
    #[must_use]
    pub fn of(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// Eastern time.
#[must_use]
pub fn eastern(at: Timestamp) -> Zoned {
    at.to_zoned(EASTERN.clone())
}

/// The day it is in Eastern time, by which the program manager dates what is received.
#[must_use]
pub fn eastern_day(at: Timestamp) -> Date {
    eastern(at).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_eastern_time_in_summer_and_winter() {
        let day = |text: &str| eastern_day(text.parse().unwrap()).to_string();
        assert_eq!(day("2026-01-15T04:59:59Z"), "2026-01-14");
        assert_eq!(day("2026-01-15T05:00:00Z"), "2026-01-15");
        assert_eq!(day("2026-07-15T03:59:59Z"), "2026-07-14");
        assert_eq!(day("2026-07-15T04:00:00Z"), "2026-07-15");
    }
}
