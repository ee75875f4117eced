//! Reading the questions that are asked of a case.

use super::{MAX_BATCH, MAX_BATCH_BYTES, MAX_BYTES, Path, Read, Reader, case, parse};
use crate::domain::{Case, MAX_SPAN_MONTHS, Month, PaymentAsked, ProviderKind};
use crate::facts::PolicyName;
use crate::problem::{Problem, code};
use jiff::civil::Date;
use serde_json_borrow::Value;

/// Is this payment due?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The facts.
    pub case: Case,
    /// What is claimed.
    pub claim: Claim,
    /// The day of the request.
    pub requested_on: Date,
    /// By which reading.
    pub policy: PolicyName,
}

/// A payment for a month, by a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Which payment.
    pub payment: PaymentAsked,
    /// For which month.
    pub month: Month,
    /// By whom.
    pub provider: Box<str>,
}

/// What can this provider still be paid on the ticket?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRequest {
    /// The facts.
    pub case: Case,
    /// Whose ledger.
    pub provider: Box<str>,
    /// On which day; months over by then are judged.
    pub as_of: Date,
    /// By which reading.
    pub policy: PolicyName,
}

/// What changes between two states of one case?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompareRequest {
    /// What was known.
    pub before: Case,
    /// What is known now.
    pub after: Case,
    /// Whose payments.
    pub provider: Box<str>,
    /// On which day.
    pub as_of: Date,
    /// By which reading.
    pub policy: PolicyName,
}

const POLICIES: &[(&str, PolicyName)] =
    &[("operations", PolicyName::Operations), ("regulation", PolicyName::Regulation)];

/// Reads a question from JSON text.
///
/// # Errors
/// All that is wrong with it.
pub fn question(text: &[u8]) -> Read<Question> {
    let value = parse(text, MAX_BYTES)?;
    question_value(&value, &Path::Root)
}

/// Reads a batch: each question, or what is wrong with that one.
///
/// # Errors
/// What is wrong with the batch itself.
pub fn batch(text: &[u8]) -> Read<Vec<Read<Question>>> {
    let value = parse(text, MAX_BATCH_BYTES)?;
    let mut reader = Reader::default();
    let root = Path::Root;
    let questions = reader.object(&value, &root, &["questions"]).and_then(|[questions]| {
        let at = root.key("questions");
        reader.required(questions, &at)?;
        let items = reader.list(questions, &at);
        if items.len() > MAX_BATCH {
            reader.add(Problem::new(&code::BATCH_TOO_MANY, &at.pointer()).with("limit", MAX_BATCH));
            return None;
        }
        Some(items.iter().enumerate().map(|(index, item)| question_value(item, &at.index(index))).collect())
    });
    reader.finish(questions)
}

fn question_value(value: &Value<'_>, path: &Path<'_>) -> Read<Question> {
    let mut reader = Reader::default();
    let question = read_question(&mut reader, value, path);
    reader.finish(question)
}

