//! What is still to be mailed about a submission.

use serde::{Deserialize, Serialize};

/// One submission's mails: the confirmation to the submitter, the intake mail to the program manager, and a notice to each provider
/// who may share the payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox {
    /// The confirmation number. It makes the Message-ID of every mail.
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
    /// Notices of a possible split payment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
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

/// What one person of a provider is told of a payment that several providers may share (SPL-02).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its own number, which makes its Message-ID: the confirmation number is told to nobody but who filed the request.
    pub number: String,
    /// The person's name.
    pub name: String,
    /// Where it goes.
    pub email: String,
    /// The person's organization.
    pub en_name: String,
    /// The ticket's id.
    pub ticket: String,
    /// The payment asked for, such as `p1m2`.
    pub payment: String,
    /// The month claimed, such as `2026-05`.
    pub month: String,
    /// When it was handed over, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<String>,
    /// When it was given up, RFC 3339: its address takes no mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused_at: Option<String>,
}

/// One mail of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mail {
    /// To the submitter.
    Confirmation,
    /// To the program manager.
    Intake,
    /// To a provider who may share the payment, by its place among the notices.
    SplitNotice(usize),
}

impl Mail {
    /// All mails of an entry, in the order in which they are sent.
    pub fn of(outbox: &Outbox) -> impl Iterator<Item = Self> + use<> {
        [Self::Confirmation, Self::Intake].into_iter().chain((0..outbox.notices.len()).map(Self::SplitNotice))
    }

    /// The word in logs and Message-IDs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Intake => "intake",
            Self::SplitNotice(_) => "split",
        }
    }

    /// Whether an entry still waits for this mail: it was neither handed over nor given up.
    #[must_use]
    pub fn is_awaited(self, outbox: &Outbox) -> bool {
        let (sent, refused) = match self {
            Self::Confirmation => (&outbox.confirmation_sent_at, &outbox.confirmation_refused_at),
            Self::Intake => (&outbox.intake_sent_at, &outbox.intake_refused_at),
            Self::SplitNotice(place) => match outbox.notices.get(place) {
                Some(notice) => (&notice.sent_at, &notice.refused_at),
                None => return false,
            },
        };
        sent.is_none() && refused.is_none()
    }
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
