//! What a claim is decided on: what is on file today, with the earnings that the request showed.

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};
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
    filed: Vec<Filed>,
}

impl Judged {
    /// Who shares a payment of this amount; none where nobody shares or nothing settles how.
    pub(crate) fn shares_of(&self, portal: &Portal, amount: Usd) -> Read<Option<Vec<Received>>> {
        let split = shares(portal, &self.question, &self.filed, Some(amount))?;
        Ok(split.shares.filter(|_| split.possible_split))
    }
}

/// What a provider has filed of the shares of a ticket.
struct Filed {
    by: Box<str>,
    agreement: Agreement,
}

/// A split agreement as far as its shares go.
#[derive(Deserialize)]
struct Agreement {
    ens: Vec<Named>,
    #[serde(default)]
    allocation: Option<Rows>,
}

#[derive(Deserialize)]
struct Named {
    pid: Box<str>,
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
    let mut filed = Vec::new();
    if let Some(person) = portal.store().own_person(case.person()).await? {
        filed = agreements(portal, manager, &person).await?;
        let shown = payment_request::shown(&submission.document).ok_or_else(Refusal::internal)?;
        question.case = person.case;
        question.case.show(shown.statements);
    }
    let text = serde_json::to_string(&question).map_err(|_| Refusal::internal())?;
    let standing = portal.store().provider(&case.ein).await?;
    Ok(answer(portal, case, text, filed, standing.as_ref()))
}

/// What the providers of a ticket have filed of its shares, the earliest first.
async fn agreements(portal: &Portal, manager: &Manager, person: &Person) -> Result<Vec<Filed>, Refusal> {
    let live = person.earlier.iter().filter(|filed| filed.live && filed.form == Form::SplitAgreement);
    let mut numbers: Vec<(&str, &str)> =
        live.filter_map(|filed| Some((filed.confirmation.as_deref()?, &*filed.provider))).collect();
    // Numbers sort by time.
    numbers.sort_unstable();
    let mut all = Vec::new();
    for (number, by) in numbers {
        let filed = portal.store().filed(manager, Form::SplitAgreement, number).await?;
        let document = filed.ok_or_else(Refusal::internal)?.document;
        let agreement = serde_json::from_str(&document).map_err(|_| Refusal::internal())?;
        all.push(Filed { by: by.into(), agreement });
    }
    Ok(all)
}

/// What those who had the ticket have agreed on, as the core reads it: the last of each that is between them, when all say the same. What
/// others have filed with them since concerns other months.
fn agreed(filed: &[Filed], sharers: &[Box<str>]) -> Option<String> {
    let is_between_them = |filed: &&Filed| {
        let ens = &filed.agreement.ens;
        ens.len() == sharers.len() && ens.iter().all(|named| sharers.contains(&named.pid))
    };
    let last_of = |sharer: &str| {
        let last = filed.iter().filter(is_between_them).rfind(|filed| *filed.by == *sharer)?;
        Some(rows(last.agreement.allocation.as_ref()?))
    };
    let mut said = sharers.iter().map(|sharer| last_of(sharer)).collect::<Option<Vec<String>>>()?;
    said.dedup();
    if said.len() == 1 { said.pop() } else { None }
}

