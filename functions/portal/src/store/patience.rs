//! How often and how long something is tried again.

use aws_lc_rs::rand;
use std::time::{Duration, Instant};

const TRIES: u32 = 8;
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(640);
const ALTOGETHER: Duration = Duration::from_secs(12);

/// A few tries within a few seconds, with pauses of random length that grow.
pub(super) struct Patience {
    tried: u32,
    since: Instant,
}

impl Patience {
    pub fn new() -> Self {
        Self { tried: 0, since: Instant::now() }
    }

    /// Waits before the next try; false when there is none.
    pub async fn again(&mut self) -> bool {
        self.tried += 1;
        if self.tried >= TRIES || self.since.elapsed() >= ALTOGETHER {
            return false;
        }
        let most = (FIRST_PAUSE * 2_u32.saturating_pow(self.tried - 1)).min(LONGEST_PAUSE);
        let mut chance = [0; 2];
        // Without chance the pause is the longest: still a pause.
        let part = rand::fill(&mut chance).map_or(u16::MAX, |()| u16::from_be_bytes(chance));
        tokio::time::sleep(most.mul_f64(f64::from(part) / f64::from(u16::MAX))).await;
        true
    }
}
