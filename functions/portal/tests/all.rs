//! What [`ttw_portal::application`] puts around routes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use axum::routing::{get, post};
use http_body::Frame;
use http_body_util::BodyExt;
use lambda_http::tracing::subscriber::fmt::MakeWriter;
use lambda_http::tracing::subscriber::util::SubscriberInitExt;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::io::Write;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tower::ServiceExt;
use ttw_portal::{Refusal, Settings, application, body, telemetry};

const LIMIT: usize = 1 << 20;

async fn read(request: Request) -> Result<String, Refusal> {
    Ok(body::json(request, LIMIT).await?.len().to_string())
}

fn routes(origins: &[HeaderValue]) -> Router {
    let routes = Router::new()
        .route("/v1/things/{id}", get(async || "a thing").post(async || "made"))
        .route("/v1/read", post(read))
        .route("/v1/panic", get(async || -> &'static str { panic!("900-12-3456 is in here") }));
    application(routes, origins)
}

fn request(method: &str, uri: &str) -> Request {
    Request::builder().method(method).uri(uri).body(Body::empty()).unwrap()
}

async fn send(request: Request) -> Response<Body> {
    routes(&[]).oneshot(request).await.unwrap()
}

async fn problem(response: Response<Body>) -> Value {
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    let status = response.status().as_u16();
    let problem: Value = serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap();
    assert_eq!(problem["type"], "about:blank");
    assert_eq!(problem["status"], status);
    problem
}

#[tokio::test]
async fn an_unknown_address_is_a_problem() {
    let response = send(request("GET", "/v2/nothing")).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let problem = problem(response).await;
    assert_eq!(problem["title"], "Not Found");
    assert_eq!(problem["errors"][0]["code"], "ROUTE_UNKNOWN");
    assert_eq!(problem["detail"], problem["errors"][0]["message"]);
}

#[tokio::test]
async fn a_wrong_method_is_a_problem_that_names_the_right_ones() {
    let response = send(request("DELETE", "/v1/things/7")).await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.headers()[header::ALLOW], "GET,HEAD,POST");
    assert_eq!(problem(response).await["errors"][0]["code"], "METHOD_NOT_ALLOWED");
}

#[tokio::test]
async fn a_panic_is_a_problem_without_its_cause() {
    let response = send(request("GET", "/v1/panic")).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let problem = problem(response).await;
    assert_eq!(problem["errors"], json!([]));
    assert!(!problem.to_string().contains("899"));
}

fn json_body(body: Body) -> Request {
    Request::builder().method("POST").uri("/v1/read").header("content-type", "application/json").body(body).unwrap()
}

#[tokio::test]
async fn a_body_may_be_as_large_as_its_limit() {
    for (size, status) in [(LIMIT, StatusCode::OK), (LIMIT + 1, StatusCode::PAYLOAD_TOO_LARGE)] {
        let response = send(json_body(Body::from(vec![b' '; size]))).await;
        assert_eq!(response.status(), status);
    }
}

/// A body that never ends, and one that breaks off: neither says how long it is.
struct Endless;
struct Broken;

type Polled<E> = Poll<Option<Result<Frame<Bytes>, E>>>;

impl HttpBody for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Polled<Infallible> {
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b' '; 1 << 13])))))
    }
}

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Polled<std::io::Error> {
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into())))
    }
}

