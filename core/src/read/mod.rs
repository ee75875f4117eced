//! From JSON text to a case and a question: everything that is wrong is found in one pass.

mod case;
mod items;
mod question;
mod reader;
mod ticket;

pub(crate) use case::record_case;
pub use question::{
    Claim, CompareRequest, LedgerRequest, Question, batch, compare_request, compare_request_of, ledger_request,
    ledger_request_of, question, question_of,
};
pub(crate) use question::{batch_of, claimed_payment, listed_case, near, question_value, read_policy};
pub use reader::parse;
pub(crate) use reader::{Path, Reader, given};
pub use serde_json_borrow::Value;

use crate::problem::Problem;

/// The largest question, ledger request or comparison read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// The largest batch read, in bytes.
pub const MAX_BATCH_BYTES: usize = 4 << 20;
/// The most questions of one batch.
pub const MAX_BATCH: usize = 250;

/// What reading gives: the thing itself, or all that is wrong with it.
pub type Read<T> = Result<T, Vec<Problem>>;

#[cfg(test)]
mod tests;
