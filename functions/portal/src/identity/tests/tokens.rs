//! Bearer tokens that are verified here.

use super::issuer::{Signer, encoded, message, now};
use super::{KeySource, OneUser, USER, present, refused, trusted, trusting, unauthorized};
use crate::identity::Authenticator;
use aws_lc_rs::hmac;
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

#[tokio::test]
async fn a_token_of_either_algorithm_is_taken() {
    for signer in [Signer::rs256("k1"), Signer::es256("k2")] {
        let caller = present(&trusting(&signer), &signer.token(|_| {})).await.unwrap();
        assert_eq!(&*caller.user().id, USER);
    }
}

#[tokio::test]
async fn a_cognito_access_token_names_its_client() {
    let signer = Signer::es256("k");
    let cognito = |client: &str, token_use: Value| {
        signer.token(|claims| {
            claims.as_object_mut().unwrap().remove("aud");
            claims["client_id"] = client.into();
            claims["token_use"] = token_use;
        })
    };
    let authenticator = trusting(&signer);
    assert!(present(&authenticator, &cognito("portal", json!("access"))).await.is_ok());
    for token in [cognito("portal", json!("id")), cognito("portal", Value::Null), cognito("another", json!("access"))] {
        unauthorized(present(&authenticator, &token).await);
    }
    // An identity token is addressed to the client in `aud`, and still opens nothing.
    unauthorized(present(&authenticator, &signer.token(|claims| claims["token_use"] = "id".into())).await);
}

#[tokio::test]
async fn claims_that_are_not_ours_are_refused() {
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 16] = [
        ("iss", |claims| claims["iss"] = "https://id.example/other".into()),
        ("iss as a list", |claims| claims["iss"] = json!(["https://id.example/pool"])),
        ("no iss", |claims| claims["iss"] = Value::Null),
        ("aud", |claims| claims["aud"] = "another".into()),
        ("aud as a list", |claims| claims["aud"] = json!(["another", "portals"])),
        ("no aud", |claims| claims["aud"] = Value::Null),
        ("exp", |claims| claims["exp"] = json!(now() - 120)),
        ("no exp", |claims| claims["exp"] = Value::Null),
        ("exp as text", |claims| claims["exp"] = json!((now() + 600).to_string())),
        ("nbf", |claims| claims["nbf"] = json!(now() + 120)),
        ("nbf as text", |claims| claims["nbf"] = json!("0")),
        ("no sub", |claims| claims["sub"] = Value::Null),
        ("empty sub", |claims| claims["sub"] = "".into()),
        ("long sub", |claims| claims["sub"] = "x".repeat(129).into()),
        ("control character", |claims| claims["sub"] = "8a1f\n".into()),
        ("sub as a number", |claims| claims["sub"] = json!(7)),
    ];
    let signer = Signer::es256("k");
    let authenticator = trusting(&signer);
    for (name, change) in changes {
        let answer = present(&authenticator, &signer.token(change)).await;
        assert!(answer.is_err(), "{name}");
        unauthorized(answer);
    }
    // The same token without a change, or a little out of step, is taken.
    for good in [signer.token(|_| {}), signer.token(|claims| claims["exp"] = json!(now() - 20))] {
        assert!(present(&authenticator, &good).await.is_ok());
    }
    let long = signer.token(|claims| claims["sub"] = "x".repeat(128).into());
    refused(present(&authenticator, &long).await, StatusCode::FORBIDDEN, "AUTH_FORBIDDEN");
}

