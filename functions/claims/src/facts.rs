//! What a claim is decided on: what is on file today, with the earnings that the request showed.

use serde::Deserialize;
use serde_json::{Value, json};
use ttw_core::claims::{Proposal, propose};
use ttw_core::decision::{Allocation, Determination, allocation_json};
use ttw_core::domain::{Case, Month, PayStatement, StatementKind, Usd, parse_date};
use ttw_core::forms::Form;
use ttw_core::read::{self, Question, Read};
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
}

/// A payment request as far as its earnings go.
#[derive(Deserialize)]
struct Sent {
    #[serde(default)]
    earnings: Vec<Row>,
    #[serde(default)]
    sei: Option<Income>,
}

#[derive(Deserialize)]
struct Row {
    period_start: String,
    period_end: String,
    pay_date: String,
    gross: String,
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

#[derive(Deserialize)]
struct Income {
    month: String,
    net: String,
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
        let filed = person.earlier.iter().filter(|filed| filed.live && filed.form == Form::SplitAgreement);
        // Numbers sort by time: the last agreement counts.
        if let Some(number) = filed.filter_map(|filed| filed.confirmation.as_deref()).max() {
            agreed = portal.store().filed(manager, Form::SplitAgreement, number).await?;
        }
        question.case = with_statements(person.case, &submission.document);
    }
    Ok(answer(portal, case, &question, agreed.as_ref()))
}

fn answer(portal: &Portal, case: &WorkCase, question: &Question, agreed: Option<&Submission>) -> Read<Judged> {
    let engine = portal.engine();
    let text = serde_json::to_string(question).unwrap_or_default();
    // What no question may hold is refused here rather than when the snapshot is taken.
    let determination = engine.decide(&read::question(text.as_bytes())?)?;
    let today = portal.desk().received_on;
    let mut claim = case.claim.clone();
    claim.settle(today, engine.parameters()).map_err(|problem| vec![problem])?;
    let proposal = propose(&claim, &determination, today, engine.parameters());
    let split = shares(portal, &text, agreed)?;
    Ok(Judged { question: text, determination, proposal, split })
}

/// Who shares the payment. An agreement between others than those who had the ticket is none.
fn shares(portal: &Portal, question: &str, agreed: Option<&Submission>) -> Read<Allocation> {
    let ask = |rows: &str| {
        let text = format!("{{\"question\":{question},\"allocation\":{rows}}}");
        allocation_json(text.as_bytes(), portal.engine().parameters())
    };
    match agreed.and_then(|agreed| rows(&agreed.document)).map(|rows| ask(&rows)) {
        Some(Ok(allocation)) => Ok(allocation),
        _ => ask("null"),
    }
}

/// The rows of an agreement as the core reads them; none where the program manager is to decide.
fn rows(document: &str) -> Option<String> {
    let agreement: Agreement = serde_json::from_str(document).ok()?;
    let row = |row: &[Portion]| -> Value {
        row.iter().map(|portion| json!({ "provider": portion.pid, "percent": portion.percent })).collect()
    };
    let Rows { p1, p2, outcome } = agreement.allocation?;
    let rows = json!({ "decided_by": "agreement", "p1": row(&p1), "p2": row(&p2), "outcome": row(&outcome) });
    Some(rows.to_string())
}

/// A case with the earnings that a request showed; those that are on file already are not counted twice.
fn with_statements(mut case: Case, document: &str) -> Case {
    let sent: Option<Sent> = serde_json::from_str(document).ok();
    for statement in sent.iter().flat_map(statements) {
        if !case.pay_statements.contains(&statement) {
            case.pay_statements.push(statement);
        }
    }
    case
}

fn statements(sent: &Sent) -> Vec<PayStatement> {
    let wages = sent.earnings.iter().filter_map(|row| {
        Some(PayStatement {
            period_start: parse_date(&row.period_start).ok()?,
            period_end: parse_date(&row.period_end).ok()?,
            pay_date: parse_date(&row.pay_date).ok()?,
            gross: Usd::parse(&row.gross)?,
            kind: StatementKind::Wages,
        })
    });
    let income = sent.sei.as_ref().and_then(|sei| {
        let last_day = Month::parse(&sei.month)?.last_day()?;
        Some(PayStatement {
            period_start: last_day.first_of_month(),
            period_end: last_day,
            pay_date: last_day,
            gross: Usd::parse(&sei.net)?,
            kind: StatementKind::SelfEmployment,
        })
    });
    wages.chain(income).collect()
}
