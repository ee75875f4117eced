//! Settings of the sweep from the environment.

use jiff::SignedDuration;

const DEFAULT_MINUTES: i64 = 5;
const MOST_MINUTES: i64 = 24 * 60;
const DEFAULT_LIMIT: usize = 100;
const HIGHEST_LIMIT: usize = 1_000;

/// Which entries a run takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SweepSettings {
    /// `TTW_SWEEP_AFTER_MINUTES`: for how long an entry is left to the stream.
    pub after: SignedDuration,
    /// `TTW_SWEEP_LIMIT`: how many entries one run takes at most.
    pub limit: usize,
}

impl Default for SweepSettings {
    fn default() -> Self {
        Self { after: SignedDuration::from_mins(DEFAULT_MINUTES), limit: DEFAULT_LIMIT }
    }
}

impl SweepSettings {
    /// The settings of this process.
    ///
    /// # Errors
    /// A sentence for each that cannot be used.
    pub fn from_env() -> Result<Self, Vec<String>> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// The settings by a function that looks them up.
    ///
    /// # Errors
    /// A sentence for each that cannot be used.
    pub fn read(look_up: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let given = |name: &str| look_up(name).filter(|value| !value.trim().is_empty());
        let mut settings = Self::default();
        let mut problems = Vec::new();
        if let Some(minutes) = given("TTW_SWEEP_AFTER_MINUTES") {
            match minutes.trim().parse() {
                Ok(minutes @ 1..=MOST_MINUTES) => settings.after = SignedDuration::from_mins(minutes),
                _ => problems.push("TTW_SWEEP_AFTER_MINUTES is not a number from 1 to 1440; write one.".to_owned()),
            }
        }
        if let Some(limit) = given("TTW_SWEEP_LIMIT") {
            match limit.trim().parse() {
                Ok(limit @ 1..=HIGHEST_LIMIT) => settings.limit = limit,
                _ => problems.push("TTW_SWEEP_LIMIT is not a number from 1 to 1000; write one.".to_owned()),
            }
        }
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }
}
