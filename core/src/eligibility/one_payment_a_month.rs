//! P1-09.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_1, Role, Scope, always, rule};
use crate::domain::{PaymentName, TicketPayment};
use crate::facts::{Facts, Truth};

rule! {
    /// Each milestone is paid once, and a month carries one payment.
    ///
    /// # Reading
    /// Any payment but the reconciliation uses up its month, whoever received it. No source says whether two Phase 1 milestones may share
    /// an attainment month; they may not here.
    /// # Example
    /// June 2016 carries Milestone 1: Milestone 2 needs another month.
    /// # Sources
    /// 20 CFR 411.525(a)(2)(iii), 411.560.
    pub(super) const RULE = {
        id: "P1-09", name: "one_payment_a_month", heading: Heading::AttainmentMonth, source: "20 CFR 411.525(a)(2)(iii), 411.560",
        role: Role::Decides(Decides { of: PHASE_1, scope: Scope::Sequence, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    (!facts.is_used(asked.month) && !is_paid(facts, asked)).into()
}

/// Whether the payment asked has been made.
pub(super) fn is_paid(facts: &Facts<'_>, asked: &Asked) -> bool {
    asked.name().is_some_and(|name| facts.paid_month(name).is_some())
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: Truth) -> Said {
    explain_use(facts, asked)
}

/// What is said of payments already made: the payment's own name, and the month.
pub(super) fn explain_use(facts: &Facts<'_>, asked: &Asked) -> Said {
    let own = |paid: &&TicketPayment| Some(paid.payment) == asked.name();
    let of_month = |paid: &&TicketPayment| paid.month == asked.month && paid.payment != PaymentName::Reconciliation;
    let paid = facts.payments.iter().find(own).or_else(|| facts.payments.iter().find(of_month));
    let Some(paid) = paid else {
        return Said::new(format!("Neither this payment nor {} has been paid.", asked.month.in_words()));
    };
    let text = if own(&paid) {
        format!("This payment has already been made, for {}.", paid.month.in_words())
    } else {
        format!("{} already carries a payment: {}.", paid.month.in_words(), paid.payment)
    };
    Said::new(text).fact("payment", paid.payment.to_string()).fact("month", paid.month)
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, UNLISTED, YES, title_ii};

    #[test]
    fn a_month_carries_one_payment_of_any_kind_to_anyone() {
        for payment in ["p1m2", "p1m4", "p2m1", "p2m18", "outcome1", "outcome60"] {
            let story = title_ii().paid_to("EN-Z", payment, "2016-07", "400");
            let asked = |month| story.ask("p1m1", month).holds("P1-09");
            assert_eq!(["2016-06", "2016-07", "2016-08"].map(asked), [YES, NO, YES], "{payment}");
        }
        assert_eq!(title_ii().paid("reconciliation", "2016-07").ask("p1m1", "2016-07").holds("P1-09"), YES);
    }

    #[test]
    fn each_milestone_is_paid_once() {
        let story = title_ii().earned("2016-06..2016-12", "810").paid_to("EN-Z", "p1m1", "2016-06", "1398");
        assert_eq!(story.ask("p1m1", "2016-09").fails(), ["P1-09"]);
        assert_eq!(story.ask("p1m1", "2016-09").fact("P1-09", "month"), "2016-06");
        assert_eq!(story.ask("p1m2", "2016-09").holds("P1-09"), YES);
        assert_eq!(story.ask("p2", "2016-09").holds("P1-09"), UNLISTED);
    }
}
