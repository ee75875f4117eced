//! Tokens as an issuer makes them, and as others forge them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

mod gateway;
mod issuer;
mod tokens;

use super::{Account, Answer, Authenticator, Caller, KeySource, Registry, StepUp, TrustedIssuer, User};
use crate::Refusal;
use axum::extract::Request;
use axum::http::StatusCode;
use issuer::{AUDIENCE, ISSUER, Signer};
use serde_json::Value;
use ttw_core::forms::Role;

/// Knows one user.
#[derive(Clone, Copy)]
struct OneUser;

const USER: &str = "8a1f0c1e-user";

impl Registry for OneUser {
    fn account<'a>(&'a self, subject: &'a str) -> Answer<'a> {
        Box::pin(async move { Ok((subject == USER).then(account)) })
    }
}

fn account() -> Account {
    Account {
        user: User {
            id: USER.into(),
            name: "Ada Example".into(),
            title: "Clerk".into(),
            email: "ada@en.example".into(),
        },
        roles: vec![Role::Submitter],
        organization: None,
        own_record: None,
    }
}

fn trusted(keys: KeySource) -> TrustedIssuer {
    TrustedIssuer { issuer: ISSUER.to_owned(), audience: vec![AUDIENCE.to_owned()], keys }
}

fn trusting(signer: &Signer) -> Authenticator {
    Authenticator::new(Some(trusted(KeySource::Held(signer.key_set()))), None, OneUser)
}

async fn present(authenticator: &Authenticator, token: &str) -> Result<Caller, Refusal> {
    let request = Request::get("/v1/me").header("authorization", format!("Bearer {token}"));
    authenticator.caller(&request.body(()).unwrap().into_parts().0).await
}

fn code(refusal: &Refusal) -> String {
    let body: Value = serde_json::from_str(&refusal.to_json()).unwrap();
    body["errors"][0]["code"].as_str().unwrap().to_owned()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, Refusal>, status: StatusCode, expected: &str) {
    let refusal = answer.unwrap_err();
    assert_eq!((refusal.status(), code(&refusal).as_str()), (status, expected));
}

#[track_caller]
fn unauthorized<T: std::fmt::Debug>(answer: Result<T, Refusal>) {
    refused(answer, StatusCode::UNAUTHORIZED, "AUTH_REQUIRED");
}

#[tokio::test]
async fn roles_and_organization_are_the_registrys() {
    let signer = Signer::es256("k");
    let caller = present(&trusting(&signer), &signer.token(|_| {})).await.unwrap();
    assert_eq!(&*caller.user().name, "Ada Example");
    assert!(caller.require(&[Role::ProgramManager, Role::Submitter]).is_ok());
    refused(caller.require(&[Role::ProgramManager]), StatusCode::FORBIDDEN, "AUTH_FORBIDDEN");
    refused(caller.required_scope(), StatusCode::FORBIDDEN, "AUTH_FORBIDDEN");
}

#[tokio::test]
async fn a_user_whom_the_registry_does_not_know_is_forbidden() {
    let signer = Signer::es256("k");
    let token = signer.token(|claims| claims["sub"] = "somebody-else".into());
    refused(present(&trusting(&signer), &token).await, StatusCode::FORBIDDEN, "AUTH_FORBIDDEN");
}

#[tokio::test]
async fn a_second_step_is_asked_for_where_it_is_set() {
    let signer = Signer::es256("k");
    let issuer = || Some(trusted(KeySource::Held(signer.key_set())));
    let method = Authenticator::new(issuer(), StepUp::parse("amr=mfa"), OneUser);
    let class = Authenticator::new(issuer(), StepUp::parse("acr=aal2"), OneUser);
    let plain = signer.token(|_| {});
    let strong = signer.token(|claims| {
        claims["amr"] = serde_json::json!(["pwd", "mfa"]);
        claims["acr"] = "aal2".into();
    });
    for authenticator in [method, class] {
        assert!(present(&authenticator, &strong).await.is_ok());
        refused(present(&authenticator, &plain).await, StatusCode::FORBIDDEN, "AUTH_STEP_UP");
    }
}
