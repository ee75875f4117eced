//! The Lambda function `tpr`: Timely Progress Review responses.
//!
//! ```text
//! POST /v1/progress-reviews/review          a form, checked and shown, with a token
//! POST /v1/progress-reviews                 the form with its token, filed once
//! GET  /v1/progress-reviews                 what was filed, newest first
//! GET  /v1/progress-reviews/{confirmation}  one of them
//! GET  /v1/progress-reviews/options         option lists with their versions
//! GET  /v1/progress-reviews/questions       the questions of a period
//! ```

mod questions;
pub mod schema;

use axum::Router;
use axum::routing::get;
use ttw_core::forms::Form;
use ttw_portal::Portal;
use ttw_portal::filing::Counter;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Where the form is filed.
pub const COUNTER: Counter =
    Counter { form: Form::ProgressReview, path: "/v1/progress-reviews", lists: &[], rows: Some((6, 250)) };

/// The routes of this function.
pub fn routes() -> Router<Portal> {
    COUNTER.routes().route("/v1/progress-reviews/questions", get(questions::questions))
}

/// The routes as the OpenAPI document has them.
#[must_use]
pub fn describe() -> OpenApi {
    let mut document =
        COUNTER.describe::<schema::ProgressReview, schema::FiledProgressReview, schema::ProgressReviewAdvice>();
    document.merge(OpenApiRouter::<Portal>::new().routes(routes!(questions::questions)).into_openapi());
    document
}
