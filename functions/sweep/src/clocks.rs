//! The clocks of open claims: what they have done by a day is entered.
//!
//! A step of a clock is entered on the day on which the clock ran out, so that it does not matter how often, or how late, this runs. It
//! is entered when that day is over: what arrived in time may still be told on it.

use jiff::Timestamp;
use lambda_runtime::tracing::warn;
use serde::Serialize;
use std::collections::HashSet;
use ttw_core::Engine;
use ttw_portal::clock::eastern_day;
use ttw_portal::store::{Store, StoreError};
use ttw_portal::telemetry::TARGET;

/// What one run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Clocks {
    /// Claims of which a clock had run out.
    pub claims: usize,
    /// Steps entered.
    pub steps: usize,
    /// Claims whose clocks have to wait for the next run.
    pub claims_failed: usize,
}

/// Enters what the clocks of open claims have done by the end of yesterday, for as many claims as the settings say; those that cannot be
/// entered do not count.
///
/// # Errors
/// When the table cannot be asked which those are.
pub async fn run_clocks(store: &Store, engine: &Engine, limit: usize, now: Timestamp) -> Result<Clocks, StoreError> {
    let Ok(over) = eastern_day(now).yesterday() else { return Ok(Clocks::default()) };
    let (mut clocks, mut stuck) = (Clocks::default(), HashSet::new());
    loop {
        // What is entered leaves the list; what cannot be must not keep the others from it.
        let numbers = store.clocks_run_out(over, limit.saturating_add(stuck.len())).await?;
        let room = limit.saturating_sub(clocks.claims.saturating_sub(stuck.len()));
        let new: Vec<_> = numbers.into_iter().filter(|number| !stuck.contains(number)).take(room).collect();
        if new.is_empty() || stuck.len() > limit {
            return Ok(clocks);
        }
        for number in new {
            clocks.claims += 1;
            match store.run_clocks(engine, &number, over, now).await {
                Ok(steps) => clocks.steps += steps,
                Err(error) => {
                    clocks.claims_failed += 1;
                    warn!(target: TARGET, %number, %error, "the clocks of a claim cannot be entered");
                    stuck.insert(number);
                }
            }
        }
    }
}
