//! Whether a person's ticket can be assigned (TKT-01 to TKT-05).

use super::Person;
use crate::Truth;
use crate::domain::{BenefitStatus, Month, ProviderKind, Record, Title};
use crate::params::Parameters;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// The three answers that a provider gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Assignability {
    /// The ticket can be assigned.
    Assignable,
    /// It is assigned to the provider that asks.
    AssignedToYou,
    /// It cannot be assigned; the reasons are for the program manager alone.
    NotAssignable,
}

/// Why a ticket cannot be assigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAssignable {
    /// Nobody of that number is on file.
    NotFound,
    /// Younger than the youngest age, or at the age before which a ticket is assigned.
    Age,
    /// No federal cash benefit in the month, and none of the two exceptions.
    NoFederalCash,
    /// Payments under section 301.
    Section301,
    /// Benefits only while a medical cessation is appealed.
    BenefitContinuation,
    /// Assigned to another Employment Network.
    Assigned,
    /// In use with a State VR agency, or a case with one is open.
    VrCaseOpen,
    /// The agency that asks has served the person under cost reimbursement and closed the case.
    SameAgencyServed,
    /// The ticket has terminated.
    Terminated,
    /// The date of birth, or the benefits of the month, are not on file.
    UnknownFact,
}

impl NotAssignable {
    /// All reasons, in the order in which they are told.
    pub const ALL: [Self; 10] = [
        Self::NotFound,
        Self::Age,
        Self::NoFederalCash,
        Self::Section301,
        Self::BenefitContinuation,
        Self::Assigned,
        Self::VrCaseOpen,
        Self::SameAgencyServed,
        Self::Terminated,
        Self::UnknownFact,
    ];

    /// The code on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotFound => "ELIG_NOT_FOUND",
            Self::Age => "ELIG_AGE",
            Self::NoFederalCash => "ELIG_NO_FEDERAL_CASH",
            Self::Section301 => "ELIG_SECTION_301",
            Self::BenefitContinuation => "ELIG_BENEFIT_CONTINUATION",
            Self::Assigned => "ELIG_ASSIGNED",
            Self::VrCaseOpen => "ELIG_VR_CASE_OPEN",
            Self::SameAgencyServed => "ELIG_SAME_AGENCY_SERVED",
            Self::Terminated => "ELIG_TERMINATED",
            Self::UnknownFact => "ELIG_UNKNOWN_FACT",
        }
    }

    /// The reason in a sentence.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::NotFound => "Nobody of this number is on file.",
            Self::Age => "The person is outside the ages at which a ticket can be assigned.",
            Self::NoFederalCash => {
                "No federal cash benefit is paid in this month, and neither a State VR case nor an assignment ended recently."
            }
            Self::Section301 => "The person gets payments under section 301.",
            Self::BenefitContinuation => "Benefits are continued only while a medical cessation is appealed.",
            Self::Assigned => "The ticket is assigned to another provider.",
            Self::VrCaseOpen => "A case with a State VR agency is open.",
            Self::SameAgencyServed => {
                "This State VR agency has served the person under cost reimbursement and closed the case."
            }
            Self::Terminated => "The ticket has terminated.",
            Self::UnknownFact => "The date of birth, or the benefits of this month, are not on file.",
        }
    }

    /// The rule and the law.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::NotFound | Self::UnknownFact | Self::Age | Self::Section301 | Self::BenefitContinuation => {
                "20 CFR 411.125(a)"
            }
            Self::NoFederalCash => "20 CFR 411.125(a), 411.140(a), 411.150(b)(3)",
            Self::Assigned | Self::VrCaseOpen | Self::SameAgencyServed => "TKT-03; 20 CFR 411.140(a)",
            Self::Terminated => "TRM-01; 20 CFR 411.155",
        }
    }

    fn holds(self, seen: &Seen<'_>) -> bool {
        match self {
            Self::NotFound => false,
            Self::Age => seen.has_age() == Truth::No,
            Self::NoFederalCash => seen.has_federal_cash() == Truth::No && !seen.is_in_grace(),
            Self::Section301 => seen.person.section_301,
            Self::BenefitContinuation => seen.person.benefit_continuation,
            Self::Assigned => seen.holder().is_some_and(|kind| kind != ProviderKind::StateVr),
            Self::VrCaseOpen => seen.is_with_state_vr(),
            Self::SameAgencyServed => served_before(seen.person, seen.provider, seen.on),
            Self::Terminated => seen.person.case.terminates_in.is_some_and(|month| month <= seen.on.into()),
            Self::UnknownFact => {
                seen.has_age() == Truth::Unknown || (seen.has_federal_cash() == Truth::Unknown && !seen.is_in_grace())
            }
        }
    }
}

