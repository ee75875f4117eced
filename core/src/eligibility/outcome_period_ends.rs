//! OUT-02.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, Kind, MONTHLY, Role, Scope, always, rule};
use super::words::unknown_outcome_benefits;
use crate::facts::{Facts, Truth};

rule! {
    /// The outcome period lasts 36 months (title XVI: 60) without benefits because of work; once it has begun no milestone is paid.
    ///
    /// # Reading
    /// For a milestone: fails in and after the month in which the period began, even when benefits resume. For an outcome: fails
    /// when more than 36 (60) such months lie between the beginning and the claimed month, both included, paid or not. They need
    /// not be consecutive. The ticket's termination is never derived from this.
    /// # Example
    /// Suspended because of work from May 2017, back in pay in August: no milestone in May or any month after it.
    /// # Sources
    /// 20 CFR 411.500(b), 411.525(c), 411.575(a)(1)(ii).
    pub(super) const RULE = {
        id: "OUT-02", name: "outcome_period_ends", heading: Heading::Outcome,
        source: "20 CFR 411.500(b), 411.525(c), 411.575(a)(1)(ii)",
        role: Role::Decides(Decides { of: MONTHLY, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    if asked.kind == Kind::Outcome {
        let longest = u16::from(facts.terms.outcome_count(facts.ticket_title));
        !Truth::at_least(longest + 1, facts.outcome_period_months(asked.month))
    } else {
        !facts.outcome_period_begun(asked.month)
    }
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let longest = facts.terms.outcome_count(facts.ticket_title);
    let months = facts.outcome_period_months(asked.month).0;
    let first = facts.outcome_period_first().0.filter(|first| *first <= asked.month);
    let month = asked.month.in_words();
    let text = match (asked.kind, truth, first) {
        (_, Truth::Unknown, _) => {
            format!("The benefit status of some months up to {month} is not known, and the outcome period with it.")
        }
        (Kind::Outcome, _, _) => format!("{month} is within {months} of the {longest} months of the outcome period."),
        (_, Truth::No, Some(first)) => {
            format!("The outcome period began in {}; no milestone is paid from then on.", first.in_words())
        }
        _ => format!("The outcome period has not begun by {month}."),
    };
    let text = if (asked.kind, truth) == (Kind::Outcome, Truth::No) {
        format!("{month} is month {months} of an outcome period that lasts {longest}.")
    } else {
        text
    };
    let said = Said::new(text).fact("first_month", first).fact("months", months).fact("longest", longest);
    if truth == Truth::Unknown { said.missing(unknown_outcome_benefits(facts, asked.month)) } else { said }
}
