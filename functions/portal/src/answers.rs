//! The answers of the forms' routes, as they are written and as the OpenAPI document describes them.

use crate::progress::Progress;
use crate::schema::claim::ClaimStatus;
use serde::Serialize;
use serde_json::value::RawValue;
use ttw_core::Problem;
use utoipa::ToSchema;

/// A form that was reviewed: nothing is wrong with it, nothing has been stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct Review {
    /// Which form.
    #[schema(examples("payment_request"))]
    pub form: &'static str,
    /// The form in its normal shape, locked: what `submit` with the token below will store. Numbers of people are masked.
    #[schema(value_type = Object)]
    pub document: Box<RawValue>,
    /// What is unlikely but possible: a submission acknowledges each by its code.
    #[schema(value_type = Vec<crate::problem::schema::ErrorBody>)]
    pub warnings: Vec<Problem>,
    /// What will probably become of it, and why.
    #[schema(value_type = Option<Object>)]
    pub advice: Option<Box<RawValue>>,
    /// Proof that this form was shown to this user; good for a day, for this form alone.
    pub review_token: String,
    /// The rules by which it was checked.
    #[schema(examples("2026.1"))]
    pub rules_version: String,
}

/// A form that was submitted: who, when, which form, under which number.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Confirmation)]
pub struct Confirmed {
    /// The confirmation number; of a payment request it is the work case number. It holds no personal data.
    #[schema(pattern = "^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$")]
    pub confirmation: String,
    /// Which form.
    #[schema(examples("payment_request"))]
    pub form: String,
    /// The form's name.
    #[schema(examples("Payment Request"))]
    pub form_name: String,
    /// When, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    pub submitted_at: String,
    /// The day of the request in Eastern time.
    #[schema(format = Date)]
    pub date_of_request: String,
    /// Who.
    pub submitted_by: Submitter,
    /// For whom.
    pub organization: OrganizationName,
    /// How many people the form concerns.
    pub beneficiaries: usize,
    /// The warnings that were acknowledged, by code.
    pub acknowledged_warnings: Vec<String>,
    /// What will probably become of it, and why.
    #[schema(value_type = Option<Object>)]
    pub advice: Option<Box<RawValue>>,
    /// The rules by which it was checked.
    #[schema(examples("2026.1"))]
    pub rules_version: String,
}

/// Who submitted.
#[derive(Debug, Serialize, ToSchema)]
pub struct Submitter {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
}

/// For whom it was submitted.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganizationName {
    /// Employer Identification Number.
    #[schema(pattern = "^[0-9]{2}-[0-9]{7}$")]
    pub ein: String,
    /// Name.
    pub name: String,
}

/// Submissions of one form, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Submissions {
    /// One page of them.
    pub items: Vec<SubmissionLine>,
    /// Where the next page begins; none on the last one.
    pub next_cursor: Option<String>,
}

/// One submission in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionLine {
    /// The confirmation number.
    pub confirmation: String,
    /// Which form.
    pub form: String,
    /// When, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    pub submitted_at: String,
    /// The day of the request in Eastern time, as its confirmation has it.
    #[schema(format = Date)]
    pub date_of_request: String,
    /// Who.
    pub submitted_by: Submitter,
    /// Where it stands.
    #[schema(value_type = ClaimStatus)]
    pub status: String,
    /// How many people it concerns.
    pub beneficiaries: usize,
    /// Of a form about one person: the number, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("***-**-1234"))]
    pub ssn: Option<String>,
    /// Of a payment request: the payment that was asked for; once it is paid, with its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("p1m2"))]
    pub payment: Option<String>,
    /// Of a payment request: the month claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("2026-06"))]
    pub month: Option<String>,
}

/// One submission.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionView {
    /// The confirmation number.
    pub confirmation: String,
    /// Which form.
    pub form: String,
    /// The form's name.
    pub form_name: String,
    /// When, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    pub submitted_at: String,
    /// The day of the request in Eastern time, as its confirmation has it.
    #[schema(format = Date)]
    pub date_of_request: String,
    /// Who.
    pub submitted_by: Submitter,
    /// Where it stands.
    #[schema(value_type = ClaimStatus)]
    pub status: String,
    /// How many people it concerns.
    pub beneficiaries: usize,
    /// The form as it was shown and stored; numbers of people are masked.
    #[schema(value_type = Object)]
    pub document: Box<RawValue>,
    /// The advice given with the confirmation.
    #[schema(value_type = Option<Object>)]
    pub advice: Option<Box<RawValue>>,
    /// The warnings that were acknowledged, by code.
    pub acknowledged_warnings: Vec<String>,
    /// Of a payment request: the steps so far, the clocks that run, what is waited for, when it will be decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub progress: Option<Progress>,
    /// The rules by which it was checked.
    pub rules_version: String,
}

/// The option lists of a form.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormOptions {
    /// Which form.
    pub form: &'static str,
    /// How many empty rows the form opens with; none where it has no rows.
    pub default_rows: Option<u8>,
    /// The most rows; none where it has no rows.
    pub max_rows: Option<u16>,
    /// The lists.
    pub lists: Vec<OptionListView>,
    /// Rules and parameters.
    pub rules_version: String,
}

/// One list.
#[derive(Debug, Serialize, ToSchema)]
pub struct OptionListView {
    /// Its name.
    #[schema(examples("services"))]
    pub name: String,
    /// Its version.
    #[schema(examples("2026.1"))]
    pub version: String,
    /// Where it comes from.
    pub source: String,
    /// Its choices, in the order in which they are offered.
    pub choices: Vec<ChoiceView>,
}

/// One choice.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChoiceView {
    /// The word on the wire.
    #[schema(examples("job_coaching"))]
    pub code: String,
    /// What people read.
    #[schema(examples("Job coaching"))]
    pub label: String,
    /// What it stands for, a sentence each, where the label does not say it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub text: Vec<String>,
}
