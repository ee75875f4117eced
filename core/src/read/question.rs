//! Reading the questions that are asked of a case.

use super::case::{self, ReadCase};
use super::{MAX_BATCH, MAX_BATCH_BYTES, MAX_BYTES, Path, Read, Reader, parse};
use crate::domain::{Case, MAX_SPAN_MONTHS, Month, PaymentAsked};
use crate::facts::PolicyName;
use crate::problem::{Problem, code};
use jiff::civil::Date;
use serde::Serialize;
use serde_json_borrow::Value;

/// Is this payment due?
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    question_of(&parse(text, MAX_BYTES)?)
}

/// Reads a question from a JSON value, for who has it in another form than text.
///
/// # Errors
/// All that is wrong with it.
pub fn question_of(value: &Value<'_>) -> Read<Question> {
    question_value(value, &Path::Root)
}

/// Reads a batch: each question, or what is wrong with that one.
///
/// # Errors
/// What is wrong with the batch itself.
pub fn batch(text: &[u8]) -> Read<Vec<Read<Question>>> {
    batch_of(text, question_value)
}

/// Reads a batch by what reads one of its questions.
pub(crate) fn batch_of<T>(text: &[u8], read: impl Fn(&Value<'_>, &Path<'_>) -> Read<T>) -> Read<Vec<Read<T>>> {
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
        Some(items.iter().enumerate().map(|(index, item)| read(item, &at.index(index))).collect())
    });
    reader.finish(questions)
}

/// Reads a question at its place in a document.
pub(crate) fn question_value(value: &Value<'_>, path: &Path<'_>) -> Read<Question> {
    let mut reader = Reader::default();
    let question = read_question(&mut reader, value, path);
    reader.finish(question)
}

