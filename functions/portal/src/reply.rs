//! The one shape of an answer: JSON bytes as the core wrote them.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// An answer about a case. It may hold personal data, so nobody keeps it.
#[must_use]
pub fn answer(json: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::OK, headers, json).into_response()
}
