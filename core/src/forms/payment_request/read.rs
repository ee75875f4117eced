//! Reading a payment request: single fields, and what they say of each other without any record.

use super::super::{OnFile, Sheet};
use super::answer::{Answer, is_given, optional};
use super::employer::{self, EmployerDraft};
use super::fields::fields;
use super::income::{self, SeiDraft};
use super::request::{Certification, PaymentRequest, ProofDelivery, WorkType};
use super::rows::{self, EarningsDraft};
use super::{Mode, code};
use crate::domain::{Month, PaymentAsked, PaymentName, PaymentSystem};
use crate::problem::{Problem, code as shared};
use crate::read::Path;
use jiff::civil::Date;
use serde_json_borrow::Value;
use std::sync::LazyLock;

/// The basis of the first milestone with half of the level.
pub(super) const HALF: &str = "half_twl_in_last_period";
/// The source that is a contact with a day and a party.
const RECENT_CONTACT: &str = "recent_dated_contact";
/// Days after which a contact is no longer recent.
const RECENT_DAYS: i32 = 90;

/// The answers as received; what is none could not be read, which is told already.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) person: Option<usize>,
    /// What stands behind the number in the ticket number.
    pub(super) ticket: Option<String>,
    pub(super) payment_method: Option<PaymentSystem>,
    pub(super) asked: Option<PaymentAsked>,
    pub(super) claim_month: Option<Month>,
    pub(super) p1m1_basis: Answer<Box<str>>,
    pub(super) employer: Answer<EmployerDraft>,
    pub(super) work_type: Option<WorkType>,
    pub(super) sei: Answer<SeiDraft>,
    pub(super) earnings: Answer<Vec<EarningsDraft>>,
    pub(super) proof_delivery: Answer<ProofDelivery>,
    pub(super) cert: Answer<Certification>,
    pub(super) services: Answer<Vec<Box<str>>>,
    pub(super) services_certified: Answer<bool>,
    pub(super) attested: Option<bool>,
}

impl Answers {
    pub(super) fn earnings(&self) -> &[EarningsDraft] {
        self.earnings.given().map_or(&[], Vec::as_slice)
    }

    /// Whether half of the level is claimed to be enough.
    pub(super) fn claims_half(&self) -> bool {
        self.p1m1_basis.given().is_some_and(|basis| **basis == *HALF)
    }

    /// The request; none when something it needs is missing or could not be read, which is then told already.
    pub(super) fn whole(&self, sheet: &Sheet<'_>, on_file: &OnFile) -> Option<PaymentRequest> {
        let person = self.person?;
        let ssn = sheet.masked(person);
        Some(PaymentRequest {
            person,
            ticket_number: self.ticket.as_ref().map(|ending| format!("{ssn}{ending}")),
            ssn,
            payment_method: self.payment_method?,
            request_type: self.asked?,
            claim_month: self.claim_month?,
            p1m1_basis: self.p1m1_basis.given().cloned(),
            employer: match self.employer.given() {
                Some(employer) => Some(employer.whole(on_file.people.get(person).and_then(Option::as_ref))?),
                None => None,
            },
            work_type: self.work_type?,
            sei: match self.sei.given() {
                Some(sei) => Some(sei.whole()?),
                None => None,
            },
            earnings: self.earnings().iter().map(EarningsDraft::whole).collect::<Option<_>>()?,
            proof_delivery: self.proof_delivery.given().copied(),
            cert: self.cert.given().cloned(),
            services_summary_codes: self.services.given().cloned().unwrap_or_default(),
            services_certified: self.services_certified.given().copied(),
            attested: self.attested?,
        })
    }
}

fields! {
    /// The form's own fields.
    Fields {
        ssn,
        ticket_number,
        payment_method,
        request_type,
        claim_month,
        p1m1_basis,
        employer,
        work_type,
        sei,
        earnings,
        proof_delivery,
        cert,
        services_summary_codes,
        services_certified,
        attested,
    }
}

