//! A specialist decides, or puts the decision off.

use crate::actions::{is_judgement, snapshot, taken};
use crate::code::WC_OTHERWISE;
use crate::facts::{self, Judged};
use crate::refusal::{ChangedCase, UnknownCase, refused};
use crate::schema::{DecisionSent, WorkCaseView};
use crate::shown::Number;
use crate::step::{Kept, Step};
use axum::extract::{Request, State};
use axum::response::Response;
use ttw_core::Problem;
use ttw_core::claims::{Action, Claim, DecisionRequest, DiaryReason, Event, Otherwise, decision_request};
use ttw_core::decision::Received;
use ttw_portal::responses::{NotPermitted, RefusedBody};
use ttw_portal::{Portal, Refusal};

/// Decide a work case
///
/// Pay, deny with a reason, put into a diary with a reason, or wait for Social Security; and the steps between. The engine decides once
/// more by what is on file today, and what it saw is kept with the decision. A claim is paid only when that is payable. Whatever else is
/// not what the engine proposes needs a reason of its own: `otherwise`. Of two who decide at the same time, one is told that the work
/// case has changed.
#[utoipa::path(
    post,
    path = "/v1/work-cases/{number}/decision",
    tag = "claims",
    operation_id = "decide_work_case",
    security(("bearer" = [])),
    params(("number" = String, Path, description = "The work case number.", example = "1NFK-J7G0-AJZ7-JEHQ")),
    request_body = DecisionSent,
    responses((status = 200, description = "The work case after it.", body = WorkCaseView), UnknownCase, ChangedCase, RefusedBody, NotPermitted)
)]
pub(crate) async fn decide(
    State(portal): State<Portal>,
    number: Number,
    request: Request,
) -> Result<Response, Refusal> {
    let step = Step::read(&portal, number, request, decision_request, |sent| sent.version).await?;
    match decided(&portal, &step).await {
        Ok((claim, shares)) => {
            let otherwise = step.sent.otherwise;
            step.keep(claim, Kept { otherwise, shares, arrived: None }).await
        }
        Err(refusal) => Err(step.refused(refusal).await),
    }
}

/// The claim after the decision, and who shares what is paid.
async fn decided(portal: &Portal, step: &Step<'_, DecisionRequest>) -> Result<(Claim, Option<Vec<Received>>), Refusal> {
    let Step { manager, sent, case, .. } = step;
    let (today, parameters) = (portal.desk().received_on, portal.engine().parameters());
    let mut claim = case.claim.clone();
    claim.settle(today, parameters).map_err(refused)?;
    let judged = if is_judgement(sent.action) && !claim.state().is_final() {
        let submission = portal.store().submission_of(manager, case).await?.ok_or_else(Refusal::internal)?;
        let judged = facts::judge(portal, manager, case, &submission).await?;
        // Without an answer of the engine a claim may wait, and is neither paid nor denied.
        if matches!(sent.action, Action::Pay | Action::Deny) {
            Some(judged.map_err(Refusal::of_question)?)
        } else {
            judged.ok()
        }
    } else {
        None
    };
    let snapshot =
        if matches!(sent.action, Action::Pay | Action::Deny) { snapshot(portal, judged.as_ref())? } else { None };
    let claim = taken(portal, claim, sent, judged.as_ref(), snapshot)?;
    check_proposal(sent, judged.as_ref())?;
    let shares = match (judged, claim.steps.last().map(|step| &step.event)) {
        (Some(judged), Some(Event::Pay { amount, .. })) => {
            judged.shares_of(portal, *amount).map_err(Refusal::of_question)?
        }
        _ => None,
    };
    Ok((claim, shares))
}

/// What is not what the engine proposes needs a reason.
fn check_proposal(sent: &DecisionRequest, judged: Option<&Judged>) -> Result<(), Refusal> {
    let Some(Judged { proposal, .. }) = judged else { return Ok(()) };
    let proposed = proposal.action;
    let is_hold = |reason: DiaryReason| proposal.holds.iter().any(|hold| hold.code == reason.text().code);
    if sent.action == proposed || sent.otherwise.is_some() || sent.diary.is_some_and(is_hold) {
        return Ok(());
    }
    let allowed: Vec<&str> = Otherwise::CHOICES.iter().map(|(word, _)| *word).collect();
    let problem = Problem::new(&WC_OTHERWISE, "/otherwise").with("proposed", proposed.as_str());
    Err(refused(problem.with("allowed", allowed)))
}
