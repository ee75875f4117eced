//! Signing in as a page does it where the portal is deployed: OpenID Connect, an authorization code with PKCE. In place of a
//! password one chooses who one is.

use crate::issuer::{AUDIENCE, Issuer, LIFETIME, now};
use aws_lc_rs::digest::{SHA256, digest};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, Uri};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use form_urlencoded::{Serializer, parse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

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

/// `GET /dev/.well-known/openid-configuration`, `GET /dev/authorize` and `GET /dev/logout`.
pub(crate) fn routes(issuer: &Issuer) -> Router {
    Router::new()
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

/// The tokens for a code, or the error as OAuth has it.
pub(crate) fn exchange(issuer: &Issuer, body: &Bytes) -> Response {
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
mod tests {
    use super::*;
    use crate::issuer::DemoUser;
    use axum::body::Body;
    use axum::http::{Request, header};
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    const PAGE: &str = "http://127.0.0.1:9000/";
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    // RFC 7636, appendix B.
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn issuer() -> Issuer {
        let user = DemoUser { subject: "ada".to_owned(), label: "Ada <Lovelace>, \"Countess\"".to_owned() };
        Issuer::new("http://127.0.0.1:9000/dev", vec![user]).unwrap()
    }

    async fn send(issuer: &Issuer, request: Request<Body>) -> (StatusCode, String, String) {
        let response = issuer.routes().oneshot(request).await.unwrap();
        let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, to, String::from_utf8(body.to_vec()).unwrap())
    }

    fn asking(changes: &[(&str, &str)]) -> String {
        let mut query =
            fields(b"response_type=code&client_id=ttw-local&code_challenge_method=S256&state=s%26t&nonce=n");
        query.insert("redirect_uri".to_owned(), PAGE.to_owned());
        query.insert("code_challenge".to_owned(), CHALLENGE.to_owned());
        for (name, value) in changes {
            query.insert((*name).to_owned(), (*value).to_owned());
        }
        format!("/dev/authorize?{}", Serializer::new(String::new()).extend_pairs(&query).finish())
    }

    async fn ask(issuer: &Issuer, changes: &[(&str, &str)]) -> (StatusCode, String, String) {
        send(issuer, Request::get(asking(changes)).body(Body::empty()).unwrap()).await
    }

    async fn exchanged(issuer: &Issuer, code: &str, changes: &[(&str, &str)]) -> (StatusCode, Value) {
        let mut form = fields(b"grant_type=authorization_code&client_id=ttw-local");
        for (name, value) in [("redirect_uri", PAGE), ("code_verifier", VERIFIER), ("code", code)].iter().chain(changes)
        {
            form.insert((*name).to_owned(), (*value).to_owned());
        }
        let body = Serializer::new(String::new()).extend_pairs(&form).finish();
        let request = Request::post("/dev/token").header("content-type", "application/x-www-form-urlencoded");
        let (status, _, answer) = send(issuer, request.body(Body::from(body)).unwrap()).await;
        (status, serde_json::from_str(&answer).unwrap())
    }

    async fn code(issuer: &Issuer) -> String {
        let (status, to, _) = ask(issuer, &[("user", "ada")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let back = fields(to.strip_prefix("http://127.0.0.1:9000/?").unwrap().as_bytes());
        assert_eq!(back["state"], "s&t");
        back["code"].clone()
    }

    #[tokio::test]
    async fn who_has_chosen_comes_back_with_a_code_and_gets_tokens_for_it() {
        let issuer = issuer();
        let (status, _, page) = ask(&issuer, &[]).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Ada &lt;Lovelace&gt;, &quot;Countess&quot;</a>"), "{page}");
        assert!(page.contains("&amp;user=ada\"") && page.contains("state=s%26t&amp;"), "{page}");
        let (status, answer) = exchanged(&issuer, &code(&issuer).await, &[]).await;
        assert_eq!((status, &answer["token_type"]), (StatusCode::OK, &json!("Bearer")));
        let id: Value = issuer.read(answer["id_token"].as_str().unwrap(), AUDIENCE).unwrap();
        assert_eq!((&id["sub"], &id["nonce"], &id["token_use"]), (&json!("ada"), &json!("n"), &json!("id")));
        let access: Value = issuer.read(answer["access_token"].as_str().unwrap(), AUDIENCE).unwrap();
        assert_eq!((&access["sub"], &access["token_use"]), (&json!("ada"), &json!("access")));
    }

    #[tokio::test]
    async fn a_code_is_for_who_asked_for_it_and_is_no_token() {
        let issuer = issuer();
        let code = code(&issuer).await;
        assert!(issuer.read::<Value>(&code, AUDIENCE).is_none(), "it is for another audience");
        let (access, other) = (issuer.token("ada").unwrap(), self::issuer());
        for (code, change) in [
            (&*code, ("code_verifier", "another")),
            (&code, ("redirect_uri", "http://127.0.0.1:9000/other")),
            (&code, ("client_id", "another")),
            (&code, ("grant_type", "password")),
            (&access, ("scope", "openid")),
            (&self::code(&other).await, ("scope", "openid")),
        ] {
            let (status, answer) = exchanged(&issuer, code, &[change]).await;
            assert_eq!((status, &answer["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")), "{change:?}");
        }
    }

    #[tokio::test]
    async fn pages_elsewhere_and_requests_without_pkce_are_refused() {
        let issuer = issuer();
        for change in [
            ("redirect_uri", "https://portal.example/"),
            ("redirect_uri", "http://127.0.0.1.portal.example/"),
            ("redirect_uri", "http://user@portal.example/"),
            ("redirect_uri", "javascript:alert(1)"),
            ("redirect_uri", "//portal.example"),
            ("response_type", "token"),
            ("client_id", "another"),
            ("code_challenge_method", "plain"),
        ] {
            let (status, to, _) = ask(&issuer, &[change, ("user", "ada")]).await;
            assert_eq!((status, &*to), (StatusCode::BAD_REQUEST, ""), "{change:?}");
        }
        // Somebody unknown is asked who they are.
        assert_eq!(ask(&issuer, &[("user", "root")]).await.0, StatusCode::OK);
        for (query, to) in [
            ("post_logout_redirect_uri=http%3A%2F%2Flocalhost%2F", "http://localhost/"),
            ("", ""),
            ("post_logout_redirect_uri=http%3A%2F%2Fa.example", ""),
        ] {
            let request = Request::get(format!("/dev/logout?{query}")).body(Body::empty()).unwrap();
            assert_eq!(send(&issuer, request).await.1, to);
        }
    }

    #[tokio::test]
    async fn what_it_says_of_itself_is_where_it_is() {
        let issuer = issuer();
        let request = Request::get("/dev/.well-known/openid-configuration").body(Body::empty()).unwrap();
        let (_, _, told) = send(&issuer, request).await;
        let told: Value = serde_json::from_str(&told).unwrap();
        for (name, path) in [
            ("issuer", ""),
            ("authorization_endpoint", "/authorize"),
            ("token_endpoint", "/token"),
            ("jwks_uri", "/jwks.json"),
        ] {
            assert_eq!(told[name], format!("http://127.0.0.1:9000/dev{path}"));
        }
    }
}
