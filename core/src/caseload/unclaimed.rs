//! Money that a provider has not asked for.

use super::read::{Requested, Requests, cases, requests};
use super::standing::{Due, View, Viewer};
use super::why::Why;
use crate::domain::{Case, Usd};
use crate::facts::PolicyName;
use crate::params::Parameters;
use crate::problem::{Problem, code};
use crate::read::{MAX_BATCH_BYTES, Path, Read, Reader, parse, read_policy};
use jiff::civil::Date;
use serde::Serialize;
use serde_json_borrow::Value;

/// Whose tickets, on which day, and what has been asked for.
#[derive(Debug)]
pub struct UnclaimedRequest {
    /// The provider.
    pub provider: Box<str>,
    /// The day.
    pub as_of: Date,
    /// By which reading.
    pub policy: PolicyName,
    pub(super) cases: Vec<Read<Case>>,
    pub(super) requests: Requests,
}

/// Every payment that is due and has not been asked for, the most urgent first, and why the other tickets bring nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unclaimed {
    /// Whose tickets.
    pub provider: Box<str>,
    /// On which day.
    pub as_of: Date,
    /// The payments, by the last day of a request; the reconciliation, which no form asks for, comes last.
    pub rows: Vec<Due>,
    /// One entry for each case, in the order received.
    pub tickets: Vec<Ticket>,
    /// Sums.
    pub totals: Totals,
    /// The policy by which it was judged.
    pub policy: PolicyName,
    /// The rules applied beside those of the ledger.
    pub rules: [&'static str; 2],
    /// Version of rules and parameters.
    pub rules_version: Box<str>,
}

/// What one ticket brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ticket {
    /// The caller's id; none where the case could not be read.
    pub ticket: Option<Box<str>>,
    /// How much of it is due.
    #[serde(flatten)]
    pub sum: Sum,
    /// Why nothing can be; none where something can.
    pub why: Option<Why>,
    /// What is wrong with the case; it then brings nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Problem>,
}

/// A number of payments and their sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sum {
    /// How many.
    pub payments: usize,
    /// Their amounts; one whose rate is not published adds nothing.
    pub amount: Usd,
    /// How many of them have no published rate.
    pub without_rate: usize,
}

/// Sums over all tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Everything that is due.
    #[serde(flatten)]
    pub all: Sum,
    /// That of it for which the months of PRQ-03 are over.
    pub late: Sum,
}

impl Sum {
    pub(super) fn of<'d>(rows: impl Iterator<Item = &'d Due>) -> Self {
        rows.fold(Self::default(), |sum, row| Self {
            payments: sum.payments.saturating_add(1),
            amount: sum.amount.plus(row.amount.unwrap_or(Usd::ZERO)),
            without_rate: sum.without_rate.saturating_add(usize::from(row.amount.is_none())),
        })
    }
}

/// Reads `{"provider": "EN-A", "as_of": "…", "policy": "operations", "cases": [{…}], "requests": [{"ticket": "T-0001", "payment": "p1m1",
/// "month": "2016-06"}]}`. Requests are those that were made and are neither denied nor withdrawn.
///
/// # Errors
/// All that is wrong with the list itself; what is wrong with one case is told beside that case.
pub fn unclaimed_request(text: &[u8]) -> Read<UnclaimedRequest> {
    let value = parse(text, MAX_BATCH_BYTES)?;
    let mut reader = Reader::default();
    let request = read_request(&mut reader, &value);
    reader.finish(request)
}

fn read_request(reader: &mut Reader, value: &Value<'_>) -> Option<UnclaimedRequest> {
    let root = Path::Root;
    let names = &["provider", "as_of", "policy", "cases", "requests"];
    let [provider, as_of, policy, list, made] = reader.object(value, &root, names)?;
    let provider = reader.id(provider, &root.key("provider"));
    let as_of = reader.date(as_of, &root.key("as_of"));
    let policy = read_policy(reader, policy, &root.key("policy"));
    let cases = cases(reader, list, &root.key("cases"), as_of);
    let requests = requests(reader, made, &root.key("requests"));
    Some(UnclaimedRequest { provider: provider?, as_of: as_of?, policy: policy?, cases: cases?, requests: requests? })
}

/// Lists what a provider can request on its tickets and has not.
///
/// ```
/// let request = br#"{"provider": "EN-A", "as_of": "2016-08-15", "cases": [{
///     "ticket": {"id": "T-0001", "assignments": [
///         {"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2016-05-20"}]},
///     "beneficiary": {"title": "t2", "blind": false},
///     "benefits": [{"title": "t2", "from": "2014-01", "to": null, "status": "current_pay"}],
///     "earnings": [{"month": "2016-06", "earned": "900.00"}]}]}"#;
/// let engine = ttw_core::Engine::builtin().unwrap();
/// let request = ttw_core::caseload::unclaimed_request(request).unwrap();
/// let unclaimed = ttw_core::caseload::unclaimed(&request, engine.parameters());
/// assert_eq!(unclaimed.rows[0].amount.unwrap().to_string(), "1398.00");
/// assert_eq!(unclaimed.rows[0].request_by.unwrap().to_string(), "2018-06-30");
/// ```
#[must_use]
pub fn unclaimed(request: &UnclaimedRequest, parameters: &Parameters) -> Unclaimed {
    let UnclaimedRequest { provider, as_of, policy, .. } = request;
    let viewer = Viewer { provider, as_of: *as_of, policy: *policy, parameters };
    let mut rows = Vec::new();
    let mut tickets = Vec::with_capacity(request.cases.len());
    for (index, case) in request.cases.iter().enumerate() {
        let (due, ticket) = ticket(viewer, index, case, &request.requests);
        rows.extend(due);
        tickets.push(ticket);
    }
    // The sort is stable: within a day, tickets as received and payments in the order of the ledger. What nobody asks for comes last.
    rows.sort_by_key(|due| (due.request_by.is_none(), due.request_by));
    Unclaimed {
        provider: provider.clone(),
        as_of: *as_of,
        totals: Totals { all: Sum::of(rows.iter()), late: Sum::of(rows.iter().filter(|due| due.is_late())) },
        rows,
        tickets,
        policy: *policy,
        rules: ["PRQ-01", "PRQ-03"],
        rules_version: parameters.version().into(),
    }
}

fn ticket(viewer: Viewer<'_>, index: usize, case: &Read<Case>, requests: &Requests) -> (Vec<Due>, Ticket) {
    let refused = |ticket, errors| Ticket { ticket, sum: Sum::default(), why: None, errors };
    let case = match case {
        Ok(case) => case,
        Err(problems) => return (Vec::new(), refused(None, problems.clone())),
    };
    let requested: &[Requested] = requests.get(&case.ticket_id).map_or(&[], Vec::as_slice);
    let ticket = Some(case.ticket_id.clone());
    let Ok(view) = View::of(viewer, case, requested) else {
        let at = format!("/cases/{index}/ticket/assignments");
        return (Vec::new(), refused(ticket, vec![Problem::new(&code::CLAIM_PROVIDER_NOT_ASSIGNED, &at)]));
    };
    let due = view.due();
    let why = due.is_empty().then(|| Why::of(&view));
    let sum = Sum::of(due.iter());
    (due, Ticket { ticket, sum, why, errors: Vec::new() })
}

/// Answers a request in JSON.
///
/// # Errors
/// All that is wrong with the list itself.
pub fn unclaimed_json(text: &[u8], parameters: &Parameters) -> Read<Unclaimed> {
    Ok(unclaimed(&unclaimed_request(text)?, parameters))
}
