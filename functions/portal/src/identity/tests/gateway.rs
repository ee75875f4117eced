//! Callers whom the gateway's authorizer has verified.

use super::issuer::{ISSUER, Signer};
use super::{OneUser, StepUp, USER, present, trusted, trusting, unauthorized};
use crate::identity::{Authenticator, KeySource, SignedIn};
use crate::{application, gateway};
use axum::Router;
use axum::body::Body;
use axum::http::{Response, header};
use axum::routing::get;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

async fn me(SignedIn(caller): SignedIn) -> String {
    caller.user().id.to_string()
}

/// An event of the gateway: headers that the caller chose, and the context that the gateway wrote.
fn event(headers: &Value, authorizer: &Value, raw_query: &str) -> String {
    json!({
        "version": "2.0", "routeKey": "GET /v1/me", "rawPath": "/v1/me", "rawQueryString": raw_query,
        "headers": headers, "isBase64Encoded": false,
        "requestContext": {
            "accountId": "123456789012", "apiId": "a1", "domainName": "a1.example", "domainPrefix": "a1",
            "http": { "method": "GET", "path": "/v1/me", "protocol": "HTTP/1.1", "sourceIp": "203.0.113.10", "userAgent": "x" },
            "requestId": "AbC=", "routeKey": "GET /v1/me", "stage": "$default", "timeEpoch": 0, "authorizer": authorizer,
        },
    })
    .to_string()
}

async fn ask(authenticator: &Authenticator, event: &str) -> Response<Body> {
    let routes = Router::new().route("/v1/me", get(me)).with_state(authenticator.clone());
    let request = lambda_http::request::from_str(event).unwrap();
    gateway::service(application(routes, &[])).oneshot(request).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

fn claims(change: impl FnOnce(&mut Value)) -> Value {
    let mut claims =
        json!({ "sub": USER, "iss": ISSUER, "client_id": "portal", "token_use": "access", "amr": "[pwd mfa]" });
    change(&mut claims);
    json!({ "jwt": { "claims": claims, "scopes": null } })
}

#[tokio::test]
async fn verified_claims_are_taken_from_the_request_context() {
    let signer = Signer::es256("k");
    let issuer = Some(trusted(KeySource::Held(signer.key_set())));
    for authenticator in [
        Authenticator::new(None, None, OneUser),
        trusting(&signer),
        Authenticator::new(issuer, StepUp::parse("amr=mfa"), OneUser),
    ] {
        let response = ask(&authenticator, &event(&json!({}), &claims(|_| {}), "")).await;
        assert_eq!(response.status(), 200);
        assert_eq!(text(response).await, USER);
    }
}

#[tokio::test]
async fn verified_claims_must_still_be_of_our_issuer_and_of_an_access_token() {
    let authenticator = trusting(&Signer::es256("k"));
    let changes: [fn(&mut Value); 4] = [
        |claims| claims["iss"] = "https://id.example/other".into(),
        |claims| claims["token_use"] = "id".into(),
        |claims| claims["sub"] = "a\u{7f}b".into(),
        |claims| drop(claims.as_object_mut().unwrap().remove("sub")),
    ];
    for change in changes {
        assert_eq!(ask(&authenticator, &event(&json!({}), &claims(change), "")).await.status(), 401);
    }
    let unknown = event(&json!({}), &claims(|claims| claims["sub"] = "nobody".into()), "");
    assert_eq!(ask(&authenticator, &unknown).await.status(), 403);
}

#[tokio::test]
async fn a_caller_cannot_write_the_gateways_words() {
    let authenticator = trusting(&Signer::es256("k"));
    let context = json!({ "authorizer": claims(|_| {}) }).to_string();
    let authorizer = claims(|_| {}).to_string();
    let forged = json!({
        "x-amzn-request-context": context, "x-amz-request-context": context, "x-amzn-lambda-context": context,
        "requestcontext": context, "x-apigateway-event": context, "authorizer": authorizer,
        "x-amzn-oidc-identity": USER, "x-amzn-oidc-data": authorizer, "sub": USER, "x-sub": USER, "x-user": USER,
    });
    let query = format!("sub={USER}&requestContext.authorizer.jwt.claims.sub={USER}");
    for authorizer in
        [Value::Null, json!({}), json!({ "lambda": { "sub": USER } }), json!({ "iam": { "userId": USER } })]
    {
        let response = ask(&authenticator, &event(&forged, &authorizer, &query)).await;
        assert_eq!(response.status(), 401, "{authorizer}");
        assert_eq!(response.headers()[header::WWW_AUTHENTICATE], "Bearer");
        assert!(text(response).await.contains("AUTH_REQUIRED"));
    }
}

#[tokio::test]
async fn a_route_without_an_authorizer_verifies_the_token_itself() {
    let signer = Signer::es256("k");
    let authenticator = trusting(&signer);
    let headers = json!({ "authorization": format!("Bearer {}", signer.token(|_| {})) });
    assert_eq!(text(ask(&authenticator, &event(&headers, &Value::Null, "")).await).await, USER);
    // And who the gateway has verified is not somebody else by a header.
    let other = claims(|claims| claims["sub"] = "nobody".into());
    assert_eq!(ask(&authenticator, &event(&headers, &other, "")).await.status(), 403);
    unauthorized(present(&authenticator, "x").await);
}
