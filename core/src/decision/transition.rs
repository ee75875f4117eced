//! What a ticket from before July 2008 can still carry (TRN-01).

use super::amount::{RateKind, rate_of};
use crate::domain::{Month, PaymentName, PaymentSystem, Record, Usd};
use crate::params::Parameters;
use crate::problem::code;
use crate::read::{MAX_BYTES, Path, Read, Reader, parse};
use rust_decimal::RoundingStrategy;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

/// The remaining payments of a transition ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transition {
    /// The ticket's value at the rates of 2008.
    pub total_value: Usd,
    /// What was paid under the old rules.
    pub paid_to_date: Usd,
    /// The outcome rate of 2008.
    pub outcome_rate: Usd,
    /// Outcomes that can still be paid.
    pub remaining_outcomes: u8,
    /// The next milestone; none under outcome-only.
    pub next_payment: Option<PaymentName>,
    /// The rules applied.
    pub rules: Vec<&'static str>,
}

/// Computes the remaining payments; none when a rate of 2008 is not known.
#[must_use]
pub fn transition(
    parameters: &Parameters,
    record: Record,
    system: PaymentSystem,
    paid_to_date: Usd,
    milestones_paid: u8,
) -> Option<Transition> {
    // The terms of the last month of the old rules: the counts and percentages of the new ones hold from the start.
    let terms = parameters.terms(Month::new(2008, 7));
    let year = terms.transition_year;
    let dollars = |kind| rate_of(parameters, terms.percent, kind, record, year).amount;
    let (phase_2, outcomes) = match record {
        Record::T2 => (terms.phase_2_count.0, terms.outcome_count.0),
        Record::T16 => (terms.phase_2_count.1, terms.outcome_count.1),
    };
    let (outcome_rate, milestones) = match system {
        PaymentSystem::OutcomeOnly => (dollars(RateKind::OutcomeOnly)?, Usd::ZERO),
        PaymentSystem::OutcomeMilestone => {
            let phase_1 = rate_of(parameters, terms.percent, RateKind::Phase1, Record::T2, year).amount?.times(4);
            (dollars(RateKind::OutcomeMilestone)?, phase_1.plus(dollars(RateKind::Phase2)?.times(phase_2.into())))
        }
    };
    let total_value = milestones.plus(outcome_rate.times(outcomes.into()));
    let left = total_value.minus(paid_to_date).max(Usd::ZERO).dollars().checked_div(outcome_rate.dollars())?;
    let remaining = left.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_u8().unwrap_or(u8::MAX);
    let next_payment = (system == PaymentSystem::OutcomeMilestone)
        .then(|| if milestones_paid < 4 { PaymentName::Phase1(milestones_paid + 1) } else { PaymentName::Phase2(1) });
    Some(Transition {
        total_value,
        paid_to_date,
        outcome_rate,
        remaining_outcomes: remaining.min(terms.transition_outcomes),
        next_payment,
        rules: vec!["TRN-01"],
    })
}

/// Reads and answers `{"title", "payment_system", "paid_to_date", "milestones_paid"}`.
///
/// # Errors
/// All that is wrong with the request.
pub fn transition_json(text: &[u8], parameters: &Parameters) -> Read<Transition> {
    let value = parse(text, MAX_BYTES)?;
    let mut reader = Reader::default();
    let root = Path::Root;
    let answer = (|| {
        let [title, system, paid, milestones] =
            reader.object(&value, &root, &["title", "payment_system", "paid_to_date", "milestones_paid"])?;
        let titles = [("t2", Record::T2), ("t16", Record::T16), ("concurrent", Record::T2)];
        let record = reader.choice(title, &root.key("title"), &titles);
        let systems =
            [("outcome_milestone", PaymentSystem::OutcomeMilestone), ("outcome_only", PaymentSystem::OutcomeOnly)];
        let system = reader.choice(system, &root.key("payment_system"), &systems);
        let paid = reader.money(paid, &root.key("paid_to_date"));
        let milestones = reader.small_number(milestones, &root.key("milestones_paid"), 4, &code::MILESTONES_PAID);
        transition(parameters, record?, system?, paid?, milestones?)
    })();
    reader.finish(answer)
}
