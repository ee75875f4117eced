//! Steps are taken: what may follow, the state to which a step leads, and what clocks have done by a day.

use super::claim::{Claim, refused};
use super::clock::{Running, due};
use super::code;
use super::reason::{DenialReason, DiaryReason};
use super::snapshot::Snapshot;
use super::step::{Actor, Event, State, Step, Transition};
use crate::domain::Usd;
use crate::eligibility::Decision;
use crate::params::Parameters;
use crate::problem::Problem;
use jiff::civil::Date;

impl Claim {
    /// Takes a step. A step of a clock is entered on the day on which the clock ran out, however late it is told.
    ///
    /// # Errors
    /// Why the step cannot be taken; the claim is then as it was.
    pub fn apply(&mut self, event: Event, today: Date, parameters: &Parameters) -> Result<Transition, Problem> {
        if !Event::may_follow(self.state).contains(&event.as_str()) {
            let allowed: Vec<&str> = Event::may_follow(self.state).to_vec();
            let problem = refused(&code::CLAIM_STEP).with("status", self.state.as_str());
            return Err(problem.with("allowed", if allowed.is_empty() { vec!["nothing"] } else { allowed }));
        }
        if today < self.last_day() {
            return Err(Problem::new(&code::CLAIM_DAY_ORDER, "/on"));
        }
        if parameters.is_business_day(today).is_none() {
            return Err(Problem::new(&code::CLAIM_DAY_RANGE, "/on"));
        }
        let running = self.running(parameters);
        let due = running.filter(|running| running.event.is_some() && running.is_over(today));
        let is_the_clock = event.actor() == Actor::Clock;
        let on = match due {
            Some(due) if due.event == Some(event.as_str()) => due.runs_out_on.unwrap_or(today),
            Some(_) => return Err(refused(&code::CLAIM_CLOCK_DUE)),
            None if is_the_clock => return Err(refused(&code::CLAIM_CLOCK_RUNNING)),
            None => today,
        };
        let to = self.next_state(&event, running, today)?;
        Ok(self.enter(event, on, to, running.map(|running| running.rule)))
    }

    /// Takes what the clocks have done by a day.
    ///
    /// # Errors
    /// When the day lies before the last step.
    pub fn settle(&mut self, today: Date, parameters: &Parameters) -> Result<Vec<Transition>, Problem> {
        let mut taken = Vec::new();
        while let Some(event) = due(self, today, parameters).into_iter().find_map(|due| due.demand.event()) {
            taken.push(self.apply(event, today, parameters)?);
        }
        Ok(taken)
    }

    /// The state to which a step leads, unless something stands against it.
    fn next_state(&self, event: &Event, running: Option<Running>, today: Date) -> Result<State, Problem> {
        let information = State::Diaried(DiaryReason::NeedAdditionalInformation);
        Ok(match event {
            Event::Open | Event::Verified | Event::DiaryRunsOut => State::InReview,
            Event::DocumentsArrive if self.state == information => State::InReview,
            Event::DocumentsArrive if self.documents_awaited => self.state,
            Event::DocumentsArrive => return Err(refused(&code::CLAIM_NOTHING_AWAITED)),
            Event::Diary(_) | Event::AwaitVerification if self.unanswered_since.is_some() => {
                return Err(refused(&code::CLAIM_DECIDE_NOW));
            }
            Event::Diary(reason) => State::Diaried(*reason),
            Event::Resume => match self.diary_minimum(running).filter(|last| today < *last) {
                Some(last) => return Err(refused(&code::CLAIM_DIARY_OPEN).with("day", last.to_string())),
                None => State::InReview,
            },
            Event::AwaitVerification => State::WaitingOnSsaVerification,
            Event::Pay { amount, snapshot } => self.pay(*amount, snapshot.as_deref())?,
            Event::Deny { reason, snapshot } => self.deny(*reason, snapshot.as_deref())?,
            Event::DocumentsMissing => State::Denied(DenialReason::InsufficientDocumentation),
            Event::Withdraw => State::Withdrawn,
        })
    }

