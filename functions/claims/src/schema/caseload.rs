//! Caseloads, as they are answered and described.

use serde::Serialize;
use ttw_core::caseload::{AutoPay, Unclaimed};
use ttw_core::claims::Recovery;
use ttw_portal::schema::{Day, MaskedSsn, Money, Month, PaymentName, Policy, RuleId, RulesVersion, TicketId};
use ttw_portal::store::Holder;
use utoipa::ToSchema;
use utoipa::openapi::Ref;
use utoipa::openapi::schema::{Array, ArrayBuilder};

/// As the function `check-eligibility` describes it.
fn missing() -> Ref {
    Ref::from_schema_name("Missing")
}

/// Money that an organization has not asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnclaimedView {
    /// What the tickets of the page bring.
    #[schema(value_type = UnclaimedMoney)]
    pub unclaimed: Unclaimed,
    /// Whose tickets these are.
    pub people: Vec<TicketHolder>,
    /// Where the next page begins; null at the end.
    pub next_cursor: Option<String>,
}

/// Whose ticket it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketHolder {
    /// The ticket's id.
    #[schema(value_type = TicketId)]
    pub ticket: String,
    /// The number by its last four digits.
    #[schema(value_type = MaskedSsn)]
    pub ssn: String,
}

impl TicketHolder {
    pub(crate) fn of(holder: &Holder) -> Self {
        Self { ticket: holder.person.case.ticket_id.to_string(), ssn: holder.ssn.clone() }
    }
}

/// What tickets bring to a provider.
#[derive(Debug, ToSchema)]
pub struct UnclaimedMoney {
    /// The provider's id.
    #[schema(examples("EN-A"))]
    pub provider: String,
    /// On which day.
    pub as_of: Day,
    /// The payments, by the last day of a request.
    pub rows: Vec<PaymentDue>,
    /// One entry for each ticket.
    pub tickets: Vec<TicketSum>,
    /// Sums.
    pub totals: UnclaimedTotals,
    /// The policy by which it was judged.
    pub policy: Policy,
    /// The rules applied beside those of the ledger.
    pub rules: Vec<RuleId>,
    /// The rules in use.
    pub rules_version: RulesVersion,
}

/// A payment that is due: one that can be requested, or the reconciliation, which comes without a request.
#[derive(Debug, ToSchema)]
pub struct PaymentDue {
    /// The ticket's id.
    pub ticket: TicketId,
    /// Which payment.
    pub payment: PaymentName,
    /// The month for which it can be claimed.
    pub month: Month,
    /// What it would be; null where the rate is not published.
    pub amount: Option<Money>,
    /// The last day of the months in which a request is expected (PRQ-03); null for the reconciliation, for which no form asks.
    pub request_by: Option<Day>,
    /// Days until then; below zero after it.
    pub days_left: Option<i32>,
    /// What it rests on.
    pub basis: Option<Basis>,
    /// What has to be known for the amount.
    #[schema(schema_with = list_of_missing)]
    pub missing: Vec<()>,
}

fn list_of_missing() -> Array {
    ArrayBuilder::new().items(missing()).description(Some("Facts that are not known.")).build()
}

/// The rule by which a payment was attained.
#[derive(Debug, ToSchema)]
pub struct Basis {
    /// The rule.
    pub rule: RuleId,
    /// What it says of the month.
    pub text: String,
}

/// What one ticket brings.
#[derive(Debug, ToSchema)]
pub struct TicketSum {
    /// The ticket's id.
    pub ticket: Option<TicketId>,
    /// How many payments.
    pub payments: u32,
    /// Their sum; one without a published rate adds nothing.
    pub amount: Money,
    /// How many of them have no published rate.
    pub without_rate: u32,
    /// Why nothing is due; null where something is.
    pub why: Option<WhyNothing>,
}

/// Why a ticket brings nothing now.
#[derive(Debug, ToSchema)]
pub struct WhyNothing {
    /// Where the ticket stands.
    pub standing: TicketStanding,
    /// The payment it is about; null where it is about all of them.
    pub payment: Option<PaymentName>,
    /// The rules that stand in the way.
    pub rules: Vec<RuleId>,
    /// In words.
    pub text: String,
    /// Facts that are not known.
    #[schema(schema_with = list_of_missing)]
    pub missing: Vec<()>,
}

/// Where a ticket stands that brings nothing now.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum TicketStanding {
    /// A fact that is not known could bring a payment now.
    Undetermined,
    /// What is payable has been requested.
    Requested,
    /// The next payment has to be attained first.
    Pending,
    /// What is not paid is barred for good.
    Unavailable,
    /// Everything is paid.
    Paid,
}

/// Sums over the tickets of a page.
#[derive(Debug, ToSchema)]
pub struct UnclaimedTotals {
    /// How many payments.
    pub payments: u32,
    /// Their sum.
    pub amount: Money,
    /// How many of them have no published rate.
    pub without_rate: u32,
    /// That of it for which the months of PRQ-03 are over.
    pub late: PaymentSum,
}

/// A number of payments and their sum.
#[derive(Debug, ToSchema)]
pub struct PaymentSum {
    /// How many.
    pub payments: u32,
    /// Their sum.
    pub amount: Money,
    /// How many of them have no published rate.
    pub without_rate: u32,
}

/// A part of the automatic run.
#[derive(Debug, Serialize, ToSchema)]
pub struct AutomaticRunView {
    /// What it proposes, and why nothing else.
    #[schema(value_type = AutomaticRun)]
    pub run: AutoPay,
    /// Where the next part begins; null at the end.
    pub next_cursor: Option<String>,
}

