//! The checks of form 1365 between its fields, and against the agency's own history. One whose fields are missing holds.

use super::{Draft, PaymentSelection, Report, code, is_reimbursed};
use crate::domain::ProviderKind;
use crate::forms::assignability::{birthday, served_before, youngest};
use crate::forms::{OnFile, Person, Sheet};
use crate::params::Parameters;
use crate::problem::{Code, Problem};
use jiff::Span;
use jiff::civil::Date;

/// What a check may look at.
struct Seen<'s> {
    draft: &'s Draft,
    /// None while a field that decides cannot be read.
    report: Option<Report>,
    /// Only a person about whom the form may be filed.
    cleared: Option<&'s Person>,
    received_on: Date,
    parameters: &'s Parameters,
    agency: &'s str,
}

struct Check {
    code: &'static Code,
    at: &'static str,
    is_broken: fn(&Seen<'_>) -> bool,
}

const CHECKS: &[Check] = &[
    Check {
        code: &code::F1365_IPE_DATE_FUTURE,
        at: "/ipe_signed_on",
        is_broken: |seen| seen.is_future(seen.draft.ipe_signed_on),
    },
    Check {
        code: &code::F1365_IPE_BEFORE_18,
        at: "/ipe_signed_on",
        is_broken: |seen| {
            let born = seen.cleared.and_then(|person| person.date_of_birth);
            let age = youngest(seen.parameters, seen.received_on);
            let birthday = born.zip(age).and_then(|(born, age)| birthday(born, age));
            seen.draft.ipe_signed_on.zip(birthday).is_some_and(|(signed, birthday)| signed < birthday)
        },
    },
    Check {
        code: &code::F1365_EXISTING_IPE_CR_ONLY,
        at: "/payment_system",
        is_broken: |seen| seen.draft.asks_agreement() && seen.draft.both_agree_assignment != Some(true),
    },
    Check {
        code: &code::F1365_SIGNATURE_FUTURE,
        at: "/beneficiary_signed_on",
        is_broken: |seen| seen.is_future(seen.draft.beneficiary_signed_on),
    },
    Check {
        code: &code::F1365_SIGNATURE_FUTURE,
        at: "/vr_rep_signed_on",
        is_broken: |seen| seen.is_future(seen.draft.vr_rep_signed_on),
    },
    Check {
        code: &code::F1365_CONVERT_AND_CLOSURE,
        at: "/converts_cr_case",
        is_broken: |seen| seen.draft.converts_cr_case == Some(true) && seen.draft.is_closing,
    },
    Check { code: &code::F1365_CONVERT_NO_CASE, at: "/converts_cr_case", is_broken: |seen| seen.converts_nothing() },
    Check { code: &code::F1365_CONVERT_DIRECTION, at: "/converts_cr_case", is_broken: |seen| seen.converts_back() },
    Check {
        code: &code::F1365_CONVERT_AFTER_90_DAYS,
        at: "/converts_cr_case",
        is_broken: |seen| seen.draft.converts_cr_case == Some(true) && seen.converts_late(),
    },
    // The case is under cost reimbursement on file, and the form elects the other system without saying that this is a change.
    Check {
        code: &code::F1365_CONVERT_AFTER_90_DAYS,
        at: "/payment_system",
        is_broken: |seen| seen.draft.converts_cr_case == Some(false) && seen.converts_late(),
    },
    Check {
        code: &code::F1365_PRIOR_CR_SAME_VR,
        at: "/ssn",
        is_broken: |seen| {
            let served = |person| served_before(person, seen.agency, seen.received_on);
            let is_assigned = matches!(seen.report, Some(Report::Assignment | Report::Conversion));
            is_assigned && seen.cleared.is_some_and(served)
        },
    },
    Check {
        code: &code::F1365_CLOSURE_BEFORE_IPE,
        at: "/case_closed_on",
        is_broken: |seen| {
            seen.draft.case_closed_on.zip(seen.draft.ipe_signed_on).is_some_and(|(closed, signed)| closed < signed)
        },
    },
    Check {
        code: &code::F1365_CLOSURE_FUTURE,
        at: "/case_closed_on",
        is_broken: |seen| seen.is_future(seen.draft.case_closed_on),
    },
];

impl Seen<'_> {
    fn is_future(&self, day: Option<Date>) -> bool {
        day.is_some_and(|day| day > self.received_on)
    }

    /// A change longer after the signing of the plan than there is time for it.
    fn converts_late(&self) -> bool {
        self.report == Some(Report::Conversion)
            && !self.converts_back()
            && !self.converts_nothing()
            && self.change_until().is_some_and(|(_, last)| self.received_on > last)
    }

    /// The days that there are for a change after the signing of the plan, and the last of them.
    fn change_until(&self) -> Option<(i32, Date)> {
        let days = self.parameters.whole_number("cost_reimbursement_change_days", "", self.received_on.into())?;
        let last = self.draft.ipe_signed_on?.checked_add(Span::new().try_days(days).ok()?).ok()?;
        Some((days, last))
    }

    /// The problem of a check, with the numbers of its sentence.
    fn told(&self, check: &Check) -> Problem {
        let problem = Problem::new(check.code, check.at);
        match self.change_until().filter(|_| check.code.id == code::F1365_CONVERT_AFTER_90_DAYS.id) {
            Some((limit, to)) => problem.with("limit", limit).with("to", to.to_string()),
            None => problem,
        }
    }

    /// A change where there is no case under cost reimbursement.
    fn converts_nothing(&self) -> bool {
        let has_none = |person| !is_reimbursed(person, self.agency, self.received_on);
        self.report == Some(Report::Conversion) && !self.converts_back() && self.cleared.is_some_and(has_none)
    }

    /// A change into cost reimbursement, or of a ticket that is with the agency as an Employment Network already.
    fn converts_back(&self) -> bool {
        let held = self.cleared.and_then(|person| person.assignment_on(self.received_on));
        let is_assigned = held.is_some_and(|assignment| assignment.kind != ProviderKind::StateVr);
        self.report == Some(Report::Conversion)
            && (is_assigned || self.draft.payment_system == Some(PaymentSelection::CostReimbursement))
    }
}

pub(super) fn run(
    draft: &Draft,
    report: Option<Report>,
    cleared: Option<&Person>,
    sheet: &mut Sheet<'_>,
    on_file: &OnFile,
) {
    let seen = Seen {
        draft,
        report,
        cleared,
        received_on: sheet.desk.received_on,
        parameters: sheet.desk.engine.parameters(),
        agency: &on_file.organization.provider,
    };
    for check in CHECKS.iter().filter(|check| (check.is_broken)(&seen)) {
        sheet.add(seen.told(check));
    }
}
