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
}

/// What the engine would do with a claim that is not decided, by the determination on it.
///
/// A payable claim is paid and one that is not payable denied. Where a fact is missing it is asked for, once; a question that was not
/// answered in time is followed by a denial.
#[must_use]
pub fn propose(claim: &Claim, determination: &Determination, today: Date, parameters: &Parameters) -> Proposal {
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
    Proposal { action, amount: determination.amount, reasons }
}
