//! Every golden case over HTTP, in process: the bytes are those of the core.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;
use ttw_core::Engine;
use ttw_portal::{Portal, Settings};
use ttw_tests::golden::{self as cases, Outcome, ask};

fn service() -> Router {
    // What is asked of a case needs no table and no sign-in.
    let portal = Portal::of(&Settings::default()).unwrap();
    ttw_portal::application(check_eligibility::routes().with_state(portal), &[])
}

async fn post(service: Router, path: &str, body: String) -> (StatusCode, String) {
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/json").body(Body::from(body)).unwrap();
    let response = service.oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn every_golden_case_has_the_bytes_of_the_core() {
    let engine = Engine::builtin().unwrap();
    let folder = ttw_tests::rule_pages::root().join("tests/golden");
    let service = service();
    let mut asked = 0;
    for case in cases::all(&folder).unwrap() {
        let path = match case.question.kind.name() {
            "decide" => "/v1/eligibility",
            "ledger" => "/v1/eligibility/ledger",
            _ => continue,
        };
        let (status, body) = post(service.clone(), path, case.question.text.clone()).await;
        match ask(&engine, &case.question) {
            Outcome::Answer(text) => assert_eq!((status, body), (StatusCode::OK, text), "{}", case.name),
            Outcome::Errors(text) => {
                assert!(status.is_client_error(), "{}: {status}", case.name);
                let errors = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap();
                assert!(body.contains(errors), "{}: {body}", case.name);
            }
        }
        asked += 1;
    }
    assert!(asked >= 150, "only {asked} golden cases are answered over HTTP");
}

#[tokio::test]
async fn a_batch_of_golden_questions_has_their_answers_in_order() {
    let engine = Engine::builtin().unwrap();
    let folder = ttw_tests::rule_pages::root().join("tests/golden");
    let questions: Vec<_> = cases::all(&folder)
        .unwrap()
        .into_iter()
        .filter(|case| case.question.kind.name() == "decide" && !case.question.raw)
        .filter_map(|case| match ask(&engine, &case.question) {
            Outcome::Answer(answer) => Some((case.question.text, answer)),
            Outcome::Errors(_) => None,
        })
        .take(250)
        .map(|(text, answer)| (text, format!("{{\"determination\":{answer}}}")))
        .collect();
    let (texts, answers): (Vec<_>, Vec<_>) = questions.into_iter().unzip();
    assert_eq!(texts.len(), 250);
    let (status, body) =
        post(service(), "/v1/eligibility/batch", format!("{{\"questions\":[{}]}}", texts.join(","))).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body, format!("{{\"results\":[{}]}}", answers.join(",")));
}