#[tokio::test]
async fn the_tokens_own_choice_of_algorithm_counts_for_nothing() {
    for signer in [Signer::rs256("k"), Signer::es256("k")] {
        let authenticator = trusting(&signer);
        for name in ["none", "None", "NONE", ""] {
            let unsigned = message(name, "k", |_| {}, |_| {});
            unauthorized(present(&authenticator, &format!("{unsigned}.")).await);
            unauthorized(present(&authenticator, &signer.token_with(|head| head["alg"] = name.into(), |_| {})).await);
        }
        // The public key, which everybody has, used as a secret: as it stands in the key set, and whole.
        let public = signer.public();
        let parts = ["n", "x"].iter().find_map(|part| public[part].as_str()).unwrap().to_owned();
        for secret in [parts, public.to_string(), signer.key_set()] {
            let forged = message("HS256", "k", |_| {}, |_| {});
            let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), forged.as_bytes());
            unauthorized(present(&authenticator, &format!("{forged}.{}", encoded(tag))).await);
        }
        for other in ["RS384", "PS256", "ES384", "EdDSA", if signer.algorithm() == "RS256" { "ES256" } else { "RS256" }]
        {
            unauthorized(present(&authenticator, &signer.token_with(|head| head["alg"] = other.into(), |_| {})).await);
        }
    }
}

#[tokio::test]
async fn a_secret_among_the_issuers_keys_verifies_nothing() {
    let key = json!({ "kty": "oct", "kid": "k", "alg": "HS256", "use": "sig", "k": encoded("secret") });
    let set = json!({ "keys": [key] }).to_string();
    let authenticator = Authenticator::new(Some(trusted(KeySource::Held(set))), None, OneUser);
    let forged = message("HS256", "k", |_| {}, |_| {});
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, b"secret"), forged.as_bytes());
    unauthorized(present(&authenticator, &format!("{forged}.{}", encoded(tag))).await);
}

#[tokio::test]
async fn another_key_another_content_and_another_head_are_refused() {
    let (signer, other) = (Signer::es256("k"), Signer::es256("k"));
    let authenticator = trusting(&signer);
    let good = signer.token(|_| {});
    unauthorized(present(&authenticator, &other.token(|_| {})).await);
    let (_, signature) = good.rsplit_once('.').unwrap();
    let changed = message("ES256", "k", |_| {}, |claims| claims["sub"] = "root".into());
    unauthorized(present(&authenticator, &format!("{changed}.{signature}")).await);
    let heads: [fn(&mut Value); 3] =
        [|head| head["kid"] = Value::Null, |head| head["kid"] = "unknown".into(), |head| head["crit"] = json!(["exp"])];
    for head in heads {
        unauthorized(present(&authenticator, &signer.token_with(head, |_| {})).await);
    }
    // A key that the token brings along is nobody's.
    let brought = other.token_with(|head| head["jwk"] = other.public(), |_| {});
    unauthorized(present(&authenticator, &brought).await);
    for rubbish in ["", "a", "a.b", "a.b.c", "....", &"x".repeat(9000)] {
        unauthorized(present(&authenticator, rubbish).await);
    }
    assert!(present(&authenticator, &good).await.is_ok());
}

#[tokio::test]
async fn a_token_counts_in_one_authorization_header_and_nowhere_else() {
    let signer = Signer::es256("k");
    let (authenticator, token) = (trusting(&signer), signer.token(|_| {}));
    let send = async |request: axum::http::request::Builder| {
        authenticator.caller(&request.body(()).unwrap().into_parts().0).await
    };
    let get = || Request::get("/v1/me");
    let bearer = format!("Bearer {token}");
    assert!(send(get().header("authorization", format!("bearer {token}"))).await.is_ok());
    for request in [
        Request::get(format!("/v1/me?access_token={token}&authorization=Bearer%20{token}")),
        get().header("cookie", format!("access_token={token}")),
        get().header("authorization", &token),
        get().header("authorization", format!("Basic {token}")),
        get().header("authorization", &bearer).header("authorization", &bearer),
        get().header("x-authorization", &bearer),
        get(),
    ] {
        unauthorized(send(request).await);
    }
}

#[tokio::test]
async fn without_an_issuer_no_token_is_taken() {
    let signer = Signer::es256("k");
    unauthorized(present(&Authenticator::new(None, None, OneUser), &signer.token(|_| {})).await);
}

