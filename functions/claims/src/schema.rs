//! What is sent and answered here, as it is written and described.

pub mod caseload;
pub mod split_agreement;
pub mod verification;

use crate::facts::Judged;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::value::RawValue;
use ttw_core::claims::{self, Action, Evidence, ReasonText, Waiting, timeline};
use ttw_core::decision::Received;
use ttw_core::params::Parameters;
use ttw_portal::Refusal;
use ttw_portal::progress::Progress;
use ttw_portal::schema::claim::{ClaimState, Due};
use ttw_portal::schema::{Day, Money, Month, PaymentAsked, RuleId, RulesVersion};
use ttw_portal::store::WorkCase;
use utoipa::ToSchema;
use utoipa::openapi::Ref;

/// Open work cases in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueView {
    /// The day.
    #[schema(value_type = Day)]
    pub as_of: String,
    /// One page of them.
    pub items: Vec<QueuedView>,
    /// Where the next page begins; null at the end.
    pub next_cursor: Option<String>,
}

/// A work case in the queue.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueuedView {
    /// The work case number.
    pub number: String,
    /// How often it was written.
    pub version: u32,
    /// The claiming provider's id.
    #[schema(examples("EN-A"))]
    pub provider: String,
    /// Its name.
    pub provider_name: String,
    /// The payment claimed.
    #[schema(value_type = PaymentAsked)]
    pub payment: String,
    /// The month claimed.
    #[schema(value_type = Month)]
    pub month: String,
    /// The day of receipt.
    #[schema(value_type = Day)]
    pub received_on: String,
    /// Where the claim is.
    #[schema(value_type = ClaimState)]
    pub state: claims::State,
    /// What is waited for.
    #[schema(value_type = Option<ttw_portal::schema::claim::Waiting>)]
    pub waiting_for: Option<Waiting>,
    /// What the clocks demand.
    #[schema(value_type = Vec<Due>)]
    pub due: Vec<claims::Due>,
}

impl QueuedView {
    pub(crate) fn of(case: &WorkCase, today: Date, parameters: &Parameters) -> Self {
        let receipt = &case.claim.receipt;
        // As it was entered: what a clock has done since is due.
        let told = timeline(&case.claim, today, parameters);
        Self {
            number: case.number.to_string(),
            version: case.version,
            provider: receipt.provider.to_string(),
            provider_name: case.provider_name.to_string(),
            payment: receipt.payment.to_string(),
            month: receipt.month.to_string(),
            received_on: receipt.received_on.to_string(),
            state: told.state,
            waiting_for: told.waiting_for,
            due: told.due,
        }
    }
}

/// A work case as the program manager sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkCaseView {
    /// The work case number, which is the confirmation number of the request.
    pub number: String,
    /// How often it was written; a decision names the version that was looked at.
    pub version: u32,
    /// The claiming provider's id.
    #[schema(examples("EN-A"))]
    pub provider: String,
    /// Its name.
    pub provider_name: String,
    /// The payment claimed.
    #[schema(value_type = PaymentAsked)]
    pub payment: String,
    /// The month claimed.
    #[schema(value_type = Month)]
    pub month: String,
    /// The day of receipt.
    #[schema(value_type = Day)]
    pub received_on: String,
    /// How its evidence comes.
    #[schema(value_type = EvidenceDelivery)]
    pub evidence: Evidence,
    /// The request as it was stored; the person's number is masked.
    #[schema(schema_with = filed)]
    pub document: Box<RawValue>,
    /// The steps so far, what arrived, and where the claim is.
    pub progress: Progress,
    /// What the engine proposes by what is on file today; null once the claim is decided, and where the facts on file permit no question.
    pub proposal: Option<ProposalView>,
    /// What may be done with it now, in the order of a claim's life; nothing once it is decided.
    pub actions: Vec<PossibleAction>,
    /// What it was decided on; null while it is open, and where nothing had to be looked at.
    pub decided_on: Option<DecidedOn>,
    /// How what was paid is shared, by the agreement on file when it was; null where nobody shares it and where nothing settled how.
    #[schema(value_type = Option<Vec<ShareView>>)]
    pub shares: Option<Box<RawValue>>,
    /// The rules in use.
    #[schema(value_type = RulesVersion)]
    pub rules_version: String,
}

/// As the function `submit-pr` describes it.
fn filed() -> Ref {
    Ref::from_schema_name("FiledPaymentRequest")
}

/// As the function `check-eligibility` describes it.
fn determination() -> Ref {
    Ref::from_schema_name("Determination")
}

/// As the function `check-eligibility` describes it.
fn question() -> Ref {
    Ref::from_schema_name("Question")
}

/// How the evidence of a claim comes.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum EvidenceDelivery {
    /// With the request.
    Enclosed,
    /// By fax, with the cover sheet.
    ToFollow,
    /// The earnings are established already.
    NotNeeded,
}

