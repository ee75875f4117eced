//! A page asks for a code and gets tokens for it.

use super::super::*;
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
    let response = routes(issuer).oneshot(request).await.unwrap();
    let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, to, String::from_utf8(body.to_vec()).unwrap())
}

fn asking(changes: &[(&str, &str)]) -> String {
    let mut query = fields(b"response_type=code&client_id=ttw-local&code_challenge_method=S256&state=s%26t&nonce=n");
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
    for (name, value) in [("redirect_uri", PAGE), ("code_verifier", VERIFIER), ("code", code)].iter().chain(changes) {
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
