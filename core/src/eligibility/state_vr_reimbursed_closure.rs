//! SVR-03.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_1, Role, Scope, rule};
use super::state_vr_closure_since_2002::explain_closure;
use crate::domain::StateVrCase;
use crate::facts::{Facts, Truth};

rule! {
    /// Under the regulation: when a State VR agency under cost reimbursement achieved an employment outcome before the assignment, no
    /// Phase 1 milestone is available.
    ///
    /// # Reading
    /// A successful closure before the day of the assignment, with cost reimbursement paid. No limit of time. `regulation` only.
    /// # Example
    /// Closed successfully and reimbursed in 1999, assigned in 2016: no Phase 1 under `regulation`, Phase 1 under `operations`.
    /// # Sources
    /// 20 CFR 411.535(a)(1)(iii).
    pub(super) const RULE = {
        id: "SVR-03", name: "state_vr_reimbursed_closure", heading: Heading::StateVr, source: "20 CFR 411.535(a)(1)(iii)",
        role: Role::Decides(Decides { of: PHASE_1, scope: Scope::Availability, applies, holds, explain }),
    };
}

fn applies(facts: &Facts<'_>, _: &Asked) -> bool {
    !facts.policy.state_vr_bar_is_dated
}

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    barring(facts).is_none().into()
}

fn barring<'a>(facts: &Facts<'a>) -> Option<&'a StateVrCase> {
    facts.case.state_vr_cases.iter().find(|vr| {
        vr.successful && vr.cost_reimbursed && vr.closed_on.is_some_and(|day| day < facts.assignment.assigned_on)
    })
}

fn explain(facts: &Facts<'_>, _: &Asked, _: Truth) -> Said {
    explain_closure(facts, barring(facts))
}
