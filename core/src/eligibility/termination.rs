//! TRM-01.

use super::reason::Said;
use super::rule::{ALL, Asked, Decides, Heading, Role, Scope, always, rule};
use crate::facts::{Facts, Truth};

rule! {
    /// No payment is made for work in or after the month in which the ticket terminates.
    ///
    /// # Reading
    /// The month comes with the case (`terminates_in`); the engine does not derive it, not even from the end of the outcome period.
    /// Asked of the reconciliation's own month too.
    /// # Example
    /// Terminates in January 2020: December 2019 is the last month that can be paid.
    /// # Sources
    /// 20 CFR 411.525(d), 411.155.
    pub(super) const RULE = {
        id: "TRM-01", name: "termination", heading: Heading::Ticket, source: "20 CFR 411.525(d), 411.155",
        role: Role::Decides(Decides { of: &ALL, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    facts.case.terminates_in.is_none_or(|end| asked.month < end).into()
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let Some(end) = facts.case.terminates_in else { return Said::new("The ticket has not terminated.") };
    let text = format!(
        "The ticket terminates in {}; {} is {}before it.",
        end.in_words(),
        asked.month.in_words(),
        if truth == Truth::Yes { "" } else { "not " }
    );
    Said::new(text).fact("terminates_in", end)
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, POLICIES, YES, title_ii};

    #[test]
    fn the_month_of_termination_and_later_ones_are_not_paid() {
        let story = title_ii().terminates_in("2020-01");
        for policy in POLICIES {
            for payment in ["p1m1", "p1m2", "p1m3", "p1m4", "p2", "outcome", "reconciliation"] {
                let asked = |month| story.ask(payment, month).under(policy).holds("TRM-01");
                assert_eq!(["2019-12", "2020-01", "2020-02"].map(asked), [YES, NO, NO], "{payment} {policy}");
                assert_eq!(title_ii().ask(payment, "2026-01").under(policy).holds("TRM-01"), YES, "{payment} {policy}");
            }
        }
        assert_eq!(story.ask("p1m1", "2020-01").fact("TRM-01", "terminates_in"), "2020-01");
    }
}
