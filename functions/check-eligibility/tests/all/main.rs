//! The function as a caller sees it, in process.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

mod gateway;
mod refusals;
mod routes;
mod runtime;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;
use ttw_core::Engine;
use ttw_portal::{Portal, Settings, application};

/// An answer, taken in.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body of a problem of a status, with its codes.
    fn problem(&self, status: u16) -> (Value, Vec<String>) {
        let problem = self.json();
        assert_eq!(self.status, status, "{problem}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(problem["status"], status);
        let codes = problem["errors"].as_array().unwrap().iter();
        let codes = codes.map(|error| error["code"].as_str().unwrap().to_owned()).collect();
        (problem, codes)
    }
}

fn engine() -> Engine {
    Engine::builtin().unwrap()
}

fn router() -> Router {
    // What is asked of a case needs no table and no sign-in.
    let portal = Portal::of(&Settings::default()).unwrap();
    let routes = check_eligibility::routes().merge(ttw_portal::service::routes());
    application(routes.with_state(portal), &[])
}

async fn send(request: Request) -> Answer {
    let (parts, body) = router().oneshot(request).await.unwrap().into_parts();
    Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes() }
}

async fn get(uri: &str) -> Answer {
    send(Request::get(uri).body(Body::empty()).unwrap()).await
}

async fn post(uri: &str, body: impl Into<Body>) -> Answer {
    send(Request::post(uri).header("content-type", "application/json").body(body.into()).unwrap()).await
}

async fn ask(question: &Value) -> Answer {
    post("/v1/eligibility", question.to_string()).await
}
