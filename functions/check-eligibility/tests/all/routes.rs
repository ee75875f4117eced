//! Every route answers with the core's own bytes.

use super::{ask, engine, get, post, send};
use axum::body::Body;
use axum::extract::Request;
use check_eligibility::example;
use serde_json::json;
use ttw_core::domain::Month;

#[tokio::test]
async fn a_question_is_answered_with_the_cores_bytes() {
    let answer = post("/v1/eligibility", example::QUESTION).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.text(), engine().decide_json(example::QUESTION.as_bytes()).unwrap());
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    let determination = answer.json();
    assert_eq!(determination["decision"], "payable");
    assert_eq!(determination["amount"], "1398.00");
}

#[tokio::test]
async fn a_ledger_is_answered_with_the_cores_bytes() {
    let request = example::ledger_request().to_string();
    let answer = post("/v1/eligibility/ledger", request.clone()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.text(), engine().ledger_json(request.as_bytes()).unwrap());
    assert_eq!(answer.json()["provider"], "EN-A");
}

#[tokio::test]
async fn a_batch_is_answered_with_the_cores_bytes() {
    let request = example::batch().to_string();
    let answer = post("/v1/eligibility/batch", request.clone()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.text(), engine().batch_json(request.as_bytes()).unwrap());
}

#[tokio::test]
async fn a_bad_item_of_a_batch_stops_nothing() {
    let batch = json!({ "questions": [example::question(), { "case": {} }, 7, example::question()] });
    let answer = post("/v1/eligibility/batch", batch.to_string()).await;
    assert_eq!(answer.status, 200);
    let results = answer.json()["results"].clone();
    let alone = ask(&example::question()).await.json();
    assert_eq!(results[0]["determination"], alone);
    assert_eq!(results[3]["determination"], alone);
    assert!(results[1]["errors"].as_array().unwrap().len() >= 4, "{}", results[1]);
    assert_eq!(results[2]["errors"][0]["path"], "/questions/2");
    assert_eq!(results.as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_batch_holds_250_questions_and_not_one_more() {
    for (count, status) in [(0, 200), (250, 200), (251, 422)] {
        let batch = json!({ "questions": vec![example::question(); count] });
        let answer = post("/v1/eligibility/batch", batch.to_string()).await;
        assert_eq!(answer.status, status, "{count}");
        if status == 422 {
            assert_eq!(answer.problem(422).1, ["BATCH_TOO_MANY"]);
        } else {
            assert_eq!(answer.json()["results"].as_array().unwrap().len(), count);
        }
    }
}

#[tokio::test]
async fn the_rules_are_answered_with_the_cores_bytes() {
    let all = get("/v1/rules").await;
    assert_eq!(all.status, 200);
    assert_eq!(all.text(), engine().rules_json());
    let rules = all.json()["rules"].as_array().unwrap().clone();
    assert!(!rules.is_empty());
    for rule in rules {
        let id = rule["id"].as_str().unwrap();
        let one = get(&format!("/v1/rules/{id}")).await;
        assert_eq!(one.status, 200, "{id}");
        assert_eq!(one.text(), engine().rule_json(id).unwrap());
        assert_eq!(one.json(), rule);
    }
}

#[tokio::test]
async fn the_parameters_are_answered_with_the_cores_bytes() {
    for (uri, on) in [
        ("/v1/parameters", None),
        ("/v1/parameters?", None),
        ("/v1/parameters?on=2016-08", Some("2016-08")),
        ("/v1/parameters?on=2016%2D08", Some("2016-08")),
        ("/v1/parameters?on=1950-01", Some("1950-01")),
    ] {
        let answer = get(uri).await;
        assert_eq!(answer.status, 200, "{uri}");
        assert_eq!(answer.text(), engine().parameters_json(on.and_then(Month::parse)), "{uri}");
    }
}

#[tokio::test]
async fn the_service_is_up_and_says_by_which_rules() {
    let answer = get("/v1/health").await;
    assert_eq!(answer.status, 200);
    let expected = json!({
        "status": "ok", "version": env!("CARGO_PKG_VERSION"), "rules_version": engine().version(),
    });
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn the_document_is_the_one_that_is_committed() {
    let answer = get("/v1/openapi.json").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.text(), ttw_portal::OPENAPI_JSON);
}

#[tokio::test]
async fn the_law_may_be_kept_and_is_not_sent_twice() {
    let mut tags = std::collections::BTreeSet::new();
    for uri in ["/v1/rules", "/v1/rules/LB-02", "/v1/parameters", "/v1/parameters?on=2016-08", "/v1/openapi.json"] {
        let first = get(uri).await;
        let tag = first.header("etag").to_owned();
        assert!(tags.insert(tag.clone()), "the tag of {uri} is that of another content");
        assert!(first.header("cache-control").starts_with("public, max-age="), "{uri}");
        let again = send(Request::get(uri).header("if-none-match", &tag).body(Body::empty()).unwrap()).await;
        assert_eq!(again.status, 304, "{uri}");
        assert!(again.body.is_empty());
        assert_eq!(again.header("etag"), tag);
        let other = send(Request::get(uri).header("if-none-match", "\"1999.1\"").body(Body::empty()).unwrap()).await;
        assert_eq!(other.body, first.body);
    }
}

#[tokio::test]
async fn a_head_request_has_the_headers_alone() {
    let answer = send(Request::head("/v1/health").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.is_empty());
}