/// What the automatic run proposes.
#[derive(Debug, ToSchema)]
pub struct AutomaticRun {
    /// The day.
    pub as_of: Day,
    /// The claims.
    pub proposals: Vec<ProposedClaim>,
    /// One entry for each ticket looked at, by id.
    pub tickets: Vec<LookedAt>,
    /// The sum of the proposals.
    pub totals: PaymentSum,
    /// Always null: `next_cursor` tells where the run goes on.
    pub cursor: Option<String>,
    /// The policy by which it was judged.
    pub policy: Policy,
    /// The rules applied beside those of the ledger.
    pub rules: Vec<RuleId>,
    /// The rules in use.
    pub rules_version: RulesVersion,
}

/// A claim that can be opened.
#[derive(Debug, ToSchema)]
pub struct ProposedClaim {
    /// Who is paid.
    #[schema(examples("EN-A"))]
    pub provider: String,
    /// The ticket's id.
    pub ticket: TicketId,
    /// Which payment.
    pub payment: PaymentName,
    /// The month for which it can be claimed.
    pub month: Month,
    /// What it would be; null where the rate is not published.
    pub amount: Option<Money>,
    /// The last day of the months in which a request is expected (PRQ-03).
    pub request_by: Option<Day>,
    /// Days until then.
    pub days_left: Option<i32>,
    /// What it rests on.
    pub basis: Option<Basis>,
    /// What has to be known for the amount.
    #[schema(schema_with = list_of_missing)]
    pub missing: Vec<()>,
    /// Whether other providers had the ticket before the month, so that it may be shared (SPL-02).
    pub possible_split: bool,
}

/// What was seen on a ticket.
#[derive(Debug, ToSchema)]
pub struct LookedAt {
    /// The ticket's id.
    pub ticket: Option<TicketId>,
    /// How many claims are proposed.
    pub proposed: u32,
    /// What is not proposed, and why.
    pub not_proposed: Vec<NotProposed>,
}

/// What is not proposed for a provider.
#[derive(Debug, ToSchema)]
pub struct NotProposed {
    /// The provider's id.
    pub provider: String,
    /// Why.
    pub reason: Obstacle,
    /// In words.
    pub text: String,
    /// The payments it is about; empty where it is about all of them.
    pub payments: Vec<PaymentName>,
    /// Where the ticket stands, when nothing is due.
    pub why: Option<WhyNothing>,
}

/// Why a claim is not proposed.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Obstacle {
    /// There is no agreement with the provider on the day of the run.
    NoAgreement,
    /// Payments to the provider are on hold.
    OnHold,
    /// The provider did not hold the ticket in the month.
    NotHeld,
    /// The months of PRQ-03 are over.
    Late,
    /// Posted earnings alone do not establish it.
    NotOnFile,
    /// The ledger has nothing that is payable and not requested.
    NothingDue,
}

/// What later facts have changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecoveryView {
    /// The day.
    #[schema(value_type = Day)]
    pub as_of: String,
    /// The differences.
    #[schema(value_type = RecoveryList)]
    pub recovery: Recovery,
    /// Where the next page begins; null at the end.
    pub next_cursor: Option<String>,
}

/// Decided claims against what is on file now.
#[derive(Debug, ToSchema)]
pub struct RecoveryList {
    /// Every difference, in the order of the claims.
    pub adjustments: Vec<Adjustment>,
    /// How many claims stay as they were decided, or cannot be told to differ.
    pub unchanged: u32,
    /// Claims that were not compared, with the reason.
    pub not_compared: Vec<NotCompared>,
    /// Sums.
    pub totals: RecoveryTotals,
    /// The rules applied.
    pub rules: Vec<RuleId>,
    /// The rules in use.
    pub rules_version: RulesVersion,
}

/// One claim that would be decided otherwise today, or a part of the difference.
#[derive(Debug, ToSchema)]
pub struct Adjustment {
    /// The claim's number.
    pub claim: String,
    /// The ticket's id.
    pub ticket: TicketId,
    /// Who was, or was not, paid.
    pub provider: String,
    /// The payment.
    pub payment: PaymentName,
    /// The month it was due for, or now is.
    pub month: Month,
    /// What was due then.
    pub before: Money,
    /// What is due now.
    pub after: Money,
    /// The difference, signed.
    #[schema(examples("-1398.00"))]
    pub difference: String,
    /// Which of the two.
    pub effect: Effect,
    /// Whether it is adjusted: not when the benefits alone changed (OVP-02).
    pub recoverable: bool,
    /// The rules that changed their answer, and those of the adjustment.
    pub rules: Vec<RuleId>,
    /// What the rules that answer otherwise say on today's facts.
    pub reasons: Vec<Basis>,
}

/// What a change means for the provider.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Effect {
    /// More was due then than is now.
    Overpaid,
    /// More is due now than was then.
    Missed,
}

/// A claim that was not compared.
#[derive(Debug, ToSchema)]
pub struct NotCompared {
    /// The claim's number.
    pub claim: String,
    /// Why.
    pub reason: NoComparison,
    /// In words.
    pub text: String,
}

/// Why a claim is not compared.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum NoComparison {
    /// It has not been decided, or was withdrawn.
    NotDecided,
    /// It was decided without a look at the facts.
    NoSnapshot,
    /// There is no case of its ticket.
    NoCase,
    /// The provider has no assignment on the case any more.
    NotAssigned,
    /// The payment has been made or listed by another claim.
    Elsewhere,
}

/// Sums of what is to be adjusted; none of them is below zero.
#[derive(Debug, ToSchema)]
pub struct RecoveryTotals {
    /// Overpaid, to be recovered.
    pub overpaid: Money,
    /// Overpaid by a determination about benefits: kept.
    pub kept: Money,
    /// Missed.
    pub missed: Money,
}
