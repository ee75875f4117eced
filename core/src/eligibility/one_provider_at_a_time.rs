//! TKT-03.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// A ticket is with one provider at a time.
    ///
    /// # Reading
    /// A case whose assignments overlap is refused. The next assignment may start on the day the one before it ended. An
    /// Employment Network and a State VR agency under cost reimbursement cannot hold the ticket together either.
    /// # Example
    /// EN-A until June 30, 2016 and EN-B from June 30, 2016 is in order; EN-B from June 29 is refused.
    /// # Sources
    /// 20 CFR 411.140(a), 411.585.
    pub(super) const RULE = {
        id: "TKT-03", name: "one_provider_at_a_time", heading: Heading::WhenToSubmit, source: "20 CFR 411.140(a), 411.585",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, _: &Asked, _: &Verdict) -> Option<Said> {
    let count = facts.case.assignments.len();
    (count > 1).then(|| {
        let text = format!("The ticket has had {count} assignments, one after the other.");
        Said::new(text).fact("assignments", i64::try_from(count).unwrap_or(i64::MAX))
    })
}
