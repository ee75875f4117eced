//! What a claim is decided on: what is on file today, with the earnings that the request showed.

use serde::Deserialize;
use std::collections::BTreeSet;
use ttw_core::claims::{Proposal, propose};
use ttw_core::decision::Determination;
use ttw_core::domain::{Case, Month, PayStatement, ProviderKind, StatementKind, Usd, parse_date};
use ttw_core::read::{self, Question, Read};
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
    /// Whether more than one Employment Network may share the payment.
    pub possible_split: bool,
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

#[derive(Deserialize)]
struct Income {
    month: String,
    net: String,
}

/// Asks the engine about a claim by what is on file today.
///
/// The day of the request stays the day of receipt: some rules go by it.
pub(crate) async fn judge(portal: &Portal, case: &WorkCase, submission: &Submission) -> Result<Read<Judged>, Refusal> {
    let asked = submission.decision.as_ref().ok_or_else(Refusal::internal)?;
    let Ok(mut question) = read::question(asked.question.as_bytes()) else {
        return Err(Refusal::internal());
    };
    if let Some(person) = portal.store().own_person(case.person()).await? {
        question.case = with_statements(person.case, &submission.document);
    }
    Ok(answer(portal, case, &question))
}

fn answer(portal: &Portal, case: &WorkCase, question: &Question) -> Read<Judged> {
    let engine = portal.engine();
    let text = serde_json::to_string(question).unwrap_or_default();
    // What no question may hold is refused here rather than when the snapshot is taken.
    let determination = engine.decide(&read::question(text.as_bytes())?)?;
    let today = portal.desk().received_on;
    let mut claim = case.claim.clone();
    claim.settle(today, engine.parameters()).map_err(|problem| vec![problem])?;
    let proposal = propose(&claim, &determination, today, engine.parameters());
    let possible_split = may_share(&question.case, question.claim.month);
    Ok(Judged { question: text, determination, proposal, possible_split })
}

/// Whether several Employment Networks had the ticket before a month (SPL-02).
fn may_share(case: &Case, month: Month) -> bool {
    let had_it = case
        .assignments
        .iter()
        .filter(|assignment| assignment.kind != ProviderKind::StateVr && Month::from(assignment.assigned_on) < month);
    had_it.map(|assignment| &assignment.provider).collect::<BTreeSet<_>>().len() > 1
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
