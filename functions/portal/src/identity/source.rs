//! Where the issuer's keys come from.

use aws_smithy_http_client::default_connector;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorSettings};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use axum::http::Uri;
use http_body_util::{BodyExt, Limited};
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

/// No issuer's list of keys is longer.
const MAX_BYTES: usize = 128 << 10;
/// From the first name look-up to the last byte.
const TIMEOUT: Duration = Duration::from_secs(3);

/// Where a JSON Web Key Set is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// At an address: `https`, or `http` on this machine.
    Url(String),
    /// In a file.
    File(PathBuf),
    /// Here.
    Held(String),
}

impl KeySource {
    /// Reads `https://…`, `http://` on the loopback address, or `file:/…`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("file:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return path.starts_with('/').then(|| Self::File(PathBuf::from(path)));
        }
        is_trustworthy(text).then(|| Self::Url(text.to_owned()))
    }

    /// The text of the key set; none when it cannot be had in time.
    pub(super) async fn load(&self) -> Option<Vec<u8>> {
        match self {
            Self::Url(url) => tokio::time::timeout(TIMEOUT, fetch(url)).await.ok().flatten(),
            Self::File(path) => {
                let mut text = Vec::new();
                File::open(path).ok()?.take(MAX_BYTES as u64).read_to_end(&mut text).ok()?;
                Some(text)
            }
            Self::Held(text) => Some(text.clone().into_bytes()),
        }
    }
}

/// An address that nobody on the way can answer for: `https`, or this machine. Without a user name in it.
pub(crate) fn is_trustworthy(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let Some(authority) = uri.authority() else { return false };
    let is_loopback = matches!(authority.host(), "localhost" | "127.0.0.1" | "[::1]");
    let is_safe = uri.scheme_str() == Some("https") || (uri.scheme_str() == Some("http") && is_loopback);
    is_safe && !authority.as_str().contains('@')
}

/// One GET over the HTTP and TLS that the table is spoken to with. A redirect is not followed.
async fn fetch(url: &str) -> Option<Vec<u8>> {
    let connector = default_connector(&HttpConnectorSettings::default(), None)?;
    let answer = connector.call(HttpRequest::get(url).ok()?).await.ok()?;
    if answer.status().as_u16() != 200 {
        return None;
    }
    let body = Limited::new(answer.into_body(), MAX_BYTES).collect().await.ok()?;
    Some(body.to_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_over_https_from_this_machine_or_from_a_file() {
        for good in
            ["https://id.example/keys", "http://127.0.0.1:9000/dev/jwks.json", "http://localhost/k", "http://[::1]:1/k"]
        {
            assert_eq!(KeySource::parse(good), Some(KeySource::Url(good.to_owned())), "{good}");
        }
        for file in ["file:/etc/keys.json", "file:///etc/keys.json"] {
            assert_eq!(KeySource::parse(file), Some(KeySource::File("/etc/keys.json".into())), "{file}");
        }
        for bad in [
            "",
            "http://id.example/keys",
            "https://user@id.example/keys",
            "file:keys.json",
            "/etc/keys.json",
            "ftp://h/k",
        ] {
            assert_eq!(KeySource::parse(bad), None, "{bad}");
        }
    }
}
