//! Signing in as a page does it where the portal is deployed: OpenID Connect, an authorization code with PKCE. In place of a
//! password one chooses who one is.

use crate::issuer::{AUDIENCE, Issuer, LIFETIME, now};
use aws_lc_rs::digest::{SHA256, digest};
use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use form_urlencoded::{Serializer, parse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use ttw_core::problem::{Action, Class, Code as ProblemCode};
use ttw_portal::{Refusal, body, reply};

/// A request for a token is a name, or a code with its proof.
const MAX_BYTES: usize = 1 << 12;

/// A user whom it does not have.
pub const USER_UNKNOWN: ProblemCode = ProblemCode {
    id: "USER_UNKNOWN",
    class: Class::Syntactical,
    action: Action::Correct,
    message: "There is no such user here; send {\"user\": …} with a subject of GET /dev/users.",
    cite: None,
};

/// What a code stands for, signed by the issuer, so that nothing is kept of it.
#[derive(Clone, Serialize, Deserialize)]
struct Code {
    sub: String,
    aud: String,
    exp: u64,
    challenge: String,
    redirect_uri: String,
    nonce: Option<String>,
}

type Fields = BTreeMap<String, String>;

/// `/dev/…`: what the issuer says of itself, who its users are, their tokens, and the sign-in of a page.
pub fn routes(issuer: &Issuer) -> Router {
    Router::new()
        .route("/dev/jwks.json", get(async |State(issuer): State<Issuer>| reply::answer(issuer.key_set().to_owned())))
        .route("/dev/users", get(async |State(issuer): State<Issuer>| axum::Json(issuer.users().to_vec())))
        .route("/dev/token", post(token))
        .route(
            "/dev/.well-known/openid-configuration",
            get(async |State(issuer): State<Issuer>| configuration(&issuer)),
        )
        .route("/dev/authorize", get(async |State(issuer): State<Issuer>, query: RawQuery| authorize(&issuer, query)))
        .route("/dev/logout", get(log_out))
        .with_state(issuer.clone())
}

fn configuration(issuer: &Issuer) -> Response {
    let address = issuer.address();
    let answer = json!({
        "issuer": address,
        "authorization_endpoint": format!("{address}/authorize"),
        "token_endpoint": format!("{address}/token"),
        "end_session_endpoint": format!("{address}/logout"),
        "jwks_uri": format!("{address}/jwks.json"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "code_challenge_methods_supported": ["S256"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "scopes_supported": ["openid"],
    });
    axum::Json(answer).into_response()
}

fn fields(encoded: &[u8]) -> Fields {
    parse(encoded).into_owned().collect()
}

/// The page of this machine that asks; no other may come by tokens, though they are of made-up people.
fn own_page(address: Option<&String>) -> Option<&str> {
    let address = address?;
    let uri: Uri = address.parse().ok()?;
    let is_here = matches!(uri.host()?, "127.0.0.1" | "localhost" | "[::1]");
    (uri.scheme_str() == Some("http") && is_here && !address.contains('#')).then_some(address)
}

/// Asks who one is; whoever has chosen is sent back with a code.
fn authorize(issuer: &Issuer, RawQuery(query): RawQuery) -> Response {
    let asked = fields(query.unwrap_or_default().as_bytes());
    let is = |name: &str, value: &str| asked.get(name).is_some_and(|given| given == value);
    let is_asked = is("response_type", "code") && is("client_id", AUDIENCE) && is("code_challenge_method", "S256");
    let (Some(page), Some(challenge), true) =
        (own_page(asked.get("redirect_uri")), asked.get("code_challenge"), is_asked)
    else {
        let why = "<p>This sign-in is for pages of this machine, which ask for a code with PKCE.</p>";
        return (StatusCode::BAD_REQUEST, Html(why)).into_response();
    };
    let Some(user) = asked.get("user").filter(|user| issuer.knows(user)) else {
        return Html(choice(issuer, &asked)).into_response();
    };
    let code = issuer.sign(&Code {
        sub: user.clone(),
        aud: format!("{}/token", issuer.address()),
        exp: now().saturating_add(60),
        challenge: challenge.clone(),
        redirect_uri: page.to_owned(),
        nonce: asked.get("nonce").cloned(),
    });
    let mut back = Serializer::new(String::new());
    back.append_pair("code", &code.unwrap_or_default());
    if let Some(state) = asked.get("state") {
        back.append_pair("state", state);
    }
    let separator = if page.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{page}{separator}{}", back.finish())).into_response()
}

fn choice(issuer: &Issuer, asked: &Fields) -> String {
    let links = issuer.users().iter().map(|user| {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(asked.iter().filter(|(name, _)| *name != "user")).append_pair("user", &user.subject);
        format!("<li><a href=\"?{}\">{}</a></li>\n", escaped(&query.finish()), escaped(&user.label))
    });
    let links: String = links.collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Sign in</title><h1>Sign in</h1>\n<p>Everybody here is made up. Who are you?</p>\n<ul>\n{links}</ul></html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// There is no session here that could be ended; back to the page.
async fn log_out(RawQuery(query): RawQuery) -> Response {
    let asked = fields(query.unwrap_or_default().as_bytes());
    let page = own_page(asked.get("post_logout_redirect_uri"));
    page.map_or_else(|| Html("<p>You are signed out.</p>").into_response(), |page| Redirect::to(page).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    user: String,
}

/// A form with a code, as OAuth has it; or a name as JSON, for a shell. A page of another origin has no code, and
/// would have to ask before it sends JSON.
async fn token(State(issuer): State<Issuer>, request: Request) -> Result<Response, Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    if kind.is_some_and(|kind| kind.starts_with(b"application/x-www-form-urlencoded")) {
        let form = to_bytes(request.into_body(), MAX_BYTES).await.unwrap_or_default();
        return Ok(exchange(&issuer, &form));
    }
    let body = body::json(request, MAX_BYTES).await?;
    let wanted: Option<SignIn> = serde_json::from_slice(&body).ok();
    let token = wanted.and_then(|wanted| issuer.token(&wanted.user));
    let token = token.ok_or_else(|| Refusal::because(StatusCode::NOT_FOUND, &USER_UNKNOWN))?;
    let answer = json!({ "access_token": token, "token_type": "Bearer", "expires_in": LIFETIME.as_secs() });
    Ok(reply::answer(answer.to_string()))
}

/// The tokens for a code, or the error as OAuth has it.
fn exchange(issuer: &Issuer, body: &Bytes) -> Response {
    tokens(issuer, &fields(body)).map_or_else(
        || (StatusCode::BAD_REQUEST, axum::Json(json!({ "error": "invalid_grant" }))).into_response(),
        |answer| axum::Json(answer).into_response(),
    )
}

fn tokens(issuer: &Issuer, asked: &Fields) -> Option<Value> {
    let code: Code = issuer.read(asked.get("code")?, &format!("{}/token", issuer.address()))?;
    let proof = digest(&SHA256, asked.get("code_verifier")?.as_bytes());
    let is_theirs = BASE64_URL_SAFE_NO_PAD.encode(proof) == code.challenge
        && asked.get("redirect_uri") == Some(&code.redirect_uri)
        && asked.get("client_id").is_some_and(|client| client == AUDIENCE)
        && asked.get("grant_type").is_some_and(|kind| kind == "authorization_code");
    if !is_theirs {
        return None;
    }
    let now = now();
    let expires_in = LIFETIME.as_secs();
    let id_token = issuer.sign(&json!({
        "iss": issuer.address(), "sub": code.sub, "aud": AUDIENCE, "token_use": "id", "nonce": code.nonce,
        "iat": now, "exp": now.saturating_add(expires_in),
    }))?;
    let access_token = issuer.token(&code.sub)?;
    Some(json!({
        "access_token": access_token, "id_token": id_token, "token_type": "Bearer", "expires_in": expires_in, "scope": "openid",
    }))
}

#[cfg(test)]
mod tests;
