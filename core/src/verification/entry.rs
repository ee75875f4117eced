//! What somebody would enter on the VERN screen for a month, checked against the case (VER-01 to VER-04).

use super::case::{MonthEntry, NotCountedType, Verified, WorkCase};
use super::code;
use super::determine::{MonthDetermination, Phase, work_determination};
use super::work_det::WorkDet;
use crate::domain::Title;
use crate::facts::Truth;
use crate::params::Parameters;
use crate::problem::{Code, Problem};

/// An entry for one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The code.
    pub work_det: WorkDet,
    /// The amounts.
    pub posted: MonthEntry,
    /// Whether the Center for Security and Integrity enters it.
    pub by_integrity_center: bool,
}

/// Everything that is wrong with an entry, by pointers into it, and what would be proposed for its month.
#[must_use]
pub fn check_entry(
    entry: &Entry,
    case: &WorkCase,
    parameters: &Parameters,
) -> (Vec<Problem>, Option<MonthDetermination>) {
    let mut problems = Vec::new();
    let mut refuse = |code: &'static Code, path: &str| problems.push(Problem::new(code, path));
    if entry.posted.vrfd == Verified::F && !entry.by_integrity_center {
        refuse(&code::VERN_VRFD_FRAUD, "/vrfd");
    }
    check_amounts(entry, case, &mut refuse);
    let mut with = case.clone();
    with.months.retain(|month| month.month != entry.posted.month);
    with.months.push(entry.posted.clone());
    with.months.sort_unstable_by_key(|month| month.month);
    with.through = with.through.max(entry.posted.month);
    let proposed = work_determination(&with, parameters);
    let proposed = proposed.months.into_iter().find(|month| month.month == entry.posted.month);
    if let Some(proposed) = &proposed
        && let Some(code) = contradiction(entry, proposed)
    {
        let problem = Problem::new(code, "/work_det");
        let number = proposed.work_det.map_or("", WorkDet::as_str);
        let names_it = [code::VERN_TWP_NUMBER.id, code::VERN_SERVICE_MONTH.id].contains(&code.id);
        problems.push(if names_it { problem.with("number", number) } else { problem });
    }
    (problems, proposed)
}

fn check_amounts(entry: &Entry, case: &WorkCase, refuse: &mut impl FnMut(&'static Code, &str)) {
    let posted = &entry.posted;
    if case.title != Title::T2 && posted.gross.is_some() {
        refuse(&code::VERN_SSI_WAGES, "/gross");
    }
    for (index, taken) in posted.not_counted.iter().enumerate() {
        let at = format!("/not_counted/{index}");
        if posted.gross.is_none() && posted.net_se.is_none() {
            refuse(&code::VERN_NOT_COUNTED_ALONE, &at);
        }
        let of_title = match taken.kind {
            NotCountedType::Sb | NotCountedType::Sc => case.title != Title::T16,
            NotCountedType::Pa | NotCountedType::Si => case.title != Title::T2,
            NotCountedType::We | NotCountedType::Be => true,
        };
        if !of_title {
            refuse(&code::VERN_TYPE_TITLE, &format!("{at}/type"));
        }
        if taken.kind == NotCountedType::Be && posted.net_se.is_none() && posted.gross.is_some() {
            refuse(&code::VERN_TYPE_SELF_EMPLOYMENT, &format!("{at}/type"));
        }
    }
}

/// Why a code is not the one of its month; none where that cannot be known.
fn contradiction(entry: &Entry, proposed: &MonthDetermination) -> Option<&'static Code> {
    let (phase, expected) = (proposed.phase?, proposed.work_det?);
    let entered = entry.work_det;
    if entered == expected {
        return None;
    }
    let of_reinstatement =
        matches!(entered, WorkDet::NotSgaReinstated | WorkDet::SgaReinstated | WorkDet::NotPaidReinstated);
    let wrong = match phase {
        Phase::Outside => &code::VERN_OUTSIDE,
        Phase::Reinstated => &code::VERN_REINSTATED,
        _ if of_reinstatement => &code::VERN_NOT_REINSTATED,
        Phase::TrialWork => match entered {
            WorkDet::TrialWork(_) if proposed.service_month == Truth::No => &code::VERN_NOT_SERVICE_MONTH,
            WorkDet::TrialWork(_) => &code::VERN_TWP_NUMBER,
            WorkDet::Expired => &code::VERN_NOT_EXPIRED,
            WorkDet::Other => &code::VERN_SERVICE_MONTH,
            _ => &code::VERN_TWP_NOT_ENDED,
        },
        Phase::Reentitlement | Phase::Later => match entered {
            WorkDet::TrialWork(_) | WorkDet::Other => &code::VERN_TWP_OVER,
            WorkDet::Expired => &code::VERN_NOT_EXPIRED,
            // Whether an attempt was unsuccessful is for the field office to find, on substantial earnings.
            WorkDet::UnsuccessfulAttempt if proposed.substantial != Truth::No => return None,
            WorkDet::Sga | WorkDet::UnsuccessfulAttempt => &code::VERN_NOT_SGA,
            _ => &code::VERN_IS_SGA,
        },
    };
    Some(wrong)
}
