//! The Lambda function `form-1365`: forms 1365: ticket assignments by State VR agencies.
//!
//! ```text
//! POST /v1/ticket-assignments/review          a form, checked and shown, with a token
//! POST /v1/ticket-assignments                 the form with its token, filed once
//! GET  /v1/ticket-assignments                 what was filed, newest first
//! GET  /v1/ticket-assignments/{confirmation}  one of them
//! GET  /v1/ticket-assignments/options         option lists with their versions
//! ```

pub mod schema;

use axum::Router;
use ttw_core::forms::Form;
use ttw_portal::Portal;
use ttw_portal::filing::Counter;
use ttw_portal::schema::NoAdvice;
use utoipa::openapi::OpenApi;

/// Where the form is filed.
pub const COUNTER: Counter =
    Counter { form: Form::Form1365, path: "/v1/ticket-assignments", lists: &["soc_major_group"], rows: None };

/// The routes of this function.
pub fn routes() -> Router<Portal> {
    COUNTER.routes()
}

/// The routes as the OpenAPI document has them.
#[must_use]
pub fn describe() -> OpenApi {
    COUNTER.describe::<schema::Form1365, schema::FiledForm1365, NoAdvice>()
}