fn read_question(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<Question> {
    let [case_field, claim, requested_on, policy] =
        reader.object(value, path, &["case", "claim", "requested_on", "policy"])?;
    let at = path.key("case");
    let facts = reader.required(case_field, &at).and_then(|value| case::case(reader, value, &at));
    let requested_on = reader.date(requested_on, &path.key("requested_on"));
    let claim_at = path.key("claim");
    let claim = reader.required(claim, &claim_at).and_then(|value| read_claim(reader, value, requested_on, &claim_at));
    let policy = read_policy(reader, policy, &path.key("policy"));
    let (case, claim) = (facts?, claim?);
    check_provider(reader, &case, &claim.provider, &claim_at.key("provider"));
    check_distance(reader, &case, claim.month, &claim_at.key("month"));
    Some(Question { case, claim, requested_on: requested_on?, policy: policy? })
}

fn read_claim(reader: &mut Reader, value: &Value<'_>, requested_on: Option<Date>, path: &Path<'_>) -> Option<Claim> {
    let [payment, month, provider] = reader.object(value, path, &["payment", "month", "provider"])?;
    let asked = reader.text(payment, &path.key("payment")).and_then(|text| {
        let asked = PaymentAsked::parse(text);
        if asked.is_none() {
            reader.refuse(&code::CLAIM_PAYMENT_NAME, &path.key("payment"));
        }
        asked
    });
    let month = reader.month(month, &path.key("month"));
    if month.zip(requested_on).is_some_and(|(month, day)| Month::from(day) <= month) {
        reader.refuse(&code::CLAIM_MONTH_NOT_OVER, &path.key("month"));
    }
    let provider = reader.id(provider, &path.key("provider"));
    Some(Claim { payment: asked?, month: month?, provider: provider? })
}

/// Reads a ledger request from JSON text.
///
/// # Errors
/// All that is wrong with it.
pub fn ledger_request(text: &[u8]) -> Read<LedgerRequest> {
    let value = parse(text, MAX_BYTES)?;
    let mut reader = Reader::default();
    let request = read_ledger_request(&mut reader, &value);
    reader.finish(request)
}

fn read_ledger_request(reader: &mut Reader, value: &Value<'_>) -> Option<LedgerRequest> {
    let root = Path::Root;
    let [case_field, provider, as_of, policy] =
        reader.object(value, &root, &["case", "provider", "as_of", "policy"])?;
    let at = root.key("case");
    let facts = reader.required(case_field, &at).and_then(|value| case::case(reader, value, &at));
    let provider = reader.id(provider, &root.key("provider"));
    let as_of = reader.date(as_of, &root.key("as_of"));
    let policy = read_policy(reader, policy, &root.key("policy"));
    let case = facts?;
    if let Some(provider) = &provider {
        check_provider(reader, &case, provider, &root.key("provider"));
    }
    if let Some(as_of) = as_of {
        check_distance(reader, &case, as_of.into(), &root.key("as_of"));
    }
    Some(LedgerRequest { case, provider: provider?, as_of: as_of?, policy: policy? })
}

/// Reads a comparison from JSON text.
///
/// # Errors
/// All that is wrong with it.
pub fn compare_request(text: &[u8]) -> Read<CompareRequest> {
    let value = parse(text, 2 * MAX_BYTES)?;
    let mut reader = Reader::default();
    let request = read_compare_request(&mut reader, &value);
    reader.finish(request)
}

fn read_compare_request(reader: &mut Reader, value: &Value<'_>) -> Option<CompareRequest> {
    let root = Path::Root;
    let [before, after, provider, as_of, policy] =
        reader.object(value, &root, &["before", "after", "provider", "as_of", "policy"])?;
    let mut state = |field: Option<&Value<'_>>, name: &'static str| {
        let at = root.key(name);
        reader.required(field, &at).and_then(|value| case::case(reader, value, &at))
    };
    let (before, after) = (state(before, "before"), state(after, "after"));
    let provider = reader.id(provider, &root.key("provider"));
    let as_of = reader.date(as_of, &root.key("as_of"));
    let policy = read_policy(reader, policy, &root.key("policy"));
    let (before, after) = (before?, after?);
    if before.ticket_id != after.ticket_id {
        reader.refuse(&code::COMPARE_DIFFERENT_TICKETS, &root.key("after").key("ticket").key("id"));
    }
    for case in [&before, &after] {
        if let (Some(provider), Some(as_of), true) = (&provider, as_of, reader.is_clean()) {
            check_provider(reader, case, provider, &root.key("provider"));
            check_distance(reader, case, as_of.into(), &root.key("as_of"));
        }
    }
    Some(CompareRequest { before, after, provider: provider?, as_of: as_of?, policy: policy? })
}

fn read_policy(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<PolicyName> {
    match field {
        None | Some(Value::Null) => Some(PolicyName::Operations),
        some => reader.choice(some, path, POLICIES),
    }
}

fn check_provider(reader: &mut Reader, case: &Case, provider: &str, path: &Path<'_>) {
    // A ticket without assignments has been refused for that already.
    if !case.assignments.is_empty()
        && !case.assignments.iter().any(|a| a.kind != ProviderKind::StateVr && &*a.provider == provider)
    {
        reader.refuse(&code::CLAIM_PROVIDER_NOT_ASSIGNED, path);
    }
}

fn check_distance(reader: &mut Reader, case: &Case, month: Month, path: &Path<'_>) {
    let too_far = case
        .span()
        .is_some_and(|(first, last)| month.since(last) > MAX_SPAN_MONTHS || first.since(month) > MAX_SPAN_MONTHS);
    if too_far {
        reader.add(Problem::new(&code::QUESTION_TOO_FAR, &path.pointer()).with("limit", MAX_SPAN_MONTHS));
    }
}
