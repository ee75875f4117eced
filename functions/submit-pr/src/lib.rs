//! The Lambda function `submit-pr`: Payment Requests.
//!
//! ```text
//! POST /v1/payment-requests/review          a form, checked and shown, with a token
//! POST /v1/payment-requests                 the form with its token, filed once
//! GET  /v1/payment-requests                 what was filed, newest first
//! GET  /v1/payment-requests/{confirmation}  one of them, with its steps and clocks
//! GET  /v1/payment-requests/{confirmation}/cover-sheet  the fax cover sheet, once
//! GET  /v1/payment-requests/status.csv      how far all of them are, for a spreadsheet
//! GET  /v1/payment-requests/options         option lists with their versions
//! ```

pub mod code;
pub mod schema;
mod sheet;
mod status;

use axum::Router;
use axum::routing::get;
use ttw_core::forms::Form;
use ttw_portal::Portal;
use ttw_portal::filing::Counter;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Where the form is filed.
pub const COUNTER: Counter = Counter {
    form: Form::PaymentRequest,
    path: "/v1/payment-requests",
    lists: &["p1m1_basis", "services", "certification_source", "contact_party"],
    rows: None,
};

/// The routes of this function.
pub fn routes() -> Router<Portal> {
    COUNTER
        .routes()
        .route("/v1/payment-requests/status.csv", get(status::table))
        .route("/v1/payment-requests/{confirmation}/cover-sheet", get(sheet::cover_sheet))
}

/// The routes as the OpenAPI document has them.
#[must_use]
pub fn describe() -> OpenApi {
    let mut document =
        COUNTER.describe::<schema::PaymentRequest, schema::FiledPaymentRequest, schema::PaymentRequestAdvice>();
    let beside = OpenApiRouter::<Portal>::new().routes(routes!(status::table)).routes(routes!(sheet::cover_sheet));
    document.merge(beside.into_openapi());
    document
}
