//! What a ledger answers.

use super::{Day, Id, Month, PaymentName, Policy, RuleId, RulesVersion, WholeDollars};
use utoipa::ToSchema;

/// A whole ticket, as one provider sees it.
#[derive(Debug, ToSchema)]
pub struct Ledger {
    /// Whose ledger.
    pub provider: Id,
    /// On which day.
    pub as_of: Day,
    /// Every payment that the ticket can carry, in order.
    pub rows: Vec<LedgerRow>,
    /// The sums.
    pub totals: LedgerTotals,
    /// The reading taken.
    pub policy: Policy,
    /// Rules and parameters of the answer.
    pub rules_version: RulesVersion,
}

/// One payment of a ledger.
#[derive(Debug, ToSchema)]
pub struct LedgerRow {
    /// Which payment.
    pub payment: PaymentName,
    /// Where it stands.
    pub status: LedgerStatus,
    /// Its month; null unless paid or payable.
    #[schema(required = true)]
    pub attained_in: Option<Month>,
    /// Its amount; null unless paid or payable, and where the rate is not published.
    #[schema(required = true)]
    pub amount: Option<WholeDollars>,
    /// The rules that bar it; empty unless it is unavailable.
    pub blocked_by: Vec<RuleId>,
    /// How far a pending Phase 1 milestone is; else null.
    #[schema(required = true)]
    pub progress: Option<Progress>,
}

/// Paid; attained and not paid; still to be attained; barred for good; not to be known from these facts.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum LedgerStatus {
    /// Paid.
    Paid,
    /// Attained, not paid.
    Payable,
    /// Can still be attained.
    Pending,
    /// Barred for good.
    Unavailable,
    /// Not to be known from these facts.
    Undetermined,
}

/// Months at the trial work level in the window that is open.
#[derive(Debug, ToSchema)]
pub struct Progress {
    /// Months there are.
    pub have: u16,
    /// Months there must be.
    pub need: u16,
}

/// The sums of a ledger.
#[derive(Debug, ToSchema)]
pub struct LedgerTotals {
    /// All payments made, to any provider.
    pub paid: WholeDollars,
    /// What is payable now.
    pub payable: WholeDollars,
    /// What pending payments would bring at this year's rates; null where a rate is not published.
    #[schema(required = true)]
    pub potential: Option<WholeDollars>,
}
