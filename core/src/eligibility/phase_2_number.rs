//! P2-02.

use super::one_payment_a_month::is_paid;
use super::reason::{Said, Unknown};
use super::rule::{Asked, Decides, Heading, Kind, PHASE_2, Role, Scope, always, rule};
use super::sequence::earlier_months;
use super::words::{unknown_benefits, unknown_levels, unknown_outcome_benefits};
use crate::domain::{Month, PaymentName};
use crate::facts::{Facts, Level, Truth};

rule! {
    /// A ticket carries up to eleven Phase 2 milestones under title II, eighteen under title XVI, each once, and a number only after the
    /// lower ones.
    ///
    /// # Reading
    /// A number can be claimed when every lower number is paid, or has an earlier month of its own that could carry it. Numbers are
    /// counts, not a chronology: a month before one already paid may be claimed. `p2` means the lowest number not yet paid.
    /// # Example
    /// p2m1 paid, two unpaid months at SGA: `p2m3` can be claimed for the second of them, `p2m2` for either.
    /// # Sources
    /// 20 CFR 411.535(a)(2); EN Payments Checklist, Ph2/Ms.
    pub(super) const RULE = {
        id: "P2-02", name: "phase_2_number", heading: Heading::Phase2, source: "20 CFR 411.535(a)(2)",
        role: Role::Decides(Decides { of: PHASE_2, scope: Scope::Sequence, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    number_is_due(facts, asked, facts.terms.phase_2_count(facts.ticket_title), PaymentName::Phase2)
}

/// Whether a number is within the ticket's count, not yet paid, and preceded by as many months as there are lower unpaid numbers.
pub(super) fn number_is_due(facts: &Facts<'_>, asked: &Asked, highest: u8, name: fn(u8) -> PaymentName) -> Truth {
    let Some(number) = asked.number.filter(|number| *number <= highest) else { return Truth::No };
    if is_paid(facts, asked) {
        return Truth::No;
    }
    let lower = lower_unpaid(facts, number, name);
    if lower == 0 {
        return Truth::Yes;
    }
    let (certain, possible) = earlier_months(facts, asked.kind, asked.month);
    let count = |months: &[Month]| u16::try_from(months.len()).unwrap_or(u16::MAX);
    Truth::at_least(lower, (count(&certain), count(&possible)))
}

fn lower_unpaid(facts: &Facts<'_>, number: u8, name: fn(u8) -> PaymentName) -> u16 {
    (1..number).fold(0, |count, lower| count + u16::from(facts.paid_month(name(lower)).is_none()))
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    explain_number(facts, asked, truth, facts.terms.phase_2_count(facts.ticket_title), PaymentName::Phase2)
}

/// What is said of a number: too high, paid already, or how many months the lower ones still need.
pub(super) fn explain_number(
    facts: &Facts<'_>,
    asked: &Asked,
    truth: Truth,
    highest: u8,
    name: fn(u8) -> PaymentName,
) -> Said {
    let what = if asked.kind == Kind::Phase2 { "Phase 2 milestones" } else { "outcome payments" };
    let Some(number) = asked.number.filter(|number| *number <= highest) else {
        let text = match asked.number {
            Some(number) => format!("The ticket carries {highest} {what}; there is no number {number}."),
            None => format!("All {highest} {what} of the ticket have been paid."),
        };
        return Said::new(text).fact("highest", highest).fact("number", asked.number);
    };
    if is_paid(facts, asked) {
        return super::one_payment_a_month::explain_use(facts, asked);
    }
    let lower = lower_unpaid(facts, number, name);
    let (certain, possible) =
        if lower == 0 { (vec![], vec![]) } else { earlier_months(facts, asked.kind, asked.month) };
    let text = if lower == 0 {
        format!("Number {number} of the ticket's {highest} {what} is due.")
    } else {
        format!(
            "{lower} lower {what} {} not paid; {} earlier {} carry one.",
            super::words::are(lower),
            certain.len(),
            if certain.len() == 1 { "month could" } else { "months could" }
        )
    };
    let open: Vec<Month> = possible.into_iter().filter(|month| !certain.contains(month)).collect();
    let said = Said::new(text).fact("number", number).fact("highest", highest).fact("earlier_months", certain);
    if truth == Truth::Unknown { said.missing(open.iter().flat_map(|m| unknown_of_month(facts, *m))) } else { said }
}

/// What is not known of a month that could carry a payment.
pub(super) fn unknown_of_month(facts: &Facts<'_>, month: Month) -> Vec<Unknown> {
    let mut unknown: Vec<Unknown> = unknown_benefits(facts, month).collect();
    unknown.extend(unknown_outcome_benefits(facts, month));
    let level = Level::SubstantialGainful { blind: facts.case.blind };
    unknown.extend(unknown_levels(facts, level, std::iter::once(month)));
    unknown
}
