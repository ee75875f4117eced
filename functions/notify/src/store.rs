//! The outbox of the one table.

use crate::ledger::{EntryKey, LedgerError, OutboxLedger};
use jiff::Timestamp;
use ttw_portal::outbox::{Mail, Outbox};
use ttw_portal::store::{KeySettings, Store, StoreError, StoreSettings};

/// The outbox of the table that `TTW_TABLE` names. No mail needs a key, and nothing is connected yet.
///
/// # Errors
/// A sentence if the setting is missing.
pub fn store_outbox() -> Result<Store, Vec<String>> {
    let table = std::env::var("TTW_TABLE").ok().filter(|table| !table.is_empty());
    let table = table.ok_or_else(|| vec!["TTW_TABLE is not set; give it the name of the table.".to_owned()])?;
    Store::from_settings(&StoreSettings { table, keys: KeySettings::None }).map_err(|problem| vec![problem])
}

impl OutboxLedger for Store {
    async fn undelivered(&self, before: Timestamp, limit: usize) -> Result<Vec<Outbox>, LedgerError> {
        Self::undelivered(self, before, limit).await.map_err(|error| ledger_error(&error))
    }

    async fn current(&self, key: &EntryKey) -> Result<Option<Outbox>, LedgerError> {
        self.outbox(&key.submitted_at, &key.confirmation).await.map_err(|error| ledger_error(&error))
    }

    async fn mark_sent(&self, outbox: &Outbox, mail: Mail, at: Timestamp) -> Result<(), LedgerError> {
        Self::mark_sent(self, outbox, mail, at).await.map_err(|error| ledger_error(&error))
    }

    async fn mark_refused(&self, outbox: &Outbox, mail: Mail, at: Timestamp) -> Result<(), LedgerError> {
        Self::mark_refused(self, outbox, mail, at).await.map_err(|error| ledger_error(&error))
    }
}

const fn ledger_error(error: &StoreError) -> LedgerError {
    match error {
        StoreError::Newer | StoreError::Damaged(_) | StoreError::Record(_) | StoreError::TooLarge => {
            LedgerError::Unreadable
        }
        _ => LedgerError::Unavailable,
    }
}
