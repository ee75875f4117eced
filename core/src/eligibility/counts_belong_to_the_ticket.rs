//! TKT-05.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use crate::decision::Verdict;
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
