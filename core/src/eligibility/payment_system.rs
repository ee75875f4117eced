//! SYS-01.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, NOT_OUTCOME, Role, Scope, always, rule};
use crate::facts::{Facts, Truth};

rule! {
    /// Milestones and their reconciliation are paid only under the outcome-milestone system, the one in effect at the assignment.
    ///
    /// # Reading
    /// A later change of the provider's election does not touch a ticket already assigned.
    /// # Example
    /// Assigned under outcome-only: no milestone, and outcomes at 67 percent.
    /// # Sources
    /// 20 CFR 411.515(a), 411.575(a)(1)(i).
    pub(super) const RULE = {
        id: "SYS-01", name: "payment_system", heading: Heading::Ticket, source: "20 CFR 411.515(a), 411.575(a)(1)(i)",
        role: Role::Decides(Decides { of: NOT_OUTCOME, scope: Scope::Availability, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    facts.pays_milestones().into()
}

fn explain(_: &Facts<'_>, _: &Asked, truth: Truth) -> Said {
    let (text, system) = if truth == Truth::Yes {
        ("The ticket was assigned under the outcome-milestone system.", "outcome_milestone")
    } else {
        ("The ticket was assigned under the outcome-only system, which pays no milestones.", "outcome_only")
    };
    Said::new(text).fact("payment_system", system)
}
