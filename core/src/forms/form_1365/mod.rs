//! State Agency Ticket Assignment Form (SSA-1365).

mod checks;
pub mod code;

use super::assignability::{Assignability, NotAssignable, assignability, has_open_case};
use super::filing::{Checked, Intake, NaturalKey};
use super::work_plan::{Signer, soc};
use super::{OnFile, Person, Sheet};
use crate::domain::ProviderKind;
use crate::problem::{Code, Problem};
use crate::read::{Path, given};
use jiff::civil::Date;
use serde::Serialize;
use serde_json_borrow::Value;

/// How the agency is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentSelection {
    /// Cost reimbursement.
    CostReimbursement,
    /// The payment system that the agency has elected as an Employment Network.
    EnElected,
}

/// How a case was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosureStatus {
    /// In employment.
    Employed,
    /// Without.
    NotEmployed,
}

/// What the agency reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Report {
    /// A plan by which the ticket is assigned, or a case under cost reimbursement begins.
    Assignment,
    /// A case under cost reimbursement becomes an assignment.
    Conversion,
    /// A case is closed.
    Closure,
}

impl Report {
    /// A plan is assigned, converted and closed once each.
    const fn mark(self) -> &'static str {
        match self {
            Self::Assignment => "",
            Self::Conversion => "#conversion",
            Self::Closure => "#closure",
        }
    }
}

const SELECTIONS: &[(&str, PaymentSelection)] =
    &[("cost_reimbursement", PaymentSelection::CostReimbursement), ("en_elected", PaymentSelection::EnElected)];
const STATUSES: &[(&str, ClosureStatus)] =
    &[("employed", ClosureStatus::Employed), ("not_employed", ClosureStatus::NotEmployed)];

const FIELDS: [&str; 13] = [
    "ssn",
    "ipe_signed_statement",
    "ipe_signed_on",
    "vocational_goal_soc",
    "payment_system",
    "existing_ipe",
    "both_agree_assignment",
    "beneficiary_signed_on",
    "beneficiary_signer",
    "vr_rep_signed_on",
    "converts_cr_case",
    "case_closed_on",
    "closure_status",
];

/// The form as received.
#[derive(Debug, Default)]
pub struct Draft {
    person: Option<usize>,
    ipe_signed_on: Option<Date>,
    vocational_goal_soc: Option<Box<str>>,
    payment_system: Option<PaymentSelection>,
    existing_ipe: Option<bool>,
    both_agree_assignment: Option<bool>,
    beneficiary_signed_on: Option<Date>,
    beneficiary_signer: Option<Signer>,
    vr_rep_signed_on: Option<Date>,
    /// None if it could not be read; left out, it is false.
    converts_cr_case: Option<bool>,
    /// A day or a status of closure is given, whether or not it could be read.
    is_closing: bool,
    case_closed_on: Option<Date>,
    closure_status: Option<ClosureStatus>,
}

/// The form that may be filed.
#[derive(Debug, Serialize)]
struct Form1365 {
    ssn: String,
    ipe_signed_statement: bool,
    ipe_signed_on: Date,
    vocational_goal_soc: Box<str>,
    payment_system: PaymentSelection,
    existing_ipe: bool,
    both_agree_assignment: Option<bool>,
    beneficiary_signed_on: Date,
    beneficiary_signer: Signer,
    vr_rep_signed_on: Date,
    converts_cr_case: bool,
    case_closed_on: Option<Date>,
    closure_status: Option<ClosureStatus>,
}

