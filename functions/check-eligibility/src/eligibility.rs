//! Questions about a case.

use crate::refusal::RefusedRequest;
use crate::{Service, schema};
use axum::extract::{Request, State};
use axum::response::Response;
use ttw_core::read::{MAX_BATCH_BYTES, MAX_BYTES, Read};
use ttw_portal::{Refusal, body, reply};

/// Decide one claim
///
/// Is this payment due? Answers payable, not payable or undetermined, with every rule that was consulted, the facts that are
/// missing, and the least that would make the payment payable.
#[utoipa::path(
    post,
    path = "/v1/eligibility",
    tag = "eligibility",
    operation_id = "decide",
    request_body = schema::Question,
    responses(
        (status = 200, description = "The determination.", body = schema::Determination),
        RefusedRequest,
    )
)]
pub(crate) async fn decide(State(service): State<Service>, request: Request) -> Result<Response, Refusal> {
    let body = body::json(request, MAX_BYTES).await?;
    answer(service.engine.decide_json(&body))
}

/// Show a ticket's ledger
///
/// What can this provider still be paid on the ticket? One row for each payment the ticket can carry: paid, payable, pending,
/// unavailable or undetermined, and the sums.
#[utoipa::path(
    post,
    path = "/v1/eligibility/ledger",
    tag = "eligibility",
    operation_id = "ledger",
    request_body = schema::LedgerRequest,
    responses(
        (status = 200, description = "The ledger.", body = schema::Ledger),
        RefusedRequest,
    )
)]
pub(crate) async fn ledger(State(service): State<Service>, request: Request) -> Result<Response, Refusal> {
    let body = body::json(request, MAX_BYTES).await?;
    answer(service.engine.ledger_json(&body))
}

/// Decide up to 250 claims
///
/// Each question is answered or refused by itself, in order: a bad one stops nothing.
#[utoipa::path(
    post,
    path = "/v1/eligibility/batch",
    tag = "eligibility",
    operation_id = "batch",
    request_body = schema::Batch,
    responses(
        (status = 200, description = "A result for each question.", body = schema::BatchResults),
        RefusedRequest,
    )
)]
pub(crate) async fn batch(State(service): State<Service>, request: Request) -> Result<Response, Refusal> {
    let body = body::json(request, MAX_BATCH_BYTES).await?;
    answer(service.engine.batch_json(&body))
}

fn answer(read: Read<String>) -> Result<Response, Refusal> {
    read.map(reply::answer).map_err(Refusal::of_question)
}
