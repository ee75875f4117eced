//! The Lambda function `sweep`: the clocks of open claims, and mail that the stream missed.
//!
//! Clocks: see [`run_clocks`].
//!
//! On a schedule it looks for entries of the outbox that have waited for some minutes, and delivers them as `notify` does. An entry is
//! read anew before anything is sent, so that a second run finds nothing left to do.

mod clocks;
mod settings;

pub use clocks::{Clocks, run_clocks};
pub use settings::SweepSettings;

use jiff::Timestamp;
use lambda_runtime::tracing::info;
use notify::{EntryKey, LedgerError, OutboxLedger, Outcome, Post, Report};
use serde::Serialize;
use std::process::ExitCode;
use std::sync::Arc;
use ttw_portal::store::Store;
use ttw_portal::telemetry::{TARGET, left_undone};
use ttw_portal::{Rules, Settings};

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
        for outcome in &report.mails {
            match outcome {
                Outcome::NotAwaited => {}
                Outcome::Sent => self.sent += 1,
                Outcome::Refused(_) => self.refused += 1,
                Outcome::Failed(_) => self.failed += 1,
            }
        }
    }
}

/// What one run did, all in all.
#[derive(Debug, Serialize)]
struct Swept {
    #[serde(flatten)]
    mail: Summary,
    #[serde(flatten)]
    clocks: Clocks,
}

/// Answers scheduled events until the runtime stops.
pub async fn start(open: impl FnOnce() -> Result<Store, Vec<String>>) -> ExitCode {
    let settings = SweepSettings::from_env();
    let rules = Settings::from_env().and_then(|settings| Rules::of(&settings));
    // The problems of these settings are said with those of mail and outbox.
    let open_all = || match (open(), &settings, &rules) {
        (Ok(ledger), Ok(_), Ok(_)) => Ok(ledger),
        (ledger, settings, rules) => {
            let problems = [ledger.err(), settings.clone().err(), rules.as_ref().err().cloned()];
            Err(problems.into_iter().flatten().flatten().collect())
        }
    };
    let (settings, rules) = (settings.clone().unwrap_or_default(), rules.as_ref().ok());
    let sweep = |post: Arc<Post>, ledger: Arc<Store>| async move {
        let now = Timestamp::now();
        // A table that does not answer is told after the mail was tried too.
        let clocks = match rules {
            Some(rules) => run_clocks(&ledger, rules.engine(), settings.limit, now).await,
            None => Ok(Clocks::default()),
        };
        let mail = run(&post, &ledger, settings, now).await?;
        let swept = Swept { mail, clocks: clocks? };
        let Summary { entries, sent, refused, failed, more } = mail;
        let Clocks { claims, steps, claims_failed } = swept.clocks;
        info!(target: TARGET, entries, sent, refused, failed, more, claims, steps, claims_failed, "sweep");
        if let Ok(function) = std::env::var("AWS_LAMBDA_FUNCTION_NAME") {
            left_undone(&function, u64::try_from(failed.saturating_add(claims_failed)).unwrap_or(u64::MAX));
        }
        Ok(swept)
    };
    notify::answer(open_all, |post, ledger, _event| Box::pin(sweep(post, ledger))).await
}
