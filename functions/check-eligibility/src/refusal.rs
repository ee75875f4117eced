//! What is refused here, and how the OpenAPI document shows it.

use axum::http::StatusCode;
use std::collections::BTreeMap;
use ttw_core::Problem;
use ttw_core::problem::{Action, Class, Code, code};
use ttw_core::read::MAX_BYTES;
use ttw_portal::Refusal;
use ttw_portal::identity::code::{AUTH_FORBIDDEN, AUTH_REQUIRED, UPSTREAM_UNAVAILABLE};
use ttw_portal::problem::{ProblemResponses, REQ_CONTENT_TYPE};
use utoipa::IntoResponses;
use utoipa::openapi::{RefOr, Response};

/// An id that no rule has.
pub const RULE_UNKNOWN: Code = Code {
    id: "RULE_UNKNOWN",
    class: Class::Validity,
    action: Action::Correct,
    message: "There is no rule of this id; GET /v1/rules lists all of them.",
    cite: None,
};

/// A signed-in person without a ticket.
pub const TICKET_UNKNOWN: Code = Code {
    id: "TICKET_UNKNOWN",
    class: Class::Validity,
    action: Action::DoNotResubmit,
    message: "There is no ticket of yours on file; ask the Ticket to Work Help Line about it.",
    cite: None,
};

/// The codes of this function alone.
pub const CODES: &[Code] = &[RULE_UNKNOWN, TICKET_UNKNOWN];

/// The refusals of a request with a body.
pub(crate) struct RefusedRequest;

/// The refusals of a request with a query.
pub(crate) struct RefusedQuery;

/// The refusals of who is not signed in or may not ask, and of a table that does not answer.
pub(crate) struct NotSignedIn;

/// The refusal of who has no ticket.
pub(crate) struct UnknownTicket;

/// The refusal of a rule's id.
pub(crate) struct UnknownRule;

type Responses = BTreeMap<String, RefOr<Response>>;

impl IntoResponses for RefusedRequest {
    fn responses() -> Responses {
        let invalid = Problem::new(&code::REQ_JSON_INVALID, "").with("line", 1).with("column", 2);
        let large = Problem::new(&code::REQ_TOO_LARGE, "").with("limit", MAX_BYTES);
        let refused = vec![
            Problem::new(&code::EARNINGS_MONTH_DUPLICATE, "/case/earnings/3/month"),
            Problem::new(&code::CLAIM_MONTH_NOT_OVER, "/claim/month"),
        ];
        problems(&[
            ("The body is not readable JSON.", Refusal::of_question(vec![invalid])),
            ("The body is too large.", Refusal::of_question(vec![large])),
            ("The body is not JSON.", Refusal::because(StatusCode::UNSUPPORTED_MEDIA_TYPE, &REQ_CONTENT_TYPE)),
            ("The question is refused; errors lists everything that is wrong.", Refusal::of_question(refused)),
            ("An error of the service's own.", Refusal::internal()),
        ])
    }
}

impl IntoResponses for RefusedQuery {
    fn responses() -> Responses {
        let month = Problem::new(&code::MONTH_FORMAT, "/on");
        problems(&[("The query is refused; errors lists everything that is wrong.", Refusal::of_question(vec![month]))])
    }
}

impl IntoResponses for UnknownRule {
    fn responses() -> Responses {
        problems(&[("There is no such rule.", Refusal::because(StatusCode::NOT_FOUND, &RULE_UNKNOWN))])
    }
}

impl IntoResponses for NotSignedIn {
    fn responses() -> Responses {
        let because = |status, code| Refusal::because(status, code);
        problems(&[
            ("Nobody is signed in.", because(StatusCode::UNAUTHORIZED, &AUTH_REQUIRED)),
            ("Not permitted for this organization.", because(StatusCode::FORBIDDEN, &AUTH_FORBIDDEN)),
            (
                "A service that is needed does not answer.",
                because(StatusCode::SERVICE_UNAVAILABLE, &UPSTREAM_UNAVAILABLE),
            ),
            ("An error of the service's own.", Refusal::internal()),
        ])
    }
}

impl IntoResponses for UnknownTicket {
    fn responses() -> Responses {
        let query = vec![Problem::new(&code::REQ_UNKNOWN_FIELD, "/x").with("allowed", Vec::<&str>::new())];
        problems(&[
            ("There is no ticket of the signed-in person.", Refusal::because(StatusCode::NOT_FOUND, &TICKET_UNKNOWN)),
            ("The query is refused; errors lists everything that is wrong.", Refusal::of_question(query)),
        ])
    }
}

fn problems(all: &[(&str, Refusal)]) -> Responses {
    all.iter()
        .fold(ProblemResponses::default(), |responses, (description, refusal)| responses.with(description, refusal))
        .into()
}
