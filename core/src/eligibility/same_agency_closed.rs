//! SVR-06.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_1, Role, Scope, always, rule};
use super::same_agency_reimbursed::is_agency;
use crate::facts::{Facts, Truth};
use jiff::civil::Date;

rule! {
    /// A State VR agency acting as an Employment Network that closed its own case successfully, without cost reimbursement, gets no
    /// Phase 1 milestone.
    ///
    /// # Reading
    /// A closure by the same agency before the assignment, with no limit of time, under both policies. Phase 2 and outcomes stay.
    /// # Example
    /// VR-CO closed successfully in 1998 without reimbursement and holds the ticket as an EN from 2016: Phase 2 and outcomes only.
    /// # Sources
    /// EN Payments Checklist, State VR Agency Involvement.
    pub(super) const RULE = {
        id: "SVR-06", name: "same_agency_closed", heading: Heading::StateVr,
        source: "EN Payments Checklist, State VR Agency Involvement",
        role: Role::Decides(Decides { of: PHASE_1, scope: Scope::Availability, applies: always, holds, explain }),
    };
}

/// The first closure that bars: of the agency's own case, with success and without cost reimbursement, before the assignment.
fn barring(facts: &Facts<'_>) -> Option<Date> {
    let own = facts.case.state_vr_cases.iter().filter(|vr| vr.agency == facts.assignment.provider && is_agency(facts));
    let unpaid = own.filter(|vr| vr.successful && !vr.cost_reimbursed);
    unpaid.filter_map(|vr| vr.closed_on).filter(|day| *day < facts.assignment.assigned_on).min()
}

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    barring(facts).is_none().into()
}

fn explain(facts: &Facts<'_>, _: &Asked, truth: Truth) -> Said {
    let text = match (is_agency(facts), truth) {
        (false, _) => "The provider is not a State VR agency acting as an Employment Network.",
        (true, Truth::No) => {
            "The agency closed its own case successfully before the assignment; Phase 1 is not available to it."
        }
        (true, _) => {
            "Before the assignment the agency closed no case of its own successfully without being reimbursed for it."
        }
    };
    let said = Said::new(text);
    match barring(facts) {
        Some(day) => said.fact("agency", facts.assignment.provider.to_string()).fact("closed_on", day),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, POLICIES, Story, UNLISTED, YES, case};

    fn closed(kind: &str, agency: &str, day: &str) -> Story {
        case().assigned_to("VR-CO", kind, "2016-05-20").in_pay("t2", "2010-01..").vr_closed(agency, day)
    }

    #[test]
    fn an_agency_that_closed_its_own_case_with_success_gets_no_phase_1() {
        for policy in POLICIES {
            for payment in ["p1m1", "p1m2", "p1m3", "p1m4"] {
                let holds = |story: Story| {
                    story.ask(payment, "2016-06").requested("2020-02-01").by("VR-CO").under(policy).holds("SVR-06")
                };
                for (day, answer) in [("1998-01-01", NO), ("2016-05-19", NO), ("2016-05-20", YES)] {
                    assert_eq!(holds(closed("state_vr_as_en", "VR-CO", day)), answer, "{payment} {policy} {day}");
                    assert_eq!(holds(closed("state_vr_as_en", "VR-NM", day)), YES, "{payment} {policy} {day}");
                    assert_eq!(holds(closed("en", "VR-CO", day)), YES, "{payment} {policy} {day}");
                }
                let own = || closed("state_vr_as_en", "VR-CO", "2014-03-01");
                assert_eq!(holds(own().vr_case("successful", false)), YES, "{payment} {policy}");
                assert_eq!(holds(own().vr_case("cost_reimbursed", true)), YES, "{payment} {policy}");
            }
        }
    }

    #[test]
    fn phase_2_and_outcomes_stay() {
        for payment in ["p2", "outcome", "reconciliation"] {
            let claim = closed("state_vr_as_en", "VR-CO", "2014-03-01").ask(payment, "2016-06").by("VR-CO");
            assert_eq!([claim.holds("SVR-06"), claim.holds("SVR-05")], [UNLISTED, YES], "{payment}");
        }
    }
}
