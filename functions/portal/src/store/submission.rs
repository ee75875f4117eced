//! What is filed, and what is read of it.

use super::work_case::Opened;
use super::{Confirmation, StoreError};
use crate::outbox::Notice;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use ttw_core::claims::State;
use ttw_core::domain::{Month, Ssn};
use ttw_core::forms::{Advice, Filing, Form, Intake, NaturalKey};
use ttw_core::params::Parameters;
use ttw_core::problem::Code;

/// One attempt of a caller to create something: the route, the idempotency key, the body as received.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    /// The route, such as `/v1/payment-requests`.
    pub route: &'a str,
    /// The `Idempotency-Key`.
    pub key: &'a str,
    /// The body, or what of it tells one attempt from another. Only a keyed hash of it is kept.
    pub body: &'a [u8],
}

/// An answer as it was given, to be given again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// JSON text.
    pub body: String,
}

/// What an idempotency key was used for before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// For the same body: the answer of then.
    Before(Reply),
    /// For another body.
    OtherBody,
}

/// A form that may be filed, with everything that is written about it in one transaction.
pub struct NewSubmission<'a> {
    /// Which form.
    pub form: Form,
    /// Its number, made by [`Confirmation::at`].
    pub confirmation: Confirmation,
    /// The moment.
    pub submitted_at: Timestamp,
    /// The day of receipt in the program manager's time zone.
    pub received_on: Date,
    /// Who tries, how often, with what.
    pub attempt: Attempt<'a>,
    /// The answer, given again to the same attempt.
    pub reply: Reply,
    /// The form in its normal shape, JSON with masked numbers.
    pub document: &'a str,
    /// The people it concerns.
    pub people: &'a [Ssn],
    /// What may be on file only once.
    pub keys: &'a [NaturalKey],
    /// The table of the intake mail.
    pub intake: &'a Intake,
    /// Codes of the warnings that were acknowledged.
    pub acknowledged: Vec<String>,
    /// What was advised, JSON.
    pub advice: Option<String>,
    /// What was decided on which facts.
    pub decision: Option<Decision>,
    /// Of a payment request: the payment that was asked for, with its number or without.
    pub payment: Option<String>,
    /// Of a payment request: the month claimed.
    pub month: Option<Month>,
    /// Of a payment request: the work case that is opened with it.
    pub work_case: Option<Opened>,
    /// Of a payment that several providers may share: what each of them is told.
    pub notices: Vec<Notice>,
    /// The rules by which it was checked.
    pub rules_version: &'a str,
    /// The id of the request.
    pub request_id: &'a str,
}

/// When and how a form arrived.
pub struct Receipt<'a> {
    /// Its number, made by [`Confirmation::at`].
    pub confirmation: Confirmation,
    /// The moment.
    pub submitted_at: Timestamp,
    /// The day of receipt in the program manager's time zone.
    pub received_on: Date,
    /// Who tries, how often, with what.
    pub attempt: Attempt<'a>,
    /// The answer, given again to the same attempt.
    pub reply: Reply,
    /// Of a payment that several providers may share: what each of them is told.
    pub notices: Vec<Notice>,
    /// The rules by which it was checked.
    pub rules_version: &'a str,
    /// The id of the request.
    pub request_id: &'a str,
}

/// A determination with the facts it saw, so that it can be replayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The question, JSON.
    pub question: String,
    /// The determination, JSON.
    pub determination: String,
    /// Who shares what was paid, JSON; none where nobody does or nothing settles how.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares: Option<String>,
}

/// A form on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Its number.
    pub confirmation: Confirmation,
    /// Which form.
    pub form: Form,
    /// What became of it.
    pub status: Status,
    /// When it was submitted, RFC 3339 in UTC.
    pub submitted_at: String,
    /// The day of receipt.
    pub received_on: String,
    /// The submitter's id.
    pub submitter: String,
    /// The submitter's name.
    pub submitter_name: String,
    /// The submitter's title.
    pub submitter_title: String,
    /// The form in its normal shape, JSON with masked numbers.
    pub document: String,
    /// How many people it concerns.
    pub beneficiaries: usize,
    /// Codes of the warnings that were acknowledged.
    pub acknowledged: Vec<String>,
    /// What was advised, JSON. A list leaves it out.
    pub advice: Option<String>,
    /// What was decided on which facts. A list leaves it out.
    pub decision: Option<Decision>,
    /// The rules by which it was checked.
    pub rules_version: String,
    /// The id of the request that submitted it.
    pub request_id: String,
}

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Received.
    Received,
    /// Of a payment request: a specialist has it.
    InReview,
    /// Of a payment request: put aside for a reason.
    Diaried,
    /// Of a payment request: its earnings wait for Social Security.
    WaitingOnSsaVerification,
    /// Of a payment request: paid.
    Paid,
    /// Denied.
    Denied,
    /// Withdrawn by who filed it.
    Withdrawn,
}

