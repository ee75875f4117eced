//! The automatic run (E-PAY): claims that the program manager can open itself, since the earnings are on file.

use super::read::{Requested, Requests, cases, requests};
use super::standing::{Due, View, Viewer, answer};
use super::unclaimed::Sum;
use super::why::Why;
use super::{code, read};
use crate::decision::had_ticket_before;
use crate::domain::{Assignment, Case, Month, PaymentAsked, PaymentName, ProviderKind};
use crate::eligibility::Decision;
use crate::facts::PolicyName;
use crate::params::Parameters;
use crate::problem::Problem;
use crate::read::{MAX_BATCH_BYTES, Path, Read, Reader, parse, read_policy};
use jiff::civil::Date;
use serde::Serialize;
use serde_json_borrow::Value;
use std::collections::BTreeMap;

/// A part of the run: tickets, who is paid on them, and where the part before ended.
#[derive(Debug)]
pub struct AutoPayRequest {
    /// The day.
    pub as_of: Date,
    /// By which reading.
    pub policy: PolicyName,
    pub(super) providers: BTreeMap<Box<str>, Standing>,
    pub(super) cases: Vec<Read<Case>>,
    pub(super) requests: Requests,
    pub(super) after: Option<Box<str>>,
    pub(super) limit: usize,
}

/// Whether a provider takes part in the run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub agreement_ends_on: Option<Date>,
    pub on_hold: bool,
}

/// What the run proposes, and why it proposes nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AutoPay {
    /// The day.
    pub as_of: Date,
    /// The claims, by ticket and in the order of the ledger.
    pub proposals: Vec<Proposal>,
    /// One entry for each ticket looked at, by id; cases that could not be read come last.
    pub tickets: Vec<Looked>,
    /// The sum of the proposals.
    pub totals: Sum,
    /// Send it as `after` for the next part; none when every ticket has been looked at.
    pub cursor: Option<Box<str>>,
    /// The policy by which it was judged.
    pub policy: PolicyName,
    /// The rules applied beside those of the ledger.
    pub rules: [&'static str; 4],
    /// Version of rules and parameters.
    pub rules_version: Box<str>,
}

/// A claim that can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// Who is paid.
    pub provider: Box<str>,
    /// The payment.
    #[serde(flatten)]
    pub due: Due,
    /// Whether other providers had the ticket before the month, so that it may be shared (SPL-02).
    pub possible_split: bool,
}

/// What was seen on a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Looked {
    /// The caller's id; none where the case could not be read.
    pub ticket: Option<Box<str>>,
    /// How many claims are proposed.
    pub proposed: usize,
    /// What is not proposed, and why.
    pub not_proposed: Vec<NotProposed>,
    /// What is wrong with the case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Problem>,
}

/// What is not proposed for a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotProposed {
    /// The provider.
    pub provider: Box<str>,
    /// Why.
    pub reason: Obstacle,
    /// In words.
    pub text: String,
    /// The payments it is about; empty where it is about all of them.
    pub payments: Vec<PaymentName>,
    /// Where the ticket stands, when nothing is due.
    pub why: Option<Why>,
}

/// Why a claim is not proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// There is no agreement with the provider on the day of the run.
    NoAgreement,
    /// Payments to the provider are on hold.
    OnHold,
    /// The provider did not hold the ticket in the month.
    NotHeld,
    /// The months of PRQ-03 are over.
    Late,
    /// Posted earnings alone do not establish it.
    NotOnFile,
    /// The ledger has nothing that is payable and not requested.
    NothingDue,
}

impl Obstacle {
    const fn text(self) -> &'static str {
        match self {
            Self::NoAgreement => "There is no agreement with the provider on this day.",
            Self::OnHold => "Payments to the provider are on hold.",
            Self::NotHeld => "The provider did not hold the ticket in the month; it can request the payment itself.",
            Self::Late => "The months in which a request is expected are over; the provider can still make one.",
            Self::NotOnFile => "Posted earnings alone do not establish it; the provider can send pay statements.",
            Self::NothingDue => "Nothing is payable that has not been requested.",
        }
    }
}

/// Reads `{"as_of": "…", "policy": "operations", "providers": [{"provider": "EN-A", "agreement_ends_on": null, "on_hold": false}],
/// "cases": [{…}], "requests": [{"ticket": "T-0001", "payment": "p1m1", "month": "2016-06"}], "after": null, "limit": 100}`.
///
/// # Errors
/// All that is wrong with the list itself; what is wrong with one case is told beside that case.
pub fn auto_pay_request(text: &[u8]) -> Read<AutoPayRequest> {
    let value = parse(text, MAX_BATCH_BYTES)?;
    let mut reader = Reader::default();
    let request = read_request(&mut reader, &value);
    reader.finish(request)
}

