//! The Lambda function `sweep`: mail that the stream missed.
//!
//! On a schedule it looks for entries of the outbox that have waited for some minutes, and delivers them as `notify` does. An entry is
//! read anew before anything is sent, so that a second run finds nothing left to do.

mod settings;

pub use settings::SweepSettings;

use jiff::Timestamp;
use lambda_runtime::tracing::info;
use notify::{EntryKey, LedgerError, OutboxLedger, Outcome, Post, Report};
use serde::Serialize;
use std::process::ExitCode;
use std::sync::Arc;
use ttw_portal::telemetry::TARGET;

/// What one run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Entries that waited.
    pub entries: usize,
    /// Mails handed over.
    pub sent: usize,
    /// Mails given up.
    pub refused: usize,
    /// Mails still waited for, and entries that could not be read.
    pub failed: usize,
    /// Whether the run's limit was reached, so that there may be more.
    pub more: bool,
}

/// Delivers the entries that have waited for longer than the settings say.
///
/// # Errors
/// When the outbox cannot be asked what waits.
pub async fn run<L: OutboxLedger>(
    post: &Arc<Post>,
    ledger: &Arc<L>,
    settings: SweepSettings,
    now: Timestamp,
) -> Result<Summary, LedgerError> {
    let before = now.checked_sub(settings.after).unwrap_or(Timestamp::MIN);
    let waiting = ledger.undelivered(before, settings.limit).await?;
    let keys: Vec<EntryKey> = waiting.iter().take(settings.limit).map(EntryKey::of).collect();
    let mut summary = Summary { entries: keys.len(), more: keys.len() == settings.limit, ..Summary::default() };
    for answer in post.deliver_all(ledger, keys, now).await {
        match answer {
            Ok(report) => report.into_iter().for_each(|report| summary.count(&report)),
            Err(_) => summary.failed += 1,
        }
    }
    Ok(summary)
}

impl Summary {
    fn count(&mut self, report: &Report) {
        for outcome in [&report.confirmation, &report.intake] {
            match outcome {
                Outcome::NotAwaited => {}
                Outcome::Sent => self.sent += 1,
                Outcome::Refused(_) => self.refused += 1,
                Outcome::Failed(_) => self.failed += 1,
            }
        }
    }
}

/// Answers scheduled events until the runtime stops.
pub async fn start<L: OutboxLedger>(open: impl FnOnce() -> Result<L, Vec<String>>) -> ExitCode {
    let settings = SweepSettings::from_env();
    // The problems of these settings are said with those of mail and outbox.
    let open_all = || match (open(), &settings) {
        (Ok(ledger), Ok(_)) => Ok(ledger),
        (ledger, settings) => Err(settings.clone().err().into_iter().chain(ledger.err()).flatten().collect()),
    };
    let settings = settings.clone().unwrap_or_default();
    let sweep = |post: Arc<Post>, ledger: Arc<L>| async move {
        let summary = run(&post, &ledger, settings, Timestamp::now()).await?;
        let Summary { entries, sent, refused, failed, more } = summary;
        info!(target: TARGET, entries, sent, refused, failed, more, "sweep");
        Ok(summary)
    };
    notify::answer(open_all, |post, ledger, _event| Box::pin(sweep(post, ledger))).await
}
