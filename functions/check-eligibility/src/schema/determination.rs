//! What a question is answered.

use super::{Id, Money, Month, PaymentAsked, Policy, Record, RuleId, RulesVersion, WholeDollars};
use ttw_portal::problem::schema::ErrorBody;
use utoipa::ToSchema;

/// The answer to a question: the decision and every rule behind it.
#[derive(Debug, ToSchema)]
pub struct Determination {
    /// Payable, not payable, or not to be known from these facts.
    pub decision: Decision,
    /// The payment; its number filled in where the question left it open.
    pub payment: PaymentAsked,
    /// The claimed month.
    pub month: Month,
    /// The claiming provider.
    pub provider: Id,
    /// What is due. Null unless payable, and where the rate is not published.
    #[schema(required = true)]
    pub amount: Option<WholeDollars>,
    /// How the amount was found; a list for the reconciliation. Null unless payable.
    #[schema(required = true)]
    pub amount_basis: Option<AmountBasis>,
    /// The month in which the payment was attained. Null unless payable.
    #[schema(required = true)]
    pub attained_in: Option<Month>,
    /// Whether earnings were counted by the end of the pay period or by pay date. Null for the reconciliation.
    #[schema(required = true)]
    pub earnings_basis: Option<EarningsBasis>,
    /// Every rule that was consulted, in the order of the register.
    pub reasons: Vec<Reason>,
    /// Facts and rates that are not known and would settle something.
    pub missing: Vec<Missing>,
    /// The least that would make a payment payable that is not. Null when nothing can.
    #[schema(required = true)]
    pub next: Option<Next>,
    /// The reading taken.
    pub policy: Policy,
    /// Rules and parameters of the answer.
    pub rules_version: RulesVersion,
}

/// Payable, not payable, or not to be known from these facts.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Decision {
    /// The payment is due.
    Payable,
    /// The payment is not due.
    NotPayable,
    /// A fact that the answer depends on is not known.
    Undetermined,
}

/// Earnings by the end of the pay period, or by pay date.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum EarningsBasis {
    /// By the end of the pay period.
    Earned,
    /// By pay date.
    Paid,
}

/// The rate of one payment, or the rates of a reconciliation.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
pub enum AmountBasis {
    /// The rate of one payment.
    One(Rate),
    /// The rates of a reconciliation.
    Several(Vec<CountedRate>),
}

/// A rate: a percentage of a year's payment calculation base.
#[derive(Debug, ToSchema)]
pub struct Rate {
    /// The payment calculation base; null for a published rate and for an unknown one.
    #[schema(required = true)]
    pub base: Option<Money>,
    /// The calendar year.
    pub year: u16,
    /// The percentage of the base.
    #[schema(pattern = "^[0-9]+(\\.[0-9]+)?$", examples("120"))]
    pub percent: String,
    /// The title whose base it is.
    pub title: Record,
}

/// A rate and how many milestones it pays.
#[derive(Debug, ToSchema)]
pub struct CountedRate {
    /// The payment calculation base; null for a published rate and for an unknown one.
    #[schema(required = true)]
    pub base: Option<Money>,
    /// The calendar year.
    pub year: u16,
    /// The percentage of the base.
    #[schema(pattern = "^[0-9]+(\\.[0-9]+)?$", examples("120"))]
    pub percent: String,
    /// The title whose base it is.
    pub title: Record,
    /// How many milestones.
    #[schema(minimum = 1)]
    pub count: u16,
}

/// One rule's part in the answer.
#[derive(Debug, ToSchema)]
pub struct Reason {
    /// The rule.
    pub rule: RuleId,
    /// Whether it holds; null where that cannot be known.
    #[schema(required = true)]
    pub holds: Option<bool>,
    /// One sentence.
    pub text: String,
    /// The numbers of the sentence, by name: counts, months, days, amounts.
    #[schema(value_type = BTreeMap<String, serde_json::Value>)]
    pub facts: serde_json::Map<String, serde_json::Value>,
    /// Law and documents.
    pub source: String,
}

/// A fact or rate that is not known.
#[derive(Debug, ToSchema)]
pub struct Missing {
    /// JSON pointer to where it would stand: in the case, or among the parameters.
    #[schema(examples("/case/benefits"))]
    pub path: String,
    /// The month it is about.
    #[schema(required = true)]
    pub month: Option<Month>,
    /// The record it is about.
    #[schema(required = true)]
    pub title: Option<Record>,
    /// The rules it would settle.
    pub settles: Vec<RuleId>,
}

/// The least that would make the payment payable.
#[derive(Debug, ToSchema)]
pub struct Next {
    /// In words.
    pub text: String,
    /// In data: earnings that are wanting.
    pub changes: Vec<EarningsChange>,
    /// The last month for it; null when there is none.
    #[schema(required = true)]
    pub by: Option<Month>,
}

/// Earnings that a month would need.
#[derive(Debug, ToSchema)]
pub struct EarningsChange {
    /// The month; null when any month will do.
    #[schema(required = true)]
    pub month: Option<Month>,
    /// The record whose earnings count; null when either will do.
    #[schema(required = true)]
    pub title: Option<Record>,
    /// How they are counted.
    #[schema(required = true)]
    pub basis: Option<EarningsBasis>,
    /// The least amount.
    pub at_least: Money,
}

/// The answers to a batch, in order.
#[derive(Debug, ToSchema)]
pub struct BatchResults {
    /// For each question its determination, or what is wrong with it.
    pub results: Vec<BatchResult>,
}

/// A determination, or what is wrong with the question.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
pub enum BatchResult {
    /// The answer.
    Answered(Box<AnsweredQuestion>),
    /// The refusal.
    Refused(RefusedQuestion),
}

/// The answer to one question of a batch.
#[derive(Debug, ToSchema)]
pub struct AnsweredQuestion {
    /// The same as the question alone is answered with.
    pub determination: Determination,
}

/// What is wrong with one question of a batch. Paths point into the batch.
#[derive(Debug, ToSchema)]
pub struct RefusedQuestion {
    /// Everything that is wrong.
    #[schema(min_items = 1)]
    pub errors: Vec<ErrorBody>,
}
