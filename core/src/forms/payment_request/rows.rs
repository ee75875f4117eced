//! The pay statements of a request.

use super::super::Sheet;
use super::employer::EmployerDraft;
use super::fields::fields;
use super::numbers::{GROSS, YEAR_TO_DATE, read_wages};
use super::request::{Earnings, PayFrequency};
use super::{MAX_EARNINGS, code};
use crate::domain::Usd;
use crate::facts::Basis;
use crate::problem::{Code, Problem};
use crate::read::Path;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json_borrow::Value;

/// The longest pay period, in days.
const MAX_PERIOD_DAYS: i32 = 31;

/// One statement as received.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct EarningsDraft {
    pub(super) period_start: Option<Date>,
    pub(super) period_end: Option<Date>,
    pub(super) pay_date: Option<Date>,
    pub(super) gross: Option<Usd>,
    pub(super) ytd_gross: Option<Usd>,
    pub(super) withholdings_shown: Option<bool>,
}

impl EarningsDraft {
    pub(super) fn whole(&self) -> Option<Earnings> {
        Some(Earnings {
            period_start: self.period_start?,
            period_end: self.period_end?,
            pay_date: self.pay_date?,
            gross: self.gross?,
            ytd_gross: self.ytd_gross?,
            withholdings_shown: self.withholdings_shown?,
        })
    }

    /// First and last day, if they stand in that order.
    fn period(&self) -> Option<(Date, Date)> {
        self.period_start.zip(self.period_end).filter(|(start, end)| start <= end)
    }

    /// The day by which it is put into a month (EARN-01).
    pub(super) const fn day(&self, basis: Basis) -> Option<Date> {
        match basis {
            Basis::Earned => self.period_end,
            Basis::Paid => self.pay_date,
        }
    }

    fn days(&self) -> Option<i32> {
        self.period().map(|(start, end)| days_between(start, end) + 1)
    }
}