fn read_question(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<Question> {
    let [facts, claim, requested_on, policy] =
        reader.object(value, path, &["case", "claim", "requested_on", "policy"])?;
    let facts = case::case(reader, facts, &path.key("case"));
    let requested_on = reader.date(requested_on, &path.key("requested_on"));
    let at = path.key("claim");
    let claim = reader.required(claim, &at).and_then(|value| read_claim(reader, value, requested_on, &facts, &at));
    let policy = read_policy(reader, policy, &path.key("policy"));
    Some(Question { case: facts.case?, claim: claim?, requested_on: requested_on?, policy: policy? })
}

fn read_claim(
    reader: &mut Reader,
    value: &Value<'_>,
    requested_on: Option<Date>,
    facts: &ReadCase,
    path: &Path<'_>,
) -> Option<Claim> {
    let [payment, month, provider] = reader.object(value, path, &["payment", "month", "provider"])?;
    let asked = claimed_payment(reader, payment, &path.key("payment"));
    let month = reader.month(month, &path.key("month"));
    if month.zip(requested_on).is_some_and(|(month, day)| Month::from(day) <= month) {
        reader.refuse(&code::CLAIM_MONTH_NOT_OVER, &path.key("month"));
    }
    check_distance(reader, facts, month, &path.key("month"));
    let provider = read_provider(reader, provider, facts, &path.key("provider"));
    Some(Claim { payment: asked?, month: month?, provider: provider? })
}

/// Reads the payment that is claimed.
pub(crate) fn claimed_payment(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<PaymentAsked> {
    let asked = PaymentAsked::parse(reader.text(field, path)?);
    if asked.is_none() {
        reader.refuse(&code::CLAIM_PAYMENT_NAME, path);
    }
    asked
}

/// Whether a month is near enough to a case to be asked about.
///
/// # Errors
/// The problem of one that is too far.
pub(crate) fn near(case: &Case, month: Month, path: &str) -> Read<()> {
    if case.span().is_some_and(|span| distance_is_too_far(span, month)) {
        return Err(vec![Problem::new(&code::QUESTION_TOO_FAR, path).with("limit", MAX_SPAN_MONTHS)]);
    }
    Ok(())
}

/// Reads a ledger request from JSON text.
///
/// # Errors
/// All that is wrong with it.
pub fn ledger_request(text: &[u8]) -> Read<LedgerRequest> {
    ledger_request_of(&parse(text, MAX_BYTES)?)
}

/// Reads a ledger request from a JSON value.
///
/// # Errors
/// All that is wrong with it.
pub fn ledger_request_of(value: &Value<'_>) -> Read<LedgerRequest> {
    let mut reader = Reader::default();
    let request = read_ledger_request(&mut reader, value);
    reader.finish(request)
}

/// Reads one case of a list at its place in a document; it must be near enough to the day of the question.
pub(crate) fn listed_case(value: &Value<'_>, path: &Path<'_>, as_of: Option<Date>) -> Read<Case> {
    let mut reader = Reader::default();
    let facts = case::case(&mut reader, Some(value), path);
    check_distance(&mut reader, &facts, as_of.map(Month::from), path);
    reader.finish(facts.case)
}

fn read_ledger_request(reader: &mut Reader, value: &Value<'_>) -> Option<LedgerRequest> {
    let root = Path::Root;
    let [facts, provider, as_of, policy] = reader.object(value, &root, &["case", "provider", "as_of", "policy"])?;
    let facts = case::case(reader, facts, &root.key("case"));
    let provider = read_provider(reader, provider, &facts, &root.key("provider"));
    let as_of = reader.date(as_of, &root.key("as_of"));
    check_distance(reader, &facts, as_of.map(Month::from), &root.key("as_of"));
    let policy = read_policy(reader, policy, &root.key("policy"));
    Some(LedgerRequest { case: facts.case?, provider: provider?, as_of: as_of?, policy: policy? })
}

/// Reads a comparison from JSON text.
///
/// # Errors
/// All that is wrong with it.
pub fn compare_request(text: &[u8]) -> Read<CompareRequest> {
    compare_request_of(&parse(text, 2 * MAX_BYTES)?)
}

/// Reads a comparison from a JSON value.
///
/// # Errors
/// All that is wrong with it.
pub fn compare_request_of(value: &Value<'_>) -> Read<CompareRequest> {
    let mut reader = Reader::default();
    let request = read_compare_request(&mut reader, value);
    reader.finish(request)
}

fn read_compare_request(reader: &mut Reader, value: &Value<'_>) -> Option<CompareRequest> {
    let root = Path::Root;
    let [before, after, provider, as_of, policy] =
        reader.object(value, &root, &["before", "after", "provider", "as_of", "policy"])?;
    let before = case::case(reader, before, &root.key("before"));
    let after = case::case(reader, after, &root.key("after"));
    if before.case.as_ref().zip(after.case.as_ref()).is_some_and(|(before, after)| before.ticket_id != after.ticket_id)
    {
        reader.refuse(&code::COMPARE_DIFFERENT_TICKETS, &root.key("after").key("ticket").key("id"));
    }
    // A provider must have been able to claim on both states; one refusal is enough.
    let of_both = ReadCase {
        case: None,
        providers: before
            .providers
            .zip(after.providers)
            .map(|(before, after)| before.into_iter().filter(|provider| after.contains(provider)).collect()),
    };
    let provider = read_provider(reader, provider, &of_both, &root.key("provider"));
    let as_of = reader.date(as_of, &root.key("as_of"));
    let states = [ReadCase { case: before.case, providers: None }, ReadCase { case: after.case, providers: None }];
    if let Some(state) = states.iter().find(|state| is_too_far(state, as_of.map(Month::from))) {
        check_distance(reader, state, as_of.map(Month::from), &root.key("as_of"));
    }
    let policy = read_policy(reader, policy, &root.key("policy"));
    let [before, after] = states.map(|state| state.case);
    Some(CompareRequest { before: before?, after: after?, provider: provider?, as_of: as_of?, policy: policy? })
}

pub(crate) fn read_policy(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<PolicyName> {
    match field {
        None | Some(Value::Null) => Some(PolicyName::Operations),
        some => reader.choice(some, path, POLICIES),
    }
}

/// A provider that could claim on the ticket. When the assignments could not be read, any id will do.
fn read_provider(
    reader: &mut Reader,
    field: Option<&Value<'_>>,
    facts: &ReadCase,
    path: &Path<'_>,
) -> Option<Box<str>> {
    let provider = reader.id(field, path)?;
    if facts.providers.as_ref().is_some_and(|providers| !providers.contains(&provider)) {
        reader.refuse(&code::CLAIM_PROVIDER_NOT_ASSIGNED, path);
    }
    Some(provider)
}

fn check_distance(reader: &mut Reader, facts: &ReadCase, month: Option<Month>, path: &Path<'_>) {
    if is_too_far(facts, month) {
        reader.add(Problem::new(&code::QUESTION_TOO_FAR, &path.pointer()).with("limit", MAX_SPAN_MONTHS));
    }
}

fn is_too_far(facts: &ReadCase, month: Option<Month>) -> bool {
    let span = facts.case.as_ref().and_then(Case::span).zip(month);
    span.is_some_and(|(span, month)| distance_is_too_far(span, month))
}

fn distance_is_too_far((first, last): (Month, Month), month: Month) -> bool {
    month.since(last) > MAX_SPAN_MONTHS || first.since(month) > MAX_SPAN_MONTHS
}
