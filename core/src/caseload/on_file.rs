//! Caseloads of people on file.

use super::auto_pay::{AutoPayRequest, Standing};
use super::code;
use super::read::{MAX_CASES, Requested, Requests};
use super::unclaimed::UnclaimedRequest;
use crate::domain::{Case, PaymentAsked};
use crate::facts::PolicyName;
use crate::forms::{Form, Organization, Person};
use crate::problem::Problem;
use crate::read::Read;
use jiff::civil::Date;
use std::collections::BTreeSet;

impl UnclaimedRequest {
    /// The tickets of people on file as a provider sees them on a day; what they have asked for and is live is in process.
    #[must_use]
    pub fn on_file(provider: &str, as_of: Date, people: Vec<Person>) -> Self {
        let (cases, requests) = caseload(people);
        Self { provider: provider.into(), as_of, policy: PolicyName::Operations, cases, requests }
    }
}

impl AutoPayRequest {
    /// A run on the tickets of people on file; a provider that is not among the organizations has no agreement.
    #[must_use]
    pub fn on_file(as_of: Date, organizations: &[Organization], people: Vec<Person>) -> Self {
        let (cases, requests) = caseload(people);
        let standing = |of: &Organization| {
            (of.provider.clone(), Standing { agreement_ends_on: of.agreement_ends_on, on_hold: of.on_hold })
        };
        let providers = organizations.iter().map(standing).collect();
        let limit = cases.len().max(MAX_CASES);
        Self { as_of, policy: PolicyName::Operations, providers, cases, requests, after: None, limit }
    }
}

/// The cases of people with what was requested on each ticket. Two people with one ticket are a mistake on file: neither is judged by the
/// requests of both.
fn caseload(people: Vec<Person>) -> (Vec<Read<Case>>, Requests) {
    let mut requests = Requests::new();
    let mut cases = Vec::with_capacity(people.len());
    let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
    for person in &people {
        if !seen.insert(&person.case.ticket_id) {
            twice.insert(person.case.ticket_id.clone());
        }
    }
    for person in people {
        let live = person.earlier.iter().filter(|earlier| earlier.live && earlier.form == Form::PaymentRequest);
        let asked = live.filter_map(|earlier| {
            Some(Requested { payment: PaymentAsked::parse(earlier.payment.as_deref()?)?, month: earlier.month? })
        });
        if twice.contains(&person.case.ticket_id) {
            cases.push(Err(vec![Problem::new(&code::CASELOAD_TICKET_DUPLICATE, "/ticket/id")]));
        } else {
            requests.entry(person.case.ticket_id.clone()).or_default().extend(asked);
            cases.push(Ok(person.case));
        }
    }
    (cases, requests)
}
