//! Answers about people on file, as they are written and described.

use super::{Case, Day, Ledger, SsnText};
use serde::Serialize;
use ttw_core::domain::{PaymentSystem, ProviderKind, Ssn};
use ttw_core::forms::{Assignability, NotAssignable, Person};
use ttw_core::{Problem, domain};
use ttw_portal::identity::Caller;
use ttw_portal::store::FiledAbout;
use utoipa::ToSchema;

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
    /// In what capacity: `submitter`, `signatory`, `primary_contact`, `negotiator`, `program_manager`, `field_office`, `beneficiary`.
    pub roles: Vec<&'static str>,
    /// The organization the user acts for; null for who acts for none.
    pub organization: Option<MyOrganization>,
}

/// The organization the user acts for.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyOrganization {
    /// Employer Identification Number.
    #[schema(pattern = "^[0-9]{2}-[0-9]{7}$")]
    pub ein: String,
    /// Name.
    pub name: String,
    /// The provider's id in assignments, the PID.
    pub provider: String,
    /// What it is; both State VR kinds may file form 1365; of them `state_vr_as_en` alone claims payments.
    #[schema(value_type = super::ProviderKind)]
    pub kind: ProviderKind,
    /// The last day of its agreement.
    #[schema(value_type = Option<Day>)]
    pub agreement_ends_on: Option<String>,
    /// The last day of its registration with SAM.
    #[schema(value_type = Option<Day>)]
    pub sam_expires_on: Option<String>,
}

impl Me {
    pub(crate) fn of(caller: &Caller) -> Self {
        let organization = caller.scope().map(|scope| {
            let of = scope.organization();
            MyOrganization {
                ein: of.ein.to_string(),
                name: of.name.to_string(),
                provider: of.provider.to_string(),
                kind: of.kind,
                agreement_ends_on: of.agreement_ends_on.map(|day| day.to_string()),
                sam_expires_on: of.sam_expires_on.map(|day| day.to_string()),
            }
        });
        let (name, title) = (caller.user().name.to_string(), caller.user().title.to_string());
        Self { name, title, roles: caller.roles().iter().map(|role| role.as_str()).collect(), organization }
    }
}

/// One number.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SsnQuestion {
    /// The beneficiary's Social Security number.
    pub ssn: SsnText,
}

/// One number or many.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
pub enum SsnQuestions {
    /// One.
    One(SsnQuestion),
    /// Many.
    Many(SsnList),
}

/// Many numbers.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SsnList {
    /// Social Security numbers, each once. Each is answered or refused by itself.
    #[schema(min_items = 1, max_items = 250)]
    pub ssns: Vec<SsnText>,
}

/// A ticket as far as forms are prefilled with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Holding {
    /// The number by its last four digits.
    #[schema(pattern = "^\\*{3}-\\*{2}-[0-9]{4}$")]
    pub ssn: String,
    /// The ticket's id.
    pub ticket: String,
    /// Ticket assignment date, of the latest assignment to the organization.
    #[schema(value_type = Day)]
    pub assigned_on: String,
    /// The day on which that assignment ended.
    #[schema(value_type = Option<Day>)]
    pub unassigned_on: Option<String>,
    /// The payment system in effect at assignment.
    #[schema(value_type = Option<super::PaymentSystem>)]
    pub payment_method: Option<PaymentSystem>,
    /// Employers on file.
    pub employers: Vec<KnownEmployer>,
}

/// An employer on file.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnownEmployer {
    /// Its id, by which a form chooses it.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl Holding {
    /// What is told of a ticket to a provider it is or was assigned to; none to others.
    pub(crate) fn of(ssn: &Ssn, person: &Person, provider: &str) -> Option<Self> {
        let assignment = person.assignments_to(provider).last()?;
        let employer = |employer: &ttw_core::forms::Employer| KnownEmployer {
            id: employer.id.to_string(),
            name: employer.name.to_string(),
        };
        Some(Self {
            ssn: ssn.masked(),
            ticket: person.case.ticket_id.to_string(),
            assigned_on: assignment.assigned_on.to_string(),
            unassigned_on: assignment.unassigned_on.map(|day| day.to_string()),
            payment_method: assignment.payment_system,
            employers: person.employers.iter().map(employer).collect(),
        })
    }
}

/// Whether tickets can be assigned.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignabilityResults {
    /// The day for which it is said.
    #[schema(value_type = Day)]
    pub as_of: String,
    /// A result for each number, in order.
    pub results: Vec<AssignabilityResult>,
}

