//! P1-05.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, MILESTONE_4, Role, Scope, always, rule};
use crate::domain::date_in_words;
use crate::facts::{Facts, Truth};

rule! {
    /// Milestone 4 also needs the agreed services substantially completed.
    ///
    /// # Reading
    /// Completed on or before the day of the request (`as_of` in a ledger). The day of completion does not move the attainment month. A
    /// Milestone 4 that is available and waits for the services holds up all of Phase 2.
    /// # Example
    /// Completed on February 1, 2017: a request of January 31 fails, one of February 1 does not.
    /// # Sources
    /// 20 CFR 411.525(a)(2)(i).
    pub(super) const RULE = {
        id: "P1-05", name: "services_completed", heading: Heading::AttainmentMonth, source: "20 CFR 411.525(a)(2)(i)",
        role: Role::Decides(Decides { of: MILESTONE_4, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    facts.assignment.services_completed_on.is_some_and(|day| day <= facts.requested_on).into()
}

fn explain(facts: &Facts<'_>, _: &Asked, truth: Truth) -> Said {
    let completed = facts.assignment.services_completed_on;
    let text = match (completed, truth) {
        (Some(day), Truth::Yes) => {
            format!("The agreed services were substantially completed on {}.", date_in_words(day))
        }
        (Some(day), _) => format!(
            "The agreed services were completed on {}, after the request of {}.",
            date_in_words(day),
            date_in_words(facts.requested_on)
        ),
        (None, _) => "The agreed services are not recorded as substantially completed.".to_owned(),
    };
    Said::new(text).fact("services_completed_on", completed)
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, POLICIES, UNLISTED, YES, title_ii};

    #[test]
    fn services_are_completed_by_the_day_of_the_request() {
        for policy in POLICIES {
            let completed = |day| {
                let story = title_ii().services_completed(day);
                story.ask("p1m4", "2017-01").requested("2017-02-15").under(policy).holds("P1-05")
            };
            assert_eq!(["2017-02-14", "2017-02-15", "2017-02-16"].map(completed), [YES, YES, NO], "{policy}");
            assert_eq!(completed("2016-01-01"), YES, "{policy}");
            assert_eq!(title_ii().ask("p1m4", "2017-01").under(policy).holds("P1-05"), NO, "{policy}");
        }
    }

    #[test]
    fn it_is_asked_of_milestone_4_alone() {
        for payment in ["p1m1", "p1m2", "p1m3", "p2", "outcome", "reconciliation"] {
            assert_eq!(title_ii().ask(payment, "2017-01").holds("P1-05"), UNLISTED, "{payment}");
        }
    }

    #[test]
    fn the_day_of_completion_does_not_move_the_month() {
        let story = title_ii().earned("2016-06..2017-02", "840").services_completed("2018-03-31");
        let ledger = |as_of| story.ledger(as_of).line("p1m4");
        assert_eq!(ledger("2018-03-30"), "pending 6/9");
        assert_eq!(ledger("2018-03-31"), "payable 2017-02 1400.00");
    }
}
