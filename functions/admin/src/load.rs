//! Loading a file: every row checked, the good ones put, some at a time, and remembered.

use crate::checkpoint::Checkpoint;
use crate::merge;
use crate::problem::{RowProblem, code};
use crate::read::Reading;
use crate::row::Kind;
use crate::sink::{Seen, Sink, SinkError};
use crate::source::{Format, rows};
use crate::units::{Unit, Work, units};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::task::JoinSet;
use ttw_core::Problem;
use ttw_core::domain::Ssn;

/// How a file is loaded.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many puts are under way at a time; at least one.
    pub concurrency: usize,
    /// Whether to begin again although some of the file has been put.
    pub restart: bool,
    /// Whether the record of a person may lack payments that the one on file has.
    pub drop_payments: bool,
    /// Set from elsewhere: what is under way is finished, and nothing more begun.
    pub stop: Arc<AtomicBool>,
}

impl Default for Options {
    fn default() -> Self {
        Self { concurrency: 16, restart: false, drop_payments: false, stop: Arc::default() }
    }
}

/// What became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The rows of the file, good and bad.
    pub rows: usize,
    /// The rows put now; of a dry run, those that could be.
    pub put: usize,
    /// The rows put by an earlier run.
    pub put_before: usize,
    /// What is wrong with rows, by line.
    pub problems: Vec<RowProblem>,
    /// Why loading stopped before the end.
    pub stopped: Option<String>,
}

/// Puts are written into the checkpoint after so many of them.
const SAVE_EVERY: usize = 256;

/// How often a record that changes under the hand is read again.
const ATTEMPTS: usize = 5;

/// Loads a file. `progress` hears of each row done, and of how many there are.
///
/// # Errors
/// The file cannot be read, or the checkpoint beside it cannot be written.
pub async fn load<S: Sink>(
    sink: &Arc<S>,
    reading: Reading<'_>,
    kind: Kind,
    file: &Path,
    options: &Options,
    mut progress: impl FnMut(usize, usize),
) -> io::Result<Loaded> {
    let (bytes, units, mut loaded) = prepare(reading, kind, file)?;
    let checkpoint = Checkpoint::of(file, &bytes, kind.as_str(), options.restart);
    put_all(sink, units, checkpoint, options, &mut loaded, &mut progress).await?;
    loaded.problems.sort();
    Ok(loaded)
}

/// Checks the rows of a file and puts nothing; `put` counts the rows that could be, as far as that can be told without the records.
///
/// # Errors
/// The file cannot be read.
pub fn check(reading: Reading<'_>, kind: Kind, file: &Path) -> io::Result<Loaded> {
    let (_, units, mut loaded) = prepare(reading, kind, file)?;
    loaded.put = units.iter().map(|unit| unit.lines.len()).sum();
    loaded.problems.sort();
    Ok(loaded)
}

/// Reads a file: its bytes, what is to be put, and what is wrong.
fn prepare(reading: Reading<'_>, kind: Kind, file: &Path) -> io::Result<(Vec<u8>, Vec<Unit>, Loaded)> {
    let bytes = std::fs::read(file)?;
    let is_csv = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let read = rows(reading, kind, if is_csv { Format::Csv } else { Format::JsonLines }, &bytes);
    let mut loaded = Loaded { rows: read.count, problems: read.problems, ..Loaded::default() };
    let units = units(read.rows, read.bad, &mut loaded.problems);
    Ok((bytes, units, loaded))
}

