//! The Payment Request as it is sent and kept, for the OpenAPI document alone: reading and writing it is the core's.

use ttw_portal::schema::{Day, EinText, Hours, Id, MaskedSsn, Money, Month, OptionCode, SsnText, Yes};
use utoipa::ToSchema;
use utoipa::openapi::Ref;

/// An EN Payment Request (SSA-1391): one payment, one month.
#[derive(Debug, ToSchema)]
pub struct PaymentRequest {
    /// The beneficiary's Social Security number.
    pub ssn: SsnText,
    /// The ticket number: the Social Security number, `TW` and a digit.
    #[schema(pattern = "^[0-9]{9}TW[1-9]$")]
    pub ticket_number: Option<String>,
    /// The payment system in effect when the ticket was assigned.
    pub payment_method: PaymentMethod,
    /// Which payment.
    #[schema(pattern = "^(p1m[1-4]|p2(m([1-9]|1[0-8]))?|outcome([1-9]|[1-5][0-9]|60)?)$", examples("p1m1"))]
    pub request_type: String,
    /// The month claimed.
    pub claim_month: Month,
    /// How the first milestone was reached; for `p1m1` alone.
    pub p1m1_basis: Option<OptionCode>,
    /// The employer.
    pub employer: Option<Employer>,
    /// Employed or self-employed.
    pub work_type: WorkType,
    /// Net earnings from self-employment.
    pub sei: Option<SelfEmployment>,
    /// Evidence, an entry a pay statement.
    #[schema(max_items = 25)]
    pub earnings: Option<Vec<EarningsEntry>>,
    /// How proof of earnings arrives.
    pub proof_delivery: Option<ProofDelivery>,
    /// Secondary evidence of a certification request, for requests received before August 2015.
    pub cert: Option<Certification>,
    /// Services provided; for Phase 1.
    pub services_summary_codes: Option<Vec<OptionCode>>,
    /// The services are certified.
    pub services_certified: Option<bool>,
    /// The submitter attests to what is sent.
    pub attested: Yes,
}

/// An EN Payment Request on file. What was left out is not there.
#[derive(Debug, ToSchema)]
pub struct FiledPaymentRequest {
    /// The beneficiary, by the last four digits.
    pub ssn: MaskedSsn,
    /// The ticket number, masked in the same way.
    #[schema(nullable = false, pattern = "^\\*{3}-\\*{2}-[0-9]{4}TW[1-9]$")]
    pub ticket_number: Option<String>,
    /// The payment system in effect when the ticket was assigned.
    pub payment_method: PaymentMethod,
    /// Which payment.
    #[schema(pattern = "^(p1m[1-4]|p2(m([1-9]|1[0-8]))?|outcome([1-9]|[1-5][0-9]|60)?)$", examples("p1m1"))]
    pub request_type: String,
    /// The month claimed.
    pub claim_month: Month,
    /// How the first milestone was reached.
    #[schema(nullable = false)]
    pub p1m1_basis: Option<OptionCode>,
    /// The employer.
    #[schema(nullable = false)]
    pub employer: Option<FiledEmployer>,
    /// Employed or self-employed.
    pub work_type: WorkType,
    /// Net earnings from self-employment.
    #[schema(nullable = false)]
    pub sei: Option<SelfEmployment>,
    /// Pay statements.
    #[schema(nullable = false, max_items = 25)]
    pub earnings: Option<Vec<EarningsEntry>>,
    /// How proof of earnings arrives.
    #[schema(nullable = false)]
    pub proof_delivery: Option<ProofDelivery>,
    /// What is certified in place of evidence.
    #[schema(nullable = false)]
    pub cert: Option<Certification>,
    /// Services provided.
    #[schema(nullable = false)]
    pub services_summary_codes: Option<Vec<OptionCode>>,
    /// The services are certified.
    #[schema(nullable = false)]
    pub services_certified: Option<bool>,
    /// The submitter attests to what is sent.
    pub attested: Yes,
}

