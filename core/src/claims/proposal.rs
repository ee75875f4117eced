//! What the engine would do with a claim, for who decides it.

use super::claim::Claim;
use super::clock::{Demand, due};
use super::reason::{DenialReason, DiaryReason, ReasonText};
use super::request::Action;
use crate::decision::Determination;
use crate::domain::Usd;
use crate::eligibility::Decision;
use crate::facts::Truth;
use crate::params::Parameters;
use jiff::civil::Date;
use serde::Serialize;

/// What the engine proposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// What to do: `pay`, `deny` or `diary`.
    pub action: Action,
    /// How much; none where the rate is not known or nothing is paid.
    pub amount: Option<Usd>,
    /// The reasons of which one may be given, in the order of the catalogue.
    pub reasons: Vec<ReasonText>,
    /// Of a payment: the reasons for which it may be put into a diary all the same (DIA-03).
    pub holds: Vec<ReasonText>,
}

/// What stands in the way of a payment that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Obstacles {
    /// The provider's registration in SAM has expired.
    pub sam_has_expired: bool,
    /// Several Employment Networks may share it, and nothing settles how.
    pub is_split_open: bool,
    /// Payments to the provider are held, or its agreement has ended.
    pub is_on_hold: bool,
}

impl Obstacles {
    fn holds(self) -> Vec<ReasonText> {
        let all = [
            (self.sam_has_expired, DiaryReason::SamRegistrationExpired),
            (self.is_split_open, DiaryReason::PossibleSplitPayment),
            (self.is_on_hold, DiaryReason::OtherReason),
        ];
        all.into_iter().filter(|(stands, _)| *stands).map(|(_, reason)| reason.text()).collect()
    }
}

/// What the engine would do with a claim that is not decided, by the determination on it.
///
/// A payable claim is paid and one that is not payable denied. Where a fact is missing it is asked for, once; a question that was not
/// answered in time is followed by a denial.
#[must_use]
pub fn propose(
    claim: &Claim,
    determination: &Determination,
    obstacles: Obstacles,
    today: Date,
    parameters: &Parameters,
) -> Proposal {
    let failing: Vec<&str> =
        determination.reasons.iter().filter(|reason| reason.holds == Truth::No).map(|reason| reason.rule).collect();
    let must_decide = due(claim, today, parameters).iter().any(|due| due.demand == Demand::Decide);
    let (action, reasons) = match determination.decision {
        Decision::Payable => (Action::Pay, Vec::new()),
        Decision::NotPayable => {
            let shown = |reason: &ReasonText| reason.rules.iter().any(|rule| failing.contains(rule));
            (Action::Deny, DenialReason::ALL.iter().map(|reason| reason.text()).filter(shown).collect())
        }
        Decision::Undetermined if must_decide => (Action::Deny, vec![DenialReason::NoResponse.text()]),
        Decision::Undetermined => (Action::Diary, vec![DiaryReason::NeedAdditionalInformation.text()]),
    };
    let holds = if action == Action::Pay { obstacles.holds() } else { Vec::new() };
    Proposal { action, amount: determination.amount, reasons, holds }
}
