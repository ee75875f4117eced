//! The Lambda function `eir`: Earnings Inquiry Requests.
//!
//! ```text
//! POST /v1/earnings-inquiries/review          a form, checked and shown, with a token
//! POST /v1/earnings-inquiries                 the form with its token, filed once
//! GET  /v1/earnings-inquiries                 what was filed, newest first
//! GET  /v1/earnings-inquiries/{confirmation}  one of them
//! GET  /v1/earnings-inquiries/options         option lists with their versions
//! ```

pub mod schema;

use axum::Router;
use ttw_core::forms::Form;
use ttw_portal::Portal;
use ttw_portal::filing::Counter;
use utoipa::openapi::OpenApi;

/// Where the form is filed.
pub const COUNTER: Counter =
    Counter { form: Form::EarningsInquiry, path: "/v1/earnings-inquiries", lists: &[], rows: Some((6, 250)) };

/// The routes of this function.
pub fn routes() -> Router<Portal> {
    COUNTER.routes()
}

/// The routes as the OpenAPI document has them.
#[must_use]
pub fn describe() -> OpenApi {
    COUNTER.describe::<schema::EarningsInquiry, schema::FiledEarningsInquiry, schema::EarningsInquiryAdvice>()
}
