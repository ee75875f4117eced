//! What became of mail.

/// What became of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was sent or given up earlier.
    NotAwaited,
    /// It was handed over and marked.
    Sent,
    /// It will never be taken; it was given up and marked so.
    Refused(String),
    /// It is still waited for: it was not handed over, or could not be marked.
    Failed(String),
}

/// What became of an entry's mails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// One for each mail, in the order of [`Mail::of`](crate::Mail::of).
    pub mails: Vec<Outcome>,
}

impl Report {
    /// Whether nothing of the entry is waited for any longer.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        !self.mails.iter().any(|outcome| matches!(outcome, Outcome::Failed(_)))
    }
}
