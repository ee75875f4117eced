//! FAM-01.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, MONTHLY, Role, Scope, always, rule};
use crate::domain::date_in_words;
use crate::facts::{Facts, Truth};

rule! {
    /// The first month that can be paid is the one after the month of the assignment to the provider that claims.
    ///
    /// # Reading
    /// The day of the month makes no difference. The rule is the same under both payment systems.
    /// # Example
    /// Assigned on May 1 or on May 31, 2016: the first month is June 2016.
    /// # Sources
    /// 20 CFR 411.580; EN Payments Checklist, When to Submit a Payment Request.
    pub(super) const RULE = {
        id: "FAM-01", name: "first_available_month", heading: Heading::WhenToSubmit,
        source: "EN Payments Checklist, When to Submit a Payment Request; 20 CFR 411.580",
        role: Role::Decides(Decides { of: MONTHLY, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    (asked.month >= facts.after_assignment).into()
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let (assigned, first) = (facts.assignment.assigned_on, facts.after_assignment);
    let comes = if truth == Truth::Yes { "is not before it" } else { "is before it" };
    let text = format!(
        "The ticket was assigned on {}, so {} is the first month that can be paid; {} {comes}.",
        date_in_words(assigned),
        first.in_words(),
        asked.month.in_words()
    );
    Said::new(text).fact("assigned_on", assigned).fact("first_month", first).fact("month", asked.month)
}
