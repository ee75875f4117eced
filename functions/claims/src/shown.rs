//! A work case, found by its number and shown as the program manager sees it.

use crate::actions::possible;
use crate::facts::{self, Judged};
use crate::refusal::unknown;
use crate::schema::{DecidedOn, PossibleAction, ProposalView, WorkCaseView, raw};
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::Response;
use ttw_core::claims::Claim;
use ttw_portal::identity::Manager;
use ttw_portal::progress::Progress;
use ttw_portal::store::{Confirmation, Decision, Submission, WorkCase};
use ttw_portal::{Portal, Refusal, reply};

pub(crate) type Number = Result<Path<String>, PathRejection>;

/// The number of a path; one that is none is unknown like any other.
pub(crate) fn parsed(number: Number) -> Result<Confirmation, Refusal> {
    number.ok().and_then(|Path(number)| Confirmation::parse(&number)).ok_or_else(unknown)
}

/// The work case of a number.
pub(crate) async fn found(portal: &Portal, _by: &Manager, number: Number) -> Result<WorkCase, Refusal> {
    let number = parsed(number)?;
    portal.store().work_case(portal.engine(), &number).await?.ok_or_else(unknown)
}

/// A work case as the program manager sees it.
pub(crate) async fn shown(portal: &Portal, manager: &Manager, case: WorkCase) -> Result<Response, Refusal> {
    let submission = portal.store().submission_of(manager, &case).await?.ok_or_else(Refusal::internal)?;
    let today = portal.desk().received_on;
    let progress = Progress::of(&case, today, portal.engine().parameters());
    let is_open = !progress.timeline.state.is_final();
    let judged: Option<Judged> =
        if is_open { facts::judge(portal, manager, &case, &submission).await?.ok() } else { None };
    let actions = if is_open { possible(portal, &case.claim, judged.as_ref())? } else { Vec::new() };
    reply::json(StatusCode::OK, &view(portal, &case, &submission, progress, judged.as_ref(), actions)?)
}

fn view(
    portal: &Portal,
    case: &WorkCase,
    submission: &Submission,
    progress: Progress,
    judged: Option<&Judged>,
    actions: Vec<PossibleAction>,
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
        actions,
        decided_on: case.decision.as_ref().map(decided_on).transpose()?,
        shares: case.decision.as_ref().and_then(|decision| decision.shares.as_deref()).map(raw).transpose()?,
        rules_version: portal.engine().version().to_owned(),
    })
}

fn decided_on(decision: &Decision) -> Result<DecidedOn, Refusal> {
    Ok(DecidedOn { question: raw(&decision.question)?, determination: raw(&decision.determination)? })
}
