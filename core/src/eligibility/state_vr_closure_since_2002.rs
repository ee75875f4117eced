//! SVR-01.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_1, Role, Scope, rule};
use crate::domain::{StateVrCase, date_in_words};
use crate::facts::{Facts, Truth};

rule! {
    /// For requests before February 2020: when a State VR agency closed a case successfully in 2002 or later and before the
    /// assignment, no Phase 1 milestone is available.
    ///
    /// # Reading
    /// Any such closure counts, not only the most recent. The request's date chooses between this rule and SVR-02. `operations` only.
    /// # Example
    /// Closed successfully on March 1, 2004, assigned in 2016, requested on January 31, 2020: no Phase 1.
    /// # Sources
    /// EN Payments Checklist, State VR Agency Involvement; Phase 1 Milestone Exclusions, older wording.
    pub(super) const RULE = {
        id: "SVR-01", name: "state_vr_closure_since_2002", heading: Heading::StateVr,
        source: "EN Payments Checklist, State VR Agency Involvement",
        role: Role::Decides(Decides { of: PHASE_1, scope: Scope::Availability, applies, holds, explain }),
    };
}

fn applies(facts: &Facts<'_>, _: &Asked) -> bool {
    facts.policy.state_vr_bar_is_dated && facts.terms.state_vr_closure_months.is_none()
}

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    barring(facts).is_none().into()
}

fn barring<'a>(facts: &Facts<'a>) -> Option<&'a StateVrCase> {
    facts.case.state_vr_cases.iter().find(|vr| {
        let in_time = |day| day >= facts.terms.state_vr_closure_since && day < facts.assignment.assigned_on;
        vr.successful && vr.closed_on.is_some_and(in_time)
    })
}

fn explain(facts: &Facts<'_>, _: &Asked, _: Truth) -> Said {
    let since = date_in_words(facts.terms.state_vr_closure_since);
    let none = || format!("No State VR case was closed successfully between {since} and the assignment.");
    explain_closure(facts, barring(facts), none)
}

/// What is said of a closure that bars Phase 1, or of none.
pub(super) fn explain_closure(facts: &Facts<'_>, barring: Option<&StateVrCase>, none: impl FnOnce() -> String) -> Said {
    match barring.and_then(|vr| vr.closed_on.map(|day| (vr, day))) {
        Some((vr, day)) => {
            let text = format!(
                "A State VR case was closed successfully on {}, before the assignment of {}; Phase 1 is not available.",
                date_in_words(day),
                date_in_words(facts.assignment.assigned_on)
            );
            Said::new(text).fact("agency", vr.agency.to_string()).fact("closed_on", day)
        }
        None => Said::new(none()),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, Story, UNLISTED, YES, title_ii};

    fn holds(story: &Story) -> Option<crate::Truth> {
        story.ask("p1m1", "2016-06").holds("SVR-01")
    }

    #[test]
    fn a_successful_closure_since_2002_and_before_the_assignment_bars_phase_1() {
        for (day, answer) in [
            ("2001-12-31", YES),
            ("2002-01-01", NO),
            ("2014-03-01", NO),
            ("2016-05-19", NO),
            ("2016-05-20", YES),
            ("2018-01-01", YES),
        ] {
            assert_eq!(holds(&title_ii().vr_closed("VR-CO", day)), answer, "{day}");
        }
        let closed = title_ii().vr_closed("VR-CO", "2014-03-01");
        assert_eq!(holds(&closed.clone().vr_case("cost_reimbursed", true)), NO);
        assert_eq!(holds(&closed.clone().vr_case("successful", false)), YES);
        // Any closure counts, not only the last one.
        assert_eq!(holds(&closed.vr_closed("VR-NM", "2015-03-01").vr_case("successful", false)), NO);
        assert_eq!(
            title_ii().vr_closed("VR-CO", "2014-03-01").ask("p1m1", "2016-06").fact("SVR-01", "agency"),
            "VR-CO"
        );
    }

    #[test]
    fn it_is_asked_of_requests_before_february_2020_under_operations() {
        let claim = title_ii().vr_closed("VR-CO", "2004-03-01").ask("p1m3", "2016-06");
        for (day, since_2002, eighteen_months) in [("2020-01-31", NO, UNLISTED), ("2020-02-01", UNLISTED, YES)] {
            let claim = claim.clone().requested(day);
            assert_eq!([claim.holds("SVR-01"), claim.holds("SVR-02")], [since_2002, eighteen_months], "{day}");
            assert_eq!(claim.regulation().holds("SVR-01"), UNLISTED, "{day}");
        }
        let ledger = |day| title_ii().vr_closed("VR-CO", "2004-03-01").ledger(day).line("p1m1");
        assert_eq!([ledger("2020-01-31"), ledger("2020-02-01")], ["unavailable SVR-01", "pending"]);
        for payment in ["p2", "outcome", "reconciliation"] {
            assert_eq!(title_ii().ask(payment, "2016-06").holds("SVR-01"), UNLISTED, "{payment}");
        }
    }

    #[test]
    fn the_assignment_is_the_claiming_one() {
        let story = title_ii().vr_closed("VR-CO", "2017-01-15").assigned_to("EN-B", "en", "2017-03-10");
        assert_eq!(story.ask("p1m1", "2017-04").holds("SVR-01"), YES);
        assert_eq!(story.ask("p1m1", "2017-04").by("EN-B").holds("SVR-01"), NO);
    }
}
