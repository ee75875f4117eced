//! Verification of earnings: the questions of a field office, by the core's own entry points.

use crate::schema::verification::{EntryAsked, IssuesAsked, WorkDeterminationAsked};
use axum::extract::{Request, State};
use axum::response::Response;
use ttw_core::Engine;
use ttw_core::forms::Role;
use ttw_core::read::{MAX_BYTES, Read};
use ttw_portal::responses::{NotPermitted, RefusedBody};
use ttw_portal::{Portal, Refusal, body, reply};

/// Determine the work of each month
///
/// The code that the VERN screen takes for each month with earnings, with reasons; and the trial work periods behind it.
#[utoipa::path(
    post,
    path = "/v1/verification/work-determinations",
    tag = "verification",
    operation_id = "work_determinations",
    security(("bearer" = [])),
    request_body = WorkDeterminationAsked,
    responses((status = 200, description = "The code of each month, with reasons.", body = BTreeMap<String, serde_json::Value>), RefusedBody, NotPermitted)
)]
pub(crate) async fn determine(State(portal): State<Portal>, request: Request) -> Result<Response, Refusal> {
    answered(portal, request, Engine::work_determination_json).await
}

/// Check an entry on the VERN screen
///
/// Whether a month can be entered so, and what the engine would enter.
#[utoipa::path(
    post,
    path = "/v1/verification/entries",
    tag = "verification",
    operation_id = "check_entry",
    security(("bearer" = [])),
    request_body = EntryAsked,
    responses((status = 200, description = "It can be entered so.", body = BTreeMap<String, serde_json::Value>), RefusedBody, NotPermitted)
)]
pub(crate) async fn entry(State(portal): State<Portal>, request: Request) -> Result<Response, Refusal> {
    answered(portal, request, Engine::vern_entry_json).await
}

/// List the issues of verification
///
/// Which issues postings open by the tolerances, which are pending, in which order they are cleared, and which are aged.
#[utoipa::path(
    post,
    path = "/v1/verification/issues",
    tag = "verification",
    operation_id = "verification_issues",
    security(("bearer" = [])),
    request_body = IssuesAsked,
    responses((status = 200, description = "What an office works from.", body = BTreeMap<String, serde_json::Value>), RefusedBody, NotPermitted)
)]
pub(crate) async fn issues(State(portal): State<Portal>, request: Request) -> Result<Response, Refusal> {
    answered(portal, request, Engine::verification_json).await
}

async fn answered(
    portal: Portal,
    request: Request,
    answer: impl FnOnce(&Engine, &[u8]) -> Read<String>,
) -> Result<Response, Refusal> {
    let (parts, content) = request.into_parts();
    portal.caller(&parts).await?.require(&[Role::ProgramManager, Role::FieldOffice])?;
    let text = body::json(Request::from_parts(parts, content), MAX_BYTES).await?;
    answer(portal.engine(), &text).map(reply::answer).map_err(Refusal::of_question)
}