/// Days from one day to a later one.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// Reads the statements; a list that is too long is not looked at.
pub(super) fn read(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> Option<Vec<EarningsDraft>> {
    let Value::Array(items) = value else {
        sheet.list(Some(value), path);
        return None;
    };
    if items.len() > MAX_EARNINGS {
        sheet.add(Problem::new(&code::PR_EARNINGS_TOO_MANY, &path.pointer()).with("limit", MAX_EARNINGS));
        return None;
    }
    Some(items.iter().enumerate().map(|(index, item)| read_one(sheet, item, &path.index(index))).collect())
}

fields! {
    /// The fields of a statement.
    Fields { period_start, period_end, pay_date, gross, ytd_gross, withholdings_shown }
}

fn read_one(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> EarningsDraft {
    let Some(fields) = Fields::of(sheet, value, path) else { return EarningsDraft::default() };
    let period_start = sheet.date(fields.period_start, &path.key("period_start"));
    let period_end = sheet.date(fields.period_end, &path.key("period_end"));
    let pay_date = sheet.date(fields.pay_date, &path.key("pay_date"));
    EarningsDraft {
        period_start,
        period_end,
        pay_date,
        gross: read_wages(sheet, fields.gross, GROSS, &path.key("gross")),
        ytd_gross: read_wages(sheet, fields.ytd_gross, YEAR_TO_DATE, &path.key("ytd_gross")),
        withholdings_shown: sheet.boolean(fields.withholdings_shown, &path.key("withholdings_shown")),
    }
}

/// Checks the statements by themselves, with each other and with what the employer pays; says whether all of them can be counted.
pub(super) fn check(sheet: &mut Sheet<'_>, rows: &[EarningsDraft], employer: Option<&EmployerDraft>) -> bool {
    let list = Path::Root.key("earnings");
    let mut can_count = true;
    for (index, row) in rows.iter().enumerate() {
        let at = list.index(index);
        let earlier = rows.get(..index).unwrap_or_default();
        let wrong = refuse_dates(sheet, row, &at) | refuse_repeated(sheet, row, earlier, &at);
        let wrong = refuse_year_to_date(sheet, row, &at) | wrong;
        can_count &= !wrong && row.whole().is_some();
        if row.withholdings_shown == Some(false) {
            sheet.refuse(&code::PR_WITHHOLDINGS_MISSING, &at.key("withholdings_shown"));
        }
        if !wrong {
            find_unlikely(sheet, row, rows, index, &at);
            if let Some(employer) = employer {
                find_pay_unlike(sheet, row, employer, &at);
            }
        }
    }
    can_count
}

/// Tells, at each statement, that none falls into the claim month, and by which day they are counted.
pub(super) fn tell_outside_month(sheet: &mut Sheet<'_>, rows: &[EarningsDraft], bases: &[Basis]) {
    let list = Path::Root.key("earnings");
    for index in 0..rows.len() {
        let row = list.index(index);
        let (at, by) = match bases {
            [Basis::Earned] => (row.key("period_end"), "by the end of the pay period"),
            [Basis::Paid] => (row.key("pay_date"), "by the day of pay"),
            _ => (row, "by the end of the pay period or by the day of pay"),
        };
        sheet.add(Problem::new(&code::PR_EARNINGS_OUTSIDE_MONTH, &at.pointer()).with("by", by));
    }
}

/// Whether a check refused something.
type Refused = bool;

fn refuse_dates(sheet: &mut Sheet<'_>, row: &EarningsDraft, path: &Path<'_>) -> Refused {
    let received_on = sheet.desk.received_on;
    let end = path.key("period_end");
    let is_reversed = row.period_start.zip(row.period_end).is_some_and(|(start, end)| end < start);
    if is_reversed {
        sheet.refuse(&code::PR_EARNINGS_PERIOD_ORDER, &end);
    }
    let is_long = row.days().is_some_and(|days| days > MAX_PERIOD_DAYS);
    if is_long {
        let problem = Problem::new(&code::PR_EARNINGS_PERIOD_LENGTH, &end.pointer());
        sheet.add(problem.with("limit", MAX_PERIOD_DAYS));
    }
    let mut wrong = is_reversed || is_long;
    for (day, path) in [(row.period_end, end), (row.pay_date, path.key("pay_date"))] {
        if day.is_some_and(|day| day > received_on) {
            sheet.refuse(&code::PR_EARNINGS_FUTURE, &path);
            wrong = true;
        }
    }
    wrong
}

/// The same statement twice, or two periods that overlap (all statements are of one employer).
fn refuse_repeated(sheet: &mut Sheet<'_>, row: &EarningsDraft, earlier: &[EarningsDraft], path: &Path<'_>) -> Refused {
    let Some((start, end)) = row.period() else { return false };
    let overlaps = |other: &&EarningsDraft| other.period().is_some_and(|(from, to)| from <= end && start <= to);
    let is_same = |other: &EarningsDraft| {
        other.period() == Some((start, end)) && other.pay_date == row.pay_date && other.gross == row.gross
    };
    let mut overlapping = earlier.iter().filter(overlaps).peekable();
    if overlapping.peek().is_none() {
        return false;
    }
    if overlapping.any(is_same) {
        sheet.refuse(&code::PR_EARNINGS_DUPLICATE, path);
    } else {
        sheet.refuse(&code::PR_EARNINGS_OVERLAP, &path.key("period_start"));
    }
    true
}

fn refuse_year_to_date(sheet: &mut Sheet<'_>, row: &EarningsDraft, path: &Path<'_>) -> Refused {
    let is_less = row.ytd_gross.zip(row.gross).is_some_and(|(ytd, gross)| ytd < gross);
    if is_less {
        sheet.refuse(&code::PR_YTD_LT_GROSS, &path.key("ytd_gross"));
    }
    is_less
}

fn find_unlikely(sheet: &mut Sheet<'_>, row: &EarningsDraft, rows: &[EarningsDraft], index: usize, path: &Path<'_>) {
    if row.pay_date.zip(row.period_end).is_some_and(|(paid, end)| paid < end) {
        sheet.refuse(&code::PR_PAY_DATE_BEFORE_END, &path.key("pay_date"));
    }
    let Some((paid, ytd)) = row.pay_date.zip(row.ytd_gross) else { return };
    let had_more = |(place, other): (usize, &EarningsDraft)| {
        other.pay_date.zip(other.ytd_gross).is_some_and(|(other_paid, other_ytd)| {
            other_paid.year() == paid.year() && (other_paid, place) < (paid, index) && other_ytd > ytd
        })
    };
    if rows.iter().enumerate().any(had_more) {
        sheet.refuse(&code::PR_YTD_DECREASES, &path.key("ytd_gross"));
    }
}

/// The statement against what the employer is said to pay (R12, Q1).
fn find_pay_unlike(sheet: &mut Sheet<'_>, row: &EarningsDraft, employer: &EmployerDraft, path: &Path<'_>) {
    let Some(days) = row.days() else { return };
    let mut find = |code: &'static Code, field| sheet.refuse(code, &path.key(field));
    if employer.pay_frequency.is_some_and(|frequency| !frequency.period_days().contains(&days)) {
        find(&code::PR_PAY_FREQUENCY_MISMATCH, "period_end");
    }
    let Some(((wage, hours), gross)) = employer.hourly_wage.zip(employer.hours_per_week).zip(row.gross) else { return };
    // Of a week: the gross of seven days, against wage times hours. Off by more than half of it is not overtime or a short week.
    let expected = wage.dollars().saturating_mul(hours.0).saturating_mul(Decimal::from(days));
    let off = gross.dollars().saturating_mul(Decimal::from(7)).saturating_sub(expected).abs();
    if off.saturating_mul(Decimal::TWO) > expected {
        find(&code::PR_WAGE_HOURS_MISMATCH, "gross");
    }
}

impl PayFrequency {
    /// Days of a pay period.
    const fn period_days(self) -> std::ops::RangeInclusive<i32> {
        match self {
            Self::Weekly => 7..=7,
            Self::Biweekly => 14..=14,
            Self::Semimonthly => 13..=16,
            Self::Monthly => 28..=31,
        }
    }
}
