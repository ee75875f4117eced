//! The one shape of a problem: RFC 9457 with the core's list of everything that is wrong.

use crate::filing::code::IDEMPOTENCY_IN_FLIGHT;
use crate::telemetry::RefusedFor;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use ttw_core::Problem;
use ttw_core::problem::{Action, Class, Code};
use utoipa::openapi::{self, ContentBuilder, Ref, RefOr, ResponseBuilder};

/// The media type of every problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

const fn http_code(id: &'static str, action: Action, message: &'static str) -> Code {
    Code { id, class: Class::Syntactical, action, message, cite: None }
}

/// An address that leads nowhere.
pub const ROUTE_UNKNOWN: Code = http_code(
    "ROUTE_UNKNOWN",
    Action::DoNotResubmit,
    "There is nothing at this address; GET /v1/openapi.json lists what there is.",
);
/// A method that an address does not take.
pub const METHOD_NOT_ALLOWED: Code = http_code(
    "METHOD_NOT_ALLOWED",
    Action::Correct,
    "This address does not take this method; use one of those in the Allow header.",
);
/// A body of another kind.
pub const REQ_CONTENT_TYPE: Code = http_code(
    "REQ_CONTENT_TYPE",
    Action::Correct,
    "The body must be JSON in UTF-8, not compressed; send it with Content-Type: application/json and without Content-Encoding.",
);
/// A body that broke off.
pub const REQ_BODY_INCOMPLETE: Code =
    http_code("REQ_BODY_INCOMPLETE", Action::Correct, "The body ended before it was complete; send it again.");

/// The codes that belong to HTTP itself; those of the core are in [`ttw_core::problem::code::ALL`].
pub const CODES: &[Code] = &[ROUTE_UNKNOWN, METHOD_NOT_ALLOWED, REQ_CONTENT_TYPE, REQ_BODY_INCOMPLETE];

/// Codes of the core that say who may not do something.
const FORBIDDEN: &[&str] = &["AUTH_EIN_MISMATCH", "EIR_SUBMITTER_ROLE", "F1365_NOT_VR"];
/// Codes of the core that say what is in the way.
const CONFLICT: &[&str] = &["RULES_VERSION_RETIRED", "PR_DUPLICATE_REQUEST", "IWP_DUPLICATE", "F1365_DUPLICATE"];

/// A request that is not answered, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    status: StatusCode,
    detail: Cow<'static, str>,
    errors: Vec<Problem>,
}

/// How many things are wrong, and how many are only to be acknowledged.
fn summary(wrong: usize, unlikely: usize) -> String {
    let count = |number: usize, one: &str, more: &str| format!("{number} {}", if number == 1 { one } else { more });
    let wrong_text = count(wrong, "thing is wrong", "things are wrong");
    let unlikely_text = count(unlikely, "warning is to be acknowledged", "warnings are to be acknowledged");
    match (wrong, unlikely) {
        (_, 0) => format!("{wrong_text}; errors lists every one."),
        (0, _) => format!("{unlikely_text}; errors lists every one."),
        _ => format!("{wrong_text} and {unlikely_text}; errors lists every one."),
    }
}

impl Refusal {
    /// The refusal for what the core finds wrong: 413 when it is too large, 400 when it is not JSON, 403 or 409 when everything wrong
    /// is not permitted or in the way of something on file, else 422. What is only to be acknowledged does not change that.
    #[must_use]
    pub fn of_question(errors: Vec<Problem>) -> Self {
        let has = |code: &str| errors.iter().any(|problem| problem.code == code);
        let wrong: Vec<_> = errors.iter().filter(|problem| problem.action != Action::Acknowledge).collect();
        let all = |codes: &[&str]| !wrong.is_empty() && wrong.iter().all(|problem| codes.contains(&problem.code));
        let status = if has("REQ_TOO_LARGE") {
            StatusCode::PAYLOAD_TOO_LARGE
        } else if has("REQ_JSON_INVALID") {
            StatusCode::BAD_REQUEST
        } else if all(FORBIDDEN) {
            StatusCode::FORBIDDEN
        } else if all(CONFLICT) {
            StatusCode::CONFLICT
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let detail = match errors.as_slice() {
            [only] => Cow::Owned(only.message.clone()),
            all => Cow::Owned(summary(wrong.len(), all.len() - wrong.len())),
        };
        Self { status, detail, errors }
    }

    /// The refusal for one reason that concerns the request as a whole.
    #[must_use]
    pub fn because(status: StatusCode, code: &'static Code) -> Self {
        Self { status, detail: Cow::Borrowed(code.message), errors: vec![Problem::new(code, "")] }
    }

    /// An error of ours. It says nothing of its cause.
    #[must_use]
    pub const fn internal() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            detail: Cow::Borrowed("Something went wrong here, not with the request; try again later."),
            errors: Vec::new(),
        }
    }

    /// Its HTTP status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// Its body.
    #[must_use]
    pub fn to_json(&self) -> String {
        let body = Body {
            kind: "about:blank",
            title: title(self.status),
            status: self.status.as_u16(),
            detail: &self.detail,
            errors: &self.errors,
        };
        serde_json::to_string(&body).unwrap_or_default()
    }
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: &'a str,
    errors: &'a [Problem],
}

/// After how long a request that met a busy table, or its own first attempt, may be made again.
const RETRY_AFTER_SECONDS: &str = "2";

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE)),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        let mut response = (self.status, headers, self.to_json()).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        let in_flight = |problem: &Problem| problem.code == IDEMPOTENCY_IN_FLIGHT.id;
        if self.status == StatusCode::SERVICE_UNAVAILABLE || self.errors.iter().any(in_flight) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        response.extensions_mut().insert(RefusedFor::of(&self.errors));
        response
    }
}

