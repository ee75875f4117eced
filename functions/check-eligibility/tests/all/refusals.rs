//! What is refused, and how.

use super::{Answer, ask, get, post, send};
use axum::body::Body;
use axum::extract::Request;
use check_eligibility::example;
use serde_json::{Value, json};

const QUESTIONS: [&str; 3] = ["/v1/eligibility", "/v1/eligibility/ledger", "/v1/eligibility/batch"];

/// Shaped like a person's number, and in a range that is never assigned.
const SSN: &str = "900-12-3456";

fn changed(pointer: &str, value: Value) -> Value {
    let mut question = example::question();
    *question.pointer_mut(pointer).unwrap() = value;
    question
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_once() {
    let mut question = changed("/case/earnings/1/month", json!("2016-06"));
    question["case"]["beneficiary"]["blind"] = json!("no");
    question["claim"]["month"] = json!("2017-09");
    question["policy"] = json!("generous");
    question["surprise"] = json!(true);
    let (problem, codes) = ask(&question).await.problem(422);
    assert_eq!(problem["title"], "Unprocessable Content");
    assert_eq!(problem["detail"], format!("{} things are wrong; errors lists every one.", codes.len()));
    for code in ["EARNINGS_MONTH_DUPLICATE", "REQ_TYPE", "CLAIM_MONTH_NOT_OVER", "REQ_ENUM", "REQ_UNKNOWN_FIELD"] {
        assert!(codes.iter().any(|given| given == code), "{code} is not among {codes:?}");
    }
    let paths: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|error| error["path"].as_str().unwrap()).collect();
    assert!(paths.contains(&"/case/beneficiary/blind"), "{paths:?}");
}

#[tokio::test]
async fn errors_are_those_of_the_core() {
    let question = changed("/claim/payment", json!("p9"));
    let errors = super::engine().decide_json(question.to_string().as_bytes()).unwrap_err();
    let (problem, codes) = ask(&question).await.problem(422);
    assert_eq!(problem["errors"], serde_json::to_value(&errors).unwrap());
    assert_eq!(codes, ["CLAIM_PAYMENT_NAME"]);
    assert_eq!(problem["detail"], errors[0].message);
}

#[tokio::test]
async fn what_is_not_json_is_a_bad_request() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_case = format!("{{\"case\":{}}}", "{\"a\":".repeat(100_000));
    for uri in QUESTIONS {
        for text in ["", "{", "{\"case\": }", "nul", "{} {}", "\u{feff}{}", "{\"a\": 01}", &deep, &deep_case] {
            let (problem, codes) = post(uri, text.to_owned()).await.problem(400);
            assert_eq!(problem["title"], "Bad Request");
            assert_eq!(codes, ["REQ_JSON_INVALID"], "{uri}");
        }
        assert_eq!(post(uri, vec![b'"', 0xff, b'"']).await.problem(400).1, ["REQ_JSON_INVALID"]);
    }
}

#[tokio::test]
async fn json_of_another_kind_is_refused() {
    for uri in QUESTIONS {
        for text in ["null", "[]", "7", "\"case\"", "{}"] {
            let (_, codes) = post(uri, text).await.problem(422);
            assert!(!codes.is_empty(), "{uri} {text}");
        }
    }
}

#[tokio::test]
async fn a_body_over_its_limit_is_too_large() {
    for (uri, limit) in QUESTIONS.into_iter().zip([1 << 20, 1 << 20, 4 << 20]) {
        let (_, codes) = post(uri, vec![b' '; limit]).await.problem(400);
        assert_eq!(codes, ["REQ_JSON_INVALID"], "{uri} reads {limit} bytes");
        for size in [limit + 1, 10 << 20] {
            let (problem, codes) = post(uri, vec![b' '; size]).await.problem(413);
            assert_eq!(problem["title"], "Content Too Large");
            assert_eq!(codes, ["REQ_TOO_LARGE"], "{uri}");
            assert_eq!(problem["errors"][0]["params"]["limit"], limit);
        }
    }
}

#[tokio::test]
async fn another_content_type_is_not_supported() {
    for uri in QUESTIONS {
        let request =
            Request::post(uri).header("content-type", "text/plain").body(Body::from(example::QUESTION)).unwrap();
        assert_eq!(send(request).await.problem(415).1, ["REQ_CONTENT_TYPE"]);
        let request = Request::post(uri).body(Body::from(example::QUESTION)).unwrap();
        assert_eq!(send(request).await.problem(415).1, ["REQ_CONTENT_TYPE"]);
    }
}

