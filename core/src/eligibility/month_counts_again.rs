//! P1-06.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::domain::{Month, PaymentName};
use crate::facts::{Facts, Truth};

rule! {
    /// A month that attained one Phase 1 milestone counts again in the window of a later one.
    ///
    /// # Reading
    /// Only the attainment month itself carries one payment alone (P1-09).
    /// # Example
    /// June 2016 attained Milestone 1 at $810 and is one of the three months of Milestone 2.
    /// # Sources
    /// 20 CFR 411.525(a)(2)(i).
    pub(super) const RULE = {
        id: "P1-06", name: "month_counts_again", heading: Heading::AttainmentMonth, source: "20 CFR 411.525(a)(2)(i)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let Kind::Phase1(number @ 2..=4) = asked.kind else { return None };
    let window = super::milestones_2_to_4::window(facts, asked.kind);
    let again: Vec<Month> = facts
        .months_reached(asked.month, window.within)
        .filter(|(_, truth)| *truth == Truth::Yes)
        .map(|(month, _)| month)
        .filter(|month| (1..number).any(|lower| facts.paid_month(PaymentName::Phase1(lower)) == Some(*month)))
        .collect();
    let first = again.first()?.in_words();
    let text = format!("{first} has carried an earlier milestone and counts again for this one.");
    Some(Said::new(text).fact("months", again))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, title_ii};

    #[test]
    fn a_month_that_carried_a_milestone_counts_for_the_next() {
        let story = title_ii().earned("2016-06..2016-08", "810");
        assert_eq!(story.ask("p1m2", "2016-08").holds("P1-06"), UNLISTED);
        let paid = story.paid("p1m1", "2016-06");
        assert_eq!(paid.ask("p1m2", "2016-08").holds("P1-06"), YES);
        assert_eq!(paid.ask("p1m2", "2016-08").fails(), [""; 0]);
        assert_eq!(paid.at_half_level().ask("p1m2", "2016-08").holds("P1-06"), UNLISTED);
    }
}
