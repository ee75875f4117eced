//! What is refused here, and how the OpenAPI document shows it.

use axum::http::StatusCode;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use ttw_core::Problem;
use ttw_core::problem::{Action, Class, Code, code};
use ttw_core::read::MAX_BYTES;
use ttw_portal::Refusal;
use ttw_portal::problem::{MEDIA_TYPE, REQ_CONTENT_TYPE};
use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

/// An id that no rule has.
pub const RULE_UNKNOWN: Code = Code {
    id: "RULE_UNKNOWN",
    class: Class::Validity,
    action: Action::Correct,
    message: "There is no rule of this id; GET /v1/rules lists all of them.",
    cite: None,
};

/// The parameters that a query of `GET /v1/parameters` may have.
const QUERY: [&str; 1] = ["on"];

/// What is wrong with a query: a month that is none, a name twice, a name that is none of ours.
pub(crate) fn query_problems(given: &[(Cow<'_, str>, Cow<'_, str>)], bad_month: bool) -> Vec<Problem> {
    let mut problems = Vec::new();
    if bad_month {
        problems.push(Problem::new(&code::MONTH_FORMAT, "/on"));
    }
    if given.iter().filter(|(name, _)| name == "on").count() > 1 {
        problems.push(Problem::new(&code::REQ_FIELD_DUPLICATE, "/on"));
    }
    let unknown: BTreeSet<_> =
        given.iter().map(|(name, _)| name.as_ref()).filter(|name| !QUERY.contains(name)).map(shown).collect();
    problems.extend(
        unknown
            .iter()
            .map(|name| Problem::new(&code::REQ_UNKNOWN_FIELD, &format!("/{name}")).with("allowed", QUERY.to_vec())),
    );
    problems
}

/// A name as it may be shown: one with many digits could be somebody's number.
fn shown(name: &str) -> String {
    let hidden =
        name.len() > 64 || name.chars().filter(char::is_ascii_digit).count() >= 9 || name.chars().any(char::is_control);
    if hidden { "***".to_owned() } else { name.replace('~', "~0").replace('/', "~1") }
}

/// The refusals of a request with a body.
pub(crate) struct RefusedRequest;

/// The refusals of a request with a query.
pub(crate) struct RefusedQuery;

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

fn problems(all: &[(&str, Refusal)]) -> Responses {
    let response = |description: &str, refusal: &Refusal| {
        let example = serde_json::from_str(&refusal.to_json()).unwrap_or(serde_json::Value::Null);
        let schema = RefOr::Ref(Ref::from_schema_name("Problem"));
        let content = ContentBuilder::new().schema(Some(schema)).example(Some(example)).build();
        ResponseBuilder::new().description(description).content(MEDIA_TYPE, content).build()
    };
    all.iter()
        .map(|(description, refusal)| (refusal.status().as_u16().to_string(), RefOr::T(response(description, refusal))))
        .collect()
}
