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

/// Comma-separated values; where the rest is of what one table does not take.
///
/// # Errors
/// The cursor cannot be written into a header.
pub fn table(text: String, path: &str, cursor: Option<&str>, limit: usize) -> Result<Response, Refusal> {
    let mut response = not_kept("text/csv; charset=utf-8", text);
    if let Some(cursor) = cursor {
        let cursor: String = form_urlencoded::byte_serialize(cursor.as_bytes()).collect();
        let rest = HeaderValue::from_str(&format!("<{path}?cursor={cursor}&limit={limit}>; rel=\"next\""));
        response.headers_mut().insert(header::LINK, rest.map_err(|_| Refusal::internal())?);
    }
    Ok(response)
}

/// It may hold personal data, so nobody keeps it.
fn not_kept(kind: &'static str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::OK, headers, text).into_response()
}