impl Status {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::InReview => "in_review",
            Self::Diaried => "diaried",
            Self::WaitingOnSsaVerification => "waiting_on_ssa_verification",
            Self::Paid => "paid",
            Self::Denied => "denied",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Status {
    /// Whether nothing follows.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Paid | Self::Denied | Self::Withdrawn)
    }
}

impl From<State> for Status {
    fn from(state: State) -> Self {
        match state {
            State::Received => Self::Received,
            State::InReview => Self::InReview,
            State::Diaried(_) => Self::Diaried,
            State::WaitingOnSsaVerification => Self::WaitingOnSsaVerification,
            State::Paid => Self::Paid,
            State::Denied(_) => Self::Denied,
            State::Withdrawn => Self::Withdrawn,
        }
    }
}

/// Some of a list, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The submissions, without advice and decision.
    pub submissions: Vec<Submission>,
    /// Where the list goes on; none at its end.
    pub cursor: Option<String>,
}

/// A form is on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Its number.
    pub confirmation: Confirmation,
    /// The answer.
    pub reply: Reply,
}

/// Why a form was not filed by this call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// It was filed before with the same key and body: the answer of then.
    Replayed(Reply),
    /// The key was used for another body.
    OtherBody,
    /// The same key is being used at this moment.
    InFlight,
    /// Something in it may be on file only once, and is.
    Duplicate(Duplicate),
    /// The user no longer acts for the organization.
    NotLinked,
    /// Larger than an item of the table may be.
    TooLarge,
    /// It is not known whether it was filed; the same attempt may be made again and is answered once.
    Unavailable(StoreError),
}

/// What is on file already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The problem of a second one.
    pub code: &'static Code,
    /// What is unique.
    pub kind: &'static str,
    /// The first one's number, told only to the organization that filed it.
    pub confirmation: Option<Confirmation>,
}

/// What was filed about a person, as that person may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FiledAbout {
    /// Its number.
    pub confirmation: Confirmation,
    /// Which form.
    pub form: Form,
    /// The day of receipt.
    pub received_on: Date,
    /// The organization's provider id.
    pub provider: Box<str>,
    /// The organization's name.
    pub provider_name: Box<str>,
    /// Of a payment request: the payment.
    pub payment: Option<Box<str>>,
    /// Of a payment request: the month claimed.
    pub month: Option<Month>,
    /// Still in process, or paid.
    pub live: bool,
}

impl<'a> NewSubmission<'a> {
    /// What is written about a filing; the decision, its payment and its month are those of its advice.
    ///
    /// # Errors
    /// A payment request of which no work case can be made: without one nobody would ever decide it.
    pub fn of(filing: &'a Filing, receipt: Receipt<'a>, parameters: &Parameters) -> Result<Self, StoreError> {
        let (mut decision, mut asked, mut month, mut work_case) = (None, None, None, None);
        if let Some(Advice::Payment { determination, question, .. }) = filing.advice() {
            decision = Some(Decision { question: json(question), determination: json(determination), shares: None });
            month = Some(question.claim.month);
            asked = Some(question.claim.payment.to_string());
            work_case = Some(Opened::of(filing.document(), &question.claim, &receipt, parameters)?);
        }
        Ok(Self {
            form: filing.form(),
            confirmation: receipt.confirmation,
            submitted_at: receipt.submitted_at,
            received_on: receipt.received_on,
            attempt: receipt.attempt,
            reply: receipt.reply,
            document: filing.document(),
            people: filing.people(),
            keys: filing.keys(),
            intake: filing.intake(),
            acknowledged: filing.warned_of().into_iter().map(str::to_owned).collect(),
            advice: filing.advice().map(json),
            decision,
            payment: asked,
            month,
            work_case,
            notices: receipt.notices,
            rules_version: receipt.rules_version,
            request_id: receipt.request_id,
        })
    }
}

/// The core's own types always make JSON.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Replayed(_) => "It was filed before by the same attempt.",
            Self::OtherBody => "The key was used for another body; use a new one.",
            Self::InFlight => "The same attempt is being made at this moment; wait for its answer.",
            Self::Duplicate(_) => "It is on file already.",
            Self::NotLinked => "The user no longer acts for the organization.",
            Self::TooLarge => "It is larger than can be stored; file it in two parts.",
            Self::Unavailable(_) => "It is not known whether it was filed; make the same attempt again.",
        })
    }
}

impl std::error::Error for FileError {}

impl From<StoreError> for FileError {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(error)
    }
}

impl From<crate::vault::VaultError> for FileError {
    fn from(error: crate::vault::VaultError) -> Self {
        Self::Unavailable(error.into())
    }
}
