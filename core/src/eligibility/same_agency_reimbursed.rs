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
        role: Role::Decides(Decides { of: ALL, scope: Scope::Availability, applies: always, holds, explain }),
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
    Said::new(text)
}
