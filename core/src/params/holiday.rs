//! Federal holidays by rule (CAL-02).

use crate::domain::Month;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HolidayFile {
    title: String,
    unit: String,
    cite: String,
    verified_through: String,
    #[serde(rename = "holiday")]
    holidays: Vec<Holiday>,
}

/// One holiday: a day of a month, or the so-manieth weekday of one.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    name: String,
    from: String,
    month: i8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day: Option<i8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weekday: Option<HolidayWeekday>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nth: Option<String>,
    source: String,
}

#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum HolidayWeekday {
    Monday,
    Thursday,
}

pub(super) fn read() -> serde_json::Result<HolidayFile> {
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/federal_holiday.json")))
}

impl HolidayFile {
    /// The days observed in a year, those of the next New Year's Day included when it is observed in this one.
    pub(super) fn observed_in(&self, year: i16) -> Vec<(Date, &str)> {
        let mut days: Vec<(Date, &str)> = [year, year.saturating_add(1)]
            .into_iter()
            .flat_map(|y| {
                self.holidays.iter().filter_map(move |holiday| Some((holiday.observed(y)?, holiday.name.as_str())))
            })
            .filter(|(day, _)| day.year() == year)
            .collect();
        days.sort_unstable();
        days
    }
}

impl Holiday {
    fn observed(&self, year: i16) -> Option<Date> {
        let first_month = Month::parse(&self.from)?;
        let first = Date::new(year, self.month, 1).ok()?;
        let day = match (self.day, self.weekday, self.nth.as_deref()) {
            (Some(day), None, None) => Date::new(year, self.month, day).ok()?,
            (None, Some(weekday), Some(nth)) => {
                let nth = if nth == "last" { -1 } else { nth.parse().ok()? };
                first.nth_weekday_of_month(nth, weekday.into()).ok()?
            }
            _ => return None,
        };
        if Month::from(day) < first_month {
            return None;
        }
        match day.weekday() {
            Weekday::Saturday => day.checked_sub(1.day()).ok(),
            Weekday::Sunday => day.checked_add(1.day()).ok(),
            _ => Some(day),
        }
    }
}

impl From<HolidayWeekday> for Weekday {
    fn from(weekday: HolidayWeekday) -> Self {
        match weekday {
            HolidayWeekday::Monday => Self::Monday,
            HolidayWeekday::Thursday => Self::Thursday,
        }
    }
}
