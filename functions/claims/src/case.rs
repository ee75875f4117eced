//! One work case: it is shown, evidence arrives for it, it is taken back.

use crate::refusal::{ChangedCase, UnknownCase, changed, not_written, refused, unknown};
use crate::schema::{EvidenceArrived, WithdrawalSent, Withdrawn, WorkCaseView};
use crate::shown::{Number, found, parsed, shown};
use crate::step::{Kept, Step, request_id};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use jiff::civil::Date;
use ttw_core::Problem;
use ttw_core::claims::{Event, State as ClaimState, code as claims_code, evidence_request, withdrawal};
use ttw_core::params::Parameters;
use ttw_core::read::MAX_BYTES;
use ttw_portal::progress::Progress;
use ttw_portal::query::Query;
use ttw_portal::responses::{NotPermitted, RefusedBody, RefusedQuery};
use ttw_portal::store::{AppendError, By, Confirmation, Taking, WorkCase};
use ttw_portal::{Portal, Refusal, body, reply};

/// How often a withdrawal is tried while others write the same case.
const TRIES: usize = 4;

/// Show a work case
///
/// The claim with its steps and clocks, the request, and what the engine proposes by what is on file today.
#[utoipa::path(
    get,
    path = "/v1/work-cases/{number}",
    tag = "claims",
    operation_id = "work_case",
    security(("bearer" = [])),
    params(("number" = String, Path, description = "The work case number.", example = "1NFK-J7G0-AJZ7-JEHQ")),
    responses((status = 200, description = "The work case.", body = WorkCaseView), UnknownCase, RefusedQuery, NotPermitted)
)]
pub(crate) async fn work_case(State(portal): State<Portal>, number: Number, parts: Parts) -> Result<Response, Refusal> {
    let manager = portal.caller(&parts).await?.manager()?;
    Query::read(parts.uri.query(), &[]).finish()?;
    let case = found(&portal, &manager, number).await?;
    shown(&portal, &manager, case).await
}

/// Tell what evidence arrived
///
/// Legible evidence ends the days that run for it. What cannot be read is noted, and the days run on.
#[utoipa::path(
    post,
    path = "/v1/work-cases/{number}/evidence",
    tag = "claims",
    operation_id = "evidence",
    security(("bearer" = [])),
    params(("number" = String, Path, description = "The work case number.", example = "1NFK-J7G0-AJZ7-JEHQ")),
    request_body = EvidenceArrived,
    responses((status = 200, description = "The work case after it.", body = WorkCaseView), UnknownCase, ChangedCase, RefusedBody, NotPermitted)
)]
pub(crate) async fn evidence(
    State(portal): State<Portal>,
    number: Number,
    request: Request,
) -> Result<Response, Refusal> {
    let today = portal.desk().received_on;
    let read = |text: &[u8]| evidence_request(text, today);
    let step = Step::read(&portal, number, request, read, |sent| sent.version).await?;
    let Step { sent, case, .. } = &step;
    if sent.arrival.arrived_on < case.claim.receipt.received_on {
        return Err(refused(Problem::new(&claims_code::CLAIM_DAY_ORDER, "/arrived_on")));
    }
    let parameters = portal.engine().parameters();
    let mut claim = case.claim.clone();
    // It is entered on its own day, or on that of the last step where that is later.
    let on = sent.arrival.arrived_on.max(claim.last_day());
    claim.settle(on, parameters).map_err(refused)?;
    if sent.arrival.legible || claim.state().is_final() {
        match claim.apply(Event::DocumentsArrive, on, parameters) {
            Ok(_) => {}
            Err(problem) if problem.code == claims_code::CLAIM_NOTHING_AWAITED.id => {}
            Err(problem) => return Err(refused(problem)),
        }
    }
    claim.settle(today, parameters).map_err(refused)?;
    let arrived = Some(sent.arrival);
    step.keep(claim, Kept { arrived, ..Kept::default() }).await
}

/// Take a payment request back
///
/// Until it is decided. The month and the payment may then be claimed anew. A request that is taken back already is answered as at first.
#[utoipa::path(
    post,
    path = "/v1/work-cases/{number}/withdraw",
    tag = "claims",
    operation_id = "withdraw",
    security(("bearer" = [])),
    params(("number" = String, Path, description = "The work case number.", example = "1NFK-J7G0-AJZ7-JEHQ")),
    request_body = WithdrawalSent,
    responses((status = 200, description = "It is taken back.", body = Withdrawn), UnknownCase, ChangedCase, RefusedBody, NotPermitted)
)]
pub(crate) async fn withdraw(
    State(portal): State<Portal>,
    number: Number,
    request: Request,
) -> Result<Response, Refusal> {
    let (parts, content) = request.into_parts();
    let scope = portal.filing_scope(&parts).await?;
    let text = body::json(Request::from_parts(parts.clone(), content), MAX_BYTES).await?;
    withdrawal(&text).map_err(Refusal::of_question)?;
    let number = parsed(number)?;
    let (today, parameters) = (portal.desk().received_on, portal.engine().parameters());
    for _ in 0..TRIES {
        let case = portal.store().own_work_case(&scope, portal.engine(), &number).await?.ok_or_else(unknown)?;
        let mut claim = case.claim.clone();
        claim.settle(today, parameters).map_err(refused)?;
        if matches!(claim.state(), ClaimState::Withdrawn) {
            // Who got no answer asks once more.
            return withdrawn(&case, &number, today, parameters);
        }
        claim.apply(Event::Withdraw, today, parameters).map_err(refused)?;
        let taking = Taking {
            by: By::Provider(&scope),
            claim,
            arrived: None,
            otherwise: None,
            shares: None,
            at: portal.clock().now(),
            request_id: request_id(&parts),
        };
        match portal.store().append(portal.engine(), &case, &taking).await {
            Ok(case) => return withdrawn(&case, &number, today, parameters),
            Err(AppendError::Changed) => {}
            Err(error) => return Err(not_written(error)),
        }
    }
    Err(changed())
}

fn withdrawn(
    case: &WorkCase,
    number: &Confirmation,
    today: Date,
    parameters: &Parameters,
) -> Result<Response, Refusal> {
    let progress = Progress::of(case, today, parameters);
    reply::json(StatusCode::OK, &Withdrawn { number: number.to_string(), progress })
}
