//! EN Payment Request (SSA-1391).

mod advice;
mod answer;
pub mod code;
mod employer;
mod evidence;
mod fields;
mod income;
mod low_earnings;
mod numbers;
mod policy;
mod read;
mod request;
mod rows;
mod shown;
#[cfg(test)]
mod tests;

pub use request::{Certification, Earnings, Employer, Hours, PaymentRequest, ProofDelivery, SelfEmploymentIncome};
pub use shown::{Shown, shown};

use super::filing::Checked;
use super::{Intake, NaturalKey, OnFile, Sheet};
use crate::domain::{Month, PaymentAsked, PaymentName, PaymentSystem};
use crate::problem::Problem;
use crate::read::Path;
use evidence::Evidence;
use read::Answers;
use serde_json_borrow::Value;

/// The most pay statements of one request (PRQ-04).
pub const MAX_EARNINGS: usize = 25;

/// How a request shows what was earned (PRQ-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The submitter certifies it, and agrees to pay back.
    Certification,
    /// By pay statements, unless it is established already.
    Evidentiary,
}

impl Mode {
    fn of(sheet: &Sheet<'_>) -> Self {
        let received_on = sheet.desk.received_on;
        let terms = sheet.desk.engine.parameters().terms(received_on.into());
        if received_on < terms.evidentiary_requests_since { Self::Certification } else { Self::Evidentiary }
    }
}

/// The form as received; none of what is no object.
#[derive(Debug)]
pub struct Draft(Option<Box<Answers>>);