impl Serialize for NotAssignable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Whether a person's ticket can be assigned to a provider on a day, with every reason why not.
///
/// # Reading
/// An age is attained on the day before the birthday, and is judged on the day itself; current pay is judged for the month. The 90th day
/// after a closure or an unassignment still counts. What is not known is not taken as given: the ticket is then not assignable.
/// An open case with the agency that asks is no bar, since that agency may change it into an assignment.
#[must_use]
pub fn assignability(
    person: Option<&Person>,
    provider: &str,
    on: Date,
    parameters: &Parameters,
) -> (Assignability, Vec<NotAssignable>) {
    let Some(person) = person else { return (Assignability::NotAssignable, vec![NotAssignable::NotFound]) };
    if person.is_with(provider, on) {
        return (Assignability::AssignedToYou, Vec::new());
    }
    let seen = Seen { person, provider, on, parameters };
    let reasons: Vec<_> = NotAssignable::ALL.into_iter().filter(|reason| reason.holds(&seen)).collect();
    let answer = if reasons.is_empty() { Assignability::Assignable } else { Assignability::NotAssignable };
    (answer, reasons)
}

/// Whether a State VR agency has served a person under cost reimbursement and closed the case by a day (TKT-03).
///
/// # Reading
/// A closed case was under cost reimbursement if it was reimbursed, or if the agency last had the ticket for that before the closure:
/// a case that was changed into an assignment in time was not.
pub(super) fn served_before(person: &Person, agency: &str, on: Date) -> bool {
    let reimburses = |closed: Date| {
        let before = person.assignments_to(agency).filter(|assignment| assignment.assigned_on <= closed);
        before.last().is_some_and(|assignment| assignment.kind == ProviderKind::StateVr)
    };
    let mut closed = person.case.state_vr_cases.iter().filter(|vr| &*vr.agency == agency);
    closed.any(|vr| vr.closed_on.is_some_and(|day| day <= on && (vr.cost_reimbursed || reimburses(day))))
}

/// Whether a case is open on a day with one of the State VR agencies that are meant.
fn is_open(person: &Person, on: Date, is_of: impl Fn(&str) -> bool) -> bool {
    let open = |closed: Option<Date>| closed.is_none_or(|day| on < day);
    person.case.state_vr_cases.iter().any(|vr| is_of(&vr.agency) && open(vr.closed_on))
}

/// Whether a State VR agency has a case of a person open on a day.
pub(super) fn has_open_case(person: &Person, agency: &str, on: Date) -> bool {
    is_open(person, on, |of| of == agency)
}

/// The youngest age at which a ticket is assigned, in years.
pub(super) fn youngest(parameters: &Parameters, on: Date) -> Option<i32> {
    parameters.whole_number("assignment_age", "from", on.into())
}

/// The birthday of an age. One on February 29 is on March 1 in a common year.
pub(super) fn birthday(born: Date, years: i32) -> Option<Date> {
    let year = born.year().checked_add(i16::try_from(years).ok()?)?;
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

/// The day on which an age is attained: the day before the birthday.
fn attained(born: Date, years: i32) -> Option<Date> {
    birthday(born, years)?.yesterday().ok()
}

/// Days from one day to another; negative when the second is the earlier.
fn days_between(first: Date, second: Date) -> i64 {
    first.duration_until(second).as_hours() / 24
}

struct Seen<'s> {
    person: &'s Person,
    provider: &'s str,
    on: Date,
    parameters: &'s Parameters,
}

impl Seen<'_> {
    fn has_age(&self) -> Truth {
        let age = |key| self.parameters.whole_number("assignment_age", key, self.on.into());
        let Some(born) = self.person.date_of_birth else { return Truth::Unknown };
        match (age("from").and_then(|age| attained(born, age)), age("before").and_then(|age| attained(born, age))) {
            (Some(first), Some(end)) => (first <= self.on && self.on < end).into(),
            _ => Truth::Unknown,
        }
    }

    fn has_federal_cash(&self) -> Truth {
        let (case, month) = (&self.person.case, Month::from(self.on));
        let status = |record| {
            let covers = |to: Option<Month>| to.is_none_or(|last| month <= last);
            case.benefits.iter().find(|b| b.record == record && b.from <= month && covers(b.to)).map(|b| b.status)
        };
        let (t2, t16) = (status(Record::T2), status(Record::T16));
        if [t2, t16].contains(&Some(BenefitStatus::CurrentPay)) {
            return Truth::Yes;
        }
        let is_known = match case.title {
            Title::Concurrent => t2.is_some() && t16.is_some(),
            Title::T2 | Title::T16 => t2.is_some() || t16.is_some(),
        };
        if is_known { Truth::No } else { Truth::Unknown }
    }

    /// Current pay is not asked for some days after a State VR closure or after an unassignment (TKT-02).
    fn is_in_grace(&self) -> bool {
        let within = |key, day: Option<Date>| {
            let days = self.parameters.whole_number("assignment_grace_days", key, self.on.into()).map(i64::from);
            let passed = day.map(|day| days_between(day, self.on)).filter(|passed| *passed >= 0);
            passed.zip(days).is_some_and(|(passed, days)| passed <= days)
        };
        let case = &self.person.case;
        case.state_vr_cases.iter().any(|vr| within("state_vr_closure", vr.closed_on))
            || case.assignments.iter().any(|assignment| within("unassignment", assignment.unassigned_on))
    }

    fn holder(&self) -> Option<ProviderKind> {
        self.person.assignment_on(self.on).map(|assignment| assignment.kind)
    }

    fn is_with_state_vr(&self) -> bool {
        let is_held = self.holder() == Some(ProviderKind::StateVr);
        is_held || is_open(self.person, self.on, |agency| agency != self.provider)
    }
}

#[cfg(test)]
mod tests;
