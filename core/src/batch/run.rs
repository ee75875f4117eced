//! A whole batch: work shared out among threads, answers in the order of the rows.

use super::answers::{Part, PartEvidence};
use super::block::{self, Asked};
use super::dates::Dates;
#[cfg(any(not(target_arch = "x86_64"), test))]
use super::isa::Plain;
use super::isa::{InstructionSet, Isa};
use super::panel::{Fault, Panel};
use super::plan::Plan;
use super::row::PROVIDER;
use crate::Engine;
use crate::domain::Case;
use crate::facts::PolicyName;
use jiff::civil::Date;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// How a batch is judged.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Months over by this day are judged; none: by the day after the last month of a row's lists.
    pub as_of: Option<Date>,
    /// How many threads work, the calling one among them.
    pub threads: usize,
    /// The instruction set; none: the widest that the machine has.
    pub instructions: Option<InstructionSet>,
    /// Whether the evidence is given too.
    pub evidence: bool,
}

/// Where a milestone stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i8)]
pub enum Standing {
    /// Attained and payable.
    Attained = 0,
    /// Neither attained nor barred by one of the others.
    NotAttained = 1,
    /// Barred by the look-back.
    LookBack = 2,
    /// Barred by an earlier case of a State VR agency.
    StateVr = 3,
    /// It depends on something that is not known.
    Undetermined = 4,
}

impl Standing {
    /// The words, in the order of their numbers.
    pub const WORDS: [&'static str; 5] = ["attained", "not_attained", "look_back", "state_vr", "undetermined"];
}

/// Columns of months: Milestones 1 to 4, the first of Phase 2, the first outcome.
pub type Milestones = [Vec<i32>; 6];

/// The answers, a value a row in each column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// First days of months, since 1970; zero where there is none.
    pub months: Milestones,
    /// Which rows have a month: 64 a word.
    pub present: [Vec<u64>; 6],
    /// [`Standing`] of Milestones 1 to 4.
    pub standing: [Vec<i8>; 4],
    /// Payable months of Phase 2, and payable outcome months.
    pub counts: [Vec<u8>; 2],
    /// The evidence, when it was asked for.
    pub evidence: Option<Evidence>,
}

/// 56 bytes a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// The month of bit 0.
    pub from: Vec<i32>,
    /// Months at the trial work level, at half of it, at SGA of Phase 2; in current pay, of the outcome period, of unknown status.
    pub masks: [Vec<u64>; 6],
    /// The rule that decided each milestone, as a place in [`Evidence::RULES`].
    pub rules: [Vec<i8>; 4],
}

impl Evidence {
    /// The names of the masks.
    pub const MASKS: [&'static str; 6] = ["trial_work", "half", "sga", "current_pay", "outcome", "unknown"];
    /// The rules that can decide.
    pub const RULES: [&'static str; 13] = [
        "P1-01", "P1-02", "P1-03", "P1-04", "LB-01", "LB-02", "LB-03", "LB-04", "SVR-01", "SVR-02", "SVR-03", "SVR-05",
        "P1-08",
    ];
    pub(super) const SVR_01: i8 = 8;
    pub(super) const SVR_02: i8 = 9;
    pub(super) const SVR_03: i8 = 10;
    pub(super) const SVR_05: i8 = 11;
    /// An earlier milestone is not attained.
    pub(super) const IN_ORDER: i8 = 12;
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The first faulty rows, and what is wrong with each.
    Faults(Vec<(usize, Fault)>),
    /// The instruction set is not one of this machine.
    Instructions,
    /// `as_of` lies outside 1980 to 2099.
    AsOf,
    /// It was called off.
    Stopped,
}

/// Rows of one piece of work.
const PIECE: usize = 4096;
/// The most faulty rows that are named.
const MAX_FAULTS: usize = 100;

impl Engine {
    /// The rules of a policy, made ready for panels.
    #[must_use]
    pub fn panels(&self, policy: PolicyName) -> Panels<'_> {
        Panels(Plan::new(self.parameters(), policy.policy()))
    }
}

