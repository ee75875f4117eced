//! Reading claims: the receipt, then every step taken again.

use super::claim::{Claim, Evidence, Receipt};
use super::code;
use super::reason::{DenialReason, DiaryReason};
use super::snapshot::Snapshot;
use super::step::Event;
use crate::Engine;
use crate::problem::{Problem, code as shared};
use crate::read::{Path, Reader, claimed_payment};
use jiff::civil::Date;
use serde_json_borrow::Value;
use std::sync::Arc;

/// The most steps of a claim.
const MAX_STEPS: usize = 1000;

const EVIDENCE: &[(&str, Evidence)] =
    &[("enclosed", Evidence::Enclosed), ("to_follow", Evidence::ToFollow), ("not_needed", Evidence::NotNeeded)];

/// Reads a claim with its steps, none of them after `today`.
pub(super) fn read_claim(
    reader: &mut Reader,
    value: &Value<'_>,
    path: &Path<'_>,
    today: Option<Date>,
    engine: &Engine,
) -> Option<Claim> {
    let names = &["id", "provider", "payment", "month", "received_on", "sequence", "evidence", "resubmits", "steps"];
    let [id, provider, payment, month, received_on, sequence, evidence, resubmits, steps] =
        reader.object(value, path, names)?;
    let id = reader.id(id, &path.key("id"));
    let provider = reader.id(provider, &path.key("provider"));
    let payment = claimed_payment(reader, payment, &path.key("payment"));
    let month = reader.month(month, &path.key("month"));
    let received_on = read_day(reader, received_on, &path.key("received_on"), today);
    let sequence = match sequence {
        None | Some(Value::Null) => Some(0),
        Some(Value::Number(number)) if number.as_u64().is_some() => number.as_u64(),
        Some(_) => {
            let expected = "a whole number that is not below zero";
            reader.add(Problem::new(&shared::REQ_TYPE, &path.key("sequence").pointer()).with("expected", expected));
            None
        }
    };
    let evidence = reader.choice(evidence, &path.key("evidence"), EVIDENCE);
    let resubmits = match resubmits {
        None | Some(Value::Null) => Some(None),
        some => reader.id(some, &path.key("resubmits")).map(Some),
    };
    let at = path.key("steps");
    let taken: Vec<Option<(Event, Date)>> = {
        let items = reader.list(steps, &at);
        if items.len() > MAX_STEPS {
            reader.add(Problem::new(&shared::LIST_TOO_LONG, &at.pointer()).with("limit", MAX_STEPS));
            return None;
        }
        items.iter().enumerate().map(|(index, item)| read_step(reader, item, &at.index(index), today, engine)).collect()
    };
    let receipt = Receipt {
        id: id?,
        provider: provider?,
        payment: payment?,
        month: month?,
        received_on: received_on?,
        sequence: sequence?,
        evidence: evidence?,
        resubmits: resubmits?,
    };
    let mut claim = match Claim::receive(receipt, engine.parameters()) {
        Ok(claim) => claim,
        Err(problem) => {
            reader.add(within(problem, path));
            return None;
        }
    };
    for (index, step) in taken.into_iter().enumerate() {
        let (event, on) = step?;
        if let Err(problem) = claim.apply(event, on, engine.parameters()) {
            reader.add(within(problem, &at.index(index)));
            return None;
        }
    }
    Some(claim)
}

/// A problem of a part by its place in the whole.
pub(super) fn within(mut problem: Problem, path: &Path<'_>) -> Problem {
    problem.path.insert_str(0, &path.pointer());
    problem
}

fn read_day(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>, today: Option<Date>) -> Option<Date> {
    let day = reader.date(field, path)?;
    if today.is_some_and(|today| today < day) {
        reader.refuse(&code::CLAIM_DAY_FUTURE, path);
        return None;
    }
    Some(day)
}

/// Reads one step and its day.
pub(super) fn read_step(
    reader: &mut Reader,
    value: &Value<'_>,
    path: &Path<'_>,
    today: Option<Date>,
    engine: &Engine,
) -> Option<(Event, Date)> {
    let [event, on, reason, amount, snapshot] =
        reader.object(value, path, &["event", "on", "reason", "amount", "snapshot"])?;
    let words = Event::WORDS.map(|word| (word, word));
    let word = reader.choice(event, &path.key("event"), &words);
    let on = read_day(reader, on, &path.key("on"), today);
    let word = word?;
    let unexpected = |name: &str, field: Option<&Value<'_>>, reader: &mut Reader| {
        if field.is_some_and(|value| !matches!(value, Value::Null)) {
            let problem = Problem::new(&shared::REQ_UNKNOWN_FIELD, &path.key(name).pointer());
            reader.add(problem.with("allowed", vec!["event", "on"]));
        }
    };
    if !matches!(word, "diary" | "deny") {
        unexpected("reason", reason, reader);
    }
    if word != "pay" {
        unexpected("amount", amount, reader);
    }
    if !matches!(word, "pay" | "deny") {
        unexpected("snapshot", snapshot, reader);
    }
    let snapshot = |reader: &mut Reader| match snapshot {
        None | Some(Value::Null) => Some(None),
        Some(value) => {
            Snapshot::read(reader, value, &path.key("snapshot"), engine).map(|snapshot| Some(Arc::new(snapshot)))
        }
    };
    let event = match word {
        "open" => Event::Open,
        "documents_arrive" => Event::DocumentsArrive,
        "diary" => Event::Diary(reader.choice(reason, &path.key("reason"), DiaryReason::CHOICES)?),
        "resume" => Event::Resume,
        "diary_runs_out" => Event::DiaryRunsOut,
        "await_verification" => Event::AwaitVerification,
        "verified" => Event::Verified,
        "pay" => {
            let amount = reader.money(amount, &path.key("amount"));
            Event::Pay { snapshot: snapshot(reader)?, amount: amount? }
        }
        "deny" => {
            let reason = reader.choice(reason, &path.key("reason"), DenialReason::CHOICES);
            Event::Deny { snapshot: snapshot(reader)?, reason: reason? }
        }
        "documents_missing" => Event::DocumentsMissing,
        _ => Event::Withdraw,
    };
    Some((event, on?))
}
