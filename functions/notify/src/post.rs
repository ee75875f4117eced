//! Delivery: whatever an entry waits for is written, handed over and marked.

use crate::ledger::{EntryKey, LedgerError, OutboxLedger};
use crate::letter::Stationery;
use crate::log;
use crate::outcome::{Outcome, Report};
use crate::settings::MailSettings;
use crate::transport::{Failure, Transport};
use jiff::Timestamp;
use std::sync::Arc;
use tokio::task::JoinSet;
use ttw_portal::outbox::{Mail, Outbox};

/// Entries under way at once.
const AT_ONCE: usize = 8;

/// Writes mails and hands them over.
#[derive(Debug)]
pub struct Post {
    stationery: Stationery,
    transport: Transport,
}

impl Post {
    /// By the settings.
    #[must_use]
    pub fn new(settings: MailSettings) -> Self {
        let MailSettings { from, intake_to, domain, transport } = settings;
        Self { stationery: Stationery::new(from, intake_to, domain), transport }
    }

    /// Sends what an entry waits for, each mail once, and marks each as soon as it was handed over. One that fails does not stop the
    /// others.
    pub async fn deliver<L: OutboxLedger>(&self, ledger: &L, outbox: &Outbox, now: Timestamp) -> Report {
        let mut mails = Vec::new();
        for mail in Mail::of(outbox) {
            mails.push(self.deliver_one(ledger, outbox, mail, now).await);
        }
        Report { mails }
    }

    async fn deliver_one<L: OutboxLedger>(&self, ledger: &L, outbox: &Outbox, mail: Mail, now: Timestamp) -> Outcome {
        if !mail.is_awaited(outbox) {
            return Outcome::NotAwaited;
        }
        let (marked, outcome) = match self.send(outbox, mail).await {
            Ok(()) => (ledger.mark_sent(outbox, mail, now).await, Outcome::Sent),
            Err(Failure::Permanent(why)) => (ledger.mark_refused(outbox, mail, now).await, Outcome::Refused(why)),
            Err(Failure::Transient(why)) => (Ok(()), Outcome::Failed(why)),
        };
        let outcome = marked.map_or_else(|_| Outcome::Failed("not_marked".to_owned()), |()| outcome);
        log::mail(outbox, mail, &outcome);
        outcome
    }

    async fn send(&self, outbox: &Outbox, mail: Mail) -> Result<(), Failure> {
        let letter = self
            .stationery
            .write(mail, outbox)
            .map_err(|unwritable| Failure::Permanent(unwritable.as_str().to_owned()))?;
        match (mail, self.transport.send(&letter).await) {
            // The program manager's address is a setting: it is mended there, and no intake mail is given up for it.
            (Mail::Intake, Err(Failure::Permanent(why))) => Err(Failure::Transient(why)),
            (_, handed_over) => handed_over,
        }
    }

    /// Delivers entries as they stand now, some at once. The answers are in the order of the keys; none is an entry that is gone.
    pub async fn deliver_all<L: OutboxLedger>(
        self: &Arc<Self>,
        ledger: &Arc<L>,
        keys: Vec<EntryKey>,
        now: Timestamp,
    ) -> Vec<Result<Option<Report>, LedgerError>> {
        // What breaks off without an answer has failed.
        let mut answers: Vec<_> = keys.iter().map(|_| Err(LedgerError::Unavailable)).collect();
        let mut under_way = JoinSet::new();
        let mut waiting = keys.into_iter().enumerate();
        loop {
            while under_way.len() < AT_ONCE
                && let Some((place, key)) = waiting.next()
            {
                let (post, ledger) = (Arc::clone(self), Arc::clone(ledger));
                under_way.spawn(async move { (place, post.deliver_current(ledger.as_ref(), &key, now).await) });
            }
            let Some(done) = under_way.join_next().await else { break };
            if let Ok((place, answer)) = done
                && let Some(slot) = answers.get_mut(place)
            {
                *slot = answer;
            }
        }
        answers
    }

    /// The stream tells of an entry as it once was, and again after every failure in its batch: what is sent is read anew.
    async fn deliver_current<L: OutboxLedger>(
        &self,
        ledger: &L,
        key: &EntryKey,
        now: Timestamp,
    ) -> Result<Option<Report>, LedgerError> {
        match ledger.current(key).await {
            Ok(Some(outbox)) => Ok(Some(self.deliver(ledger, &outbox, now).await)),
            Ok(None) => Ok(None),
            Err(error) => {
                log::entry(if error == LedgerError::Unreadable { "entry_unreadable" } else { "outbox_unavailable" });
                Err(error)
            }
        }
    }
}
