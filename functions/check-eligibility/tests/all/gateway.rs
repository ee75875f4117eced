//! Requests as the gateway hands them to the function.

use super::{Answer, get, post, router};
use axum::http::header;
use check_eligibility::example;
use http_body_util::BodyExt;
use serde_json::Value;
use std::path::Path;
use tower::ServiceExt;
use ttw_portal::gateway;

/// A recorded request, through the runtime's own types to the router.
async fn replay(event: &str) -> Answer {
    let request = lambda_http::request::from_str(&recorded(event)).unwrap();
    let (parts, body) = gateway::service(router()).oneshot(request).await.unwrap().into_parts();
    Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes() }
}

pub(crate) fn recorded(event: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infra/events").join(event);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn assert_same(replayed: &Answer, plain: &Answer) {
    assert_eq!(replayed.text(), plain.text());
    assert_eq!(replayed.status, plain.status);
    for name in [header::CONTENT_TYPE, header::CACHE_CONTROL, header::ETAG] {
        assert_eq!(replayed.headers.get(&name), plain.headers.get(&name), "{name}");
    }
}

#[tokio::test]
async fn a_question_is_answered_as_over_plain_http() {
    let plain = post("/v1/eligibility", example::QUESTION).await;
    assert_eq!(plain.status, 200);
    assert_same(&replay("eligibility-valid.json").await, &plain);
    assert_same(&replay("eligibility-base64.json").await, &plain);
}

#[tokio::test]
async fn the_recorded_question_is_the_example() {
    let event: Value = serde_json::from_str(&recorded("eligibility-valid.json")).unwrap();
    let question: Value = serde_json::from_str(event["body"].as_str().unwrap()).unwrap();
    assert_eq!(question, example::question());
}

#[tokio::test]
async fn a_malformed_question_is_refused_as_over_plain_http() {
    let event: Value = serde_json::from_str(&recorded("eligibility-malformed.json")).unwrap();
    let plain = post("/v1/eligibility", event["body"].as_str().unwrap().to_owned()).await;
    assert_eq!(plain.problem(400).1, ["REQ_JSON_INVALID"]);
    assert_same(&replay("eligibility-malformed.json").await, &plain);
}

#[tokio::test]
async fn a_rule_is_shown_as_over_plain_http() {
    let plain = get("/v1/rules/LB-02").await;
    assert_eq!(plain.status, 200);
    assert_same(&replay("rule.json").await, &plain);
}

#[tokio::test]
async fn a_stage_before_the_path_changes_nothing() {
    let plain = get("/v1/parameters?on=2016-08").await;
    assert_eq!(plain.status, 200);
    assert_same(&replay("parameters-in-a-stage.json").await, &plain);
}
