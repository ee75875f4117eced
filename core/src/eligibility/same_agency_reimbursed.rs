//! SVR-05.

use super::reason::Said;
use super::rule::{ALL, Asked, Decides, Heading, Role, Scope, always, rule};
use crate::domain::ProviderKind;
use crate::facts::{Facts, Truth};

rule! {
    /// A State VR agency acting as an Employment Network that was paid cost reimbursement for the person gets no ticket payment.
    ///
    /// # Reading
    /// The same agency, told by its id, whenever it was reimbursed, under both policies. Other providers are not concerned (SVR-07).
    /// # Example
    /// VR-CO was reimbursed in 2014 and holds the ticket as an EN from 2016: nothing is payable to VR-CO.
    /// # Sources
    /// EN Payments Checklist, State VR Agency Involvement; 20 CFR 411.140(a).
    pub(super) const RULE = {
        id: "SVR-05", name: "same_agency_reimbursed", heading: Heading::StateVr,
        source: "EN Payments Checklist, State VR Agency Involvement; 20 CFR 411.140(a)",
        role: Role::Decides(Decides { of: &ALL, scope: Scope::Availability, applies: always, holds, explain }),
    };
}

/// Whether the claiming provider is an agency acting as EN.
pub(super) fn is_agency(facts: &Facts<'_>) -> bool {
    facts.assignment.kind == ProviderKind::StateVrAsEn
}

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    let reimbursed =
        facts.case.state_vr_cases.iter().any(|vr| vr.cost_reimbursed && vr.agency == facts.assignment.provider);
    (!(is_agency(facts) && reimbursed)).into()
}

fn explain(facts: &Facts<'_>, _: &Asked, truth: Truth) -> Said {
    let text = match (is_agency(facts), truth) {
        (false, _) => "The provider is not a State VR agency acting as an Employment Network.",
        (true, Truth::No) => "The agency was paid cost reimbursement for this person; it gets no ticket payment.",
        (true, _) => "The agency was not paid cost reimbursement for this person.",
    };
    let said = Said::new(text);
    if is_agency(facts) { said.fact("agency", facts.assignment.provider.to_string()) } else { said }
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, POLICIES, Story, YES, case};

    const ALL: [&str; 7] = ["p1m1", "p1m2", "p1m3", "p1m4", "p2", "outcome", "reconciliation"];

    fn agency_as_en(kind: &str) -> Story {
        case().assigned_to("VR-CO", kind, "2016-05-20").in_pay("t2", "2010-01..")
    }

    #[test]
    fn an_agency_that_was_reimbursed_gets_nothing() {
        for policy in POLICIES {
            for payment in ALL {
                let holds = |story: Story| story.ask(payment, "2016-06").by("VR-CO").under(policy).holds("SVR-05");
                let reimbursed =
                    |story: Story, agency| story.vr_closed(agency, "2014-03-01").vr_case("cost_reimbursed", true);
                assert_eq!(holds(reimbursed(agency_as_en("state_vr_as_en"), "VR-CO")), NO, "{payment} {policy}");
                assert_eq!(holds(reimbursed(agency_as_en("state_vr_as_en"), "VR-NM")), YES, "{payment} {policy}");
                assert_eq!(holds(reimbursed(agency_as_en("en"), "VR-CO")), YES, "{payment} {policy}");
                assert_eq!(
                    holds(agency_as_en("state_vr_as_en").vr_closed("VR-CO", "2014-03-01")),
                    YES,
                    "{payment} {policy}"
                );
            }
        }
    }

    #[test]
    fn it_does_not_matter_when_or_with_what_success() {
        let holds = |story: Story| {
            let story = story.vr_case("cost_reimbursed", true).vr_case("successful", false);
            story.ask("outcome", "2016-06").by("VR-CO").holds("SVR-05")
        };
        for day in ["1998-01-01", "2016-05-20", "2019-01-01"] {
            assert_eq!(holds(agency_as_en("state_vr_as_en").vr_closed("VR-CO", day)), NO, "{day}");
        }
        let open = agency_as_en("state_vr_as_en").vr_closed("VR-CO", "2014-03-01");
        assert_eq!(holds(open.vr_case("closed_on", serde_json::Value::Null)), NO);
    }
}