#[tokio::test]
async fn a_body_of_unknown_length_is_cut_off_at_the_limit() {
    let response = send(json_body(Body::new(Endless))).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let problem = problem(response).await;
    assert_eq!(problem["title"], "Content Too Large");
    assert_eq!(problem["errors"][0]["code"], "REQ_TOO_LARGE");
    assert_eq!(problem["errors"][0]["params"], json!({ "limit": LIMIT }));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_problem() {
    let response = send(json_body(Body::new(Broken))).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(problem(response).await["errors"][0]["code"], "REQ_BODY_INCOMPLETE");
}

#[tokio::test]
async fn another_kind_of_body_is_a_problem() {
    let typed = |header: &str, value: &str| {
        Request::builder().method("POST").uri("/v1/read").header(header, value).body(Body::from("{}")).unwrap()
    };
    let mut compressed = json_body(Body::from("{}"));
    compressed.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    for request in [typed("content-type", "text/plain"), typed("accept", "application/json"), compressed] {
        let response = send(request).await;
        assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(problem(response).await["errors"][0]["code"], "REQ_CONTENT_TYPE");
    }
}

#[tokio::test]
async fn pages_of_other_origins_may_call_only_when_they_are_named() {
    let preflight = || {
        Request::builder()
            .method(Method::OPTIONS)
            .uri("/v1/read")
            .header(header::ORIGIN, "https://portal.example")
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
            .body(Body::empty())
            .unwrap()
    };
    let refused = send(preflight()).await;
    assert!(!refused.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    assert_eq!(refused.status(), StatusCode::METHOD_NOT_ALLOWED);
    for (origins, allowed) in [("https://portal.example", true), ("https://other.example", false)] {
        let response = routes(&[HeaderValue::from_static(origins)]).oneshot(preflight()).await.unwrap();
        assert_eq!(response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN), allowed, "{origins}");
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(line)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_holds_the_allow_list_and_nothing_that_a_caller_chose() {
    let log = Log::default();
    let guard = telemetry::subscriber(log.clone()).set_default();
    let secret = "900-12-3456";
    let requests = [
        request("GET", &format!("/v1/things/{secret}?ssn={secret}")),
        request("GET", &format!("/{secret}")),
        request(secret, "/v1/things/7"),
        Request::builder()
            .method("POST")
            .uri("/v1/read")
            .header("content-type", "application/json")
            .header("x-ssn", secret)
            .body(Body::from(secret))
            .unwrap(),
    ];
    for request in requests {
        let response = send(request).await;
        assert!(response.headers()[telemetry::REQUEST_ID].to_str().unwrap().starts_with("local-"));
    }
    lambda_http::tracing::warn!(secret, "an event of another module");
    drop(guard);
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(!text.contains(secret), "{text}");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    for line in &lines {
        let fields: Vec<_> = line.as_object().unwrap().keys().map(String::as_str).collect();
        let allowed = ["latency_us", "level", "message", "method", "request_id", "route", "status", "timestamp"];
        assert_eq!(fields, allowed);
    }
    let shown = |index: usize, field: &str| lines[index][field].clone();
    assert_eq!((shown(0, "route"), shown(0, "status")), (json!("/v1/things/{id}"), json!(200)));
    assert_eq!((shown(1, "route"), shown(1, "status")), (json!("none"), json!(404)));
    assert_eq!((shown(2, "method"), shown(2, "status")), (json!("other"), json!(405)));
}

mod parameter_folder {
    use super::*;
    use std::path::PathBuf;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[(&str, &str)]) -> Self {
            let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
            std::fs::create_dir_all(&path).unwrap();
            for (file, text) in files {
                std::fs::write(path.join(file), text).unwrap();
            }
            Self(path)
        }

        fn settings(&self) -> Settings {
            Settings { params_dir: Some(self.0.clone()), ..Settings::default() }
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    const LATER: &str = r#"
        title = "Trial work level"
        unit = "usd_per_month"
        holds = "calendar_year"
        cite = "20 CFR 404.1592(b)"
        verified_through = "2027-12"
        [[value]]
        from = "2027-01"
        amount = "1250"
        source = "https://www.example.gov/2027"
    "#;

    #[test]
    fn later_values_are_taken_and_change_the_version() {
        let folder = Folder::new("later", &[("trial_work_level.toml", LATER), ("notes.txt", "not a parameter file")]);
        let engine = folder.settings().engine().unwrap();
        let builtin = Settings::default().engine().unwrap();
        assert!(engine.version().starts_with(&format!("{}+", builtin.version())));
        assert!(engine.parameters_json(None).contains("https://www.example.gov/2027"));
    }

    #[test]
    fn every_problem_of_every_file_is_said() {
        let files =
            [("no_such_parameter.toml", LATER), ("trial_work_level.toml", "not = toml ["), ("sga_blind.toml", LATER)];
        let problems = Folder::new("bad", &files).settings().engine().unwrap_err();
        for part in ["PARAM_FILE_UNKNOWN", "PARAM_FILE_INVALID", "parameters /no_such_parameter"] {
            assert!(problems.iter().any(|problem| problem.contains(part)), "{part}: {problems:?}");
        }
        assert!(problems.len() >= 2);
    }

    #[test]
    fn a_folder_that_is_not_there_is_said() {
        let settings = Settings { params_dir: Some(PathBuf::from("/no/such/folder")), ..Settings::default() };
        assert!(settings.engine().unwrap_err()[0].starts_with("TTW_PARAMS_DIR: /no/such/folder cannot be read"));
    }
}
