//! A claim: its receipt and the steps it has taken; where it is follows from them.

use super::code;
use super::reason::DenialReason;
use super::snapshot::Snapshot;
use super::step::{Event, State, Step};
use crate::domain::{Month, PaymentAsked};
use crate::params::Parameters;
use crate::problem::{Code, Problem};
use jiff::civil::Date;
use serde::Serialize;

/// What was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The claim's number.
    pub id: Box<str>,
    /// The claiming provider.
    pub provider: Box<str>,
    /// The payment claimed.
    pub payment: PaymentAsked,
    /// The month claimed.
    pub month: Month,
    /// The day of receipt.
    pub received_on: Date,
    /// Its place among what was received that day.
    pub sequence: u64,
    /// How its evidence comes.
    pub evidence: Evidence,
    /// The claim that it resubmits.
    pub resubmits: Option<Box<str>>,
}

/// How the evidence of a claim comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// With the request.
    Enclosed,
    /// By fax, with the cover sheet.
    ToFollow,
    /// The earnings are established already.
    NotNeeded,
}

/// A claim. It is written as its receipt and its steps, and read back by taking them again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// What was received.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// What has happened since, oldest first.
    pub steps: Vec<Step>,
    #[serde(skip)]
    pub(super) state: State,
    #[serde(skip)]
    pub(super) state_since: Date,
    /// Documents that the request announced and that have not come.
    #[serde(skip)]
    pub(super) documents_awaited: bool,
    /// The day on which a diary for information ran out unanswered; the claim is decided from then on.
    #[serde(skip)]
    pub(super) unanswered_since: Option<Date>,
}

/// The order in which claims are processed: first in, first out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place<'c> {
    received_on: Date,
    sequence: u64,
    id: &'c str,
}

/// A problem of the claim as a whole.
pub(super) fn refused(code: &'static Code) -> Problem {
    Problem::new(code, "")
}

impl Claim {
    /// Takes a claim in.
    ///
    /// # Errors
    /// When no days can be counted from its day of receipt.
    pub fn receive(receipt: Receipt, parameters: &Parameters) -> Result<Self, Problem> {
        if parameters.is_business_day(receipt.received_on).is_none() {
            return Err(Problem::new(&code::CLAIM_DAY_RANGE, "/received_on"));
        }
        Ok(Self {
            state: State::Received,
            state_since: receipt.received_on,
            documents_awaited: receipt.evidence == Evidence::ToFollow,
            unanswered_since: None,
            steps: Vec::new(),
            receipt,
        })
    }

    /// Takes in the whole request again, after it was denied because nothing came (DIA-04).
    ///
    /// # Errors
    /// What stands against it.
    pub fn resubmit(&self, mut receipt: Receipt, parameters: &Parameters) -> Result<Self, Problem> {
        let known = &self.receipt;
        let same = known.provider == receipt.provider
            && known.month == receipt.month
            && known.payment == receipt.payment
            && known.id != receipt.id;
        if self.state != State::Denied(DenialReason::NoResponse) {
            return Err(refused(&code::CLAIM_RESUBMISSION));
        }
        if !same {
            return Err(refused(&code::CLAIM_RESUBMISSION_OTHER));
        }
        if receipt.evidence != Evidence::Enclosed {
            return Err(Problem::new(&code::CLAIM_RESUBMISSION_DOCUMENTS, "/evidence"));
        }
        if receipt.received_on < self.state_since {
            return Err(Problem::new(&code::CLAIM_DAY_ORDER, "/received_on"));
        }
        receipt.resubmits = Some(known.id.clone());
        Self::receive(receipt, parameters)
    }

    /// Where the claim is.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// Its place in the queue.
    #[must_use]
    pub fn place(&self) -> Place<'_> {
        let Receipt { received_on, sequence, id, .. } = &self.receipt;
        Place { received_on: *received_on, sequence: *sequence, id }
    }

    /// What the claim was decided on, once it is.
    #[must_use]
    pub fn snapshot(&self) -> Option<&Snapshot> {
        match &self.steps.last()?.event {
            Event::Pay { snapshot, .. } | Event::Deny { snapshot, .. } => snapshot.as_deref(),
            _ => None,
        }
    }

    /// The day of the last step.
    #[must_use]
    pub fn last_day(&self) -> Date {
        self.steps.last().map_or(self.receipt.received_on, |step| step.on)
    }
}
