//! Filing a form: review, submit, list, look at one. Every form goes the same way.
//!
//! Review checks a form and shows it as it will be stored, with a token over it; submit checks it again, compares the token, and
//! stores it once, however often it is sent.

pub mod code;
mod describe;
mod reading;
mod routes;
mod submitting;
mod token;

use crate::answers::Review;
use crate::identity::Scope;
use crate::{Portal, Refusal, body, reply};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use serde_json::value::{RawValue, to_raw_value};
use ttw_core::Problem;
use ttw_core::forms::{Filing, Form, MAX_FORM_BYTES, OnFile};

pub use describe::{BEARER, CONFIRMATION};
pub use routes::Counter;

/// A form that was read and checked.
struct Received {
    filing: Filing,
    review_token: Option<Box<str>>,
    at: Timestamp,
}

impl Portal {
    /// Checks a form and shows it as it would be stored.
    ///
    /// # Errors
    /// Everything that is wrong with the request.
    pub async fn review(&self, form: Form, request: Request) -> Result<Response, Refusal> {
        let (parts, request_body) = request.into_parts();
        let scope = self.filing_scope(&parts).await?;
        let text = body::json(Request::from_parts(parts, request_body), MAX_FORM_BYTES).await?;
        let received = self.receive(&scope, form, &text).await?;
        let filing = &received.filing;
        if let Some(held) = self.store().held(&scope, filing).await? {
            return Err(submitting::on_file_already(held));
        }
        let review_token = self.review_token(&scope, filing, received.at).await?;
        reply::json(
            StatusCode::OK,
            &Review {
                form: form.as_str(),
                document: raw(filing.document())?,
                warnings: filing.warnings().to_vec(),
                advice: advice(filing)?,
                review_token,
                rules_version: self.engine().version().to_owned(),
            },
        )
    }

    /// Reads a form, looks up the people it names, and checks it.
    async fn receive(&self, scope: &Scope, form: Form, text: &[u8]) -> Result<Received, Refusal> {
        // As exact as it is stored.
        let at = Timestamp::from_millisecond(self.clock().now().as_millisecond()).map_err(|_| Refusal::internal())?;
        let desk = self.desk_at(at);
        let draft = desk.read(form, text).map_err(Refusal::of_question)?;
        let people = self.store().people(draft.people()).await?;
        let on_file = OnFile { organization: scope.organization().clone(), roles: scope.roles().to_vec(), people };
        let review_token = draft.review_token().map(Into::into);
        let filing = desk.check(draft, &on_file).map_err(Refusal::of_question)?;
        Ok(Received { filing, review_token, at })
    }
}

/// The advice of a form, as JSON.
fn advice(filing: &Filing) -> Result<Option<Box<RawValue>>, Refusal> {
    filing.advice().map(to_raw_value).transpose().map_err(|_| Refusal::internal())
}

/// JSON text of ours as a value.
fn raw(json: &str) -> Result<Box<RawValue>, Refusal> {
    RawValue::from_string(json.to_owned()).map_err(|_| Refusal::internal())
}

/// One problem of a request as a whole, with a status of its own.
fn refused(status: StatusCode, code: &'static ttw_core::problem::Code) -> Refusal {
    Refusal::because(status, code)
}

/// The problems of a submission that leaves warnings unacknowledged.
fn unacknowledged(filing: &Filing) -> Option<Vec<Problem>> {
    let left = filing.unacknowledged();
    (!left.is_empty()).then_some(left)
}
