//! SVR-02.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_1, Role, Scope, rule};
use super::state_vr_closure_since_2002::explain_closure;
use crate::domain::StateVrCase;
use crate::facts::{Facts, Truth};
use jiff::ToSpan;

rule! {
    /// For requests from February 2020 on: when a State VR agency closed a case successfully within 18 months before the assignment,
    /// no Phase 1 milestone is available.
    ///
    /// # Reading
    /// From the day 18 months back on, that day included; a day that does not exist is the last of its month. The day of the
    /// assignment itself is not before it. An older closure leaves the ordinary look-back. `operations` only.
    /// # Example
    /// Assigned on August 31, 2020: closures from February 28, 2019 to August 30, 2020 bar Phase 1.
    /// # Sources
    /// Phase 1 Milestone Exclusions (yourtickettowork.ssa.gov), for requests from February 1, 2020.
    pub(super) const RULE = {
        id: "SVR-02", name: "state_vr_closure_18_months", heading: Heading::StateVr,
        source: "Phase 1 Milestone Exclusions (yourtickettowork.ssa.gov)",
        role: Role::Decides(Decides { of: PHASE_1, scope: Scope::Availability, applies, holds, explain }),
    };
}

fn applies(facts: &Facts<'_>, _: &Asked) -> bool {
    facts.policy.state_vr_bar_is_dated && facts.terms.state_vr_closure_months.is_some()
}

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    barring(facts).is_none().into()
}

fn barring<'a>(facts: &Facts<'a>) -> Option<&'a StateVrCase> {
    let months = facts.terms.state_vr_closure_months?;
    let assigned = facts.assignment.assigned_on;
    let since = assigned.checked_sub(months.months()).ok()?;
    facts
        .case
        .state_vr_cases
        .iter()
        .find(|vr| vr.successful && vr.closed_on.is_some_and(|day| since <= day && day < assigned))
}

fn explain(facts: &Facts<'_>, _: &Asked, _: Truth) -> Said {
    explain_closure(facts, barring(facts))
}
