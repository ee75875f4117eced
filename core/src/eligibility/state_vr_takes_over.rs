//! SVR-04.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, MONTHLY, Role, Scope, rule};
use crate::domain::{Month, date_in_words};
use crate::facts::{Facts, Truth};

rule! {
    /// When the person goes to a State VR agency after the assignment, the provider's last month is the one before the month of the
    /// agency's assignment.
    ///
    /// # Reading
    /// Only an assignment under cost reimbursement ends the provider's payments, not one to another EN or to an agency acting as EN. An
    /// assignment to the same provider after it starts afresh. `operations` only: the regulation lets a provider be paid after
    /// unassignment (UNA-01).
    /// # Example
    /// Assigned to VR-CO on March 20, 2017: the EN's last month is February 2017.
    /// # Sources
    /// EN Payments Checklist, State VR Agency Involvement; 20 CFR 411.585.
    pub(super) const RULE = {
        id: "SVR-04", name: "state_vr_takes_over", heading: Heading::StateVr,
        source: "EN Payments Checklist, State VR Agency Involvement; 20 CFR 411.585",
        role: Role::Decides(Decides { of: MONTHLY, scope: Scope::Month, applies, holds, explain }),
    };
}

fn applies(facts: &Facts<'_>, _: &Asked) -> bool {
    facts.policy.state_vr_takeover_stops
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    facts.state_vr_takes_over_on().is_none_or(|day| asked.month < Month::from(day)).into()
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let Some(day) = facts.state_vr_takes_over_on() else {
        return Said::new("The ticket has not gone to a State VR agency after this assignment.");
    };
    let text = format!(
        "The ticket went to a State VR agency on {}; {} is {} this provider.",
        date_in_words(day),
        asked.month.in_words(),
        if truth == Truth::Yes { "before that month and still of" } else { "no longer a month of" }
    );
    Said::new(text).fact("state_vr_assigned_on", day).fact("last_month", Month::from(day).plus(-1))
}
