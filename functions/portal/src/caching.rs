//! Replies that change only with the rules: they carry an entity tag and may be kept.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// How long a reply may be used without asking again.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// The entity tag of everything that follows from one version of rules and program.
#[derive(Debug, Clone)]
pub struct Tag(HeaderValue);

impl Tag {
    /// The tag of a rules version under a program version; none when they cannot stand in a header.
    #[must_use]
    pub fn of(rules_version: &str, version: &str) -> Option<Self> {
        HeaderValue::from_str(&format!("\"{rules_version}-{version}\"")).ok().map(Self)
    }

    /// Whether the caller holds this version already (RFC 9110, 13.1.2).
    fn is_held_by(&self, headers: &HeaderMap) -> bool {
        let own = self.0.as_bytes();
        headers
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
            .map(<[u8]>::trim_ascii)
            .any(|tag| tag == b"*" || tag.strip_prefix(b"W/").unwrap_or(tag) == own)
    }

    /// The JSON, or 304 when the caller holds it already.
    pub fn reply(&self, headers: &HeaderMap, json: impl FnOnce() -> String) -> Response {
        let caching = [(header::ETAG, self.0.clone()), (header::CACHE_CONTROL, CACHE_CONTROL)];
        if self.is_held_by(headers) {
            return (StatusCode::NOT_MODIFIED, caching).into_response();
        }
        let content_type = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        (StatusCode::OK, caching, content_type, json()).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_tag_is_recognised_weak_or_in_a_list() {
        let tag = Tag::of("2026.1+ab12", "0.1.0").unwrap();
        let held = |value: &'static str| {
            tag.is_held_by(&HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(value))]))
        };
        for value in ["\"2026.1+ab12-0.1.0\"", "W/\"2026.1+ab12-0.1.0\"", "\"x\", \"2026.1+ab12-0.1.0\"", "*"] {
            assert!(held(value), "{value}");
        }
        for value in ["\"2026.1-0.1.0\"", "2026.1+ab12-0.1.0", "", "\"x\",W/\"y\""] {
            assert!(!held(value), "{value}");
        }
        assert!(!tag.is_held_by(&HeaderMap::new()));
    }
}
