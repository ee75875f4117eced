//! SYS-01.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, NOT_OUTCOME, Role, Scope, always, rule};
use crate::facts::{Facts, Truth};

rule! {
    /// Milestones and their reconciliation are paid only under the outcome-milestone system, the one in effect at the assignment.
    ///
    /// # Reading
    /// A later change of the provider's election does not touch a ticket already assigned.
    /// # Example
    /// Assigned under outcome-only: no milestone, and outcomes at 67 percent.
    /// # Sources
    /// 20 CFR 411.515(a), 411.575(a)(1)(i).
    pub(super) const RULE = {
        id: "SYS-01", name: "payment_system", heading: Heading::Ticket, source: "20 CFR 411.515(a), 411.575(a)(1)(i)",
        role: Role::Decides(Decides { of: NOT_OUTCOME, scope: Scope::Availability, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    facts.pays_milestones().into()
}

fn explain(_: &Facts<'_>, _: &Asked, truth: Truth) -> Said {
    let (text, system) = if truth == Truth::Yes {
        ("The ticket was assigned under the outcome-milestone system.", "outcome_milestone")
    } else {
        ("The ticket was assigned under the outcome-only system, which pays no milestones.", "outcome_only")
    };
    Said::new(text).fact("payment_system", system)
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, POLICIES, UNLISTED, YES, title_ii};

    #[test]
    fn outcome_only_pays_no_milestones() {
        for policy in POLICIES {
            for payment in ["p1m1", "p1m2", "p1m3", "p1m4", "p2", "reconciliation"] {
                assert_eq!(title_ii().ask(payment, "2016-06").under(policy).holds("SYS-01"), YES, "{payment}");
                let claim = title_ii().outcome_only().ask(payment, "2016-06").under(policy);
                assert_eq!(claim.holds("SYS-01"), NO, "{payment}");
            }
            assert_eq!(title_ii().outcome_only().ask("outcome", "2016-06").under(policy).holds("SYS-01"), UNLISTED);
        }
    }

    #[test]
    fn the_system_is_the_one_of_the_claiming_assignment() {
        let story = title_ii().assigned_to("EN-B", "en", "2016-09-01").outcome_only();
        assert_eq!(story.ask("p1m1", "2016-10").holds("SYS-01"), YES);
        assert_eq!(story.ask("p1m1", "2016-10").by("EN-B").holds("SYS-01"), NO);
        assert_eq!(
            [story.ask("outcome", "2016-10").holds("SYS-03"), title_ii().ask("outcome", "2016-10").holds("SYS-03")],
            [YES, UNLISTED]
        );
    }
}
