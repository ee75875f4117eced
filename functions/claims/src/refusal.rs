//! What is refused here, and how the OpenAPI document shows it.

use crate::code::{WC_CHANGED, WC_UNKNOWN};
use axum::http::StatusCode;
use std::collections::BTreeMap;
use ttw_core::Problem;
use ttw_core::problem::code;
use ttw_core::read::MAX_BYTES;
use ttw_portal::Refusal;
use ttw_portal::filing::code::{LIMIT_RANGE, SUBMISSION_TOO_LARGE};
use ttw_portal::identity::code::{AUTH_FORBIDDEN, AUTH_REQUIRED, UPSTREAM_UNAVAILABLE};
use ttw_portal::problem::{ProblemResponses, REQ_CONTENT_TYPE};
use ttw_portal::store::AppendError;
use utoipa::IntoResponses;
use utoipa::openapi::{RefOr, Response};

type Responses = BTreeMap<String, RefOr<Response>>;

/// The refusals of a request with a body.
pub(crate) struct RefusedBody;

/// The refusals of a request with a query.
pub(crate) struct RefusedQuery;

/// The refusal of a number.
pub(crate) struct UnknownCase;

/// The refusal of who was too slow.
pub(crate) struct ChangedCase;

/// The refusals of who is not signed in or may not ask, and of a table that does not answer.
pub(crate) struct NotPermitted;

/// There is no such work case for who asks.
pub(crate) fn unknown() -> Refusal {
    Refusal::because(StatusCode::NOT_FOUND, &WC_UNKNOWN)
}

/// The work case is no longer what was looked at.
pub(crate) fn changed() -> Refusal {
    Refusal::because(StatusCode::CONFLICT, &WC_CHANGED)
}

/// Why a step was not written.
pub(crate) fn not_written(error: AppendError) -> Refusal {
    match error {
        AppendError::Changed => changed(),
        AppendError::TooLarge => Refusal::because(StatusCode::PAYLOAD_TOO_LARGE, &SUBMISSION_TOO_LARGE),
        AppendError::Store(error) => error.into(),
    }
}

impl IntoResponses for RefusedBody {
    fn responses() -> Responses {
        let invalid = Problem::new(&code::REQ_JSON_INVALID, "").with("line", 1).with("column", 2);
        let large = Problem::new(&code::REQ_TOO_LARGE, "").with("limit", MAX_BYTES);
        let refused = vec![Problem::new(&code::REQ_FIELD_REQUIRED, "/version")];
        problems(&[
            ("The body is not readable JSON.", Refusal::of_question(vec![invalid])),
            ("The body is too large.", Refusal::of_question(vec![large])),
            ("The body is not JSON.", Refusal::because(StatusCode::UNSUPPORTED_MEDIA_TYPE, &REQ_CONTENT_TYPE)),
            ("The request is refused; errors lists everything that is wrong.", Refusal::of_question(refused)),
        ])
    }
}

impl IntoResponses for RefusedQuery {
    fn responses() -> Responses {
        let limit = vec![Problem::new(&LIMIT_RANGE, "/limit")];
        problems(&[("The query is refused; errors lists everything that is wrong.", Refusal::of_question(limit))])
    }
}

impl IntoResponses for UnknownCase {
    fn responses() -> Responses {
        problems(&[("There is no such work case here.", unknown())])
    }
}

impl IntoResponses for ChangedCase {
    fn responses() -> Responses {
        problems(&[("Somebody else has changed the work case.", changed())])
    }
}

impl IntoResponses for NotPermitted {
    fn responses() -> Responses {
        let because = |status, code| Refusal::because(status, code);
        problems(&[
            ("Nobody is signed in.", because(StatusCode::UNAUTHORIZED, &AUTH_REQUIRED)),
            ("Not permitted to who asks.", because(StatusCode::FORBIDDEN, &AUTH_FORBIDDEN)),
            (
                "A service that is needed does not answer.",
                because(StatusCode::SERVICE_UNAVAILABLE, &UPSTREAM_UNAVAILABLE),
            ),
            ("An error of the service's own.", Refusal::internal()),
        ])
    }
}

fn problems(all: &[(&str, Refusal)]) -> Responses {
    all.iter()
        .fold(ProblemResponses::default(), |responses, (description, refusal)| responses.with(description, refusal))
        .into()
}
