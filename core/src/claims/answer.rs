//! Questions about claims, from JSON text.

use super::claim::Claim;
use super::clock::{Due, due};
use super::code;
use super::read::{read_claim, read_step, within};
use super::snapshot::{Replay, Snapshot};
use super::step::{State, Transition};
use super::timeline::{Timeline, timeline};
use crate::Engine;
use crate::problem::{Problem, code as shared};
use crate::read::{MAX_BATCH_BYTES, Path, Read, Reader, parse};
use jiff::civil::Date;
use serde::Serialize;
use serde_json_borrow::Value;

/// The most claims of one queue.
const MAX_CLAIMS: usize = 10_000;

/// A claim after what was asked.
#[derive(Debug, Serialize)]
pub(crate) struct ClaimAnswer {
    claim: Claim,
    transitions: Vec<Transition>,
    timeline: Timeline,
    rules: Vec<&'static str>,
    rules_version: Box<str>,
}

/// A claim in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Queued {
    /// The claim's number.
    pub id: Box<str>,
    /// The day of receipt.
    pub received_on: Date,
    /// Where it is.
    pub state: State,
    /// What its clocks demand.
    pub due: Vec<Due>,
}

/// The queue: first in, first out.
#[derive(Debug, Serialize)]
pub(crate) struct Queue {
    #[serde(rename = "queue")]
    claims: Vec<Queued>,
    rules: [&'static str; 1],
    rules_version: Box<str>,
}

/// Answers `{"claim": {…}, "today": "…"}`, with `"step": {…}` for one to take and `"denied": {…}` for the claim that this one resubmits.
///
/// What the clocks have done by the day of the step, and by today, is taken too; the answer has the claim with all its steps.
///
/// # Errors
/// All that is wrong with the request.
pub fn claim_json(engine: &Engine, text: &[u8]) -> Read<impl Serialize + use<>> {
    let value = parse(text, MAX_BATCH_BYTES)?;
    let mut reader = Reader::default();
    let answer = read_and_take(&mut reader, &value, engine);
    reader.finish(answer)
}

fn read_and_take(reader: &mut Reader, value: &Value<'_>, engine: &Engine) -> Option<ClaimAnswer> {
    let root = Path::Root;
    let [claim, today, step, denied] = reader.object(value, &root, &["claim", "today", "step", "denied"])?;
    let today = reader.date(today, &root.key("today"));
    let at = root.key("claim");
    let claim = reader.required(claim, &at).and_then(|claim| read_claim(reader, claim, &at, today, engine));
    let before = root.key("denied");
    let denied = match denied {
        None | Some(Value::Null) => None,
        Some(denied) => Some(read_claim(reader, denied, &before, today, engine)?),
    };
    let place = root.key("step");
    let step = match step {
        None | Some(Value::Null) => None,
        Some(step) => Some(read_step(reader, step, &place, today, engine)?),
    };
    let (mut claim, today) = (claim?, today?);
    if engine.parameters().is_business_day(today).is_none() {
        reader.refuse(&code::CLAIM_DAY_RANGE, &root.key("today"));
        return None;
    }
    let mut rules = vec!["PRQ-06"];
    if let Some(denied) = denied {
        match denied.resubmit(claim.receipt.clone(), engine.parameters()) {
            Ok(again) => claim.receipt = again.receipt,
            Err(problem) => reader.add(within(problem, &at)),
        }
        rules.push("DIA-04");
    }
    let mut transitions = Vec::new();
    let taken = (|| {
        let here = |problem| within(problem, &place);
        if let Some((event, on)) = step {
            transitions.extend(claim.settle(on, engine.parameters()).map_err(here)?);
            transitions.push(claim.apply(event, on, engine.parameters()).map_err(here)?);
        }
        transitions.extend(claim.settle(today, engine.parameters())?);
        Ok(())
    })();
    if let Err(problem) = taken {
        reader.add(problem);
        return None;
    }
    let timeline = timeline(&claim, today, engine.parameters());
    rules.extend(timeline.rules.iter().copied().chain(transitions.iter().map(|transition| transition.rule)));
    rules.sort_unstable();
    rules.dedup();
    Some(ClaimAnswer { claim, transitions, timeline, rules, rules_version: engine.version().into() })
}

/// Reads a claim with its steps as it is written.
///
/// # Errors
/// All that is wrong with it.
pub fn claim(engine: &Engine, text: &[u8]) -> Read<Claim> {
    let value = parse(text, MAX_BATCH_BYTES)?;
    let mut reader = Reader::default();
    let claim = read_claim(&mut reader, &value, &Path::Root, None, engine);
    reader.finish(claim)
}

/// Answers `{"claims": [{…}], "today": "…"}`: the claims that are not decided, first in, first out, each with what its clocks demand.
///
/// # Errors
/// All that is wrong with the request.
pub fn work_queue_json(engine: &Engine, text: &[u8]) -> Read<impl Serialize + use<>> {
    let value = parse(text, MAX_BATCH_BYTES)?;
    let mut reader = Reader::default();
    let queue = read_queue(&mut reader, &value, engine);
    reader.finish(queue)
}

fn read_queue(reader: &mut Reader, value: &Value<'_>, engine: &Engine) -> Option<Queue> {
    let root = Path::Root;
    let [claims, today] = reader.object(value, &root, &["claims", "today"])?;
    let today = reader.date(today, &root.key("today"));
    let read = read_claims(reader, claims, &root.key("claims"), today, engine)?;
    let today = today?;
    let mut open: Vec<&Claim> = read.iter().filter(|claim| !claim.state().is_final()).collect();
    open.sort_by(|one, other| one.place().cmp(&other.place()));
    let queued = |claim: &&Claim| Queued {
        id: claim.receipt.id.clone(),
        received_on: claim.receipt.received_on,
        state: claim.state(),
        due: due(claim, today, engine.parameters()),
    };
    let claims = open.iter().map(queued).collect();
    Some(Queue { claims, rules: ["PRQ-06"], rules_version: engine.version().into() })
}

/// Reads a list of claims, each of which has a number of its own.
pub(super) fn read_claims(
    reader: &mut Reader,
    field: Option<&Value<'_>>,
    at: &Path<'_>,
    today: Option<Date>,
    engine: &Engine,
) -> Option<Vec<Claim>> {
    let claims = reader.required(field, at);
    let items = reader.list(claims, at);
    if items.len() > MAX_CLAIMS {
        reader.add(Problem::new(&shared::LIST_TOO_LONG, &at.pointer()).with("limit", MAX_CLAIMS));
        return None;
    }
    let mut read: Vec<(usize, Claim)> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        read.extend(read_claim(reader, item, &at.index(index), today, engine).map(|claim| (index, claim)));
    }
    let mut ids: Vec<(&str, usize)> = read.iter().map(|(index, claim)| (&*claim.receipt.id, *index)).collect();
    ids.sort_unstable();
    for pair in ids.windows(2) {
        if let [(earlier, _), (later, index)] = pair
            && earlier == later
        {
            reader.refuse(&code::CLAIM_ID_DUPLICATE, &at.index(*index).key("id"));
        }
    }
    Some(read.into_iter().map(|(_, claim)| claim).collect())
}

/// Answers `{"question": {…}, "determination": {…}}`: whether the same facts are decided in the same way today (BEN-07).
///
/// # Errors
/// All that is wrong with the snapshot.
pub fn replay_json(engine: &Engine, text: &[u8]) -> Read<Replay> {
    let value = parse(text, MAX_BATCH_BYTES)?;
    let mut reader = Reader::default();
    let snapshot = Snapshot::read(&mut reader, &value, &Path::Root, engine);
    reader.finish(snapshot)?.replay(engine)
}
