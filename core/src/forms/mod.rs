//! The portal's forms: a draft as received, every check, and the form that may be filed.
//!
//! A [`Desk`] reads JSON text into a [`Draft`], which names the people it concerns; whoever keeps the records adds what is
//! [on file](OnFile) about them; checking answers with everything that is wrong, or with a [`Filing`].

mod assignability;
mod draft;
pub mod earnings_inquiry;
mod filing;
pub mod form_1365;
mod inquiry;
mod on_file;
mod options;
pub mod payment_request;
pub mod progress_review;
mod sheet;
pub mod split_agreement;
#[cfg(test)]
mod trial;
mod validate;
pub mod work_plan;

pub use assignability::{Assignability, NotAssignable, assignability};
pub use draft::{Desk, Draft, MAX_FORM_BYTES, People};
pub use filing::{Advice, Filing, Intake, Likely, NaturalKey};
pub use inquiry::{AnyQuestion, RecordLedger, RecordQuestion, asks_of_record, names_a_number};
pub use on_file::{Due, Earlier, Employer, OnFile, Organization, Person, Role, on_file, person};
pub use options::{Choice, Options};
pub(crate) use sheet::Sheet;
pub use validate::{Validated, validate, validate_value};

use serde::{Serialize, Serializer};

/// The forms of the portal, and the split-payment agreement that follows from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// EN Payment Request (SSA-1391).
    PaymentRequest,
    /// Earnings Inquiry Request (SSA-1396).
    EarningsInquiry,
    /// Individual Work Plan (SSA-1370).
    WorkPlan,
    /// State Agency Ticket Assignment Form (SSA-1365).
    Form1365,
    /// Timely Progress Review response.
    ProgressReview,
    /// EN Split Payment Request (SSA-1401).
    SplitAgreement,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 6] = [
        Self::PaymentRequest,
        Self::EarningsInquiry,
        Self::WorkPlan,
        Self::Form1365,
        Self::ProgressReview,
        Self::SplitAgreement,
    ];

    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PaymentRequest => "payment_request",
            Self::EarningsInquiry => "earnings_inquiry",
            Self::WorkPlan => "work_plan",
            Self::Form1365 => "form_1365",
            Self::ProgressReview => "progress_review",
            Self::SplitAgreement => "split_agreement",
        }
    }

    /// The form of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == word)
    }

    /// The form's name as people say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PaymentRequest => "Payment Request",
            Self::EarningsInquiry => "Earnings Inquiry Request",
            Self::WorkPlan => "Individual Work Plan",
            Self::Form1365 => "Form 1365",
            Self::ProgressReview => "Timely Progress Review Response",
            Self::SplitAgreement => "Split Payment Request",
        }
    }
}

impl Serialize for Form {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
