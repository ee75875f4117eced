//! How far every request of an organization is, for a spreadsheet.

use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use jiff::civil::Date;
use serde_json::Value;
use ttw_core::claims::{Timeline, timeline};
use ttw_core::forms::Form;
use ttw_core::params::Parameters;
use ttw_core::table::Table;
use ttw_portal::query::Query;
use ttw_portal::responses::{NotPermitted, RefusedQuery};
use ttw_portal::store::{Standing, Submission};
use ttw_portal::{Portal, Refusal, reply};

/// How many are read at once, and the most lines of a table.
const PAGE: usize = 100;
const MOST: usize = 5_000;

const NAMES: [&str; 14] = [
    "confirmation",
    "submitted_at",
    "submitted_by",
    "payment",
    "month",
    "status",
    "reason",
    "since",
    "waiting_for",
    "waiting_from",
    "documents_by",
    "expected_by",
    "expected_not_before",
    "amount",
];

/// Export the status of all requests
///
/// A line for each request of the organization, newest first, 5,000 at most: where it is, what is waited for and from whom, when it will be
/// decided. No line says whose ticket it is.
#[utoipa::path(
    get,
    path = "/v1/payment-requests/status.csv",
    tag = "Payment Request",
    operation_id = "status_table",
    security(("bearer" = [])),
    responses(
        (status = 200, description = "Comma-separated values with a line of names.", body = String, content_type = "text/csv"),
        RefusedQuery, NotPermitted
    )
)]
pub(crate) async fn table(State(portal): State<Portal>, parts: Parts) -> Result<Response, Refusal> {
    let scope = portal.filing_scope(&parts).await?;
    Query::read(parts.uri.query(), &[]).finish()?;
    let (today, parameters) = (portal.desk().received_on, portal.engine().parameters());
    let mut table = Table::of(&NAMES);
    let (mut cursor, mut lines) = (None, 0);
    while lines < MOST {
        let page = portal.store().list(&scope, Form::PaymentRequest, cursor.as_deref(), PAGE).await?;
        let numbers: Vec<_> = page.submissions.iter().map(|one| one.confirmation.clone()).collect();
        let standings = portal.store().standings(&scope, portal.engine(), &numbers).await?;
        for submission in &page.submissions {
            line(&mut table, submission, standings.get(&submission.confirmation), today, parameters);
            lines += 1;
        }
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    Ok(reply::table(table.into_text()))
}

fn line(table: &mut Table, submission: &Submission, standing: Option<&Standing>, today: Date, parameters: &Parameters) {
    let document: Value = serde_json::from_str(&submission.document).unwrap_or_default();
    let text = |name: &str| document.get(name).and_then(Value::as_str).unwrap_or_default();
    let told = standing.and_then(|standing| standing.claim.clone()).map(|mut claim| {
        // What the clocks have done counts, whether or not it was entered yet.
        let _ = claim.settle(today, parameters);
        timeline(&claim, today, parameters)
    });
    let last = standing.and_then(|standing| standing.last.as_ref());
    let decided = last.filter(|_| told.is_none());
    let status = told.as_ref().map_or(submission.status.as_str(), |told| told.state.as_str());
    let reason = told.as_ref().map_or_else(|| decided_for(decided), reason);
    let since = told.as_ref().map(|told| told.since.to_string()).or_else(|| decided.map(|step| step.on.clone()));
    let waiting = told.as_ref().and_then(|told| told.waiting_for.as_ref());
    let from = waiting.and_then(|waiting| serde_json::to_value(waiting.from).ok()?.as_str().map(str::to_owned));
    let expected = told.as_ref().and_then(|told| told.expected_decision.as_ref());
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    table.line([
        submission.confirmation.as_str(),
        &submission.submitted_at,
        &submission.submitter_name,
        text("request_type"),
        text("claim_month"),
        status,
        &reason,
        &since.unwrap_or_default(),
        waiting.map_or("", |waiting| waiting.what),
        &from.unwrap_or_default(),
        &day(told.as_ref().and_then(documents_by)),
        &day(expected.and_then(|expected| expected.by)),
        &day(expected.and_then(|expected| expected.not_before)),
        decided.and_then(|step| step.amount.as_deref()).unwrap_or_default(),
    ]);
}

fn reason(told: &Timeline) -> String {
    let state = serde_json::to_value(told.state).unwrap_or_default();
    state.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A denial by the clock has its reason in its name.
fn decided_for(step: Option<&ttw_portal::store::StepTaken>) -> String {
    match step {
        Some(step) if step.event == "documents_missing" => "INSUFFICIENT_DOCUMENTATION".to_owned(),
        Some(step) => step.reason.clone().unwrap_or_default(),
        None => String::new(),
    }
}

fn documents_by(told: &Timeline) -> Option<Date> {
    told.clocks.iter().find(|clock| ["DIA-01", "DIA-02"].contains(&clock.rule))?.last_day
}
