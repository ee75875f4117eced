//! TKT-05.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// Look-back, counts and payments made belong to the ticket: they start anew with a new ticket, not with a new provider.
    ///
    /// # Reading
    /// A new ticket may follow reinstatement. It is a case of its own here.
    /// # Example
    /// EN-A was paid Milestone 1; EN-B, to whom the ticket goes next, cannot be paid Milestone 1 again.
    /// # Sources
    /// 20 CFR 411.125(c), 411.535(a)(1)(ii).
    pub(super) const RULE = {
        id: "TKT-05", name: "counts_belong_to_the_ticket", heading: Heading::WhenToSubmit,
        source: "20 CFR 411.125(c), 411.535(a)(1)(ii)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, _: &Asked, _: &Verdict) -> Option<Said> {
    (facts.assignment.assigned_on != facts.anchor_on).then(|| {
        let text = format!(
            "The ticket was first assigned in {}; look-back, counts and payments made carry over to this assignment.",
            facts.anchor.in_words()
        );
        Said::new(text).fact("first_assigned_on", facts.anchor_on)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, UNLISTED, YES, title_ii};

    #[test]
    fn a_later_provider_inherits_what_was_paid() {
        let story = title_ii().earned("2016-06..2016-12", "810").paid("p1m1", "2016-06").assigned_to(
            "EN-B",
            "en",
            "2016-08-01",
        );
        let claim = story.ask("p1m1", "2016-09").by("EN-B");
        assert_eq!([claim.holds("P1-09"), claim.holds("TKT-05")], [NO, YES]);
        assert_eq!(story.ask("p1m1", "2016-09").holds("TKT-05"), UNLISTED);
        assert_eq!(
            [story.ask("p1m1", "2016-09").holds("TKT-03"), title_ii().ask("p1m1", "2016-09").holds("TKT-03")],
            [YES, UNLISTED]
        );
    }
}
