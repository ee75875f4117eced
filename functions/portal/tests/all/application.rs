//! What [`ttw_portal::application`] puts around routes.

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
use ttw_core::Problem;
use ttw_core::codes;
use ttw_core::forms::Form;
use ttw_core::problem::code;
use ttw_portal::telemetry::{Metrics, RequestId};
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
async fn a_query_beside_a_body_is_refused_and_not_repeated() {
    for query in ["?ssn=900-12-3456", "?900123456", "?a=1&b=2"] {
        let response = send(request("POST", &format!("/v1/things/7{query}"))).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let problem = problem(response).await;
        assert_eq!(problem["errors"][0]["code"], "REQ_UNKNOWN_FIELD");
        let message = "There is no such field here; the fields are: none.";
        assert_eq!(problem["errors"][0]["message"], message);
        assert!(!problem.to_string().contains("3456"), "{problem}");
    }
    assert_eq!(send(request("POST", "/v1/things/7?")).await.status(), StatusCode::OK);
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
    assert!(!problem.to_string().contains("900"));
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

/// A second subscriber: where there is but one, a test beside it that has none would decide what is recorded.
fn second() -> impl Sized {
    telemetry::subscriber(std::io::sink).set_default()
}

#[tokio::test]
async fn the_log_holds_the_allow_list_and_nothing_that_a_caller_chose() {
    let log = Log::default();
    let _second = second();
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

fn written(log: &Log) -> (String, Vec<Value>) {
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (text, lines)
}

#[test]
fn what_is_to_be_acknowledged_does_not_change_the_status_of_what_is_wrong() {
    let problem = |id: &str| Problem::new(codes::all().find(|code| code.id == id).unwrap(), "/a");
    let status = |ids: &[&str]| Refusal::of_question(ids.iter().copied().map(problem).collect()).status().as_u16();
    assert_eq!(status(&["PR_POSSIBLE_SPLIT"]), 422);
    assert_eq!(status(&["PR_POSSIBLE_SPLIT", "PR_DUPLICATE_REQUEST"]), 409);
    assert_eq!(status(&["PR_POSSIBLE_SPLIT", "PR_DUPLICATE_REQUEST", "DATE_FORMAT"]), 422);
}

/// Handlers that count something, one that refuses, one that panics.
fn counted() -> Router {
    let decide = async |metrics: Metrics, id: RequestId| {
        metrics.decision("not_payable", ["LB-02", "P1-01"]);
        metrics.decision("not_payable", ["LB-02"]);
        metrics.submission(Form::WorkPlan);
        id.as_str().to_owned()
    };
    let refuse = async || {
        Refusal::of_question(vec![Problem::new(&code::DATE_FORMAT, "/a"), Problem::new(&code::SSN_AREA, "/b")])
    };
    let routes = Router::new()
        .route("/v1/decide/{id}", post(decide))
        .route("/v1/refuse", get(refuse))
        .route("/v1/panic", get(async || -> &'static str { panic!("900-12-3456 is in here") }));
    application(routes, &[])
}

/// The value of a metric in the line of a dimension's value.
fn metric(lines: &[Value], dimension: &str, value: &str, name: &str) -> Value {
    let line = lines.iter().find(|line| line[dimension] == value);
    line.unwrap_or_else(|| panic!("no line of {dimension} {value}: {lines:#?}"))[name].clone()
}

#[tokio::test]
async fn what_a_request_comes_to_is_counted_before_its_answer() {
    let (log, emitted) = (Log::default(), Log::default());
    let _second = second();
    let _guard = telemetry::subscriber_with_metrics(log.clone(), emitted.clone()).set_default();
    let response = counted().oneshot(request("POST", "/v1/decide/7")).await.unwrap();
    let id = response.headers()[telemetry::REQUEST_ID].to_str().unwrap().to_owned();
    assert_eq!(response.into_body().collect().await.unwrap().to_bytes(), id, "the handler has the id of the answer");
    for address in ["/v1/refuse", "/v1/panic"] {
        counted().oneshot(request("GET", address)).await.unwrap();
    }
    let (_, lines) = written(&emitted);
    let metric = |dimension, value, name| metric(&lines, dimension, value, name);
    assert_eq!(metric("Outcome", "not_payable", "Decisions"), 2);
    assert_eq!(metric("Rule", "LB-02", "FailingRules"), 2);
    assert_eq!(metric("Rule", "P1-01", "FailingRules"), 1);
    assert_eq!(metric("Form", "work_plan", "Submissions"), 1);
    assert_eq!(metric("Code", "DATE_FORMAT", "Problems"), 1);
    assert_eq!(metric("Code", "SSN_AREA", "Problems"), 1);
    assert_eq!(metric("Code", "INTERNAL", "Problems"), 1);
    assert!(metric("Route", "POST /v1/decide/{id}", "Latency").is_u64());
    assert_eq!(metric("Route", "POST /v1/decide/{id}", "request_id"), id);
    for (route, refusals, faults) in [("POST /v1/decide/{id}", 0, 0), ("GET /v1/refuse", 1, 0), ("GET /v1/panic", 0, 1)]
    {
        assert_eq!(
            (metric("Route", route, "Refusals"), metric("Route", route, "Faults")),
            (refusals.into(), faults.into())
        );
    }
    assert_eq!(lines.len(), 10);
    assert_eq!(written(&log).1.len(), 3, "metrics are not logged twice");
}

#[tokio::test]
async fn every_line_of_metrics_is_in_the_embedded_format() {
    let emitted = Log::default();
    let _second = second();
    let _guard = telemetry::subscriber_with_metrics(Log::default(), emitted.clone()).set_default();
    counted().oneshot(request("POST", "/v1/decide/7")).await.unwrap();
    telemetry::left_undone("stack-sweep", 3);
    let (_, lines) = written(&emitted);
    assert_eq!(lines.len(), 6);
    assert_eq!(metric(&lines, "FunctionName", "stack-sweep", "LeftUndone"), 3);
    for line in &lines {
        assert!(line["_aws"]["Timestamp"].as_u64().unwrap() > 1_700_000_000_000);
        let directive = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!(directive["Namespace"], telemetry::NAMESPACE);
        for dimension in directive["Dimensions"][0].as_array().unwrap() {
            assert!(line[dimension.as_str().unwrap()].is_string(), "{line}");
        }
        for measured in directive["Metrics"].as_array().unwrap() {
            assert!(line[measured["Name"].as_str().unwrap()].is_number(), "{line}");
        }
    }
}

#[tokio::test]
async fn neither_logs_nor_metrics_hold_anything_that_a_caller_chose() {
    let (log, emitted) = (Log::default(), Log::default());
    let _second = second();
    let guard = telemetry::subscriber_with_metrics(log.clone(), emitted.clone()).set_default();
    let canary = "canary900123456";
    let names = [
        "authorization",
        "cookie",
        "idempotency-key",
        "user-agent",
        "referer",
        "x-request-id",
        "x-amzn-trace-id",
        canary,
    ];
    for path in ["/v1/decide/", "/v1/refuse", "/v1/panic", "/v1/things/", "/v1/read", "/"] {
        for method in ["GET", "POST", canary] {
            let mut request = request(method, &format!("{path}{canary}?{canary}={canary}"));
            for name in names {
                request.headers_mut().insert(name, HeaderValue::from_static(canary));
            }
            *request.body_mut() = Body::from(format!("{{\"{canary}\": \"{canary}\"}}"));
            counted().oneshot(request).await.unwrap();
        }
    }
    counted().oneshot(request("GET", "/v1/panic")).await.unwrap();
    drop(guard);
    for (text, lines) in [written(&log), written(&emitted)] {
        assert!(lines.len() >= 19, "{}", lines.len());
        assert!(!text.contains(canary) && !text.contains("900-12-3456"), "{text}");
    }
}

#[tokio::test]
async fn a_page_may_send_its_token_and_read_where_its_form_is() {
    let routes = routes(&[HeaderValue::from_static("https://portal.example")]);
    let asked = Request::builder()
        .method(Method::OPTIONS)
        .uri("/v1/read")
        .header(header::ORIGIN, "https://portal.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization,idempotency-key,content-type")
        .body(Body::empty())
        .unwrap();
    let allowed = routes.clone().oneshot(asked).await.unwrap();
    let allowed = allowed.headers()[header::ACCESS_CONTROL_ALLOW_HEADERS].to_str().unwrap().to_owned();
    for name in ["authorization", "idempotency-key", "content-type", "if-none-match"] {
        assert!(allowed.split(',').any(|held| held == name), "{name}: {allowed}");
    }
    let mut plain = request("GET", "/v1/things/7");
    plain.headers_mut().insert(header::ORIGIN, HeaderValue::from_static("https://portal.example"));
    let exposed = routes.oneshot(plain).await.unwrap();
    let exposed = exposed.headers()[header::ACCESS_CONTROL_EXPOSE_HEADERS].to_str().unwrap().to_owned();
    for name in ["location", "x-request-id", "etag", "content-disposition", "retry-after"] {
        assert!(exposed.split(',').any(|held| held == name), "{name}: {exposed}");
    }
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
    fn an_option_list_is_replaced_and_an_unknown_one_is_said() {
        let list = "version = \"2027\"\nsource = \"an order\"\n[[choice]]\ncode = \"braille\"\nlabel = \"Braille\"\n";
        let folder = Folder::new("options", &[("accessible_format.toml", list)]);
        let settings = Settings { options_dir: Some(folder.0.clone()), ..Settings::default() };
        let engine = settings.engine().unwrap();
        assert_eq!(engine.options().named("accessible_format").unwrap().version.as_ref(), "2027");
        assert_eq!(engine.options().list("accessible_format").len(), 1);
        assert!(engine.options().list("services").len() > 1, "the others stay");
        let folder = Folder::new("bad_options", &[("no_such_list.toml", list)]);
        let settings = Settings { options_dir: Some(folder.0.clone()), ..Settings::default() };
        assert!(settings.engine().unwrap_err()[0].starts_with("options /no_such_list: OPTION_FILE_UNKNOWN"));
    }

    #[test]
    fn a_folder_that_is_not_there_is_said() {
        let settings = Settings { params_dir: Some(PathBuf::from("/no/such/folder")), ..Settings::default() };
        assert!(settings.engine().unwrap_err()[0].starts_with("TTW_PARAMS_DIR: /no/such/folder cannot be read"));
    }
}
