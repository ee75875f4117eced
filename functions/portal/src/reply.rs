//! The shape of an answer: JSON bytes, or a table, as the core wrote them.

use crate::Refusal;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// An answer with a status.
///
/// # Errors
/// 500 for what cannot be written as JSON, which nothing of ours is.
pub fn json(status: StatusCode, answer: &impl Serialize) -> Result<Response, Refusal> {
    let json = serde_json::to_string(answer).map_err(|_| Refusal::internal())?;
    let mut response = self::answer(json);
    *response.status_mut() = status;
    Ok(response)
}

/// An answer about a case.
#[must_use]
pub fn answer(json: String) -> Response {
    not_kept("application/json", json)
}

/// Comma-separated values.
#[must_use]
pub fn table(text: String) -> Response {
    not_kept("text/csv; charset=utf-8", text)
}

/// It may hold personal data, so nobody keeps it.
fn not_kept(kind: &'static str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::OK, headers, text).into_response()
}