/// Reads the form's own fields, in the order of the form.
pub(super) fn read(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> Option<Answers> {
    let fields = Fields::of(sheet, value, path)?;
    let mut answers = Answers::default();
    read_claim(sheet, fields, path, &mut answers);
    read_work(sheet, fields, path, &mut answers);
    read_evidence(sheet, fields, path, &mut answers);
    read_services(sheet, fields, path, &mut answers);
    Some(answers)
}

/// What is claimed.
fn read_claim(sheet: &mut Sheet<'_>, fields: Fields<'_>, path: &Path<'_>, answers: &mut Answers) {
    answers.person = sheet.person(fields.ssn, &path.key("ssn"));
    answers.ticket = read_ticket(sheet, fields.ticket_number, answers.person, &path.key("ticket_number"));
    answers.payment_method = read_method(sheet, fields.payment_method, &path.key("payment_method"));
    answers.asked = read_request_type(sheet, fields.request_type, &path.key("request_type"));
    answers.claim_month = read_claim_month(sheet, fields.claim_month, &path.key("claim_month"));
    let at = path.key("p1m1_basis");
    answers.p1m1_basis =
        optional(fields.p1m1_basis, |value| sheet.option(Some(value), &at, "p1m1_basis", &shared::REQ_ENUM));
}

/// For whom the beneficiary works.
fn read_work(sheet: &mut Sheet<'_>, fields: Fields<'_>, path: &Path<'_>, answers: &mut Answers) {
    let at = path.key("employer");
    answers.employer = employer::read(sheet, fields.employer, answers.claim_month, &at);
    answers.work_type = sheet.choice(fields.work_type, &path.key("work_type"), WORK_TYPES);
    if answers.work_type == Some(WorkType::Employee) && answers.employer.is_absent() {
        sheet.refuse(&code::PR_EMPLOYER_REQUIRED, &at);
    }
}

/// What shows the earnings. Of what a field of the other mode holds, nothing is said.
fn read_evidence(sheet: &mut Sheet<'_>, fields: Fields<'_>, path: &Path<'_>, answers: &mut Answers) {
    let certifies = Mode::of(sheet) == Mode::Certification;
    let claim_month = answers.claim_month;
    let at = path.key("sei");
    answers.sei = optional(fields.sei, |value| income::read(sheet, value, &at));
    let at = path.key("earnings");
    // An empty list says as much as none.
    let earnings = fields.earnings.filter(|value| !certifies || **value != Value::Array(Vec::new()));
    answers.earnings = optional(earnings, |value| if certifies { None } else { rows::read(sheet, value, &at) });
    let at = path.key("proof_delivery");
    answers.proof_delivery =
        optional(fields.proof_delivery, |value| if certifies { None } else { sheet.choice(Some(value), &at, PROOFS) });
    let at = path.key("cert");
    answers.cert =
        optional(fields.cert, |value| if certifies { read_cert(sheet, value, claim_month, &at) } else { None });
}

/// What the submitter did, and says of the request.
fn read_services(sheet: &mut Sheet<'_>, fields: Fields<'_>, path: &Path<'_>, answers: &mut Answers) {
    let at = path.key("services_summary_codes");
    answers.services = optional(fields.services_summary_codes, |value| read_service_codes(sheet, value, &at));
    let at = path.key("services_certified");
    answers.services_certified = optional(fields.services_certified, |value| sheet.boolean(Some(value), &at));
    let at = path.key("attested");
    if is_given(fields.attested) {
        answers.attested = sheet.boolean(fields.attested, &at);
    } else {
        sheet.refuse(&code::PR_ATTESTATION_REQUIRED, &at);
    }
}

const METHODS: &[(&str, PaymentSystem)] =
    &[("outcome_milestone", PaymentSystem::OutcomeMilestone), ("outcome_only", PaymentSystem::OutcomeOnly)];
const WORK_TYPES: &[(&str, WorkType)] = &[("employee", WorkType::Employee), ("self_employed", WorkType::SelfEmployed)];
pub(super) const PROOFS: &[(&str, ProofDelivery)] =
    &[("none_needed", ProofDelivery::NoneNeeded), ("faxed_in", ProofDelivery::FaxedIn)];

/// The words of some choices.
pub(super) fn words<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
    choices.iter().map(|(word, _)| *word).collect()
}

/// The ticket number is the Social Security number, TW and a digit; only its ending is kept.
fn read_ticket(
    sheet: &mut Sheet<'_>,
    field: Option<&Value<'_>>,
    person: Option<usize>,
    path: &Path<'_>,
) -> Option<String> {
    if !is_given(field) {
        return None;
    }
    let (ssn, ending) = sheet.text(field, path)?.split_at_checked(9).unwrap_or_default();
    let is_digits = ssn.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits || !matches!(ending.as_bytes(), [b'T', b'W', b'1'..=b'9']) {
        sheet.refuse(&shared::TICKET_FORMAT, path);
        return None;
    }
    if person.and_then(|person| sheet.people().get(person)).is_some_and(|known| known.expose() != ssn.as_bytes()) {
        sheet.refuse(&shared::TICKET_SSN_MISMATCH, path);
    }
    Some(ending.to_owned())
}

