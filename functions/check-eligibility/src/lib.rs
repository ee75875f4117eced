//! The Lambda function `check-eligibility`: is this payment due, what can the ticket still bring, and by which rules.
//!
//! ```text
//! POST /v1/eligibility          a question           a determination
//! POST /v1/eligibility/ledger   a case, a provider   the ledger of the ticket
//! POST /v1/eligibility/batch    up to 250 questions  a result each
//! GET  /v1/rules, /v1/rules/{id}, /v1/parameters     the law as the engine has it
//! GET  /v1/health, /v1/openapi.json
//! ```
//!
//! Every answer is what [`ttw_core::Engine`] writes, to the byte.

mod document;
mod eligibility;
pub mod example;
mod law;
pub mod refusal;
pub mod schema;
mod service;

use axum::Router;
use std::sync::Arc;
use ttw_core::Engine;
use ttw_portal::caching::Tag;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The program's version.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What every route needs.
#[derive(Debug, Clone)]
struct Service {
    engine: Arc<Engine>,
    tag: Option<Tag>,
}

/// The routes of this function.
pub fn routes(engine: Arc<Engine>) -> Router {
    let tag = Tag::of(engine.version(), VERSION);
    Router::from(described()).with_state(Service { engine, tag })
}

/// The OpenAPI document as it is committed and served. A start need not wait for it to be generated.
pub const OPENAPI_JSON: &str = include_str!("../openapi.json");

/// The OpenAPI document of the routes, generated.
#[must_use]
pub fn openapi_json() -> String {
    document::json(described().into_openapi())
}

fn described() -> OpenApiRouter<Service> {
    OpenApiRouter::with_openapi(document::head())
        .routes(routes!(eligibility::decide))
        .routes(routes!(eligibility::ledger))
        .routes(routes!(eligibility::batch))
        .routes(routes!(law::rules))
        .routes(routes!(law::rule))
        .routes(routes!(law::parameters))
        .routes(routes!(service::health))
        .routes(routes!(service::openapi))
}