pub(super) fn read(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> Draft {
    Draft(read::read(sheet, value, path).map(Box::new))
}

/// Checks a draft: first by itself, then against what is on file, so that who does not hold the ticket learns nothing of it.
pub(super) fn check(draft: Draft, sheet: &mut Sheet<'_>, on_file: &OnFile) -> Option<Checked> {
    let draft = *draft.0?;
    let mode = Mode::of(sheet);
    check_claim(&draft, sheet);
    let record = policy::Record::find(&draft, sheet, on_file);
    policy::check_organization(sheet, on_file);
    let elected = record.as_ref().is_none_or(|record| record.check_payment_method(&draft, sheet));
    check_type_for_method(&draft, sheet, elected);
    let proven = record.as_ref().and_then(|record| record.earnings_proven(&draft, sheet));
    let evidence = evidence::check(&draft, sheet, mode, proven);
    check_services(&draft, sheet, record.as_ref(), evidence);
    let judged = record.and_then(|record| {
        record.check_employer(&draft, sheet);
        let evidence = record.check_month_of_earnings(&draft, sheet, evidence);
        record.judge(&draft, sheet, evidence)
    });
    let judged = judged?;
    let request = draft.whole(sheet, on_file)?;
    let document = serde_json::to_string(&request).ok()?;
    let ticket = &judged.question.case.ticket_id;
    let key = |kind, rest: String| NaturalKey {
        kind,
        person: request.person,
        value: format!("{ticket}#{rest}"),
        code: &code::PR_DUPLICATE_REQUEST,
    };
    let mut keys = vec![key("payment_request_month", request.claim_month.to_string())];
    // Which number one without a number gets is known when it is paid: it keeps none from others.
    if let PaymentAsked::Named(payment) = request.request_type {
        keys.push(key("payment_request_payment", payment.to_string()));
    }
    let intake = intake(&request, sheet);
    Some(Checked { document, keys, intake, advice: Some(advice::of(judged)) })
}

/// The day of the claim month against the day of receipt.
fn check_claim(draft: &Answers, sheet: &mut Sheet<'_>) {
    let root = Path::Root;
    let received = Month::from(sheet.desk.received_on);
    let limit = sheet.desk.engine.parameters().terms(received).payment_request_months;
    if let Some(month) = draft.claim_month {
        let at = root.key("claim_month");
        if month > received {
            sheet.refuse(&code::PR_CLAIM_MONTH_FUTURE, &at);
        } else if month == received {
            sheet.refuse(&code::PR_CLAIM_MONTH_NOT_ENDED, &at);
        } else if received.since(month) > limit {
            sheet.add(Problem::new(&code::PR_OUTSIDE_24_MONTHS, &at.pointer()).with("limit", limit));
        }
    }
    if let Some(asked) = draft.asked {
        let at = root.key("p1m1_basis");
        let is_first = asked == PaymentAsked::Named(PaymentName::Phase1(1));
        if is_first && draft.p1m1_basis.is_absent() {
            let choices = sheet.desk.engine.options().list("p1m1_basis").iter();
            let allowed: Vec<&str> = choices.map(|choice| &*choice.code).collect();
            sheet.add(Problem::new(&code::PR_P1M1_BASIS_REQUIRED, &at.pointer()).with("allowed", allowed));
        } else if !is_first && !draft.p1m1_basis.is_absent() {
            sheet.refuse(&code::PR_P1M1_BASIS_NOT_ALLOWED, &at);
        }
    }
    if draft.attested == Some(false) {
        sheet.refuse(&code::PR_ATTESTATION_REQUIRED, &root.key("attested"));
    }
}

/// A payment method that is refused itself says nothing about the type.
fn check_type_for_method(draft: &Answers, sheet: &mut Sheet<'_>, elected: bool) {
    if elected
        && draft.payment_method == Some(PaymentSystem::OutcomeOnly)
        && draft.asked.is_some_and(|asked| is_phase_1(asked) || is_phase_2(asked))
    {
        sheet.refuse(&code::PR_TYPE_INVALID_FOR_METHOD, &Path::Root.key("request_type"));
    }
}

fn check_services(draft: &Answers, sheet: &mut Sheet<'_>, record: Option<&policy::Record<'_>>, evidence: Evidence) {
    let root = Path::Root;
    let phase_1 = draft.asked.is_some_and(is_phase_1);
    if phase_1 && draft.services.given().is_none_or(Vec::is_empty) && !draft.services.is_unreadable() {
        sheet.refuse(&code::PR_SERVICES_CODES_REQUIRED, &root.key("services_summary_codes"));
    }
    let unassigned = record.is_some_and(policy::Record::unassigned_at_claim_month);
    let needed = unassigned || phase_1 && evidence == Evidence::WithoutStatements;
    if needed && !draft.services_certified.is_unreadable() && draft.services_certified.given() != Some(&true) {
        sheet.refuse(&code::PR_SERVICES_NOT_CERTIFIED, &root.key("services_certified"));
    }
}

const fn is_phase_1(asked: PaymentAsked) -> bool {
    matches!(asked, PaymentAsked::Named(PaymentName::Phase1(_)))
}

const fn is_phase_2(asked: PaymentAsked) -> bool {
    matches!(asked, PaymentAsked::NextPhase2 | PaymentAsked::Named(PaymentName::Phase2(_)))
}

/// The row of the mail to the program manager.
fn intake(request: &PaymentRequest, sheet: &Sheet<'_>) -> Intake {
    let payment = match request.request_type {
        PaymentAsked::Named(PaymentName::Phase1(number)) => format!("Phase 1 Milestone {number}"),
        PaymentAsked::Named(PaymentName::Phase2(number)) => format!("Phase 2 Milestone {number}"),
        PaymentAsked::Named(PaymentName::Outcome(number)) => format!("Outcome Payment {number}"),
        PaymentAsked::Named(PaymentName::Reconciliation) => "Reconciliation".to_owned(),
        PaymentAsked::NextPhase2 => "Next Phase 2 Milestone".to_owned(),
        PaymentAsked::NextOutcome => "Next Outcome Payment".to_owned(),
    };
    let month = request.claim_month.to_string();
    let month = month.split_once('-').map_or_else(String::new, |(year, month)| format!("{month}/{year}"));
    let proof = match (request.proof_delivery, &request.cert) {
        (Some(request::ProofDelivery::FaxedIn), _) => "Faxed in".to_owned(),
        (Some(request::ProofDelivery::NoneNeeded), _) => "None needed".to_owned(),
        (None, Some(cert)) => {
            let choices = sheet.desk.engine.options().list("certification_source");
            let label = choices.iter().find(|choice| choice.code == cert.source).map(|choice| &*choice.label);
            format!("Certified: {}", label.unwrap_or_default())
        }
        (None, None) => String::new(),
    };
    Intake {
        heading: "Payment Request",
        columns: vec!["SSN", "Payment", "Claim Month", "Proof of Earnings"],
        rows: vec![vec![request.ssn.clone(), payment, month, proof]],
    }
}
