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
    /// EN Payments Checklist, When to Submit a Payment Request; Receiving Payments (yourtickettowork.ssa.gov); 20 CFR 411.140(d)(4).
    pub(super) const RULE = {
        id: "FAM-02", name: "late_plan", heading: Heading::WhenToSubmit,
        source: "EN Payments Checklist, When to Submit a Payment Request; Receiving Payments (yourtickettowork.ssa.gov); 20 CFR 411.140(d)(4)",
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

#[cfg(test)]
mod tests {
    use crate::testing::{NO, POLICIES, UNLISTED, YES, title_ii};

    #[test]
    fn fourteen_days_are_on_time_and_fifteen_are_late() {
        for (signed, received, first) in [
            ("2016-05-18", "2016-06-01", "2016-06"),
            ("2016-05-18", "2016-06-02", "2016-07"),
            ("2016-05-18", "2016-07-01", "2016-08"),
            // Late, and received in the month of the assignment all the same.
            ("2016-05-10", "2016-05-31", "2016-06"),
            // Received before it was signed, and long before the assignment.
            ("2016-05-18", "2016-05-01", "2016-06"),
            ("2016-01-04", "2016-02-20", "2016-06"),
            // February of a leap year has one day more.
            ("2016-02-15", "2016-02-29", "2016-06"),
        ] {
            let ticket = title_ii().plan_signed(signed).plan_received(received);
            let claim = ticket.ask("p1m1", first);
            assert_eq!(claim.holds("FAM-02"), YES, "{signed} {received}");
            assert_eq!(claim.fact("FAM-02", "first_month"), first, "{signed} {received}");
        }
        let late = title_ii().plan_signed("2016-05-18").plan_received("2016-06-02");
        assert_eq!(late.ask("p1m1", "2016-06").holds("FAM-02"), NO);
        assert_eq!(late.ask("p1m1", "2016-06").fails(), ["FAM-02", "P1-01"]);
        let on_time = title_ii().plan_signed("2016-05-18").plan_received("2016-06-01");
        assert_eq!(on_time.ask("p1m1", "2016-06").holds("FAM-02"), YES);
    }

    #[test]
    fn a_month_can_be_before_the_assignment_and_before_the_receipt() {
        let in_may = |received| title_ii().plan_signed("2016-05-10").plan_received(received).ask("outcome", "2016-05");
        assert_eq!([in_may("2016-05-25").holds("FAM-01"), in_may("2016-05-25").holds("FAM-02")], [NO, NO]);
        assert_eq!([in_may("2016-05-24").holds("FAM-01"), in_may("2016-05-24").holds("FAM-02")], [NO, YES]);
    }

    #[test]
    fn the_regulation_does_not_mind_a_late_plan() {
        let late = title_ii().plan_signed("2016-05-18").plan_received("2016-09-30");
        for month in ["2016-06", "2016-09"] {
            assert_eq!(late.ask("p1m1", month).holds("FAM-02"), NO, "{month}");
            assert_eq!(late.ask("p1m1", month).regulation().holds("FAM-02"), YES, "{month}");
        }
    }

    #[test]
    fn a_plan_signed_and_not_received_leaves_no_month_and_no_dates_leave_all() {
        for policy in POLICIES {
            for month in ["2016-05", "2016-06", "2019-12"] {
                let signed = title_ii().plan_signed("2016-05-18").ask("p1m1", month).under(policy);
                assert_eq!(signed.holds("FAM-02"), NO, "{month} {policy}");
                assert_eq!(title_ii().ask("p1m1", month).under(policy).holds("FAM-02"), YES, "{month} {policy}");
            }
        }
        let ledger = title_ii().earned("2016-06", "810").plan_signed("2016-05-18").ledger("2016-07-01");
        assert_eq!(ledger.line("p1m1"), "pending");
    }

    #[test]
    fn the_plan_is_the_one_of_the_claiming_assignment() {
        let ticket =
            title_ii().plan_signed("2016-05-18").plan_received("2016-07-20").assigned_to("EN-B", "en", "2016-07-01");
        assert_eq!(ticket.ask("p1m1", "2016-08").holds("FAM-02"), YES);
        assert_eq!(ticket.ask("p1m1", "2016-07").holds("FAM-02"), NO);
        assert_eq!(ticket.ask("p1m1", "2016-08").by("EN-B").holds("FAM-02"), YES);
        assert_eq!(ticket.ask("reconciliation", "2016-07").holds("FAM-02"), UNLISTED);
    }
}
