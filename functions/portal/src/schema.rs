//! Months, days, amounts, ids, names: for the OpenAPI document alone. Reading and writing is the core's.

pub mod claim;

use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};

/// A calendar month, `YYYY-MM`.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$", examples("2016-08"))]
pub struct Month(pub String);

/// A day, `YYYY-MM-DD`.
#[derive(Debug, ToSchema)]
#[schema(format = Date, pattern = "^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$", examples("2016-05-20"))]
pub struct Day(pub String);

/// An amount of dollars as a decimal string; a JSON number is refused, so that no amount passes through binary floating point.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^[0-9]{1,9}(\\.[0-9]{1,2})?$", examples("840.00"))]
pub struct Money(pub String);

/// An amount of whole dollars as a decimal string.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^[0-9]{1,9}(\\.0{1,2})?$", examples("1398.00"))]
pub struct WholeDollars(pub String);

/// An id of the caller's own, without personal data; a Social Security number is refused.
#[derive(Debug, ToSchema)]
#[schema(
    min_length = 1,
    max_length = 64,
    pattern = "^(?![0-9]{3}-[0-9]{2}-[0-9]{4}$)[^\\u0000-\\u001f\\u007f-\\u009f]+$",
    examples("EN-A")
)]
pub struct Id(pub String);

/// The caller's own id of a ticket. The ticket number will not do, since it begins with the Social Security number.
#[derive(Debug, ToSchema)]
#[schema(
    min_length = 1,
    max_length = 64,
    pattern = "^(?!([0-9]{9}|[0-9]{3}-[0-9]{2}-[0-9]{4})([Tt][Ww].)?$)[^\\u0000-\\u001f\\u007f-\\u009f]+$",
    examples("T-0001")
)]
pub struct TicketId(pub String);

/// One payment of a ticket: a Phase 1 milestone (`p1m1` to `p1m4`), a Phase 2 milestone (`p2m1` to `p2m18`), an outcome
/// (`outcome1` to `outcome60`) or the reconciliation.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^(p1m[1-4]|p2m([1-9]|1[0-8])|outcome([1-9]|[1-5][0-9]|60)|reconciliation)$", examples("p1m2"))]
pub struct PaymentName(pub String);

/// A payment by its name, or `p2` or `outcome` for the next number due.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^(p1m[1-4]|p2(m([1-9]|1[0-8]))?|outcome([1-9]|[1-5][0-9]|60)?|reconciliation)$", examples("p1m2"))]
pub struct PaymentAsked(pub String);

/// The id of a rule in the register.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^[A-Z0-9]+-[0-9]+[A-Z]?$", examples("LB-02"))]
pub struct RuleId(pub String);

/// The version of rules and parameters together; a hash is appended when an operator has added values.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^[0-9]{4}\\.[0-9]+(\\+[0-9a-f]{12})?$", examples("2026.1"))]
pub struct RulesVersion(pub String);

/// A benefit record.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Record {
    /// Title II, disability insurance.
    T2,
    /// Title XVI, supplemental security income.
    T16,
}

/// The reading of the law: what the program manager does (`operations`), or 20 CFR part 411 read strictly (`regulation`).
#[derive(Debug, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Policy {
    /// What the program manager does: the EN Payments Checklist.
    Operations,
    /// 20 CFR part 411, read strictly.
    Regulation,
}

/// A Social Security number, with both hyphens or none. It is taken in bodies alone and shown by its last four digits.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^([0-9]{9}|[0-9]{3}-[0-9]{2}-[0-9]{4})$", examples("900-12-3456"))]
pub struct SsnText(pub String);

/// An Employer Identification Number, with its hyphen or without.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^([0-9]{9}|[0-9]{2}-[0-9]{7})$", examples("12-3456789"))]
pub struct EinText(pub String);

/// An occupation of the Standard Occupational Classification.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^[0-9]{2}-(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})$", examples("43-4051"))]
pub struct SocCode(pub String);

/// Fields that every form may have beside its own.
#[derive(Debug, ToSchema)]
pub struct Envelope {
    /// The token of the review; `submit` needs it.
    #[schema(nullable = false, examples("AAAAAGo…"))]
    pub review_token: Option<String>,
    /// The warnings that are acknowledged, by code.
    #[schema(nullable = false, max_items = 64)]
    pub acknowledged_warnings: Option<Vec<String>>,
    /// The rules by which the form was filled in; refused when they are retired.
    #[schema(nullable = false)]
    pub rules_version: Option<String>,
    /// The form's word.
    #[schema(nullable = false)]
    pub form_code: Option<String>,
}

/// A Social Security number by its last four digits.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^\\*{3}-\\*{2}-[0-9]{4}$", examples("***-**-3456"))]
pub struct MaskedSsn(pub String);

/// A word of an option list; `…/options` has the lists.
#[derive(Debug, ToSchema)]
#[schema(min_length = 1, examples("job_coaching"))]
pub struct OptionCode(pub String);

/// Hours as a decimal string, with at most two places.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^[0-9]{1,3}(\\.[0-9]{1,2})?$", examples("37.50"))]
pub struct Hours(pub String);

/// A statement that has to be made: nothing but yes will do.
#[derive(Debug)]
pub struct Yes;

impl utoipa::PartialSchema for Yes {
    fn schema() -> RefOr<Schema> {
        let description = "A statement that has to be made: nothing but yes will do.";
        let boolean = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Boolean)).enum_values(Some([true]));
        boolean.description(Some(description)).into()
    }
}

impl ToSchema for Yes {}

/// There is no advice about this form.
#[derive(Debug)]
pub struct NoAdvice;

impl utoipa::PartialSchema for NoAdvice {
    fn schema() -> RefOr<Schema> {
        let description = "There is no advice about this form.";
        ObjectBuilder::new().schema_type(SchemaType::Type(Type::Null)).description(Some(description)).into()
    }
}

impl ToSchema for NoAdvice {}

/// The state of the service.
#[derive(Debug, ToSchema, serde::Serialize)]
pub struct Health {
    /// Always `ok`.
    #[schema(pattern = "^ok$")]
    pub status: &'static str,
    /// The program's version.
    pub version: &'static str,
    /// Rules and parameters in use.
    #[schema(value_type = RulesVersion)]
    pub rules_version: String,
}