async fn put_all<S: Sink>(
    sink: &Arc<S>,
    units: Vec<Unit>,
    mut checkpoint: Checkpoint,
    options: &Options,
    loaded: &mut Loaded,
    progress: &mut impl FnMut(usize, usize),
) -> io::Result<()> {
    let (before, left): (Vec<Unit>, Vec<Unit>) = units.into_iter().partition(|unit| checkpoint.has(unit.line()));
    loaded.put_before = before.iter().map(|unit| unit.lines.len()).sum();
    let mut left = left.into_iter();
    let mut under_way: JoinSet<(Unit, Result<(), PutError>)> = JoinSet::new();
    let mut unsaved = 0;
    loop {
        while under_way.len() < options.concurrency.max(1) && loaded.stopped.is_none() {
            if options.stop.load(Ordering::Relaxed) {
                loaded.stopped = Some("Interrupted; the same command goes on from here.".to_owned());
                break;
            }
            let Some(unit) = left.next() else { break };
            let (sink, drop_payments) = (Arc::clone(sink), options.drop_payments);
            under_way.spawn(async move {
                let outcome = put(&*sink, &unit, drop_payments).await;
                (unit, outcome)
            });
        }
        let Some(finished) = under_way.join_next().await else { break };
        let Ok((unit, outcome)) = finished else {
            loaded.stopped = Some("A put broke off; load the file again.".to_owned());
            continue;
        };
        match outcome {
            Ok(()) => {
                loaded.put += unit.lines.len();
                unsaved += 1;
                checkpoint.add(&unit.lines);
            }
            Err(PutError::Row(problems)) => {
                loaded.problems.extend(problems.iter().map(|problem| RowProblem::new(unit.line(), problem)));
            }
            Err(PutError::Stop(why)) => loaded.stopped = Some(why),
        }
        progress(loaded.put_before + loaded.put, loaded.rows);
        if unsaved >= SAVE_EVERY {
            checkpoint.save()?;
            unsaved = 0;
        }
    }
    checkpoint.save()
}

/// Why a unit was not put.
enum PutError {
    Row(Vec<Problem>),
    Stop(String),
}

async fn put<S: Sink>(sink: &S, unit: &Unit, drop_payments: bool) -> Result<(), PutError> {
    for _ in 0..ATTEMPTS {
        let outcome = match &unit.work {
            Work::Provider(provider) => sink.put_provider(provider).await,
            Work::User(member) => sink.put_user(member).await,
            Work::Person(ssn, record) if drop_payments => sink.put_person(ssn, record, Seen::Anything).await,
            Work::Person(ssn, record) => {
                let seen = sink.person(ssn).await.map_err(PutError::from)?;
                merge::keeps_payments(seen.as_deref(), record).map_err(PutError::Row)?;
                sink.put_person(ssn, record, Seen::This(seen.as_deref())).await
            }
            Work::Ticket(ssn, rows) => {
                let seen = sink.person(ssn).await.map_err(PutError::from)?;
                let record = merge::ticket(seen.as_deref(), rows).map_err(PutError::Row)?;
                sink.put_person(ssn, &record, Seen::This(seen.as_deref())).await
            }
            Work::Earnings(ssn, entries) => merged(sink, ssn, |record| merge::earnings(record, entries)).await?,
            Work::Benefits(ssn, ranges) => merged(sink, ssn, |record| merge::benefits(record, ranges)).await?,
        };
        match outcome {
            Ok(()) => return Ok(()),
            Err(SinkError::Changed) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(PutError::Row(vec![Problem::new(&code::LOAD_RECORD_CHANGED, "")]))
}

/// Reads a record, changes it, and puts it back if it is still the same.
async fn merged<S: Sink>(
    sink: &S,
    ssn: &Ssn,
    change: impl Fn(&str) -> Result<String, Vec<Problem>>,
) -> Result<Result<(), SinkError>, PutError> {
    let Some(seen) = sink.person(ssn).await.map_err(PutError::from)? else {
        return Err(PutError::Row(vec![Problem::new(&code::LOAD_PERSON_UNKNOWN, "/ssn")]));
    };
    let record = change(&seen).map_err(PutError::Row)?;
    Ok(sink.put_person(ssn, &record, Seen::This(Some(&seen))).await)
}

impl From<SinkError> for PutError {
    fn from(error: SinkError) -> Self {
        match error {
            SinkError::Changed => Self::Row(vec![Problem::new(&code::LOAD_RECORD_CHANGED, "")]),
            SinkError::Refused(problem) => Self::Row(vec![*problem]),
            SinkError::Unavailable(why) => Self::Stop(why),
        }
    }
}