fn read_request(reader: &mut Reader, value: &Value<'_>) -> Option<AutoPayRequest> {
    let root = Path::Root;
    let names = &["as_of", "policy", "providers", "cases", "requests", "after", "limit"];
    let [as_of, policy, listed, list, made, after, limit] = reader.object(value, &root, names)?;
    let as_of = reader.date(as_of, &root.key("as_of"));
    let policy = read_policy(reader, policy, &root.key("policy"));
    let providers = read_providers(reader, listed, &root.key("providers"));
    let cases = cases(reader, list, &root.key("cases"), as_of);
    let requests = requests(reader, made, &root.key("requests"));
    let after = match after {
        None | Some(Value::Null) => Some(None),
        some => reader.ticket_id(some, &root.key("after")).map(Some),
    };
    let limit = read::limit(reader, limit, &root.key("limit"));
    Some(AutoPayRequest {
        as_of: as_of?,
        policy: policy?,
        providers: providers?,
        cases: cases?,
        requests: requests?,
        after: after?,
        limit: limit?,
    })
}

fn read_providers(
    reader: &mut Reader,
    field: Option<&Value<'_>>,
    path: &Path<'_>,
) -> Option<BTreeMap<Box<str>, Standing>> {
    let field = reader.required(field, path)?;
    let mut providers = BTreeMap::new();
    for (index, item) in reader.list(Some(field), path).iter().enumerate() {
        let at = path.index(index);
        let names = &["provider", "agreement_ends_on", "on_hold"];
        let Some([provider, ends_on, on_hold]) = reader.object(item, &at, names) else { continue };
        let provider = reader.id(provider, &at.key("provider"));
        let agreement_ends_on = reader.optional_date(ends_on, &at.key("agreement_ends_on"));
        let on_hold = reader.optional_boolean(on_hold, &at.key("on_hold")).unwrap_or(false);
        let Some(provider) = provider else { continue };
        if providers.insert(provider, Standing { agreement_ends_on, on_hold }).is_some() {
            reader.refuse(&code::CASELOAD_PROVIDER_DUPLICATE, &at.key("provider"));
        }
    }
    Some(providers)
}

/// Runs over the next tickets, in the order of their ids, and proposes the claims that need nothing from anybody.
///
/// A run in parts proposes what a run in one would: the order does not depend on the list, and what was proposed for one provider is in
/// process for the next.
#[must_use]
pub fn auto_pay(request: &AutoPayRequest, parameters: &Parameters) -> AutoPay {
    let mut ordered: Vec<&Case> = request.cases.iter().filter_map(|case| case.as_ref().ok()).collect();
    ordered.sort_unstable_by(|one, other| one.ticket_id.cmp(&other.ticket_id));
    ordered.retain(|case| request.after.as_ref().is_none_or(|after| case.ticket_id > *after));
    let more = ordered.len() > request.limit;
    ordered.truncate(request.limit);
    let (mut proposals, mut tickets) = (Vec::new(), Vec::with_capacity(ordered.len()));
    for case in &ordered {
        let (proposed, looked) = Run { request, parameters, case }.look();
        proposals.extend(proposed);
        tickets.push(looked);
    }
    let unread = request.cases.iter().filter_map(|case| case.as_ref().err());
    tickets.extend(unread.map(|errors| Looked {
        ticket: None,
        proposed: 0,
        not_proposed: Vec::new(),
        errors: errors.clone(),
    }));
    AutoPay {
        as_of: request.as_of,
        totals: Sum::of(proposals.iter().map(|proposal| &proposal.due)),
        cursor: ordered.last().filter(|_| more).map(|case| case.ticket_id.clone()),
        proposals,
        tickets,
        policy: request.policy,
        rules: ["PRQ-01", "PRQ-03", "SPL-02", "UNA-01"],
        rules_version: parameters.version().into(),
    }
}

/// The run on one ticket.
struct Run<'r> {
    request: &'r AutoPayRequest,
    parameters: &'r Parameters,
    case: &'r Case,
}

