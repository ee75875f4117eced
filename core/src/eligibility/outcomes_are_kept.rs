//! OUT-06.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::{Decision, Verdict};
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

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, suspended_from};

    #[test]
    fn it_is_listed_for_a_payable_outcome_but_the_last() {
        let story = suspended_from("2016-06").earned("2016-06..2019-05", "1300");
        assert_eq!(story.ask("outcome", "2016-06").holds("OUT-06"), YES);
        assert_eq!(story.ask("outcome35", "2019-05").holds("OUT-06"), YES);
        assert_eq!(story.ask("outcome36", "2019-05").fails(), [""; 0]);
        assert_eq!(story.ask("outcome36", "2019-05").holds("OUT-06"), UNLISTED);
        assert_eq!(story.ask("outcome", "2019-06").holds("OUT-06"), UNLISTED);
    }
}
