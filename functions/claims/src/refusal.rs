//! What is refused here, and how the OpenAPI document shows it.

use crate::code::{WC_CHANGED, WC_TOO_LARGE, WC_UNKNOWN};
use axum::http::StatusCode;
use std::collections::BTreeMap;
use ttw_core::Problem;
use ttw_portal::Refusal;
use ttw_portal::responses::problems;
use ttw_portal::store::AppendError;
use utoipa::IntoResponses;
use utoipa::openapi::{RefOr, Response};

type Responses = BTreeMap<String, RefOr<Response>>;

/// The refusal of a number.
pub(crate) struct UnknownCase;

/// The refusal of who was too slow.
pub(crate) struct ChangedCase;

/// There is no such work case for who asks.
pub(crate) fn unknown() -> Refusal {
    Refusal::because(StatusCode::NOT_FOUND, &WC_UNKNOWN)
}

/// The work case is no longer what was looked at.
pub(crate) fn changed() -> Refusal {
    Refusal::because(StatusCode::CONFLICT, &WC_CHANGED)
}

/// What the core says of a step.
pub(crate) fn refused(problem: Problem) -> Refusal {
    Refusal::of_question(vec![problem])
}

/// Why a step was not written.
pub(crate) fn not_written(error: AppendError) -> Refusal {
    match error {
        AppendError::Changed => changed(),
        AppendError::TooLarge => Refusal::because(StatusCode::PAYLOAD_TOO_LARGE, &WC_TOO_LARGE),
        AppendError::Store(error) => error.into(),
    }
}

impl IntoResponses for UnknownCase {
    fn responses() -> Responses {
        problems(&[("There is no such work case here.", unknown())])
    }
}

impl IntoResponses for ChangedCase {
    fn responses() -> Responses {
        problems(&[("Somebody else has changed the work case.", changed())])
    }
}
