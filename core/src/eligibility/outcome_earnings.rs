//! OUT-03.

use super::one_payment_a_month::{explain_use, is_paid};
use super::phase_2_number::{explain_number, number_is_due};
use super::reason::Said;
use super::rule::{Asked, Decides, Heading, OUTCOMES, Role, Scope, always, rule};
use super::words::{earnings, unknown_levels};
use crate::domain::{PaymentName, Record};
use crate::facts::{Facts, MonthTitle, Purpose, Reading, Truth};

rule! {
    /// An outcome month needs earnings at or above SGA; a ticket carries up to 36 outcomes under title II, 60 under title XVI, one a month.
    ///
    /// # Reading
    /// The blind amount for the blind. Under `regulation` a title XVI month has no floor of earnings (OUT-04). The payments of all providers
    /// count together. A number can be claimed when every lower one is paid or has an earlier month of its own; `outcome` means
    /// the lowest number not yet paid.
    /// # Example
    /// Suspended because of work in May 2017 with $1,170: an outcome. With $1,169.99: none under title II.
    /// # Sources
    /// EN Payments Checklist, Outcome, Availability; 20 CFR 411.575(b)(1).
    pub(super) const RULE = {
        id: "OUT-03", name: "outcome_earnings", heading: Heading::Outcome,
        source: "EN Payments Checklist, Outcome, Availability; 20 CFR 411.575(b)(1)",
        role: Role::Decides(Decides { of: OUTCOMES, scope: Scope::Sequence, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    let unused: Truth = (!facts.is_used(asked.month)).into();
    let highest = facts.terms.outcome_count(facts.ticket_title);
    unused.and(reaches_sga(facts, asked)).and(number_is_due(facts, asked, highest, PaymentName::Outcome))
}

/// The part of the rule that looks at the month alone.
pub(super) fn reaches_sga(facts: &Facts<'_>, asked: &Asked) -> Truth {
    if has_floor(facts, asked) {
        facts.reaches(asked.month, facts.outcome_level(), Reading::AtOrAbove, Purpose::Outcome)
    } else {
        Truth::Yes
    }
}

/// Whether the month has a floor of earnings (OUT-04).
pub(super) fn has_floor(facts: &Facts<'_>, asked: &Asked) -> bool {
    facts.policy.t16_outcome_needs_sga || facts.title_of(asked.month) != MonthTitle::One(Record::T16)
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    if facts.is_used(asked.month) || is_paid(facts, asked) {
        return explain_use(facts, asked);
    }
    let highest = facts.terms.outcome_count(facts.ticket_title);
    let due = number_is_due(facts, asked, highest, PaymentName::Outcome);
    if due != Truth::Yes && reaches_sga(facts, asked) == Truth::Yes {
        return explain_number(facts, asked, due, highest, PaymentName::Outcome);
    }
    if !has_floor(facts, asked) {
        return Said::new(
            "Under the regulation a title XVI month without federal cash because of earnings needs no amount of earnings.",
        );
    }
    let (amount, basis) = earnings(facts, asked.month, Purpose::Outcome);
    let level = facts.level(facts.outcome_level(), asked.month);
    let text = match level {
        Some(level) => format!(
            "Earnings of {} in {} are {}at or above SGA, {}.",
            amount.in_words(),
            asked.month.in_words(),
            if reaches_sga(facts, asked) == Truth::Yes { "" } else { "not " },
            level.in_words()
        ),
        None => format!("SGA of {} is not known.", asked.month.year()),
    };
    let said = Said::new(text).fact("earnings", amount).fact("basis", basis.as_str()).fact("sga", level);
    let said = said.fact("number", asked.number).fact("highest", highest);
    if truth == Truth::Unknown {
        let of_number = explain_number(facts, asked, due, highest, PaymentName::Outcome).missing;
        return said
            .missing(unknown_levels(facts, facts.outcome_level(), std::iter::once(asked.month)))
            .missing(of_number);
    }
    said
}
