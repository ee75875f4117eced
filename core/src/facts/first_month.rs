//! The first month that a plan leaves available (C-11).

use super::Policy;
use crate::domain::{Assignment, Month};
use crate::params::Terms;
use jiff::civil::Date;

/// The first month that can be paid; none while the plan has not been received.
pub(super) fn first_available(assignment: &Assignment, after: Month, policy: &Policy, terms: &Terms) -> Option<Month> {
    match (assignment.plan_signed_on, assignment.plan_received_on) {
        (Some(_), None) => None,
        (Some(signed), Some(received)) if policy.late_plan_moves_first_month && is_late(signed, received, terms) => {
            Some(after.max(Month::from(received).plus(1)))
        }
        _ => Some(after),
    }
}

/// More days from signature to receipt than a plan has.
pub(crate) fn is_late(signed: Date, received: Date, terms: &Terms) -> bool {
    signed.duration_until(received).as_hours() > i64::from(terms.plan_receipt_days) * 24
}
