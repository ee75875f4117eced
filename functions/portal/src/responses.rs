//! Refusals that many routes have, as the OpenAPI document shows them.

use crate::Refusal;
use crate::filing::code::LIMIT_RANGE;
use crate::identity::code::{AUTH_FORBIDDEN, AUTH_REQUIRED, UPSTREAM_UNAVAILABLE};
use crate::problem::{ProblemResponses, REQ_CONTENT_TYPE};
use axum::http::StatusCode;
use std::collections::BTreeMap;
use ttw_core::Problem;
use ttw_core::problem::code;
use ttw_core::read::MAX_BYTES;
use utoipa::IntoResponses;
use utoipa::openapi::{RefOr, Response};

type Responses = BTreeMap<String, RefOr<Response>>;

/// The refusals of a request with a body.
#[derive(Debug)]
pub struct RefusedBody;

/// The refusals of a request with a query.
#[derive(Debug)]
pub struct RefusedQuery;

/// The refusals of who is not signed in or may not ask, and of a table that does not answer.
#[derive(Debug)]
pub struct NotPermitted;

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
        let limit = vec![Problem::new(&LIMIT_RANGE, "/limit").with("most", 100)];
        problems(&[("The query is refused; errors lists everything that is wrong.", Refusal::of_question(limit))])
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

/// Refusals with what is said of each.
#[must_use]
pub fn problems(all: &[(&str, Refusal)]) -> Responses {
    all.iter()
        .fold(ProblemResponses::default(), |responses, (description, refusal)| responses.with(description, refusal))
        .into()
}
