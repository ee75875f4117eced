//! The rate of a payment.

use crate::domain::{Record, Usd};
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

/// The rate of a kind in a year, at percentages in the order of the kinds.
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
