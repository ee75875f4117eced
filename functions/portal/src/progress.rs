//! How far a claim is, as its provider and the program manager see it.

use crate::schema::claim;
use crate::store::{Arrived, WorkCase};
use jiff::civil::Date;
use serde::Serialize;
use ttw_core::claims::{Actor, Event, Snapshot, Step, Timeline, timeline};
use ttw_core::params::Parameters;
use utoipa::ToSchema;

/// How far a claim is: the steps so far, what arrived, the clocks that run, what is waited for, when it will be decided.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ClaimProgress)]
pub struct Progress {
    /// The steps, oldest first.
    pub steps: Vec<StepView>,
    /// Evidence that arrived, oldest first.
    pub arrived: Vec<ArrivalView>,
    /// Where the claim is today.
    #[schema(value_type = claim::Timeline)]
    pub timeline: Timeline,
}

/// A step of a claim.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepView {
    /// In a word.
    #[schema(value_type = claim::ClaimEvent)]
    pub event: &'static str,
    /// The day; of a clock, the one on which it ran out.
    #[schema(value_type = crate::schema::Day)]
    pub on: String,
    /// Who took it.
    #[schema(value_type = claim::Actor)]
    pub actor: Actor,
    /// Of a diary or a denial: the code of the reason.
    pub reason: Option<&'static str>,
    /// The reason in words.
    pub title: Option<&'static str>,
    /// Of a payment: how much.
    #[schema(value_type = Option<crate::schema::Money>)]
    pub amount: Option<String>,
    /// Of a payment: its name, with the number that one asked for without a number got.
    #[schema(examples("p2m3"))]
    pub payment: Option<String>,
}

/// Evidence that arrived.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArrivalView {
    /// What.
    #[schema(examples("pay_statements"))]
    pub kind: String,
    /// How many pages.
    pub pages: u16,
    /// Whether they can be read.
    pub legible: bool,
    /// The day.
    #[schema(value_type = crate::schema::Day)]
    pub arrived_on: String,
    /// Whether it ended the days that ran for it.
    pub stopped_clock: bool,
}

impl Progress {
    /// How far a claim is on a day; what its clocks have done by then is counted, whether or not it was entered yet.
    #[must_use]
    pub fn of(case: &WorkCase, today: Date, parameters: &Parameters) -> Self {
        let mut claim = case.claim.clone();
        // The day is before the last step only where a clock of ours is wrong: then nothing more has happened.
        let _ = claim.settle(today, parameters);
        Self {
            steps: claim.steps.iter().map(StepView::of).collect(),
            arrived: case.arrived.iter().map(ArrivalView::of).collect(),
            timeline: timeline(&claim, today, parameters),
        }
    }
}

impl StepView {
    fn of(step: &Step) -> Self {
        let reason = match &step.event {
            Event::Diary(reason) => Some(reason.text()),
            Event::Deny { reason, .. } => Some(reason.text()),
            _ => None,
        };
        let (amount, payment) = match &step.event {
            Event::Pay { amount, snapshot } => {
                (Some(amount.to_string()), snapshot.as_deref().and_then(Snapshot::payment))
            }
            _ => (None, None),
        };
        Self {
            event: step.event.as_str(),
            on: step.on.to_string(),
            actor: step.event.actor(),
            reason: reason.map(|reason| reason.code),
            title: reason.map(|reason| reason.title),
            amount,
            payment: payment.map(|payment| payment.to_string()),
        }
    }
}

impl ArrivalView {
    fn of(arrived: &Arrived) -> Self {
        Self {
            kind: arrived.kind.clone(),
            pages: arrived.pages,
            legible: arrived.legible,
            arrived_on: arrived.arrived_on.clone(),
            stopped_clock: arrived.stopped_clock,
        }
    }
}
