//! BEN-04.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, OUTCOMES, Role, Scope, always, rule};
use super::words::{statuses, unknown_benefits};
use crate::domain::BenefitStatus;
use crate::facts::{Facts, MonthTitle, Truth};

rule! {
    /// In an outcome month benefits are not paid because of work or earnings.
    ///
    /// # Reading
    /// Suspended or ended because of work. For a concurrent beneficiary `operations` asks that both records are out of pay, at least
    /// one because of work; `regulation` that both are because of work. Title XVI in current pay without federal cash is not an
    /// outcome month.
    /// # Example
    /// Title II suspended because of work, title XVI suspended for another reason: an outcome month under `operations`, none under
    /// `regulation`.
    /// # Sources
    /// EN Payments Checklist, Outcome, Benefits; 20 CFR 411.500(c), (e), 411.575(b)(1)(i)(A).
    pub(super) const RULE = {
        id: "BEN-04", name: "outcome_status", heading: Heading::Outcome,
        source: "EN Payments Checklist, Outcome, Benefits; 20 CFR 411.500(c), (e), 411.575(b)(1)(i)(A)",
        role: Role::Decides(Decides { of: OUTCOMES, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    facts.outcome_status(asked.month)
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let month = asked.month;
    let needed = match (facts.title_of(month), facts.policy.concurrent_outcome_needs_both) {
        (MonthTitle::One(_), _) => "an outcome needs it suspended or ended because of work",
        (MonthTitle::Concurrent, false) => "an outcome needs both out of pay, one of them because of work",
        (MonthTitle::Concurrent, true) => "an outcome needs both out of pay because of work",
    };
    let text = format!("In {}: {}; {needed}.", month.in_words(), statuses(facts, month));
    let facts_of_month = facts.month(month);
    Said::new(text)
        .fact("month", month)
        .fact("t2", facts_of_month.t2.map(BenefitStatus::as_str))
        .fact("t16", facts_of_month.t16.map(BenefitStatus::as_str))
        .missing((truth == Truth::Unknown).then(|| unknown_benefits(facts, month)).into_iter().flatten())
}
