//! A specialist decides, or puts the decision off.

use crate::code::WC_OTHERWISE;
use crate::facts::{self, Judged};
use crate::refusal::{ChangedCase, UnknownCase};
use crate::schema::{DecisionSent, PossibleAction, WorkCaseView};
use crate::shown::{Number, refused};
use crate::step::Step;
use axum::extract::{Request, State};
use axum::response::Response;
use jiff::civil::Date;
use std::sync::Arc;
use ttw_core::Problem;
use ttw_core::claims::{
    Action, Claim, DecisionRequest, DenialReason, DiaryReason, Event, Otherwise, ReasonText, Snapshot,
    State as ClaimState, decision_request,
};
use ttw_core::domain::Usd;
use ttw_core::problem::code;
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
        Ok(claim) => {
            let otherwise = step.sent.otherwise;
            step.keep(claim, None, otherwise).await
        }
        Err(refusal) => Err(step.refused(refusal).await),
    }
}

/// The claim after the decision.
async fn decided(portal: &Portal, step: &Step<'_, DecisionRequest>) -> Result<Claim, Refusal> {
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
    Ok(claim)
}

/// The claim after a step, which is entered nowhere.
fn taken(
    portal: &Portal,
    mut claim: Claim,
    sent: &DecisionRequest,
    judged: Option<&Judged>,
    snapshot: Option<Arc<Snapshot>>,
) -> Result<Claim, Refusal> {
    let today = portal.desk().received_on;
    if is_judgement(sent.action) {
        take_up(&mut claim, today, portal)?;
    }
    claim.apply(event(sent, judged, snapshot)?, today, portal.engine().parameters()).map_err(refused)?;
    Ok(claim)
}

/// What may be done with an open claim now, found by trying: the same steps, by the same way, entered nowhere.
pub(crate) fn possible(
    portal: &Portal,
    claim: &Claim,
    judged: Option<&Judged>,
) -> Result<Vec<PossibleAction>, Refusal> {
    let mut claim = claim.clone();
    claim.settle(portal.desk().received_on, portal.engine().parameters()).map_err(refused)?;
    let snapshot = snapshot(portal, judged)?;
    let due = judged.and_then(|judged| judged.determination.amount).unwrap_or(Usd::ZERO);
    let is_possible = |action, denial, diary| {
        let sent = DecisionRequest { version: 0, action, denial, diary, amount: Some(due), otherwise: None };
        taken(portal, claim.clone(), &sent, judged, snapshot.clone()).is_ok()
    };
    let actions = Action::all().filter_map(|action| {
        let reasons: Vec<ReasonText> = match action {
            Action::Deny => {
                let all = DenialReason::ALL.iter().filter(|reason| is_possible(action, Some(**reason), None));
                all.map(|reason| reason.text()).collect()
            }
            Action::Diary => {
                let all = DiaryReason::ALL.iter().filter(|reason| is_possible(action, None, Some(**reason)));
                all.map(|reason| reason.text()).collect()
            }
            _ => return is_possible(action, None, None).then(|| PossibleAction { action, reasons: Vec::new() }),
        };
        (!reasons.is_empty()).then_some(PossibleAction { action, reasons })
    });
    Ok(actions.collect())
}

fn snapshot(portal: &Portal, judged: Option<&Judged>) -> Result<Option<Arc<Snapshot>>, Refusal> {
    let taken = judged.map(|judged| Snapshot::take(portal.engine(), &judged.question)).transpose();
    Ok(taken.map_err(Refusal::of_question)?.map(Arc::new))
}

/// Whether the engine has a say in it.
const fn is_judgement(action: Action) -> bool {
    matches!(action, Action::Pay | Action::Deny | Action::Diary | Action::AwaitVerification)
}

/// Who decides a claim has taken it up first, and ended the diary it was in.
fn take_up(claim: &mut Claim, today: Date, portal: &Portal) -> Result<(), Refusal> {
    let first = match claim.state() {
        ClaimState::Received => Event::Open,
        ClaimState::Diaried(reason) if reason != DiaryReason::NeedAdditionalInformation => Event::Resume,
        _ => return Ok(()),
    };
    claim.apply(first, today, portal.engine().parameters()).map(|_| ()).map_err(refused)
}

fn event(sent: &DecisionRequest, judged: Option<&Judged>, snapshot: Option<Arc<Snapshot>>) -> Result<Event, Refusal> {
    Ok(match sent.action {
        Action::Open => Event::Open,
        Action::Resume => Event::Resume,
        Action::AwaitVerification => Event::AwaitVerification,
        Action::Verified => Event::Verified,
        Action::Diary => Event::Diary(sent.diary.ok_or_else(Refusal::internal)?),
        Action::Deny => Event::Deny { reason: sent.denial.ok_or_else(Refusal::internal)?, snapshot },
        Action::Pay => {
            let due = judged.and_then(|judged| judged.determination.amount);
            let is_payable = judged.is_some_and(|judged| judged.proposal.action == Action::Pay);
            let amount = match sent.amount.or(due) {
                Some(amount) if !amount.is_whole_dollars() => {
                    return Err(refused(Problem::new(&code::MONEY_WHOLE_DOLLARS, "/amount")));
                }
                Some(amount) => amount,
                // The rate is not published: who pays says the amount.
                None if is_payable => return Err(refused(Problem::new(&code::REQ_FIELD_REQUIRED, "/amount"))),
                None => Usd::ZERO,
            };
            Event::Pay { amount, snapshot }
        }
    })
}

/// What is not what the engine proposes needs a reason.
fn check_proposal(sent: &DecisionRequest, judged: Option<&Judged>) -> Result<(), Refusal> {
    let Some(proposed) = judged.map(|judged| judged.proposal.action) else { return Ok(()) };
    if sent.action == proposed || sent.otherwise.is_some() {
        return Ok(());
    }
    let allowed: Vec<&str> = Otherwise::CHOICES.iter().map(|(word, _)| *word).collect();
    let problem = Problem::new(&WC_OTHERWISE, "/otherwise").with("proposed", proposed.as_str());
    Err(refused(problem.with("allowed", allowed)))
}
