//! The Lambda function `iwp`: Individual Work Plans.
//!
//! ```text
//! POST /v1/work-plans/review          a form, checked and shown, with a token
//! POST /v1/work-plans                 the form with its token, filed once
//! GET  /v1/work-plans                 what was filed, newest first
//! GET  /v1/work-plans/{confirmation}  one of them
//! GET  /v1/work-plans/options         option lists with their versions
//! ```

pub mod schema;

use axum::Router;
use ttw_core::forms::Form;
use ttw_portal::Portal;
use ttw_portal::filing::Counter;
use ttw_portal::schema::NoAdvice;
use utoipa::openapi::OpenApi;

/// Where the form is filed.
pub const COUNTER: Counter = Counter {
    form: Form::WorkPlan,
    path: "/v1/work-plans",
    lists: &[
        "services",
        "earnings_band_short",
        "earnings_band_long",
        "soc_major_group",
        "discussion_modality",
        "accessible_format",
        "business_model",
        "rights_statement",
    ],
    rows: None,
};

/// The routes of this function.
pub fn routes() -> Router<Portal> {
    COUNTER.routes()
}

/// The routes as the OpenAPI document has them.
#[must_use]
pub fn describe() -> OpenApi {
    COUNTER.describe::<schema::WorkPlan, schema::FiledWorkPlan, NoAdvice>()
}
