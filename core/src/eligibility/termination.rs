//! TRM-01.

use super::reason::Said;
use super::rule::{ALL, Asked, Decides, Heading, Role, Scope, always, rule};
use crate::facts::{Facts, Truth};

rule! {
    /// No payment is made for work in or after the month in which the ticket terminates.
    ///
    /// # Reading
    /// The month comes with the case (`terminates_in`); the engine does not derive it, not even from the end of the outcome period.
    /// Asked of the reconciliation's own month too.
    /// # Example
    /// Terminates in January 2020: December 2019 is the last month that can be paid.
    /// # Sources
    /// 20 CFR 411.525(d), 411.155.
    pub(super) const RULE = {
        id: "TRM-01", name: "termination", heading: Heading::Ticket, source: "20 CFR 411.525(d), 411.155",
        role: Role::Decides(Decides { of: ALL, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    facts.case.terminates_in.is_none_or(|end| asked.month < end).into()
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let Some(end) = facts.case.terminates_in else { return Said::new("The ticket has not terminated.") };
    let text = format!(
        "The ticket terminates in {}; {} is {}before it.",
        end.in_words(),
        asked.month.in_words(),
        if truth == Truth::Yes { "" } else { "not " }
    );
    Said::new(text).fact("terminates_in", end)
}
