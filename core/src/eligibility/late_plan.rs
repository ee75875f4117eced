//! FAM-02.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, MONTHLY, Role, Scope, always, rule};
use crate::domain::date_in_words;
use crate::facts::{Facts, Truth, is_late};

rule! {
    /// When the plan is received more than 14 days after the latest signature, the first month that can be paid is the one after
    /// its receipt.
    ///
    /// # Reading
    /// Exactly 14 days is on time, and so is a plan whose dates are both unknown. A plan signed and not received leaves no month
    /// payable, under both policies (20 CFR 411.140(d)(4)). Under `regulation` a late plan has no effect: the fourteen days are not in the
    /// regulation. The look-back is not moved by a late plan.
    /// # Example
    /// Assigned and signed on May 18, 2016. Received June 1: on time, first month June. Received June 2: late, first month July.
    /// # Sources
    /// EN Payments Checklist, When to Submit a Payment Request; Receiving Payments (yourtickettowork.ssa.gov); 20 CFR 411.140(d).
    pub(super) const RULE = {
        id: "FAM-02", name: "late_plan", heading: Heading::WhenToSubmit,
        source: "EN Payments Checklist, When to Submit a Payment Request; Receiving Payments (yourtickettowork.ssa.gov)",
        role: Role::Decides(Decides { of: MONTHLY, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    match facts.first_available {
        None => Truth::No,
        Some(_) if !is_moved(facts) => Truth::Yes,
        Some(first) => (asked.month >= first).into(),
    }
}

/// The plan was late and the policy minds.
fn is_moved(facts: &Facts<'_>) -> bool {
    let dates = facts.assignment.plan_signed_on.zip(facts.assignment.plan_received_on);
    facts.policy.late_plan_moves_first_month
        && dates.is_some_and(|(signed, received)| is_late(signed, received, facts.terms))
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: Truth) -> Said {
    let assignment = facts.assignment;
    let days = facts.terms.plan_receipt_days;
    let text = match (assignment.plan_signed_on, assignment.plan_received_on, facts.first_available) {
        (Some(signed), None, _) => format!(
            "The plan was signed on {} and has not been received; no month can be paid until it is.",
            date_in_words(signed)
        ),
        (Some(signed), Some(received), Some(first)) if is_moved(facts) => format!(
            "The plan signed on {} was received on {}, more than {days} days later, so {} is the first month that can be paid; \
             the month asked is {}.",
            date_in_words(signed),
            date_in_words(received),
            first.in_words(),
            asked.month.in_words()
        ),
        (Some(_), Some(_), _) if !facts.policy.late_plan_moves_first_month => {
            "The plan was received; under the regulation its date does not move the first month.".to_owned()
        }
        (Some(signed), Some(received), _) => format!(
            "The plan signed on {} was received on {}, within {days} days.",
            date_in_words(signed),
            date_in_words(received)
        ),
        (None, _, _) => "The dates of the plan are not given; it is taken to have been on time.".to_owned(),
    };
    Said::new(text)
        .fact("plan_signed_on", assignment.plan_signed_on)
        .fact("plan_received_on", assignment.plan_received_on)
        .fact("first_month", facts.first_available)
}
