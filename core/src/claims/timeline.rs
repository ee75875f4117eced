//! What a provider wants to know of a claim: which clocks run, what is waited for and from whom, when it will be decided.

use super::claim::Claim;
use super::clock::{Demand, Due, due};
use super::reason::DiaryReason;
use super::step::{Actor, State};
use crate::calendar::{Clock, Days};
use crate::params::Parameters;
use jiff::civil::Date;
use serde::Serialize;

/// A claim on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// The day.
    pub today: Date,
    /// Where the claim is.
    pub state: State,
    /// Since when.
    pub since: Date,
    /// The clocks that run.
    pub clocks: Vec<ClockView>,
    /// What is waited for; none once the claim is decided.
    pub waiting_for: Option<Waiting>,
    /// When it is expected to be decided; none once it is.
    pub expected_decision: Option<Expected>,
    /// What the clocks demand.
    pub due: Vec<Due>,
    /// The rules applied.
    pub rules: Vec<&'static str>,
}

/// A clock as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockView {
    /// The rule.
    pub rule: &'static str,
    /// Day 0.
    pub started_on: Date,
    /// Business days or calendar days.
    pub days: Days,
    /// The last day's number.
    pub length: u16,
    /// The number of the day asked about.
    pub gone_by: Option<u16>,
    /// The last day.
    pub last_day: Option<Date>,
    /// What happens after it.
    pub then: &'static str,
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// What.
    pub what: &'static str,
    /// From whom.
    pub from: Actor,
}

/// When a claim is expected to be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expected {
    /// By this day; none where nobody can say.
    pub by: Option<Date>,
    /// Not before this day; none where it may be any day.
    pub not_before: Option<Date>,
    /// Whether that day is over.
    pub overdue: bool,
}

impl Timeline {
    /// The last day for documents that are awaited; none where none are (DIA-01, DIA-02).
    #[must_use]
    pub fn documents_by(&self) -> Option<Date> {
        self.clocks.iter().find(|clock| ["DIA-01", "DIA-02"].contains(&clock.rule))?.last_day
    }
}

/// Tells where a claim is on a day.
#[must_use]
pub fn timeline(claim: &Claim, today: Date, parameters: &Parameters) -> Timeline {
    let clocks = clocks(claim, today, parameters);
    let due = due(claim, today, parameters);
    let mut rules: Vec<&'static str> =
        clocks.iter().map(|clock| clock.rule).chain(due.iter().map(|due| due.rule)).collect();
    rules.extend(if clocks.iter().any(|clock| clock.days == Days::Business) {
        &["CAL-01", "CAL-02", "CAL-03"][..]
    } else {
        &["CAL-03"]
    });
    rules.sort_unstable();
    rules.dedup();
    Timeline {
        today,
        state: claim.state,
        since: claim.state_since,
        waiting_for: waiting_for(claim, &due),
        expected_decision: expected(claim, today, parameters),
        clocks,
        due,
        rules,
    }
}

fn clocks(claim: &Claim, today: Date, parameters: &Parameters) -> Vec<ClockView> {
    let view = |rule, clock: Clock, then| ClockView {
        rule,
        started_on: clock.started_on,
        days: clock.days,
        length: clock.length,
        gone_by: clock.gone_by(today, parameters),
        last_day: clock.last_day(parameters),
        then,
    };
    if claim.state.is_final() {
        return Vec::new();
    }
    let running = claim.running(parameters).filter(|running| running.event.is_some()).map(|running| {
        let then = if running.rule == "DIA-01" {
            "The claim is denied: insufficient documentation."
        } else {
            "The claim is processed to completion, paid or denied."
        };
        view(running.rule, running.clock, then)
    });
    let pending = claim
        .pending(parameters)
        .map(|clock| view("DIA-03", clock, "The diary may be ended; it does not end by itself."));
    let normal =
        claim.processing(parameters).map(|clock| view("PRQ-06", clock, "The normal time of processing is over."));
    [running, pending, normal].into_iter().flatten().collect()
}

fn waiting_for(claim: &Claim, due: &[Due]) -> Option<Waiting> {
    let waiting = |what, from| Some(Waiting { what, from });
    if due.iter().any(|due| due.demand == Demand::Decide) {
        return waiting("the decision, on what there is", Actor::ProgramManager);
    }
    match claim.state {
        state if state.is_final() => None,
        State::Diaried(DiaryReason::NeedAdditionalInformation) => {
            waiting("the additional information that was asked for", Actor::Provider)
        }
        _ if claim.documents_awaited => waiting("the documents that the request announced", Actor::Provider),
        State::Diaried(DiaryReason::SamRegistrationExpired) => {
            waiting("the renewed registration in SAM", Actor::Provider)
        }
        State::Diaried(DiaryReason::PossibleSplitPayment) => {
            waiting("the providers' agreement or their service records", Actor::Provider)
        }
        State::WaitingOnSsaVerification => waiting("the verification of the posted earnings", Actor::SocialSecurity),
        State::Received => waiting("its turn: first in, first out", Actor::ProgramManager),
        _ => waiting("the decision", Actor::ProgramManager),
    }
}

fn expected(claim: &Claim, today: Date, parameters: &Parameters) -> Option<Expected> {
    let (by, not_before) = match claim.state {
        state if state.is_final() => return None,
        State::Diaried(DiaryReason::NeedAdditionalInformation) => {
            (claim.running(parameters).and_then(|running| running.runs_out_on), None)
        }
        State::Diaried(_) => (None, claim.pending(parameters).and_then(|clock| clock.last_day(parameters))),
        // No clock of the program manager runs while Social Security has the case.
        State::WaitingOnSsaVerification => (None, None),
        _ => match claim.unanswered_since {
            Some(day) => (Some(day), None),
            None => (claim.processing(parameters).and_then(|clock| clock.last_day(parameters)), None),
        },
    };
    Some(Expected { by, not_before, overdue: by.is_some_and(|day| day < today) })
}
