//! Replies that change only with rules and program: they carry an entity tag and may be kept.

use aws_lc_rs::digest::{SHA256, digest};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// How long a reply may be used without asking again.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// The JSON under its entity tag, or 304 when the caller holds it already.
#[must_use]
pub fn reply(headers: &HeaderMap, json: String) -> Response {
    let tag = tag_of(&json);
    let is_held = is_held_by(headers, &tag);
    // Letters and digits between quotes.
    let tag = HeaderValue::from_str(&tag).ok().map(|tag| [(header::ETAG, tag)]);
    let caching = (tag, [(header::CACHE_CONTROL, CACHE_CONTROL)]);
    if is_held {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let content_type = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (StatusCode::OK, caching, content_type, json).into_response()
}

/// The entity tag of a content.
fn tag_of(content: &str) -> String {
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest(&SHA256, content.as_bytes())))
}

/// Whether the caller holds this content already (RFC 9110, 13.1.2).
fn is_held_by(headers: &HeaderMap, own: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .any(|tag| tag == b"*" || tag.strip_prefix(b"W/").unwrap_or(tag) == own.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_tag_is_recognised_weak_or_in_a_list() {
        let tag = tag_of("{}");
        let held = |value: &str| {
            is_held_by(&HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_str(value).unwrap())]), &tag)
        };
        for value in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            assert!(held(&value), "{value}");
        }
        for value in [tag_of("{} "), tag.replace('"', ""), String::new(), "\"x\",W/\"y\"".to_owned()] {
            assert!(!held(&value), "{value}");
        }
        assert!(!is_held_by(&HeaderMap::new(), &tag));
    }
}
