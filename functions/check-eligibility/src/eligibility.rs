//! Questions about a case.

use crate::refusal::{NotSignedIn, RefusedRequest};
use crate::{people, schema};
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::response::Response;
use ttw_core::forms::{asks_of_record, names_a_number};
use ttw_core::read::{MAX_BATCH_BYTES, MAX_BYTES, Read};
use ttw_portal::telemetry::Metrics;
use ttw_portal::{Portal, Refusal, body, reply};

/// Decide one claim
///
/// Is this payment due? Answers payable, not payable or undetermined, with every rule that was consulted, the facts that are
/// missing, and the least that would make the payment payable. A case is asked about without signing in; a number on file stands in its
/// place for who is signed in and holds or held that ticket.
#[utoipa::path(
    post,
    path = "/v1/eligibility",
    tag = "eligibility",
    operation_id = "decide",
    request_body = schema::AnyQuestion,
    security((), ("bearer" = [])),
    responses(
        (status = 200, description = "The determination.", body = schema::Determination),
        RefusedRequest,
        NotSignedIn,
    )
)]
pub(crate) async fn decide(
    State(portal): State<Portal>,
    metrics: Metrics,
    request: Request,
) -> Result<Response, Refusal> {
    let (parts, body) = taken(request, MAX_BYTES).await?;
    if asks_of_record(&body) {
        return people::decide(&portal, &metrics, &parts, &body).await.map(reply::answer);
    }
    answer(portal.engine().decide_json_seen(&body, |answer| metrics.determination(answer)))
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
    request_body = schema::AnyLedgerRequest,
    security((), ("bearer" = [])),
    responses(
        (status = 200, description = "The ledger.", body = schema::Ledger),
        RefusedRequest,
        NotSignedIn,
    )
)]
pub(crate) async fn ledger(State(portal): State<Portal>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = taken(request, MAX_BYTES).await?;
    if asks_of_record(&body) {
        return people::ledger(&portal, &parts, &body).await.map(reply::answer);
    }
    answer(portal.engine().ledger_json(&body))
}

/// Decide up to 250 claims
///
/// Each question is answered or refused by itself, in order: a bad one stops nothing. Cases are asked about without signing in; a
/// number on file stands in a case's place for who is signed in and holds or held that ticket.
#[utoipa::path(
    post,
    path = "/v1/eligibility/batch",
    tag = "eligibility",
    operation_id = "batch",
    request_body = schema::Batch,
    security((), ("bearer" = [])),
    responses(
        (status = 200, description = "A result for each question.", body = schema::BatchResults),
        RefusedRequest,
        NotSignedIn,
    )
)]
pub(crate) async fn batch(
    State(portal): State<Portal>,
    metrics: Metrics,
    request: Request,
) -> Result<Response, Refusal> {
    let (parts, body) = taken(request, MAX_BATCH_BYTES).await?;
    if names_a_number(&body) {
        return people::batch(&portal, &metrics, &parts, &body).await.map(reply::answer);
    }
    answer(portal.engine().batch_json_seen(&body, |result| metrics.result(result)))
}

/// The body with what stood before it.
async fn taken(request: Request, limit: usize) -> Result<(Parts, Bytes), Refusal> {
    let (parts, content) = request.into_parts();
    let mut bare = Request::new(content);
    *bare.headers_mut() = parts.headers.clone();
    Ok((parts, body::json(bare, limit).await?))
}

fn answer(read: Read<String>) -> Result<Response, Refusal> {
    read.map(reply::answer).map_err(Refusal::of_question)
}
