//! The forms that a user means to file.

use serde_json::{Value, json};
use ttw_admin::world::{Inhabitant, World};
use ttw_core::domain::Month;

/// A form that is to be filed.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The idempotency key.
    pub key: String,
    /// Where it is filed.
    pub path: &'static str,
    /// What is in it.
    pub draft: Value,
}

/// Of which organization the user is.
const PROVIDER: &str = "EN-HARBOR";

/// Four forms: two payment requests, two earnings inquiries, one of them about several people. The seed says in which order. No two are
/// about the same person, so that none depends on which came first.
#[must_use]
pub fn plan(world: &World, seed: u64) -> Vec<Paper> {
    let held: Vec<(&Inhabitant, Value)> =
        world.people.iter().filter_map(|person| Some((person, row(world, person)?))).collect();
    let rows: Vec<Value> = held.iter().skip(4).map(|(_, row)| row.clone()).collect();
    let mut papers = Vec::new();
    for (number, (person, _)) in held.iter().take(2).enumerate() {
        let draft = payment_request(person);
        papers.push(Paper { key: format!("claim-{number}"), path: "/v1/payment-requests", draft });
    }
    for (number, rows) in [rows.get(..1), rows.get(1..7)].into_iter().enumerate() {
        let draft = json!({ "beneficiaries": rows });
        papers.push(Paper { key: format!("inquiry-{number}"), path: "/v1/earnings-inquiries", draft });
    }
    let first = usize::try_from(seed % 4).unwrap_or_default();
    papers.rotate_left(first);
    papers
}

/// Phase 1 Milestone 1 for the first month in which somebody worked after the assignment, at an employer not on file.
#[must_use]
pub fn payment_request(person: &Inhabitant) -> Value {
    let assigned = person.record.case.assignments.last().map(|assignment| Month::from(assignment.assigned_on));
    let worked = person.record.case.earnings.iter().find(|entry| assigned.is_some_and(|month| entry.month > month));
    json!({
        "ssn": number(person),
        "payment_method": "outcome_milestone",
        "request_type": "p1m1",
        "claim_month": worked.map(|entry| entry.month.to_string()),
        "p1m1_basis": "twl_in_month",
        "employer": { "name": "Acme Bakery", "hourly_wage": "16.25", "hours_per_week": "20.00", "pay_frequency": "biweekly" },
        "work_type": "employee",
        "proof_delivery": "none_needed",
        "services_summary_codes": ["case_management", "job_placement"],
        "services_certified": true,
        "attested": true
    })
}

/// A row of an inquiry about somebody whose ticket the organization holds.
fn row(world: &World, person: &Inhabitant) -> Option<Value> {
    person.record.is_with(PROVIDER, world.as_of).then_some(())?;
    let assigned_on = person.record.assignment_on(world.as_of)?.assigned_on;
    Some(json!({ "ssn": number(person), "assignment_date": assigned_on }))
}

fn number(person: &Inhabitant) -> String {
    String::from_utf8_lossy(person.ssn.expose()).into_owned()
}
