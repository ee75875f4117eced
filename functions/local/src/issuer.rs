//! A development issuer: its key is made at its start, its users are made up, and it stands on the local server alone.

use crate::sign_in;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use ttw_core::problem::{Action, Class, Code};
use ttw_portal::identity::{KeySource, TrustedIssuer};
use ttw_portal::{Refusal, body, reply};

/// For whom its tokens are.
pub const AUDIENCE: &str = "ttw-local";
/// How long a token holds.
pub(crate) const LIFETIME: Duration = Duration::from_hours(8);
/// A request for a token is a name, or a code with its proof.
const MAX_BYTES: usize = 1 << 12;

/// A user whom it does not have.
pub const USER_UNKNOWN: Code = Code {
    id: "USER_UNKNOWN",
    class: Class::Syntactical,
    action: Action::Correct,
    message: "There is no such user here; send {\"user\": …} with a subject of GET /dev/users.",
    cite: None,
};

/// Somebody who may be signed in with nothing but a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DemoUser {
    /// The subject of the tokens.
    pub subject: String,
    /// What a page shows.
    pub label: String,
}

/// The issuer.
#[derive(Clone)]
pub struct Issuer(Arc<Inner>);

struct Inner {
    address: String,
    key: EncodingKey,
    own: DecodingKey,
    head: Header,
    key_set: String,
    users: Vec<DemoUser>,
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer").field("address", &self.0.address).field("users", &self.0.users).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    token_use: &'a str,
    iat: u64,
    exp: u64,
}