#[tokio::test]
async fn an_unknown_address_is_not_found() {
    for uri in ["/", "/v1", "/v1/", "/v1/eligibility/", "/v1/rules/", "/v1/rules/LB-02/x", "/v2/health", "/v1/Health"] {
        assert_eq!(get(uri).await.problem(404).1, ["ROUTE_UNKNOWN"], "{uri}");
    }
}

#[tokio::test]
async fn an_unknown_rule_is_not_found() {
    for id in ["LB-99", "lb-02", "%FF", "%2e%2e", SSN] {
        let answer = get(&format!("/v1/rules/{id}")).await;
        assert_eq!(answer.problem(404).1, ["RULE_UNKNOWN"], "{id}");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(!answer.text().contains(id));
    }
}

#[tokio::test]
async fn a_wrong_method_is_not_allowed() {
    let gets = ["/v1/rules", "/v1/rules/LB-02", "/v1/parameters", "/v1/health", "/v1/openapi.json"];
    let all = gets.iter().map(|uri| (*uri, "GET,HEAD")).chain(QUESTIONS.map(|uri| (uri, "POST")));
    for (uri, allow) in all {
        for method in ["PUT", "DELETE", "OPTIONS", "BREW"] {
            let answer = send(Request::builder().method(method).uri(uri).body(Body::empty()).unwrap()).await;
            assert_eq!(answer.problem(405).1, ["METHOD_NOT_ALLOWED"], "{method} {uri}");
            assert_eq!(answer.header("allow"), allow, "{method} {uri}");
        }
    }
}

#[tokio::test]
async fn a_query_is_read_as_strictly_as_a_body() {
    let errors = |answer: &Answer| -> Vec<(String, String)> {
        let (problem, codes) = answer.problem(422);
        let paths =
            problem["errors"].as_array().unwrap().iter().map(|error| error["path"].as_str().unwrap().to_owned());
        codes.into_iter().zip(paths).collect()
    };
    for query in ["on=", "on", "on=2016", "on=2016-13", "on=august", "on=2016-08-01", "on=0000-01", "on=%FF"] {
        let answer = get(&format!("/v1/parameters?{query}")).await;
        assert_eq!(errors(&answer), [("MONTH_FORMAT".to_owned(), "/on".to_owned())], "{query}");
    }
    let all = get(&format!("/v1/parameters?on=x&on=2016-08&a~b/c=1&{SSN}=1&o n=2").replace(' ', "%20")).await;
    let expected = [
        ("MONTH_FORMAT", "/on"),
        ("REQ_FIELD_DUPLICATE", "/on"),
        ("REQ_UNKNOWN_FIELD", "/***"),
        ("REQ_UNKNOWN_FIELD", "/a~0b~1c"),
        ("REQ_UNKNOWN_FIELD", "/o n"),
    ];
    assert_eq!(errors(&all), expected.map(|(code, path)| (code.to_owned(), path.to_owned())));
}

#[tokio::test]
async fn a_social_security_number_is_never_repeated() {
    let digits = SSN.replace('-', "");
    let places = [
        "/case/ticket/id",
        "/case/ticket/terminates_in",
        "/case/ticket/assignments/0/provider",
        "/case/ticket/assignments/0/kind",
        "/case/ticket/assignments/0/assigned_on",
        "/case/beneficiary/title",
        "/case/beneficiary/blind",
        "/case/benefits/0/status",
        "/case/earnings/0/month",
        "/case/earnings/0/earned",
        "/case/pay_statements/0/gross",
        "/case/state_vr_cases/0/agency",
        "/case/payments/0/payment",
        "/case/payments/0/amount",
        "/claim/payment",
        "/claim/month",
        "/claim/provider",
        "/requested_on",
        "/policy",
    ];
    for place in places {
        for value in [SSN.to_owned(), digits.clone(), format!("{digits}TW1")] {
            let answer = ask(&changed(place, json!(value))).await;
            assert!(!answer.text().contains(&value), "{place}: {}", answer.text());
        }
    }
    for name in [SSN.to_owned(), digits, format!("ssn {SSN}")] {
        let mut question = example::question();
        question["case"][&name] = json!(1);
        let answer = ask(&question).await;
        assert_eq!(answer.problem(422).1, ["REQ_UNKNOWN_FIELD"]);
        assert!(!answer.text().contains(&name), "{}", answer.text());
    }
    let malformed = post("/v1/eligibility", format!("{{\"ssn\": {SSN}}}")).await;
    assert_eq!(malformed.status, 400);
    assert!(!malformed.text().contains(SSN));
}
