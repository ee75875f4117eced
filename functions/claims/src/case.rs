//! One work case: it is shown, evidence arrives for it, it is taken back.

use crate::facts::{self, Judged};
use crate::refusal::{ChangedCase, UnknownCase, changed, not_written, unknown};
use crate::schema::{DecidedOn, EvidenceArrived, ProposalView, WithdrawalSent, Withdrawn, WorkCaseView};
use crate::step::{Step, request_id};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::value::RawValue;
use ttw_core::Problem;
use ttw_core::claims::{Claim, Event, code as claims_code, evidence_request, withdrawal};
use ttw_core::read::MAX_BYTES;
use ttw_portal::identity::Manager;
use ttw_portal::progress::Progress;
use ttw_portal::query::Query;
use ttw_portal::responses::{NotPermitted, RefusedBody, RefusedQuery};
use ttw_portal::store::{AppendError, By, Confirmation, Decision, Submission, Taking, WorkCase};
use ttw_portal::{Portal, Refusal, body, reply};

/// How often a withdrawal is tried while others write the same case.
const TRIES: usize = 4;

pub(crate) type Number = Result<Path<String>, PathRejection>;

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
    let arrival = sent.arrival;
    step.keep(claim, Some(arrival), None).await
}

/// Take a payment request back
///
/// Until it is decided. The month and the payment may then be claimed anew.
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
        claim.apply(Event::Withdraw, today, parameters).map_err(refused)?;
        let taking = Taking {
            by: By::Provider(&scope),
            claim,
            arrived: None,
            otherwise: None,
            at: portal.clock().now(),
            request_id: request_id(&parts),
        };
        match portal.store().append(portal.engine(), &case, &taking).await {
            Ok(case) => {
                let progress = Progress::of(&case, today, parameters);
                return reply::json(StatusCode::OK, &Withdrawn { number: number.to_string(), progress });
            }
            Err(AppendError::Changed) => {}
            Err(error) => return Err(not_written(error)),
        }
    }
    Err(changed())
}

/// The number of a path; one that is none is unknown like any other.
pub(crate) fn parsed(number: Number) -> Result<Confirmation, Refusal> {
    number.ok().and_then(|Path(number)| Confirmation::parse(&number)).ok_or_else(unknown)
}

/// The work case of a number.
pub(crate) async fn found(portal: &Portal, _by: &Manager, number: Number) -> Result<WorkCase, Refusal> {
    let number = parsed(number)?;
    portal.store().work_case(portal.engine(), &number).await?.ok_or_else(unknown)
}

/// What the core says of a step.
pub(crate) fn refused(problem: Problem) -> Refusal {
    Refusal::of_question(vec![problem])
}

/// A work case as the program manager sees it.
pub(crate) async fn shown(portal: &Portal, manager: &Manager, case: WorkCase) -> Result<Response, Refusal> {
    let submission = portal.store().submission_of(manager, &case).await?.ok_or_else(Refusal::internal)?;
    let today = portal.desk().received_on;
    let progress = Progress::of(&case, today, portal.engine().parameters());
    let is_open = !progress.timeline.state.is_final();
    let judged = if is_open { facts::judge(portal, manager, &case, &submission).await?.ok() } else { None };
    reply::json(StatusCode::OK, &view(portal, &case, &submission, progress, judged.as_ref())?)
}

fn view(
    portal: &Portal,
    case: &WorkCase,
    submission: &Submission,
    progress: Progress,
    judged: Option<&Judged>,
) -> Result<WorkCaseView, Refusal> {
    let Claim { receipt, .. } = &case.claim;
    Ok(WorkCaseView {
        number: case.number.to_string(),
        version: case.version,
        provider: receipt.provider.to_string(),
        provider_name: case.provider_name.to_string(),
        payment: receipt.payment.to_string(),
        month: receipt.month.to_string(),
        received_on: receipt.received_on.to_string(),
        evidence: receipt.evidence,
        document: raw(&submission.document)?,
        progress,
        proposal: judged.map(ProposalView::of).transpose()?,
        decided_on: case.decision.as_ref().map(decided_on).transpose()?,
        rules_version: portal.engine().version().to_owned(),
    })
}

fn decided_on(decision: &Decision) -> Result<DecidedOn, Refusal> {
    Ok(DecidedOn { question: raw(&decision.question)?, determination: raw(&decision.determination)? })
}

pub(crate) fn raw(json: &str) -> Result<Box<RawValue>, Refusal> {
    RawValue::from_string(json.to_owned()).map_err(|_| Refusal::internal())
}
