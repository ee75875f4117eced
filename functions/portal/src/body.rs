//! Reading a JSON body up to a limit.

use crate::problem::{REQ_BODY_INCOMPLETE, REQ_CONTENT_TYPE, Refusal};
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use ttw_core::Problem;
use ttw_core::problem::code;

/// How much of a refused body is still taken in, so that a caller who is busy sending hears the answer.
const DRAINED_BYTES: usize = 64 << 20;

/// The body of a request that must be JSON of at most `limit` bytes.
///
/// # Errors
/// 415 for another kind of content, 413 for a larger one, 400 for one that broke off.
pub async fn json(request: Request, limit: usize) -> Result<Bytes, Refusal> {
    let (parts, mut body) = request.into_parts();
    if !is_json(&parts.headers) {
        drain(body);
        return Err(Refusal::because(StatusCode::UNSUPPORTED_MEDIA_TYPE, &REQ_CONTENT_TYPE));
    }
    if body.size_hint().lower() > limit as u64 {
        drain(body);
        return Err(too_large(limit));
    }
    match Limited::new(&mut body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            drain(body);
            Err(too_large(limit))
        }
        Err(_) => Err(Refusal::because(StatusCode::BAD_REQUEST, &REQ_BODY_INCOMPLETE)),
    }
}

fn too_large(limit: usize) -> Refusal {
    Refusal::of_question(vec![Problem::new(&code::REQ_TOO_LARGE, "").with("limit", limit)])
}

/// Takes in what is still on its way, after the answer and without keeping it: a connection closed on a sender's data would take
/// the answer with it.
fn drain(body: Body) {
    if body.is_end_stream() {
        return;
    }
    tokio::spawn(async move {
        let mut body = Limited::new(body, DRAINED_BYTES);
        while let Some(Ok(_)) = body.frame().await {}
    });
}

/// `application/json`, in UTF-8 where a character set is named, and not compressed.
fn is_json(headers: &HeaderMap) -> bool {
    let mut given = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(only), None) = (given.next(), given.next()) else { return false };
    let Ok(text) = only.to_str() else { return false };
    let mut parts = text.split(';').map(str::trim);
    parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
        && parts.all(is_utf8_parameter)
        && !headers.contains_key(header::CONTENT_ENCODING)
}

fn is_utf8_parameter(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    !name.trim().eq_ignore_ascii_case("charset") || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_json_in_utf_8_is_json() {
        let is_json = |value: &'static str| {
            is_json(&HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(value))]))
        };
        for good in [
            "application/json",
            "Application/JSON",
            "application/json; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
        ] {
            assert!(is_json(good), "{good}");
        }
        for bad in [
            "",
            "text/plain",
            "application/json-patch",
            "application/json; charset=latin1",
            "json",
            "application/problem+json",
        ] {
            assert!(!is_json(bad), "{bad}");
        }
        assert!(!super::is_json(&HeaderMap::new()));
    }
}
