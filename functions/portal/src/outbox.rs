//! What is still to be mailed about a submission.

use serde::{Deserialize, Serialize};

/// One submission's mails: the confirmation to the submitter, and the intake mail to the program manager.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox {
    /// The confirmation number. It makes the Message-ID of both mails.
    pub confirmation: String,
    /// The form's word, such as `payment_request`.
    pub form: String,
    /// The form's name, such as `Payment Request`.
    pub form_name: String,
    /// When it was submitted, RFC 3339 in UTC.
    pub submitted_at: String,
    /// The submitter.
    pub submitter_name: String,
    /// The submitter's title.
    pub submitter_title: String,
    /// Where the confirmation goes.
    pub submitter_email: String,
    /// The organization's EIN, nine digits.
    pub ein: String,
    /// The organization's name.
    pub en_name: String,
    /// How many beneficiaries the form concerns.
    pub beneficiaries: usize,
    /// The rules by which it was checked.
    pub rules_version: String,
    /// The id of the request that submitted it.
    pub request_id: String,
    /// The table of the intake mail; a person is shown by the last four digits.
    pub intake: IntakeTable,
    /// When the confirmation was handed over, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation_sent_at: Option<String>,
    /// When the intake mail was handed over, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake_sent_at: Option<String>,
    /// When the confirmation was given up, RFC 3339: its address takes no mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation_refused_at: Option<String>,
    /// When the intake mail was given up, RFC 3339: it cannot be written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake_refused_at: Option<String>,
}

/// The table of the intake mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeTable {
    /// Above the table.
    pub heading: String,
    /// Titles of the columns.
    pub columns: Vec<String>,
    /// Rows of cells.
    pub rows: Vec<Vec<String>>,
}
