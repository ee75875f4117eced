//! P2-04.

use super::one_payment_a_month::explain_use;
use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_2, Role, Scope, always, rule};
use crate::facts::{Facts, Truth};

rule! {
    /// A month that carries another payment is not a Phase 2 month.
    ///
    /// # Reading
    /// Any payment but the reconciliation uses up its month, whoever received it.
    /// # Example
    /// February 2017 carries Milestone 4: it carries no Phase 2 milestone, whatever was earned.
    /// # Sources
    /// 20 CFR 411.525(a)(2)(iii).
    pub(super) const RULE = {
        id: "P2-04", name: "phase_2_one_payment_a_month", heading: Heading::Phase2, source: "20 CFR 411.525(a)(2)(iii)",
        role: Role::Decides(Decides { of: PHASE_2, scope: Scope::Sequence, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    (!facts.is_used(asked.month)).into()
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    if truth == Truth::Yes {
        return Said::new(format!("{} carries no other payment.", asked.month.in_words()));
    }
    explain_use(facts, &Asked { number: None, ..*asked })
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, UNLISTED, YES, title_ii};

    #[test]
    fn a_month_with_another_payment_is_no_phase_2_month() {
        let story = title_ii().phase_1_paid().earned("2017-01..2017-06", "1170");
        assert_eq!(["2017-01", "2017-02", "2017-03"].map(|m| story.ask("p2", m).holds("P2-04")), [YES, NO, YES]);
        for payment in ["p2m1", "outcome1"] {
            let used = story.clone().paid_to("EN-Z", payment, "2017-04", "420");
            assert_eq!(used.ask("p2", "2017-04").fails(), ["P2-04"], "{payment}");
            assert_eq!(used.ask("p2", "2017-04").fact("P2-04", "payment"), payment);
        }
        assert_eq!(story.paid("reconciliation", "2017-04").ask("p2", "2017-04").holds("P2-04"), YES);
        assert_eq!(title_ii().ask("p1m1", "2017-04").holds("P2-04"), UNLISTED);
    }
}