fn read_method(sheet: &mut Sheet<'_>, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<PaymentSystem> {
    if is_given(field) {
        return sheet.choice(field, path, METHODS);
    }
    sheet.add(Problem::new(&code::PR_PAYMENT_METHOD_REQUIRED, &path.pointer()).with("allowed", words(METHODS)));
    None
}

/// A payment by name, or the next one due. The reconciliation follows from the twelfth outcome and is not asked for.
fn read_request_type(sheet: &mut Sheet<'_>, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<PaymentAsked> {
    let text = sheet.text(field, path)?;
    let asked = PaymentAsked::parse(text).filter(|asked| *asked != PaymentAsked::Named(PaymentName::Reconciliation));
    if asked.is_none() {
        sheet.add(Problem::new(&code::PR_REQUEST_TYPE, &path.pointer()).with("allowed", REQUEST_TYPES.clone()));
    }
    asked
}

/// Every word of a request type.
static REQUEST_TYPES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let of_phase = |(next, numbered): (&str, &str)| {
        let numbers: Vec<String> = (1..=99).map(|number| format!("{numbered}{number}")).collect();
        std::iter::once(next.to_owned()).chain(numbers)
    };
    let all = [("p1", "p1m"), ("p2", "p2m"), ("outcome", "outcome")].into_iter().flat_map(of_phase);
    all.filter(|word| PaymentAsked::parse(word).is_some()).collect()
});

fn read_claim_month(sheet: &mut Sheet<'_>, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Month> {
    let month = match sheet.required(field, path)? {
        Value::Str(text) => Month::parse(text),
        _ => None,
    };
    if month.is_none() {
        sheet.refuse(&code::PR_CLAIM_MONTH_FORMAT, path);
    }
    month
}

fields! {
    /// The fields of a certification.
    CertFields { source, contact_party, contact_date, repayment_agreed }
}

fn read_cert(
    sheet: &mut Sheet<'_>,
    value: &Value<'_>,
    claim_month: Option<Month>,
    path: &Path<'_>,
) -> Option<Certification> {
    let fields = CertFields::of(sheet, value, path)?;
    let at = path.key("source");
    let source = if is_given(fields.source) {
        sheet.option(fields.source, &at, "certification_source", &shared::REQ_ENUM)
    } else {
        sheet.refuse(&code::PR_CERT_SOURCE_REQUIRED, &at);
        None
    };
    let is_contact = source.as_deref() == Some(RECENT_CONTACT);
    let party = fields.contact_party.filter(|value| is_given(Some(value)));
    let at = path.key("contact_party");
    let contact_party =
        if is_contact || party.is_some() { sheet.option(party, &at, "contact_party", &shared::REQ_ENUM) } else { None };
    let date = fields.contact_date.filter(|value| is_given(Some(value)));
    let at = path.key("contact_date");
    let contact_date = if is_contact { sheet.date(date, &at) } else { sheet.optional_date(date, &at) };
    if let Some(day) = contact_date {
        check_contact(sheet, day, claim_month, &at);
    }
    let at = path.key("repayment_agreed");
    let repayment_agreed = sheet.boolean(fields.repayment_agreed, &at);
    if repayment_agreed == Some(false) {
        sheet.refuse(&code::PR_REPAYMENT_NOT_AGREED, &at);
    }
    Some(Certification { source: source?, contact_party, contact_date, repayment_agreed: repayment_agreed? })
}

fn check_contact(sheet: &mut Sheet<'_>, day: Date, claim_month: Option<Month>, path: &Path<'_>) {
    let received_on = sheet.desk.received_on;
    if day > received_on || claim_month.is_some_and(|month| Month::from(day) < month) {
        sheet.refuse(&code::PR_CERT_CONTACT_DATE, path);
    } else if rows::days_between(day, received_on) > RECENT_DAYS {
        sheet.add(Problem::new(&code::PR_CERT_CONTACT_OLD, &path.pointer()).with("limit", RECENT_DAYS));
    }
}

fn read_service_codes(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> Option<Vec<Box<str>>> {
    let Value::Array(items) = value else {
        sheet.list(Some(value), path);
        return None;
    };
    let mut services: Vec<Box<str>> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let at = path.index(index);
        let Some(service) = sheet.option(Some(item), &at, "services", &shared::REQ_ENUM) else { continue };
        if services.contains(&service) {
            sheet.refuse(&code::PR_SERVICES_CODES_DUPLICATE, &at);
        } else {
            services.push(service);
        }
    }
    (services.len() == items.len()).then_some(services)
}
