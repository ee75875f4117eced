//! What many tickets bring: money not asked for, the automatic run, what later facts have changed.
//!
//! Each is worked out when it is asked for, by what is on file then, a page of tickets at a time.

use crate::schema::caseload::{AutomaticRunView, RecoveryView, TicketHolder, UnclaimedView};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use std::collections::BTreeSet;
use ttw_core::caseload::{AutoPayRequest, UnclaimedRequest, auto_pay, table, unclaimed};
use ttw_core::claims::recovery;
use ttw_core::forms::{Form, Person};
use ttw_portal::query::Query;
use ttw_portal::responses::{NotPermitted, RefusedQuery};
use ttw_portal::store::{Caseload, Confirmation, Holder};
use ttw_portal::{Portal, Refusal, reply};

/// Unless given, and at most.
const PAGE: (usize, usize) = (50, 100);
/// How many tickets a table has, unless given and at most.
const TABLE: (usize, usize) = (5_000, 5_000);

/// List unclaimed money
///
/// Every payment that is due on the organization's tickets and has not been requested, with the last day of its request (PRQ-03); and of
/// the tickets that bring nothing, why. A page is of tickets; within it the payments are in the order of their last days.
#[utoipa::path(
    get,
    path = "/v1/unclaimed",
    tag = "caseload",
    operation_id = "unclaimed",
    security(("bearer" = [])),
    params(
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next_cursor` of the page before."),
        ("limit" = Option<u8>, Query, description = "How many tickets, 50 unless given.", minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "One page.", body = UnclaimedView), RefusedQuery, NotPermitted)
)]
pub(crate) async fn list_unclaimed(State(portal): State<Portal>, parts: Parts) -> Result<Response, Refusal> {
    let scope = portal.filing_scope(&parts).await?;
    let (cursor, limit) = page(&parts)?;
    let Caseload { holders, cursor } = portal.store().own_tickets(&scope, cursor.as_deref(), limit).await?;
    let people = holders.iter().map(TicketHolder::of).collect();
    let request =
        UnclaimedRequest::on_file(&scope.organization().provider, portal.desk().received_on, people_of(holders));
    let unclaimed = unclaimed(&request, portal.engine().parameters());
    reply::json(StatusCode::OK, &UnclaimedView { unclaimed, people, next_cursor: cursor })
}

/// Export unclaimed money
///
/// The same as a table: a line for each payment, the most urgent first. Where an organization has more tickets than one table takes, `Link`
/// says where the rest is.
#[utoipa::path(
    get,
    path = "/v1/unclaimed.csv",
    tag = "caseload",
    operation_id = "unclaimed_table",
    security(("bearer" = [])),
    params(
        ("cursor" = Option<String>, Query, description = "Where the table begins: that of the `Link` of the table before."),
        ("limit" = Option<u16>, Query, description = "How many tickets at most, 5,000 unless given.", minimum = 1, maximum = 5000),
    ),
    responses(
        (status = 200, description = "Comma-separated values with a line of names.", body = String, content_type = "text/csv",
            headers(("Link" = Option<String>, description = "Where the rest of a long table is: `<…>; rel=\"next\"`."))),
        RefusedQuery, NotPermitted
    )
)]
pub(crate) async fn unclaimed_table(State(portal): State<Portal>, parts: Parts) -> Result<Response, Refusal> {
    let scope = portal.filing_scope(&parts).await?;
    let mut query = Query::read(parts.uri.query(), &["cursor", "limit"]);
    let (mut cursor, limit) = query.page(TABLE);
    query.finish()?;
    let (mut all, mut left) = (Vec::new(), limit);
    while left > 0 {
        let asked = left.min(PAGE.1);
        let page = portal.store().own_tickets(&scope, cursor.as_deref(), asked).await?;
        left -= asked;
        all.extend(people_of(page.holders));
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    let request = UnclaimedRequest::on_file(&scope.organization().provider, portal.desk().received_on, all);
    let text = table(&unclaimed(&request, portal.engine().parameters()));
    reply::table(text, parts.uri.path(), cursor.as_deref(), limit)
}

/// Run over all assignments
///
/// What the program calls E-PAY: the claims that can be opened by the earnings on file, of organizations with an agreement that are not on
/// hold, and for each ticket why there are no others. It proposes and writes nothing; what has been requested is never proposed again. The
/// run goes on where its cursor says.
#[utoipa::path(
    get,
    path = "/v1/automatic-run",
    tag = "caseload",
    operation_id = "automatic_run",
    security(("bearer" = [])),
    params(
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next_cursor` of the page before."),
        ("limit" = Option<u8>, Query, description = "How many tickets, 50 unless given.", minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "A part of the run.", body = AutomaticRunView), RefusedQuery, NotPermitted)
)]
pub(crate) async fn automatic_run(State(portal): State<Portal>, parts: Parts) -> Result<Response, Refusal> {
    let manager = portal.caller(&parts).await?.manager()?;
    let (cursor, limit) = page(&parts)?;
    let Caseload { holders, cursor } = portal.store().all_tickets(&manager, cursor.as_deref(), limit).await?;
    let people = people_of(holders);
    let assignments = people.iter().flat_map(|person| &person.case.assignments);
    let providers: BTreeSet<&str> = assignments.map(|assignment| &*assignment.provider).collect();
    let organizations = portal.store().providers(providers).await?;
    let request = AutoPayRequest::on_file(portal.desk().received_on, &organizations, people);
    let run = auto_pay(&request, portal.engine().parameters());
    reply::json(StatusCode::OK, &AutomaticRunView { run, next_cursor: cursor })
}

/// List what later facts have changed
///
/// Decided claims against what is on file now: what was overpaid and what was missed, with reasons. A difference that benefits alone have
/// made is not recovered (OVP-02).
#[utoipa::path(
    get,
    path = "/v1/recovery",
    tag = "caseload",
    operation_id = "recovery",
    security(("bearer" = [])),
    params(
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next_cursor` of the page before."),
        ("limit" = Option<u8>, Query, description = "How many tickets, 50 unless given.", minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "One page of tickets.", body = RecoveryView), RefusedQuery, NotPermitted)
)]
pub(crate) async fn list_recovery(State(portal): State<Portal>, parts: Parts) -> Result<Response, Refusal> {
    let manager = portal.caller(&parts).await?.manager()?;
    let (cursor, limit) = page(&parts)?;
    let Caseload { holders, cursor } = portal.store().all_tickets(&manager, cursor.as_deref(), limit).await?;
    let people = people_of(holders);
    let filed = people.iter().flat_map(|person| &person.earlier).filter(|filed| filed.form == Form::PaymentRequest);
    let numbers: Vec<Confirmation> =
        filed.filter_map(|filed| Confirmation::parse(filed.confirmation.as_deref()?)).collect();
    let claims = portal.store().decided_claims(&manager, portal.engine(), &numbers).await?;
    let recovery = recovery(portal.engine(), &claims, people.into_iter().map(|person| person.case));
    let as_of = portal.desk().received_on.to_string();
    reply::json(StatusCode::OK, &RecoveryView { as_of, recovery, next_cursor: cursor })
}

fn people_of(holders: Vec<Holder>) -> Vec<Person> {
    holders.into_iter().map(|holder| holder.person).collect()
}

fn page(parts: &Parts) -> Result<(Option<String>, usize), Refusal> {
    let mut query = Query::read(parts.uri.query(), &["cursor", "limit"]);
    let page = query.page(PAGE);
    query.finish()?;
    Ok(page)
}
