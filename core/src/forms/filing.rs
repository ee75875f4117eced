//! A form with nothing wrong: the only thing that may be filed.

use super::Form;
use super::progress_review::outlook::Outlook;
use crate::decision::Determination;
use crate::domain::{PaymentName, Ssn};
use crate::problem::Problem;
use crate::read::Question;
use serde::Serialize;

/// A checked form. Only [`Desk::check`](super::Desk::check) makes one.
#[derive(Debug)]
pub struct Filing {
    pub(super) form: Form,
    pub(super) document: String,
    pub(super) people: Vec<Ssn>,
    pub(super) warnings: Vec<Problem>,
    pub(super) acknowledged: Vec<Box<str>>,
    pub(super) keys: Vec<NaturalKey>,
    pub(super) intake: Intake,
    pub(super) advice: Option<Advice>,
}

/// What a form's checks hand over when nothing is wrong.
#[derive(Debug)]
pub(crate) struct Checked {
    /// The form in its normal shape, as JSON; numbers of people masked.
    pub document: String,
    /// What may be on file only once.
    pub keys: Vec<NaturalKey>,
    /// The table of the intake mail.
    pub intake: Intake,
    /// What will probably become of it.
    pub advice: Option<Advice>,
}

/// Something that may be on file only once while it is live, such as a claim of one person for one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NaturalKey {
    /// What is unique.
    pub kind: &'static str,
    /// Whose, by the place among [`Filing::people`].
    pub person: usize,
    /// The rest of the key. It holds no number of anybody.
    pub value: String,
    /// The problem of a second one.
    pub code: &'static crate::problem::Code,
}

/// The table of the mail to the program manager.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Intake {
    /// Above the table.
    pub heading: &'static str,
    /// Titles of the columns.
    pub columns: Vec<&'static str>,
    /// Rows of cells. A person is shown by the last four digits.
    pub rows: Vec<Vec<String>>,
}

/// What will probably become of a form, and why. It is never a reason to refuse it.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Advice {
    /// Of a payment request.
    Payment {
        /// In a word.
        likely: Likely,
        /// In a sentence.
        text: String,
        /// The determination on the facts on file.
        determination: Box<Determination>,
        /// The payment with its number, which a request may leave open.
        #[serde(skip)]
        payment: PaymentName,
        /// The facts it saw, so that it can be replayed.
        #[serde(skip)]
        question: Box<Question>,
        /// The providers who may share the payment and have not agreed how (SPL-02); none where only one had the ticket.
        #[serde(skip)]
        sharers: Vec<Box<str>>,
    },
    /// Of a progress review: one entry for each person, in the order of the form.
    Progress {
        /// The entries.
        people: Vec<Outlook>,
    },
    /// Of an earnings inquiry: which calendar quarters can be asked about.
    Quarters {
        /// Oldest first, such as `2026-Q1`.
        available_quarters: Vec<String>,
    },
}

/// The three answers of an advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Likely {
    /// The facts on file make it payable.
    Payable,
    /// The facts on file bar it.
    Denied,
    /// A fact is missing.
    CannotTell,
}

impl Filing {
    /// Which form.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The form in its normal shape, as JSON; numbers of people masked.
    #[must_use]
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The people it concerns, in the order of the form.
    #[must_use]
    pub fn people(&self) -> &[Ssn] {
        &self.people
    }

    /// What is unlikely but possible, each to be acknowledged by its code.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// The codes of the warnings, each once.
    #[must_use]
    pub fn warned_of(&self) -> Vec<&'static str> {
        let mut codes = Vec::new();
        for warning in &self.warnings {
            if !codes.contains(&warning.code) {
                codes.push(warning.code);
            }
        }
        codes
    }

    /// The warnings whose code the draft does not acknowledge.
    #[must_use]
    pub fn unacknowledged(&self) -> Vec<Problem> {
        let known = |warning: &&Problem| !self.acknowledged.iter().any(|code| **code == *warning.code);
        self.warnings.iter().filter(known).cloned().collect()
    }

    /// What may be on file only once.
    #[must_use]
    pub fn keys(&self) -> &[NaturalKey] {
        &self.keys
    }

    /// The table of the mail to the program manager.
    #[must_use]
    pub const fn intake(&self) -> &Intake {
        &self.intake
    }

    /// What will probably become of it.
    #[must_use]
    pub const fn advice(&self) -> Option<&Advice> {
        self.advice.as_ref()
    }
}
