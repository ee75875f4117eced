//! The numbers of the rules that change rarely, read out of their tables once.

use super::table::{Table, Value};
use crate::domain::{Month, Title};
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Windows, counts and percentages that hold from one date to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Months at the trial work level needed for each Phase 1 milestone, and the window in which they fall.
    pub phase_1: [Window; 4],
    /// Months at the trial work level that bar each Phase 1 milestone, and the window before the first assignment.
    pub look_back: [Window; 4],
    /// First assignments from this day on are looked back from.
    pub look_back_since: Date,
    /// Half of the trial work level, in percent.
    pub half_percent: Decimal,
    /// Last days of a month that are its last period.
    pub last_period_days: i32,
    /// Days in which a plan is received on time.
    pub plan_receipt_days: i32,
    /// Phase 2 milestones of a ticket: title II, title XVI.
    pub phase_2_count: (u8, u8),
    /// Outcome payments of a ticket: title II, title XVI.
    pub outcome_count: (u8, u8),
    /// Outcomes before the reconciliation.
    pub reconciliation_outcomes: u8,
    /// Successful State VR closures from this day on bar Phase 1 (SVR-01).
    pub state_vr_closure_since: Date,
    /// Months before the assignment in which a closure bars Phase 1 (SVR-02); none before that rule.
    pub state_vr_closure_months: Option<i32>,
    /// Percentages of the base: Phase 1, Phase 2, outcome after milestones, outcome only.
    pub percent: [Decimal; 4],
    /// Payments attained before this day are transition payments (TRN-01).
    pub transition_before: Date,
    /// Year of the rates of a transition ticket.
    pub transition_year: i32,
    /// Outcomes of a transition ticket, at most.
    pub transition_outcomes: u8,
    /// Payment requests received from this day on are evidentiary; earlier ones were certified (PRQ-02).
    pub evidentiary_requests_since: Date,
    /// Months after the claimed month in which a payment request is expected (PRQ-03).
    pub payment_request_months: i32,
}

/// So many months within so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Months needed.
    pub months: u8,
    /// Calendar months looked at.
    pub within: u8,
}

/// Keys of `payment_percent`, in the order of [`Terms::percent`].
pub(crate) const PERCENT_KEYS: [&str; 4] = ["phase_1", "phase_2", "outcome_milestone", "outcome_only"];
const MILESTONES: [&str; 4] = ["p1m1", "p1m2", "p1m3", "p1m4"];

impl Terms {
    pub(super) const NONE: Self = Self {
        phase_1: [Window { months: u8::MAX, within: 0 }; 4],
        look_back: [Window { months: u8::MAX, within: 0 }; 4],
        look_back_since: Date::MAX,
        half_percent: Decimal::ONE_HUNDRED,
        last_period_days: 0,
        plan_receipt_days: 0,
        phase_2_count: (0, 0),
        outcome_count: (0, 0),
        reconciliation_outcomes: u8::MAX,
        state_vr_closure_since: Date::MIN,
        state_vr_closure_months: None,
        percent: [Decimal::ZERO; 4],
        transition_before: Date::MIN,
        transition_year: 0,
        transition_outcomes: 0,
        evidentiary_requests_since: Date::MIN,
        payment_request_months: 0,
    };

    /// The terms at each date at which one of them changes, oldest first; none when a table lacks its first value.
    pub(super) fn by_date(tables: &[Table]) -> Option<Vec<(Month, Self)>> {
        let is_term = |table: &&Table| table.holds == super::Holds::UntilChanged;
        let mut dates: Vec<Month> =
            tables.iter().filter(is_term).flat_map(|table| table.values.iter().map(|value| value.from)).collect();
        dates.sort_unstable();
        dates.dedup();
        // Tables of other things may begin earlier.
        let terms: Vec<_> = dates.into_iter().filter_map(|date| Some((date, Self::at(tables, date)?))).collect();
        (!terms.is_empty()).then_some(terms)
    }

    /// Phase 2 milestones that a ticket of a title can carry.
    #[must_use]
    pub const fn phase_2_count(&self, ticket_title: Title) -> u8 {
        if matches!(ticket_title, Title::T16) { self.phase_2_count.1 } else { self.phase_2_count.0 }
    }

    /// Outcome payments that a ticket of a title can carry.
    #[must_use]
    pub const fn outcome_count(&self, ticket_title: Title) -> u8 {
        if matches!(ticket_title, Title::T16) { self.outcome_count.1 } else { self.outcome_count.0 }
    }

    fn at(tables: &[Table], date: Month) -> Option<Self> {
        let value =
            |name: &str, key: &str| -> Option<&Value> { tables.iter().find(|table| table.name == name)?.at(key, date) };
        let number = |name: &str, key: &str| value(name, key)?.amount.number();
        let small = |name: &str, key: &str| number(name, key)?.to_u8();
        let day = |name: &str| value(name, "")?.amount.day();
        let windows = |months: &str, within: &str| -> Option<[Window; 4]> {
            let windows: Option<Vec<Window>> = MILESTONES
                .iter()
                .map(|key| Some(Window { months: small(months, key)?, within: small(within, key)? }))
                .collect();
            windows?.try_into().ok()
        };
        let percent: Option<Vec<Decimal>> = PERCENT_KEYS.iter().map(|key| number("payment_percent", key)).collect();
        Some(Self {
            phase_1: windows("phase_1_months_needed", "phase_1_window")?,
            look_back: windows("look_back_months_reached", "look_back_window")?,
            look_back_since: day("look_back_since")?,
            half_percent: number("half_trial_work_level", "")?,
            last_period_days: i32::from(small("last_period_days", "")?),
            plan_receipt_days: i32::from(small("plan_receipt_days", "")?),
            phase_2_count: (small("payment_count", "phase_2/t2")?, small("payment_count", "phase_2/t16")?),
            outcome_count: (small("payment_count", "outcome/t2")?, small("payment_count", "outcome/t16")?),
            reconciliation_outcomes: small("reconciliation_outcomes", "")?,
            state_vr_closure_since: day("state_vr_closure_since")?,
            state_vr_closure_months: small("state_vr_closure_months", "").map(i32::from),
            percent: percent?.try_into().ok()?,
            transition_before: day("transition_before")?,
            transition_year: number("transition_year", "")?.to_i32()?,
            transition_outcomes: small("transition_outcomes", "")?,
            evidentiary_requests_since: day("evidentiary_requests_since")?,
            payment_request_months: i32::from(small("payment_request_months", "")?),
        })
    }
}