/// One answer, or what is wrong with the number.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignabilityResult {
    /// The number by its last four digits; null for what is none.
    pub ssn: Option<String>,
    /// The answer; null for what is no number.
    pub status: Option<AssignabilityStatus>,
    /// Why not: told to the program manager alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reasons: Option<Vec<NotAssignableReason>>,
    /// What is wrong with the number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Option<Vec<ttw_portal::problem::schema::ErrorBody>>, nullable = false)]
    pub errors: Vec<Problem>,
}

/// The three answers.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignabilityStatus {
    /// The ticket can be assigned.
    Assignable,
    /// It is with the organization that asks.
    AssignedToYou,
    /// It cannot be assigned.
    NotAssignable,
}

/// Why a ticket cannot be assigned.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotAssignableReason {
    /// The code.
    #[schema(examples("ELIG_AGE"))]
    pub code: &'static str,
    /// The reason in a sentence.
    pub text: &'static str,
    /// The rule and the law.
    pub source: &'static str,
}

impl AssignabilityResult {
    pub(crate) fn answered(ssn: &Ssn, status: Assignability, reasons: &[NotAssignable], is_manager: bool) -> Self {
        let status = match status {
            Assignability::Assignable => AssignabilityStatus::Assignable,
            Assignability::AssignedToYou => AssignabilityStatus::AssignedToYou,
            Assignability::NotAssignable => AssignabilityStatus::NotAssignable,
        };
        let told = |reason: &NotAssignable| NotAssignableReason {
            code: reason.code(),
            text: reason.text(),
            source: reason.source(),
        };
        Self {
            ssn: Some(ssn.masked()),
            status: Some(status),
            reasons: is_manager.then(|| reasons.iter().map(told).collect()),
            errors: Vec::new(),
        }
    }

    pub(crate) fn refused(errors: Vec<Problem>) -> Self {
        Self { ssn: None, status: None, reasons: None, errors }
    }
}

/// A beneficiary's own ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyTicket<'a> {
    /// The ticket with everything on file about it.
    #[schema(value_type = Case)]
    pub case: &'a domain::Case,
    /// The ledger of each provider that holds or held it and can be paid.
    #[schema(value_type = Vec<Ledger>)]
    pub ledgers: Vec<ttw_core::decision::Ledger>,
    /// What was filed about it, newest first.
    #[schema(value_type = Vec<Filed>)]
    pub filed: Vec<FiledAbout>,
}

/// A form that was filed about a beneficiary.
#[derive(Debug, ToSchema)]
pub struct Filed {
    /// The confirmation number.
    pub confirmation: String,
    /// Which form.
    pub form: String,
    /// The day of receipt.
    pub received_on: Day,
    /// The provider's id.
    pub provider: String,
    /// The organization's name.
    pub provider_name: String,
    /// Of a payment request: the payment.
    pub payment: Option<String>,
    /// Of a payment request: the month claimed.
    pub month: Option<super::Month>,
    /// Still in process, or paid.
    pub live: bool,
}

/// Is this payment due to us, by what is on file?
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordQuestion {
    /// The beneficiary's Social Security number.
    pub ssn: SsnText,
    /// What is claimed; the provider is the caller's organization.
    pub claim: RecordClaim,
    /// The day of the request; today unless given.
    pub requested_on: Option<Day>,
    /// The reading; `operations` unless given.
    pub policy: Option<super::Policy>,
}

/// A payment for a month.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordClaim {
    /// Which payment.
    pub payment: super::PaymentAsked,
    /// For which month.
    pub month: super::Month,
}

/// What can the ticket still bring us, by what is on file?
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordLedgerRequest {
    /// The beneficiary's Social Security number.
    pub ssn: SsnText,
    /// On which day; today unless given.
    pub as_of: Option<Day>,
    /// The reading; `operations` unless given.
    pub policy: Option<super::Policy>,
}

/// A case, or the number of somebody on file.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
pub enum AnyQuestion {
    /// A question about a case.
    Inline(Box<super::Question>),
    /// A question about somebody on file.
    Record(RecordQuestion),
}

/// A case, or the number of somebody on file.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
pub enum AnyLedgerRequest {
    /// A ledger of a case.
    Inline(Box<super::LedgerRequest>),
    /// A ledger of somebody on file.
    Record(RecordLedgerRequest),
}
