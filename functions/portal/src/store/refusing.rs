//! The store's errors as a caller sees them: nothing of what is stored, and the next step.

use super::{ListError, StoreError};
use crate::Refusal;
use crate::filing::code::CURSOR_INVALID;
use crate::identity::code::UPSTREAM_UNAVAILABLE;
use crate::telemetry::TARGET;
use crate::vault::VaultError;
use axum::http::StatusCode;
use lambda_http::tracing::error;
use ttw_core::Problem;

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable { operation, code } => {
                error!(target: TARGET, operation, code = &*code, "store");
                Self::because(StatusCode::SERVICE_UNAVAILABLE, &UPSTREAM_UNAVAILABLE)
            }
            StoreError::Vault(error) => error.into(),
            StoreError::Newer
            | StoreError::Damaged(_)
            | StoreError::Record(_)
            | StoreError::TooLarge
            | StoreError::Absent
            | StoreError::Changed => {
                error!(target: TARGET, operation = "read", code = "item", "store");
                Self::internal()
            }
        }
    }
}

impl From<VaultError> for Refusal {
    fn from(error: VaultError) -> Self {
        let (code, refusal) = match error {
            VaultError::Unavailable => {
                ("unavailable", Self::because(StatusCode::SERVICE_UNAVAILABLE, &UPSTREAM_UNAVAILABLE))
            }
            VaultError::Keys(what) => (what, Self::internal()),
            VaultError::NotOurs => ("not_ours", Self::internal()),
            VaultError::NoRandomness => ("no_randomness", Self::internal()),
        };
        error!(target: TARGET, operation = "keys", code, "store");
        refusal
    }
}

impl From<ListError> for Refusal {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Cursor => Self::of_question(vec![Problem::new(&CURSOR_INVALID, "/cursor")]),
            ListError::Store(error) => error.into(),
        }
    }
}
