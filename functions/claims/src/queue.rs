//! The queue of the program manager.

use crate::schema::{QueueView, QueuedView};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use ttw_core::Problem;
use ttw_core::problem::code;
use ttw_portal::query::Query;
use ttw_portal::responses::{NotPermitted, RefusedQuery};
use ttw_portal::store::{QueueFilter, QueueOrder, Status};
use ttw_portal::{Portal, Refusal, reply};

/// The size of a page unless one is asked for, and the largest.
const PAGE: (usize, usize) = (25, 100);
const ORDERS: [(&str, QueueOrder); 2] = [("received", QueueOrder::Received), ("due", QueueOrder::Due)];
/// The states of open claims.
const OPEN: [Status; 4] = [Status::Received, Status::InReview, Status::Diaried, Status::WaitingOnSsaVerification];

/// List the open work cases
///
/// First in, first out; or, by `order=due`, what has been due for longest first. A filter may make a page short, or empty: the list ends
/// where there is no cursor.
#[utoipa::path(
    get,
    path = "/v1/work-queue",
    tag = "claims",
    operation_id = "work_queue",
    security(("bearer" = [])),
    params(
        ("order" = Option<String>, Query, description = "`received` (unless given) or `due`.", example = "received"),
        ("status" = Option<String>, Query, description = "Only claims in this state: `received`, `in_review`, `diaried` or `waiting_on_ssa_verification`."),
        ("provider" = Option<String>, Query, description = "Only claims of this provider, by its id in assignments."),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next_cursor` of the page before."),
        ("limit" = Option<u8>, Query, description = "How many, 25 unless given.", minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "One page.", body = QueueView), RefusedQuery, NotPermitted)
)]
pub(crate) async fn work_queue(State(portal): State<Portal>, parts: Parts) -> Result<Response, Refusal> {
    let manager = portal.caller(&parts).await?.manager()?;
    let mut query = Query::read(parts.uri.query(), &["order", "status", "provider", "cursor", "limit"]);
    let (cursor, limit) = query.page(PAGE);
    let order = |text: &str| ORDERS.iter().find(|(word, _)| *word == text).map(|(_, order)| *order);
    let words = ORDERS.map(|(word, _)| word).to_vec();
    let order = query.parsed("order", order, Problem::new(&code::REQ_ENUM, "/order").with("allowed", words));
    let status = |text: &str| OPEN.into_iter().find(|status| status.as_str() == text);
    let words = OPEN.map(Status::as_str).to_vec();
    let status = query.parsed("status", status, Problem::new(&code::REQ_ENUM, "/status").with("allowed", words));
    let filter = QueueFilter {
        order: order.unwrap_or(QueueOrder::Received),
        status,
        provider: query.value("provider").map(Into::into),
    };
    query.finish()?;
    let queue = portal.store().work_queue(&manager, portal.engine(), &filter, cursor.as_deref(), limit).await?;
    let today = portal.desk().received_on;
    let items = queue.cases.iter().map(|case| QueuedView::of(case, today, portal.engine().parameters())).collect();
    reply::json(StatusCode::OK, &QueueView { as_of: today.to_string(), items, next_cursor: queue.cursor })
}