fn answer(
    portal: &Portal,
    case: &WorkCase,
    text: String,
    filed: Vec<Filed>,
    standing: Option<&Organization>,
) -> Read<Judged> {
    let engine = portal.engine();
    // What no question may hold is refused here rather than when the snapshot is taken.
    let determination = engine.decide(&read::question(text.as_bytes())?)?;
    let today = portal.desk().received_on;
    let mut claim = case.claim.clone();
    claim.settle(today, engine.parameters()).map_err(|problem| vec![problem])?;
    let split = shares(portal, &text, &filed, None)?;
    let obstacles = obstacles(standing, split.possible_split && split.decided_by.is_none(), today);
    let proposal = propose(&claim, &determination, obstacles, today, engine.parameters());
    Ok(Judged { question: text, determination, proposal, split, is_on_hold: obstacles.is_on_hold, filed })
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

/// Who shares the payment. What not each of those who had the ticket has filed is no agreement.
fn shares(portal: &Portal, question: &str, filed: &[Filed], amount: Option<Usd>) -> Read<Allocation> {
    let amount = amount.map_or("null".to_owned(), |amount| format!("\"{amount}\""));
    let ask = |rows: &str| {
        let text = format!("{{\"question\":{question},\"allocation\":{rows},\"amount\":{amount}}}");
        allocation_json(text.as_bytes(), portal.engine().parameters())
    };
    let open = ask("null")?;
    let agreed = agreed(filed, &open.providers);
    Ok(agreed.and_then(|rows| ask(&rows).ok()).unwrap_or(open))
}

/// The rows of an agreement as the core reads them, in one order.
fn rows(Rows { p1, p2, outcome }: &Rows) -> String {
    let row = |row: &[Portion]| -> Value {
        let mut row: Vec<&Portion> = row.iter().collect();
        row.sort_unstable_by(|one, other| one.pid.cmp(&other.pid));
        row.into_iter().map(|portion| json!({ "provider": portion.pid, "percent": portion.percent })).collect()
    };
    json!({ "decided_by": "agreement", "p1": row(p1), "p2": row(p2), "outcome": row(outcome) }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who files, the parties with their percents, and whether these are agreed.
    type Said<'s> = (&'s str, &'s [(&'s str, u8)], bool);

    /// An agreement by its parties and the percent of Phase 1 of each; none of them where the program manager is to decide.
    fn filed(by: &str, parties: &[(&str, u8)], is_agreed: bool) -> Filed {
        let ens: Vec<Value> = parties.iter().map(|(pid, _)| json!({ "pid": pid })).collect();
        let row: Vec<Value> = parties.iter().map(|(pid, percent)| json!({"pid": pid, "percent": percent})).collect();
        let allocation = is_agreed.then(|| json!({"p1": row, "p2": row, "outcome": row}));
        let agreement = serde_json::from_value(json!({"ens": ens, "allocation": allocation})).unwrap();
        Filed { by: by.into(), agreement }
    }

    #[test]
    fn an_agreement_is_what_each_of_them_has_said_last_among_themselves() {
        let two = [("A", 60), ("B", 40)];
        let turned = [("B", 40), ("A", 60)];
        let other = [("A", 50), ("B", 50)];
        let three = [("A", 40), ("B", 30), ("C", 30)];
        let sharers = |names: &[&str]| names.iter().map(|name| Box::from(*name)).collect::<Vec<Box<str>>>();
        let settles = |all: &[Said<'_>], names: &[&str]| {
            let all: Vec<Filed> = all.iter().map(|(by, parties, agreed)| filed(by, parties, *agreed)).collect();
            agreed(&all, &sharers(names)).is_some()
        };
        let both = [("A", &two[..], true), ("B", &turned[..], true)];
        assert!(settles(&both, &["A", "B"]));
        assert!(!settles(&both[..1], &["A", "B"]), "one of two");
        assert!(!settles(&[both[0], ("B", &other, true)], &["A", "B"]), "they differ");
        assert!(!settles(&[both[0], both[1], ("B", &two, false)], &["A", "B"]), "one leaves it to the program manager");
        assert!(settles(&[("A", &other, true), both[0], both[1]], &["A", "B"]), "the last of each");
        // Whoever gets the ticket later agrees with them on later months, and changes nothing of those before.
        let since = [both[0], both[1], ("A", &three[..], true), ("B", &three[..], true), ("C", &three[..], true)];
        assert!(settles(&since, &["A", "B"]));
        assert!(settles(&since, &["A", "B", "C"]));
        assert!(!settles(&since[..4], &["A", "B", "C"]));
    }
}
