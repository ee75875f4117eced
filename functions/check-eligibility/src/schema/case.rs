//! A case: the facts of one ticket.

use super::{Day, Id, Money, Month, PaymentName, Record, TicketId, WholeDollars};
use utoipa::ToSchema;

/// The facts of one ticket. A month without earnings and without pay statements has none; a month that no benefit range covers is
/// unknown.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The ticket and who held it.
    pub ticket: Ticket,
    /// The person.
    pub beneficiary: Beneficiary,
    /// Benefit status by month. Two ranges of one record must not overlap.
    #[schema(required = false)]
    pub benefits: Vec<Benefit>,
    /// Posted monthly totals, at most one entry a month.
    #[schema(required = false)]
    pub earnings: Vec<MonthlyEarnings>,
    /// Evidence of earnings; in a month that has a posted total, that total wins.
    #[schema(required = false, max_items = 4096)]
    pub pay_statements: Vec<PayStatement>,
    /// Cases of State vocational rehabilitation agencies.
    #[schema(required = false)]
    pub state_vr_cases: Vec<StateVrCase>,
    /// What has been paid on this ticket, to any provider; each payment once.
    #[schema(required = false)]
    pub payments: Vec<TicketPayment>,
}

/// A ticket.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ticket {
    /// The caller's own id.
    pub id: TicketId,
    /// The month in which the ticket terminates, where it is known.
    pub terminates_in: Option<Month>,
    /// Who held the ticket, oldest first, never two at once.
    #[schema(min_items = 1, max_items = 64)]
    pub assignments: Vec<Assignment>,
}

/// An assignment of the ticket to a provider.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The provider.
    pub provider: Id,
    /// What the provider is.
    pub kind: ProviderKind,
    /// How it is paid: needed for `en` and `state_vr_as_en`, null for `state_vr`.
    pub payment_system: Option<PaymentSystem>,
    /// The ticket assignment date.
    pub assigned_on: Day,
    /// The day of unassignment; null while the ticket is assigned.
    pub unassigned_on: Option<Day>,
    /// The later of the two signatures of the Individual Work Plan.
    pub plan_signed_on: Option<Day>,
    /// The day on which the program manager received the plan. Needs `plan_signed_on`.
    pub plan_received_on: Option<Day>,
    /// The day on which the agreed services were substantially completed.
    pub services_completed_on: Option<Day>,
}

/// An Employment Network (`en`), a State VR agency serving as one (`state_vr_as_en`), or a State VR agency under cost
/// reimbursement (`state_vr`).
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ProviderKind {
    /// An Employment Network.
    En,
    /// A State VR agency serving as an Employment Network.
    StateVrAsEn,
    /// A State VR agency under cost reimbursement.
    StateVr,
}

/// The payment system that the provider elected.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PaymentSystem {
    /// Milestones and outcomes.
    OutcomeMilestone,
    /// Outcomes only.
    OutcomeOnly,
}

/// The person.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Beneficiary {
    /// The title on the day of the question.
    pub title: Title,
    /// Whether the person is statutorily blind.
    pub blind: bool,
}

/// Title II, title XVI, or both.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Title {
    /// Title II, disability insurance.
    T2,
    /// Title XVI, supplemental security income.
    T16,
    /// Both.
    Concurrent,
}

/// A range of months with one benefit status.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Benefit {
    /// The record.
    pub title: Record,
    /// Its first month.
    pub from: Month,
    /// Its last month, included; null while it lasts.
    pub to: Option<Month>,
    /// The status.
    pub status: BenefitStatus,
    /// Whether there is a federal cash amount: needed for `t16` in `current_pay`.
    pub federal_cash: Option<bool>,
}

/// A benefit status.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum BenefitStatus {
    /// In current pay.
    CurrentPay,
    /// Suspended because of work.
    SuspendedWork,
    /// Suspended for another reason.
    SuspendedOther,
    /// Ended because of work.
    EndedWork,
    /// Ended for another reason.
    EndedOther,
}

/// The posted total of a month. What is absent is taken from the pay statements.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MonthlyEarnings {
    /// The month.
    pub month: Month,
    /// By the end of the pay period (title II).
    pub earned: Option<Money>,
    /// By pay date (title XVI).
    pub paid: Option<Money>,
}

/// A pay statement.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayStatement {
    /// The employer's name.
    pub employer: Option<String>,
    /// First day of the pay period.
    pub period_start: Day,
    /// Last day of the pay period.
    pub period_end: Day,
    /// The day of payment.
    pub pay_date: Day,
    /// Gross pay; for self-employment the net earnings, a net loss being `0.00`.
    pub gross: Money,
    /// What it shows.
    pub kind: StatementKind,
}

/// Kinds of pay statements.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum StatementKind {
    /// Wages.
    Wages,
    /// Self-employment.
    SelfEmployment,
    /// Pension, benefits, unemployment: counted nowhere.
    NotEarnings,
}

/// A case of a State vocational rehabilitation agency.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StateVrCase {
    /// The agency, by the id it has as a provider where it is one.
    pub agency: Id,
    /// The day of closure; needed when the closure was successful.
    pub closed_on: Option<Day>,
    /// Whether it was closed with an employment outcome.
    pub successful: bool,
    /// Whether the agency was paid under cost reimbursement.
    pub cost_reimbursed: bool,
}

/// A payment made on the ticket.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketPayment {
    /// Which payment.
    pub payment: PaymentName,
    /// The month it was paid for.
    pub month: Month,
    /// The provider that claimed it.
    pub provider: Id,
    /// The whole amount, also when it was split.
    pub amount: WholeDollars,
    /// Whether Milestone 1 was paid for half the trial work level. False unless given.
    pub half_twl: Option<bool>,
}
