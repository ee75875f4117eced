//! The rules and parameters as the engine has them.

use super::{Month, PaymentAsked, RuleId, RulesVersion};
use utoipa::ToSchema;

/// Every rule, and every difference between the two readings.
#[derive(Debug, ToSchema)]
pub struct Rules {
    /// The rules, in the order of the register.
    pub rules: Vec<Rule>,
    /// The differences between `operations` and `regulation`.
    pub policy_differences: Vec<PolicyDifference>,
    /// Rules and parameters of the answer.
    pub rules_version: RulesVersion,
}

/// A rule.
#[derive(Debug, ToSchema)]
pub struct Rule {
    /// Its id in the register.
    pub id: RuleId,
    /// Its name.
    pub name: String,
    /// The heading under which the checklist has it.
    #[schema(examples("18 month look back rule"))]
    pub heading: String,
    /// What it does in an answer.
    pub role: RuleRole,
    /// The payments it is asked of, when it decides; `p2` and `outcome` stand for every number.
    pub asked_of: Vec<PaymentAsked>,
    /// Where it is applied.
    pub used_in: String,
    /// The rule in one paragraph.
    pub summary: String,
    /// Law and documents.
    pub source: String,
    /// The rule's page, in Markdown.
    pub page: String,
}

/// Can make a payment not payable; explains and never fails; or is applied elsewhere, as `used_in` says.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum RuleRole {
    /// Can make a payment not payable.
    Decides,
    /// Explains, and never fails.
    Explains,
    /// Is applied outside a determination.
    #[schema(rename = "applied elsewhere")]
    AppliedElsewhere,
}

/// A difference between the two readings.
#[derive(Debug, ToSchema)]
pub struct PolicyDifference {
    /// Its name.
    pub field: String,
    /// The rules it touches.
    pub rules: Vec<RuleId>,
    /// What the program manager does.
    pub operations: String,
    /// Its source.
    pub operations_source: String,
    /// What the regulation says.
    pub regulation: String,
    /// Its source.
    pub regulation_source: String,
}

/// The numbers of law: all of them, or those of one month.
#[derive(Debug, ToSchema)]
pub struct Parameters {
    /// The month asked for; null for all.
    #[schema(required = true)]
    pub on: Option<Month>,
    /// Amounts, percentages, counts, windows and dates.
    pub parameters: Vec<Parameter>,
    /// Prefixes of Employer Identification Numbers that are issued.
    pub ein_prefix: EinPrefixes,
    /// Areas of Social Security numbers that are never assigned.
    pub ssn_never_assigned: SsnAreas,
    /// Federal holidays by rule.
    pub federal_holiday: FederalHolidays,
    /// Rules and parameters of the answer.
    pub rules_version: RulesVersion,
}

/// One parameter: its values by date, each with its source.
#[derive(Debug, ToSchema)]
pub struct Parameter {
    /// Its name.
    #[schema(examples("trial_work_level"))]
    pub name: String,
    /// What it is.
    pub title: String,
    /// Its unit: `usd`, `usd_per_month`, `percent`, `months`, `days`, `count`, `date` or `year`.
    #[schema(examples("usd_per_month"))]
    pub unit: String,
    /// How long a value holds.
    pub holds: Holds,
    /// The law.
    pub cite: String,
    /// The month up to which the values were compared with their sources.
    pub verified_through: Month,
    /// The values, oldest first.
    pub values: Vec<ParameterValue>,
}

/// For its calendar year and not a month longer, or until the next value.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Holds {
    /// For its calendar year.
    CalendarYear,
    /// For the month of its date.
    Month,
    /// Until the next value.
    UntilChanged,
}

/// One value of a parameter.
#[derive(Debug, ToSchema)]
pub struct ParameterValue {
    /// Which of the parameter's series; null when there is one only.
    #[schema(required = true)]
    pub key: Option<String>,
    /// The first month in which it holds.
    pub from: Month,
    /// The value: a decimal, or a day where the unit is `date`.
    #[schema(examples("810"))]
    pub amount: String,
    /// Where it was read.
    pub source: String,
}

/// Prefixes of Employer Identification Numbers.
#[derive(Debug, ToSchema)]
pub struct EinPrefixes {
    /// What it is.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// The law.
    pub cite: String,
    /// The month up to which it was compared with its source.
    pub verified_through: Month,
    /// Where it was read.
    pub source: String,
    /// Ranges, both ends included.
    pub ranges: Vec<NumberRange>,
}

/// Areas of Social Security numbers: the first three digits.
#[derive(Debug, ToSchema)]
pub struct SsnAreas {
    /// What it is.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// The law.
    pub cite: String,
    /// The month up to which it was compared with its source.
    pub verified_through: Month,
    /// Where it was read.
    pub source: String,
    /// Areas that are never assigned.
    pub ranges: Vec<NumberRange>,
    /// Areas of test people.
    pub test_ranges: Vec<NumberRange>,
}

/// A range of numbers, both ends included.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^[0-9]+-[0-9]+$", examples("01-06"))]
pub struct NumberRange(pub String);

/// Federal holidays.
#[derive(Debug, ToSchema)]
pub struct FederalHolidays {
    /// What it is.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// The law.
    pub cite: String,
    /// The month up to which it was compared with its sources.
    pub verified_through: Month,
    /// The holidays.
    pub holiday: Vec<Holiday>,
}

/// A holiday: a day of a month, or the so-manieth weekday of one.
#[derive(Debug, ToSchema)]
pub struct Holiday {
    /// Its name.
    pub name: String,
    /// The first month in which it is one.
    pub from: String,
    /// The month, 1 to 12.
    #[schema(minimum = 1, maximum = 12)]
    pub month: u8,
    /// The day of the month.
    #[schema(nullable = false, minimum = 1, maximum = 31)]
    pub day: Option<u8>,
    /// The day of the week.
    #[schema(nullable = false)]
    pub weekday: Option<String>,
    /// Which of the month's weekdays.
    #[schema(nullable = false)]
    pub nth: Option<String>,
    /// Where it was read.
    pub source: String,
}
