//! Why the table does not answer.

use crate::vault::VaultError;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use std::fmt;
use ttw_core::Problem;

/// Why the store cannot do it. It says nothing of what is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// The table did not answer in time, or with an error.
    Unavailable {
        /// What was asked of it.
        operation: &'static str,
        /// The code of its error, or what happened on the way.
        code: Box<str>,
    },
    /// An item of a later version of this program.
    Newer,
    /// An item that cannot be read; its kind.
    Damaged(&'static str),
    /// A record that is none, and what is wrong with it.
    Record(Vec<Problem>),
    /// A record that is larger than an item of the table may be.
    TooLarge,
    /// Nothing like that is on file.
    Absent,
    /// What is on file is no longer what was seen.
    Changed,
    /// The vault.
    Vault(VaultError),
}

/// Why a list cannot be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListError {
    /// The cursor is not one of ours for this list.
    Cursor,
    /// The store.
    Store(StoreError),
}

impl StoreError {
    pub(super) fn of<E: ProvideErrorMetadata, R>(operation: &'static str, error: &SdkError<E, R>) -> Self {
        Self::Unavailable { operation, code: code(error).into() }
    }
}

/// The service's error code, or what happened on the way.
pub(super) fn code<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> &str {
    match error {
        SdkError::ServiceError(service) => service.err().code().unwrap_or("unknown"),
        SdkError::TimeoutError(_) => "timeout",
        SdkError::DispatchFailure(_) => "connection",
        SdkError::ResponseError(_) => "response",
        _ => "request",
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable { operation, code } => write!(f, "The table failed at {operation}: {code}."),
            Self::Newer => f.write_str("An item was written by a later version; deploy that version."),
            Self::Damaged(kind) => write!(f, "An item cannot be read; restore it: {kind}."),
            Self::Record(problems) => {
                f.write_str("The record cannot be stored:")?;
                problems.iter().try_for_each(|problem| write!(f, " {} {}", problem.path, problem.code))
            }
            Self::TooLarge => {
                f.write_str("The record is larger than can be stored; leave out what is no longer needed.")
            }
            Self::Absent => f.write_str("Nothing like that is on file."),
            Self::Changed => f.write_str("The record has changed since it was read; read it again."),
            Self::Vault(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<VaultError> for StoreError {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cursor => f.write_str("The cursor is not one of this list; leave it out to begin again."),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ListError {}

impl From<StoreError> for ListError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<VaultError> for ListError {
    fn from(error: VaultError) -> Self {
        Self::Store(error.into())
    }
}