/// Refusals as the OpenAPI document has them: the description of each and the refusal itself as its example.
#[derive(Default)]
pub struct ProblemResponses(BTreeMap<String, RefOr<openapi::Response>>);

impl ProblemResponses {
    /// These and one more.
    #[must_use]
    pub fn with(mut self, description: &str, refusal: &Refusal) -> Self {
        let response = described(description, refusal).build();
        self.0.insert(refusal.status().as_u16().to_string(), RefOr::T(response));
        self
    }
}

impl From<ProblemResponses> for BTreeMap<String, RefOr<openapi::Response>> {
    fn from(all: ProblemResponses) -> Self {
        all.0
    }
}

/// A refusal as the OpenAPI document has it.
pub(crate) fn described(description: &str, refusal: &Refusal) -> ResponseBuilder {
    let example = serde_json::from_str(&refusal.to_json()).unwrap_or(serde_json::Value::Null);
    let schema = RefOr::Ref(Ref::from_schema_name("Problem"));
    let content = ContentBuilder::new().schema(Some(schema)).example(Some(example)).build();
    ResponseBuilder::new().description(description).content(MEDIA_TYPE, content)
}

/// The status in the words of RFC 9110.
fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => "Content Too Large",
        StatusCode::UNPROCESSABLE_ENTITY => "Unprocessable Content",
        other => other.canonical_reason().unwrap_or("Error"),
    }
}

/// The problem as the OpenAPI document describes it.
pub mod schema {
    use utoipa::ToSchema;

    /// A request that is not answered (RFC 9457).
    #[derive(Debug, ToSchema)]
    #[schema(as = Problem)]
    pub struct ProblemBody {
        /// Always `about:blank`: the status and the codes say what it is.
        #[schema(rename = "type", examples("about:blank"))]
        pub kind: String,
        /// The HTTP status in words.
        #[schema(examples("Unprocessable Content"))]
        pub title: String,
        /// The HTTP status.
        #[schema(minimum = 400, maximum = 599, examples(422))]
        pub status: u16,
        /// One sentence on what is wrong.
        pub detail: String,
        /// Everything that is wrong, not the first thing. Empty for an error of the server's own.
        pub errors: Vec<ErrorBody>,
    }

    /// One thing that is wrong. It never repeats a value that was sent.
    #[derive(Debug, ToSchema)]
    #[schema(as = Error)]
    pub struct ErrorBody {
        /// Stable code: programs decide by it.
        #[schema(pattern = "^[A-Z][A-Z0-9_]*$", examples("EARNINGS_MONTH_DUPLICATE"))]
        pub code: String,
        /// How serious it is.
        pub class: ErrorClass,
        /// JSON pointer into the document as received; `/on` and the like for a query parameter; empty for the request itself.
        #[schema(examples("/case/earnings/3/month"))]
        pub path: String,
        /// One sentence: what is wrong and what to do.
        pub message: String,
        /// The next step.
        pub action: ErrorAction,
        /// Numbers and choices of the message, as data.
        #[schema(value_type = Option<BTreeMap<String, serde_json::Value>>, nullable = false)]
        pub params: Option<serde_json::Map<String, serde_json::Value>>,
        /// The rule or law behind it.
        #[schema(nullable = false, examples("TKT-03; 20 CFR 411.140(a)"))]
        pub cite: Option<String>,
    }

    /// Classes of errors: the document's form, its content, what is not permitted, what only lowers its quality, or checks
    /// across documents.
    #[derive(Debug, ToSchema)]
    #[schema(rename_all = "snake_case")]
    pub enum ErrorClass {
        /// The document's form.
        Syntactical,
        /// Fields that contradict a rule or each other.
        Validity,
        /// Not permitted.
        Policy,
        /// Acceptable, and worth a second look.
        Quality,
        /// Seen only across documents.
        Macro,
    }

    /// The next step: mend it and send it again, do not send it again, or acknowledge it.
    #[derive(Debug, ToSchema)]
    #[schema(rename_all = "snake_case")]
    pub enum ErrorAction {
        /// Mend it and send it again.
        Correct,
        /// Sending it again changes nothing.
        DoNotResubmit,
        /// Confirm that it is meant so.
        Acknowledge,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ttw_core::forms::split_agreement::code::{SPLIT_EN_COUNT, SPLIT_ON_FILE};

    #[test]
    fn what_is_wrong_and_what_is_to_be_acknowledged_are_counted_apart() {
        let detail = |codes: &[&'static Code]| {
            Refusal::of_question(codes.iter().map(|code| Problem::new(code, "")).collect()).detail.into_owned()
        };
        let (wrong, unlikely) = (&SPLIT_EN_COUNT, &SPLIT_ON_FILE);
        for (codes, expected) in [
            (vec![wrong, wrong], "2 things are wrong; errors lists every one."),
            (vec![unlikely, unlikely], "2 warnings are to be acknowledged; errors lists every one."),
            (vec![wrong, unlikely], "1 thing is wrong and 1 warning is to be acknowledged; errors lists every one."),
        ] {
            assert_eq!(detail(&codes), expected);
        }
    }

    #[test]
    fn only_what_passes_by_itself_may_be_tried_again() {
        let retry = |refusal: Refusal| refusal.into_response().headers().get(header::RETRY_AFTER).cloned();
        let of = |status, code| retry(Refusal::because(status, code));
        assert!(of(StatusCode::CONFLICT, &IDEMPOTENCY_IN_FLIGHT).is_some());
        assert!(of(StatusCode::SERVICE_UNAVAILABLE, &SPLIT_ON_FILE).is_some());
        assert!(of(StatusCode::CONFLICT, &SPLIT_ON_FILE).is_none() && retry(Refusal::internal()).is_none());
    }
}
