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
    explain_closure(facts, barring(facts))
}

/// What is said of a closure that bars Phase 1, or of none.
pub(super) fn explain_closure(facts: &Facts<'_>, barring: Option<&StateVrCase>) -> Said {
    match barring.and_then(|vr| vr.closed_on.map(|day| (vr, day))) {
        Some((vr, day)) => {
            let text = format!(
                "A State VR case was closed successfully on {}, before the assignment of {}; Phase 1 is not available.",
                date_in_words(day),
                date_in_words(facts.assignment.assigned_on)
            );
            Said::new(text).fact("agency", vr.agency.to_string()).fact("closed_on", day)
        }
        None => Said::new("No State VR case was closed in a way that bars Phase 1."),
    }
}