impl Issuer {
    /// An issuer at an address, such as `http://127.0.0.1:9000/dev`, with a new key.
    ///
    /// # Errors
    /// When the machine gives no random numbers.
    pub fn new(address: &str, users: Vec<DemoUser>) -> Result<Self, Unspecified> {
        let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())?;
        let key = EncodingKey::from_ec_der(pair.as_ref());
        let mut public = Jwk::from_encoding_key(&key, Algorithm::ES256).map_err(|_| Unspecified)?;
        // Another start is another key, so that it must have another name: a token of the last start is then asked about.
        let id = public.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256).map_err(|_| Unspecified)?;
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        let own = DecodingKey::from_jwk(&public).map_err(|_| Unspecified)?;
        let key_set = serde_json::to_string(&JwkSet { keys: vec![public] }).map_err(|_| Unspecified)?;
        let head = Header { kid: Some(id), ..Header::new(Algorithm::ES256) };
        Ok(Self(Arc::new(Inner { address: address.to_owned(), key, own, head, key_set, users })))
    }

    /// What the functions of the same process trust.
    #[must_use]
    pub fn trusted(&self) -> TrustedIssuer {
        TrustedIssuer {
            issuer: self.0.address.clone(),
            audience: vec![AUDIENCE.to_owned()],
            keys: KeySource::Held(self.0.key_set.clone()),
        }
    }

    /// A token for one of its users; none for anybody else.
    #[must_use]
    pub fn token(&self, subject: &str) -> Option<String> {
        let user = self.0.users.iter().find(|user| user.subject == subject)?;
        let now = now();
        self.sign(&Claims {
            iss: &self.0.address,
            sub: &user.subject,
            aud: AUDIENCE,
            token_use: "access",
            iat: now,
            exp: now.saturating_add(LIFETIME.as_secs()),
        })
    }

    /// Where it is.
    pub(crate) fn address(&self) -> &str {
        &self.0.address
    }

    /// Who may be signed in.
    pub(crate) fn users(&self) -> &[DemoUser] {
        &self.0.users
    }

    pub(crate) fn knows(&self, subject: &str) -> bool {
        self.0.users.iter().any(|user| user.subject == subject)
    }

    pub(crate) fn sign(&self, claims: &impl Serialize) -> Option<String> {
        encode(&self.0.head, claims, &self.0.key).ok()
    }

    /// What it has signed itself for an audience, as long as it holds.
    pub(crate) fn read<T: DeserializeOwned + Clone>(&self, token: &str, audience: &str) -> Option<T> {
        let mut wanted = Validation::new(Algorithm::ES256);
        wanted.set_audience(&[audience]);
        decode(token, &self.0.own, &wanted).ok().map(|read| read.claims)
    }

    /// `GET /dev/jwks.json`, `GET /dev/users`, `POST /dev/token`, and those of a sign-in by a page.
    pub fn routes(&self) -> Router {
        Router::new()
            .route("/dev/jwks.json", get(async |State(issuer): State<Self>| reply::answer(issuer.0.key_set.clone())))
            .route("/dev/users", get(async |State(issuer): State<Self>| Json(issuer.0.users.clone())))
            .route("/dev/token", post(tokens))
            .with_state(self.clone())
            .merge(sign_in::routes(self))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    user: String,
}

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// A form with a code of [`sign_in`], as OAuth has it; or a name as JSON, for a shell. A page of another origin has no code, and
/// would have to ask before it sends JSON.
async fn tokens(State(issuer): State<Issuer>, request: Request) -> Result<Response, Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    if kind.is_some_and(|kind| kind.starts_with(b"application/x-www-form-urlencoded")) {
        let form = to_bytes(request.into_body(), MAX_BYTES).await.unwrap_or_default();
        return Ok(sign_in::exchange(&issuer, &form));
    }
    let body = body::json(request, MAX_BYTES).await?;
    let wanted: Option<SignIn> = serde_json::from_slice(&body).ok();
    let token = wanted.and_then(|wanted| issuer.token(&wanted.user));
    let token = token.ok_or_else(|| Refusal::because(StatusCode::NOT_FOUND, &USER_UNKNOWN))?;
    let answer = json!({ "access_token": token, "token_type": "Bearer", "expires_in": LIFETIME.as_secs() });
    Ok(reply::answer(answer.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use http_body_util::BodyExt;
    use serde_json::Value;
    use tower::ServiceExt;
    use ttw_portal::identity::{Answer, Authenticator, Registry};

    /// A registry of nobody: who is known to the issuer is then forbidden, and who is not stays unknown.
    struct Nobody;

    impl Registry for Nobody {
        fn account<'a>(&'a self, _: &'a str) -> Answer<'a> {
            Box::pin(async { Ok(None) })
        }
    }

    fn issuer() -> Issuer {
        let user = DemoUser { subject: "ada".to_owned(), label: "Ada, Employment Network".to_owned() };
        Issuer::new("http://127.0.0.1:9000/dev", vec![user]).unwrap()
    }

    async fn send(issuer: &Issuer, request: Request) -> (StatusCode, Value) {
        let response = issuer.routes().oneshot(request).await.unwrap();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&body).unwrap())
    }

    async fn sign_in(issuer: &Issuer, body: &'static str) -> (StatusCode, Value) {
        let request = Request::post("/dev/token").header("content-type", "application/json");
        send(issuer, request.body(Body::from(body)).unwrap()).await
    }

    async fn get(issuer: &Issuer, address: &str) -> (StatusCode, Value) {
        send(issuer, Request::get(address).body(Body::empty()).unwrap()).await
    }

    #[tokio::test]
    async fn its_tokens_are_taken_by_who_trusts_it_and_by_nobody_else() {
        let issuer = issuer();
        let (status, answer) = sign_in(&issuer, r#"{"user": "ada"}"#).await;
        assert_eq!((status, &answer["token_type"]), (StatusCode::OK, &json!("Bearer")));
        let bearer = format!("Bearer {}", answer["access_token"].as_str().unwrap());
        let request = || Request::get("/v1/me").header("authorization", &bearer).body(()).unwrap().into_parts().0;
        let ours = Authenticator::new(Some(issuer.trusted()), None, Nobody);
        assert_eq!(ours.caller(&request()).await.unwrap_err().status(), StatusCode::FORBIDDEN);
        let another = Issuer::new("http://127.0.0.1:9000/dev", Vec::new()).unwrap();
        let theirs = Authenticator::new(Some(another.trusted()), None, Nobody);
        assert_eq!(theirs.caller(&request()).await.unwrap_err().status(), StatusCode::UNAUTHORIZED);
    }

    #[tokio::test]
    async fn only_its_users_are_signed_in() {
        for body in [r#"{"user": "root"}"#, r#"{"user": ""}"#, r#"{"user": "ada", "role": "x"}"#, "{}", "[", "\"ada\""]
        {
            let (status, problem) = sign_in(&issuer(), body).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{body}");
            assert_eq!(problem["errors"][0]["code"], "USER_UNKNOWN");
        }
        let form = Request::post("/dev/token").header("content-type", "text/plain").body(Body::from("{}")).unwrap();
        assert_eq!(send(&issuer(), form).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }

    #[tokio::test]
    async fn its_public_key_and_its_users_are_shown_and_nothing_secret() {
        let issuer = issuer();
        let (_, set) = get(&issuer, "/dev/jwks.json").await;
        let fields: Vec<_> = set["keys"][0].as_object().unwrap().keys().cloned().collect();
        assert_eq!(fields.len(), 7, "{fields:?}");
        for field in ["use", "alg", "kid", "kty", "crv", "x", "y"] {
            assert!(fields.iter().any(|held| held == field), "{field}: {fields:?}");
        }
        let (_, users) = get(&issuer, "/dev/users").await;
        assert_eq!(users, json!([{ "subject": "ada", "label": "Ada, Employment Network" }]));
    }
}
