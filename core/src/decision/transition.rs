//! What a ticket from before July 2008 can still carry (TRN-01).

use crate::domain::{Month, PaymentName, PaymentSystem, Record, Usd};
use crate::eligibility::rate::{RateKind, rate_of};

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

#[cfg(test)]
mod tests {
    use super::transition;
    use crate::domain::{PaymentSystem, Record, Usd};
    use crate::params::Parameters;

    fn remaining(record: Record, system: PaymentSystem, paid: &str) -> (String, u8) {
        let parameters = Parameters::builtin().unwrap();
        let answer = transition(parameters, record, system, Usd::parse(paid).unwrap(), 4).unwrap();
        (answer.total_value.to_string(), answer.remaining_outcomes)
    }

    #[test]
    fn the_value_of_2008_less_what_was_paid_in_outcomes_of_2008() {
        use PaymentSystem::{OutcomeMilestone, OutcomeOnly};
        for (record, system, paid, total, outcomes) in [
            (Record::T2, OutcomeMilestone, "5000", "21299.00", 46),
            (Record::T2, OutcomeMilestone, "0", "21299.00", 60),
            // 10.5 outcomes of $353 are eleven, a cent less is ten.
            (Record::T2, OutcomeMilestone, "17592.50", "21299.00", 11),
            (Record::T2, OutcomeMilestone, "17592.51", "21299.00", 10),
            (Record::T2, OutcomeMilestone, "21299", "21299.00", 0),
            (Record::T2, OutcomeMilestone, "30000", "21299.00", 0),
            (Record::T16, OutcomeMilestone, "0", "20542.00", 60),
            // 60 outcomes of $203 are $12,180.
            (Record::T16, OutcomeMilestone, "8362", "20542.00", 60),
            (Record::T16, OutcomeMilestone, "8565", "20542.00", 59),
            (Record::T2, OutcomeOnly, "0", "23652.00", 36),
            (Record::T2, OutcomeOnly, "657", "23652.00", 35),
            (Record::T16, OutcomeOnly, "0", "22620.00", 60),
        ] {
            assert_eq!(remaining(record, system, paid), (total.to_owned(), outcomes), "{record:?} {system:?} {paid}");
        }
    }

    #[test]
    fn the_next_milestone_is_the_next_number_and_after_four_the_first_of_phase_2() {
        let parameters = Parameters::builtin().unwrap();
        let next = |system, paid| {
            let answer = transition(parameters, Record::T2, system, Usd::ZERO, paid).unwrap();
            answer.next_payment.map(|payment| payment.to_string())
        };
        for (paid, name) in [(0, "p1m1"), (1, "p1m2"), (3, "p1m4"), (4, "p2m1")] {
            assert_eq!(next(PaymentSystem::OutcomeMilestone, paid).as_deref(), Some(name));
            assert_eq!(next(PaymentSystem::OutcomeOnly, paid), None);
        }
    }

    #[test]
    fn concurrent_is_read_as_title_ii_and_every_mistake_is_named() {
        let parameters = Parameters::builtin().unwrap();
        let read = |text: &str| super::transition_json(text.as_bytes(), parameters);
        let answer = read(r#"{"title": "concurrent", "payment_system": "outcome_milestone", "paid_to_date": "5000.00", "milestones_paid": 3}"#).unwrap();
        assert_eq!((answer.remaining_outcomes, answer.next_payment.unwrap().to_string()), (46, "p1m4".to_owned()));
        let problems =
            read(r#"{"title": "t3", "payment_system": "x", "paid_to_date": 5000, "milestones_paid": 5}"#).unwrap_err();
        let paths: Vec<&str> = problems.iter().map(|problem| &*problem.path).collect();
        assert_eq!(paths, ["/title", "/payment_system", "/paid_to_date", "/milestones_paid"]);
    }
}
