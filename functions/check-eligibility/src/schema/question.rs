//! What is asked.

use super::{AnyQuestion, Case, Day, Id, Month, PaymentAsked, Policy};
use utoipa::ToSchema;

/// Is this payment due?
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The facts.
    pub case: Case,
    /// What is claimed.
    pub claim: Claim,
    /// The day of the request; the claimed month must be over.
    pub requested_on: Day,
    /// The reading; `operations` unless given.
    pub policy: Option<Policy>,
}

/// A payment for a month, by a provider.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Which payment.
    pub payment: PaymentAsked,
    /// For which month.
    pub month: Month,
    /// By whom: a provider with an assignment of kind `en` or `state_vr_as_en`.
    pub provider: Id,
}

/// What can this provider still be paid on the ticket?
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LedgerRequest {
    /// The facts.
    pub case: Case,
    /// Whose ledger: a provider with an assignment of kind `en` or `state_vr_as_en`.
    pub provider: Id,
    /// On which day; months over by then are judged.
    pub as_of: Day,
    /// The reading; `operations` unless given.
    pub policy: Option<Policy>,
}

/// Many questions at once.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The questions. Each is answered or refused by itself: a bad one stops nothing.
    #[schema(max_items = 250)]
    pub questions: Vec<AnyQuestion>,
}
