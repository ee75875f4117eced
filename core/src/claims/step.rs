//! The steps of a claim: who takes them, from where to where, by which rule.

use super::reason::{DenialReason, DiaryReason};
use super::snapshot::Snapshot;
use crate::domain::Usd;
use jiff::civil::Date;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// Where a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Filed, not yet looked at.
    Received,
    /// A payments specialist has it.
    InReview,
    /// Put aside for a reason.
    Diaried(DiaryReason),
    /// Its earnings are posted and not yet verified by Social Security.
    WaitingOnSsaVerification,
    /// Paid.
    Paid,
    /// Denied for a reason.
    Denied(DenialReason),
    /// Taken back by the provider.
    Withdrawn,
}

impl State {
    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::InReview => "in_review",
            Self::Diaried(_) => "diaried",
            Self::WaitingOnSsaVerification => "waiting_on_ssa_verification",
            Self::Paid => "paid",
            Self::Denied(_) => "denied",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether nothing follows.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Paid | Self::Denied(_) | Self::Withdrawn)
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", self.as_str())?;
        let reason = match self {
            Self::Diaried(reason) => Some(reason.text()),
            Self::Denied(reason) => Some(reason.text()),
            _ => None,
        };
        map.serialize_entry("reason", &reason.map(|text| text.code))?;
        map.serialize_entry("title", &reason.map(|text| text.title))?;
        map.end()
    }
}

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The Employment Network, or State VR agency acting as one.
    Provider,
    /// The program manager's payments specialist.
    ProgramManager,
    /// The field office that verifies earnings.
    SocialSecurity,
    /// Nobody: days have gone by.
    Clock,
}

/// What happens to a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A specialist takes the claim.
    Open,
    /// Documents arrive.
    DocumentsArrive,
    /// The claim is put into a diary.
    Diary(DiaryReason),
    /// A diary for another reason than information ends.
    Resume,
    /// The days of a diary for additional information are over.
    DiaryRunsOut,
    /// The earnings wait for Social Security.
    AwaitVerification,
    /// Social Security has verified the earnings.
    Verified,
    /// The claim is paid, on what was known then.
    Pay {
        /// The whole payment.
        amount: Usd,
        /// What it was decided on.
        snapshot: Option<Arc<Snapshot>>,
    },
    /// The claim is denied, on what was known then.
    Deny {
        /// Why.
        reason: DenialReason,
        /// What it was decided on.
        snapshot: Option<Arc<Snapshot>>,
    },
    /// The days for the evidence are over: the claim is denied.
    DocumentsMissing,
    /// The provider takes the claim back.
    Withdraw,
}

impl Event {
    /// The words of all events, in the order of this page.
    pub(super) const WORDS: [&'static str; 11] = [
        "open",
        "documents_arrive",
        "diary",
        "resume",
        "diary_runs_out",
        "await_verification",
        "verified",
        "pay",
        "deny",
        "documents_missing",
        "withdraw",
    ];

    /// Its word.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::DocumentsArrive => "documents_arrive",
            Self::Diary(_) => "diary",
            Self::Resume => "resume",
            Self::DiaryRunsOut => "diary_runs_out",
            Self::AwaitVerification => "await_verification",
            Self::Verified => "verified",
            Self::Pay { .. } => "pay",
            Self::Deny { .. } => "deny",
            Self::DocumentsMissing => "documents_missing",
            Self::Withdraw => "withdraw",
        }
    }

    /// Who takes the step.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        match self {
            Self::DocumentsArrive | Self::Withdraw => Actor::Provider,
            Self::Verified => Actor::SocialSecurity,
            Self::DiaryRunsOut | Self::DocumentsMissing => Actor::Clock,
            _ => Actor::ProgramManager,
        }
    }

    /// What can follow a state.
    pub(super) const fn may_follow(state: State) -> &'static [&'static str] {
        match state {
            State::Received => &["open", "documents_arrive", "documents_missing", "withdraw"],
            State::InReview => {
                &["documents_arrive", "diary", "await_verification", "pay", "deny", "documents_missing", "withdraw"]
            }
            State::Diaried(DiaryReason::NeedAdditionalInformation) => {
                &["documents_arrive", "diary_runs_out", "withdraw"]
            }
            State::Diaried(_) => &["documents_arrive", "resume", "documents_missing", "withdraw"],
            State::WaitingOnSsaVerification => &["documents_arrive", "verified", "documents_missing", "withdraw"],
            State::Paid | State::Denied(_) | State::Withdrawn => &[],
        }
    }
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What happened.
    pub event: Event,
    /// When; of a clock, the day on which it ran out.
    pub on: Date,
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("event", self.event.as_str())?;
        map.serialize_entry("on", &self.on)?;
        match &self.event {
            Event::Diary(reason) => map.serialize_entry("reason", reason)?,
            Event::Pay { amount, snapshot } => {
                map.serialize_entry("amount", amount)?;
                map.serialize_entry("snapshot", &snapshot.as_deref())?;
            }
            Event::Deny { reason, snapshot } => {
                map.serialize_entry("reason", reason)?;
                map.serialize_entry("snapshot", &snapshot.as_deref())?;
            }
            _ => {}
        }
        map.end()
    }
}

/// What a step did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transition {
    /// The step's word.
    pub event: &'static str,
    /// When.
    pub on: Date,
    /// Who.
    pub actor: Actor,
    /// The state before.
    pub from: State,
    /// The state after.
    pub to: State,
    /// The rule behind it.
    pub rule: &'static str,
    /// The clock that starts with it, if one does: its rule.
    pub starts: Option<&'static str>,
    /// The clock that ends with it, if one does: its rule.
    pub ends: Option<&'static str>,
}
