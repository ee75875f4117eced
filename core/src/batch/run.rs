//! A whole batch: work shared out among threads, answers in the order of the rows.

use super::answers::{Answers, Wanted};
use super::block;
use super::dates::Dates;
use super::fault::Fault;
#[cfg(any(not(target_arch = "x86_64"), test))]
use super::isa::Plain;
use super::isa::{InstructionSet, Isa};
use super::lanes::BLOCK;
use super::panel::Panel;
use super::plan::{Asked, Plan};
use super::row::PROVIDER;
use crate::Engine;
use crate::domain::{Benefit, BenefitStatus, Case, Record};
use crate::facts::PolicyName;
use jiff::civil::Date;
use std::ops::{ControlFlow, Range};
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
    /// Which columns are answered.
    pub wanted: Wanted,
    /// Whether the evidence is given too.
    pub evidence: bool,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The first faulty rows, and what is wrong with each; there may be more than [`Self::MOST`], of which one more is given.
    Faults(Vec<(usize, Fault)>),
    /// The instruction set is not one of this machine.
    Instructions,
    /// `as_of` lies outside 1980 to 2099.
    AsOf,
    /// It was called off.
    Stopped,
}

impl Failure {
    /// The most faulty rows that are named.
    pub const MOST: usize = 100;
}

/// Rows of one piece of work; fewer are not worth another thread. The tests share out small panels too.
const PIECE: usize = if cfg!(test) { 256 } else { 4096 };

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

    /// Judges the milestones of every row of a panel: answers to rows one after the other, in as many parts as threads worked.
    /// `pause` is asked between pieces of work, on the calling thread, whether to go on.
    ///
    /// # Errors
    /// Faulty rows, or why nothing could be judged.
    pub fn milestones(
        &self,
        panel: &Panel<'_>,
        options: &Options,
        mut pause: impl FnMut() -> ControlFlow<()>,
    ) -> Result<Vec<Answers>, Failure> {
        let worker = choose(options.instructions.unwrap_or_else(InstructionSet::best)).ok_or(Failure::Instructions)?;
        let as_of = options.as_of.map(super::calendar::day_of);
        if as_of.is_some_and(|day| !super::calendar::DAYS.contains(&day)) {
            return Err(Failure::AsOf);
        }
        let stop = AtomicBool::new(false);
        let job = Job {
            asked: Asked { plan: &self.0, panel, as_of, wanted: options.wanted, evidence: options.evidence },
            stop: &stop,
        };
        let mut parts = parts(panel.rows(), options.threads);
        if let Some((first, others)) = parts.split_first_mut() {
            std::thread::scope(|scope| {
                for part in others {
                    scope.spawn(|| worker(&job, part, &mut || ControlFlow::Continue(())));
                }
                worker(&job, first, &mut pause);
            });
        }
        if stop.into_inner() {
            return Err(Failure::Stopped);
        }
        let mut faults: Vec<_> = parts.iter().flat_map(|part| &part.faults).copied().collect();
        if faults.is_empty() {
            return Ok(parts.into_iter().map(|part| part.answers).collect());
        }
        faults.sort_unstable();
        faults.truncate(Failure::MOST + 1);
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
        let (case, as_of) = dates.case(panel, row).zip(dates.as_of()).ok_or(Fault::FirstMonth)?;
        let is_supplement =
            |benefit: &Benefit| benefit.record == Record::T2 && benefit.status == BenefitStatus::StateSupplementOnly;
        if case.benefits.iter().any(is_supplement) { Err(Fault::T2Supplement) } else { Ok((case, as_of)) }
    }
}

/// What all threads work on.
struct Job<'j> {
    asked: Asked<'j>,
    stop: &'j AtomicBool,
}

/// The rows of one thread, and what it found.
struct Part {
    rows: Range<usize>,
    answers: Answers,
    faults: Vec<(usize, Fault)>,
}

/// As many parts as threads are worth their while, each of whole blocks but the last.
fn parts(rows: usize, threads: usize) -> Vec<Part> {
    let count = threads.clamp(1, rows.div_ceil(PIECE).max(1));
    let size = rows.div_ceil(count).next_multiple_of(BLOCK);
    (0..count)
        .map(|place| size.saturating_mul(place).min(rows)..size.saturating_mul(place + 1).min(rows))
        .map(|rows| Part { rows, answers: Answers::default(), faults: Vec::new() })
        .collect()
}

type Pause<'f> = &'f mut dyn FnMut() -> ControlFlow<()>;

type Worker = fn(&Job<'_>, &mut Part, Pause<'_>);

fn choose(instructions: InstructionSet) -> Option<Worker> {
    match instructions {
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Baseline if instructions.is_available() => Some(|job, part, pause| {
            if let Some(isa) = pulp::x86::V1::try_new() {
                work(isa, job, part, pause);
            }
        }),
        #[cfg(not(target_arch = "x86_64"))]
        InstructionSet::Baseline => Some(|job, part, pause| work(Plain, job, part, pause)),
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx2 if instructions.is_available() => Some(|job, part, pause| {
            if let Some(isa) = pulp::x86::V3::try_new() {
                work(isa, job, part, pause);
            }
        }),
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx512 if instructions.is_available() => Some(|job, part, pause| {
            if let Some(isa) = pulp::x86::V4::try_new() {
                work(isa, job, part, pause);
            }
        }),
        // NEON is what every AArch64 machine has, and what plain code becomes there. The tests run that code everywhere.
        #[cfg(any(target_arch = "aarch64", test))]
        InstructionSet::Neon => Some(|job, part, pause| work(Plain, job, part, pause)),
        _ => None,
    }
}

fn work<I: Isa>(isa: I, job: &Job<'_>, part: &mut Part, pause: Pause<'_>) {
    let mut scratch = Box::<block::Scratch>::default();
    let Part { rows, answers, faults } = part;
    answers.reserve(rows.len(), job.asked.wanted, job.asked.evidence);
    for first in rows.clone().step_by(PIECE) {
        block::judge_rows(
            isa,
            job.asked,
            first..rows.end.min(first.saturating_add(PIECE)),
            &mut scratch,
            answers,
            faults,
        );
        if faults.len() > Failure::MOST || job.stop.load(Ordering::Relaxed) {
            return;
        }
        if pause().is_break() {
            job.stop.store(true, Ordering::Relaxed);
        }
    }
}
