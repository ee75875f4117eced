//! The clocks of a claim, and what they demand on a day.

use super::claim::Claim;
use super::reason::DiaryReason;
use super::step::{Event, State};
use crate::calendar::{Clock, Days};
use crate::domain::Month;
use crate::params::Parameters;
use jiff::civil::Date;
use serde::Serialize;

/// A clock that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Running {
    pub rule: &'static str,
    pub clock: Clock,
    /// The day up to which it keeps a claim as it is.
    pub minimum: Option<Date>,
    /// The first day after it, where its end does something.
    pub runs_out_on: Option<Date>,
    /// The step that its end takes.
    pub event: Option<&'static str>,
}

impl Running {
    pub(super) fn is_over(&self, today: Date) -> bool {
        self.runs_out_on.is_some_and(|day| day <= today)
    }
}

/// What the clocks of a claim demand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The rule.
    pub rule: &'static str,
    /// Since when.
    pub since: Date,
    /// What is to be done.
    pub demand: Demand,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// The evidence did not come: the claim is denied by itself.
    DocumentsMissing,
    /// A diary for information is over: the claim goes back to the specialist by itself.
    DiaryRunsOut,
    /// The claim is to be decided now, paid or denied.
    Decide,
    /// A diary may be ended from now on.
    LookAgain,
    /// The normal time of processing is over.
    Overdue,
}

impl Demand {
    /// The step that it takes by itself; none where a person is needed.
    #[must_use]
    pub const fn event(self) -> Option<Event> {
        match self {
            Self::DocumentsMissing => Some(Event::DocumentsMissing),
            Self::DiaryRunsOut => Some(Event::DiaryRunsOut),
            Self::Decide | Self::LookAgain | Self::Overdue => None,
        }
    }
}

fn clock(started_on: Date, table: &str, days: Days, parameters: &Parameters) -> Option<Clock> {
    let length = parameters.whole_number(table, "", Month::from(started_on))?;
    Some(Clock { started_on, length: u16::try_from(length).ok()?, days })
}

impl Claim {
    /// The clock whose end does something, or keeps the claim where it is. There is never more than one.
    pub(super) fn running(&self, parameters: &Parameters) -> Option<Running> {
        let since = self.state_since;
        match self.state {
            state if state.is_final() => None,
            State::Diaried(DiaryReason::NeedAdditionalInformation) => {
                let clock = clock(since, "information_diary_days", Days::Business, parameters)?;
                let runs_out_on = clock.runs_out_on(parameters);
                Some(Running { rule: "DIA-02", clock, minimum: None, runs_out_on, event: Some("diary_runs_out") })
            }
            state => {
                let minimum = if matches!(state, State::Diaried(_)) { self.pending(parameters) } else { None };
                if !self.documents_awaited {
                    let clock = minimum?;
                    let minimum = clock.last_day(parameters);
                    return Some(Running { rule: "DIA-03", clock, minimum, runs_out_on: None, event: None });
                }
                let clock = clock(self.receipt.received_on, "evidence_days", Days::Business, parameters)?;
                let runs_out_on = clock.runs_out_on(parameters);
                let minimum = minimum.and_then(|minimum| minimum.last_day(parameters));
                Some(Running { rule: "DIA-01", clock, minimum, runs_out_on, event: Some("documents_missing") })
            }
        }
    }

    /// The days that a diary for another reason than information lasts at least.
    pub(super) fn pending(&self, parameters: &Parameters) -> Option<Clock> {
        match self.state {
            State::Diaried(DiaryReason::NeedAdditionalInformation) => None,
            State::Diaried(_) => clock(self.state_since, "other_diary_days", Days::Calendar, parameters),
            _ => None,
        }
    }

    /// The normal time of processing.
    pub(super) fn processing(&self, parameters: &Parameters) -> Option<Clock> {
        clock(self.receipt.received_on, "processing_days", Days::Calendar, parameters)
    }
}

/// What the clocks of a claim demand on a day. Asked twice or late, it answers the same: what a clock does is entered on the day on which
/// it ran out.
#[must_use]
pub fn due(claim: &Claim, today: Date, parameters: &Parameters) -> Vec<Due> {
    demands(claim, parameters).into_iter().filter(|due| due.since <= today).collect()
}

/// What the clocks of a claim demand if nothing else happens, each with the first day on which it does.
#[must_use]
pub fn demands(claim: &Claim, parameters: &Parameters) -> Vec<Due> {
    if claim.state.is_final() {
        return Vec::new();
    }
    let mut all = Vec::new();
    let acting = claim.running(parameters).filter(|running| running.event.is_some());
    if let Some((running, since)) = acting.and_then(|running| Some((running, running.runs_out_on?))) {
        let demand = if running.rule == "DIA-01" { Demand::DocumentsMissing } else { Demand::DiaryRunsOut };
        all.push(Due { rule: running.rule, since, demand });
    }
    if let Some(since) = claim.unanswered_since.filter(|_| claim.state == State::InReview) {
        all.push(Due { rule: "DIA-02", since, demand: Demand::Decide });
    }
    if let Some(since) = claim.pending(parameters).and_then(|clock| clock.last_day(parameters)) {
        all.push(Due { rule: "DIA-03", since, demand: Demand::LookAgain });
    }
    if let Some(since) = claim.processing(parameters).and_then(|clock| clock.runs_out_on(parameters)) {
        all.push(Due { rule: "PRQ-06", since, demand: Demand::Overdue });
    }
    all
}
