//! What is wrong with a row: where, which code, one sentence. Never a value of the row.

use serde::Serialize;
use ttw_core::Problem;
use ttw_core::problem::{Action, Class, Code};

/// One thing that is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RowProblem {
    /// The row's first line in the file; 1 is the first line.
    pub line: usize,
    /// JSON pointer into the row; of a flat file, the column.
    pub pointer: String,
    /// The stable code.
    pub code: &'static str,
    /// One sentence: what is wrong and what to do.
    pub message: String,
}

impl RowProblem {
    pub(crate) fn new(line: usize, problem: &Problem) -> Self {
        Self { line, pointer: problem.path.clone(), code: problem.code, message: problem.message.clone() }
    }
}

macro_rules! codes {
    ($($name:ident $message:literal;)*) => {
        $(
            #[doc = concat!("`", stringify!($name), "`: `", $message, "`")]
            pub const $name: Code = Code {
                id: stringify!($name), class: Class::Validity, action: Action::Correct, message: $message, cite: None,
            };
        )*
        /// All codes of loading; a row may have every code of the core besides.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

/// The codes that only loading gives.
pub mod code {
    use super::{Action, Class, Code};
    codes! {
        LOAD_HEADER "The header has a column that files of this kind do not have, or has one twice; the columns are: {allowed}.";
        LOAD_CSV_ROW "The row does not have as many cells as the header; check its commas and quotation marks.";
        LOAD_ENCODING "The row is not UTF-8 text; save the file as UTF-8.";
        LOAD_DUPLICATE "Line {line} is about the same one already; give each once.";
        LOAD_ROWS_DISAGREE "Line {line} of the same ticket says otherwise; every row of a ticket repeats its own columns alike.";
        LOAD_PERSON_SKIPPED "Another row of the same ticket is wrong; mend it and load the ticket's rows together.";
        LOAD_ROW_EMPTY "The row has neither earned nor paid; give one or both.";
        LOAD_PERSON_UNKNOWN "Nobody of this number is on file; load the ticket first.";
        LOAD_PAYMENTS_DROPPED "The record on file has payments that the row lacks ({payments}); add them, or load it with --drop-payments.";
        LOAD_RECORD_CHANGED "The record was changed by somebody else at the same time, again and again; load the row again.";
        LOAD_RECORD_TOO_LARGE "The record is larger than can be stored; leave out what is no longer needed.";
        LOAD_RECORD_UNREADABLE "What is on file cannot be read by this version; have the record looked at, then load the row again.";
        LOAD_EMAIL "This is not an e-mail address; write it as name@host.example.";
        LOAD_ROLES_REQUIRED "The user has no role; give at least one.";
        LOAD_EIN_REQUIRED "Who files or signs does so for an organization; add its EIN.";
        LOAD_EIN_UNEXPECTED "The program manager, a field office and a beneficiary act for no organization; leave the EIN out.";
        LOAD_SSN_REQUIRED "A beneficiary has an own record; add the number.";
        LOAD_SSN_UNEXPECTED "Only a beneficiary has an own record; leave the number out.";
    }
}