/// The employer of a request on file.
#[derive(Debug, ToSchema)]
pub struct FiledEmployer {
    /// The id of an employer on file.
    #[schema(nullable = false)]
    pub employer_id: Option<Id>,
    /// Name.
    pub name: String,
    /// Employer Identification Number.
    #[schema(nullable = false)]
    pub ein: Option<EinText>,
    /// First day of work.
    #[schema(nullable = false)]
    pub start_date: Option<Day>,
    /// Hourly wage.
    #[schema(nullable = false)]
    pub hourly_wage: Option<Money>,
    /// Hours a week.
    #[schema(nullable = false)]
    pub hours_per_week: Option<Hours>,
    /// How often wages are paid.
    #[schema(nullable = false)]
    pub pay_frequency: Option<PayFrequency>,
}

/// What will probably become of the request, and why.
#[derive(Debug, ToSchema)]
pub struct PaymentRequestAdvice {
    /// In a word.
    pub likely: Likely,
    /// In a sentence.
    pub text: String,
    /// The determination on the facts on file.
    #[schema(schema_with = determination)]
    pub determination: (),
}

/// The three answers of an advice.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Likely {
    /// The facts on file make it payable.
    Payable,
    /// The facts on file bar it.
    Denied,
    /// A fact is missing.
    CannotTell,
}

/// As the function `check-eligibility` describes it.
fn determination() -> Ref {
    Ref::from_schema_name("Determination")
}

/// The two payment systems.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// Milestones, then outcomes.
    OutcomeMilestone,
    /// Outcomes only.
    OutcomeOnly,
}

/// An employer: one on file by its id, or a new one by its name.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Employer {
    /// Name.
    #[schema(max_length = 80, pattern = "^[A-Za-z0-9 &'.,()/#-]*$", examples("Acme Bakery"))]
    pub name: Option<String>,
    /// The id of an employer on file.
    pub employer_id: Option<Id>,
    /// Employer Identification Number.
    pub ein: Option<EinText>,
    /// First day of work.
    pub start_date: Option<Day>,
    /// Hourly wage.
    pub hourly_wage: Option<Money>,
    /// Hours a week.
    pub hours_per_week: Option<Hours>,
    /// How often wages are paid.
    pub pay_frequency: Option<PayFrequency>,
}

/// How often wages are paid.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PayFrequency {
    /// Every week.
    Weekly,
    /// Every two weeks.
    Biweekly,
    /// Twice a month.
    Semimonthly,
    /// Every month.
    Monthly,
}

/// Employed or self-employed.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum WorkType {
    /// Wages from an employer.
    Employee,
    /// Net earnings from self-employment.
    SelfEmployed,
}

/// Net earnings from self-employment in the month claimed.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SelfEmployment {
    /// The month.
    pub month: Month,
    /// Gross receipts.
    pub gross_receipts: Money,
    /// Business expenses.
    pub business_expenses: Money,
    /// Net: receipts less expenses; computed when it is left out.
    pub net: Option<Money>,
    /// Hours worked in the month.
    pub hours_worked: Option<Hours>,
    /// A tax return for the year was filed.
    pub tax_year_filed: Option<bool>,
    /// Share in a partnership, in percent.
    #[schema(minimum = 0, maximum = 100)]
    pub partnership_share_pct: Option<u8>,
}

/// One pay statement.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EarningsEntry {
    /// First day of the pay period.
    pub period_start: Day,
    /// Last day of the pay period.
    pub period_end: Day,
    /// Day of pay.
    pub pay_date: Day,
    /// Gross wages.
    pub gross: Money,
    /// Gross wages of the year to date.
    pub ytd_gross: Money,
    /// The statement shows what was withheld.
    pub withholdings_shown: bool,
}

/// How proof of earnings arrives.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ProofDelivery {
    /// None is needed.
    NoneNeeded,
    /// By fax, with a cover sheet.
    FaxedIn,
}

/// Secondary evidence of a certification request.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Certification {
    /// Where the earnings are known from.
    pub source: OptionCode,
    /// With whom there was contact.
    pub contact_party: Option<OptionCode>,
    /// When.
    pub contact_date: Option<Day>,
    /// What turns out not to be due is paid back.
    pub repayment_agreed: Yes,
}
