//! Logs of an allow-list: method, route, status, latency, request id. A body, a header, a query, a part of a path that the caller
//! chose: none of them is ever logged. Metrics go the same way, see [`Metrics`].

mod metrics;

pub(crate) use metrics::RefusedFor;
pub use metrics::{Metrics, NAMESPACE, left_undone};

use axum::extract::{FromRequestParts, MatchedPath, Request};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use lambda_http::tracing::subscriber::Layer;
use lambda_http::tracing::subscriber::filter::{LevelFilter, Targets};
use lambda_http::tracing::subscriber::fmt::{MakeWriter, layer};
use lambda_http::tracing::subscriber::layer::SubscriberExt;
use lambda_http::tracing::subscriber::registry;
use lambda_http::tracing::subscriber::registry::LookupSpan;
use lambda_http::tracing::subscriber::util::SubscriberInitExt;
use lambda_http::tracing::{Subscriber, error, info, warn};
use std::convert::Infallible;
use std::fmt;
use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// The response header that carries the request's id.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The target of the events that are written. Whoever logs under it answers for its fields.
pub const TARGET: &str = module_path!();

/// Sends the logs to standard error, as JSON, for the whole process; a panic is logged by its place alone. In Lambda the metrics
/// go there too: what is written to standard error is out at once, before the sandbox is frozen.
pub fn install() {
    let is_lambda = std::env::var_os("AWS_LAMBDA_FUNCTION_NAME").is_some();
    // A second call changes nothing, which is what a second call wants.
    let _ = if is_lambda {
        subscriber(std::io::stderr).with(metrics::lines(std::io::stderr)).try_init()
    } else {
        subscriber(std::io::stderr).try_init()
    };
    std::panic::set_hook(Box::new(log_panic));
}

/// Writes one JSON line for each event of this target, and nothing of any other library.
pub fn subscriber(
    writer: impl for<'w> MakeWriter<'w> + Send + Sync + 'static,
) -> impl Subscriber + for<'s> LookupSpan<'s> + Send + Sync + 'static {
    let lines = layer().json().flatten_event(true).with_current_span(false).with_span_list(false).with_target(false);
    let own = Targets::new().with_target(TARGET, LevelFilter::INFO);
    registry().with(lines.with_writer(writer).with_filter(own))
}

/// The same with the metrics, each a line of its own.
pub fn subscriber_with_metrics(
    logs: impl for<'w> MakeWriter<'w> + Send + Sync + 'static,
    metrics: impl for<'w> MakeWriter<'w> + Send + Sync + 'static,
) -> impl Subscriber + Send + Sync + 'static {
    subscriber(logs).with(metrics::lines(metrics))
}

/// Logs that something of our own went wrong, in words that stand in the program.
pub(crate) fn note(what: &'static str) {
    warn!(what, "note");
}

/// The same of something that has a confirmation number, which holds no personal data, so that it can be found.
pub(crate) fn note_of(what: &'static str, number: &str) {
    warn!(what, number, "note");
}

/// The message of a panic may quote what it failed on, so that only its place is told.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let (file, line) = panic.location().map_or(("", 0), |place| (place.file(), place.line()));
    error!(file, line, "panic");
}

/// Logs one request, counts what it came to, and gives its answer the request's id.
pub async fn record(mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let id = RequestId::of(&request);
    let metrics = Metrics::default();
    request.extensions_mut().insert(id.clone());
    request.extensions_mut().insert(metrics.clone());
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    let latency_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    info!(method, route, status, latency_us, request_id = &*id.0, "request");
    if let Some(refused) = response.extensions().get::<RefusedFor>() {
        metrics.refused(refused);
    }
    metrics.flush(&format!("{method} {route}"), status, latency_us, &id.0);
    if let Ok(id) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The id of a request: the Lambda runtime's, or a number of this process. Any handler may ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(Box<str>);

impl RequestId {
    fn of(request: &Request) -> Self {
        static REQUESTS: AtomicU64 = AtomicU64::new(1);
        let id = request.extensions().get::<lambda_http::Context>().map_or_else(
            || format!("local-{}", REQUESTS.fetch_add(1, Ordering::Relaxed)),
            |context| context.request_id.clone(),
        );
        Self(id.into())
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    /// Outside [`application`](crate::application) there is none.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().cloned().unwrap_or_else(|| Self("none".into())))
    }
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
