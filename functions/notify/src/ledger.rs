//! Where the outbox is kept, as far as delivery needs it.

use jiff::Timestamp;
use std::fmt;
use ttw_portal::outbox::{Mail, Outbox};

/// Why the outbox did not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerError {
    /// It cannot be reached at present.
    Unavailable,
    /// The entry is not one of an outbox.
    Unreadable,
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unavailable => "The outbox cannot be reached; try again later.",
            Self::Unreadable => "The entry cannot be read as one of the outbox; look at it in the table.",
        })
    }
}

impl std::error::Error for LedgerError {}

/// What finds an entry: the sort key of its item is the two with a `#` between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryKey {
    /// When it was submitted, as its outbox entry says.
    pub submitted_at: String,
    /// Its confirmation number.
    pub confirmation: String,
}

impl EntryKey {
    /// Of an entry.
    #[must_use]
    pub fn of(outbox: &Outbox) -> Self {
        Self { submitted_at: outbox.submitted_at.clone(), confirmation: outbox.confirmation.clone() }
    }

    /// Of the sort key of an item.
    #[must_use]
    pub fn of_sort_key(sort: &str) -> Option<Self> {
        let (submitted_at, confirmation) = sort.split_once('#')?;
        let given = !submitted_at.is_empty() && !confirmation.is_empty();
        given.then(|| Self { submitted_at: submitted_at.to_owned(), confirmation: confirmation.to_owned() })
    }
}

/// The outbox of the store.
pub trait OutboxLedger: Send + Sync + 'static {
    /// Entries submitted before a time that wait for a mail, at most `limit`.
    fn undelivered(
        &self,
        before: Timestamp,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Outbox>, LedgerError>> + Send;

    /// The entry as it stands now, read consistently; none when it is gone.
    fn current(&self, key: &EntryKey) -> impl Future<Output = Result<Option<Outbox>, LedgerError>> + Send;

    /// Notes that a mail was handed over.
    fn mark_sent(
        &self,
        outbox: &Outbox,
        mail: Mail,
        at: Timestamp,
    ) -> impl Future<Output = Result<(), LedgerError>> + Send;

    /// Notes that a mail was given up: it is no longer waited for, and was not sent.
    fn mark_refused(
        &self,
        outbox: &Outbox,
        mail: Mail,
        at: Timestamp,
    ) -> impl Future<Output = Result<(), LedgerError>> + Send;
}
