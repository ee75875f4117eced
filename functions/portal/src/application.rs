//! What every function does in the same way, around its routes.

use crate::problem::{METHOD_NOT_ALLOWED, ROUTE_UNKNOWN, Refusal};
use crate::query::Query;
use crate::telemetry;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::CorsLayer;

/// The request header by which a repeated submission is known.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Routes with the one answer to unknown addresses, wrong methods and panics, with telemetry, and with leave for the pages of the
/// given origins to call them.
pub fn application(routes: Router, allowed_origins: &[HeaderValue]) -> Router {
    let application = routes
        .fallback(async || Refusal::because(StatusCode::NOT_FOUND, &ROUTE_UNKNOWN))
        .method_not_allowed_fallback(async || Refusal::because(StatusCode::METHOD_NOT_ALLOWED, &METHOD_NOT_ALLOWED))
        .layer(from_fn(no_query_beside_a_body))
        .layer(CatchPanicLayer::custom(panicked));
    let application =
        if allowed_origins.is_empty() { application } else { application.layer(cross_origin(allowed_origins)) };
    application.layer(from_fn(telemetry::record))
}

/// What is sent stands in the body: a query beside it would be passed over, and would be in the logs of whoever is on the way.
async fn no_query_beside_a_body(request: Request, next: Next) -> Response {
    if request.method() == Method::POST
        && let Err(refusal) = Query::read(request.uri().query(), &[]).finish()
    {
        return refusal.into_response();
    }
    next.run(request).await
}

/// The panic hook has told the log where it was; the caller learns nothing of it.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Refusal::internal().into_response()
}

fn cross_origin(allowed: &[HeaderValue]) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(allowed.to_vec())
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
            IDEMPOTENCY_KEY,
            telemetry::REQUEST_ID,
        ])
        .expose_headers([
            header::CONTENT_DISPOSITION,
            header::ETAG,
            header::LINK,
            header::LOCATION,
            header::RETRY_AFTER,
            telemetry::REQUEST_ID,
        ])
        .max_age(Duration::from_mins(10))
}
