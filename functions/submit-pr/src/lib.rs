//! The Lambda function `submit-pr`: Payment Requests.
//!
//! ```text
//! POST /v1/payment-requests/review          a form, checked and shown, with a token
//! POST /v1/payment-requests                 the form with its token, filed once
//! GET  /v1/payment-requests                 what was filed, newest first
//! GET  /v1/payment-requests/{confirmation}  one of them
//! GET  /v1/payment-requests/options         option lists with their versions
//! ```

pub mod schema;

use axum::Router;
use ttw_core::forms::Form;
use ttw_portal::Portal;
use ttw_portal::filing::Counter;
use utoipa::openapi::OpenApi;

/// Where the form is filed.
pub const COUNTER: Counter = Counter {
    form: Form::PaymentRequest,
    path: "/v1/payment-requests",
    lists: &["p1m1_basis", "services", "certification_source", "contact_party"],
    rows: None,
};

/// The routes of this function.
pub fn routes() -> Router<Portal> {
    COUNTER.routes()
}

/// The routes as the OpenAPI document has them.
#[must_use]
pub fn describe() -> OpenApi {
    COUNTER.describe::<schema::PaymentRequest, schema::FiledPaymentRequest, schema::PaymentRequestAdvice>()
}
