//! SVR-06.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_1, Role, Scope, always, rule};
use super::same_agency_reimbursed::is_agency;
use crate::domain::StateVrCase;
use crate::facts::{Facts, Truth};

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

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    let own_closure = |vr: &StateVrCase| {
        vr.agency == facts.assignment.provider
            && vr.successful
            && !vr.cost_reimbursed
            && vr.closed_on.is_some_and(|day| day < facts.assignment.assigned_on)
    };
    (!(is_agency(facts) && facts.case.state_vr_cases.iter().any(own_closure))).into()
}

fn explain(facts: &Facts<'_>, _: &Asked, truth: Truth) -> Said {
    let text = match (is_agency(facts), truth) {
        (false, _) => "The provider is not a State VR agency acting as an Employment Network.",
        (true, Truth::No) => {
            "The agency closed its own case successfully before the assignment; Phase 1 is not available to it."
        }
        (true, _) => "The agency closed no case of its own successfully before the assignment.",
    };
    Said::new(text)
}