/// An issuer's address: what it answers can be changed, and how often it was asked is counted.
#[derive(Clone, Default)]
struct Address {
    answer: Arc<Mutex<Option<String>>>,
    asked: Arc<AtomicUsize>,
}

impl Address {
    fn answers(&self, key_set: Option<String>) {
        *self.answer.lock().unwrap() = key_set;
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    async fn open(&self) -> KeySource {
        let address = self.clone();
        let keys = get(async move || {
            address.asked.fetch_add(1, Ordering::SeqCst);
            address.answer.lock().unwrap().clone().ok_or((StatusCode::BAD_GATEWAY, r#"{"keys": []}"#))
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/jwks.json", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, Router::new().route("/jwks.json", keys)).await });
        KeySource::parse(&url).unwrap()
    }
}

#[tokio::test]
async fn keys_are_fetched_once_and_again_when_they_are_rotated() {
    let (old, new) = (Signer::rs256("old"), Signer::es256("new"));
    let address = Address::default();
    address.answers(Some(old.key_set()));
    let authenticator = Authenticator::asking_every(&trusted(address.open().await), Duration::ZERO, OneUser);
    assert_eq!(address.asked(), 0, "nothing is fetched before it is needed");
    for _ in 0..3 {
        assert!(present(&authenticator, &old.token(|_| {})).await.is_ok());
    }
    assert_eq!(address.asked(), 1);
    address.answers(Some(new.key_set()));
    assert!(present(&authenticator, &new.token(|_| {})).await.is_ok());
    assert_eq!(address.asked(), 2);
    unauthorized(present(&authenticator, &old.token(|_| {})).await);
}

#[tokio::test]
async fn unknown_keys_ask_the_issuer_once_in_a_while() {
    let signer = Signer::es256("k");
    let address = Address::default();
    address.answers(Some(signer.key_set()));
    let authenticator = Authenticator::asking_every(&trusted(address.open().await), Duration::from_mins(5), OneUser);
    for index in 0..5 {
        let token = signer.token_with(|head| head["kid"] = format!("unknown-{index}").into(), |_| {});
        unauthorized(present(&authenticator, &token).await);
    }
    assert!(present(&authenticator, &signer.token(|_| {})).await.is_ok());
    assert_eq!(address.asked(), 1);
}

#[tokio::test]
async fn an_issuer_that_does_not_answer_is_no_fault_of_the_token() {
    let signer = Signer::es256("k");
    let address = Address::default();
    let authenticator = Authenticator::asking_every(&trusted(address.open().await), Duration::ZERO, OneUser);
    let down = (StatusCode::SERVICE_UNAVAILABLE, "UPSTREAM_UNAVAILABLE");
    refused(present(&authenticator, &signer.token(|_| {})).await, down.0, down.1);
    address.answers(Some("<html>".to_owned()));
    refused(present(&authenticator, &signer.token(|_| {})).await, down.0, down.1);
    address.answers(Some(signer.key_set()));
    assert!(present(&authenticator, &signer.token(|_| {})).await.is_ok());
    // What it said last still holds, and only an unknown key is in doubt.
    address.answers(None);
    let unknown = signer.token_with(|head| head["kid"] = "unknown".into(), |_| {});
    refused(present(&authenticator, &unknown).await, down.0, down.1);
    assert!(present(&authenticator, &signer.token(|_| {})).await.is_ok());
}

#[tokio::test]
async fn an_answer_that_never_ends_is_not_taken_in() {
    let signer = Signer::es256("k");
    let address = Address::default();
    let mut set = signer.key_set();
    set.push_str(&" ".repeat(1 << 20));
    address.answers(Some(set));
    let authenticator = Authenticator::asking_every(&trusted(address.open().await), Duration::ZERO, OneUser);
    let answer = present(&authenticator, &signer.token(|_| {})).await;
    refused(answer, StatusCode::SERVICE_UNAVAILABLE, "UPSTREAM_UNAVAILABLE");
}