    fn pay(&self, amount: Usd, snapshot: Option<&Snapshot>) -> Result<State, Problem> {
        let snapshot = self.own(snapshot)?;
        if snapshot.seen().decision != Decision::Payable {
            return Err(refused(&code::CLAIM_NOT_PAYABLE));
        }
        // A rate that is not published leaves the amount to who pays; nothing is no payment.
        if amount <= Usd::ZERO || snapshot.seen().amount.is_some_and(|due| due != amount) {
            return Err(Problem::new(&code::CLAIM_AMOUNT, "/amount"));
        }
        Ok(State::Paid)
    }

    fn deny(&self, reason: DenialReason, snapshot: Option<&Snapshot>) -> Result<State, Problem> {
        let wrong = |code| Err(Problem::new(code, "/reason"));
        match reason {
            DenialReason::InsufficientDocumentation => return wrong(&code::CLAIM_REASON_OF_THE_CLOCK),
            DenialReason::NoResponse if self.unanswered_since.is_none() => {
                return wrong(&code::CLAIM_INFORMATION_NOT_ASKED);
            }
            DenialReason::NoResponse => {}
            _ => {
                let failing = &self.own(snapshot)?.seen().failing;
                if !failing.iter().any(|rule| reason.text().rules.contains(&&**rule)) {
                    return wrong(&code::CLAIM_REASON_NOT_SHOWN);
                }
            }
        }
        Ok(State::Denied(reason))
    }

    /// The snapshot, if it is of this claim.
    fn own<'s>(&self, snapshot: Option<&'s Snapshot>) -> Result<&'s Snapshot, Problem> {
        let Some(snapshot) = snapshot else {
            return Err(Problem::new(&code::CLAIM_SNAPSHOT_REQUIRED, "/snapshot"));
        };
        let (seen, receipt) = (snapshot.seen(), &self.receipt);
        let same = seen.payment == receipt.payment && seen.month == receipt.month && seen.provider == receipt.provider;
        if same { Ok(snapshot) } else { Err(Problem::new(&code::CLAIM_SNAPSHOT_OTHER, "/snapshot")) }
    }

    fn diary_minimum(&self, running: Option<Running>) -> Option<Date> {
        let State::Diaried(reason) = self.state else { return None };
        (reason != DiaryReason::NeedAdditionalInformation).then_some(running?.minimum?)
    }

    fn enter(&mut self, event: Event, on: Date, to: State, clock: Option<&'static str>) -> Transition {
        let from = self.state;
        let information = State::Diaried(DiaryReason::NeedAdditionalInformation);
        let rule = rule_of(&event, from);
        let starts = match to {
            _ if from == to => None,
            State::Diaried(DiaryReason::NeedAdditionalInformation) => Some("DIA-02"),
            State::Diaried(_) => Some("DIA-03"),
            _ => None,
        };
        let ends = match &event {
            Event::DocumentsArrive if from == information => Some("DIA-02"),
            Event::DocumentsArrive => Some("DIA-01"),
            Event::Resume => Some("DIA-03"),
            // A request for information gives the documents its own days.
            Event::Diary(_) if to == information && self.documents_awaited => Some("DIA-01"),
            _ if to.is_final() || event.actor() == Actor::Clock => clock,
            _ => None,
        };
        match &event {
            Event::DocumentsArrive => self.documents_awaited = false,
            Event::Diary(_) if to == information => self.documents_awaited = false,
            Event::DiaryRunsOut => self.unanswered_since = Some(on),
            _ => {}
        }
        if from != to {
            (self.state, self.state_since) = (to, on);
        }
        let transition = Transition { event: event.as_str(), on, actor: event.actor(), from, to, rule, starts, ends };
        self.steps.push(Step { event, on });
        transition
    }
}

/// The rule behind a step.
const fn rule_of(event: &Event, from: State) -> &'static str {
    match event {
        Event::Open => "PRQ-06",
        Event::DocumentsArrive => match from {
            State::Diaried(DiaryReason::NeedAdditionalInformation) => "DIA-02",
            _ => "DIA-01",
        },
        Event::Diary(DiaryReason::NeedAdditionalInformation) | Event::DiaryRunsOut => "DIA-02",
        Event::Diary(_) | Event::Resume => "DIA-03",
        Event::AwaitVerification | Event::Verified => "VY-04",
        Event::Deny { reason: DenialReason::NoResponse, .. } => "DIA-04",
        Event::Pay { .. } | Event::Deny { .. } => "BEN-07",
        Event::DocumentsMissing => "DIA-01",
        Event::Withdraw => "PRQ-01",
    }
}
