//! A simulated year: claims of a synthetic world on the real store, day by day, on a clock that only the year moves.
//!
//! Employment Networks file, evidence comes in time, late, illegible or never, the program manager works the queue and is sometimes away, the
//! sweep runs daily, twice, or not for days, and what is on file changes after it was decided on. After every step and every day
//! the [`checks`] hold, or the year ends with a [`Breach`] that names claim, day and seed. The same seed gives the same trace.

pub mod checks;
mod dice;
mod errands;
mod filing;
mod looking;
mod manager;
mod office;
mod records;
mod recovery;
mod trace;

use checks::Seen;
use dice::Dice;
use errands::Errand;
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use office::Office;
use records::Holder;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::Path;
use trace::Trace;
use ttw_portal::store::Confirmation;

/// The first day.
pub const FIRST: Date = date(2025, 1, 2);
/// The last day.
pub const LAST: Date = date(2025, 12, 31);

/// What is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Everything that happens follows from it.
    pub seed: u64,
    /// How many claims are filed.
    pub claims: usize,
    /// The last day: that of the year, or an earlier one.
    pub last: Date,
}

/// What became of it.
#[derive(Debug, Clone)]
pub struct Story {
    /// How often each kind of thing happened.
    pub tally: BTreeMap<&'static str, usize>,
    /// SHA-256 over the lines of the trace, in hexadecimal.
    pub hash: String,
    /// How many lines it has.
    pub lines: usize,
    /// Every claim as it ended.
    pub claims: Vec<Seen>,
}

/// Something that must hold did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The claim, by its place in the order of filing; none where it is of the whole store.
    pub claim: Option<usize>,
    /// The day.
    pub day: Date,
    /// The seed of the year.
    pub seed: u64,
    /// What did not hold.
    pub what: String,
}

/// Why a year ends early.
pub type Ended = Box<dyn std::error::Error + Send + Sync>;

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.claim {
            Some(claim) => write!(f, "claim {claim}, day {}, seed {}: {}", self.day, self.seed, self.what),
            None => write!(f, "day {}, seed {}: {}", self.day, self.seed, self.what),
        }
    }
}

impl std::error::Error for Breach {}

/// A year under way.
struct Year {
    plan: Plan,
    dice: Dice,
    office: Office,
    day: Date,
    holders: Vec<Holder>,
    claims: Vec<Seen>,
    /// The numbers of the claims, and the places of the numbers.
    numbers: Vec<Confirmation>,
    places: HashMap<String, usize>,
    errands: BTreeMap<Date, Vec<Errand>>,
    /// Until when nobody sweeps, and until when nobody works the queue.
    unswept_until: Date,
    away_until: Date,
    trace: Trace,
    tally: BTreeMap<&'static str, usize>,
}

/// Lives through a year on a table in a folder.
///
/// # Errors
/// A [`Breach`], or whatever keeps the portal from answering.
pub async fn run(folder: &Path, plan: Plan) -> Result<Story, Ended> {
    let mut year = Year::open(folder, plan).await?;
    while year.day <= plan.last {
        year.live_a_day().await?;
        year.day = year.day.saturating_add(1.day());
    }
    let Year { tally, trace, claims, .. } = year;
    Ok(Story { tally, lines: trace.lines(), hash: trace.hash(), claims })
}

impl Year {
    async fn open(folder: &Path, plan: Plan) -> Result<Self, Ended> {
        let (office, holders) = Office::open(folder, plan).await?;
        Ok(Self {
            plan,
            dice: Dice::new(plan.seed),
            office,
            day: FIRST,
            holders,
            claims: Vec::new(),
            numbers: Vec::new(),
            places: HashMap::new(),
            errands: BTreeMap::new(),
            unswept_until: FIRST,
            away_until: FIRST,
            trace: Trace::default(),
            tally: BTreeMap::new(),
        })
    }

    async fn live_a_day(&mut self) -> Result<(), Ended> {
        self.office.wakes_on(self.day);
        self.files().await?;
        self.runs_errands().await?;
        self.sweeps().await?;
        if checks::is_worked(self.day) {
            self.works_the_queue().await?;
        }
        if self.dice.one_in(4) {
            self.learns_something().await?;
        }
        self.closes_the_day().await?;
        let tomorrow = self.day.saturating_add(1.day());
        if tomorrow.day() == 1 {
            self.reads_everything().await?;
            if tomorrow.month() % 3 == 1 {
                self.recovers().await?;
            }
        }
        Ok(())
    }

    /// Something happened: it is counted, and a line of the trace.
    fn tell(&mut self, kind: &'static str, claim: Option<usize>, what: &str) {
        *self.tally.entry(kind).or_default() += 1;
        let claim = claim.map_or(String::new(), |claim| format!(" c{claim}"));
        self.trace.line(&format!("{}{claim} {kind} {what}", self.day));
    }

    fn breach(&self, claim: Option<usize>, what: impl Into<String>) -> Breach {
        Breach { claim, day: self.day, seed: self.plan.seed, what: what.into() }
    }

    fn later(&self, days: u32) -> Date {
        self.day.saturating_add(Span::new().days(i64::from(days)))
    }
}
