//! TKT-01.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use crate::domain::date_in_words;
use crate::facts::Facts;

rule! {
    /// The ticket is assigned from the first day on which both have signed the plan and the person is eligible to assign it.
    ///
    /// # Reading
    /// The assignment has no effect until the program manager has received the plan; then it counts from its own date. The case
    /// brings that date along (`assigned_on`); whether it was the right one is not asked here.
    /// # Example
    /// Signed May 18, 2016, received May 25, 2016: the assignment of May 20 counts from May 20.
    /// # Sources
    /// 20 CFR 411.140(d), (e), 411.150(c), 411.470(b).
    pub(super) const RULE = {
        id: "TKT-01", name: "assignment_date", heading: Heading::WhenToSubmit,
        source: "20 CFR 411.140(d), (e), 411.150(c), 411.470(b)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, _: &Asked, _: &Verdict) -> Option<Said> {
    let received = facts.assignment.plan_received_on?;
    let assigned = facts.assignment.assigned_on;
    let text = format!(
        "The plan was received on {}; the assignment counts from {}.",
        date_in_words(received),
        date_in_words(assigned)
    );
    Some(Said::new(text).fact("assigned_on", assigned).fact("plan_received_on", received))
}
