//! The fax cover sheet of a payment request: issued once, copied for the same request.

use crate::code::{PR_SHEET_CLOSED, PR_SHEET_ISSUED, PR_SHEET_NOT_ISSUED};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use ttw_core::Problem;
use ttw_core::domain::{PaymentAsked, PaymentName};
use ttw_core::forms::Form;
use ttw_core::problem::{Code, code};
use ttw_cover_sheet::CoverSheet;
use ttw_portal::filing::code::SUBMISSION_UNKNOWN;
use ttw_portal::progress::Progress;
use ttw_portal::query::Query;
use ttw_portal::responses::{NotPermitted, RefusedQuery, problems};
use ttw_portal::store::{Confirmation, Submission, WorkCase};
use ttw_portal::telemetry::RequestId;
use ttw_portal::{Portal, Refusal};
use utoipa::{IntoResponses, ToSchema};

/// Get the fax cover sheet
///
/// One page with the work case number as a bar code, for proof of earnings that is faxed. It is issued once; `copy=true` gives it again for
/// more documents of the same request. It holds nothing of the beneficiary.
#[utoipa::path(
    get,
    path = "/v1/payment-requests/{confirmation}/cover-sheet",
    tag = "Payment Request",
    operation_id = "cover_sheet",
    security(("bearer" = [])),
    params(
        ("confirmation" = String, Path, description = "The confirmation number.", example = "1NFK-J7G0-AJZ7-JEHQ"),
        ("copy" = Option<bool>, Query, description = "`true` for a copy."),
    ),
    responses(
        (status = 200, description = "The sheet.", body = Pdf, content_type = "application/pdf"),
        UnknownSubmission, NoSheet, RefusedQuery, NotPermitted
    )
)]
pub(crate) async fn cover_sheet(
    State(portal): State<Portal>,
    number: Result<Path<String>, PathRejection>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let scope = portal.filing_scope(&parts).await?;
    let mut query = Query::read(parts.uri.query(), &["copy"]);
    let choice = |text: &str| [("true", true), ("false", false)].into_iter().find(|(word, _)| *word == text);
    let wrong = Problem::new(&code::REQ_ENUM, "/copy").with("allowed", vec!["true", "false"]);
    let is_copy = query.parsed("copy", choice, wrong).is_some_and(|(_, copy)| copy);
    query.finish()?;
    let number = number.ok().and_then(|Path(number)| Confirmation::parse(&number)).ok_or_else(unknown)?;
    let store = portal.store();
    let submission = store.one(&scope, Form::PaymentRequest, &number).await?.ok_or_else(unknown)?;
    let case = store.own_work_case(&scope, portal.engine(), &number).await?.ok_or_else(unknown)?;
    let progress = Progress::of(&case, portal.desk().received_on, portal.engine().parameters());
    if progress.timeline.state.is_final() {
        return Err(conflict(&PR_SHEET_CLOSED));
    }
    let sheet = drawn(&case, &submission, &progress)?;
    let (at, request_id) = (portal.clock().now(), parts.extensions.get::<RequestId>().map_or("", RequestId::as_str));
    match (is_copy, store.has_sheet(&scope, &number).await?) {
        (true, false) => return Err(conflict(&PR_SHEET_NOT_ISSUED)),
        (false, true) => return Err(conflict(&PR_SHEET_ISSUED)),
        // Who only looks gets no sheet.
        _ if parts.method == Method::HEAD => {}
        (true, true) => store.note_copy(&scope, &number, at, request_id).await?,
        (false, false) if store.issue_sheet(&scope, &number, at, request_id).await? => {}
        (false, false) => return Err(conflict(&PR_SHEET_ISSUED)),
    }
    let name = HeaderValue::from_str(&format!("inline; filename=\"cover-sheet-{number}.pdf\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_DISPOSITION, name.map_err(|_| Refusal::internal())?),
    ];
    Ok((StatusCode::OK, headers, sheet).into_response())
}

/// A document, byte by byte.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "it only describes")]
struct Pdf(Vec<u8>);

fn drawn(case: &WorkCase, submission: &Submission, progress: &Progress) -> Result<Vec<u8>, Refusal> {
    let receipt = &case.claim.receipt;
    let sheet = CoverSheet {
        work_case: case.number.as_str(),
        provider: &case.provider_name,
        submitter: &submission.submitter_name,
        requested_on: receipt.received_on,
        payment: payment(receipt.payment, submission).ok_or_else(Refusal::internal)?,
        claim_month: receipt.month,
        documents_by: progress.timeline.documents_by(),
        fax_to: None,
    };
    ttw_cover_sheet::pdf(&sheet).map_err(|_| Refusal::internal())
}

/// The payment by its name; of the next one due, as it was determined when the request was filed.
fn payment(asked: PaymentAsked, submission: &Submission) -> Option<PaymentName> {
    if let PaymentAsked::Named(name) = asked {
        return Some(name);
    }
    let determination = &submission.decision.as_ref()?.determination;
    let determination: serde_json::Value = serde_json::from_str(determination).ok()?;
    PaymentName::parse(determination.get("payment")?.as_str()?)
}

fn unknown() -> Refusal {
    Refusal::because(StatusCode::NOT_FOUND, &SUBMISSION_UNKNOWN)
}

fn conflict(code: &'static Code) -> Refusal {
    Refusal::because(StatusCode::CONFLICT, code)
}

/// The refusal of a number.
struct UnknownSubmission;

/// The refusal of a sheet that is not given.
struct NoSheet;

type Responses = BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::Response>>;

impl IntoResponses for UnknownSubmission {
    fn responses() -> Responses {
        problems(&[("There is no such submission here.", unknown())])
    }
}

impl IntoResponses for NoSheet {
    fn responses() -> Responses {
        problems(&[(
            "It was issued before, was not issued yet, or takes no more documents.",
            conflict(&PR_SHEET_ISSUED),
        )])
    }
}
