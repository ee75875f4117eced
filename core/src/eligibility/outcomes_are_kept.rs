//! OUT-06.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use crate::decision::{Decision, Verdict};
use crate::facts::Facts;

rule! {
    /// A provider keeps the outcomes it was paid even when the person never reaches all of them.
    ///
    /// # Reading
    /// A comparison of two states of a case does not take an outcome back because later ones fail to follow.
    /// # Example
    /// Five outcomes were paid, then benefits resume for good: the five stay.
    /// # Sources
    /// 20 CFR 411.555(a).
    pub(super) const RULE = {
        id: "OUT-06", name: "outcomes_are_kept", heading: Heading::Outcome, source: "20 CFR 411.555(a)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, verdict: &Verdict) -> Option<Said> {
    let highest = facts.terms.outcome_count(facts.ticket_title);
    (asked.kind == Kind::Outcome && verdict.decision == Decision::Payable && asked.number < Some(highest)).then(|| {
        Said::new(format!("An outcome once paid is kept, even if the ticket never reaches its {highest} outcomes."))
    })
}
