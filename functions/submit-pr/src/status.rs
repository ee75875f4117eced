//! How far every request of an organization is, for a spreadsheet.

use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use jiff::civil::Date;
use serde_json::Value;
use ttw_core::claims::{DenialReason, Event, Timeline, timeline};
use ttw_core::forms::Form;
use ttw_core::params::Parameters;
use ttw_core::table::Table;
use ttw_portal::query::Query;
use ttw_portal::responses::{NotPermitted, RefusedQuery};
use ttw_portal::store::{Standing, Submission};
use ttw_portal::{Portal, Refusal, reply};

/// How many are read at once.
const PAGE: usize = 100;
/// How many lines a table has, unless given and at most.
const TABLE: (usize, usize) = (5_000, 5_000);

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
/// A line for each request of the organization, newest first: where it is, what is waited for and from whom, when it will be decided. No line
/// says whose ticket it is. Where there are more than one table takes, `Link` says where the rest is.
#[utoipa::path(
    get,
    path = "/v1/payment-requests/status.csv",
    tag = "Payment Request",
    operation_id = "status_table",
    security(("bearer" = [])),
    params(
        ("cursor" = Option<String>, Query, description = "Where the table begins: that of the `Link` of the table before."),
        ("limit" = Option<u16>, Query, description = "How many requests at most, 5,000 unless given.", minimum = 1, maximum = 5000),
    ),
    responses(
        (status = 200, description = "Comma-separated values with a line of names.", body = String, content_type = "text/csv",
            headers(("Link" = Option<String>, description = "Where the rest of a long table is: `<…>; rel=\"next\"`."))),
        RefusedQuery, NotPermitted
    )
)]
pub(crate) async fn table(State(portal): State<Portal>, parts: Parts) -> Result<Response, Refusal> {
    let scope = portal.filing_scope(&parts).await?;
    let mut query = Query::read(parts.uri.query(), &["cursor", "limit"]);
    let (mut cursor, limit) = query.page(TABLE);
    query.finish()?;
    let (today, parameters) = (portal.desk().received_on, portal.engine().parameters());
    let mut table = Table::of(&NAMES);
    let mut left = limit;
    while left > 0 {
        let asked = left.min(PAGE);
        let page = portal.store().list(&scope, Form::PaymentRequest, cursor.as_deref(), asked).await?;
        left -= asked;
        let numbers: Vec<_> = page.submissions.iter().map(|one| one.confirmation.clone()).collect();
        let standings = portal.store().standings(&scope, portal.engine(), &numbers).await?;
        for submission in &page.submissions {
            line(&mut table, submission, standings.get(&submission.confirmation), today, parameters);
        }
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    reply::table(table.into_text(), parts.uri.path(), cursor.as_deref(), limit)
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
        standing.and_then(Standing::paid_as).unwrap_or_else(|| text("request_type")),
        text("claim_month"),
        status,
        &reason,
        &since.unwrap_or_default(),
        waiting.map_or("", |waiting| waiting.what),
        &from.unwrap_or_default(),
        &day(told.as_ref().and_then(Timeline::documents_by)),
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
        Some(step) if step.event == Event::DocumentsMissing.as_str() => {
            DenialReason::InsufficientDocumentation.text().code.to_owned()
        }
        Some(step) => step.reason.clone().unwrap_or_default(),
        None => String::new(),
    }
}
