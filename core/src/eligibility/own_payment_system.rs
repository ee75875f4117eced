//! SYS-03.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// Providers with different payment systems on one ticket are each paid under their own.
    ///
    /// # Example
    /// EN-A under outcome-milestone, then EN-B under outcome-only: EN-B's outcomes pay 67 percent, and EN-B gets no milestones.
    /// # Sources
    /// 20 CFR 411.565.
    pub(super) const RULE = {
        id: "SYS-03", name: "own_payment_system", heading: Heading::Ticket, source: "20 CFR 411.565",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, _: &Asked, _: &Verdict) -> Option<Said> {
    let own = facts.assignment.payment_system;
    let other = facts.case.assignments.iter().any(|a| a.payment_system.is_some() && a.payment_system != own);
    other.then(|| Said::new("Providers of this ticket have different payment systems; each is paid under its own."))
}
