//! The Lambda function `claims`: what happens after a payment request was submitted.
//!
//! ```text
//! GET  /v1/work-queue                       open work cases, first in, first out       program manager
//! GET  /v1/work-cases/{number}              one, with what the engine proposes         program manager
//! POST /v1/work-cases/{number}/decision     pay, deny, diary, wait                     program manager
//! POST /v1/work-cases/{number}/evidence     what arrived                               program manager
//! POST /v1/work-cases/{number}/withdraw     taken back                                 who filed it
//! POST /v1/verification/…                   the questions of a field office            program manager, field office
//! ```

mod case;
pub mod code;
mod decision;
mod facts;
mod queue;
mod refusal;
pub mod schema;
mod verification;

use axum::Router;
use axum::routing::{get, post};
use ttw_portal::Portal;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this function.
pub fn routes() -> Router<Portal> {
    Router::new()
        .route("/v1/work-queue", get(queue::work_queue))
        .route("/v1/work-cases/{number}", get(case::work_case))
        .route("/v1/work-cases/{number}/decision", post(decision::decide))
        .route("/v1/work-cases/{number}/evidence", post(case::evidence))
        .route("/v1/work-cases/{number}/withdraw", post(case::withdraw))
        .route("/v1/verification/work-determinations", post(verification::determine))
        .route("/v1/verification/entries", post(verification::entry))
        .route("/v1/verification/issues", post(verification::issues))
}

/// The routes as the OpenAPI document has them. A start need not wait for it.
#[must_use]
pub fn describe() -> OpenApi {
    OpenApiRouter::<Portal>::new()
        .routes(routes!(queue::work_queue))
        .routes(routes!(case::work_case))
        .routes(routes!(decision::decide))
        .routes(routes!(case::evidence))
        .routes(routes!(case::withdraw))
        .routes(routes!(verification::determine))
        .routes(routes!(verification::entry))
        .routes(routes!(verification::issues))
        .into_openapi()
}
