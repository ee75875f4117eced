//! What a claim is decided on: what is on file today, with the earnings that the request showed.

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use ttw_core::claims::{Obstacles, Proposal, propose};
use ttw_core::decision::{Allocation, Determination, Received, allocation_json};
use ttw_core::domain::Usd;
use ttw_core::forms::{Form, Organization, Person, payment_request};
use ttw_core::read::{self, Read};
use ttw_portal::identity::Manager;
use ttw_portal::store::{Submission, WorkCase};
use ttw_portal::{Portal, Refusal};

/// A question about a claim with its answer.
pub(crate) struct Judged {
    /// The question, JSON.
    pub question: String,
    /// The answer.
    pub determination: Determination,
    /// What follows from it.
    pub proposal: Proposal,
    /// Who shares the payment, by what the providers have agreed; what is missing where they have not.
    pub split: Allocation,
    /// Payments to the provider are held, or its agreement has ended.
    pub is_on_hold: bool,
    agreed: Option<Agreed>,
}

impl Judged {
    /// Who shares a payment of this amount; none where nobody shares or nothing settles how.
    pub(crate) fn shares_of(&self, portal: &Portal, amount: Usd) -> Read<Option<Vec<Received>>> {
        let split = shares(portal, &self.question, self.agreed.as_ref(), Some(amount))?;
        Ok(split.shares.filter(|_| split.possible_split))
    }
}

/// What the providers of a ticket have filed of its shares.
struct Agreed {
    /// The rows, as the core reads them.
    rows: String,
    /// Who filed them.
    by: Vec<Box<str>>,
}

/// A split agreement as far as its shares go.
#[derive(Deserialize)]
struct Agreement {
    #[serde(default)]
    allocation: Option<Rows>,
}

#[derive(Deserialize)]
struct Rows {
    p1: Vec<Portion>,
    p2: Vec<Portion>,
    outcome: Vec<Portion>,
}

#[derive(Deserialize)]
struct Portion {
    pid: String,
    percent: u8,
}

/// Asks the engine about a claim by what is on file today.
///
/// The day of the request stays the day of receipt: some rules go by it.
pub(crate) async fn judge(
    portal: &Portal,
    manager: &Manager,
    case: &WorkCase,
    submission: &Submission,
) -> Result<Read<Judged>, Refusal> {
    let asked = submission.decision.as_ref().ok_or_else(Refusal::internal)?;
    let Ok(mut question) = read::question(asked.question.as_bytes()) else {
        return Err(Refusal::internal());
    };
    let mut agreed = None;
    if let Some(person) = portal.store().own_person(case.person()).await? {
        agreed = agreement(portal, manager, &person).await?;
        let shown = payment_request::shown(&submission.document).ok_or_else(Refusal::internal)?;
        question.case = person.case;
        question.case.show(shown.statements);
    }
    let text = serde_json::to_string(&question).map_err(|_| Refusal::internal())?;
    let standing = portal.store().provider(&case.ein).await?;
    Ok(answer(portal, case, text, agreed, standing.as_ref()))
}

/// What the providers of a ticket have filed. The last agreement of each that filed one counts; where these say different things there
/// is none, and the program manager decides.
async fn agreement(portal: &Portal, manager: &Manager, person: &Person) -> Result<Option<Agreed>, Refusal> {
    let mut last: BTreeMap<&str, &str> = BTreeMap::new();
    for filed in person.earlier.iter().filter(|filed| filed.live && filed.form == Form::SplitAgreement) {
        let Some(number) = filed.confirmation.as_deref() else { continue };
        // Numbers sort by time.
        let of_provider = last.entry(&filed.provider).or_insert(number);
        *of_provider = number.max(of_provider);
    }
    let by = last.keys().map(|provider| Box::from(*provider)).collect();
    let mut agreed = Vec::new();
    for number in last.into_values() {
        let filed = portal.store().filed(manager, Form::SplitAgreement, number).await?;
        agreed.push(rows(&filed.ok_or_else(Refusal::internal)?.document)?);
    }
    agreed.dedup();
    let rows = if agreed.len() == 1 { agreed.pop().flatten() } else { None };
    Ok(rows.map(|rows| Agreed { rows, by }))
}

fn answer(
    portal: &Portal,
    case: &WorkCase,
    text: String,
    agreed: Option<Agreed>,
    standing: Option<&Organization>,
) -> Read<Judged> {
    let engine = portal.engine();
    // What no question may hold is refused here rather than when the snapshot is taken.
    let determination = engine.decide(&read::question(text.as_bytes())?)?;
    let today = portal.desk().received_on;
    let mut claim = case.claim.clone();
    claim.settle(today, engine.parameters()).map_err(|problem| vec![problem])?;
    let split = shares(portal, &text, agreed.as_ref(), None)?;
    let obstacles = obstacles(standing, split.possible_split && split.decided_by.is_none(), today);
    let proposal = propose(&claim, &determination, obstacles, today, engine.parameters());
    Ok(Judged { question: text, determination, proposal, split, is_on_hold: obstacles.is_on_hold, agreed })
}

/// What stands in the way of paying a provider. One that is not on file any more has no agreement.
fn obstacles(provider: Option<&Organization>, is_split_open: bool, today: Date) -> Obstacles {
    let is_over = |last: Option<Date>| last.is_some_and(|last| last < today);
    Obstacles {
        sam_has_expired: provider.is_some_and(|provider| is_over(provider.sam_expires_on)),
        is_split_open,
        is_on_hold: provider.is_none_or(|provider| provider.on_hold || is_over(provider.agreement_ends_on)),
    }
}

/// Who shares the payment. What not each of those who had the ticket has filed is no agreement, nor is one between others.
fn shares(portal: &Portal, question: &str, agreed: Option<&Agreed>, amount: Option<Usd>) -> Read<Allocation> {
    let amount = amount.map_or("null".to_owned(), |amount| format!("\"{amount}\""));
    let ask = |rows: &str| {
        let text = format!("{{\"question\":{question},\"allocation\":{rows},\"amount\":{amount}}}");
        allocation_json(text.as_bytes(), portal.engine().parameters())
    };
    let open = ask("null")?;
    let agreed = agreed.filter(|agreed| open.providers.iter().all(|provider| agreed.by.contains(provider)));
    Ok(agreed.and_then(|agreed| ask(&agreed.rows).ok()).unwrap_or(open))
}

/// The rows of an agreement as the core reads them; none where the program manager is to decide.
fn rows(document: &str) -> Result<Option<String>, Refusal> {
    let agreement: Agreement = serde_json::from_str(document).map_err(|_| Refusal::internal())?;
    let row = |mut row: Vec<Portion>| -> Value {
        row.sort_unstable_by(|one, other| one.pid.cmp(&other.pid));
        row.into_iter().map(|portion| json!({ "provider": portion.pid, "percent": portion.percent })).collect()
    };
    let rows = agreement.allocation.map(|Rows { p1, p2, outcome }| {
        json!({ "decided_by": "agreement", "p1": row(p1), "p2": row(p2), "outcome": row(outcome) }).to_string()
    });
    Ok(rows)
}
