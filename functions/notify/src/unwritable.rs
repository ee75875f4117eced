//! Why there is no mail.

use std::fmt;

/// Why a mail cannot be written. No repeat will change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwritable {
    /// The submitter's or the provider's address is not one.
    Address,
    /// The number is not made of letters, digits and hyphens.
    Confirmation,
    /// The time of submission is not one.
    SubmittedAt,
    /// A template or the message's form failed.
    Template,
}

impl Unwritable {
    /// The word in logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address_unreadable",
            Self::Confirmation => "confirmation_unreadable",
            Self::SubmittedAt => "submitted_at_unreadable",
            Self::Template => "template_failed",
        }
    }
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::error::Error for Unwritable {}
