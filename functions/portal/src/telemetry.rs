//! Logs of an allow-list: method, route, status, latency, request id. A body, a header, a query, a part of a path that the caller
//! chose: none of them is ever logged.

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use lambda_http::tracing::subscriber::filter::{LevelFilter, Targets};
use lambda_http::tracing::subscriber::fmt::{self, MakeWriter};
use lambda_http::tracing::subscriber::layer::SubscriberExt;
use lambda_http::tracing::subscriber::registry;
use lambda_http::tracing::subscriber::util::SubscriberInitExt;
use lambda_http::tracing::{Subscriber, error, info};
use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// The response header that carries the request's id.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Sends the logs to standard error, as JSON, for the whole process; a panic is logged by its place alone.
pub fn install() {
    // A second call changes nothing, which is what a second call wants.
    let _ = subscriber(std::io::stderr).try_init();
    std::panic::set_hook(Box::new(log_panic));
}

/// Writes one JSON line for each event of this module, and nothing of any other library.
pub fn subscriber(
    writer: impl for<'w> MakeWriter<'w> + Send + Sync + 'static,
) -> impl Subscriber + Send + Sync + 'static {
    let lines =
        fmt::layer().json().flatten_event(true).with_current_span(false).with_span_list(false).with_target(false);
    registry().with(lines.with_writer(writer)).with(Targets::new().with_target(module_path!(), LevelFilter::INFO))
}

/// The message of a panic may quote what it failed on, so that only its place is told.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let (file, line) = panic.location().map_or(("", 0), |place| (place.file(), place.line()));
    error!(file, line, "panic");
}

/// Logs one request and gives its answer the request's id.
pub async fn record(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let id = request_id(&request);
    let mut response = next.run(request).await;
    info!(
        method,
        route = route.as_ref().map_or("none", MatchedPath::as_str),
        status = response.status().as_u16(),
        latency_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
        request_id = id,
        "request"
    );
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The Lambda runtime's id, or a number of this process.
fn request_id(request: &Request) -> String {
    static REQUESTS: AtomicU64 = AtomicU64::new(1);
    request.extensions().get::<lambda_http::Context>().map_or_else(
        || format!("local-{}", REQUESTS.fetch_add(1, Ordering::Relaxed)),
        |context| context.request_id.clone(),
    )
}

/// A method may be any word; only those of RFC 9110 are named.
fn known(method: &Method) -> &'static str {
    const KNOWN: [(Method, &str); 9] = [
        (Method::GET, "GET"),
        (Method::POST, "POST"),
        (Method::HEAD, "HEAD"),
        (Method::OPTIONS, "OPTIONS"),
        (Method::PUT, "PUT"),
        (Method::DELETE, "DELETE"),
        (Method::PATCH, "PATCH"),
        (Method::TRACE, "TRACE"),
        (Method::CONNECT, "CONNECT"),
    ];
    KNOWN.iter().find(|(candidate, _)| candidate == method).map_or("other", |(_, name)| name)
}
