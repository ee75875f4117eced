//! OUT-01.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, OUTCOME_AND_RECONCILIATION, Role, Scope, always, rule};
use super::words::unknown_outcome_benefits;
use crate::facts::{Facts, Truth};

rule! {
    /// The outcome period begins with the first month, ending after the date of the first assignment, for which benefits are not paid
    /// because of work or earnings.
    ///
    /// # Reading
    /// The month of the first assignment itself can begin it, unless that assignment was made on the month's last day. No earnings are
    /// asked for. The test of a month is the one of BEN-04. A month whose status is not known leaves the beginning open,
    /// unless an earlier month is certain.
    /// # Example
    /// First assigned on May 20, 2016 and suspended because of work from May on: the period begins in May. Assigned on May 31: in June.
    /// # Sources
    /// 20 CFR 411.500(b).
    pub(super) const RULE = {
        id: "OUT-01", name: "outcome_period_begins", heading: Heading::Outcome, source: "20 CFR 411.500(b)",
        role: Role::Decides(Decides { of: OUTCOME_AND_RECONCILIATION, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    facts.outcome_period_begun(asked.month)
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let first = facts.outcome_period_first().0;
    let month = asked.month.in_words();
    match (truth, first) {
        (Truth::Yes, Some(first)) => {
            Said::new(format!("The outcome period began in {}.", first.in_words())).fact("first_month", first)
        }
        (Truth::Unknown, _) => Said::new(format!("Whether the outcome period has begun by {month} is not known."))
            .missing(unknown_outcome_benefits(facts, asked.month)),
        _ => Said::new(format!(
            "By {month} no month since the first assignment is without benefits because of work; the outcome period has not begun."
        )),
    }
}