/// What the engine proposes, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalView {
    /// What to do.
    #[schema(value_type = ProposedAction)]
    pub action: Action,
    /// How much would be paid; null where the rate is not known or nothing is.
    #[schema(value_type = Option<Money>)]
    pub amount: Option<String>,
    /// The reasons of which one may be given.
    #[schema(value_type = Vec<ReasonView>)]
    pub reasons: Vec<ReasonText>,
    /// Of a payment: the reasons for which it may be put into a diary all the same, without another reason.
    #[schema(value_type = Vec<ReasonView>)]
    pub holds: Vec<ReasonText>,
    /// Whether payments to the provider are held, or its agreement has ended.
    pub on_hold: bool,
    /// Whether more than one Employment Network may share the payment (SPL-02).
    pub possible_split: bool,
    /// How they share it, by their agreement; null while there is none that settles it, and where nobody shares.
    #[schema(value_type = Option<Vec<ShareView>>)]
    pub shares: Option<Vec<Received>>,
    /// The determination, rule by rule.
    #[schema(schema_with = determination)]
    pub determination: Box<RawValue>,
}

impl ProposalView {
    pub(crate) fn of(judged: &Judged) -> Result<Self, Refusal> {
        let determination = serde_json::to_string(&judged.determination).map_err(|_| Refusal::internal())?;
        Ok(Self {
            action: judged.proposal.action,
            amount: judged.proposal.amount.map(|amount| amount.to_string()),
            reasons: judged.proposal.reasons.clone(),
            holds: judged.proposal.holds.clone(),
            on_hold: judged.is_on_hold,
            possible_split: judged.split.possible_split,
            shares: judged.split.shares.clone().filter(|_| judged.split.possible_split),
            determination: raw(&determination)?,
        })
    }
}

/// A step that may be taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct PossibleAction {
    /// What is done.
    #[schema(value_type = ActionSent)]
    pub action: Action,
    /// The reasons of which one is given; empty where the step takes none.
    #[schema(value_type = Vec<ReasonView>)]
    pub reasons: Vec<ReasonText>,
}

/// What a provider gets of a payment.
#[derive(Debug, ToSchema)]
pub struct ShareView {
    /// The provider.
    #[schema(examples("EN-A"))]
    pub provider: String,
    /// Whole dollars.
    pub amount: Money,
}

/// What an engine may propose.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ProposedAction {
    /// Pay it.
    Pay,
    /// Deny it.
    Deny,
    /// Ask for what is missing.
    Diary,
}

/// A reason of a diary or a denial.
#[derive(Debug, ToSchema)]
pub struct ReasonView {
    /// The code.
    #[schema(examples("EARNINGS"))]
    pub code: String,
    /// In words.
    pub title: String,
    /// Rule and document.
    pub cite: String,
    /// Of a denial, the rules of which one fails.
    pub rules: Vec<RuleId>,
}

/// What a claim was decided on (BEN-07).
#[derive(Debug, Serialize, ToSchema)]
pub struct DecidedOn {
    /// The question.
    #[schema(schema_with = question)]
    pub question: Box<RawValue>,
    /// The determination.
    #[schema(schema_with = determination)]
    pub determination: Box<RawValue>,
}

/// A decision, or a step on the way to one.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionSent {
    /// The version of the work case that was looked at.
    #[schema(minimum = 0, maximum = 4_294_967_295_u32, examples(1))]
    pub version: u32,
    /// What is done.
    pub action: ActionSent,
    /// The code of the reason: of a diary or a denial.
    #[schema(examples("NEED_ADDITIONAL_INFORMATION"))]
    pub reason: Option<String>,
    /// Of a payment, how much in whole dollars; the determination's amount unless given.
    pub amount: Option<Money>,
    /// Why it is not what the engine proposes.
    pub otherwise: Option<OtherwiseSent>,
}

/// What is done with a claim.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ActionSent {
    /// Take it up.
    Open,
    /// Pay it.
    Pay,
    /// Deny it.
    Deny,
    /// Put it into a diary.
    Diary,
    /// End a diary.
    Resume,
    /// Wait for Social Security to verify the earnings.
    AwaitVerification,
    /// Social Security has verified them.
    Verified,
}

/// Why a decision is not what the engine proposes.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum OtherwiseSent {
    /// The evidence does not show what is claimed.
    EvidenceDiffers,
    /// Evidence or an answer is still missing.
    EvidenceMissing,
    /// The earnings are not verified yet.
    EarningsNotVerified,
    /// Something on file is being corrected.
    RecordInDoubt,
    /// Who is paid is not settled.
    ProviderInDoubt,
}

/// Evidence that arrived.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceArrived {
    /// The version of the work case that was looked at.
    #[schema(minimum = 0, maximum = 4_294_967_295_u32, examples(1))]
    pub version: u32,
    /// What arrived.
    pub kind: EvidenceKind,
    /// How many pages.
    #[schema(minimum = 1, maximum = 500)]
    pub pages: u16,
    /// Whether they can be read.
    pub legible: bool,
    /// The day; today unless given.
    pub arrived_on: Option<Day>,
}

/// Kinds of evidence.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// Pay statements.
    PayStatements,
    /// A statement of the employer or of who prepares the payroll.
    EmployerStatement,
    /// A third party's monthly record.
    ThirdPartyRecord,
    /// What shows net earnings from self-employment.
    SelfEmployment,
    /// The service record.
    ServiceRecord,
    /// Something else that was asked for.
    Other,
}

/// A withdrawal: an empty object.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalSent {}

/// A payment request that was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct Withdrawn {
    /// The work case number.
    pub number: String,
    /// How far it had come.
    pub progress: Progress,
}

/// A document as it was written.
pub(crate) fn raw(json: &str) -> Result<Box<RawValue>, Refusal> {
    RawValue::from_string(json.to_owned()).map_err(|_| Refusal::internal())
}