pub(super) fn read(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> Draft {
    let Some(fields) = sheet.object(value, path, &FIELDS) else { return Draft::default() };
    let [ssn, statement, ipe, goal, payment, existing, agree, signed, who, vr_signed, converts, fields @ ..] = fields;
    let [closed, status] = fields;
    sheet.stated(statement, &path.key("ipe_signed_statement"), &code::F1365_IPE_STATEMENT);
    let beneficiary = &code::F1365_SIGNATURE_BENEFICIARY;
    let signer_at = path.key("beneficiary_signer");
    Draft {
        person: sheet.person(ssn, &path.key("ssn")),
        ipe_signed_on: sheet.date(ipe, &path.key("ipe_signed_on")),
        vocational_goal_soc: soc(
            sheet,
            goal,
            &path.key("vocational_goal_soc"),
            Some(&code::F1365_GOAL_REQUIRED),
            &code::F1365_GOAL_CODE,
        ),
        payment_system: word(sheet, payment, &path.key("payment_system"), SELECTIONS, &code::F1365_PAYMENT_REQUIRED),
        existing_ipe: sheet.boolean(existing, &path.key("existing_ipe")),
        both_agree_assignment: sheet.optional_boolean(agree, &path.key("both_agree_assignment")),
        beneficiary_signed_on: signature(sheet, signed, &path.key("beneficiary_signed_on"), beneficiary),
        beneficiary_signer: word(sheet, who, &signer_at, Signer::WORDS, beneficiary),
        vr_rep_signed_on: signature(sheet, vr_signed, &path.key("vr_rep_signed_on"), &code::F1365_SIGNATURE_VR),
        converts_cr_case: match given(converts) {
            None => Some(false),
            some => sheet.boolean(some, &path.key("converts_cr_case")),
        },
        is_closing: given(closed).or(given(status)).is_some(),
        case_closed_on: closure_day(sheet, closed, status, &path.key("case_closed_on")),
        closure_status: closure_status(sheet, closed, status, &path.key("closure_status")),
    }
}

/// A choice whose absence has a code of its own.
fn word<T: Copy>(
    sheet: &mut Sheet<'_>,
    field: Option<&Value<'_>>,
    path: &Path<'_>,
    words: &[(&'static str, T)],
    missing: &'static Code,
) -> Option<T> {
    if given(field).is_none() {
        let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        sheet.add(Problem::new(missing, &path.pointer()).with("allowed", allowed));
        return None;
    }
    sheet.choice(field, path, words)
}

fn signature(
    sheet: &mut Sheet<'_>,
    field: Option<&Value<'_>>,
    path: &Path<'_>,
    missing: &'static Code,
) -> Option<Date> {
    if given(field).is_none() {
        sheet.refuse(missing, path);
        return None;
    }
    sheet.date(field, path)
}

/// A closure has a day when it has a status.
fn closure_day(
    sheet: &mut Sheet<'_>,
    closed: Option<&Value<'_>>,
    status: Option<&Value<'_>>,
    path: &Path<'_>,
) -> Option<Date> {
    match (given(closed), given(status)) {
        (None, None) => None,
        (closed, _) => sheet.date(closed, path),
    }
}

/// A closure has a status when it has a day.
fn closure_status(
    sheet: &mut Sheet<'_>,
    closed: Option<&Value<'_>>,
    status: Option<&Value<'_>>,
    path: &Path<'_>,
) -> Option<ClosureStatus> {
    match (given(closed), given(status)) {
        (None, None) => None,
        (_, status) => word(sheet, status, path, STATUSES, &code::F1365_CLOSURE_STATUS_REQUIRED),
    }
}

pub(super) fn check(draft: Draft, sheet: &mut Sheet<'_>, on_file: &OnFile) -> Option<Checked> {
    let organization = &on_file.organization;
    if !matches!(organization.kind, ProviderKind::StateVr | ProviderKind::StateVrAsEn) {
        sheet.refuse(&code::F1365_NOT_VR, &Path::Root);
        checks::run(&draft, None, None, sheet, on_file);
        return None;
    }
    let cleared = cleared(&draft, sheet, on_file);
    let today = sheet.desk.received_on;
    let reports = draft.reports(cleared.is_some_and(|person| is_reimbursed(person, &organization.provider, today)));
    let report = if let [report] = reports.as_slice() { Some(*report) } else { None };
    checks::run(&draft, report, cleared, sheet, on_file);
    let (place, report) = (draft.person, report?);
    let form = draft.form(report, sheet)?;
    Some(Checked {
        keys: vec![NaturalKey {
            kind: "form_1365",
            person: place?,
            value: format!("{}#{}{}", organization.provider, form.ipe_signed_on, report.mark()),
            code: &code::F1365_DUPLICATE,
        }],
        intake: intake(&form, report),
        document: serde_json::to_string(&form).unwrap_or_default(),
        advice: None,
    })
}

/// The row of the mail to the program manager; of a closure its four elements are in it.
fn intake(form: &Form1365, report: Report) -> Intake {
    let day = |day: Date| day.strftime("%m/%d/%Y").to_string();
    let payment = match form.payment_system {
        PaymentSelection::CostReimbursement => "Cost reimbursement",
        PaymentSelection::EnElected => "Elected EN payment system",
    };
    let reported = match report {
        Report::Assignment => "Assignment",
        Report::Conversion => "Change of payment system",
        Report::Closure => "Case closure",
    };
    let mut columns = vec!["SSN", "Report", "IPE Signed", "Payment System"];
    let mut row = vec![form.ssn.clone(), reported.to_owned(), day(form.ipe_signed_on), payment.to_owned()];
    if let Some((closed_on, status)) = form.case_closed_on.zip(form.closure_status) {
        let status = match status {
            ClosureStatus::Employed => "Employed",
            ClosureStatus::NotEmployed => "Not employed",
        };
        columns.extend(["Case Closed", "Closure Status"]);
        row.extend([day(closed_on), status.to_owned()]);
    }
    Intake { heading: "State Agency Ticket Assignment", columns, rows: vec![row] }
}

/// The person on file, if the ticket can be assigned to the agency, or is with it and the form changes its own case; a closure is reported
/// of a ticket that is with the agency, or of its open case. Else the one answer there is, unless a field that cannot be read yet may
/// make it another. That the agency itself has closed a case of the person has a code of its own.
fn cleared<'f>(draft: &Draft, sheet: &mut Sheet<'_>, on_file: &'f OnFile) -> Option<&'f Person> {
    let (provider, today) = (&*on_file.organization.provider, sheet.desk.received_on);
    let (root, parameters) = (Path::Root, sheet.desk.engine.parameters());
    let is_clear = |person: &Person| {
        let has_case = has_open_case(person, provider, today);
        let (answer, reasons) = assignability(Some(person), provider, today, parameters);
        let is_clear_for = |report| match (report, answer) {
            (Report::Closure, answer) => answer == Assignability::AssignedToYou || has_case,
            (report, Assignability::AssignedToYou) => report == Report::Conversion,
            (_, Assignability::Assignable) => true,
            (_, Assignability::NotAssignable) => reasons == [NotAssignable::SameAgencyServed],
        };
        draft.reports(is_reimbursed(person, provider, today)).into_iter().any(is_clear_for)
    };
    sheet.held(on_file, draft.person, &root.key("ssn"), &code::F1365_NOT_ASSIGNABLE, is_clear)
}

/// Whether the agency has an open case of the person, or holds the ticket under cost reimbursement.
fn is_reimbursed(person: &Person, agency: &str, on: Date) -> bool {
    let held = person.assignment_on(on).filter(|assignment| &*assignment.provider == agency);
    held.is_some_and(|assignment| assignment.kind == ProviderKind::StateVr) || has_open_case(person, agency, on)
}

impl Draft {
    /// What is reported: one thing, or each that it may be while a field that decides cannot be read. Electing the other payment system
    /// for a case under cost reimbursement changes it, whether or not the form says so.
    fn reports(&self, is_reimbursed: bool) -> Vec<Report> {
        if self.case_closed_on.is_some() && self.closure_status.is_some() {
            return vec![Report::Closure];
        }
        let elects = self.payment_system.map(|system| system == PaymentSelection::EnElected);
        let others: &[Report] = match (self.converts_cr_case, elects) {
            (Some(true), _) => &[Report::Conversion],
            (Some(false), Some(true)) if is_reimbursed => &[Report::Conversion],
            (Some(false), None) if is_reimbursed => &[Report::Assignment, Report::Conversion],
            (None, _) => &[Report::Assignment, Report::Conversion],
            _ => &[Report::Assignment],
        };
        self.is_closing.then_some(Report::Closure).into_iter().chain(others.iter().copied()).collect()
    }

    /// Whether both have to agree to the assignment: the plan is older than the ticket, and is not to stay under cost reimbursement.
    fn asks_agreement(&self) -> bool {
        self.existing_ipe == Some(true) && self.payment_system == Some(PaymentSelection::EnElected)
    }

    fn form(self, report: Report, sheet: &Sheet<'_>) -> Option<Form1365> {
        Some(Form1365 {
            ssn: sheet.masked(self.person?),
            ipe_signed_statement: true,
            ipe_signed_on: self.ipe_signed_on?,
            both_agree_assignment: self.both_agree_assignment.filter(|_| self.asks_agreement()),
            vocational_goal_soc: self.vocational_goal_soc?,
            payment_system: self.payment_system?,
            existing_ipe: self.existing_ipe?,
            beneficiary_signed_on: self.beneficiary_signed_on?,
            beneficiary_signer: self.beneficiary_signer?,
            vr_rep_signed_on: self.vr_rep_signed_on?,
            converts_cr_case: report == Report::Conversion,
            case_closed_on: self.case_closed_on,
            closure_status: self.closure_status,
        })
    }
}

#[cfg(test)]
mod tests;
