//! What a payment pays.

use crate::domain::{Month, PaymentSystem, Record, Title, Usd};
use crate::eligibility::milestones_left;
use crate::eligibility::{Asked, Kind};
use crate::facts::Facts;
use crate::params::Parameters;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// The four rates of PAY-01 to PAY-04.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateKind {
    /// A Phase 1 milestone.
    Phase1,
    /// A Phase 2 milestone.
    Phase2,
    /// An outcome under the outcome-milestone system.
    OutcomeMilestone,
    /// An outcome under the outcome-only system.
    OutcomeOnly,
}

impl RateKind {
    const fn index(self) -> usize {
        match self {
            Self::Phase1 => 0,
            Self::Phase2 => 1,
            Self::OutcomeMilestone => 2,
            Self::OutcomeOnly => 3,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Phase1 => "phase_1",
            Self::Phase2 => "phase_2",
            Self::OutcomeMilestone => "outcome_milestone",
            Self::OutcomeOnly => "outcome_only",
        }
    }
}

/// A rate: a percentage of a year's base, in whole dollars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// The payment calculation base; none when the rate itself was published, or nothing was.
    pub base: Option<Usd>,
    /// The calendar year.
    pub year: i32,
    /// The percentage.
    #[serde(serialize_with = "as_text")]
    pub percent: Decimal,
    /// Whose base it is.
    pub title: Record,
    #[serde(skip)]
    pub(crate) kind: RateKind,
    #[serde(skip)]
    pub(crate) amount: Option<Usd>,
    #[serde(skip)]
    pub(crate) count: u8,
}

fn as_text<S: Serializer>(percent: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(percent)
}

/// The basis of an amount: one rate, or for a reconciliation one entry a rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountBasis {
    /// The rate of one payment.
    One(Rate),
    /// The rates of a reconciliation, each with its count.
    Reconciliation(Vec<Rate>),
}

impl Serialize for AmountBasis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Counted<'a> {
            #[serde(flatten)]
            rate: &'a Rate,
            count: u8,
        }
        match self {
            Self::One(rate) => rate.serialize(serializer),
            Self::Reconciliation(rates) => {
                serializer.collect_seq(rates.iter().map(|rate| Counted { rate, count: rate.count }))
            }
        }
    }
}

/// The rate of a kind in a year, for a ticket paid as a title.
pub(crate) fn rate(facts: &Facts<'_>, kind: RateKind, year: i32) -> Rate {
    let title = match kind {
        RateKind::Phase1 => Record::T2,
        _ if facts.ticket_title == Title::T16 => Record::T16,
        _ => Record::T2,
    };
    rate_of(facts.parameters, facts.terms.percent, kind, title, year)
}

pub(crate) fn rate_of(
    parameters: &Parameters,
    percents: [Decimal; 4],
    kind: RateKind,
    title: Record,
    year: i32,
) -> Rate {
    let percent = percents.get(kind.index()).copied().unwrap_or_default();
    let base = parameters.payment_calculation_base(title, year);
    let amount = match base {
        Some(base) => Some(base.percent(percent).to_nearest_dollar()),
        None => parameters.published_rate(kind.key(), title, year),
    };
    Rate { base, year, percent, title, kind, amount, count: 1 }
}

/// The kind of rate of a payment for one month.
pub(crate) fn rate_kind(facts: &Facts<'_>, kind: Kind) -> RateKind {
    match kind {
        Kind::Phase1(_) | Kind::Reconciliation => RateKind::Phase1,
        Kind::Phase2 => RateKind::Phase2,
        Kind::Outcome if facts.assignment.payment_system == Some(PaymentSystem::OutcomeOnly) => RateKind::OutcomeOnly,
        Kind::Outcome => RateKind::OutcomeMilestone,
    }
}

/// The rates behind a payment, and its amount; none while a rate is not known.
pub(crate) fn price(facts: &Facts<'_>, asked: &Asked) -> (Vec<Rate>, Option<Usd>) {
    if asked.kind == Kind::Reconciliation {
        return price_reconciliation(facts, milestones_left::left(facts));
    }
    let rate = rate(facts, rate_kind(facts, asked.kind), asked.month.year());
    let amount = rate.amount;
    (vec![rate], amount)
}

/// The sum for so many milestones of each phase, at the rates of the year in which the outcome period began.
fn price_reconciliation(facts: &Facts<'_>, (phase_1, phase_2): (u8, u8)) -> (Vec<Rate>, Option<Usd>) {
    let (Some(certain), Some(possible)) = facts.outcome_period_first() else { return (Vec::new(), None) };
    let rates_of = |first: Month| {
        let counted = |kind, count| Rate { count, ..rate(facts, kind, first.year()) };
        let both = [counted(RateKind::Phase1, phase_1), counted(RateKind::Phase2, phase_2)];
        both.into_iter().filter(|rate| rate.count > 0).collect::<Vec<_>>()
    };
    let sum = |rates: &[Rate]| {
        rates.iter().try_fold(Usd::ZERO, |sum, rate| Some(sum.plus(rate.amount?.times(rate.count.into()))))
    };
    let rates = rates_of(certain);
    let amount = sum(&rates);
    // The period may have begun in an earlier year whose rates differ: then the amount is not known.
    let amount = amount.filter(|amount| certain == possible || sum(&rates_of(possible)) == Some(*amount));
    (rates, amount)
}