/// The rules of a policy, made ready for panels.
#[derive(Debug)]
pub struct Panels<'e>(Plan<'e>);

impl Panels<'_> {
    /// The provider of the cases of a panel.
    pub const PROVIDER: &'static str = PROVIDER;

    /// The policy's name: `operations` or `regulation`.
    #[must_use]
    pub const fn policy(&self) -> &'static str {
        match self.0.policy.name {
            PolicyName::Operations => "operations",
            PolicyName::Regulation => "regulation",
        }
    }

    /// Judges the milestones of every row of a panel. `pause` is asked between pieces of work, on the calling thread, whether to go on.
    ///
    /// # Errors
    /// Faulty rows, or why nothing could be judged.
    pub fn milestones(
        &self,
        panel: &Panel<'_>,
        options: &Options,
        mut pause: impl FnMut() -> ControlFlow<()>,
    ) -> Result<Answers, Failure> {
        let instructions = options.instructions.unwrap_or_else(InstructionSet::best);
        let as_of = options.as_of.map(super::calendar::day_of);
        if as_of.is_some_and(|day| !super::calendar::DAYS.contains(&day)) {
            return Err(Failure::AsOf);
        }
        let mut answers = Answers::of(panel.rows(), options.evidence);
        let faults = Mutex::new(Vec::new());
        let stop = AtomicBool::new(false);
        {
            let parts = Mutex::new(answers.parts());
            let next = || parts.lock().map_or(None, |mut parts| parts.next());
            let asked = Asked { plan: &self.0, panel, as_of, evidence: options.evidence };
            let job = Job { asked, next: &next, faults: &faults, stop: &stop };
            let worker = choose(instructions).ok_or(Failure::Instructions)?;
            std::thread::scope(|scope| {
                let pieces = panel.rows().div_ceil(PIECE);
                for _ in 1..options.threads.clamp(1, pieces.max(1)) {
                    scope.spawn(|| worker(&job, &mut || ControlFlow::Continue(())));
                }
                worker(&job, &mut pause);
            });
        }
        if stop.into_inner() {
            return Err(Failure::Stopped);
        }
        let mut faults = faults.into_inner().unwrap_or_default();
        if faults.is_empty() {
            return Ok(answers);
        }
        faults.sort_unstable();
        faults.truncate(MAX_FAULTS);
        Err(Failure::Faults(faults))
    }

    /// The case that a row of a panel is, and the day of its ledger; the provider is [`Self::PROVIDER`].
    ///
    /// # Errors
    /// What is wrong with the row.
    pub fn case(&self, panel: &Panel<'_>, row: usize, as_of: Option<Date>) -> Result<(Case, Date), Fault> {
        let as_of = as_of.map(super::calendar::day_of);
        let mut dates = Dates::default();
        dates.read(&self.0, panel, row, as_of);
        if let Some(fault) = dates.fault(0) {
            return Err(fault);
        }
        let dates = dates.row(&self.0, 0, as_of);
        dates.case(panel, row).zip(dates.as_of()).ok_or(Fault::FirstMonth)
    }
}

/// What all threads work on.
struct Job<'j> {
    asked: Asked<'j>,
    next: &'j (dyn Fn() -> Option<Part<'j>> + Sync),
    faults: &'j Mutex<Vec<(usize, Fault)>>,
    stop: &'j AtomicBool,
}

type Pause<'f> = &'f mut dyn FnMut() -> ControlFlow<()>;

