//! The Lambda function `claims`: what happens after a payment request was submitted.
//!
//! ```text
//! GET  /v1/work-queue                       open work cases, first in, first out       program manager
//! GET  /v1/work-cases/{number}              one, with what the engine proposes         program manager
//! POST /v1/work-cases/{number}/decision     pay, deny, diary, wait                     program manager
//! POST /v1/work-cases/{number}/evidence     what arrived                               program manager
//! POST /v1/work-cases/{number}/withdraw     taken back                                 who filed it
//! GET  /v1/unclaimed, /v1/unclaimed.csv     payments that can be requested             who files
//! GET  /v1/automatic-run                    claims that earnings on file establish     program manager
//! GET  /v1/recovery                         what later facts have changed              program manager
//! …    /v1/split-agreements…                who shares the payments of a ticket        who files
//! POST /v1/verification/…                   the questions of a field office            program manager, field office
//! ```

mod actions;
mod case;
mod caseload;
pub mod code;
mod decision;
mod facts;
mod queue;
mod refusal;
pub mod schema;
mod shown;
mod step;
mod verification;

use axum::Router;
use axum::routing::{get, post};
use ttw_core::forms::Form;
use ttw_portal::Portal;
use ttw_portal::filing::Counter;
use ttw_portal::schema::NoAdvice;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Where providers file how they share the payments of a ticket.
pub const COUNTER: Counter =
    Counter { form: Form::SplitAgreement, path: "/v1/split-agreements", lists: &[], rows: None };

/// The routes of this function.
pub fn routes() -> Router<Portal> {
    COUNTER
        .routes()
        .route("/v1/work-queue", get(queue::work_queue))
        .route("/v1/work-cases/{number}", get(case::work_case))
        .route("/v1/work-cases/{number}/decision", post(decision::decide))
        .route("/v1/work-cases/{number}/evidence", post(case::evidence))
        .route("/v1/work-cases/{number}/withdraw", post(case::withdraw))
        .route("/v1/unclaimed", get(caseload::list_unclaimed))
        .route("/v1/unclaimed.csv", get(caseload::unclaimed_table))
        .route("/v1/automatic-run", get(caseload::automatic_run))
        .route("/v1/recovery", get(caseload::list_recovery))
        .route("/v1/verification/work-determinations", post(verification::determine))
        .route("/v1/verification/entries", post(verification::entry))
        .route("/v1/verification/issues", post(verification::issues))
}

/// The routes as the OpenAPI document has them. A start need not wait for it.
#[must_use]
pub fn describe() -> OpenApi {
    let mut document = COUNTER
        .describe::<schema::split_agreement::SplitAgreement, schema::split_agreement::FiledSplitAgreement, NoAdvice>();
    let own = OpenApiRouter::<Portal>::new()
        .routes(routes!(queue::work_queue))
        .routes(routes!(case::work_case))
        .routes(routes!(decision::decide))
        .routes(routes!(case::evidence))
        .routes(routes!(case::withdraw))
        .routes(routes!(caseload::list_unclaimed))
        .routes(routes!(caseload::unclaimed_table))
        .routes(routes!(caseload::automatic_run))
        .routes(routes!(caseload::list_recovery))
        .routes(routes!(verification::determine))
        .routes(routes!(verification::entry))
        .routes(routes!(verification::issues))
        .into_openapi();
    document.merge(own);
    document
}
