use super::*;
use jiff::civil::date;

fn parameters() -> &'static Parameters {
    Parameters::builtin().unwrap()
}

fn parsed(text: &str) -> Date {
    crate::domain::parse_date(text).unwrap()
}

#[test]
fn holidays_are_observed_on_the_nearest_weekday() {
    for (observed, worked, why) in [
        ("2021-12-31", "2022-01-03", "New Year's Day on a Saturday, observed in the year before"),
        ("2023-01-02", "2023-01-03", "New Year's Day on a Sunday"),
        ("2011-01-17", "2011-01-14", "the third Monday of January"),
        ("2026-02-16", "2026-02-17", "the third Monday of February"),
        ("2026-05-25", "2026-05-18", "the last Monday of May, not the fourth to last day"),
        ("2021-06-18", "2020-06-19", "Juneteenth on a Saturday, in its first year; not a holiday before"),
        ("2022-06-20", "2019-06-19", "Juneteenth on a Sunday"),
        ("2026-07-03", "2026-07-06", "July 4 on a Saturday"),
        ("2021-07-05", "2021-07-02", "July 4 on a Sunday"),
        ("2026-09-07", "2026-09-08", "the first Monday of September"),
        ("2026-10-12", "2026-10-05", "the second Monday of October"),
        ("2023-11-10", "2023-11-13", "November 11 on a Saturday"),
        ("2018-11-12", "2018-11-09", "November 11 on a Sunday"),
        ("2026-11-26", "2026-11-27", "the fourth Thursday of November; the Friday after is worked"),
        ("2021-12-24", "2021-12-23", "December 25 on a Saturday"),
        ("2022-12-26", "2022-12-27", "December 25 on a Sunday"),
        ("2018-12-05", "2018-12-06", "closed by executive order"),
        ("2025-12-26", "2026-12-24", "closed by executive order, in that year alone"),
        ("2025-12-24", "2015-12-24", "half a day is a business day"),
        ("2025-01-20", "2021-01-20", "Inauguration Day is no holiday but where it is Dr. King's day"),
    ] {
        assert_eq!(parameters().is_business_day(parsed(observed)), Some(false), "{observed}: {why}");
        assert_eq!(parameters().is_business_day(parsed(worked)), Some(true), "{worked}: {why}");
    }
}

#[test]
fn day_0_is_the_day_of_the_notice_whatever_day_it_is() {
    for start in [date(2026, 6, 12), date(2026, 6, 13), date(2026, 6, 14)] {
        assert_eq!(business_day_after(start, 0, parameters()), Some(start));
        assert_eq!(business_day_after(start, 1, parameters()), Some(date(2026, 6, 15)), "{start}");
        assert_eq!(business_days_between(start, date(2026, 6, 15), parameters()), Some(1), "{start}");
    }
    assert_eq!(business_days_between(date(2026, 6, 15), date(2026, 6, 12), parameters()), Some(0));
}

#[test]
fn calendar_days_end_on_weekends_and_holidays_too() {
    let clock = Clock { started_on: date(2026, 6, 4), length: 30, days: Days::Calendar };
    assert_eq!(clock.last_day(parameters()), Some(date(2026, 7, 4)));
    assert_eq!(clock.runs_out_on(parameters()), Some(date(2026, 7, 5)));
    assert_eq!(clock.gone_by(date(2026, 7, 4), parameters()), Some(30));
}

#[test]
fn years_of_which_nothing_is_known_have_no_business_days() {
    for day in [date(1989, 12, 29), date(2100, 1, 4)] {
        assert_eq!(parameters().is_business_day(day), None);
        assert_eq!(business_day_after(day, 1, parameters()), None);
        assert_eq!(business_days_between(day, day, parameters()), None);
    }
    assert_eq!(business_day_after(date(2099, 12, 31), 1, parameters()), None);
}

/// The other counting is that of the `PyPI` package `holidays`; `core/fixtures/business_days.py` writes the file.
#[test]
fn three_hundred_diaries_end_on_the_day_that_another_calendar_says() {
    let file = include_str!("../../fixtures/business_days.csv");
    let mut compared = 0;
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let days: Vec<Date> = line.split(',').map(parsed).collect();
        let [start, day_1, day_9, day_10] = days[..] else { panic!("{line}") };
        for (number, day) in [(1, day_1), (9, day_9), (10, day_10)] {
            assert_eq!(business_day_after(start, number, parameters()), Some(day), "day {number} after {start}");
            assert_eq!(business_days_between(start, day, parameters()), Some(number), "{start} to {day}");
        }
        compared += 1;
    }
    assert_eq!(compared, 300);
}

#[test]
fn an_operator_adds_a_closing() {
    let file = "title = \"Closings\"\nunit = \"date\"\nholds = \"month\"\ncite = \"5 U.S.C. 301\"\n\
        verified_through = \"2027-12\"\n[[value]]\nkey = \"first\"\nfrom = \"2027-12\"\namount = \"2027-12-23\"\nsource = \"order\"\n";
    let all = parameters().with_files([("federal_closure.toml", file)]).unwrap();
    assert_eq!(all.is_business_day(date(2027, 12, 23)), Some(false));
    assert_eq!(parameters().is_business_day(date(2027, 12, 23)), Some(true));
}
