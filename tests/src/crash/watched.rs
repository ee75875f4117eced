//! The outbox, watched on both sides of each mail.

use super::{Executioner, Point};
use jiff::Timestamp;
use notify::{EntryKey, LedgerError, Mail, OutboxLedger};
use ttw_portal::outbox::Outbox;
use ttw_portal::store::Store;

/// The outbox of a store; the executioner looks on.
#[derive(Debug)]
pub struct Watched {
    /// The store.
    pub store: Store,
    /// Who looks on.
    pub executioner: Executioner,
}

impl OutboxLedger for Watched {
    async fn undelivered(&self, before: Timestamp, limit: usize) -> Result<Vec<Outbox>, LedgerError> {
        OutboxLedger::undelivered(&self.store, before, limit).await
    }

    async fn current(&self, key: &EntryKey) -> Result<Option<Outbox>, LedgerError> {
        let current = OutboxLedger::current(&self.store, key).await?;
        if current.as_ref().is_some_and(|outbox| Mail::Confirmation.is_awaited(outbox)) {
            self.executioner.reached(Point::BeforeConfirmationMail);
        }
        Ok(current)
    }

    async fn mark_sent(&self, outbox: &Outbox, mail: Mail, at: Timestamp) -> Result<(), LedgerError> {
        let (before, after) = match mail {
            Mail::Confirmation => (Point::ConfirmationUnmarked, Point::BetweenMails),
            // Nobody shares a payment here.
            Mail::Intake | Mail::SplitNotice(_) => (Point::IntakeUnmarked, Point::AfterMails),
        };
        self.executioner.reached(before);
        OutboxLedger::mark_sent(&self.store, outbox, mail, at).await?;
        self.executioner.reached(after);
        Ok(())
    }

    async fn mark_refused(&self, outbox: &Outbox, mail: Mail, at: Timestamp) -> Result<(), LedgerError> {
        OutboxLedger::mark_refused(&self.store, outbox, mail, at).await
    }
}