fn choose(instructions: InstructionSet) -> Option<fn(&Job<'_>, Pause<'_>)> {
    match instructions {
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Baseline if instructions.is_available() => Some(|job, pause| {
            if let Some(isa) = pulp::x86::V1::try_new() {
                work(isa, job, pause);
            }
        }),
        #[cfg(not(target_arch = "x86_64"))]
        InstructionSet::Baseline => Some(|job, pause| work(Plain, job, pause)),
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx2 if instructions.is_available() => Some(|job, pause| {
            if let Some(isa) = pulp::x86::V3::try_new() {
                work(isa, job, pause);
            }
        }),
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx512 if instructions.is_available() => Some(|job, pause| {
            if let Some(isa) = pulp::x86::V4::try_new() {
                work(isa, job, pause);
            }
        }),
        // NEON is what every AArch64 machine has, and what plain code becomes there. The tests run that code everywhere.
        #[cfg(any(target_arch = "aarch64", test))]
        InstructionSet::Neon => Some(|job, pause| work(Plain, job, pause)),
        _ => None,
    }
}

fn work<I: Isa>(isa: I, job: &Job<'_>, pause: Pause<'_>) {
    let mut scratch = Box::<block::Scratch>::default();
    while !job.stop.load(Ordering::Relaxed) {
        let Some(mut part) = (job.next)() else { return };
        let mut faults = Vec::new();
        block::judge_part(isa, job.asked, &mut scratch, &mut part, &mut faults);
        if !faults.is_empty()
            && let Ok(mut all) = job.faults.lock()
        {
            all.append(&mut faults);
            // Rows before these may still be faulty; those after them are not looked at.
            if all.len() > MAX_FAULTS * 64 {
                return;
            }
        }
        if pause().is_break() {
            job.stop.store(true, Ordering::Relaxed);
        }
    }
}

impl Answers {
    fn of(rows: usize, evidence: bool) -> Self {
        let words = rows.div_ceil(64);
        Self {
            months: std::array::from_fn(|_| vec![0; rows]),
            present: std::array::from_fn(|_| vec![0; words]),
            standing: std::array::from_fn(|_| vec![0; rows]),
            counts: std::array::from_fn(|_| vec![0; rows]),
            evidence: evidence.then(|| Evidence {
                from: vec![0; rows],
                masks: std::array::from_fn(|_| vec![0; rows]),
                rules: std::array::from_fn(|_| vec![0; rows]),
            }),
        }
    }

    /// The columns cut into pieces of the same rows.
    fn parts(&mut self) -> impl Iterator<Item = Part<'_>> + Send {
        let mut months = self.months.each_mut().map(|column| column.chunks_mut(PIECE));
        let mut present = self.present.each_mut().map(|column| column.chunks_mut(PIECE / 64));
        let mut standing = self.standing.each_mut().map(|column| column.chunks_mut(PIECE));
        let mut counts = self.counts.each_mut().map(|column| column.chunks_mut(PIECE));
        let mut evidence = self.evidence.as_mut().map(|evidence| {
            (
                evidence.from.chunks_mut(PIECE),
                evidence.masks.each_mut().map(|column| column.chunks_mut(PIECE)),
                evidence.rules.each_mut().map(|column| column.chunks_mut(PIECE)),
            )
        });
        let mut first = 0;
        std::iter::from_fn(move || {
            let standing = standing.each_mut().map(|chunks| chunks.next().unwrap_or_default());
            let rows = standing.first().map_or(0, |column| column.len());
            if rows == 0 {
                return None;
            }
            let part = Part {
                first,
                rows,
                months: months.each_mut().map(|chunks| chunks.next().unwrap_or_default()),
                present: present.each_mut().map(|chunks| chunks.next().unwrap_or_default()),
                standing,
                counts: counts.each_mut().map(|chunks| chunks.next().unwrap_or_default()),
                evidence: evidence.as_mut().map(|(from, masks, rules)| PartEvidence {
                    from: from.next().unwrap_or_default(),
                    masks: masks.each_mut().map(|chunks| chunks.next().unwrap_or_default()),
                    rules: rules.each_mut().map(|chunks| chunks.next().unwrap_or_default()),
                }),
            };
            first += rows;
            Some(part)
        })
    }
}
