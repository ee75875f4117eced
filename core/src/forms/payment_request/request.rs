//! A payment request with nothing wrong, as it is written.

use crate::domain::{Ein, Month, PaymentAsked, PaymentSystem, Usd};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, Serializer};

/// The request in its normal shape, in the order of the form. The Social Security number is masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentRequest {
    /// The place of the beneficiary among the people of the filing.
    #[serde(skip)]
    pub(super) person: usize,
    /// The beneficiary, by the last four digits.
    pub ssn: String,
    /// The ticket number, masked in the same way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_number: Option<String>,
    /// Under which system.
    pub payment_method: PaymentSystem,
    /// What is asked for.
    pub request_type: PaymentAsked,
    /// For which month.
    pub claim_month: Month,
    /// How the level of the first milestone was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p1m1_basis: Option<Box<str>>,
    /// Who pays the wages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employer: Option<Employer>,
    /// Employed or self-employed.
    pub work_type: WorkType,
    /// The income of a self-employed beneficiary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sei: Option<SelfEmploymentIncome>,
    /// Pay statements.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earnings: Vec<Earnings>,
    /// How proof of earnings arrives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof_delivery: Option<ProofDelivery>,
    /// What is certified in place of evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert: Option<Certification>,
    /// Services provided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub services_summary_codes: Vec<Box<str>>,
    /// The services led to this work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub services_certified: Option<bool>,
    /// The submitter attests it.
    pub attested: bool,
}

/// Kinds of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkType {
    /// For an employer.
    Employee,
    /// For oneself.
    SelfEmployed,
}

/// How proof of earnings arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofDelivery {
    /// None is needed.
    NoneNeeded,
    /// By fax, under the cover sheet.
    FaxedIn,
}

/// How often wages are paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
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

/// Hours, with two places at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours(pub Decimal);

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut hours = self.0;
        hours.rescale(2);
        serializer.collect_str(&hours)
    }
}

/// The employer of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Employer {
    /// One on file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employer_id: Option<Box<str>>,
    /// Its name, from the file where it is there.
    pub name: Box<str>,
    /// Its EIN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ein: Option<Ein>,
    /// First day of work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Date>,
    /// Wage of an hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hourly_wage: Option<Usd>,
    /// Hours of a week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours_per_week: Option<Hours>,
    /// How often wages are paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_frequency: Option<PayFrequency>,
}

/// The income of a self-employed beneficiary in the claim month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SelfEmploymentIncome {
    /// The month.
    pub month: Month,
    /// Receipts before expenses.
    pub gross_receipts: Usd,
    /// Expenses of the business.
    pub business_expenses: Usd,
    /// The difference, or nothing for a loss.
    pub net: Usd,
    /// Hours worked in the month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours_worked: Option<Hours>,
    /// A tax return for the year has been filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_year_filed: Option<bool>,
    /// The beneficiary's share of a partnership, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partnership_share_pct: Option<u8>,
}

/// One pay statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Earnings {
    /// First day of the pay period.
    pub period_start: Date,
    /// Last day of the pay period.
    pub period_end: Date,
    /// Day of pay.
    pub pay_date: Date,
    /// Gross of the period.
    pub gross: Usd,
    /// Gross of the year so far.
    pub ytd_gross: Usd,
    /// The statement shows what was withheld.
    pub withholdings_shown: bool,
}

/// What is certified in place of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certification {
    /// Where the information comes from.
    pub source: Box<str>,
    /// Who was spoken with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_party: Option<Box<str>>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_date: Option<Date>,
    /// The repayment agreement is signed.
    pub repayment_agreed: bool,
}