impl Run<'_> {
    fn look(&self) -> (Vec<Proposal>, Looked) {
        let case = self.case;
        let mut requested: Vec<Requested> = self.request.requests.get(&case.ticket_id).cloned().unwrap_or_default();
        let (mut proposals, mut not_proposed) = (Vec::new(), Vec::new());
        for provider in providers(case) {
            let (proposed, kept) = self.look_for(provider, &requested);
            requested.extend(proposed.iter().map(|proposal| Requested {
                payment: PaymentAsked::Named(proposal.due.payment),
                month: proposal.due.month,
            }));
            proposals.extend(proposed);
            not_proposed.extend(kept);
        }
        let ticket = Some(case.ticket_id.clone());
        let looked = Looked { ticket, proposed: proposals.len(), not_proposed, errors: Vec::new() };
        (proposals, looked)
    }

    fn look_for(&self, provider: &str, requested: &[Requested]) -> (Vec<Proposal>, Vec<NotProposed>) {
        let not = |reason: Obstacle, payments, why: Option<Why>| NotProposed {
            provider: provider.into(),
            reason,
            text: reason.text().to_owned(),
            payments,
            why,
        };
        if let Some(reason) = self.excluded(provider) {
            return (Vec::new(), vec![not(reason, Vec::new(), None)]);
        }
        let AutoPayRequest { as_of, policy, .. } = self.request;
        let viewer = Viewer { provider, as_of: *as_of, policy: *policy, parameters: self.parameters };
        let Ok(view) = View::of(viewer, self.case, requested) else { return (Vec::new(), Vec::new()) };
        let due = view.due();
        if due.is_empty() {
            return (Vec::new(), vec![not(Obstacle::NothingDue, Vec::new(), Some(Why::of(&view)))]);
        }
        let mut proposals = Vec::new();
        let mut kept: Vec<NotProposed> = Vec::new();
        for due in due {
            match self.obstacle(&view, &due) {
                None => proposals.push(Proposal {
                    provider: provider.into(),
                    possible_split: had_ticket_before(self.case, due.month).len() > 1,
                    due,
                }),
                Some(reason) => match kept.iter_mut().find(|entry| entry.reason == reason) {
                    Some(entry) => entry.payments.push(due.payment),
                    None => kept.push(not(reason, vec![due.payment], None)),
                },
            }
        }
        (proposals, kept)
    }

    /// Why a provider takes no part in the run.
    fn excluded(&self, provider: &str) -> Option<Obstacle> {
        match self.request.providers.get(provider) {
            Some(Standing { on_hold: true, .. }) => Some(Obstacle::OnHold),
            Some(standing) if standing.agreement_ends_on.is_none_or(|last| self.request.as_of <= last) => None,
            _ => Some(Obstacle::NoAgreement),
        }
    }

    /// Why a payment that is due is left to the provider to request.
    fn obstacle(&self, view: &View<'_>, due: &Due) -> Option<Obstacle> {
        if !held(self.case, view.viewer.provider, due.month) {
            Some(Obstacle::NotHeld)
        } else if due.is_late() {
            Some(Obstacle::Late)
        } else if !self.is_on_file(view, due) {
            Some(Obstacle::NotOnFile)
        } else {
            None
        }
    }

    /// Whether posted earnings alone establish the payment, as they do when the provider requests it without evidence.
    fn is_on_file(&self, view: &View<'_>, due: &Due) -> bool {
        let is_posted = self.case.earnings.iter().any(|entry| entry.month == due.month);
        let posted = Case { pay_statements: Vec::new(), ..view.request.case.clone() };
        is_posted
            && answer(view.viewer, &posted, due.payment, due.month)
                .is_some_and(|answer| answer.decision == Decision::Payable)
    }
}

/// The assignments under which there are claims.
fn paying(case: &Case) -> impl Iterator<Item = &Assignment> {
    case.assignments.iter().filter(|assignment| assignment.kind != ProviderKind::StateVr)
}

/// Whether the ticket was with a provider in a month: assigned before it, and not unassigned before it began.
fn held(case: &Case, provider: &str, month: Month) -> bool {
    paying(case).filter(|assignment| *assignment.provider == *provider).any(|assignment| {
        let until = |day: Date| day.yesterday().is_ok_and(|last| month <= Month::from(last));
        Month::from(assignment.assigned_on) < month && assignment.unassigned_on.is_none_or(until)
    })
}

/// The providers that could claim on a ticket, the earliest first.
fn providers(case: &Case) -> Vec<&str> {
    let mut providers: Vec<&str> = Vec::new();
    for assignment in paying(case) {
        if !providers.contains(&&*assignment.provider) {
            providers.push(&assignment.provider);
        }
    }
    providers
}

/// Answers a request in JSON.
///
/// # Errors
/// All that is wrong with the list itself.
pub fn auto_pay_json(text: &[u8], parameters: &Parameters) -> Read<AutoPay> {
    Ok(auto_pay(&auto_pay_request(text)?, parameters))
}
