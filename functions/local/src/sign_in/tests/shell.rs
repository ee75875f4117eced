//! A shell asks for the token of a name.

use super::super::*;
use crate::issuer::DemoUser;
use axum::body::Body;
use http_body_util::BodyExt;
use tower::ServiceExt;
use ttw_portal::identity::{Answer, Authenticator, Registry};

/// A registry of nobody: who is known to the issuer is then forbidden, and who is not stays unknown.
struct Nobody;

impl Registry for Nobody {
    fn account<'a>(&'a self, _: &'a str) -> Answer<'a> {
        Box::pin(async { Ok(None) })
    }
}

fn issuer() -> Issuer {
    let user = DemoUser { subject: "ada".to_owned(), label: "Ada, Employment Network".to_owned() };
    Issuer::new("http://127.0.0.1:9000/dev", vec![user]).unwrap()
}

async fn send(issuer: &Issuer, request: Request) -> (StatusCode, Value) {
    let response = routes(issuer).oneshot(request).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap())
}

async fn sign_in(issuer: &Issuer, body: &'static str) -> (StatusCode, Value) {
    let request = Request::post("/dev/token").header("content-type", "application/json");
    send(issuer, request.body(Body::from(body)).unwrap()).await
}

async fn asked(issuer: &Issuer, address: &str) -> (StatusCode, Value) {
    send(issuer, Request::get(address).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn its_tokens_are_taken_by_who_trusts_it_and_by_nobody_else() {
    let issuer = issuer();
    let (status, answer) = sign_in(&issuer, r#"{"user": "ada"}"#).await;
    assert_eq!((status, &answer["token_type"]), (StatusCode::OK, &json!("Bearer")));
    let bearer = format!("Bearer {}", answer["access_token"].as_str().unwrap());
    let request = || Request::get("/v1/me").header("authorization", &bearer).body(()).unwrap().into_parts().0;
    let ours = Authenticator::new(Some(issuer.trusted()), None, Nobody);
    assert_eq!(ours.caller(&request()).await.unwrap_err().status(), StatusCode::FORBIDDEN);
    let another = Issuer::new("http://127.0.0.1:9000/dev", Vec::new()).unwrap();
    let theirs = Authenticator::new(Some(another.trusted()), None, Nobody);
    assert_eq!(theirs.caller(&request()).await.unwrap_err().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn only_its_users_are_signed_in() {
    for body in [r#"{"user": "root"}"#, r#"{"user": ""}"#, r#"{"user": "ada", "role": "x"}"#, "{}", "[", "\"ada\""] {
        let (status, problem) = sign_in(&issuer(), body).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{body}");
        assert_eq!(problem["errors"][0]["code"], "USER_UNKNOWN");
    }
    let form = Request::post("/dev/token").header("content-type", "text/plain").body(Body::from("{}")).unwrap();
    assert_eq!(send(&issuer(), form).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn its_public_key_and_its_users_are_shown_and_nothing_secret() {
    let issuer = issuer();
    let (_, set) = asked(&issuer, "/dev/jwks.json").await;
    let fields: Vec<_> = set["keys"][0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(fields.len(), 7, "{fields:?}");
    for field in ["use", "alg", "kid", "kty", "crv", "x", "y"] {
        assert!(fields.iter().any(|held| held == field), "{field}: {fields:?}");
    }
    let (_, users) = asked(&issuer, "/dev/users").await;
    assert_eq!(users, json!([{ "subject": "ada", "label": "Ada, Employment Network" }]));
}
