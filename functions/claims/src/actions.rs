//! The steps that a specialist may take with a claim: tried, and taken by the same way.

use crate::facts::Judged;
use crate::refusal::refused;
use crate::schema::PossibleAction;
use jiff::civil::Date;
use std::sync::Arc;
use ttw_core::Problem;
use ttw_core::claims::{
    Action, Claim, DecisionRequest, DenialReason, DiaryReason, Event, ReasonText, Snapshot, State as ClaimState,
};
use ttw_core::domain::Usd;
use ttw_core::problem::code;
use ttw_portal::{Portal, Refusal};

/// The claim after a step, which is entered nowhere.
pub(crate) fn taken(
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
    // Where the rate is not published any amount is as good as another here.
    let due = judged.and_then(|judged| judged.determination.amount).unwrap_or(Usd::from_dollars(1));
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

pub(crate) fn snapshot(portal: &Portal, judged: Option<&Judged>) -> Result<Option<Arc<Snapshot>>, Refusal> {
    let taken = judged.map(|judged| Snapshot::take(portal.engine(), &judged.question)).transpose();
    Ok(taken.map_err(Refusal::of_question)?.map(Arc::new))
}

/// Whether the engine has a say in it.
pub(crate) const fn is_judgement(action: Action) -> bool {
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
