//! The Lambda function `check-eligibility`: is this payment due, what can the ticket still bring, by which rules, and whose is it.
//!
//! ```text
//! POST /v1/eligibility            a question, or a number on file     a determination
//! POST /v1/eligibility/ledger     a case, or a number on file         the ledger of the ticket
//! POST /v1/eligibility/batch      up to 250 questions                 a result each
//! GET  /v1/me                     who is signed in
//! POST /v1/beneficiaries/lookup   a number                            the ticket that the organization holds
//! POST /v1/assignability          up to 250 numbers                   whether each can be assigned
//! GET  /v1/my-ticket              a beneficiary's own ticket
//! GET  /v1/rules, /v1/rules/{id}, /v1/parameters                      the law as the engine has it
//! GET  /v1/health, /v1/openapi.json
//! ```
//!
//! Every determination and ledger is what [`ttw_core::Engine`] writes, to the byte.

mod document;
mod eligibility;
pub mod example;
mod law;
mod people;
pub mod refusal;
pub mod schema;

use axum::Router;
use axum::routing::{get, post};
use ttw_portal::Portal;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use document::{head, with_examples};

/// The routes of this function.
pub fn routes() -> Router<Portal> {
    Router::new()
        .route("/v1/eligibility", post(eligibility::decide))
        .route("/v1/eligibility/ledger", post(eligibility::ledger))
        .route("/v1/eligibility/batch", post(eligibility::batch))
        .route("/v1/me", get(people::me))
        .route("/v1/beneficiaries/lookup", post(people::lookup))
        .route("/v1/assignability", post(people::assignable))
        .route("/v1/my-ticket", get(people::my_ticket))
        .route("/v1/rules", get(law::rules))
        .route("/v1/rules/{id}", get(law::rule))
        .route("/v1/parameters", get(law::parameters))
}

/// The routes as the OpenAPI document has them. A start need not wait for it.
#[must_use]
pub fn describe() -> OpenApi {
    OpenApiRouter::<Portal>::with_openapi(head())
        .routes(routes!(eligibility::decide))
        .routes(routes!(eligibility::ledger))
        .routes(routes!(eligibility::batch))
        .routes(routes!(people::me))
        .routes(routes!(people::lookup))
        .routes(routes!(people::assignable))
        .routes(routes!(people::my_ticket))
        .routes(routes!(law::rules))
        .routes(routes!(law::rule))
        .routes(routes!(law::parameters))
        .into_openapi()
}
